"""Whether claimed chances come true."""

import dataclasses

import numpy as np
import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.flow import beta_interval
from coursekit.funnel.history import RANK, entries, snapshot
from coursekit.funnel.ladder import CLOSED, OPEN, WON
from coursekit.funnel.review import as_day


@dataclasses.dataclass(frozen=True, eq=False)
class Calibration:
    """Claimed chances against what came.

    Attributes
    ----------
    n : int
    brier : float
        Mean squared difference of chance and outcome; 0 is perfect, always saying one half: 0.25.
    base : float
        The Brier score of always saying the share that was won in the end.
    skill : float
        1 - brier / base: above 0 the chances know more than that one share; NaN where base is 0.
    reliability, resolution : float
        brier = reliability - resolution + base, exactly so where the groups are the distinct
        chances. Reliability: how far chances and shares lie apart. Resolution: how far the groups
        lie apart from each other.
    table : DataFrame
        One row per group, by chance: ``chance`` (mean), ``came`` (share that was won), ``n``,
        ``won``, ``low`` and ``high`` (90% Jeffreys interval of what came), ``off``: the chance
        lies outside of it.
    """

    n: int
    brier: float
    base: float
    skill: float
    reliability: float
    resolution: float
    table: pd.DataFrame


def calibration(chance, won, bins=None):
    """Brier score and reliability of claimed chances.

    Parameters
    ----------
    chance : array_like, shape (n,)
        0 to 1.
    won : array_like of bool, shape (n,)
        What came of each.
    bins : int, optional
        Groups of equal width; without it each distinct chance is one, as stage rates are.

    Returns
    -------
    Calibration

    Raises
    ------
    InputError
        Lengths differ, there is none, or a chance is missing or outside 0 to 1.

    Notes
    -----
    Syllabus item funnel.5.1. Brier (1950), Verification of forecasts; parts after Murphy (1973).
    It fails with few ended deals: under 20 a group the intervals are so wide that nearly every
    chance fits.
    """
    chance = np.asarray(chance, dtype=float).ravel()
    came = np.asarray(won).ravel()
    if len(chance) != len(came):
        raise InputError("forecast.outcomes_differ", chances=len(chance), outcomes=len(came))
    if not len(chance):
        raise InputError("forecast.nothing_ended")
    wrong = ~((chance >= 0) & (chance <= 1))
    if wrong.any():
        value = float(chance[wrong][0])
        raise InputError("forecast.not_a_rate", rows=np.flatnonzero(wrong), value=value)
    came = came.astype(bool).astype(float)
    if bins is None:
        _, group = np.unique(chance, return_inverse=True)
    else:
        group = np.minimum((chance * bins).astype(int), bins - 1)
    table = _groups(chance, came, group)
    total = came.mean()
    base = float(total * (1 - total))
    brier = float(np.mean((chance - came) ** 2))
    return Calibration(
        n=len(chance),
        brier=brier,
        base=base,
        skill=1 - brier / base if base else float("nan"),
        reliability=float((table["n"] * (table["chance"] - table["came"]) ** 2).sum() / len(came)),
        resolution=float((table["n"] * (table["came"] - total) ** 2).sum() / len(came)),
        table=table,
    )


def _groups(chance, came, group):
    rows = pd.DataFrame({"chance": chance, "came": came}).groupby(group)
    table = rows.mean().assign(n=rows.size(), won=rows["came"].sum().astype(int))
    low, high = beta_interval(table["won"] + 0.5, table["n"] - table["won"] + 0.5)
    # 0 of 5 does not speak against 0, nor 5 of 5 against 1
    low = np.where(table["won"] == 0, 0.0, low)
    high = np.where(table["won"] == table["n"], 1.0, high)
    off = (table["chance"] < low) | (table["chance"] > high)
    return table.assign(low=low, high=high, off=off).reset_index(drop=True)


def stage_claims(history, ladder, until):
    """What each stage claimed for the deals that have ended since, and what came.

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    ladder : funnel.Ladder
    until : date, str or Timestamp

    Returns
    -------
    DataFrame
        One row per ended deal and open stage that it was ever entered at: ``deal_id stage chance
        won``; goes into `calibration` column by column.

    Notes
    -----
    Only ended deals are in it. As long as many are open, what has ended is not like what will:
    contracts often come sooner than losses are admitted.
    """
    day = as_day(until)
    deals = snapshot(history, day)
    won = (deals["stage"] == WON)[deals["stage"].isin(CLOSED)]
    known = entries(history)
    known = known[(known["date"] <= day) & known["stage"].isin(OPEN)]
    known = known[known["deal_id"].isin(won.index)].drop_duplicates(["deal_id", "stage"])
    known = known.assign(rank=known["stage"].map(RANK)).sort_values(["deal_id", "rank"])
    return pd.DataFrame(
        {
            "deal_id": known["deal_id"],
            "stage": known["stage"],
            "chance": ladder.rates(known["stage"]),
            "won": known["deal_id"].map(won),
        }
    ).reset_index(drop=True)
