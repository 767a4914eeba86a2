"""The verbs of a lesson, home, and what they refuse to let through."""

import base64
import io
import json
import subprocess
import sys

import pytest
from matplotlib.figure import Figure
from PIL import Image

from coursekit import funnel, markdown, notebook
from coursekit.practice import home
from coursekit.practice.journal import Journal

BANK = """
- id: drill.1/double
  version: 1
  kind: number
  minutes: 3
  fields: {total: number}
  key: {total: 6}
  zh: {prompt: "三的两倍是多少？<b>*", fields: {total: 结果}, why: 3 × 2 = 6。}
  en: {prompt: "Twice three? <b>*", fields: {total: Result}, why: 3 × 2 = 6.}
"""


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, as (data, metadata) or objects."""
    displayed = []

    def display(item, metadata=None, raw=False):
        displayed.append((item, metadata) if raw else item)

    monkeypatch.setattr(notebook, "display", display)
    return displayed


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with one exercise, as working folder; returns a function that sets it up."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "drill.yaml").write_text(BANK, encoding="utf-8")

    def settle(lang="zh"):
        (tmp_path / "course.toml").write_text(f'id = "t"\nlang = "{lang}"\n', encoding="utf-8")
        return tmp_path

    settle()
    return settle


def page(folder, name, asked=(), **about):
    cells = [{"cell_type": "code", "source": [f'ask("{one}")\n' for one in asked]}]
    text = json.dumps({"metadata": {"coursekit": about}, "cells": cells})
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def figure():
    made = Figure(figsize=(2, 1))
    made.add_subplot().plot([1, 2])
    return made


# --- say


def test_say_speaks_the_language_of_the_course(course, shown):
    course("en")
    assert notebook.say(zh="还剩 {left:万}", en="{left:money} left", left=12_000) is None
    [(data, _)] = shown
    assert data["text/plain"] == "12,000 left"


@pytest.mark.parametrize(
    "name",
    [
        "**Bold** [link](http://example.com) `code`",
        "<script>alert(1)</script>",
        "a\n\n# Heading\n\n- item",
        "www.example.com me@example.com",
        "1. one",
        "![x](y) | a | b |",
        "&amp; &#60;b&#62; \\*",
    ],
)
def test_a_name_in_a_sentence_stays_a_name(course, shown, name):
    import mistune

    notebook.say(zh="看“{name}”。", en="", name=name)
    [(data, _)] = shown
    plugins = ["table", "strikethrough", "url"]
    html = mistune.create_markdown(escape=False, plugins=plugins)(data["text/markdown"])
    text = html.removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in text  # one paragraph, no element inside
    from html import unescape

    assert unescape(text) == f"看“{' '.join(name.split())}”。"


def test_a_dollar_in_a_name_begins_no_formula():
    assert "$" not in markdown.literal("$x$ and $y$")
    assert "mathjax_ignore" in markdown.literal("$")


def test_numbers_stay_readable_in_the_source():
    assert markdown.literal("1.2万, 12,000 (35%)") == "1.2万, 12,000 &#40;35%&#41;"


# --- show


def test_a_figure_is_shown_once_with_its_sentence(course, shown):
    notebook.show(figure(), {"zh": "共 {n} 家", "en": "{n} in all", "n": 14})
    (data, metadata), (beside, _) = shown
    assert data["text/plain"] == "共 14 家"
    assert metadata == {"image/png": {"alt": "共 14 家"}}
    assert Image.open(io.BytesIO(data["image/png"])).size == (200, 100)
    assert "text/html" not in data  # nbval would compare the bytes of a picture in it
    assert "共 14 家" in beside["text/html"]


def test_the_sentence_of_a_figure_may_be_a_code_of_the_glossary(course, shown):
    axes = figure().axes[0]
    notebook.show(axes, {"alt": "page.exercise", "n": 2, "minutes": 5})
    assert shown[0][0]["text/plain"] == "第 2 题 · 5 分钟"


def test_a_figure_made_with_pyplot_is_closed(course, shown):
    from matplotlib import pyplot

    notebook.show(pyplot.figure(), {"zh": "空", "en": "empty"})
    assert pyplot.get_fignums() == []


def test_a_sentence_beside_a_figure_is_text(course, shown):
    notebook.show(figure(), {"zh": "{name}", "en": "", "name": "<img src=x>"})
    assert "<img" not in shown[1][0]["text/html"]


# --- ask, guess


def test_a_card_shows_its_question_where_no_kernel_runs(course, shown):
    assert notebook.ask("drill.1/double") is None
    [card] = shown
    data, _ = card._repr_mimebundle_()
    assert data["text/plain"] == "Card('drill.1/double')"  # the same at every run
    assert "三的两倍是多少？&#60;b&#62;&#42;" in data["text/markdown"]


def test_a_card_marks_and_says_that_it_answers_this_message(course, shown):
    notebook.ask("drill.1/double")
    [card] = shown
    card._take({"type": "submit", "answer": {"total": "6"}, "token": "one", "draw": 1}, [])
    assert (card.state["outcome"], card.state["reply"]) == ("right", "one")


def test_the_same_message_twice_is_one_attempt(course, shown):
    notebook.ask("drill.1/double")
    for _ in range(2):
        shown[0]._take({"type": "submit", "answer": {"total": "5"}, "token": "one"}, [])
    assert shown[0].state["attempts"] == 1


def test_another_asked_twice_by_one_message_is_one_draw(course, shown):
    notebook.ask("drill.1/double")
    for _ in range(2):
        shown[0]._take({"type": "another", "token": "one"}, [])
    assert shown[0].public["draw"] == 2


@pytest.mark.parametrize(
    "message",
    [None, [], "submit", {}, {"type": "submit"}, {"type": "x", "token": "t"}, {"token": 1}],
)
def test_what_is_no_message_changes_nothing(course, shown, message):
    notebook.ask("drill.1/double")
    before = shown[0].state
    shown[0]._take(message, [])
    assert shown[0].state == before


def test_a_guess_is_kept_and_not_marked(course, shown):
    notebook.guess("drill.1/double")
    [card] = shown
    card._take({"type": "submit", "answer": {"total": "99"}, "token": "one"}, [])
    assert card.public["guess"] is True
    assert card.state["outcome"] == "recorded"
    assert card.state["score"] is None
    assert card.state["why"] == []


def test_an_answer_is_there_when_the_cell_runs_again(course, shown):
    notebook.ask("drill.1/double")
    shown[0]._take({"type": "submit", "answer": {"total": "5"}, "token": "one"}, [])
    notebook.ask("drill.1/double")
    assert shown[1].state["answer"] == {"total": "5"}
    assert shown[1].state["outcome"] == "wrong"


def test_an_exercise_that_does_not_exist_is_a_sentence_that_names_the_page(
    course, shown, monkeypatch
):
    monkeypatch.setenv("JPY_SESSION_NAME", "lessons/funnel_2.ipynb")
    notebook.ask("drill.1/tripel")
    [(data, _)] = shown
    assert "drill.1/tripel" in data["text/plain"]
    assert "funnel_2.ipynb" in data["text/plain"]


def test_a_mistake_made_in_the_bank_under_an_open_card_is_told_on_the_card(course, shown):
    notebook.ask("drill.1/double")
    folder = course()
    (folder / "exercises" / "drill.yaml").write_text("- id: [", encoding="utf-8")
    shown[0]._take({"type": "submit", "answer": {"total": "6"}, "token": "one"}, [])
    assert shown[0].state["outcome"] == "error"
    assert "drill.yaml" in shown[0].state["says"][0]["text"]


# --- slider


RATE = {"zh": "赢单率", "en": "Win rate", "low": 0.05, "high": 0.2, "step": 0.05, "start": 0.1}


def drawn_with(calls):
    def draw(rate):
        calls.append(rate)
        return figure(), {"zh": "赢单率 {rate:percent}", "en": "at {rate:percent}", "rate": rate}

    return draw


def test_a_slider_has_its_first_figure_without_a_browser(course, shown):
    notebook.slider(drawn_with([]), rate={**RATE, "form": "percent"})
    data, _ = shown[0]._repr_mimebundle_()
    assert data["text/plain"] == "赢单率 10%"
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert shown[0].ranges[0]["texts"] == ["5%", "10%", "15%", "20%"]


def test_a_slider_draws_the_value_it_is_dragged_to(course, shown):
    calls = []
    notebook.slider(drawn_with(calls), rate=RATE)
    shown[0]._take({"type": "move", "at": {"rate": 2}}, [])
    assert calls == [0.1, 0.15]
    assert shown[0].drawn["alt"] == "赢单率 15%"


@pytest.mark.parametrize("at", [None, {}, {"rate": 4}, {"rate": -1}, {"rate": "1"}, {"rate": True}])
def test_a_slider_draws_no_value_outside_its_range(course, shown, at):
    calls = []
    notebook.slider(drawn_with(calls), rate=RATE)
    shown[0]._take({"type": "move", "at": at}, [])
    assert calls == [0.1]


def test_a_value_that_cannot_be_drawn_leaves_the_last_figure(course, shown):
    def draw(rate):
        return figure(), {"zh": "{x:n}", "en": "", "x": 1 / (0.15 - rate)}

    notebook.slider(draw, rate=RATE)
    shown[0]._take({"type": "move", "at": {"rate": 2}}, [])
    assert "ZeroDivisionError" in shown[0].drawn["fault"]
    shown[0]._take({"type": "move", "at": {"rate": 1}}, [])
    assert "fault" not in shown[0].drawn


# --- own


def own_of(shown, name, content):
    notebook.own(
        "deals", lambda table: (figure(), {"zh": "{n}", "en": "{n}", "n": len(table.frame)})
    )
    shown[-1]._take({"type": "file", "name": name, "token": "one"}, [memoryview(content)])
    return shown[-1].result


def test_ones_own_file_gives_its_problems_and_the_figure(course, shown):
    text = "客户,阶段,金额\n春和,50%,12万\n宏远,50%,很多\n"
    result = own_of(shown, "我的表.csv", text.encode())
    said = " ".join(say["text"] for say in result["says"])
    assert "读到 2 行" in said
    assert "很多" in said
    assert result["alt"] == "2"
    assert base64.b64decode(result["image"]).startswith(b"\x89PNG")
    assert result["reply"] == "one"


def test_a_rule_whose_column_ones_own_file_lacks_is_told(course, shown):
    def draw(table):
        off = funnel.rules_off(table.frame, funnel.Ladder.load(), strict=True)
        return figure(), {"zh": "", "en": "", "unchecked": off}

    notebook.own("deals", draw)
    content = "客户,阶段,金额\n春和,50%,12万\n".encode()
    shown[0]._take({"type": "file", "name": "x.csv", "token": "one"}, [content])
    said = [say["text"] for say in shown[0].result["says"]]
    assert "下一步规则：表里没有这一列，没法查。" in said
    assert not [text for text in said if text.startswith("金额")]


def test_a_file_that_cannot_be_read_is_named_as_its_owner_named_it(course, shown):
    result = own_of(shown, "我的表.xlsx", b"")
    assert result["says"][0]["text"].startswith("我的表.xlsx")
    assert "image" not in result


@pytest.mark.parametrize("name", ["../../x.csv", "CON", "a" * 300 + ".csv", "x.csv\0", "", "."])
def test_the_name_of_ones_own_file_is_never_a_path(course, shown, name):
    before = sorted(course().rglob("*"))
    result = own_of(shown, name, "客户,阶段\n春和,50%\n".encode())
    assert result["alt"] == "1"
    assert sorted(course().rglob("*")) == before


def test_a_figure_that_fails_on_ones_own_file_leaves_the_page_alive(course, shown):
    notebook.own("deals", lambda table: 1 / 0)
    content = "客户,阶段\n春和,50%\n".encode()
    shown[0]._take({"type": "file", "name": "x.csv", "token": "one"}, [content])
    assert "ZeroDivisionError" in shown[0].result["says"][0]["text"]


# --- home


def test_home_lists_lessons_in_the_order_of_the_course(course):
    folder = course()
    page(folder, "funnel_10.ipynb", lesson="funnel.10", title="十", minutes=5)
    page(folder, "funnel_2.ipynb", lesson="funnel.2", title="二", minutes=5)
    page(folder, "planning_1.ipynb", lesson="planning.1", title="一", minutes=5)
    page(folder, "home.ipynb", lesson="home", title="首页", minutes=0)
    page(folder, "trainer/funnel_2.ipynb", lesson="funnel.2", title="讲师", minutes=5)
    page(folder, "funnel_2.neu.ipynb", lesson="funnel.2", title="新的二", minutes=5)
    page(folder, "exercises/funnel.ipynb", lesson="funnel", title="练习", minutes=9)
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    found = home.pages(notebook.Course.find())
    assert [one.title for one in found] == ["一", "二", "十", "练习"]


def event(exercise, kind="attempt", outcome="right", **more):
    return {"event": kind, "exercise": exercise, "outcome": outcome, **more}


@pytest.fixture
def two_lessons(course):
    folder = course()
    first, second = ("funnel.1.1/a", "funnel.1.2/b"), ("funnel.2.5/c",)
    page(folder, "funnel_1.ipynb", first, lesson="funnel.1", title="一", minutes=20)
    page(folder, "funnel_2.ipynb", second, lesson="funnel.2", title="二 <b>", minutes=25)
    page(
        folder,
        "exercises/funnel.ipynb",
        [*first[:1], "x/y"],
        lesson="funnel",
        page="exercises",
        title="练",
        minutes=9,
    )
    return notebook.Course.find()


def test_progress_counts_an_exercise_once(two_lessons):
    events = [event("funnel.1.1/a"), event("funnel.1.1/a"), event("funnel.2.5/c", "hint")]
    found = home.standings(two_lessons, events)
    assert [(one.answered, one.n) for one in found] == [(1, 2), (0, 1), (1, 2)]


@pytest.mark.parametrize("outcome", ["recorded", "wrong", "partial"])
def test_a_form_a_talk_and_a_game_count_as_any_answer(two_lessons, outcome):
    found = home.standings(two_lessons, [event("funnel.2.5/c", outcome=outcome)])
    assert found[1].state == "done"


@pytest.mark.parametrize(
    "odd",
    [
        event("funnel.2.5/c", check="pre"),
        event("funnel.2.5/c", outcome="unanswered"),
        event("funnel.2.5/c", outcome="invalid"),
        event("funnel.2.5/c", kind="turn"),
    ],
)
def test_a_check_and_what_is_no_answer_yet_are_no_progress(two_lessons, odd):
    assert [one.answered for one in home.standings(two_lessons, [odd])] == [0, 0, 0]


def test_one_goes_on_in_the_lesson_where_a_talk_was_broken_off(two_lessons):
    events = [event("funnel.1.1/a"), event("funnel.2.5/c", kind="turn")]
    assert home.next_page(home.standings(two_lessons, events), events).lesson == "funnel.2"


def test_a_lesson_that_is_done_is_said_to_be_with_what_was_right_at_once(two_lessons):
    events = [event("funnel.1.1/a", outcome="wrong"), event("funnel.1.1/a")]
    assert "ck-done-word" not in home.rendered(two_lessons, events).partition("</style>")[2]
    shown = home.rendered(two_lessons, [*events, event("funnel.1.2/b")])
    assert "“一”做完了：2 道题都答过，1 道一次就做对。" in shown


def test_a_lesson_done_without_a_hit_is_praised_for_nothing_else(two_lessons):
    shown = home.rendered(two_lessons, [event("funnel.2.5/c", outcome="partial")])
    assert "“二 &lt;b&gt;”做完了：1 道题都答过了。" in shown


@pytest.mark.parametrize(
    ("answered", "lesson"),
    [
        ([], "funnel.1"),
        (["funnel.1.1/a"], "funnel.1"),
        (["funnel.1.1/a", "funnel.1.2/b"], "funnel.2"),
        (["funnel.2.5/c"], "funnel.1"),
        (["funnel.1.1/a", "funnel.1.2/b", "funnel.2.5/c"], "funnel"),
    ],
)
def test_one_goes_on_with_the_lesson_that_is_not_done(two_lessons, answered, lesson):
    events = [event(name) for name in answered]
    found = home.standings(two_lessons, events)
    assert home.next_page(found, events).lesson == lesson


def test_where_all_is_done_nothing_is_left_to_go_on_with(two_lessons):
    events = [event(one) for one in ("funnel.1.1/a", "funnel.1.2/b", "funnel.2.5/c", "x/y")]
    assert home.next_page(home.standings(two_lessons, events), events) is None
    assert 'class="ck-go"' not in home.rendered(two_lessons, events)


def test_titles_on_the_home_page_are_text(two_lessons):
    shown = home.rendered(two_lessons, [])
    assert "二 &lt;b&gt;" in shown
    assert 'href="funnel_2.ipynb"' in shown


def test_home_counts_what_the_journal_holds(course, shown):
    folder = course()
    page(folder, "funnel_2.ipynb", ["funnel.2.5/double"], lesson="funnel.2", title="二", minutes=25)
    (folder / "exercises" / "funnel.yaml").write_text(
        BANK.replace("drill.1", "funnel.2.5"), encoding="utf-8"
    )
    notebook.home()
    notebook.ask("funnel.2.5/double")
    shown[-1]._take({"type": "submit", "answer": {"total": "6"}, "token": "one"}, [])
    notebook.home()
    assert "练习 0 / 1" in shown[1][0]["text/html"]
    assert "练习 1 / 1" in shown[4][0]["text/html"]
    assert len(Journal(notebook.Course.find().private).events()) == 2


def test_a_folder_without_lessons_says_so(course):
    assert "还没有课" in home.rendered(notebook.Course.find(), [])


def test_the_verbs_are_imported_without_widgets_figures_or_tables():
    code = (
        "import sys, coursekit.notebook; "
        "print([n for n in ('anywidget', 'matplotlib', 'pandas', 'yaml') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
