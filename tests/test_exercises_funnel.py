"""The bank of the funnel module: draws vary, keys hold, known mistakes are told by name."""

import random

import pytest
from conftest import ROOT

from coursekit.course import Course
from coursekit.practice import bank
from coursekit.practice.exercise import issue
from coursekit.practice.kinds import kind_of

COURSE = Course(id="test", folder=ROOT)
GOOD, BAD = bank.load(COURSE, "funnel_2")
GUESSES = [name for name in GOOD if "/guess-" in name or name.endswith("/how-many-drop")]
ASKED = [name for name in GOOD if name not in GUESSES]
ITEMS = ("funnel.2.1", "funnel.2.2", "funnel.2.3", "funnel.2.4", "funnel.2.5", "funnel.2.6")


def drawn(name, trainee="zhang", draw=1):
    return issue(GOOD[name], trainee, "test", draw)


def test_no_exercise_has_a_mistake_in_its_text():
    assert {name: error.sentence("en") for name, error in BAD.items()} == {}


@pytest.mark.parametrize("item", ITEMS)
def test_every_topic_has_a_guess_and_an_exercise(item):
    assert [name for name in GUESSES if GOOD[name].item == item]
    assert [name for name in ASKED if GOOD[name].item == item]


def test_there_are_at_least_nine_exercises_of_three_kinds():
    assert len(ASKED) >= 9
    assert {GOOD[name].kind for name in ASKED} >= {"sort", "find", "number"}


@pytest.mark.parametrize("name", ASKED)
def test_two_neighbours_have_different_questions(name):
    assert drawn(name, "zhang").given != drawn(name, "li").given


@pytest.mark.parametrize("name", ASKED)
def test_a_new_draw_asks_something_else(name):
    assert drawn(name).given != drawn(name, draw=2).given


@pytest.mark.parametrize("name", ASKED)
def test_every_draw_can_be_asked_and_its_key_is_right(name):
    for draw in range(1, 16):
        question = drawn(name, draw=draw)
        assert question.fault == ""
        right = kind_of(GOOD[name].kind).fabricate(question, random.Random(draw))["right"]
        assert question.mark(right).outcome == "right"


@pytest.mark.parametrize("name", [name for name in ASKED if GOOD[name].kind != "dialogue"])
def test_a_known_mistake_is_told_by_name(name):
    told = dict.fromkeys(GOOD[name].slips, 0)
    for draw in range(1, 17):
        question = drawn(name, draw=draw)
        for code, answer in question.slips.items():
            raw = kind_of(GOOD[name].kind).typed(question, answer)
            told[code] += f"slips.{code}" in [say.code for say in question.mark(raw).says]
    assert told and min(told.values()) >= 8


@pytest.mark.parametrize("name", ASKED)
def test_hints_are_graded_and_there_is_a_worked_explanation(name):
    for lang in ("zh", "en"):
        assert len(drawn(name).hints(lang)) >= 2
        assert drawn(name).why(lang)


@pytest.mark.parametrize("name", [name for name in ASKED if GOOD[name].kind != "number"])
def test_every_card_says_why(name):
    question = drawn(name)
    for part, code in question.reasons.items():
        for lang in ("zh", "en"):
            assert question.say(f"reasons.{code}", lang, part=part)


def test_draws_of_the_next_step_rule_are_equally_hard():
    drawings = [drawn("funnel.2.5/which-deals-drop", draw=draw) for draw in range(1, 10)]
    assert {len(question.key) for question in drawings} == {4}


def test_every_text_of_a_card_exists_in_both_languages():
    texts = bank._code(
        ROOT / "exercises" / "funnel_2.py", (ROOT / "exercises" / "funnel_2.py").read_text("utf-8")
    ).TEXTS

    def pairs(table):
        for value in table.values():
            if isinstance(value, dict):
                yield from pairs(value)
            elif isinstance(value[0], str):
                yield value
            else:
                yield from value

    for chinese, english in pairs(texts):
        assert chinese and english.replace("“", "").replace("”", "").isascii(), english
