"""The rows below a header: kept or dropped, each for a reason."""

import collections
import dataclasses
import datetime
import functools
import itertools
import re

from coursekit import terms
from coursekit.tables import dates, numbers
from coursekit.tables.grid import Dropped, Note, blank, plain, text

_TOTAL = re.compile(r"(?:[合总小共]\s*计|汇\s*总|(?:grand |sub)?-?totals?|sum)(?:\s*[:(].*)?")
# as part of a name, or what stands beside a total: 张三 小计, Total for Anna, Count, 8个
_PART = re.compile(
    rf"{_TOTAL.pattern}|.{{0,40}}(?:[合总小共累]\s*计|汇\s*总)(?:\s*[:(].*)?"
    r"|.{1,40} (?:sub)?-?totals?:?|(?:grand |sub)?-?totals? for .{1,40}"
    r"|count|average|avg|(?:记录)?(?:数量|个数|计数|求和|平均值?):?"
)
_HINT = re.compile(r"计|汇\s*总|数量|个数|求和|平均|total|sum|count|average|avg", re.IGNORECASE)
_COUNTED = re.compile(r"[共计]?\s*[0-9,]+\s*(?:[个笔项条家单户行]|deals?|records?|rows?)")
_SIGNED = re.compile(r"[^:]{2,24}:.*")  # 制表人：王芳


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

    A row is dropped that is blank, begins with the word for an example, holds a single cell of a
    table of three or more columns, repeats the header, is a line of totals (also of a group,
    ``张三 小计``), or a line under the table in which every cell is ``label: text``. A cell merged
    over several rows counts for each of them, unless it is a number, which would then be counted
    several times.
    """
    width = len(header.texts)
    raw = [[*row, *[""] * (width - len(row))] for row in grid.rows[header.last + 1 :]]
    totals = [_is_total(row) for row in raw]  # before a merged name stands beside them
    merged = _spread(raw, grid.merged, header.last + 1)
    counts = [sum(not blank(cell) for cell in row) for row in raw]
    usual = _usual(counts)
    kept, dropped, notes = [], [], list(grid.notes)
    lines = zip(raw, counts, totals, strict=True)
    for number, (row, n, total) in enumerate(lines, header.last + 2):
        reason = _reason(row, n, usual, header)
        if total and reason in ("", "tables.row_stray"):
            reason = "tables.row_total"
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
        if blank(cell) or _is_number(cell):
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
    if plain(next(filter(None, map(text, row)), "")) in _examples():
        return "tables.row_example"
    if n == 1 and header.n_named > 2:
        return "tables.row_stray"
    if n <= usual / 2 and _TOTAL.fullmatch(plain(next(filter(None, map(text, row)), ""))):
        return "tables.row_total"
    if n > 1 and _repeats(row, header.texts):
        return "tables.row_header"
    if n <= usual / 2 and all(_SIGNED.fullmatch(plain(text(cell))) for cell in row if text(cell)):
        return "tables.row_signed"
    return ""


@functools.cache
def _examples():
    """The mark of the example row in the kit's own workbooks."""
    return {plain(word) for word in terms.glossary()["tables.example"].values()}


def _is_total(row):
    """Whether beside the word for a total there are only numbers: a deal has other words."""
    label = False
    if not any(isinstance(cell, str) and _HINT.search(cell) for cell in row):
        return False
    for cell in row:
        if not isinstance(cell, str) or blank(cell):
            if isinstance(cell, datetime.date):
                return False
            continue
        words = plain(cell)
        if _PART.fullmatch(words):
            label = True
        elif not (_COUNTED.fullmatch(words) or _is_number(cell)) or dates.written_out(cell):
            return False
    return label


def _is_number(cell):
    return numbers.parse([cell]).values[0] is not None


def _repeats(row, texts):
    return all(
        " ".join(text(cell).split()) == name
        for cell, name in zip(row, texts, strict=True)
        if not blank(cell)
    )


def is_grouped(cells):
    """Whether every name of a column stands once, above the rows that it counts for."""
    names = [cell for cell in cells if cell is not None]
    return (
        len(names) > 1
        and cells[0] is not None
        and len(cells) >= 2 * len(names)
        and len({plain(text(name)) for name in names}) == len(names)
    )


def filled_down(cells):
    """Blank cells with the one above them."""
    return list(itertools.accumulate(cells, lambda above, cell: above if cell is None else cell))
