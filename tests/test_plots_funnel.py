"""Figures of the stages, gates and new blood: their numbers, and that they can be drawn."""

import matplotlib.text
import pandas as pd
import pytest

from coursekit import funnel, terms
from coursekit.plots import funnel as stages
from coursekit.plots import gates, inflow

LADDER = funnel.Ladder.load()
FIVE = list(LADDER.gates("p50"))


def deals(*codes):
    return pd.DataFrame({"stage": codes}, index=[f"d{n}" for n in range(len(codes))])


def history(*rows):
    frame = pd.DataFrame(rows, columns=["deal_id", "stage", "date"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


def words(figure):
    return [found.get_text() for found in figure.findobj(matplotlib.text.Text)]


# two first appointments in each of four weeks, two quiet weeks between; all won four weeks later
MET = [
    f"2026-{day}"
    for day in ("01-05", "01-06", "01-12", "01-13", "02-02", "02-03", "02-09", "02-10")
]
YEAR = history(
    *(
        row
        for n, day in enumerate(MET)
        for row in (
            (f"d{n}", "appointment", day),
            (f"d{n}", "contract", str(pd.Timestamp(day) + pd.Timedelta(weeks=4))[:10]),
        )
    )
)


def test_only_classes_with_a_rate_count():
    numbers = stages.stages_numbers(deals("opportunity", "appointment", "p25", "contract"), LADDER)
    assert (numbers["n"], numbers["n_percent"], numbers["n_zero"]) == (3, 1, 2)


def test_the_gap_is_the_longest_run_of_quiet_weeks():
    numbers = inflow.echo_numbers(YEAR, "2026-03-16")
    # quiet: the weeks of 19 and 26 January, and the four weeks after 9 February, which are longer
    assert (numbers["gap_weeks"], str(numbers["gap_from"])) == (4, "2026-02-16")
    assert numbers["n_fa"] == 0


def test_the_echo_is_looked_for_one_cycle_after_the_gap():
    numbers = inflow.echo_numbers(YEAR, "2026-02-23")
    assert numbers["cycle_weeks"] == 4
    assert str(numbers["won_from"]) == "2026-02-16"


def test_coming_contracts_are_decided_for_one_cycle():
    numbers = inflow.coming_numbers(YEAR, "2026-04-06", per_week=3, weeks=6)
    # nothing was met in the last four weeks; then 3 a week at a rate of 8 / 8
    assert numbers["expected"] == [0, 0, 0, 0, 3, 3]
    assert (numbers["decided"], numbers["later"]) == (0, 6)


def test_gates_are_counted_for_the_claimed_class_only():
    evidence = pd.DataFrame(1, index=["a", "b", "c"], columns=FIVE)
    evidence.loc["b", "budget"] = 0
    claimed = pd.Series({"a": "p50", "b": "p50", "c": "p25"})
    numbers = gates.gates_numbers(evidence, claimed, "p50", LADDER)
    assert (numbers["n"], numbers["n_all"], numbers["n_budget"]) == (2, 1, 1)
    assert numbers["weakest"] == "gate.budget"


def test_the_deal_that_lacks_least_is_named_with_what_it_lacks():
    evidence = pd.DataFrame(1, index=["a", "b", "c"], columns=FIVE)
    evidence.loc["a", ["budget", "schedule"]] = 0
    evidence.loc["b", "next_step"] = 0
    claimed, names = pd.Series("p50", evidence.index), pd.Series({"a": "A", "b": "B", "c": "C"})
    numbers = gates.gate_table_numbers(evidence, claimed, names, "p50", LADDER)
    assert (numbers["n_all"], numbers["n_short"]) == (1, 2)
    assert (numbers["nearest"], numbers["lacks"]) == ("B", ["gate.next_step"])


def test_where_no_gate_is_missing_nobody_is_named():
    evidence = pd.DataFrame(1, index=["a"], columns=FIVE)
    claimed, names = pd.Series("p50", evidence.index), pd.Series({"a": "A"})
    numbers = gates.gate_table_numbers(evidence, claimed, names, "p50", LADDER)
    assert (numbers["n_short"], numbers["nearest"], numbers["lacks"]) == (0, "", [])


def test_contracts_during_the_gap_are_counted_too():
    # quiet from 16 February on; the four met from 2 to 10 February are won four weeks later
    assert inflow.echo_numbers(YEAR, "2026-03-16")["n_won_during"] == 4


def test_ended_deals_are_split_by_the_gates_they_had():
    evidence = pd.DataFrame(1, index=["d0", "d1", "d2", "d3"], columns=FIVE)
    evidence.loc["d1", "budget"] = 0
    evidence.loc["d2", FIVE[:2]] = 0
    team = deals("contract", "lost", "lost", "p50")
    numbers = gates.won_by_gates_numbers(evidence, team, team.index, LADDER)
    assert [numbers[f"n_{name}"] for name in ("few", "four", "full")] == [1, 1, 1]
    assert [numbers[f"won_{name}"] for name in ("few", "four", "full")] == [0, 0, 1]


@pytest.fixture
def checked():
    listed = deals("p50", "p90", "contract").assign(
        amount=[100.0, 100.0, 100.0], next_step=["", "sign on Friday", ""]
    )
    return funnel.review(listed, "2026-03-02", LADDER)


def test_what_is_lost_is_split_by_reason(checked):
    numbers = stages.claimed_and_shown_numbers(checked)
    assert numbers["listed"] == 100 * 0.5 + 100 * 0.9
    assert numbers["shown"] == 100 * 0.9
    assert numbers["lost"] == {"no_next_step": 100 * 0.5}
    assert numbers["largest"] == "d0"


def test_a_list_that_loses_nothing_has_no_largest_loss(checked):
    numbers = stages.claimed_and_shown_numbers(checked.loc[["d1"]])
    assert (numbers["n"], numbers["largest"]) == (0, None)


@pytest.mark.parametrize("lang", terms.LANGS)
def test_figures_carry_their_numbers_as_words(checked, lang):
    evidence = pd.DataFrame(1, index=["a", "b"], columns=FIVE)
    claimed = pd.Series("p50", evidence.index)
    team = deals("contract", "lost")
    drawn = {
        "3": stages.stages(deals("p25", "p25", "p50"), LADDER, lang),
        terms.money(140, lang): stages.claimed_and_shown(checked, lang),
        "2": gates.gates(evidence, claimed, "p50", LADDER, lang),
        "4": inflow.echo(YEAR, "2026-02-23", lang),
    }
    drawn["1"] = gates.won_by_gates(evidence.set_index(team.index), team, team.index, LADDER, lang)
    for number, figure in drawn.items():
        assert any(number in text for text in words(figure))
    inflow.coming(YEAR, "2026-04-06", 5, lang)
    gates.gate_table(evidence, claimed, pd.Series("x", evidence.index), "p50", LADDER, lang)
