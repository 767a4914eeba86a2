"""One week: what the hours bring, what neglect takes."""

import dataclasses

from coursekit.errors import InputError
from coursekit.flight.rules import BEFORE, NEXT, WORK, WORK_ON
from coursekit.flight.state import decision_of, event_of, hours_of, luck, new_deal
from coursekit.funnel.ladder import LOST, OPEN, WON


@dataclasses.dataclass(frozen=True)
class Move:
    """What happened to one deal.

    Attributes
    ----------
    code : str
        ``new``, ``up``, ``won``, ``stays`` (visited, nothing moved), ``lost`` (the customer said
        no), ``cooled`` (fell a stage untouched), ``gone`` (fell off the list), ``dropped``.
    deal : str
    before, after : str or None
        Stages; None before a new deal and after one that was dropped.
    amount : int
    """

    code: str
    deal: str
    before: str | None
    after: str | None
    amount: int


@dataclasses.dataclass(frozen=True)
class Turn:
    """One week played.

    Attributes
    ----------
    state : State
        The beginning of the next week.
    moves : tuple of Move
        One per deal that was dropped or visited, fell or came; in the order of the list.
    worked : tuple of int
        Hours worked on `flight.WORK`, never more than were given out; the rest was idle because
        no deal was there to visit, or the hours did not reach for a whole visit or round of calls.
    """

    state: object
    moves: tuple
    worked: tuple


def turn(state, decision, rules):
    """Play one week.

    Parameters
    ----------
    state : State
    decision : Decision or dict
    rules : Rules

    Returns
    -------
    Turn

    Raises
    ------
    InputError
        As `checked`.

    Notes
    -----
    In this order: deals given up go; hours become visits, deals named in `first` before all others,
    then the longest untouched, then the higher stage, the larger amount; a visit moves a deal up,
    ends it or leaves it; deals without a visit wait, and after the grace they may fall a stage;
    calls bring first appointments. One visit a week per deal, so a deal moves one stage a week at
    most: from the first appointment to the contract takes four visits, and the contract comes in
    the fifth week at the earliest. As a picture of the trade it fails on deals that close in one
    talk and on those that need several people in one week.
    """
    decision = checked(state, decision, rules)
    kept = [deal for deal in state.deals if deal.id not in decision.drop]
    visited, worked = visits(kept, decision, rules)
    moves = [
        Move("dropped", deal.id, deal.stage, None, deal.amount)
        for deal in state.deals
        if deal.id in decision.drop
    ]
    deals, won = [], 0
    for deal in kept:
        move, after = _week_of(deal, deal.id in visited, state, rules)
        if move:
            moves.append(move)
        if after:
            deals.append(after)
        elif move.code == "won":
            won += deal.amount
    came, called = _calls(decision.prospect, state, rules)
    moves += [Move("new", deal.id, None, deal.stage, deal.amount) for deal in came]
    deals += came
    worked = (called, *worked)
    following = dataclasses.replace(
        state,
        week=state.week + 1,
        hours=hours_of(rules, deals, state.seed, state.week + 1),
        event=event_of(rules, state.seed, state.week + 1),
        deals=tuple(deals),
        won=state.won + won,
        costs=state.costs + rules.cost_per_hour * sum(worked),
    )
    return Turn(following, tuple(moves), worked)


def checked(state, decision, rules):
    """The decision, where it can be carried out.

    Raises
    ------
    InputError
        The game is over; hours are no whole numbers from 0 up, or more than there are; a deal is
        not on the list, there twice, or both to be visited and dropped.
    """
    if state.over:
        raise InputError("flight.over", weeks=state.weeks)
    decision = decision_of(decision)
    for work in WORK:
        hours = getattr(decision, work)
        if type(hours) is not int or hours < 0:
            raise InputError("flight.hours", work=f"flight.{work}", value=str(hours)[:40])
    if decision.hours > state.hours:
        raise InputError("flight.too_many_hours", given=decision.hours, hours=state.hours)
    listed = {deal.id for deal in state.deals}
    seen = set()
    for name in (*decision.first, *decision.drop):
        if name not in listed:
            raise InputError("flight.unknown_deal", deal=name[:40])
        if name in seen:
            raise InputError("flight.deal_twice", deal=name)
        seen.add(name)
    return decision


def in_turn(deals):
    """Deals in the order of visits: longest untouched, higher stage, larger amount, then id."""
    return sorted(
        deals,
        key=lambda deal: (-deal.untouched, -OPEN.index(deal.stage), -deal.amount, deal.id),
    )


def visits(deals, decision, rules):
    """Which deals the hours reach.

    Returns
    -------
    set of str
        Deals that are visited.
    tuple of int
        Hours worked on advancing and on closing.
    """
    listed = {deal.id: deal for deal in deals}
    named = [listed[name] for name in decision.first]
    others = in_turn([deal for deal in deals if deal.id not in decision.first])
    left = {"advance": decision.advance, "close": decision.close}
    visited = set()
    for deal in (*named, *others):
        work, hours = WORK_ON[deal.stage], rules.visit_hours(deal)
        if hours <= left[work]:
            left[work] -= hours
            visited.add(deal.id)
    return visited, (decision.advance - left["advance"], decision.close - left["close"])


def _week_of(deal, visited, state, rules):
    """What a week does to one deal: its move, if any, and the deal after it, if still open."""
    step = rules.step[deal.stage]
    older = dataclasses.replace(deal, age=deal.age + 1, untouched=0)
    if visited:
        number = luck(state.seed, deal.id, state.week, "visit")
        up, out = chances(deal, state, rules)
        if number < up:
            after = NEXT[deal.stage]
            code, older = ("won", None) if after == WON else ("up", _at(older, after))
            return Move(code, deal.id, deal.stage, after, deal.amount), older
        if number >= 1 - out:
            return Move("lost", deal.id, deal.stage, LOST, deal.amount), None
        return Move("stays", deal.id, deal.stage, deal.stage, deal.amount), older
    older = dataclasses.replace(older, untouched=deal.untouched + 1)
    falls = luck(state.seed, deal.id, state.week, "decay") < step.decay
    if older.untouched <= rules.grace or not falls:
        return None, older
    below = BEFORE.get(deal.stage)
    if below is None:
        return Move("gone", deal.id, deal.stage, LOST, deal.amount), None
    return Move("cooled", deal.id, deal.stage, below, deal.amount), _at(older, below)


def chances(deal, state, rules):
    """Chances (0 to 1) that a visit this week moves a deal up, and that it ends it.

    The rules' chances times the pace of its size; moving up also times skill and event, as far
    as there is room beside the end.
    """
    step, pace = rules.step[deal.stage], rules.size[deal.size].pace
    factor = getattr(rules.event[state.event], WORK_ON[deal.stage])
    out = step.out * pace
    return min(step.up * pace * dict(state.skill)[deal.stage] * factor, 1 - out), out


def _calls(hours, state, rules):
    """Deals that the week's calls bring, and the hours they took."""
    rounds = hours // rules.call_hours
    numbers = (n for n in range(1, rounds + 1) if answers(n, state, rules))
    came = [new_deal(rules, state.seed, state.week, n) for n in numbers]
    return came, rounds * rules.call_hours


def answers(number, state, rules):
    """Whether the n-th round of calls of the week ends in a first appointment."""
    return luck(state.seed, state.week, number, "call") < call_chance(state, rules)


def call_chance(state, rules):
    """Chance (0 to 1) that a round of calls of this week ends in a first appointment."""
    factor = rules.event[state.event].prospect * dict(state.skill)[OPEN[0]]
    return min(1.0, rules.call_chance * factor)


def _at(deal, stage):
    return dataclasses.replace(deal, stage=stage)
