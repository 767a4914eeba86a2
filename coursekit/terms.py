"""The glossary: codes inside, words at the edge.

Every word and sentence of the kit stands in ``terms.toml`` as ``code = {zh, en}``; methods,
journal and JSON hold codes and numbers only.
"""

import datetime
import functools
import math
import string
import tomllib
from importlib import resources

LANGS = ("zh", "en")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@functools.cache
def glossary():
    """All entries, code -> ``{"zh": ..., "en": ...}``; sections joined by a dot."""
    source = resources.files("coursekit").joinpath("terms.toml").read_text("utf-8")
    return dict(_flat(tomllib.loads(source), ""))


def _flat(table, prefix):
    for key, value in table.items():
        if set(value) == set(LANGS):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")


def known(code):
    """Whether the glossary has an entry for a code."""
    return code in glossary()


def term(code, lang):
    """The entry of a code in one language, unfilled.

    Raises
    ------
    KeyError
        The glossary has no such code.
    """
    return glossary()[code][lang]


def say(code, lang, **values):
    """The sentence of a code, filled with values."""
    return fill(term(code, lang), lang, values)


def fill(template, lang, values, escape=str):
    """Fill ``{name}`` or ``{name:form}`` in a template; plain names only, no attributes.

    Parameters
    ----------
    template : str
        Text of the glossary, of a lesson or of the bank.
    lang : {"zh", "en"}
        Decides how ``money`` and ``date`` look.
    values : dict
        What the names stand for. A value is data and is never read as a template.
    escape : callable, optional
        Applied to the text of every filled value, for example ``html.escape``.

    Notes
    -----
    Forms: ``money`` (万 and 亿 in Chinese, thousands in English; ``万`` means the same),
    ``percent`` (a share 0 to 1), ``percent1`` (one decimal), ``n`` (a number without needless
    zeros), ``date``, ``term`` (a code of the glossary), ``terms`` (a list of codes), and Python's
    own number formats.
    """
    return _Filler(lang, escape).vformat(template, (), values)


def money(amount, lang):
    """An amount as people write it: ``86万``, ``1.2亿`` or ``860,000``; ``—`` where unknown.

    One rounding rule for the kit: two digits after the unit in Chinese, whole units in English,
    half up.
    """
    if _absent(amount):
        return "—"
    if lang == "zh":
        size = abs(amount)
        for unit, factor in (("亿", 1e8), ("万", 1e4)):
            if size >= factor:
                return _plain(_half_up(amount / factor, 2), 2) + unit
    return f"{_half_up(amount, 0):,.0f}"


def percent(share, digits=0):
    """A share of 0 to 1 as percent; ``—`` where unknown."""
    return "—" if _absent(share) else f"{_half_up(share * 100, digits):.{digits}f}%"


def date(day, lang):
    """A date as people write it: ``2026年3月5日`` or ``5 Mar 2026``; ``—`` where unknown."""
    if _absent(day):
        return "—"
    if isinstance(day, str):
        day = datetime.date.fromisoformat(day[:10])
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class _Filler(string.Formatter):
    def __init__(self, lang, escape):
        self.lang = lang
        self.escape = escape

    def get_field(self, name, args, kwargs):
        if not name.isidentifier():
            raise ValueError(f"not a plain name in a text: {{{name}}}")
        return kwargs[name], name

    def format_field(self, value, form):
        return self.escape(self._formed(value, form))

    def _formed(self, value, form):
        match form:
            case "money" | "万":
                return money(value, self.lang)
            case "percent":
                return percent(value)
            case "percent1":
                return percent(value, 1)
            case "n":
                return "—" if _absent(value) else _plain(value, 6)
            case "date":
                return date(value, self.lang)
            case "term":
                return term(value, self.lang)
            case "terms":
                joint = "、" if self.lang == "zh" else ", "
                return joint.join(term(code, self.lang) for code in value)
        return super().format_field("—" if value is None else value, form)


def _absent(value):
    return value is None or value != value  # NaN and NaT are not equal to themselves


def _half_up(value, digits):
    factor = 10**digits
    return math.copysign(math.floor(round(abs(value) * factor, 6) + 0.5), value) / factor


def _plain(value, digits):
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
