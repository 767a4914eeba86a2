"""Fields of a form: how what was typed is read, and the rules that it may break.

A field is a mapping: its ``type`` and its rules, in the order in which they are said. A value that
was read is plain JSON: text, number (percent as 0 to 1), or a date as ``"2026-03-09"``.
"""

import datetime
import re

import yaml

from coursekit import terms
from coursekit.funnel.courtesy import is_courtesy
from coursekit.practice import numbers, schema
from coursekit.tables import dates
from coursekit.talk import words

LONGEST = 40  # characters of what could not be read that are said back
FIGURES = ("money", "number", "percent")
_TEXT_RULES = ("required", "shortest", "longest", "has_number", "no_courtesy")
RULES = {
    "text": _TEXT_RULES,
    "long": _TEXT_RULES,
    "choice": ("required", "one_of"),
    "date": ("required", "after", "before", "within"),
    **dict.fromkeys(FIGURES, ("required", "least", "most")),
}
_FORM = {"money": "money", "number": "n", "percent": "percent1", "date": "date"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+[个家次天周月年件台单户吨元万点成分小号人场趟]"
)
_HALF_YEAR = 183


# --- from the bank


def shape(node):
    """A field of the bank: ``money`` or ``{type: money, required: true, least: 1000}``."""
    if isinstance(node, yaml.ScalarNode):
        return {"type": _type(node)}
    found = schema.pairs(node)
    if "type" not in found:
        raise schema.Unfit(node, "practice.bank_missing_key", key="type")
    kind = _type(found["type"][1])
    shapes = {name: _SHAPES[name] for name in ("type", *RULES[kind])}
    if kind == "choice":
        shapes["options"] = schema.text
    field = schema.record(node, shapes, ("type",))
    return {name: value for name, value in field.items() if value is not False}


def group(node):
    """A group of rows: ``{least: 3, most: 8, fields: {...}}``."""
    shapes = {"least": schema.whole, "most": schema.whole, "fields": schema.by_id(shape)}
    found = schema.record(node, shapes, ("least", "most", "fields"))
    if not found["least"] <= found["most"] <= 30:
        raise schema.Unfit(node, "practice.bank_expected", expected="practice.shape_rows")
    return found


def sum_rule(node):
    """A rule about a sum: ``{of: hours, least: 10, most: capacity}``."""
    return schema.record(node, {"of": schema.text, "least": _bound, "most": _bound}, ("of",))


def _type(node):
    if node.value not in RULES:
        known = ", ".join(RULES)
        raise schema.Unfit(node, "practice.bank_one_of", value=str(node.value), known=known)
    return node.value


def _bound(node):
    """A number, or the name of a field or of a value of ``given``."""
    value = schema.json(node)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise schema.Unfit(node, "practice.bank_expected", expected="practice.shape_number")
    return value


_SHAPES = {
    "type": _type,
    "required": schema.switch,
    "shortest": schema.whole,
    "longest": schema.whole,
    "has_number": schema.switch,
    "no_courtesy": schema.switch,
    "one_of": schema.texts,
    "after": schema.text,
    "before": schema.text,
    "within": schema.whole,
    "least": _bound,
    "most": _bound,
}


# --- from the trainee


def is_blank(typed):
    """Whether nothing stands in a field."""
    return typed is None or (isinstance(typed, str) and not typed.strip())


def read(typed, field, units=(), options=(), today=None):
    """What was typed, as what it should be.

    Parameters
    ----------
    typed : JSON
        Not blank.
    field : dict
    units : iterable of str
        Unit words that may stand behind a number.
    options : container of str
    today : str, optional
        A date without a year is the one that lies nearest to it.

    Returns
    -------
    str, float or None
        None where it cannot be read.
    """
    match field["type"]:
        case "choice":
            return typed if isinstance(typed, str) and typed in options else None
        case "date":
            return _date(typed, today)
        case "money" | "number" | "percent" as kind:
            found = numbers.read(typed, units)
            if found is None:
                return None
            bare = kind == "percent" and not found.percent and abs(found.value) >= 1
            return found.value / 100 if bare else found.value
    return typed.strip() if isinstance(typed, str) else None


def _date(typed, today):
    if not isinstance(typed, str) or len(typed) > numbers.LONGEST:
        return None
    (day,) = dates.parse([typed]).values
    if day is None and today:
        middle = datetime.date.fromisoformat(today)
        near = [_with_year(typed, middle.year + step) for step in (-1, 0, 1)]
        near = [one for one in near if one and abs((one - middle).days) <= _HALF_YEAR]
        day = near[0] if near else None
    return day.isoformat() if day else None


def _with_year(typed, year):
    digits = re.fullmatch(r"\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?\s*", typed)
    words_of_month = re.fullmatch(r"\s*(?:\d{1,2}\s+[A-Za-z]+|[A-Za-z]+\s+\d{1,2})\s*", typed)
    if digits:
        text = f"{year}-{digits[1]}-{digits[2]}"
    elif words_of_month:
        text = f"{typed}, {year}" if typed.strip()[0].isalpha() else f"{typed} {year}"
    else:
        return None
    (day,) = dates.parse([text]).values
    return day


# --- rules


def is_date(text):
    """Whether a limit of the bank is a date and no name."""
    return bool(_DAY.fullmatch(text))


def rules(field):
    """Names of the rules of a field, in the order in which they are said."""
    return [name for name in RULES[field["type"]] if name in field]


def broken(value, field, known):
    """The rules that a value breaks.

    Parameters
    ----------
    value : str, float or None
        None where nothing was written.
    field : dict
    known : dict
        Values by name that a rule may refer to: ``today``, other fields, ``given``. One that is
        not there yet leaves its rule alone.

    Returns
    -------
    list of (str, dict)
        Code of what is said, and its values; what is meant for the eye as ``{"zh", "en"}``.
    """
    if value is None:
        missing = [("practice.form_missing", {})]
        return missing * len(rules(field)) if "required" in field else []
    return [said for name in rules(field) if (said := _said(name, value, field, known))]


def limits(bounds, value, known, form):
    """What a number breaks of ``least`` and ``most``, as `broken`."""
    found = []
    for name, beyond in (("least", lambda v, b: v < b), ("most", lambda v, b: v > b)):
        bound = bounds.get(name)
        bound = known.get(bound) if isinstance(bound, str) else bound
        if bound is not None and beyond(round(value - bound, 9), 0):
            shown = {"value": shown_as(value, form), "limit": shown_as(bound, form)}
            found.append((f"practice.form_{name}", shown))
    return found


def shown_as(value, form):
    """A value as it is shown in both languages."""
    form = _FORM.get(form, form)
    if form == "percent1" and round(value * 100, 6) % 1 == 0:
        form = "percent"
    return {lang: terms.fill(f"{{value:{form}}}", lang, {"value": value}) for lang in terms.LANGS}


def _said(name, value, field, known):
    limit = field[name]
    match name:
        case "least" | "most":
            return next(iter(limits({name: limit}, value, known, field["type"])), None)
        case "shortest" | "longest":
            n = words(value)
            off = n < limit if name == "shortest" else n > limit
            return (f"practice.form_{name}", {"n": n, "limit": limit}) if off else None
        case "has_number":
            return None if _NUMBER.search(value) else _bare(name)
        case "no_courtesy":
            return _bare(name) if is_courtesy(value) else None
        case "one_of":
            return None if value in limit else _bare(name)
        case "after" | "before" | "within":
            return _date_said(name, value, limit, known)
    return None


def _bare(name):
    return f"practice.form_{name}", {}


def _date_said(name, value, limit, known):
    if name == "within":
        last = datetime.date.fromisoformat(known["today"]) + datetime.timedelta(days=limit)
        day, off = last.isoformat(), value > last.isoformat()
    else:
        day = limit if is_date(limit) else known.get(limit)
        off = day is not None and (value < day if name == "after" else value > day)
    if not off:
        return None
    shown = {"value": shown_as(value, "date"), "limit": shown_as(day, "date")}
    return ("practice.form_before" if name == "within" else f"practice.form_{name}", shown)
