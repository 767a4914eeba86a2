"""Attractiveness against relationship: four quadrants, and who moved between two dates."""

import numpy as np
import pandas as pd

from coursekit import inputs

QUADRANTS = ("target", "key", "low_profile", "maintain")


def matrix(attractiveness, relationship, edge=50, band=5):
    """The quadrant of each account.

    Parameters
    ----------
    attractiveness, relationship : Series
        Scores 0 to 100 (scorecards ``attractiveness`` and ``relationship``), same accounts.
    edge : float, default 50
        From which score on it is large, and firm.
    band : float, default 5
        Distance from an edge below which the quadrant is not firm.

    Returns
    -------
    DataFrame
        Index of `attractiveness`: ``attractiveness relationship``, ``quadrant``: ``target``
        (large, weak), ``key`` (large, firm), ``low_profile`` (small, weak), ``maintain`` (small,
        firm), and ``near``: True where a few points would change it.

    Raises
    ------
    InputError
        A score is missing or outside 0 to 100, or the accounts differ.

    Notes
    -----
    Syllabus item key_accounts.3.1. A quadrant is as good as both scorecards; unknown answers are
    in them at their points, so look at ``low`` and ``high`` of each first. It fails where everyone
    gets four of five: then move `edge` to the middle of your own accounts.
    """
    large = inputs.numbers(attractiveness, "attractiveness", least=0, most=100)
    firm = inputs.numbers(relationship, "relationship", least=0, most=100)
    firm = inputs.paired(firm, large, "relationship")
    edge = inputs.number(edge, "score", least=0, most=100)
    band = inputs.number(band, "score", least=0)
    holds = [(large >= edge) & (firm < edge), (large >= edge) & (firm >= edge), firm < edge]
    quadrant = np.select(holds, QUADRANTS[:3], QUADRANTS[3])
    near = ((large - edge).abs() < band) | ((firm - edge).abs() < band)
    return pd.DataFrame(
        {
            "attractiveness": large,
            "relationship": firm,
            "quadrant": pd.Series(quadrant, large.index, dtype=object),
            "near": near,
        }
    )


def movement(before, after, band=5):
    """How accounts moved between two dates.

    Parameters
    ----------
    before, after : DataFrame
        As `matrix` gives them, one row per account.
    band : float, default 5
        Change of a score up to which it is noise of the judgement.

    Returns
    -------
    DataFrame
        Index: accounts of either date, sorted. ``was`` and ``is`` (quadrants, None where absent),
        ``attractiveness`` and ``relationship`` (change in points, NaN where absent at one date),
        ``move``: ``new``, ``gone``, ``same``, ``moved``, or ``drift`` (another quadrant, but no
        score changed by more than the band).

    Raises
    ------
    InputError
        A column is absent, or an account stands twice.

    Notes
    -----
    Syllabus item key_accounts.3.1. It fails where scorecard or judge changed between the dates:
    then the yardstick moved and not the account.
    """
    band = inputs.number(band, "score", least=0)
    for frame in (before, after):
        inputs.columns(frame, "attractiveness", "relationship", "quadrant")
        inputs.once(frame.reset_index(names="account"), "account")
    accounts = before.index.union(after.index)
    old, new = before.reindex(accounts), after.reindex(accounts)
    change = new[["attractiveness", "relationship"]] - old[["attractiveness", "relationship"]]
    was, is_ = (f["quadrant"].astype(object).where(f["quadrant"].notna(), None) for f in (old, new))
    moved = (change.abs() > band).any(axis=1)
    holds = [old["quadrant"].isna(), new["quadrant"].isna(), was == is_, moved]
    move = np.select(holds, ["new", "gone", "same", "moved"], "drift")
    return (
        pd.DataFrame({"was": was, "is": is_})
        .join(change)
        .assign(move=pd.Series(move, accounts, dtype=object))
    )
