import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.practice.exercise import Exercise, resume
from coursekit.practice.kinds import kind_of

TABLES = {  # what 0, 1, 2 … steps of 2 hours bring
    "big": [0, 40, 70, 90, 100],
    "mid": [0, 20, 30, 35, 35],
    "small": [0, 5, 6, 6, 6],
}
BEST = {"big": 6, "mid": 2, "small": 0}  # 40 + 30 + 20 and then 20: 90 + 20 = 110 in 4 steps


def exercise(key, slips=None, **spec):
    text = {
        lang: {"prompt": "?", "why": ("!",), "unit": unit, "gain": "G", "columns": {"name": "N"},
               "slips": dict.fromkeys(slips or {}, "slip")}
        for lang, unit in (("zh", "小时"), ("en", "hours"))
    }  # fmt: skip
    spec = {"columns": {"name": "text"}, **spec}
    return Exercise("m.1.1/x", 1, "allocate", "m.1.1", 1, text, spec, key=key, slips=slips or {})


def split(key=BEST, slips=None, tables=TABLES, total=8, now=None, least=None, **spec):
    rows = [
        {"id": row, "name": row, "values": values}
        | ({"now": now[row]} if now else {})
        | ({"least": least[row]} if least and row in least else {})
        for row, values in tables.items()
    ]
    return resume(exercise(key, slips, **spec), {"total": total, "step": 2, "rows": rows})


def basket(key, slips=None, total=10, **spec):
    rows = [
        {"id": row, "name": row, "cost": cost, "value": value}
        for row, (cost, value) in JOBS.items()
    ]
    made = exercise(key, slips, choose=True, **spec)
    return resume(made, {"total": total, "rows": rows})


JOBS = {"fair": (6, 60), "tour": (5, 40), "calls": (4, 35), "lunch": (3, 0)}


def outcome(question, raw):
    marked = question.mark(raw)
    return marked.outcome, marked.score


def codes(question, raw):
    return [say.code.removeprefix("practice.") for say in question.mark(raw).says]


def part(question, raw, row, lang="en"):
    return question.part_text(row, question.mark(raw).parts[row], lang)


def test_the_best_split_is_right_and_nothing_done_is_wrong():
    question = split()
    assert question.fault == ""
    assert outcome(question, BEST) == ("right", 100)
    assert outcome(question, {"big": 0, "mid": 0, "small": 0}) == ("wrong", 0)


def test_a_split_scores_the_way_from_nothing_to_the_best():
    # 40 + 20 + 5 = 65 of 110
    assert outcome(split(), {"big": 2, "mid": 2, "small": 2}) == ("partial", 59.1)


def test_the_way_begins_at_what_is_done_today():
    question = split(now={"big": 2, "mid": 2, "small": 4})  # 40 + 20 + 6 = 66
    assert outcome(question, {"big": 2, "mid": 2, "small": 4}) == ("wrong", 0)
    assert outcome(question, {"big": 4, "mid": 4, "small": 0}) == ("partial", 77.3)  # 34 / 44
    assert outcome(question, {"big": 0, "mid": 0, "small": 8}) == ("wrong", 0)  # worse than today


def test_near_the_top_is_right_from_a_share_that_the_exercise_states():
    near = {"big": 4, "mid": 4, "small": 0}  # 100 of 110
    assert outcome(split(), near) == ("partial", 90.9)
    assert outcome(split(right_from=0.9), near) == ("right", 100)
    assert codes(split(right_from=0.9), near) == ["allocate_near"]


def test_more_than_there_is_cannot_be_given_and_costs_nothing():
    question = split()
    marked = question.mark({"big": 6, "mid": 6, "small": 0})
    assert marked.outcome == "invalid"
    said = question.say(marked.says[0].code, "en", marked.says[0].values)
    assert "8 hours" in said
    assert "4 hours too many" in said


@pytest.mark.parametrize("typed", [3, -2, 10, "约3", "1e9", 2.5, True, [2], "2 weeks"])
def test_what_is_no_step_within_the_limits_is_said_at_its_line(typed):
    question = split()
    marked = question.mark({"big": typed})
    assert marked.outcome == "invalid"
    assert list(marked.parts) == ["big"]
    assert "0 hours to 8 hours" in part(question, {"big": typed}, "big")


@pytest.mark.parametrize("typed", ["6", " 6 ", "６", "6小时", "6 hours", 6.0])
def test_hours_are_read_as_people_type_them(typed):
    assert outcome(split(), {"big": typed, "mid": "2", "small": ""})[0] == "right"


def test_a_line_may_have_a_least():
    question = split({"big": 4, "mid": 2, "small": 2}, least={"small": 2})
    assert question.fault == ""
    assert outcome(question, {"big": 4, "mid": 2, "small": 2})[0] == "right"
    assert outcome(question, BEST)[0] == "invalid"
    assert question.public("zh")["split"]["rows"]["small"]["amounts"][0] == 2


@pytest.mark.parametrize("raw", [None, {}, []])
def test_untouched_is_unanswered(raw):
    assert outcome(split(), raw) == ("unanswered", None)


@pytest.mark.parametrize("raw", [["big"], "x", 7, {"none": 2}])
def test_what_is_no_split_is_invalid(raw):
    assert outcome(split(), raw)[0] == "invalid"


def test_too_much_and_too_little_are_told_by_what_a_step_brings_elsewhere():
    question, raw = split(), {"big": 0, "mid": 4, "small": 4}
    assert "2 hours more would bring 40" in part(question, raw, "big")
    assert "the last 2 hours at “small” bring 1" in part(question, raw, "big")
    assert part(question, raw, "small").startswith("Too much: the last 2 hours bring 1")
    assert "with “big” they would bring 40" in part(question, raw, "mid")
    assert "再加 2 小时能带来 40" in part(question, raw, "big", "zh")


def test_hours_that_are_left_over_are_told():
    question, raw = split(), {"big": 2, "mid": 2, "small": 0}
    assert codes(question, raw) == ["allocate_reached", "allocate_left"]
    assert "4 hours are left" in part(question, raw, "big")
    assert part(question, raw, "mid") == "About right."


def test_a_known_mistake_is_named_only_where_it_is_one():
    slips = {"even": {"big": 2, "mid": 2, "small": 2}, "all": {"big": 8, "mid": 0, "small": 0}}
    question = split(slips=slips)
    assert "slips.even" in codes(question, slips["even"])
    assert "slips.all" in codes(question, slips["all"])
    assert codes(split(slips=slips, right_from=0.5), slips["even"]) == ["allocate_near"]


def test_a_key_that_can_be_bettered_is_the_kits_fault():
    assert "bank_key_not_best" in split({"big": 2, "mid": 2, "small": 4}).fault
    assert "bank_key_not_best" in split({"big": 2, "mid": 2, "small": 2}).fault  # 2 hours left
    assert "bank_key_nothing" in split({"big": 0, "mid": 0, "small": 0}).fault
    assert "bank_key_split" in split({"big": 8, "mid": 8, "small": 0}).fault
    assert "bank_no_choice" in split(tables={**TABLES, "small": [0]}).fault


def test_what_a_step_brings_reaches_the_page_only_where_it_may():
    hidden, shown = (split(live=live).public("zh")["split"] for live in (False, True))
    assert "values" not in hidden["rows"]["big"]
    assert hidden["gain"] == ""
    assert shown["rows"]["big"]["values"] == TABLES["big"]


def test_things_chosen_within_a_capacity_score_what_they_bring():
    question = basket(["fair", "calls"])  # 95 in 10 hours
    assert question.fault == ""
    assert outcome(question, ["calls", "fair"]) == ("right", 100)
    assert outcome(question, ["fair"]) == ("partial", 63.2)  # 60 / 95
    assert outcome(question, ["lunch"]) == ("wrong", 0)
    assert outcome(question, ["fair", "tour"])[0] == "invalid"  # 11 hours
    assert outcome(question, [])[0] == "unanswered"
    assert outcome(question, ["none"])[0] == outcome(question, {"fair": 6})[0] == "invalid"


def test_what_was_missed_and_what_does_not_pay_is_told():
    question, raw = basket(["fair", "calls"]), ["tour", "calls"]
    marked = question.mark(raw)
    assert {row: found.ok for row, found in marked.parts.items()} == {
        "fair": False, "tour": False, "calls": True, "lunch": None,
    }  # fmt: skip
    assert part(question, raw, "fair") == "Missed: 6 hours would bring 60."
    assert part(question, raw, "tour").startswith("Not worth it: 5 hours for 40")


def test_a_basket_that_can_be_bettered_is_the_kits_fault():
    assert "bank_key_not_best" in basket(["tour", "calls"]).fault
    assert "bank_key_not_best" in basket(["fair"]).fault


@given(st.integers(0, 10_000))
def test_every_answer_made_for_an_outcome_has_it(seed):
    for question in (
        split(),
        split(now={"big": 2, "mid": 2, "small": 4}),
        basket(["fair", "calls"]),
    ):
        for expected, raw in kind_of("allocate").fabricate(question, random.Random(seed)).items():
            assert outcome(question, raw)[0] == expected


@given(st.dictionaries(st.sampled_from(sorted(TABLES)), st.sampled_from([0, 2, 4, 6, 8])))
def test_no_split_scores_above_the_best(raw):
    marked = split().mark(raw)
    assert marked.outcome != "error"
    assert marked.score is None or 0 <= marked.score <= 100
