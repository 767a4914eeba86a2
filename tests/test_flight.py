import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_flight import RULES, SURE, anywhere, decisions, games

from coursekit import flight
from coursekit.errors import InputError
from coursekit.flight import Deal, Decision, State
from coursekit.funnel import OPEN, Ladder


def standing(deals, rules=RULES, week=1, event="quiet", hours=40, **skill):
    """A state with these deals, skill 1 where none is given."""
    factors = tuple((stage, skill.get(stage, 1.0)) for stage in OPEN)
    return State(7, "twelve", week, 12, hours, event, factors, tuple(deals))


def after(week, name):
    """A deal of the next state by its id, or None."""
    return next((deal for deal in week.state.deals if deal.id == name), None)


def codes(week):
    return [(move.code, move.deal) for move in week.moves]


# --- one tiny game by hand


def test_a_game_without_luck_goes_as_worked_out_by_hand():
    """Start: deal 0-1 at the first appointment, 0-2 at 90%; each is worth 1,000 if signed."""
    state = flight.start(SURE, "six")
    assert [(deal.id, deal.stage, deal.amount) for deal in state.deals] == [
        ("0-1", "appointment", 1000),
        ("0-2", "p90", 1000),
    ]
    # week 1: two rounds of calls (4 h), one visit of 2 h, one of 3 h; 9 h of 10
    one = flight.turn(state, {"prospect": 4, "advance": 2, "close": 3}, SURE)
    assert codes(one) == [("up", "0-1"), ("won", "0-2"), ("new", "1-1"), ("new", "1-2")]
    assert (one.state.won, one.state.costs, one.worked) == (1000, 9 * 10, (4, 2, 3))
    # week 2: 3 h advance one deal (2 h each): 0-1 is higher up; nothing to close, 7 h idle
    two = flight.turn(one.state, {"advance": 3, "close": 7}, SURE)
    assert codes(two) == [("up", "0-1")]
    assert two.worked == (0, 2, 0)
    assert [(d.id, d.stage, d.age, d.untouched) for d in two.state.deals] == [
        ("0-1", "p50", 2, 0),
        ("1-1", "appointment", 1, 1),
        ("1-2", "appointment", 1, 1),
    ]
    # week 3: 3 h close 0-1 to 90%; the other two, alone for a second week, fall
    three = flight.turn(two.state, {"close": 3}, SURE)
    assert codes(three) == [("up", "0-1"), ("cooled", "1-1"), ("cooled", "1-2")]
    assert [deal.stage for deal in three.state.deals] == ["p90", "opportunity", "opportunity"]
    # score: won 1000, 9 + 2 + 3 h at 10, and only 0-1 was worked on, sure to be signed
    assert flight.score(three.state, SURE) == flight.Score(won=1000, costs=140, left=1000)
    assert flight.score(three.state, SURE).total == 1000 - 140 + 1000


def test_from_the_first_appointment_to_the_contract_takes_four_visits():
    def policy(state, rules):
        return Decision(prospect=2 if state.week == 1 else 0, advance=2, close=3)

    game = flight.play(policy, SURE, "twelve")
    moves = {week.state.week - 1: codes(week) for week in game.turns if week.moves}
    assert moves == {
        1: [("new", "1-1")],
        **{week: [("up", "1-1")] for week in (2, 3, 4)},
        5: [("won", "1-1")],
    }
    assert flight.CYCLE == 5 - 1


def test_a_deal_left_alone_falls_to_the_bottom_and_off_the_list():
    state = flight.start(SURE, "six")
    seen = []
    for _ in range(6):
        week = flight.turn(state, {"close": 0}, SURE)
        seen.append([move.code for move in week.moves if move.deal == "0-1"])
        state = week.state
    assert seen == [[], ["cooled"], ["gone"], [], [], []]


# --- the luck of a class


def test_the_luck_of_a_visit_does_not_depend_on_what_else_was_decided():
    deals = [Deal("0-1", "p25", "small", 60_000), Deal("0-2", "p50", "small", 60_000)]
    alone = flight.turn(standing(deals[:1]), {"advance": 2}, RULES)
    busy = flight.turn(standing(deals), {"prospect": 10, "advance": 2, "close": 3}, RULES)
    assert after(alone, "0-1") == after(busy, "0-1")


@anywhere
@given(st.integers(0, 10**6), st.integers(0, 30), st.integers(0, 30))
def test_more_calls_bring_the_same_customers_and_some_more(seed, fewer, more):
    fewer, more = sorted((fewer, more))
    state = flight.start(RULES, seed=seed)
    few, many = (
        [
            deal
            for deal in flight.turn(state, {"prospect": hours}, RULES).state.deals
            if deal.id.startswith("1-")
        ]
        for hours in (min(fewer, state.hours), min(more, state.hours))
    )
    assert many[: len(few)] == few


@anywhere
@given(st.integers(0, 10**6), st.data())
def test_two_players_who_treat_a_deal_alike_meet_the_same(seed, data):
    state = flight.start(RULES, seed=seed)
    first, second = (data.draw(decisions(state)) for _ in range(2))
    ours, theirs = (flight.turn(state, decision, RULES) for decision in (first, second))
    kept = [
        [deal for deal in state.deals if deal.id not in decision.drop]
        for decision in (first, second)
    ]
    reached = [
        flight.visits(deals, decision, RULES)[0]
        for deals, decision in zip(kept, (first, second), strict=True)
    ]
    for deal in set(kept[0]) & set(kept[1]):
        if (deal.id in reached[0]) == (deal.id in reached[1]):
            assert after(ours, deal.id) == after(theirs, deal.id)


def test_the_week_brings_the_same_event_to_all():
    idle = flight.play(lambda state, rules: Decision(), RULES, seed=5)
    busy = flight.play(flight.SIMPLE["pyramid"], RULES, seed=5)
    assert [s.event for s in idle.states] == [s.event for s in busy.states]


def test_luck_is_spread_evenly():
    numbers = [flight.luck(seed, "x") for seed in range(4000)]
    assert all(0 <= number < 1 for number in numbers)
    # a share of 4,000 draws has a standard error of sqrt(.25 / 4000) = 0.8 points
    assert abs(sum(number < 0.5 for number in numbers) / 4000 - 0.5) < 4 * 0.008


# --- chances


def test_the_ladder_is_true_in_this_game():
    ladder = Ladder.load()
    for code in ("p25", "p50", "p90", "contract"):
        assert RULES.worth[code] == pytest.approx(ladder.rate(code))


def test_one_more_visit_does_not_change_what_a_deal_is_worth():
    """up × next + out × 0 + rest × this = this."""
    for deal in (Deal("a", stage, "large", 200_000) for stage in OPEN):
        up, out = flight.chances(deal, standing([deal]), RULES)
        above = RULES.worth[OPEN[OPEN.index(deal.stage) + 1] if deal.stage != "p90" else "contract"]
        here = RULES.worth[deal.stage]
        assert up * above + (1 - up - out) * here == pytest.approx(here)


def test_size_skill_and_event_change_the_chances():
    small, large = (Deal("a", "p50", size, 1) for size in ("small", "large"))
    assert flight.chances(small, standing([small]), RULES) == pytest.approx((0.4, 0.32))
    assert flight.chances(large, standing([large]), RULES) == pytest.approx((0.4 * 0.6, 0.32 * 0.6))
    war = standing([small], event="price_war")
    assert flight.chances(small, war, RULES) == pytest.approx((0.4 * 0.7, 0.32))
    able = standing([small], p50=1.5)
    assert flight.chances(small, able, RULES) == pytest.approx((0.4 * 1.5, 0.32))


def test_no_skill_lifts_chances_above_certainty():
    deal = Deal("a", "p90", "small", 1)
    up, out = flight.chances(deal, standing([deal], p90=2.0), RULES)
    assert (up, out) == pytest.approx((0.93, 0.07))


def test_skill_at_calls_brings_more_appointments():
    assert flight.call_chance(standing([], opportunity=0.5), RULES) == pytest.approx(0.3)
    assert flight.call_chance(standing([], opportunity=2.0), RULES) == 1


# --- hours and decisions


def test_upkeep_takes_hours_that_are_rounded_up():
    state = flight.start(RULES, seed=3)
    event = RULES.event[state.event]
    # 12 deals at half an hour
    assert (len(state.deals), state.hours) == (12, 40 + event.hours - 6)


def test_the_named_deal_is_visited_before_the_others():
    deals = [Deal("0-1", "p25", "small", 50_000), Deal("0-2", "p25", "small", 90_000)]
    reach = flight.visits(deals, Decision(advance=3), RULES)
    assert reach == ({"0-2"}, (2, 0))  # the larger one
    assert flight.visits(deals, Decision(advance=3, first=("0-1",)), RULES) == ({"0-1"}, (2, 0))


def test_unnamed_deals_are_visited_longest_untouched_first():
    deals = [
        Deal("0-1", "p25", "small", 90_000),
        Deal("0-2", "appointment", "small", 50_000, untouched=2),
        Deal("0-3", "appointment", "small", 50_000, untouched=1),
    ]
    assert [deal.id for deal in flight.in_turn(deals)] == ["0-2", "0-3", "0-1"]


def test_hours_that_do_not_reach_for_a_large_deal_go_to_a_small_one():
    deals = [Deal("0-1", "p25", "large", 200_000), Deal("0-2", "p25", "small", 50_000)]
    assert flight.visits(deals, Decision(advance=5), RULES) == ({"0-2"}, (2, 0))


def test_a_dropped_deal_is_off_the_list_and_gives_its_upkeep_back():
    state = flight.start(RULES, seed=3)
    names = tuple(deal.id for deal in state.deals)
    keeping = flight.turn(state, Decision(), RULES).state
    dropping = flight.turn(state, Decision(drop=names[:4]), RULES)
    assert codes(dropping)[:4] == [("dropped", name) for name in names[:4]]
    assert dropping.state.hours == keeping.hours + 2  # four deals at half an hour


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"prospect": -1}, "flight.hours"),
        ({"close": float("nan")}, "flight.hours"),
        ({"close": float("inf")}, "flight.hours"),
        ({"advance": 2.5}, "flight.hours"),
        ({"advance": True}, "flight.hours"),
        ({"advance": "8"}, "flight.hours"),
        ({"advance": None}, "flight.hours"),
        ({"advance": [8]}, "flight.hours"),
        ({"prospect": 20, "advance": 20, "close": 20}, "flight.too_many_hours"),
        ({"drop": ["9-9"]}, "flight.unknown_deal"),
        ({"first": ["0-1", "0-1"]}, "flight.deal_twice"),
        ({"first": ["0-1"], "drop": ["0-1"]}, "flight.deal_twice"),
        ({"first": "0-1"}, "flight.not_a_list"),
        ({"drop": [1]}, "flight.not_a_list"),
        ({"drop": None}, "flight.not_a_list"),
        ({"rest": 3}, "flight.decision"),
        ([1, 2, 3], "flight.decision"),
        (None, "flight.decision"),
        (Decision(prospect=-1), "flight.hours"),
        (Decision(first="0-1"), "flight.not_a_list"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused_in_both_languages(raw, code):
    with pytest.raises(InputError) as caught:
        flight.turn(flight.start(RULES), raw, RULES)
    assert caught.value.code == code
    assert caught.value.sentence("zh") != caught.value.sentence("en")


def test_after_the_last_week_nothing_can_be_decided():
    end = flight.play(flight.SIMPLE["only_close"], RULES, "six").state
    assert (end.week, end.over) == (7, True)
    with pytest.raises(InputError, match="6"):
        flight.turn(end, Decision(), RULES)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"version": "ten"}, "flight.version"),
        ({"version": ["six"]}, "flight.version"),
        ({"seed": 1.5}, "flight.seed"),
        ({"seed": True}, "flight.seed"),
        ({"skill": {"p50": 3}}, "flight.skill"),
        ({"skill": {"p50": float("nan")}}, "flight.skill"),
        ({"skill": {"contract": 1}}, "flight.skill"),
        ({"skill": [1]}, "flight.skill"),
    ],
)
def test_a_start_that_does_not_fit_is_refused(wrong, code):
    with pytest.raises(InputError) as caught:
        flight.start(RULES, **wrong)
    assert caught.value.code == code
    assert caught.value.sentence("zh") and caught.value.sentence("en")


# --- what holds in every game


@anywhere
@given(games())
def test_hours_worked_are_hours_given_and_are_what_is_paid(game):
    for decision, week in zip(game.decisions, game.turns, strict=True):
        given_out = (decision.prospect, decision.advance, decision.close)
        assert all(
            0 <= worked <= hours for worked, hours in zip(week.worked, given_out, strict=True)
        )
    hours = sum(sum(week.worked) for week in game.turns)
    assert game.state.costs == pytest.approx(hours * RULES.cost_per_hour)


@anywhere
@given(games())
def test_deals_are_conserved(game):
    moves = [move for week in game.turns for move in week.moves]
    ended = [m for m in moves if m.code in ("won", "lost", "gone", "dropped")]
    came = [m for m in moves if m.code == "new"]
    assert len(game.first.deals) + len(came) == len(game.state.deals) + len(ended)
    assert game.state.won == sum(move.amount for move in moves if move.code == "won")


@anywhere
@given(games())
def test_nothing_comes_of_nothing(game):
    """Every deal won or standing was on the list at the start or was called for."""
    known = {deal.id: deal.amount for deal in game.first.deals}
    for decision, week in zip(game.decisions, game.turns, strict=True):
        came = [move for move in week.moves if move.code == "new"]
        assert len(came) * RULES.call_hours <= decision.prospect
        known |= {move.deal: move.amount for move in came}
    score = flight.score(game.state, RULES)
    assert score.won + score.left <= sum(known.values())


@anywhere
@given(st.integers(0, 10**6))
def test_who_does_nothing_never_gains(seed):
    state = flight.start(RULES, "six", seed)
    before = flight.score(state, RULES).total
    while not state.over:
        state = flight.turn(state, Decision(), RULES).state
        now = flight.score(state, RULES)
        assert now.total <= before
        assert now.won == now.costs == 0
        before = now.total


@anywhere
@given(games())
def test_replay_is_exact(game):
    assert flight.replay(flight.to_json(game, RULES), RULES) == game


@anywhere
@given(games(), st.integers(1, 6))
def test_a_move_is_at_most_one_stage_up(game, week):
    for move in game.turns[week - 1].moves:
        if move.before and move.after in OPEN:
            assert abs(OPEN.index(move.after) - OPEN.index(move.before)) <= 1


# --- the record


def test_the_record_of_a_game_is_small_and_always_the_same():
    game = flight.Game(flight.start(RULES, "six", 7)).decide({"prospect": 4, "first": []}, RULES)
    text = flight.to_json(game, RULES)
    assert text == (
        '{"decisions": [{"advance": 0, "close": 0, "drop": [], "first": [], "prospect": 4}], '
        f'"rules": "{RULES.digest}", "seed": 7, '
        '"skill": {"appointment": 1.0, "opportunity": 1.0, "p25": 1.0, "p50": 1.0, "p90": 1.0}, '
        '"version": "six"}'
    )
    assert flight.replay(text, RULES).state == game.state


def test_a_game_of_other_rules_is_not_replayed():
    game = flight.play(flight.SIMPLE["pyramid"], RULES, "six")
    with pytest.raises(InputError) as caught:
        flight.replay(flight.to_json(game, RULES), SURE)
    assert caught.value.code == "flight.other_rules"


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "{", "[" * 100_000, "1" * 5000, None])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(InputError) as caught:
        flight.replay(text, RULES)
    assert caught.value.code == "flight.record"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"seed": 7', '"seed": "7"', "flight.seed"),
        ('"version": "six"', '"version": ["six"]', "flight.version"),
        ('"prospect": 4', '"prospect": NaN', "flight.hours"),
        ('"decisions": [{', '"decisions": [3, {', "flight.decision"),
        ('"skill": {', '"skill": {"p75": 1, ', "flight.skill"),
    ],
)
def test_a_record_that_was_edited_wrongly_is_refused(old, new, code):
    game = flight.Game(flight.start(RULES, "six", 7)).decide({"prospect": 4}, RULES)
    text = flight.to_json(game, RULES)
    assert old in text
    with pytest.raises(InputError) as caught:
        flight.replay(text.replace(old, new), RULES)
    assert caught.value.code == code


def test_a_record_longer_than_the_game_is_refused():
    game = flight.play(flight.SIMPLE["only_close"], RULES, "six")
    longer = dataclasses.replace(game, decisions=(*game.decisions, Decision()))
    with pytest.raises(InputError) as caught:
        flight.replay(flight.to_json(longer, RULES), RULES)
    assert caught.value.code == "flight.over"
