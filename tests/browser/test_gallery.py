"""One page with a card of every kind: what axe finds, and nothing wider than the screen."""

import random

import pytest
from axe_playwright_python.sync_playwright import Axe

from coursekit.practice import bank
from coursekit.practice.kinds import KINDS, kind_of
from coursekit.practice.turns import takes_turns

GRAVE = ("serious", "critical")


def cards(desk):
    """Ids of the cards of the gallery, at least one of every kind."""
    good, bad = bank.load(desk.course, "drill")
    assert not bad
    assert {one.kind for one in good.values()} == set(KINDS)
    return good


def answer_wrongly(desk, found):
    for exercise_id, entry in found.items():
        if not takes_turns(entry):
            made = kind_of(entry.kind).fabricate(desk.question(exercise_id), random.Random(1))
            raw = made.get("wrong") or made.get("partial") or made["recorded"]
            desk.submit(exercise_id, raw)
            desk.hint(exercise_id)


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
    violations = Axe().run(page).response["violations"]
    grave = [
        (one["id"], node["target"], node["failureSummary"])
        for one in violations
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
    assert grave == []


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
