"""Forms on a plain page: typing, rows, what is missing, drafts; keyboard, touch, three widths."""

import pytest
from playwright.sync_api import expect

STEP, SELF_TEST = "drill.1/one-step", "funnel.1.1/ten-problems"


@pytest.fixture
def card(desk, plain_page, window):
    """``card(id, width=1280, touch=False, lang="zh")``: the page, its card and its server."""

    def show(exercise=STEP, width=1280, touch=False, lang="zh"):
        served = plain_page(desk(lang), [exercise], lang=lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck"), served

    return show


def line(card, place):
    return card.locator(f"[data-place='{place}']")


def field(card, place):
    return card.locator(f"[name='{place}']")


def status(card):
    return card.locator(".ck-status")


def fill(card, **steps):
    card.get_by_label("客户").fill("春和百货")
    card.get_by_role("radio", name="50%").check()
    for place, text in {
        "what": "和王经理过付款条款",
        "day": "3月5日",
        "share": "100%",
        **steps,
    }.items():
        field(card, f"steps.1.{place}").fill(text)


def test_what_is_missing_is_said_where_it_is_missing_then_all_is_there(card):
    _, form, _ = card()
    fill(form, what="继续跟进", day="3月1日", share="60%")
    form.get_by_role("button", name="提交").click()
    expect(status(form)).to_contain_text("还差一些")
    expect(status(form)).to_contain_text("11 条要求做到了 8 条")
    expect(line(form, "steps.1.what")).to_contain_text("这是客气话，不是下一步")
    expect(line(form, "steps.1.day")).to_contain_text("要在 2026年3月2日 或之后")
    expect(form.locator(".ck-tests")).to_contain_text("合计 60%，要不少于 100%")
    expect(field(form, "steps.1.day")).to_have_attribute("aria-invalid", "true")

    fill(form)
    expect(line(form, "steps.1.what").locator(".ck-mark")).to_have_count(0)  # changed, not marked
    form.get_by_role("button", name="提交").click()
    expect(status(form)).to_contain_text("要求都做到了")
    expect(status(form)).to_contain_text("已经留给培训师")
    expect(form.locator(".ck-rubric")).to_contain_text("下一步是客户也答应的吗？")


def test_an_example_can_be_opened_after_an_answer_and_not_before(card):
    _, form, _ = card()
    assert "过付款条款" not in form.inner_html()
    form.get_by_label("客户").fill("春和百货")
    form.get_by_role("button", name="提交").click()
    form.get_by_text("看一份合格的").click()
    expect(form.locator(".ck-example")).to_contain_text("和王经理过付款条款")


def test_a_date_that_cannot_be_read_costs_nothing_and_stays(card):
    _, form, _ = card()
    fill(form, day="下周三吧，上午")
    form.get_by_role("button", name="提交").click()
    expect(status(form)).to_contain_text("有 1 格读不出来")
    expect(line(form, "steps.1.day")).to_contain_text("“下周三吧，上午”读不成日期")
    expect(field(form, "steps.1.day")).to_have_value("下周三吧，上午")


def test_rows_are_added_and_taken_away(card):
    page, form, _ = card()
    fill(form)
    form.get_by_role("button", name="加一行").click()
    expect(field(form, "steps.2.what")).to_be_focused()
    page.keyboard.type("请总工看样机")
    form.get_by_role("button", name="加一行").click()
    expect(form.get_by_role("button", name="加一行")).to_be_hidden()  # three are the most
    form.get_by_role("button", name="删掉第 1 行").click()
    expect(field(form, "steps.1.what")).to_have_value("请总工看样机")
    expect(form.locator(".ck-row")).to_have_count(2)


def test_a_draft_is_there_after_the_page_was_left_and_no_attempt_was_used(card, desk):
    page, form, _ = card()
    fill(form, day="还没想好")
    form.get_by_role("button", name="加一行").click()
    field(form, "steps.2.what").fill("<b>第二步</b>")
    expect(form.locator(".ck-draft")).to_contain_text("草稿已保存")
    page.reload()
    expect(field(form, "steps.1.day")).to_have_value("还没想好")
    expect(field(form, "steps.2.what")).to_have_value("<b>第二步</b>")
    expect(form.get_by_role("radio", name="50%")).to_be_checked()
    expect(status(form)).to_be_empty()
    events = [event["event"] for event in desk().journal.events()]
    assert events == ["issued"]


def test_a_draft_that_is_not_on_disk_is_not_called_saved(card):
    page, form, served = card()
    page.clock.install()
    served.silent = True
    form.get_by_label("客户").fill("春和百货")
    page.clock.run_for(8_000)
    expect(form.locator(".ck-draft")).to_contain_text("草稿还没有存上")
    page.troubles.clear()


def test_a_form_is_filled_by_keyboard_alone(card):
    page, form, _ = card()
    form.get_by_label("客户").focus()
    for keys in ("春和百货", None, "12万", "预算批了，总监点了头", "过付款条款", "3月5日", "100%"):
        if keys is None:
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            expect(form.get_by_role("radio", name="50%")).to_be_checked()
        else:
            page.keyboard.type(keys)
        page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != "提交":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status(form)).to_contain_text("要求都做到了")


def test_a_form_is_filled_on_a_phone(card):
    page, form, _ = card(width=390, touch=True)
    form.get_by_text("50%").tap()
    fill(form)
    form.get_by_role("button", name="提交").tap()
    expect(status(form)).to_contain_text("要求都做到了")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_self_test_gives_its_sum_its_band_and_what_to_measure(card):
    _, form, _ = card(SELF_TEST)
    form.get_by_role("button", name="提交").click()
    expect(status(form)).to_contain_text("还没有作答")
    groups = form.get_by_role("group")
    for at in range(10):
        groups.nth(at).get_by_role("radio", name="经常" if at < 2 else "很少").check()
    form.get_by_role("button", name="提交").click()
    expect(status(form)).to_contain_text("合计 4 分，最高 20 分")
    expect(status(form)).to_contain_text("底子不错")
    expect(line(form, "initiative")).to_contain_text("四周里约到新客户的人")
    expect(line(form, "plan").locator(".ck-mark")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("exercise", [STEP, SELF_TEST, "funnel.3.1/five-deals"])
def test_targets_are_large_and_nothing_is_cut_off(card, exercise, width):
    page, form, _ = card(exercise, width, touch=width < 500)
    form.get_by_role("button", name="提交").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(
              ".ck button, .ck input[type=text], .ck select, .ck textarea, .ck-radios label")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.9)
            .map((node) => node.outerHTML)"""
    )
    assert small == []


def test_every_control_has_a_name(card):
    page, _, _ = card("funnel.3.1/five-deals")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll(".ck :is(input[type=text], select, textarea)")]
            .filter((node) => !node.labels.length || !node.labels[0].textContent.trim())
            .map((node) => node.name)"""
    )
    assert nameless == []


def test_an_english_form_has_no_chinese_in_it(card):
    page, form, _ = card(lang="en")
    form.get_by_label("Customer").fill("Spring Store")
    form.get_by_role("button", name="Submit").click()
    expect(status(form)).to_contain_text("requirements are met")
    shown = page.evaluate("document.querySelector('.ck').innerText")
    assert not [sign for sign in shown if "一" <= sign <= "鿿"]
