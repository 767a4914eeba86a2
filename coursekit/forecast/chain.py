"""From the moves between stages to the chance of a contract and the time it takes."""

import numpy as np
import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.evolution import weekly_shares
from coursekit.funnel.ladder import WON


def win_probability(transitions):
    """Chance of a contract from each stage, and the steps until it is decided.

    Parameters
    ----------
    transitions : DataFrame, shape (n_stages, n_stages + 2)
        Index: stages; columns: the same stages, ``contract``, ``lost``. Counts
        (`funnel.weekly_moves`) or shares per step; each row is divided by its sum.

    Returns
    -------
    DataFrame
        Index of `transitions`: ``won`` (0 to 1), ``steps`` expected until a contract or a loss,
        in steps of the table (weeks for `funnel.weekly_moves`). NaN for a stage that no deal was
        ever in.

    Raises
    ------
    InputError
        Columns do not fit, a count is negative or missing, or from a stage no deal ever ends.

    Notes
    -----
    Syllabus item funnel.5.1. Absorbing Markov chain (Kemeny and Snell, Finite Markov chains, ch.
    III): won = (1 - Q)^-1 r. It fails where the past of a deal matters: one that has fallen back
    twice is not like a fresh one, and a deal that is old moves less.
    """
    shares = weekly_shares(transitions)
    stages = list(shares.index)
    counts = transitions[stages].astype(float)
    never = (transitions.sum(axis=1) == 0) & (counts.sum(axis=0) == 0)
    seen = [code for code in stages if not never[code]]
    between = shares.loc[seen, seen].to_numpy()
    ends = shares.loc[seen].drop(columns=stages).sum(axis=1).to_numpy() > 0
    for _ in seen:
        ends = ends | (between @ ends > 0)
    if not ends.all():
        raise InputError("forecast.never_ends", stage=seen[int(np.argmin(ends))])
    left = np.eye(len(seen)) - between
    found = np.linalg.solve(left, np.column_stack([shares.loc[seen, WON], np.ones(len(seen))]))
    table = pd.DataFrame(found, index=seen, columns=["won", "steps"])
    return table.reindex(stages).rename_axis(transitions.index.name)
