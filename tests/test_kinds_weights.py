"""Weights: what they find among customers that the page does not know."""

import json
import random

import pytest
from anything import anything
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.kinds import weights
from coursekit.practice.mark import OUTCOMES, Mark

EQUAL = {"money": 50, "need": 50}
# ten held out, the best fifth are two; four were won: need tells, money misleads
HELD_OUT = [
    {"points": {"money": 100, "need": 20}, "won": False},
    {"points": {"money": 90, "need": 25}, "won": False},
    {"points": {"money": 80, "need": 85}, "won": True},
    {"points": {"money": 20, "need": 90}, "won": True},
    {"points": {"money": 10, "need": 95}, "won": True},
    {"points": {"money": 40, "need": 50}, "won": True},
    {"points": {"money": 100, "need": 60}, "won": False},
    {"points": {"money": 50, "need": 10}, "won": False},
    {"points": {"money": 40, "need": 5}, "won": False},
    {"points": {"money": 30, "need": 0}, "won": False},
]
KEY = {"cases": HELD_OUT, "reference": {"money": 10, "need": 90}}
ROWS = [
    {"id": "r1", "points": {"money": 100, "need": 0}, "won": False},
    {"id": "r2", "points": {"money": 0, "need": 100}, "won": True},
    {"id": "r3", "points": {"money": 50, "need": 50}},
]


def exercise(key, slips=None, **spec):
    text = {
        "prompt": "?",
        "why": ("!",),
        "criteria": {"money": "钱", "need": "需求"},
        "columns": {"customer": "客户"},
        "rows": {row["id"]: {"customer": f"客户 {row['id']}"} for row in ROWS},
    }
    spec = {"columns": {"customer": "text"}, **spec}
    return Exercise("m.1.1/x", 1, "weights", "m.1.1", 1, {"zh": text, "en": text}, spec, key=key,
                    slips=slips or {})  # fmt: skip


def asked(key=KEY, slips=None, rows=ROWS, **spec):
    return resume(exercise(key, slips, **spec), {"rows": rows})


def outcome(question, money):
    marked = question.mark({"money": money, "need": 100 - money})
    return marked.outcome, marked.score


# --- the score


def test_weights_are_judged_by_the_deals_among_the_best_of_those_held_out():
    question = asked()
    values = question.mark({"money": 10, "need": 90}).says[0].values
    # need first: 95 and 90 in front, both won; equal weights: 82.5 won, 80 lost; by lot 0.2 x 4
    assert (values["n"], values["top"]) == (10, 2)
    assert (values["got"], values["base"], values["lots"]) == (2, 1, 0.8)


def test_what_is_no_better_than_equal_weights_is_wrong():
    assert outcome(asked(), 50) == ("wrong", 0)
    assert outcome(asked(), 100) == ("wrong", 0)  # 100 and 100 in front, both lost


def test_what_finds_as_many_as_the_reference_is_right_even_with_other_weights():
    assert outcome(asked(), 10) == ("right", 100)
    assert outcome(asked(), 0) == ("right", 100)


def test_between_baseline_and_reference_the_score_is_the_share_of_the_way():
    question = asked(top=0.3)
    # three in front: need 90 finds 3 of them; equal weights 82.5 won, 80 lost, 62.5 lost: 1
    assert question.mark({"money": 40, "need": 60}).says[0].values["got"] == 2
    assert outcome(question, 40) == ("partial", 50)  # (2 - 1) / (3 - 1)


def test_the_baseline_may_be_those_of_a_card():
    question = asked({**KEY, "baseline": {"money": 100, "need": 0}})
    assert outcome(question, 100) == ("wrong", 0)
    assert outcome(question, 50) == ("partial", 50)  # the card finds 0, these 1, the reference 2


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"cases": HELD_OUT},
        {"cases": HELD_OUT, "reference": EQUAL},
        {"cases": HELD_OUT, "reference": {"money": 100, "need": 0}},
    ],
)
def test_where_no_better_weights_are_known_they_are_recorded(key):
    question = asked(key)
    assert question.fault == ""
    assert outcome(question, 30) == ("recorded", None)


# --- what is said


def test_each_criterion_says_how_it_stands_to_the_reference():
    parts = asked().mark({"money": 55, "need": 45}).parts
    assert {name: part.code for name, part in parts.items()} == {
        "money": "practice.weights_high",
        "need": "practice.weights_low",
    }
    assert asked().mark({"money": 20, "need": 80}).parts["money"].ok is True


def test_a_known_mistake_is_told_when_the_weights_are_near_it():
    question = asked(slips={"rich_first": {"money": 90, "need": 10}})
    codes = [say.code for say in question.mark({"money": 85, "need": 15}).says]
    assert codes == ["practice.weights_won", "slips.rich_first"]
    assert len(question.mark({"money": 60, "need": 40}).says) == 1


# --- what the page gets


def test_nothing_of_the_cases_held_out_reaches_the_page():
    question = asked()
    public = {**question.public("zh"), "words": {}}
    assert public["points"] == {row["id"]: row["points"] for row in ROWS}
    assert public["won"] == {"r1": False, "r2": True}  # r3 has not ended
    for kept in (json.dumps(public), json.dumps(question.given)):
        assert "reference" not in kept
        assert not [case for case in HELD_OUT if json.dumps(case["points"]) in kept]


def test_how_many_stand_in_front_is_said_for_the_cases_shown():
    assert asked().public("zh")["top"] == 1  # a fifth of 3, at least one
    assert asked(top=0.7).public("zh")["top"] == 2


# --- what may come


def test_points_that_are_left_or_too_many_are_no_answer_yet():
    left, over = (asked().mark({"money": 30, "need": n}) for n in (50, 90))
    assert (left.outcome, left.says[0].code, left.says[0].values) == (
        "unanswered", "practice.weights_left", {"n": 20},
    )  # fmt: skip
    assert (over.outcome, over.says[0].code, over.says[0].values) == (
        "unanswered", "practice.weights_over", {"n": 20},
    )  # fmt: skip
    assert asked().mark({"money": 0, "need": 0}).says[0].code == "practice.weights_none"


def test_a_criterion_that_is_not_named_has_no_points():
    assert asked().mark({"need": 100}).outcome == "right"


@pytest.mark.parametrize(
    "raw", [{"money": -10, "need": 110}, {"money": "50", "need": 50}, [50, 50]]
)
def test_what_is_no_weights_is_invalid(raw):
    assert asked().mark(raw).outcome == "invalid"


@settings(deadline=None)
@given(raw=anything("money", "need", 100, 50))
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(raw):
    marked = asked().mark(raw)
    assert marked.outcome in set(OUTCOMES) - {"error", "recorded"}
    assert (marked.score is None) == (marked.outcome in ("unanswered", "invalid"))
    assert Mark.of_record(marked.record()) == marked


@pytest.mark.parametrize(
    "key",
    [
        None,
        [],
        {"reference": EQUAL},
        {"cases": HELD_OUT[:2], "reference": EQUAL},
        {"cases": HELD_OUT, "reference": {"money": 50, "need": 40}},
        {"cases": HELD_OUT, "reference": {"money": 100}},
        {"cases": HELD_OUT, "baseline": {"money": 150, "need": -50}},
        {"cases": [*HELD_OUT, {"points": {"money": 1}, "won": True}]},
        {"cases": [*HELD_OUT, {"points": EQUAL, "won": "yes"}]},
    ],
)
def test_a_key_that_cannot_be_is_the_kits_fault(key):
    assert asked(key).fault


def test_a_case_without_points_is_a_mistake_of_the_bank():
    assert "bank_points" in asked(rows=[*ROWS[:2], {"id": "r3"}]).fault


def test_a_slip_gives_all_hundred_points():
    assert "bank_key_weights" in asked(slips={"half": {"money": 50, "need": 0}}).fault


def test_static_cases_are_shuffled_for_each_trainee():
    made = [exercise(KEY)] * 12
    for one in made:
        object.__setattr__(one, "given", {"rows": ROWS})
    drawn = [issue(one, f"trainee {n}", "course") for n, one in enumerate(made)]
    assert len({tuple(row["id"] for row in question.given["rows"]) for question in drawn}) > 3


@given(st.integers(0, 100))
def test_a_score_never_leaves_its_range_and_moves_with_what_is_found(money):
    marked = asked().mark({"money": money, "need": 100 - money})
    got = marked.says[0].values["got"]
    assert marked.score == 100 * min(max(got - 1, 0), 1)  # equal weights find 1, the reference 2


@given(st.integers(0, 99), st.sampled_from([KEY, {}, {"cases": HELD_OUT}]))
def test_fabricated_answers_give_the_outcomes_they_are_made_for(seed, key):
    question = asked(key, top=0.3)
    made = weights.fabricate(question, random.Random(seed))
    assert {"unanswered", "invalid"} < set(made)
    assert ("recorded" in made) == ("reference" not in key)
    assert {name: question.mark(raw).outcome for name, raw in made.items()} == {n: n for n in made}
