import math

import pandas as pd
import pytest

from coursekit import screening, tables
from coursekit.errors import InputError


def test_what_was_done_for_a_customer_is_what_he_costs():
    done = pd.DataFrame(
        {
            "customer": ["b", "a", "b", "b"],
            "activity": ["visit", "visit", "sample", "visit"],
            "quantity": [2, 1, 3, 1],
        }
    )
    told = screening.cost_to_serve(done, {"visit": 300, "sample": 50, "demo": 900})
    assert told.columns.tolist() == ["visit", "sample", "demo", "cost"]
    assert told.loc["a"].tolist() == [300, 0, 0, 300]
    assert told.loc["b"].tolist() == [900, 150, 0, 1050]


def test_an_activity_without_a_price_is_named():
    done = pd.DataFrame({"customer": ["a"], "activity": ["trip"], "quantity": [1]}, index=[5])
    with pytest.raises(InputError) as told:
        screening.cost_to_serve(done, {"visit": 300})
    assert told.value.code == "screening.no_price"
    assert told.value.rows == (5,)
    assert "trip" in told.value.sentence("zh")


def test_a_won_order_can_lose():
    orders = pd.DataFrame(
        {"amount": [1000, 1000, 1000], "margin": [200, 200, 100], "cost": [50, 180, 130]}
    )
    told = screening.order_profit(orders)
    assert told["left"].tolist() == [150, 20, -30]
    assert told["class"].tolist() == ["sound", "thin", "negative"]


def test_an_hour_with_a_small_customer_can_bring_more():
    told = screening.return_on_time(
        pd.Series([100, 60, 5, -10], ["K1", "K2", "K3", "K4"]), [10, 2, 0, 5]
    )
    assert told.index.tolist() == ["K2", "K1", "K4", "K3"]
    assert told["per_hour"].tolist()[:3] == [30, 10, -2]
    assert math.isnan(told.loc["K3", "per_hour"])


@pytest.fixture
def leads():
    return pd.DataFrame(
        {
            "source": ["cold", "cold", "cold", "fair", "fair", "referral"],
            "won": [True, False, False, False, False, True],
            "money": [0, 0, 0, 3000, 3000, 100],
            "hours": [4, 5, 3, 1, 1, 2],
            "fit": [0.2, None, 0.4, 0.5, 0.5, 1.0],
        }
    )


def test_what_was_spent_on_the_lost_ones_is_part_of_the_cost(leads):
    told = screening.cost_of_winning(leads, hour_cost=100)
    assert told["cost"].to_dict() == {"cold": 1200, "fair": 6200, "referral": 300}
    assert told.loc["cold", "cost_per_won"] == 1200
    assert told.loc["cold", "hours_per_won"] == 12
    assert math.isnan(told.loc["fair", "cost_per_won"])
    assert told["share"].tolist() == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert told["fit"].tolist() == pytest.approx([0.3, 0.5, 1.0])


def test_one_referral_won_is_no_certainty(leads):
    told = screening.cost_of_winning(leads)
    assert told.loc["referral", "rate"] == 1
    assert told.loc["referral", "low"] == pytest.approx(1 / (1 + 3.841459))  # n / (n + z^2)
    assert "fit" not in screening.cost_of_winning(leads.drop(columns="fit"))


def test_an_outcome_that_is_neither_is_refused(leads):
    with pytest.raises(InputError) as told:
        screening.cost_of_winning(leads.assign(won=0.5))
    assert told.value.code == "inputs.not_yes_or_no"
    assert told.value.sentence("en")


def test_won_orders_that_lose_in_the_superstore(shared):
    orders = tables.read(next((shared / "cn_superstore").glob("*.xls"))).frame
    lines = pd.DataFrame({"amount": orders["销售额"], "margin": orders["利润"], "cost": 0})
    told = screening.order_profit(lines)
    assert len(told) == 10_000
    # a line is negative below half a per mille of its amount
    negative = (orders["利润"] < -0.0005 * orders["销售额"]).sum()
    assert (told["class"] == "negative").sum() == negative
    assert told["left"].sum() == pytest.approx(2_156_559.52)
