"""Where a product stands, when customers buy, and how large the groups are."""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError


@dataclasses.dataclass(frozen=True)
class LifeCycle:
    """Where a product stands.

    Attributes
    ----------
    stage : str
        ``exploration growth maturity decline``.
    change : float
        Mean of the latest window over that of the one before, less 1; NaN where that is none or
        brought nothing.
    noise : float
        Standard error of `change` from the spread within both windows.
    peak_share : float
        Mean of the latest window over that of the best one, 0 to 1.
    """

    stage: str
    change: float
    noise: float
    peak_share: float


def life_cycle(sales, window=4, step=0.1):
    """Stage of the life cycle from a series of sales.

    Parameters
    ----------
    sales : Series or array_like, shape (n_periods,)
        Sales per period, 0 or above; a Series is put in the order of its labels.
    window : int, default 4
        Periods that are compared with the same number before them, 2 or more: four quarters or
        twelve months, a whole season.
    step : float, default 0.1
        Change between the windows from which sales grow or decline, above 0.

    Returns
    -------
    LifeCycle
        ``exploration`` where sales began less than two windows ago, or anew after an empty one;
        ``growth`` or ``decline`` where the change is beyond `step` and beyond its noise; else
        ``exploration`` where at least half of the latest window is empty, else ``maturity``.

    Raises
    ------
    InputError
        Nothing was ever sold, a value is missing or below 0, or a window below 2.

    Notes
    -----
    Syllabus item screening.2.1; the borders are ours. Sales show where a product stands, not
    where its market does: ours can sink while the market grows. It fails where the window is
    shorter than the season, and for a single large order.
    """
    sales = inputs.ordered(inputs.numbers(sales, "revenue", least=0)).to_numpy()
    window = inputs.whole(window, "window", least=2)
    step = inputs.number(step, "share", above=0)
    if not sales.any():
        raise InputError("screening.nothing_sold")
    sales = sales[np.flatnonzero(sales)[0] :]
    width = min(window, len(sales))
    means = np.convolve(sales, np.full(width, 1 / width), "valid")
    latest, before = sales[-window:], sales[-2 * window : -window]
    peak_share = float(min(1.0, means[-1] / means.max()))
    change = noise = math.nan
    if len(before) and before.mean() > 0:
        change, noise = _change(latest, before)
    if len(sales) < 2 * window or math.isnan(change):
        stage = "exploration"
    elif abs(change) > max(step, noise):
        stage = "growth" if change > 0 else "decline"
    else:
        empty = np.count_nonzero(latest == 0)
        stage = "exploration" if 2 * empty >= window else "maturity"
    return LifeCycle(stage, change, noise, peak_share)


def season(day, amount):
    """How much of a year each month brings.

    Parameters
    ----------
    day : Series or array_like of dates, shape (n_orders,)
    amount : Series or array_like, shape (n_orders,)
        Money per order, 0 or above.

    Returns
    -------
    DataFrame
        Index ``month`` 1 to 12: ``index`` (1 is an average month), ``low`` and ``high`` (the
        least and the greatest year), ``years``. Each whole calendar year counts the same; years
        before the first or after the last month with an order are left out, parts of years too.

    Raises
    ------
    InputError
        A date or an amount is missing, or there is no whole year.

    Notes
    -----
    Syllabus item screening.2.4. With two or three years `low` and `high` are all there is to go
    by. It fails around the Spring Festival, which wanders between January and February.
    """
    amount = inputs.numbers(amount, "revenue", least=0)
    day = inputs.paired(inputs.days(day, "day"), amount, "day")
    monthly = amount.groupby([day.dt.year.to_numpy(), day.dt.month.to_numpy()]).sum()
    table = monthly.unstack(fill_value=0.0).reindex(columns=range(1, 13), fill_value=0.0)
    first, last = day.min(), day.max()
    whole = [
        year
        for year in table.index
        if (year, 1) >= (first.year, first.month)
        and (year, 12) <= (last.year, last.month)
        and table.loc[year].any()
    ]
    if not whole:
        raise InputError("screening.no_whole_year", first=first, last=last)
    table = table.loc[whole]
    part = table.div(table.sum(axis=1), axis=0) * 12
    result = pd.DataFrame({"index": part.mean(), "low": part.min(), "high": part.max()})
    return result.assign(years=len(whole)).rename_axis("month")


def next_orders(orders, today, lead_days=14):
    """When each customer will buy again, and when to call before.

    Parameters
    ----------
    orders : DataFrame
        ``customer``, ``day``; several orders on one day are one.
    today : date, str or Timestamp
    lead_days : int, default 14
        Days to call before the order is due.

    Returns
    -------
    DataFrame
        One row per customer, the earliest call first: ``n`` order days, ``interval_days``
        (median; NaN below two), ``last``, ``due``, ``contact`` (dates, NaT without an interval),
        ``overdue`` (bool: due before today).

    Raises
    ------
    InputError
        A column is absent, or something is no date.

    Notes
    -----
    Syllabus item screening.2.4: the buying cycle. It fails with three orders or fewer, and for
    customers who buy by season and not by interval.
    """
    inputs.columns(orders, "customer", "day")
    lead = inputs.whole(lead_days, "days")
    today = inputs.one_day(today, "day")
    days = pd.DataFrame({"customer": orders["customer"], "day": inputs.days(orders["day"], "day")})
    days = days.drop_duplicates().sort_values(["customer", "day"])
    by = days.groupby("customer")["day"]
    gap = by.diff().dt.days.groupby(days["customer"]).median()
    table = pd.DataFrame({"n": by.size(), "interval_days": gap, "last": by.max()})
    table["due"] = table["last"] + pd.to_timedelta(table["interval_days"].round(), unit="D")
    table["contact"] = table["due"] - pd.Timedelta(days=lead)
    table["overdue"] = table["due"] < today
    return table.sort_values("contact", kind="stable")


def before_budget(months, today, lead_days=60):
    """When to talk to each customer so that one is in his next budget.

    Parameters
    ----------
    months : Series of int, index customers
        Month in which each sets his budget, 1 to 12.
    today : date, str or Timestamp
    lead_days : int, default 60
        Days before the first of that month.

    Returns
    -------
    DataFrame
        Index of `months`: ``budget`` (first day of the next budget month that is still ahead),
        ``contact`` (that less `lead_days`), ``late`` (bool: the contact day has passed).

    Raises
    ------
    InputError
        A month that is none, or no date.

    Notes
    -----
    Syllabus item screening.2.4: the budget cycle. Many firms in China settle it in October to
    December; the customer's own word beats any rule. It fails for what is paid outside the budget:
    a breakdown, a subsidy or the owner's own word waits for no month.
    """
    today = inputs.one_day(today, "day")
    lead = inputs.whole(lead_days, "days")
    checked = inputs.numbers(months, "month", least=1, most=12, empty=True)
    numbers = [inputs.whole(month, "month") for month in checked]
    ahead = [
        pd.Timestamp(today.year + (pd.Timestamp(today.year, month, 1) < today), month, 1)
        for month in numbers
    ]
    budget = pd.Series(pd.to_datetime(ahead), checked.index, dtype="datetime64[ns]")
    contact = budget - pd.Timedelta(days=lead)
    return pd.DataFrame({"budget": budget, "contact": contact, "late": contact < today})


def nested_groups(potential, target, actual):
    """Potential, target and actual customers, one inside the other.

    Parameters
    ----------
    potential, target, actual : iterable
        Customers of each group, each counted once.

    Returns
    -------
    DataFrame
        One row per group, widest first: ``n``; ``inside``, how many of them are in the group
        before (all of the first); ``share`` of the group before that they are; ``outside``,
        the others: actual customers whom nobody aims at, or targets without the need.

    Raises
    ------
    InputError
        A group is empty that should hold another.

    Notes
    -----
    Syllabus item screening.3.2. It fails where a customer is spelt in two ways: he then stands
    outside his own group. Those outside are the finding: they were won without a standard, or the
    standard forgot them.
    """
    groups = {"potential": set(potential), "target": set(target), "actual": set(actual)}
    rows, wider = {}, groups["potential"]
    for name, members in groups.items():
        if members and not wider:
            raise InputError("screening.group_empty", group=f"group.{name}")
        inside = len(members & wider)
        rows[name] = {
            "n": len(members),
            "inside": inside,
            "share": inside / len(wider) if wider else math.nan,
            "outside": len(members) - inside,
        }
        wider = members
    return pd.DataFrame.from_dict(rows, orient="index")


def _change(latest, before):
    """Relative change between two windows and its standard error (delta method)."""
    ratio = latest.mean() / before.mean()
    spread = latest.var(ddof=1) / len(latest)
    if len(before) > 1:
        spread += ratio**2 * before.var(ddof=1) / len(before)
    return float(ratio - 1), float(math.sqrt(spread) / before.mean())
