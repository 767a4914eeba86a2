import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import screening, tables, trials
from coursekit.errors import InputError


def deals(*rows):
    return pd.DataFrame(rows, columns=["segment", "competitor", "stage"])


def test_only_deals_that_have_ended_count():
    told = screening.win_rates(
        deals(("feed", "X", "contract"), ("feed", "X", "lost"), ("feed", "X", "p50")), "segment"
    )
    assert told.loc["feed", ["won", "n", "rate"]].tolist() == [1, 2, 0.5]
    assert math.isnan(told.loc["feed", "gap"])  # there are no others
    assert told.loc["feed", "verdict"] == "open"
    assert told.loc["feed", "refusals_per_win"] == 1


def test_a_segment_is_better_where_the_interval_says_so():
    table = pd.concat(
        [deals(("feed", "X", "contract"))] * 30
        + [deals(("feed", "X", "lost"))] * 10
        + [deals(("milk", "X", "contract"))] * 10
        + [deals(("milk", "X", "lost"))] * 30
    )
    told = screening.win_rates(table, ["segment"])
    assert told["verdict"].to_dict() == {"feed": "better", "milk": "worse"}
    assert told.loc["feed", "gap"] == pytest.approx(0.5)
    expected = trials.newcombe(30, 40, 10, 40)
    assert told.loc["feed", ["gap_low", "gap_high"]].tolist() == pytest.approx(expected)
    assert told.loc["milk", "refusals_per_win"] == 3


def test_a_blank_competitor_is_a_group_of_its_own():
    told = screening.win_rates(
        deals(("feed", None, "contract"), ("feed", "X", "lost")), ["segment", "competitor"]
    )
    assert len(told) == 2
    assert told["n"].sum() == 2
    assert math.isnan(told["refusals_per_win"].iloc[0])


LOG = pd.DataFrame(
    {
        "deal_id": [1, 1, 1, 1, 2, 3, 99],
        "step": ["price", "price", "offer", "visit", "price", "visit", "visit"],
        "kind": ["dear", "dear", "fit", "fit", "dear", "rumour", "fit"],
    }
)
WON = pd.Series({1: False, 2: False, 3: True, 4: True})
STEPS = ["visit", "offer", "price"]


def test_deals_without_an_objection_count_too():
    told = screening.objections_by_number(LOG, WON)
    # four objections are "3 and more"; deal 99 is still open
    assert told["n"].tolist() == [1, 2, 0, 1]
    assert told["lost"].tolist() == [0, 1, 0, 1]
    assert told["rate"].iloc[[0, 1, 3]].tolist() == [0, 0.5, 1]
    assert math.isnan(told.loc[2, "rate"])
    assert told.loc[2, ["low", "high"]].tolist() == [0, 1]


def test_a_deal_counts_once_at_each_step():
    told = screening.objections_by_step(LOG, WON, STEPS)
    assert told.index.tolist() == STEPS
    assert told["n"].tolist() == [2, 1, 2]
    assert told["lost"].tolist() == [1, 1, 2]


def test_an_objection_that_an_earlier_step_answers_was_preventable():
    told = screening.preventable(LOG, {"dear": "offer", "fit": "visit"}, STEPS)
    # dear at price: the offer comes before; fit at the visit itself: no earlier step
    assert told["preventable"].tolist() == [True, True, True, False, True, False, False]
    assert told["prevent"].tolist()[5] is None


def test_the_steps_that_won_deals_share():
    done = pd.DataFrame({"demo": [1, 1, 1, 0], "lunch": [1, 0, 1, 0], "all": [1, 1, 1, 1]})
    told = screening.step_lift(done, [True, True, False, False])
    assert told.index.tolist() == ["demo", "lunch", "all"]
    # 2 of 3 with the demo, none of 1 without; half of all won
    assert told.loc["demo", ["with", "without", "lift", "gap"]].tolist() == pytest.approx(
        [2 / 3, 0, 4 / 3, 2 / 3]
    )
    assert told.loc["demo", "gap_low"] == pytest.approx(trials.newcombe(2, 3, 0, 1)[0])
    assert math.isnan(told.loc["all", "gap"])


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (screening.win_rates, (pd.DataFrame({"stage": []}), "segment"), "inputs.no_column"),
        (screening.objections_by_number, (LOG, pd.Series([1, 0], [1, 1])), "screening.deal_twice"),
        (screening.objections_by_step, (LOG, WON, ["visit"]), "screening.unknown_step"),
        (screening.preventable, (LOG, {"dear": "dinner"}, STEPS), "screening.unknown_step"),
        (screening.step_lift, (pd.DataFrame({"a": [2]}), [1]), "inputs.too_large"),
    ],
)
def test_what_tells_of_no_deal_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.sampled_from("XY"), st.sampled_from(["contract", "lost"])
        ),
        min_size=1,
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_every_ended_deal_is_in_one_group_in_whatever_order(rows, random):
    told = screening.win_rates(deals(*rows), "segment")
    assert told["n"].sum() == len(rows)
    assert told["won"].sum() == sum(row[2] == "contract" for row in rows)
    shuffled = random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(told, screening.win_rates(deals(*shuffled), "segment"))


def test_the_salvirt_deals_with_an_unknown_budget_are_the_ones_lost(shared):
    frame = tables.read(shared / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv").frame
    stage = frame["Status"].map({"Won": "contract", "Lost": "lost"})
    told = screening.win_rates(frame.assign(stage=stage), "Budgt_alloc")
    assert told["rate"].round(6).to_dict() == {"No": 0.533679, "Unknown": 0.138889, "Yes": 0.543379}
    assert told["n"].sum() == 448
    assert told.loc["Unknown", "verdict"] == "worse"
