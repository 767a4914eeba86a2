"""Order on a plain page: mouse, keyboard alone, touch, three widths."""

import pytest
from playwright.sync_api import expect

ROAD = "drill.1/road"
RIGHT = ["打电话约见面", "坐下来谈第一次", "问清楚谁拍板", "送上改好的方案", "合同盖章"]


@pytest.fixture
def card(desk, plain_page, window):
    """``card(width=1280, touch=False, lang="zh")``: the page and the card of the road."""

    def show(width=1280, touch=False, lang="zh", **settings):
        page = window(width, touch, **settings)
        page.goto(plain_page(desk(lang), [ROAD], [], lang).url)
        return page, page.locator(".ck")

    return show


def texts(card):
    """The cards from top to bottom."""
    return card.locator(".ck-piece").evaluate_all(
        "pieces => pieces.map((one) => one.querySelector('.ck-piece-main').firstChild.data)"
    )


def piece(card, text):
    return card.locator(".ck-piece", has=card.page.get_by_role("button", name=text).first)


def status(card):
    return card.get_by_role("status").last


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def sorted_by(card, move):
    """Bring all cards into order by ``move(text, ways)``, ways up being below 0."""
    for place, text in enumerate(RIGHT):
        if ways := place - texts(card).index(text):
            move(text, ways)
    assert texts(card) == RIGHT


def test_an_untouched_list_is_no_answer(card):
    _, road = card()
    road.get_by_role("button", name="提交").click()
    expect(status(road)).to_contain_text("还没有排过")


def test_a_card_is_dragged_between_two_others(card):
    page, road = card()
    before = texts(road)
    x, y = middle(road.locator(".ck-piece").nth(4).bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    target = road.locator(".ck-piece").nth(1).bounding_box()
    page.mouse.move(x, target["y"] + 4, steps=8)
    expect(road.locator("[data-before]")).to_have_count(1)
    page.mouse.up()
    assert texts(road) == [before[0], before[4], *before[1:4]]
    expect(page.locator(".ck-ghost")).to_have_count(0)
    expect(road.locator("[data-before], [data-after]")).to_have_count(0)
    expect(road.get_by_role("status").first).to_contain_text("现在在第 2 位，共 5 位")


def test_a_card_dropped_far_outside_stays(card):
    page, road = card()
    before = texts(road)
    page.mouse.move(*middle(road.locator(".ck-piece").first.bounding_box()))
    page.mouse.down()
    page.mouse.move(*middle(road.locator(".ck-prompt").bounding_box()), steps=5)
    page.mouse.move(5, 5, steps=5)
    page.mouse.up()
    assert texts(road) == before


def test_the_list_is_sorted_by_keyboard_alone_and_each_place_is_told(card):
    page, road = card()

    def move(text, ways):
        road.get_by_role("button", name=text).first.focus()
        for _ in range(abs(ways)):
            page.keyboard.press("ArrowUp" if ways < 0 else "ArrowDown")
        assert page.evaluate("document.activeElement.textContent").startswith(text)
        place = RIGHT.index(text) + 1
        expect(road.get_by_role("status").first).to_contain_text(f"“{text}”现在在第 {place} 位")

    sorted_by(road, move)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "提交":
            break
    page.keyboard.press("Enter")
    expect(status(road)).to_contain_text("先后全对")


def test_home_and_end_take_a_card_to_either_end(card):
    page, road = card()
    text = texts(road)[2]
    road.get_by_role("button", name=text).first.focus()
    page.keyboard.press("Home")
    assert texts(road)[0] == text
    page.keyboard.press("End")
    assert texts(road)[-1] == text


def test_arrows_are_pressed_and_the_focus_stays_on_them(card):
    page, road = card()
    text = texts(road)[2]
    up = road.get_by_role("button", name=f"往前移：{text}")
    up.click()
    up.click()
    assert texts(road)[0] == text
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")  # at the top already: nothing happens
    assert texts(road)[0] == text


def test_the_cards_to_be_moved_say_past_which_one(card):
    _, road = card()

    def move(text, ways):
        for _ in range(abs(ways)):
            name = f"{'往前移' if ways < 0 else '往后移'}：{text}"
            road.get_by_role("button", name=name).click()

    sorted_by(road, move)
    move("送上改好的方案", -3)
    road.get_by_role("button", name="提交").click()
    expect(status(road)).to_contain_text("再挪 1 张，就全对了")
    expect(piece(road, "送上改好的方案")).to_contain_text("不对")
    expect(road).not_to_contain_text("应当在")  # where it belongs comes after the second try
    road.get_by_role("button", name="提交").click()
    expect(piece(road, "送上改好的方案")).to_contain_text("排得太靠前：应当在“问清楚谁拍板”后面")
    expect(piece(road, "打电话约见面").locator(".ck-mark")).to_contain_text("✓")
    move("送上改好的方案", 1)  # a new order, no mark
    expect(road.locator(".ck-mark")).to_have_count(0)


def test_the_list_is_sorted_by_taps_on_a_phone(card):
    _, road = card(390, touch=True)

    def move(text, ways):
        for _ in range(abs(ways)):
            name = f"{'往前移' if ways < 0 else '往后移'}：{text}"
            road.get_by_role("button", name=name).tap()

    sorted_by(road, move)
    road.get_by_role("button", name="提交").tap()
    expect(status(road)).to_contain_text("先后全对")


def test_a_finger_drags_a_card_by_its_grip(card):
    page, road = card(390, touch=True)
    road.scroll_into_view_if_needed()
    before = texts(road)
    x, y = middle(road.locator(".ck-grip").nth(2).bounding_box())
    goal = road.locator(".ck-piece").nth(0).bounding_box()["y"] + 6
    touch = page.context.new_cdp_session(page)

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 9):
        send("touchMove", {"x": x, "y": y + (goal - y) * step / 8})
    send("touchEnd")
    assert texts(road) == [before[2], *before[:2], *before[3:]]


def test_where_motion_is_unwanted_cards_move_at_once(card):
    _, road = card(reduced_motion="reduce")
    road.get_by_role("button", name="往后移").first.click()
    assert road.page.evaluate("document.getAnimations().length") == 0


def test_an_order_is_back_after_the_page_is_loaded_anew(card):
    page, road = card()
    road.get_by_role("button", name="往后移").first.click()
    road.get_by_role("button", name="提交").click()
    expect(road.locator(".ck-mark").first).to_be_visible()
    before = texts(road)
    page.reload()
    expect(road.locator(".ck-mark").first).to_be_visible()
    assert texts(road) == before


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_every_button_is_large_enough_and_nothing_is_cut_off(card, width):
    page, road = card(width, touch=width < 500, lang="en")
    road.get_by_role("button", name="Move down").first.click()
    road.get_by_role("button", name="Submit").click()
    expect(status(road)).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    sizes = road.locator(".ck-shift button").evaluate_all(
        "all => all.flatMap((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert min(sizes) >= 43.9
