import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coursekit.correlation import spearman


def test_the_order_alone_counts():
    assert spearman(pd.Series([1, 2, 3]), pd.Series([10, 20, 9000])) == 1
    assert spearman(pd.Series([1, 2, 3]), pd.Series([3, 2, 1])) == -1


def test_what_does_not_vary_goes_with_nothing():
    assert math.isnan(spearman(pd.Series([1, 2]), pd.Series([5, 5])))
    assert math.isnan(spearman(pd.Series([1.0]), pd.Series([2.0])))
    assert math.isnan(spearman(pd.Series([], dtype=float), pd.Series([], dtype=float)))


pairs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=20)


@given(pairs)
def test_it_is_that_of_scipy(rows):
    first, second = (pd.Series(column) for column in zip(*rows, strict=True))
    if min(first.nunique(), second.nunique()) > 1:
        expected = stats.spearmanr(first, second).statistic
        assert spearman(first, second) == pytest.approx(expected)
