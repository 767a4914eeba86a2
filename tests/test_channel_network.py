import math

import pandas as pd
import pytest

from coursekit import channel
from coursekit.errors import InputError

TODAY = "2026-03-02"


def test_who_depends_on_whom_is_read_from_both_shares():
    dealers = pd.DataFrame(
        {"sales": [60, 20, 11, 9, 0], "purchases": [100, 100, 200, 10, None]}, index=list("abcde")
    )
    table = channel.dependence(dealers)
    assert table["in_us"].tolist() == [0.6, 0.2, 0.11, 0.09, 0]
    assert table["in_him"].tolist()[:4] == [0.6, 0.2, 0.055, 0.9]
    assert table["reading"].tolist() == ["both", "we_depend", "we_depend", "he_depends", "unknown"]


def test_who_buys_more_from_us_than_from_all_is_told():
    with pytest.raises(InputError) as told:
        channel.dependence(pd.DataFrame({"sales": [5], "purchases": [4]}, index=["Li"]))
    assert told.value.rows == ("Li",)


def test_the_network_shows_white_spots_and_overlap():
    served = pd.DataFrame(
        [("Li", "north", 90), ("Wang", "north", 10), ("Li", "south", 60), ("Wang", "south", 40)],
        columns=["dealer", "territory", "amount"],
    )
    places = pd.DataFrame({"territory": ["north", "west", "south"], "potential": [200, 50, None]})
    table = channel.network(served, places)
    assert table["reading"].to_dict() == {"north": "held", "south": "contested", "west": "white"}
    assert table.loc["north", ["n", "largest", "amount", "reach"]].tolist() == [2, 0.9, 100, 0.5]
    assert table["amount"].sum() == served["amount"].sum()
    assert table.loc["west", "dealers"] == () and math.isnan(table.loc["south", "reach"])
    appointed = channel.network(served.drop(columns="amount").iloc[:1], places)
    assert appointed["reading"].tolist() == ["held", "white", "white"]


def test_a_territory_that_is_not_in_the_list_is_told():
    served = pd.DataFrame({"dealer": ["Li"], "territory": ["moon"]})
    with pytest.raises(InputError) as told:
        channel.network(served, pd.DataFrame({"territory": ["north"]}))
    assert told.value.values["value"] == "moon"


def test_a_file_is_as_complete_as_its_fields_and_as_old_as_its_last_change():
    files = pd.DataFrame(
        {
            "phone": ["138", " "],
            "payer": [None, "Li"],
            "address": ["a", "b"],
            "updated": ["2025-03-02", None],
        }
    )
    table = channel.completeness(files, ["phone", "payer", "address"], TODAY)
    assert table["known"].tolist() == pytest.approx([2 / 3, 2 / 3])
    assert table["missing"].tolist() == [("payer",), ("phone",)]
    assert table["age_days"].tolist()[0] == 365
    assert table["fresh"].tolist() == [True, False]


def test_six_errors_of_a_file_are_found_each_in_its_place():
    files = pd.DataFrame(
        {
            "dealer": ["K1", "K2", "K2", "K4"],
            "phone": ["138 0000 0001", "13800000001", "12345", "010-88888888"],
            "territory": ["north", "north", "nroth", ""],
            "since": ["2020-01-01", "2027-01-01", "2020-01-01", None],
            "credit_limit": [1, 2, 3, -4],
        },
        index=[11, 12, 13, 14],
    )
    found = channel.file_errors(files, TODAY, territories=["north"])
    assert found.values.tolist() == [
        [11, "phone", "shared"],
        [12, "dealer", "same_twice"],
        [12, "phone", "shared"],
        [12, "since", "in_the_future"],
        [13, "dealer", "same_twice"],
        [13, "phone", "no_phone"],
        [13, "territory", "no_such_territory"],
        [14, "credit_limit", "below_zero"],
    ]


def test_a_sound_file_has_no_errors():
    files = pd.DataFrame({"dealer": ["K1", "K2"], "phone": ["+86 138-0000-0001", None]})
    assert channel.file_errors(files, TODAY).empty
