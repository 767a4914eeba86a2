"""The day of the funnel module: its timetable, its checks, its closing case."""

import json
import re
import sys

import pytest
from conftest import ROOT

from coursekit import funnel, notebook
from coursekit.case import Case
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.plots import meeting
from coursekit.practice import agenda, bank, home
from coursekit.practice.exercise import issue
from coursekit.terms import LANGS

sys.path.insert(0, str(ROOT / "tools"))
import pages

FRAMES = ("funnel_case", "funnel_check", "funnel_day")
SOURCE = ROOT / "notebooks" / "source"


def code(stem):
    return [cell.text for cell in pages.read_source(SOURCE / f"{stem}.py") if cell.kind == "code"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A course folder with every page of the module as it stands in the sources, not run."""
    made = tmp_path_factory.mktemp("course")
    (made / "course.toml").write_text('id = "test"\nlang = "zh"\n', "utf-8")
    for page in pages.all_pages(ROOT):
        if page.lang == "zh" and page.kind == "lesson" and page.source.stem.startswith("funnel_"):
            cells = [
                {"cell_type": cell.kind, "metadata": cell.metadata, "source": cell.text}
                for cell in page.cells
            ]
            book = {"metadata": {"coursekit": page.about}, "cells": cells}
            (made / page.target.name).write_text(json.dumps(book), "utf-8")
    return made


@pytest.fixture(scope="module")
def course(folder):
    return Course("test", folder)


# --- the timetable


def test_each_block_begins_where_the_last_one_ended():
    rows = agenda.timetable([("a", 50), ("b", 15), ("c", 5)], "09:30")
    assert [(row["start"], row["end"]) for row in rows] == [
        ("09:30", "10:20"),
        ("10:20", "10:35"),
        ("10:35", "10:40"),
    ]


@pytest.mark.parametrize("blocks", [[("a", 0)], [("a", -5)], [("a", 60), ("b", 15 * 60)]])
def test_a_day_takes_no_block_without_time_and_none_past_midnight(blocks):
    with pytest.raises(InputError):
        agenda.timetable(blocks, "09:00")


def test_minutes_in_class_are_core_and_practice_without_the_closing_check():
    sections = (
        agenda.Section("funnel.1.1", "core", 20),
        agenda.Section("funnel.1.1", "more", 9),
        agenda.Section("funnel.1.2", "more", 4),
        agenda.Section("", "more", 10),
        agenda.Section("", "homework", 15),
    )
    made = agenda.Lesson("a.ipynb", "a", sections)
    assert made.in_class() == 20 + 9 + 4
    assert made.minutes("more", "funnel.1.2") == 4
    assert made.minutes("more") == 23


def test_a_lesson_is_read_from_its_page(course):
    made = agenda.lesson(course, "funnel.6")
    assert (made.path, made.minutes("core")) == ("funnel_6.ipynb", 24)


def test_a_lesson_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"funnel\.6"):
        agenda.lesson(Course("empty", tmp_path), "funnel.6")


def told(folder, monkeypatch, name="funnel_day"):
    """What the page of the day says, with its variables."""
    shown = []
    monkeypatch.chdir(folder)
    monkeypatch.setattr(notebook, "display", lambda what, **_: shown.append(what))
    names = {}
    for text in code(name):
        exec(compile(text, name, "exec"), names)
    return names, [one["text/plain"] for one in shown if isinstance(one, dict)]


def test_the_day_has_360_minutes_and_a_reserve_and_no_long_stretch(folder, monkeypatch):
    names, (table, _) = told(folder, monkeypatch)
    work = [minutes for name, minutes in names["blocks"] if name not in names["pauses"]]
    assert sum(work) == 360
    assert names["reserve"] >= 15
    stretches = [0]
    for name, minutes in names["blocks"]:
        stretches = (
            [*stretches, 0]
            if name in names["pauses"]
            else [*stretches[:-1], stretches[-1] + minutes]
        )
    assert max(stretches) <= 90
    assert table.count("\n") == 1 + len(names["blocks"])


def test_the_times_follow_the_lessons(folder, monkeypatch, tmp_path):
    before, _ = told(folder, monkeypatch)
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    book = json.loads((tmp_path / "funnel_5.ipynb").read_text("utf-8"))
    first = next(cell for cell in book["cells"] if cell["metadata"].get("part") == "core")
    first["metadata"]["minutes"] += 7
    (tmp_path / "funnel_5.ipynb").write_text(json.dumps(book), "utf-8")
    after, _ = told(tmp_path, monkeypatch)
    assert after["reserve"] == before["reserve"] - 7


def test_the_page_of_the_day_is_built_after_the_lessons_and_stale_when_they_change():
    made = {page.source.stem: page for page in pages.all_pages(ROOT) if page.lang == "zh"}
    assert made["funnel_day"].last and not made["funnel_6"].last
    assert {path.stem for path in made["funnel_day"].uses} >= {f"funnel_{n}" for n in range(2, 7)}


# --- where the pages stand


def test_pages_that_frame_a_module_come_after_its_lessons_and_are_not_gone_on_with(course):
    found = [page.lesson for page in home.pages(course) if page.module == "funnel"]
    lessons = [name for name in found if name[-1].isdigit()]
    assert found == [*lessons, "funnel.case", "funnel.check", "funnel.day"]
    standings = [home.Standing(page, 1, 0 if page.frames else 1) for page in home.pages(course)]
    assert home.next_page(standings, []) is None


# --- the checks and the closing case


@pytest.mark.parametrize("stem", FRAMES)
def test_both_languages_have_the_same_sections(stem):
    cells = [c for c in pages.read_source(SOURCE / f"{stem}.py") if c.kind == "markdown"]
    zh, en = (
        [c.metadata | {"lang": ""} for c in cells if c.metadata["lang"] == lang] for lang in LANGS
    )
    assert zh == en
    assert any(about.get("role") == "trainer" for about in zh)


def test_a_check_takes_the_minutes_that_its_section_says():
    text = (SOURCE / "funnel_check.py").read_text("utf-8")
    asked = [int(n) for n in re.findall(r"check\(.*minutes=(\d+)\)", text)]
    cells = pages.read_source(SOURCE / "funnel_check.py")
    said = [
        c.metadata["minutes"]
        for c in cells
        if c.metadata.get("lang") == "zh" and c.metadata.get("part") in ("core", "more")
    ]
    assert asked == said


def test_every_card_of_these_pages_exists():
    good, bad = bank.load(Course("test", ROOT), "funnel_6")
    asked = {
        name for stem in FRAMES for name in re.findall(r'\bask\("([^"]+)"', "".join(code(stem)))
    }
    assert not bad and asked <= set(good) and len(asked) == 2


def south(lang):
    case = Case.load("feed", lang)
    reps = case.salespeople.query("region == 'R2' and role == 'rep'")["salesperson"]
    deals = case.named("deals")
    deals = deals[deals["owner_id"].isin(reps) & funnel.is_open(deals["stage"])]
    ladder = funnel.Ladder.load()
    checked = funnel.review(deals, case.today, ladder, strict=True)
    return case, deals, checked, meeting.page_numbers(deals, case.today, ladder)


def test_what_the_trainer_is_told_of_the_closing_case_is_so():
    case, deals, checked, page = south("zh")
    gap = (checked["listed"] - checked["expected"]).groupby(deals["owner_id"]).sum()
    shown = checked["expected"].groupby(deals["owner_id"]).sum()
    assert gap["S10"] > gap.sum() / 2  # 站不住的钱，一大半在方小军手里
    assert 0.4 < shown["S07"] / shown.sum() < 0.5  # 顾海峰占差不多一半
    assert gap["S08"] == 0  # 陶玉洁的项目个个有日子有人
    load = case.customers["owner"].value_counts()
    assert load["S10"] == 63
    assert page["n_at_risk"] >= 5


@pytest.mark.parametrize("lang", LANGS)
def test_a_group_that_reads_the_page_well_gets_all_points(lang):
    good, _ = bank.load(Course("test", ROOT), "funnel_6")
    _, _, _, page = south(lang)
    question = issue(good["funnel.6.3/south-region"], "group", "course")
    example = question.exercise.text[lang]["example"]
    raw = {
        **{name: example[name] for name in ("group", "opening", "unsure")},
        "listed": f"{page['listed']:.0f}",
        "shown": f"{page['shown']:.0f}",
        "weekly": str(question.given["weekly_example"]),
        "deals": [
            {"customer": deal["customer"], "question": "还差谁点头？ Whose yes is missing?"}
            for deal in page["at_risk"][:3]
        ],
        "agenda": [{**row, "day": "2026-03-05"} for row in example["agenda"]],
    }
    mark = question.mark(raw)
    assert [name for name, part in mark.parts.items() if part.ok is False] == []
    assert mark.outcome == "right"
    assert question.mark({**raw, "shown": "1000"}).outcome == "partial"


def test_the_case_shows_who_lays_a_deal_aside_and_why(folder, monkeypatch):
    names, said = told(folder, monkeypatch, "funnel_case")
    aside = names["listed"]["snooze_reason"].dropna()
    assert len(aside) and all(reason in said[0] for reason in aside)
