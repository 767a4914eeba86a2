"""The lesson of the stages: every topic in both languages, within its minutes."""

import re

import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.plots import funnel as stages
from coursekit.plots import gates, inflow
from coursekit.practice import bank, checks

LESSON = Lesson("funnel_2")
CODE = LESSON.code
prose = LESSON.prose


LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def company():
    return Case.load("feed", "en")


def test_the_weeks_that_titles_speak_of_are_those_of_the_data(company):
    # "停约八周，十周以后才疼", "Stop … for eight weeks, and ten weeks later it hurts"
    numbers = inflow.echo_numbers(company.deal_history, company.today)
    assert (numbers["gap_weeks"], numbers["cycle_weeks"]) == (8, 10)
    # late May to late July; contracts went on meanwhile, and came back one cycle after that
    assert str(numbers["gap_from"]) == "2025-05-26"
    assert numbers["n_won"] * 3 < min(numbers["n_won_during"], numbers["n_won_after"])


def test_the_quietest_of_the_weeks_that_are_decided_is_that_of_the_spring_festival(company):
    recent = funnel.per_week(company.deal_history, company.today).iloc[-10:]
    assert str(recent.idxmin().date()) == "2026-02-16"  # New Year's Day is the 17th
    assert (recent == recent.min()).sum() == 1


def test_the_hole_of_january_does_not_come_from_the_top(company):
    met, won = (
        funnel.per_week(company.deal_history, company.today, stage)
        for stage in ("appointment", "contract")
    )
    # five weeks, and the five weeks ten weeks before them
    assert won["2025-12-29":"2026-01-26"].sum() < won.iloc[-30:].mean() * 5 / 2
    assert met["2025-10-20":"2025-11-17"].mean() > met["2025-07-21":"2025-12-08"].mean() * 0.9


def test_large_orders_take_longer_than_small_ones(company):
    won = company.deals[company.deals["stage"] == "contract"]
    days = (won["closed"] - won["appointment"]).dt.days.groupby(won["size_class"]).median()
    assert days["large"] > 2 * days["small"]


def gates_of(company):
    deals = company.deals.set_index("deal_id")
    evidence = company.gates.set_index("deal_id")
    is_open = funnel.is_open(deals["stage"]) & deals.index.isin(evidence.index)
    return deals, evidence, deals["stage"][is_open]


def test_what_trainers_ask_about_the_five_gates_is_in_the_data(company):
    _, evidence, claimed = gates_of(company)
    ladder = funnel.Ladder.load()
    numbers = gates.gates_numbers(evidence.loc[claimed.index], claimed, "p50", ladder)
    each = [numbers[f"n_{gate}"] / numbers["n"] for gate in ladder.gates("p50")]
    assert min(each) >= 0.6  # "五样单看都有六成，凑齐的为什么不到四成"
    assert numbers["n_all"] / numbers["n"] < 0.4


def test_nine_in_ten_are_won_at_90_only_where_nobody_else_is_left(company):
    deals, evidence, _ = gates_of(company)
    history = company.deal_history
    ended = deals[deals["stage"].isin(funnel.CLOSED)]
    ended = ended[ended.index.isin(history.loc[history["stage"] == "p90", "deal_id"])]
    alone = evidence["only_supplier"].reindex(ended.index).astype(bool)
    won = ended["stage"] == funnel.WON
    assert won[alone].mean() > 0.85 > won.mean()
    assert won[~alone].mean() < 0.5


def test_the_courteous_customer_has_a_next_step_every_week_and_does_not_move(company):
    deals = company.deals.set_index("deal_id")
    row = funnel.review(deals, company.today, funnel.Ladder.load(), strict=True).loc["D0195"]
    lists = company.snapshots[company.snapshots["deal_id"] == "D0195"]
    assert (row["claimed"], row["reason"]) == ("p50", "")
    assert lists["next_step"].notna().all() and lists["stage"].nunique() == 1
    assert lists["date"].nunique() == 12 and lists["next_step"].nunique() > 4
    assert "D0195" in CODE


@pytest.mark.parametrize("trainee", ["sample", "a", "b", "c"])
def test_every_trainees_list_has_what_the_lesson_tells_of_it(company, trainee):
    own = company.slice(trainee, "course")
    deals, evidence, claimed = gates_of(own)
    is_open = deals[funnel.is_open(deals["stage"])]
    ladder = funnel.Ladder.load()
    both = stages.claimed_and_shown_numbers(funnel.review(is_open, own.today, ladder, strict=True))
    assert both["largest"] in is_open.index
    for stage in ("p25", "p50"):
        numbers = gates.gate_table_numbers(
            evidence.loc[claimed.index], claimed, is_open["customer"], stage, ladder
        )
        assert numbers["n"] == 4
        assert (numbers["n_short"] > 0) == bool(numbers["lacks"])


def test_the_lesson_ends_with_ones_own_list_and_a_check_of_ten_minutes():
    assert CODE.index('own("deals", my_list)') < CODE.index(
        'check("funnel.2", "close", minutes=10)'
    )
    for lang in LANGS:
        assert "`coursekit template funnel`" in "".join(cell.text for cell in prose(lang))
    course = Course(id="test", folder=ROOT)
    good, _ = bank.load(course, "funnel_2")
    chosen = [good[name] for name in checks.select(course, "funnel.2", minutes=10)]
    assert len({entry.kind for entry in chosen}) == len(chosen) >= 3


def test_the_call_is_practised_before_it_is_played():
    notes = {lang: "".join(c.text for c in prose(lang, "trainer")) for lang in LANGS}
    assert "funnel.2.6/first-call" in CODE
    assert "每人 3 分钟" in notes["zh"] and "3 minutes each" in notes["en"]


def test_cash_on_delivery_is_ruled_out_where_cod_first_stands():
    for lang, words in (("zh", "不是货到付款"), ("en", "not cash on delivery")):
        first = next(cell.text for cell in prose(lang) if "COD" in cell.text)
        assert words in first


def test_words_are_counted(capsys):
    with capsys.disabled():
        for lang in LANGS:
            text = "".join(c.text for c in prose(lang))
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            print(
                f"\nfunnel.2 {lang}: {n} {'characters' if lang == 'zh' else 'words'} of prose",
                end="",
            )
