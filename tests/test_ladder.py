import pathlib

import pandas as pd
import pytest

from coursekit import terms
from coursekit.errors import InputError
from coursekit.funnel import OPEN, STAGES, Ladder

SHIPPED = Ladder.load()


@pytest.fixture
def edited(tmp_path):
    """The shipped ladder with one passage replaced, as a trainer's copy."""
    import coursekit

    source = pathlib.Path(coursekit.__file__).parent / "instruments" / "ladder.toml"

    def write(old, new):
        text = source.read_text("utf-8")
        assert old in text
        path = tmp_path / "ladder.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def line_with(path, text):
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_shipped_ladder_has_the_rates_of_the_course():
    rates = [SHIPPED.rate(code) for code in SHIPPED.codes]
    assert dict(zip(SHIPPED.codes, rates, strict=True)) == {
        "opportunity": 0,
        "appointment": 0,
        "p25": 0.25,
        "p50": 0.5,
        "p90": 0.9,
        "contract": 1,
    }
    assert SHIPPED.codes == STAGES
    assert STAGES[:-1] == OPEN


def test_the_gates_are_those_of_the_syllabus():
    assert SHIPPED.gates("p25") == (
        "fa_done",
        "project_set_up",
        "sales_plan",
        "staged_plan",
        "decision_path",
        "next_step",
    )
    assert SHIPPED.gates("p50") == (
        "right_person",
        "right_proposal",
        "budget",
        "schedule",
        "next_step",
    )
    assert SHIPPED.gates("p90") == ("contract_pending", "only_supplier", "next_step")


def test_a_lost_deal_and_a_stage_that_nobody_knows_count_nothing():
    assert [SHIPPED.rate(code) for code in ("lost", "banana", None, pd.NA)] == [0, 0, 0, 0]


def test_rates_keep_the_index_of_the_deals():
    rates = SHIPPED.rates(pd.Series(["p90", None, "lost"], index=[7, 3, 5]))
    assert rates.to_dict() == {7: 0.9, 3: 0, 5: 0}


def test_every_stage_and_gate_has_words():
    for stage in SHIPPED.stages:
        assert terms.known(f"stage.{stage.code}")
        assert all(terms.known(f"gate.{gate}") for gate in stage.gates)


def test_a_trainer_changes_a_rate_and_a_threshold(edited):
    ladder = Ladder.load(edited("rate = 0.25", "rate = 0.3"))
    assert ladder.rate("p25") == 0.3
    ladder = Ladder.load(edited("min_closed = 20", "min_closed = 5"))
    assert ladder.limits.min_closed == 5


def test_the_order_of_the_sections_is_free(edited):
    path = edited("[stage.opportunity]\nrate = 0\ngates = []\n", "")
    path.write_text(path.read_text("utf-8") + "\n[stage.opportunity]\nrate = 0\n", "utf-8")
    assert Ladder.load(path) == SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("rate = 0.25", "rate = 25", "course.wrong_value", "rate = 25"),
        ("rate = 0.25", 'rate = "25%"', "course.wrong_value", 'rate = "25%"'),
        ("rate = 0.25", "rate = true", "course.wrong_value", "rate = true"),
        ("rate = 0.25", "rate = nan", "course.wrong_value", "rate = nan"),
        ("rate = 0.5", "rate = 0.20", "course.wrong_value", "rate = 0.20"),
        ("rate = 0.5\n", "", "course.wrong_value", "[stage.p50]"),
        ('"budget"', '"money"', "course.wrong_value", '"money"'),
        ('gates = ["right_person"', 'gates = [7, "right_person"', "course.wrong_value", "[7"),
        ('"budget"', '"right_person"', "funnel.gate_twice", "schedule"),
        ("[stage.p50]", "[stage.p40]", "course.unknown_key", "[stage.p40]"),
        ("[stage.p50]", "[stage.p25]", "course.section_twice", "rate = 0.5"),
        ("rate = 0.5", "rates = 0.5", "course.unknown_key", "rates = 0.5"),
        ("[limits]", "[limit]", "course.unknown_key", "[limit]"),
        ("min_closed = 20", "min_close = 20", "course.unknown_key", "min_close = 20"),
        ("min_closed = 20", "min_closed = 0", "course.wrong_value", "min_closed = 0"),
        ("min_closed = 20", "min_closed = 2.5", "course.wrong_value", "min_closed = 2.5"),
        ("doubt_share = 0.5", "doubt_share = 50", "course.wrong_value", "doubt_share = 50"),
        ("rate = 0.5", "rate = = 0.5", "course.not_toml", "rate = = 0.5"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_line(edited, old, new, code, marked):
    path = edited(old, new)
    with pytest.raises(InputError) as told:
        Ladder.load(path)
    line = line_with(path, marked)
    if code == "course.section_twice":
        line -= 1  # the heading stands above the rate
    assert (told.value.code, told.value.values["line"]) == (code, line)
    assert f"第 {line} 行" in told.value.sentence("zh")
    assert f"line {line}" in told.value.sentence("en")


def test_a_stage_that_is_left_out_is_named(edited):
    path = edited("[stage.appointment]\nrate = 0\n" + 'gates = ["appointment_agreed"]\n', "")
    with pytest.raises(InputError) as told:
        Ladder.load(path)
    assert told.value.code == "funnel.stage_absent"
    assert "appointment" in told.value.sentence("zh")


def test_a_stage_written_as_a_number_is_told_by_line(tmp_path):
    path = tmp_path / "ladder.toml"
    path.write_text("[stage]\nopportunity = 0\n", "utf-8")
    with pytest.raises(InputError) as told:
        Ladder.load(path)
    assert told.value.values["line"] == 2


def test_other_rates_make_another_ladder_and_leave_this_one():
    other = SHIPPED.with_rates(opportunity=0.1, appointment=0.1)
    assert (other.rate("opportunity"), SHIPPED.rate("opportunity")) == (0.1, 0)


@pytest.mark.parametrize("rates", [{"p25": 1.5}, {"p25": 0.6}, {"p26": 0.3}])
def test_other_rates_must_fit_the_ladder(rates):
    with pytest.raises(InputError):
        SHIPPED.with_rates(**rates)
