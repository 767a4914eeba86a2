"""What a list brings when: by the dates that were written, and by the usual cycle."""

import numpy as np
import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel import as_day, days_of, days_since, is_open, money, review

FREQUENCIES = {"month": "M", "quarter": "Q"}
OVERDUE, UNDATED, NEVER = "overdue", "undated", "no_time_left"


def by_period(deals, today, ladder, *, every="month", periods=None, cycle=None, strict=False):
    """Value of the open deals by the month or quarter in which the contract is expected.

    Parameters
    ----------
    deals : DataFrame
        As `funnel.review`, with ``expected_close``: the day of the contract (order intake), not
        of delivery, invoice or money. With `cycle` also ``created``.
    today : date, str or Timestamp
    ladder : funnel.Ladder
    every : {"month", "quarter"}
    periods : int, optional
        Periods to show, the current one first; up to the last expected close else, at least one.
        What is expected after them stands in ``later``.
    cycle : forecast.Cycle, optional
        Ages counted from ``created``; without it the column ``by_cycle`` is not there.
    strict : bool, default False

    Returns
    -------
    DataFrame
        Index: ``overdue`` (the date has passed), the periods as text (``2026-03``, ``2026Q1``),
        ``later``, ``undated``, ``no_time_left``. ``n`` deals, ``amount``, ``listed``, ``shown``
        by the dates that were written; ``by_cycle``: what can be shown, spread over the periods
        by the ages at which deals of such an age are won. ``undated`` there: age not known,
        ``no_time_left``: older than any deal that was won. Each column sums to the list's total.

    Raises
    ------
    InputError
        No ``expected_close``, an unknown `every`, or as `funnel.review`.

    Notes
    -----
    Syllabus item funnel.5.2. Written dates are wishes; the cycle knows nothing of this customer.
    Where the two disagree, ask. The cycle is counted from the deal's start, whatever its stage, and
    fails on a deal that went fast: that will be signed earlier than it says.
    """
    if every not in FREQUENCIES:
        raise InputError("forecast.not_a_period", value=every)
    if "expected_close" not in deals:
        raise InputError("forecast.period_column", column="expected_close")
    today = as_day(today)
    found = review(deals, today, ladder, strict)
    rows = is_open(found["claimed"])
    found, due = found[rows], days_of(deals, "expected_close")[rows]
    first = today.to_period(FREQUENCIES[every])
    ahead = (due.dt.year - first.year) * 12 + due.dt.month - first.end_time.month
    if every == "quarter":
        ahead = (due.dt.year - first.year) * 4 + due.dt.quarter - first.quarter
    if periods is None:
        periods = max(1, int(ahead.max()) + 1) if ahead.notna().any() else 1
    labels = [str(first + place) for place in range(periods)]
    label = ahead.clip(upper=periods).map(dict(enumerate([*labels, "later"])))
    label = label.astype(object).mask(due < today, OVERDUE).mask(due.isna(), UNDATED)
    index = pd.Index([OVERDUE, *labels, "later", UNDATED, NEVER], name="period")
    value = pd.DataFrame(
        {
            "n": 1,
            "amount": money(deals)[rows].fillna(0.0),
            "listed": found["listed"].fillna(0.0),
            "shown": found["expected"].fillna(0.0),
        }
    )
    table = value.groupby(label).sum().reindex(index, fill_value=0)
    if cycle is None:
        return table
    age = days_since(deals, "created", today)[rows]
    ends = [((first + place).end_time.normalize() - today).days for place in range(periods)]
    return table.assign(by_cycle=_spread(value["shown"], age, ends, labels, cycle, index))


def _spread(shown, age, ends, labels, cycle, index):
    """The value of each deal over the periods, by the ages at which contracts are signed."""
    known = age.notna().to_numpy()
    worth, days = shown.to_numpy()[known], age.to_numpy()[known]
    total = cycle.chance(days) if len(days) else np.zeros(0)
    comes = total > 0
    result = pd.Series(0.0, index)
    result[UNDATED] = float(shown.to_numpy()[~known].sum())
    result[NEVER] = float(worth[~comes].sum())
    worth, days, total = worth[comes], days[comes], total[comes]
    by = np.array([cycle.chance(days, within) / total for within in ends]).reshape(len(ends), -1)
    for label, share in zip(labels, np.diff(by, axis=0, prepend=0.0), strict=True):
        result[label] = float(worth @ share)
    result["later"] = float(worth @ (1 - by[-1]))
    return result
