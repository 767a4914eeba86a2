import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.likeness import Kind, Kinds, life_cycle_match, likeliest, likeness

TYPES = Kinds.load("customer_types")
TWO = Kinds((Kind("loud", ("shouts", "boasts")), Kind("quiet", ("talks_little", "no_opinion"))))


def seen(*signs, but_not=()):
    """One customer: these signs were seen, those looked for in vain, the rest nobody looked for."""
    return pd.DataFrame([{**dict.fromkeys(signs, "yes"), **dict.fromkeys(but_not, "no")}])


def test_there_are_eight_types_and_each_has_signs_and_answers():
    assert len(TYPES.kinds) == 8
    for kind in TYPES.kinds:
        assert len(kind.signs) >= 4
        assert len(kind.do) >= 3
        assert kind.avoid


@pytest.mark.parametrize("kind", TYPES.kinds, ids=lambda kind: kind.code)
def test_who_shows_all_signs_of_a_type_is_of_it(kind):
    found = likeliest(seen(*kind.signs), TYPES).iloc[0]
    assert (found["kind"], found["likeness"], found["why"]) == (kind.code, 1, "")


def test_likeness_is_the_share_of_seen_and_typical_that_is_both():
    customer = seen("shouts", "talks_little", but_not=["boasts"])
    like = likeness(customer, TWO).iloc[0]
    # loud: shouts is both; boasts is typical, talks_little was seen: 1 of 3
    # quiet: talks_little is both; shouts was seen; for no_opinion nobody looked: 1 of 2
    assert like.tolist() == [1 / 3, 1 / 2]


def test_what_nobody_looked_for_speaks_for_nothing():
    assert likeness(seen("shouts"), TWO).iloc[0].tolist() == [1, 0]


def test_one_sign_is_too_little_to_tell():
    found = likeliest(seen("shouts"), TWO).iloc[0]
    assert (found["kind"], found["why"], found["likeness"]) == ("cannot_tell", "few", 1)


def test_two_types_that_are_about_as_likely_are_not_told_apart():
    found = likeliest(seen("shouts", "boasts", "talks_little", "no_opinion"), TWO).iloc[0]
    assert (found["kind"], found["why"]) == ("cannot_tell", "close")


def test_signs_of_everything_fit_nothing():
    signs = [kind.signs[0] for kind in TYPES.kinds]
    found = likeliest(seen(*signs), TYPES).iloc[0]
    assert (found["kind"], found["why"]) == ("cannot_tell", "none_fits")


def test_a_cell_that_is_neither_yes_nor_no_is_told():
    with pytest.raises(InputError) as told:
        likeliest(pd.DataFrame({"shouts": ["yes", "often"]}, index=[3, 4]), TYPES)
    assert told.value.rows == (4,)


def test_a_table_without_signs_is_refused():
    with pytest.raises(InputError) as told:
        likeliest(pd.DataFrame({"name": ["K01"]}), TYPES)
    assert told.value.code == "likeness.no_columns"


@pytest.mark.parametrize(
    ("stage", "match"),
    [("growth", "fits"), ("exploration", "near"), ("maturity", "near"), ("decline", "far")],
)
def test_a_leading_user_suits_a_product_that_grows(stage, match):
    customer = seen("clear_need", "leads_the_trade", "first_to_use")
    assert life_cycle_match(customer, stage)["match"].item() == match


def test_who_cannot_be_placed_has_no_match():
    found = life_cycle_match(seen("wants_safety"), "maturity").iloc[0]
    assert (found["kind"], found["match"]) == ("cannot_tell", "unknown")


def test_a_stage_that_does_not_exist_is_told():
    with pytest.raises(InputError) as told:
        life_cycle_match(seen("clear_need"), "youth")
    assert "maturity" in told.value.sentence("zh")


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["yes", "no", None]), min_size=38, max_size=38), max_size=4)
)
def test_a_likeness_lies_between_0_and_1_and_the_order_of_rows_changes_nothing(rows):
    frame = pd.DataFrame(rows, columns=list(TYPES.signs), dtype=object)
    like = likeness(frame, TYPES)
    assert like.isin([0, 1]).all(axis=None) or like.stack().between(0, 1).all()
    found = likeliest(frame, TYPES)
    assert likeliest(frame[::-1], TYPES).loc[frame.index].equals(found)
    assert (found["likeness"] >= found["second_likeness"]).all()


@pytest.mark.parametrize(
    ("old", "new", "line_holds"),
    [
        ("seen = 2", "seen = 0", "seen = 0"),
        ("lead = 0.1", "lead = 10", "lead = 10"),
        ("lead = 0.1", "laed = 0.1", "laed"),
        ('"shouts"', '"whispers"', "whispers"),
        ("[kinds.silent]", "[kinds.mute]", "[kinds.mute]"),
        ("avoid = [", "avoids = [", "avoids"),
        ('"types_mood"', '"types_food"', "types_food"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_line(tmp_path, root, old, new, line_holds):
    text = (root / "coursekit" / "instruments" / "customer_types.toml").read_text("utf-8")
    path = tmp_path / "customer_types.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as told:
        Kinds.load(path)
    lines = path.read_text("utf-8").splitlines()
    assert line_holds in lines[told.value.values["line"] - 1]


def test_one_kind_alone_is_refused(tmp_path):
    path = tmp_path / "one.toml"
    path.write_text('[kinds.silent]\nsigns = ["shouts"]\n', encoding="utf-8")
    with pytest.raises(InputError):
        Kinds.load(path)
