import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import planning
from coursekit.errors import InputError


@pytest.fixture(scope="module")
def year():
    return planning.working_days("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-02-14", "shifted"),  # Saturdays worked for the Spring Festival
        ("2026-02-28", "shifted"),
        ("2026-02-17", "holiday"),  # the first day of the lunar year
        ("2026-02-21", "weekend"),
        ("2026-03-02", "workday"),
        ("2026-05-09", "shifted"),
        ("2026-10-10", "shifted"),
        ("2026-10-07", "holiday"),
        ("2026-12-31", "workday"),
    ],
)
def test_a_day_of_2026_as_the_notice_says(year, day, why):
    assert year.loc[day, "why"] == why
    assert year.loc[day, "working"] == (why in ("workday", "shifted"))


def test_2026_has_248_working_days(year):
    # 261 weekdays, 19 of them free, 6 weekend days worked
    assert year["why"].value_counts().to_dict() == {
        "workday": 261 - 19,
        "weekend": 104 - 6,
        "holiday": 19,
        "shifted": 6,
    }
    assert year["working"].sum() == 248


@pytest.mark.parametrize(
    ("when", "n"),
    # as the notices of those years add up
    [(2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251)],
)
def test_the_working_days_of_earlier_years(when, n):
    assert planning.working_days(f"{when}-01-01", f"{when}-12-31")["working"].sum() == n


def test_a_year_that_is_not_published_is_said_and_not_guessed():
    with pytest.raises(InputError) as told:
        planning.working_days("2098-12-01", "2099-01-31")
    assert told.value.code == "planning.year_not_published"
    assert told.value.values == {"year": 2098}
    assert "2098" in told.value.sentence("zh")


def test_a_year_of_ones_own_notice_goes_without_the_library():
    days = planning.working_days(
        "2099-01-01", "2099-01-12", free=["2099-01-01", "2099-01-02"], worked=["2099-01-10"]
    )
    # a Thursday and a Friday off, a Saturday worked for it
    assert days["why"].tolist() == [
        *("holiday", "holiday", "weekend", "weekend"),
        *("workday", "workday", "workday", "workday", "workday"),
        *("shifted", "weekend", "workday"),
    ]


def test_an_own_notice_goes_before_the_library():
    days = planning.working_days("2026-02-14", "2026-02-17", free=["2026-02-14"])
    assert not days["working"].any()
    days = planning.working_days("2026-02-16", "2026-02-16", worked=["2026-02-16"])
    assert days["why"].tolist() == ["workday"]


def test_years_before_the_compared_ones_are_refused():
    with pytest.raises(InputError):
        planning.working_days("2012-01-01", "2012-01-05")


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (("2026-03-02", "2026-03-01"), "planning.ends_before_it_begins"),
        (("soon", "2026-03-01"), "inputs.not_a_day"),
        ((None, "2026-03-01"), "inputs.not_a_day"),
    ],
)
def test_a_span_has_two_days_in_order(span, code):
    with pytest.raises(InputError) as told:
        planning.working_days(*span)
    assert told.value.code == code
    assert told.value.sentence("zh")


def test_visits_are_spread_over_working_days_only():
    days = planning.working_days("2026-03-05", "2026-03-09")  # Thursday to Monday
    # 7 over 3 days: 2, 2, 3
    assert planning.spread(7, days).tolist() == [2, 2, 0, 0, 3]


def test_the_months_of_a_quarter_add_up_to_its_count(year):
    quarter = year.loc["2026-01-01":"2026-03-31"]
    monthly = planning.spread(800, quarter).groupby(quarter.index.to_period("M")).sum()
    # 21 + 16 + 22 = 59 working days: 800 x 21/59 = 284.7, 800 x 37/59 = 501.7
    assert monthly.tolist() == [284, 501 - 284, 800 - 501]
    assert monthly.sum() == 800


def test_work_without_a_working_day_is_refused():
    weekend = planning.working_days("2026-03-07", "2026-03-08")
    assert planning.spread(0, weekend).tolist() == [0, 0]
    with pytest.raises(InputError) as told:
        planning.spread(3, weekend)
    assert told.value.code == "planning.no_working_day"


def test_a_day_that_is_full_shows_what_does_not_fit():
    days = planning.working_days("2026-03-06", "2026-03-08")
    plan = pd.DataFrame({"day": ["2026-03-06", "2026-03-06", "2026-03-07"], "hours": [6, 4, 1]})
    told = planning.schedule(plan, days)
    assert told["planned"].tolist() == [10, 1, 0]
    assert told["capacity"].tolist() == [8, 0, 0]
    assert told["over"].tolist() == [2, 1, 0]
    assert told["load"].iloc[0] == 1.25
    assert told["load"].iloc[1:].isna().all()


def test_an_activity_outside_the_span_is_not_lost():
    days = planning.working_days("2026-03-06", "2026-03-08")
    with pytest.raises(InputError) as told:
        planning.schedule(pd.DataFrame({"day": ["2026-03-09"], "hours": [1]}, index=[7]), days)
    assert told.value.code == "planning.outside_the_span"
    assert told.value.rows == (7,)
    assert "3月9日" in told.value.sentence("zh")


def test_an_empty_plan_is_a_free_calendar():
    days = planning.working_days("2026-03-06", "2026-03-08")
    told = planning.schedule(pd.DataFrame({"day": [], "hours": []}), days)
    assert told["planned"].sum() == 0


@settings(max_examples=50)
@given(st.integers(0, 5000), st.integers(0, 364), st.integers(1, 60))
def test_a_spread_adds_up_and_is_even(year, count, first, length):
    days = year.iloc[first : first + length]
    if not days["working"].any():
        return
    per_day = planning.spread(count, days)
    worked = per_day[days["working"]]
    assert per_day.sum() == worked.sum() == count
    assert worked.max() - worked.min() <= 1
