"""A file to a checked table: every row kept or listed, every unreadable cell noted."""

import dataclasses
import pathlib

import pandas as pd

from coursekit import toml
from coursekit.errors import InputError
from coursekit.tables import body, columns, header, join, match
from coursekit.tables import mapping as mappings
from coursekit.tables import schema as schemas
from coursekit.tables import values as values_of
from coursekit.tables.grid import plain, quoted

_LISTED = 12  # headers that a sentence lists


@dataclasses.dataclass(frozen=True)
class Table:
    """A checked table.

    Attributes
    ----------
    frame : pandas.DataFrame
        Index ``row`` is the row of the file as its reader counts it. Text columns and stage codes
        are str, numbers float64, dates datetime64 at midnight; a column the file lacks is absent.
    dropped : tuple of Dropped
        Rows below the header that are not in the frame: with those of the frame, all there are.
    notes : tuple of Note
        About cells of kept rows; ``row`` None is about a column or the file, these come first.
    mapping : Mapping
        What was read as what.
    """

    frame: pd.DataFrame
    dropped: tuple
    notes: tuple
    mapping: mappings.Mapping


@dataclasses.dataclass(frozen=True)
class _Layout:
    """Where the table is, and which header holds which column."""

    texts: tuple
    body: body.Body
    columns: dict
    rivals: dict
    alike: tuple


def read(path, schema=None, mapping=None, also=()):
    """Read any CSV or Excel export.

    Parameters
    ----------
    path : str or path-like
        CSV or tab text in any usual encoding, .xlsx, .xls, .ods, or the HTML and XML that some
        systems name .xls; the content decides, not the name.
    schema : Schema, str or None
        ``"deals"``, ``"stage_history"``, or a TOML file of the same form. None keeps every column
        under its header, as number or date where all its cells can be read as such, else text.
    mapping : Mapping, str, path-like or None
        A map file, or the mapping of an earlier table.
    also : iterable of str
        Further headers of the file to keep as text, under their own names; codes and headers
        that became columns are passed over.

    Returns
    -------
    Table

    Raises
    ------
    InputError
        The file cannot be read, lacks a required column, or the map names what does not exist.

    Notes
    -----
    Syllabus item funnel.3.1. It fails where a column keeps its header and changes its meaning:
    amounts with tax in one export and without it in the next are read alike, and every total is
    off.
    """
    path = pathlib.Path(path)
    schema, given = _asked(schema, mapping)
    layout = _layout(path, schema, given)
    rows = layout.body.rows
    kinds, values, notes = values_of.parsed(layout, schema, given)
    stages = {"stages": dict(given.stages)}
    if schema:
        stages, said = values_of.stages(values, layout, schema, given)
        notes += said
        notes += values_of.repeated(values, rows, layout, schema)
        notes += values_of.currencies(values, layout, schema)
        values_of.split(values, layout, schema)
    if given.join:
        wanted = {code: column.kind for code, column in schema.columns.items()} if schema else {}
        place = join.find(given.join.file, _folders(path, given))
        filled, said = join.fill(values, wanted, rows, layout.columns, given.join, place)
        values.update({code: cells for code, (_, cells) in filled.items()})
        kinds.update({code: kind for code, (kind, _) in filled.items()})
        given = dataclasses.replace(
            given, join=dataclasses.replace(given.join, file=_kept(place, path, given.join.file))
        )
        notes += said
    for title in also:
        if title not in values and title not in layout.columns.values():
            _checked(title, layout.body.cells, path)
            values[title] = columns.texts(columns.cleaned(layout.body.cells[title])).values
    order = [code for code in schema.columns if code in values] if schema else []
    order += [code for code in values if code not in order]
    index = pd.Index(rows, name="row", dtype="int64")
    frame = pd.DataFrame(
        {code: columns.series(kinds.get(code, "text"), values[code], index) for code in order},
        index=index,
    )
    notes.sort(key=lambda note: (note.row is not None, note.row or 0))
    result = _told(dataclasses.replace(given, columns=layout.columns, **stages), layout)
    return Table(frame, layout.body.dropped, tuple(notes), result)


def _told(mapping, layout):
    """A mapping with what the headers say besides."""
    used = set(layout.columns.values())
    return dataclasses.replace(
        mapping,
        headers=tuple(filter(None, layout.texts)),
        unused=tuple(name for name in layout.texts if name and name not in used),
        rivals=layout.rivals,
        alike_columns=layout.alike,
    )


def draft(path, schema, mapping=None):
    """What the headers alone say, for a map to be filled in where a required column is absent.

    Same parameters as `read`.

    Returns
    -------
    Mapping
        Required columns that were not found stand at ``""``; nothing is known of stages.
    """
    schema, given = _asked(schema, mapping)
    layout = _layout(pathlib.Path(path), schema, given, whole=False)
    open_ = {code: "" for code, column in schema.columns.items() if column.required}
    return _told(dataclasses.replace(given, columns={**open_, **layout.columns}), layout)


def fingerprint(path, schema=None, mapping=None):
    """Digest of a file's headers, even where a required column is absent.

    Same parameters as `read`; equal to ``read(...).mapping.fingerprint``.
    """
    schema, given = _asked(schema, mapping)
    _, head = header.choose(pathlib.Path(path), _hits(schema, given), given.sheet)
    return mappings.fingerprint(tuple(filter(None, head.texts)))


def _asked(schema, mapping):
    if isinstance(schema, (str, pathlib.PurePath)):
        schema = schemas.load(schema)
    if not isinstance(mapping, mappings.Mapping):
        mapping = mappings.load(mapping, schema) if mapping else mappings.Mapping()
    return schema, mapping


def _hits(schema, given):
    told = {plain(name) for name in given.columns.values() if name}

    def hits(texts):
        known = sum(plain(name) in told for name in texts if name)
        return known + (match.hits(texts, schema) if schema else 0)

    return hits


def _layout(path, schema, given, whole=True):
    grid, head = header.choose(path, _hits(schema, given), given.sheet)
    content = body.below(grid, head)
    named = {plain(name): name for name in reversed(head.texts) if name}
    told = {}
    for code, name in given.columns.items():
        if name and plain(name) not in named:
            _no_header(code, name, head.texts, path, given)
        told[code] = named.get(plain(name), "")
    free = [name for name in head.texts if name and name not in told.values()]
    if schema is None:
        codes = {name: code for code, name in told.items() if name}
        found = {codes.get(name, name): name for name in head.texts if name}
        return _Layout(head.texts, content, found, {}, ())
    matched, rivals, alike = match.headers(free, schema)
    found = {code: told.get(code, matched.get(code)) for code in schema.columns}
    found = {code: name for code, name in found.items() if name}
    for code, column in schema.columns.items():
        if column.ends and code in found and column.ends not in found and column.ends not in told:
            found[column.ends] = found.pop(code)
    for code, column in schema.columns.items():
        if whole and column.required and code not in found:
            _no_column(code, schema, head.texts, path)
    rivals = {code: names for code, names in rivals.items() if code in found and code not in told}
    alike = tuple(code for code in alike if code in found and code not in told)
    return _Layout(head.texts, content, found, rivals, alike)


def _no_header(code, name, texts, path, given):
    line = toml.line_of(given.path, code, "columns") if given.path else 0
    source = given.path.name if given.path else "columns"
    raise InputError(
        "tables.map_header", file=path.name, map=source, line=line, header=name, found=_list(texts)
    )


def _no_column(code, schema, texts, path):
    stage = schema.columns[code].kind == "stage"
    raise InputError(
        "tables.no_stages" if stage else "tables.no_column",
        file=path.name,
        column=f"tables.column_{code}",
        key=code,
        found=_list(texts),
    )


def _checked(title, cells, path):
    if title not in cells:
        raise InputError("tables.no_header", file=path.name, header=title, found=_list(cells))


def _list(texts):
    names = [quoted(name) for name in texts if name]
    return ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")


def _folders(path, given):
    return [given.path.parent, path.parent] if given.path else [path.parent]


def _kept(place, path, written):
    """The second file as a saved map names it: found again from wherever the map is kept."""
    beside = path.parent / written
    return written if beside.is_file() and beside.samefile(place) else place.resolve().as_posix()
