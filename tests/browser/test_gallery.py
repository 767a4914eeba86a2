"""One page with a card of every kind, on a plain page and in JupyterLab."""

import random
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CARDS, PAGE, visited, windows
from hands import give
from playwright.sync_api import expect
from test_lab_pages import page as lab_notebook

from coursekit.course import Course
from coursekit.practice import bank
from coursekit.practice.desk import Desk
from coursekit.practice.kinds import KINDS, kind_of
from coursekit.practice.turns import takes_turns

GRAVE = ("serious", "critical")


def cards(desk):
    """Cards of the gallery by id, at least one of every kind."""
    good, bad = bank.load(desk.course, "drill")
    assert not bad
    assert {one.kind for one in good.values()} == set(KINDS)
    return good


def fabricated(question, *outcomes):
    """A raw answer of the first of these outcomes that the question can have."""
    made = kind_of(question.exercise.kind).fabricate(question, random.Random(1))
    return next(made[outcome] for outcome in outcomes if outcome in made)


def answer_wrongly(desk, found):
    for exercise_id in found:
        question = desk.question(exercise_id)
        raw = fabricated(question, "wrong", "partial", "recorded")
        if takes_turns(question.exercise):
            for move in raw["moves"]:
                desk.turn(exercise_id, move)
        else:
            desk.submit(exercise_id, raw)
            desk.submit(exercise_id, raw)  # the second wrong one tells how it works out
            desk.hint(exercise_id)


def grave(page, **where):
    """What axe finds that keeps somebody out."""
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in Axe().run(page, **where).response["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


# --- on a plain page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_grave(desk, plain_page, window, lang, answered, width):
    seat = desk(lang)
    found = cards(seat)
    for exercise_id in found:
        seat.open(exercise_id)
    if answered:
        answer_wrongly(seat, found)
    page = window(width)
    page.goto(plain_page(seat, list(found), lang=lang).url)
    page.locator(".ck").nth(len(found) - 1).wait_for()
    assert grave(page) == []


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_no_card_is_wider_than_the_screen(desk, plain_page, window, width):
    seat = desk()
    found = cards(seat)
    for exercise_id in found:
        seat.open(exercise_id)
    answer_wrongly(seat, found)
    page = window(width, touch=width < 1000)
    page.goto(plain_page(seat, list(found)).url)
    page.locator(".ck").nth(len(found) - 1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- in JupyterLab: one course, one page that is answered card by card


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    """A course whose home page is the gallery."""
    kit, folder = tmp_path_factory.mktemp("kit"), tmp_path_factory.mktemp("courses") / "course"
    (folder / "exercises").mkdir(parents=True)
    (folder / "course.toml").write_text('lang = "zh"\n', encoding="utf-8")
    shutil.copy(CARDS, folder / "exercises" / "drill.yaml")
    asked = "\n".join(f'ask("{name}")' for name in cards(Desk(Course.find(folder))))
    text = lab_notebook("练习", ("code", f"from coursekit.notebook import ask\n{asked}"))
    (kit / "notebooks" / "zh").mkdir(parents=True)
    (kit / "notebooks" / "zh" / "home.ipynb").write_text(text, encoding="utf-8")
    return labs(folder, content=kit)


@pytest.fixture(scope="module")
def gallery(lab, browser):
    """The gallery in JupyterLab, one page for all of these tests."""
    with windows(browser) as open_window:
        page = visited(open_window(), lab.url)
        page.locator(PAGE).locator(".ck").nth(len(cards(seat(lab))) - 1).wait_for(timeout=30_000)
        yield page


def seat(lab):
    """A desk in the course of a lab, as another kernel has one."""
    return Desk(Course.find(lab.folder))


def of_kind(lab, kind):
    """The question that the first card of a kind shows."""
    name = next(name for name, one in cards(seat(lab)).items() if one.kind == kind)
    return seat(lab).question(name)


def card_of(page, question):
    return page.locator(f".ck[data-exercise='{question.exercise.id}']")


def outcome(card, wanted):
    expect(card.locator(".ck-status")).to_have_attribute("data-outcome", wanted, timeout=20_000)


def attempts(lab, question):
    return [
        event["outcome"]
        for event in seat(lab).journal.events()
        if event["event"] == "attempt" and event["exercise"] == question.exercise.id
    ]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"dialogue", "simulation"}))
def test_wrong_then_the_reason_then_right(lab, gallery, kind):
    question = of_kind(lab, kind)
    card = card_of(gallery, question)
    first = fabricated(question, "wrong", "partial")
    marked = question.mark(first).outcome
    give(card, question, first)
    outcome(card, marked)
    if kind != "number":  # of one figure nothing is to be said but that it is not right
        expect(card.locator(".ck-mark").filter(visible=True).first).to_be_visible()
    give(card, question, fabricated(question, "right"))
    outcome(card, "right")
    expect(card.locator(".ck-why").first).to_be_visible()
    assert attempts(lab, question) == [marked, "right"]


def test_a_talk_breaks_down_is_shown_again_and_goes_well(lab, gallery):
    question = of_kind(lab, "dialogue")
    card = card_of(gallery, question)
    give(card, question, fabricated(question, "wrong"))
    outcome(card, "wrong")
    expect(card.locator(".ck-better").first).to_be_visible()
    card.get_by_role("button", name="再谈一次").click()
    expect(card.locator(".ck-replay")).to_be_empty()
    give(card, question, fabricated(question, "right"))
    outcome(card, "right")
    assert attempts(lab, question) == ["wrong", "right"]


def test_a_game_goes_on_after_a_reload_and_is_recorded(lab, gallery):
    question = of_kind(lab, "simulation")
    card = card_of(gallery, question)
    week = {"prospect": 6, "advance": 6, "close": 3}
    give(card, question, {"moves": [week] * 2})
    gallery.reload()
    gallery.locator(f"{PAGE}[data-ck-state=ready]").wait_for(timeout=60_000)
    expect(card.locator(".ck-weeks [data-state=now]")).to_have_text("3", timeout=30_000)
    give(card, question, {"moves": [week] * 4})
    outcome(card, "recorded")
    expect(card.locator(".ck-columns > div")).to_have_count(6)
    assert attempts(lab, question) == ["recorded"]


def test_what_was_answered_is_there_after_the_page_was_prepared_anew(lab, gallery):
    desk = seat(lab)
    found = cards(desk)
    for name in found:  # what the tests above have not answered, another window answers
        question = desk.question(name)
        if not attempts(lab, question) and not takes_turns(question.exercise):
            desk.submit(name, fabricated(question, "right", "recorded"))
    gallery.get_by_role("button", name="重新准备本页").click()
    gallery.locator(".ck-page[data-ck-state=preparing]").wait_for()
    gallery.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=60_000)
    for name in found:
        question = desk.question(name)
        if attempts(lab, question):
            outcome(card_of(gallery, question), attempts(lab, question)[-1])
            expect(card_of(gallery, question).locator(".ck-why").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_in_jupyterlab_axe_finds_nothing_grave_in_a_card_and_none_is_cut_off(gallery, width):
    gallery.set_viewport_size({"width": width, "height": 900})
    cut = gallery.locator(".ck").evaluate_all(
        """cards => cards.filter((card) => card.scrollWidth > card.clientWidth + 1
             || card.getBoundingClientRect().right > innerWidth)
           .map((card) => card.dataset.exercise)"""
    )
    assert cut == []
    assert grave(gallery, context=".ck") == []


def test_in_jupyterlab_a_finger_works_the_cards(lab, lab_page):
    page = lab_page(lab.url, 390, touch=True)
    question = of_kind(lab, "sort")
    card = card_of(page, question)
    card.get_by_role("button", name="重做一遍").tap()
    card.get_by_role("button", name="合同").tap()
    card.locator(".ck-piece", has_text="合同").get_by_role("button", name="90%").tap()
    expect(card.locator("[data-bin=p90]")).to_contain_text("合同")
