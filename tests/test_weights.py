import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.weights import ahp, comparison, entropy, hundred_points

NAMES = ("price", "service", "speed", "range")


def test_a_hundred_points_are_weights():
    assert hundred_points({"price": 60, "service": 40}).to_dict() == {"price": 0.6, "service": 0.4}


@pytest.mark.parametrize(
    "points", [{"price": 60, "service": 30}, {"price": 110, "service": -10}, {"price": None}, {}]
)
def test_what_is_not_100_points_is_told(points):
    with pytest.raises(InputError):
        hundred_points(points)


def test_the_points_still_to_give_are_said():
    with pytest.raises(InputError) as told:
        hundred_points({"price": 60, "service": 30})
    assert "还差 10 分" in told.value.sentence("zh")


def test_judgements_without_contradiction_give_back_their_weights():
    # price twice service, service three times speed, price six times speed: 6 : 3 : 1
    judged = ahp(
        comparison([("price", "service", 2), ("service", "speed", 3), ("price", "speed", 6)])
    )
    assert judged.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert judged.ratio == 0
    assert judged.consistent
    assert judged.breaking is None


def test_the_consistency_ratio_by_hand():
    judged = ahp(
        comparison([("price", "service", 3), ("service", "speed", 3), ("price", "speed", 5)])
    )
    # for three criteria the eigenvalue is 1 + r + 1/r with r = (3 x 3 / 5)^(1/3) = 1.216440
    r = (3 * 3 / 5) ** (1 / 3)
    eigenvalue = 1 + r + 1 / r  # 3.038511
    assert judged.ratio == pytest.approx((eigenvalue - 3) / 2 / 0.58)  # 0.0332
    # and the weights are the geometric means of the rows
    means = [(3 * 5) ** (1 / 3), (1 / 3 * 3) ** (1 / 3), (1 / 5 / 3) ** (1 / 3)]
    assert judged.weights.tolist() == pytest.approx([mean / sum(means) for mean in means])


@pytest.mark.parametrize(("n", "random_index"), [(4, 0.90), (5, 1.12), (6, 1.24), (10, 1.49)])
def test_the_ratio_is_taken_against_random_judgements_of_as_many_criteria(n, random_index):
    names = [f"c{number}" for number in range(n)]
    pairs = [
        (a, b, 9 if (a, b) == ("c0", "c1") else 1) for a, b in itertools.combinations(names, 2)
    ]
    table = comparison(pairs)
    eigenvalue = max(np.linalg.eigvals(table.to_numpy()).real)
    assert ahp(table).ratio == pytest.approx((eigenvalue - n) / (n - 1) / random_index)


def pairs_of(weights):
    return [
        (NAMES[i], NAMES[j], weights[i] / weights[j])
        for i, j in itertools.combinations(range(len(weights)), 2)
    ]


def test_the_judgement_that_breaks_it_is_named():
    pairs = pairs_of([4, 2, 1, 1])
    pairs[2] = ("price", "range", 1 / 4)  # price counts four times as much as range
    judged = ahp(comparison(pairs))
    assert not judged.consistent
    assert judged.breaking == ("price", "range")
    worst = judged.judgements.iloc[0]
    assert worst["implied"] == pytest.approx(4)  # all others agree on it
    assert worst["ratio_without"] == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.floats(1, 3), min_size=4, max_size=4),
    st.integers(0, 5),
    st.sampled_from([1 / 9, 9]),
)
def test_one_wrong_judgement_among_right_ones_is_always_found(weights, place, wrong):
    pairs = pairs_of(weights)
    first, second, right = pairs[place]
    if max(right / wrong, wrong / right) < 4:
        return  # hardly wrong
    pairs[place] = (first, second, wrong)
    judged = ahp(comparison(pairs))
    assert (judged.judgements["first"][0], judged.judgements["second"][0]) == (first, second)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7, 9]), min_size=6, max_size=6))
def test_weights_sum_to_1_and_do_not_depend_on_the_order_of_the_criteria(times):
    table = comparison(
        [(a, b, t) for (a, b), t in zip(itertools.combinations(NAMES, 2), times, strict=True)]
    )
    judged = ahp(table)
    assert judged.weights.sum() == pytest.approx(1)
    assert (judged.weights > 0).all()
    turned = ahp(table.iloc[::-1, ::-1])
    assert turned.ratio == pytest.approx(judged.ratio, abs=1e-9)
    assert turned.weights[list(NAMES)].tolist() == pytest.approx(judged.weights.tolist())


def test_two_criteria_cannot_contradict_each_other():
    judged = ahp(comparison([("price", "service", 9)]))
    assert (judged.ratio, judged.weights.round(9).tolist()) == (0, [0.9, 0.1])


@pytest.mark.parametrize(
    "pairs",
    [
        [("price", "service", 2), ("service", "price", 2)],
        [("price", "price", 2)],
        [("price", "service", 2), ("service", "speed", 2)],
        [("price", "service", 10)],
        [("price", "service", 0)],
        [("price", "service", "much")],
    ],
)
def test_pairs_that_make_no_table_are_told(pairs):
    with pytest.raises(InputError):
        comparison(pairs)


def test_a_table_that_is_not_reciprocal_is_refused():
    table = comparison([("price", "service", 2)])
    table.loc["service", "price"] = 2
    with pytest.raises(InputError):
        ahp(table)
    with pytest.raises(InputError):
        ahp(table.iloc[:1])


def test_entropy_weights_by_hand():
    # shares .2 .8 and 1/9 8/9; 1 - H / ln 2
    first = 1 + (0.2 * math.log(0.2) + 0.8 * math.log(0.8)) / math.log(2)  # .278072
    second = 1 + (math.log(1 / 9) / 9 + 8 / 9 * math.log(8 / 9)) / math.log(2)  # .496742
    weights = entropy([[1, 2], [4, 16]])
    assert weights.tolist() == pytest.approx([first / (first + second), second / (first + second)])
    assert weights.round(6).tolist() == [0.358889, 0.641111]


def test_entropy_agrees_with_scipy():
    from scipy import stats

    values = np.random.default_rng(1).uniform(0, 9, (7, 4))
    told = 1 - stats.entropy(values, axis=0) / math.log(7)
    assert entropy(values).tolist() == pytest.approx((told / told.sum()).tolist())


def test_a_criterion_that_is_alike_for_all_gets_no_entropy_weight():
    frame = pd.DataFrame({"alike": [3, 3, 3], "differs": [0, 1, 2]})
    assert entropy(frame).to_dict() == {"alike": 0, "differs": 1}
    assert entropy(frame[["alike", "alike"]].set_axis(["a", "b"], axis=1)).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    "values", [[[1, 2]], [[1, 0], [1, 0]], [[1, -1], [1, 2]], [[1, None], [1, 2]]]
)
def test_figures_without_an_entropy_are_told(values):
    with pytest.raises(InputError):
        entropy(values)
