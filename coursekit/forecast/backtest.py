"""What a rule would have forecast on past days, against what came."""

import numpy as np
import pandas as pd

from coursekit.errors import InputError
from coursekit.forecast.timing import cycle
from coursekit.funnel import (
    CLOSED,
    LOST,
    WON,
    age_days,
    as_day,
    days_of,
    is_open,
    known_stage,
    own_rates,
)
from coursekit.funnel.history import snapshot

# what does not change in the life of a deal, so that the past may be told from today's list
STEADY = ("deal_id", "customer", "owner", "owner_id", "product", "created", "amount")


def backtest(deals, rule, days, *, until, history=None, actual="amount"):
    """A rule's forecasts on past days, against the contracts that came of the deals open then.

    Parameters
    ----------
    deals : DataFrame
        ``stage`` (what became of each deal), ``created``, ``closed``, ``amount``.
    rule : callable
        ``rule(known, day)`` -> money; `known` is what `as_known` leaves of the deals.
    days : iterable of date, str or Timestamp
        For example `month_ends`.
    until : date, str or Timestamp
        Up to when the file knows what became of the deals.
    history : DataFrame, optional
        Stage history; without it the stages of open deals are not known to the rule.
    actual : str, default "amount"
        Column with the money of the contracts.

    Returns
    -------
    DataFrame
        Index ``day``: ``n_open`` deals, ``forecast``, ``came`` (money of those that were won by
        `until`), ``error`` (forecast / came - 1; NaN where nothing came), ``whole``: whether the
        longest time from creation to end of any deal has passed since. What is not whole has
        too little in ``came``.

    Raises
    ------
    InputError
        A column is absent.

    Notes
    -----
    Syllabus item funnel.5.2. Of an open deal the rule sees only what does not change (see
    `as_known`): it fails where amounts are corrected later, for today's amount of a past deal is
    taken for the amount of then, which flatters every rule. Deals that nobody ever closes came to
    nothing.
    """
    for column in ("stage", "created", "closed", "amount", actual):
        if column not in deals:
            raise InputError("forecast.backtest_column", column=column)
    until = as_day(until)
    won = (known_stage(deals["stage"]) == WON) & (days_of(deals, "closed") <= until)
    ended = deals[known_stage(deals["stage"]).isin(CLOSED)]
    longest = (days_of(ended, "closed") - days_of(ended, "created")).max()
    rows = []
    for day in map(as_day, days):
        known = as_known(deals, day, history=history, actual=actual)
        open_ = known.index[is_open(known["stage"])]
        came = float(deals.loc[open_, actual][won.loc[open_]].sum())
        forecast = float(rule(known, day))
        rows.append(
            {
                "n_open": len(open_),
                "forecast": forecast,
                "came": came,
                "error": forecast / came - 1 if came else float("nan"),
                "whole": bool(day + longest <= until),
            }
        )
    index = pd.DatetimeIndex([as_day(day) for day in days], name="day")
    columns = ["n_open", "forecast", "came", "error", "whole"]
    return pd.DataFrame(rows, index=index, columns=columns)


def as_known(deals, day, *, history=None, actual="amount"):
    """The list as it could be known in the evening of a past day.

    Parameters
    ----------
    deals, history, actual
        As `backtest`.
    day : date, str or Timestamp

    Returns
    -------
    DataFrame
        Deals created by then, index kept: the columns of `STEADY`, ``stage`` (of open deals that
        of the history, missing without), ``closed`` (NaT while open) and `actual`, NaN while open
        where it is not ``amount``.
    """
    day = as_day(day)
    there = deals[days_of(deals, "created") <= day]
    known = there[[column for column in STEADY if column in there]].copy()
    closed = days_of(there, "closed")
    over = known_stage(there["stage"]).isin(CLOSED) & (closed <= day)
    stage = pd.Series(None, there.index, dtype=object)
    if history is not None:
        stage = there["deal_id"].map(snapshot(history, day)["stage"]).astype(object)
        stage = stage.where(is_open(stage) & stage.notna(), None)
    known["stage"] = known_stage(there["stage"]).where(over, stage)
    known["closed"] = closed.where(over)
    if actual != "amount":
        known[actual] = there[actual].where(over)
    return known


def month_ends(first, last):
    """The last days of the months from one day to another, both included."""
    return pd.date_range(as_day(first), as_day(last), freq="ME")


def win_rate_times_open(known, day):
    """The rule of thumb: share won of the deals that ended so far, times all open amounts.

    NaN where nothing has ended. It over-forecasts where dead deals stay open, since these were
    never among the ended.
    """
    won, lost = (int((known["stage"] == code).sum()) for code in (WON, LOST))
    open_amount = known.loc[is_open(known["stage"]), "amount"].sum()
    return open_amount * won / (won + lost) if won + lost else float("nan")


def stage_rates(ladder):
    """The rule of the ladder: amount times the rate of the stage; needs a history."""

    def rule(known, day):
        open_ = known[is_open(known["stage"])]
        return (open_["amount"] * ladder.rates(open_["stage"])).sum()

    return rule


def learned_rates(history, ladder):
    """The rule of the own rates: amount times the share won, as the history stood on that day.

    Stages that count nothing on the ladder count nothing here either. NaN where nothing that is
    needed had ended yet.
    """

    def rule(known, day):
        own = own_rates(history[days_of(history, "date") <= day], ladder)["rate"]
        open_ = known[is_open(known["stage"])]
        counted = open_[ladder.rates(open_["stage"]) > 0]
        return (counted["amount"] * counted["stage"].map(own)).sum(skipna=False)

    return rule


def age_rates(known, day):
    """The rule of the cycle: amount times the chance of a deal of that age (see `cycle`).

    A deal older than any that was known then counts 0.
    """
    open_ = known[is_open(known["stage"])]
    chance = cycle(known, day).chance(age_days(open_, day).to_numpy())
    return float(np.nansum(open_["amount"].to_numpy(float) * chance))
