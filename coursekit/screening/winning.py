"""Where deals are won: by segment and competitor, by objections, by what was done in them."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.funnel import CLOSED, WON
from coursekit.trials import newcombe, wilson_frame

MOST_OBJECTIONS = 3


def win_rates(deals, by):
    """Win rate per group, with its interval, against all the others.

    Parameters
    ----------
    deals : DataFrame
        Column ``stage``, of which only ``contract`` and ``lost`` count, and those of `by`.
    by : str or list of str
        For example ``"segment"`` or ``["segment", "competitor"]``; blank is a group of its own.

    Returns
    -------
    DataFrame
        One row per group, sorted: ``won n rate low high`` (Wilson, 95%); ``gap`` to the rate of
        all the others with ``gap_low gap_high`` (Newcombe, 95%; NaN where there are no others);
        ``verdict``: ``better`` or ``worse`` where that interval leaves 0 out, else ``open``;
        ``refusals_per_win`` (NaN where none was won).

    Raises
    ------
    InputError
        A column is absent.

    Notes
    -----
    Syllabus items screening.1.3 and screening.1.5. Of twenty groups one is "better" by luck: take
    it as a question for the next twenty deals. It fails where deals that nobody closed are left
    open for ever: they are losses that do not count.
    """
    by = [by] if isinstance(by, str) else list(by)
    inputs.columns(deals, "stage", *by)
    closed = deals[deals["stage"].isin(CLOSED)]
    groups = (closed["stage"] == WON).groupby([closed[name] for name in by], dropna=False)
    table = wilson_frame(groups.sum().astype(np.int64), groups.size())
    _against_others(table)
    table["verdict"] = np.select(
        [table["gap_low"] > 0, table["gap_high"] < 0], ["better", "worse"], "open"
    )
    table["refusals_per_win"] = (table["n"] - table["won"]) / table["won"].where(table["won"] > 0)
    return table


def objections_by_number(log, won, most=MOST_OBJECTIONS):
    """Loss rate by how many objections a deal met.

    Parameters
    ----------
    log : DataFrame
        One row per objection: ``deal_id``.
    won : Series of bool, index deal ids
        Closed deals, those without an objection too. Objections of other deals are left out.
    most : int, default 3
        The last class holds so many and more.

    Returns
    -------
    DataFrame
        Index ``objections`` 0 to `most`: ``lost n rate low high`` (Wilson, 95%).

    Raises
    ------
    InputError
        No column ``deal_id``, a deal twice among `won`, or an outcome that is neither yes nor no.

    Notes
    -----
    Syllabus item screening.1.7. It fails as a proof of cause: who is about to refuse also objects
    more; and it fails on a log kept only for lost deals, which proves nothing.
    """
    won, most = _outcomes(won), inputs.whole(most, "count", least=1)
    met = inputs.columns(log, "deal_id")["deal_id"].value_counts()
    number = met.reindex(won.index, fill_value=0).clip(upper=most)
    table = _losses(won, number).reindex(range(most + 1))
    return _filled(table).rename_axis("objections")


def objections_by_step(log, won, steps):
    """Loss rate of the deals that met an objection at a step.

    Parameters
    ----------
    log : DataFrame
        One row per objection: ``deal_id``, ``step``.
    won : Series of bool, index deal ids
        As of `objections_by_number`.
    steps : sequence of str
        Steps of selling, in their order.

    Returns
    -------
    DataFrame
        Index `steps`: ``lost n rate low high`` over deals with at least one objection there; a
        deal can count at several steps.

    Raises
    ------
    InputError
        A column is absent, or a step that is not among `steps`.

    Notes
    -----
    Syllabus item screening.1.7. It fails as a comparison of early and late steps: the late ones are
    reached only by deals that survived the early ones.
    """
    won, steps = _outcomes(won), list(steps)
    log = _known_steps(inputs.columns(log, "deal_id", "step"), "step", steps)
    met = log[log["deal_id"].isin(won.index)].drop_duplicates(["deal_id", "step"])
    outcome = won.reindex(met["deal_id"])
    table = _losses(outcome, met["step"].set_axis(outcome.index)).reindex(steps)
    return _filled(table).rename_axis("step")


def preventable(log, prevented_by, steps):
    """Which objections an earlier step should have answered.

    Parameters
    ----------
    log : DataFrame
        One row per objection: ``kind``, ``step`` at which it came.
    prevented_by : mapping of str to str
        Per kind the step at which it is to be raised before the customer does.
    steps : sequence of str
        Steps of selling, in their order.

    Returns
    -------
    DataFrame
        Index of `log`: ``kind``, ``step``, ``prevent`` (the step that answers it, None where the
        kind has none), ``preventable`` (bool: that step comes before the one where it was met).

    Raises
    ------
    InputError
        A column is absent, or a step that is not among `steps`.

    Notes
    -----
    Syllabus item screening.1.7. Which step prevents what is the team's judgement, not a finding. It
    fails where the objection is an excuse: answered early, it makes room for the next one.
    """
    steps = list(steps)
    _known_steps(inputs.columns(log, "kind", "step"), "step", steps)
    prevent = log["kind"].map(prevented_by).astype(object)
    prevent = prevent.where(prevent.notna(), None)
    _known_steps(prevent.dropna().to_frame("step"), "step", steps)
    place = {step: number for number, step in enumerate(steps)}
    earlier = prevent.map(place).astype(float) < log["step"].map(place).astype(float)
    return pd.DataFrame(
        {"kind": log["kind"], "step": log["step"], "prevent": prevent, "preventable": earlier}
    )


def step_lift(done, won):
    """Which steps the won deals share.

    Parameters
    ----------
    done : DataFrame of bool, shape (n_deals, n_steps)
        What was done in each closed deal.
    won : Series or array_like of bool, shape (n_deals,)

    Returns
    -------
    DataFrame
        One row per step, largest gap first: ``n_with``, ``n_without``, ``with`` and ``without``
        (win rates), ``lift`` (rate with the step over that of all), ``gap`` with ``gap_low
        gap_high`` (Newcombe, 95%). NaN where one side has no deal.

    Raises
    ------
    InputError
        Lengths differ, or something is neither yes nor no.

    Notes
    -----
    Syllabus item screening.4.3. It fails for late steps, which shine because only good deals reach
    them: compare steps of the same age, and then try one on purpose (`coursekit.trials`).
    """
    rows = {}
    for step in done:
        mark = inputs.yes_no(done[step], "outcome")
        outcome = inputs.paired(inputs.yes_no(won, "outcome"), mark, "outcome")
        n_with, n_without = int(mark.sum()), int((~mark).sum())
        won_with, won_without = int(outcome[mark].sum()), int(outcome[~mark].sum())
        overall = outcome.mean()
        row = {
            "n_with": n_with,
            "n_without": n_without,
            "with": won_with / n_with if n_with else math.nan,
            "without": won_without / n_without if n_without else math.nan,
        }
        row["lift"] = row["with"] / overall if overall else math.nan
        row["gap"] = row["with"] - row["without"]
        sides = (math.nan, math.nan)
        if n_with and n_without:
            sides = newcombe(won_with, n_with, won_without, n_without)
        rows[step] = row | {"gap_low": sides[0], "gap_high": sides[1]}
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table if table.empty else table.sort_values("gap", ascending=False, kind="stable")


def _against_others(table):
    """Add the gap of each group to the rate of all the others."""
    won, n = table["won"], table["n"]
    other_won, other_n = won.sum() - won, n.sum() - n
    alone = other_n == 0
    table["gap"] = table["rate"] - (other_won / other_n.where(~alone))
    low, high = newcombe(won, n, other_won.where(~alone, 0), other_n.where(~alone, 1))
    table["gap_low"], table["gap_high"] = (np.where(alone, math.nan, side) for side in (low, high))


def _losses(won, by):
    lost = (~won).groupby(by.to_numpy())
    return wilson_frame(lost.sum().astype(np.int64), lost.size()).rename(columns={"won": "lost"})


def _filled(table):
    """Classes that no deal fell into: nothing lost of nothing, so anything is possible."""
    values = {"lost": 0, "n": 0, "low": 0.0, "high": 1.0}
    return table.fillna(values).astype({"lost": np.int64, "n": np.int64})


def _outcomes(won):
    won = inputs.yes_no(won, "outcome")
    if not won.index.is_unique:
        raise InputError("screening.deal_twice", deal=str(won.index[won.index.duplicated()][0]))
    return won


def _known_steps(log, column, steps):
    unknown = ~log[column].isin(steps)
    if unknown.any():
        raise InputError(
            "screening.unknown_step",
            log.index[unknown],
            step=str(log[column][unknown].iloc[0]),
            known=", ".join(map(str, steps)),
        )
    return log
