"""The course as it is shipped, in JupyterLab: exercises answered, a trainer's edits seen."""

import random

import pytest
from hands import give
from playwright.sync_api import expect

from coursekit.course import Course
from coursekit.practice import bank
from coursekit.practice.desk import Desk
from coursekit.practice.journal import Journal
from coursekit.practice.kinds import kind_of

EXERCISES = "exercises/funnel_2.ipynb"


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    return labs(tmp_path_factory.mktemp("courses") / "course")


def first_of(kind, folder):
    """The first exercise of a kind on the page of exercises."""
    page = (folder / EXERCISES).read_text("utf-8")
    good, _ = bank.load(Course.find(folder), "funnel_2")
    return next(e for name, e in good.items() if e.kind == kind and name in page)


def shown(folder, entry):
    """The question that the page shows, by the journal."""
    return Desk(Course.find(folder)).question(entry.id)


def test_from_home_to_the_lesson_and_back(lab, lab_page):
    page = lab_page(lab.url)
    page.locator(".ck-home .ck-go").click()
    page.locator(".ck-page[data-ck-state=ready] .ck[data-kind]").first.wait_for(timeout=60_000)
    assert page.locator(".jp-InputArea-editor .cm-content").filter(visible=True).count() == 0
    page.get_by_role("button", name="课程首页").click()
    expect(page.locator(".ck-home .ck-go")).to_be_visible()


def test_wrong_then_right_then_a_restart_and_it_is_there(lab, lab_page):
    entry = first_of("sort", lab.folder)  # every other kind: tests/browser/test_gallery.py
    page = lab_page(lab.address(EXERCISES))
    card = page.locator(f".ck[data-exercise='{entry.id}']")
    verdict = card.locator(".ck-status")
    question = shown(lab.folder, entry)
    made = kind_of(entry.kind).fabricate(question, random.Random(0))

    give(card, question, made["wrong"])
    expect(verdict).to_have_attribute("data-outcome", "wrong")
    give(card, question, made["right"])
    expect(verdict).to_have_attribute("data-outcome", "right")

    page.get_by_role("button", name="重新准备本页").click()
    page.locator(".ck-page[data-ck-state=preparing]").wait_for()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
    expect(verdict).to_have_attribute("data-outcome", "right")
    expect(card.locator(".ck-why")).to_be_visible()

    attempts = [
        e["outcome"]
        for e in Journal(Course.find(lab.folder).private).events()
        if e["event"] == "attempt" and e["exercise"] == entry.id
    ]
    assert attempts == ["wrong", "right"]


# --- the loop of a trainer


def edit(path, before, after):
    """Change a text as a trainer does; gives the line where the change begins."""
    text = path.read_text("utf-8")
    assert text.count(before) >= 1, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_a_trainers_rate_and_card_text_are_seen_after_a_reload(lab, lab_page):
    entry = first_of("sort", lab.folder)
    page = lab_page(lab.address("funnel_2.ipynb"))
    numbers = page.locator(".ck-alt").all_inner_texts()  # what the figures say to the ear
    edit(lab.folder / "instruments/ladder.toml", "rate = 0.9\n", "rate = 0.85\n")
    prompt = entry.text["zh"]["prompt"]
    edit(lab.folder / "exercises/funnel_2.yaml", prompt, f"华东区的说法：{prompt}")
    page.reload()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
    assert page.locator(".ck-alt").all_inner_texts() != numbers
    card = page.locator(f".ck[data-exercise='{entry.id}']")
    expect(card.locator(".ck-prompt")).to_contain_text("华东区的说法：")


def test_a_mistake_in_a_trainers_file_is_told_by_its_line(lab, lab_page):
    ladder = lab.folder / "instruments/ladder.toml"
    exercises = lab.folder / "exercises/funnel_2.yaml"
    good = {path: path.read_text("utf-8") for path in (ladder, exercises)}
    line = edit(exercises, "  minutes: 4\n", "  minutes: vier\n")
    page = lab_page(lab.address(EXERCISES))
    expect(page.get_by_text(f"funnel_2.yaml 第 {line} 行").first).to_be_visible()

    line = edit(ladder, "rate = 0.5\n", "rate = 0,5\n")
    page = lab_page(lab.address("funnel_2.ipynb"), state="failed")
    expect(page.get_by_text(f"ladder.toml 第 {line} 行").first).to_be_visible()
    assert page.get_by_text("Traceback").count() == 0

    for path, text in good.items():
        path.write_text(text, encoding="utf-8")
    page.get_by_role("button", name="重新准备本页").click()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
