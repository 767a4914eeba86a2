"""The lesson of portfolios: every topic in both languages, within its minutes; its figures."""

import re

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import flight, funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.plots import flying, outlook, portfolio
from coursekit.practice import bank, checks

LESSON = Lesson("funnel_4")
ITEMS = LESSON.items
CODE = LESSON.code
prose = LESSON.prose


LANGS = ("zh", "en")
COURSE = Course(id="test", folder=ROOT)
SIX = ["S01", "S02", "S03", "S04", "S05", "S06"]
HALF = pd.Series(0.5, portfolio.CLIMB)


@pytest.fixture(scope="module")
def company():
    return Case.load("feed", "zh")


@pytest.fixture(scope="module")
def six(company):
    return portfolio.portraits(
        company.deals, company.deal_history, company.today, funnel.Ladder.load(), SIX
    )


# --- the lesson


def test_the_lost_pictures_are_said_to_be_ours():
    assert "六张图已经失传" in prose("zh")[0].text
    assert "six portfolios are ours" in prose("en")[0].text


def test_every_topic_has_a_guess_and_two_exercises_and_the_lesson_three_kinds():
    good, _ = bank.load(COURSE, "funnel_4")
    guessed = {name for name in good if "/guess-" in name}
    assert {good[name].item for name in guessed} == ITEMS
    asked = [good[name] for name in good if name not in guessed]
    assert all(sum(one.item == item for one in asked) >= 2 for item in ITEMS)
    assert len({one.kind for one in asked}) >= 3


def test_the_closing_check_asks_one_question_of_every_topic():
    chosen = checks.select(COURSE, "funnel.4", minutes=10)
    assert [name.partition("/")[0] for name in chosen] == sorted(ITEMS)
    assert "三道题" in prose("zh")[-1].text
    assert "three questions" in prose("en")[-1].text


# --- figures


def test_a_list_without_new_people_is_empty_after_its_cycle():
    stock = {"appointment": 0, "p25": 4, "p50": 3, "p90": 2}
    numbers = portfolio.month_numbers(stock, HALF, usual=2)
    assert (numbers["n"], numbers["left_dry"]) == (9, 0)
    # 2 at 90% -> 1, 3 at 50% -> 0.75, 4 at 25% -> 0.5
    assert numbers["signed"] == pytest.approx(2.25)
    # met in four weeks: 2, 2 × 1/2, 2 × 1/4, 2 × 1/8
    assert numbers["left_fed"] == pytest.approx(3.75)


def test_new_people_sign_after_the_cycle_and_not_in_it():
    stock = {"p90": 4}
    numbers = outlook.ahead_numbers(stock, HALF, per_week=8, cycle=4, weeks=8)
    assert numbers["first"] == pytest.approx(4 * 0.5)
    assert numbers["later"] == pytest.approx(4 * 8 * 0.5**4)
    assert numbers["open"][0] == 4


def test_a_steady_list_moves_by_its_rates_at_the_pace_of_its_cycle():
    moves = funnel.steady_moves(HALF, 8)
    assert list(moves.loc["p50", ["p50", "p90", "lost"]]) == [0.5, 0.25, 0.25]
    assert (moves.sum(axis=1) == 1).all()


def test_the_weeks_to_the_contract_are_the_cycle():
    moves = funnel.steady_moves(pd.Series(1.0, portfolio.CLIMB), 10)
    signed = funnel.evolve({"appointment": 1}, moves, 0, 400)["contract"]
    assert (signed * signed.index).sum() == pytest.approx(10)


@pytest.mark.parametrize(("rate", "weeks"), [(1.2, 4), (-0.1, 4), (0.5, 3), (0.5, float("nan"))])
def test_a_rate_or_a_cycle_that_cannot_be_is_refused(rate, weeks):
    with pytest.raises(InputError):
        funnel.steady_moves(pd.Series(rate, portfolio.CLIMB), weeks)


def test_six_people_of_the_case_are_the_six_portfolios(six):
    kinds = ["drying_up", "sound", "hoarder", "closer", "one_deal", "dreamer"]
    assert [one["kind"] for one in six] == kinds
    assert [one["likeness"] for one in six] == [1] * 6
    looks = [{"flow"}, set(), {"ageing", "steps"}, {"shape", "flow"}, {"money"}, {"dates"}]
    assert [one["marked"] for one in six] == looks
    assert portfolio.looks_numbers(six)["clear"] == 1


def test_what_the_lesson_says_of_the_six_in_words_is_so(six):
    # "六个里最长", "金额最小": the guess's key is number 2
    assert max(range(6), key=lambda at: six[at]["n"]) == 2
    assert min(range(6), key=lambda at: six[at]["listed"]) == 1
    assert six[2]["late"] == 1
    assert six[0]["now"] == six[3]["now"] == 0
    good, _ = bank.load(COURSE, "funnel_4")
    assert good["funnel.4.2/guess-inherit"].key == "p2"


def test_the_harvester_is_ahead_first_and_behind_later(six, company):
    rates = funnel.flow(company.deal_history, company.today)["rate"]
    numbers = outlook.harvest_numbers(six[3], six[1], rates, 10)
    assert numbers["one_first"] > 1.5 * numbers["other_first"]
    assert numbers["one_last"] < 0.1 < numbers["other_last"]
    assert numbers["turn"] == 5


def test_equal_lists_never_change_places():
    one = {"stages": dict.fromkeys(funnel.OPEN, 2), "now": 1}
    assert outlook.harvest_numbers(one, one, HALF, 8)["turn"] is None


def test_a_sound_seller_of_a_season_looks_like_a_harvester():
    numbers = outlook.season_numbers(HALF, 10, 2, 13, 8)
    limits = funnel.thresholds()["top_heavy"]
    assert numbers["top"] > limits["times"] * numbers["norm"]
    # nobody met for eight weeks is no new blood in the last four
    assert funnel.match_archetype(["top_heavy", "no_new_blood"]).index[0] == "closer"


def test_somebody_who_meets_people_all_year_is_not_top_heavy():
    numbers = outlook.season_numbers(pd.Series(0.6, portfolio.CLIMB), 10, 2, 40, 0)
    assert numbers["top"] < funnel.thresholds()["top_heavy"]["times"] * numbers["norm"]


def test_an_own_list_stands_beside_the_pyramid():
    deals = pd.DataFrame({"stage": ["p50"] * 3 + ["opportunity"], "amount": 1.0})
    numbers = portfolio.own_numbers(deals)
    assert (numbers["n"], numbers["n_p50"], numbers["top"]) == (4, 3, 0.75)


def test_an_empty_list_is_drawn_too():
    deals = pd.DataFrame({"stage": ["lost"], "amount": [1.0]})
    numbers = portfolio.own_numbers(deals)
    assert (numbers["n"], numbers["top"], numbers["misplaced"]) == (0, 0, 0)
    portfolio.own(deals, "en")


# --- the flight


@pytest.fixture(scope="module")
def flown():
    return flying.totals(flight.Rules.load())


def test_the_guess_names_the_best_of_its_five_policies(flown):
    good, _ = bank.load(COURSE, "funnel_4")
    guess = good["funnel.4.3/guess-policy"]
    offered = guess.text["en"]["options"]
    assert flown[list(offered)].median().idxmax() == guess.key == "pyramid"


def test_what_the_lesson_says_of_the_policies_is_so(flown):
    numbers = flying.policies_numbers(flown)
    assert numbers["order"][:2] == ["tended", "pyramid"]
    assert numbers["order"][-1] == "only_prospect"
    assert numbers["games"] == 30
    assert numbers["pyramid_low"] < numbers["pyramid"] < numbers["pyramid_high"]


def test_policies_are_counted_by_hand_in_a_small_table():
    table = pd.DataFrame({"pyramid": [1000, 5000, 9000], "only_close": [2000, 1000, 1000]})
    numbers = flying.policies_numbers(table)
    assert (numbers["pyramid"], numbers["only_close"]) == (5000, 1000)
    assert numbers["order"] == ["pyramid", "only_close"]
    assert numbers["beaten"] == 1


def test_a_pause_costs_little_and_never_calling_much():
    gaps = flying.pauses(flight.Rules.load())
    assert abs(gaps["paused"] - gaps["steady"]) < 0.1 * gaps["steady"]
    assert gaps["never"] < 0.75 * gaps["steady"]


def test_who_pauses_calls_in_no_week_of_the_pause():
    rules = flight.Rules.load()
    game = flight.play(flying.steady(4, (2, 3)), rules, "six", 7)
    calls = [decision.prospect for decision in game.decisions]
    assert calls[1:3] == [0, 0]
    assert min(calls[0], *calls[3:]) >= 4 * rules.call_hours


@pytest.mark.parametrize("name", ["flight-six-weeks", "flight-twelve-weeks"])
def test_in_the_picked_luck_a_gap_in_the_calls_hurts_at_once(name):
    good, _ = bank.load(COURSE, "funnel_4")
    exercise = good[f"funnel.4.3/{name}"]
    version = {6: "six", 12: "twelve"}[exercise.spec["weeks"]]
    luck = _luck(exercise)
    rules = flight.Rules.load()

    def total(policy):
        return flight.score(flight.play(policy, rules, version, luck).state, rules).total

    assert total(flying.steady(4)) > 1.1 * total(flying.steady(4, (3, 4)))
    assert total(flying.steady(4, (3, 4))) > total(flying.steady(4, range(1, 13)))
    events = [flight.state.event_of(rules, luck, week) for week in range(1, 7)]
    assert len(set(events) - {"quiet"}) >= 3


def _luck(exercise):
    from coursekit.practice.exercise import issue

    return issue(exercise, "anybody", "any course", 1, None).given["luck"]


# --- figures can be drawn


@pytest.mark.parametrize("lang", LANGS)
def test_figures_are_drawn_in_both_languages(six, flown, company, lang):
    rates = funnel.flow(company.deal_history, company.today)["rate"]
    stock = {code: six[0]["stages"][code] for code in portfolio.CLIMB}
    drawn = [
        portfolio.month(stock, rates, 1.2, lang),
        portfolio.six(six, lang),
        portfolio.looks(six, lang),
        portfolio.own(company.deals, lang),
        outlook.ahead(stock, rates, 0, 4, lang),
        outlook.harvest(six[3], six[1], rates, 10, lang),
        flying.policies(flown, lang),
    ]
    titles = [figure.get_suptitle() for figure in drawn]
    assert len(set(titles)) == len(drawn)
    assert not any("{" in title for title in titles)
    assert all(np.isfinite(figure.get_size_inches()).all() for figure in drawn)


def test_words_are_counted(capsys):
    with capsys.disabled():
        for lang in LANGS:
            text = "".join(c.text for c in prose(lang)) + "".join(
                re.findall(rf"{lang}=\"+(.*?)\"+,\n", CODE, re.S)
            )
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            kind = "characters" if lang == "zh" else "words"
            print(f"\nfunnel.4 {lang}: {n} {kind} of prose", end="")
