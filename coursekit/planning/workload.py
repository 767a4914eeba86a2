"""From a target back to the work it takes."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

DRAWS = 20_000


def gap(target, existing, keep=1.0):
    """What new customers have to bring.

    Parameters
    ----------
    target : float
        Money of the period.
    existing : Series or array_like, shape (n_customers,)
        What each existing customer brought in the period before.
    keep : float or array_like, shape (n_customers,), default 1.0
        Share of it that is expected again; above 1 where a customer grows.

    Returns
    -------
    float
        Money, 0 where the base reaches the target alone.

    Raises
    ------
    InputError
        A value below 0 or missing, or lengths that differ.

    Notes
    -----
    Syllabus item screening.3.1. It fails where one customer is most of the base: then ask what
    is left without him, and not only for the mean.
    """
    target = inputs.number(target, "target", least=0)
    existing = inputs.numbers(existing, "revenue", least=0, empty=True)
    if np.ndim(keep) == 0:
        keep = np.full(len(existing), keep)
    keep = inputs.paired(inputs.numbers(keep, "share", least=0, empty=True), existing, "share")
    base = math.fsum(existing * keep)
    return max(0.0, target - base)


def work_back(target, order_value, repeat, rates):
    """Counts per step that a target takes, leads first.

    Parameters
    ----------
    target : float
        Money, 0 or above.
    order_value : float
        Money per order, above 0.
    repeat : float
        Orders per buyer in the period, the first one included; above 0.
    rates : sequence of float, shape (n_steps,)
        Share that passes each step, leads first, each in (0, 1].

    Returns
    -------
    tuple of int, length n_steps + 1
        Leads, then what is left after each step, buyers last. Each count is rounded to nine
        digits, then up, and the step before is worked out from the rounded one: whole visits
        lead to whole orders.

    Raises
    ------
    InputError
        A value outside its limits.

    Notes
    -----
    Syllabus item planning.4.3. A plan at the mean rates is missed about every second time: see
    `work_back_band`. It fails where leads differ: a referral is not a cold call.
    """
    buyers = _buyers(target, order_value, repeat)
    counts = [_up(buyers)]
    for rate in reversed(_rates(rates)):
        counts.append(_up(counts[-1] / rate))
    return tuple(reversed(counts))


def work_back_band(target, order_value, repeat, passed, tried, level=0.8, *, seed=0):
    """As `work_back`, with a band from rates that are known by few cases only.

    Parameters
    ----------
    target, order_value, repeat : float
        As `work_back`.
    passed, tried : sequence of int, shape (n_steps,)
        Own history per step, leads first: how many were tried and how many passed, at least one.
    level : float, default 0.8
        Of the band, in (0, 1).
    seed : int, default 0

    Returns
    -------
    DataFrame, shape (n_steps + 1, 4)
        Leads first: ``plan`` at the rates of the history; ``low`` and ``high``, counts that
        suffice in (1 − level) / 2 and in (1 + level) / 2 of 20,000 draws of the rates;
        ``enough``, the share of draws in which the plan suffices, 1 for the buyers, whose number
        the target sets.

    Raises
    ------
    InputError
        A value outside its limits, more passed than tried, none passed at a step, or lengths
        that differ.

    Notes
    -----
    Syllabus item planning.4.3. Each rate is drawn from Beta(passed + 1/2, failed + 1/2), the
    steps independently of each other (H. Jeffreys). Off by 0.007 at most in 19 of 20 cases. The
    band holds what is unknown about the rates, not the luck of the month itself, and nothing of
    a market that has changed since.
    """
    level = inputs.open_share(level, "level")
    passed, tried = np.atleast_1d(passed), np.atleast_1d(tried)
    inputs.same_length(passed, tried, "tries")
    for hits, n in zip(passed, tried, strict=True):
        inputs.whole(n, "tries", least=1)
        inputs.whole(hits, "passed", least=1, most=float(n))
    plan = work_back(target, order_value, repeat, passed / tried)
    generator = np.random.default_rng(seed)
    counts = np.full(DRAWS, _buyers(target, order_value, repeat))
    rows = []
    for step in range(len(plan) - 1, -1, -1):
        if step < len(plan) - 1:
            hits, n = passed[step], tried[step]
            counts = counts / generator.beta(hits + 0.5, n - hits + 0.5, DRAWS)
        low, high = np.quantile(counts, [(1 - level) / 2, (1 + level) / 2])
        enough = float(np.mean(counts <= plan[step] + 1e-9))
        rows.append({"plan": plan[step], "low": _up(low), "high": _up(high), "enough": enough})
    return pd.DataFrame(rows[::-1])


def _buyers(target, order_value, repeat):
    target = inputs.number(target, "target", least=0)
    order_value = inputs.number(order_value, "order_value", above=0)
    repeat = inputs.number(repeat, "repeat", above=0)
    return target / (order_value * repeat)


def _rates(rates):
    checked = inputs.numbers(rates, "rate", least=0, most=1, empty=True)
    if (checked == 0).any():
        raise InputError("planning.rate_is_zero", checked.index[checked == 0])
    return checked.tolist()


def _up(value):
    return math.ceil(round(float(value), 9))
