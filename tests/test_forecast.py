import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import forecast, terms
from coursekit.errors import InputError
from coursekit.forecast import exact

THREE = ([200, 300, 400], [0.25, 0.5, 0.9])


# the expected value


def test_the_expected_value_multiplies_before_it_adds():
    # 100 x 0 + 200 x .25 + 300 x .5 + 400 x .9 + 50 x 1
    assert forecast.expected_value([100, 200, 300, 400, 50], [0, 0.25, 0.5, 0.9, 1]) == 610
    assert forecast.expected_value([100, 200, 300, 400, 50], [0, 0.25, 0.5, 0, 1]) == 250


def test_the_average_rate_times_the_sum_is_a_trap():
    # .495 x 300 would be 148.5
    assert forecast.expected_value([100, 200], [0.99, 0]) == 99


def test_add_first_and_round_half_up_where_it_is_shown():
    total = forecast.expected_value([1, 1, 1], 0.5)
    assert total == 1.5
    assert terms.money(total, "en") == "2"  # each rounded before: 1 + 1 + 1 = 3


def test_an_amount_that_is_missing_is_not_valued():
    assert forecast.expected_value([100, float("nan")], [0.5, 0.9]) == 50
    assert forecast.distribution([100, None], [0.5, 0.9]).totals.tolist() == [0, 100]


def test_no_deals_bring_nothing():
    result = forecast.distribution([], [])
    assert (result.mean, result.sd, result.at_least(0), result.at_least(1)) == (0, 0, 1, 0)
    assert forecast.expected_value([], []) == 0


@pytest.mark.parametrize(
    ("amount", "rate", "code"),
    [
        ([1, 2], [0.5], "forecast.lengths_differ"),
        ([1], [1.5], "forecast.not_a_rate"),
        ([1], [-0.1], "forecast.not_a_rate"),
        ([1], [float("nan")], "forecast.not_a_rate"),
        ([float("inf")], [0.5], "forecast.too_much"),
        ([1e14], [0.5], "forecast.too_much"),
    ],
)
def test_what_cannot_be_a_deal_is_refused(amount, rate, code):
    for call in (forecast.expected_value, forecast.distribution):
        with pytest.raises(InputError) as told:
            call(amount, rate)
        assert told.value.code == code
        assert told.value.sentence("zh")


def test_the_row_of_a_wrong_rate_is_named():
    with pytest.raises(InputError) as told:
        forecast.expected_value(pd.Series([1, 1], index=[2, 3]), pd.Series([0.5, 50], index=[2, 3]))
    assert told.value.rows == (3,)


# the distribution


def test_three_deals_have_eight_outcomes():
    result = forecast.distribution(*THREE)
    assert result.exact
    assert result.totals.tolist() == [0, 200, 300, 400, 500, 600, 700, 900]
    # .75 x .5 x .1 = 3/80, .25 x .5 x .1 = 1/80, … ; 560, the mean, is none of them
    eightieths = [3, 1, 3, 27, 1, 9, 27, 9]
    assert result.shares == pytest.approx([k / 80 for k in eightieths])
    assert result.mean == 560  # 50 + 150 + 360
    # 200^2 x .25 x .75 + 300^2 x .5 x .5 + 400^2 x .9 x .1 = 7,500 + 22,500 + 14,400
    assert result.sd == pytest.approx(math.sqrt(44_400))
    assert round(result.sd, 6) == 210.713075


def test_the_probability_of_a_target_counts_the_target_itself():
    result = forecast.distribution(*THREE)
    assert result.at_least(600) == pytest.approx(9 / 16)  # (9 + 27 + 9) / 80
    assert result.at_least(600.01) == pytest.approx(36 / 80)
    assert result.at_least(0) == 1
    assert result.at_least(901) == 0


def test_a_quantile_is_a_total_that_can_happen():
    result = forecast.distribution(*THREE)
    # cumulated: 3 4 7 34 35 44 71 80 eightieths
    assert [result.quantile(q) for q in (0, 0.0375, 0.5, 0.55, 0.9, 1)] == [
        0,
        0,
        600,
        600,
        900,
        900,
    ]
    with pytest.raises(InputError):
        result.quantile(1.1)


def test_sure_and_hopeless_deals_only_shift_the_total():
    result = forecast.distribution([100, 10, 7], [0.5, 1, 0])
    assert result.totals.tolist() == [10, 110]


def test_cents_add_up_as_on_paper():
    result = forecast.distribution([0.1, 0.2], [0.5, 0.5])  # .1 + .2 is not .3 in floats
    assert result.totals.tolist() == [0, 0.1, 0.2, 0.3]
    assert result.at_least(0.3) == 0.25


def test_equal_totals_are_one():
    result = forecast.distribution([100, 100], [0.5, 0.5])
    assert (result.totals.tolist(), result.shares.tolist()) == ([0, 100, 200], [0.25, 0.5, 0.25])


def test_many_deals_of_one_size_are_a_binomial():
    result = forecast.distribution([500] * 40, 0.25)
    assert result.exact
    for won in (0, 7, 10, 40):
        share = math.comb(40, won) * 0.25**won * 0.75 ** (40 - won)
        assert result.shares[won] == pytest.approx(share, rel=1e-9)


def test_a_credit_note_can_be_in_the_list():
    few = forecast.distribution([100, -30], [0.5, 0.5])
    assert few.totals.tolist() == [-30, 0, 70, 100]
    many = forecast.distribution([100] * 15 + [-50] * 5, 0.5)
    assert many.exact
    assert (many.totals[0], many.totals[-1]) == (-250, 1500)
    assert many.mean == pytest.approx(float(many.totals @ many.shares))


def large(n=400, seed=1):
    rng = np.random.default_rng(seed)
    return rng.lognormal(10, 1, n).round(2), rng.choice([0.25, 0.5, 0.9], n)


def test_a_long_list_is_simulated_with_exact_mean_and_spread():
    amount, rate = large()
    result = forecast.distribution(amount, rate)
    assert not result.exact
    assert result.mean == pytest.approx(float((amount * rate).sum()))
    assert result.sd == pytest.approx(float(np.sqrt((amount**2 * rate * (1 - rate)).sum())))
    assert math.fsum(result.shares) == pytest.approx(1)
    # 10,000 draws: the mean of the draws is within 5 sd / 100 of the true one
    assert abs(result.totals @ result.shares - result.mean) < 5 * result.sd / 100
    # nearly normal: half of it lies below the mean, a sixth more than one sd above
    assert result.at_least(result.mean) == pytest.approx(0.5, abs=0.03)
    assert result.at_least(result.mean + result.sd) == pytest.approx(0.159, abs=0.03)


def test_a_simulation_comes_out_the_same_twice_and_in_every_order():
    amount, rate = large()
    order = np.random.default_rng(2).permutation(len(amount))
    first = forecast.distribution(amount, rate)
    again = forecast.distribution(amount[order], rate[order])
    assert first.totals.tolist() == again.totals.tolist()
    assert first.shares.tolist() == again.shares.tolist()
    assert forecast.distribution(amount, rate, seed=1).totals.tolist() != first.totals.tolist()


def test_draws_agree_with_the_exact_figures(monkeypatch):
    rng = np.random.default_rng(3)
    amount, rate = rng.integers(1, 50, 30) * 100, rng.choice([0.25, 0.5, 0.9], 30)
    sure = forecast.distribution(amount, rate)
    monkeypatch.setattr(exact, "MOST_STEPS", 0)
    drawn = forecast.distribution(amount, rate)
    assert (sure.exact, drawn.exact) == (True, False)
    for share in (0.1, 0.5, 0.9):
        target = sure.quantile(share)
        assert drawn.at_least(target) == pytest.approx(sure.at_least(target), abs=0.02)


# the deals that decide


def by_hand(amount, rate, target, fixed=None):
    """Probability of the target, every outcome one by one."""
    chance = 0.0
    for outcome in itertools.product((0, 1), repeat=len(amount)):
        if fixed and outcome[fixed[0]] != fixed[1]:
            continue
        total = sum(a * won for a, won in zip(amount, outcome, strict=True))
        if total >= target - 1e-6:
            shares = [
                1.0 if fixed and i == fixed[0] else (r if won else 1 - r)
                for i, (r, won) in enumerate(zip(rate, outcome, strict=True))
            ]
            chance += math.prod(shares)
    return chance


def test_the_deal_that_decides_most_comes_first():
    table = forecast.deciding(*THREE, 600)
    # 600 is reached by 200 + 400, 300 + 400, all three
    # 400 won: 1 - .75 x .5 = .625, lost: 0; 300 won: .9, lost: .25 x .9 = .225;
    # 200 won: .9, lost: .5 x .9 = .45
    assert table["amount"].tolist() == [300, 400, 200]
    assert table["with"].tolist() == pytest.approx([0.9, 0.625, 0.9])
    assert table["without"].tolist() == pytest.approx([0.225, 0, 0.45])


def test_the_labels_of_the_deals_are_kept():
    amount = pd.Series([200, 300, 400], index=[12, 5, 9])
    assert list(forecast.deciding(amount, [0.25, 0.5, 0.9], 600, n=2).index) == [5, 9]


def test_a_target_out_of_reach_or_reached_already_is_decided_by_none():
    assert forecast.deciding(*THREE, 1000).empty
    assert forecast.deciding([*THREE[0], 600], [*THREE[1], 1], 600).empty
    assert forecast.deciding([], [], 600).empty


def test_a_decided_deal_decides_nothing():
    table = forecast.deciding([600, 600, 600], [0, 0.5, 1], 700)
    assert table["rate"].tolist() == [0.5]


@pytest.mark.parametrize("target", [None, float("nan"), float("inf"), "600"])
def test_a_target_must_be_an_amount(target):
    with pytest.raises(InputError) as told:
        forecast.deciding(*THREE, target)
    assert told.value.code == "forecast.not_a_target"


def test_long_lists_agree_with_short_ones_on_what_decides(monkeypatch):
    rng = np.random.default_rng(4)
    amount, rate = rng.integers(1, 50, 12) * 100, rng.choice([0.25, 0.5, 0.9], 12)
    target = forecast.expected_value(amount, rate)
    outcomes = forecast.deciding(amount, rate, target, n=12)
    monkeypatch.setattr(exact, "MOST_DEALS", 0)
    lattice = forecast.deciding(amount, rate, target, n=12)
    pd.testing.assert_frame_equal(outcomes, lattice)
    monkeypatch.setattr(exact, "MOST_STEPS", 0)
    drawn = forecast.deciding(amount, rate, target, n=12).loc[outcomes.index]
    assert np.abs(drawn["with"] - outcomes["with"]).max() < 0.02
    assert np.abs(drawn["without"] - outcomes["without"]).max() < 0.02


amounts = st.lists(st.integers(-2_000, 100_000).map(lambda cents: cents / 100), max_size=8)


@st.composite
def deals(draw):
    amount = draw(amounts)
    rate = st.sampled_from([0, 0.1, 0.25, 0.5, 0.9, 1])
    return amount, draw(st.lists(rate, min_size=len(amount), max_size=len(amount)))


@settings(max_examples=100, deadline=None)
@given(deals(), st.integers(0, 3_000))
def test_every_list_agrees_with_counting_all_outcomes(listed, target):
    amount, rate = listed
    result = forecast.distribution(amount, rate)
    assert result.at_least(target) == pytest.approx(by_hand(amount, rate, target), abs=1e-9)
    assert result.mean == pytest.approx(float(result.totals @ result.shares), abs=1e-6)
    for label, row in forecast.deciding(amount, rate, target).iterrows():
        won, lost = (by_hand(amount, rate, target, (label, outcome)) for outcome in (1, 0))
        assert (row["with"], row["without"]) == pytest.approx((won, lost), abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(deals(), st.randoms(use_true_random=False))
def test_the_order_of_deals_changes_nothing(listed, rng):
    pairs = list(zip(*listed, strict=True))
    shuffled = pairs.copy()
    rng.shuffle(shuffled)
    one, other = (
        forecast.distribution([a for a, _ in order], [r for _, r in order])
        for order in (pairs, shuffled)
    )
    assert one.totals.tolist() == other.totals.tolist()
    assert one.shares.tolist() == other.shares.tolist()
    assert (one.mean, one.sd) == (other.mean, other.sd)


@settings(max_examples=50, deadline=None)
@given(deals(), st.floats(0, 1))
def test_a_quantile_and_its_probability_belong_together(listed, share):
    result = forecast.distribution(*listed)
    total = result.quantile(share)
    below = 1 - result.at_least(total + 0.01)
    assert below >= share - 1e-9


def test_rates_belong_to_their_amounts_by_label():
    amount = pd.Series([100.0, 400.0], index=["a", "b"])
    rate = pd.Series([0.25, 0.9], index=["a", "b"])
    # 100 × 0.25 + 400 × 0.9
    assert (
        forecast.expected_value(amount, rate) == forecast.expected_value(amount, rate[::-1]) == 385
    )
    assert forecast.distribution(amount, rate[::-1]).mean == 385
    assert forecast.deciding(amount, rate, 400).equals(forecast.deciding(amount, rate[::-1], 400))


def test_words_are_no_amounts():
    with pytest.raises(InputError) as told:
        forecast.expected_value(["much"], [0.5])
    assert told.value.code == "inputs.not_numbers"
