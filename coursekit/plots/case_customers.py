"""Figures of the running case: who leaves something once he is served, and when is sold what."""

import pandas as pd

from coursekit import concentration, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas, money_ticks


def whale_numbers(profit):
    """Where the curve of profit has its peak.

    Parameters
    ----------
    profit : Series
        Per customer.

    Returns
    -------
    dict
        ``n`` customers, ``total``, ``peak``, ``share`` of the peak in the total, ``n_earn`` and
        ``n_lose``, ``lost`` (a positive amount).
    """
    whale = concentration.whale_curve(profit)
    return {
        "alt": "plots.case_whale_alt",
        "n": len(profit),
        "total": whale.total,
        "peak": whale.peak,
        "share": whale.peak_share,
        "n_earn": whale.where,
        "n_lose": whale.loss_makers,
        "lost": -whale.loss,
    }


def whale(profit, lang):
    """Profit added up, best customer first: up to the peak, and down again."""
    numbers = whale_numbers(profit)
    figure, axes = canvas("plots.case_whale_title", lang, numbers)
    added = profit.sort_values(ascending=False, kind="stable").cumsum().to_numpy()
    place = range(1, len(added) + 1)
    axes.plot(place, added, color=theme.PALETTE["shown"])
    axes.axhline(numbers["total"], color=theme.PALETTE["grey"], linestyle="--", linewidth=1.5)
    axes.plot([numbers["n_earn"]], [numbers["peak"]], "o", color=theme.PALETTE["good"])
    axes.fill_between(place, added, numbers["total"], where=added > numbers["total"], alpha=0.12)
    axes.set_ylim(0)
    axes.set_xlabel(terms.term("plots.case_whale_x", lang))
    money_ticks(axes.yaxis, lang)
    return figure


def months_numbers(orders, products):
    """The strongest and the weakest month of the company, and of one product line.

    Parameters
    ----------
    orders : DataFrame
        ``date product amount``.
    products : DataFrame
        ``product line_name`` of the case.

    Returns
    -------
    dict
        ``months`` (list of first days), ``lines`` (name -> amounts), ``high`` and ``low``:
        months as ``2025-10``.
    """
    line = orders["product"].map(products.set_index("product")["line_name"])
    month = orders["date"].dt.to_period("M").dt.to_timestamp()
    table = orders["amount"].groupby([month, line]).sum().unstack(fill_value=0.0)
    table = table.iloc[1:-1]  # the first and the last month are not whole
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    total = table.sum(axis=1)
    return {
        "alt": "plots.case_months_alt",
        "months": [str(day.date()) for day in table.index],
        "lines": {name: table[name].tolist() for name in table},
        "high": f"{total.idxmax():%Y-%m}",
        "low": f"{total.idxmin():%Y-%m}",
    }


def months(orders, products, lang):
    """Sales per month and product line."""
    numbers = months_numbers(orders, products)
    figure, axes = canvas("plots.case_months_title", lang, numbers)
    days = pd.to_datetime(numbers["months"])
    colors = ("shown", "claimed", "good", "accent")
    for (name, amounts), color in zip(numbers["lines"].items(), colors, strict=False):
        axes.plot(days, amounts, color=theme.PALETTE[color], label=name)
    axes.set_ylim(0)
    axes.set_xticks(days[::4], [f"{day.year}-{day.month:02d}" for day in days[::4]])
    axes.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.1))
    money_ticks(axes.yaxis, lang)
    return figure
