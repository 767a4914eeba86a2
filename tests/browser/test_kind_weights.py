"""Weights on a plain page: mouse, keyboard alone, touch, three widths."""

import json

import pytest
from playwright.sync_api import expect

COUNTS = "drill.1/what-counts"
NEED, MONEY = "急不急着要", "有没有钱"


@pytest.fixture
def card(desk, plain_page, window):
    """``card(width=1280, touch=False, lang="zh")``: the page, its card, its server."""

    def show(width=1280, touch=False, lang="zh"):
        page = window(width, touch)
        served = plain_page(desk(lang), [COUNTS], [], lang)
        page.goto(served.url)
        return page, page.locator(".ck"), served

    return show


def typed(card, name):
    return card.get_by_role("spinbutton", name=name)


def slider(card, name):
    return card.get_by_role("slider", name=name)


def names(card):
    return card.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => row.querySelectorAll('.ck-value')[1].textContent)"
    )


def status(card):
    return card.get_by_role("status").last


def test_the_cases_move_as_the_weights_change(card):
    _, counts, _ = card()
    typed(counts, MONEY).fill("100")
    assert names(counts)[:2] == ["春和百货", "金鼎置业"]  # money 100 and 90
    expect(counts).to_contain_text("排在最前面的 1 家，成交 0 家")
    typed(counts, MONEY).fill("0")
    typed(counts, NEED).fill("100")
    assert names(counts)[:2] == ["蓝湾酒店", "宏远物流"]  # need 100 and 90
    expect(counts).to_contain_text("排在最前面的 1 家，成交 1 家")


def test_a_case_scores_the_weighted_mean_of_its_points(card):
    _, counts, _ = card()
    typed(counts, MONEY).fill("25")
    typed(counts, NEED).fill("75")
    row = counts.locator("tr", has_text="宏远物流")  # .25 x 60 + .75 x 90 = 82.5
    expect(row.locator("td").last).to_contain_text("83")


def test_what_is_left_to_give_is_in_sight_and_nothing_else_moves(card):
    _, counts, _ = card()
    expect(counts).to_contain_text("还剩 100 分没给")
    typed(counts, MONEY).fill("30")
    expect(counts).to_contain_text("还剩 70 分没给")
    typed(counts, NEED).fill("90")
    expect(counts).to_contain_text("多给了 20 分，要拿回来")
    expect(typed(counts, MONEY)).to_have_value("30")
    typed(counts, NEED).fill("70")
    expect(counts).to_contain_text("100 分正好分完")


def test_weights_are_given_wrong_then_right(card):
    _, counts, _ = card()
    counts.get_by_role("button", name="提交").click()
    expect(status(counts)).to_contain_text("手里的 100 分一分没给")
    typed(counts, MONEY).fill("90")
    counts.get_by_role("button", name="提交").click()
    expect(status(counts)).to_contain_text("还有 10 分没给出去")
    typed(counts, NEED).fill("10")
    counts.get_by_role("button", name="提交").click()
    expect(status(counts)).to_contain_text("只看钱")
    expect(counts.locator("[data-criterion=money]")).to_contain_text("给得偏多")
    typed(counts, MONEY).fill("10")
    expect(counts.locator("[data-criterion=money] .ck-mark")).to_have_count(0)
    typed(counts, NEED).fill("90")
    counts.get_by_role("button", name="提交").click()
    expect(status(counts)).to_contain_text("全对")


def test_a_slider_is_moved_by_keyboard_alone_and_the_front_is_told(card):
    page, counts, _ = card()
    slider(counts, NEED).focus()
    for _ in range(18):
        page.keyboard.press("ArrowRight")
    expect(typed(counts, NEED)).to_have_value("90")
    slider(counts, MONEY).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(counts.get_by_role("status").first).to_contain_text("现在最前面的是 蓝湾酒店、宏远物流")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "提交":
            break
    page.keyboard.press("Enter")
    expect(status(counts)).to_contain_text("全对")


def test_weights_are_given_on_a_phone(card):
    page, counts, _ = card(390, touch=True)
    for name, points in ((MONEY, "10"), (NEED, "90")):
        assert typed(counts, name).get_attribute("inputmode") == "numeric"
        typed(counts, name).tap()
        typed(counts, name).fill(points)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    counts.get_by_role("button", name="提交").tap()
    expect(status(counts)).to_contain_text("全对")


def test_nothing_typed_leaves_the_bounds(card):
    _, counts, _ = card()
    typed(counts, MONEY).fill("250")
    expect(slider(counts, MONEY)).to_have_value("100")
    expect(counts).to_contain_text("100 分正好分完")
    typed(counts, MONEY).fill("-5")
    expect(slider(counts, MONEY)).to_have_value("0")


def test_the_page_holds_nothing_of_the_cases_held_out(card):
    page, _, _ = card()
    data = json.loads(page.locator("#data").text_content())
    public = data["cards"][0]["public"]
    assert set(public["points"]) == set(public["won"]) | {"r5"} == {f"r{n}" for n in range(1, 6)}
    for told in ("held", "reference", "cases"):
        assert told not in public


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_every_control_is_large_enough_and_nothing_is_cut_off(card, width):
    page, counts, _ = card(width, touch=width < 500, lang="en")
    typed(counts, "Money").fill("50")
    typed(counts, "Need").fill("50")
    counts.get_by_role("button", name="Submit").click()
    expect(status(counts)).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = counts.locator(".ck-weights input").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 43.9
