import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import choice, screening, tables
from coursekit.errors import InputError

EDGES = {"amount": (10_000, 100_000), "cycle_days": (14, 60), "people": (2, 4)}


def test_amount_cycle_and_people_vote_on_the_size():
    deals = pd.DataFrame(
        {"amount": [5_000, 10_000, 500_000], "cycle_days": [3, 20, 90], "people": [1, 2, 1]},
        index=[2, 3, 4],
    )
    told = screening.order_class(deals, EDGES)
    assert told["class"].to_dict() == {2: "small", 3: "medium", 4: "large"}
    assert told["agree"].tolist() == [True, True, False]  # one clerk decides about 500,000
    assert told["centre"].tolist() == ["salesperson", "product_service", "customer"]
    assert told.loc[4, "people"] == "small"


def test_of_two_votes_the_larger_one_counts_and_of_none_nothing():
    deals = pd.DataFrame({"amount": [5_000, None], "cycle_days": [90, None]})
    told = screening.order_class(deals, EDGES)
    assert told["class"].tolist() == ["large", None]
    assert told["agree"].tolist() == [False, False]
    assert told["centre"].tolist()[0] == "customer"


def test_without_edges_the_upper_tenth_is_large():
    told = screening.order_class(pd.DataFrame({"amount": range(1, 12)}))
    # the middle of 1 to 11 is 6, nine tenths of the way is 10
    assert told["class"].tolist() == ["small"] * 5 + ["medium"] * 4 + ["large"] * 2


CUSTOMERS = pd.DataFrame(
    {
        "hours": [10, 10, 10, 10],
        "days": [5, 60, 30, 90],
        "amount": [2_000, 90_000, 60_000, 30_000],
        "rate": [0.5, 0.1, 0.3, 0.2],
        "cost": [0, 0, 0, 0],
        "yearly": [500, 5_000, 6_000, 20_000],
        "years": [1, 1, 2, 8],
    },
    index=["quick", "big", "solid", "faithful"],
)


def test_four_aims_choose_four_customers():
    told = screening.four_choices(CUSTOMERS, 10)
    # .5 / 5 a day; 90,000; .3 x 60,000 = 18,000; .2 x 20,000 x 8 = 32,000
    assert {aim: told.index[told[aim]].tolist() for aim in told} == {
        "efficiency": ["quick"],
        "effect": ["big"],
        "target": ["solid"],
        "lasting": ["faithful"],
    }


def test_with_time_for_all_every_aim_takes_all():
    assert screening.four_choices(CUSTOMERS, 40).to_numpy().all()
    assert not screening.four_choices(CUSTOMERS, 9).to_numpy().any()


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (screening.order_class, (pd.DataFrame({"colour": [1]}),), "inputs.no_column"),
        (
            screening.order_class,
            (pd.DataFrame({"amount": [1]}), {"amount": (9, 1)}),
            "screening.edges_descend",
        ),
        (screening.four_choices, (CUSTOMERS.assign(days=0), 10), "screening.takes_no_time"),
        (screening.four_choices, (CUSTOMERS.drop(columns="rate"), 10), "inputs.no_column"),
        (screening.four_choices, (CUSTOMERS.assign(rate=2), 10), "inputs.too_large"),
    ],
)
def test_what_is_no_order_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_a_larger_amount_is_never_a_smaller_class(amounts, random):
    told = screening.order_class(pd.DataFrame({"amount": amounts}), EDGES)
    rank = told["class"].map({"small": 0, "medium": 1, "large": 2})
    assert rank.iloc[pd.Series(amounts).argsort()].is_monotonic_increasing
    deals = pd.DataFrame({"amount": amounts}).sample(frac=1, random_state=random.randint(0, 99))
    pd.testing.assert_frame_equal(screening.order_class(deals, EDGES).sort_index(), told)


@given(st.integers(0, 60))
def test_each_aim_reaches_the_best_that_its_hours_allow(hours):
    told = screening.four_choices(CUSTOMERS, hours)
    expected = CUSTOMERS["rate"] * CUSTOMERS["amount"]
    best = choice.frontier(expected, CUSTOMERS["hours"], [hours]).iloc[0]
    assert math.isclose(expected[told["target"]].sum(), best)


def test_the_maven_deals_have_few_large_orders(shared):
    deals = tables.read(shared / "maven_crm" / "sales_pipeline.csv").frame
    won = deals[deals["deal_stage"] == "Won"]
    told = screening.order_class(
        pd.DataFrame({"amount": won["close_value"]}), {"amount": (1_000, 10_000)}
    )
    assert len(told) == 4_238
    assert (told["class"] == "large").sum() == (won["close_value"] >= 10_000).sum()
    assert (told["class"] == "small").sum() == (won["close_value"] < 1_000).sum()
