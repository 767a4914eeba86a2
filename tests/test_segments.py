import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import segments, tables
from coursekit.errors import InputError

pytest.importorskip("sklearn")


@pytest.fixture
def three():
    """Ten customers each around (0, 0), (10, 0) and (10, 10)."""
    rng = np.random.default_rng(5)
    centres = np.repeat([[0, 0], [10, 0], [10, 10]], 10, axis=0)
    points = centres + rng.normal(0, 0.3, centres.shape)
    return pd.DataFrame(points, [f"K{i:02}" for i in range(30)], ["size", "growth"])


def test_three_clouds_are_found_the_best_one_first(three):
    groups = segments.group(three, 3)
    assert groups.iloc[20:].tolist() == [1] * 10
    assert groups.iloc[10:20].tolist() == [2] * 10
    assert groups.iloc[:10].tolist() == [3] * 10


def test_what_is_there_comes_back_in_every_resample(three):
    overall, per_group = segments.stability(three, 3)
    assert overall == pytest.approx(1)
    assert per_group.tolist() == pytest.approx([1, 1, 1])
    assert per_group.index.tolist() == [1, 2, 3]


def test_a_cloud_without_groups_gives_groups_that_do_not_come_back():
    cloud = pd.DataFrame(np.random.default_rng(2).normal(size=(80, 4)), columns=list("abcd"))
    overall, per_group = segments.stability(cloud, 5)
    assert overall < 0.6
    assert per_group.min() < 0.6


def test_the_right_number_of_groups_is_the_clearest(three):
    found = segments.groupings(three, n=5)
    assert sorted(found) == [3, 4, 5]
    assert found[3].silhouette > max(found[4].silhouette, found[5].silhouette)
    assert found[3].weakest == pytest.approx(1)
    assert [len(found[k].profile) for k in found] == [3, 4, 5]


def test_with_a_value_group_1_is_the_one_that_brings_most_each(three):
    value = pd.Series([5] * 10 + [1] * 20, three.index)
    found = segments.groupings(three, [3], value=value, n=2)[3]
    assert found.group.iloc[:10].tolist() == [1] * 10
    assert found.profile.loc[1, "value"] == 50
    assert found.profile.loc[1, "value_share"] == pytest.approx(50 / 70)
    assert found.profile.loc[1, "value_each"] == 5


def test_a_profile_says_in_numbers_what_a_group_is():
    traits = pd.DataFrame({"size": [1, 3, 11, 13], "growth": [2, 1, 2, 1]})
    told = segments.profile(traits, [2, 2, 1, 1])
    assert told[["n", "share"]].to_numpy().tolist() == [[2, 0.5], [2, 0.5]]
    assert told["size"].tolist() == [12, 2]
    assert told["differs"].tolist() == ["size", "size"]
    # mean 7, variance (36 + 16 + 16 + 36) / 4 = 26
    assert told.loc[1, "by"] == pytest.approx(5 / np.sqrt(26))


def test_a_trait_by_its_logarithm_lets_no_giant_stand_alone():
    size = [1, 1.1, 1.2, 1.3, 9, 9.5, 10, 11, 60]
    traits = pd.DataFrame({"size": size})
    assert segments.group(traits, 2).value_counts().tolist() == [8, 1]
    assert segments.group(traits, 2, log=["size"]).value_counts().tolist() == [5, 4]


def test_without_scikit_learn_it_says_what_to_install(three, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    for call in (segments.group, segments.stability):
        with pytest.raises(InputError) as told:
            call(three, 3)
        assert told.value.code == "segments.not_installed"
        assert "pip install" in told.value.sentence("zh")


@pytest.mark.parametrize(
    ("traits", "k", "code"),
    [
        ({"a": [1, 2, 3], "b": [5, 5, 5]}, 2, "segments.same_for_all"),
        ({"a": [1, 2, 2]}, 2, "segments.too_few"),
        ({"a": [1, None, 3]}, 2, "inputs.missing"),
        ({"a": ["x", "y", "z"]}, 2, "inputs.not_numbers"),
        ({"a": [1, 2, 3]}, 1, "inputs.one_too_small"),
        ({}, 2, "segments.no_traits"),
    ],
)
def test_what_cannot_be_grouped_is_refused(traits, k, code):
    with pytest.raises(InputError) as told:
        segments.group(pd.DataFrame(traits), k)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_customers_changes_no_group(seed, random):
    traits = pd.DataFrame(np.random.default_rng(seed).normal(size=(25, 2)), columns=["a", "b"])
    other = traits.loc[random.sample(range(25), 25)]
    groups, shuffled = segments.group(traits, 3), segments.group(other, 3)
    assert shuffled.reindex(groups.index).tolist() == groups.tolist()
    assert segments.stability(traits, 3, n=3)[0] == pytest.approx(
        segments.stability(other, 3, n=3)[0]
    )


def test_the_wholesale_customers_split_by_what_they_buy(shared):
    frame = tables.read(shared / "uci_wholesale" / "wholesale_440_latin1.csv").frame
    spend = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
    found = segments.groupings(frame[spend], [2, 3], value=frame[spend].sum(axis=1), log=spend, n=5)
    assert found[2].profile["value"].sum() == pytest.approx(14_619_500)
    assert found[2].stability > 0.8
    # the channel is not among the traits, and comes out: retail buys detergents
    retail = frame["Channel"].astype(float) == 2
    share = retail.groupby(found[2].group).mean()
    assert abs(share[1] - share[2]) > 0.5
