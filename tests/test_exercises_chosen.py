"""Exercises of kinds choice, order and weights: no option gives itself away, keys are the kit's."""

import random

import pytest

from coursekit.course import Course
from coursekit.practice import bank
from coursekit.practice.exercise import issue
from coursekit.practice.kinds import choice, weights

COURSE = Course("test", bank.content())
MINE = {
    name: bank.exercise(COURSE, name)
    for name in (
        "planning.1.1/which-result-lasts",
        "planning.3.3/what-man-weighs",
        "planning.4.1/best-lever",
        "planning.4.3/work-back-steps",
        "planning.5.2/what-goes-along",
        "funnel.1.2/what-makes-us-win",
        "funnel.1.3/same-result-other-funnel",
        "funnel.2.1/nearest-to-contract",
        "funnel.3.3/this-week",
        "funnel.4.2/now-and-later",
    )
}
# where the key is computed the options are of one make
CHOICES = [name for name, e in MINE.items() if e.kind == "choice" and not e.solve]
WEIGHTS = [name for name, exercise in MINE.items() if exercise.kind == "weights"]


def drawn(name, draw=1):
    return issue(MINE[name], "zhang", "test", draw)


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_right_option_is_the_longest_alone(name, lang):
    for draw in range(1, 11):
        question = drawn(name, draw)
        lengths = {o["id"]: len(o["text"]) for o in question.public(lang)["options"]}
        key = question.key if isinstance(question.key, list) else [question.key]
        others = [n for option, n in lengths.items() if option not in key]
        assert max(others) >= sum(lengths[option] for option in key) / len(key)


@pytest.mark.parametrize("name", MINE)
def test_hints_are_graded(name):
    for lang in ("zh", "en"):
        assert len(drawn(name).hints(lang)) == 2


def test_the_steady_year_is_the_steadier_one_by_the_kits_own_measure():
    for draw in range(1, 21):
        work = drawn("planning.1.1/which-result-lasts", draw).work
        assert work["steady_variation"] < 0.1 < 0.5 < work["lucky_variation"]
        assert work["steady_left"] > work["lucky_left"]


def test_the_quarters_of_both_years_add_up_to_the_total_that_is_told():
    for draw in range(1, 21):
        given = drawn("planning.1.1/which-result-lasts", draw).given
        for row in given["rows"]:
            assert sum(row[quarter] for quarter in ("q1", "q2", "q3", "q4")) == given["total"]
            assert min(row[quarter] for quarter in ("q1", "q2", "q3", "q4")) > 0


def test_the_best_lever_is_neither_the_largest_nor_the_quickest():
    for draw in range(1, 21):
        question = drawn("planning.4.1/best-lever", draw)
        assert [question.key] not in question.slips.values()
        levers = {lever["id"]: lever for lever in question.given["options"]}
        others = [lever["per_hour"] for name, lever in levers.items() if name != question.key]
        assert levers[question.key]["per_hour"] > 1.25 * max(others)


def test_each_of_the_four_ends_of_a_funnel_is_asked():
    keys = {drawn("funnel.4.2/now-and-later", draw).key for draw in range(1, 41)}
    assert keys == set(choice.parts(drawn("funnel.4.2/now-and-later")))


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_can_be_learned_from_what_is_shown_and_beat_the_baseline(name):
    for draw in range(1, 11):
        question = drawn(name, draw)
        rows, reference = question.given["rows"], question.key["reference"]
        ways = {"reference": reference, "baseline": question.key["baseline"]}
        shown = {way: weights._lift(given, rows, 0.2) for way, given in ways.items()}
        assert shown["reference"] > shown["baseline"]
        assert question.mark(reference).outcome == "right"
        assert {question.mark(slip).outcome for slip in question.slips.values()} <= {
            "wrong", "partial",
        }  # fmt: skip


@pytest.mark.parametrize("name", WEIGHTS)
def test_the_customers_held_out_are_not_those_shown(name):
    question = drawn(name)
    assert len(question.key["cases"]) == 80
    assert random.Random(question.given["seed"]).random() != random.Random(0).random()
    assert str(question.given["seed"]) not in str({**question.public("zh"), "words": {}})
