import dataclasses
import json
import random

import pytest
from hypothesis import given, settings
from small_flight import games

from coursekit import flight, terms
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import bank, cockpit
from coursekit.practice.desk import Desk
from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.journal import Journal
from coursekit.practice.kinds import kind_of

FLY = "mini.1.1/fly"
BANK = """
- id: mini.1.1/fly
  version: 1
  kind: simulation
  minutes: 10
  weeks: 6
  zh: {prompt: 飞, why: 复盘}
  en: {prompt: Fly, why: Look back}
"""
RULES = flight.Rules.load()


def course(folder, course_id="class", bank=BANK):
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text(f'id = "{course_id}"\n', "utf-8")
    (folder / "exercises" / "mini.yaml").write_text(bank, "utf-8")
    return Course.find(folder)


@pytest.fixture
def desk(tmp_path):
    return Desk(course(tmp_path))


def question(weeks=6, luck=7, trainee="a", course_id="class", draw=1):
    text = {lang: {"prompt": "?", "why": ("!",)} for lang in terms.LANGS}
    spec = {"weeks": weeks} | ({"luck": luck} if luck else {})
    made = Exercise("m.1.1/x", 1, "simulation", "m.1.1", 1, text, spec)
    return issue(made, trainee, course_id, draw)


def moves_of(game):
    return [json.loads(json.dumps(dataclasses.asdict(one))) for one in game.decisions]


def flown(asked, policy):
    version = {6: "six", 12: "twelve"}[asked.exercise.spec["weeks"]]
    return flight.play(policy, RULES, version, asked.given["luck"])


def nothing(state, rules):
    return flight.Decision()


def test_a_class_meets_the_same_luck_and_another_class_other_luck():
    luck = [question(luck=None, trainee=who).given["luck"] for who in ("a", "b", "c")]
    assert len(set(luck)) == 1
    assert question(luck=None, course_id="other").given["luck"] != luck[0]
    assert question(luck=None, draw=2).given["luck"] != luck[0]


def test_a_number_in_the_bank_stands_for_the_class_wherever_its_folder_is():
    luck = {question(luck=7, course_id=name).given["luck"] for name in ("mine", "yours")}
    assert len(luck) == 1
    assert question(luck=8).given["luck"] not in luck


def test_a_game_is_recorded_with_its_way_from_nothing_to_the_best_policy():
    asked = question(12)
    best = max(kind_of("simulation").rivals(asked).values())
    for policy in (flight.SIMPLE["even_split"], flight.tended()):
        game = flown(asked, policy)
        total = flight.score(game.state, RULES).total
        marked = asked.mark({"moves": moves_of(game)})
        assert marked.outcome == "recorded"
        assert marked.score == round(100 * min(max(total / best, 0), 1), 1)
    assert asked.mark({"moves": moves_of(flown(asked, nothing))}).score == 0


def test_bad_luck_is_never_wrong():
    outcomes = {question(luck=n).mark({"moves": [{}] * 6}).outcome for n in range(1, 20)}
    assert outcomes == {"recorded"}


@settings(deadline=None, max_examples=10)
@given(games())
def test_any_game_that_can_be_played_is_taken_as_it_was_played(game):
    asked = question()
    asked = resume(asked.exercise, {**asked.given, "luck": game.first.seed})
    total = flight.score(game.state, RULES).total
    said = asked.mark({"moves": moves_of(game)}).says[0]
    assert said.values["total"] == total


def test_a_record_replays_by_the_rules_that_it_was_issued_with(desk, monkeypatch):
    desk.open(FLY)
    harder = dataclasses.replace(RULES, call_chance=0.1, cost_per_hour=999)
    before = desk.turn(FLY, {"prospect": 20})["scene"]
    monkeypatch.setattr(flight.Rules, "load", classmethod(lambda cls, path=None: harder))
    assert Desk(desk.course).open(FLY)["state"]["scene"] == before


def test_every_week_is_an_event_and_the_game_one_attempt(desk):
    desk.open(FLY)
    for week in range(1, 7):
        state = desk.turn(FLY, {"prospect": 8, "advance": 8}, at=f"1.{week}", token=f"t{week}")
    events = [event["event"] for event in Journal(desk.course.private).events()]
    assert events.count("turn") == 6
    assert events.count("attempt") == 1
    assert (state["outcome"], state["attempts"]) == ("recorded", 1)
    assert state["scene"]["over"]


def test_a_game_goes_on_where_it_was_after_each_kill(desk):
    shown = desk.open(FLY)["state"]
    while not shown["scene"]["over"]:
        again = Desk(desk.course)  # as after a restart: nothing but the journal is left
        assert again.open(FLY)["state"] == shown
        half = shown["scene"]["hours"] // 2
        shown = again.turn(FLY, {"prospect": half, "advance": half})
    given = Journal(desk.course.private).events()[0]["given"]
    whole = resume(bank.exercise(desk.course, FLY), given).mark(shown["answer"])
    assert (whole.outcome, whole.score) == (shown["outcome"], shown["score"])


def test_a_week_that_two_windows_play_is_played_once(desk):
    desk.open(FLY)
    other = Desk(desk.course)
    other.open(FLY)
    desk.turn(FLY, {"prospect": 10}, at="1.1", token="a")
    state = other.turn(FLY, {"close": 10}, at="1.1", token="b")
    assert state["scene"]["week"] == 2
    assert state["scene"]["last"]["prospect"] == 10
    assert "别的窗口" in state["says"][0]["text"]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ({"prospect": 99}, "99"),
        ({"prospect": -1}, "-1"),
        ({"prospect": "8"}, "8"),
        ({"drop": ["9-9"]}, "9-9"),
        ({"first": ["0-1", "0-1"]}, "0-1"),
        ({"money": 5}, "money"),
        ("x", "x"),
    ],
)
def test_a_week_that_cannot_be_carried_out_is_said_and_costs_nothing(desk, move, said):
    desk.open(FLY)
    state = desk.turn(FLY, move)
    assert (state["outcome"], state["scene"]["week"]) == ("invalid", 1)
    assert said in state["says"][0]["text"]


def test_nothing_of_what_is_to_come_reaches_the_page(desk):
    card = desk.open(FLY)
    shown = json.dumps({**card["public"], "words": {}}) + json.dumps(card["state"])
    assert "debrief" not in card["state"]["scene"]
    assert "rules" not in card["public"]
    assert "tended" not in shown
    assert card["state"]["scene"]["news"] is None


def test_the_debrief_names_the_week_of_the_hole_and_ranks_you_among_the_policies():
    asked = question(12)
    game = flown(asked, flight.SIMPLE["old_list"])
    told = cockpit.debrief(game, RULES, kind_of("simulation").rivals(asked), "en")
    looked = flight.debrief(game, RULES)
    assert told["dug"]["week"] == looked.hole.week
    assert f"week {looked.hole.week}:" in told["hole"]
    totals = [entry["total"] for entry in told["board"]]
    assert totals == sorted(totals, reverse=True)
    assert [entry["text"] for entry in told["board"] if entry["you"]] == ["You"]
    assert [row["made"] for row in told["weeks"]] == [0] * 12


def test_the_news_say_every_move_in_words_in_both_languages():
    asked = question(12)
    game = flown(asked, flight.SIMPLE["even_split"])
    codes = set()
    for lang in terms.LANGS:
        for n in range(1, 13):
            part = flight.Game(game.first, game.decisions[:n], game.turns[:n])
            shown = cockpit.week(part, RULES, lang)
            codes |= {move["code"] for move in shown["news"]["moves"]}
            assert len(shown["news"]["moves"]) == len(part.turns[-1].moves)
            assert all(move["text"] and "{" not in move["text"] for move in shown["news"]["moves"])
    assert {"new", "up", "won", "stays", "lost"} <= codes


def test_customers_of_a_game_have_names_of_their_own():
    ids = [f"{week}-{number}" for week in range(13) for number in range(1, 20)]
    for lang in terms.LANGS:
        names = [cockpit.name_of(deal, 6139, lang) for deal in ids]
        assert len(set(names)) == len(ids)


def test_every_answer_made_for_an_outcome_has_it():
    asked = question()
    for n in range(10):
        made = kind_of("simulation").fabricate(asked, random.Random(n))
        assert {outcome: asked.mark(raw).outcome for outcome, raw in made.items()} == {
            outcome: outcome for outcome in made
        }


def test_a_length_that_no_version_has_is_named_by_line(tmp_path):
    desk = Desk(course(tmp_path, bank=BANK.replace("weeks: 6", "weeks: 7")))
    with pytest.raises(InputError, match=r"mini\.yaml"):
        desk.open(FLY)


def test_a_trainer_may_change_the_rules_in_the_course_folder(tmp_path):
    made = Course.find(course(tmp_path).folder)
    shipped = made.file("instruments/flight.toml").read_text("utf-8")
    (tmp_path / "instruments").mkdir()
    own = shipped.replace("hours = 40\n", "hours = 50\n", 1)
    (tmp_path / "instruments" / "flight.toml").write_text(own, "utf-8")
    state = Desk(made).open("funnel.4.3/flight-six-weeks")["state"]
    assert state["scene"]["hours"] > 40
