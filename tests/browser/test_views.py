"""What every view survives, with a model in place of Python."""

import pytest
from playwright.sync_api import expect

from coursekit.practice import views
from coursekit.practice.kinds import KINDS, kind_of

MOUNT = """async ([text, values]) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const view = (await import(address)).default;
  const listeners = {};
  window.sent = [];
  window.model = {
    get: (name) => values[name],
    set(name, value) {
      values[name] = value;
      for (const listener of [...listeners[`change:${name}`] ?? []]) listener();
    },
    on: (name, listener) => (listeners[name] ??= new Set()).add(listener),
    off: (name, listener) => listeners[name].delete(listener),
    save_changes() {},
    send: (message, _, buffers) => window.sent.push({ ...message, bytes: buffers?.[0].byteLength }),
  };
  window.listening = () => Object.values(listeners).reduce((sum, some) => sum + some.size, 0);
  window.show = () => {
    const el = document.body.appendChild(document.createElement("div"));
    return view.render({ model: window.model, el });
  };
}"""


@pytest.fixture
def mount(window):
    """``mount(kind, **values)``: a page that has the view's module and a model of these values."""

    def open_view(kind, width=1280, **values):
        page = window(width)
        page.set_content(f"<style>{views.stylesheet()}</style>")
        page.evaluate(MOUNT, [views.module(kind), values])
        return page

    return open_view


@pytest.fixture
def opened(desk):
    """The number card as a desk gives it."""
    return desk().open("drill.1/expected")


def test_a_question_may_come_after_the_view(mount, opened):
    page = mount("number", public=None, state=None, answer=None)
    page.evaluate("window.show(), 0")
    expect(page.locator(".ck")).to_have_count(0)
    page.evaluate(
        "(card) => { model.set('state', card.state); model.set('public', card.public) }", opened
    )
    expect(page.get_by_label("预测金额")).to_be_visible()


def test_two_views_of_one_card_show_the_same(mount, opened):
    page = mount("number", **opened, answer=None)
    page.evaluate("window.show(), window.show(), 0")
    page.get_by_label("预测金额").first.fill("3万")
    expect(page.get_by_label("预测金额").last).to_have_value("3万")
    state = {**opened["state"], "answer": {"total": "3万"}, "outcome": "wrong", "score": 0}
    page.evaluate("(state) => model.set('state', state)", state)
    assert page.get_by_text("还不对").count() == 2


@pytest.mark.parametrize(
    "kind", ["sort", "find", "number", "allocate", "simulation", "form", "dialogue"]
)
def test_a_view_that_is_closed_listens_no_more(mount, desk, kind):
    names = {"sort": "which-class", "find": "no-next-step", "number": "expected"}
    names |= {"allocate": "hours", "simulation": "flight"}
    name = (names | {"form": "one-step", "dialogue": "short-call"})[kind]
    page = mount(kind, **desk().open(f"drill.1/{name}"), answer=None)
    page.evaluate("window.close_view = window.show(), 0")
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.close_view()")
    assert page.evaluate("window.listening()") == 0
    expect(page.locator(".ck")).to_have_count(0)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_that_failed_is_shown_and_can_be_changed(mount, opened, kind):
    public = {**opened["public"], "kind": kind, "prompt": "坏了", "hints_total": 0, "varies": True}
    empty = kind_of(kind).EMPTY
    page = mount(kind, public={**public, **empty}, state=opened["state"], answer=None)
    page.evaluate("window.show(), 0")
    page.get_by_role("button", name="换一").click()
    assert page.evaluate("sent[0].type") == "another"


def test_a_click_while_an_answer_is_on_its_way_sends_nothing_more(mount, opened):
    page = mount("number", **opened, answer={"total": "6万"})
    page.evaluate("window.show(), 0")
    for _ in range(3):
        page.locator(".ck-button").first.dispatch_event("click")
    assert page.evaluate("sent.length") == 1
    assert page.evaluate("sent[0].draw") == 1
    expect(page.locator(".ck-button").first).to_have_text("正在保存……")


def test_an_answer_for_somebody_else_marks_nothing_as_saved(mount, opened):
    page = mount("number", **opened, answer={"total": "6万"})
    page.evaluate("window.show(), 0")
    page.locator(".ck-button").first.click()
    page.evaluate("(state) => model.set('state', {...state, reply: 'other'})", opened["state"])
    expect(page.locator(".ck-button").first).to_have_text("正在保存……")
    page.evaluate(
        "(state) => model.set('state', {...state, reply: sent[0].token})", opened["state"]
    )
    expect(page.locator(".ck-button").first).to_have_text("提交")


def slider(mount, **more):
    drawn = {"image": "", "alt": "期望 2 单", "at": {"rate": 1}}
    texts = ["10%", "20%", "30%", "40%"]
    ranges = [{"name": "rate", "label": "赢单率", "texts": texts, "at": 1}]
    page = mount("slider", words=views.words("zh"), ranges=ranges, drawn=drawn, **more)
    page.clock.install()
    page.evaluate("window.show(), 0")
    return page, drawn


def test_a_slider_is_dragged_by_keyboard_and_says_its_value(mount):
    page, _ = slider(mount)
    handle = page.get_by_role("slider", name="赢单率")
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuetext", "40%")
    page.clock.run_for(1_000)
    assert page.evaluate("sent.map(({ type, at }) => [type, at])") == [["move", {"rate": 3}]]


def test_a_slider_asks_for_the_last_value_when_the_figure_comes_late(mount):
    page, drawn = slider(mount)
    page.get_by_role("slider").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.clock.run_for(1_000)
    assert page.evaluate("sent.length") == 1
    page.evaluate("(drawn) => model.set('drawn', drawn)", {**drawn, "at": {"rate": 2}})
    assert page.evaluate("sent[1].at") == {"rate": 3}
    page.evaluate("(drawn) => model.set('drawn', drawn)", {**drawn, "alt": "期望 4 单"})
    expect(page.get_by_role("img", name="期望 4 单")).to_have_count(1)
    page.troubles.clear()  # the empty picture


def upload(mount):
    words = {**views.words("zh"), "own_limit": "最大 1 MB"}
    page = mount("upload", words=words, limit_bytes=1000, result={})
    page.evaluate("window.show(), 0")
    return page


def test_a_file_that_is_too_large_is_never_sent(mount):
    page = upload(mount)
    file = {"name": "大.csv", "mimeType": "text/csv", "buffer": b"x" * 1001}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".ck-own")).to_contain_text("太大了")
    assert page.evaluate("sent") == []


def test_a_file_goes_to_python_and_its_problems_come_back_as_text(mount):
    page = upload(mount)
    file = {"name": "<b>.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_function("sent.length === 1")
    assert page.evaluate("sent[0].bytes") == 8
    said = [{"tone": "info", "text": "第 2 行“<b>x</b>”"}]
    page.evaluate("(says) => model.set('result', { reply: sent[0].token, says })", said)
    expect(page.locator(".ck-own")).to_contain_text("第 2 行“<b>x</b>”")
    expect(page.locator(".ck-own")).to_contain_text("<b>.csv")
