"""What a deal is worth that can be shown: claimed and effective stage, value, the reason."""

import dataclasses

import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.funnel.ladder import CLOSED, OPPORTUNITY, is_open, known_stage
from coursekit.inputs import as_day, blank, days_of

# which rule a reason belongs to
RULES = {
    "no_next_step": "next_step",
    "step_in_the_past": "next_step",
    "not_strict_step": "next_step",
    "older_than_any_closed": "age",
    "unknown_stage": "stage",
}


@dataclasses.dataclass(frozen=True)
class Off:
    """A rule, or a part of one, that could not be checked.

    Attributes
    ----------
    rule : str
        For example ``"next_step"``, ``"step_date"``, ``"age"``.
    code : str
        Why: ``"no_column"`` or ``"few_closed"``.
    n : int or None
        With ``"few_closed"``, the closed deals that have both dates.
    """

    rule: str
    code: str
    n: int | None = None


def review(deals, today, ladder, strict=False):
    """What each deal claims and what of it can be shown.

    Parameters
    ----------
    deals : DataFrame
        One row per deal, columns of the deals schema by code; ``stage`` is required, every
        other one switches its rule off where it is absent. Not modified.
    today : date, str or Timestamp
        A next step today is not past.
    ladder : Ladder
    strict : bool, default False
        Demand who (``next_step_person``), what (``next_step``) and a date that is not past, as
        far as the columns exist.

    Returns
    -------
    DataFrame
        Index and order of `deals`. ``claimed`` and ``effective`` are stage codes (None where
        the stage is missing or unknown), ``rate`` the effective stage's (0 to 1), ``listed``
        and ``expected`` the amount times the claimed and the effective rate (NaN without an
        amount: such a deal is counted, not valued), ``reason`` a code or ``""``, ``note`` a
        code or ``""``; a note takes no value.

    Raises
    ------
    InputError
        No ``stage`` column, or dates that are none.

    Notes
    -----
    Syllabus items funnel.2.5 and funnel.3.2. An open deal falls back to opportunity

    - without a next step: where there is only text, text alone counts; with a date column a
      date that is past is no step; blank text is none, whatever the date; where there is only a
      date, one that is not past counts;
    - when it is older than any deal that ever closed, see `age_limit`.

    Where both apply the next step is named. A deal that is snoozed with a reason until today or
    later rests on purpose: the next-step rule leaves it alone, the age rule does not. Contracts
    and lost deals are left as they are, a lost deal counts 0. A stage that is missing counts 0.
    The age rule fails where deals of very different size share a list: a large one may rightly
    take longer than every small one that closed.
    """
    today = as_day(today)
    claimed = known_stage(_stage(deals))
    reason = _step_reason(deals, today, strict).mask(rests(deals, today), "")
    limit = age_limit(deals, ladder)
    if limit is not None:
        too_old = age_days(deals, today) > limit
        reason = reason.mask(too_old & (reason == ""), "older_than_any_closed")
    reason = reason.mask(claimed.isna(), "unknown_stage").mask(claimed.isin(CLOSED), "")
    falls = (reason != "") & claimed.notna()
    effective = claimed.mask(falls, OPPORTUNITY)
    rate = ladder.rates(effective)
    amount = money(deals)
    return pd.DataFrame(
        {
            "claimed": claimed,
            "effective": effective,
            "rate": rate,
            "listed": amount * ladder.rates(claimed),
            "expected": amount * rate,
            "reason": reason,
            "note": _note(deals),
        },
        index=deals.index,
    )


def rules_off(deals, ladder, strict=False):
    """Which rules could not be checked on these deals, and why.

    Parameters
    ----------
    deals : DataFrame
    ladder : Ladder
    strict : bool, default False

    Returns
    -------
    tuple of Off
        Rules ``next_step step_date step_text step_person snooze age customer amount``, in this
        order; absent is not empty: a column that is there and blank is checked.
    """
    off = []
    text, date = "next_step" in deals, "next_step_date" in deals
    if not text and not date:
        off.append(Off("next_step", "no_column"))
    else:
        if not date:
            off.append(Off("step_date", "no_column"))
        if strict and not text:
            off.append(Off("step_text", "no_column"))
        if strict and "next_step_person" not in deals:
            off.append(Off("step_person", "no_column"))
        if not {"snooze_until", "snooze_reason"} <= set(deals.columns):
            off.append(Off("snooze", "no_column"))
    if not {"created", "closed"} <= set(deals.columns):
        off.append(Off("age", "no_column"))
    elif age_limit(deals, ladder) is None:
        off.append(Off("age", "few_closed", len(_cycles(deals))))
    off.extend(Off(column, "no_column") for column in ("customer", "amount") if column not in deals)
    return tuple(off)


def age_limit(deals, ladder):
    """The longest time from creation to close that any won or lost deal took.

    Parameters
    ----------
    deals : DataFrame
    ladder : Ladder
        ``limits.min_closed`` is the number of closed deals that the rule needs.

    Returns
    -------
    int or None
        Days; None where a column is absent or fewer deals than that closed with both dates.
    """
    if not {"created", "closed"} <= set(deals.columns):
        return None
    days = _cycles(deals)
    return int(days.max()) if len(days) >= ladder.limits.min_closed else None


def age_days(deals, today):
    """Days since each deal was created, NaN where that is not known; index kept."""
    return days_since(deals, "created", today)


def days_since(deals, column, today):
    """Days from a date of each deal to today, NaN where that is not known; index kept."""
    if column not in deals:
        return pd.Series(float("nan"), deals.index)
    return (as_day(today) - days_of(deals, column)).dt.days.astype(float)


def without_next_step(deals, today, strict=False):
    """Which open deals have no next step that counts; index kept, see `review`.

    Notes
    -----
    Syllabus item funnel.2.5. It fails on a step that only we intend: a dated "follow up" passes,
    though the customer has agreed to nothing.
    """
    broken = _step_reason(deals, as_day(today), strict) != ""
    return broken & ~rests(deals, as_day(today)) & is_open(known_stage(_stage(deals)))


def _step_reason(deals, today, strict):
    reason = pd.Series("", deals.index, dtype=object)
    has_text, has_date = "next_step" in deals, "next_step_date" in deals
    if not has_text and not has_date:
        return reason
    if has_date:
        date = days_of(deals, "next_step_date")
        if strict:
            reason = reason.mask(date.isna(), "not_strict_step")
        reason = reason.mask(date < today, "step_in_the_past")
    if strict and "next_step_person" in deals:
        reason = reason.mask((reason == "") & blank(deals["next_step_person"]), "not_strict_step")
    none = blank(deals["next_step"]) if has_text else date.isna()
    return reason.mask(none, "no_next_step")


def rests(deals, today):
    """Which deals are snoozed with a reason until today or later; index kept."""
    if not {"snooze_until", "snooze_reason"} <= set(deals.columns):
        return pd.Series(False, deals.index)
    return (days_of(deals, "snooze_until") >= today) & ~blank(deals["snooze_reason"])


def _cycles(deals):
    ended = deals[_stage(deals).isin(CLOSED)]
    days = (days_of(ended, "closed") - days_of(ended, "created")).dt.days.dropna()
    return days[days >= 0]  # closed before it was created: a slip of the pen, no cycle


def _note(deals):
    note = pd.Series("", deals.index, dtype=object)
    return note.mask(blank(deals["customer"]), "no_customer") if "customer" in deals else note


def _stage(deals):
    if "stage" not in deals:
        raise InputError("funnel.no_stage_column")
    return deals["stage"]


def money(deals):
    """Amounts as float, NaN where there is none or no such column; index kept.

    Raises
    ------
    InputError
        An amount is no finite number.
    """
    if "amount" not in deals:
        return pd.Series(float("nan"), deals.index)
    return inputs.numbers(deals["amount"], "amount", missing=True, empty=True)
