import pytest
import small_bank

from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice.desk import Desk
from coursekit.practice.journal import Journal

SORT, FIND, NUMBER = "mini.1.1/classes", "mini.1.2/no-step", "mini.1.3/forecast"
WRONG = {"c1": "p50", "c2": "p90", "c3": "p25"}
RIGHT = {"c1": "p25", "c2": "p50", "c3": "p90"}


@pytest.fixture
def desk(tmp_path):
    return Desk(small_bank.course(tmp_path))


def events(desk, kind):
    return [event for event in Journal(desk.course.private).events() if event["event"] == kind]


def texts(state):
    return [said["text"] for said in state["says"]]


def test_a_new_card_is_empty(desk):
    card = desk.open(SORT)
    assert card["state"] == {
        "answer": None, "outcome": None, "score": None, "attempts": 0, "says": [], "parts": {},
        "why": [], "hints": [],
    }  # fmt: skip
    assert card["public"]["hints_total"] == 2
    assert card["public"]["certainty"] is False
    assert [event["exercise"] for event in events(desk, "issued")] == [SORT]


def test_wrong_then_right_says_why_and_counts_two(desk):
    desk.open(SORT)
    state = desk.submit(SORT, WRONG, token="a")
    assert (state["outcome"], state["score"], state["attempts"]) == ("wrong", 0, 1)
    assert texts(state) == ["3 张卡放对了 0 张。"]
    assert state["parts"]["c1"] == {"ok": False, "text": "没有预算就到不了 50%。"}
    state = desk.submit(SORT, RIGHT, token="b")
    assert (state["outcome"], state["score"], state["attempts"]) == ("right", 100, 2)
    assert state["why"] == ["看证据，不看感觉。"]


def test_the_answer_itself_is_told_after_the_second_try(desk):
    desk.open(SORT)
    state = desk.submit(SORT, WRONG)
    assert (state["why"], state["parts"]["c3"]) == ([], {"ok": False, "text": ""})
    state = desk.submit(SORT, {**WRONG, "c1": "p50"})
    assert state["parts"]["c3"] == {"ok": False, "text": "应当放在：90%类。"}
    assert state["why"] == ["看证据，不看感觉。"]


def test_who_has_found_the_answer_is_told_why_at_once_and_keeps_it(desk):
    desk.open(SORT)
    assert desk.submit(SORT, RIGHT)["why"]
    assert desk.submit(SORT, WRONG)["why"]


def test_where_one_try_is_all_there_is_the_answer_is_told_after_it(tmp_path):
    desk = Desk(small_bank.course(tmp_path, settings="run_code = true\nattempts = 1\n"))
    desk.open(SORT)
    state = desk.submit(SORT, WRONG)
    assert state["why"] == ["看证据，不看感觉。"]
    assert state["parts"]["c3"]["text"] == "应当放在：90%类。"


def test_right_at_the_first_try_is_said_so_and_only_then(desk):
    desk.open(SORT)
    assert desk.submit(SORT, RIGHT)["first"] is True
    assert "first" not in desk.submit(SORT, RIGHT)
    desk.another(SORT)  # the same question once more: nothing varies in it
    assert "first" not in desk.submit(SORT, RIGHT)
    desk.open(NUMBER)
    assert "first" not in desk.submit(NUMBER, {"total": "7", "share": "1"})


def test_a_known_mistake_is_named(desk):
    desk.open(SORT)
    assert texts(desk.submit(SORT, {**RIGHT, "c1": "p50"})) == [
        "3 张卡放对了 2 张。", "关系好不是预算。",
    ]  # fmt: skip


def test_a_course_in_english_speaks_english(tmp_path):
    desk = Desk(small_bank.course(tmp_path, settings='run_code = true\nlang = "en"\n'))
    assert desk.open(SORT)["public"]["prompt"] == "Which class for each card?"
    state = desk.submit(SORT, {**RIGHT, "c1": "p50"})
    assert texts(state) == ["2 of 3 cards are in the right place.", "Good relations are no budget."]


def test_another_kernel_finds_the_card_as_it_was_left(desk):
    desk.open(NUMBER)
    state = desk.submit(NUMBER, {"total": "7", "share": "1"}, token="a")
    desk.hint(SORT)
    later = Desk(desk.course)
    assert later.open(NUMBER)["state"] == state
    assert later.open(SORT)["state"]["hints"] == ["先看预算。"]
    assert len(events(desk, "issued")) == 2


def test_a_submit_without_an_opened_card_goes_to_the_question_issued_last(desk):
    desk.open(NUMBER)
    given = desk.another(NUMBER)["public"]
    later = Desk(desk.course)
    later.submit(NUMBER, {"total": "7", "share": "1"})
    assert events(desk, "attempt")[-1]["draw"] == given["draw"] == 2


def test_invalid_and_unanswered_cost_nothing_and_are_recorded(desk):
    desk.open(NUMBER)
    for raw, outcome in (({"total": "约3万", "share": "1"}, "invalid"), ({}, "unanswered")):
        state = desk.submit(NUMBER, raw)
        assert (state["outcome"], state["attempts"], state["why"]) == (outcome, 0, [])
        assert state["answer"] == raw
    assert [event["outcome"] for event in events(desk, "attempt")] == ["invalid", "unanswered"]


def test_the_same_token_counts_once_also_from_two_windows(desk):
    desk.open(SORT)
    other = Desk(desk.course)
    other.open(SORT)
    first = desk.submit(SORT, WRONG, token="a")
    assert other.submit(SORT, WRONG, token="a") == first
    assert desk.submit(SORT, RIGHT, token="a") == first
    assert len(events(desk, "attempt")) == 1


def test_two_windows_that_open_at_once_issue_one_question(desk):
    other = Desk(desk.course)
    assert desk.open(SORT) == other.open(SORT)
    assert len(events(desk, "issued")) == 1


def test_hints_come_one_by_one_and_cost_nothing(desk):
    desk.open(SORT)
    assert desk.hint(SORT)["hints"] == ["先看预算。"]
    assert desk.hint(SORT)["hints"] == ["先看预算。", "再看签字。"]
    state = desk.hint(SORT)
    assert (len(state["hints"]), state["attempts"]) == (2, 0)
    assert [event["n"] for event in events(desk, "hint")] == [1, 2]
    assert desk.submit(SORT, RIGHT)["score"] == 100
    assert events(desk, "attempt")[0]["hints"] == 2


def test_a_course_may_switch_hints_off(tmp_path):
    desk = Desk(small_bank.course(tmp_path, settings="run_code = true\nhints = false\n"))
    assert desk.open(SORT)["public"]["hints_total"] == 0
    assert desk.hint(SORT)["hints"] == []


def test_how_sure_one_is_is_asked_by_switch_and_recorded(tmp_path):
    desk = Desk(small_bank.course(tmp_path, settings="run_code = true\ncertainty = true\n"))
    assert desk.open(SORT)["public"]["certainty"] is True
    for certainty in (3, None, 4, True, "2", 2.0, [1]):
        desk.submit(SORT, RIGHT, certainty=certainty)
    recorded = [event["certainty"] for event in events(desk, "attempt")]
    assert recorded == [3, None, None, None, None, None, None]


def test_another_draw_is_fresh_and_the_old_one_is_kept(desk):
    first = desk.open(NUMBER)["public"]
    desk.submit(NUMBER, {"total": "7", "share": "1"})
    card = desk.another(NUMBER)
    assert card["public"]["draw"] == 2
    assert card["public"]["prompt"] != first["prompt"]
    assert (card["state"]["answer"], card["state"]["attempts"]) == (None, 0)
    assert desk.open(NUMBER) == card


def test_an_old_window_is_marked_against_what_it_shows(desk):
    desk.open(NUMBER)
    one = events(desk, "issued")[0]["given"]
    Desk(desk.course).another(NUMBER)
    right = {"total": str(one["amount"] * one["rate"]), "share": str(one["rate"])}
    assert desk.submit(NUMBER, right)["outcome"] == "right"
    assert Desk(desk.course).submit(NUMBER, right, draw=1)["outcome"] == "right"


@pytest.mark.parametrize("draw", [0, 99, "1", True, None, [1]])
def test_a_draw_that_was_never_issued_is_not_taken(desk, draw):
    desk.open(NUMBER)
    assert desk.submit(NUMBER, {"total": "7", "share": "1"}, draw=draw)["outcome"] == "wrong"


# --- guesses


def test_a_guess_is_recorded_and_never_marked(desk):
    card = desk.open(SORT, guess=True)
    assert (card["public"]["hints_total"], card["state"]["outcome"]) == (0, None)
    state = desk.guess(SORT, WRONG, token="g")
    assert (state["outcome"], state["score"], state["parts"], state["why"]) == (
        "recorded", None, {}, [],
    )  # fmt: skip
    assert desk.guess(SORT, RIGHT, token="g") == state
    assert Desk(desk.course).open(SORT, guess=True)["state"] == state
    assert desk.open(SORT)["state"]["answer"] is None
    assert [event["raw"] for event in events(desk, "guess")] == [WRONG]


def test_a_guess_that_is_nothing_says_so(desk):
    desk.open(NUMBER, guess=True)
    state = desk.guess(NUMBER, {"total": "many", "share": "1"})
    assert (state["outcome"], state["attempts"]) == ("invalid", 0)


# --- a trainer edits


def test_an_edited_text_is_seen_and_the_numbers_stay(desk, tmp_path):
    before = desk.open(NUMBER)["public"]
    small_bank.course(
        tmp_path, small_bank.NUMBER.replace("version: 1", "version: 2").replace("项目 ", "一笔 ")
    )
    for opened in (desk.open(NUMBER), Desk(desk.course).open(NUMBER)):
        assert opened["public"]["prompt"] == before["prompt"].replace("项目 ", "一笔 ")
        assert opened["public"]["draw"] == 1


def test_what_was_issued_is_marked_whatever_make_does_now(desk, tmp_path):
    desk.open(NUMBER)
    given = events(desk, "issued")[0]["given"]
    newer = small_bank.CODE.replace("rng.randrange(10, 90) * 10_000", "7")
    small_bank.course(tmp_path, code=newer)
    right = {"total": str(given["amount"] * given["rate"]), "share": str(given["rate"])}
    assert Desk(desk.course).submit(NUMBER, right)["outcome"] == "right"


def test_numbers_that_the_exercise_can_no_longer_ask_give_way_to_a_new_draw(desk, tmp_path):
    desk.open(SORT)
    small_bank.course(
        tmp_path,
        small_bank.SORT.replace("c3: p90}", "c3: p90, c4: p25}")
        .replace("c3: 等签字", "c3: 等签字, c4: 刚打过电话")
        .replace("c3: Waiting for a signature", "c3: Waiting for a signature, c4: One call"),
    )
    card = desk.open(SORT)
    assert card["public"]["draw"] == 2
    assert len(card["public"]["cards"]) == 4


def test_a_mistake_in_the_file_is_told_by_line_and_an_answer_is_safe(desk, tmp_path):
    desk.open(SORT)
    state = desk.submit(SORT, WRONG)
    small_bank.course(tmp_path, small_bank.SORT.replace("minutes: 3", "minutes: x"))
    with pytest.raises(InputError) as caught:
        desk.open(SORT)
    assert caught.value.sentence("zh").startswith("mini.yaml 第 5 行")
    small_bank.course(tmp_path)
    assert desk.open(SORT)["state"] == state


def test_a_message_that_was_removed_leaves_the_card_working(desk, tmp_path):
    desk.open(SORT)
    desk.submit(SORT, {**RIGHT, "c1": "p50"})
    plain = small_bank.SORT.replace("  slips: {hope: {c1: p50}}\n", "")
    plain = plain.replace("    slips: {hope: 关系好不是预算。}\n", "")
    plain = plain.replace("    slips: {hope: Good relations are no budget.}\n", "")
    small_bank.course(tmp_path, plain)
    assert texts(desk.open(SORT)["state"]) == ["3 张卡放对了 2 张。", ""]


# --- the kit's own faults


def test_an_exercise_that_fails_is_said_to_be_the_kits_and_gives_another_draw(tmp_path):
    source = small_bank.NUMBER.replace("solve: expected", "solve: broken")
    desk = Desk(small_bank.course(tmp_path, source))
    card = desk.open(NUMBER)
    assert card["state"]["outcome"] == "error"
    assert "课件的错" in texts(card["state"])[0]
    state = desk.submit(NUMBER, {"total": "1", "share": "1"})
    assert (state["outcome"], state["score"], state["attempts"]) == ("error", None, 0)
    small_bank.course(tmp_path)  # repaired
    card = desk.another(NUMBER)
    assert (card["state"]["outcome"], card["public"]["draw"]) == (None, 2)
    assert "ZeroDivisionError" in events(desk, "issued")[0]["fault"]


# --- whatever a page sends


@pytest.mark.parametrize(
    "raw",
    [float("nan"), object(), "x" * 30_000, "\ud800", {"c1": b"x"}, {1: 2}, [[[]]], "\u2028", -1],
    ids=["nan", "object", "long", "surrogate", "bytes", "int key", "nested", "separator", "number"],
)
def test_whatever_comes_is_recorded_as_invalid(desk, raw):
    desk.open(SORT)
    state = desk.submit(SORT, raw)
    assert (state["outcome"], state["attempts"]) == ("invalid", 0)
    assert desk.journal.check() == ()


def test_a_nest_without_end_is_invalid(desk):
    nest = []
    for _ in range(100_000):
        nest = [nest]
    assert desk.submit(SORT, nest)["outcome"] == "invalid"


@pytest.mark.parametrize("token", [7, "x" * 65, ["a"], {"a": 1}])
def test_a_token_that_is_none_is_not_taken(desk, token):
    desk.submit(SORT, WRONG, token=token)
    desk.submit(SORT, RIGHT, token=token)
    assert [event["token"] for event in events(desk, "attempt")] == [None, None]


def test_a_journal_edited_into_nonsense_leaves_the_card_working(desk):
    desk.open(SORT)
    desk.submit(SORT, WRONG)
    text = desk.journal.path.read_text("utf-8")
    for edited in (
        text.replace('"mark":{', '"mark":7,"was":{'),
        text.replace('"code":"practice.sort_share"', '"code":[]'),
        text.replace('"n":3', '"m":3'),
        text.replace('"outcome":"wrong"', '"outcome":{}'),
        text.replace('"given":{', '"given":7,"was":{'),
        text.replace('"tone":', '"colour":'),
    ):
        assert edited != text
        desk.journal.path.write_text(edited, "utf-8")
        Desk(desk.course).open(SORT)
        desk.journal.path.write_text(text, "utf-8")


# --- disks


def test_an_answer_that_cannot_be_recorded_stays_on_the_card_unmarked(desk, monkeypatch):
    desk.open(SORT)
    desk.submit(SORT, WRONG)

    def full(*anything, **more):
        raise InputError("practice.journal_disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        state = desk.submit(SORT, RIGHT)
        assert (state["answer"], state["outcome"], state["score"]) == (RIGHT, "error", None)
        assert (state["parts"], state["why"], state["attempts"]) == ({}, [], 1)
        assert "磁盘满了" in texts(state)[0]
        assert state["says"][0]["tone"] == "bad"
        assert "磁盘满了" in texts(desk.hint(SORT))[0]
        assert "磁盘满了" in texts(desk.another(SORT)["state"])[0]
        assert "磁盘满了" in texts(desk.guess(SORT, RIGHT))[0]
    assert desk.submit(SORT, RIGHT)["outcome"] == "right"


# --- who


def test_the_name_of_the_settings_is_a_label(tmp_path):
    desk = Desk(small_bank.course(tmp_path, settings='run_code = true\ntrainee = "林晓"\n'))
    desk.open(SORT)
    given = desk.open(NUMBER)["public"]["prompt"]
    desk = Desk(small_bank.course(tmp_path, settings='run_code = true\ntrainee = "Lin"\n'))
    assert desk.open(NUMBER)["public"]["prompt"] == given
    desk.another(NUMBER)
    assert [event["name"] for event in events(desk, "named")] == ["林晓", "Lin"]
    assert len({event["trainee"] for event in desk.journal.events()}) == 1


def test_pages_are_built_and_checked_as_one_sample_trainee(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_STATE", str(tmp_path / "state"))
    desk = Desk(small_bank.course(tmp_path / "course"))
    desk.open(NUMBER)
    assert desk.journal.trainee() == "sample"


def test_an_exercise_that_is_not_there_is_named(desk):
    with pytest.raises(InputError, match=r"mini\.9\.9/none"):
        desk.open("mini.9.9/none")
    with pytest.raises(InputError, match=r"exercises/mini\.yaml"):
        Desk(Course("x", desk.course.folder / "else")).open(SORT)
