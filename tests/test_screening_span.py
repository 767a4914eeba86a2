import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import screening
from coursekit.errors import InputError


def test_more_customers_win_less_each_and_in_the_end_less_together():
    told = screening.capacity_curve(hours=160, best=0.5, half=4, setup=4, most=40)
    # 20 customers: 8 h each, 4 of them work: half of .5; 40: 4 h each, all set-up
    assert told.loc[20].tolist() == pytest.approx([8, 0.25, 5])
    assert told.loc[40].tolist() == [4, 0, 0]
    assert told["rate"].is_monotonic_decreasing
    assert 10 < told["wins"].idxmax() < 20


def test_without_set_up_time_more_customers_always_win_more():
    assert screening.capacity_curve(160, 0.5, 4, 0)["wins"].is_monotonic_increasing


def test_the_win_rate_by_customers_carried():
    told = screening.rate_by_load([10, 12, 30, 50], [5, 6, 6, 5], edges=[12, 40])
    assert told["upto"].tolist() == [12, 40, math.inf]
    assert told["months"].tolist() == [2, 1, 1]
    assert told["rate"].tolist() == pytest.approx([11 / 22, 6 / 30, 5 / 50])


def test_a_class_without_a_month_is_unknown():
    told = screening.rate_by_load([10], [1], edges=[5])
    assert math.isnan(told.loc[0, "rate"])
    assert told.loc[0, ["low", "high"]].tolist() == [0, 1]


def test_important_before_urgent():
    told = screening.first_things(
        pd.Series([90, 80, 30, 20], ["a", "b", "c", "d"]), [10, 60, 90, 10], n=2
    )
    assert told["class"].to_dict() == {"a": "plan", "b": "now", "c": "quick", "d": "leave"}
    assert told.index[told["taken"]].tolist() == ["a", "b"]


def test_of_equal_customers_the_first_label_is_taken():
    told = screening.first_things(pd.Series([60, 60], ["z", "b"]), [60, 60], n=1)
    assert told["taken"].to_dict() == {"z": False, "b": True}


def test_people_are_looked_for_before_the_load_comes():
    told = screening.heads_needed([40, 40, 80, 60, 101], per_head=20, heads=2, lead_months=2)
    assert told["needed"].tolist() == [2, 2, 4, 3, 6]
    assert told["short"].tolist() == [0, 0, 2, 1, 4]
    # two for the third month begin in the first, two more for the fifth in the third
    assert told["start"].tolist() == [2, 0, 2, 0, 0]
    assert not told["late"].any()


def test_who_is_needed_before_he_can_be_there_is_late():
    told = screening.heads_needed([20, 60], 20, heads=1, lead_months=3)
    assert told["start"].tolist() == [2, 0]
    assert told["late"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (screening.capacity_curve, (0, 0.5, 4, 4), "inputs.not_above"),
        (screening.capacity_curve, (160, 1.5, 4, 4), "inputs.one_too_large"),
        (screening.rate_by_load, ([1], [2], [5]), "trials.not_counts"),
        (screening.first_things, ([101], [1], 1), "inputs.too_large"),
        (screening.heads_needed, ([1], 0, 1), "inputs.not_above"),
        (screening.heads_needed, ([1], 1, 1.5), "inputs.not_whole"),
    ],
)
def test_what_cannot_be_managed_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 5), st.integers(0, 4))
def test_with_enough_time_the_heads_are_there_when_needed(load, heads, lead):
    told = screening.heads_needed(load, 20, heads, lead)
    there = heads
    for month, needed in enumerate(told["needed"]):
        there += told["start"].iloc[month - lead] if month >= lead else 0
        assert there >= needed or told["late"].iloc[0]
    assert heads + told["start"].sum() == max(heads, told["needed"].max())
