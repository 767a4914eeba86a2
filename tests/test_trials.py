import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import trials
from coursekit.errors import InputError

counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilson_of_one_in_two_by_hand():
    # z = 2 would be: centre (.5 + 4/4) / (1 + 4/2) = .5, half 2 sqrt(.25/2 + 4/16) / 3
    z = 1.959964
    centre = (0.5 + z * z / 4) / (1 + z * z / 2)
    half = z * math.sqrt(0.25 / 2 + z * z / 16) / (1 + z * z / 2)
    low, high = trials.wilson(1, 2)
    assert (low, high) == pytest.approx((centre - half, centre + half), abs=1e-6)


def test_no_success_is_a_rate_of_0_at_least_and_not_0_at_most():
    # high = z^2 / (n + z^2) = 3.8415 / 13.8415
    low, high = trials.wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(3.841459 / 13.841459, abs=1e-6)


def test_nothing_tried_tells_nothing():
    assert trials.wilson(0, 0) == (0, 1)


def test_wilson_agrees_with_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    for won, n in [(0, 5), (3, 12), (63, 100), (7, 7), (227, 448)]:
        expected = proportion_confint(won, n, method="wilson")
        assert trials.wilson(won, n) == pytest.approx(expected)


def test_newcombe_reproduces_his_own_example():
    # 56/70 against 48/80, method 10: .0524 to .3339 (Newcombe 1998, table II)
    low, high = trials.newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_newcombe_agrees_with_statsmodels():
    from statsmodels.stats.proportion import confint_proportions_2indep

    for counts_ in [(9, 10, 3, 10), (0, 10, 0, 20), (10, 10, 0, 20), (63, 100, 50, 90)]:
        expected = confint_proportions_2indep(*counts_, method="newcomb")
        assert trials.newcombe(*counts_) == pytest.approx(expected, abs=1e-9)


def test_the_sample_size_by_hand():
    # 10% against 20%, 80% and 5%: z 1.959964 and .841621, mean .15
    # (1.959964 sqrt(2 x .15 x .85) + .841621 sqrt(.09 + .16))^2 / .01 = 1.984939 / .01 = 198.5
    root = 1.959964 * math.sqrt(0.255) + 0.841621 * math.sqrt(0.25)
    assert trials.sample_size(0.1, 0.2) == math.ceil(root**2 / 0.01) == 199


def test_a_smaller_difference_takes_many_more_tries():
    assert trials.sample_size(0.1, 0.15) == 686
    assert trials.sample_size(0.2, 0.1) == trials.sample_size(0.1, 0.2)


def test_the_sample_size_has_the_power_it_promises():
    from statsmodels.stats.proportion import power_proportions_2indep

    for rate, better in [(0.1, 0.2), (0.3, 0.45), (0.05, 0.1)]:
        n = trials.sample_size(rate, better)
        powers = [
            power_proportions_2indep(better - rate, rate, size, return_results=False)
            for size in (n - 1, n)
        ]
        assert powers[0] < 0.8 <= powers[1]


def test_how_many_visits_before_one_must_have_won():
    assert trials.tries_for_one(0.1) == 29  # .9^28 = .0523, .9^29 = .0471
    assert trials.tries_for_one(0.5, 0.75) == 2  # exactly 1 - .25


def test_trials_that_differ_by_luck_have_a_ratio_of_about_one():
    # expected 2 of 10 each: ((1-2)^2 + 0 + (3-2)^2) / (10 x .2 x .8) = 2 / 1.6, by 2 degrees
    told = trials.heterogeneity([1, 2, 3], [10, 10, 10])
    assert told["rate"] == pytest.approx(0.2)
    assert told["ratio"] == pytest.approx(0.625)
    assert told["chance"] == pytest.approx(math.exp(-1.25 / 2))  # chi-square, 2 degrees


def test_heterogeneity_agrees_with_scipy():
    from scipy.stats import chi2_contingency

    won, n = np.array([12, 30, 7]), np.array([50, 60, 40])
    expected = chi2_contingency([won, n - won], correction=False)
    told = trials.heterogeneity(won, n)
    assert told["ratio"] * 2 == pytest.approx(expected.statistic)
    assert told["chance"] == pytest.approx(expected.pvalue)


def test_one_trial_alone_cannot_vary():
    assert math.isnan(trials.heterogeneity([3], [10])["ratio"])
    assert math.isnan(trials.heterogeneity([0, 0], [10, 5])["chance"])


def test_rates_as_a_frame_keep_their_labels():
    frame = trials.wilson_frame(pd.Series({"a": 1, "b": 0}), pd.Series({"a": 2, "b": 0}))
    assert frame.index.tolist() == ["a", "b"]
    assert frame["rate"].iloc[0] == 0.5
    assert math.isnan(frame["rate"].iloc[1])


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (trials.wilson, (3, 2), "trials.not_counts"),
        (trials.wilson, (-1, 2), "trials.not_counts"),
        (trials.wilson, (0.5, 2), "trials.not_counts"),
        (trials.wilson, (1, float("nan")), "trials.not_counts"),
        (trials.wilson, ([1], [1, 2]), "trials.not_counts"),
        (trials.wilson, ("a", 2), "trials.not_counts"),
        (trials.wilson, (1, 2, 1), "inputs.not_below"),
        (trials.newcombe, (1, 2, 0, 0), "trials.nothing_tried"),
        (trials.heterogeneity, ([1, 0], [2, 0]), "trials.nothing_tried"),
        (trials.sample_size, (0.2, 0.2), "trials.equal_rates"),
        (trials.sample_size, (0, 0.2), "inputs.not_above"),
        (trials.tries_for_one, (1,), "inputs.not_below"),
    ],
)
def test_what_cannot_be_a_trial_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(counts)
def test_an_interval_holds_its_rate_and_stays_within_0_and_1(pair):
    won, n = pair
    low, high = trials.wilson(won, n)
    assert 0 <= low <= won / n <= high <= 1
    mirrored = trials.wilson(n - won, n)
    assert mirrored == pytest.approx((1 - high, 1 - low))


@given(counts, counts)
def test_a_difference_the_other_way_round_changes_its_sign(first, second):
    low, high = trials.newcombe(*first, *second)
    assert -1 <= low <= first[0] / first[1] - second[0] / second[1] + 1e-12
    assert high <= 1
    other = trials.newcombe(*second, *first)
    assert other == pytest.approx((-high, -low))


@given(st.integers(5, 40), st.floats(0.05, 0.95))
def test_wilson_misses_the_true_rate_about_as_often_as_it_says(n, rate):
    from scipy.stats import binom

    won = np.arange(n + 1)
    low, high = trials.wilson(won, np.full(n + 1, n))
    held = binom.pmf(won, n, rate)[(low <= rate) & (rate <= high)].sum()
    assert held > 0.82  # 95% on average over rates, less at single ones
