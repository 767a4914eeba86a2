"""Cells to numbers: separators decided for the whole column, units, currencies, percent."""

import dataclasses
import datetime
import decimal
import functools
import math
import re
import unicodedata

from coursekit.tables.grid import blank, quoted

_UNITS = {
    "": 1,
    **dict.fromkeys(("千", "k", "thousand"), 10**3),
    **dict.fromkeys(("万", "萬", "w"), 10**4),
    **dict.fromkeys(("百万", "m", "mn", "mio", "million"), 10**6),
    "千万": 10**7,
    **dict.fromkeys(("亿", "億"), 10**8),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_CURRENCIES = {
    **dict.fromkeys(("¥", "元", "圆", "人民币", "rmb", "cny", "cn¥"), "CNY"),
    **dict.fromkeys(("$", "us$", "usd", "美元"), "USD"),
    **dict.fromkeys(("€", "eur", "欧元"), "EUR"),
    **dict.fromkeys(("£", "gbp", "英镑"), "GBP"),
    **dict.fromkeys(("hk$", "hkd", "港币", "港元"), "HKD"),
    **dict.fromkeys(("円", "jpy", "日元"), "JPY"),
}


def _either(words):
    return "|".join(sorted(map(re.escape, filter(None, words)), key=len, reverse=True))


_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−–]?)\s*(?P<before>{_either(_CURRENCIES)})?\s*(?P<sign2>[-+−–]?)\s*"
    rf"(?P<body>[0-9][0-9.,]*|[.,][0-9]+)(?P<power>e[-+]?[0-9]{{1,4}})?\s*"
    rf"(?P<unit>{_either(_UNITS)})?\s*(?P<after>{_either(_CURRENCIES)})?(?P<percent>%)?"
    r"(?P<sign3>[-−]?)\s*(?P<close>\))?",
)
_GAPS = re.compile(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))")
_POINT = re.compile(r"[0-9]*(?:\.[0-9]*)?|[1-9][0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]*)?")
_COMMA = re.compile(r"[0-9]*(?:,[0-9]*)?|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?")
_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_HEADER_UNIT = re.compile(
    rf"(?:单位)?[:：]?\s*(?:{_either(_CURRENCIES)})?\s*({_either(_UNITS)})\s*(?:{_either(_CURRENCIES)})?"
)
_CLEAR = 10  # so many times more cells must speak for a reading than against it


@dataclasses.dataclass(frozen=True)
class Parsed:
    """A column after parsing.

    Attributes
    ----------
    values : list
        One per cell; None where missing or not readable.
    problems : tuple of (position, code, values)
        Cells that were filled and could not be read.
    remarks : tuple of (code, values)
        About the column as a whole.
    """

    values: list
    problems: tuple = ()
    remarks: tuple = ()


def header_unit(header):
    """Factor and word of a unit in a header, ``金额（万元）`` -> (10000, "万元"); else (1, "")."""
    for part in re.findall(r"[(\[]([^()\[\]]+)[)\]]", unicodedata.normalize("NFKC", header)):
        found = _HEADER_UNIT.fullmatch(part.strip().lower())
        if found:
            return _UNITS[found[1]], part.strip()
    return 1, ""


def decimal_mark(cells):
    """Whether a column writes its decimals after ``"."`` or ``","``.

    Returns
    -------
    str or None
        ``""`` where no cell needs it; None where nothing tells, or cells contradict each other.

    Notes
    -----
    ``1.5`` and ``1,234.5`` speak for the point, ``1,5`` and ``1.234,5`` for the comma; ``1,234``
    and ``1.234`` can be read both ways. Where only commas stand before three digits, they are
    thousands, as in Chinese and English. Otherwise the clear cells decide, if they are clearly
    more than those that contradict them.
    """
    point = comma = soft_comma = soft_point = 0
    for cell in cells:
        shape = _shape(cell) if isinstance(cell, str) else None
        body = shape and shape["body"]
        if not body or body.isdigit():
            continue
        if _EITHER_WAY.fullmatch(body):
            soft_comma += "," in body
            soft_point += "." in body
        else:
            point += bool(_POINT.fullmatch(body))
            comma += bool(_COMMA.fullmatch(body))
    if not point and not comma:
        return None if soft_point else "." if soft_comma else ""
    if point >= _CLEAR * comma and (point >= soft_point or not soft_comma):
        return "."
    if comma >= _CLEAR * point and not (soft_comma > comma):
        return ","
    return None


def parse(cells, *, mark="", share=False, least=None, factor=1):
    """A column of numbers, or of shares.

    Parameters
    ----------
    cells : list
        Raw cells; None where missing.
    mark : {".", ",", "", None}
        From `decimal_mark`; with None, cells that can be read both ways are problems.
    share : bool
        Percent or share, given back as 0 to 1; ``65`` is 65% where the column goes above 1.
    least : float, optional
        A smaller value is a problem.
    factor : int
        Unit of the header, for cells that carry no unit of their own.

    Returns
    -------
    Parsed
        Values are float.
    """
    read = functools.cache(functools.partial(_read, mark=mark, factor=factor))
    values, problems, currencies = [], [], set()
    for position, cell in enumerate(cells):
        value, code, currency = (
            _typed(cell, factor, share) if not isinstance(cell, str) else read(cell)
        )
        if code is None and value is not None and least is not None and value < least:
            value, code = None, "tables.too_small"
        values.append(value)
        if currency:
            currencies.add(currency)
        if code:
            problems.append((position, code, {"value": quoted(cell)}))
    if share:
        values, problems = _shares(cells, values, problems)
    remarks = []
    if mark is None:
        remarks.append(("tables.separator_unclear", {}))
    if len(currencies) > 1:
        remarks.append(("tables.several_currencies", {"found": ", ".join(sorted(currencies))}))
    return Parsed(values, tuple(problems), tuple(remarks))


@functools.lru_cache(maxsize=1 << 16)
def _shape(words):
    words = unicodedata.normalize("NFKC", words).strip().lower()
    return _SHAPE.fullmatch(_GAPS.sub("", words))


def _read(words, mark, factor):
    """Value, problem code, currency of one text."""
    if blank(words):
        return None, None, None
    shape = _shape(words)
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return None, "tables.excel_error" if is_excel_error(words) else "tables.not_a_number", None
    body = shape["body"]
    if mark is None and _EITHER_WAY.fullmatch(body):
        return None, "tables.number_unclear", None
    point = mark != "," if mark is not None else bool(_POINT.fullmatch(body))
    if not (_POINT if point else _COMMA).fullmatch(body):
        return None, "tables.not_a_number", None
    body = body.replace(",", "") if point else body.replace(".", "").replace(",", ".")
    unit = shape["unit"] or ""
    if shape["percent"] and unit:
        return None, "tables.not_a_number", None
    scale = decimal.Decimal(_UNITS[unit] if unit else 1 if shape["percent"] else factor)
    if shape["percent"]:
        scale /= 100
    value = float(decimal.Decimal(body + (shape["power"] or "")) * scale)
    if not math.isfinite(value):
        return None, "tables.too_large_number", None
    signs = [shape[name] for name in ("sign", "sign2", "sign3") if shape[name]]
    if len(signs) + bool(shape["open"]) > 1:
        return None, "tables.not_a_number", None
    minus = bool(shape["open"]) or (bool(signs) and signs[0] != "+")
    currency = _CURRENCIES.get(shape["before"] or shape["after"] or "")
    return (-value if minus else value), None, currency


def is_excel_error(words):
    """Whether a text is what Excel shows where a formula failed."""
    return words.strip().upper() in _EXCEL_ERRORS


_EXCEL_ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)


def _typed(cell, factor, share):
    if cell is None:
        return None, None, None
    if isinstance(cell, (bool, datetime.date, datetime.time, datetime.timedelta)):
        return None, "tables.not_a_number", None
    value = float(cell)
    if not math.isfinite(value):
        return None, "tables.too_large_number", None
    return (value if share else value * factor), None, None


def _shares(cells, values, problems):
    """Values of a percent column as 0 to 1; decided by the cells without a percent sign."""
    signed = ["%" in cell or "％" in cell if isinstance(cell, str) else False for cell in cells]
    bare = [value for value, sign in zip(values, signed, strict=True) if not sign and value]
    in_percent = any(value > 1 for value in bare)
    unclear = in_percent and any(0 < value < 1 for value in bare)
    shares = []
    for position, (value, sign) in enumerate(zip(values, signed, strict=True)):
        code = None
        if value is not None and not sign and in_percent:
            code = "tables.share_unclear" if unclear and 0 < value <= 1 else None
            value = value / 100
        if code is None and value is not None and not 0 <= value <= 1:
            code = "tables.not_a_share"
        shares.append(None if code else value)
        if code:
            problems = [*problems, (position, code, {"value": quoted(cells[position])})]
    return shares, sorted(problems, key=lambda problem: problem[0])
