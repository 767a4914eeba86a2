"""How long customers stay: Kaplan-Meier curves, and shares of groups with their intervals."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.trials import wilson_frame

LEVEL = 0.95
_COLUMNS = ("time", "at_risk", "left", "staying", "low", "high")


def curve(time, left, level=LEVEL):
    """Share of customers that is still there after each time (Kaplan-Meier).

    Parameters
    ----------
    time : Series or array_like, shape (n_customers,)
        Months (or days) from the beginning until he left, or until today where he is still there;
        0 or above.
    left : Series or array_like of bool
        True where he left, False where he is still there: then only a lower bound is known.
    level : float, default 0.95
        Of the interval at each time.

    Returns
    -------
    DataFrame
        One row per time at which someone left, after a first row at 0: ``time``; ``at_risk``
        (customers still followed just before it), ``left``, ``staying`` (share, 0 to 1), ``low``
        and ``high`` (both equal to the share where it is 0 or 1).

    Raises
    ------
    InputError
        No customer, a time missing or negative, `left` is no yes or no, or labels differ.

    Notes
    -----
    Syllabus items management.4.9 and management.5.3; E. L. Kaplan and P. Meier (1958), interval
    by Greenwood on log(-log). Who leaves and who is last seen at the same time: leaving comes
    first. The mean over those who left is too short, because the faithful are not in it. It fails
    where customers drop out of the file because they are about to leave, and far out, where few
    are followed: look at `at_risk`.
    """
    time = inputs.numbers(time, "months", least=0)
    gone = inputs.paired(inputs.yes_no(left, "outcome"), time, "months").to_numpy()
    level = inputs.open_share(level, "level")
    time = time.to_numpy()
    times, count = np.unique(time[gone], return_counts=True)
    at_risk = len(time) - np.searchsorted(np.sort(time), times, side="left")
    staying = np.cumprod(1 - count / at_risk)
    low, high = _interval(staying, count, at_risk, level)
    rows = [times, at_risk, count, staying, low, high]
    if not len(times) or times[0] > 0:
        rows = [
            np.append(v, row)
            for v, row in zip((0.0, len(time), 0, 1.0, 1.0, 1.0), rows, strict=True)
        ]
    table = pd.DataFrame(dict(zip(_COLUMNS, rows, strict=True)))
    return table.astype({"at_risk": int, "left": int})


def curves(customers, by, level=LEVEL):
    """One curve per group, under each other.

    Parameters
    ----------
    customers : DataFrame
        ``time``, ``left``, and the column `by`.
    by : str
        For example ``complaint``: ``none solved unsolved``.
    level : float, default 0.95

    Returns
    -------
    DataFrame
        As `curve`, with the group in front; groups sorted.

    Raises
    ------
    InputError
        A column is absent or a cell blank, or as `curve`.

    Notes
    -----
    Syllabus item management.4.9. It fails where a difference is read as a cause: who complains may
    be the one who cares, and a complaint can be solved only for one who stayed until it was.
    """
    inputs.filled(customers, "time", "left", by)
    inputs.numbers(customers["time"], "months")
    parts = [
        curve(own["time"], own["left"], level).assign(**{by: name})
        for name, own in customers.groupby(by)
    ]
    return pd.concat(parts, ignore_index=True)[[by, *_COLUMNS]]


def staying_at(table, time):
    """The share still there at a time, and the time by which half have left.

    Parameters
    ----------
    table : DataFrame
        As `curve` gives it.
    time : float

    Returns
    -------
    staying : float
        0 to 1.
    median : float
        First time at which the share is half or below; NaN where it never came to that.

    Raises
    ------
    InputError
        `time` is no number of 0 or above.

    Notes
    -----
    Syllabus item management.4.9. It fails beyond the last customer watched: the share stays as it
    was there, though nobody knows who would have left by then.
    """
    time = inputs.number(time, "months", least=0)
    place = np.searchsorted(table["time"], time, side="right") - 1
    half = table["time"][table["staying"].round(12) <= 0.5]
    return float(table["staying"].iloc[place]), float(half.iloc[0]) if len(half) else float("nan")


def of_hundred(groups, stayed, level=LEVEL):
    """Of 100 customers of each group, how many stayed.

    Parameters
    ----------
    groups : Series
        For example complaint ``none solved unsolved``, or whether a file is complete and fresh.
    stayed : Series of bool
        True where he still bought at the end of the same, full time for all (say twelve months).
    level : float, default 0.95

    Returns
    -------
    DataFrame
        Index: the groups, sorted. ``won`` (stayed), ``n``, ``rate``, ``low high`` (Wilson), and
        ``of_hundred`` (whole customers, half up).

    Raises
    ------
    InputError
        Lengths or labels differ, or something is missing or no yes or no.

    Notes
    -----
    Syllabus items management.4.9 and management.5.2. Show this before any curve. It fails where
    customers were not followed equally long: then use `curves`. A gap between groups is no proof
    that the one thing caused the other: neglected customers complain less and leave more.
    """
    yes = inputs.yes_no(stayed, "outcome")
    yes = inputs.paired(yes, groups, "outcome")
    inputs.filled(groups.to_frame("group"), "group")
    counted = yes.groupby(groups.to_numpy()).agg(["sum", "size"])
    table = wilson_frame(counted["sum"], counted["size"], level)
    whole = np.floor((table["rate"] * 100).round(9) + 0.5).astype(int)
    return table.assign(of_hundred=whole)


def _interval(staying, count, at_risk, level):
    """Greenwood's variance on the log(-log) scale, as R and SAS print it."""
    from scipy import special

    z = float(special.ndtri((1 + level) / 2))
    inside = (staying > 0) & (staying < 1)
    rest = np.where(at_risk > count, at_risk - count, 1)
    spread = np.sqrt(np.cumsum(count / (at_risk * rest)))
    log = np.log(np.where(inside, staying, 0.5))
    reach = np.exp(z * spread / np.abs(log))
    low = np.where(inside, np.exp(log * reach), staying)
    high = np.where(inside, np.exp(log / reach), staying)
    return low, high
