import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import channel
from coursekit.errors import InputError

LIST = pd.DataFrame({"product": ["feed"], "since": ["2026-01-01"], "price": [100.0]})


def seen(*rows):
    return pd.DataFrame(rows, columns=["dealer", "product", "date", "price"])


def test_a_price_well_below_the_recommended_one_is_low():
    prices = seen(("Li", "feed", "2026-01-10", 94), ("Wang", "feed", "2026-01-11", 96))
    checks = channel.price_checks(prices, LIST)
    assert checks["gap"].tolist() == pytest.approx([-0.06, -0.04])
    assert checks["verdict"].tolist() == ["low", "in_line"]
    assert checks["market"].tolist() == pytest.approx([-0.04, -0.06])


def test_the_border_of_the_tolerance_is_in_line():
    checks = channel.price_checks(seen(("Li", "feed", "2026-01-10", 95)), LIST)
    assert checks["verdict"].tolist() == ["in_line"]


def test_the_price_of_the_day_counts_not_the_latest():
    two = pd.concat([LIST, LIST.assign(since="2026-02-01", price=120.0)])
    prices = seen(("Li", "feed", "2026-01-31", 100), ("Li", "feed", "2026-02-01", 100))
    checks = channel.price_checks(prices, two)
    assert checks["basis"].tolist() == [100, 120]
    assert checks["verdict"].tolist() == ["in_line", "low"]


def test_an_offer_announced_to_all_is_no_undercutting():
    offer = pd.DataFrame(
        {"product": ["feed"], "start": ["2026-01-10"], "end": ["2026-01-12"], "price": [80.0]}
    )
    days = ["2026-01-09", "2026-01-10", "2026-01-12", "2026-01-13"]
    prices = seen(*(("Li", "feed", day, 80) for day in days))
    checks = channel.price_checks(prices, LIST, specials=offer)
    assert checks["verdict"].tolist() == ["low", "special", "special", "low"]


def test_where_the_whole_market_is_low_the_recommended_price_is_out_of_date():
    prices = seen(*((dealer, "feed", "2026-01-10", 85) for dealer in ("Li", "Wang", "Zhao")))
    checks = channel.price_checks(prices, LIST)
    assert set(checks["verdict"]) == {"market_low"}
    assert set(channel.undercutting(checks)["level"]) == {"none"}


def test_three_low_days_are_no_slip_and_the_prices_are_named():
    days = ("2026-01-10", "2026-01-10", "2026-01-20", "2026-02-01")
    prices = seen(*(("Li", "feed", day, 90) for day in days), ("Wang", "feed", "2026-01-10", 90))
    table = channel.undercutting(channel.price_checks(prices, LIST))
    assert table.loc["Li", ["seen", "low", "days", "level"]].tolist() == [4, 4, 3, "repeated"]
    assert table.loc["Li", "gap"] == pytest.approx(-0.1)
    assert table.loc["Li", "evidence"] == (0, 1, 2, 3)
    assert table.loc["Wang", "level"] == "once"


def test_a_product_without_a_recommended_price_is_not_judged():
    prices = seen(("Li", "salt", "2026-01-10", 1), ("Li", "feed", "2025-12-31", 1))
    checks = channel.price_checks(prices, LIST)
    assert checks["verdict"].tolist() == ["no_basis", "no_basis"]
    assert channel.undercutting(checks).loc["Li", ["seen", "low"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("prices", "listed", "code"),
    [
        (seen(("Li", "feed", "2026-01-10", 0)), LIST, "channel.price_of_nothing"),
        (seen(("Li", "feed", "2026-01-10", 1)), pd.concat([LIST, LIST]), "channel.two_prices"),
        (seen(("Li", "feed", "2026-01-10", -1)), LIST, "inputs.too_small"),
        (seen((None, "feed", "2026-01-10", 1)), LIST, "inputs.blank"),
    ],
)
def test_prices_that_cannot_be_compared_are_told(prices, listed, code):
    with pytest.raises(InputError) as told:
        channel.price_checks(prices, listed)
    assert told.value.code == code
    assert told.value.sentence("zh") and told.value.sentence("en")


rows = st.lists(
    st.tuples(
        st.sampled_from(["Li", "Wang", "Zhao", "Sun"]),
        st.sampled_from(["feed", "salt"]),
        st.sampled_from(["2026-01-10", "2026-01-20", "2026-02-10"]),
        st.integers(60, 120),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(rows, st.randoms())
def test_shuffling_the_prices_changes_no_verdict(rows, random):
    prices = seen(*rows)
    checks = channel.price_checks(prices, LIST)
    other = channel.price_checks(prices.loc[random.sample(range(len(rows)), len(rows))], LIST)
    pd.testing.assert_frame_equal(other.sort_index(), checks)
    assert channel.undercutting(checks)["low"].sum() == (checks["verdict"] == "low").sum()


def test_two_files_under_each_other_keep_their_row_numbers():
    prices = seen(("Li", "feed", "2026-01-10", 94), ("Wang", "feed", "2026-01-11", 96))
    checks = channel.price_checks(prices.set_axis([3, 3]), LIST)
    assert checks.index.tolist() == [3, 3]
    assert checks["verdict"].tolist() == ["low", "in_line"]
