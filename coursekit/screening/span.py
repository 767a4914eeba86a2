"""How many customers one can manage, which first, and when to add people."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.trials import wilson_frame

MIDDLE = 50.0  # of scores 0 to 100


def capacity_curve(hours, best, half, setup, most=60):
    """Win rate and wins by the number of customers that share one person's hours.

    Parameters
    ----------
    hours : float
        Of the person in the period, above 0.
    best : float
        Win rate with all the time in the world, 0 to 1.
    half : float
        Working hours per customer that reach half of it, above 0.
    setup : float
        Hours that each customer takes before any of it works (travel, reading in), 0 or above.
    most : int, default 60
        Customers up to which the curve is drawn.

    Returns
    -------
    DataFrame
        Index ``customers`` 1 to `most`: ``hours_each``, ``rate`` = best × (1 − 2^(−(hours_each −
        setup) / half)), 0 where the set-up takes all; ``wins`` = customers × rate. The peak is
        ``["wins"].idxmax()``.

    Raises
    ------
    InputError
        A value outside its limits.

    Notes
    -----
    Syllabus item screening.1.3: the more customers, the lower the win rate. Without set-up time
    more customers would always bring more wins; it is the set-up that makes too many. It fails
    where customers are unlike: then choose them, `coursekit.choice.choose`.
    """
    hours = inputs.number(hours, "hours", above=0)
    best = inputs.number(best, "rate", least=0, most=1)
    half = inputs.number(half, "half", above=0)
    setup = inputs.number(setup, "setup", least=0)
    customers = np.arange(1, inputs.whole(most, "customers", least=1) + 1)
    each = hours / customers
    rate = best * -np.expm1(-math.log(2) * np.maximum(0, each - setup) / half)
    return pd.DataFrame(
        {"hours_each": each, "rate": rate, "wins": customers * rate},
        index=pd.Index(customers, name="customers"),
    )


def rate_by_load(customers, won, edges):
    """Observed win rate by the number of customers carried.

    Parameters
    ----------
    customers, won : Series or array_like of int, shape (n_person_months,)
        Customers that a person carried in a month, and how many of them he won.
    edges : sequence of float
        Upper borders of the classes, ascending, each included; the last class is open.

    Returns
    -------
    DataFrame
        One row per class: ``upto`` (infinite for the last), ``months`` in it, ``won n rate low
        high`` (Wilson, 95%).

    Raises
    ------
    InputError
        More won than carried, or counts that are none.

    Notes
    -----
    Syllabus item screening.1.3. It fails where good people get more customers: then more looks
    better. Compare a person with himself.
    """
    customers = inputs.numbers(customers, "customers", least=0, empty=True)
    won = inputs.paired(inputs.numbers(won, "won", least=0, empty=True), customers, "won")
    edges = [*sorted(float(edge) for edge in edges), math.inf]
    place = np.searchsorted(edges, customers.to_numpy(), side="left")
    classes = range(len(edges))
    won, n = (v.groupby(place).sum().reindex(classes, fill_value=0.0) for v in (won, customers))
    months = pd.Series(place).value_counts().reindex(classes, fill_value=0)
    table = wilson_frame(won, n)
    table.insert(0, "upto", edges)
    table.insert(1, "months", months.to_numpy())
    return table.reset_index(drop=True)


def first_things(importance, urgency, n):
    """Which customers to work now, within the number that one can manage.

    Parameters
    ----------
    importance, urgency : Series or array_like, shape (n_customers,)
        Scores 0 to 100.
    n : int
        Customers one can manage, 0 or more.

    Returns
    -------
    DataFrame
        Index of `importance`: ``importance urgency``; ``class``: ``now`` (both at least 50),
        ``plan`` (important only), ``quick`` (urgent only), ``leave``; ``taken``: the first n, by
        class in this order, then importance, then urgency, then label.

    Raises
    ------
    InputError
        Lengths differ, or a score is missing or outside 0 to 100.

    Notes
    -----
    Syllabus item screening.4.2. It fails where urgency is only noise from the customer: then the
    loudest wins; and planned ones that are never taken turn urgent.
    """
    importance = inputs.numbers(importance, "score", least=0, most=100, empty=True)
    urgency = inputs.numbers(urgency, "score", least=0, most=100, empty=True)
    urgency = inputs.paired(urgency, importance, "score")
    n = inputs.whole(n, "customers")
    table = pd.DataFrame({"importance": importance, "urgency": urgency})
    rank = 2 * (importance < MIDDLE).astype(int) + (urgency < MIDDLE).astype(int)
    table["class"] = rank.map(dict(enumerate(("now", "plan", "quick", "leave")))).astype(object)
    order = inputs.ordered(table.assign(rank=rank, place=np.arange(len(table))))
    order = order.sort_values(
        ["rank", "importance", "urgency"], ascending=[True, False, False], kind="stable"
    )
    taken = np.zeros(len(table), dtype=bool)
    taken[order["place"].to_numpy()[:n]] = True
    return table.assign(taken=taken)


def heads_needed(load, per_head, heads, lead_months=0):
    """When people must be added, so that they can work when the load comes.

    Parameters
    ----------
    load : Series or array_like, shape (n_months,)
        Customers (or hours) to be worked per month, in the order of the months.
    per_head : float
        What one person manages in a month, above 0.
    heads : int
        People today.
    lead_months : int, default 0
        Months from the decision until a new one carries a full load.

    Returns
    -------
    DataFrame
        Index of `load`: ``load``, ``needed`` (heads, rounded to nine digits, then up), ``short``
        (needed less today's heads, 0 at least), ``start`` (how many to begin looking for in this
        month), ``late`` (bool: of those in the first month, some are needed before they can be
        there).

    Raises
    ------
    InputError
        A value is missing or outside its limits.

    Notes
    -----
    Syllabus item screening.4.4. Nobody is sent away when the load falls: heads only rise here.
    It fails on hope: let the load be the pipeline that can be shown, not the one that is listed.
    """
    load = inputs.ordered(inputs.numbers(load, "load", least=0))
    per_head = inputs.number(per_head, "load", above=0)
    heads, lead = inputs.whole(heads, "heads"), inputs.whole(lead_months, "lag")
    needed = np.ceil(np.round(load.to_numpy() / per_head, 9)).astype(np.int64)
    rising = np.maximum.accumulate(np.maximum(needed, heads))
    joins = np.diff(rising, prepend=heads)
    start = np.zeros(len(load), dtype=np.int64)
    np.add.at(start, np.maximum(0, np.arange(len(load)) - lead), joins)
    late = np.zeros(len(load), dtype=bool)
    late[0] = bool(joins[:lead].any())
    return pd.DataFrame(
        {
            "load": load,
            "needed": needed,
            "short": np.maximum(0, needed - heads),
            "start": start,
            "late": late,
        },
        index=load.index,
    )
