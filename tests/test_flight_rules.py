import pathlib

import pytest

import coursekit
from coursekit import flight
from coursekit.errors import InputError

SOURCE = pathlib.Path(coursekit.__file__).parent / "instruments" / "flight.toml"


@pytest.fixture
def edited(tmp_path):
    """The shipped rules with one passage replaced, as a trainer's copy."""

    def write(old, new):
        text = SOURCE.read_text("utf-8")
        assert old in text
        path = tmp_path / "flight.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def line_with(path, text):
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip() == text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hours = 40", 'hours = "40"', 'hours = "40"'),
        ("hours = 40", "hours = 0", "hours = 0"),
        ("grace = 1", "grace = 1.5", "grace = 1.5"),
        ("upkeep = 0.5", "upkeep = nan", "upkeep = nan"),
        ("cost_per_hour = 150", "cost_per_hour = inf", "cost_per_hour = inf"),
        ("cost_per_hour = 150", "cost_per_hour = -1", "cost_per_hour = -1"),
        ("cost_per_hour = 150", "cost_per_hour = true", "cost_per_hour = true"),
        ("chance = 0.6", "chance = 1.2", "chance = 1.2"),
        ("chance = 0.6", "chanse = 0.6", "chanse = 0.6"),
        ("out = 0.07", "out = 0.5", "out = 0.5"),  # 0.63 + 0.5 > 1
        ("decay = 0.4\n", "", "[stage.opportunity]"),
        ("[stage.p25]", "[stage.p75]", "[stage.p75]"),
        ("low = 80000", "low = 200000", "high = 160000"),
        ("share = 0.5", "share = 0.6", "share = 0.6"),  # sizes now sum to 1.1
        ("share = 0.4", "share = 0.3", "share = 0.3"),  # events now sum to 0.9
        ("[event.fair]", "[event.flood]", "[event.flood]"),
        ("[event.fair]", "[event.sick]", None),
        ("weeks = 6", "weeks = 60", "weeks = 60"),
        ("[version.six]", "[version.ten]", "[version.ten]"),
        ("[prospect]", "[prospects]", "[prospects]"),
    ],
)
def test_a_mistake_in_the_rules_is_told_by_line(edited, old, new, told):
    path = edited(old, new)
    with pytest.raises(InputError) as caught:
        flight.Rules.load(path)
    assert caught.value.values["file"] == "flight.toml"
    if told:
        assert caught.value.values["line"] == line_with(path, told)
    assert caught.value.sentence("zh") and caught.value.sentence("en")


def test_a_section_that_is_not_there_is_missed(edited):
    path = edited(SOURCE.read_text("utf-8")[SOURCE.read_text("utf-8").index("[version.six]") :], "")
    with pytest.raises(InputError) as caught:
        flight.Rules.load(path)
    assert caught.value.values["key"] == "version"


def test_a_trainers_change_is_played_by(edited):
    rules = flight.Rules.load(edited("hours = 40", "hours = 60"))
    shipped = flight.Rules.load()
    assert flight.start(rules, seed=1).hours == flight.start(shipped, seed=1).hours + 20
    assert rules.digest != shipped.digest


def test_the_same_rules_have_the_same_digest(edited):
    assert flight.Rules.load(edited("[size.small]", "# …\n[size.small]")).digest == (
        flight.Rules.load().digest
    )


def test_a_size_that_nobody_draws_is_allowed(edited):
    path = edited("share = 0.35", "share = 0.5")
    text = path.read_text("utf-8").replace("share = 0.15", "share = 0")
    path.write_text(text, encoding="utf-8")
    rules = flight.Rules.load(path)
    sizes = {deal.size for seed in range(50) for deal in flight.start(rules, seed=seed).deals}
    assert sizes == {"small", "medium"}
