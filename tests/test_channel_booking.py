import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import channel
from coursekit.errors import InputError

TIERS = [100, 200]
PLACES = pd.DataFrame([("Li", "mill"), ("Wang", "yard")], columns=["dealer", "ship_to"])


def orders(*rows):
    return pd.DataFrame(rows, columns=["dealer", "ship_to", "amount"])


def accounts(*rows):
    return pd.DataFrame(rows, columns=["dealer", "payer", "phone", "address"])


def test_accounts_hang_together_by_payer_phone_or_address_however_written():
    found = channel.links(
        accounts(
            ("Li", "Li Jun", "+86 138-0000-0001", "Mill Road 3"),
            ("Wang", "Wang", "13800000001", "mill road, 3"),
            ("Zhao", "Zhao", None, " "),
            ("Sun", "Sun", "", ""),
        )
    )
    assert found.values.tolist() == [["Li", "Wang", ("phone", "address"), 2]]


def test_the_address_of_a_market_hall_links_nobody():
    hall = accounts(*((name, name, None, "Hall 1") for name in "abcd"))
    assert channel.links(hall).empty
    assert len(channel.links(hall.iloc[:3])) == 3  # three in one house: each pair is a question


def test_a_tier_reached_with_goods_for_a_neighbour_who_went_quiet_is_suspicious():
    table = channel.merged(
        orders(("Li", "mill", 60), ("Li", "yard", 45), ("Wang", "yard", 10)),
        PLACES,
        TIERS,
        before=orders(("Li", "mill", 60), ("Wang", "yard", 50)),
    )
    li = table.loc["Li"]
    # 105 reaches 100, 60 does not; Wang bought 10 after 50
    assert li[["total", "elsewhere", "tier", "own_tier"]].tolist() == [105, 45, 100, 0]
    assert li["evidence"] == (
        *("other_place", "place_of_other", "over_tier", "just_over", "other_went_quiet"),
    )
    assert (li["others"], li["level"]) == (("Wang",), "suspicion")
    assert table.loc["Wang", "level"] == "none"


def test_a_delivery_straight_to_a_farm_is_a_question_only():
    table = channel.merged(orders(("Li", "mill", 60), ("Li", "farm", 45)), PLACES, TIERS)
    assert table.loc["Li", ["level", "others"]].tolist() == ["question", ()]


def test_a_neighbour_helped_out_without_any_tier_is_none():
    table = channel.merged(orders(("Li", "mill", 130), ("Li", "yard", 45)), PLACES, TIERS)
    # 175 and 130 are both in the tier of 100
    assert table.loc["Li", "level"] == "none"


def test_a_declared_branch_is_his_own_place():
    places = pd.concat([PLACES, pd.DataFrame({"dealer": ["Li"], "ship_to": ["branch"]})])
    table = channel.merged(orders(("Li", "mill", 60), ("Li", "branch", 45)), places, TIERS)
    assert table.loc["Li", ["elsewhere", "level"]].tolist() == [0, "none"]


def test_a_delivery_without_a_place_counts_as_his_own():
    table = channel.merged(orders(("Li", "mill", 60), ("Li", None, 45)), PLACES, TIERS)
    assert table.loc["Li", ["elsewhere", "level"]].tolist() == [0, "none"]


def test_just_above_a_tier_alone_is_what_tiers_are_made_for():
    table = channel.merged(orders(("Li", "mill", 101)), PLACES, TIERS)
    assert table.loc["Li", ["evidence", "level"]].tolist() == [("just_over",), "none"]


def test_a_neighbour_helped_out_just_above_a_tier_is_a_question():
    table = channel.merged(orders(("Li", "mill", 60), ("Li", "yard", 45)), PLACES, TIERS)
    assert table.loc["Li", "evidence"] == (
        *("other_place", "place_of_other", "over_tier", "just_over"),
    )
    assert table.loc["Li", "level"] == "question"


def test_a_neighbour_who_buys_as_before_leaves_it_a_question():
    sold = orders(("Li", "mill", 99), ("Li", "yard", 15), ("Wang", "yard", 50))
    table = channel.merged(sold, PLACES, TIERS, before=sold)
    # over the tier with 114, more than a tenth above it, nobody quiet
    assert table.loc["Li", "evidence"] == ("other_place", "place_of_other", "over_tier")
    assert table.loc["Li", "level"] == "question"
    linked = channel.links(accounts(("Li", "x", "1", "a"), ("Wang", "x", "2", "b")))
    table = channel.merged(sold, PLACES, TIERS, sold, linked)
    assert table.loc["Li", "level"] == "suspicion"


OPENED = pd.DataFrame([("Li", "2020-01-01"), ("Li2", "2026-01-01")], columns=["dealer", "since"])
BOTH = pd.DataFrame({"dealer": ["Li"], "other": ["Li2"], "shared": [("payer", "phone")], "n": [2]})


def sales(*rows):
    return pd.DataFrame(rows, columns=["dealer", "date", "amount"])


def test_a_new_name_that_takes_over_what_the_old_one_bought_is_suspicious():
    sold = sales(("Li", "2025-12-01", 100), ("Li", "2026-02-01", 20), ("Li2", "2026-02-01", 90))
    row = channel.split(OPENED, sold, BOTH, "2026-03-01").loc[0]
    # 100 in the 60 days before, 20 in the 60 days since: 80 of 90 moved
    assert row[["dealer", "other", "bought", "fall"]].tolist() == ["Li2", "Li", 90, 80]
    assert (row["moved"], row["level"]) == (pytest.approx(8 / 9), "suspicion")


def test_a_son_who_opens_shop_and_takes_nothing_from_the_father_is_a_question():
    sold = sales(("Li", "2025-12-01", 100), ("Li", "2026-02-01", 110), ("Li2", "2026-02-01", 90))
    row = channel.split(OPENED, sold, BOTH, "2026-03-01").loc[0]
    assert row[["fall", "moved", "level"]].tolist() == [-10, 0, "question"]


def test_a_new_account_without_orders_moved_nothing_that_is_known():
    row = channel.split(OPENED, sales(("Li", "2025-12-01", 100)), BOTH, "2026-03-01").loc[0]
    assert math.isnan(row["moved"]) and row["level"] == "question"


def test_two_accounts_that_are_both_old_are_no_split():
    assert channel.split(OPENED, sales(("Li", "2026-01-01", 1)), BOTH, "2028-01-01").empty


def test_an_account_that_stands_twice_is_told():
    with pytest.raises(InputError) as told:
        channel.links(accounts(("Li", 1, 2, 3), ("Li", 1, 2, 3)))
    assert told.value.code == "inputs.twice"
    assert told.value.rows == (0, 1)
    assert told.value.sentence("zh") and told.value.sentence("en")


def test_without_any_field_to_compare_the_columns_are_named():
    with pytest.raises(InputError) as told:
        channel.links(pd.DataFrame({"dealer": ["Li"]}))
    assert told.value.code == "inputs.no_column"


order_rows = st.lists(
    st.tuples(
        st.sampled_from(["Li", "Wang"]),
        st.sampled_from(["mill", "yard", "farm"]),
        st.integers(0, 150),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(order_rows, st.randoms())
def test_what_was_bought_adds_up_in_any_order(rows, random):
    sold = orders(*rows)
    table = channel.merged(sold, PLACES, TIERS)
    assert table["total"].sum() == sold["amount"].sum()
    assert (table["own_tier"] <= table["tier"]).all()
    other = channel.merged(sold.loc[random.sample(range(len(rows)), len(rows))], PLACES, TIERS)
    pd.testing.assert_frame_equal(other, table)
