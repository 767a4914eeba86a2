"""The ten problems of sales management, each as a measure from a team's own records."""

import numpy as np
import pandas as pd

from coursekit.concentration import top_share
from coursekit.funnel.conversion import conversion
from coursekit.funnel.history import entries, snapshot
from coursekit.funnel.ladder import CLOSED, LOST, WON, is_open, known_stage
from coursekit.funnel.review import days_since, money, without_next_step
from coursekit.inputs import as_day, days_of

PROBLEMS = (
    *("initiative", "efficiency", "plan", "cost", "forecast", "stars", "turnover", "sharing"),
    *("dynamics", "erratic"),
)
_WEEKS = 4  # "of late"
_GONE_WEEKS = 13  # without any entry: no longer at work


def problems(deals, today, ladder, history, *, days_ago=None):
    """A measure for each of the ten problems of sales management.

    Parameters
    ----------
    deals : DataFrame
        The team's list, ended deals included: ``deal_id stage owner_id`` (or ``owner``); with
        ``amount``, ``last_contact`` and next steps where the file has them.
    today : date, str or Timestamp
    ladder : Ladder
    history : DataFrame
        Stage history of the team.
    days_ago : int, optional
        How long ago the list was that the forecast is judged by; twice the median time from first
        appointment to contract else.

    Returns
    -------
    DataFrame
        Index: `PROBLEMS`. ``value``, ``comparison`` (what would be no problem), ``n`` (persons or
        deals that it rests on); NaN where the records do not hold it. Which way is bad differs:

        - initiative: share of the persons who made a first appointment in the last four weeks; 1
        - efficiency: contracts per first appointment, over deals that have ended; the share over
          all first appointments so far, dead ones included, is the comparison
        - plan: share of the open deals from 25% up with a next step that counts; 1
        - cost: share of the days on the list that went into deals that were lost or are older
          than any contract took; share of such deals
        - forecast: contracts that the ladder foretold from an old list (sum of rates), for each
          that came; 1
        - stars: share of the contracts' money (or number) of the best fifth of the persons; what
          a fifth would have if all sold alike
        - turnover: share of the persons in the history without any entry for 13 weeks; 0
        - sharing: highest less lowest shrunk win rate of the persons; 0
        - dynamics: share of the open deals that changed their stage or were spoken to in the
          last four weeks; 1
        - erratic: how many times wider the win rate varies from quarter to quarter than chance
          alone makes it; 1

    Raises
    ------
    InputError
        As `funnel.review` and `funnel.flow`.

    Notes
    -----
    Syllabus item funnel.1.1. Records see what was entered, so each measure fails where people act
    and do not write it down: "sharing" shows a spread that talking might narrow, not whether people
    talk; "turnover" takes long silence for having left. ``erratic`` is the square root of the
    chi-square of the quarters over its degrees of freedom.
    """
    day = as_day(today)
    found = snapshot(history, day)
    known = entries(history)
    known = known[known["date"] <= day]
    owner = _owner(deals)
    measures = {
        "initiative": _initiative(found, owner, day),
        "efficiency": _efficiency(found),
        "plan": _plan(deals, day),
        "cost": _cost(found, day),
        "forecast": _forecast(history, found, day, ladder, days_ago),
        "stars": _stars(deals, owner),
        "turnover": _turnover(known, owner, day),
        "sharing": _sharing(deals, owner),
        "dynamics": _dynamics(deals, known, day),
        "erratic": _erratic(found),
    }
    rows = [measures[code] for code in PROBLEMS]
    index = pd.Index(PROBLEMS, name="problem")
    return pd.DataFrame(rows, index=index, columns=["value", "comparison", "n"], dtype=float)


_UNKNOWN = (float("nan"), float("nan"), 0)


def _share(part, whole):
    return part / whole if whole else float("nan")


def _owner(deals):
    """Who owns each deal, indexed by ``deal_id``; None where nobody is named."""
    column = next((name for name in ("owner_id", "owner") if name in deals), None)
    if column is None or "deal_id" not in deals:
        return pd.Series(dtype=object)
    named = deals.dropna(subset=["deal_id", column]).drop_duplicates("deal_id")
    return named.set_index("deal_id")[column]


def _initiative(found, owner, day):
    recent = found.index[(day - found["appointment"]).dt.days < 7 * _WEEKS]
    persons = owner.unique()
    return _share(owner.reindex(recent).nunique(), len(persons)), 1.0, len(persons)


def _efficiency(found):
    met = found[found["appointment"].notna()]
    ended = met["closed"].notna()
    won = (met["stage"] == WON).sum()
    return _share(won, ended.sum()), _share(won, len(met)), int(ended.sum())


def _plan(deals, day):
    if not {"next_step", "next_step_date"} & set(deals.columns):
        return _UNKNOWN
    active = known_stage(deals["stage"]).isin(("p25", "p50", "p90"))
    bare = without_next_step(deals, day)[active]
    return _share(int((~bare).sum()), len(bare)), 1.0, len(bare)


def _cost(found, day):
    days = (found["closed"].fillna(day) - found["created"]).dt.days
    longest = days[found["stage"] == WON].max()
    idle = (found["stage"] == LOST) | (found["closed"].isna() & (days > longest))
    return _share(days[idle].sum(), days.sum()), _share(int(idle.sum()), len(idle)), len(found)


def _forecast(history, found, day, ladder, days_ago):
    if days_ago is None:
        cycle = (found["closed"] - found["appointment"])[found["stage"] == WON].dt.days.median()
        days_ago = 2 * cycle
    if days_ago != days_ago:
        return _UNKNOWN
    then = snapshot(history, day - pd.Timedelta(days=float(days_ago)))
    open_ = then[is_open(then["stage"])]
    came = int((found["stage"].reindex(open_.index) == WON).sum())
    return _share(ladder.rates(open_["stage"]).sum(), came), 1.0, len(open_)


def _stars(deals, owner):
    won = deals[known_stage(deals["stage"]) == WON]
    if "deal_id" not in deals or owner.empty:
        return _UNKNOWN
    worth = money(won)
    worth = worth.fillna(0.0) if worth.notna().any() else pd.Series(1.0, won.index)
    each = worth.groupby(won["deal_id"].map(owner)).sum().reindex(owner.unique(), fill_value=0.0)
    alike = pd.Series(1.0, each.index)
    return top_share(each), top_share(alike), len(each)


def _turnover(known, owner, day):
    last = known.groupby(known["deal_id"].map(owner))["date"].max()
    gone = (day - last).dt.days > 7 * _GONE_WEEKS
    return _share(int(gone.sum()), len(last)), 0.0, len(last)


def _sharing(deals, owner):
    if "deal_id" not in deals or owner.empty:
        return _UNKNOWN
    table = conversion(known_stage(deals["stage"]), deals["deal_id"].map(owner))
    table = table[table["n"] > 0]
    if len(table) < 2:
        return _UNKNOWN
    return table["shrunk"].max() - table["shrunk"].min(), 0.0, len(table)


def _dynamics(deals, known, day):
    open_ = deals[is_open(known_stage(deals["stage"]))]
    if "deal_id" not in deals:
        return _UNKNOWN
    changed = known.groupby("deal_id")["date"].max()
    last = pd.to_datetime(open_["deal_id"].map(changed.to_dict()))
    touched = (day - last).dt.days < 7 * _WEEKS
    touched |= days_since(open_, "last_contact", day) < 7 * _WEEKS
    return _share(int(touched.sum()), len(touched)), 1.0, len(touched)


def _erratic(found):
    ended = found[found["stage"].isin(CLOSED)]
    quarter = days_of(ended, "closed").dt.to_period("Q")
    table = (ended["stage"] == WON).groupby(quarter).agg(["sum", "size"])
    rate = _share(table["sum"].sum(), table["size"].sum())
    if len(table) < 2 or not 0 < rate < 1:
        return _UNKNOWN
    expected = table["size"] * rate
    chi2 = ((table["sum"] - expected) ** 2 / (expected * (1 - rate))).sum()
    return float(np.sqrt(chi2 / (len(table) - 1))), 1.0, int(table["size"].sum())
