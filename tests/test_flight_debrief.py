import dataclasses

import pytest
from hypothesis import given
from small_flight import RULES, SURE, anywhere, games

from coursekit import flight, terms
from coursekit.errors import InputError
from coursekit.flight import Decision


def calls(*rounds):
    """A policy that makes so many rounds of calls week by week and visits with the rest."""

    def policy(state, rules):
        hours = min(state.hours, rounds[state.week - 1] * rules.call_hours)
        rest = state.hours - hours
        return Decision(hours, rest - rest // 3, rest // 3)

    return policy


def test_the_debrief_finds_the_week_without_calls():
    """Owed: 10 h × 2 / (2 + 4 + 6), in whole hours 2, so one round a week; weeks 2, 3 have none."""
    game = flight.play(calls(1, 0, 0, 1, 1, 1), SURE, "six")
    weeks, hole = dataclasses.astuple(flight.debrief(game, SURE))
    assert weeks["owed"].tolist() == [1] * 6
    assert weeks["short"].tolist() == [0, 1, 1, 0, 0, 0]
    assert weeks["behind"].tolist() == [0, 1, 2, 2, 2, 2]
    assert weeks["missed_amount"].tolist() == [0, 1000, 1000, 0, 0, 0]
    # felt four weeks after week 2; both missing deals would surely have been signed
    assert hole == (2, 2, 3, 2.0, 2000.0, 6)


def test_calls_made_up_for_later_fill_the_hole():
    game = flight.play(calls(1, 0, 3, 0, 1, 1), SURE, "six")
    weeks = flight.debrief(game, SURE).weeks
    assert weeks["behind"].tolist() == [0, 1, 0, 1, 1, 1]


def test_who_keeps_the_pyramid_digs_no_hole():
    for seed in range(5):
        game = flight.play(flight.SIMPLE["pyramid"], RULES, seed=seed)
        assert flight.debrief(game, RULES).hole is None


def test_the_hole_of_one_bad_stretch_is_in_that_stretch():
    game = flight.play(calls(5, 5, 5, 0, 0, 0, 5, 5, 5, 5, 5, 5), RULES, seed=1)
    hole = flight.debrief(game, RULES).hole
    assert 4 <= hole.week <= 6
    assert hole.felt == hole.week + 4


def test_the_repaired_week_makes_the_calls_that_were_missing():
    game = flight.play(calls(1, 0, 1, 1, 1, 1), SURE, "six")
    other = flight.repaired(game, 2, SURE)
    assert [decision.prospect for decision in other.decisions] == [2] * 6
    weeks = flight.debrief(game, SURE).weeks
    assert weeks["otherwise"][2] == flight.score(other.state, SURE).total
    assert weeks["otherwise"][1] == flight.score(game.state, SURE).total


@anywhere
@given(games())
def test_every_game_can_be_debriefed(game):
    weeks = flight.debrief(game, RULES).weeks
    assert (weeks[[*flight.WORK, "idle"]].sum(axis=1) == weeks["hours"]).all()
    assert weeks["won"].sum() == game.state.won


def test_the_sentence_of_the_hole_can_be_said():
    game = flight.play(calls(1, 0, 0, 1, 1, 1), SURE, "six")
    looked = flight.debrief(game, SURE)
    row = looked.weeks.loc[looked.hole.week]
    values = {**dataclasses.asdict(looked.hole), "made": int(row["made"]), "owed": int(row["owed"])}
    assert "第 2 周" in terms.say("flight.hole", "zh", **values)
    assert "week 2" in terms.say("flight.hole", "en", **values)


def test_a_game_not_begun_has_no_debrief():
    with pytest.raises(InputError) as caught:
        flight.debrief(flight.Game(flight.start(RULES)), RULES)
    assert caught.value.code == "flight.nothing_played"
