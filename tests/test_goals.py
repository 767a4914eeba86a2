import pandas as pd
import pytest

from coursekit import terms
from coursekit.errors import InputError
from coursekit.goals import CHECKS, MEASURES, check, scoreboard

TODAY = "2026-03-02"
HISTORY = pd.DataFrame(
    # mean 100, deviations -10 -10 10 10: sd = sqrt(400 / 3) = 11.547
    [("w", "amount", value) for value in (90, 90, 110, 110)],
    columns=["owner", "measure", "value"],
)
TEAM = pd.DataFrame({"measure": ["amount"], "due": pd.to_datetime(["2026-03-31"]), "value": [220]})


def goal(**values):
    row = {
        "measure": "amount",
        "owner": "w",
        "value": 110,
        "source": "erp",
        "serves": "year",
        "due": pd.Timestamp("2026-03-31"),
    }
    return {**row, **values}


def checked(*goals, **others):
    given = {"history": HISTORY, "team": TEAM, **others}
    return check(pd.DataFrame(list(goals)), TODAY, **given)


def second(**values):
    """A colleague's goal that fills the team's."""
    return goal(owner="z", **values)


def test_a_good_goal_passes_all_six():
    found = checked(goal(), second())
    assert found.columns.tolist() == list(CHECKS)
    assert found.iloc[0].tolist() == [""] * 6  # 110 + 110 = 220


@pytest.mark.parametrize(
    ("values", "check_", "reason"),
    [
        ({"measure": None}, "specific", "no_measure"),
        ({"measure": "fame"}, "specific", "unknown_measure"),
        ({"owner": " "}, "specific", "no_owner"),
        ({"value": None}, "measurable", "no_value"),
        ({"value": 0}, "measurable", "no_value"),
        ({"source": ""}, "measurable", "no_source"),
        ({"value": None}, "achievable", "no_value"),
        ({"value": 123.09}, "achievable", ""),  # 100 + 2 x 11.547 = 123.094
        ({"value": 123.1}, "achievable", "out_of_reach"),
        ({"value": 88.46}, "achievable", ""),  # 100 - 11.547 = 88.453
        ({"value": 88.4}, "achievable", "no_effort"),
        ({"owner": "new"}, "achievable", "no_history"),
        ({"serves": None}, "relevant", "serves_nothing"),
        ({"due": pd.NaT}, "time_bound", "no_due"),
        ({"due": pd.Timestamp("2026-03-01")}, "time_bound", "due_passed"),
        ({"due": pd.Timestamp(TODAY)}, "time_bound", ""),
        ({"start": pd.Timestamp("2026-04-01")}, "time_bound", "due_before_start"),
        ({"parts": 100}, "consistent", "contradicts_parts"),  # 110 against 5 orders of 20
        ({"parts": 108}, "consistent", ""),  # 2 of 110 are within 2%
        ({"measure": "units"}, "consistent", "no_team"),
    ],
)
def test_each_check_gives_its_reason(values, check_, reason):
    found = checked(goal(**values), second())
    assert found[check_].iloc[0] == reason


def test_the_sum_must_be_the_team_s_goal_to_two_percent():
    assert checked(goal(), second(value=105))["consistent"].iloc[0] == "below_team"  # 215 / 220
    assert checked(goal(), second(value=106))["consistent"].iloc[0] == ""  # 216 / 220 = .9818
    assert checked(goal(), second(value=120))["consistent"].iloc[0] == "above_team"  # 230 / 220


def test_two_goals_for_one_thing_are_told():
    assert checked(goal(), goal())["consistent"].tolist() == ["twice", "twice"]


def test_without_history_and_team_nothing_is_claimed():
    found = check(pd.DataFrame([goal()]), TODAY)
    assert found[["achievable", "consistent"]].iloc[0].tolist() == ["no_history", "no_team"]


def test_what_always_came_is_a_goal_within_reach():
    flat = HISTORY.assign(value=110)  # no spread: neither above nor below
    assert checked(goal(value=110), second(), history=flat)["achievable"].iloc[0] == ""


def test_three_past_months_are_too_few_to_judge_by():
    assert checked(goal(), history=HISTORY[:3])["achievable"].item() == "no_history"


def test_a_goal_that_lacks_a_column_is_told():
    with pytest.raises(InputError):
        check(pd.DataFrame([goal()]).drop(columns="serves"), TODAY)


def test_every_reason_has_words():
    reasons = [
        *("no_measure", "unknown_measure", "no_owner", "no_value", "no_source", "no_history"),
        *("out_of_reach", "no_effort", "serves_nothing", "no_due", "due_passed"),
        *("due_before_start", "contradicts_parts", "twice", "below_team", "above_team", "no_team"),
        *CHECKS,
    ]
    assert [code for code in reasons if not terms.known(f"goal.{code}")] == []
    assert [code for code in MEASURES if not terms.known(f"measure.{code}")] == []


def test_the_scoreboard_sets_both_kinds_of_goals_side_by_side():
    goals = pd.DataFrame(
        [("w", "collected", 80), ("w", "amount", 100), ("z", "amount", 50)],
        columns=["owner", "measure", "value"],
    )
    actual = pd.DataFrame(
        [("w", "amount", 70), ("w", "amount", 50), ("z", "promotion", 2)],
        columns=["owner", "measure", "value"],
    )
    board = scoreboard(goals, actual)
    assert board["owner"].tolist() == ["w", "w", "z", "z"]
    assert board["measure"].tolist() == ["amount", "collected", "amount", "promotion"]
    assert board["side"].tolist() == ["result", "organisation", "result", "organisation"]
    assert board["attained"].tolist()[:3] == [1.2, 0, 0]  # (70 + 50) / 100
    assert pd.isna(board["attained"].iloc[3])  # no goal was set


def test_a_due_day_that_is_none_is_told():
    goal = pd.DataFrame(
        {"measure": ["amount"], "owner": "x", "value": 1.0, "source": "crm", "serves": "team"}
    )
    with pytest.raises(InputError) as told:
        check(goal.assign(due="soon"), "2026-03-02")
    assert told.value.code == "inputs.not_dates"
    with pytest.raises(InputError):
        check(goal.assign(due="2026-03-31"), "soon")


def test_a_due_day_as_text_meets_the_teams_as_a_date():
    goal = pd.DataFrame(
        {"measure": ["amount"], "owner": "x", "value": 1.0, "source": "crm", "serves": "team"}
    )
    team = pd.DataFrame(
        {"measure": ["amount"], "value": 1.0, "due": pd.to_datetime(["2026-03-31"])}
    )
    found = check(goal.assign(due="2026-03-31"), "2026-03-02", team=team)
    assert found["consistent"].tolist() == [""]
