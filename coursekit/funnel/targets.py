"""From the year's target to the quarter, to the list that it needs, to the calls of a day."""

import math

import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.funnel.ladder import OPEN
from coursekit.inputs import as_day, days_of


def season(deals, until, *, every="quarter", value="amount"):
    """Which share of a year's contracts falls into which quarter or month.

    Parameters
    ----------
    deals : DataFrame
        Contracts: ``closed`` and the column `value`.
    until : date, str or Timestamp
        Only calendar years that are over by this day are taken, from the first whole one on: a
        year counts as whole where a contract was signed in the year before it or in its first
        quarter.
    every : {"quarter", "month"}
    value : str, default "amount"

    Returns
    -------
    DataFrame
        Index: 1 to 4 or 1 to 12. One column per year, and ``share``, the mean of the years.

    Raises
    ------
    InputError
        No whole year, an unknown `every`.

    Notes
    -----
    Syllabus item funnel.6.2. It fails on one year, which tells a season from chance no better than
    one winter tells the climate: with less than three, let the team correct it. The Spring Festival
    moves between January and February.
    """
    if every not in ("quarter", "month"):
        raise InputError("forecast.not_a_period", value=every)
    inputs.columns(deals, "closed", value)
    day, until = days_of(deals, "closed"), as_day(until)
    rows = day.notna() & (day <= until)
    day, money = day[rows], deals.loc[rows, value].astype(float).fillna(0.0)
    first = day.min()
    over = until.year if (until.month, until.day) == (12, 31) else until.year - 1
    years = range(first.year + (first.month > 3), over + 1) if len(day) else ()
    part = day.dt.quarter if every == "quarter" else day.dt.month
    table = pd.DataFrame(index=pd.RangeIndex(1, 5 if every == "quarter" else 13, name=every))
    for year in years:
        sums = money[day.dt.year == year].groupby(part).sum().reindex(table.index, fill_value=0.0)
        if sums.sum() > 0:
            table[year] = sums / sums.sum()
    if table.empty or not len(table.columns):
        raise InputError("funnel.no_whole_year")
    return table.assign(share=table.mean(axis=1))


def split_target(target, shares, unit=1.0):
    """A target over quarters or months, in whole units, adding up to the target.

    Parameters
    ----------
    target : float
        Money, above 0.
    shares : Series or array_like
        Any weights of 0 or more; they are divided by their sum.
    unit : float, default 1
        What each part is a whole number of, for example 10,000.

    Returns
    -------
    Series
        Index of `shares`. Parts are rounded down and the missing units go to the largest
        remainders (Hamilton's method); what is no whole unit of the target goes with the first
        of them.

    Raises
    ------
    InputError
        A number outside its limits, or weights that sum to 0.

    Notes
    -----
    Syllabus item funnel.6.2. It fails where the shares were made by earlier targets: a push of
    stock at each quarter's end comes back as a season and is planned again.
    """
    target = inputs.number(target, "target", above=0)
    unit = inputs.number(unit, "unit", above=0)
    weights = inputs.numbers(pd.Series(shares), "share", least=0)
    if not weights.sum() > 0:
        raise InputError("funnel.no_shares")
    whole = math.floor(round(target / unit, 9))
    exact = (weights / weights.sum() * whole).round(9)
    units = exact.map(math.floor)
    order = (exact - units).sort_values(ascending=False, kind="stable").index
    units.loc[order[: int(whole - units.sum())]] += 1
    parts = units.astype(float) * unit
    parts.loc[order[0]] += round(target - whole * unit, 9)
    return parts


def required(target, order_value, flow, rates, weeks, *, calls=None, workdays=5.0):
    """The list that a target needs standing all the time, stage by stage.

    Parameters
    ----------
    target : float
        Money to be signed in the period, above 0.
    order_value : float
        Size of a usual contract, above 0.
    flow : DataFrame
        From `funnel.flow`: how long deals stay.
    rates : DataFrame
        From `funnel.own_rates`: which share of those that reached a stage is won.
    weeks : float
        Length of the period, above 0.
    calls : float, optional
        Calls that one first appointment takes.
    workdays : float, default 5
        Working days a week.

    Returns
    -------
    DataFrame
        Index: open stages. ``rate`` (won of those that reached it), ``per_week`` (deals that have
        to enter the stage), ``days`` (median stay), ``standing`` (deals that stand there on any
        day); with `calls` also ``calls_per_day``, in the row ``appointment`` only. Not rounded:
        round up where it is shown.

    Raises
    ------
    InputError
        A number outside its limits, or nothing was ever won from a stage.

    Notes
    -----
    Syllabus item funnel.6.2. Per week a stage needs the contracts of a week divided by its rate;
    what stands there is that times the stay (Little's law, 1961). The list has to stand one cycle
    before the period begins: what is met inside of it is signed after it (see
    `appointments_needed`, which counts that). Stays are those of deals that moved on: it fails
    where dead deals are left standing, for those come on top.
    """
    contracts = inputs.number(target, "target", above=0) / inputs.number(
        order_value, "order_value", above=0
    )
    contracts /= inputs.number(weeks, "weeks", above=0)
    rate = rates["rate"].reindex(OPEN)
    nothing = rate.index[~(rate > 0)]
    if len(nothing):
        raise InputError("funnel.nothing_won", stage=nothing[0])
    per_week = contracts / rate
    stay = flow["days"].reindex(OPEN)
    table = pd.DataFrame(
        {"rate": rate, "per_week": per_week, "days": stay, "standing": per_week * stay / 7}
    ).rename_axis("code")
    if calls is not None:
        daily = inputs.number(calls, "calls", above=0) / inputs.number(
            workdays, "workdays", above=0, most=7
        )
        table["calls_per_day"] = (per_week * daily).where(table.index == "appointment")
    return table
