"""Cells to days: many written forms, Excel serials, day-month order decided for the column."""

import datetime
import functools
import re
import unicodedata

from coursekit.tables.grid import blank, quoted
from coursekit.tables.numbers import Parsed, is_excel_error

ORDERS = ("dmy", "mdy", "ymd")
MIXED = "mixed"
_YEARS = range(1900, 2200)
_SERIALS = (20_000, 80_000)  # 1954 to 2119
_EPOCH = datetime.date(1899, 12, 30)
_CLEAR = 10  # so many times more cells must speak for an order than against it

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_TIME = re.compile(
    r"(?:t|,?\s+|(?<=日))\s*(?:上午|下午|晚上|中午|凌晨|早上)?\s*"
    r"[0-9]{1,2}[:时点.][0-9]{2}(?:[:分][0-9]{2}(?:[.,][0-9]+)?)?\s*[分秒]?\s*"
    r"(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|cst)?(?:[-+][0-9]{2}:?[0-9]{2})?$"
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+|"
    r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
)
_YEAR, _DAY = "(?P<year>[0-9]{4})", "(?P<day>[0-9]{1,2})"
_WRITTEN = tuple(
    re.compile(shape)
    for shape in (
        rf"{_YEAR}\s*[-/.年 ]\s*(?P<month>[0-9]{{1,2}})\s*[-/.月 ]\s*{_DAY}\s*[日号]?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        rf"{_DAY}(?:st|nd|rd|th)?[-/ .,]*{_MONTH}[-/ .,]*(?P<year>[0-9]{{4}}|[0-9]{{2}})",
        rf"{_MONTH}[-/ ]*{_DAY}(?:st|nd|rd|th)?(?:,\s*|[-/ ]+){_YEAR}",
        rf"{_YEAR}[-/ ]*{_MONTH}[-/ ]*{_DAY}",
    )
)
_TRIPLE = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{1,2})")
_NO_DAY = re.compile(
    r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*月?|[0-9]{1,2}/[0-9]{4}"
    rf"|{_MONTH}[-/ ,]*[0-9]{{2,4}}"
)
_NO_YEAR = re.compile(rf"[0-9]{{1,2}}\s*[-/.月]\s*[0-9]{{1,2}}\s*[日号]?|{_DAY}[- ]{_MONTH}")


def order(cells):
    """The order of day, month and year that a column's cells agree on.

    Returns
    -------
    str or None
        ``"dmy"``, ``"mdy"`` or ``"ymd"``; ``""`` where no cell needs it, None where it cannot be
        told, ``MIXED`` where cells contradict each other.
    """
    votes, open_cells = dict.fromkeys(ORDERS, 0), 0
    possible = set(ORDERS)
    for cell in cells:
        days = _by_order(cell) if isinstance(cell, str) else {}
        if len(set(days.values())) < 2 and len(days) != 1:
            continue
        if len(days) == 1:
            votes[next(iter(days))] += 1
        else:
            open_cells += 1
        possible &= set(days) or possible
    if not open_cells and not any(votes.values()):
        return ""
    if len(possible) == 1:
        return possible.pop()
    ranked = sorted(ORDERS, key=votes.get, reverse=True)
    if not possible and votes[ranked[0]] >= _CLEAR * max(1, votes[ranked[1]]):
        return ranked[0]
    return None if possible else MIXED


def parse(cells, day_order=""):
    """A column of dates.

    Parameters
    ----------
    cells : list
        Raw cells; None where missing.
    day_order : str or None
        From `order` or a map file. With None or ``MIXED``, cells that can be read in two ways
        are problems.

    Returns
    -------
    Parsed
        Values are datetime.date; the time of day and time zone, as written, are dropped.
    """
    read = functools.cache(functools.partial(_read, day_order=day_order))
    values, problems = [], []
    for position, cell in enumerate(cells):
        value, code = read(cell) if isinstance(cell, str) else _typed(cell)
        values.append(value)
        if code:
            problems.append((position, code, {"value": quoted(cell)}))
    unclear = any(code == "tables.date_unclear" for _, code, _ in problems)
    return Parsed(values, tuple(problems), (("tables.order_unclear", {}),) if unclear else ())


def written_out(words):
    """Whether a text is a date whose year, month and day are all there."""
    return bool(_whole(words) or _by_order(words))


def _typed(cell):
    if cell is None:
        return None, None
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return (cell, None) if cell.year in _YEARS else (None, "tables.not_a_date")
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _number(float(cell))
    return None, "tables.not_a_date"


def _number(value):
    if _SERIALS[0] <= value < _SERIALS[1]:
        return _EPOCH + datetime.timedelta(days=int(value)), None
    if value.is_integer() and len(f"{value:.0f}") == 8:
        day = _whole(f"{value:.0f}")
        return day, None if day else "tables.not_a_date"
    return None, "tables.not_a_date"


def _read(words, day_order):
    if blank(words):
        return None, None
    day = _whole(words)
    if day:
        return day, None
    days = _by_order(words)
    if days:
        if day_order in days:
            return days[day_order], None
        if day_order in ORDERS:
            return None, "tables.not_a_date"
        one = len(set(days.values())) == 1
        return (next(iter(days.values())), None) if one else (None, "tables.date_unclear")
    bare = _bare(words)
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", bare):
        return _number(float(bare))
    if is_excel_error(words):
        return None, "tables.excel_error"
    if _NO_DAY.fullmatch(bare):
        return None, "tables.date_without_day"
    if _NO_YEAR.fullmatch(bare):
        return None, "tables.date_without_year"
    return None, "tables.not_a_date"


@functools.lru_cache(maxsize=1 << 16)
def _bare(words):
    words = unicodedata.normalize("NFKC", words).strip().lower()
    return _WEEKDAY.sub("", _TIME.sub("", words)).strip()


@functools.lru_cache(maxsize=1 << 16)
def _whole(words):
    """The day of a text that can be read in one way only, else None."""
    bare = _bare(words)
    for shape in _WRITTEN:
        found = shape.fullmatch(bare)
        if found:
            month = found["month"]
            number = int(month) if month.isdigit() else _MONTHS[month]
            return _day(_year(found["year"]), number, int(found["day"]))
    return None


@functools.lru_cache(maxsize=1 << 16)
def _by_order(words):
    """Order -> day, for a text like ``03/05/2024``; only orders that give a day that exists."""
    found = _TRIPLE.fullmatch(_bare(words))
    if not found:
        return {}
    first, mark, second, third = found.groups()
    first_number, second_number = int(first), int(second)
    days = {}
    if len(third) > 1:
        days["dmy"] = _day(_year(third), second_number, first_number)
        if mark != ".":  # with dots the day always comes before the month
            days["mdy"] = _day(_year(third), first_number, second_number)
    if len(third) < 4 and len(first) == 2:
        days["ymd"] = _day(_year(first), second_number, int(third))
    return {name: day for name, day in days.items() if day}


def _year(digits):
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 70 else 1900)


def _day(year, month, day):
    try:
        return datetime.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
