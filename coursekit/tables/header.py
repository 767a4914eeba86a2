"""Where a table begins: which sheet, under which title rows, with which column names."""

import collections
import dataclasses

from coursekit.errors import InputError
from coursekit.tables import dates, numbers, sniff
from coursekit.tables.grid import Note, blank, text

_LOOKED_AT = 40
_SAMPLE = 300


@dataclasses.dataclass(frozen=True)
class Header:
    """The header of a grid.

    Attributes
    ----------
    last : int
        The row of the grid that it ends in, counted from 0; data begin below.
    texts : tuple of str
        One name per column of the grid, all different; empty where a column holds nothing.
    n_named : int
        Columns up to the last one that has a name in the file.
    """

    last: int
    texts: tuple
    n_named: int


def choose(path, hits, sheet=""):
    """The grid of a file that holds the table, and its header.

    Parameters
    ----------
    path : pathlib.Path
    hits : callable
        How many known columns the texts of a row name.
    sheet : str
        Name of the sheet to take; empty chooses the one with most known columns, then visible
        before hidden, then most rows.

    Returns
    -------
    tuple of (Grid, Header)

    Raises
    ------
    InputError
        The file cannot be read, has no such sheet, or nothing in any.
    """
    grids = sniff.grids(path)
    if sheet:
        named = [grid for grid in grids if grid.name == sheet]
        if not named:
            names = ", ".join(grid.name for grid in grids)
            raise InputError("tables.unknown_sheet", file=path.name, sheet=sheet, found=names)
        grids = named
    found = [(grid, find(grid, hits)) for grid in grids if _n_rows(grid)]
    if not found:
        raise InputError("tables.empty_file", file=path.name)
    grid, head = max(
        found, key=lambda pair: (hits(pair[1].texts), pair[0].visible, _n_rows(pair[0]))
    )
    others = ", ".join(other.name for other, _ in found if other is not grid and other.name)
    if others:
        taken = Note(None, "", "tables.sheet_taken", {"sheet": grid.name, "found": others})
        grid = dataclasses.replace(grid, notes=(*grid.notes, taken))
    return grid, head


def _n_rows(grid):
    return sum(any(not blank(cell) for cell in row) for row in grid.rows)


def find(grid, hits):
    """The header of one grid that is not empty.

    The row that names most known columns, if it names two or more; else the first row that is
    about as wide as the table and holds words; else the first row as wide as that.
    """
    rows = [[_name(cell) for cell in row] for row in grid.rows[:_LOOKED_AT]]
    counts = [hits(row) for row in rows]
    best = max(counts)
    last = counts.index(best) if best > 1 else _wordy(grid.rows)
    return _header(grid, last)


def _name(cell):
    return " ".join(text(cell).split())


def _wordy(rows):
    widths = [sum(not blank(cell) for cell in row) for row in rows[:_SAMPLE]]
    if not any(widths):
        return next(i for i, row in enumerate(rows) if any(not blank(cell) for cell in row))
    some = collections.Counter(filter(None, widths))
    usual = max(some, key=lambda width: (some[width], width))
    wide = [i for i, width in enumerate(widths) if width >= max(1, 0.6 * usual)]
    wordy = [i for i in wide[:_LOOKED_AT] if _words(rows[i]) >= 0.8 * widths[i]]
    return (wordy or wide)[0]


def _words(row):
    return sum(isinstance(cell, str) and not blank(cell) and not _is_value(cell) for cell in row)


def _is_value(cell):
    return numbers.parse([cell]).values[0] is not None or dates.written_out(cell)


def _header(grid, last):
    """Names per column; where header cells were merged, two rows give them."""
    width = max(map(len, grid.rows))
    row, above, below = (_row(grid, last + step, width) for step in (0, -1, 1))
    if _is_lower_half(row, below) and _has_data(grid.rows[last + 2 :], row, below):
        last, upper, lower = last + 1, row, below
    else:
        upper, lower = above if sum(map(bool, above)) > 1 else [""] * width, row
    filled = [False] * width
    for cells in grid.rows[last + 1 :]:
        for place, cell in enumerate(cells):
            if not filled[place]:
                filled[place] = not blank(cell)
    own = [place for place in range(width) if lower[place] or upper[place]]
    return Header(last, _names(upper, lower, filled), max(own, default=-1) + 1)


def _row(grid, number, width):
    cells = grid.rows[number] if 0 <= number < len(grid.rows) else []
    return [_name(cell) for cell in cells] + [""] * (width - len(cells))


def _is_lower_half(row, below):
    """Whether the next row only names columns under merged cells of this one."""
    groups = {
        place
        for place, name in enumerate(row)
        if (row[place + 1 : place + 2] == [""] if name else any(row[:place]))
    }
    names = [place for place, name in enumerate(below) if name]
    return (
        len(names) > 1
        and set(names) <= groups
        and any(not row[place] for place in names)
        and any(row[place] and not below[place] for place in range(len(row)))
        and not any(_is_value(below[place]) for place in names)
    )


def _has_data(rows, row, below):
    """Whether anything stands in the columns that only the lower half names."""
    places = [place for place, name in enumerate(below) if name and not row[place]]
    return any(place < len(cells) and not blank(cells[place]) for cells in rows for place in places)


def _names(upper, lower, filled):
    counts = collections.Counter(filter(None, lower))
    names, group = [], ""
    for place, name in enumerate(lower):
        group = upper[place] or group
        if not name:
            name = upper[place] or (f"column_{place + 1}" if filled[place] else "")
        elif counts[name] > 1 and group:
            name = f"{group} {name}"
        number, first = 1, name
        while name and name in names:
            number += 1
            name = f"{first} ({number})"
        names.append(name)
    return tuple(names)
