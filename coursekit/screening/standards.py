"""What a list is worth that was ranked by no standard, by a wrong one, by a better one."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.correlation import spearman

CHANCE = "no_standard"


def compare_standards(standards, profit, n):
    """Rank the same customers by several standards, and look at what the first n bring.

    Parameters
    ----------
    standards : DataFrame, shape (n_customers, n_standards)
        One column per standard (size, friendliness, pays on time, …), more is better.
    profit : Series or array_like, shape (n_customers,)
        What each customer really brings.
    n : int
        Customers that time allows, 1 to n_customers.

    Returns
    -------
    DataFrame
        One row per standard and one, ``no_standard``, for chance: ``correlation`` of its ranks
        with those of profit (Spearman, -1 to 1, NaN where it ranks all alike), ``profit`` of its
        first n (customers equal at the border count for their share), ``lost`` against the best
        n, ``reached`` (share of the best, NaN where that is not above 0).

    Raises
    ------
    InputError
        A value is missing, lengths differ, or `n` is outside the list.

    Notes
    -----
    Syllabus item screening.1.1; C. Spearman (1904). It fails where profit of the past does not
    tell of the future: a customer nobody ever worked brings little because nobody worked him.
    """
    profit = inputs.numbers(profit, "profit")
    n = inputs.whole(n, "customers", least=1, most=len(profit))
    best = math.fsum(np.sort(profit.to_numpy())[::-1][:n])
    chance = {"correlation": 0.0, "profit": math.fsum(profit) / len(profit) * n}
    rows = {}
    for name in standards:
        standard = inputs.paired(inputs.numbers(standards[name], "standard"), profit, "standard")
        rows[name] = {
            "correlation": spearman(standard, profit),
            "profit": _first(standard, profit, n),
        }
    table = pd.DataFrame.from_dict({**rows, CHANCE: chance}, orient="index")
    table["lost"] = best - table["profit"]
    table["reached"] = table["profit"] / best if best > 0 else math.nan
    return table


def turnover(before, after):
    """How much of a list was replaced between two months.

    Parameters
    ----------
    before, after : iterable
        Customers of either list, each counted once.

    Returns
    -------
    dict
        ``kept``, ``gone``, ``new``: numbers; ``replaced``: gone over the first list, NaN where
        that is empty.

    Notes
    -----
    Syllabus item screening.1.1: who is centred on chance has drifting customers. It fails where
    customers leave the list because they have bought.
    """
    before, after = set(before), set(after)
    gone = len(before - after)
    return {
        "kept": len(before & after),
        "gone": gone,
        "new": len(after - before),
        "replaced": gone / len(before) if before else math.nan,
    }


def _first(standard, profit, n):
    """Profit of the n highest; of those equal at the border the mean, as by lot."""
    border = np.sort(standard.to_numpy())[::-1][n - 1]
    above, level = profit[standard > border], profit[standard == border]
    return math.fsum(above) + math.fsum(level) / len(level) * (n - len(above))
