"""What is sold to whom, and at what price."""

import pandas as pd

from coursekit import inputs


def mix(orders, by="class", kind="kind"):
    """Share of lead, new and continuing products per customer class.

    Parameters
    ----------
    orders : DataFrame
        One row per order line: ``amount`` (0 or above) and the two columns named below.
    by : str, default "class"
        Column to compare by.
    kind : str, default "kind"
        Column with the kind of product.

    Returns
    -------
    DataFrame
        One row per class, one column per kind, shares of the class's amount that sum to 1 (NaN
        where its amount is 0); both sorted. Lines without class or kind are left out.

    Raises
    ------
    InputError
        A column is absent, or an amount is missing or below 0.

    Notes
    -----
    Syllabus item planning.5.1. A class that buys one kind only is a chance or a risk; the share
    does not say which. It fails for a class with few orders, whose shares one project sets.
    """
    inputs.columns(orders, "amount", by, kind)
    amount = inputs.numbers(orders["amount"], "revenue", least=0, empty=True)
    table = amount.groupby([orders[by], orders[kind]]).sum().unstack(fill_value=0.0)
    return table.div(table.sum(axis=1).where(lambda total: total > 0), axis=0)


def price_corridor(price, product, level=0.8):
    """Usual prices per product, and which lie outside.

    Parameters
    ----------
    price : Series or array_like, shape (n_lines,)
        Price per piece actually paid, above 0 or missing.
    product : Series or array_like, shape (n_lines,)
    level : float, default 0.8
        Share of the prices that the corridor holds, in (0, 1).

    Returns
    -------
    DataFrame
        Index of `price`: ``price``, ``low``, ``middle``, ``high`` of its product, ``place``:
        ``below``, ``within``, ``above`` or None where the price is missing.

    Raises
    ------
    InputError
        Lengths differ, a price below 0, or a level outside (0, 1).

    Notes
    -----
    Syllabus item planning.5.1. By its making a part of all prices lies outside: that is where to
    ask, not whom to blame. It fails where few prices are known and where packs differ in size.
    """
    price = inputs.numbers(price, "price", least=0, missing=True, empty=True)
    product = inputs.paired(pd.Series(product, dtype=object), price, "price")
    level = inputs.open_share(level, "level")
    groups = price.groupby(product.to_numpy())
    quantiles = {"low": (1 - level) / 2, "middle": 0.5, "high": (1 + level) / 2}
    table = pd.DataFrame({"price": price})
    for name, share in quantiles.items():
        table[name] = groups.transform("quantile", share)
    place = pd.Series("within", price.index, dtype=object)
    # prices that are all equal may miss their own quantile by a rounding
    slack = 1e-9 * table["middle"]
    place = place.mask(price < table["low"] - slack, "below")
    place = place.mask(price > table["high"] + slack, "above")
    table["place"] = place.where(table["middle"].notna() & price.notna(), None)
    return table
