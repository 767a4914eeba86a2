"""What was foretold against what came: grades and probabilities."""

import numpy as np
import pandas as pd

from coursekit.trials import wilson_frame


def monotonicity(grade, outcome, order=None):
    """Whether better grades really came out better.

    Parameters
    ----------
    grade : Series
        Of each case; an ordered category from `Scorecard.score`, or anything with `order`.
    outcome : array_like of bool
        Won, paid, stayed: what the grade should foretell. A missing one is not counted.
    order : list, optional
        Grades, worst first; without it the order of the category, else the sorted values.

    Returns
    -------
    DataFrame
        Index: grades, best first. ``n``, ``rate`` of good outcomes, ``low`` and ``high`` (90%
        Wilson interval), ``holds``: whether the rate is above that of the next poorer grade that
        has cases (missing for the last one). Grades without cases have NaN.

    Notes
    -----
    Syllabus items planning.3.3 and screening.3.4. A grade that does not hold is not wrong for
    certain: look at the intervals before changing a weight.
    """
    grade = pd.Series(grade)
    outcome = pd.Series(np.asarray(outcome, dtype=object), index=grade.index)
    counted = outcome.notna() & grade.notna()
    if order is None:
        is_category = isinstance(grade.dtype, pd.CategoricalDtype)
        order = list(grade.cat.categories) if is_category else sorted(grade.dropna().unique())
    groups = outcome[counted].astype(bool).groupby(grade[counted].astype(object))
    table = groups.agg(n="size", good="sum").reindex(list(reversed(order)), fill_value=0)
    table.index.name = "grade"
    result = wilson_frame(table["good"], table["n"], level=0.9).drop(columns="won")
    rate, poorer = result["rate"], result["rate"].bfill().shift(-1)
    result["holds"] = (rate > poorer).astype(object).where(rate.notna() & poorer.notna(), None)
    return result
