"""Satisfaction beside profit, account by account."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.correlation import spearman


def satisfaction_and_profit(satisfaction, profit, middle=None):
    """Which accounts are content, which earn, and whether the two go together.

    Parameters
    ----------
    satisfaction : Series
        Per account, any scale, higher is better.
    profit : Series
        Money after what serving costs, see `coursekit.accounts.profit_after`; same accounts.
    middle : float, optional
        Satisfaction from which an account is content; the median without it.

    Returns
    -------
    accounts : DataFrame
        Index of `satisfaction`: both figures, ``place``: ``healthy`` (content, earns), ``bought``
        (content, loses: we pay for it), ``at_risk`` (earns, not content), ``sick``.
    together : float
        Spearman's rank correlation, -1 to 1; NaN below three accounts or without differences.

    Raises
    ------
    InputError
        A figure is missing, or other accounts.

    Notes
    -----
    Syllabus item key_accounts.4.5: tie satisfaction to profit, measure what matters. It fails on
    few accounts, where a correlation over ten is nearly noise, and where all are unhappy: the
    median still calls half of them content. ``at_risk`` is the list to act on.
    """
    level = inputs.numbers(satisfaction, "satisfaction")
    money = inputs.paired(inputs.numbers(profit, "profit"), level, "profit")
    middle = level.median() if middle is None else inputs.number(middle, "satisfaction")
    content, earns = level >= middle, money > 0
    holds = [content & earns, content, earns]
    place = np.select(holds, ["healthy", "bought", "at_risk"], "sick")
    together = spearman(level, money) if len(level) > 2 else math.nan
    table = pd.DataFrame({"satisfaction": level, "profit": money})
    return table.assign(place=pd.Series(place, level.index, dtype=object)), together
