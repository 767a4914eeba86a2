"""A talk on a plain page: mouse, keyboard, touch; what is shown during it and after it."""

import pytest
from playwright.sync_api import expect

CALL = "drill.1/short-call"
BEST = (
    "何大夫让我找您",
    "断奶后最愁什么",
    "拉多少天才停",
    "我来看二十分钟",
    "周四十点行不行",
    "周三我跟您核一下",
)


@pytest.fixture
def card(desk, plain_page, window):
    """``card(width=1280, touch=False, lang="zh")``: the page, its card and its server."""

    def show(exercise=CALL, width=1280, touch=False, lang="zh"):
        served = plain_page(desk(lang), [exercise], lang=lang)
        page = window(width, touch)
        page.goto(served.url)
        return page, page.locator(".ck"), served

    return show


def line(card, text):
    return card.get_by_role("button", name=text)


def status(card):
    return card.locator(".ck-status")


def test_the_best_lines_get_the_meeting_and_the_talk_is_shown_again(card):
    _, talk, _ = card()
    for text in BEST:
        line(talk, text).click()
        expect(talk.get_by_role("log")).to_contain_text(text)
    expect(status(talk)).to_contain_text("句句说在点子上")
    expect(status(talk)).to_contain_text("约成了")
    expect(status(talk)).to_contain_text("6 句里，6 句说在点子上")
    expect(talk.locator(".ck-ending")).to_have_text("谈成了")
    expect(talk.locator(".ck-replay li")).to_have_count(6)
    expect(talk.locator(".ck-better")).to_have_count(0)


def test_a_talk_that_breaks_down_says_the_better_line_and_why(card):
    _, talk, _ = card()
    line(talk, "买料吗").click()
    expect(talk.get_by_role("log")).to_contain_text("不买。")
    expect(talk.locator(".ck-meters")).to_contain_text("1 / 4")
    expect(talk.locator(".ck-meters")).to_contain_text("−1")
    line(talk, "介绍公司").click()
    expect(status(talk)).to_contain_text("这次没谈成")
    expect(talk.locator(".ck-ending")).to_have_text("谈崩了")
    first = talk.locator(".ck-replay li").first
    expect(first).to_contain_text("他不认识你")
    expect(first.locator(".ck-better")).to_contain_text("何大夫让我找您")
    expect(first.locator(".ck-better")).to_contain_text("有人介绍")
    expect(talk.locator(".ck-say")).to_have_count(0)


def test_nothing_is_said_of_points_while_the_talk_goes_on(card):
    _, talk, _ = card()
    line(talk, "买料吗").click()
    expect(talk.get_by_role("log")).to_contain_text("什么事？")
    html = talk.inner_html()
    assert "有人介绍" not in html
    assert "他不认识你" not in html


def test_a_talk_is_led_by_number_keys_alone(card):
    page, talk, _ = card()
    page.keyboard.press("Tab")  # into the card
    while talk.locator(".ck-say").count():
        n = talk.locator(".ck-said[data-who=you]").count()
        texts = talk.locator(".ck-say").all_inner_texts()
        wanted = next(at for at, text in enumerate(texts) if any(best in text for best in BEST))
        talk.locator(".ck-log").focus() if n == 0 else None
        page.keyboard.press(str(wanted + 1))
        expect(talk.locator(".ck-said[data-who=you]")).to_have_count(n + 1)
    expect(status(talk)).to_contain_text("句句说在点子上")
    expect(talk.get_by_role("heading", name="从头看一遍")).to_be_focused()


def test_after_a_line_the_focus_waits_at_the_question(card):
    page, talk, _ = card()
    line(talk, "何大夫让我找您").focus()
    page.keyboard.press("Enter")
    expect(talk.get_by_role("heading", name="你怎么接？（第 2 句）")).to_be_focused()
    page.keyboard.press("Tab")
    expect(talk.locator(".ck-say").first).to_be_focused()


def test_a_talk_goes_on_after_the_page_was_left_and_can_be_held_again(card, desk):
    page, talk, _ = card()
    line(talk, "何大夫让我找您").click()
    expect(talk.get_by_role("log")).to_contain_text("什么事？")
    page.reload()
    expect(talk.get_by_role("log")).to_contain_text("什么事？")
    talk.get_by_role("button", name="再谈一次").click()
    expect(talk.get_by_role("log")).not_to_contain_text("什么事？")
    line(talk, "买料吗").click()
    line(talk, "介绍公司").click()
    expect(status(talk)).to_contain_text("他挂了")
    events = [event["event"] for event in desk().journal.events()]
    assert events == ["issued", *["turn"] * 4, "attempt"]


def test_a_talk_is_led_on_a_phone(card):
    page, talk, _ = card(width=390, touch=True)
    for text in BEST:
        line(talk, text).tap()
        expect(talk.get_by_role("log")).to_contain_text(text)
    expect(status(talk)).to_contain_text("约成了")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("exercise", ["funnel.2.6/first-call", "funnel.3.4/review-talk"])
def test_a_shipped_talk_fits_every_width(card, exercise, width):
    page, talk, _ = card(exercise, width, touch=width < 500)
    for number in range(9):
        if not talk.locator(".ck-say").count():
            break
        talk.locator(".ck-say").nth(number % 3).click()
        expect(talk.locator(".ck-said[data-who=you]")).to_have_count(number + 1)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".ck button")]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.9)
            .map((node) => node.outerHTML)"""
    )
    assert small == []


def test_what_is_said_is_added_and_nothing_is_read_twice(card):
    page, talk, _ = card()
    page.evaluate("document.querySelector('.ck-log').children[0].dataset.kept = 'yes'")
    line(talk, "何大夫让我找您").click()
    expect(talk.get_by_role("log")).to_contain_text("什么事？")
    assert page.evaluate("document.querySelector('.ck-log').children[0].dataset.kept") == "yes"
