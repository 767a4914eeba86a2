"""Figures of the running case: what dealers take and what they sell, and goods found elsewhere."""

import pandas as pd

from coursekit import terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows

FORTNIGHT = pd.Timedelta(days=14)


def loading_numbers(shipments, sell_out, dealers):
    """What some dealers bought and sold per month.

    Parameters
    ----------
    shipments, sell_out : DataFrame
        ``date dealer quantity``.
    dealers : sequence of str

    Returns
    -------
    dict
        ``months`` (first days), ``bought`` and ``sold`` (dealer -> quantities), ``peak_<dealer>``:
        bought in the last month of a quarter, as a multiple of the month after.
    """
    bought, sold = (_monthly(table, dealers) for table in (shipments, sell_out))
    days = bought.index.union(sold.index)[:-1]
    bought, sold = (table.reindex(days, fill_value=0.0) for table in (bought, sold))
    numbers = {"alt": "plots.case_loading_alt", "months": [str(day.date()) for day in days]}
    numbers |= {"bought": {}, "sold": {}}
    for dealer in dealers:
        numbers["bought"][dealer] = bought[dealer].tolist()
        numbers["sold"][dealer] = sold[dealer].tolist()
        ends = bought.index.month % 3 == 0
        after = bought.index.month % 3 == 1
        ratio = bought.loc[ends, dealer].mean() / max(bought.loc[after, dealer].mean(), 1)
        numbers[f"peak_{dealer}"] = float(ratio)
    return numbers


def _monthly(table, dealers):
    own = table[table["dealer"].isin(dealers)]
    month = own["date"].dt.to_period("M").dt.to_timestamp()
    found = own["quantity"].groupby([month, own["dealer"]]).sum().unstack(fill_value=0.0)
    return found.reindex(columns=list(dealers), fill_value=0.0)


def loading(shipments, sell_out, dealers, names, lang):
    """Bought and sold per month, one panel per dealer; `names`: dealer -> name."""
    numbers = loading_numbers(shipments, sell_out, dealers)
    figure, panels = canvas("plots.case_loading_title", lang, numbers, rows=len(dealers), height=6)
    days = pd.to_datetime(numbers["months"])
    for axes, dealer in zip(panels, dealers, strict=True):
        for kind, color in (("bought", "claimed"), ("sold", "shown")):
            label = terms.term(f"plots.case_{kind}", lang)
            axes.plot(days, numbers[kind][dealer], color=theme.PALETTE[color], label=label)
        axes.set_title(names[dealer], fontsize=14)
        axes.set_ylim(0)
    panels[-1].set_xticks(days[::4], [f"{day.year}-{day.month:02d}" for day in days[::4]])
    panels[-1].legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.2))
    return figure


def found_numbers(batches, shipments, dealers, names):
    """Goods that turned up outside the territory of the dealer who had bought them.

    Parameters
    ----------
    batches : DataFrame
        ``batch territory quantity``.
    shipments : DataFrame
        ``batch dealer``.
    dealers : DataFrame
        ``dealer territory``.
    names : Series
        Dealer -> name.

    Returns
    -------
    dict
        ``n`` finds, ``n_out`` of them elsewhere, ``dealers`` (name -> finds elsewhere, the eight
        with most), ``first``: the name with most.
    """
    owner = shipments.drop_duplicates("batch").set_index("batch")["dealer"]
    whose = batches["batch"].map(owner)
    home = whose.map(dealers.set_index("dealer")["territory"])
    out = batches[(home != batches["territory"]) & whose.notna()]
    counts = whose[out.index].value_counts().head(8)
    return {
        "alt": "plots.case_found_alt",
        "n": len(batches),
        "n_out": len(out),
        "dealers": {names[key]: int(n) for key, n in counts.items()},
        "first": names[counts.index[0]],
    }


def found(batches, shipments, dealers, names, lang):
    """The dealers whose goods were found elsewhere most often; not one of them is accused here."""
    numbers = found_numbers(batches, shipments, dealers, names)
    figure, axes = canvas("plots.case_found_title", lang, numbers)
    counts = list(numbers["dealers"].items())[::-1]
    for place, (_, n) in enumerate(counts):
        axes.barh(place, n, height=0.66, color=theme.PALETTE["claimed"])
        beside(axes, n, place, str(n))
    rows(axes, [name for name, _ in counts])
    return figure
