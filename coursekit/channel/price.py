"""Prices seen at the point of sale beside the recommended ones: who is low, and why that may be.

Monitoring only. Fixing the price at which a dealer sells on is a vertical agreement that China's
Anti-Monopoly Law restricts: prices are *recommended*, nothing is withheld from anyone because of
these figures, and what follows from them needs legal advice.
"""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.inputs import days_of

_OTHERS = 2  # dealers as low as he who show that the market is, not he
_REPEATED = 3  # low prices on different days that are no slip


def price_checks(observed, recommended, tolerance=0.05, specials=None):
    """Each price seen against the recommended one of its day and against the other dealers'.

    Parameters
    ----------
    observed : DataFrame
        One row per price seen: ``dealer product date price`` (per unit, same tax basis and pack
        as the recommended one).
    recommended : DataFrame
        ``product since price``: valid from that day until the next.
    tolerance : float, default 0.05
        How far below is still in line, 0 to 1.
    specials : DataFrame, optional
        Offers announced to all: ``product start end price``, days included.

    Returns
    -------
    DataFrame
        Index of `observed`: ``dealer product date price``, ``basis`` (the recommended or, if
        lower, the special price of that day; NaN where there was none), ``gap`` (price / basis −
        1), ``market`` (median gap of the other dealers in the same product and month, NaN without
        any), ``verdict``: ``in_line``, ``special`` (low, but not against the offer), ``market_low``
        (low, and two or more others are as a rule: the recommended price is out of date), ``low``,
        ``no_basis``.

    Raises
    ------
    InputError
        A column is absent, a cell blank, a price not above 0, a date none, or `tolerance` outside.

    Notes
    -----
    Syllabus item management.4.4. A low price is not diversion: that needs the batch, see `traces`.
    It fails for goods near their expiry, for large lots and where freight is inside one price and
    not the other: look at the receipt before you talk.
    """
    inputs.filled(observed, "dealer", "product", "date", "price")
    inputs.filled(recommended, "product", "since", "price")
    tolerance = inputs.number(tolerance, "tolerance", least=0, most=1)
    table = observed[["dealer", "product"]].assign(
        date=days_of(observed, "date"), price=_prices(observed)
    )
    listed = _valid(table, recommended)
    basis = np.fmin(listed, _special(table, specials)).where(listed.notna())
    gap = table["price"] / basis - 1
    low = _below(gap, tolerance)
    market, others = _market(table.assign(gap=gap), tolerance)
    verdict = pd.Series("in_line", table.index, dtype=object)
    verdict = verdict.mask(_below(table["price"] / listed - 1, tolerance), "special")
    verdict = verdict.mask(low, "low").mask(low & (others >= _OTHERS), "market_low")
    return table.assign(
        basis=basis, gap=gap, market=market, verdict=verdict.mask(basis.isna(), "no_basis")
    )


def undercutting(checks):
    """Which dealers are low by themselves, how often, with the prices that show it.

    Parameters
    ----------
    checks : DataFrame
        As `price_checks` gives it.

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted: ``seen`` (prices with a basis), ``low`` (of them), ``days``
        (different ones), ``gap`` (median of the low ones, NaN without), ``level``: ``none``,
        ``once``, ``repeated`` (low on three days or more), ``evidence`` (labels of the low ones).

    Notes
    -----
    Syllabus item management.4.4. Prices that the whole market has, and offers announced to all, do
    not count. It fails where a low price had its reason, as damaged bags or goods near their date:
    it says that a price was low, not why. Ask, and keep to recommending.
    """
    dealers = pd.Index(sorted(set(checks["dealer"])), name="dealer")
    low = checks[checks["verdict"] == "low"].groupby("dealer")
    days = low["date"].nunique().reindex(dealers, fill_value=0)
    level = pd.Series("none", dealers, dtype=object)
    level = level.mask(days > 0, "once").mask(days >= _REPEATED, "repeated")
    behind = {dealer: tuple(rows.index) for dealer, rows in low}
    return pd.DataFrame(
        {
            "seen": checks["basis"].notna().groupby(checks["dealer"]).sum().reindex(dealers),
            "low": low.size().reindex(dealers, fill_value=0),
            "days": days,
            "gap": low["gap"].median().reindex(dealers),
            "level": level,
            "evidence": pd.Series([behind.get(d, ()) for d in dealers], dealers, dtype=object),
        }
    )


def _prices(frame):
    price = inputs.numbers(frame["price"], "price", least=0, empty=True)
    free = price == 0
    if free.any():
        raise InputError("channel.price_of_nothing", frame.index[free])
    return price


def _below(gap, tolerance):
    return (gap + tolerance).round(9) < 0


def _valid(table, recommended):
    """The recommended price of each day, NaN before the first one."""
    prices = pd.DataFrame(
        {
            "product": recommended["product"],
            "since": days_of(recommended, "since"),
            "listed": _prices(recommended),
        }
    )
    again = prices.duplicated(["product", "since"], keep=False)
    if again.any():
        raise InputError("channel.two_prices", recommended.index[again])
    wanted = table[["product", "date"]].assign(place=np.arange(len(table))).sort_values("date")
    found = pd.merge_asof(
        wanted, prices.sort_values("since"), left_on="date", right_on="since", by="product"
    )
    return found.sort_values("place")["listed"].set_axis(table.index)


def _special(table, specials):
    lowest = pd.Series(np.nan, table.index)
    if specials is None:
        return lowest
    inputs.filled(specials, "product", "start", "end", "price")
    offers = specials[["product"]].assign(
        start=days_of(specials, "start"), end=days_of(specials, "end"), offer=_prices(specials)
    )
    for offer in offers.itertuples():
        running = (table["product"] == offer.product) & table["date"].between(
            offer.start, offer.end
        )
        lowest = lowest.mask(running, np.fmin(lowest, offer.offer))
    return lowest


def _market(table, tolerance):
    """Median gap of the other dealers in product and month, and how many of them are low."""
    labels, table = table.index, table.reset_index(drop=True)
    month = table["date"].dt.to_period("M")
    market = pd.Series(np.nan, table.index)
    others = pd.Series(0, table.index)
    for _, rows in table.dropna(subset="gap").groupby(["product", month]):
        usual = rows.groupby("dealer")["gap"].median()
        for dealer, own in rows.groupby("dealer"):
            rest = usual.drop(dealer)
            if len(rest):
                market[own.index] = rest.median()
                others[own.index] = int(_below(rest, tolerance).sum())
    return market.set_axis(labels), others.set_axis(labels)
