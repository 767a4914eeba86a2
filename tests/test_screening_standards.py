import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import screening
from coursekit.errors import InputError

PROFIT = pd.Series({"K1": 50, "K2": -10, "K3": 30, "K4": 10})


def test_a_wrong_standard_costs_the_profit_it_passes_over():
    standards = pd.DataFrame({"size": [2, 4, 3, 1], "profit": PROFIT}, PROFIT.index)
    told = screening.compare_standards(standards, PROFIT, 2)
    # the largest two, K2 and K3, bring 20 of the 80 that K1 and K3 bring
    assert told.loc["size", "profit"] == 20
    assert told.loc["size", "lost"] == 60
    assert told.loc["profit", "reached"] == 1
    # by chance 2 of 4 customers bring half of 80
    assert told.loc["no_standard"].tolist() == [0, 40, 40, 0.5]


def test_customers_equal_at_the_border_count_for_their_share():
    standards = pd.DataFrame({"pays": [1, 1, 1, 0]}, PROFIT.index)
    # two of K1, K2, K3: (50 - 10 + 30) x 2/3
    told = screening.compare_standards(standards, PROFIT, 2)
    assert told.loc["pays", "profit"] == pytest.approx(140 / 3)


def test_a_standard_that_ranks_all_alike_correlates_with_nothing():
    told = screening.compare_standards(pd.DataFrame({"same": [3] * 4}, PROFIT.index), PROFIT, 1)
    assert math.isnan(told.loc["same", "correlation"])
    assert told.loc["same", "profit"] == told.loc["no_standard", "profit"]


def test_the_correlation_agrees_with_scipy():
    from scipy.stats import spearmanr

    rng = np.random.default_rng(3)
    standards = pd.DataFrame({"a": rng.integers(0, 5, 30), "b": rng.normal(size=30)})
    profit = pd.Series(rng.normal(size=30))
    told = screening.compare_standards(standards, profit, 5)
    for name in standards:
        expected = spearmanr(standards[name], profit).statistic
        assert told.loc[name, "correlation"] == pytest.approx(expected)


def test_a_list_driven_by_chance_is_replaced():
    told = screening.turnover(["K1", "K2", "K3", "K4"], ["K4", "K5"])
    assert told == {"kept": 1, "gone": 3, "new": 1, "replaced": 0.75}
    assert math.isnan(screening.turnover([], ["K1"])["replaced"])


def test_more_customers_than_there_are_is_refused():
    with pytest.raises(InputError) as told:
        screening.compare_standards(pd.DataFrame({"a": [1]}), [1], 2)
    assert told.value.code == "inputs.one_too_large"
    assert told.value.sentence("zh")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9)), min_size=1, max_size=12))
def test_no_standard_beats_profit_itself(table):
    standards = pd.DataFrame(table, columns=["other", "profit"])
    for n in (1, len(table)):
        told = screening.compare_standards(standards, standards["profit"], n)
        assert told.loc["profit", "lost"] == pytest.approx(0)
        assert (told["lost"] > -1e-9).all()
