"""The lesson of evaluation and targets: every topic in both languages, within its minutes."""

import re

import pandas as pd
import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.plots import meeting, people, targets
from coursekit.practice import bank, checks
from coursekit.terms import LANGS

LESSON = Lesson("funnel_6")
ITEMS = LESSON.items
CODE = LESSON.code
prose = LESSON.prose
minutes = LESSON.minutes


NUMBERS = ("6.1", "6.2", "6.3")
ASKED, GUESSED = (re.findall(rf'\b{verb}\("([^"]+)"\)', CODE) for verb in ("ask", "guess"))
FRAMES = {"funnel.6.3/south-region", "funnel.6.2/three-actions"}  # asked by pages of the day
LADDER = funnel.Ladder.load()


@pytest.fixture(scope="module")
def exercises():
    good, bad = bank.load(Course(id="test", folder=ROOT), "funnel_6")
    assert not bad
    return good


@pytest.fixture(scope="module")
def case():
    return Case.load("feed", "zh")


# --- the lesson


@pytest.mark.parametrize("lang", LANGS)
def test_every_topic_has_a_core_section_and_practice(lang):
    for part in ("core", "more", "homework"):
        found = {c.metadata.get("item") for c in prose(lang) if c.metadata.get("part") == part}
        assert found >= ITEMS


def test_minutes_that_trainers_are_told_are_those_of_the_sections():
    first = prose("zh", "trainer")[0].text
    assert f"主线 {minutes('core')} 分钟" in first
    assert f"课堂练习 {minutes('more') - 10} 分钟" in first
    for number in NUMBERS:
        for part, said in (("core", "主线"), ("more", "练习")):
            total = sum(
                c.metadata["minutes"]
                for c in prose("zh")
                if c.metadata.get("item") == f"funnel.{number}" and c.metadata.get("part") == part
            )
            note = next(c.text for c in prose("zh", "trainer") if f"**{number} ·" in c.text)
            assert f"{said} {total} 分钟" in note


def test_practice_takes_as_long_as_its_exercises_say(exercises):
    for item in ITEMS:
        said = sum(
            c.metadata["minutes"]
            for c in prose("zh")
            if c.metadata.get("part") != "core" and c.metadata.get("item") == item
        )
        assert said == sum(
            exercises[name].minutes for name in ASKED if exercises[name].item == item
        )


def test_what_the_story_asks_for_is_what_is_worked_out():
    # 800 万 / 8,000,000 stands in headings; a fourth of it in the neighbour's mouth
    assert "year_target = 8_000_000" in CODE
    assert any("800 万" in c.text and "200 万" in c.text for c in prose("zh"))


# --- its exercises


def test_every_card_of_the_lesson_exists_and_none_is_left_out(exercises):
    assert set(ASKED + GUESSED) == set(exercises) - FRAMES
    for item in ITEMS:
        assert sum(exercises[name].item == item for name in ASKED) >= 2
        assert sum(exercises[name].item == item for name in GUESSED) >= 1


def test_there_are_kinds_enough_and_the_closing_check_has_something_to_draw(exercises):
    assert {exercises[name].kind for name in ASKED} >= {"sort", "choice", "find", "number", "form"}
    chosen = checks.select(Course(id="test", folder=ROOT), "funnel.6", minutes=10)
    assert {exercises[name].item for name in chosen} <= ITEMS
    assert len(chosen) >= 2


def test_two_lists_are_those_of_ones_own_territory(exercises):
    import random

    part = Case.load("feed", None).slice("somebody", "course")
    given = exercises["funnel.6.1/two-lists"].make(random.Random(1), part)
    names = set(part.customers["name_zh"])
    assert sum(row["customer"]["zh"] in names for row in given["rows"]) >= 4


# --- what it shows of the case


def test_only_who_has_three_times_the_customers_can_be_told_from_the_team(case):
    found = people.people_numbers(case.deals, ["S11", "S19"])
    assert found["apart"] == ["S10"]
    load = case.customers["owner"].value_counts()
    assert load["S10"] > 3 * load.drop("S10").median() / 2


def test_fewer_stages_can_be_told_than_chance_would_give(case):
    own = case.deals.set_index("deal_id")["owner"]
    steps = funnel.stage_conversion(case.deal_history, own, case.today)
    outside = steps[(steps["low"] > steps["team"]) | (steps["high"] < steps["team"])]
    assert (outside["high"] < outside["team"]).any()
    assert len(outside) < 0.1 * len(steps)


def test_deals_slip_to_the_last_day_of_a_month_and_losses_vanish(case, exercises):
    since = case.today - pd.Timedelta(weeks=4)
    found = meeting.moves_numbers(case.snapshots, since, case.today, LADDER, case.deals)
    assert found["n_month_end"] > found["n_slipped"] / 2
    assert found["n_vanished_won"] + found["n_vanished_lost"] == found["n_vanished"]
    guessed = exercises["funnel.6.1/guess-lost"]
    assert guessed.solve(guessed.make(None, None)) == {"lost": found["n_vanished_lost"]}
    assert found["n_vanished_lost"] > 0


def test_the_books_show_three_seasons(case):
    orders = case.orders.rename(columns={"date": "closed"})
    last = orders[orders["closed"] >= "2025-01-01"]
    books = {
        "signed": case.deals[case.deals["stage"] == "contract"],
        "delivered": last,
        "fish": last[last["product"] == "P09"],
    }
    found = targets.seasons_numbers(books, case.today)
    assert found["signed_1"] < 0.1
    assert found["delivered_apart"] < 0.05
    assert found["fish_1"] < 0.2 < 0.3 < found["fish_3"]
    # a first year that begins in March is taken for a whole one
    assert funnel.season(orders, case.today).loc[1, "share"] < found["delivered_1"] - 0.05


def test_the_page_of_the_north_hides_what_the_gates_show(case, exercises):
    north = [f"S{number}" for number in range(19, 25)]
    team = case.named("deals")
    team = team[team["owner_id"].isin(north)]
    lists = case.snapshots[case.snapshots["owner"].isin(north)]
    since = case.today - pd.Timedelta(weeks=1)
    found = meeting.page_numbers(team, case.today, LADDER, 1_200_000, lists, since)
    assert found["shown_times"] > 2
    guessed = exercises["funnel.6.3/guess-gap"]
    assert guessed.solve(guessed.make(None, None)) == {"gap": found["gap"]}
    assert found["n_named"] == 5 < found["n_at_risk"]


# --- what the figures compute, on data that a reader can check


def test_the_luckiest_of_equals_is_the_top_of_the_binomial_distribution():
    found = people.luck_numbers(0.5, 2, 4)
    # of two tosses: a quarter none, half one, a quarter two
    assert found["won"] == [0, 1, 1, 2]
    assert (found["worst"], found["best"], found["apart"]) == (0.0, 1.0, 1.0)


def test_more_deals_bring_equals_together():
    apart = [people.luck_numbers(1 / 3, n, 24)["apart"] for n in (5, 20, 80)]
    assert apart == sorted(apart, reverse=True)


def test_people_are_shown_in_the_order_they_were_given():
    deals = pd.DataFrame({"stage": ["contract", "lost", "lost", "p25"], "owner": list("bbaa")})
    found = people.people_numbers(deals, ["b", "a"])
    assert [one["name"] for one in found["people"]] == ["b", "a"]
    assert [(one["won"], one["n"]) for one in found["people"]] == [(1, 2), (0, 1)]
    assert found["team"] == 1 / 3
    assert (found["most_name"], found["fewest_name"]) == ("b", "a")


LISTS = pd.DataFrame(
    [
        ("2026-02-02", "D1", "p25", 10.0, "2026-02-28"),
        ("2026-02-02", "D2", "p50", 20.0, "2026-03-10"),
        ("2026-02-02", "D3", "p50", 30.0, "2026-03-10"),
        ("2026-02-02", "D4", "p25", 40.0, "2026-03-10"),
        ("2026-03-02", "D1", "p25", 10.0, "2026-03-31"),
        ("2026-03-02", "D2", "p90", 20.0, "2026-03-10"),
        ("2026-03-02", "D5", "p25", 50.0, "2026-04-10"),
    ],
    columns=["date", "deal_id", "stage", "amount", "expected_close"],
).assign(
    date=lambda t: pd.to_datetime(t["date"]),
    expected_close=lambda t: pd.to_datetime(t["expected_close"]),
)


def test_two_lists_subtract_to_what_moved_slipped_came_and_vanished():
    ended = pd.DataFrame({"deal_id": ["D3", "D4"], "stage": ["contract", "lost"]})
    found = meeting.moves_numbers(LISTS, "2026-02-02", "2026-03-02", LADDER, ended)
    assert (found["before"], found["weeks"]) == (4, 4)
    assert (found["n_moved_up"], found["amount_moved_up"]) == (1, 20.0)
    assert (found["n_slipped"], found["n_month_end"], found["most_days"]) == (1, 1, 31)
    assert found["share_slipped"] == 1 / 4
    assert (found["n_new"], found["n_vanished"]) == (1, 2)
    assert (found["n_vanished_won"], found["n_vanished_lost"]) == (1, 1)


STANDING = ("appointment", "p25", "p50", "p90")
OPEN = pd.DataFrame(
    {
        "deal_id": ["D1", "D2", "D3", "D4"],
        "customer": ["A", "B", "C", "D"],
        "owner": ["x", "x", "y", "y"],
        "stage": ["p50", "p90", "p25", "contract"],
        "amount": [100.0, 100.0, 100.0, 100.0],
        "next_step": ["see the owner", None, "see the owner", None],
        "next_step_date": pd.to_datetime(["2026-03-05", None, "2026-02-20", None]),
        "next_step_person": ["Zhou", None, "Zhou", None],
    }
)


def test_the_page_names_first_what_loses_most():
    found = meeting.page_numbers(OPEN, "2026-03-02", LADDER, target=50)
    assert found["n_open"] == 3
    assert [deal["deal_id"] for deal in found["at_risk"]] == ["D2", "D3"]
    # 90 and 25 fall away, 50 stays
    assert (found["gap"], found["shown"], found["shown_times"]) == (115.0, 50.0, 1.0)
    assert "n_slipped" not in found


@pytest.mark.parametrize("lang", LANGS)
def test_a_list_of_two_columns_makes_a_page_too(lang):
    bare = OPEN[["stage", "amount"]]
    assert meeting.page_numbers(bare, "2026-03-02", LADDER)["n_at_risk"] == 0
    assert len(meeting.page(bare, "2026-03-02", LADDER, lang).axes) == 2
    assert len(meeting.page(OPEN, "2026-03-02", LADDER, lang, target=50).axes) == 2


def test_the_shares_of_a_year_are_those_of_its_contracts():
    book = pd.DataFrame(
        {
            "closed": pd.to_datetime(["2025-02-01", "2025-05-01", "2025-08-01", "2025-11-01"]),
            "amount": [10.0, 20.0, 30.0, 40.0],
        }
    )
    found = targets.seasons_numbers({"fish": book}, "2026-03-02")
    assert [round(found[f"fish_{quarter}"], 9) for quarter in range(1, 5)] == [0.1, 0.2, 0.3, 0.4]
    assert round(found["fish_apart"], 9) == 0.15


def moved(deal, *steps):
    return [
        (deal, stage, pd.Timestamp("2026-01-01") + pd.Timedelta(days=day)) for stage, day in steps
    ]


def test_a_target_is_walked_down_to_what_has_to_stand_and_to_calls():
    ladder_way = (("opportunity", 0), ("appointment", 7), ("p25", 14), ("p50", 21), ("p90", 28))
    history = pd.DataFrame(
        moved("D1", *ladder_way, ("contract", 35)) + moved("D2", *ladder_way, ("lost", 35)),
        columns=["deal_id", "stage", "date"],
    )
    found = targets.standing_numbers(
        OPEN[:3], history, "2026-03-02", LADDER, 400, 0.5, order_value=100, weeks=4, calls=5
    )
    # one contract a week at 1 in 2: two enter each stage a week and stay one week; ten calls a week
    assert (found["contracts"], found["per_week"], found["calls_per_day"]) == (4.0, 2.0, 2.0)
    assert [found[f"{code}_needed"] for code in STANDING] == [2] * 4
    assert [found[f"{code}_listed"] for code in STANDING] == [
        0,
        1,
        1,
        1,
    ]
    assert [found[f"{code}_shown"] for code in STANDING] == [0, 0, 1, 0]
    assert (found["n_missing"], found["n_short"]) == (7, 4)


def test_half_the_win_rate_asks_for_twice_the_appointments():
    way = (("opportunity", 0), ("appointment", 7), ("p25", 14), ("p50", 21), ("p90", 28))
    history = pd.DataFrame(
        moved("D1", *way, ("contract", 35)) + moved("D2", *way, ("lost", 35)),
        columns=["deal_id", "stage", "date"],
    )
    settings = {"order_value": 100, "weeks": 4, "calls": 5}
    half, whole = (
        targets.standing_numbers(OPEN[:3], history, "2026-03-02", LADDER, 400, rate, **settings)
        for rate in (0.25, 0.5)
    )
    assert half["per_week"] == 2 * whole["per_week"]
    assert half["p90_needed"] == whole["p90_needed"]  # who reaches 90% is won as before


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_of_the_lesson_is_drawn(lang):
    assert people.luck(1 / 3, 60, 24, lang).axes
    deals = pd.DataFrame({"stage": ["contract", "lost", "p25"], "owner": ["b", "b", "a"]})
    assert people.people(deals, ["b", "a"], lang).axes
    assert meeting.moves(LISTS, "2026-02-02", "2026-03-02", LADDER, lang).axes
    page = meeting.page(OPEN, "2026-03-02", LADDER, lang, 50, LISTS, "2026-02-02")
    assert len(page.axes) == 3


def test_words_are_counted(capsys):
    said = re.findall(r'\b(zh|en)="((?:[^"\\]|\\.)*)"', CODE)
    with capsys.disabled():
        for lang in LANGS:
            text = "".join(c.text for c in prose(lang))
            text += "".join(words for code, words in said if code == lang)
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            print(f"\nfunnel.6 {lang}: {n} {'characters' if lang == 'zh' else 'words'}", end="")
