"""Whether claimed chances come true."""

import dataclasses

import pandas as pd

from coursekit import inputs
from coursekit.calibration import brier
from coursekit.errors import InputError
from coursekit.funnel.flow import LEVEL
from coursekit.funnel.history import RANK, entries, snapshot
from coursekit.funnel.ladder import CLOSED, OPEN, WON
from coursekit.inputs import as_day
from coursekit.trials import wilson_frame


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
        brier = reliability - resolution + base. Reliability: how far chances and shares lie
        apart. Resolution: how far the groups lie apart from each other.
    table : DataFrame
        One row per distinct ``chance``: ``won n``, ``came`` (share that was won), ``low`` and
        ``high`` (90% Wilson interval of what came), ``off``: the chance lies outside of it.
    """

    n: int
    brier: float
    base: float
    skill: float
    reliability: float
    resolution: float
    table: pd.DataFrame


def calibration(chance, won):
    """Brier score of claimed chances, and each distinct chance against what came.

    Parameters
    ----------
    chance : array_like, shape (n,)
        0 to 1; few distinct values, as the rates of stages are.
    won : Series or array_like of bool, shape (n,)
        What came of each; by label where both have labels.

    Returns
    -------
    Calibration

    Raises
    ------
    InputError
        There is none, or as `coursekit.calibration.brier`.

    Notes
    -----
    Syllabus item funnel.5.1. Brier (1950), Verification of forecasts over time; parts after Murphy
    (1973). For chances that hardly repeat take `coursekit.calibration.reliability`, which puts
    them into classes. It fails with few ended deals: under 20 a group the intervals are so wide
    that nearly every chance fits.
    """
    score, chance = brier(chance, won), inputs.numbers(chance, "rate", empty=True)
    if not len(chance):
        raise InputError("forecast.nothing_ended")
    came = inputs.paired(inputs.yes_no(won, "outcome"), chance, "outcome").to_numpy(dtype=float)
    rows = pd.DataFrame({"chance": chance.to_numpy(), "won": came}).groupby("chance")["won"]
    table = wilson_frame(rows.sum().astype(int), rows.size(), LEVEL).reset_index()
    table = table.rename(columns={"rate": "came"})
    table["off"] = (table["chance"] < table["low"]) | (table["chance"] > table["high"])
    total = came.mean()
    base = float(total * (1 - total))
    weight = table["n"] / len(came)
    return Calibration(
        n=len(chance),
        brier=score,
        base=base,
        skill=1 - score / base if base else float("nan"),
        reliability=float((weight * (table["chance"] - table["came"]) ** 2).sum()),
        resolution=float((weight * (table["came"] - total) ** 2).sum()),
        table=table,
    )


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
    Only ended deals are in it. It fails as long as many are still open: what has ended is then not
    like what will, for contracts often come sooner than losses are admitted.
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
