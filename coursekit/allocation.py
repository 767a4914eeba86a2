"""Hours or money under diminishing response: the best split, and what a given one loses."""

import heapq
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

MOST_STEPS = 1_000_000


def response(spent, ceiling, half):
    """What customers bring for what is spent on each.

    Parameters
    ----------
    spent : Series or array_like, shape (n_customers,)
        Hours or money, 0 or above.
    ceiling : Series or array_like, shape (n_customers,)
        Most that each could bring, 0 or above.
    half : Series or array_like, shape (n_customers,)
        What must be spent to get half of it, above 0.

    Returns
    -------
    Series
        ceiling × (1 − 2^(−spent / half)), index of `ceiling`: each further `half` brings half
        of what is still missing.

    Raises
    ------
    InputError
        Lengths differ, or a value is missing or outside its limits.

    Notes
    -----
    Syllabus items screening.1.3 and key_accounts.3.4. A curve to think with, not a law: it fails
    where a first visit alone brings nothing (set-up time: `screening.capacity_curve`).
    """
    ceiling, half = _curve(ceiling, half)
    spent = inputs.paired(inputs.numbers(spent, "spent", least=0, empty=True), ceiling, "spent")
    return ceiling * -np.expm1(-math.log(2) * spent / half)


def best_split(ceiling, half, total, step=None):
    """The split of hours or money that brings most.

    Parameters
    ----------
    ceiling, half : Series or array_like, shape (n_customers,)
        As of `response`.
    total : float
        Hours or money to split, 0 or above.
    step : float, optional
        Smallest unit, for example 4 hours; without it any amount can be given. What is left of
        `total` after whole steps stays unspent.

    Returns
    -------
    Series
        Index of `ceiling`. Equal next steps go to the customer whose label comes first.

    Raises
    ------
    InputError
        As `response`; nobody to spend on; more than a million steps.

    Notes
    -----
    Syllabus items screening.1.3 and key_accounts.3.4. At the optimum the next hour brings the same
    everywhere it is spent (H. H. Gossen, 1854), and less with all who get none. It is flat: a
    split near it loses little, so do not fight over single hours. It fails where ceilings are
    guessed: then split for a range of them.
    """
    ceiling, half = _curve(ceiling, half)
    total = inputs.number(total, "total", least=0)
    if not len(ceiling):
        raise InputError("inputs.empty", name="quantity.ceiling")
    if step is None:
        return _continuous(ceiling, half, total)
    return _stepwise(ceiling, half, total, inputs.number(step, "step", above=0))


def split_loss(split, ceiling, half, total=None, step=None):
    """What a split brings, against the best one.

    Parameters
    ----------
    split : Series or array_like, shape (n_customers,)
        What is spent on each customer.
    ceiling, half : Series or array_like, shape (n_customers,)
        As of `response`.
    total : float, optional
        What may be spent; without it what the split spends.
    step : float, optional
        As of `best_split`.

    Returns
    -------
    dict
        ``value`` of the split, ``best`` that was possible, ``lost`` (best less value), ``reached``
        (value over best, NaN where nothing could be had), ``spent``, ``unspent``.

    Raises
    ------
    InputError
        As `best_split`; or the split spends more than `total`.

    Notes
    -----
    Syllabus items screening.1.3 and key_accounts.3.4. It fails where the ceilings are guessed: the
    best is then the best of a guess, and a loss of a few percent is within it.
    """
    ceiling, half = _curve(ceiling, half)
    value = math.fsum(response(split, ceiling, half))
    spent = math.fsum(inputs.numbers(split, "spent", least=0))
    total = spent if total is None else inputs.number(total, "total", least=0)
    if spent > total + 1e-9 * max(1.0, total):
        raise InputError("allocation.over", spent=spent, total=total)
    best = math.fsum(response(best_split(ceiling, half, total, step), ceiling, half))
    best = max(best, value)  # a split finer than the step may do better
    return {
        "value": value,
        "best": best,
        "lost": best - value,
        "reached": value / best if best else math.nan,
        "spent": spent,
        "unspent": max(0.0, total - spent),
    }


def attention(hours, value):
    """Time spent on each customer against what he brings.

    Parameters
    ----------
    hours : Series or array_like, shape (n_customers,)
        Time of the period, 0 or above.
    value : Series or array_like, shape (n_customers,)
        Revenue or profit of the same customers and period, 0 or above.

    Returns
    -------
    DataFrame
        Index of `value`: ``hours value hours_share value_share``; ``fair``, the hours if
        attention followed value; ``move``, fair less today's (sums to 0). Half the sum of the
        absolute moves is the time misplaced. Shares are NaN where a total is 0.

    Raises
    ------
    InputError
        Lengths differ, or a value is missing or below 0.

    Notes
    -----
    Syllabus item planning.3.2. It fails for new customers, who bring nothing yet, and for large
    ones who order by themselves: following value is a question to each, not the optimum; that is
    `best_split`.
    """
    value = inputs.numbers(value, "value", least=0)
    hours = inputs.paired(inputs.numbers(hours, "hours", least=0), value, "hours")
    spent, brought = math.fsum(hours), math.fsum(value)
    value_share = value / brought if brought else value * math.nan
    fair = value_share * spent
    return pd.DataFrame(
        {
            "hours": hours,
            "value": value,
            "hours_share": hours / spent if spent else hours * math.nan,
            "value_share": value_share,
            "fair": fair,
            "move": fair - hours,
        }
    )


def _continuous(ceiling, half, total):
    """Solve for the marginal value that is equal at all who get something, in logarithms."""
    first = np.full(len(ceiling), -math.inf)
    worth = ceiling.to_numpy() > 0
    first[worth] = np.log2(ceiling.to_numpy()[worth]) - np.log2(half.to_numpy()[worth])
    order = np.argsort(-first, kind="stable")
    order = order[np.isfinite(first[order])]
    if not len(order):
        return pd.Series(0.0, ceiling.index)
    steepness, halves = first[order], half.to_numpy()[order]
    # with the k steepest served, their marginal value has fallen to this level
    level = (np.cumsum(halves * steepness) - total) / np.cumsum(halves)
    # the steepest is served whatever rounding says of a total near 0
    served = int(np.max(np.flatnonzero(steepness >= level), initial=0))
    spent = np.zeros(len(ceiling))
    spent[order] = np.maximum(0.0, halves * (steepness - level[served]))
    if spent.sum():
        spent *= total / spent.sum()  # what rounding took
    return pd.Series(spent, ceiling.index)


def _stepwise(ceiling, half, total, step):
    """Give step after step to whoever it brings most with: exact, as the response only flattens."""
    steps = math.floor(round(total / step, 9))
    if steps > MOST_STEPS:
        raise InputError("allocation.too_many_steps", n=steps, most=MOST_STEPS)
    # in the order of the labels, so that the order of rows never decides between equal steps
    order = inputs.ordered(pd.Series(range(len(ceiling)), ceiling.index)).to_numpy()
    kept = np.exp2(-step / half.to_numpy()[order])  # of what is missing, after one more step
    gain = ceiling.to_numpy()[order] * (1 - kept)
    queue = [(-worth, rank) for rank, worth in enumerate(gain)]
    heapq.heapify(queue)
    given = np.zeros(len(order))
    for _ in range(steps):
        worth, rank = queue[0]
        if worth == 0:
            break
        given[rank] += 1
        heapq.heapreplace(queue, (worth * kept[rank], rank))
    split = np.empty(len(order))
    split[order] = given * step
    return pd.Series(split, ceiling.index)


def _curve(ceiling, half):
    ceiling = inputs.numbers(ceiling, "ceiling", least=0, empty=True)
    half = inputs.paired(inputs.numbers(half, "half", empty=True), ceiling, "half")
    if (half <= 0).any():
        raise InputError("allocation.half_not_above_0", half.index[half <= 0])
    return ceiling, half
