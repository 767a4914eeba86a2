"""Which customers to take on when time is short: the best set within a capacity, exactly."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

MOST_CELLS = 20_000_000  # customers times units of effort


def choose(value, effort, capacity):
    """The set of customers that brings most within a capacity.

    Parameters
    ----------
    value : Series or array_like, shape (n_customers,)
        Money that each would bring, to the hundredth; a value of 0 or below is never chosen.
    effort : Series or array_like, shape (n_customers,)
        Hours that each takes as a whole, 0 or above, to the hundredth.
    capacity : float
        Hours there are, 0 or above.

    Returns
    -------
    Series of bool
        Index of `value`. Of sets that bring the same one is taken, always the same.

    Raises
    ------
    InputError
        Lengths differ, something is missing or below 0, or customers times hours are too many
        for an exact answer (20 million of the common unit).

    Notes
    -----
    Syllabus items screening.2.6 and screening.2.7; the 0/1 knapsack, by dynamic programming.
    Taking the best value per hour first is near it, but a large order can shut out two that
    together bring more. It fails where part of an effort already brings part of the value: then
    use `coursekit.allocation.best_split`.
    """
    value, effort, capacity = _checked(value, effort, capacity)
    best, taken, order, efforts = _table(value, effort, capacity)
    chosen = np.zeros(len(value), dtype=bool)
    left = len(best) - 1
    for row in range(len(order) - 1, -1, -1):
        if taken[row, left]:
            chosen[order[row]] = True
            left -= efforts[row]
    return pd.Series(chosen, value.index, name="chosen")


def frontier(value, effort, capacities):
    """Most that can be had at each capacity: value against effort.

    Parameters
    ----------
    value, effort : Series or array_like, shape (n_customers,)
        As of `choose`.
    capacities : array_like, shape (n_capacities,)
        Hours, 0 or above.

    Returns
    -------
    Series
        Index `capacities`: money of the best set. What one more hour brings falls, but not
        evenly: customers come whole.

    Raises
    ------
    InputError
        As `choose`.

    Notes
    -----
    Syllabus item screening.2.6: where the curve turns flat, more customers cost more than they
    bring. It fails where values are wishes: doubtful customers at full value keep the curve steep,
    and people are added to work them.
    """
    capacities = inputs.numbers(capacities, "capacity", least=0)
    value, effort, most = _checked(value, effort, float(capacities.max()))
    best, _, _, _ = _table(value, effort, most)
    places = [min(_units(hours, effort), len(best) - 1) for hours in capacities]
    return pd.Series(best[places] / 100, index=capacities.to_numpy(), name="value")


def choice_loss(chosen, value, effort, capacity):
    """What a choice brings, against the best one.

    Parameters
    ----------
    chosen : Series or array_like of bool, shape (n_customers,)
    value, effort, capacity
        As of `choose`.

    Returns
    -------
    dict
        ``value``, ``best``, ``lost``, ``reached`` (share of the best, NaN where nothing can be
        had), ``effort``, ``over`` (hours beyond the capacity, 0 where it fits). A choice that
        does not fit has ``value`` 0: it cannot be kept.

    Raises
    ------
    InputError
        As `choose`, or a choice that is neither yes nor no.

    Notes
    -----
    Syllabus items screening.2.6 and screening.2.7. It fails where values are wishes: what was given
    away is then measured against a set that only looked best.
    """
    value, effort, capacity = _checked(value, effort, capacity)
    marks = inputs.paired(inputs.yes_no(chosen, "chosen"), value, "chosen").to_numpy()
    spent = math.fsum(effort[marks])
    over = max(0.0, round(spent - capacity, 9))
    brought = 0.0 if over else math.fsum(value[marks])
    best = max(brought, math.fsum(value[choose(value, effort, capacity)]))
    return {
        "value": brought,
        "best": best,
        "lost": best - brought,
        "reached": brought / best if best else math.nan,
        "effort": spent,
        "over": over,
    }


def _table(value, effort, capacity):
    """Best money in hundredths per unit of capacity, and which customer was taken for it."""
    size = _units(capacity, effort)
    cents = np.round(value.to_numpy() * 100).astype(np.int64)
    units = _hundredths(effort) // _unit(effort)
    # in the order of the labels, so that the order of rows never decides between equal sets
    order = inputs.ordered(pd.Series(np.arange(len(value)), value.index)).to_numpy()
    order = order[(cents[order] > 0) & (units[order] <= size)]
    size = min(size, int(units[order].sum()))
    if len(order) * (size + 1) > MOST_CELLS:
        raise InputError("choice.too_large", n=len(order), hours=capacity)
    best = np.zeros(size + 1, dtype=np.int64)
    taken = np.zeros((len(order), size + 1), dtype=bool)
    for row, place in enumerate(order):
        with_it = best[: size + 1 - units[place]] + cents[place]
        better = with_it > best[units[place] :]
        taken[row, units[place] :] = better
        best[units[place] :] = np.where(better, with_it, best[units[place] :])
    return best, taken, order, units[order]


def _units(capacity, effort):
    return math.floor(round(capacity * 100, 6)) // _unit(effort)


def _unit(effort):
    """Largest unit, in hundredths of an hour, that all efforts are whole multiples of."""
    return max(1, int(np.gcd.reduce(_hundredths(effort)))) if len(effort) else 1


def _hundredths(effort):
    return np.round(effort.to_numpy() * 100).astype(np.int64)


def _checked(value, effort, capacity):
    value = inputs.numbers(value, "value", least=-1e12, most=1e12, empty=True)
    effort = inputs.numbers(effort, "effort", least=0, most=1e9, empty=True)
    effort = inputs.paired(effort, value, "effort")
    return value, effort, inputs.number(capacity, "capacity", least=0)
