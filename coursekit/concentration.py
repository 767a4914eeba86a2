"""How unevenly customers share in the total: Pareto curve, top share, Gini, whale curve."""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError


@dataclasses.dataclass(frozen=True, eq=False)
class Whale:
    """A whale curve and the three figures that are read off it.

    Attributes
    ----------
    curve : DataFrame, shape (n_customers, 4)
        As of `pareto`, over profit.
    total : float
        Profit of all customers.
    peak : float
        Highest cumulated profit: what the profitable customers bring.
    peak_share : float
        `peak` over `total`; NaN where the total is not above 0.
    where : int
        Fewest customers, best first, that reach the peak; 0 where none earns.
    loss_makers : int
        Customers with a profit below 0.
    loss : float
        Their profit together, 0 or below.
    """

    curve: pd.DataFrame
    total: float
    peak: float
    peak_share: float
    where: int
    loss_makers: int
    loss: float


def pareto(values):
    """Customers from the largest down, with their cumulated share of the total.

    Parameters
    ----------
    values : Series or array_like, shape (n_customers,)
        Revenue per customer in one currency, none negative: one row per customer, so add up
        order lines first, by id and not by name.

    Returns
    -------
    DataFrame, shape (n_customers, 4)
        Index of `values`. ``value``; ``share`` of the total; ``customers`` and ``cumulated``, the
        share of customers and of the total down to this row (shares 0 to 1, NaN where the total
        is 0). Equal values stand in the order of their labels.

    Raises
    ------
    InputError
        No customer, a negative or missing value.

    Notes
    -----
    Syllabus item planning.3.1; V. Pareto, Cours d'économie politique (1896). It fails where revenue
    is taken for profit: who buys most may cost more than he brings, see `whale_curve`.
    """
    return _curve(inputs.numbers(values, "revenue", least=0))


def top_share(values, top=0.2):
    """Share of the total that the largest customers bring.

    Parameters
    ----------
    values : array_like, shape (n_customers,)
        Revenue per customer in one currency, none negative.
    top : float, default 0.2
        Part of the customers to count, in (0, 1]; rounded to whole customers, at least one.

    Returns
    -------
    float
        Share in [0, 1]; NaN where the total is 0.

    Raises
    ------
    InputError
        No customer, a negative or missing value, or `top` outside (0, 1].

    Notes
    -----
    Syllabus item planning.3.1. The 80/20 rule is one possible value of this figure, not a law.
    Half a customer counts as one. It fails for few customers: of four, "the top fifth" is one.
    """
    values = inputs.numbers(values, "revenue", least=0)
    top = inputs.number(top, "top", above=0, most=1)
    n = max(1, math.floor(round(top * len(values), 9) + 0.5))
    largest = np.sort(values.to_numpy())[::-1]
    return _share(math.fsum(largest[:n]), math.fsum(largest))


def fewest(values, share=0.5):
    """Fewest customers that together bring a share of the total.

    Parameters
    ----------
    values : array_like, shape (n_customers,)
        Revenue per customer, none negative.
    share : float, default 0.5
        In (0, 1].

    Returns
    -------
    int
        0 where the total is 0.

    Raises
    ------
    InputError
        As `top_share`.

    Notes
    -----
    Syllabus item planning.3.1: the other reading of the curve, from the share to the customers.
    """
    values = inputs.numbers(values, "revenue", least=0)
    share = inputs.number(share, "share", above=0, most=1)
    cumulated = np.cumsum(np.sort(values.to_numpy())[::-1])
    if cumulated[-1] == 0:
        return 0
    # a billionth of the total is what adding floats may be off
    return int(np.searchsorted(cumulated, (share - 1e-9) * cumulated[-1])) + 1


def gini(values):
    """Gini coefficient: 0 where all customers are equal, towards 1 where one brings all.

    Parameters
    ----------
    values : array_like, shape (n_customers,)
        Revenue per customer, none negative.

    Returns
    -------
    float
        Σ(2i − n − 1)x / nΣx over values from the smallest up, not corrected for small n: at most
        1 − 1/n. NaN where the total is 0.

    Raises
    ------
    InputError
        No customer, a negative or missing value.

    Notes
    -----
    Syllabus item planning.3.1; C. Gini, Variabilità e mutabilità (1912). It fails as a comparison
    of lists of very different length, and curves of different shape can share one value: show the
    curve beside it.
    """
    ascending = np.sort(inputs.numbers(values, "revenue", least=0).to_numpy())
    n = len(ascending)
    rank = np.arange(1, n + 1)
    return _share(math.fsum((2 * rank - n - 1) * ascending), n * math.fsum(ascending))


def whale_curve(profit):
    """Cumulated profit, best customer first: it rises to a peak and falls with the loss-makers.

    Parameters
    ----------
    profit : Series or array_like, shape (n_customers,)
        Profit per customer after what serving him costs; negative where he costs more.

    Returns
    -------
    Whale

    Raises
    ------
    InputError
        No customer or a missing profit.

    Notes
    -----
    Syllabus item screening.1.2; R. Cooper and R. S. Kaplan, Profit priorities from activity-based
    costing (1991). On revenue the curve cannot fall: it needs profit. It fails where fixed costs
    are spread by a key that customers do not cause: then the tail is an artefact of the key, and
    dropping it leaves its costs behind. The course's 20% and 150% are one possible whale.
    """
    curve = _curve(inputs.numbers(profit, "profit"))
    values = curve["value"].to_numpy()
    earned, lost = values[values > 0], values[values < 0]
    total, peak = math.fsum(values), math.fsum(earned)
    share = peak / total if total > 0 else math.nan
    return Whale(curve, total, peak, share, len(earned), len(lost), math.fsum(lost))


def margin_class(profit, revenue, thin=0.05):
    """Thin, none or negative margin, or sound: what kind of customer or order it is.

    Parameters
    ----------
    profit, revenue : Series or array_like, shape (n,)
        Of the same customers or orders; revenue above 0 wherever there is profit.
    thin : float, default 0.05
        Margin (profit over revenue, 0 to 1) below which it is thin; half a per mille either side
        of 0 is none.

    Returns
    -------
    Series
        Codes ``sound thin none negative``; index of `profit`.

    Raises
    ------
    InputError
        Lengths differ, something is missing, revenue below 0, or profit without revenue.

    Notes
    -----
    Syllabus item screening.1.2. The borders are ours. It fails on a single month: a project pays
    when it is delivered, and a first order carries the cost of winning the customer.
    """
    profit = inputs.numbers(profit, "profit", empty=True)
    revenue = inputs.numbers(revenue, "revenue", least=0, empty=True)
    revenue = inputs.paired(revenue, profit, "revenue")
    thin = inputs.number(thin, "share", least=0, most=1)
    unpaid = (revenue.to_numpy() == 0) & (profit.to_numpy() > 0)
    if unpaid.any():
        raise InputError("concentration.profit_without_revenue", profit.index[unpaid])
    revenue = revenue.to_numpy()
    margin = np.divide(profit, revenue, out=np.sign(profit.to_numpy()), where=revenue > 0)
    classes = np.select(
        [margin < -0.0005, margin <= 0.0005, margin < thin], ["negative", "none", "thin"], "sound"
    )
    return pd.Series(classes, profit.index, dtype=object)


def _curve(values):
    ranked = inputs.ordered(values)
    ranked = ranked.iloc[np.argsort(-ranked.to_numpy(), kind="stable")]
    money = ranked.to_numpy()
    total = money.sum()  # of sorted values: the same for every order of the rows
    part = money / total if total else np.full(len(money), math.nan)
    columns = {
        "value": money,
        "share": part,
        "customers": np.arange(1, len(money) + 1) / len(money),
        "cumulated": np.cumsum(part),
    }
    return pd.DataFrame(columns, index=ranked.index)


def _share(part, total):
    return part / total if total else math.nan
