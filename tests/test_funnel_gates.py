"""Gates of a class and new blood, on lists that one checks by eye."""

import pandas as pd
import pytest

from coursekit import funnel
from coursekit.errors import InputError

LADDER = funnel.Ladder.load()
FIVE = ["right_person", "right_proposal", "budget", "schedule", "next_step"]
ALL = sorted({gate for stage in LADDER.stages for gate in stage.gates})


def evidence(*deals):
    """One row per deal; a deal is the list of gates that can be shown."""
    return pd.DataFrame([[gate in shown for gate in ALL] for shown in deals], columns=ALL)


def test_a_deal_with_all_five_gates_misses_nothing_at_50():
    missing = funnel.missing_gates(evidence(FIVE), pd.Series(["p50"]), LADDER)
    assert missing[0] == ()


def test_missing_gates_come_in_the_order_of_the_ladder():
    missing = funnel.missing_gates(evidence(["next_step", "budget"]), pd.Series(["p50"]), LADDER)
    assert missing[0] == ("right_person", "right_proposal", "schedule")


def test_only_the_claimed_class_is_asked_for():
    deals = evidence(["contract_pending", "only_supplier", "next_step"])
    assert funnel.missing_gates(deals, pd.Series(["p90"]), LADDER)[0] == ()
    assert len(funnel.missing_gates(deals, pd.Series(["p50"]), LADDER)[0]) == 4


def test_a_stage_without_gates_and_a_missing_stage_miss_nothing():
    missing = funnel.missing_gates(
        evidence([], []), pd.Series(["opportunity", None], dtype=object), LADDER
    )
    assert list(missing) == [(), ()]


def test_rows_are_matched_by_index_not_by_place():
    deals = evidence(FIVE, [])
    claimed = pd.Series({1: "opportunity", 0: "p50"})
    assert list(funnel.missing_gates(deals, claimed, LADDER)) == [(), ()]


def test_a_gate_without_a_column_is_named():
    with pytest.raises(InputError) as caught:
        funnel.missing_gates(evidence(FIVE).drop(columns="budget"), pd.Series(["p50"]), LADDER)
    assert "预算" in caught.value.sentence("zh")


def test_a_deal_may_claim_the_highest_class_whose_gates_all_stand():
    shown = funnel.class_shown(evidence(FIVE, FIVE[:4], ["contract_pending", *FIVE]), LADDER)
    assert list(shown) == ["p50", "opportunity", "p50"]


def test_a_target_is_worked_backwards_with_every_step_rounded_up():
    # 1,000,000 / 300,000 = 3.3 -> 4 contracts; 4 / 0.3 = 13.3 -> 14; 14 / (20 - 10) = 1.4 -> 2
    needed = funnel.appointments_needed(1_000_000, 300_000, 0.3, weeks=20, cycle_weeks=10)
    assert needed == (4, 14, 10, 2)


def test_a_quotient_that_is_whole_is_not_rounded_up_further():
    # 0.3 / 0.1 is 2.9999999999999996 or 3.0000000000000004 in floating point
    assert funnel.appointments_needed(3, 1, 0.1, weeks=30).appointments == 30


def test_what_cannot_close_in_time_is_said():
    with pytest.raises(InputError) as caught:
        funnel.appointments_needed(100, 10, 0.5, weeks=10, cycle_weeks=10)
    assert caught.value.code == "funnel.too_late"


@pytest.mark.parametrize("values", [(0, 10, 0.5), (100, 0, 0.5), (100, 10, 0), (100, 10, 1.5)])
def test_what_makes_no_sense_is_refused(values):
    with pytest.raises(InputError) as caught:
        funnel.appointments_needed(*values, weeks=10)
    assert caught.value.code == "funnel.number_out_of_range"


def history(*rows):
    frame = pd.DataFrame(rows, columns=["deal_id", "stage", "date"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


MET = history(
    ("a", "appointment", "2026-01-05"),  # a Monday
    ("b", "appointment", "2026-01-11"),  # the Sunday of that week
    ("c", "appointment", "2026-01-21"),
    ("a", "contract", "2026-01-25"),
    ("c", "contract", "2026-02-02"),
)


def test_weeks_begin_on_monday_and_empty_ones_count():
    weeks = funnel.per_week(MET, until="2026-01-26")
    assert list(weeks) == [2, 0, 1]


def test_the_week_that_is_not_over_is_left_out():
    assert list(funnel.per_week(MET, until="2026-01-21")) == [2, 0]


def test_contracts_are_counted_over_the_same_weeks():
    assert list(funnel.per_week(MET, until="2026-02-09", stage="contract")) == [0, 0, 1, 0, 1]


def test_the_cycle_runs_from_first_appointment_to_contract():
    assert funnel.cycle_days(MET) == (20 + 12) / 2


def test_the_share_won_counts_only_appointments_old_enough():
    assert funnel.won_share(MET, before="2026-01-20") == (1 / 2, 2)
