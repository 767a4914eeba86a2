"""What a table should hold: columns, their kinds and names, as data beside this module."""

import dataclasses
import functools
import pathlib
import tomllib
import types

KINDS = ("text", "stage", "number", "share", "date")
_FOLDER = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Column:
    """One column of a schema.

    Attributes
    ----------
    code : str
    kind : {"text", "stage", "number", "share", "date"}
    names : tuple of str
        Headers that mean it, best first.
    required : bool
        Without it the table is of no use.
    unique : bool
        Two rows with the same value are told.
    missing : tuple of str
        Words that mean "nothing here".
    least : float or None
        A smaller number is not believed.
    grouped : bool
        May stand in the first row of a group only, as reports print it: then it counts for all.
    unit_of : str
        Code of the number column whose currency this one names.
    ends : str
        Code of the stage column that this one closes: where it says won or lost, so does that.
    values : dict of str to str
        What numbers in it mean, as long as there are no others.
    """

    code: str
    kind: str
    names: tuple = ()
    required: bool = False
    unique: bool = False
    missing: tuple = ()
    least: float | None = None
    grouped: bool = False
    unit_of: str = ""
    ends: str = ""
    values: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, eq=False)
class Schema:
    """Columns in the order of the frame, and what may stand around their names.

    Attributes
    ----------
    name : str
    columns : mapping of str to Column
    shared : tuple of (codes, names)
        Headers that mean two dates at once: the first code for closed deals, the second for open.
    fillers : tuple of str
        Words around a name that change nothing.
    """

    name: str
    columns: types.MappingProxyType
    shared: tuple = ()
    fillers: tuple = ()

    def first(self, kind):
        """Code of the first column of a kind, or None."""
        return next((column.code for column in self.columns.values() if column.kind == kind), None)


@functools.cache
def load(name):
    """A schema by name (``"deals"``, ``"stage_history"``) or from a TOML file of the same form.

    Parameters
    ----------
    name : str or pathlib.Path
        A plain name is looked up beside this module.
    """
    path = pathlib.Path(name)
    if not path.suffix:
        path = _FOLDER / f"{name}.toml"
    source = tomllib.loads(path.read_text("utf-8-sig"))
    everywhere = tuple(source.get("missing", ()))
    columns = {
        code: Column(
            code=code,
            kind=entry["kind"],
            names=(code, *entry.get("names", ())),
            required=entry.get("required", False),
            unique=entry.get("unique", False),
            missing=(*everywhere, *entry.get("missing", ())),
            least=entry.get("least"),
            grouped=entry.get("grouped", False),
            unit_of=entry.get("unit_of", ""),
            ends=entry.get("ends", ""),
            values=entry.get("values", {}),
        )
        for code, entry in source["columns"].items()
    }
    shared = tuple((tuple(e["codes"]), tuple(e["names"])) for e in source.get("shared", ()))
    fillers = tuple(source.get("fillers", ()))
    return Schema(path.stem, types.MappingProxyType(columns), shared, fillers)


@functools.cache
def stage_names():
    """Stage code -> names of CRMs that are counted as it, lowest rung first, ``lost`` last."""
    return types.MappingProxyType(
        {code: tuple(names) for code, names in _stages()["names"].items()}
    )


@functools.cache
def doubt_words():
    """Words that forbid to match a stage by likeness."""
    return tuple(_stages()["doubt"]["words"])


def _stages():
    return tomllib.loads((_FOLDER / "stages.toml").read_text("utf-8"))
