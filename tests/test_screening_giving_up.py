import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import screening
from coursekit.errors import InputError

TODAY = "2026-03-02"


@pytest.fixture
def deals():
    return pd.DataFrame(
        {
            "stage": ["p50", "p50", "p25", "p90", "contract"],
            "amount": [100_000, 100_000, 2_000, 50_000, 9],
            "created": ["2024-01-01", "2026-02-01", "2026-02-01", "2024-01-01", "2020-01-01"],
            "last_contact": ["2025-06-01", "2026-03-01", "2026-03-01", "2026-03-01", None],
            "next_step": [None, "demo", "call", "sign", None],
        },
        index=[2, 3, 4, 5, 6],
    )


def test_a_zombie_is_old_silent_and_without_a_step(deals):
    told = screening.zombies(deals, TODAY, limit_days=365, worth=1_000)
    assert told.index.tolist() == [2, 3, 4, 5]  # the contract is not open
    assert told["kind"].tolist() == ["zombie", "", "rib", ""]
    assert told["verdict"].tolist() == ["drop", "keep", "test", "test"]
    assert told["signs"].tolist() == [3, 0, 0, 1]
    assert told.loc[4, "expected"] == 500  # 2,000 x .25, below 1,000


def test_what_the_file_lacks_is_not_held_against_a_deal(deals):
    told = screening.zombies(deals[["stage", "created"]], TODAY, limit_days=365)
    assert told["checked"].tolist() == [1, 1, 1, 1]
    assert told["silent"].tolist() == [None] * 4
    # one sign alone drops nothing
    assert told["verdict"].tolist() == ["test", "keep", "keep", "test"]


def test_without_closed_deals_no_age_is_too_old(deals):
    told = screening.zombies(deals, TODAY)
    assert told["old"].isna().all()
    assert told.loc[2, "verdict"] == "drop"  # silent and without a step, both that could be checked


def test_dropping_frees_hours_for_the_living():
    verdict = pd.Series(["drop", "keep", "test", "keep"])
    told = screening.freed(verdict, [10, 15, 7, 5], [0, 4000, 900, None])
    assert told == {"hours": 10, "per_hour": 200, "cost": 2000}  # 4,000 / (15 + 5)
    assert math.isnan(screening.freed(pd.Series(["drop"]), [1], [1])["per_hour"])


def test_going_on_is_worth_what_lies_ahead():
    told = screening.going_on(100_000, [0.5, 0.4], [2_000, 5_000])
    # last step: .4 x 100,000 - 5,000; first: .5 x 35,000 - 2,000
    assert told["worth"].tolist() == [15_500, 35_000]
    assert told["go"].all()


def test_a_step_that_loses_is_not_carried_back():
    told = screening.going_on(10_000, [0.9, 0.1], [500, 3_000])
    # .1 x 10,000 - 3,000 is below 0: one would stop there, so the first step buys nothing
    assert told["worth"].tolist() == [-500, -2_000]
    assert not told["go"].any()


def test_time_that_earns_more_elsewhere_is_a_cost():
    assert screening.going_on(1_000, [0.5], [100], alternative=300)["worth"].tolist() == [100]
    assert screening.going_on(1_000, [0.5], [100], alternative=[400])["go"].tolist() == [False]


def test_regret_is_what_the_better_decision_would_have_brought():
    told = screening.regret([100, 100, -50, -50], [True, False, True, False])
    assert told.tolist() == [0, 100, 50, 0]


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (screening.going_on, (1, [0.5], [1, 2]), "inputs.lengths"),
        (screening.going_on, (1, [1.5], [1]), "inputs.too_large"),
        (screening.going_on, (1, [], []), "inputs.empty"),
        (screening.regret, ([1], [2]), "inputs.too_large"),
    ],
)
def test_what_is_no_decision_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")


@given(
    st.floats(0, 1000),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100)), min_size=1, max_size=5),
)
def test_the_worth_is_that_of_the_best_place_to_stop(value, steps):
    rates, costs = zip(*steps, strict=True)
    best = -math.inf
    # pass the first step for sure, then plan to stop after the k-th
    for last in range(1, len(steps) + 1):
        reached = [1, *itertools.accumulate(rates, lambda a, b: a * b)]
        spent = sum(reached[k] * costs[k] for k in range(last))
        best = max(best, (reached[last] * value if last == len(steps) else 0) - spent)
    told = screening.going_on(value, rates, costs)
    assert told["worth"].iloc[0] == pytest.approx(best, abs=1e-6)


def test_deals_under_one_row_number_keep_their_own_value():
    deals = pd.DataFrame(
        {"stage": ["p25", "p50", "lost"], "amount": [100.0, 200.0, 300.0]}, index=[7, 7, 7]
    )
    table = screening.zombies(deals, "2026-03-02")
    assert table["expected"].tolist() == [25, 100]
