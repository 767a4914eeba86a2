"""The lesson of the list: every topic in both languages, within its minutes; its figures."""

import re

import matplotlib.text
import pandas as pd
import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import funnel, terms
from coursekit.case import Case
from coursekit.course import Course
from coursekit.plots import listing, standing
from coursekit.practice import bank, checks

LESSON = Lesson("funnel_3")
ITEMS = LESSON.items
CODE = LESSON.code
prose = LESSON.prose
called = LESSON.called


LANGS = ("zh", "en")
LADDER = funnel.Ladder.load()
TODAY = "2026-03-02"


def exercises():
    good, bad = bank.load(Course(id="test", folder=ROOT), "funnel_3")
    assert not bad
    return good


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", ["core", "more", "homework"])
def test_every_topic_has_a_core_section_practice_and_work_to_take_home(lang, part):
    assert {c.metadata.get("item") for c in prose(lang) if c.metadata.get("part") == part} >= ITEMS


def test_every_topic_has_notes_for_the_trainer_and_a_way_without_a_computer():
    for lang, half, without in (
        ("zh", "一半时间", "没有电脑"),
        ("en", "Half the time", "No computer"),
    ):
        notes = "\n".join(cell.text for cell in prose(lang, "trainer"))
        assert half in notes
        assert notes.count(f"**{without}") == 1 + len(ITEMS)
        assert all(f"**{item.removeprefix('funnel.')} ·" in notes for item in ITEMS)


def test_the_lesson_shows_every_exercise_of_the_bank_and_no_other():
    good = exercises()
    asked, guessed = called("ask"), called("guess")
    assert sorted(asked + guessed) == sorted(good)
    assert {good[name].item for name in guessed} == ITEMS
    assert all(sum(good[name].item == item for name in asked) >= 2 for item in ITEMS)
    assert len({good[name].kind for name in asked}) >= 3


def test_the_closing_check_has_enough_to_draw_from():
    drawn = checks.select(Course(id="test", folder=ROOT), "funnel.3", minutes=10)
    good = exercises()
    assert len(drawn) >= 2
    assert sum(good[name].minutes for name in drawn) <= 10


def test_the_heading_of_the_two_weeks_is_that_of_the_data():
    # "早两周看见缺口", "See the gap two weeks early"
    good = exercises()["funnel.3.4/guess-weeks"]
    assert 2 <= good.make(None, None)["weeks"] < 3


@pytest.fixture(scope="module")
def case():
    return Case.load("feed", "zh")


def test_all_six_have_signed_lately_and_still_the_warnings_come(case):
    # "上个月六个人都有单签", "All of them signed something last month"
    recent = case.deals[case.deals["closed"] > case.today - pd.Timedelta(weeks=4)]
    signed = recent.loc[recent["stage"] == "contract", "owner"]
    assert {"S01", "S02", "S03", "S04", "S05", "S06"} <= set(signed)


def test_what_the_text_says_is_lacking_most_is(case):
    deals = case.deals.set_index("deal_id", drop=False)
    flow = funnel.flow(case.deal_history, case.today)
    evidence = case.gates.set_index("deal_id")
    table = listing.checks_table(deals, evidence, case.today, LADDER, flow)
    assert listing.checks_numbers(table)["weakest"] == "listing.check_information"
    tea = deals.loc[table[table["holds"] & table["late"]].sort_values("times").index[-1]]
    assert "喝茶" in tea["next_step"]  # the text says: the tea is real


# --- figures


def rows(*lines):
    columns = ["deal_id", "stage", "amount", "next_step", "next_step_person", "next_step_date"]
    frame = pd.DataFrame(lines, columns=columns).set_index("deal_id", drop=False)
    for column in ("next_step", "next_step_person"):
        frame[column] = frame[column].astype(object)
    return frame.assign(
        next_step_date=pd.to_datetime(frame["next_step_date"]),
        expected_close=pd.Timestamp("2026-04-01"),
        entered=pd.Timestamp("2026-02-20"),
        created=pd.Timestamp("2026-01-05"),
    )


LIST = rows(
    ("whole", "p50", 100_000, "settle terms", "Zhou", "2026-03-05"),
    ("courtesy", "p50", 200_000, "keep in touch", "Li", "2026-03-06"),
    ("past", "p50", 300_000, "weigh together", "Wu", "2026-02-20"),
    ("nobody", "p25", 400_000, "bring samples", None, "2026-03-09"),
    ("bare", "p90", 500_000, None, None, None),
    ("early", "appointment", 600_000, "call", "He", "2026-03-09"),
)
FLOW = pd.DataFrame({"days_most": 28.0}, index=pd.Index(funnel.OPEN, name="code"))


def words(figure):
    return [found.get_text() for found in figure.findobj(matplotlib.text.Text)]


def test_a_row_can_be_worked_with_when_all_five_cells_say_something():
    numbers = listing.fill_numbers(LIST, TODAY)
    assert (numbers["n"], numbers["n_all"]) == (5, 1)  # the appointment claims no money
    assert (numbers["n_what"], numbers["n_courtesy"], numbers["n_blank"]) == (3, 1, 1)
    assert (numbers["n_who"], numbers["n_day"], numbers["n_past"]) == (3, 3, 1)


def test_a_cell_without_a_column_is_not_counted_against_the_row():
    numbers = listing.fill_numbers(LIST.drop(columns=["next_step_person", "expected_close"]), TODAY)
    assert numbers["n_who"] != numbers["n_who"]
    assert numbers["n_all"] == 2  # whole and nobody


def test_an_empty_list_is_drawn_all_the_same():
    numbers = listing.fill_numbers(LIST.iloc[:0], TODAY)
    assert (numbers["n"], numbers["n_all"]) == (0, 0)
    assert listing.fill(LIST.iloc[:0], TODAY, "en").get_suptitle()


def test_each_demand_on_the_next_step_takes_more_back():
    levels = listing.strictness_numbers(LIST, TODAY, LADDER, FLOW)["levels"]
    assert [level["n"] for level in levels] == [5, 4, 3, 2, 1]
    # 50,000 + 100,000 + 150,000 + 100,000 + 450,000 as listed, at the end the whole row alone
    assert [level["worth"] for level in levels] == [850_000, 400_000, 300_000, 150_000, 50_000]


def test_a_deal_that_passes_and_stands_too_long_is_named_polite():
    old = LIST.assign(entered=pd.Timestamp("2026-01-05"))
    numbers = listing.strictness_numbers(old, TODAY, LADDER, FLOW)
    assert (numbers["polite"], numbers["polite_worth"]) == (1, 50_000)


def test_what_is_asked_of_a_deal_goes_by_its_class():
    deals = LIST.loc[["whole", "nobody"]].assign(next_step_person="Zhou")
    gates = sorted({gate for stage in LADDER.stages for gate in stage.gates})
    evidence = pd.DataFrame(1, deals.index, gates)
    evidence["right_proposal"] = 0
    table = listing.checks_table(deals, evidence, TODAY, LADDER, FLOW)
    assert not table.loc["whole", "holds"]  # at 50% the customer's own words are asked for
    assert table.loc["nobody", "holds"]  # at 25% they are not
    assert table.loc["nobody", "sense"] != table.loc["nobody", "sense"]


def test_the_step_of_today_counts_and_not_the_one_of_the_sheet():
    gates = sorted({gate for stage in LADDER.stages for gate in stage.gates})
    table = listing.checks_table(LIST, pd.DataFrame(1, LIST.index, gates), TODAY, LADDER, FLOW)
    assert table["step"].to_dict() == {
        "whole": 1, "courtesy": 0, "past": 0, "nobody": 0, "bare": 0
    }  # fmt: skip


def test_a_contract_was_slow_where_one_stage_took_longer_than_usual():
    deals = pd.DataFrame(
        {
            "deal_id": ["a", "b"],
            "stage": ["contract", "contract"],
            "size_class": ["large", "small"],
        }
    )
    events = [("a", "p25", "2026-01-01"), ("a", "p50", "2026-02-15")]
    events += [("a", "contract", "2026-02-20")]
    events += [("b", "p50", "2026-01-01"), ("b", "contract", "2026-01-20")]
    history = pd.DataFrame(events, columns=["deal_id", "stage", "date"])
    history["date"] = pd.to_datetime(history["date"])
    numbers = listing.slow_winners_numbers(deals, history, FLOW)
    assert (numbers["n"], numbers["slow"]) == (2, 1)
    assert (numbers["slow_large"], numbers["slow_small"]) == (1, 0)


def test_a_tower_is_held_against_the_pyramid_of_its_own_size():
    stages = pd.DataFrame({"stage": ["p50"] * 6 + ["opportunity"] * 4})
    numbers = standing.shapes_numbers({"first": stages, "last": stages})
    found = numbers["lists"]["first"]
    assert sum(found["norm"]) == pytest.approx(10)
    assert (numbers["first_top"], numbers["last_base"]) == (6, 4)


def test_a_zombie_covers_nothing_though_it_has_a_next_step():
    old = LIST.assign(created=[pd.Timestamp("2025-01-01"), *[pd.Timestamp("2026-01-05")] * 5])
    numbers = standing.cover_numbers({"A": old, "B": LIST}, TODAY, LADDER, 1_000_000, 168)
    a, b = (numbers["lists"][name] for name in "AB")
    assert a["amount"] == {"moves": 1_000_000, "bare": 1_000_000, "zombie": 100_000}
    assert b["amount"] == {"moves": 1_100_000, "bare": 1_000_000, "zombie": 0}
    # 400,000 at 25%; with the young one 100,000 at 50% more; the appointment counts 0
    assert (a["shown"], b["shown"]) == pytest.approx((0.10, 0.15))
    assert a["open"] == b["open"] == pytest.approx(2.1)


def test_what_left_is_contracts_and_losses():
    events = [("a", "appointment", "2026-02-02"), ("b", "appointment", "2026-02-03")]
    events += [("a", "contract", "2026-02-10"), ("b", "lost", "2026-02-11")]
    history = pd.DataFrame(events, columns=["deal_id", "stage", "date"])
    history["date"] = pd.to_datetime(history["date"])
    numbers = standing.blood_numbers(history, TODAY)
    assert (numbers["came"], numbers["gone"], numbers["under_way"]) == (2, 2, 0)


WARNED = pd.DataFrame(
    {
        "owner": ["Lin", "Lin", "Mo"],
        "code": ["no_new_blood", "top_heavy", "one_big_deal"],
        "weeks": [2.6, 4.9, float("nan")],
    }
)


def test_the_first_warning_is_the_soonest_one():
    numbers = standing.warnings_numbers(WARNED)
    assert (numbers["first"], numbers["first_weeks"]) == ("Lin", 2.6)
    assert (numbers["n"], numbers["n_people"], numbers["n_timed"]) == (3, 2, 2)


@pytest.mark.parametrize("lang", LANGS)
def test_the_figures_say_what_they_show(lang):
    gates = sorted({gate for stage in LADDER.stages for gate in stage.gates})
    flow = FLOW
    table = listing.checks_table(LIST, pd.DataFrame(1, LIST.index, gates), TODAY, LADDER, flow)
    names = pd.Series(LIST.index, LIST.index)
    figures = [
        listing.fill(LIST, TODAY, lang),
        listing.checks(table, names, lang),
        listing.strictness(LIST, TODAY, LADDER, flow, lang, 0),
        listing.strictness(LIST, TODAY, LADDER, flow, lang, 4),
        standing.shapes({"first": LIST, "last": LIST}, lang),
        standing.cover({"A": LIST, "B": LIST}, TODAY, LADDER, 1_000_000, 168, lang),
        standing.warnings(WARNED, lang),
    ]
    assert all(figure.get_suptitle() for figure in figures)
    assert terms.say("listing.of", lang, n=1, of=5) in words(figures[0])
    assert terms.term("listing.warnings_unknown", lang) in words(figures[-1])


def test_words_are_counted(capsys):
    with capsys.disabled():
        for lang in LANGS:
            said = re.findall(rf'{lang}=(?:\(\n)?\s*"((?:[^"\\]|\\.)*)"', CODE)
            text = "".join(c.text for c in prose(lang)) + " ".join(said)
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            unit = "characters" if lang == "zh" else "words"
            print(f"\nfunnel.3 {lang}: {n} {unit} of prose", end="")
