"""Forms: what was typed, as it is read; rules one by one; self-tests; drafts."""

import json
import random

import pytest
from anything import anything
from hypothesis import given, settings

from coursekit.course import Course, content
from coursekit.funnel.courtesy import is_courtesy
from coursekit.practice import drafts, fields
from coursekit.practice.desk import Desk
from coursekit.practice.door import Door
from coursekit.practice.exercise import Exercise, resume
from coursekit.practice.kinds import form
from coursekit.practice.widget import Card
from coursekit.workbooks.funnel import courtesy

TODAY = "2026-03-02"


def question(spec, example, given=None, **texts):
    labels = [*spec.get("fields", {}), *spec.get("rows", {})]
    labels += [column for group in spec.get("rows", {}).values() for column in group["fields"]]
    one = {"prompt": "?", "why": ("!",), "labels": dict.fromkeys(labels, "格"), **texts}
    if example is not None:
        one["example"] = example
    exercise = Exercise("m.1.1/x", 1, "form", "m.1.1", 1, {"zh": one, "en": one}, spec)
    made = resume(exercise, {"today": TODAY, **(given or {})})
    assert made.fault == ""
    return made


def one_field(example, **field):
    return question({"fields": {"it": field}}, {"it": example})


def said(made, raw):
    mark = made.mark(raw)
    return {place: part.code for place, part in mark.parts.items() if part.ok is not True}


def outcome(made, raw):
    mark = made.mark(raw)
    return mark.outcome, mark.score


# --- what was typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-09", "2026-03-09"),
        ("2026年3月9日", "2026-03-09"),
        ("2026/3/9 周一", "2026-03-09"),
        ("9 March 2026", "2026-03-09"),
        ("3月9日", "2026-03-09"),
        ("12-28", "2025-12-28"),  # without a year: the nearest one
        ("9 Mar", "2026-03-09"),
        ("下周三", None),
        ("2月30日", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, day):
    assert fields.read(typed, {"type": "date"}, today=TODAY) == day


@pytest.mark.parametrize(("typed", "share"), [("35%", 0.35), ("35", 0.35), ("0.35", 0.35)])
def test_a_percent_is_read_with_and_without_its_sign(typed, share):
    assert fields.read(typed, {"type": "percent"}) == share


def test_a_date_that_cannot_be_read_costs_nothing_and_is_named_where_it_stands():
    made = question(
        {"fields": {"due": {"type": "date"}, "money": {"type": "money", "required": True}}},
        {"due": "3月9日", "money": "1万"},
    )
    mark = made.mark({"due": "下周三", "money": "约3万"})
    assert (mark.outcome, mark.score) == ("invalid", None)
    assert {place: part.values for place, part in mark.parts.items()} == {
        "due": {"typed": "下周三"},
        "money": {"typed": "约3万"},
    }


def test_a_form_with_nothing_in_it_is_unanswered():
    made = one_field("有", type="text", required=True)
    for raw in (None, {}, {"it": "  "}, {"it": None}):
        assert made.mark(raw).outcome == "unanswered"


@pytest.mark.parametrize("raw", [{"no": "1"}, ["a"], "x", {"it": ["a"]}, {"it": True}, {"it": {}}])
def test_what_no_page_sends_is_invalid(raw):
    assert one_field("有", type="text", required=True).mark(raw).outcome == "invalid"


# --- rules of one field


@pytest.mark.parametrize(
    ("field", "good", "bad", "code"),
    [
        ({"type": "text", "shortest": 4}, "谈付款条款", "谈付款", "practice.form_shortest"),
        ({"type": "text", "shortest": 3}, "settle payment terms", "pay", "practice.form_shortest"),
        ({"type": "long", "longest": 3}, "谈付款", "谈付款条款", "practice.form_longest"),
        ({"type": "text", "has_number": True}, "见 3 家", "见几家", "practice.form_has_number"),
        ({"type": "text", "has_number": True}, "见三家", "一直见", "practice.form_has_number"),
        ({"type": "text", "no_courtesy": True}, "见张总", "跟进", "practice.form_no_courtesy"),
        ({"type": "money", "least": 1000}, "1000", "999", "practice.form_least"),
        ({"type": "percent", "most": 0.9}, "90%", "95%", "practice.form_most"),
        ({"type": "date", "after": "today"}, "3月2日", "3月1日", "practice.form_after"),
        ({"type": "date", "before": "2026-06-30"}, "6月30日", "7月1日", "practice.form_before"),
        ({"type": "date", "within": 30}, "4月1日", "4月2日", "practice.form_before"),
    ],
)  # fmt: skip
def test_each_rule_is_kept_or_said(field, good, bad, code):
    made = one_field(good, required=True, **field)
    assert outcome(made, {"it": good}) == ("right", 100)
    assert said(made, {"it": bad}) == {"it": code}
    assert outcome(made, {"it": bad}) == ("partial", 50)  # it is there, and breaks one rule


def test_of_several_broken_rules_the_first_is_said_and_all_are_counted():
    made = one_field("周四见张总谈付款", type="text", required=True, shortest=6, no_courtesy=True)
    assert said(made, {"it": "跟进"}) == {"it": "practice.form_shortest"}
    assert made.mark({"it": "跟进"}).score == 33.3  # 1 of 3


def test_a_choice_may_have_options_that_do_not_carry_it():
    made = question(
        {"fields": {"who": {"type": "choice", "required": True, "one_of": ("yes",)}}},
        {"who": "yes"},
        options={"who": {"yes": "是", "no": "不是"}},
    )
    assert said(made, {"who": "no"}) == {"who": "practice.form_one_of"}
    assert made.mark({"who": "maybe"}).outcome == "invalid"


def test_an_empty_field_breaks_its_rules_only_where_it_is_required():
    spec = {
        "a": {"type": "text", "required": True, "shortest": 2},
        "b": {"type": "money", "least": 1},
    }
    made = question({"fields": spec}, {"a": "谈价", "b": "1"})  # fmt: skip
    assert outcome(made, {"a": "谈价"}) == ("right", 100)
    assert outcome(made, {"b": "1"}) == ("partial", 33.3)  # 1 of 3


def test_the_reason_of_a_field_stands_behind_what_is_said():
    made = question(
        {"fields": {"it": {"type": "text", "required": True, "shortest": 4}}},
        {"it": "谈付款条款"},
        reasons={"it": "写到别人能照着做。"},
    )
    part = made.mark({"it": "谈"}).parts["it"]
    assert made.part_text(
        "it", part, "zh"
    ) == "写了 1 个字，至少要 4 个。 写到别人能照着做。".replace(" 写到", "写到")


# --- rows and rules across fields


def rows(least=2, **columns):
    return {"rows": {"plan": {"least": least, "most": 4, "fields": columns}}}


def test_a_row_that_is_missing_counts_as_an_empty_one():
    made = question(rows(what={"type": "text", "required": True}), {"plan": [{"what": "a"}] * 2})
    assert outcome(made, {"plan": [{"what": "a"}]}) == ("partial", 50)
    assert said(made, {"plan": [{"what": "a"}]}) == {
        "plan": "practice.form_rows",
        "plan.2.what": "practice.form_missing",
    }


def test_an_empty_row_between_others_is_no_row_and_moves_nobody():
    made = question(rows(n={"type": "number", "most": 9}), {"plan": [{"n": "1"}] * 2})
    raw = {"plan": [{"n": "1"}, {"n": " "}, {"n": "12"}]}
    assert said(made, raw) == {"plan.3.n": "practice.form_most"}


def test_more_rows_than_the_page_has_are_no_answer():
    made = question(rows(n={"type": "number", "most": 9}), {"plan": [{"n": "1"}] * 2})
    assert made.mark({"plan": [{"n": "1"}] * 5}).outcome == "invalid"


def test_a_sum_over_all_rows_is_a_rule():
    spec = {**rows(hours={"type": "number"}), "sums": {"week": {"of": "hours", "most": "capacity"}}}
    made = question(
        spec, {"plan": [{"hours": "15"}] * 2}, {"capacity": 30}, tests={"week": "放得下"}
    )
    assert made.mark({"plan": [{"hours": "15"}, {"hours": "15"}]}).parts["week"].ok
    mark = made.mark({"plan": [{"hours": "15"}, {"hours": "15.5"}]})
    assert mark.parts["week"].code == "practice.form_sum_most"
    assert mark.parts["week"].values["value"] == {"zh": "30.5", "en": "30.5"}


def test_a_limit_may_be_another_field_of_the_same_row():
    made = question(
        rows(1, start={"type": "date"}, end={"type": "date", "after": "start"}),
        {"plan": [{"start": "3月2日", "end": "3月9日"}]},
    )
    assert said(made, {"plan": [{"start": "3月9日", "end": "3月2日"}]}) == {
        "plan.1.end": "practice.form_after"
    }
    assert said(made, {"plan": [{"end": "3月2日"}]}) == {}  # nothing to compare with


def test_a_function_names_what_it_looked_at_with_codes():
    def check(answer, given):
        assert given["today"] == TODAY
        odd = {
            f"plan.{n}.n": "" if row["n"] == n else "odd" for n, row in enumerate(answer["plan"], 1)
        }
        return {**odd, "whole": "goal.no_owner" if len(answer["plan"]) > 2 else ""}

    made = question(
        {**rows(n={"type": "number", "required": True}), "checks": check},
        {"plan": [{"n": "1"}, {"n": "2"}]},
        tests={"whole": "合起来"},
        reasons={"odd": "数不对。"},
    )
    raw = {"plan": [{"n": "1"}, {}, {"n": "3"}, {"n": "3"}]}
    mark = made.mark(raw)
    assert said(made, raw) == {"plan.3.n": "reasons.odd", "whole": "goal.no_owner"}
    assert made.part_text("plan.3.n", mark.parts["plan.3.n"], "zh") == "数不对。"
    assert outcome(made, raw) == ("partial", 71.4)  # 3 required + 4 checks, 2 of them fail


def test_a_function_that_fails_is_the_kits_fault_and_scores_nothing():
    def check(answer, given):
        return {"it": "no_such_code" if answer["it"] == "b" else ""}

    spec = {"fields": {"it": {"type": "text", "required": True}}, "checks": check}
    made = question(spec, {"it": "a"}, reasons={})
    assert outcome(made, {"it": "b"}) == ("error", None)


def test_an_example_that_breaks_a_rule_makes_a_form_unfit():
    spec = {"fields": {"it": {"type": "text", "required": True, "shortest": 4}}}
    one = {"prompt": "?", "why": ("!",), "labels": {"it": "格"}, "example": {"it": "短"}}
    made = resume(Exercise("m.1.1/x", 1, "form", "m.1.1", 1, {"zh": one, "en": one}, spec), {})
    assert "bank_example" in made.fault


def test_long_answers_stay_as_they_are_and_come_back_as_text():
    text = "<script>alert(1)</script> {name} " + "长" * 500
    made = one_field("有", type="long", required=True)
    assert outcome(made, {"it": text}) == ("right", 100)
    part = made.mark({"it": text}).parts["it"]
    assert made.part_text("it", part, "zh") == ""


# --- self-tests


def self_test():
    scale = {"type": "choice", "options": "often"}
    return question(
        {
            "fields": {"a": scale, "b": scale},
            "points": {"often": {"yes": 2, "some": 1, "no": 0}},
            "bands": {"calm": 0, "alarm": 3},
        },
        None,
        options={"often": {"yes": "经常", "some": "有时", "no": "没有"}},
        bands={"calm": "还好。", "alarm": "该动手了。"},
        reasons={"a": "先看甲。", "b": "先看乙。"},
    )


@pytest.mark.parametrize(
    ("raw", "band", "told"),
    [
        ({"a": "yes", "b": "some"}, "alarm", ["a"]),  # 2 + 1 = 3
        ({"a": "some", "b": "some"}, "calm", ["a", "b"]),
        ({"a": "no", "b": "no"}, "calm", []),
    ],
)
def test_a_self_test_adds_points_and_says_its_band_and_the_heaviest(raw, band, told):
    mark = self_test().mark(raw)
    assert (mark.outcome, mark.score) == ("recorded", None)
    assert [say.code for say in mark.says] == ["practice.form_points", f"bands.{band}"]
    assert list(mark.parts) == told


def test_a_self_test_wants_every_answer():
    mark = self_test().mark({"a": "yes"})
    assert (mark.outcome, list(mark.parts)) == ("unanswered", ["b"])


@settings(deadline=None, max_examples=60)
@given(raw=anything("a", "b", "total", "plan", "r1", "3月9日"))
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(raw):
    spec = {"fields": {"a": {"type": "text", "required": True}, "total": {"type": "date"}}}
    made = question({**spec, **rows(1, r1={"type": "percent"})}, {"a": "x", "plan": [{"r1": "1"}]})
    for one in (raw, {"plan": raw}, {"a": raw, "total": raw}, {"plan": [raw, {"r1": raw}]}):
        assert made.mark(one).outcome in {"unanswered", "invalid", "partial", "right"}
    assert self_test().mark(raw).outcome in {"unanswered", "invalid"}


def test_fabricated_answers_give_the_outcomes_they_are_made_for():
    made = question(
        {
            "fields": {
                "a": {"type": "text", "required": True},
                "due": {"type": "date", "after": TODAY},
            }
        },
        {"a": "x", "due": "3月9日"},
    )
    for n in range(20):
        answers = form.fabricate(made, random.Random(n))
        assert {name: made.mark(raw).outcome for name, raw in answers.items()} == {
            name: name for name in answers
        }


# --- courtesies


@pytest.mark.parametrize(
    "text", ["继续跟进。", "下周再联系客户", "Keep in touch", "follow up next week!"]
)
def test_a_courtesy_is_no_next_step(text):
    assert is_courtesy(text)


def test_every_phrase_of_the_one_list_is_a_courtesy_for_forms_and_workbooks():
    phrases, extra = courtesy(Course.find(content()))
    assert extra == 2 and len(phrases) == len(set(phrases)) > 80
    assert [phrase for phrase in phrases if not is_courtesy(phrase)] == []


@pytest.mark.parametrize("text", ["", "  ", "周四见张总谈付款", "Terms with Ms Wang on Thursday"])
def test_a_step_with_somebody_and_an_aim_is_no_courtesy(text):
    assert not is_courtesy(text)


# --- drafts

STEP = "drill.1/one-step"


@pytest.fixture
def door(tmp_path, root):
    folder = tmp_path / "exercises"
    folder.mkdir()
    cards = (root / "tests/browser/cards.yaml").read_text("utf-8")
    (folder / "drill.yaml").write_text(cards, encoding="utf-8")
    return lambda: Door(Desk(Course("course", tmp_path)), STEP)


def draft(door, answer, draw=1):
    return door.take({"type": "draft", "token": "t", "draw": draw, "answer": answer})


def test_a_draft_is_there_when_the_card_is_opened_again_and_is_no_attempt(door):
    first = door()
    first.open()
    answer = {"customer": "春和“百货", "steps": [{"day": "下周三"}]}
    assert draft(first, answer) == {"drafted": "t"}
    opened = door().open()
    assert opened["answer"] == answer
    assert (opened["state"]["answer"], opened["state"]["attempts"]) == (None, 0)


def test_an_answer_ends_its_draft(door):
    first = door()
    first.open()
    draft(first, {"customer": "a"})
    first.take({"type": "submit", "token": "s", "draw": 1, "answer": {"customer": "b"}})
    opened = door().open()
    assert "answer" not in opened
    assert opened["state"]["answer"] == {"customer": "b"}


def test_a_draft_of_an_earlier_draw_is_not_shown(door):
    first = door()
    first.open()
    draft(first, {"customer": "a"})
    first.take({"type": "another", "token": "n", "draw": 1})
    assert "answer" not in door().open()


@pytest.mark.parametrize("answer", [{"a": "长" * drafts.LONGEST}, {"a": float("nan")}])
def test_a_draft_that_cannot_be_kept_says_so(door, answer):
    first = door()
    first.open()
    assert draft(first, answer) == {"drafted": ""}
    assert draft(first, {"a": "b"}, draw="../../x") == {"drafted": ""}


def test_a_damaged_draft_is_none(tmp_path):
    assert drafts.keep(tmp_path, "a/b", 1, {"x": "y"})
    (path,) = (tmp_path / "drafts").iterdir()
    for text in ("{", "[]", json.dumps({"draw": 2, "answer": 1})):
        path.write_text(text, encoding="utf-8")
        assert drafts.found(tmp_path, "a/b", 1) is None
    drafts.drop(tmp_path, "a/b")
    assert drafts.found(tmp_path, "a/b", 1) is None


def test_a_card_of_a_notebook_keeps_drafts_too(door, tmp_path):
    card = Card(Desk(Course("course", tmp_path)), STEP)
    answer = {"customer": "春和百货"}
    card._take({"type": "draft", "token": "t", "draw": 1, "answer": answer}, [])
    assert card.drafted == "t"
    assert Card(Desk(Course("course", tmp_path)), STEP).answer == answer
