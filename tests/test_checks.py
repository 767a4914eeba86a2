import pytest
import small_bank

from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import answers, bank, checks
from coursekit.practice.desk import Desk
from coursekit.practice.widget import Result

CLASSES = "mini.1.1/classes"
RIGHT = {"c1": "p25", "c2": "p50", "c3": "p90"}
WRONG = {"c1": "p50", "c2": "p90", "c3": "p25"}
FORECAST = "mini.1.3/forecast"


def course(folder, settings=""):
    return small_bank.course(folder, settings="run_code = true\n" + settings)


def shipped():
    return Course("course", bank.content())


# --- what is asked


def test_a_check_takes_one_exercise_per_item_before_a_second_of_any():
    chosen = checks.select(shipped(), "funnel.2", size=5)
    assert len({name.partition("/")[0] for name in chosen}) == 5


def test_a_check_of_a_module_asks_of_every_lesson_before_it_asks_more_of_any():
    chosen = checks.select(shipped(), "funnel", size=6)
    assert [name.split(".")[1] for name in chosen] == ["1", "2", "3", "4", "5", "6"]


def test_a_check_is_the_same_for_everybody_and_in_the_order_of_the_course():
    chosen = checks.select(shipped(), "funnel")
    assert chosen == checks.select(shipped(), "funnel")
    assert list(chosen) == sorted(chosen, key=lambda name: name.split("/")[0].split(".")[1:])


def test_a_check_asks_only_what_can_be_asked_again_with_other_numbers():
    for name in checks.select(shipped(), "funnel"):
        assert bank.exercise(shipped(), name).make is not None


def test_a_check_keeps_within_its_minutes():
    chosen = checks.select(shipped(), "funnel.2", minutes=10)
    assert 0 < sum(bank.exercise(shipped(), name).minutes for name in chosen) <= 10


def test_a_check_asks_no_guess_whose_numbers_stay_the_same():
    chosen = checks.select(shipped(), "funnel", size=100)
    assert chosen and all(bank.exercise(shipped(), name).minutes >= 2 for name in chosen)


# --- a desk of a check


def test_before_and_after_and_practice_have_draws_of_their_own(tmp_path):
    made = course(tmp_path)
    opened = [Desk(made, check=name).open(FORECAST) for name in ("pre", "", "post", "pre")]
    draws = [one["public"]["draw"] for one in opened]
    assert draws[1] == 1 and draws[0] == draws[3] and len(set(draws)) == 3
    prompts = [one["public"]["prompt"] for one in opened]
    assert prompts[0] == prompts[3] and len(set(prompts)) == 3


def test_what_was_practised_before_changes_nothing_in_a_check(tmp_path):
    fresh = course(tmp_path / "fresh")
    used = course(tmp_path / "used")
    for made in (fresh, used):
        (made.folder / ".coursekit").mkdir()
        (made.folder / ".coursekit" / "trainee.json").write_text('{"id": "one"}', "utf-8")
    desk = Desk(used)
    desk.open(FORECAST)
    desk.another(FORECAST)
    first, second = (Desk(made, check="pre").open(FORECAST)["public"] for made in (fresh, used))
    assert first == second


def test_a_check_gives_nothing_away(tmp_path):
    desk = Desk(course(tmp_path), check="pre")
    public = desk.open(CLASSES)["public"]
    assert (public["check"], public["hints_total"], public["certainty"]) == ("pre", 0, True)
    state = desk.submit(CLASSES, WRONG, token="a", certainty=2)
    assert (state["outcome"], state["score"], state["parts"], state["why"]) == (
        "recorded",
        None,
        {},
        [],
    )
    assert Desk(desk.course, check="pre").open(CLASSES)["state"] == state


def test_in_a_check_an_answer_counts_once(tmp_path):
    desk = Desk(course(tmp_path), check="pre")
    desk.open(CLASSES)
    first = desk.submit(CLASSES, WRONG, token="a")
    assert desk.submit(CLASSES, WRONG, token="a") == first  # sent again
    again = desk.submit(CLASSES, RIGHT, token="b")
    assert "次数用完" in again["says"][0]["text"]
    (row,) = answers.frame(desk.journal.events()).to_dict("records")
    assert (row["check"], row["outcome"], row["score"]) == ("pre", "wrong", 0)


def test_what_is_not_read_costs_nothing_in_a_check(tmp_path):
    desk = Desk(course(tmp_path), check="pre")
    desk.open(FORECAST)
    assert desk.submit(FORECAST, {"total": "约3万", "share": "1"})["outcome"] == "invalid"
    assert desk.submit(FORECAST, {"total": "1", "share": "1"})["outcome"] == "recorded"


def test_the_gain_is_over_what_was_answered_both_times(tmp_path):
    made = course(tmp_path)
    for name, raw in (("pre", WRONG), ("post", RIGHT)):
        desk = Desk(made, check=name)
        desk.open(CLASSES)
        desk.submit(CLASSES, raw)
    Desk(made, check="pre").submit(FORECAST, {"total": "1", "share": "1"})
    gain = checks.gain(answers.frame(desk.journal.events()))
    assert gain == checks.Gain((CLASSES,), 0.0, 100.0)


def test_without_a_second_check_there_is_no_gain(tmp_path):
    desk = Desk(course(tmp_path), check="pre")
    desk.open(CLASSES)
    desk.submit(CLASSES, RIGHT)
    found = checks.gain(answers.frame(desk.journal.events()))
    assert found == checks.Gain((), None, None)


# --- switches of a course


def test_marks_may_come_later_for_all_together(tmp_path):
    desk = Desk(course(tmp_path, 'marks = "later"\n'))
    desk.open(CLASSES)
    assert desk.submit(CLASSES, RIGHT)["outcome"] == "recorded"
    told = Desk(course(tmp_path)).open(CLASSES)["state"]  # the trainer has switched them on
    assert (told["outcome"], told["score"]) == ("right", 100)


def test_attempts_may_be_limited_and_another_draw_has_its_own(tmp_path):
    desk = Desk(course(tmp_path, "attempts = 2\n"))
    desk.open(FORECAST)
    for token in "ab":
        desk.submit(FORECAST, {"total": "1", "share": "1"}, token=token)
    state = desk.submit(FORECAST, {"total": "2", "share": "1"}, token="c")
    assert state["attempts"] == 2 and "次数用完" in state["says"][0]["text"]
    desk.another(FORECAST)
    assert desk.submit(FORECAST, {"total": "2", "share": "1"}, token="d")["attempts"] == 1


@pytest.mark.parametrize("line", ['marks = "never"', "attempts = -1", "attempts = true"])
def test_a_switch_with_a_wrong_value_is_told_by_its_line(tmp_path, line):
    with pytest.raises(InputError, match=r"course\.toml 第 3 行"):
        course(tmp_path, line + "\n")


# --- what was answered before


def test_a_later_exercise_uses_an_earlier_answer_and_a_stand_in_where_there_is_none(tmp_path):
    code = small_bank.CODE + (
        "\n\ndef amount_and_rate(rng, case):\n"
        '    before = case.earlier("mini.1.1/classes") if case else None\n'
        '    return {"amount": 70_000 if before else 10_000, "rate": len(before or "x") / 4}\n'
    )
    made = small_bank.course(tmp_path, code=code)
    desk = Desk(made)
    stand_in = desk.open(FORECAST)
    assert "1万" in stand_in["public"]["prompt"] and "25%" in stand_in["public"]["prompt"]
    desk.open(CLASSES)
    desk.submit(CLASSES, "nonsense")  # not an answer
    assert "1万" in desk.another(FORECAST)["public"]["prompt"]
    desk.submit(CLASSES, RIGHT)
    prompt = desk.another(FORECAST)["public"]["prompt"]
    assert "7万" in prompt and "75%" in prompt  # three cards were placed


# --- how it went


def checked(made, name, raws):
    desk = Desk(made, check=name)
    card = Result(desk, [CLASSES, FORECAST])
    for exercise, raw in raws.items():
        desk.open(exercise)
        desk.submit(exercise, raw)
    card._take({"type": "result"}, [])
    return card.told


def forecast(made, name):
    key = Desk(made, check=name).question(FORECAST).key
    return {field: str(value) for field, value in key.items()}


def test_the_result_waits_for_the_last_answer(tmp_path):
    told = checked(course(tmp_path), "post", {CLASSES: RIGHT})
    assert told["items"] == [] and "2 题答了 1 题" in told["says"][0]


def test_before_the_course_nothing_is_explained(tmp_path):
    made = course(tmp_path)
    told = checked(made, "pre", {CLASSES: RIGHT, FORECAST: {"total": "1", "share": "1"}})
    assert told["items"] == [] and "2 题全对 1 题，平均 50 分" in told["says"][0]


def test_after_the_course_each_question_is_explained_and_the_gain_told(tmp_path):
    made = course(tmp_path)
    checked(made, "pre", {CLASSES: WRONG, FORECAST: {"total": "1", "share": "1"}})
    told = checked(made, "post", {CLASSES: RIGHT, FORECAST: forecast(made, "post")})
    assert [item["score"] for item in told["items"]] == [100, 100]
    assert all(item["why"] for item in told["items"])
    assert "0 分 → 100 分" in told["says"][1]


def test_the_verb_shows_the_cards_and_then_the_result(tmp_path, monkeypatch):
    from coursekit import notebook

    shown = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(notebook, "display", shown.append)
    notebook.check("funnel.2", "close", minutes=10)
    chosen = checks.select(shipped(), "funnel.2", minutes=10)
    assert [repr(one) for one in shown] == [*(f"Card({n!r})" for n in chosen), "Result('close')"]
