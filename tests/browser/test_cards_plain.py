"""Every view on a plain page with a real desk: mouse, keyboard alone, touch."""

import re

import pytest
from playwright.sync_api import expect

SORT, FIND, NUMBER = "drill.1/which-class", "drill.1/no-next-step", "drill.1/expected"


@pytest.fixture
def card(desk, plain_page, window):
    """``card(id, width=1280, touch=False, …)`` opens one card: the page, its card, its server."""

    def show(exercise, width=1280, touch=False, lang="zh", guess=False, **switches):
        names = [] if guess else [exercise]
        served = plain_page(desk(lang, **switches), names, [exercise] if guess else [], lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck"), served

    return show


def bin_of(card, name):
    return card.get_by_role("group", name=re.compile(re.escape(name)))


def piece(card, text):
    return card.locator(".ck-piece", has_text=text)


def drag(page, source, target):
    """With the mouse, in steps as a hand does it."""
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 50, steps=8)
    page.mouse.up()


def swipe(page, source, target):
    """With a finger, from the grip."""
    start, end = source.locator(".ck-grip").bounding_box(), target.bounding_box()
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    to_x, to_y = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
    touch = page.context.new_cdp_session(page)
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(1, 9):
        point = {"x": x + (to_x - x) * step / 8, "y": y + (to_y - y) * step / 8}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# --- sort


def test_cards_are_sorted_with_the_mouse_wrong_then_right(card):
    page, sort, _ = card(SORT)
    drag(page, piece(sort, "聊得不错"), bin_of(sort, "50%"))
    drag(page, piece(sort, "周四见"), bin_of(sort, "50%"))
    drag(page, piece(sort, "合同"), bin_of(sort, "90%"))
    expect(bin_of(sort, "50%").locator(".ck-piece")).to_have_count(2)

    sort.get_by_role("button", name="提交").click()
    expect(sort.get_by_role("status").last).to_contain_text("聊得不错不等于约好了下一次")
    expect(piece(sort, "聊得不错")).to_contain_text("不对")
    expect(piece(sort, "聊得不错")).to_contain_text("没有下一次见面的时间")
    expect(piece(sort, "周四见").locator(".ck-mark")).to_contain_text("✓")
    expect(sort).to_contain_text("再交一次")
    expect(sort).not_to_contain_text("50% 要有约好的下一步，90% 只差签字。")

    drag(page, piece(sort, "聊得不错"), bin_of(sort, "25%"))
    expect(piece(sort, "聊得不错").locator(".ck-mark")).to_have_count(0)  # a new place, no mark
    sort.get_by_role("button", name="提交").click()
    expect(sort.get_by_role("status").last).to_contain_text("全对")
    expect(sort.get_by_role("status").last).not_to_contain_text("一次就做对了")
    expect(sort).to_contain_text("50% 要有约好的下一步，90% 只差签字。")
    expect(sort.get_by_role("status").last).to_contain_text("100 分")


def test_a_card_dropped_outside_stays_where_it_was(card):
    page, sort, _ = card(SORT)
    drag(page, piece(sort, "合同"), bin_of(sort, "90%"))
    drag(page, piece(sort, "合同"), sort.locator(".ck-prompt"))
    expect(bin_of(sort, "90%").locator(".ck-piece")).to_have_count(1)
    expect(page.locator(".ck-ghost")).to_have_count(0)


def test_a_click_on_a_card_and_then_on_a_bin_puts_it_there(card):
    _, sort, _ = card(SORT)
    sort.get_by_role("button", name="合同").click()
    expect(sort.get_by_role("button", name="合同")).to_have_attribute("aria-pressed", "true")
    bin_of(sort, "90%").click(position={"x": 20, "y": 70})
    expect(bin_of(sort, "90%").locator(".ck-piece")).to_contain_text("合同")


def test_an_answer_that_is_right_at_once_is_praised_in_a_few_words(card):
    page, number, _ = card(NUMBER)
    number.get_by_label("预测金额").fill("6万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("一次就做对了")


def test_cards_are_sorted_by_keyboard_alone_and_the_focus_stays(card):
    page, sort, _ = card(SORT)
    keys = {"聊得不错": ["3"], "周四见": ["ArrowRight", "ArrowRight"], "合同": ["3"]}
    for _ in range(3):
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.closest('[data-bin]')?.dataset.bin") != "":
            page.keyboard.press("Shift+Tab")  # back to a card that is not placed yet
        text = page.evaluate("document.activeElement.textContent")
        for key in next(keys for name, keys in keys.items() if name in text):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent")[:4] == text[:4]
    expect(bin_of(sort, "90%").locator(".ck-piece")).to_have_count(2)

    tab_to(page, "提交")
    page.keyboard.press("Enter")
    expect(sort.get_by_role("status").last).to_contain_text("对了一部分")
    sort.get_by_role("button", name="聊得不错").focus()
    page.keyboard.press("1")
    tab_to(page, "提交")
    page.keyboard.press("Space")
    expect(sort.get_by_role("status").last).to_contain_text("全对")


def tab_to(page, text):
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith(text):
            return
    raise AssertionError(f"Tab never reaches {text}")


def test_digit_nought_takes_a_card_back_and_escape_lets_go(card):
    page, sort, _ = card(SORT)
    sort.get_by_role("button", name="合同").focus()
    page.keyboard.press("3")
    page.keyboard.press("0")
    expect(bin_of(sort, "还没放的卡片").locator(".ck-piece")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(sort.get_by_role("button", name="合同")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(sort.get_by_role("button", name="合同")).to_have_attribute("aria-pressed", "false")


def test_on_a_phone_a_tap_shows_the_bins_right_at_the_card(card):
    _, sort, _ = card(SORT, 390, touch=True)
    for text, goal in (("聊得不错", "50%"), ("周四见", "50%"), ("合同", "90%")):
        sort.get_by_role("button", name=text).tap()
        piece(sort, text).get_by_role("button", name=goal, exact=True).tap()
        expect(bin_of(sort, goal)).to_contain_text(text)
    sort.get_by_role("button", name="提交").tap()
    expect(sort.get_by_role("status").last).to_contain_text("聊得不错不等于约好了下一次")
    sort.get_by_role("button", name="聊得不错").tap()
    piece(sort, "聊得不错").get_by_role("button", name="25%").tap()
    sort.get_by_role("button", name="提交").tap()
    expect(sort.get_by_role("status").last).to_contain_text("全对")


def test_a_finger_drags_a_card_by_its_grip(card):
    page, sort, _ = card(SORT, 768, touch=True)
    swipe(page, piece(sort, "合同"), bin_of(sort, "90%"))
    expect(bin_of(sort, "90%").locator(".ck-piece")).to_contain_text("合同")


# --- find


def test_rows_are_found_with_the_mouse_wrong_then_right(card):
    _, find, _ = card(FIND)
    find.get_by_text("保持联系").click()  # anywhere in the row
    expect(find.get_by_role("checkbox", name="宏远物流")).to_be_checked()
    expect(find).to_contain_text("选了 1 行")
    find.get_by_role("button", name="提交").click()
    expect(find.get_by_role("status").last).to_contain_text("已经过去的日期不是下一步")
    expect(find).not_to_contain_text("漏了这一行")  # there is a second try to find it
    find.get_by_role("button", name="提交").click()
    expect(find.locator("tr", has_text="漏了这一行")).to_contain_text("不对")
    find.get_by_role("checkbox", name="蓝湾酒店").click()
    find.get_by_role("button", name="提交").click()
    expect(find.get_by_role("status").last).to_contain_text("全对")


def test_rows_are_found_by_keyboard_alone(card):
    page, find, _ = card(FIND)
    find.get_by_role("checkbox").first.focus()
    for name in ("宏远物流", "蓝湾酒店"):
        while name not in page.evaluate("document.activeElement.ariaLabel"):
            page.keyboard.press("ArrowDown")
            if find.get_by_role("checkbox").last.evaluate("box => box.matches(':focus')"):
                break
        while name not in page.evaluate("document.activeElement.ariaLabel"):
            page.keyboard.press("ArrowUp")
        page.keyboard.press("Space")
    tab_to(page, "提交")
    page.keyboard.press("Enter")
    expect(find.get_by_role("status").last).to_contain_text("全对")


def test_on_a_phone_rows_stack_and_a_tap_chooses_one(card):
    page, find, _ = card(FIND, 390, touch=True)
    find.get_by_text("宏远物流").tap()
    find.get_by_text("请总工看样机").tap()
    assert page.evaluate("document.documentElement.scrollWidth") == 390  # nothing is cut off
    find.get_by_role("button", name="提交").tap()
    expect(find.get_by_role("status").last).to_contain_text("全对")


# --- number


def test_a_number_is_typed_wrong_then_right_with_enter(card):
    page, number, _ = card(NUMBER)
    number.get_by_label("预测金额").fill("12万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("这是全额，忘了乘成交率")
    expect(number.get_by_label("预测金额")).to_have_attribute("aria-invalid", "true")
    number.get_by_label("预测金额").fill("6万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("全对")
    expect(number.get_by_label("预测金额")).to_be_focused()


def test_a_number_that_cannot_be_read_says_what_was_expected(card):
    page, number, _ = card(NUMBER)
    number.get_by_label("预测金额").fill("约3万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("“约3万”不是一个数")
    expect(number.get_by_role("status").last).not_to_contain_text("分（")


def test_a_number_is_typed_on_a_phone(card):
    _, number, _ = card(NUMBER, 390, touch=True)
    field = number.get_by_label("预测金额")
    assert field.get_attribute("inputmode") == "decimal"
    field.tap()
    field.press_sequentially("60000")
    number.get_by_role("button", name="提交").tap()
    expect(number.get_by_role("status").last).to_contain_text("全对")


# --- what all cards share


def test_an_empty_answer_is_no_attempt(card):
    _, number, _ = card(NUMBER)
    number.get_by_role("button", name="提交").click()
    expect(number.get_by_role("status").last).to_contain_text("还没有填数")


def test_hints_come_one_by_one_and_end(card):
    _, sort, _ = card(SORT)
    sort.get_by_role("button", name="给点提示（2）").click()
    expect(sort).to_contain_text("提示 1 先找日期。")
    sort.get_by_role("button", name="给点提示（1）").click()
    expect(sort).to_contain_text("提示 2 再看对方点没点头。")
    expect(sort.get_by_role("button", name="提示看完了")).to_have_attribute("aria-disabled", "true")


def test_another_draw_empties_the_card_and_takes_the_focus_to_the_question(card):
    page, number, _ = card(NUMBER)
    number.get_by_label("预测金额").fill("6万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("全对")
    number.get_by_role("button", name="重做一遍").click()  # nothing varies in this one
    expect(number.get_by_label("预测金额")).to_have_value("")
    expect(number.get_by_role("status").last).to_be_empty()
    expect(number.locator(".ck-prompt")).to_be_focused()


def test_a_guess_is_noted_and_not_marked(card):
    page, number, _ = card(NUMBER, guess=True)
    number.get_by_label("预测金额").fill("1万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("数据会告诉你")
    expect(number).not_to_contain_text("12万 × 50%")
    expect(number.get_by_role("button", name="重做一遍")).to_be_hidden()
    expect(number).not_to_contain_text("误差")  # nothing is marked


def test_how_sure_is_asked_where_the_course_wants_it(card):
    _, number, served = card(NUMBER, certainty="true")
    number.get_by_label("预测金额").fill("6万")
    number.get_by_label("很有把握").check()
    number.get_by_role("button", name="提交").click()
    expect(number.get_by_role("status").last).to_contain_text("全对")
    assert served.messages[-1]["certainty"] == 3


def test_an_answer_is_back_after_the_page_is_loaded_anew(card):
    page, number, _ = card(NUMBER)
    number.get_by_label("预测金额").fill("12万")
    page.keyboard.press("Enter")
    expect(number.get_by_role("status").last).to_contain_text("忘了乘成交率")
    page.reload()
    expect(number.get_by_label("预测金额")).to_have_value("12万")
    expect(number.get_by_role("status").last).to_contain_text("忘了乘成交率")


def test_no_mark_is_shown_before_the_answer_is_on_disk(card, desk):
    page, number, served = card(NUMBER)
    page.clock.install()
    served.silent = True
    number.get_by_label("预测金额").fill("6万")
    page.keyboard.press("Enter")
    page.clock.run_for(7_000)
    expect(number.get_by_role("status").last).to_contain_text("还没有保存")
    expect(number.get_by_role("status").last).not_to_contain_text("全对")
    served.silent = False
    page.clock.run_for(7_000)
    expect(number.get_by_role("status").last).to_contain_text("全对")
    page.troubles.clear()  # the lost posts


def test_a_lost_reply_counts_one_attempt(card, desk):
    page, number, served = card(NUMBER)
    page.clock.install()
    served.deaf = True
    number.get_by_label("预测金额").fill("12万")
    page.keyboard.press("Enter")
    for _ in range(4):
        page.clock.run_for(7_000)
    expect(number.get_by_role("button", name="再试一次")).to_be_visible()
    expect(number.get_by_role("status").last).to_contain_text("没有保存上")
    served.deaf = False
    number.get_by_role("button", name="再试一次").click()
    expect(number.get_by_role("status").last).to_contain_text("忘了乘成交率")
    page.troubles.clear()
    tokens = {message["token"] for message in served.messages}
    assert len(served.messages) >= 5
    assert len(tokens) == 1
    attempts = [e for e in desk().journal.events() if e["event"] == "attempt"]
    assert [attempt["raw"] for attempt in attempts] == [{"total": "12万"}]


def test_texts_of_an_exercise_are_text(desk, plain_page, window):
    served = desk()
    bank = served.course.folder / "exercises" / "drill.yaml"
    evil = "<img src=x onerror=alert(1)></script><b>周四</b>见采购总监谈条款"
    text = bank.read_text("utf-8").replace("周四见采购总监谈条款", evil)
    bank.write_text(text, encoding="utf-8")
    page = window()
    page.goto(plain_page(served, [SORT]).url)
    expect(page.locator(".ck")).to_contain_text(evil)
    assert page.locator(".ck img").count() == 0


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_targets_are_large_texts_are_readable_and_nothing_is_cut_off(
    desk, plain_page, window, width
):
    page = window(width, touch=width < 500)
    page.goto(plain_page(desk(), [SORT, FIND, NUMBER]).url)
    page.locator(".ck").last.wait_for()
    page.get_by_role("button", name="提交").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".ck button, .ck input:not([type=checkbox])")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.9)
            .map((node) => node.outerHTML)"""
    )
    assert small == []
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".ck *")]
            .filter((node) => node.offsetParent
                && [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
            .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.textContent])"""
    )
    assert min(sizes)[0] >= (16 if width < 500 else 13), min(sizes)


def test_every_text_has_contrast(desk, plain_page, window):
    page = window()
    page.goto(plain_page(desk(certainty="true"), [SORT, FIND, NUMBER]).url)
    page.get_by_role("button", name="提示").first.click()
    for button in page.get_by_role("button", name="提交").all():
        button.click()
    piece(page, "合同").click()
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_text("还没有填数")).to_be_visible()
    assert page.evaluate(POOR_CONTRAST) == []


POOR_CONTRAST = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished));
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll(".ck *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || !node.offsetParent || node.closest("[aria-hidden=true]")) continue;
    const two = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.textContent}`);
  }
  return poor;
}"""


def test_an_english_course_has_english_cards(card):
    page, number, _ = card(NUMBER, lang="en")
    number.get_by_label("Forecast").fill("120,000")
    number.get_by_role("button", name="Submit").click()
    expect(number.get_by_role("status").last).to_contain_text("the win rate is forgotten")
    shown = page.evaluate("document.querySelector('.ck').innerText")
    assert not re.search(r"[一-鿿]", shown)


def test_keys_pressed_in_a_card_reach_nobody_else(card):
    page, sort, _ = card(SORT)
    page.evaluate("document.addEventListener('keydown', (event) => (window.heard = event.key))")
    sort.get_by_role("button", name="合同").focus()
    page.keyboard.press("d")
    assert page.evaluate("window.heard") is None
    assert page.locator("[data-lm-suppress-shortcuts]").count() == 1
