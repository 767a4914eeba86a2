import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import allocation
from coursekit.errors import InputError

customers = st.lists(st.tuples(st.integers(1, 1000), st.integers(1, 40)), min_size=1, max_size=8)


def test_half_of_the_ceiling_after_the_first_half_and_three_quarters_after_the_next():
    brought = allocation.response([0, 10, 20], [100, 100, 100], [10, 10, 10])
    assert brought.tolist() == pytest.approx([0, 50, 75])


def test_equal_customers_get_equal_hours():
    assert allocation.best_split([100, 100], [10, 10], 30).tolist() == pytest.approx([15, 15])


def test_four_times_the_ceiling_is_served_first_and_two_halves_further():
    # equal marginal value: 400 x 2^(-x/10) = 100 x 2^(-y/10), so x = y + 20
    assert allocation.best_split([400, 100], [10, 10], 40).tolist() == pytest.approx([30, 10])
    assert allocation.best_split([400, 100], [10, 10], 20).tolist() == pytest.approx([20, 0])


def test_in_steps_of_4_hours_each_goes_where_it_brings_most():
    # with half = 4: steps bring 80 40 20 10 … and 30 15 …
    split = allocation.best_split([160, 60], [4, 4], 18, step=4)
    assert split.tolist() == [12, 4]  # 80, 40, 30, 20; two hours stay over


def test_an_equal_step_goes_to_the_first_label():
    split = allocation.best_split(pd.Series([9, 9], ["b", "a"]), [2, 2], 1, step=1)
    assert split.to_dict() == {"b": 0, "a": 1}


def test_nothing_is_spent_where_nothing_can_be_had():
    assert allocation.best_split([0, 0], [1, 1], 10).tolist() == [0, 0]
    assert allocation.best_split([0, 0], [1, 1], 10, step=1).tolist() == [0, 0]
    assert math.isnan(allocation.split_loss([5, 5], [0, 0], [1, 1])["reached"])


def test_the_loss_of_an_even_split():
    told = allocation.split_loss([20, 20], [400, 100], [10, 10])
    # 300 + 75 against 350 + 50
    assert told["value"] == pytest.approx(375)
    assert told["best"] == pytest.approx(400)
    assert told["lost"] == pytest.approx(25)
    assert told["reached"] == pytest.approx(0.9375)


def test_hours_left_over_are_a_loss_too():
    told = allocation.split_loss([30, 0], [400, 100], [10, 10], total=40)
    assert told["unspent"] == 10
    assert told["lost"] == pytest.approx(50)  # 350 against 400


def test_more_hours_than_there_are_is_refused():
    with pytest.raises(InputError) as told:
        allocation.split_loss([30, 20], [400, 100], [10, 10], total=40)
    assert told.value.code == "allocation.over"
    assert told.value.sentence("zh")


def test_the_customer_with_a_wrong_half_is_named():
    ceiling = pd.Series({"K1": 5, "K2": 5})
    with pytest.raises(InputError) as told:
        allocation.best_split(ceiling, pd.Series({"K1": 1, "K2": 0}), 1)
    assert told.value.rows == ("K2",)


def test_attention_that_follows_value():
    told = allocation.attention([30, 10], [100, 300])
    assert told["hours_share"].tolist() == [0.75, 0.25]
    assert told["value_share"].tolist() == [0.25, 0.75]
    assert told["fair"].tolist() == [10, 30]
    assert told["move"].tolist() == [-20, 20]


def test_hours_and_value_are_put_together_by_customer():
    told = allocation.attention(pd.Series({"b": 1, "a": 3}), pd.Series({"a": 10, "b": 30}))
    assert told.loc["a", "move"] == -2  # 10 of 40 is 1 of 4 hours


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (allocation.best_split, ([], [], 1), "inputs.empty"),
        (allocation.best_split, ([1], [0], 1), "allocation.half_not_above_0"),
        (allocation.best_split, ([1], [1], -1), "inputs.one_too_small"),
        (allocation.best_split, ([1], [1], 1, 0), "inputs.not_above"),
        (allocation.best_split, ([1], [1], 10, 1e-9), "allocation.too_many_steps"),
        (allocation.best_split, ([1, 2], [1], 1), "inputs.lengths"),
        (allocation.attention, (pd.Series({"a": 1}), pd.Series({"b": 1})), "inputs.other_labels"),
        (allocation.attention, ([-1], [1]), "inputs.too_small"),
    ],
)
def test_what_cannot_be_split_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@settings(max_examples=30, deadline=None)
@given(customers, st.integers(1, 200))
def test_scipy_finds_no_better_split(table, total):
    from scipy.optimize import minimize

    ceiling, half = np.array(table, dtype=float).T
    ours = allocation.split_loss(allocation.best_split(ceiling, half, total), ceiling, half)
    found = minimize(
        lambda x: -np.sum(ceiling * (1 - np.exp2(-x / half))) / ceiling.sum(),
        np.full(len(half), total / len(half)),
        bounds=[(0, total)] * len(half),
        constraints={"type": "eq", "fun": lambda x: x.sum() - total},
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    assert ours["value"] >= -found.fun * ceiling.sum() * (1 - 1e-6)
    assert ours["spent"] == pytest.approx(total)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 100), st.integers(1, 9)), min_size=1, max_size=3),
    st.integers(0, 6),
)
def test_steps_are_as_good_as_the_best_of_all_splits(table, steps):
    ceiling, half = np.array(table, dtype=float).T
    ours = allocation.best_split(ceiling, half, steps, step=1)
    value = allocation.response(ours, ceiling, half).sum()
    every = itertools.product(range(steps + 1), repeat=len(half))
    best = max(
        allocation.response(list(split), ceiling, half).sum()
        for split in every
        if sum(split) <= steps
    )
    assert value == pytest.approx(best)


def test_nothing_to_give_gives_nobody_anything():
    assert allocation.best_split([1], [11], 0).tolist() == [0.0]


@given(customers, st.integers(0, 100), st.randoms(use_true_random=False))
def test_the_order_of_customers_changes_no_split(table, total, random):
    frame = pd.DataFrame(table, columns=["ceiling", "half"])
    other = frame.loc[random.sample(range(len(frame)), len(frame))]
    for step in (None, 3):
        ours, theirs = (
            allocation.best_split(f["ceiling"], f["half"], total, step) for f in (frame, other)
        )
        assert theirs.reindex(ours.index).tolist() == pytest.approx(ours.tolist())


@given(customers)
def test_moves_of_attention_cancel(table):
    hours, value = zip(*table, strict=True)
    told = allocation.attention(hours, value)
    assert told["move"].sum() == pytest.approx(0, abs=1e-6)
