"""What was foretold against what came: grades and probabilities."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.trials import wilson_frame


def monotonicity(grade, outcome, order=None):
    """Whether better grades really came out better.

    Parameters
    ----------
    grade : Series
        Of each case; an ordered category from `Scorecard.score`, or anything with `order`.
    outcome : Series or array_like of bool
        Won, paid, stayed: what the grade should foretell; by label where it has labels. A missing
        one is not counted.
    order : list, optional
        Grades, worst first; without it the order of the category, else the sorted values.

    Returns
    -------
    DataFrame
        Index: grades, best first. ``n``, ``rate`` of good outcomes, ``low`` and ``high`` (90%
        Wilson interval), ``holds``: whether the rate is above that of the next poorer grade that
        has cases (missing for the last one). Grades without cases have NaN.

    Raises
    ------
    InputError
        Lengths or labels differ, an outcome is neither yes nor no, or a grade is not in `order`.

    Notes
    -----
    Syllabus items planning.3.3 and screening.3.4. It fails where the grade decided who was visited:
    the best ones are then won because somebody went there. A grade that does not hold is not wrong
    for certain: look at the intervals before changing a weight.
    """
    grade = pd.Series(grade)
    outcome = inputs.yes_no(outcome, "outcome", missing=True)
    outcome = inputs.paired(outcome, grade, "outcome")
    counted = outcome.notna() & grade.notna()
    if order is None:
        is_category = isinstance(grade.dtype, pd.CategoricalDtype)
        order = list(grade.cat.categories) if is_category else sorted(grade.dropna().unique())
    inputs.one_of(grade[counted].to_frame("grade"), "grade", list(order))
    groups = outcome[counted].astype(bool).groupby(grade[counted].astype(object))
    table = groups.agg(n="size", good="sum").reindex(list(reversed(order)), fill_value=0)
    table.index.name = "grade"
    result = wilson_frame(table["good"], table["n"], level=0.9).drop(columns="won")
    rate, poorer = result["rate"], result["rate"].bfill().shift(-1)
    result["holds"] = (rate > poorer).astype(object).where(rate.notna() & poorer.notna(), None)
    return result


def brier(probability, outcome):
    """Mean squared distance of probabilities from what came.

    Parameters
    ----------
    probability : array_like, shape (n,)
        0 to 1.
    outcome : Series or array_like of bool, shape (n,)
        By label where both have labels.

    Returns
    -------
    float
        0 is perfect; always saying 50% gives 0.25. NaN without a case.

    Raises
    ------
    InputError
        Lengths or labels differ, a probability is missing or outside 0 to 1, or an outcome is
        missing or neither yes nor no.

    Notes
    -----
    Syllabus item funnel.5.1; G. W. Brier, Monthly Weather Review 78 (1950). Compare with always
    saying the mean rate: below that alone is something foretold. It fails on rare outcomes: where
    one deal in twenty is won, always saying 5% gets 0.0475 and tells no deal from another.
    """
    chance, came = _pairs(probability, outcome)
    return float(np.mean((chance - came) ** 2)) if len(chance) else np.nan


def reliability(probability, outcome, bins=5):
    """Whether of those given 30% about 30% came.

    Parameters
    ----------
    probability : array_like, shape (n,)
        0 to 1.
    outcome : array_like of bool, shape (n,)
    bins : int, default 5
        Equally wide classes of the probability; the upper edge belongs to the next class, 1 to
        the last.

    Returns
    -------
    DataFrame
        A row per class, also an empty one; index ``from``, the lower edge. ``n``, ``predicted``
        (mean probability, NaN without cases), ``rate`` that came, ``low`` and ``high`` (90% Wilson
        interval of the rate).

    Raises
    ------
    InputError
        As `brier`, or `bins` is no whole number from 1 on.

    Notes
    -----
    Syllabus item funnel.5.1. It fails with a few dozen cases, where only gross errors can be seen,
    and on a forecast that says the mean rate of every deal: that one looks reliable and tells
    nothing apart.
    """
    chance, came = _pairs(probability, outcome)
    bins = inputs.whole(bins, "count", least=1)
    place = np.minimum(np.floor(np.round(chance * bins, 9)), bins - 1).astype(int)
    edges = pd.Index(np.arange(bins) / bins, name="from")
    n = np.bincount(place, minlength=bins)
    sums = pd.Series(np.bincount(place, weights=chance, minlength=bins), edges)
    good = pd.Series(np.bincount(place, weights=came, minlength=bins).astype(int), edges)
    table = wilson_frame(good, pd.Series(n, edges), level=0.9).drop(columns="won")
    table.insert(1, "predicted", sums / table["n"].where(table["n"] > 0))
    return table


def _pairs(probability, outcome):
    chance = inputs.numbers(probability, "rate", least=0, most=1, empty=True)
    came = inputs.paired(inputs.yes_no(outcome, "outcome"), chance, "outcome")
    return chance.to_numpy(), came.to_numpy(dtype=float)
