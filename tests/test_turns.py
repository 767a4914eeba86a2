import dataclasses
import sys
import types

import pytest
import small_bank

from coursekit.errors import InputError
from coursekit.practice import exercise, kinds
from coursekit.practice.desk import Desk
from coursekit.practice.door import Door
from coursekit.practice.journal import Journal
from coursekit.practice.mark import Mark, Refused
from coursekit.practice.turns import replayed

WALK = "mini.1.1/classes"  # the small bank's first exercise, walked instead of sorted


def walked(issued):
    return lambda entry, *about: issued(dataclasses.replace(entry, kind="walk"), *about)


@pytest.fixture(autouse=True)
def walk(monkeypatch):
    """A kind that goes from 0 to 3 in steps of 1 or 2 and is right at exactly 3."""
    sort = kinds.kind_of("sort")
    made = types.ModuleType("walk")
    vars(made).update(
        {name: value for name, value in vars(sort).items() if not name.startswith("__")}
    )

    def step(position, move, question):
        if move not in (1, 2):
            raise Refused("invalid", "practice.unreadable")
        return position + move

    made.start = lambda question: 0
    made.step = step
    made.over = lambda position: position >= 3
    made.scene = lambda position, question, lang: {"position": position}
    made.parse = replayed
    made.compare = lambda at, question: Mark("right", 100.0) if at == 3 else Mark("partial", 50.0)
    monkeypatch.setitem(sys.modules, "coursekit.practice.kinds.walk", made)
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, "walk"))
    for name in ("issue", "resume"):
        monkeypatch.setattr(exercise, name, walked(getattr(exercise, name)))
    return made


@pytest.fixture
def desk(tmp_path):
    return Desk(small_bank.course(tmp_path))


def events(desk, kind):
    return [event for event in Journal(desk.course.private).events() if event["event"] == kind]


def test_a_run_grows_by_moves_and_ends_in_one_attempt(desk):
    assert desk.open(WALK)["state"]["scene"] == {
        "position": 0, "at": "1.1", "run": 1, "turn": 0, "over": False,
    }  # fmt: skip
    state = desk.turn(WALK, 1, at="1.1", token="a")
    assert (state["scene"]["position"], state["scene"]["at"]) == (1, "1.2")
    assert (state["outcome"], state["why"]) == (None, [])
    state = desk.turn(WALK, 2, at="1.2", token="b")
    assert (state["outcome"], state["score"], state["scene"]["over"]) == ("right", 100, True)
    assert state["why"]
    assert [event["move"] for event in events(desk, "turn")] == [1, 2]
    assert [event["raw"] for event in events(desk, "attempt")] == [{"moves": [1, 2]}]


def test_a_move_sent_twice_is_one_move_and_says_nothing(desk):
    first = desk.turn(WALK, 1, at="1.1", token="a")
    assert desk.turn(WALK, 1, at="1.1", token="a") == first
    assert len(events(desk, "turn")) == 1
    assert first["says"] == []


def test_two_windows_at_one_place_make_one_move_and_the_second_is_told(desk):
    other = Desk(desk.course)
    desk.turn(WALK, 1, at="1.1", token="a")
    state = other.turn(WALK, 2, at="1.1", token="b")
    assert (state["scene"]["position"], state["outcome"]) == (1, None)
    assert "别的窗口" in state["says"][0]["text"]
    assert [event["move"] for event in events(desk, "turn")] == [1]


def test_two_windows_that_write_at_the_same_time_make_one_move(desk):
    other = Desk(desk.course)
    other.open(WALK)
    seen = other.journal.events()
    other.journal.events = lambda: seen  # it has not yet read what the other one writes
    desk.turn(WALK, 1, at="1.1", token="a")
    other.turn(WALK, 2, at="1.1", token="b")
    assert [event["move"] for event in events(desk, "turn")] == [1]


def test_a_run_goes_on_after_a_restart(desk):
    state = desk.turn(WALK, 1, token="a")
    assert Desk(desk.course).open(WALK)["state"] == state


def test_a_run_whose_attempt_was_not_written_gets_it_when_it_is_opened(desk, monkeypatch):
    desk.turn(WALK, 1)
    monkeypatch.setattr(desk, "_close", lambda question: None)  # as if killed in between
    desk.turn(WALK, 2)
    assert events(desk, "attempt") == []
    for _ in range(2):
        state = Desk(desk.course).open(WALK)["state"]
        assert (state["outcome"], state["attempts"]) == ("right", 1)
    assert len(events(desk, "attempt")) == 1


@pytest.mark.parametrize("move", [None, 0, "1", {"a": float("nan")}, "x" * 50_000])
def test_a_move_that_cannot_be_made_is_said_and_not_recorded(desk, move):
    state = desk.turn(WALK, move)
    assert (state["outcome"], state["scene"]["turn"]) == ("invalid", 0)
    assert state["says"]
    assert events(desk, "turn") == []


def test_a_step_that_fails_is_the_kits_fault(desk, walk):
    walk.step = lambda *anything: 1 / 0
    state = desk.turn(WALK, 1)
    assert (state["outcome"], state["score"]) == ("error", None)
    assert events(desk, "turn") == []


def test_after_the_end_nothing_more_can_be_done_but_begin_again(desk):
    for move in (2, 2):
        state = desk.turn(WALK, move)
    assert state["outcome"] == "partial"
    assert len(events(desk, "turn")) == 2
    assert desk.turn(WALK, 1)["scene"] == state["scene"]
    fresh = desk.again(WALK, token="c")
    assert (fresh["scene"]["run"], fresh["scene"]["turn"], fresh["outcome"]) == (2, 0, None)
    assert (fresh["answer"], fresh["why"], fresh["attempts"]) == (None, [], 1)
    assert Desk(desk.course).open(WALK)["state"] == fresh
    for move in (1, 2):
        state = desk.turn(WALK, move)
    assert (state["outcome"], state["attempts"]) == ("right", 2)
    assert [event["run"] for event in events(desk, "attempt")] == [1, 2]


def test_moves_that_the_exercise_no_longer_allows_begin_a_new_run(desk, walk):
    desk.turn(WALK, 2)

    def stricter(position, move, question):
        if move != 1:
            raise Refused("invalid", "practice.unreadable")
        return position + move

    walk.step = stricter
    assert desk.open(WALK)["state"]["scene"]["at"] == "2.1"
    assert desk.turn(WALK, 1, at="2.1")["scene"]["position"] == 1


def test_another_draw_begins_its_own_run(desk):
    desk.turn(WALK, 1)
    assert desk.another(WALK)["state"]["scene"]["turn"] == 0


def test_what_is_answered_move_by_move_cannot_be_guessed(desk, monkeypatch):
    monkeypatch.setattr("coursekit.practice.desk.takes_turns", lambda entry: True)
    with pytest.raises(InputError, match="一步一步"):
        desk.open(WALK, guess=True)


def test_the_door_takes_turns_and_begins_again(desk):
    door = Door(desk, WALK)
    door.open()
    for token, move in (("a", 1), ("b", 2)):
        at = door._state["scene"]["at"]
        state = door.take({"type": "turn", "move": move, "at": at, "token": token})["state"]
    assert (state["outcome"], state["reply"]) == ("right", "b")
    for _ in range(2):  # sent again because the answer was slow
        state = door.take({"type": "again", "token": "c"})["state"]
    assert (state["scene"]["run"], state["scene"]["turn"]) == (2, 0)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (None, "unanswered"), ({}, "unanswered"), ({"moves": []}, "unanswered"),
        ({"moves": [1]}, "unanswered"), ({"moves": [1, 2]}, "right"),
        ({"moves": [2, 2]}, "partial"), ({"moves": [1, 2, 1]}, "invalid"),
        ({"moves": [3]}, "invalid"), ({"moves": "12"}, "invalid"), ([1, 2], "invalid"),
    ],
)  # fmt: skip
def test_a_whole_run_is_marked_like_any_other_answer(desk, raw, outcome):
    desk.open(WALK)
    assert desk.question(WALK).mark(raw).outcome == outcome
