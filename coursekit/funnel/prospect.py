"""Whether a prospect plays ball, and what is missing about the most important one."""

import datetime

import pandas as pd

from coursekit.funnel.ladder import is_open, known_stage
from coursekit.funnel.review import rests, without_next_step
from coursekit.funnel.shape import ageing
from coursekit.inputs import as_day

# the form of the No. 1 prospect; words in the glossary under prospect.<field>
FIELDS = (
    *("customer", "first_meeting", "last_talk", "key_person"),
    *("amount", "amount_why", "chance", "chance_why", "obstacle", "rival_move", "change_of_plan"),
    *("step_time", "step_place", "step_people", "step_aim", "step_content"),
)
PAST, AHEAD = ("first_meeting", "last_talk"), ("step_time",)


def plays_ball(deals, today, flow, *, strict=False):
    """Which open deals have a next step and move within the normal cycle.

    Parameters
    ----------
    deals : DataFrame
        As `funnel.review`, with ``entered``.
    today : date, str or Timestamp
    flow : DataFrame
        The team's, from `funnel.flow`.
    strict : bool, default False

    Returns
    -------
    DataFrame
        Rows of the open deals, index kept: ``stage days normal times late`` as `funnel.ageing`,
        ``has_step`` (false for a deal that is snoozed), ``plays_ball``: a step, and not late;
        ``polite``: a step, and late all the same.

    Notes
    -----
    Syllabus item funnel.1.4. A customer who plays ball does something himself: it fails where only
    we take steps, for these look the same in a list. A deal whose time or whose usual time is not
    known passes as not late. ``polite`` deals are the ones to ask about: always a step, never a
    move.
    """
    table = ageing(deals, today, flow)
    day = as_day(today)
    bare = without_next_step(deals, day, strict) | rests(deals, day)
    table["has_step"] = ~bare.reindex(table.index)
    table["plays_ball"] = table["has_step"] & ~table["late"]
    table["polite"] = table["has_step"] & table["late"]
    return table[is_open(known_stage(table["stage"]))]


def prospect_gaps(form, today):
    """What is missing or cannot be in the form of the No. 1 prospect.

    Parameters
    ----------
    form : dict
        Field (`FIELDS`) -> what was written; text, numbers or dates.
    today : date, str or Timestamp

    Returns
    -------
    dict
        Field -> ``missing`` (nothing written), ``not_a_date``, ``in_the_future`` (a meeting that
        has not taken place), ``in_the_past`` (a next step that has), ``not_a_number``,
        ``not_a_share`` (a chance beyond 0 to 1), in the order of the form; empty where all is
        there.

    Notes
    -----
    Syllabus item funnel.1.4. It sees that something stands there, not that it is true: it fails on
    a form that was filled in by imagination.
    """
    today = as_day(today)
    found = {field: _gap(field, form.get(field), today) for field in FIELDS}
    return {field: code for field, code in found.items() if code}


def _gap(field, value, today):
    if value is None or value != value or not str(value).strip():
        return "missing"
    if field in (*PAST, *AHEAD):
        return _date_gap(field, value, today)
    if field in ("amount", "chance"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "not_a_number"
        if field == "chance" and not 0 <= value <= 1:
            return "not_a_share"
    return None


def _date_gap(field, value, today):
    if not isinstance(value, str | datetime.date):
        return "not_a_date"
    day = pd.to_datetime(value, errors="coerce", format="ISO8601")
    if day is pd.NaT:
        return "not_a_date"
    if field in PAST and day.normalize() > today:
        return "in_the_future"
    return "in_the_past" if field in AHEAD and day.normalize() < today else None
