"""The lesson of the stages: every topic in both languages, within its minutes."""

import re
import sys

import pytest
from conftest import ROOT

from coursekit import funnel, tables
from coursekit.course import Course
from coursekit.plots import inflow
from coursekit.practice import bank

sys.path.insert(0, str(ROOT / "tools"))
from pages import read_source

ITEMS = {"funnel.2.1", "funnel.2.2", "funnel.2.3", "funnel.2.4", "funnel.2.5", "funnel.2.6"}
CELLS = read_source(ROOT / "notebooks" / "source" / "funnel_2.py")
CODE = "\n".join(cell.text for cell in CELLS if cell.kind == "code")
LANGS = ("zh", "en")


def prose(lang, role=None):
    return [
        cell
        for cell in CELLS
        if cell.kind == "markdown"
        and cell.metadata.get("lang") == lang
        and cell.metadata.get("role") == role
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_every_topic_has_a_core_section_and_practice(lang):
    for part in ("core", "more"):
        assert {
            c.metadata.get("item") for c in prose(lang) if c.metadata.get("part") == part
        } >= ITEMS


@pytest.mark.parametrize("lang", LANGS)
def test_the_core_takes_25_minutes_at_most(lang):
    core = [c.metadata["minutes"] for c in prose(lang) if c.metadata.get("part") == "core"]
    assert sum(core) <= 25


@pytest.mark.parametrize("lang", LANGS)
def test_a_section_says_its_minutes_and_its_part(lang):
    headed = [c for c in prose(lang) if c.text.startswith("#")]
    assert all({"minutes", "part"} <= set(cell.metadata) for cell in headed)


def test_both_languages_have_the_same_sections():
    assert [c.metadata | {"lang": ""} for c in prose("zh")] == [
        c.metadata | {"lang": ""} for c in prose("en")
    ]


def test_every_topic_has_notes_for_the_trainer_in_both_languages():
    zh, en = prose("zh", "trainer"), prose("en", "trainer")
    assert len(zh) == len(en) >= 1 + len(ITEMS)
    for number in ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6"):
        assert any(f"**{number} ·" in cell.text for cell in zh)
        assert any(f"**{number} ·" in cell.text for cell in en)


def test_trainers_are_told_how_to_halve_it_and_what_to_do_without_a_computer():
    for lang, half, without in (
        ("zh", "一半时间", "没有电脑"),
        ("en", "Half the time", "No computer"),
    ):
        notes = "\n".join(cell.text for cell in prose(lang, "trainer"))
        assert half in notes
        assert notes.count(without) >= 1 + len(ITEMS)


def test_every_card_of_the_lesson_exists_and_every_topic_has_one_of_each():
    good, bad = bank.load(Course(id="test", folder=ROOT), "funnel_2")
    asked, guessed = (re.findall(rf'\b{verb}\("([^"]+)"\)', CODE) for verb in ("ask", "guess"))
    assert not bad
    assert set(asked + guessed) <= set(good)
    assert {good[name].item for name in asked} == ITEMS == {good[name].item for name in guessed}


def test_the_bank_has_no_exercise_of_these_topics_that_the_lesson_leaves_out():
    good, _ = bank.load(Course(id="test", folder=ROOT), "funnel_2")
    assert {name for name in good if good[name].item in ITEMS} == set(
        re.findall(r'\b(?:ask|guess)\("([^"]+)"\)', CODE)
    )


def test_the_lesson_with_practice_in_class_takes_an_hour_at_most():
    minutes = [
        c.metadata["minutes"] for c in prose("zh") if c.metadata.get("part") in ("core", "more")
    ]
    assert 40 <= sum(minutes) <= 60


def test_practice_takes_as_long_as_its_exercises_say():
    good, _ = bank.load(Course(id="test", folder=ROOT), "funnel_2")
    for item in ITEMS:
        said = sum(
            c.metadata["minutes"]
            for c in prose("zh")
            if c.metadata.get("part") != "core" and c.metadata.get("item") == item
        )
        exercises = [good[name] for name in re.findall(r'\bask\("([^"]+)"\)', CODE)]
        assert said == sum(exercise.minutes for exercise in exercises if exercise.item == item)


def test_the_weeks_that_titles_speak_of_are_those_of_the_data():
    # "停约八周，十周以后才疼", "Stop … for eight weeks, and ten weeks later it hurts"
    history = tables.read(ROOT / "datasets" / "team_history.csv", "stage_history").frame
    numbers = inflow.echo_numbers(history, "2026-03-02")
    assert (numbers["gap_weeks"], numbers["cycle_weeks"]) == (8, 10)
    assert numbers["n_won"] * 3 < numbers["n_won_after"]


def test_the_hole_of_the_spring_festival_is_where_the_text_says():
    history = tables.read(ROOT / "datasets" / "team_history.csv", "stage_history").frame
    expected = inflow.coming_numbers(history, "2026-03-02", 5)["expected"]
    assert min(expected) == expected[9 - 1]


def test_the_courteous_customer_has_a_next_step_and_does_not_move():
    team = tables.read(ROOT / "datasets" / "team.zh.csv", "deals").frame.set_index("deal_id")
    open_deals = team[funnel.is_open(team["stage"])]
    checked = funnel.review(open_deals, "2026-03-02", funnel.Ladder.load(), strict=True)
    assert checked.loc["D161", "reason"] == ""
    assert "D161" in CODE


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
