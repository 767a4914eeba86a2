"""Opponents that follow one rule through the whole game."""

from coursekit.flight.rules import ENTRY, WORK, WORK_ON
from coursekit.flight.state import Decision
from coursekit.flight.turn import in_turn
from coursekit.funnel.ladder import OPEN


def only_close(state, rules):
    """All hours on deals at 50% and 90%."""
    return Decision(close=state.hours)


def only_prospect(state, rules):
    """All hours on calls."""
    return Decision(prospect=state.hours)


def old_list(state, rules):
    """Every deal of the list in turn, never a new one: half advancing, half closing."""
    return Decision(*whole_hours(state.hours, (0, 1, 1)))


def even_split(state, rules):
    """A third each."""
    return Decision(*whole_hours(state.hours, (1, 1, 1)))


def largest_first(state, rules):
    """A third each, and always to the largest deals first."""
    largest = sorted(state.deals, key=lambda deal: (-deal.amount, deal.id))
    split = whole_hours(state.hours, (1, 1, 1))
    return Decision(*split, first=tuple(deal.id for deal in largest))


def feast_and_famine(state, rules):
    """Closes and advances while there is anything at 50% or above, else only calls."""
    if any(WORK_ON[deal.stage] == "close" for deal in state.deals):
        return Decision(*whole_hours(state.hours, (0, 1, 1)))
    return Decision(prospect=state.hours)


def pyramid(state, rules):
    """Calls first, as many as keep the list's shape; then every deal in turn; the rest calls."""
    calls = whole_hours(state.hours, hours_per_appointment(rules))[0]
    return visiting(state, rules, in_turn(state.deals), keep=calls)


SIMPLE = {
    policy.__name__: policy
    for policy in (
        *(only_close, only_prospect, old_list, even_split),
        *(largest_first, feast_and_famine, pyramid),
    )
}


def hours_per_appointment(rules):
    """Hours of the three kinds of work from finding one deal to its end, on average.

    Calls: hours of a round over its chance. A deal stays 1 / (up + out) visits on a stage that it
    reaches, at the hours and the pace of its size; it reaches the next one with up / (up + out).

    Returns
    -------
    tuple of float
        Prospecting, advancing, closing, per first appointment.
    """
    hours = dict.fromkeys(WORK, 0.0)
    hours["prospect"] = rules.call_hours / rules.call_chance if rules.call_chance else 0.0
    slow = sum(size.share * size.times / size.pace for size in rules.sizes if size.pace)
    reach = 1.0
    for stage in OPEN[OPEN.index(ENTRY) :]:
        step = rules.step[stage]
        if step.up + step.out:
            hours[WORK_ON[stage]] += reach * slow * step.hours / (step.up + step.out)
        reach *= rules.conversion[stage]
    return tuple(hours.values())


def whole_hours(hours, shares):
    """Hours split in proportion to shares, in whole hours, largest remainders first."""
    total = sum(shares)
    if not total:
        return tuple(0 for _ in shares)
    exact = [hours * share / total for share in shares]
    found = [int(number) for number in exact]
    by_rest = sorted(range(len(shares)), key=lambda i: (found[i] - exact[i], i))
    for place in by_rest[: hours - sum(found)]:
        found[place] += 1
    return tuple(found)


def visiting(state, rules, deals, keep=0, drop=()):
    """Visit these deals in this order as far as the hours go, and call with the rest.

    Parameters
    ----------
    deals : sequence of Deal
    keep : int
        Hours that are set aside for calls before the first visit.
    drop : tuple of str
    """
    left = state.hours - min(keep, state.hours)
    hours = {"advance": 0, "close": 0}
    first = []
    for deal in deals:
        needed = rules.visit_hours(deal)
        if needed <= left:
            left -= needed
            hours[WORK_ON[deal.stage]] += needed
            first.append(deal.id)
    calls = state.hours - sum(hours.values())
    return Decision(calls, **hours, first=tuple(first), drop=tuple(drop))


def tended(calls=0.25, cutoff=0.5):
    """A policy that looks at the list: what each hour on a deal can still bring decides.

    Parameters
    ----------
    calls : float
        Share of each week's hours, 0 to 1, that goes to calls whatever the list holds.
    cutoff : float
        A deal is given up when an hour on it brings less than this part of what an hour brings
        that begins with a new call.

    Returns
    -------
    callable
        ``(state, rules) -> Decision``.

    Notes
    -----
    What an hour brings: amount times chance of a contract, over the hours that the deal still needs
    (`hours_to_the_end`). For the order of jobs by value per hour see Cox & Smith, Queues (1961),
    the c-mu rule. It fails where a deal brings more than its own contract, a reference or the door
    to a group: it then gives up the very customer who is worth the hours.
    """

    def policy(state, rules):
        new = rules.worth[ENTRY] * rules.mean_amount / sum(hours_per_appointment(rules))
        gain = {deal.id: value_per_hour(deal, rules) for deal in state.deals}
        drop = tuple(deal.id for deal in state.deals if gain[deal.id] < cutoff * new)
        kept = [deal for deal in state.deals if deal.id not in drop]
        kept.sort(key=lambda deal: (-gain[deal.id], deal.id))
        return visiting(state, rules, kept, keep=round(calls * state.hours), drop=drop)

    return policy


def value_per_hour(deal, rules):
    """Money that an hour on a deal brings on average, if it is seen through to its end."""
    hours = hours_to_the_end(deal, rules)
    return rules.worth[deal.stage] * deal.amount / hours if hours else 0.0


def hours_to_the_end(deal, rules):
    """Hours of visits that a deal needs on average until it is won or lost."""
    size = rules.size[deal.size]
    hours, reach = 0.0, 1.0
    for stage in OPEN[OPEN.index(deal.stage) :]:
        step = rules.step[stage]
        if pace := size.pace * (step.up + step.out):
            hours += reach * step.hours * size.times / pace
        reach *= rules.conversion[stage]
    return hours
