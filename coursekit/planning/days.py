"""Working days of China, work spread over them, and a plan against capacity."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

# years whose days were compared with the notices; earlier ones were not
FIRST_YEAR = 2018


def working_days(first, last, free=(), worked=()):
    """Every day of a span, and whether it is worked in China.

    Parameters
    ----------
    first, last : date, str or Timestamp
        Both included.
    free, worked : iterable of dates, optional
        For a year that the library does not have yet, from the yearly notice of the State
        Council: weekdays that are free, weekend days that are worked. They go before the library.

    Returns
    -------
    DataFrame
        Index the days: ``working`` (bool) and ``why``: ``workday``, ``shifted`` (a weekend day
        that is worked), ``weekend``, ``holiday`` (a weekday that is free).

    Raises
    ------
    InputError
        No date, `last` before `first`, or a year whose days are not published: the library
        would give it weekends without the shifted days, and be wrong without a word.

    Notes
    -----
    Syllabus item planning.4.3. Days come from the package ``holidays``. A notice for the next year,
    out in November, can shift days at the end of this one. It fails for a firm's own rules (six-day
    weeks, leave, stocktaking), which are not in it.
    """
    first, last = inputs.one_day(first, "day"), inputs.one_day(last, "day")
    if last < first:
        raise InputError("planning.ends_before_it_begins", first=first, last=last)
    free, worked = ({inputs.one_day(day, "day") for day in days} for days in (free, worked))
    told = {day.year for day in free | worked}
    off, shifted = _published(range(first.year, last.year + 1), told)
    off, shifted = (off | free) - worked, (shifted | worked) - free
    days = pd.date_range(first, last, name="day")
    weekend = days.day_of_week >= 5
    why = np.select(
        [weekend & days.isin(list(shifted)), weekend, days.isin(list(off))],
        ["shifted", "weekend", "holiday"],
        "workday",
    )
    working = np.isin(why, ["workday", "shifted"])
    return pd.DataFrame({"working": working, "why": why.astype(object)}, index=days)


def spread(count, days):
    """A count of calls, visits or offers, spread evenly over working days.

    Parameters
    ----------
    count : int
        What the whole span takes, for example a step of `work_back`.
    days : DataFrame
        As `working_days` returns it.

    Returns
    -------
    Series of int
        Index of `days`, 0 on free days; the sum is `count`, no two working days differ by more
        than one. Group by ``.index.to_period("W")``, ``"M"`` or ``"Q"`` for weeks, months,
        quarters.

    Raises
    ------
    InputError
        A count that is not whole, or no working day for it.

    Notes
    -----
    Syllabus items planning.4.3 and planning.4.4. It fails where customers have their own
    calendar: nobody buys in the week before the Spring Festival.
    """
    count = inputs.whole(count, "count")
    working = inputs.columns(days, "working")["working"].to_numpy(dtype=bool)
    n = int(working.sum())
    if count and not n:
        raise InputError("planning.no_working_day", n=count)
    done = np.arange(1, n + 1) * count // max(n, 1)
    per_day = np.zeros(len(working), dtype=np.int64)
    per_day[working] = np.diff(done, prepend=0)
    return pd.Series(per_day, days.index, name="count")


def schedule(plan, days, hours=8.0):
    """Planned work against what a day can take.

    Parameters
    ----------
    plan : DataFrame
        One row per activity: ``day``, ``hours`` (0 or above).
    days : DataFrame
        As `working_days` returns it.
    hours : float, default 8.0
        Of one working day.

    Returns
    -------
    DataFrame
        Index of `days`: ``planned``, ``capacity`` (hours; 0 on a free day), ``over`` (hours that
        do not fit), ``load`` (planned over capacity, NaN on a free day).

    Raises
    ------
    InputError
        A column is absent, hours are no number or below 0, or an activity lies outside the span.

    Notes
    -----
    Syllabus item planning.4.4. A plan at full load has no room for the customer who calls: leave a
    fifth free. It fails where the hours leave out the road: two visits at two ends of a province
    fit on paper.
    """
    inputs.columns(plan, "day", "hours")
    working = inputs.columns(days, "working")["working"]
    capacity = inputs.number(hours, "hours", above=0) * working.astype(float)
    needed = inputs.numbers(plan["hours"], "hours", least=0, empty=True)
    dates = inputs.days(plan["day"], "day")
    outside = ~dates.isin(days.index)
    if outside.any():
        raise InputError(
            "planning.outside_the_span", plan.index[outside], day=dates[outside].iloc[0]
        )
    planned = needed.groupby(dates.to_numpy()).sum().reindex(days.index, fill_value=0.0)
    return pd.DataFrame(
        {
            "planned": planned,
            "capacity": capacity,
            "over": (planned - capacity).clip(lower=0),
            "load": planned / capacity.where(capacity > 0),
        },
        index=days.index,
    )


def _published(years, told):
    """Free weekdays and worked weekend days of these years."""
    import holidays

    calendar = holidays.country_holidays("CN", years=years)
    shifted = {pd.Timestamp(day) for day in calendar.weekend_workdays}
    # the library has lunar days for every year; only a published one has shifted days
    known = {day.year for day in shifted if day.year >= FIRST_YEAR} | told
    unknown = sorted(set(years) - known)
    if unknown:
        raise InputError("planning.year_not_published", year=unknown[0])
    return {pd.Timestamp(day) for day in calendar}, shifted
