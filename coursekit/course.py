"""A course is a folder: its switches, and its own files before the shipped ones."""

import dataclasses
import os
import pathlib
import types

from coursekit import toml, visibility
from coursekit.brand import NONE, Brand
from coursekit.brand import SECTION as BRAND
from coursekit.errors import InputError
from coursekit.terms import LANGS

SETTINGS = "course.toml"

# every switch a course.toml may carry, with its default; the type of the default binds
SWITCHES = {
    "id": "",
    "lang": "zh",
    "trainee": "",
    "run_code": False,
    "certainty": False,
    "hints": True,
    "marks": "now",
    "attempts": 0,
    "case": "feed",
}


def content():
    """The folder of the shipped notebooks, exercises and data (wheel or checkout)."""
    package = pathlib.Path(__file__).parent
    shipped = package / "course"
    return shipped if shipped.is_dir() else package.parent


@dataclasses.dataclass(frozen=True)
class Course:
    """One course folder.

    Attributes
    ----------
    id : str
        Names the course in seeds and records; the folder's name where ``course.toml`` has none.
    folder : pathlib.Path
    lang : {"zh", "en"}
    trainee : str
        Label of the trainee from ``course.toml``; empty where none is set.
    switches : mapping
        The switches of ``course.toml``, defaults filled in.
    brand : coursekit.brand.Brand
        Trainer, contact, client and logo from its ``[brand]``.
    visibility : mapping
        What trainer, HR and manager get, from its ``[visibility]``.
    """

    id: str
    folder: pathlib.Path
    lang: str = "zh"
    trainee: str = ""
    switches: types.MappingProxyType = dataclasses.field(
        default_factory=lambda: types.MappingProxyType(SWITCHES)
    )
    brand: Brand = NONE
    visibility: types.MappingProxyType = dataclasses.field(
        default_factory=lambda: visibility.DEFAULT
    )

    @classmethod
    def find(cls, start=None):
        """The course that a folder belongs to: ``course.toml`` there or above, else defaults.

        Raises
        ------
        InputError
            ``course.toml`` cannot be read, holds a switch that does not exist or a value of the
            wrong kind, or its ``[brand]`` cannot be shown; the line is named.
        """
        start = pathlib.Path(start or os.curdir).resolve()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls._read(folder)
        return cls(id=start.name, folder=start)

    @classmethod
    def _read(cls, folder):
        path = folder / SETTINGS
        settings = toml.read(path)
        brand = Brand.read(path, settings.pop(BRAND, {}))
        seen = visibility.read(path, settings.pop(visibility.SECTION, {}))
        for key, value in settings.items():
            if key not in SWITCHES:
                raise InputError(
                    "course.unknown_switch",
                    file=path.name,
                    line=toml.line_of(path, key),
                    key=key,
                    known=", ".join((*SWITCHES, f"[{BRAND}]", f"[{visibility.SECTION}]")),
                )
            kind = type(SWITCHES[key])
            choices = _CHOICES.get(key, (value,))
            if type(value) is not kind or value not in choices or (kind is int and value < 0):
                expected = " / ".join(_CHOICES[key]) if key in _CHOICES else _EXPECTED[kind]
                raise InputError(
                    "course.wrong_value",
                    file=path.name,
                    line=toml.line_of(path, key),
                    key=key,
                    value=value,
                    expected=expected,
                )
        switches = {**SWITCHES, **settings}
        return cls(
            id=switches["id"] or folder.name,
            folder=folder,
            lang=switches["lang"],
            trainee=switches["trainee"],
            switches=types.MappingProxyType(switches),
            brand=brand,
            visibility=seen,
        )

    def file(self, name):
        """A file of the course by its path inside it: the folder's own one, else the shipped one.

        Parameters
        ----------
        name : str
            For example ``"exercises/funnel.yaml"`` or ``"instruments/ladder.toml"``.

        Raises
        ------
        FileNotFoundError
            Neither has it.
        """
        package = pathlib.Path(__file__).parent
        for folder in (self.folder, content(), package):
            path = folder / name
            if path.is_file():
                return path
        raise FileNotFoundError(name)

    def ladder(self):
        """The ladder of stages of this course."""
        from coursekit.funnel import Ladder

        return Ladder.load(self.file("instruments/ladder.toml"))

    def scorecard(self, name, complete=False):
        """A scorecard of this course by name, see `coursekit.scoring.Scorecard.load`."""
        from coursekit.scoring import Scorecard

        return Scorecard.load(self.file(f"instruments/{name}.toml"), complete)

    @property
    def private(self):
        """The folder of the journal and the course's own settings, ``.coursekit``.

        The environment variable ``COURSEKIT_STATE`` sends it elsewhere, so that building and
        checking notebooks touches nobody's answers.
        """
        return pathlib.Path(os.environ.get("COURSEKIT_STATE") or self.folder / ".coursekit")

    @property
    def sample(self):
        """Whether this run builds or checks pages, always as the same sample trainee."""
        return bool(os.environ.get("COURSEKIT_STATE"))


_CHOICES = {"lang": LANGS, "marks": ("now", "later")}
_EXPECTED = {str: '"…"', bool: "true / false", int: "0, 1, 2 …"}
