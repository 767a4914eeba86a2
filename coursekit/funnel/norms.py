"""The yardstick of a diagnosis: a team's own pace, rates and shape."""

import dataclasses

import pandas as pd

from coursekit.funnel.flow import flow, own_rates
from coursekit.funnel.history import entries, first_entry, snapshot
from coursekit.funnel.ladder import OPEN, WON
from coursekit.funnel.review import age_limit
from coursekit.inputs import as_day


@dataclasses.dataclass(frozen=True, eq=False)
class Norms:
    """What is usual in a team.

    Attributes
    ----------
    flow : DataFrame or None
        From `funnel.flow`; None without a history, as the next four.
    rates : DataFrame or None
        From `funnel.own_rates`.
    fastest : Series or None
        Fewest days from first entering each open stage to the contract, over won deals; NaN
        where none was won from there.
    cycle_days : float or None
        Median days from first appointment to contract.
    unfinished : float or None
        Share of the first appointments of more than two cycles ago that are still open.
    age_limit : int or None
        Days of the oldest deal that ever closed, see `funnel.age_limit`.
    """

    flow: pd.DataFrame | None
    rates: pd.DataFrame | None
    fastest: pd.Series | None
    cycle_days: float | None
    unfinished: float | None
    age_limit: int | None


def norms(deals, today, ladder, history=None):
    """What is usual in a team.

    Parameters
    ----------
    deals : DataFrame
        The whole team's list, ended deals included.
    today : date, str or Timestamp
    ladder : Ladder
    history : DataFrame, optional
        The whole team's stage history: ``deal_id stage date``.

    Returns
    -------
    Norms

    Raises
    ------
    InputError
        The history lacks a column, dates are none.

    Notes
    -----
    A person is held against the team and not against a book. Where the whole team is slow, slow
    is usual: compare the norms themselves with last year's.
    """
    limit = age_limit(deals, ladder)
    if history is None:
        return Norms(None, None, None, None, None, limit)
    day = as_day(today)
    known = entries(history)
    known = known[known["date"] <= day]
    found = snapshot(history, day)
    signed = found["closed"].where(found["stage"] == WON)
    fastest = [(signed - first_entry(known, code)).dt.days.min() for code in OPEN]
    days = float((signed - found["appointment"]).dt.days.median())
    return Norms(
        flow=flow(history, day),
        rates=own_rates(known, ladder),
        fastest=pd.Series(fastest, pd.Index(OPEN, name="code"), dtype=float),
        cycle_days=None if days != days else days,
        unfinished=None if days != days else unfinished(found, day, 2 * days)[0],
        age_limit=limit,
    )


def unfinished(found, day, days):
    """Share of the deals first met more than so many days ago that are open, and their index.

    Parameters
    ----------
    found : DataFrame
        From `funnel.snapshot`.
    day : Timestamp
    days : float

    Returns
    -------
    (float, Index)
        NaN where there is none.
    """
    old = found[(day - found["appointment"]).dt.days > days]
    return float(old["closed"].isna().mean()), old.index[old["closed"].isna()]
