"""Rivals through the customer's eyes, partnership from both sides, strengths that count."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs

SWOT = ("strength", "weakness", "chance", "threat")


def rivals(weights, scores, ours, even=5):
    """Where we are ahead of the best rival and where behind, by what the customer weighs.

    Parameters
    ----------
    weights : Series
        The customer's weight per criterion, 0 or above, not all 0.
    scores : DataFrame, shape (n_criteria, n_suppliers)
        0 to 100, as the customer sees it; index of `weights`, a column per supplier.
    ours : str
        Our column.
    even : float, default 5
        Points of difference up to which both are the same to him.

    Returns
    -------
    criteria : DataFrame
        Index of `weights`, most to gain first: ``weight`` (share), ``ours``, ``best`` (of the
        rivals), ``rival`` (who that is), ``gap`` (ours − best), ``counts`` (gap × weight),
        ``place``: ``ahead``, ``even``, ``behind``.
    totals : Series
        Weighted score per supplier, 0 to 100, best first.

    Raises
    ------
    InputError
        No rival, no such column, a score missing or outside 0 to 100, or other criteria.

    Notes
    -----
    Syllabus item key_accounts.4.3. Scores by ourselves flatter us: ask the customer, or someone
    who lost against the rival. It fails where one criterion decides alone (a licence, a list of
    approved suppliers): weigh nothing before that is met.
    """
    inputs.columns(scores, ours)
    others = scores.drop(columns=ours)
    inputs.whole(others.shape[1], "rivals", least=1)
    weights = inputs.numbers(weights, "weight", least=0)
    total = inputs.number(weights.sum(), "weight", above=0)
    even = inputs.number(even, "score", least=0)
    points = pd.DataFrame(
        {
            name: inputs.paired(
                inputs.numbers(scores[name], "score", least=0, most=100), weights, "score"
            )
            for name in scores
        }
    )
    share, rest = weights / total, points[others.columns.sort_values()]
    gap = points[ours] - rest.max(axis=1)
    place = np.select([gap > even, gap < -even], ["ahead", "behind"], "even")
    table = pd.DataFrame(
        {
            "weight": share,
            "ours": points[ours],
            "best": rest.max(axis=1),
            "rival": rest.idxmax(axis=1),
            "gap": gap,
            "counts": gap * share,
            "place": pd.Series(place, weights.index, dtype=object),
        }
    )
    totals = inputs.ordered(points.mul(share, axis=0).sum())
    return (
        inputs.ordered(table).sort_values("counts", kind="stable"),
        totals.sort_values(ascending=False, kind="stable"),
    )


def partnership(ours, theirs, edge=60, apart=20):
    """How good a partnership is, as each side sees it.

    Parameters
    ----------
    ours, theirs : Series
        Scores 0 to 100 per point (trust, openness, shared goals …): our view, the partner's view;
        `theirs` may be missing where nobody asked.
    edge : float, default 60
        From which score on a point is sound.
    apart : float, default 20
        Difference from which both sides see different things.

    Returns
    -------
    points : DataFrame
        Index of `ours`: ``ours theirs``, ``gap`` (ours − theirs), ``reading``: ``not_asked``,
        ``we_flatter`` and ``they_flatter`` (apart), ``sound``, ``weak`` (both agree).
    summary : dict
        ``ours`` and ``theirs`` (means; of theirs over what was asked, NaN without), ``asked``
        (share of points), ``apart`` (number of points).

    Raises
    ------
    InputError
        A score is outside 0 to 100, or other points.

    Notes
    -----
    Syllabus item key_accounts.4.3: the account, and partners in the channel. It fails on one side
    alone: a high score of ours with nothing from them is a wish.
    """
    mine = inputs.numbers(ours, "score", least=0, most=100)
    other = inputs.numbers(theirs, "score", least=0, most=100, missing=True)
    other = inputs.paired(other, mine, "score")
    gap = mine - other
    holds = [other.isna(), gap >= apart, gap <= -apart, (mine >= edge) & (other >= edge)]
    codes = ["not_asked", "we_flatter", "they_flatter", "sound"]
    reading = pd.Series(np.select(holds, codes, "weak"), mine.index, dtype=object)
    table = pd.DataFrame({"ours": mine, "theirs": other, "gap": gap, "reading": reading})
    summary = {
        "ours": float(mine.mean()),
        "theirs": float(other.mean()) if other.notna().any() else math.nan,
        "asked": float(other.notna().mean()),
        "apart": int(reading.isin(("we_flatter", "they_flatter")).sum()),
    }
    return table, summary


def swot(points):
    """Strengths, weaknesses, chances and threats, weighed.

    Parameters
    ----------
    points : DataFrame
        ``kind`` (`SWOT`), ``weight`` (0 to 10: how much it matters to the customer's decision),
        ``size`` (0 to 10: how large it is).

    Returns
    -------
    ranked : DataFrame
        `points` with ``counts`` = weight × size / 100 (0 to 1), largest first.
    summary : dict
        Sum of ``counts`` per kind; ``inside`` = strengths − weaknesses, ``outside`` = chances −
        threats.

    Raises
    ------
    InputError
        A column is absent, another kind, or a figure missing or outside 0 to 10.

    Notes
    -----
    Syllabus item key_accounts.4.2. It fails where the weights are ours: seen from the customer, a
    strength that he does not need counts 0. Sums grow with what one writes down, so compare the
    largest points, not the length of lists.
    """
    kind = inputs.one_of(points, "kind", SWOT)
    inputs.columns(points, "weight", "size")
    weight, size = (
        inputs.numbers(points[column], "weight", least=0, most=10, empty=True)
        for column in ("weight", "size")
    )
    counts = weight * size / 100
    sums = counts.groupby(kind).sum().reindex(SWOT, fill_value=0.0)
    summary = {code: float(sums[code]) for code in SWOT}
    summary["inside"] = summary["strength"] - summary["weakness"]
    summary["outside"] = summary["chance"] - summary["threat"]
    ranked = inputs.ordered(points.assign(counts=counts))
    return ranked.sort_values("counts", ascending=False, kind="stable"), summary
