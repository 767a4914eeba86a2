import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import planning
from coursekit.errors import InputError


def test_the_same_total_comes_steadily_or_by_one_order():
    steady = planning.steadiness([10] * 12)
    lucky = planning.steadiness([0] * 11 + [120])
    assert steady["total"] == lucky["total"] == 120
    assert (steady["variation"], lucky["best_month"]) == (0, 1)
    # mean 10; (11 x 100 + 110^2) / 12 = 1,100; sqrt(1,100) / 10
    assert lucky["variation"] == pytest.approx(math.sqrt(1100) / 10)
    assert lucky["without_largest"] == 0


def test_orders_are_added_up_by_month():
    told = planning.steadiness([30, 20, 50], ["Jan", "Jan", "Feb"])
    assert (told["months"], told["best_month"], told["largest"]) == (2, 0.5, 0.5)
    assert told["variation"] == 0


def test_orders_and_months_meet_by_their_labels():
    amounts = pd.Series([30, 20], ["o1", "o2"])
    told = planning.steadiness(amounts, pd.Series(["Jan", "Jan"], ["o2", "o1"]))
    assert told["months"] == 1
    prices = planning.price_corridor(amounts, pd.Series(["salt", "feed"], ["o2", "o1"]))
    assert prices["middle"].tolist() == [30, 20]


def test_a_year_without_sales_has_no_shares():
    told = planning.steadiness([0, 0])
    assert math.isnan(told["variation"])
    assert told["without_largest"] == 0


def test_sales_that_follow_activity_a_month_later_show_at_lag_1():
    activity = [5, 9, 3, 8, 2, 7, 6, 4]
    sales = [1, *(10 * value for value in activity[:-1])]
    told = planning.lead_lag(activity, sales)
    assert told["n"].tolist() == [8, 7, 6, 5]
    assert told["correlation"].abs().idxmax() == 1
    assert told.loc[1, "correlation"] == pytest.approx(1)
    assert told.loc[1, ["low", "high"]].tolist() == pytest.approx([1, 1], abs=1e-6)


def test_lead_and_lag_agree_with_scipy():
    from scipy.stats import pearsonr

    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 14))
    told = planning.lead_lag(x, y, 2)
    for lag in range(3):
        expected = pearsonr(x[: 14 - lag], y[lag:])
        interval = expected.confidence_interval()
        assert told.loc[lag, "correlation"] == pytest.approx(expected.statistic)
        assert told.loc[lag, ["low", "high"]].tolist() == pytest.approx(list(interval))


def test_months_are_put_in_order_before_they_are_shifted():
    months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    activity = pd.Series([1, 5, 2, 4, 3], months)
    sales = pd.Series([9, 1, 5, 2, 4], months)
    shuffled = planning.lead_lag(activity.iloc[::-1], sales.sample(frac=1, random_state=1), 1)
    pd.testing.assert_frame_equal(shuffled, planning.lead_lag(activity, sales, 1))
    assert shuffled.loc[1, "correlation"] == pytest.approx(1)


def test_few_months_give_no_correlation_or_no_interval():
    told = planning.lead_lag([1, 2, 3], [3, 1, 2], 1)
    assert told.loc[0, "correlation"] == pytest.approx(-0.5)
    assert math.isnan(told.loc[0, "low"])
    assert math.isnan(told.loc[1, "correlation"])


def test_activity_that_never_varies_goes_with_nothing():
    assert (
        planning.lead_lag([0.1 + 0.2, 0.3, 0.3, 0.3], [1, 2, 3, 4], 0)["correlation"].isna().all()
    )


def test_four_times_ten_percent_are_more_than_forty():
    told = planning.small_gains([0.1] * 4)
    assert told["together"].iloc[-1] == pytest.approx(0.4641)  # 1.1^4 - 1
    assert told["added"].iloc[-1] == pytest.approx(0.4)


def test_a_goal_is_behind_where_less_is_done_than_time_is_gone():
    told = planning.attainment([100, 50_000], [60, 20_000], elapsed=0.5)
    assert told["attained"].tolist() == [0.6, 0.4]
    assert told["ahead"].tolist() == pytest.approx([0.1, -0.1])


def test_the_mix_of_each_class_adds_up():
    orders = pd.DataFrame(
        {
            "class": ["A", "A", "B", "B", None],
            "kind": ["lead", "new", "lead", "lead", "new"],
            "amount": [75, 25, 10, 30, 99],
        }
    )
    told = planning.mix(orders)
    assert told.loc["A"].to_dict() == {"lead": 0.75, "new": 0.25}
    assert told.loc["B"].to_dict() == {"lead": 1, "new": 0}


def test_a_price_outside_the_usual_is_marked():
    prices = [*range(10, 21), 12, None]
    told = planning.price_corridor(prices, ["feed"] * 11 + ["salt", "feed"], level=0.8)
    # of 10 to 20: the tenth part lies below 11, the tenth part above 19
    assert told.loc[1, ["low", "middle", "high"]].tolist() == pytest.approx([11, 15, 19])
    assert told["place"].tolist() == ["below", *["within"] * 9, "above", "within", None]


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (planning.steadiness, ([],), "inputs.empty"),
        (planning.steadiness, ([1, -1],), "inputs.too_small"),
        (planning.steadiness, ([1], ["a", "b"]), "inputs.lengths"),
        (planning.lead_lag, ([1, 2], [1, 2, 3]), "inputs.lengths"),
        (planning.lead_lag, ([1, 2], [1, 2], 2), "inputs.one_too_large"),
        (planning.lead_lag, (pd.Series([1]), pd.Series([1], [5]), 0), "planning.other_months"),
        (planning.small_gains, ([0.1, -1],), "planning.nothing_left"),
        (planning.attainment, ([0], [1]), "planning.no_plan"),
        (planning.attainment, ([1], [1], 0), "inputs.not_above"),
        (planning.mix, (pd.DataFrame({"amount": []}),), "inputs.no_column"),
        (planning.price_corridor, ([1], ["a", "b"]), "inputs.lengths"),
    ],
)
def test_what_cannot_be_measured_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


def test_the_goal_without_a_plan_is_named():
    with pytest.raises(InputError) as told:
        planning.attainment(
            pd.Series({"units": 5, "calls": 0}), pd.Series({"units": 1, "calls": 1})
        )
    assert told.value.rows == ("calls",)


@given(st.lists(st.floats(-0.9, 2), min_size=1, max_size=8))
def test_the_order_of_gains_does_not_matter_in_the_end(gains):
    there = planning.small_gains(gains)["together"].iloc[-1]
    assert planning.small_gains(gains[::-1])["together"].iloc[-1] == pytest.approx(there, abs=1e-9)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=20), st.integers(1, 9))
def test_another_unit_changes_no_correlation(values, factor):
    x, y = values, values[::-1]
    there = planning.lead_lag(x, y, 0)["correlation"].iloc[0]
    scaled = planning.lead_lag([factor * v + 3 for v in x], y, 0)["correlation"].iloc[0]
    assert there == pytest.approx(scaled, nan_ok=True)
