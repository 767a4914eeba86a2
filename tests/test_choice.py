import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import choice
from coursekit.errors import InputError

items = st.lists(st.tuples(st.integers(-20, 200), st.integers(0, 12)), min_size=1, max_size=9)


def test_two_smaller_customers_beat_the_one_with_most_per_hour():
    # per hour 10, 9, 9; 60 alone leaves 4 hours empty, 45 + 45 fills all 10
    chosen = choice.choose([60, 45, 45], [6, 5, 5], 10)
    assert chosen.tolist() == [False, True, True]


def test_half_hours_are_exact():
    assert choice.choose([1, 1], [0.1, 0.2], 0.3).tolist() == [True, True]


def test_a_customer_who_costs_money_is_never_chosen():
    assert choice.choose([-5, 0, 5], [0, 0, 0], 0).tolist() == [False, False, True]


def test_of_equal_sets_the_same_one_is_taken_whatever_the_order_of_rows():
    value, effort = pd.Series(1, ["c", "a", "b"]), pd.Series(2, ["c", "a", "b"])
    one = choice.choose(value, effort, 4)
    other = choice.choose(value[["b", "c", "a"]], effort, 4)
    assert set(one.index[one]) == set(other.index[other])


def test_the_frontier_tells_what_each_hour_adds():
    told = choice.frontier([60, 45, 45], [6, 5, 5], [0, 5, 6, 10, 11, 16, 99])
    assert told.tolist() == [0, 45, 60, 90, 105, 150, 150]
    assert told.index.tolist() == [0, 5, 6, 10, 11, 16, 99]


def test_the_loss_of_a_greedy_choice():
    told = choice.choice_loss([1, 0, 0], [60, 45, 45], [6, 5, 5], 10)
    assert (told["value"], told["best"], told["lost"]) == (60, 90, 30)
    assert told["reached"] == pytest.approx(2 / 3)


def test_a_choice_that_does_not_fit_brings_nothing():
    told = choice.choice_loss([True, True, False], [60, 45, 45], [6, 5, 5], 10)
    assert (told["value"], told["over"]) == (0, 1)


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (choice.choose, ([1], [-1], 1), "inputs.too_small"),
        (choice.choose, ([1], [None], 1), "inputs.missing"),
        (choice.choose, ([1, 2], [1], 1), "inputs.lengths"),
        (choice.choose, (range(1, 3001), np.full(3000, 7.77) + np.arange(3000), 1e6), None),
        (choice.choice_loss, ([0.5], [1], [1], 1), "inputs.not_yes_or_no"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == (code or "choice.too_large")
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


def test_nothing_to_choose_from_is_an_empty_choice():
    assert choice.choose([], [], 5).empty


@given(items, st.integers(0, 30))
def test_the_choice_is_the_best_of_all_sets(table, capacity):
    value, effort = zip(*table, strict=True)
    chosen = choice.choose(value, effort, capacity).to_numpy()
    brought = sum(np.array(value)[chosen])
    assert sum(np.array(effort)[chosen]) <= capacity
    best = max(
        sum(value[i] for i in group)
        for size in range(len(value) + 1)
        for group in itertools.combinations(range(len(value)), size)
        if sum(effort[i] for i in group) <= capacity
    )
    assert brought == best
    assert choice.frontier(value, effort, [capacity]).iloc[0] == best


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_scipys_solver_finds_the_same_worth(seed):
    from scipy.optimize import Bounds, LinearConstraint, milp

    rng = np.random.default_rng(seed)
    value, effort = rng.integers(1, 1000, 30), rng.integers(1, 60, 30) / 2
    found = milp(
        -value, integrality=np.ones(30), bounds=Bounds(0, 1),
        constraints=LinearConstraint(effort[None, :], -np.inf, 100),
    )  # fmt: skip
    ours = value[choice.choose(value, effort, 100).to_numpy()].sum()
    assert ours == round(-found.fun)


@given(items, st.integers(0, 30))
def test_more_hours_never_bring_less(table, capacity):
    value, effort = zip(*table, strict=True)
    told = choice.frontier(value, effort, [capacity, capacity + 1]).tolist()
    assert told[0] <= told[1]
    loss = choice.choice_loss(np.zeros(len(value)), value, effort, capacity)
    assert loss["lost"] == told[0]
    assert math.isnan(loss["reached"]) == (told[0] == 0)
