"""Share of wallet, and what of the rest can really be won, with its band."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

_POINTS = ("low", "likely", "high")


def share_of_wallet(ours, wallet):
    """Our share of what each account buys of our kind of goods.

    Parameters
    ----------
    ours : Series
        What we sell it, money per year.
    wallet : DataFrame
        ``low likely high``: what it buys from all, three estimates in rising order.

    Returns
    -------
    DataFrame
        Index of `ours`: ``share`` (of the likely wallet), ``low`` (of the high one) and ``high``
        (of the low one), ``rest`` (likely wallet less ours). A share of a wallet of 0 is NaN.

    Raises
    ------
    InputError
        A figure is missing or negative, estimates fall, ours is above the high estimate, or other
        accounts.

    Notes
    -----
    Syllabus item key_accounts.2.2. Where ours is above an estimate, that estimate counts as ours:
    the share is at most 1. It fails where the wallet is guessed from what we see of it: purchases
    from rivals go missing and the share looks high. The customer knows his wallet; ask him before
    you estimate.
    """
    ours = inputs.numbers(ours, "sales", least=0)
    points = _three(wallet, "wallet", ours)
    above = ours > points["high"]
    if above.any():
        raise InputError("accounts.more_than_the_wallet", ours.index[above])
    at_least = {code: np.maximum(points[code], ours) for code in _POINTS}
    return pd.DataFrame(
        {
            "share": ours / at_least["likely"].where(at_least["likely"] > 0),
            "low": ours / at_least["high"].where(at_least["high"] > 0),
            "high": ours / at_least["low"].where(at_least["low"] > 0),
            "rest": at_least["likely"] - ours,
        }
    )


def winnable(ours, wallet, part, draws=10_000, seed=0):
    """What of the rest of the wallet can be won, per account and together.

    Parameters
    ----------
    ours : Series
        What we sell it, money per year.
    wallet, part : DataFrame
        ``low likely high``: what it buys from all; the part of the rest that we can win, 0 to 1
        (less where there is no budget or a rival holds it firmly).
    draws : int, default 10,000
    seed : int, default 0

    Returns
    -------
    accounts : DataFrame
        Index of `ours`: ``mean`` and ``sd`` (exact), ``p10 p50 p90`` (simulated), ``naive`` = the
        likely rest × the likely part.
    together : dict
        ``mean sd p10 p50 p90``: its band is narrower than the sum of the bands.

    Raises
    ------
    InputError
        A figure is missing or outside its limits, estimates fall, or other accounts.

    Notes
    -----
    Syllabus item key_accounts.2.2: what we can really win. Each estimate is a triangle over low,
    likely, high; wallet and part, and the accounts, are independent of each other. Mean of a
    triangle (a + b + c) / 3, variance (a² + b² + c² − ab − ac − bc) / 18. It fails where the three
    points come from one hopeful person: people draw bands too narrow.
    """
    ours = inputs.numbers(ours, "sales", least=0)
    given = inputs.ordered(pd.Series(range(len(ours)), ours.index)).to_numpy()
    points, part = _three(wallet, "wallet", ours), _three(part, "share", ours, most=1)
    # drawn in the order of the labels, so that the order of rows decides nothing
    ours, part = ours.iloc[given], part.iloc[given]
    rest = points.iloc[given].sub(ours.to_numpy(), axis=0).clip(lower=0)
    draws = inputs.whole(draws, "tries", least=1)
    rng = np.random.default_rng(seed)
    drawn = _triangle(rng, rest, draws) * _triangle(rng, part, draws)
    (mean_rest, var_rest), (mean_part, var_part) = _moments(rest), _moments(part)
    mean = mean_rest * mean_part
    # the variance of a product of independent factors
    variance = var_rest * var_part + var_rest * mean_part**2 + var_part * mean_rest**2
    table = pd.DataFrame({"mean": mean, "sd": np.sqrt(variance)}, index=ours.index)
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        table[name] = np.quantile(drawn, share, axis=0)
    total = drawn.sum(axis=1)
    together = {"mean": math.fsum(mean), "sd": math.sqrt(math.fsum(variance))}
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        together[name] = float(np.quantile(total, share))
    table["naive"] = rest["likely"].to_numpy() * part["likely"].to_numpy()
    return table.iloc[np.argsort(given)], together


def against_standard(accounts):
    """Margin of each account against the standard of its trade.

    Parameters
    ----------
    accounts : DataFrame
        ``revenue``, ``margin`` (money), ``standard`` (share of revenue usual in the trade, 0 to 1).

    Returns
    -------
    DataFrame
        Index kept. ``rate`` (margin over revenue), ``gap`` (rate − standard), ``money`` (gap ×
        revenue: what the standard would bring more, below 0, or less).

    Raises
    ------
    InputError
        A column is absent, or a figure missing or outside its limits.

    Notes
    -----
    Syllabus item key_accounts.2.2. It fails on a standard from hearsay, or from a trade with other
    goods and terms: note where it comes from.
    """
    inputs.columns(accounts, "revenue", "margin", "standard")
    revenue = inputs.numbers(accounts["revenue"], "revenue", least=0, empty=True)
    margin = inputs.numbers(accounts["margin"], "margin", empty=True)
    standard = inputs.numbers(accounts["standard"], "share", least=0, most=1, empty=True)
    rate = margin / revenue.where(revenue > 0)
    return pd.DataFrame(
        {"rate": rate, "gap": rate - standard, "money": margin - standard * revenue}
    )


def _three(frame, name, accounts, most=math.inf):
    inputs.columns(frame, *_POINTS)
    points = pd.DataFrame(
        {
            code: inputs.paired(
                inputs.numbers(frame[code], name, least=0, most=most), accounts, name
            )
            for code in _POINTS
        }
    )
    falls = (points["low"] > points["likely"]) | (points["likely"] > points["high"])
    if falls.any():
        raise InputError("accounts.estimates_fall", points.index[falls])
    return points


def _triangle(rng, points, draws):
    """Draws of triangles by their inverse, also where low, likely and high are the same."""
    low, likely, high = (points[code].to_numpy() for code in _POINTS)
    width = np.where(high > low, high - low, 1.0)
    peak = (likely - low) / width
    u = rng.random((draws, len(points)))
    left = low + np.sqrt(u * width * (likely - low))
    right = high - np.sqrt((1 - u) * width * (high - likely))
    return np.where(high > low, np.where(u < peak, left, right), low)


def _moments(points):
    low, likely, high = (points[code].to_numpy() for code in _POINTS)
    squares = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
    return (low + likely + high) / 3, squares / 18
