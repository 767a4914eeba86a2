"""A second file that fills empty cells: never a row more or less, never a value replaced."""

import pathlib

from coursekit.errors import InputError
from coursekit.tables import body, columns, header
from coursekit.tables.grid import Note, plain, quoted, text


def find(file, folders):
    """The second file, looked up in some folders.

    Raises
    ------
    InputError
        It is in none of them.
    """
    place = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if place is None:
        raise InputError("tables.join_no_file", file=file)
    return place


def fill(values, kinds, rows, headers, join, place):
    """Fill missing values of some columns from a second file.

    Parameters
    ----------
    values : dict of str to list
        Code -> values of the first file; not changed.
    kinds : dict of str to str
        Code -> kind, also for columns that the first file lacks.
    rows : list of int
    headers : dict of str to str
        Code -> header of the first file, for the notes.
    join : Join
    place : pathlib.Path
        The second file.

    Returns
    -------
    tuple of (dict of str to (kind, list), list of Note)
        The columns named in ``join.fields``, filled.

    Raises
    ------
    InputError
        The second file has no such column, or the first has no key column.
    """
    (key, their_key), *_ = join.key.items()
    if key not in values:
        raise InputError("tables.join_no_key", key=key, file=join.file)
    theirs = _columns(place)
    fields = {code: _column(theirs, name, join) for code, name in join.fields.items()}
    raws = {
        code: columns.Raw(name, kinds.get(code, ""), columns.cleaned(fields[code]))
        for code, name in join.fields.items()
    }
    found = columns.parsed(raws)
    keys = [text(cell) for cell in _column(theirs, their_key, join)]
    where, double = _places(keys, [found[code][1].values for code in fields])
    notes = [
        Note(None, "", "tables.join_double", {"value": quoted(word), "file": join.file})
        for word in double
    ]
    notes += _misses(values[key], rows, headers.get(key, key), join, where)
    filled = {}
    for code in fields:
        own = values.get(code) or [None] * len(rows)
        brought = found[code][1].values
        places = [None if word is None else where.get(plain(word)) for word in values[key]]
        new = [
            brought[at] if value is None and at is not None else value
            for value, at in zip(own, places, strict=True)
        ]
        n = sum(old is None and value is not None for old, value in zip(own, new, strict=True))
        said = {"n": n, "file": join.file}
        notes.append(Note(None, headers.get(code, code), "tables.joined", said))
        filled[code] = (found[code][0], new)
    return filled, notes


def _columns(place):
    grid, head = header.choose(place, lambda texts: 0)
    return body.below(grid, head).cells


def _column(cells, name, join):
    for header_text, column in cells.items():
        if plain(header_text) == plain(name):
            return column
    raise InputError(
        "tables.join_no_column",
        file=pathlib.Path(join.file).name,
        header=name,
        found=", ".join(cells),
    )


def _places(words, brought):
    """Key -> its place; words that stand several times with different values are of no use."""
    place, double = {}, {}
    for at, word in enumerate(words):
        key = plain(word)
        if not key:
            continue
        first = place.setdefault(key, at)
        if any(column[first] != column[at] for column in brought):
            double[key] = word
    return {key: at for key, at in place.items() if key not in double}, list(double.values())


def _misses(words, rows, header_text, join, place):
    for row, word in zip(rows, words, strict=True):
        if word is not None and plain(word) not in place:
            yield Note(
                row, header_text, "tables.join_missed", {"value": quoted(word), "file": join.file}
            )
