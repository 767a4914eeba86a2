"""The sheets of an account plan as data: what each holds, and what of it is filled in."""

import datetime
import math

import pandas as pd

from coursekit.errors import InputError

TEXT, MONEY, NUMBER, SHARE, DATE = "text", "money", "number", "share", "date"
_MOST = 1e15  # a larger figure is a slip of the finger
# sheet -> fields; a field that may stay empty ends in "?"; a sheet of many rows begins with "*"
SHEETS = {
    "summary": {"aim": TEXT, "target": MONEY},
    "profile": {
        **{"account": TEXT, "start": DATE, "end": DATE},
        **{"wallet": MONEY, "ours": MONEY, "business?": TEXT},
    },
    "*contacts": {"person": TEXT, "role": TEXT, "stance?": NUMBER, "owner": TEXT},
    "*situation": {"kind": TEXT, "point": TEXT, "weight": NUMBER, "answer?": TEXT},
    "value": {"statement": TEXT, "worth?": MONEY},
    "*goals": {"goal": TEXT, "what": TEXT, "measure": TEXT, "due": DATE},
    "resources": {"hours": NUMBER, "money": MONEY},
    "*revenue": {"period": TEXT, "amount": MONEY},
    "*products": {"product": TEXT, "period": TEXT, "amount": MONEY, "rate": SHARE},
    "*actions": {
        **{"action": TEXT, "goal": TEXT, "what": TEXT, "owner": TEXT, "due": DATE},
        **{"person?": TEXT, "hours": NUMBER, "money": MONEY},
    },
    "*issues": {"issue": TEXT, "owner": TEXT, "due": DATE},
    "*rivals": {"rival": TEXT, "means": TEXT, "counter?": TEXT},
    "*partnership": {"point": TEXT, "ours": NUMBER, "theirs?": NUMBER},
    "*unknown?": {"question": TEXT, "source": TEXT, "owner?": TEXT, "due?": DATE, "found?": TEXT},
}
KEYS = {"contacts": "person", "goals": "goal", "actions": "action", "rivals": "rival"}
PARTS = {
    "summary": ("summary",),
    "profile": ("profile", "contacts", "situation", "unknown"),
    "competition": ("rivals",),
    "strategy": ("value", "goals", "resources", "revenue", "products"),
    "tactics": ("actions", "issues", "partnership"),
}


def names():
    """Names of the sheets in the order of the plan."""
    return tuple(sheet.strip("*?") for sheet in SHEETS)


def shape(name):
    """Fields of a sheet, whether it has rows, whether it must be there.

    Parameters
    ----------
    name : str

    Returns
    -------
    fields : dict of str to (str, bool)
        Kind, and whether something must stand in it.
    many, needed : bool
    """
    for sheet, fields in SHEETS.items():
        if sheet.strip("*?") == name:
            known = {field.rstrip("?"): (kind, field[-1] != "?") for field, kind in fields.items()}
            return known, sheet[0] == "*", sheet[-1] != "?"
    raise KeyError(name)


def rows_of(plan, name):
    """Rows of a sheet, however wrong the plan is; what is no row is left out."""
    content = plan.get(name)
    content = content if isinstance(content, list) else [content]
    return [row for row in content if isinstance(row, dict)]


def is_blank(value):
    """Whether nothing stands in a field."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def read(value, kind):
    """A field as what it should be: text, float or Timestamp; None where it is not that."""
    if is_blank(value):
        return None
    if kind == TEXT:
        return value.strip() if isinstance(value, str) else None
    if kind == DATE:
        if not isinstance(value, str | datetime.date | pd.Timestamp):
            return None
        day = pd.to_datetime(value, errors="coerce", format="ISO8601")
        return None if day is pd.NaT else day.tz_localize(None).normalize()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    low, high = {MONEY: (0, _MOST), SHARE: (0, 1)}.get(kind, (-_MOST, _MOST))
    return float(value) if low <= value <= high else None


def table(plan, name):
    """A sheet as a frame: what can be read of it, the rest missing.

    Parameters
    ----------
    plan : dict
    name : str

    Returns
    -------
    DataFrame
        One row per row of the sheet, counted from 1; a column per field.
    """
    fields, _, _ = shape(name)
    rows = rows_of(plan, name)
    columns = {
        field: [read(row.get(field), kind) for row in rows] for field, (kind, _) in fields.items()
    }
    frame = pd.DataFrame(columns, index=range(1, len(rows) + 1), dtype=object)
    for field, (kind, _) in fields.items():
        if kind == DATE:
            frame[field] = pd.to_datetime(frame[field])
        elif kind != TEXT:
            frame[field] = frame[field].astype(float)
    return frame


def completeness(plan):
    """How much of the plan is filled in, sheet by sheet.

    Parameters
    ----------
    plan : dict
        Sheet -> dict of fields, or list of such dicts for a sheet of many rows.

    Returns
    -------
    DataFrame
        Index: the sheets. ``rows``; ``needed`` and ``filled`` fields of those that must be filled
        in (an empty sheet needs one row); ``share``, 1 for a sheet that may stay empty and does.

    Raises
    ------
    InputError
        The plan is no dict.

    Notes
    -----
    Syllabus item key_accounts.4.4. It fails where a form is filled in by imagination: a full plan
    can be nonsense, see `coursekit.account_plan.check`.
    """
    plan = as_plan(plan)
    rows = {}
    for name in names():
        fields, _, needed = shape(name)
        must = [field for field, (_, required) in fields.items() if required]
        frame = table(plan, name)
        wanted = len(must) * (max(1, len(frame)) if needed else len(frame))
        filled = int(frame[must].notna().sum().sum())
        rows[name] = (len(frame), wanted, filled, filled / wanted if wanted else 1.0)
    columns = ["rows", "needed", "filled", "share"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("sheet")


def as_plan(plan):
    """The plan itself.

    Raises
    ------
    InputError
        It is no dict.
    """
    if not isinstance(plan, dict):
        raise InputError("account_plan.no_plan")
    return plan
