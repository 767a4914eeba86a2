"""Columns of raw cells to columns of values; what one column does not tell, others may."""

import dataclasses
import re

import numpy as np
import pandas as pd

from coursekit.tables import dates, numbers
from coursekit.tables.grid import Note, blank, plain, quoted, text

# pandas 3 has a str dtype, pandas 2 keeps text as object
_TEXT = pd.Series(["text"]).dtype
_LIKE_A_NUMBER = re.compile(r"0[0-9]+")


@dataclasses.dataclass(frozen=True)
class Raw:
    """One column before parsing.

    Attributes
    ----------
    header : str
        As the reader of the file sees it.
    kind : {"text", "number", "share", "date", ""}
        Empty: whatever all its cells can be read as.
    cells : list
        None where missing.
    least : float or None
    units : bool
        Whether a unit in the header counts, as in ``金额（万元）``.
    """

    header: str
    kind: str
    cells: list
    least: float | None = None
    units: bool = True


def cleaned(cells, missing=(), values=None):
    """Cells with None where blank or a word for "nothing", and values replaced as a map says."""
    words = {plain(word) for word in missing}
    meant = {plain(old): new for old, new in (values or {}).items()}
    known = {}

    def one(cell):
        if blank(cell):
            return None
        if not words and not meant:
            return cell
        form = plain(text(cell))
        if form in meant:
            return meant[form] if meant[form].strip() else None
        return None if form in words else cell

    clean = []
    for cell in cells:
        if isinstance(cell, str):
            if cell not in known:
                known[cell] = one(cell)
            clean.append(known[cell])
        else:
            clean.append(one(cell))
    return clean


def meant(cells, values):
    """Cells with codes as the words they stand for; with other codes among them as they are."""
    known = {plain(text(cell)) for cell in cells if cell is not None} <= values.keys()
    return cleaned(cells, values=values) if known else cells


def parsed(raws, orders=None):
    """Values of all columns of a file.

    Parameters
    ----------
    raws : dict of str to Raw
    orders : dict of str to str, optional
        Code -> day-month order, where a map file says it.

    Returns
    -------
    dict of str to (kind, Parsed)

    Notes
    -----
    A program writes all its dates and numbers alike: a column that leaves the order of day and
    month, or the decimal mark, open takes it from the file's other columns where they agree.
    """
    found = {code: raw.kind or _kind(raw.cells) for code, raw in raws.items()}
    marks = _settled(
        {c: numbers.decimal_mark(raws[c].cells) for c in found if found[c] in ("number", "share")}
    )
    told = orders or {}
    settled = _settled({c: dates.order(raws[c].cells) for c in found if found[c] == "date"})
    result = {}
    for code, raw in raws.items():
        kind = found[code]
        if kind == "date":
            own, others = settled[code]
            values = dates.parse(raw.cells, told.get(code, own or others))
            remark = ("tables.order_from_others", {"order": others})
            if others and code not in told:
                values = dataclasses.replace(values, remarks=(*values.remarks, remark))
        elif kind in ("number", "share"):
            values = _numbers(raw, kind, *marks[code])
        else:
            values = texts(raw.cells)
        result[code] = (kind, values)
    return result


def _numbers(raw, kind, own, others):
    factor, unit = numbers.header_unit(raw.header) if raw.units and kind == "number" else (1, "")
    values = numbers.parse(
        raw.cells, mark=others or own, share=kind == "share", least=raw.least, factor=factor
    )
    if factor == 1:
        return values
    remark = ("tables.unit_of_header", {"unit": unit, "factor": factor})
    return dataclasses.replace(values, remarks=(*values.remarks, remark))


def _settled(verdicts):
    """Code -> (own verdict, verdict of the others where the own one is open)."""
    clear = {verdict for verdict in verdicts.values() if verdict and verdict != dates.MIXED}
    only = clear.pop() if len(clear) == 1 else None
    return {code: (own, only if own is None else None) for code, own in verdicts.items()}


def _kind(cells):
    """What all filled cells can be read as; codes with leading zeros stay text."""
    filled = list(dict.fromkeys(cell for cell in cells if cell is not None))
    if not filled:
        return "text"
    if all(_is_date(cell) for cell in filled):
        return "date"
    if any(isinstance(cell, str) and _LIKE_A_NUMBER.fullmatch(cell.strip()) for cell in filled):
        return "text"
    return "text" if numbers.parse(filled, mark=numbers.decimal_mark(filled)).problems else "number"


def _is_date(cell):
    return dates.written_out(cell) if isinstance(cell, str) else hasattr(cell, "year")


def texts(cells):
    """Cells as text; an error that Excel shows is no text."""
    known = {cell: text(cell) for cell in set(cells) if cell is not None}
    failed = {cell for cell, shown in known.items() if numbers.is_excel_error(shown)}
    problems = [
        (position, "tables.excel_error", {"value": quoted(cell)})
        for position, cell in enumerate(cells)
        if cell in failed
    ]
    values = [None if cell in failed else known.get(cell) for cell in cells]
    return numbers.Parsed(values, tuple(problems))


def series(kind, values, index):
    """A column of the frame: str, float64 or datetime64 at midnight."""
    if kind in ("number", "share"):
        return pd.Series(np.array(values, dtype="float64"), index=index)
    if kind == "date":
        days = np.array(["NaT" if v is None else v for v in values], dtype="datetime64[D]")
        return pd.Series(days.astype("datetime64[us]"), index=index)
    return pd.Series(values, index=index, dtype=_TEXT)


def notes(header, rows, values):
    """Notes of a parsed column: one per cell that could not be read, one per remark."""
    for position, code, said in values.problems:
        yield Note(rows[position], header, code, said)
    for code, said in values.remarks:
        yield Note(None, header, code, said)
