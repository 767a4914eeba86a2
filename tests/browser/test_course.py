"""The course as it is shipped, in JupyterLab: exercises answered, a trainer's edits seen."""

import random

import pytest
from playwright.sync_api import expect

from coursekit.course import Course
from coursekit.practice import bank, exercise
from coursekit.practice.journal import Journal
from coursekit.practice.kinds import KINDS, kind_of

EXERCISES = "exercises/funnel_2.ipynb"


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    return labs(tmp_path_factory.mktemp("courses") / "course")


def first_of(kind, folder):
    """The first exercise of a kind on the page of exercises."""
    page = (folder / EXERCISES).read_text("utf-8")
    good, _ = bank.load(Course.find(folder), "funnel_2")
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


def test_from_home_to_the_lesson_and_back(lab, lab_page):
    page = lab_page(lab.url)
    page.locator(".ck-home .ck-go").click()
    page.locator(".ck-page[data-ck-state=ready] .ck[data-kind]").first.wait_for(timeout=60_000)
    assert page.locator(".jp-InputArea-editor .cm-content").filter(visible=True).count() == 0
    page.get_by_role("button", name="课程首页").click()
    expect(page.locator(".ck-home .ck-go")).to_be_visible()


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


# --- the loop of a trainer


@pytest.fixture(scope="module")
def own_course(labs, tmp_path_factory):
    """A course that a trainer edits."""
    return labs(tmp_path_factory.mktemp("trainers") / "course")


def edit(path, before, after):
    """Change a text as a trainer does; gives the line where the change begins."""
    text = path.read_text("utf-8")
    assert text.count(before) >= 1, f"{before!r} is not in {path.name}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_a_trainers_rate_and_card_text_are_seen_after_a_reload(own_course, lab_page):
    entry = first_of("sort", own_course.folder)
    page = lab_page(own_course.address("funnel_2.ipynb"))
    numbers = page.locator(".ck-alt").all_inner_texts()  # what the figures say to the ear
    edit(own_course.folder / "instruments/ladder.toml", "rate = 0.9\n", "rate = 0.85\n")
    prompt = entry.text["zh"]["prompt"]
    edit(own_course.folder / "exercises/funnel_2.yaml", prompt, f"华东区的说法：{prompt}")
    page.reload()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
    assert page.locator(".ck-alt").all_inner_texts() != numbers
    card = page.locator(f".ck[data-exercise='{entry.id}']")
    expect(card.locator(".ck-prompt")).to_contain_text("华东区的说法：")


def test_a_mistake_in_a_trainers_file_is_told_by_its_line(own_course, lab_page):
    ladder = own_course.folder / "instruments/ladder.toml"
    exercises = own_course.folder / "exercises/funnel_2.yaml"
    good = {path: path.read_text("utf-8") for path in (ladder, exercises)}
    line = edit(exercises, "  minutes: 4\n", "  minutes: vier\n")
    page = lab_page(own_course.address(EXERCISES))
    expect(page.get_by_text(f"funnel_2.yaml 第 {line} 行").first).to_be_visible()

    line = edit(ladder, "rate = 0.5\n", "rate = 0,5\n")
    page = lab_page(own_course.address("funnel_2.ipynb"), state="failed")
    expect(page.get_by_text(f"ladder.toml 第 {line} 行").first).to_be_visible()
    assert page.get_by_text("Traceback").count() == 0

    for path, text in good.items():
        path.write_text(text, encoding="utf-8")
    page.get_by_role("button", name="重新准备本页").click()
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
