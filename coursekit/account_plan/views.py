"""What the plan says at one look: forecast by product, actions by date, what is not known yet."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.account_plan.sheets import as_plan, table
from coursekit.inputs import as_day

SOURCES = ("missing", "background", "customer_view", "documents", "own_knowledge", "market")


def product_forecast(plan):
    """Expected revenue by product and period.

    Parameters
    ----------
    plan : dict
        See `coursekit.account_plan.check`; rows of ``products`` with something missing are left
        out.

    Returns
    -------
    DataFrame
        Index ``product``, sorted; a column of expected money (amount × rate) per period, in the
        order of the revenue sheet, then ``total``; the last row ``""`` holds the sums.

    Raises
    ------
    InputError
        The plan is no dict.

    Notes
    -----
    Syllabus item key_accounts.4.3. Expected values add up over products. They fail on a single
    order, which comes or does not: a period with one large order is never near its figure.
    """
    plan = as_plan(plan)
    rows = table(plan, "products").dropna()
    first = table(plan, "revenue")["period"].dropna()
    periods = list(dict.fromkeys([*first, *sorted(rows["period"])]))
    expected = (rows["amount"] * rows["rate"]).groupby([rows["product"], rows["period"]]).sum()
    grid = expected.unstack(fill_value=0.0).reindex(columns=periods, fill_value=0.0)
    grid = grid.astype(float).rename_axis(index="product", columns=None)
    grid["total"] = grid.sum(axis=1)
    grid.loc[""] = grid.sum()
    return grid


def open_actions(plan, today, days=30):
    """Actions by date, with what they are for.

    Parameters
    ----------
    plan : dict
    today : date, str or Timestamp
    days : int, default 30
        How far "soon" reaches.

    Returns
    -------
    DataFrame
        The sheet ``actions`` by ``due`` (without a date last), with ``state``: ``past``, ``soon``,
        ``later``, ``no_date``.

    Raises
    ------
    InputError
        The plan is no dict, or `today` no day.

    Notes
    -----
    Syllabus items key_accounts.4.3 and key_accounts.4.4: an action has an owner and a date. It
    fails where the customer knows nothing of it: "follow up" with a date ranks like a meeting that
    he agreed to.
    """
    actions = table(as_plan(plan), "actions")
    today, days = as_day(today), inputs.whole(days, "days", least=0)
    left = (actions["due"] - today).dt.days
    state = np.select([left.isna(), left < 0, left <= days], ["no_date", "past", "soon"], "later")
    actions = actions.assign(state=pd.Series(state, actions.index, dtype=object))
    return actions.sort_values("due", kind="stable", na_position="last")


def not_known_yet(plan, today):
    """What is not known yet, who finds out, until when, and where nobody looks.

    Parameters
    ----------
    plan : dict
    today : date, str or Timestamp

    Returns
    -------
    questions : DataFrame
        The sheet ``unknown`` with ``state``: ``found``, ``no_owner``, ``no_date``, ``past``,
        ``open``; by date, found ones last.
    untouched : tuple of str
        Of the six sources of research (`SOURCES`) those without any question, found or not.

    Raises
    ------
    InputError
        The plan is no dict, or `today` no day.

    Notes
    -----
    Syllabus item key_accounts.4.1. It fails where nobody knows what to ask: such a gap has no row,
    so an empty list is rarely knowledge; and ``found`` does not tell hearsay from what the customer
    said.
    """
    questions, today = table(as_plan(plan), "unknown"), as_day(today)
    holds = [
        questions["found"].notna(),
        questions["owner"].isna(),
        questions["due"].isna(),
        questions["due"] < today,
    ]
    state = np.select(holds, ["found", "no_owner", "no_date", "past"], "open")
    questions = questions.assign(state=pd.Series(state, questions.index, dtype=object))
    done = questions["state"] == "found"
    ranked = questions.assign(done=done).sort_values(["done", "due"], kind="stable")
    untouched = tuple(s for s in SOURCES if not (questions["source"] == s).any())
    return ranked.drop(columns="done"), untouched
