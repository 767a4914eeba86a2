"""The cells under the header as values by column code: parsed, stages as codes, dates told apart.

The first argument ``layout`` says where the table is (``columns``: code -> header, ``body``).
"""

import collections

from coursekit.tables import body, columns, match
from coursekit.tables import schema as schemas
from coursekit.tables.grid import Note, plain, quoted

TERMINAL = ("contract", "lost")


def parsed(layout, schema, given):
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
    for code, (_, column) in found.items():
        title = layout.columns[code]
        if title not in told:  # a header that serves two columns is told once
            notes += columns.notes(title, layout.body.rows, column)
        told.add(title)
    kinds = {code: kind for code, (kind, _) in found.items()}
    return kinds, {code: column.values for code, (_, column) in found.items()}, notes


def _percent(cell):
    """A stage kept as a number formatted as percent is that percent."""
    return f"{cell:.0%}" if isinstance(cell, float) and 0 < cell < 1 else cell


def stages(values, layout, schema, given):
    """Turn stage words into codes, in place; what the mapping says of them, and notes."""
    told = {plain(word): code for word, code in given.stages.items()}
    known, alike, unmatched, notes = dict(given.stages), [], collections.Counter(), []
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
            known[word] = codes[word]
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
        "stages": known,
        "alike_stages": tuple(alike),
        "unmatched_stages": dict(unmatched),
    }
    return said, notes


def repeated(values, rows, layout, schema):
    """Notes about values that should stand once in their column."""
    for code, column in schema.columns.items():
        if not column.unique or code not in values:
            continue
        first = {}
        for row, value in zip(rows, values[code], strict=True):
            if value is not None and first.setdefault(value, row) != row:
                said = {"value": quoted(value), "first": first[value]}
                yield Note(row, layout.columns[code], "tables.same_again", said)


def currencies(values, layout, schema):
    """Notes about money columns whose currency column names several."""
    for code, column in schema.columns.items():
        if not column.unit_of or not {code, column.unit_of} <= values.keys():
            continue
        pairs = zip(values[code], values[column.unit_of], strict=True)
        found = {plain(name).upper() for name, money in pairs if name and money is not None}
        if len(found) > 1:
            said = {"found": ", ".join(sorted(found))}
            yield Note(None, layout.columns[column.unit_of], "tables.several_currencies", said)


def split(values, layout, schema):
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
