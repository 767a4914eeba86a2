"""The rows below a header: kept or dropped, each for a reason."""

import collections
import dataclasses
import re

from coursekit.tables import numbers
from coursekit.tables.grid import Dropped, Note, blank, plain, text

_TOTAL = re.compile(r"(?:[合总小共]\s*计|汇\s*总|(?:grand |sub)?-?totals?|sum)(?:\s*[:(].*)?")


@dataclasses.dataclass(frozen=True)
class Body:
    """Columns of cells.

    Attributes
    ----------
    rows : list of int
        Row of the file, counted from 1, for each kept row.
    cells : dict of str to list
        Header -> raw cells of the kept rows.
    dropped : tuple of Dropped
    notes : tuple of Note
    """

    rows: list
    cells: dict
    dropped: tuple
    notes: tuple


def below(grid, header):
    """The body of a grid: kept rows as columns, and why the others are not there.

    A row is dropped that is blank, holds a single cell of a table of three or more columns,
    repeats the header, or is a line of totals. A cell merged over several rows counts for each
    of them, unless it is a number, which would then be counted several times.
    """
    width = len(header.texts)
    raw = [[*row, *[""] * (width - len(row))] for row in grid.rows[header.last + 1 :]]
    merged = _spread(raw, grid.merged, header.last + 1)
    counts = [sum(not blank(cell) for cell in row) for row in raw]
    usual = _usual(counts)
    kept, dropped, notes = [], [], list(grid.notes)
    for number, (row, n) in enumerate(zip(raw, counts, strict=True), header.last + 2):
        reason = _reason(row, n, usual, header)
        if reason:
            dropped.append(Dropped(number, reason))
            continue
        kept.append((number, row))
        beyond = sum(not blank(cell) for cell in row[header.n_named :])
        if beyond:
            notes.append(Note(number, "", "tables.extra_cells", {"n": beyond}))
    if merged:
        notes.append(Note(None, "", "tables.merged_cells", {"n": merged}))
    columns = zip(*(row for _, row in kept), strict=True) if kept else ((),) * width
    cells = {name: list(column) for name, column in zip(header.texts, columns, strict=True) if name}
    return Body([number for number, _ in kept], cells, tuple(dropped), tuple(notes))


def _spread(raw, merged, offset):
    """Write a merged cell's text into the rows below it; how many cells were filled."""
    n = 0
    for top, left, bottom, _ in merged:
        first = top - offset
        if bottom == top or first < 0 or first >= len(raw) or left >= len(raw[first]):
            continue
        cell = raw[first][left]
        if blank(cell) or numbers.parse([cell]).values[0] is not None:
            continue
        for row in raw[first + 1 : bottom - offset + 1]:
            if blank(row[left]):
                row[left] = cell
                n += 1
    return n


def _usual(counts):
    some = collections.Counter(filter(None, counts))
    return max(some, key=lambda n: (some[n], n), default=0)


def _reason(row, n, usual, header):
    if not n:
        return "tables.row_empty"
    if n == 1 and header.n_named > 2:
        return "tables.row_stray"
    if n <= usual / 2 and _TOTAL.fullmatch(plain(next(filter(None, map(text, row)), ""))):
        return "tables.row_total"
    if n > 1 and _repeats(row, header.texts):
        return "tables.row_header"
    return ""


def _repeats(row, texts):
    return all(
        " ".join(text(cell).split()) == name
        for cell, name in zip(row, texts, strict=True)
        if not blank(cell)
    )
