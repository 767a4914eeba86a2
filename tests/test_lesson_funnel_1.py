"""The lesson on how to win: every topic in both languages, within its minutes; its claims hold."""

import re

import pandas as pd
import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.plots import prospects, winning
from coursekit.practice import bank, checks
from coursekit.practice.draws import pair
from coursekit.practice.exercise import issue

LESSON = Lesson("funnel_1")
ITEMS = LESSON.items
CODE = LESSON.code
prose = LESSON.prose
called = LESSON.called


LANGS = ("zh", "en")
COURSE = Course(id="test", folder=ROOT)
LADDER = funnel.Ladder.load()


@pytest.fixture(scope="module")
def good():
    found, bad = bank.load(COURSE, "funnel_1")
    assert not bad
    return found


@pytest.fixture(scope="module")
def case():
    return Case.load("feed", "en")


@pytest.fixture(scope="module")
def deals(case):
    return case.deals.rename(columns={"owner": "owner_id"})


# --- form -----------------------------------------------------------------------------------


def test_every_topic_has_notes_for_the_trainer_in_both_languages():
    for lang, half, without in (
        ("zh", "一半时间", "没有电脑"),
        ("en", "Half the time", "No computer"),
    ):
        notes = prose(lang, "trainer")
        assert len(notes) == 1 + len(ITEMS)
        for item in ITEMS:
            assert any(f"**{item.removeprefix('funnel.')} ·" in cell.text for cell in notes)
        text = "\n".join(cell.text for cell in notes)
        assert half in text
        assert text.count(without) >= 1 + len(ITEMS)


def test_every_exercise_of_the_bank_stands_in_the_lesson_and_every_topic_has_two_and_a_guess(good):
    asked, guessed = called("ask"), called("guess")
    assert set(asked + guessed) == set(good)
    assert {good[name].item for name in guessed} == ITEMS
    for item in ITEMS:
        assert sum(good[name].item == item for name in asked) >= 2
    assert len({good[name].kind for name in asked}) >= 3


def test_the_closing_check_asks_one_of_each_topic_in_ten_minutes(good):
    chosen = checks.select(COURSE, "funnel.1", minutes=10)
    assert {good[name].item for name in chosen} == ITEMS
    assert sum(good[name].minutes for name in chosen) <= 10
    assert len({good[name].kind for name in chosen}) >= 3


def test_a_tender_with_companions_is_called_unlawful_where_partners_come_up():
    for lang, companion, unlawful in (("zh", "陪标", "违法"), ("en", "bidding along", "unlawful")):
        text = "\n".join(cell.text for cell in prose(lang)).lower()
        assert any(companion in line and unlawful in line for line in text.splitlines())


# --- what the text says of the case ---------------------------------------------------------


@pytest.fixture(scope="module")
def south(case, deals):
    region = case.salespeople.set_index("salesperson")["region"]
    return winning.problems_numbers(deals, case.today, LADDER, case.deal_history, region, "R2")


def test_the_south_hangs_on_one_person_and_stands_out_in_two_problems(south):
    assert south["worst"] == ["stars", "sharing"]
    assert south["stars"] > 3 * south["alike"]


def test_the_south_is_first_in_efficiency_and_never_last_in_what_is_not_red(south):
    each = [values["efficiency"] for values in south["values"].values()]
    assert south["efficiency"] == max(each)


def test_the_spread_of_win_rates_stays_when_the_star_is_taken_out(case, deals):
    region = case.salespeople.set_index("salesperson")["region"]
    people = deals[deals["owner_id"].map(region) == "R2"]
    spread = {}
    for name, rows in (("with", people), ("without", people[people["owner_id"] != "S07"])):
        own = case.deal_history[case.deal_history["deal_id"].isin(rows["deal_id"])]
        spread[name] = funnel.problems(rows, case.today, LADDER, own).loc["sharing", "value"]
    assert spread["without"] > 0.8 * spread["with"]


def test_fish_farms_buy_as_much_as_in_the_winter_before_and_far_less_than_in_summer(case):
    segment = case.customers.set_index("customer")["segment"]
    pond = case.orders[case.orders["customer"].map(segment) == "G6"]
    month = pond.groupby(pond["date"].dt.to_period("M"))["amount"].sum()
    winter, before = month["2025-11":"2026-01"].sum(), month["2024-11":"2025-01"].sum()
    assert winter < 0.5 * month["2025-06":"2025-08"].sum()
    assert 1 < winter / before < 1.2


def test_one_card_with_every_answer_yes_was_lost_and_nobody_else_won(case, deals):
    answers = case.win_factors.set_index("deal_id")
    full = answers.index[answers.eq("yes").all(axis=1)]
    lost = deals[deals["deal_id"].isin(full) & (deals["stage"] == "lost")]
    assert list(lost["lost_reason"]) == ["no_decision"]


def test_equal_results_stand_on_unequal_lists(case, deals):
    numbers = winning.two_people_numbers(
        case.deal_history,
        deals.set_index("deal_id")["amount"],
        ("S08", "S09"),
        ("2025-10-01", "2025-12-31"),
        case.today,
        LADDER,
    )
    assert numbers["won_amount_1"] == numbers["won_amount_2"] == 1_080_000
    assert numbers["n_open_1"] > 3 * numbers["n_open_2"]
    assert numbers["expected_then_1"] > numbers["expected_then_2"]
    assert numbers["came_then_1"] > 2 * numbers["came_then_2"]


def test_the_hoarder_has_more_deals_and_fewer_that_play_ball(case, deals):
    usual = funnel.flow(case.deal_history, case.today)
    open_ = {
        person: prospects.pace_numbers(deals[deals["owner_id"] == person], case.today, usual)
        for person in ("S03", "S08")
    }
    assert open_["S03"]["n"] > open_["S08"]["n"]
    assert open_["S03"]["n_ball"] < open_["S08"]["n_ball"]


def test_some_played_ball_and_never_moved_and_some_played_ball_every_week_and_were_lost(
    case, deals
):
    weekly = prospects.followed(case.snapshots, case.deal_history)
    stage = deals.set_index("deal_id")["stage"].reindex(weekly.index)
    still = weekly[weekly["first"] & (weekly["steps"] == weekly["lists"]) & (weekly["stages"] == 1)]
    gone = weekly[(weekly["played"] == weekly["lists"]) & (stage == "lost")]
    assert still.loc[still["lists"] == 12, "wordings"].max() >= 3
    assert gone["lists"].max() >= 5


# --- exercises ------------------------------------------------------------------------------


def question(good, name, trainee=0):
    return issue(good[f"funnel.{name}"], f"trainee {trainee}", "course")


def test_guesses_ask_what_the_lesson_shows(good, south, case, deals):
    stage = deals.set_index("deal_id")["stage"]
    ball = prospects.played_ball_numbers(
        case.snapshots, case.snapshots["date"].min(), case.deal_history, stage
    )
    assert question(good, "1.1/guess-star").key["stars"] == pytest.approx(south["stars"], abs=1e-4)
    assert question(good, "1.4/guess-wall").key == {"won_rest": ball["won_rest"]}


def test_measures_are_worked_out_of_the_table(good):
    made = question(good, "1.1/measure-it")
    rows = made.given["rows"]
    money = [row["money"] for row in rows]
    assert made.key["stars"] == pytest.approx(max(money) / sum(money))
    assert made.key["initiative"] == sum(row["met"] > 0 for row in rows) / 6


def test_a_season_is_told_from_an_illness_by_last_years_quarter(good):
    kinds = set()
    for trainee in range(12):
        made = question(good, "1.1/season-or-ill", trainee)
        first, *_, last = (row["signed"] for row in made.given["rows"])
        assert (abs(first - last) <= 60_000) == (made.key == "season")
        kinds.add(made.key)
    assert kinds == {"season", "inflow"}


def test_a_card_weighs_its_answers(good):
    made = question(good, "1.2/score-a-deal")
    points = {"yes": 100, "partly": 50, "no": 0, "unknown": 20}
    weights = (0.35, 0.30, 0.15, 0.20)
    got = [points[row["answer"]] for row in made.given["rows"]]
    assert made.key["score"] == pytest.approx(sum(w * p for w, p in zip(weights, got, strict=True)))


def test_one_note_of_nine_tells_of_an_unlawful_bid_and_is_no_partner(good):
    made = question(good, "1.2/which-way")
    bid = [card["id"] for card in made.given["cards"] if card["way"] == "unlawful"]
    assert [made.key[card] for card in bid] == ["nothing"]


def test_two_of_six_run_dry_one_with_a_full_list(good):
    made = question(good, "1.3/who-runs-dry")
    kind = {row["id"]: row["kind"] for row in made.given["rows"]}
    assert {kind[row] for row in made.key} == {"dry", "dry_full"}


def test_who_plays_ball_has_a_step_and_moves(good):
    for trainee in range(8):
        made = question(good, "1.4/who-plays-ball", trainee)
        kind = {row["id"]: row["kind"] for row in made.given["rows"]}
        assert {kind[row] for row in made.key} == {"ball"}
        assert len(made.key) == 3


def test_a_low_chance_is_no_gap(good):
    made = question(good, "1.4/gaps-on-the-sheet")
    assert "chance" in {row["id"] for row in made.given["rows"]}
    assert "chance" not in made.key
    assert len(made.key) == 4


def test_pairs_of_texts_have_two_sides(good):
    made = question(good, "1.1/symptom-to-measure")
    assert all(set(card["text"]) == set(pair(("", ""))) for card in made.given["cards"])
    assert pd.Series(made.key).nunique() == 6


def test_words_are_counted(capsys):
    with capsys.disabled():
        for lang in LANGS:
            said = re.findall(rf'^    {lang}="(.*)",$', CODE, re.M)
            text = "".join(c.text for c in (*prose(lang), *prose(lang, "trainer"))) + "".join(said)
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            print(
                f"\nfunnel.1 {lang}: {n} {'characters' if lang == 'zh' else 'words'} in all",
                end="",
            )
