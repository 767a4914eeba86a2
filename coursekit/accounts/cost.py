"""What an account costs us: eleven inputs, profit after them, return on what was put in."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.screening.cost import cost_to_serve

INPUTS = (
    *("time", "visits", "marketing", "proposals", "technicians", "seniors"),
    *("materials", "samples", "demonstrations", "opportunity", "risk"),
)


def account_cost(activities, prices):
    """Cost of each account by the eleven inputs.

    Parameters
    ----------
    activities : DataFrame
        One row per activity: ``customer``, ``activity`` (`INPUTS`), ``quantity`` (hours, visits,
        pieces; of ``opportunity`` the hours that others would have got, of ``risk`` the money at
        stake × its chance, at a price of 1).
    prices : mapping of str to float
        Cost of one unit of each of the eleven; the price of an hour of ``opportunity`` is what it
        would have earned elsewhere *above* its cost, or time is paid twice.

    Returns
    -------
    DataFrame
        Index ``customer``, sorted; a column of cost per input and ``cost``, their sum.

    Raises
    ------
    InputError
        As `coursekit.screening.cost_to_serve`; or one of the eleven has no price.

    Notes
    -----
    Syllabus item key_accounts.3.3: time and energy, visits, marketing and sales management,
    proposals, technicians, seniors, materials, samples, demonstrations, opportunity cost,
    reputation and risk. It fails where effort is not written down: the account with the thinnest
    log looks the cheapest.
    """
    inputs.columns(pd.DataFrame(columns=list(prices)), *INPUTS)
    inputs.one_of(activities, "activity", INPUTS)
    return cost_to_serve(activities, {code: prices[code] for code in INPUTS})


def profit_after(accounts):
    """Profit of each account after what serving it costs, and the return on that.

    Parameters
    ----------
    accounts : DataFrame
        ``revenue``, ``margin`` (money left after the goods), ``cost`` (see `account_cost`).

    Returns
    -------
    DataFrame
        Index kept. ``gross`` (margin over revenue), ``profit`` (margin − cost), ``net`` (profit
        over revenue), ``back``: margin per unit of cost (infinite without cost where there is
        margin); ``rank`` by margin and ``rank_after`` by profit, 1 the best, equals alike. Shares
        are NaN without revenue.

    Raises
    ------
    InputError
        A column is absent, a figure missing, or revenue or cost negative.

    Notes
    -----
    Syllabus item key_accounts.3.3. Feed ``profit`` to `coursekit.concentration.whale_curve`. It
    fails as a reason to drop an account at once: what was put in this year may bring the next.
    """
    inputs.columns(accounts, "revenue", "margin", "cost")
    revenue = inputs.numbers(accounts["revenue"], "revenue", least=0, empty=True)
    margin = inputs.numbers(accounts["margin"], "margin", empty=True)
    cost = inputs.numbers(accounts["cost"], "cost", least=0, empty=True)
    profit = margin - cost
    sold = revenue.where(revenue > 0)
    without = np.where(margin > 0, math.inf, math.nan)
    back = np.divide(margin.to_numpy(), cost.to_numpy(), out=without, where=cost.to_numpy() > 0)
    return pd.DataFrame(
        {
            "gross": margin / sold,
            "profit": profit,
            "net": profit / sold,
            "back": back,
            "rank": margin.rank(ascending=False, method="min").astype(int),
            "rank_after": profit.rank(ascending=False, method="min").astype(int),
        }
    )
