"""Talks: lines change a state, the state decides where it goes, and every path has its points."""

import itertools
import random

import pytest
from anything import anything
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.practice import bank, talk_paths
from coursekit.practice.desk import Desk
from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.kinds import dialogue

LENGTHS = {"a": "一二三四", "b": "一二三四五六", "c": "一二"}  # the best one is neither


def line(points, to, **change):
    targets = [{"to": to}] if isinstance(to, str) else to
    return {"points": points, "to": targets, "change": change}


def three(to, **change):
    return {name: line(points, to, **change) for name, points in (("a", 2), ("b", 1), ("c", 0))}


def chain(n=6):
    """Node after node: ``a`` is best and gains trust, ``b`` is fair, ``c`` loses it."""
    names = [f"n{number}" for number in range(1, n + 1)] + ["signed"]
    return {
        node: {
            "a": line(2, after, trust=1),
            "b": line(1, after),
            "c": line(0, after, trust=-1),
        }
        for node, after in itertools.pairwise(names)
    }


def talk(nodes=None, ends=None, trust=2, **more):
    nodes = nodes or chain()
    ends = ends or {"signed": "good", "out": "bad"}
    spec = {
        "state": {"trust": {"start": trust, "of": 5, "ends": "out"}},
        "nodes": nodes,
        "ends": ends,
    }
    said = {"customer": "嗯？", "lines": LENGTHS, "why": LENGTHS, "replies": {"c": "哼。"}}
    text = {
        "prompt": "?",
        "why": ("!",),
        "who": "{name}",
        "state": {"trust": "信任"},
        "talk": {node: {**said, "lines": {k: LENGTHS[k] for k in nodes[node]}} for node in nodes},
        "endings": {end: {"customer": "再见。", "told": f"到了 {end}。"} for end in ends},
        **more,
    }
    return Exercise("m.1.1/x", 1, "dialogue", "m.1.1", 1, {"zh": text, "en": text}, spec,
                    given={"name": {"zh": "陈场长", "en": "Mr Chen"}})  # fmt: skip


def asked(exercise=None):
    question = issue(exercise or talk(), "somebody", "course")
    assert question.fault == ""
    return question


def outcome(question, moves):
    mark = question.mark({"moves": list(moves)})
    return mark.outcome, mark.score


def fault(exercise):
    return issue(exercise, "somebody", "course").fault


# --- the way


def test_the_best_lines_lead_to_the_end_and_get_all_points():
    assert outcome(asked(), "aaaaaa") == ("right", 100)


def test_a_talk_gets_the_share_of_its_points():
    assert outcome(asked(), "aabbab") == ("partial", 75)  # (2 + 2 + 1 + 1 + 2 + 1) of 12


def test_a_state_that_falls_to_nought_ends_the_talk_and_what_was_not_said_gets_nothing():
    question = asked()
    assert outcome(question, "cc") == ("wrong", 0)
    assert outcome(question, "accc") == ("partial", 16.7)  # 2 of the 12 of the shortest good talk
    assert question.mark({"moves": ["c", "c", "a"]}).outcome == "invalid"  # nobody is there


def test_a_talk_that_is_not_over_is_no_answer():
    assert asked().mark({"moves": ["a", "a"]}).outcome == "unanswered"
    assert asked().mark({"moves": []}).outcome == "unanswered"


def test_a_state_stays_within_its_limits():
    position = dialogue.start(asked())
    for _ in range(5):
        position = dialogue.step(position, "a", asked())
    assert position.state == (("trust", 5),)


@pytest.mark.parametrize(("first", "ends_at"), [("a", "signed"), ("b", "later")])
def test_the_first_condition_that_holds_decides(first, ends_at):
    targets = [{"when": ("trust", ">=", 3), "to": "signed"}, {"to": "later"}]
    nodes = chain()
    nodes["n6"] = three(targets)
    exercise = talk(nodes, {"signed": "good", "later": "middling", "out": "bad"})
    assert dialogue.parse({"moves": [first, *"bbbbb"]}, asked(exercise)).place == ends_at


def test_a_move_is_a_line_of_this_node():
    for move in ("d", "", None, 1, ["a"], {"line": "a"}):
        assert asked().mark({"moves": [move]}).outcome == "invalid"


# --- what is shown


def test_a_scene_shows_what_was_said_and_what_can_be_said_and_no_points():
    question = asked()
    before = dialogue.start(question)
    scene = dialogue.scene(dialogue.step(before, "c", question), question, "zh")
    assert [each["text"] for each in scene["log"]] == ["嗯？", "一二", "哼。", "嗯？"]
    assert sorted(each["id"] for each in scene["lines"]) == ["a", "b", "c"]
    assert scene["state"] == [
        {"id": "trust", "text": "信任", "value": 1, "of": 5, "change": -1}
    ]  # fmt: skip
    assert "replay" not in scene
    assert question.public("en")["who"] == "Mr Chen"


def test_at_the_end_the_talk_stands_there_again_with_the_better_line():
    question = asked()
    position = dialogue.parse({"moves": list("abacab")}, question)
    scene = dialogue.scene(position, question, "zh")
    assert (scene["ending"], scene["lines"]) == ("good", [])
    assert [turn["points"] for turn in scene["replay"]] == [2, 1, 2, 0, 2, 1]
    assert [turn["better"] is None for turn in scene["replay"]] == [True, False] * 3
    assert scene["replay"][3]["better"] == {"text": LENGTHS["a"], "why": LENGTHS["a"]}


def test_lines_stand_in_an_order_of_each_trainee():
    orders = {
        tuple(issue(talk(), f"trainee {n}", "course").given["order"]["n1"]) for n in range(20)
    }
    assert len(orders) > 3


def test_every_turn_is_an_event_and_one_talk_is_one_attempt(tmp_path):
    desk = Desk(Course("course", tmp_path))
    name = "funnel.3.4/review-talk"
    desk.open(name)
    spec = bank.exercise(desk.course, name).spec
    best = [move for _, move in talk_paths.followed(spec, talk_paths.best).turns]
    for move in best:
        state = desk.turn(name, move)
    assert (state["outcome"], state["score"], state["attempts"]) == ("right", 100, 1)
    events = [event["event"] for event in desk.journal.events()]
    assert events == ["issued", *["turn"] * len(best), "attempt"]
    assert len(state["scene"]["replay"]) == len(best)


# --- what makes a talk unfit


def test_a_talk_that_is_sound_has_no_fault():
    assert fault(talk()) == ""


@pytest.mark.parametrize(
    ("exercise", "code"),
    [
        (talk({**chain(), "n2": {"a": line(2, "n3"), "c": line(0, "n3")}}), "talk_lines"),
        (talk({**chain(), "n2": {name: line(1, "n3") for name in "abc"}}), "talk_lines"),
        (talk({**chain(), "n2": three("n1")}), "talk_circle"),
        (talk({**chain(), "alone": three("signed")}), "talk_reach"),
        (talk(ends={"signed": "good", "out": "middling"}), "talk_ends"),
        (talk(ends={"signed": "bad", "out": "bad"}), "talk_ends"),
        (talk(chain(5)), "talk_turns"),
        (talk(trust=0), "talk_start"),
        (talk({**chain(), "n2": three("nowhere")}), "bank_unknown_id"),
        (talk({**chain(), "n2": three("n3", hope=1)}), "bank_unknown_id"),
        (talk({**chain(), "n6": {**three("signed"), "a": line(2, "out")}}), "talk_best"),
        (talk({**chain(), "n6": three([{"when": ("trust", ">", 1), "to": "out"}])}), "talk_last"),
        (talk(endings={"signed": {"customer": "好", "told": "成"}}), "bank_no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_talked_is_refused(exercise, code):
    assert code in fault(exercise)


@pytest.mark.parametrize(("best", "code"), [("一" * 9, "talk_long"), ("一", "talk_short")])
def test_a_best_line_known_by_its_length_is_refused(best, code):
    exercise = talk()
    for lang in ("zh", "en"):
        for node in ("n1", "n2", "n3"):
            said = exercise.text[lang]["talk"][node]
            exercise.text[lang]["talk"][node] = {**said, "lines": {**LENGTHS, "a": best}}
    assert fault(exercise) == ""  # in three of six one may not know
    said = exercise.text["en"]["talk"]["n4"]
    exercise.text["en"]["talk"]["n4"] = {**said, "lines": {**LENGTHS, "a": best}}
    assert code in fault(exercise)


def test_a_good_end_is_not_to_be_had_in_three_turns():
    nodes = chain()
    nodes["n3"]["b"] = line(1, "signed")
    assert "talk_turns" in fault(talk(nodes))


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=8))
def test_any_talk_stays_within_what_was_proved_of_all(moves):
    question = asked()
    spec = question.exercise.spec
    reach = talk_paths.reach(spec)
    position = dialogue.start(question)
    for turn, move in enumerate(moves):
        fewest, most = reach[position.place]
        assert fewest <= turn <= most
        if dialogue.over(position):
            break
        position = dialogue.step(position, move, question)


@settings(deadline=None)
@given(raw=anything("a", "b", "moves", "n1"))
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(raw):
    for one in (raw, {"moves": raw}, {"moves": [raw]}):
        assert asked().mark(one).outcome in {"unanswered", "invalid", "wrong", "partial", "right"}


def test_fabricated_answers_give_the_outcomes_they_are_made_for():
    for n in range(20):
        question = asked()
        made = dialogue.fabricate(question, random.Random(n))
        assert {name: question.mark(raw).outcome for name, raw in made.items()} == {
            name: name for name in made
        }


def test_a_talk_of_an_earlier_version_that_has_lost_a_node_cannot_be_asked():
    given = {**asked().given, "order": {"n1": ["a", "b", "c"]}}
    assert "bank_ids" in resume(talk(), given).fault
