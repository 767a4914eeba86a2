"""The network of dealers: who depends on whom, where they overlap, where nobody is."""

import numpy as np
import pandas as pd

from coursekit import inputs


def dependence(dealers, to_us=0.1, to_him=0.5):
    """How much each side depends on the other.

    Parameters
    ----------
    dealers : DataFrame
        ``sales`` (what we sell him), ``purchases`` (all he buys from anyone, missing where not
        known).
    to_us, to_him : float, default 0.1 and 0.5
        Share of our sales, and of his purchases, from which one side depends on the other.

    Returns
    -------
    DataFrame
        Index kept. ``in_us`` (his share of our sales), ``in_him`` (our share of his purchases, NaN
        where not known), ``reading``: ``we_depend``, ``he_depends``, ``both``, ``loose``, or
        ``unknown``.

    Raises
    ------
    InputError
        A column is absent, a figure negative, or he buys less in all than from us.

    Notes
    -----
    Syllabus item management.3.3: rely on him, do not depend on him. The borders are ours. It fails
    where several dealers belong to one owner: add them up first, see `links`.
    """
    inputs.columns(dealers, "sales", "purchases")
    to_us = inputs.number(to_us, "share", above=0, most=1)
    to_him = inputs.number(to_him, "share", above=0, most=1)
    sales = inputs.numbers(dealers["sales"], "sales", least=0)
    purchases = inputs.numbers(dealers["purchases"], "purchases", least=0, missing=True)
    inputs.numbers((sales / purchases.where(purchases > 0)), "share", most=1, missing=True)
    total = sales.sum()
    in_us = sales / total if total else sales * np.nan
    in_him = sales / purchases.where(purchases > 0)
    ours, his = in_us.round(9) >= to_us, in_him.round(9) >= to_him
    holds = [in_him.isna() | in_us.isna(), ours & his, ours, his]
    reading = np.select(holds, ["unknown", "both", "we_depend", "he_depends"], "loose")
    return pd.DataFrame(
        {
            "in_us": in_us,
            "in_him": in_him,
            "reading": pd.Series(reading, dealers.index, dtype=object),
        }
    )


def network(served, territories):
    """How many dealers work each territory: overlap and white spots.

    Parameters
    ----------
    served : DataFrame
        ``dealer territory amount``: what each sold on there; or ``dealer territory`` alone, as
        appointed.
    territories : DataFrame
        ``territory``, one row each; optional ``potential`` (money).

    Returns
    -------
    DataFrame
        Index ``territory``, sorted: ``n`` dealers, ``dealers``, ``largest`` (share of the largest
        one, NaN without amounts), ``amount``, ``reach`` (amount over potential, NaN without),
        ``reading``: ``white`` (nobody), ``held`` (one, or one with nine tenths), ``contested``.

    Raises
    ------
    InputError
        A column is absent, a cell blank, a figure negative, or a territory stands twice or is
        not in the list.

    Notes
    -----
    Syllabus item management.4.5. ``contested`` fails where brands or kinds of customers divide what
    a map does not: there overlap is no fault. Who may sell where needs legal advice.
    """
    inputs.filled(served, "dealer", "territory")
    inputs.filled(territories, "territory")
    known = pd.Index(territories["territory"], name="territory")
    inputs.one_of(served, "territory", list(known))
    inputs.once(territories, "territory")
    money = served.get("amount", pd.Series(np.nan, served.index))
    money = inputs.numbers(money, "sales", least=0, missing=True, empty=True)
    sums = money.groupby([served["territory"], served["dealer"]]).sum(min_count=1)
    by = sums.groupby("territory")
    table = pd.DataFrame({"n": by.size(), "amount": by.sum(min_count=1), "top": by.max()})
    table = table.reindex(known.sort_values())
    names = {place: tuple(sorted(own.index.get_level_values("dealer"))) for place, own in by}
    table["dealers"] = pd.Series([names.get(p, ()) for p in table.index], table.index, dtype=object)
    table["largest"] = table["top"] / table["amount"].where(table["amount"] > 0)
    table["n"] = table["n"].fillna(0).astype(int)
    potential = territories.get("potential", pd.Series(np.nan, territories.index))
    potential = inputs.numbers(potential, "potential", least=0, missing=True, empty=True)
    potential = potential.set_axis(known).reindex(table.index)
    table["reach"] = table["amount"] / potential.where(potential > 0)
    held = (table["n"] == 1) | (table["largest"] >= 0.9)
    reading = np.select([table["n"] == 0, held], ["white", "held"], "contested")
    table["reading"] = pd.Series(reading, table.index, dtype=object)
    return table[["n", "dealers", "largest", "amount", "reach", "reading"]]
