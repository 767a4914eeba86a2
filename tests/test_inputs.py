"""What methods take for a day, and what they refuse."""

import pandas as pd
import pytest

from coursekit import inputs
from coursekit.errors import InputError


@pytest.mark.parametrize("number", [20260302, 46083, 3.5, True])
def test_a_number_is_no_day(number):
    with pytest.raises(InputError) as told:
        inputs.as_day(number)
    assert told.value.code == "inputs.not_a_day"


def test_a_column_of_numbers_holds_no_dates():
    with pytest.raises(InputError) as told:
        inputs.days_of(pd.DataFrame({"closed": [20260302, 20260303]}), "closed")
    assert told.value.code == "inputs.not_dates"
    with pytest.raises(InputError):
        inputs.days([20260302], "day")


def test_an_empty_column_of_dates_is_all_missing():
    found = inputs.days_of(pd.DataFrame({"closed": [float("nan"), None]}), "closed")
    assert found.isna().all()


def test_the_zone_of_a_time_is_left_out():
    at_noon = pd.Series(pd.to_datetime(["2026-03-02T12:00+08:00"]))
    day = pd.Timestamp("2026-03-02")
    assert inputs.days_of(at_noon.to_frame("date"), "date").tolist() == [day]
    assert inputs.days(at_noon, "day").tolist() == [day]
    assert inputs.as_day("2026-03-02T12:00+08:00") == day


def test_a_day_per_row_keeps_its_label():
    found = inputs.days(pd.Series(["2026-03-02", "2026/3/3"], index=["b", "a"]), "day")
    assert found.to_dict() == {"b": pd.Timestamp("2026-03-02"), "a": pd.Timestamp("2026-03-03")}


def test_an_array_belongs_by_place_whatever_the_labels():
    like = pd.Series([10.0, 20.0, 30.0], index=[3, 1, 2])
    beside = inputs.paired(inputs.numbers([1, 2, 3], "value"), like, "value")
    assert beside.to_dict() == {3: 1, 1: 2, 2: 3}


def test_a_series_belongs_by_label():
    like = pd.Series([10.0, 20.0, 30.0], index=[3, 1, 2])
    values = inputs.numbers(pd.Series([1, 2, 3], index=[1, 2, 3]), "value")
    assert inputs.paired(values, like, "value").tolist() == [3, 1, 2]


def test_a_word_after_dates_is_told_and_warns_of_nothing():
    with pytest.raises(InputError) as told:
        inputs.days_of(pd.DataFrame({"closed": [None, "soon", "2026-03-02"]}), "closed")
    assert told.value.code == "inputs.not_dates"
