import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import screening, tables
from coursekit.errors import InputError


@pytest.mark.parametrize(
    ("sales", "stage"),
    [
        ([0, 0, 3, 0, 5, 8], "exploration"),  # sold for four periods only
        ([1, 2, 4, 8, 16, 30, 50, 70], "growth"),
        ([90, 95, 100, 98, 99, 97, 101, 96], "maturity"),
        ([90, 80, 75, 70, 60, 50, 45, 40], "decline"),
        ([5, 4, 6, 5, 0, 0, 0, 0], "decline"),  # it has stopped selling
        ([9, 0, 0, 0, 0, 0, 0, 9], "exploration"),  # an order now and then
        ([10, 90, 20, 80, 100, 15, 95, 10], "maturity"),  # +10% within its own noise
    ],
)
def test_the_stage_of_a_series(sales, stage):
    assert screening.life_cycle(sales).stage == stage


def test_the_change_and_its_noise_by_hand():
    # 3 5 then 6 8: 7 / 4 - 1; variances 2 and 2: sqrt(2/2 + 1.75^2 x 2/2) / 4
    told = screening.life_cycle([3, 5, 6, 8], window=2)
    assert told.change == 0.75
    assert told.noise == pytest.approx(math.sqrt(1 + 1.75**2) / 4)
    assert told.peak_share == 1


def test_a_season_is_no_growth_where_the_window_holds_it_whole():
    sales = [10, 20, 40, 20] * 3
    assert screening.life_cycle(sales, window=4).stage == "maturity"
    assert screening.life_cycle(sales[:11], window=2).stage == "growth"


def test_a_year_in_months():
    days = [f"2025-{month:02}-15" for month in range(1, 13)]
    told = screening.season(days, [1] * 11 + [13])
    # 24 in all, 2 an average month
    assert told["index"].tolist() == [0.5] * 11 + [6.5]
    assert told["years"].iloc[0] == 1


def test_parts_of_years_are_left_out_and_years_count_alike():
    days = [
        "2023-12-01",
        *(f"{y}-{m:02}-03" for y in (2024, 2025) for m in (1, 6, 12)),
        "2026-01-01",
    ]
    told = screening.season(days, [99, 1, 2, 1, 10, 10, 20, 99])
    assert told["years"].iloc[0] == 2
    # June: 2 of 4 and 10 of 40, times 12
    assert told.loc[6].tolist() == [4.5, 3, 6, 2]
    assert told["index"].sum() == pytest.approx(12)


def test_the_next_order_is_due_after_the_usual_interval():
    orders = pd.DataFrame(
        {
            "customer": ["b", "a", "a", "a", "a"],
            "day": ["2026-01-01", "2026-01-01", "2026-01-31", "2026-01-31", "2026-03-12"],
        }
    )
    told = screening.next_orders(orders, "2026-03-20", lead_days=10)
    # 30 and 40 days: 35 after the last one
    assert told.index.tolist() == ["a", "b"]
    assert told.loc["a", ["n", "interval_days"]].tolist() == [3, 35]
    assert told.loc["a", "due"] == pd.Timestamp("2026-04-16")
    assert told.loc["a", "contact"] == pd.Timestamp("2026-04-06")
    assert not told.loc["a", "overdue"]
    assert pd.isna(told.loc["b", "contact"])


def test_one_talks_before_the_budget_is_made():
    told = screening.before_budget(pd.Series({"a": 10, "b": 3, "c": 2}), "2026-03-01", 60)
    assert told["budget"].dt.strftime("%Y-%m-%d").tolist() == [
        "2026-10-01",
        "2026-03-01",  # today is not past
        "2027-02-01",
    ]
    assert told["late"].tolist() == [False, True, False]


def test_groups_stand_one_inside_the_other():
    told = screening.nested_groups("ABCDEFGH", "ABCD", "CDX")
    assert told["n"].tolist() == [8, 4, 3]
    assert told["inside"].tolist() == [8, 4, 2]
    assert told["share"].tolist() == [1, 0.5, 0.5]
    assert told["outside"].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (screening.life_cycle, ([0, 0],), "screening.nothing_sold"),
        (screening.life_cycle, ([1, 2], 1), "inputs.one_too_small"),
        (screening.season, (["2025-01-01"], [1]), "screening.no_whole_year"),
        (screening.season, (["soon"], [1]), "inputs.not_a_day"),
        (screening.before_budget, ([13], "2026-03-01"), "inputs.too_large"),
        (screening.before_budget, ([1.5], "2026-03-01"), "inputs.not_whole"),
        (screening.nested_groups, ([], ["a"], []), "screening.group_empty"),
    ],
)
def test_what_tells_of_no_market_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(st.lists(st.integers(0, 100), min_size=4, max_size=24).filter(any), st.integers(2, 9))
def test_another_currency_changes_no_stage(sales, factor):
    here = screening.life_cycle(sales)
    there = screening.life_cycle([value * factor for value in sales])
    assert here.stage == there.stage
    assert here.peak_share == pytest.approx(there.peak_share)
    assert 0 <= here.peak_share <= 1


def test_the_superstore_sells_most_towards_the_end_of_the_year(shared):
    orders = tables.read(next((shared / "cn_superstore").glob("*.xls"))).frame
    told = screening.season(orders["订单日期"], orders["销售额"])
    assert told["index"].mean() == pytest.approx(1)
    years = orders["订单日期"].pipe(pd.to_datetime).dt.year
    assert told["years"].iloc[0] == years.nunique()
    shares = []
    for year in years.unique():
        part = orders[years == year]
        month = pd.to_datetime(part["订单日期"]).dt.month
        total = part["销售额"].sum()
        shares.append(part["销售额"].groupby(month).sum().reindex(range(1, 13)) / total * 12)
    assert np.allclose(told["index"], np.nanmean(shares, axis=0))
