"""What customers cost: to win, to serve, per order, and what is left per hour."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.concentration import margin_class
from coursekit.errors import InputError
from coursekit.trials import wilson_frame


def cost_to_serve(activities, prices):
    """What serving each customer costs, from what was done for him.

    Parameters
    ----------
    activities : DataFrame
        One row per activity: ``customer``, ``activity``, ``quantity`` (hours, visits, samples …;
        0 or above).
    prices : mapping of str to float
        Cost of one unit of each activity, 0 or above.

    Returns
    -------
    DataFrame
        One row per customer, sorted; one column of cost per activity in the order of `prices`,
        and their sum ``cost``.

    Raises
    ------
    InputError
        A column is absent, a quantity is missing or below 0, or an activity has no price.

    Notes
    -----
    Syllabus item screening.1.2; activity-based costing (R. Cooper and R. S. Kaplan). It fails for
    what nobody writes down (calls at night, trouble with the warehouse): those customers look
    cheap.
    """
    inputs.columns(activities, "customer", "activity", "quantity")
    quantity = inputs.numbers(activities["quantity"], "quantity", least=0, empty=True)
    prices = {name: inputs.number(price, "price", least=0) for name, price in prices.items()}
    unknown = ~activities["activity"].isin(list(prices))
    if unknown.any():
        name = str(activities["activity"][unknown].iloc[0])
        raise InputError("screening.no_price", activities.index[unknown], activity=name)
    cost = quantity * activities["activity"].map(prices).astype(float)
    table = cost.groupby([activities["customer"], activities["activity"]]).sum()
    table = table.unstack(fill_value=0.0).reindex(columns=list(prices), fill_value=0.0)
    return table.rename_axis(columns=None).assign(cost=table.sum(axis=1))


def order_profit(orders, thin=0.05):
    """What is left of each order once it is served: some won orders lose.

    Parameters
    ----------
    orders : DataFrame
        ``amount``, ``margin`` (money after the goods are paid), ``cost`` (of serving it, 0 or
        above).
    thin : float, default 0.05
        As of `coursekit.concentration.margin_class`.

    Returns
    -------
    DataFrame
        Index of `orders`: ``amount``, ``left`` (margin less cost), ``class``: ``sound thin none
        negative``. A negative one was won and loses.

    Raises
    ------
    InputError
        A column is absent, or a value is missing or below 0.

    Notes
    -----
    Syllabus item screening.1.2: an order can be signed and cost profit and good name. It fails
    for a first order on purpose below cost, if a second one really comes.
    """
    inputs.columns(orders, "amount", "margin", "cost")
    amount = inputs.numbers(orders["amount"], "revenue", least=0, empty=True)
    cost = inputs.numbers(orders["cost"], "cost", least=0, empty=True)
    left = inputs.numbers(orders["margin"], "profit", empty=True) - cost
    return pd.DataFrame(
        {"amount": amount, "left": left, "class": margin_class(left, amount, thin)},
        index=orders.index,
    )


def return_on_time(profit, hours):
    """Profit per hour for each customer, the best first.

    Parameters
    ----------
    profit : Series or array_like, shape (n_customers,)
    hours : Series or array_like, shape (n_customers,)
        Time spent on the same customers, 0 or above.

    Returns
    -------
    DataFrame
        Index of `profit`, highest first, those without hours last: ``profit hours per_hour``
        (NaN without hours).

    Raises
    ------
    InputError
        Lengths differ, or a value is missing or below 0.

    Notes
    -----
    Syllabus item screening.1.3. It fails as a guide to the next hour, which is not the mean: who
    brings 1,000 per hour may bring nothing for one more. See `coursekit.allocation.best_split`.
    """
    profit = inputs.numbers(profit, "profit", empty=True)
    hours = inputs.numbers(hours, "hours", least=0, empty=True)
    hours = inputs.paired(hours, profit, "hours")
    table = pd.DataFrame({"profit": profit, "hours": hours})
    table["per_hour"] = profit / hours.where(hours > 0)
    return inputs.ordered(table).sort_values("per_hour", ascending=False, kind="stable")


def cost_of_winning(leads, hour_cost=0.0):
    """Money and hours per customer won, by source.

    Parameters
    ----------
    leads : DataFrame
        One row per lead, the lost ones too: ``source``, ``won`` (bool), ``money`` and ``hours``
        (0 or above); ``fit`` (0 to 1) if known.
    hour_cost : float, default 0.0
        Cost of an hour.

    Returns
    -------
    DataFrame
        One row per source, sorted: ``won n rate low high`` (Wilson, 95%), ``share`` of all leads,
        ``money``, ``hours``, ``cost`` (money + hours × hour_cost), ``cost_per_won`` and
        ``hours_per_won`` (NaN where none was won), ``fit`` (mean; only where the column is).

    Raises
    ------
    InputError
        A column is absent, or a value is missing or below 0.

    Notes
    -----
    Syllabus item screening.1.8. Everything spent on the lost ones is part of what the won ones
    cost. It fails where sources work together: the fair found him, the referral won him.
    """
    inputs.columns(leads, "source", "won", "money", "hours")
    hour_cost = inputs.number(hour_cost, "cost", least=0)
    spent = pd.DataFrame(
        {
            "won": inputs.yes_no(leads["won"], "outcome"),
            "money": inputs.numbers(leads["money"], "cost", least=0, empty=True),
            "hours": inputs.numbers(leads["hours"], "hours", least=0, empty=True),
        }
    ).groupby(leads["source"], dropna=False)
    total = spent.sum()
    table = wilson_frame(total["won"], spent.size())
    table["share"] = table["n"] / len(leads) if len(leads) else table["n"]
    table["money"], table["hours"] = total["money"], total["hours"]
    table["cost"] = table["money"] + table["hours"] * hour_cost
    won = table["won"].where(table["won"] > 0)
    table["cost_per_won"], table["hours_per_won"] = table["cost"] / won, table["hours"] / won
    if "fit" in leads:
        fit = inputs.numbers(leads["fit"], "share", least=0, most=1, missing=True, empty=True)
        table["fit"] = fit.groupby(leads["source"], dropna=False).mean()
    return table.rename_axis(index="source").astype({"won": np.int64, "n": np.int64})
