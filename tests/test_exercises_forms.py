"""The forms of planning and funnel: what a trainee may write, and what is said of it."""

import pytest

from coursekit.course import Course
from coursekit.practice.desk import Desk
from coursekit.practice.sheet import example

GOAL, PLAN = "planning.2.2/own-goal", "planning.4.3/work-plan"
WIN, PROSPECT, DEALS = "funnel.1.2/how-to-win", "funnel.1.4/no-1-prospect", "funnel.3.1/five-deals"


@pytest.fixture
def desk(tmp_path):
    return Desk(Course("course", tmp_path))


@pytest.fixture
def opened(desk):
    """``opened(id)``: the question and its Chinese example."""

    def of(exercise_id):
        desk.open(exercise_id)
        question = desk.question(exercise_id)
        assert question.fault == ""
        return question, example(question, "zh")

    return of


def said(question, raw):
    return {place: part.code for place, part in question.mark(raw).parts.items() if not part.ok}


@pytest.mark.parametrize(
    ("changed", "test", "code"),
    [
        ({"measure": "busy"}, "specific", "goal.unknown_measure"),
        ({"source": " "}, "measurable", "goal.no_source"),
        ({"value": "999万", "orders": "999", "each": "1万"}, "achievable", "goal.out_of_reach"),
        ({"value": "1万", "orders": "1", "each": "1万"}, "achievable", "goal.no_effort"),
        ({"serves": ""}, "relevant", "goal.serves_nothing"),
        ({"due": "2026-02-28"}, "time_bound", "goal.due_passed"),
        ({"due": "2026-03-15"}, "time_bound", "goal.due_before_start"),
        ({"orders": "1"}, "consistent", "goal.contradicts_parts"),
    ],
)
def test_each_of_the_six_tests_has_its_own_reason(opened, changed, test, code):
    question, raw = opened(GOAL)
    assert said(question, {**raw, **changed})[test] == code


def test_a_goal_beside_that_of_the_region_is_told(opened):
    question, raw = opened(GOAL)
    less = question.given["orders_example"] - 1
    value = less * question.given["order_example"]
    found = said(question, {**raw, "value": str(value), "orders": str(less)})
    assert found["consistent"] == "goal.below_team"


def test_the_plan_of_work_is_for_ones_own_goal(desk, opened):
    question, raw = opened(GOAL)
    desk.submit(GOAL, raw)
    assert opened(PLAN)[0].given["target"] == question.given["team"]


def test_without_a_goal_of_ones_own_the_plan_has_a_stand_in(opened):
    assert opened(PLAN)[0].given["target"] > 0


@pytest.mark.parametrize("value", ["一些", None, 7, ["x"], "9e99"])
def test_a_goal_that_makes_no_sense_leaves_the_stand_in(desk, opened, value):
    desk.open(GOAL)
    desk.submit(GOAL, {"goal": "多签 60 万", "value": value})
    assert 100_000 <= opened(PLAN)[0].given["target"] <= 5_000_000


def test_a_plan_with_too_few_calls_and_too_little_time_says_both(opened):
    question, raw = opened(PLAN)
    calls, *others = raw["plan"]
    few = {**calls, "count": "1", "hours": "1"}
    assert said(question, {"plan": [few, *others]})["calls_enough"] == "reasons.too_few"
    quick = {**calls, "hours": "1"}
    assert said(question, {"plan": [quick, *others]})["plan.1.hours"] == "reasons.too_short"
    found = said(question, {"plan": [others[0], *others]})
    assert found["calls_enough"] == "reasons.none_planned"


def test_a_plan_may_split_a_step_over_rows(opened):
    question, raw = opened(PLAN)
    calls, *others = raw["plan"]
    n, hours = int(calls["count"]), float(calls["hours"])
    halves = [
        {**calls, "count": str(count), "hours": str(hours * count / n)}
        for count in (n // 2, n - n // 2)
    ]
    assert said(question, {"plan": [*halves, *others]}) == {}


def test_what_is_to_be_worked_on_is_what_loses_most(opened):
    question, raw = opened(WIN)  # chain half held: 35 × 0.5 = 17.5; partners half: 7.5
    assert said(question, {**raw, "weakest": "partners"}) == {
        "largest": "reasons.another_loses_more"
    }
    worse = {**raw, "partners": "missing"}  # 15 × 1 = 15, still less than 17.5
    assert said(question, worse) == {}


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"step_time": "2026-03-01"}, "step_time", "prospect_gap.in_the_past"),
        ({"first_meeting": "2026-03-09", "last_talk": "2026-03-10"}, "first_meeting",
         "prospect_gap.in_the_future"),
        ({"chance": "120%"}, "chance", "prospect_gap.not_a_share"),
        ({"last_talk": "2026-01-02"}, "last_talk", "practice.form_after"),
        ({"step_aim": "保持联系，再约"}, "step_aim", "practice.form_no_courtesy"),
    ],
)  # fmt: skip
def test_a_gap_of_the_prospect_is_named(opened, changed, field, code):
    question, raw = opened(PROSPECT)
    assert said(question, {**raw, **changed})[field] == code


def test_a_deal_at_50_without_person_stands_too_high(opened):
    question, raw = opened(DEALS)
    first, *others = raw["deals"]
    found = said(question, {"deals": [{**first, "person": ""}, *others]})
    assert found == {"deals.1.stage": "reasons.too_high", "steps": "reasons.bare"}


def test_a_list_without_new_blood_and_with_one_customer_twice_is_told(opened):
    question, raw = opened(DEALS)
    first = raw["deals"][0]
    found = said(question, {"deals": [first] * 5})
    assert found == {"base": "reasons.no_base", "twice": "reasons.same_customer"}
