"""Numbers as people type them: ``35%``, ``３５％``, ``1.2万``, ``12,000``, ``￥1.2亿元``."""

import dataclasses
import math
import re
import unicodedata

LONGEST = 40
COUNTERS = ("个", "次", "家", "单", "户", "件", "项")  # may stand behind any plain number
_FACTORS = {
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "w": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "億": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
}  # fmt: skip
_FIGURE = r"(?:[0-9]{1,3}(?:[, '][0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_MONEY = r"(?:¥|\$|€|元|块|圆|人民币|rmb|cny|yuan)"
_WORDS = "|".join(sorted(_FACTORS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>{_MONEY}|百分之)?\s*(?P<sign>[+-]?)\s*{_MONEY}?\s*"
    rf"(?:(?P<yi>{_FIGURE})\s*亿\s*(?=[0-9].*[万w]))?"  # 1亿2000万
    rf"(?P<figure>{_FIGURE})\s*(?P<factor>{_WORDS})?\s*"
    rf"(?P<after>%|percent|pct|{_MONEY}(?:\s*整)?)?",
    re.IGNORECASE,
)
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "٪": "%"})


@dataclasses.dataclass(frozen=True)
class Typed:
    """A number that was typed: its value (percent as a share), and whether % was written."""

    value: float
    percent: bool = False


def read(typed, units=()):
    """The number in what somebody typed, or None where there is none to be sure of.

    Parameters
    ----------
    typed : str, int or float
    units : iterable of str
        Unit words that may stand behind the number, such as ``"周"`` or ``"weeks"``.

    Returns
    -------
    Typed or None
        None for nonsense, for guesses such as ``约3万`` and for two readings (``1,2``).

    Examples
    --------
    >>> read("３５％")
    Typed(value=0.35, percent=True)
    >>> read("1.2万")
    Typed(value=12000.0, percent=False)
    """
    if isinstance(typed, bool):
        return None
    if isinstance(typed, int | float):
        return Typed(float(typed)) if abs(typed) < 1e300 else None  # NaN and infinite are not
    if not isinstance(typed, str) or len(typed) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", typed).translate(_SIGNS).strip().lower()
    for unit in units:
        unit = unicodedata.normalize("NFKC", unit).strip().lower()
        if unit and unit != "%" and text.endswith(unit):
            text = text.removesuffix(unit).rstrip()
            break
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    percent = match["before"] == "百分之" or match["after"] in ("%", "percent", "pct")
    if percent and (match["factor"] or match["before"] not in (None, "百分之")):
        return None
    value = _figure(match["figure"]) * _FACTORS.get(match["factor"], 1)
    if match["yi"]:
        value += _figure(match["yi"]) * 1e8
    value = math.copysign(value, -1 if match["sign"] == "-" else 1)
    return Typed(value / 100 if percent else round(value, 9), percent)


def _figure(text):
    return float(re.sub("[, ']", "", text))
