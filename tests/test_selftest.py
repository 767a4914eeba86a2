import numpy as np
import pandas as pd
import pytest

from coursekit import terms
from coursekit.errors import InputError
from coursekit.selftest import Axis, load, profile, reliability

AXES = (Axis("people", ("p1", "p2", "p3"), ("p3",)), Axis("result", ("r1", "r2")))


def test_the_shipped_test_has_twenty_statements_on_two_axes():
    people, result = load()
    assert len(people.statements) == len(result.statements) == 10
    assert people.reverse
    assert result.reverse
    assert all(terms.known(f"statement.{code}") for code in people.statements + result.statements)


def test_a_statement_asked_the_other_way_round_is_turned():
    answers = pd.DataFrame({"p1": [5], "p2": [4], "p3": [2], "r1": [1], "r2": [2]})
    found = profile(answers, AXES).iloc[0]
    # people: 5, 4 and 6 - 2 = 4: mean 13/3, (13/3 - 1) / 4; result: mean 1.5
    assert found["people"] == pytest.approx((13 / 3 - 1) / 4 * 100)
    assert found["result"] == 12.5
    assert found["style"] == "people"


@pytest.mark.parametrize(
    ("people", "result", "style"),
    [(5, 5, "both"), (5, 1, "people"), (1, 5, "result"), (1, 1, "neither"), (3, 3, "both")],
)
def test_the_four_styles(people, result, style):
    answers = pd.DataFrame(
        {"p1": [people], "p2": [people], "p3": [6 - people], "r1": [result], "r2": [result]}
    )
    assert profile(answers, AXES)["style"].item() == style
    assert terms.known(f"selftest.{style}")


def test_who_answers_less_than_half_of_an_axis_gets_no_score_for_it():
    answers = pd.DataFrame({"p1": [5], "r1": [5], "r2": [None]})
    found = profile(answers, AXES).iloc[0]
    assert np.isnan(found["people"])  # one of three
    assert found["result"] == 100  # one of two
    assert (found["style"], found["answered"]) == ("unknown", 2 / 5)


def test_alpha_by_hand():
    # r1 1 2 3, r2 1 3 2: variances 1 and 1, sums 2 5 5 with variance 3; 2 x (1 - 2/3)
    answers = pd.DataFrame({"p1": [1, 1, 1], "r1": [1, 2, 3], "r2": [1, 3, 2]})
    table = reliability(answers, AXES)
    assert table.loc["result", "alpha"] == pytest.approx(2 / 3)
    assert table.loc["result", ["n", "enough"]].tolist() == [3, False]
    assert table.loc["people", "n"] == 0  # nobody answered all of it
    assert np.isnan(table.loc["people", "alpha"])


def test_statements_that_say_the_same_have_alpha_1():
    answers = pd.DataFrame({"p1": [3] * 30, "r1": range(30), "r2": range(30)}) % 5 + 1
    assert reliability(answers, AXES).loc["result"].tolist() == [1, 30, True]


def test_an_answer_beyond_5_is_told_with_its_row():
    with pytest.raises(InputError) as told:
        profile(pd.DataFrame({"p1": [3, 6], "r1": [1, 1]}, index=[2, 9]), AXES)
    assert told.value.rows == (9,)


def test_no_answer_at_all_is_told():
    with pytest.raises(InputError):
        profile(pd.DataFrame({"p1": [3]}), AXES)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"p_names"', '"p_noise"', 7),
        ('"r_aim"', '"p_names"', 11),
        ("[axes.people]", "[axes.x]", 6),
        ('reverse = ["p_facts_only"', 'reverse = ["r_aim"', 8),
        ("statements", "statement", 7),
    ],
)
def test_a_mistake_in_the_file_is_told_by_line(tmp_path, root, old, new, line):
    text = (root / "coursekit" / "instruments" / "selling_style.toml").read_text("utf-8")
    path = tmp_path / "style.toml"
    head, _, rest = text.partition("item = ")
    path.write_text(head + "item = " + rest.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as told:
        load(path)
    assert told.value.values["line"] == line


def test_one_axis_is_too_few(tmp_path):
    path = tmp_path / "style.toml"
    path.write_text('[axes.people]\nstatements = ["p_names", "p_listen"]\n', encoding="utf-8")
    with pytest.raises(InputError):
        load(path)
