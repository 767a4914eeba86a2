"""Goals written as data, and the six checks of SMART+C with a reason for each."""

import numpy as np
import pandas as pd

from coursekit import edges, inputs

CHECKS = ("specific", "measurable", "achievable", "relevant", "time_bound", "consistent")
RESULT = ("amount", "units")
ORGANISATION = ("collected", "problems_solved", "promotion")
MEASURES = (*RESULT, *ORGANISATION)

_NEEDED = ("measure", "owner", "value", "source", "serves", "due")


def check(goals, today, *, history=None, team=None, rules=None):
    """The six checks of each goal.

    Parameters
    ----------
    goals : DataFrame
        One row per goal: ``measure`` (`MEASURES`), ``owner``, ``value`` (number), ``source`` (where
        the figure will be read), ``serves`` (the larger goal it belongs to) and ``due``
        (datetime64); empty where nothing was written. Optional ``start``, and ``parts``: the
        product of the factors it was planned from (orders × order value, say).
    today : datetime or str
    history : DataFrame, optional
        Past periods as long as the goal's: ``owner``, ``measure``, ``value``.
    team : DataFrame, optional
        The team's goals: ``measure``, ``due``, ``value``.
    rules : dict, optional
        The edges; the shipped ``goals.toml`` without it.

    Returns
    -------
    DataFrame
        Index kept, a column per check of `CHECKS`: empty where it is passed, else the reason:

        - specific: ``no_measure``, ``unknown_measure``, ``no_owner``
        - measurable: ``no_value`` (none, or not above 0), ``no_source``
        - achievable: ``no_value``, ``no_history`` (too short to tell), ``out_of_reach`` and
          ``no_effort`` (against mean and spread of the history)
        - relevant: ``serves_nothing``
        - time_bound: ``no_due``, ``due_passed``, ``due_before_start``
        - consistent: ``contradicts_parts``, ``twice`` (two goals of one owner for the same
          measure and date), ``below_team`` and ``above_team`` (the sum of all owners),
          ``no_team`` (nothing to compare with)

    Raises
    ------
    InputError
        A column is absent, a value is no number, or a day is none.

    Notes
    -----
    Syllabus item planning.2.2; the C is consistency, with the team's and one's other goals. It
    fails for a new product or territory: the history's spread holds for a market that stays as it
    was, and ``no_history`` is then no fault of the goal.
    """
    rules = rules or edges.read("goals")
    inputs.columns(goals, *_NEEDED)
    value = inputs.numbers(goals["value"], "target", missing=True, empty=True)
    result = {
        "specific": _first(
            no_measure=inputs.blank(goals["measure"]),
            unknown_measure=~goals["measure"].isin(MEASURES),
            no_owner=inputs.blank(goals["owner"]),
        ),
        "measurable": _first(no_value=~(value > 0), no_source=inputs.blank(goals["source"])),
        "achievable": _achievable(goals, value, history, rules),
        "relevant": _first(serves_nothing=inputs.blank(goals["serves"])),
        "time_bound": _time_bound(goals, inputs.as_day(today)),
        "consistent": _consistent(goals, value, team, rules),
    }
    return pd.DataFrame(result, index=goals.index)


def scoreboard(goals, actual):
    """Goals of a period against what came, results and organisation side by side.

    Parameters
    ----------
    goals, actual : DataFrame
        ``owner``, ``measure`` (`MEASURES`), ``value``; several rows of one owner and measure are
        added up.

    Returns
    -------
    DataFrame
        Per owner and measure, in the order of `MEASURES`: ``owner measure side`` (``result`` or
        ``organisation``), ``goal``, ``actual`` (0 where nothing came), ``attained`` (actual over
        goal, NaN without a goal).

    Raises
    ------
    InputError
        A column is absent, a value is no number, or a measure is none of `MEASURES`.

    Notes
    -----
    Syllabus item planning.2.1. Who reaches the amount and collects nothing has not reached it. It
    fails where goods are pushed into the channel before the period ends: the amount is attained and
    comes back as returns; and counts of problems solved reward the easy ones.
    """
    sums = {}
    for name, table in (("goal", goals), ("actual", actual)):
        inputs.columns(table, "owner", "measure", "value")
        inputs.one_of(table, "measure", MEASURES)
        values = inputs.numbers(table["value"], "target", empty=True)
        sums[name] = values.groupby([table["owner"], table["measure"]]).sum()
    board = pd.DataFrame(sums).reset_index()
    board["actual"] = board["actual"].fillna(0.0)
    board["attained"] = board["actual"] / board["goal"].where(board["goal"] > 0)
    board["side"] = np.where(board["measure"].isin(RESULT), "result", "organisation")
    place = board["measure"].map({code: number for number, code in enumerate(MEASURES)})
    order = board.assign(place=place).sort_values(["owner", "place"]).index
    columns = ["owner", "measure", "side", "goal", "actual", "attained"]
    return board.loc[order, columns].reset_index(drop=True)


def _achievable(goals, value, history, rules):
    past = pd.DataFrame({"n": 0, "mean": np.nan, "sd": np.nan}, index=goals.index)
    if history is not None:
        inputs.columns(history, "owner", "measure", "value")
        figures = inputs.numbers(history["value"], "target", empty=True)
        groups = figures.groupby([history["owner"], history["measure"]])
        table = groups.agg(n="size", mean="mean", sd="std")
        keys = pd.MultiIndex.from_frame(goals[["owner", "measure"]])
        past = table.reindex(keys).set_axis(goals.index)
    high = (past["mean"] + rules["reach"] * past["sd"]).round(9)
    low = (past["mean"] - rules["slack"] * past["sd"]).round(9)
    return _first(
        no_value=~(value > 0),
        no_history=~(past["n"] >= rules["least_history"]),
        out_of_reach=value > high,
        no_effort=value < low,
    )


def _time_bound(goals, today):
    due = inputs.days_of(goals, "due")
    none = pd.Series(pd.NaT, goals.index)
    start = inputs.days_of(goals, "start") if "start" in goals else none
    return _first(no_due=due.isna(), due_passed=due < today, due_before_start=due < start)


def _consistent(goals, value, team, rules):
    off = pd.Series(False, index=goals.index)
    if "parts" in goals:
        parts = inputs.numbers(goals["parts"], "target", missing=True, empty=True)
        off = (value - parts).abs().round(9) > rules["tolerance"] * value.abs()
    keys = ["measure", "due"]
    twice = goals.duplicated(["owner", *keys], keep=False)
    gap = pd.Series(np.nan, index=goals.index)
    if team is not None:
        inputs.columns(team, *keys, "value")
        goals, team = (table.assign(due=inputs.days_of(table, "due")) for table in (goals, team))
        wanted = inputs.numbers(team["value"], "target", empty=True)
        wanted = wanted.groupby([team[key] for key in keys]).sum()
        planned = value.groupby([goals[key] for key in keys]).transform("sum")
        labels = pd.MultiIndex.from_frame(goals[keys])
        wanted = wanted.reindex(labels).set_axis(goals.index)
        gap = (planned / wanted.where(wanted > 0) - 1).round(9)
    return _first(
        contradicts_parts=off,
        twice=twice,
        below_team=gap < -rules["tolerance"],
        above_team=gap > rules["tolerance"],
        no_team=gap.isna(),
    )


def _first(**faults):
    """The first fault that applies to each row, else empty."""
    rows = [np.asarray(found, dtype=bool) for found in faults.values()]
    return np.select(rows, list(faults), "")
