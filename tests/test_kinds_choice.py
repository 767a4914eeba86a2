"""Choice: one option or several, each with what it teaches."""

import random

import pytest
from anything import anything
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.kinds import choice
from coursekit.practice.mark import OUTCOMES, Mark

OPTIONS = ("a", "b", "c", "d")


def exercise(key, slips=None, several=False, **more):
    told = {
        "options": {o: f"选项 {o}" for o in OPTIONS},
        "reasons": {o: f"因为 {o}" for o in OPTIONS},
    }
    text = {"prompt": "?", "why": ("!",), **told, **more}
    return Exercise(
        "m.1.1/x",
        1,
        "choice",
        "m.1.1",
        1,
        {"zh": text, "en": text},
        {"several": True} if several else {},
        key=key,
        slips=slips or {},
    )


def asked(key, slips=None, several=False, **more):
    options = [{"id": option} for option in OPTIONS]
    return resume(exercise(key, slips, several, **more), {"options": options})


def outcome(question, raw):
    marked = question.mark(raw)
    return marked.outcome, marked.score


def codes(question, raw):
    return [say.code for say in question.mark(raw).says]


def shown(question, raw):
    """What stands at each option after an answer."""
    parts = question.mark(raw).parts
    return {option: question.part_text(option, part, "zh") for option, part in parts.items()}


def test_of_one_choice_the_right_option_is_all_and_any_other_nothing():
    question = asked("b")
    assert outcome(question, ["b"]) == ("right", 100)
    assert outcome(question, ["a"]) == ("wrong", 0)


def test_of_one_choice_several_options_may_be_right():
    question = asked(["a", "b"])
    assert outcome(question, ["a"]) == ("right", 100)
    assert outcome(question, ["b"]) == ("right", 100)
    assert outcome(question, ["c"]) == ("wrong", 0)


def test_of_one_choice_two_options_are_no_answer():
    assert outcome(asked("b"), ["a", "b"]) == ("invalid", None)


def test_of_several_hits_count_less_false_picks():
    question = asked(["a", "b"], several=True)
    assert outcome(question, ["a", "b"]) == ("right", 100)
    assert outcome(question, ["a"]) == ("partial", 50)
    assert outcome(question, ["a", "b", "c"]) == ("partial", 50)  # (2 - 1) / 2
    assert outcome(question, ["a", "c"]) == ("wrong", 0)
    assert outcome(question, list(OPTIONS)) == ("wrong", 0)  # ticking all is no way


def test_an_option_picked_twice_counts_once():
    assert outcome(asked(["a", "b"], several=True), ["a", "a"]) == ("partial", 50)


def test_what_was_picked_says_what_it_teaches_and_the_rest_keeps_silent():
    assert shown(asked("b"), ["a"]) == {"a": "因为 a", "b": "", "c": "", "d": ""}


def test_once_solved_every_option_says_why_it_was_right_or_not():
    question = asked("b")
    assert shown(question, ["b"]) == {option: f"因为 {option}" for option in OPTIONS}
    assert {o: p.ok for o, p in question.mark(["b"]).parts.items()} == {
        "a": None, "b": True, "c": None, "d": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (["a", "b"], "practice.choice_all"),
        (["a"], "practice.choice_short"),
        (["a", "b", "c"], "practice.choice_over"),
        (["a", "c"], "practice.choice_mixed"),
    ],
)
def test_several_picks_are_told_apart(raw, code):
    assert codes(asked(["a", "b"], several=True), raw) == [code]


@given(st.sets(st.sampled_from(OPTIONS), min_size=1))
def test_nothing_that_is_said_or_shown_tells_how_many_are_right(picked):
    two, three = (asked(key, several=True) for key in (["a", "b"], ["a", "b", "c"]))
    assert two.public("zh") == three.public("zh")
    if not {"a", "b"} <= picked and "c" not in picked:  # as good under either key
        told = [[question.say(s.code, "zh", s.values) for s in question.mark(list(picked)).says]
                for question in (two, three)]  # fmt: skip
        assert told[0] == told[1]


def test_nothing_picked_is_unanswered():
    assert outcome(asked("b"), []) == outcome(asked("b"), None) == ("unanswered", None)


def test_a_known_mistake_is_told_beside_the_feedback():
    assert codes(asked("b", {"by_size": ["a"]}), ["a"]) == ["slips.by_size"]
    assert codes(asked("b", {"by_size": ["a"]}), ["c"]) == []
    several = asked(["a", "b"], {"both_hopes": ["c", "d"]}, several=True)
    assert codes(several, ["c", "d"]) == ["practice.choice_mixed", "slips.both_hopes"]


def test_trainees_see_the_options_in_different_orders():
    drawn = [issue(exercise("b"), f"trainee {n}", "course") for n in range(12)]
    orders = {tuple(choice.parts(question)) for question in drawn}
    assert len(orders) > 6
    assert len({choice.parts(question).index("b") for question in drawn}) == len(OPTIONS)


def test_options_made_in_an_order_keep_it():
    made = [{"id": option, "text": {"zh": option, "en": option}} for option in OPTIONS]
    text = {"prompt": "?", "why": ("!",), "reasons": dict.fromkeys(OPTIONS, "因为")}
    one = Exercise("m.1.1/x", 1, "choice", "m.1.1", 1, {"zh": text, "en": text},
                   make=lambda rng, case: {"options": made}, key="b")  # fmt: skip
    question = issue(one, "zhang", "course")
    assert question.fault == ""
    assert choice.parts(question) == list(OPTIONS)


def test_an_option_is_filled_with_the_numbers_of_the_draw():
    options = dict.fromkeys(OPTIONS, "多跑 {visits:n} 次")
    question = resume(
        exercise("b", options=options), {"visits": 3, "options": [{"id": o} for o in OPTIONS]}
    )
    assert question.public("zh")["options"][0]["text"] == "多跑 3 次"


def test_a_table_may_stand_above_the_options():
    one = exercise("b", columns={"month": "月份"}, rows={"r1": {"month": "一月"}})
    one.spec["columns"] = {"month": "text"}
    question = issue(one, "zhang", "course")
    assert question.public("zh")["table"]["rows"] == [{"id": "r1", "cells": ["一月"]}]


def test_the_rows_of_a_table_stay_as_they_are_written():
    rows = {f"r{n}": {"month": f"{n} 月"} for n in range(1, 9)}
    one = exercise("b", columns={"month": "月份"}, rows=rows)
    one.spec["columns"] = {"month": "text"}
    shown = issue(one, "zhang", "course").public("zh")["table"]["rows"]
    assert [row["id"] for row in shown] == list(rows)


@pytest.mark.parametrize("key", [[], list(OPTIONS), "e", {"a": True}, 3, None])
def test_a_key_that_cannot_be_is_the_kits_fault(key):
    assert asked(key, several=True).fault


def test_an_option_without_feedback_is_a_mistake_of_the_bank():
    assert "bank_no_text" in asked("b", reasons={"a": "因为"}).fault


@settings(deadline=None)
@given(several=st.booleans(), raw=anything(*OPTIONS))
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(several, raw):
    marked = asked(["b", "c"], several=several).mark(raw)
    assert marked.outcome in set(OUTCOMES) - {"error", "recorded"}
    assert (marked.score is None) == (marked.outcome in ("unanswered", "invalid"))
    assert Mark.of_record(marked.record()) == marked


@given(
    st.sets(st.sampled_from(OPTIONS), min_size=1, max_size=3),
    st.sets(st.sampled_from(OPTIONS), min_size=1),
)
def test_one_more_right_pick_never_lowers_the_score(key, picked):
    question = asked(sorted(key), several=True)
    before = question.mark(sorted(picked)).score
    for option in key - picked:
        assert question.mark(sorted(picked | {option})).score >= before


@given(st.booleans(), st.integers(0, 99))
def test_fabricated_answers_give_the_outcomes_they_are_made_for(several, seed):
    question = asked(["b", "c"], several=several)
    made = choice.fabricate(question, random.Random(seed))
    assert {"unanswered", "invalid", "wrong", "right"} <= set(made)
    assert ("partial" in made) == several
    assert {name: question.mark(raw).outcome for name, raw in made.items()} == {n: n for n in made}
