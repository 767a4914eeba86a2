import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import channel
from coursekit.errors import InputError

TIERS = ((0.8, 0.01), (1.0, 0.03), (1.2, 0.04))
WHOLE, ABOVE = channel.Scheme(TIERS), channel.Scheme(TIERS, whole=False)


def series(*values):
    return pd.Series(values, index=list("abcdef")[: len(values)], dtype=float)


def test_a_rate_on_all_sales_jumps_at_the_tier():
    table = channel.rebate(series(79, 80, 99, 100, 130), series(*[100] * 5), WHOLE)
    # 0; 80 x 1%; 99 x 1%; 100 x 3%; 130 x 4%
    assert table["rebate"].tolist() == pytest.approx([0, 0.8, 0.99, 3, 5.2])
    assert table["rate"].tolist() == [0, 0.01, 0.01, 0.03, 0.04]


def test_the_last_sale_before_a_tier_is_worth_twice_its_price():
    table = channel.rebate(series(99, 130), series(100, 100), WHOLE)
    # 1 missing brings 3 - .99
    assert table.loc["a", ["missing", "gain", "worth"]].tolist() == pytest.approx([1, 2.01, 2.01])
    assert table.loc["b", ["missing", "gain", "worth"]].isna().all()


def test_a_rate_on_the_part_above_has_no_cliff():
    table = channel.rebate(series(80, 100, 130), series(100, 100, 100), ABOVE)
    # (100 - 80) x 1%; (130 - 80) x 1% + (130 - 100) x 2% + (130 - 120) x 1%
    assert table["rebate"].tolist() == pytest.approx([0, 0.2, 0.5 + 0.6 + 0.1])
    assert channel.cliffs(100, ABOVE)["jump"].tolist() == [0, 0, 0]
    assert channel.cliffs(100, ABOVE)["pays_from"].tolist() == [80, 100, 120]


def test_a_cliff_pays_for_dumping_from_far_below():
    table = channel.cliffs(1000, WHOLE, loss=0.05)
    assert table["sales"].tolist() == [800, 1000, 1200]
    # 800 x 1%; 1000 x 2%; 1200 x 1%
    assert table["jump"].tolist() == pytest.approx([8, 20, 12])
    # 20 pays for losing 5% on 400
    assert table["pays_from"].tolist() == pytest.approx([640, 600, 960])


def test_a_tier_met_exactly_is_reached_though_floats_say_no():
    table = channel.rebate(series(0.1 * 3), series(0.3), channel.Scheme(((1.0, 0.5),)))
    assert table["rate"].tolist() == [0.5]


def months(dealer, sales, target=100, **columns):
    numbers = range(1, len(sales) + 1)
    frame = pd.DataFrame({"dealer": dealer, "month": numbers, "sales": sales, "target": target})
    return frame.assign(**columns)


def test_rewards_of_a_year_add_up():
    flat = ((1.0, 0.01),)
    schemes = {
        "monthly": channel.Scheme(flat, period="month"),
        "quarterly": channel.Scheme(((1.0, 0.02),)),
        "annual": channel.Scheme(((1.0, 0.03),), period="year"),
        "exclusive": channel.Scheme(((0.0, 0.01),), period="year", only="exclusive"),
    }
    sales = [100, 90, 110] + [80] * 9  # only the first quarter comes to 300
    table = channel.rebates(months("Li", sales, exclusive=True), schemes)
    # months: (100 + 110) x 1%; quarter: 300 x 2%; year: 1,020 of 1,200; exclusive: 1,020 x 1%
    assert table.loc["Li"].tolist() == pytest.approx([2.1, 6, 0, 10.2, 18.3])


def test_one_month_with_a_rival_ends_the_reward_for_exclusive_sale():
    scheme = {"exclusive": channel.Scheme(((0.0, 0.01),), period="year", only="exclusive")}
    year = months("Li", [100] * 12, exclusive=[True] * 11 + [False])
    assert channel.rebates(year, scheme)["total"].tolist() == [0]


def test_a_rebate_is_paid_out_of_the_margin():
    cost = channel.rebate_cost(series(1000, 100), series(30, 14), 0.12)
    assert (cost["rebate"], cost["sales"], cost["rate"]) == (44, 1100, 0.04)
    assert cost["part"] == pytest.approx(44 / 132)
    assert cost["left"] == pytest.approx(88)
    assert cost["negative"] == ("b",)  # 14 of a margin of 12
    assert math.isnan(channel.rebate_cost(series(0), series(0), 0.1)["rate"])


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: channel.Scheme(()), "channel.no_tiers"),
        (lambda: channel.Scheme(((1, 0.1), (0.9, 0.2))), "channel.tiers_fall"),
        (lambda: channel.Scheme(((1, 0.2), (1.1, 0.1))), "channel.tiers_fall"),
        (lambda: channel.Scheme(((1, 1.1),)), "inputs.one_too_large"),
        (lambda: channel.Scheme(TIERS, period="week"), "channel.no_such_period"),
        (lambda: channel.rebate(series(1), series(0), WHOLE), "channel.no_target"),
        (
            lambda: channel.rebates(pd.concat([months("Li", [1])] * 2), {"q": WHOLE}),
            "inputs.twice",
        ),
        (
            lambda: channel.rebates(months("Li", [1]).assign(month=13), {"q": WHOLE}),
            "inputs.not_one_of",
        ),
    ],
)
def test_a_scheme_or_target_that_cannot_be_is_told(call, code):
    with pytest.raises(InputError) as told:
        call()
    assert told.value.code == code
    assert told.value.sentence("zh") and told.value.sentence("en")


sold = st.lists(st.integers(0, 200), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(sold)
def test_who_sells_more_never_gets_less_and_all_pays_at_least_the_part_above(values):
    sales = pd.Series(sorted(values), dtype=float)
    target = pd.Series(100.0, sales.index)
    whole = channel.rebate(sales, target, WHOLE)["rebate"]
    above = channel.rebate(sales, target, ABOVE)["rebate"]
    assert whole.is_monotonic_increasing and above.is_monotonic_increasing
    assert (whole >= above - 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(sold, st.integers(1, 12))
def test_the_rebate_on_the_part_above_is_the_sum_over_every_unit(values, tenth):
    sales = pd.Series(values, dtype=float)
    target = 10 * tenth
    slow = [
        sum(max([0.0] + [r for least, r in TIERS if unit >= least * target]) for unit in range(n))
        for n in values
    ]
    fast = channel.rebate(sales, pd.Series(float(target), sales.index), ABOVE)["rebate"]
    assert np.allclose(fast, slow)
