"""Weights of a scorecard: by judgement, by how much the figures differ, and learned from deals."""

import dataclasses
import itertools

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

CONSISTENT = 0.1  # largest consistency ratio that is let pass (Saaty)

# mean consistency index of random judgements by number of criteria, from 0 on (Saaty 1980)
_RANDOM = (0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
_SCALE = (1, 9)


@dataclasses.dataclass(frozen=True, eq=False)
class Judged:
    """Weights from pairwise judgements.

    Attributes
    ----------
    weights : Series
        Per criterion, together 1.
    ratio : float
        Consistency ratio: 0 is free of contradiction, 1 as bad as judging at random.
    judgements : DataFrame
        A row per pair, ``first second given implied ratio_without``: what was judged, what the
        other judgements imply, and the ratio if that stood in its place; the one that disturbs
        most comes first.
    """

    weights: pd.Series
    ratio: float
    judgements: pd.DataFrame

    @property
    def consistent(self):
        """Whether the ratio is 0.1 at most."""
        return self.ratio <= CONSISTENT

    @property
    def breaking(self):
        """The pair whose judgement breaks the consistency, or None where it holds."""
        if self.consistent:
            return None
        worst = self.judgements.iloc[0]
        return worst["first"], worst["second"]


def hundred_points(points):
    """Weights from 100 points that were given out.

    Parameters
    ----------
    points : dict or Series
        Criterion -> points, none negative, 100 together.

    Returns
    -------
    Series
        0 to 1, together 1.

    Raises
    ------
    InputError
        The points are not 100 together, or one is missing, negative or no number.

    Notes
    -----
    Syllabus item screening.3.4. Quick and honest for a few criteria. It fails where every criterion
    gets the same: who does that has not chosen.
    """
    points = inputs.numbers(pd.Series(points, dtype=object), "points", least=0)
    total = float(points.sum())
    if abs(total - 100) > 1e-6:
        raise InputError("weights.not_100", total=round(total, 6), rest=round(100 - total, 6))
    return points / 100


def comparison(pairs):
    """The table of all pairwise judgements from one per pair.

    Parameters
    ----------
    pairs : iterable of (first, second, times)
        The first matters so many times as much as the second, 1/9 to 9; each pair once.

    Returns
    -------
    DataFrame
        Square, criteria in the order of their first appearance.

    Raises
    ------
    InputError
        A pair is missing or there twice, or a judgement is outside 1/9 to 9.
    """
    pairs = list(pairs)
    names = list(dict.fromkeys(name for pair in pairs for name in pair[:2]))
    table = pd.DataFrame(np.where(np.eye(len(names)), 1.0, np.nan), names, names)
    for first, second, times in pairs:
        if first == second or not np.isnan(table.loc[first, second]):
            raise InputError("weights.pair_twice", first=first, second=second)
        times = inputs.number(times, "judgement", least=1 / _SCALE[1] - 1e-9, most=_SCALE[1])
        table.loc[first, second], table.loc[second, first] = times, 1 / times
    for first, second in itertools.combinations(names, 2):
        if np.isnan(table.loc[first, second]):
            raise InputError("weights.pair_missing", first=first, second=second)
    return table


def ahp(judgements):
    """Weights from pairwise judgements, with what is wrong with them.

    Parameters
    ----------
    judgements : DataFrame, shape (n, n)
        From `comparison`: positive, 1 on the diagonal, each pair with its reciprocal; 1 to 10
        criteria.

    Returns
    -------
    Judged

    Raises
    ------
    InputError
        No such table.

    Notes
    -----
    Syllabus item screening.3.4. Principal eigenvector; consistency index (λ - n) / (n - 1) over
    that of random tables: T. L. Saaty, The Analytic Hierarchy Process (1980). What the other
    judgements imply for a pair is the ratio of the weights without it: P. T. Harker, Mathematical
    Modelling 9 (1987). Consistent is not right: one can be wrong without contradiction. It fails
    with more than four criteria, where people tire and the judgements get worse: then give out 100
    points.
    """
    matrix = _reciprocal(judgements)
    names = list(judgements.index)
    ratio, weights = _ratio(matrix)
    rows = []
    for i, j in itertools.combinations(range(len(names)), 2):
        implied = _without(matrix, i, j)
        mended = matrix.copy()
        mended[i, j], mended[j, i] = implied, 1 / implied
        rows.append((names[i], names[j], matrix[i, j], implied, _ratio(mended)[0]))
    columns = ["first", "second", "given", "implied", "ratio_without"]
    table = pd.DataFrame(rows, columns=columns).round({"ratio_without": 12})
    table = table.sort_values("ratio_without", kind="stable").reset_index(drop=True)
    return Judged(pd.Series(weights, names), ratio, table)


def entropy(values):
    """Weights by how much a criterion tells the alternatives apart.

    Parameters
    ----------
    values : DataFrame or array_like, shape (n_alternatives, n_criteria)
        None negative or missing, no column all zero, two alternatives or more.

    Returns
    -------
    Series
        0 to 1, together 1; equal where no criterion tells anything apart.

    Raises
    ------
    InputError
        As above.

    Notes
    -----
    Syllabus item screening.3.4. Weight ∝ 1 - H / ln n with H the Shannon entropy of the column's
    shares: C. L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981). It fails where
    spread is taken for importance: a criterion that matters much and is alike for all gets nothing,
    and a wrong entry of ten times the size gets it all.
    """
    frame = pd.DataFrame(values)
    if len(frame) < 2:
        raise InputError("weights.too_few_alternatives")
    frame = frame.apply(lambda column: inputs.numbers(column, "value", least=0))
    totals = frame.sum()
    if (totals <= 0).any():
        raise InputError("weights.empty_column", column=str(totals.index[totals <= 0][0]))
    shares = (frame / totals).to_numpy()
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    told = np.clip(1 + (shares * logs).sum(axis=0) / np.log(len(frame)), 0, None).round(12)
    if not told.any():
        told = np.ones(len(told))
    return pd.Series(told / told.sum(), index=frame.columns)


def _reciprocal(judgements):
    matrix = judgements.to_numpy(dtype=float)
    n = len(matrix)
    if not 1 <= n < len(_RANDOM) or matrix.shape != (n, n):
        raise InputError("weights.not_square", most=len(_RANDOM) - 1)
    if not (matrix > 0).all() or not np.allclose(matrix * matrix.T, 1, rtol=1e-6):
        raise InputError("weights.not_reciprocal")
    return matrix


def _ratio(matrix):
    """Consistency ratio and weights."""
    n = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    place = values.real.argmax()
    weights = np.abs(vectors[:, place].real)
    if n < 3:
        return 0.0, weights / weights.sum()
    index = (values[place].real - n) / (n - 1)
    return float(max(0.0, round(index / _RANDOM[n], 12))), weights / weights.sum()


def _without(matrix, i, j):
    """What all other judgements imply for one pair."""
    if len(matrix) < 3:
        return matrix[i, j]
    rest = matrix.copy()
    rest[i, j] = rest[j, i] = 0
    rest[i, i] = rest[j, j] = 2
    values, vectors = np.linalg.eig(rest)
    weights = np.abs(vectors[:, values.real.argmax()].real)
    return weights[i] / weights[j]
