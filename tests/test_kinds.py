import random

import pytest
import small_bank
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.practice import bank, mark
from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.kinds import kind_of


def text(**more):
    return {lang: {"prompt": "?", "why": ("!",), **more} for lang in ("zh", "en")}


def sort(key, slips=None, reasons=None):
    bins = {"low": "低", "middle": "中", "high": "高"}
    texts = text(bins=bins, cards=dict.fromkeys(key, "卡"), reasons=reasons or {})
    return resume(
        Exercise("m.1.1/x", 1, "sort", "m.1.1", 1, texts, key=key, slips=slips or {}),
        {"cards": [{"id": card} for card in key]},
    )


def find(rows, key, slips=None):
    texts = text(columns={"name": "名"}, rows={row: {"name": row} for row in rows})
    spec = {"columns": {"name": "text"}}
    return resume(
        Exercise("m.1.1/x", 1, "find", "m.1.1", 1, texts, spec, key=key, slips=slips or {}),
        {"rows": [{"id": row} for row in rows]},
    )


def number(key, slips=None, **fields):
    texts = text(fields=dict.fromkeys(key, "数"))
    fields = {field: {"unit": "money"} for field in key} | fields
    return resume(
        Exercise("m.1.1/x", 1, "number", "m.1.1", 1, texts, {"fields": fields}, key=key,
                 slips=slips or {}),
        {},
    )  # fmt: skip


def outcome(question, raw):
    marked = question.mark(raw)
    return marked.outcome, marked.score


def codes(question, raw):
    return [say.code for say in question.mark(raw).says]


# --- sort


def test_a_sort_scores_the_share_of_right_cards():
    question = sort({"a": "low", "b": "low", "c": "high", "d": "high"})
    assert outcome(question, dict.fromkeys("abcd", "low")) == ("partial", 50)
    assert outcome(question, {"a": "low", "b": "low", "c": "high", "d": "high"}) == ("right", 100)
    assert outcome(question, dict.fromkeys("abcd", "middle")) == ("wrong", 0)


def test_a_card_may_belong_in_several_bins():
    question = sort({"a": ["low", "middle"], "b": "high"})
    assert outcome(question, {"a": "low", "b": "high"}) == ("right", 100)
    assert outcome(question, {"a": "middle", "b": "high"}) == ("right", 100)
    assert outcome(question, {"a": "high", "b": "high"}) == ("partial", 50)


def test_a_sort_with_cards_left_over_is_unanswered_and_says_how_many():
    question = sort({"a": "low", "b": "low", "c": "high"})
    marked = question.mark({"a": "low"})
    assert (marked.outcome, marked.score) == ("unanswered", None)
    assert marked.says[0].values == {"n": 2}
    assert outcome(question, {"a": "low", "b": None, "c": ""})[0] == "unanswered"


def test_a_card_without_a_reason_says_where_it_belongs():
    question = sort({"a": "low", "b": "high"}, reasons={"b": "签字"})
    parts = question.mark({"a": "high", "b": "low"}).parts
    assert question.part_text("a", parts["a"], "zh") == "应当放在：低。"
    assert question.part_text("b", parts["b"], "zh") == "签字"


# --- find


def test_a_find_scores_hits_less_false_alarms():
    question = find(["r1", "r2", "r3", "r4"], ["r1", "r2"])
    assert outcome(question, ["r1", "r2"]) == ("right", 100)
    assert outcome(question, ["r1"]) == ("partial", 50)
    assert outcome(question, ["r1", "r2", "r3"]) == ("partial", 50)  # (2 - 1) / 2
    assert outcome(question, ["r1", "r3"]) == ("wrong", 0)
    assert outcome(question, ["r1", "r2", "r3", "r4"]) == ("wrong", 0)  # ticking all is no way


def test_a_row_ticked_twice_counts_once():
    assert outcome(find(["r1", "r2", "r3"], ["r1", "r2"]), ["r1", "r1"]) == ("partial", 50)


def test_a_find_says_what_was_missed_and_what_should_not_be_there():
    parts = find(["r1", "r2", "r3", "r4"], ["r1", "r2"]).mark(["r1", "r3"]).parts
    assert {row: part.ok for row, part in parts.items()} == {
        "r1": True, "r2": False, "r3": False, "r4": None,
    }  # fmt: skip
    assert parts["r2"].code == "practice.find_missed"
    assert parts["r3"].code == "practice.find_false"


def test_a_find_with_nothing_or_everything_to_find_is_the_kits_fault():
    assert find(["r1", "r2"], []).fault
    assert find(["r1", "r2"], ["r1", "r2"]).fault
    assert find(["r1", "r2"], ["r1"]).fault == ""


# --- number


def test_a_number_is_right_within_its_tolerance():
    question = number({"total": 200_000})  # 0.5% of 200,000 is 1,000
    assert outcome(question, {"total": "20.1万"}) == ("right", 100)
    assert outcome(question, {"total": "199,000"}) == ("right", 100)
    assert outcome(question, {"total": "201,001"}) == ("wrong", 0)


def test_a_tolerance_may_be_absolute_relative_or_none():
    exact = number({"n": 40}, n={"unit": "number", "within": "0"})
    assert outcome(exact, {"n": "40"})[0] == "right"
    assert outcome(exact, {"n": "40.01"})[0] == "wrong"
    wide = number({"n": 40}, n={"unit": "number", "within": "10%"})
    assert outcome(wide, {"n": "44"})[0] == "right"
    absolute = number({"n": 40}, n={"unit": "number", "within": "2"})
    assert outcome(absolute, {"n": "42"})[0] == "right"
    assert outcome(absolute, {"n": "42.1"})[0] == "wrong"


@pytest.mark.parametrize("typed", ["35", "35%", "0.35", "３５％", "百分之35"])
def test_a_percent_field_takes_percent_and_share(typed):
    question = number({"share": 0.35}, share={"unit": "percent"})
    assert outcome(question, {"share": typed}) == ("right", 100)


def test_a_percent_field_takes_a_share_with_its_sign_at_its_word():
    question = number({"share": 0.35}, share={"unit": "percent"})
    marked = question.mark({"share": "0.35%"})
    assert marked.outcome == "wrong"
    assert marked.parts["share"].code == "practice.slip_percent"


def test_a_number_that_is_none_costs_nothing_and_is_named():
    question = number({"total": 200_000, "rest": 5_000})
    marked = question.mark({"total": "约3万", "rest": "5000"})
    assert (marked.outcome, marked.score) == ("invalid", None)
    assert marked.says[0].values == {"typed": "约3万"}
    assert list(marked.parts) == ["total"]


def test_an_empty_field_is_unanswered():
    question = number({"total": 200_000, "rest": 5_000})
    assert outcome(question, {"total": "20万", "rest": " "}) == ("unanswered", None)
    assert outcome(question, {"total": "", "rest": ""}) == ("unanswered", None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("20", "practice.slip_wan"),
        ("200000万", "practice.slip_wan"),
        ("20000", "practice.slip_zeros"),
        ("777", "practice.read_as_money"),
    ],
)
def test_a_slip_of_the_unit_has_its_own_message(typed, code):
    assert number({"total": 200_000}).mark({"total": typed}).parts["total"].code == code


def test_a_known_mistake_in_a_number_is_told():
    question = number({"total": 50_000}, slips={"rate_forgotten": {"total": 200_000}})
    assert codes(question, {"total": "20万"}) == ["slips.rate_forgotten"]
    assert codes(question, {"total": "3万"}) == []


def test_a_mistake_that_gives_the_right_number_is_not_told():
    question = number({"total": 50_000}, slips={"rounded": {"total": 50_100}})
    assert codes(question, {"total": "50100"}) == []


# --- known mistakes


def test_the_exact_mistake_goes_before_one_that_explains_only_part():
    question = find(
        ["r1", "r2", "r3", "r4"],
        ["r1", "r2"],
        slips={"broad": ["r1", "r2", "r3", "r4"], "exact": ["r1", "r2", "r3"]},
    )
    assert codes(question, ["r1", "r2", "r3"])[1:] == ["slips.exact"]
    assert codes(question, ["r1", "r2", "r3", "r4"])[1:] == ["slips.broad"]


def test_a_mistake_that_explains_less_than_half_is_not_told():
    question = sort(dict.fromkeys("abcd", "low"), slips={"hope": {"a": "high"}})
    assert codes(question, {"a": "high", "b": "low", "c": "low", "d": "low"})[1:] == ["slips.hope"]
    assert codes(question, {"a": "high", "b": "high", "c": "high", "d": "low"})[1:] == []


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), min_size=1),
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2)), max_size=4),
)
def test_an_exact_mistake_always_wins(errors, others):
    known = {f"other{n}": slip for n, slip in enumerate(others)} | {"exact": errors}
    assert known[mark.matching(errors, known)] == errors


# --- whatever comes

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "total", "r1", "zh"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "question",
    [
        sort({"a": "low", "b": "high"}),
        find(["r1", "r2"], ["r1"]),
        number({"total": 200_000}),
    ],
    ids=["sort", "find", "number"],
)
@settings(deadline=None)
@given(raw=ANYTHING)
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(question, raw):
    marked = question.mark(raw)
    assert marked.outcome in set(mark.OUTCOMES) - {"error", "recorded"}
    assert (marked.score is None) == (marked.outcome in ("unanswered", "invalid"))
    assert mark.Mark.of_record(marked.record()) == marked


def test_fabricated_answers_give_the_outcomes_they_are_made_for(tmp_path):
    good, _ = bank.load(small_bank.course(tmp_path), "mini")
    for exercise in good.values():
        kind = kind_of(exercise.kind)
        for n in range(50):
            question = issue(exercise, f"trainee {n}", "course")
            assert question.fault == ""
            made = kind.fabricate(question, random.Random(n))
            assert set(made) == {"unanswered", "invalid", "wrong", "partial", "right"}
            assert {name: question.mark(raw).outcome for name, raw in made.items()} == {
                name: name for name in made
            }
