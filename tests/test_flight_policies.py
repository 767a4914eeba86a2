import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_flight import RULES, SURE, anywhere

from coursekit import flight, terms
from coursekit.flight import Deal, Decision


@pytest.fixture(scope="module")
def hundred():
    """Games of the simple policies of which the tests speak, twelve weeks, seeds 0 to 99."""
    return {
        name: [flight.play(flight.SIMPLE[name], RULES, seed=seed) for seed in range(100)]
        for name in ("only_close", "only_prospect", "pyramid")
    }


def totals(games):
    return [flight.score(game.state, RULES).total for game in games]


def test_who_only_closes_starves_after_a_cycle(hundred):
    early, late = [], []
    for game in hundred["only_close"]:
        middle = game.states[flight.CYCLE + 1].won  # after the fifth week
        early.append(middle)
        late.append(game.state.won - middle)
    assert statistics.fmean(late) < 0.05 * statistics.fmean(early)
    idle = [game.states[5].hours - sum(game.turns[5].worked) for game in hundred["only_close"]]
    assert statistics.median(idle) > 30  # of some 38 hours of the sixth week


def test_who_only_prospects_never_eats(hundred):
    assert all(game.state.won == 0 for game in hundred["only_prospect"])


def test_the_best_simple_policy_beats_both_on_95_of_100_seeds(hundred):
    best, close, prospect = (
        totals(hundred[name]) for name in ("pyramid", "only_close", "only_prospect")
    )
    above = sum(a > max(b, c) for a, b, c in zip(best, close, prospect, strict=True))
    assert above >= 95


def test_the_pyramid_is_the_best_simple_policy(hundred):
    mean = statistics.fmean(totals(hundred["pyramid"])[:40])
    for name in {*flight.SIMPLE} - {"pyramid"}:
        games = [flight.play(flight.SIMPLE[name], RULES, seed=seed) for seed in range(40)]
        assert statistics.fmean(totals(games)) < mean, name


def test_a_policy_found_by_search_beats_the_best_simple_one_on_most_seeds(hundred):
    """Searched on twelve seeds, proved on a hundred others."""

    def mean(pair):
        games = [flight.play(flight.tended(*pair), RULES, seed=seed) for seed in range(1000, 1012)]
        return statistics.fmean(totals(games))

    found = max([(calls, cutoff) for calls in (0, 0.2, 0.4) for cutoff in (0, 0.8)], key=mean)
    games = [flight.play(flight.tended(*found), RULES, seed=seed) for seed in range(100)]
    won = sum(a > b for a, b in zip(totals(games), totals(hundred["pyramid"]), strict=True))
    assert won >= 60


@pytest.mark.parametrize("last", ["only_close", "only_prospect"])
def test_emptying_or_stuffing_the_list_in_the_last_week_does_not_pay(hundred, last):
    def policy(state, rules):
        name = last if state.week == state.weeks else "pyramid"
        return flight.SIMPLE[name](state, rules)

    games = [flight.play(policy, RULES, seed=seed) for seed in range(100)]
    gain = [a - b for a, b in zip(totals(games), totals(hundred["pyramid"]), strict=True)]
    assert statistics.fmean(gain) < 0
    assert sum(number > 0 for number in gain) < 40


def test_giving_up_the_whole_list_in_the_last_week_does_not_pay(hundred):
    def policy(state, rules):
        if state.week < state.weeks:
            return flight.SIMPLE["pyramid"](state, rules)
        return Decision(drop=tuple(deal.id for deal in state.deals))

    games = [flight.play(policy, RULES, seed=seed) for seed in range(20)]
    assert all(a <= b for a, b in zip(totals(games), totals(hundred["pyramid"][:20]), strict=True))


@pytest.mark.parametrize("name", flight.SIMPLE)
def test_every_opponent_has_a_name_in_both_languages(name):
    assert terms.known(f"flight.policy_{name}")


@anywhere
@given(st.integers(0, 200), st.lists(st.floats(0, 10), min_size=3))
def test_hours_split_into_whole_hours_lose_none(hours, shares):
    split = flight.whole_hours(hours, shares)
    assert sum(split) == (hours if sum(shares) else 0)
    assert all(type(number) is int and number >= 0 for number in split)


def test_the_hours_a_deal_needs_are_worked_out_by_hand():
    """No luck: 2 h of calls, then visits of 2 + 2 h below 50% and 3 + 3 h from there."""
    assert flight.hours_per_appointment(SURE) == (2, 4, 6)
    deal = Deal("a", "p50", "small", 1000)
    assert flight.hours_to_the_end(deal, SURE) == 3 + 3
    assert flight.value_per_hour(deal, SURE) == pytest.approx(1000 / 6)


def test_the_hours_that_a_50_percent_deal_needs_count_the_visits_that_change_nothing():
    """1 / 0.72 visits of 3 h, and with 0.4 / 0.72 also 1 / 0.7 visits of 3 h at 90%."""
    deal = Deal("a", "p50", "small", 1000)
    wanted = 3 / 0.72 + 0.4 / 0.72 * 3 / 0.7
    assert flight.hours_to_the_end(deal, RULES) == pytest.approx(wanted)
