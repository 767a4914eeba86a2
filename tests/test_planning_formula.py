import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import planning
from coursekit.errors import InputError

MAY = {"leads": 100, "conversion": 0.2, "order_value": 1000, "repeat": 1.5}
amounts = st.floats(0, 1e6, allow_subnormal=False)
months = st.tuples(amounts, st.floats(0, 1, allow_subnormal=False), amounts, st.floats(0, 20))


def test_the_result_is_the_product_of_four_factors():
    # 100 x .2 x 1,000 x 1.5
    assert planning.performance(**MAY).result == pytest.approx(30_000)


def test_a_percent_more_of_any_lever_is_a_percent_more_of_the_result():
    levers = planning.performance(**MAY).levers
    assert levers["elasticity"].tolist() == [1, 1, 1, 1]
    assert levers["effect"].tolist() == pytest.approx([3_000] * 4)  # 10% of 30,000


def test_conversion_stops_at_1():
    # .95 can gain .05 only: 100 x .05 x 10 x 1, not 10% of 950
    levers = planning.performance(100, 0.95, 10, 1).levers
    assert levers["effect"].tolist() == pytest.approx([95, 50, 95, 95])


def test_without_a_result_there_is_no_elasticity():
    levers = planning.performance(0, 0.2, 1000, 1).levers
    assert levers["elasticity"].isna().all()
    assert levers.loc["leads", "effect"] == 0


def test_the_best_lever_is_the_one_that_pays_most_per_hour():
    reach = {"leads": 120, "conversion": 0.22, "order_value": 1100, "repeat": 1.5}
    table = planning.best_lever(MAY, reach, [40, 10, 5, 8])
    # +20% = 6,000 in 40 h; +10% = 3,000 in 10 h; +10% = 3,000 in 5 h; nothing
    assert table.index.tolist() == ["order_value", "conversion", "leads", "repeat"]
    assert table["effect"].tolist() == pytest.approx([3_000, 3_000, 6_000, 0])
    assert table["per_hour"].tolist() == pytest.approx([600, 300, 150, 0])


def test_a_waterfall_of_one_lever_is_its_whole_effect():
    steps = planning.waterfall(MAY, MAY | {"conversion": 0.25})
    assert steps["effect"].tolist() == [0, 7_500, 0, 0]  # 100 x .05 x 1,000 x 1.5


def test_two_levers_share_what_they_do_together():
    # 10 x .5 x 10 x 1 = 50 to 12 x .6 x 10 x 1 = 72: alone 10 and 10, together 2 more, half each
    steps = planning.waterfall((10, 0.5, 10, 1), (12, 0.6, 10, 1))
    assert steps["effect"].tolist() == [11, 11, 0, 0]


def test_thirds_of_a_cent_still_add_up():
    # three levers from 0 to 1 and one at .01 make one hundredth: it is not split
    steps = planning.waterfall((0, 0, 0, 0.01), (1, 1, 1, 0.01))
    assert steps["effect"].tolist() == [0.01, 0, 0, 0]


def test_a_lever_that_sank_says_where_to_look():
    steps = planning.waterfall(MAY, (90, 0.1, 1000, 1.6))
    told = planning.watch(steps)
    assert told.index.tolist() == ["conversion", "leads"]
    assert told["points"].tolist() == [("fit", "skill"), ("count", "referrals")]
    assert planning.watch(planning.waterfall(MAY, MAY)).empty


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (planning.performance, (-1, 0.2, 1, 1), "inputs.one_too_small"),
        (planning.performance, (1, 1.2, 1, 1), "inputs.one_too_large"),
        (planning.performance, ("many", 0.2, 1, 1), "inputs.not_a_number"),
        (planning.performance, (1, float("nan"), 1, 1), "inputs.not_a_number"),
        (planning.waterfall, ((1, 1, 1), MAY), "planning.not_four"),
        (planning.waterfall, ({"leads": 1}, MAY), "planning.lever_missing"),
        (planning.best_lever, (MAY, (1, 0.2, 1, 1), [1] * 4), "planning.sinks"),
        (planning.best_lever, (MAY, MAY, [0] * 4), "inputs.not_above"),
    ],
)
def test_what_is_no_month_is_refused(call, arguments, code):
    with pytest.raises(InputError) as told:
        call(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@given(months, months)
def test_the_effects_add_up_to_the_change_to_the_hundredth(before, after):
    steps = planning.waterfall(before, after)
    totals = [math.prod(map(Fraction, month)) for month in (before, after)]
    old, new = (math.floor(total * 100 + Fraction(1, 2)) for total in totals)
    assert sum(round(effect * 100) for effect in steps["effect"]) == new - old


@given(
    st.tuples(*[st.integers(1, 9)] * 4).map(lambda t: (t[0] * 10, t[1] / 10, t[2] * 100, t[3])),
    st.tuples(*[st.integers(1, 9)] * 4).map(lambda t: (t[0] * 10, t[1] / 10, t[2] * 100, t[3])),
)
def test_an_effect_is_the_mean_over_all_orders_of_change(before, after):
    sums = [0.0] * 4
    for order in itertools.permutations(range(4)):
        now = list(before)
        for lever in order:
            was = math.prod(now)
            now[lever] = after[lever]
            sums[lever] += math.prod(now) - was
    slow = [total / 24 for total in sums]
    assert planning.waterfall(before, after)["effect"].tolist() == pytest.approx(slow, abs=0.011)


@given(months, months)
def test_going_back_undoes_every_effect(before, after):
    there, back = planning.waterfall(before, after), planning.waterfall(after, before)
    scale = 1e-9 * max(1, there["effect"].abs().max())
    assert (there["effect"] + back["effect"]).abs().max() <= 0.02 + scale
