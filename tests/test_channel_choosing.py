import math

import pandas as pd
import pytest

from coursekit import channel
from coursekit.errors import InputError


def candidate(*answers):
    return pd.DataFrame([answers], columns=["character", "ability", "reputation", "funds"])


@pytest.mark.parametrize(
    ("answers", "decision", "because"),
    [
        (("good", "good", "fair", "good"), "accept", ()),
        (("good", "fair", "fair", "good"), "on_trial", ("ability", "reputation")),
        (("good", "fair", "unknown", "fair"), "enquire", ("reputation",)),
        (("good", "unknown", "good", "poor"), "refuse", ("funds",)),
    ],
)
def test_one_poor_answer_refuses_and_an_unknown_one_is_asked(answers, decision, because):
    row = channel.entry(candidate(*answers)).loc[0]
    assert (row["decision"], row["because"]) == (decision, because)


def test_an_answer_that_is_none_is_told():
    with pytest.raises(InputError) as told:
        channel.entry(candidate("good", "good", "good", "rich"))
    assert told.value.values["value"] == "rich"


def review(score=70, attainment=1.0, grade="A", on_probation=False):
    frame = pd.DataFrame(
        [(score, attainment, grade, on_probation)],
        columns=["score", "attainment", "grade", "on_probation"],
        index=["Li"],
    )
    return channel.weeding(frame).loc["Li"].tolist()


def test_nobody_is_dropped_for_one_poor_year():
    assert review() == [(), "keep"]
    assert review(score=39, attainment=0.5) == [("poor_score", "poor_attainment"), "probation"]
    assert review(grade="C") == [("poor_credit",), "probation"]


def test_a_second_poor_year_or_poor_credit_with_poor_results_is_the_end():
    assert review(score=39, on_probation=True) == [("poor_score",), "drop"]
    assert review(attainment=0.5, grade="C") == [("poor_attainment", "poor_credit"), "drop"]


def test_who_recovered_on_probation_is_kept():
    assert review(on_probation=True) == [(), "keep"]


def test_the_borders_themselves_are_good_enough():
    assert review(score=40, attainment=0.6) == [(), "keep"]
    assert review(attainment=0.2 * 3) == [(), "keep"]


def test_letting_go_costs_margin_receivables_and_stock():
    frame = pd.DataFrame(
        {
            "margin": [120, -60],
            "owed": [100, 0],
            "recovery": [0.7, 1],
            "stock": [50, 0],
            "resale": [0.8, 1],
        }
    )
    table = channel.letting_go(frame, kept=0.5, months=6)
    # 120 x .5 x 6/12; 100 x .3; 50 x .2
    assert table.loc[0].tolist() == pytest.approx([30, 30, 10, 70, 7])  # 70 of 120 a year
    assert table.loc[1, "cost"] == -15
    assert math.isinf(table.loc[1, "pays_back"])


def test_the_bench_names_the_best_of_the_territory_and_where_nobody_is():
    dealers = pd.DataFrame({"dealer": ["Wang", "Li"], "territory": ["south", "north"]})
    candidates = pd.DataFrame(
        {
            "name": ["b", "a", "c", "d"],
            "territory": ["north"] * 4,
            "score": [70, 70, 90, 60],
            "decision": ["accept", "on_trial", "refuse", "accept"],
        }
    )
    table = channel.bench(dealers, candidates)
    assert table.loc[0].tolist() == ["Li", "north", 3, "a", 70]
    assert table.loc[1, ["dealer", "n", "first"]].tolist() == ["Wang", 0, None]
    other = channel.bench(dealers.iloc[::-1], candidates.iloc[::-1])
    pd.testing.assert_frame_equal(other, table)
