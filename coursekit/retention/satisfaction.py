"""What to mend first: importance of each point against how satisfied customers are with it."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.correlation import spearman

PLACES = ("mend", "keep", "watch", "overdone")


def drivers(answers, overall, least=10):
    """How each point goes with overall satisfaction.

    Parameters
    ----------
    answers : DataFrame, shape (n_customers, n_points)
        Satisfaction with each point, one scale for all, missing where not answered.
    overall : Series
        Overall satisfaction, same index.
    least : int, default 10
        Customers that a figure needs.

    Returns
    -------
    DataFrame
        One row per point: ``satisfaction`` (mean), ``importance`` (Spearman's correlation with
        the overall answer, -1 to 1; NaN with fewer than `least` customers or without any
        difference between them), ``n`` (answered both).

    Raises
    ------
    InputError
        An answer is no number, or lengths or labels differ.

    Notes
    -----
    Syllabus item management.4.8. Derived importance beside what people say is important: price is
    always said. It fails where all points rise and fall together (a halo): then everything looks
    equally important; and a correlation is no cause.
    """
    overall = inputs.numbers(overall, "satisfaction", missing=True)
    overall = inputs.paired(overall, answers, "satisfaction")
    least = inputs.whole(least, "customers", least=2)
    rows = {}
    for point in answers.columns:
        values = inputs.numbers(answers[point], "satisfaction", missing=True)
        both = values.notna().to_numpy() & overall.notna().to_numpy()
        rows[point] = (
            values.mean(),
            spearman(values[both], overall[both]) if both.sum() >= least else np.nan,
            int(both.sum()),
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["satisfaction", "importance", "n"])


def priorities(importance, satisfaction, top=10, middle=None):
    """Which points to mend first.

    Parameters
    ----------
    importance : Series
        Per point, stated on the scale or derived (`drivers`); higher is more important.
    satisfaction : Series
        Per point, 0 to `top`; index of `importance`.
    top : float, default 10
        Of the scale of satisfaction.
    middle : tuple of float, optional
        Where important and satisfied begin; the means of the points without it.

    Returns
    -------
    DataFrame
        Index of `importance`, most to gain first: ``importance satisfaction``, ``gain`` =
        importance × (top − satisfaction), ``place``: ``mend`` (important, not satisfied), ``keep``
        (important, satisfied), ``watch`` (neither), ``overdone`` (satisfied, not important).

    Raises
    ------
    InputError
        A figure is missing or outside the scale, or lengths differ.

    Notes
    -----
    Syllabus item management.4.8; J. A. Martilla and J. C. James, Importance-performance analysis
    (1977). It fails near its borders, which decide a lot: the means lie where the points lie, and a
    point near one belongs to neither side. Equal gains stand in the order of their labels.
    """
    weight = inputs.numbers(importance, "importance")
    top = inputs.number(top, "satisfaction", above=0)
    level = inputs.numbers(satisfaction, "satisfaction", least=0, most=top)
    level = inputs.paired(level, weight, "satisfaction")
    important, satisfied = middle or (weight.mean(), level.mean())
    high, well = weight.round(9) >= round(important, 9), level.round(9) >= round(satisfied, 9)
    place = np.select([high & ~well, high & well, ~high & ~well], PLACES[:3], PLACES[3])
    table = pd.DataFrame(
        {
            "importance": weight,
            "satisfaction": level,
            "gain": weight * (top - level),
            "place": pd.Series(place, weight.index, dtype=object),
        }
    )
    return inputs.ordered(table).sort_values("gain", ascending=False, kind="stable")
