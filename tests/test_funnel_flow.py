"""How a list moves and what shape it has: figures by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import funnel
from coursekit.errors import InputError
from coursekit.funnel import OPEN, STAGES

LADDER = funnel.Ladder.load()


def history(*entries):
    """Entries such as "A p25 1": deal, stage, day counted from 1 January."""
    rows = [entry.split() for entry in entries]
    return pd.DataFrame(
        {
            "deal_id": [deal for deal, _, _ in rows],
            "stage": [stage for _, stage, _ in rows],
            "date": [pd.Timestamp(2026, 1, 1) + pd.Timedelta(days=int(d) - 1) for *_, d in rows],
        }
    )


some_entries = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from([*STAGES, "lost"]), st.integers(1, 60)),
    min_size=1,
    max_size=30,
)


def made(entries):
    return history(*(f"{deal} {stage} {day}" for deal, stage, day in entries))


# what was known on a day


def test_a_snapshot_does_not_know_what_comes_later():
    table = funnel.snapshot(
        history("A opportunity 1", "A appointment 8", "A contract 20"), "2026-01-10"
    )
    row = table.loc["A"]
    assert (row["stage"], row["highest"]) == ("appointment", "appointment")
    assert (row["created"].day, row["entered"].day, row["appointment"].day) == (1, 8, 8)
    assert row["closed"] is pd.NaT


def test_a_stage_that_is_entered_again_and_again_was_entered_when_it_began():
    table = funnel.snapshot(history("A p25 1", "A p25 9", "A p25 15"), "2026-02-01")
    assert table.loc["A", "entered"].day == 1


def test_a_deal_that_was_lost_and_taken_up_again_is_open():
    table = funnel.snapshot(history("A p50 1", "A lost 9", "A p25 15"), "2026-02-01")
    assert table.loc["A", ["stage", "highest"]].tolist() == ["p25", "p50"]
    assert table.loc["A", "closed"] is pd.NaT


# flow


def test_deals_that_reached_a_stage_moved_on_were_lost_or_are_under_way():
    table = funnel.flow(
        history(
            *("A p25 1", "A p50 11", "A contract 31"),
            *("B p25 1", "B p50 21", "B lost 26"),
            *("C p25 1", "C lost 41"),
            "D p25 1",
        )
    )
    columns = ["reached", "moved_on", "lost", "under_way"]
    assert table.loc["p25", columns].tolist() == [4, 2, 1, 1]
    assert table.loc["p50", columns].tolist() == [2, 1, 1, 0]
    assert table.loc["p90", columns].tolist() == [1, 1, 0, 0]  # A jumped it
    assert table.loc["p25", "rate"] == 2 / 3  # D has not decided yet
    assert table.loc["p25", "days"] == 15  # 10 and 20
    assert table.loc["p25", "days_lost"] == 40
    assert np.isnan(table.loc["p90", "days"])  # a jump takes no time


def test_the_usual_time_is_that_of_eight_in_ten():
    moves = [f"{name} p25 1" for name in "ABCDEF"]
    moves += [f"{name} p50 {day}" for name, day in zip("ABCDEF", range(11, 17), strict=True)]
    assert funnel.flow(history(*moves)).loc["p25", "days_most"] == 14  # of 10 to 15 days


def test_a_deal_that_falls_back_and_climbs_again_counts_once():
    table = funnel.flow(
        history("A p25 1", "A p50 8", "A p25 15", "A p50 22", "A p90 29", "A p50 36", "A p90 43")
    )
    assert table.loc["p50", ["reached", "moved_on", "fell_back"]].tolist() == [1, 1, 1]
    assert table.loc["p90", ["reached", "under_way", "fell_back"]].tolist() == [1, 1, 1]
    assert table.loc["p50", "days"] == 21  # 8 to 29, the way back included


def test_a_loss_is_not_a_fall():
    assert funnel.flow(history("A p50 1", "A lost 5"))["fell_back"].sum() == 0


def test_flow_up_to_a_day_forgets_the_rest():
    table = funnel.flow(history("A p25 1", "A p50 11", "A lost 31"), "2026-01-20")
    assert table.loc["p50", ["reached", "under_way", "lost"]].tolist() == [1, 1, 0]


@settings(max_examples=25, deadline=None)
@given(some_entries, st.randoms(use_true_random=False))
def test_every_deal_is_somewhere_and_the_order_of_rows_changes_nothing(entries, rng):
    table = made(entries)
    order = list(table.index)
    rng.shuffle(order)
    found = funnel.flow(table)
    pd.testing.assert_frame_equal(found, funnel.flow(table.loc[order]))
    there = found["moved_on"] + found["lost"] + found["under_way"]
    assert there.tolist() == found["reached"].tolist()
    for lower, upper in itertools.pairwise(OPEN):
        assert found.loc[lower, "moved_on"] == found.loc[upper, "reached"]
    assert not (found[["days", "days_most", "days_lost"]] < 0).any(axis=None)


# moves from week to week


def test_a_deal_is_looked_at_once_a_week():
    # looks on days 1, 8, 15, 22, 29: p25 p25 p50 contract
    moves = funnel.weekly_moves(history("A p25 1", "A p50 10", "A contract 20"), "2026-01-29")
    assert moves.loc["p25", ["p25", "p50"]].tolist() == [1, 1]
    assert moves.loc["p50", ["p50", "contract"]].tolist() == [0, 1]
    assert moves.to_numpy().sum() == 3


def test_what_is_entered_and_left_between_two_looks_is_not_seen():
    moves = funnel.weekly_moves(history("A p25 1", "A p50 9", "A lost 11"), "2026-01-15")
    assert moves.loc["p25", ["p25", "p50", "lost"]].tolist() == [1, 0, 1]


@settings(max_examples=25, deadline=None)
@given(some_entries)
def test_weekly_moves_are_those_of_looking_at_every_week(entries):
    table, until = made(entries), pd.Timestamp(2026, 3, 1)
    slow = pd.DataFrame(0, index=OPEN, columns=[*OPEN, "contract", "lost"])
    looks = [until - pd.Timedelta(weeks=k) for k in range(12)]
    seen = [funnel.snapshot(table, day)["stage"] for day in reversed(looks)]
    for before, after in itertools.pairwise(seen):
        for deal, stage in before.items():
            if stage in OPEN:
                slow.loc[stage, after[deal]] += 1
    moves = funnel.weekly_moves(table, until)
    assert moves.to_numpy().tolist() == slow.to_numpy().tolist()


# what comes and goes


def test_weeks_show_what_came_what_left_and_what_stands():
    table = funnel.movement(
        history(
            *("A appointment 5", "B appointment 6", "C appointment 13"),
            *("A contract 14", "B lost 20", "B p25 27"),
        ),
        "2026-02-02",
    )
    assert table["came"].tolist() == [2, 1, 0, 0]  # weeks of 5, 12, 19, 26 January
    assert table["won"].tolist() == [0, 1, 0, 0]
    assert table["lost"].tolist() == [0, 0, 0, 0]  # B is open again
    assert table["under_way"].tolist() == [2, 2, 2, 2]


def test_a_history_without_first_appointments_has_no_weeks():
    assert funnel.per_week(history("A p25 1"), "2026-02-01").empty
    assert funnel.movement(history("A p25 1"), "2026-02-01").empty


def test_a_first_appointment_is_one_however_often_it_is_entered():
    assert funnel.per_week(
        history("A appointment 5", "A opportunity 6", "A appointment 7"), "2026-01-12"
    ).tolist() == [1]


# evolution


STEP = pd.DataFrame(
    [[0.5, 0.3, 0.0, 0.2], [0.0, 0.6, 0.3, 0.1]],
    index=["p25", "p50"],
    columns=["p25", "p50", "contract", "lost"],
)


def test_a_list_moves_by_the_shares_of_its_stages():
    table = funnel.evolve({"p25": 10, "p50": 10}, STEP, 4, weeks=2)
    # 10 x .5 + 4 new; 10 x .3 + 10 x .6; 10 x .3 won; 10 x .2 + 10 x .1 lost
    assert table.loc[1].tolist() == pytest.approx([9, 9, 3, 3])
    # 9 x .5 + 4; 9 x .3 + 9 x .6; 2.7; 1.8 + .9
    assert table.loc[2].tolist() == pytest.approx([8.5, 8.1, 2.7, 2.7])


def test_without_new_prospects_the_base_goes_first_and_the_contracts_last():
    table = funnel.evolve({"p25": 10, "p50": 6}, STEP, 0, weeks=4)
    assert table["p25"].tolist() == pytest.approx([10, 5, 2.5, 1.25, 0.625])
    fed = funnel.evolve({"p25": 10, "p50": 6}, STEP, 5, weeks=4)
    assert table["contract"].tolist()[:3] == fed["contract"].tolist()[:3]  # nobody notices yet
    assert table.loc[4, "contract"] < fed.loc[4, "contract"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=8, max_size=8),
    st.lists(st.floats(0, 20), min_size=2, max_size=2),
    st.lists(st.floats(0, 10), min_size=5, max_size=5),
)
def test_no_deal_is_made_or_lost_on_the_way(counts, stock, inflow):
    moves = pd.DataFrame(np.reshape(counts, (2, 4)), index=STEP.index, columns=STEP.columns)
    table = funnel.evolve(dict(zip(STEP.index, stock, strict=True)), moves, inflow, weeks=5)
    ended = table[["contract", "lost"]].to_numpy().sum()
    assert ended + table.loc[5, ["p25", "p50"]].sum() == pytest.approx(sum(stock) + sum(inflow))


@pytest.mark.parametrize(
    ("stock", "moves", "inflow", "code"),
    [
        ({"p90": 1}, STEP, 0, "funnel.moves_stage"),
        ({}, STEP.drop(columns="lost"), 0, "funnel.moves_columns"),
        ({}, -STEP, 0, "funnel.moves_negative"),
        ({}, STEP, [1, 2], "funnel.inflow_weeks"),
        ({}, STEP, -1, "funnel.inflow_weeks"),
    ],
)
def test_a_list_that_cannot_move_is_refused(stock, moves, inflow, code):
    with pytest.raises(InputError) as told:
        funnel.evolve(stock, moves, inflow, weeks=3)
    assert told.value.code == code
    assert told.value.sentence("zh")


KERNEL = [0, 0, 0.05, 0.1, 0.2, 0.2, 0.1, 0.05]


def test_four_weeks_without_new_prospects_are_missed_for_nine():
    missing = funnel.shortfall(10, 100, KERNEL, 4)
    expected = [0, 0, 50, 150, 350, 550, 600, 550, 350, 150, 50, 0]
    assert missing.tolist() == pytest.approx(expected)
    assert missing.sum() == pytest.approx(2800)  # 4 weeks of 10 x 100 x .7


def test_the_shortfall_is_the_difference_of_two_lists():
    steady, gap = [10] * 12, [10, 10, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10]
    difference = funnel.arrivals(steady, 100, KERNEL) - funnel.arrivals(gap, 100, KERNEL)
    assert difference.iloc[2:14].tolist() == pytest.approx(
        funnel.shortfall(10, 100, KERNEL, 4).tolist()
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 0.1), min_size=1, max_size=10), st.integers(1, 9), st.integers(0, 20))
def test_what_is_missing_is_the_gap_whatever_the_cycle(kernel, gap, per_week):
    missing = funnel.shortfall(per_week, 50, kernel, gap)
    assert missing.sum() == pytest.approx(gap * per_week * 50 * sum(kernel))
    first = next((lag for lag, share in enumerate(kernel) if share), len(kernel))
    assert missing.iloc[:first].sum() == 0


@pytest.mark.parametrize("kernel", [[0.6, 0.6], [-0.1], [], [float("nan")]])
def test_shares_of_prospects_that_cannot_be_are_refused(kernel):
    with pytest.raises(InputError):
        funnel.shortfall(10, 100, kernel, 4)


# shape, age, coverage


def deals(**counts):
    rows = [code for code, n in counts.items() for _ in range(n)]
    return pd.DataFrame({"stage": rows, "amount": 100.0})


def test_a_list_in_the_shape_of_the_pyramid_is_at_distance_zero():
    found = funnel.shape(deals(opportunity=30, appointment=25, p25=22, p50=15, p90=8, lost=9))
    assert found.misplaced == pytest.approx(0)
    assert found.bulges == ()
    assert found.stages.loc["p25", ["n", "amount"]].tolist() == [22, 2200]


def test_a_list_on_its_head_has_bulges_and_deals_in_the_wrong_place():
    found = funnel.shape(
        deals(opportunity=1, appointment=1, p25=2, p50=4, p90=2),
        {"opportunity": 4, "appointment": 3, "p25": 2, "p50": 1, "p90": 0},
    )
    # shares .1 .1 .2 .4 .2 against .4 .3 .2 .1 0: too many .3 + .2
    assert found.misplaced == pytest.approx(0.5)
    assert found.bulges == ("p25", "p50")


def test_an_empty_list_has_no_shape():
    assert np.isnan(funnel.shape(deals(lost=3)).misplaced)


def test_a_pyramid_needs_every_stage():
    with pytest.raises(InputError):
        funnel.shape(deals(p25=1), {"p25": 1})


def test_what_stands_in_a_stage_is_what_enters_times_how_long_it_stays():
    flow = funnel.flow(
        history(
            *("A opportunity 1", "A appointment 11", "A p25 31", "A contract 36"),
            *("B opportunity 1", "B appointment 11", "B lost 51"),
        )
    )
    # opportunity 2 x 10; appointment 1 x 20 + 1 x 40; p25 1 x 5; p50 and p90 jumped
    assert funnel.pyramid_of(flow).tolist() == pytest.approx([20 / 85, 60 / 85, 5 / 85, 0, 0])


def test_a_stage_that_nobody_left_has_no_pace():
    with pytest.raises(InputError):
        funnel.pyramid_of(funnel.flow(history("A opportunity 1")))


def test_a_deal_is_late_beyond_the_usual_time_of_its_stage():
    flow = funnel.flow(history("X p25 1", "X p50 11"))
    list_ = pd.DataFrame(
        {
            "stage": ["p25", "p25", "p50", "contract"],
            "entered": pd.to_datetime(["2026-01-22", "2026-01-21", "2026-01-01", "2026-01-01"]),
        },
        index=[4, 5, 6, 7],
    )
    table = funnel.ageing(list_, "2026-02-01", flow)
    assert table["days"].tolist() == [10, 11, 31]
    assert table["late"].tolist() == [False, True, False]  # the pace of p50 is not known
    assert list(table.index) == [4, 5, 6]


def test_coverage_stands_as_open_as_listed_and_as_shown():
    list_ = pd.DataFrame(
        {
            "stage": ["p25", "p50", "contract"],
            "amount": [400.0, 200, 900],
            "next_step": ["a", "", ""],
        }
    )
    # 600 open; 400 x .25 + 200 x .5 listed; without a step the second falls to 0
    found = funnel.coverage(list_, "2026-02-01", LADDER, 200, rate=0.25)
    assert found == (3, 1, 0.5, 4)
    with pytest.raises(InputError):
        funnel.coverage(list_, "2026-02-01", LADDER, 0)


# the 50% standard


def test_the_standard_is_the_share_of_claims_that_pass_all_five():
    gates = LADDER.gates("p50")
    evidence = pd.DataFrame(1, index=list("abcd"), columns=list(gates))
    evidence.loc["b", "budget"] = 0
    evidence.loc["c", ["budget", "schedule"]] = 0
    claimed = pd.Series(["p50", "p50", "p50", "p25"], index=list("abcd"))
    row = funnel.gate_standard(evidence, claimed, LADDER).loc["team"]
    assert (row["n"], row["passed"], row["share"], row["weakest"]) == (3, 1, 1 / 3, "budget")
    by = pd.Series(["Li", "Li", "Wu", "Xu"], index=list("abcd"))
    table = funnel.gate_standard(evidence, claimed, LADDER, by=by)
    assert table["n"].tolist() == [2, 1, 0]
    assert table["share"].tolist()[:2] == [0.5, 0]
    assert np.isnan(table.loc["Xu", "share"])


# limits as data


def test_a_trainers_limits_win_over_the_shipped_ones(tmp_path):
    file = tmp_path / "findings.toml"
    file.write_text("[zombies]\nshare = 0.4\n", encoding="utf-8")
    found = funnel.thresholds(file)
    assert found["zombies"]["share"] == 0.4
    assert found["no_new_blood"] == funnel.thresholds()["no_new_blood"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[zombie]\nshare = 1\n", 1),
        ("[zombies]\n\nshares = 1\n", 3),
        ('[zombies]\nshare = "much"\n', 2),
        ("[zombies]\nshare = true\n", 2),
        ("[zombies]\nshare = -1\n", 2),
        ("\n[pyramid]\np90 = 0.5\n", 2),
        ("zombies = 3\n", 1),
    ],
)
def test_a_mistake_in_the_limits_is_told_by_line(tmp_path, text, line):
    file = tmp_path / "findings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        funnel.thresholds(file)
    assert told.value.values["line"] == line
    assert "findings.toml" in told.value.sentence("zh")
