import dataclasses
import json

import pytest
import small_bank

from coursekit.practice import bank
from coursekit.practice.exercise import issue, resume, seed


@pytest.fixture
def exercises(tmp_path):
    return bank.load(small_bank.course(tmp_path), "mini")[0]


@pytest.fixture
def forecast(exercises):
    return exercises["mini.1.3/forecast"]


def test_the_same_arguments_give_the_same_question(exercises):
    for exercise in exercises.values():
        assert issue(exercise, "t", "course", 3) == issue(exercise, "t", "course", 3)


def test_the_seed_is_the_same_on_every_machine():
    # sha256('["course","t","funnel.2.5/x",1,"make"]'), first eight bytes
    assert seed("course", "t", "funnel.2.5/x", 1, "make") == 0xD235EDC2633159C7


def test_neither_version_nor_text_changes_the_numbers(forecast):
    newer = dataclasses.replace(forecast, version=2, minutes=9)
    assert issue(newer, "t", "course").given == issue(forecast, "t", "course").given


def test_trainee_course_and_draw_give_other_numbers(forecast):
    def numbers(trainee, course, draw):
        return tuple(issue(forecast, trainee, course, draw).given.values())

    assert len({numbers(f"t{n}", "course", 1) for n in range(30)}) > 15
    assert len({numbers("t", f"course {n}", 1) for n in range(30)}) > 15
    assert len({numbers("t", "course", n) for n in range(1, 31)}) > 15


def test_cards_of_a_static_exercise_lie_in_another_order_for_others(exercises):
    exercise = exercises["mini.1.1/classes"]
    orders = {
        tuple(card["id"] for card in issue(exercise, f"t{n}", "course").given["cards"])
        for n in range(60)
    }
    assert len(orders) == 6  # 3 cards


def test_the_right_option_is_not_at_one_place_through_all_exercises(exercises):
    exercise = exercises["mini.1.1/classes"]
    others = [dataclasses.replace(exercise, id=f"mini.1.{n}/x") for n in range(30)]
    first = {issue(other, "t", "course").given["cards"][0]["id"] for other in others}
    assert first == {"c1", "c2", "c3"}


def test_what_is_given_is_json_without_language(exercises):
    for exercise in exercises.values():
        given = issue(exercise, "t", "course").given
        assert json.loads(json.dumps(given)) == given


def test_a_page_gets_no_key_no_reason_and_no_mistake(exercises):
    question = issue(exercises["mini.1.1/classes"], "t", "course")
    public = json.dumps(question.public("zh"), ensure_ascii=False)
    for secret in ("没有预算就到不了", "关系好不是预算", "看证据，不看感觉", "先看预算", "hope"):
        assert secret not in public
    assert set(question.public("zh")) == {
        "exercise", "kind", "lang", "draw", "item", "minutes", "prompt", "hints_total", "words",
        "varies", "cards", "bins",
    }  # fmt: skip


def test_a_page_gets_no_made_value_that_has_no_column(exercises):
    shown = exercises["mini.1.2/no-step"]
    hidden = dataclasses.replace(shown, spec={"columns": {"customer": "text"}}, reasons=None)
    texts = {
        lang: {**shown.text[lang], "columns": {"customer": "客户"}, "reasons": {}}
        for lang in ("zh", "en")
    }
    question = issue(dataclasses.replace(hidden, text=texts), "t", "course")
    assert question.fault == ""
    assert "meet on Thursday" not in json.dumps(question.public("en"))


def test_cells_read_as_people_write_them(exercises):
    question = resume(
        exercises["mini.1.2/no-step"],
        {
            "rows": [
                row("r1", 860_000, "见陈总", "meet Mr Chen", "2026-03-05", "p90"),
                row("r2", None, "", "", None, "p25"),
            ]
        },
    )
    zh, en = question.public("zh")["rows"], question.public("en")["rows"]
    assert zh[0]["cells"] == ["客户", "86万", "见陈总", "2026年3月5日", "90%"]
    assert en[0]["cells"] == ["Customer", "860,000", "meet Mr Chen", "5 Mar 2026", "90%"]
    assert zh[1]["cells"] == ["客户", "", "", "", "25%"]


def row(name, amount, zh, en, day, stage):
    customer = {"zh": "客户", "en": "Customer"}
    step = {"zh": zh, "en": en}
    return {"id": name, "customer": customer, "amount": amount, "step": step, "day": day,
            "stage": stage}  # fmt: skip


def test_the_explanation_works_with_the_trainees_own_numbers(forecast):
    question = resume(forecast, {"amount": 860_000, "rate": 0.25})
    assert question.why("zh") == ["86万 × 25% = 21.5万", "金额乘胜算。"]
    assert question.why("en") == ["860,000 × 25% = 215,000", "Amount times rate."]


def test_a_reason_speaks_of_its_own_row(exercises):
    question = issue(exercises["mini.1.2/no-step"], "t", "course")
    blank = next(row for row in question.given["rows"] if not row["step"]["zh"])
    part = question.mark([blank["id"]]).parts[blank["id"]]
    said = question.part_text(blank["id"], part, "zh")
    assert said == f"找对了。{blank['customer']['zh']}：什么也没写。"


@pytest.mark.parametrize("step", ["make", "solve", "work"])
def test_an_error_of_the_kit_is_said_to_be_the_kits(forecast, step):
    def broken(*anything):
        raise ZeroDivisionError("no such luck")

    question = issue(dataclasses.replace(forecast, **{step: broken}), "t", "course")
    assert question.fault == f"{step}: ZeroDivisionError: no such luck"
    mark = question.mark({"total": "1", "share": "1"})
    assert (mark.outcome, mark.score) == ("error", None)
    assert "课件的错" in question.public("zh")["prompt"]
    assert question.public("zh")["fields"] == []


@pytest.mark.parametrize(
    "key",
    [
        {"total": float("nan"), "share": 0.5},
        {"total": float("inf"), "share": 0.5},
        {"total": None, "share": 0.5},
        {"total": True, "share": 0.5},
        {"total": "12", "share": 0.5},
        {"total": 12},
        {"total": 12, "share": 0.5, "more": 1},
        12,
        None,
    ],
)
def test_a_key_that_is_no_key_fails_closed(forecast, key):
    question = issue(dataclasses.replace(forecast, solve=lambda given: key), "t", "course")
    assert question.fault
    assert question.mark({"total": "12", "share": "0.5"}).outcome == "error"


def test_a_mistake_function_that_fails_is_the_kits_fault(forecast):
    slips = {"rate_forgotten": lambda given: 1 / 0}
    assert issue(dataclasses.replace(forecast, slips=slips), "t", "course").fault


def test_an_error_while_marking_is_the_kits_fault(forecast, monkeypatch):
    question = issue(forecast, "t", "course")
    monkeypatch.setattr("coursekit.practice.numbers.read", lambda *typed: 1 / 0)
    mark = question.mark({"total": "12", "share": "0.5"})
    assert (mark.outcome, mark.score) == ("error", None)


def test_a_text_with_an_unknown_name_shows_before_an_answer(forecast):
    texts = {lang: {**forecast.text[lang], "why": ("{nothing}",)} for lang in ("zh", "en")}
    assert issue(dataclasses.replace(forecast, text=texts), "t", "course").fault.startswith("text")


def test_functions_get_a_copy_and_cannot_change_what_was_issued(forecast):
    def greedy(given):
        given["amount"] = 0
        return {"total": 1, "share": 0.5}

    question = resume(dataclasses.replace(forecast, solve=greedy), {"amount": 5, "rate": 0.5})
    assert question.given == {"amount": 5, "rate": 0.5}


def test_numpy_numbers_become_plain_ones(forecast):
    import numpy as np

    exercise = dataclasses.replace(
        forecast, solve=lambda given: {"total": np.float64(3), "share": np.float32(0.5)}
    )
    question = issue(exercise, "t", "course")
    assert question.fault == ""
    assert type(question.key["total"]) is float
