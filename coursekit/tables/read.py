"""A file to a checked table: every row kept or listed, every unreadable cell noted."""

import collections
import dataclasses
import pathlib

import pandas as pd

from coursekit import toml
from coursekit.errors import InputError
from coursekit.tables import body, columns, header, join, match
from coursekit.tables import mapping as mappings
from coursekit.tables import schema as schemas
from coursekit.tables.grid import Note, plain, quoted

TERMINAL = ("contract", "lost")
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
    """
    path = pathlib.Path(path)
    schema, given = _asked(schema, mapping)
    layout = _layout(path, schema, given)
    rows = layout.body.rows
    kinds, values, notes = _values(layout, schema, given)
    stages = {"stages": dict(given.stages)}
    if schema:
        stages, said = _stages(values, layout, schema, given)
        notes += said
        notes += _repeated(values, rows, layout, schema)
        notes += _currencies(values, layout, schema)
        _split(values, layout, schema)
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


def _values(layout, schema, given):
    """Kinds and values of all columns by code, and notes; stage columns as words."""
    raws, said = {}, []
    for code, title in layout.columns.items():
        column = schema.columns[code] if schema else schemas.Column(code, "")
        words = (*column.missing, *given.missing.get(code, ()))
        cells = columns.cleaned(layout.body.cells[title], words, given.values.get(code))
        if column.values:
            cells = columns.meant(cells, column.values)
        if column.grouped and body.is_grouped(cells):
            said.append(Note(None, title, "tables.filled_down", {"n": cells.count(None)}))
            cells = body.filled_down(cells)
        kind = column.kind
        if kind == "stage":
            kind, cells = "text", [_percent(cell) for cell in cells]
        raws[code] = columns.Raw(title, kind, cells, column.least, units=schema is not None)
    found = columns.parsed(raws, given.dates)
    notes, told = [*layout.body.notes, *said], set()
    for code, (_, parsed) in found.items():
        title = layout.columns[code]
        if title not in told:  # a header that serves two columns is told once
            notes += columns.notes(title, layout.body.rows, parsed)
        told.add(title)
    kinds = {code: kind for code, (kind, _) in found.items()}
    return kinds, {code: parsed.values for code, (_, parsed) in found.items()}, notes


def _percent(cell):
    """A stage kept as a number formatted as percent is that percent."""
    return f"{cell:.0%}" if isinstance(cell, float) and 0 < cell < 1 else cell


def _stages(values, layout, schema, given):
    """Turn stage words into codes, in place; what the mapping says of them, and notes."""
    told = {plain(word): code for word, code in given.stages.items()}
    stages, alike, unmatched, notes = dict(given.stages), [], collections.Counter(), []
    ends = {}
    for code, column in schema.columns.items():
        if column.kind != "stage" or code not in values:
            continue
        words = {word: None for word in values[code] if word is not None}
        codes = {}
        for word in words:
            found = None if plain(word) in told else match.stage(word)
            codes[word] = told.get(plain(word)) if found is None else found.code
            if column.ends and codes[word] not in TERMINAL:
                codes[word] = None
                continue
            stages[word] = codes[word]
            if found and found.alike:
                alike.append(word)
        rungs = [None if word is None else codes[word] for word in values[code]]
        if column.ends:
            others = ends.get(column.ends, rungs)
            ends[column.ends] = [a or b for a, b in zip(others, rungs, strict=True)]
        else:
            for row, word, rung in zip(layout.body.rows, values[code], rungs, strict=True):
                if word is not None and rung is None:
                    unmatched[word] += 1
                    said = {"value": quoted(word)}
                    notes.append(Note(row, layout.columns[code], "tables.unknown_stage", said))
        values[code] = rungs
    for code, rungs in ends.items():
        values[code] = [end or rung for end, rung in zip(rungs, values[code], strict=True)]
    for column in schema.columns.values():
        if column.ends:
            values.pop(column.code, None)
    said = {
        "stages": stages,
        "alike_stages": tuple(alike),
        "unmatched_stages": dict(unmatched),
    }
    return said, notes


def _repeated(values, rows, layout, schema):
    for code, column in schema.columns.items():
        if not column.unique or code not in values:
            continue
        first = {}
        for row, value in zip(rows, values[code], strict=True):
            if value is not None and first.setdefault(value, row) != row:
                said = {"value": quoted(value), "first": first[value]}
                yield Note(row, layout.columns[code], "tables.same_again", said)


def _currencies(values, layout, schema):
    for code, column in schema.columns.items():
        if not column.unit_of or not {code, column.unit_of} <= values.keys():
            continue
        pairs = zip(values[code], values[column.unit_of], strict=True)
        found = {plain(name).upper() for name, money in pairs if name and money is not None}
        if len(found) > 1:
            said = {"found": ", ".join(sorted(found))}
            yield Note(None, layout.columns[column.unit_of], "tables.several_currencies", said)


def _split(values, layout, schema):
    """One header for two dates: of closed deals the day they closed, else the expected one."""
    stage = schema.first("stage")
    for (closed, expected), _ in schema.shared:
        names = {layout.columns.get(closed), layout.columns.get(expected)}
        if len(names) > 1 or closed not in values or stage not in values:
            continue
        days = values[closed]
        over = [rung in TERMINAL for rung in values[stage]]
        values[closed] = [day if end else None for day, end in zip(days, over, strict=True)]
        values[expected] = [None if end else day for day, end in zip(days, over, strict=True)]
        for code in (closed, expected):
            if not any(values[code]):
                del values[code]


def _folders(path, given):
    return [given.path.parent, path.parent] if given.path else [path.parent]


def _kept(place, path, written):
    """The second file as a saved map names it: found again from wherever the map is kept."""
    beside = path.parent / written
    return written if beside.is_file() and beside.samefile(place) else place.resolve().as_posix()
