"""Giving out hours, and choosing within a capacity: mouse, keyboard alone, touch, three widths."""

import pytest
from playwright.sync_api import expect

HOURS, BASKET = "drill.1/hours", "drill.1/basket"


@pytest.fixture
def card(desk, plain_page, window):
    def show(exercise, width=1280, touch=False, lang="zh"):
        served = plain_page(desk(lang), [exercise], lang=lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck"), served

    return show


def hours(allocate, name):
    return allocate.get_by_role("textbox", name=name)


def tab_to(page, label):
    """Press Tab until what has this label has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(label)


def test_hours_are_given_out_by_button_and_by_typing_and_the_bar_follows(card):
    _, allocate, _ = card(HOURS)
    expect(hours(allocate, "小满合作社")).to_have_value("2")  # its least
    expect(allocate.get_by_text("用了 2 / 12 小时，还剩 10 小时")).to_be_visible()
    for _ in range(3):
        allocate.get_by_role("button", name="大河牧业：加 2 小时").click()
    hours(allocate, "中原猪场").fill("6")
    expect(allocate.get_by_text("用了 14 / 12 小时，多了 2 小时")).to_be_visible()
    expect(allocate.get_by_text("预计毛利：13万")).to_be_visible()
    allocate.get_by_role("button", name="提交").click()
    expect(allocate.get_by_text("多了 2 小时。减掉一些再提交")).to_be_visible()
    allocate.get_by_role("button", name="中原猪场：减 2 小时").click()
    allocate.get_by_role("button", name="提交").click()
    expect(allocate.get_by_role("status").last).to_contain_text("全对")
    expect(allocate.locator(".ck-mark")).to_have_count(3)


def test_too_much_and_too_little_are_marked_at_their_lines_until_they_change(card):
    _, allocate, _ = card(HOURS)
    hours(allocate, "大河牧业").fill("10")
    allocate.get_by_role("button", name="提交").click()
    expect(allocate.get_by_text("都给最大的，他也用不完")).to_be_visible()
    expect(allocate.get_by_text("给少了：再加 2 小时能带来 2万")).to_be_visible()
    expect(allocate.get_by_text("给多了：最后 2 小时只带来 0")).to_be_visible()
    hours(allocate, "大河牧业").fill("8")
    expect(allocate.get_by_text("给多了")).to_have_count(0)


def test_the_keyboard_alone_gives_out_hours(card):
    page, allocate, _ = card(HOURS)
    tab_to(page, "大河牧业 小时")
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    expect(hours(allocate, "大河牧业")).to_have_value("6")
    tab_to(page, "中原猪场 小时")
    page.keyboard.type("4")
    expect(hours(allocate, "中原猪场")).to_have_value("4")
    page.keyboard.press("Enter")
    expect(allocate.get_by_role("status").last).to_contain_text("全对")


def test_an_untouched_card_is_no_answer(card):
    _, allocate, _ = card(HOURS)
    allocate.get_by_role("button", name="提交").click()
    expect(allocate.get_by_role("status").last).to_contain_text("还没有分")


def test_a_phone_chooses_within_the_capacity(card):
    _, allocate, _ = card(BASKET, 390, touch=True, lang="en")
    allocate.get_by_role("checkbox", name="Fair").tap()
    allocate.get_by_role("checkbox", name="Lunch").tap()
    expect(allocate.get_by_text("9 of 10 hours given out, 1 left")).to_be_visible()
    expect(allocate.get_by_text("Margin: 60,000")).to_be_visible()
    allocate.get_by_role("button", name="Submit").tap()
    expect(allocate.get_by_text("Not worth it")).to_be_visible()
    expect(allocate.get_by_text("Missed")).to_have_count(0)
    allocate.get_by_role("button", name="Submit").tap()
    expect(allocate.get_by_text("Missed: 4 hours would bring 35,000.")).to_be_visible()
    allocate.get_by_role("checkbox", name="Lunch").tap()
    allocate.get_by_role("checkbox", name="Calls").tap()
    allocate.get_by_role("button", name="Submit").tap()
    expect(allocate.get_by_role("status").last).to_contain_text("All right")


def test_a_reload_shows_what_was_answered(card):
    page, allocate, _ = card(HOURS)
    hours(allocate, "大河牧业").fill("8")
    allocate.get_by_role("button", name="提交").click()
    expect(allocate.get_by_role("status").last).to_contain_text("对了一部分")
    page.reload()
    expect(hours(allocate, "大河牧业")).to_have_value("8")
    expect(allocate.locator(".ck-mark")).to_have_count(3)


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("exercise", [HOURS, BASKET])
def test_nothing_is_cut_off_and_targets_are_large(card, width, exercise):
    page, _, _ = card(exercise, width, touch=width < 500)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".ck button, .ck input[type=text]")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.9)
            .map((node) => node.outerHTML)"""
    )
    assert small == []
