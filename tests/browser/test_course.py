"""The course as it is shipped, in JupyterLab: exercises answered, a trainer's edits seen."""

import random

import pytest
from playwright.sync_api import expect

from coursekit.course import Course
from coursekit.practice import bank, exercise
from coursekit.practice.journal import Journal
from coursekit.practice.kinds import KINDS, kind_of

EXERCISES = "exercises/funnel.ipynb"


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    return labs(tmp_path_factory.mktemp("courses") / "course")


def first_of(kind, folder):
    """The first exercise of a kind on the page of exercises."""
    page = (folder / EXERCISES).read_text("utf-8")
    good, _ = bank.load(Course.find(folder), "funnel")
    return next(e for name, e in good.items() if e.kind == kind and name in page)


def answers(folder, entry):
    """Outcome -> raw answer for the question that the page shows, by the journal."""
    events = Journal(Course.find(folder).private).events()
    issued = [e for e in events if e["event"] == "issued" and e["exercise"] == entry.id]
    question = exercise.resume(entry, issued[-1]["given"], issued[-1]["draw"])
    return kind_of(entry.kind).fabricate(question, random.Random(0))


def give(page, card, kind, raw):
    """Answer a card as a trainee does: keys for sort, clicks for find, typing for number."""
    if kind == "sort":
        bins = card.locator("[data-bin]").evaluate_all("all => all.map(b => b.dataset.bin)")
        for name, goal in raw.items():
            card.locator(f"[data-card='{name}'] .ck-piece-main").focus()
            page.keyboard.press(str(bins.index(goal)))
            expect(card.locator(f"[data-bin='{goal}'] [data-card='{name}']")).to_have_count(1)
    elif kind == "find":
        for row in card.locator("tr[data-row]").all():
            box = row.get_by_role("checkbox")
            box.set_checked(row.get_attribute("data-row") in raw)
    else:
        for name, typed in raw.items():
            card.locator(f"input[name='{name}']").fill(typed)
    card.get_by_role("button", name="提交").click()


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_then_the_reason_then_right_then_a_restart_and_it_is_there(lab, lab_page, kind):
    entry = first_of(kind, lab.folder)
    page = lab_page(lab.address(EXERCISES))
    card = page.locator(f".ck[data-exercise='{entry.id}']")
    verdict = card.locator("[data-outcome]")
    made = answers(lab.folder, entry)

    give(page, card, kind, made["wrong"])
    expect(verdict).to_have_attribute("data-outcome", "wrong")
    expect(card.locator(".ck-why li").first).to_be_visible()

    give(page, card, kind, made["right"])
    expect(verdict).to_have_attribute("data-outcome", "right")

    page.get_by_role("button", name="重新准备本页").click()
    page.locator(".ck-page[data-ck-state=preparing]").wait_for()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
    expect(verdict).to_have_attribute("data-outcome", "right")
    expect(card.locator(".ck-why li").first).to_be_visible()

    attempts = [
        e["outcome"]
        for e in Journal(Course.find(lab.folder).private).events()
        if e["event"] == "attempt" and e["exercise"] == entry.id
    ]
    assert attempts == ["wrong", "right"]
