"""Result = leads × conversion × order value × repeat purchases: what moves it, and by how much."""

import dataclasses
import itertools
import math
from fractions import Fraction

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

LEVERS = ("leads", "conversion", "order_value", "repeat")
_MOST = {"conversion": 1.0}  # every other lever is open upwards

# what to look at when a lever sinks; the syllabus names the five, their places are our reading
POINTS = {
    "leads": ("count", "referrals"),
    "conversion": ("fit", "skill"),
    "order_value": ("fit", "skill"),
    "repeat": ("care",),
}


@dataclasses.dataclass(frozen=True, eq=False)
class Performance:
    """A result and what each of its four factors does to it.

    Attributes
    ----------
    result : float
        Money.
    levers : DataFrame, index ``leads conversion order_value repeat``
        ``value``; ``elasticity``, percent of result per percent of the lever (1 each: it is a
        product; NaN where the result is 0); ``effect``, money that one step more brings, less
        for a conversion that meets 1 on the way.
    """

    result: float
    levers: pd.DataFrame


def performance(leads, conversion, order_value, repeat, step=0.1):
    """The performance formula.

    Parameters
    ----------
    leads : float
        Customers developed in the period.
    conversion : float
        Share of them that buys, 0 to 1.
    order_value : float
        Money per order.
    repeat : float
        Orders per buyer in the period, the first one included.
    step : float, default 0.1
        Gain whose effect is shown: 0.1 is ten percent more, not ten points.

    Returns
    -------
    Performance

    Raises
    ------
    InputError
        A factor below 0, a conversion above 1, a step not above 0.

    Notes
    -----
    Syllabus item planning.4.1. It fails where the factors hang together: more leads of a worse
    fit lower the conversion, and a discount that lifts it lowers the order value.
    """
    values = _factors((leads, conversion, order_value, repeat))
    step = inputs.number(step, "share", above=0)
    result = math.prod(values.values())
    rows = {}
    for lever, value in values.items():
        gained = min(value * (1 + step), _MOST.get(lever, math.inf))
        others = math.prod(other for name, other in values.items() if name != lever)
        elasticity = 1.0 if result else math.nan
        rows[lever] = {
            "value": value,
            "elasticity": elasticity,
            "effect": others * (gained - value),
        }
    return Performance(result, pd.DataFrame.from_dict(rows, orient="index"))


def best_lever(factors, reach, hours):
    """Which lever pays most per hour.

    Parameters
    ----------
    factors : sequence or mapping of 4 floats
        Today's, as `performance` takes them.
    reach : sequence or mapping of 4 floats
        What each could be lifted to, the others left alone; not below today's.
    hours : sequence or mapping of 4 floats
        Hours that lifting it takes, above 0.

    Returns
    -------
    DataFrame
        Index lever, best first: ``today``, ``reach``, ``effect`` (money), ``hours``,
        ``per_hour``.

    Raises
    ------
    InputError
        As `performance`; a lever that would sink, or hours not above 0.

    Notes
    -----
    Syllabus item planning.4.1. All elasticities are 1, so what decides is how far a lever can be
    moved and what that costs. It fails where one lever drags another along: the discount that lifts
    conversion lowers the order value, which is held still here. Two levers moved at once bring more
    than the sum of both.
    """
    today, reach = _factors(factors), _factors(reach)
    rows = {}
    for lever, spent in zip(LEVERS, _four(hours), strict=True):
        spent = inputs.number(spent, "hours", above=0)
        if reach[lever] < today[lever]:
            raise InputError(
                "planning.sinks", lever=f"lever.{lever}", today=today[lever], reach=reach[lever]
            )
        others = math.prod(value for name, value in today.items() if name != lever)
        effect = others * (reach[lever] - today[lever])
        rows[lever] = {
            "today": today[lever],
            "reach": reach[lever],
            "effect": effect,
            "hours": spent,
            "per_hour": effect / spent,
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.sort_values("per_hour", ascending=False, kind="stable")


def waterfall(before, after):
    """Split the change of the result between two months into its four factors.

    Parameters
    ----------
    before, after : sequence or mapping of 4 floats
        Factors of either month, as `performance` takes them.

    Returns
    -------
    DataFrame
        Index lever: ``before``, ``after``, ``effect`` in money, rounded to hundredths so that the
        effects add up to the difference of both results, each rounded to hundredths.

    Raises
    ------
    InputError
        As `performance`.

    Notes
    -----
    Syllabus items planning.1.1 and planning.4.1; L. S. Shapley, A value for n-person games (1953).
    Each lever gets its effect on average over all 24 orders in which the four could have changed:
    so the split does not depend on which lever is named first. It fails as a verdict on people: it
    says what moved, not who did it or why; the season moves leads too.
    """
    before, after = _factors(before), _factors(after)
    old = {lever: Fraction(value) for lever, value in before.items()}
    new = {lever: Fraction(value) for lever, value in after.items()}
    effects = [_shapley(old, new, lever) for lever in LEVERS]
    change = _cents(math.prod(new.values())) - _cents(math.prod(old.values()))
    return pd.DataFrame(
        {
            "before": before,
            "after": after,
            "effect": [cents / 100 for cents in _whole_cents(effects, change)],
        },
        index=list(LEVERS),
    )


def watch(steps):
    """The points of attention behind the levers that sank.

    Parameters
    ----------
    steps : DataFrame
        As `waterfall` returns it.

    Returns
    -------
    DataFrame
        Only levers with an effect below 0, worst first: ``effect`` and ``points``, codes out of
        ``count fit skill care referrals``.

    Raises
    ------
    InputError
        No column ``effect``.

    Notes
    -----
    Syllabus item planning.4.2. The syllabus names the five points; which lever each belongs to is
    our reading. It fails where a lever sank for the season: compare with the same month last year.
    """
    effect = inputs.columns(steps, "effect")["effect"]
    sunk = effect[effect < 0].sort_values(kind="stable")
    return pd.DataFrame({"effect": sunk, "points": [POINTS[lever] for lever in sunk.index]})


def _shapley(old, new, lever):
    others = [name for name in LEVERS if name != lever]
    total = Fraction(0)
    for size in range(len(others) + 1):
        weight = Fraction(1, len(LEVERS) * math.comb(len(others), size))
        for changed in itertools.combinations(others, size):
            rest = math.prod(new[name] if name in changed else old[name] for name in others)
            total += weight * rest
    return total * (new[lever] - old[lever])


def _whole_cents(effects, change):
    """Hundredths that add up to the change: the largest remainders are rounded up."""
    exact = [effect * 100 for effect in effects]
    cents = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: cents[i] - exact[i])
    # floors never add up to more than the rounded change, nor to more than four less
    for place in by_remainder[: change - sum(cents)]:
        cents[place] += 1
    return cents


def _cents(value):
    return math.floor(value * 100 + Fraction(1, 2))


def _factors(values):
    return {
        lever: inputs.number(value, lever, least=0, most=_MOST.get(lever, math.inf))
        for lever, value in zip(LEVERS, _four(values), strict=True)
    }


def _four(values):
    """Four values in the order of the levers, whatever they came in."""
    if hasattr(values, "keys"):
        absent = [lever for lever in LEVERS if lever not in values]
        if absent:
            raise InputError("planning.lever_missing", lever=[f"lever.{name}" for name in absent])
        return [values[lever] for lever in LEVERS]
    values = np.asarray(values, dtype=object).ravel().tolist()
    if len(values) != len(LEVERS):
        raise InputError("planning.not_four", n=len(values))
    return values
