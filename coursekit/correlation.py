"""How closely two figures go together."""

import math

import numpy as np


def spearman(first, second):
    """Spearman's rank correlation.

    Parameters
    ----------
    first, second : Series, shape (n,)
        Figures of the same rows in the same order, none missing; equal ones share their rank.

    Returns
    -------
    float
        -1 to 1; NaN where there are fewer than two rows or one side does not vary.

    Notes
    -----
    C. Spearman, American Journal of Psychology 15 (1904). It looks at the order alone, so one giant
    customer decides nothing; and it says nothing of causes.
    """
    ranks = [values.rank().to_numpy() for values in (first, second)]
    if any(len(rank) < 2 or np.ptp(rank) == 0 for rank in ranks):
        return math.nan
    return float(np.clip(np.corrcoef(ranks)[0, 1], -1, 1))
