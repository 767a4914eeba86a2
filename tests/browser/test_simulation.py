"""The flight simulator from start to end: mouse, keyboard alone, touch; three widths."""

import pytest
from playwright.sync_api import expect

from coursekit.practice.desk import Desk

FLIGHT = "drill.1/flight"


@pytest.fixture
def card(desk, plain_page, window):
    def show(width=1280, touch=False, lang="zh"):
        sat = desk(lang)
        served = plain_page(sat, [FLIGHT], lang=lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck"), sat

    return show


def now(flight):
    return flight.locator(".ck-weeks [data-state=now]")


def fly(flight):
    return flight.locator(".ck-fly")


def play(flight):
    """A week with some calls in it."""
    flight.locator(".ck-work[data-work=prospect] .ck-step").last.click()
    fly(flight).click()


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (768, True), (390, True)])
def test_a_game_is_played_from_start_to_end(card, width, touch):
    page, flight, sat = card(width, touch)
    press = "tap" if touch else "click"
    for week in range(1, 7):
        expect(now(flight)).to_have_text(str(week))
        getattr(flight.get_by_role("button", name="三份平分"), press)()
        expect(flight.get_by_text("排满了")).to_be_visible()
        getattr(fly(flight), press)()
    expect(flight.get_by_text("6 周飞完了")).to_be_visible()
    expect(flight.get_by_role("status").last).to_contain_text("这一局记下了")
    expect(flight.locator(".ck-rank li")).to_have_count(9)
    expect(flight.locator(".ck-columns > div")).to_have_count(6)
    expect(fly(flight)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    turns = [event for event in sat.journal.events() if event["event"] == "turn"]
    assert [event["n"] for event in turns] == [1, 2, 3, 4, 5, 6]

    getattr(flight.get_by_role("button", name="同样的运气，再飞一次"), press)()
    expect(now(flight)).to_have_text("1")
    expect(flight.locator(".ck-debrief")).to_have_count(0)


def test_a_game_is_played_by_keyboard_alone(card):
    page, flight, _ = card(lang="en")
    for week in range(1, 7):
        expect(now(flight)).to_have_text(str(week))
        tab_to(page, "Prospecting")
        for _ in range(8):
            page.keyboard.press("ArrowRight")
        tab_to(page, "Advancing")
        for _ in range(12):
            page.keyboard.press("ArrowRight")
        tab_to(page, "Fly this week")
        page.keyboard.press("Enter")
    expect(flight.get_by_text("All 6 weeks are flown")).to_be_visible()
    tab_to(page, "Other luck")
    page.keyboard.press("Enter")
    expect(now(flight)).to_have_text("1")


def tab_to(page, name):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "(name) => { const node = document.activeElement;"
            "return node.getAttribute('aria-label') === name || node.textContent === name }",
            name,
        ):
            return
    raise AssertionError(name)


def test_deals_are_put_first_or_dropped_by_key_and_the_visit_shows_at_once(card):
    page, flight, sat = card()
    flight.locator(".ck-work[data-work=advance] input").evaluate(
        "(node) => { node.value = 4; node.dispatchEvent(new Event('input')) }"
    )
    visited = flight.locator(".ck-dot[data-visit]")
    assert visited.count() > 0
    hollow = flight.locator("[data-work=advance] .ck-dot:not([data-visit])").first
    name = hollow.get_attribute("data-deal")
    hollow.click()
    page.keyboard.press("f")
    dot = flight.locator(f'[data-deal="{name}"]')
    expect(dot).to_have_attribute("data-first", "")
    page.keyboard.press("d")
    expect(dot).to_have_attribute("data-drop", "")
    expect(dot).not_to_have_attribute("data-first", "")
    play(flight)
    expect(now(flight)).to_have_text("2")
    expect(dot).to_have_count(0)
    move = next(event["move"] for event in sat.journal.events() if event["event"] == "turn")
    assert (move["advance"], move["drop"], move["first"]) == (4, [name], [])


def test_what_the_page_says_will_be_visited_is_what_is_visited(card):
    _, flight, sat = card()
    flight.get_by_role("button", name="三份平分").click()
    shown = set(flight.locator(".ck-dot[data-visit]").evaluate_all(
        "(nodes) => nodes.map((node) => node.dataset.deal)"
    ))  # fmt: skip
    play(flight)
    expect(now(flight)).to_have_text("2")
    told = sat.open(FLIGHT)["state"]["scene"]["news"]["moves"]
    assert shown == {one["deal"] for one in told if one["code"] in ("up", "won", "stays", "lost")}


def test_an_empty_week_is_flown_at_the_second_press_only(card):
    _, flight, _ = card()
    fly(flight).click()
    expect(flight.get_by_text("再点一次")).to_be_visible()
    expect(now(flight)).to_have_text("1")
    fly(flight).click()
    expect(now(flight)).to_have_text("2")


def test_hours_stop_where_the_week_ends(card):
    _, flight, _ = card()
    for work in ("prospect", "advance"):
        flight.locator(f".ck-work[data-work={work}] input").evaluate(
            "(node) => { node.value = node.max; node.dispatchEvent(new Event('input')) }"
        )
    expect(flight.get_by_text("排满了")).to_be_visible()
    expect(flight.locator(".ck-work[data-work=advance] output")).to_have_text("0 小时")


def test_a_reload_goes_on_in_the_same_week(card):
    page, flight, _ = card()
    play(flight)
    expect(now(flight)).to_have_text("2")
    page.reload()
    expect(now(flight)).to_have_text("2")
    expect(flight.get_by_text("第 1 周的消息")).to_be_visible()


def test_a_week_that_another_window_played_is_not_played_twice(card):
    _, flight, sat = card()
    Desk(sat.course).turn(FLIGHT, {"prospect": 6}, at="1.1", token="elsewhere")
    play(flight)
    expect(now(flight)).to_have_text("2")
    expect(flight.get_by_text("别的窗口")).to_be_visible()
    assert len([event for event in sat.journal.events() if event["event"] == "turn"]) == 1


def test_a_server_that_is_away_loses_no_week(card, plain_page, desk, window):
    served = plain_page(desk("en"), [FLIGHT], lang="en")
    page = window()
    page.clock.install()
    page.goto(served.url)
    flight = page.locator(".ck")
    served.deaf = True
    play(flight)
    page.clock.run_for(7_000)
    expect(flight.get_by_text("Not saved yet")).to_be_visible()
    served.deaf = False
    page.clock.run_for(7_000)
    expect(now(flight)).to_have_text("2")
    page.troubles.clear()  # the lost replies


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_targets_are_large_and_nothing_is_cut_off(card, width):
    page, flight, _ = card(width, touch=width < 1000)
    play(flight)
    expect(now(flight)).to_have_text("2")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".ck button, .ck input")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.9)
            .map((node) => node.outerHTML)"""
    )
    assert small == []
