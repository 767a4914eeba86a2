"""When to let go: zombies, ribs, and what going on is still worth."""

import math

import numpy as np
import pandas as pd

from coursekit import funnel, inputs


def zombies(deals, today, *, limit_days=None, quiet_days=30, worth=None, ladder=None):
    """Which open deals live, which only cost time.

    Parameters
    ----------
    deals : DataFrame
        Columns of the deals schema by code; ``stage`` is required.
    today : date, str or Timestamp
    limit_days : int, optional
        Age from which a deal is old; without it the age of the oldest deal that ever closed, if
        enough have closed.
    quiet_days : int, default 30
        Days without contact from which a deal is silent.
    worth : float, optional
        Expected value below which a living deal is a rib: little meat, hard to throw away.
    ladder : Ladder, optional
        The kit's own by default.

    Returns
    -------
    DataFrame
        One row per open deal, index kept: ``old``, ``silent``, ``no_step`` (True, False or None
        where that cannot be checked), ``signs`` (how many are True), ``checked`` (how many could
        be), ``expected`` (money; NaN without an amount), ``kind``: ``zombie``, ``rib`` or ``""``,
        ``verdict``: ``drop`` (every sign that could be checked, at least two), ``test`` (one at
        least, or a rib), ``keep``.

    Raises
    ------
    InputError
        No column ``stage``, something that is no date, or a limit below 1.

    Notes
    -----
    Syllabus item screening.1.4. That a customer is friendly, rich, large or trusting is no sign
    of life. Test means one honest question with a date, not another quarter of hope. It fails
    for tenders that rest by their nature: give those a snooze with a reason.
    """
    ladder = ladder or funnel.Ladder.load()
    quiet_days = inputs.whole(quiet_days, "days", least=1)
    if limit_days is None:
        limit_days = funnel.age_limit(deals, ladder)
    else:
        limit_days = inputs.whole(limit_days, "days", least=1)
    expected = funnel.review(deals, today, ladder)["expected"]
    is_alive = funnel.is_open(funnel.known_stage(deals["stage"]))
    alive = deals[is_alive]
    signs = pd.DataFrame(
        {
            "old": _beyond(funnel.age_days(alive, today), limit_days),
            "silent": _beyond(funnel.days_since(alive, "last_contact", today), quiet_days),
            "no_step": _without_step(alive, today),
        },
        index=alive.index,
        dtype=object,
    )
    table = signs.assign(
        signs=(signs == True).sum(axis=1),  # noqa: E712 None is neither
        checked=signs.notna().sum(axis=1),
        expected=expected[is_alive],
    )
    zombie = (table["signs"] == table["checked"]) & (table["checked"] >= 2)
    rib = pd.Series(False, table.index)
    if worth is not None:
        rib = ~zombie & (table["expected"] < inputs.number(worth, "value", least=0))
    table["kind"] = np.select([zombie, rib], ["zombie", "rib"], "").astype(object)
    doubtful = rib | (table["signs"] > 0)
    table["verdict"] = np.select([zombie, doubtful], ["drop", "test"], "keep").astype(object)
    return table


def freed(verdict, hours, value):
    """What the time that goes into dead deals would bring with the living.

    Parameters
    ----------
    verdict : Series of str
        As of `zombies`.
    hours : Series or array_like, shape (n_deals,)
        Time spent on each in the period, 0 or above.
    value : Series or array_like, shape (n_deals,)
        Expected value of each; missing ones count nothing.

    Returns
    -------
    dict
        ``hours`` that dropping frees; ``per_hour``, expected value per hour of the deals that are
        kept (NaN without hours there); ``cost``, both multiplied: the price of not dropping.

    Raises
    ------
    InputError
        Lengths differ, or hours are missing or below 0.

    Notes
    -----
    Syllabus item screening.1.4. It fails as a promise, being an upper bound: the freed hour meets
    deals that already have their best hours.
    """
    hours = inputs.paired(inputs.numbers(hours, "hours", least=0, empty=True), verdict, "hours")
    value = inputs.numbers(value, "value", missing=True, empty=True)
    value = inputs.paired(value, verdict, "value").fillna(0.0)
    kept = verdict == "keep"
    spent, lost = math.fsum(hours[kept]), math.fsum(hours[verdict == "drop"])
    per_hour = math.fsum(value[kept]) / spent if spent else math.nan
    return {"hours": lost, "per_hour": per_hour, "cost": lost * per_hour}


def going_on(value, rates, costs, alternative=0.0):
    """What going on with a deal is worth at each step, when one may stop at any.

    Parameters
    ----------
    value : float
        Money that the deal brings once all steps are passed.
    rates : sequence of float, shape (n_steps,)
        Chance to pass each step, first one first, 0 to 1.
    costs : sequence of float, shape (n_steps,)
        What trying each step costs from now on, 0 or above. What is already spent is not in it.
    alternative : float or sequence of float, default 0.0
        What the same time would bring elsewhere, per step.

    Returns
    -------
    DataFrame
        One row per step: ``rate``, ``cost`` (with the alternative), ``worth`` of going on before
        the step, ``go`` (bool: it is above 0).

    Raises
    ------
    InputError
        Lengths differ, or a value is missing or outside its limits.

    Notes
    -----
    Syllabus item screening.4.5; backward induction: worth = rate × max(worth of the next step, 0)
    − cost. Money spent is spent whatever one decides. It fails where the rates are wishes: put in
    those of deals that looked like this one, lost ones included.
    """
    value = inputs.number(value, "value")
    rates = inputs.numbers(rates, "rate", least=0, most=1).to_numpy()
    costs = inputs.numbers(costs, "cost", least=0)
    inputs.same_length(costs, rates, "cost")
    if np.ndim(alternative) == 0:
        alternative = np.full(len(rates), alternative)
    other = inputs.numbers(alternative, "value", least=0)
    inputs.same_length(other, rates, "value")
    costs = costs.to_numpy() + other.to_numpy()
    worth = np.empty(len(rates))
    ahead = value
    for step in range(len(rates) - 1, -1, -1):
        worth[step] = rates[step] * ahead - costs[step]
        ahead = max(worth[step], 0.0)
    return pd.DataFrame({"rate": rates, "cost": costs, "worth": worth, "go": worth > 0})


def regret(worth, went_on):
    """Money that a decision to go on or to stop gives away, on average.

    Parameters
    ----------
    worth : Series or array_like, shape (n_deals,)
        Of going on, as `going_on` gives it for the step ahead.
    went_on : Series or array_like of bool, shape (n_deals,)

    Returns
    -------
    Series
        Index of `worth`: what the better decision would have brought more, 0 where it was taken.

    Raises
    ------
    InputError
        Lengths differ, something is missing, or a decision that is neither yes nor no.

    Notes
    -----
    Syllabus item screening.4.5. It fails where the worth was a wish: then going on never looks
    wrong. A good decision can still end badly: it is judged by what could be known, not by how this
    one deal came out.
    """
    worth = inputs.numbers(worth, "value", empty=True)
    went_on = inputs.paired(inputs.yes_no(went_on, "chosen"), worth, "chosen")
    return worth.clip(lower=0) - worth.where(went_on, 0.0)


def _beyond(days, limit):
    """True, False, or None where there is no date or no limit."""
    if limit is None:
        return [None] * len(days)
    return [None if math.isnan(n) else bool(n > limit) for n in days]


def _without_step(deals, today):
    if not {"next_step", "next_step_date"} & set(deals.columns):
        return [None] * len(deals)
    return funnel.without_next_step(deals, today).tolist()
