import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import channel

TODAY = "2026-06-30"
END = pd.Timestamp("2026-03-31")


def flow(first, last, daily):
    """The same quantity every day."""
    dates = pd.date_range(first, last)
    return pd.DataFrame({"dealer": "Li", "date": dates, "quantity": float(daily)})


def changed(frame, start, end, quantity):
    return frame.assign(
        quantity=frame["quantity"].mask(frame["date"].between(start, end), quantity)
    )


def reading(sell_in, sell_out=None, today=TODAY):
    return channel.quarter_end(sell_in, today, sell_out).loc[("Li", END)]


EVEN = flow("2026-01-01", "2026-06-30", 10)
PUSHED = changed(changed(EVEN, "2026-03-18", "2026-03-31", 40), "2026-04-01", "2026-04-14", 0)


def test_even_purchases_have_a_peak_of_one():
    row = reading(EVEN, EVEN)
    assert row[["sell_in", "peak", "after", "sold", "stock"]].tolist() == [900, 1, 1, 1, 0]
    assert (row["evidence"], row["reading"]) == ((), "even")


def test_goods_pushed_in_that_nobody_bought_are_loading():
    row = reading(PUSHED, EVEN)
    # 76 days of 10 and 14 of 40: 1,320; an even share is 1,320 x 14 / 90
    assert row["sell_in"] == 1_320
    assert row["peak"] == pytest.approx(560 / (1_320 * 14 / 90))
    assert (row["after"], row["sold"], row["stock"]) == (0, 1, 1_320 - 900)
    assert row["evidence"] == ("late_peak", "dip_after", "not_sold_on")
    assert row["reading"] == "loading"


def test_a_late_season_that_was_sold_on_is_no_loading():
    sold = changed(EVEN, "2026-03-18", "2026-04-14", 40)
    assert reading(PUSHED, sold)["reading"] == "season"


def test_a_growing_dealer_without_a_dip_is_a_question():
    grows = changed(EVEN, "2026-03-18", "2026-06-30", 40)
    row = reading(grows, EVEN)
    assert row["evidence"] == ("late_peak", "not_sold_on")
    assert row["reading"] == "question"


def test_without_sell_out_loading_is_not_shown():
    row = reading(PUSHED)
    assert math.isnan(row["sold"]) and math.isnan(row["stock"])
    assert row["reading"] == "question"


def test_before_the_days_after_are_over_nothing_is_known_of_a_dip():
    row = reading(PUSHED, EVEN, today="2026-04-10")
    assert math.isnan(row["after"]) and row["reading"] == "question"


def test_a_quarter_that_has_not_ended_is_left_out():
    assert channel.quarter_end(EVEN, "2026-03-30").empty
    assert len(channel.quarter_end(EVEN, "2026-06-29")) == 1


amounts = st.lists(
    st.tuples(st.sampled_from(["Li", "Wang"]), st.integers(0, 180), st.integers(0, 50)),
    min_size=1,
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(amounts, st.randoms())
def test_quarters_add_up_to_all_purchases_in_any_order(rows, random):
    frame = pd.DataFrame(rows, columns=["dealer", "day", "quantity"])
    frame["date"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame["day"], "D")
    table = channel.quarter_end(frame, "2026-12-31", frame)
    assert table["sell_in"].sum() == frame["quantity"].sum()
    assert (table["stock"] == 0).all()
    other = frame.loc[random.sample(range(len(rows)), len(rows))]
    pd.testing.assert_frame_equal(channel.quarter_end(other, "2026-12-31", other), table)


def test_goods_sent_back_after_the_quarter_are_part_of_the_dip():
    back = changed(PUSHED, "2026-04-01", "2026-04-14", -20)
    assert reading(back, EVEN)["after"] < 0
    assert reading(back, EVEN)["reading"] == "loading"
