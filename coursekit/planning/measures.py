"""Measures of a salesperson's months: steady or lucky, leading or lagging, on target or behind."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

Z95 = 1.959963984540054  # half width of 95% of the normal distribution


def steadiness(amounts, months=None):
    """Whether a result came steadily or by luck.

    Parameters
    ----------
    amounts : Series or array_like, shape (n_orders,)
        Money per order, 0 or above; or per month, without `months`.
    months : Series or array_like, shape (n_orders,), optional
        Month of each order, any label.

    Returns
    -------
    dict
        ``total``; ``months``; ``variation``, standard deviation of the months over their mean;
        ``best_month`` and ``largest``, share of the total in the best month and in the largest
        order; ``without_largest``, money that is left without it. Shares are NaN where the
        total is 0.

    Raises
    ------
    InputError
        No order, a missing or negative amount, or lengths that differ.

    Notes
    -----
    Syllabus item planning.1.1. Months without an order are not seen: give them as 0. It fails
    where orders are few and large by nature: then look at the process, not at the months.
    """
    amounts = inputs.numbers(amounts, "revenue", least=0)
    if months is None:
        monthly = amounts
    else:
        months = inputs.paired(pd.Series(months), amounts, "month")
        monthly = amounts.groupby(months.to_numpy()).sum()
    total = math.fsum(amounts)
    mean = total / len(monthly)
    return {
        "total": total,
        "months": len(monthly),
        "variation": float(monthly.std(ddof=0)) / mean if total else math.nan,
        "best_month": float(monthly.max()) / total if total else math.nan,
        "largest": float(amounts.max()) / total if total else math.nan,
        "without_largest": total - float(amounts.max()),
    }


def lead_lag(activity, sales, most=3):
    """How closely this month's activity goes with the sales of later months.

    Parameters
    ----------
    activity, sales : Series or array_like, shape (n_months,)
        The same months; a Series is put in the order of its labels.
    most : int, default 3
        Largest lag in months.

    Returns
    -------
    DataFrame
        Index ``lag`` 0 to `most`: ``n`` pairs, ``correlation`` (-1 to 1, NaN where either side
        does not vary or there are fewer than 3 pairs), ``low`` and ``high``, its 95% interval
        by Fisher's z (NaN below 4 pairs).

    Raises
    ------
    InputError
        A value is missing, months differ, or `most` leaves no pair.

    Notes
    -----
    Syllabus item planning.1.2. A leading measure goes with sales that come later. It fails on
    two lines that both rise: they correlate at every lag, and neither causes the other; and on
    few months, where the interval says so.
    """
    activity, sales = (inputs.numbers(v, "month_value") for v in (activity, sales))
    inputs.same_length(activity, sales, "month")
    activity, sales = inputs.ordered(activity), inputs.ordered(sales)
    if not activity.index.equals(sales.index):
        raise InputError("planning.other_months")
    most = inputs.whole(most, "lag", most=len(sales) - 1)
    x, y = activity.to_numpy(), sales.to_numpy()
    rows = [_correlated(x[: len(x) - lag], y[lag:]) for lag in range(most + 1)]
    return pd.DataFrame(rows, index=pd.RangeIndex(most + 1, name="lag"))


def small_gains(gains):
    """What small gains at every step make together.

    Parameters
    ----------
    gains : Series or array_like, shape (n_steps,)
        Relative gain per step, above -1: 0.1 is ten percent more.

    Returns
    -------
    DataFrame
        Index of `gains`: ``gain``, ``together`` (product of all steps so far, less 1), ``added``
        (their plain sum, the usual slip).

    Raises
    ------
    InputError
        No gain, or one of -1 or below.

    Notes
    -----
    Syllabus item planning.1.3: four times ten percent are 46.41%, not 40%. It fails where a rate
    meets 100% or where one step's gain is another's loss.
    """
    gains = inputs.numbers(gains, "gain")
    if (gains <= -1).any():
        raise InputError("planning.nothing_left", gains.index[gains <= -1])
    return pd.DataFrame(
        {"gain": gains, "together": (1 + gains).cumprod() - 1, "added": gains.cumsum()}
    )


def attainment(planned, actual, elapsed=1.0):
    """A month's scoreboard, for results and for organisational goals alike.

    Parameters
    ----------
    planned, actual : Series or array_like, shape (n_goals,)
        The same goals, each in its own unit (pieces, money, money collected, problems solved,
        promotions); planned above 0.
    elapsed : float, default 1.0
        Share of the month's working days gone, in (0, 1].

    Returns
    -------
    DataFrame
        Index of `planned`: ``planned``, ``actual``, ``attained`` (share of the plan), ``ahead``
        (attained less elapsed; below 0 is behind).

    Raises
    ------
    InputError
        Lengths differ, something is missing, a plan not above 0, or `elapsed` outside (0, 1].

    Notes
    -----
    Syllabus item planning.2.1. Do not average the goals: units sold on credit that is not collected
    are two goals that contradict each other. It fails where sales come at month end: against an
    even pace every such month looks late.
    """
    planned = inputs.numbers(planned, "plan", empty=True)
    actual = inputs.numbers(actual, "actual", empty=True)
    actual = inputs.paired(actual, planned, "plan")
    if (planned <= 0).any():
        raise InputError("planning.no_plan", planned.index[planned <= 0])
    elapsed = inputs.number(elapsed, "share", above=0, most=1)
    attained = actual / planned
    return pd.DataFrame(
        {
            "planned": planned,
            "actual": actual,
            "attained": attained,
            "ahead": attained - elapsed,
        }
    )


def _correlated(x, y):
    n = len(x)
    row = {"n": n, "correlation": math.nan, "low": math.nan, "high": math.nan}
    # a spread of a rounding's size is none
    if n < 3 or min(np.ptp(x), np.ptp(y)) <= 1e-12 * max(np.abs(x).max(), np.abs(y).max()):
        return row
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))
    row["correlation"] = r
    if n > 3:
        # at a correlation of 1 Fisher's z is infinite and the interval a point
        z = math.atanh(r) if abs(r) < 1 else math.copysign(math.inf, r)
        half = Z95 / math.sqrt(n - 3)
        row |= {"low": math.tanh(z - half), "high": math.tanh(z + half)}
    return row
