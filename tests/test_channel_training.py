import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coursekit import channel
from coursekit.errors import InputError


def dealers(*rows):
    return pd.DataFrame(rows, columns=["trained", "before", "after"])


FOUR = dealers((True, 100, 130), (True, 200, 250), (False, 100, 108), (False, 200, 212))


def test_the_effect_is_the_change_of_the_trained_less_that_of_the_others():
    effect = channel.training_effect(FOUR)
    # (30 + 50) / 2 against (8 + 12) / 2
    assert (effect["trained"], effect["untrained"], effect["effect"]) == (40, 10, 30)
    assert (effect["n_trained"], effect["n_untrained"]) == (2, 2)


def test_what_the_market_gave_is_no_effect():
    grown = dealers((True, 100, 150), (True, 200, 250), (False, 90, 140), (False, 80, 130))
    effect = channel.training_effect(grown)
    assert effect["trained"] == 50
    assert (effect["effect"], effect["reading"]) == (0, "not_shown")


def test_growth_compares_large_and_small_dealers():
    mixed = dealers((True, 10, 12), (True, 1000, 1200), (False, 10, 11), (False, 1000, 1100))
    effect = channel.training_effect(mixed, relative=True)
    assert effect["trained"] == pytest.approx(0.2)
    assert effect["untrained"] == pytest.approx(0.1)
    assert effect["effect"] == pytest.approx(1.2 / 1.1 - 1)
    assert effect["reading"] == "helped"


def test_groups_that_moved_apart_before_are_not_comparable():
    best = FOUR.assign(earlier=[70, 150, 91, 189])  # the trained grew by 30 and 50 already
    close = dealers(*[(True, 100, 130)] * 3, *[(False, 100, 110)] * 3)
    before = close.assign(earlier=[80, 81, 79, 99, 100, 101])
    assert channel.training_effect(before)["reading"] == "not_comparable"
    assert channel.training_effect(best)["trend"] == 40 - 10
    steady = close.assign(earlier=[98, 99, 97, 98, 97, 99])
    effect = channel.training_effect(steady)
    assert (effect["trend"], effect["reading"]) == (pytest.approx(0), "helped")


def test_the_trained_would_have_drifted_with_the_others():
    means = channel.before_and_after(FOUR)
    assert means.loc[True].tolist() == [150, 190, 160]  # 150 + (160 - 150)
    assert means.loc[False].tolist() == [150, 160, 160]


@pytest.mark.parametrize(
    ("frame", "options", "code"),
    [
        (FOUR.iloc[:3], {}, "channel.group_too_small"),
        (FOUR.assign(before=0), {"relative": True}, "channel.no_growth_from_nothing"),
        (FOUR.assign(trained="maybe"), {}, "inputs.not_one_of"),
        (FOUR.assign(after=[1, 2, 3, None]), {}, "inputs.missing"),
    ],
)
def test_what_cannot_be_compared_is_told(frame, options, code):
    with pytest.raises(InputError) as told:
        channel.training_effect(frame, **options)
    assert told.value.code == code
    assert told.value.sentence("zh") and told.value.sentence("en")


changes = st.lists(st.integers(-50, 50), min_size=2, max_size=8)


@settings(max_examples=40, deadline=None)
@given(changes, changes)
def test_effect_and_interval_are_those_of_scipy_and_of_a_regression(trained, untrained):
    gained = np.array([*trained, *untrained], dtype=float)
    group = np.array([True] * len(trained) + [False] * len(untrained))
    frame = pd.DataFrame({"trained": group, "before": 100.0, "after": 100 + gained})
    effect = channel.training_effect(frame)
    fitted = sm.OLS(gained, sm.add_constant(group.astype(float))).fit()
    assert effect["effect"] == pytest.approx(fitted.params[1], abs=1e-9)
    if not (np.ptp(trained) and np.ptp(untrained)):
        return  # scipy warns of groups without any spread
    test = stats.ttest_ind(trained, untrained, equal_var=False)
    interval = test.confidence_interval(0.95)
    assert [effect["low"], effect["high"]] == pytest.approx([interval.low, interval.high])


def test_without_any_spread_the_interval_is_the_figure_itself():
    effect = channel.training_effect(dealers(*[(True, 1, 3)] * 2, *[(False, 1, 2)] * 2))
    assert (effect["low"], effect["effect"], effect["high"]) == (1, 1, 1)
    assert effect["reading"] == "helped" and math.isfinite(effect["low"])
