"""What holds for every lesson: its topics, languages, minutes, notes and exercises."""

import re

import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit.terms import LANGS

SOURCES = sorted(
    path.stem
    for path in (ROOT / "notebooks" / "source").glob("*.py")
    if path.stem[-1].isdigit()  # the day, the check and the case are no lessons
)
# asked by other pages of the module than the lesson
ELSEWHERE = {"funnel.6.3/south-region", "funnel.6.2/three-actions"}


@pytest.fixture(params=SOURCES, scope="module")
def lesson(request):
    return Lesson(request.param)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", ["core", "more"])
def test_every_topic_has_a_core_section_and_practice(lesson, lang, part):
    found = {c.metadata.get("item") for c in lesson.prose(lang) if c.metadata.get("part") == part}
    assert found >= lesson.items


def test_the_core_takes_25_minutes_and_all_of_it_in_class_an_hour_at_most(lesson):
    assert lesson.minutes("core") <= 25
    assert 40 <= lesson.minutes("core", "more") <= 60


@pytest.mark.parametrize("lang", LANGS)
def test_a_section_says_its_minutes_and_its_part(lesson, lang):
    headed = [c for c in lesson.prose(lang) if c.text.startswith("#")]
    assert all({"minutes", "part"} <= set(cell.metadata) for cell in headed)


@pytest.mark.parametrize("role", [None, "trainer"])
def test_both_languages_have_the_same_sections(lesson, role):
    zh, en = ([c.metadata | {"lang": ""} for c in lesson.prose(lang, role)] for lang in LANGS)
    assert zh == en


def test_every_topic_has_notes_for_the_trainer_and_a_way_without_a_computer(lesson):
    for lang, half, without in (
        ("zh", "一半时间", "没有电脑"),
        ("en", "Half the time", "No computer"),
    ):
        cells = lesson.prose(lang, "trainer")
        notes = "\n".join(cell.text for cell in cells)
        assert len(cells) >= 1 + len(lesson.items)
        assert half in notes
        assert notes.count(without) >= 1 + len(lesson.items)
        for item in lesson.items:  # **5.1 · or **5.1 cards ·
            number = re.escape(item.partition(".")[2])
            assert re.search(rf"\*\*{number} (?:[^*\n·]+ )?·", notes)


def test_the_lesson_shows_every_exercise_of_its_bank_and_no_other(lesson):
    good = lesson.exercises()
    asked, guessed = lesson.called("ask"), lesson.called("guess")
    assert sorted({*asked, *guessed}) == sorted(set(good) - ELSEWHERE)
    assert {good[name].item for name in guessed} == lesson.items
    assert {good[name].item for name in asked} == lesson.items


def test_practice_takes_as_long_as_its_exercises_say(lesson):
    good = lesson.exercises()
    for item in lesson.items:
        asked = [good[name] for name in lesson.called("ask") if good[name].item == item]
        said = lesson.minutes("more", "homework", item=item)
        assert said == sum(exercise.minutes for exercise in asked)
