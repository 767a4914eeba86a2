"""Choice on a plain page: mouse, keyboard alone, touch, three widths."""

import re

import pytest
from playwright.sync_api import expect

ONE, SEVERAL = "drill.1/first-visit", "drill.1/in-the-bag"


@pytest.fixture
def card(desk, plain_page, window):
    """``card(id, width=1280, touch=False, lang="zh", guess=False)``: the page and its card."""

    def show(exercise, width=1280, touch=False, lang="zh", guess=False):
        names = [] if guess else [exercise]
        served = plain_page(desk(lang), names, [exercise] if guess else [], lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck")

    return show


def option(card, text):
    return card.locator(".ck-option", has_text=text)


def status(card):
    return card.get_by_role("status").last


def test_one_option_is_chosen_with_the_mouse_wrong_then_right(card):
    _, one = card(ONE)
    one.get_by_text("对方说回头再联系").click()  # anywhere on its line
    expect(one.get_by_role("radio", name="对方说回头再联系")).to_be_checked()
    one.get_by_role("button", name="提交").click()
    expect(status(one)).to_contain_text("客气话不是下一步")
    expect(option(one, "对方说回头再联系")).to_contain_text("“回头”没有日子")
    expect(one).not_to_contain_text("有日子、有人，项目才在往前走")  # not picked, not told

    one.get_by_text("下一次见面的日子和人").click()
    expect(option(one, "对方说回头再联系").locator(".ck-mark")).to_have_count(0)
    one.get_by_role("button", name="提交").click()
    expect(status(one)).to_contain_text("全对")
    expect(option(one, "对方收下了资料")).to_contain_text("资料谁都收")  # now all is told


def test_one_option_is_chosen_by_keyboard_alone(card):
    page, one = card(ONE)
    one.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(3):
        if one.get_by_role("radio", name="下一次见面的日子和人").is_checked():
            break
        page.keyboard.press("ArrowDown")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "提交":
            break
    page.keyboard.press("Enter")
    expect(status(one)).to_contain_text("全对")


def test_several_options_are_ticked_and_how_many_is_not_told(card):
    _, several = card(SEVERAL)
    expect(several.get_by_role("group", name="可以选一项，也可以选几项")).to_be_visible()
    several.get_by_role("checkbox", name="换下来的旧油封").check()
    several.get_by_role("button", name="提交").click()
    expect(status(several)).to_contain_text("选的都对，还没有选全")
    several.get_by_role("checkbox", name="一份体面的礼品").check()
    several.get_by_role("button", name="提交").click()
    expect(status(several)).to_contain_text("选对 1 个，选错 1 个")
    expect(option(several, "一份体面的礼品")).to_contain_text("不对")
    several.get_by_role("checkbox", name="一份体面的礼品").uncheck()
    several.get_by_role("checkbox", name="同行停机").check()
    several.get_by_role("button", name="提交").click()
    expect(status(several)).to_contain_text("全对")


def test_on_a_phone_a_tap_on_a_line_chooses_it(card):
    page, several = card(SEVERAL, 390, touch=True)
    for text in ("换下来的旧油封", "同行停机一次花多少钱"):
        several.get_by_text(text).tap()
    several.get_by_role("button", name="提交").tap()
    expect(status(several)).to_contain_text("全对")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_feedback_belongs_to_its_option_for_a_screen_reader(card):
    _, one = card(ONE)
    wrong = one.get_by_role("radio", name="对方收下了资料")
    wrong.check()
    one.get_by_role("button", name="提交").click()
    expect(wrong).to_have_accessible_description(re.compile("资料谁都收"))


def test_an_answer_is_back_after_the_page_is_loaded_anew(card):
    page, one = card(ONE)
    one.get_by_role("radio", name="对方收下了资料").check()
    one.get_by_role("button", name="提交").click()
    expect(status(one)).to_contain_text("还不对")
    page.reload()
    expect(one.get_by_role("radio", name="对方收下了资料")).to_be_checked()
    expect(option(one, "对方收下了资料")).to_contain_text("资料谁都收")


def test_a_guess_is_noted_and_not_marked(card):
    _, one = card(ONE, guess=True)
    one.get_by_text("对方收下了资料").click()
    one.get_by_role("button", name="记下我的猜测").click()
    expect(status(one)).to_contain_text("记下了")
    expect(one).not_to_contain_text("资料谁都收")


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_every_line_is_large_enough_and_nothing_is_cut_off(card, width):
    page, several = card(SEVERAL, width, touch=width < 500, lang="en")
    several.get_by_role("checkbox").first.check()
    several.get_by_role("button", name="Submit").click()
    expect(status(several)).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = several.locator(".ck-option label").evaluate_all(
        "labels => labels.map((label) => label.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
