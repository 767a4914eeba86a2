import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import concentration, tables
from coursekit.errors import InputError

PROFITS = [1700, -2300, 50, 8700, 1500, 200, 500, 9026, 60, 8300]
PROFITS += [10, 5000, 1200, -5400, 900, -700, 100, -3100, 1800, 7900]
revenues = st.lists(st.integers(0, 10_000), min_size=1, max_size=40)


def test_the_pareto_curve_adds_up_from_the_largest_down():
    curve = concentration.pareto(pd.Series([10, 60, 30], index=["c", "a", "b"]))
    assert curve.index.tolist() == ["a", "b", "c"]
    assert curve["share"].tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert curve["cumulated"].tolist() == pytest.approx([0.6, 0.9, 1.0])
    assert curve["customers"].tolist() == pytest.approx([1 / 3, 2 / 3, 1])


def test_equal_customers_stand_in_the_order_of_their_labels():
    curve = concentration.pareto(pd.Series([5, 5, 5], index=["K3", 7, "K1"]))
    assert curve.index.tolist() == [7, "K1", "K3"]


def test_the_top_fifth_of_ten_are_two():
    # 40 + 20 of 100
    assert concentration.top_share([40, 20, 5, 5, 5, 5, 5, 5, 5, 5]) == 0.6


def test_half_a_customer_counts_as_one_and_one_is_the_least():
    assert concentration.top_share([4, 3, 2, 1], top=0.125) == 0.4  # .5 of a customer
    assert concentration.top_share([4, 3, 2, 1], top=0.375) == 0.7  # 1.5 of them: two
    assert concentration.top_share([4, 3, 2, 1], top=0.01) == 0.4


def test_a_product_just_below_a_half_in_floats_is_that_half():
    # .3 x 5 = 1.5 customers, 1.4999999999999998 or not
    assert concentration.top_share([4, 3, 1, 1, 1], top=0.3) == 0.7


def test_how_few_customers_bring_half():
    assert concentration.fewest([40, 30, 20, 10]) == 2  # 40 + 30
    assert concentration.fewest([50, 30, 20]) == 1  # exactly half
    assert concentration.fewest([1] * 10, 0.3) == 3  # .1 + .1 + .1 is not .3 in floats
    assert concentration.fewest([0, 0]) == 0


def test_gini_of_one_who_brings_all_is_one_less_its_share_of_heads():
    assert concentration.gini([0, 0, 0, 8]) == 0.75  # 1 - 1/4
    assert concentration.gini([5, 5, 5]) == 0
    # (-2 x 1 + 0 x 2 + 2 x 6) / (3 x 9)
    assert concentration.gini([6, 1, 2]) == pytest.approx(10 / 27)


def test_without_revenue_there_is_no_share():
    assert math.isnan(concentration.top_share([0, 0]))
    assert math.isnan(concentration.gini([0]))
    assert concentration.pareto([0, 0])["cumulated"].isna().all()


def test_the_whale_of_twenty_customers():
    whale = concentration.whale_curve(PROFITS)
    assert whale.total == 35_446
    assert (whale.peak, whale.where) == (46_946, 16)
    assert round(whale.peak_share, 6) == 1.324437  # 46,946 / 35,446
    assert round(whale.curve["cumulated"].iloc[3], 6) == 0.957118  # 9026 + 8700 + 8300 + 7900
    assert (whale.loss_makers, whale.loss) == (4, -11_500)  # 2300 + 5400 + 700 + 3100
    assert whale.curve["cumulated"].iloc[-1] == pytest.approx(1)


def test_a_customer_who_brings_nothing_is_past_the_peak():
    whale = concentration.whale_curve([3, 0, -1])
    assert (whale.where, whale.loss_makers) == (1, 1)
    assert concentration.whale_curve([0, -1]).where == 0


def test_a_whale_without_profit_has_no_share():
    whale = concentration.whale_curve([1, -3])
    assert (whale.total, whale.peak, math.isnan(whale.peak_share)) == (-2, 1, True)


def test_three_kinds_of_poor_margin():
    classes = concentration.margin_class([10, 4, 0, -1], [100, 100, 100, 100])
    assert classes.tolist() == ["sound", "thin", "none", "negative"]
    assert concentration.margin_class([5], [100]).tolist() == ["sound"]  # the border is sound
    assert concentration.margin_class([-5, 0], [0, 0]).tolist() == ["negative", "none"]


@pytest.mark.parametrize(
    ("call", "values", "code"),
    [
        (concentration.top_share, [], "inputs.empty"),
        (concentration.gini, [1, -1], "inputs.too_small"),
        (concentration.pareto, [1, None], "inputs.missing"),
        (concentration.whale_curve, [1, float("inf")], "inputs.infinite"),
        (concentration.gini, ["many"], "inputs.not_numbers"),
        (concentration.gini, [[1, 2], [3]], "inputs.not_numbers"),
    ],
)
def test_what_is_no_list_of_customers_is_refused(call, values, code):
    with pytest.raises(InputError) as told:
        call(values)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


def test_the_customer_with_the_wrong_value_is_named():
    with pytest.raises(InputError) as told:
        concentration.gini(pd.Series([1.0, -2.0], index=["K1", "K2"]))
    assert told.value.rows == ("K2",)
    assert "K2" in told.value.sentence("en")


@pytest.mark.parametrize("top", [0, -0.1, 1.1, float("nan"), "20%"])
def test_a_part_of_the_customers_is_above_0_and_at_most_1(top):
    with pytest.raises(InputError):
        concentration.top_share([1, 2], top)


def test_profit_without_revenue_is_refused():
    with pytest.raises(InputError) as told:
        concentration.margin_class([5], [0])
    assert told.value.code == "concentration.profit_without_revenue"
    assert told.value.sentence("zh")


@given(revenues)
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    x = np.array(values, dtype=float)
    if x.sum() == 0:
        return
    slow = np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())
    assert concentration.gini(values) == pytest.approx(slow, abs=1e-12)


@given(revenues, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values, random):
    series = pd.Series(values)
    shuffled = series.loc[random.sample(range(len(values)), len(values))]
    pd.testing.assert_frame_equal(concentration.pareto(series), concentration.pareto(shuffled))
    assert concentration.gini(series) == concentration.gini(shuffled) or sum(values) == 0
    assert concentration.fewest(series) == concentration.fewest(shuffled)


@given(revenues, st.integers(1, 1000))
def test_another_currency_changes_no_share(values, factor):
    if sum(values):
        for share in (concentration.gini, concentration.top_share, concentration.fewest):
            other = [value * factor for value in values]
            assert share(other) == pytest.approx(share(values), abs=1e-12)


@given(revenues, st.integers(1, 100))
def test_the_fewest_customers_that_reach_a_share_are_the_first_of_the_curve(values, percent):
    if not sum(values):
        return
    n = concentration.fewest(values, percent / 100)
    largest = sorted(values, reverse=True)
    assert sum(largest[:n]) * 100 >= percent * sum(values)
    assert n == 1 or sum(largest[: n - 1]) * 100 < percent * sum(values)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40))
def test_a_whale_peaks_where_the_curve_does(profits):
    whale = concentration.whale_curve(profits)
    running = np.cumsum(sorted(profits, reverse=True))
    assert whale.peak == max(0, running.max())
    assert whale.peak + whale.loss == whale.total


def test_a_fifth_of_the_maven_accounts_bring_a_third(shared):
    deals = tables.read(shared / "maven_crm" / "sales_pipeline.csv").frame
    won = deals[deals["deal_stage"] == "Won"].groupby("account")["close_value"].sum()
    assert len(won) == 85
    assert round(concentration.top_share(won), 6) == 0.316874  # the top 17
    assert round(concentration.gini(won), 6) == 0.202111
    assert concentration.fewest(won) == 31


def test_a_fifth_of_the_wholesale_customers_bring_43_percent(shared):
    frame = tables.read(shared / "uci_wholesale" / "wholesale_440_latin1.csv").frame
    spend = frame[["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]]
    assert round(concentration.top_share(spend.sum(axis=1)), 6) == 0.429048


def test_the_superstore_has_a_whale(shared):
    orders = tables.read(next((shared / "cn_superstore").glob("*.xls"))).frame
    profit = orders.groupby("客户 ID")["利润"].sum()
    whale = concentration.whale_curve(profit)
    assert (whale.where, len(profit), whale.loss_makers) == (652, 790, 138)
    assert round(whale.peak_share, 6) == 1.124155
    assert round(whale.total, 2) == 2_156_559.52
    assert round(whale.loss, 2) == -267_746.96
    assert round(concentration.top_share(orders.groupby("客户 ID")["销售额"].sum()), 3) == 0.413
