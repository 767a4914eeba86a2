"""How often an owner's deals end in a contract, judged by the few that have ended."""

import numpy as np
import pandas as pd

from coursekit.funnel.flow import beta_interval
from coursekit.funnel.history import RANK, snapshot
from coursekit.funnel.ladder import CLOSED, LOST, OPEN, WON


def conversion(stage, owner):
    """Won of the ended deals per owner, shrunk to the team.

    Parameters
    ----------
    stage : Series of str, shape (n_deals,)
        Stage codes; only contracts and lost deals count.
    owner : Series, shape (n_deals,)
        On the same index. Every owner gets a row, also one without ended deals.

    Returns
    -------
    DataFrame
        Index: owners, sorted. ``won``, ``n`` (ended), ``rate`` (NaN where n is 0), ``shrunk``,
        ``low`` and ``high`` (90% interval of the shrunk rate), ``team`` (won / ended of all, the
        same in every row). All but the counts are NaN where nobody has an ended deal.

    Notes
    -----
    Syllabus item funnel.6.1. Beta-binomial model: an owner's true rate comes from a beta
    distribution around the team's rate, whose weight, in deals, makes the counts that came most
    likely (empirical Bayes; Casella 1985, An introduction to empirical Bayes data analysis). The
    weight lies between 1 and the number of ended deals of the team: where all owners do alike it is
    the latter, because the team's rate is known no better than its own deals allow. A team of one
    is not shrunk: its own rate with a Jeffreys interval. It fails as a ranking of persons: it knows
    neither the size of the deals nor how hard a territory is.
    """
    ended = stage.isin(CLOSED)
    table = pd.DataFrame(
        {
            "won": (stage == WON).groupby(owner).sum().astype(int),
            "n": ended.groupby(owner).sum().astype(int),
        }
    ).sort_index()
    won, n = table["won"].to_numpy(float), table["n"].to_numpy(float)
    if not n.sum():
        return table.assign(rate=np.nan, shrunk=np.nan, low=np.nan, high=np.nan, team=np.nan)
    if len(n) == 1:
        a, b = won + 0.5, n - won + 0.5
        shrunk = won / n
    else:
        centre = (won.sum() + 0.5) / (n.sum() + 1)  # never 0 or 1, where no beta exists
        weight = _weight(won, n, centre)
        a, b = won + centre * weight, n - won + (1 - centre) * weight
        shrunk = a / (a + b)
    low, high = beta_interval(a, b)
    return table.assign(
        rate=table["won"] / table["n"].where(table["n"] > 0),
        shrunk=shrunk,
        low=low,
        high=high,
        team=won.sum() / n.sum(),
    )


def stage_conversion(history, owner, until):
    """How often an owner's deals move on from each stage, shrunk to the team.

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    owner : Series
        Who owns each deal, indexed by ``deal_id``; deals without an owner are left out.
    until : date, str or Timestamp
        Later entries are not known yet.

    Returns
    -------
    DataFrame
        Index: ``stage`` (open ones), ``owner``; columns as `conversion`, where ``won`` counts the
        deals that moved on from the stage and ``n`` these and the ones lost there.

    Notes
    -----
    Syllabus item funnel.6.1: strong and weak abilities. Every owner is compared with the team at
    the same stage. Five stages times twelve persons are sixty comparisons: about six of their 90%
    intervals miss by chance, so ask before you praise or blame. It fails where one person never
    admits a loss: dead deals that stay open are not counted, and he looks strong at every stage.
    """
    deals = snapshot(history, until)
    whose = pd.Series(deals.index, deals.index).map(owner)
    deals, whose = deals[whose.notna()], whose.dropna()
    rank = deals["highest"].map(RANK)
    tables = {}
    for code in OPEN:
        moved, here = rank > RANK[code], rank == RANK[code]
        fate = pd.Series(None, deals.index, dtype=object).mask(moved, WON)
        tables[code] = conversion(fate.mask(here & (deals["stage"] == LOST), LOST), whose)
    return pd.concat(tables, names=["stage", "owner"])


def _weight(won, n, centre):
    """The weight of the team, in deals, under which these counts are most likely."""
    from scipy.special import betaln

    weights = np.geomspace(1, max(n.sum(), 1), 200)[:, None]
    a, b = centre * weights, (1 - centre) * weights
    likelihood = (betaln(won + a, n - won + b) - betaln(a, b)).sum(axis=1)
    # equal likelihoods, as with one deal each, say nothing: then the team weighs most
    best = np.flatnonzero(likelihood >= likelihood.max() - 1e-9)[-1]
    return float(weights[best, 0])
