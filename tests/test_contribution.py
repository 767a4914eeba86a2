import numpy as np
import pandas as pd
import pytest

from coursekit.contribution import INDICATORS, compared, coverage, indicators, unsteadiness
from coursekit.errors import InputError
from coursekit.scoring import Scorecard

FIRST, LAST = "2026-01-01", "2026-03-31"


def table(columns, *rows):
    frame = pd.DataFrame(rows, columns=columns.split())
    for column in ("date", "due", "month"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column])
    return frame


def raw(**others):
    """Two dealers in a quarter, with the same quarter a year before."""
    tables = {
        "dealers": table("dealer territory", ("D2", "south"), ("D1", "north")),
        "shipments": table(
            "date dealer amount cost",
            ("2025-02-10", "D1", 80, 60),
            ("2025-04-01", "D1", 999, 0),  # outside both quarters
            ("2026-01-05", "D1", 60, 40),
            ("2026-03-31", "D1", 60, 40),  # the last day belongs to it
            ("2026-02-01", "D2", 40, 30),
        ),
        "sell_out": table(
            "date dealer outlet territory amount",
            ("2025-01-10", "D1", "S1", "north", 50),
            ("2026-01-10", "D1", "S1", "north", 90),
            ("2026-02-10", "D1", "S9", "south", 70),  # not in his territory
        ),
        "market": table(
            "territory month amount", ("north", "2025-01-01", 500), ("north", "2026-03-01", 600)
        ),
        "targets": table(
            "dealer month amount", ("D1", "2026-01-01", 50), ("D1", "2026-02-01", 100)
        ),
        "dealer_costs": table("dealer date kind amount", ("D1", "2026-01-09", "rebate", 10)),
        "invoices": table(
            "invoice dealer date due amount",
            ("R1", "D1", "2026-01-05", "2026-02-04", 60),
            ("R2", "D1", "2026-01-20", "2026-02-20", 40),
            ("R3", "D1", "2026-03-31", "2026-04-30", 60),  # not due yet
        ),
        "receipts": table("dealer date amount", ("D1", "2026-02-04", 60), ("D1", "2026-03-01", 30)),
        "promotions": table(
            "dealer date promotion done",
            ("D1", "2026-01-31", "p", 1.0),
            ("D1", "2026-02-28", "q", 0.5),
        ),
        "ratings": table("outlet dealer rating", ("S1", "D1", 4), ("S2", "D1", 5)),
    }
    tables.update(others)
    return {name: frame for name, frame in tables.items() if frame is not None}


def test_the_ten_indicators_by_hand():
    found = indicators(raw(), FIRST, LAST)
    assert found.columns.tolist() == list(INDICATORS)
    assert found.index.tolist() == ["D1", "D2"]
    one = found.loc["D1"]
    assert one["return_on_input"] == (120 - 80 - 10) / 10
    assert one["attainment"] == 120 / 150
    assert one["size"] == 120 / 80  # the median of 120 and 40
    assert one["growth"] == pytest.approx(120 / 80 - 1)
    assert one["share_gain"] == pytest.approx(90 / 600 - 50 / 500)  # .15 - .10
    assert one["collection"] == 90 / 100  # 60 and 30 of the two invoices that fell due
    assert one["loyalty"] == 2 / 3  # January and March
    assert one["credit"] == 60 / 100  # the second was not paid in full
    assert one["promotion"] == 0.75
    assert one["retailers"] == 4.5


def test_what_no_table_says_is_unknown_and_not_nought():
    two = indicators(raw(), FIRST, LAST).loc["D2"]
    assert (two["size"], two["loyalty"]) == (40 / 80, 1 / 3)
    unknown = ["return_on_input", "attainment", "growth", "share_gain", "collection", "credit"]
    assert two[[*unknown, "promotion", "retailers"]].isna().all()


@pytest.mark.parametrize(
    ("absent", "column"),
    [
        ("targets", "attainment"),
        ("market", "share_gain"),
        ("sell_out", "share_gain"),
        ("dealer_costs", "return_on_input"),
        ("invoices", "collection"),
        ("receipts", "credit"),
        ("promotions", "promotion"),
        ("ratings", "retailers"),
    ],
)
def test_an_absent_table_leaves_its_indicator_unknown(absent, column):
    found = indicators(raw(**{absent: None}), FIRST, LAST)
    assert found[column].isna().all()
    assert found["size"].notna().all()


def test_the_indicators_are_the_questions_of_the_scorecard():
    card = Scorecard.load("contribution")
    assert [criterion.code for criterion in card.criteria] == list(INDICATORS)
    graded = card.score(indicators(raw(), FIRST, LAST))
    # D1: 100 60 70 100 100 60 50 0 50 100 by weights 15 15 10 10 10 15 5 10 5 5
    points = [100, 60, 70, 100, 100, 60, 50, 0, 50, 100]
    weights = [15, 15, 10, 10, 10, 15, 5, 10, 5, 5]
    expected = sum(p * w for p, w in zip(points, weights, strict=True)) / 100  # 70
    assert graded.loc["D1", "score"] == expected
    assert (graded.loc["D1", "grade"], graded.loc["D1", "known"]) == ("A", 1)
    assert graded.loc["D2", "known"] == 0.15  # size and loyalty


def test_the_order_of_all_rows_changes_nothing():
    turned = {name: frame[::-1] for name, frame in raw().items()}
    pd.testing.assert_frame_equal(indicators(turned, FIRST, LAST), indicators(raw(), FIRST, LAST))


@pytest.mark.parametrize("absent", ["dealers", "shipments"])
def test_a_table_that_must_be_there_is_named(absent):
    with pytest.raises(InputError) as told:
        indicators(raw(**{absent: None}), FIRST, LAST)
    assert absent in told.value.sentence("zh")


def test_a_period_that_ends_before_it_begins_and_a_dealer_twice_are_told():
    with pytest.raises(InputError):
        indicators(raw(), LAST, FIRST)
    twice = table("dealer territory", ("D1", "north"), ("D1", "south"))
    with pytest.raises(InputError) as told:
        indicators(raw(dealers=twice), FIRST, LAST)
    assert told.value.rows == (1,)
    assert "D1" in told.value.sentence("en")


def test_an_amount_that_is_missing_is_told_with_its_row():
    shipments = table("date dealer amount", ("2026-01-05", "D1", None))
    with pytest.raises(InputError) as told:
        indicators(raw(shipments=shipments), FIRST, LAST)
    assert told.value.rows == (0,)


def test_what_moved_a_score_is_named():
    card = Scorecard.load("contribution")
    before = pd.DataFrame({"growth": [0.2, 0.2], "loyalty": [1.0, 1.0]}, index=["D1", "D2"])
    after = pd.DataFrame({"growth": [-0.1, 0.2], "loyalty": [1.0, 1.0]}, index=["D1", "D2"])
    moved = compared(card, before, after)
    # growth weighs 10 of 100 and falls from 100 points to 0
    assert moved.loc["D1", ["change", "most", "by"]].tolist() == [-10, "growth", -10]
    assert moved.loc["D2", ["change", "most", "by"]].tolist() == [0, "", 0]
    assert compared(card, before[:0], after).empty


def test_coverage_counts_the_outlets_that_buy_steadily():
    dealers = table("dealer territory", ("D1", "north"), ("D2", "south"))
    outlets = table("outlet territory", ("S1", "north"), ("S2", "north"), ("S3", "north"))
    sold = table(
        "date dealer outlet amount",
        ("2026-01-05", "D1", "S1", 1),
        ("2026-01-25", "D1", "S1", 1),  # the same month
        ("2026-02-05", "D1", "S1", 1),
        ("2026-01-05", "D1", "S2", 1),  # one month of three
        ("2026-01-05", "D2", "S3", 1),  # not his territory
    )
    share = coverage(sold, outlets, dealers, FIRST, LAST)
    assert share["D1"] == 1 / 3  # S1: two months of three
    assert np.isnan(share["D2"])  # no outlet of the south is on the list
    assert coverage(sold, outlets, dealers, FIRST, LAST, steady=1 / 3)["D1"] == 2 / 3


def test_unsteadiness_is_the_spread_of_the_months_over_their_mean():
    dealers = table("dealer territory", ("D1", "north"), ("D2", "south"), ("D3", "south"))
    sold = table(
        "date dealer outlet amount",
        ("2026-01-05", "D1", "S1", 30),
        ("2026-03-05", "D1", "S1", 60),  # 30, 0, 60: mean 30, variance (0 + 900 + 900) / 3
        ("2026-01-05", "D2", "S1", 10),
        ("2026-02-05", "D2", "S1", 10),
        ("2026-03-05", "D2", "S1", 10),
    )
    swing = unsteadiness(sold, dealers, FIRST, LAST)
    assert swing["D1"] == pytest.approx(600**0.5 / 30)
    assert swing["D2"] == 0
    assert np.isnan(swing["D3"])
