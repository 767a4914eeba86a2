"""After the game: in which week the hole was dug, and what would have been."""

import dataclasses

import pandas as pd

from coursekit.errors import InputError
from coursekit.flight.policies import hours_per_appointment, whole_hours
from coursekit.flight.record import Game, score
from coursekit.flight.rules import ENTRY, WORK
from coursekit.flight.state import Decision, new_deal
from coursekit.flight.turn import answers, call_chance
from coursekit.funnel.ladder import STAGES

CYCLE = len(STAGES) - 1 - STAGES.index(ENTRY)  # weeks from a first appointment to its contract


@dataclasses.dataclass(frozen=True)
class Hole:
    """Missing inflow.

    Attributes
    ----------
    week : int
        The week that fell short most.
    since, deepest : int
        The run of weeks that it belongs to: first week behind, week of the greatest gap.
    missing : float
        First appointments that are missing at the deepest week, on average.
    value : float
        What they are worth in money, on average.
    felt : int
        First week in which a contract of `week` could have come; it may lie after the game.
    """

    week: int
    since: int
    deepest: int
    missing: float
    value: float
    felt: int


@dataclasses.dataclass(frozen=True)
class Debrief:
    """A game looked back on: `weeks`, one row per week; `hole`, or None."""

    weeks: pd.DataFrame
    hole: Hole | None


def debrief(game, rules):
    """What each week of a game did to the inflow.

    Parameters
    ----------
    game : Game
        With at least one week played.
    rules : Rules

    Returns
    -------
    Debrief
        ``weeks`` has index ``week`` and the columns ``event``, ``hours``; ``prospect``,
        ``advance``, ``close`` (hours worked), ``idle``; ``deals`` (on the list at the week's
        start), ``won`` (money in the week), ``came`` (first appointments), ``made`` and ``owed``
        (rounds of calls, and those that keep the list's shape); ``missed`` and
        ``missed_amount`` (the customers that calls up to ``owed`` would have brought, known since
        luck is fixed); ``short`` (first appointments that are missing on average, negative where
        more calls were made than owed), ``behind`` (these added up, never below 0);
        ``otherwise`` (score of the game with this week's calls raised to ``owed``, `repaired`).

    Raises
    ------
    InputError
        No week has been played.

    Notes
    -----
    Syllabus item funnel.4.3. The hole is the longest way down in ``behind``: the run of weeks up
    to its peak; within the run the week that fell short most, the earlier one where two are
    equal. There is none where the peak stays below the calls of one usual week. It is judged by
    calls and chances, not by who would have answered, so that one lucky customer does not move
    it; ``missed`` and ``otherwise`` show what this luck made of it. It fails for a player who had
    good reason to call less than the pyramid asks, such as a list that was full.
    """
    if not game.turns:
        raise InputError("flight.nothing_played")
    rows, behind = [], 0.0
    for state, decision, week in zip(game.states, game.decisions, game.turns, strict=False):
        owed = owed_calls(state.hours, rules)
        made = decision.prospect // rules.call_hours
        missed = [
            new_deal(rules, state.seed, state.week, number).amount
            for number in range(made + 1, owed + 1)
            if answers(number, state, rules)
        ]
        short = (owed - made) * call_chance(state, rules)
        behind = max(0.0, behind + short)
        rows.append(
            {
                "week": state.week,
                "event": state.event,
                "hours": state.hours,
                **dict(zip(WORK, week.worked, strict=True)),
                "idle": state.hours - sum(week.worked),
                "deals": len(state.deals),
                "won": week.state.won - state.won,
                "came": sum(move.code == "new" for move in week.moves),
                "made": made,
                "owed": owed,
                "missed": len(missed),
                "missed_amount": sum(missed),
                "short": short,
                "behind": behind,
                "otherwise": score(repaired(game, state.week, rules).state, rules).total,
            }
        )
    weeks = pd.DataFrame(rows).set_index("week")
    return Debrief(weeks, _hole(weeks, rules))


def owed_calls(hours, rules):
    """Rounds of calls that a week of so many hours owes to the list's shape."""
    return whole_hours(hours, hours_per_appointment(rules))[0] // rules.call_hours


def repaired(game, week, rules):
    """The same game with one week's calls raised to what the shape takes.

    The hours come from idle ones first, then from the other two kinds of work in proportion.
    Every later decision is kept as far as it still can be: hours are cut in proportion where the
    list's upkeep leaves fewer, deals that are no longer there are passed over. Luck is the same.
    """
    other = Game(game.first)
    for decision in game.decisions:
        state = other.state
        wanted = (decision.prospect, decision.advance, decision.close)
        if state.week == week:
            calls = owed_calls(state.hours, rules) * rules.call_hours
            calls = max(decision.prospect, calls)
            wanted = (calls, *_at_most(state.hours - calls, wanted[1:]))
        listed = {deal.id for deal in state.deals}
        other = other.decide(
            Decision(
                *_at_most(state.hours, wanted),
                first=tuple(name for name in decision.first if name in listed),
                drop=tuple(name for name in decision.drop if name in listed),
            ),
            rules,
        )
    return other


def _hole(weeks, rules):
    usual = owed_calls(rules.hours, rules) * rules.call_chance
    deepest = weeks["behind"].idxmax()
    if weeks["behind"][deepest] < max(usual, 1e-9):
        return None
    level = weeks["behind"].loc[:deepest]
    since = max((week + 1 for week in level.index[level == 0]), default=weeks.index[0])
    week = weeks["short"].loc[since:deepest].idxmax()
    missing = float(level[deepest])
    return Hole(
        week=int(week),
        since=int(since),
        deepest=int(deepest),
        missing=missing,
        value=missing * rules.worth[ENTRY] * rules.mean_amount,
        felt=int(week) + CYCLE,
    )


def _at_most(hours, wanted):
    return wanted if sum(wanted) <= hours else whole_hours(hours, wanted)
