"""How deals move: what became of those that reached a stage, and how long it took."""

import numpy as np
import pandas as pd

from coursekit.funnel.history import RANK, entries, snapshot
from coursekit.funnel.ladder import CLOSED, LOST, OPEN, WON
from coursekit.inputs import as_day

LEVEL = 0.90  # of every interval of a rate
USUAL = 0.80  # of those that moved on did so within the most days that are usual
_LAST_DAY = pd.Timestamp("2200-01-01")


def own_rates(history, ladder):
    """Share of won deals among the ended ones that ever reached each stage.

    Parameters
    ----------
    history : DataFrame
        Stage history, one row per deal and stage entered: ``deal_id``, ``stage`` (codes),
        ``date``. Rows without a deal, a known stage or a date are left out.
    ladder : Ladder

    Returns
    -------
    DataFrame
        One row per stage, index ``code``: ``n`` deals that reached the stage or one beyond it and
        have ended, ``won`` of them, ``rate`` (NaN where n is 0: not known), ``low`` and ``high``,
        the 90% Jeffreys interval.

    Raises
    ------
    InputError
        A column is absent or holds no dates.

    Notes
    -----
    Every deal counts once, however often it came back to a stage. It has ended where its last
    entry is a contract or a loss; one that was lost and taken up again is under way. Of entries of
    one day the one further on is the last, a contract after a loss. Interval: Brown, Cai, DasGupta
    (2001), Interval estimation for a binomial proportion. It fails where lost deals are never
    entered as lost: then every rate is too high.
    """
    deals = snapshot(history, _LAST_DAY)
    deals = deals[deals["stage"].isin(CLOSED)]
    rank, won = deals["highest"].map(RANK), deals["stage"] == WON
    codes = pd.Index(ladder.codes, name="code")
    there = [rank >= RANK[code] for code in codes]
    table = pd.DataFrame(
        {"n": [int(t.sum()) for t in there], "won": [int((t & won).sum()) for t in there]},
        index=codes,
    )
    return table.assign(**_share(table["won"], table["n"]))


def flow(history, until=None):
    """What became of the deals that reached each open stage, and how long they took.

    Parameters
    ----------
    history : DataFrame
        As in `own_rates`.
    until : date, str or Timestamp, optional
        Later entries are not known yet; without it all are.

    Returns
    -------
    DataFrame
        One row per open stage, index ``code``. Deals: ``reached`` the stage or one beyond it,
        ``moved_on`` beyond it, ``lost`` with this stage as their furthest, ``under_way`` (neither;
        still open), ``fell_back`` at least once from this stage to a lower one. ``rate``, share
        that moved on of those that moved on or were lost, with ``low`` and ``high`` (90%
        Jeffreys interval; NaN where none). Days from the first entry into the stage to the first
        entry further on: ``days`` (median), ``days_most`` (8 of 10 took no longer);
        ``days_lost``, median days from that entry to the loss.

    Raises
    ------
    InputError
        As `own_rates`.

    Notes
    -----
    Syllabus items funnel.3.3 and funnel.6.1. reached = moved_on + lost + under_way, and what
    moved on from one stage is what reached the next. Each deal counts once per stage, lost ones
    included, however often it came back; a stage that was jumped counts as reached but has no
    time. It fails on young teams: those under way are left out of the times, and they are the
    slow ones (see `forecast.cycle`, which counts them in).
    """
    day = _LAST_DAY if until is None else as_day(until)
    deals = snapshot(history, day)
    known = entries(history)
    known = known[known["date"] <= day].assign(rank=lambda t: t["stage"].map(RANK))
    same = known["deal_id"].eq(known["deal_id"].shift())
    back = known[same & (known["rank"] < known["rank"].shift())].assign(of=known["stage"].shift())
    highest, lost = deals["highest"].map(RANK), deals["stage"] == LOST
    rows = []
    for code in OPEN:
        rank = RANK[code]
        first = known[known["stage"] == code].groupby("deal_id")["date"].min()
        beyond = known[known["rank"] > rank].groupby("deal_id")["date"].min()
        here = highest == rank
        moved = (beyond - first).dt.days.reindex(deals.index[highest > rank]).dropna()
        ended = (deals["closed"] - first).dt.days[here & lost].dropna()
        moved = moved[moved >= 0]  # entered later than a stage beyond it: no way up
        rows.append(
            {
                "reached": int((highest >= rank).sum()),
                "moved_on": int((highest > rank).sum()),
                "lost": int((here & lost).sum()),
                "under_way": int((here & ~lost).sum()),
                "fell_back": int(back.loc[back["of"] == code, "deal_id"].nunique()),
                "days": float(moved.median()),
                "days_most": float(moved.quantile(USUAL)),
                "days_lost": float(ended.median()),
            }
        )
    table = pd.DataFrame(rows, index=pd.Index(OPEN, name="code"))
    return table.assign(**_share(table["moved_on"], table["moved_on"] + table["lost"]))


def weekly_moves(history, until, *, days=7):
    """How often a deal that was in one stage was in which stage a week later.

    Parameters
    ----------
    history : DataFrame
        As in `own_rates`.
    until : date, str or Timestamp
        Later entries are not known yet; deals that are open are followed up to this day.
    days : int, default 7
        Length of the step.

    Returns
    -------
    DataFrame of int
        Index: open stages; columns: open stages, ``contract``, ``lost``. Divided by their sums
        the rows are shares; a stage in which no deal was ever seen is all 0.

    Raises
    ------
    InputError
        As `own_rates`.

    Notes
    -----
    Syllabus item funnel.4.1. Deals are looked at on the same weekday, counted back from `until`:
    what was entered and left between two looks is not seen. Goes into `evolve` and
    `forecast.win_probability`. It fails where the pace changes: shares of a whole year stand for
    every week of it.
    """
    day = as_day(until)
    known = entries(history)
    known = known[known["date"] <= day]
    # looks are numbered backwards from `until`: a stage is seen from one number to another
    ago = (day - known["date"]).dt.days
    left = ago.groupby(known["deal_id"]).shift(-1)
    seen = known.assign(first=ago // days, last=np.ceil((left + 1) / days).fillna(0).astype(int))
    seen = seen[seen["first"] >= seen["last"]]
    moved = seen["stage"].groupby(seen["deal_id"]).shift(-1)
    counts = pd.DataFrame(0, index=pd.Index(OPEN, name="code"), columns=[*OPEN, WON, LOST])
    for code in OPEN:
        there = seen["stage"] == code
        to = moved[there].value_counts()
        counts.loc[code, to.index] = to
        counts.loc[code, code] += int((seen["first"] - seen["last"])[there].sum())
    return counts


def beta_interval(a, b, level=LEVEL):
    """Both ends of the central interval of beta distributions, arrays of the shape of `a`."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    return betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)


def _share(part, whole):
    """Share with its Jeffreys interval, NaN where the whole is 0."""
    low, high = beta_interval(part + 0.5, whole - part + 0.5)
    some = whole > 0
    return {
        "rate": part / whole.where(some),
        "low": pd.Series(low, part.index).where(some),
        "high": pd.Series(high, part.index).where(some),
    }
