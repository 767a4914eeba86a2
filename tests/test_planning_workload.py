import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import planning
from coursekit.errors import InputError

RATES = (0.25, 0.4, 0.5)


def test_a_million_takes_eight_hundred_leads():
    # 1,000,000 / (20,000 x 1.25) = 40; / .5 = 80; / .4 = 200; / .25 = 800
    assert planning.work_back(1_000_000, 20_000, 1.25, RATES) == (800, 200, 80, 40)
    # forward: 800 x .25 x .4 x .5 = 40
    assert planning.performance(800, 0.05, 20_000, 1.25).result == pytest.approx(1_000_000)


def test_a_count_is_rounded_to_nine_digits_before_it_is_rounded_up():
    # 3 / .3 is 10.000000000000002 in some orders of division, and ten leads do
    assert planning.work_back(0.3 * 10, 1, 1, [0.1 * 3]) == (10, 3)
    assert planning.work_back(1, 1, 1, [0.07])[0] == 15  # 14.29


def test_each_step_is_worked_out_from_a_whole_count():
    # 1.5 buyers are 2; 2 / .5 = 4, though 1.5 / .5 = 3 would do on average
    assert planning.work_back(15, 10, 1, [0.5]) == (4, 2)


def test_a_target_of_nothing_takes_no_work():
    assert planning.work_back(0, 10, 1, RATES) == (0, 0, 0, 0)


def test_without_steps_only_the_buyers_are_counted():
    assert planning.work_back(100, 10, 1, []) == (10,)


def test_the_band_of_few_cases_is_wide_and_that_of_many_narrow():
    few = planning.work_back_band(100_000, 1000, 1, [5], [20])
    many = planning.work_back_band(100_000, 1000, 1, [5_000], [20_000])
    assert few["plan"].tolist() == many["plan"].tolist() == [400, 100]
    width = (few["high"] - few["low"]).iloc[0]
    assert width > 10 * (many["high"] - many["low"]).iloc[0]
    assert few["low"].iloc[-1] == few["high"].iloc[-1] == 100
    assert few["enough"].iloc[-1] == 1


def test_the_band_of_one_step_is_that_of_the_beta_distribution():
    from scipy.stats import beta

    told = planning.work_back_band(100_000, 1000, 1, [5], [20])
    rates = beta.ppf([0.9, 0.1], 5.5, 15.5)
    assert told["low"].iloc[0] == pytest.approx(100 / rates[0], rel=0.02)
    assert told["high"].iloc[0] == pytest.approx(100 / rates[1], rel=0.02)
    # 400 leads suffice where the rate is .25 at least
    assert told["enough"].iloc[0] == pytest.approx(beta.sf(0.25, 5.5, 15.5), abs=0.012)


def test_a_plan_at_mean_rates_is_missed_about_every_second_time():
    told = planning.work_back_band(1_000_000, 20_000, 1.25, [50, 20, 10], [200, 50, 20])
    assert 0.4 < told["enough"].iloc[0] < 0.6


def test_the_band_is_the_same_for_the_same_seed():
    first, second = (planning.work_back_band(9, 1, 1, [3], [9], seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_new_customers_bring_what_the_base_does_not():
    assert planning.gap(1000, [500, 200], 0.9) == pytest.approx(370)  # 1000 - 450 - 180
    assert planning.gap(1000, [500, 200], [1.0, 0.5]) == 400
    assert planning.gap(100, [500]) == 0
    assert planning.gap(100, []) == 100


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (planning.work_back, (100, 0, 1, RATES), "inputs.not_above"),
        (planning.work_back, (100, 10, 1, [0.5, 0]), "planning.rate_is_zero"),
        (planning.work_back, (100, 10, 1, [25]), "inputs.too_large"),
        (planning.work_back, (-1, 10, 1, RATES), "inputs.one_too_small"),
        (planning.work_back_band, (100, 10, 1, [0], [5]), "inputs.one_too_small"),
        (planning.work_back_band, (100, 10, 1, [6], [5]), "inputs.one_too_large"),
        (planning.work_back_band, (100, 10, 1, [1.5], [5]), "inputs.not_whole"),
        (planning.work_back_band, (100, 10, 1, [1], [5, 5]), "inputs.lengths"),
        (planning.gap, (100, [-1]), "inputs.too_small"),
        (planning.gap, (100, [1, 2], [1, 1, 1]), "inputs.lengths"),
    ],
)
def test_what_is_no_plan_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(
    st.integers(0, 10**7),
    st.integers(1, 10**5),
    st.lists(st.floats(0.01, 1), max_size=4),
)
def test_the_counts_reach_the_target_and_no_lead_less_would(target, value, rates):
    counts = planning.work_back(target, value, 1, rates)
    assert counts[-1] * value >= target - 1e-6
    assert (counts[-1] - 1) * value < target or counts[-1] == 0
    for count, rate, later in zip(counts, rates, counts[1:], strict=False):
        assert count * rate >= later - 1e-6
        assert (count - 1) * rate < later or count == 0


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 30)), min_size=1, max_size=3))
def test_a_band_lies_around_itself(history):
    passed = [hits for hits, _ in history]
    told = planning.work_back_band(5000, 100, 1, passed, [h + failed for h, failed in history])
    assert (told["low"] <= told["high"]).all()
    assert told["enough"].between(0, 1).all()
    assert math.isclose(told["plan"].iloc[-1], 50)
