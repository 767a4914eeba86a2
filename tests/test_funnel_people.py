"""A team and its people: changes, prospects that play ball, process, targets, warnings."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import funnel, terms
from coursekit.errors import InputError

LADDER = funnel.Ladder.load()
TODAY = pd.Timestamp(2026, 3, 2)


def day(ago):
    return TODAY - pd.Timedelta(days=ago)


def history(**deals):
    """Each deal as stages with days ago: A="opportunity 90, appointment 80"."""
    rows = [
        (deal, step.split()[0], day(int(step.split()[1])))
        for deal, steps in deals.items()
        for step in steps.split(", ")
    ]
    return pd.DataFrame(rows, columns=["deal_id", "stage", "date"])


# changes between two lists


def listed(*rows):
    columns = ["deal_id", "stage", "amount", "expected_close", "next_step_date"]
    frame = pd.DataFrame(rows, columns=columns)
    for column in columns[3:]:
        frame[column] = pd.to_datetime(frame[column])
    return frame


BEFORE = listed(
    ("A", "p25", 100.0, "2026-03-20", "2026-03-01"),
    ("B", "p50", 200.0, "2026-03-20", "2026-03-09"),
    ("C", "p50", 300.0, "2026-03-20", "2026-02-27"),
    ("D", "p90", 400.0, "2026-03-20", "2026-02-27"),
)
AFTER = listed(
    ("A", "p50", 150.0, "2026-03-27", "2026-03-09"),
    ("B", "p50", 200.0, None, "2026-03-01"),
    ("C", "contract", 300.0, None, None),
    ("E", "p25", None, None, "2026-03-09"),
)


def test_two_lists_of_deals_are_compared_as_two_check_ups_are():
    found = funnel.changes(BEFORE, AFTER, "2026-02-23", TODAY, LADDER)
    named = {
        kind: [deal["deal_id"] for deal in found[kind]["deals"]]
        for kind in ("moved_up", "slipped", "grew", "fell_back", "won", "vanished", "new")
    }
    assert named == {
        "moved_up": ["A"],
        "slipped": ["A"],
        "grew": ["A"],
        "fell_back": ["B"],  # its step was good on 23 February and is past now
        "won": ["C"],
        "vanished": ["D"],
        "new": ["E"],
    }
    assert found["slipped"]["deals"][0]["days"] == 7
    assert found["fell_back"]["deals"][0]["reason"] == "step_in_the_past"
    assert found["moved_up"]["amount"] == 150


def test_two_lists_without_a_common_deal_are_not_compared():
    assert funnel.changes(BEFORE[:1], AFTER[1:], "2026-02-23", TODAY, LADDER) is None


def test_lists_without_ids_are_compared_by_customer_and_owner():
    before = pd.DataFrame({"customer": ["x"], "owner": ["Li"], "stage": ["p25"]})
    found = funnel.changes(before, before.assign(stage="p50"), TODAY, TODAY, LADDER)
    assert not found["by_id"]
    assert found["moved_up"]["n"] == 1


# prospects that play ball


TEAM = history(
    T="opportunity 200, appointment 190, p25 180, p50 160, p90 140, contract 130",
    U="opportunity 200, appointment 190, p25 180, p50 160, lost 100",
)
FLOW = funnel.flow(TEAM, TODAY)


def test_a_prospect_plays_ball_with_a_step_and_in_time():
    deals = pd.DataFrame(
        {
            "stage": ["p25", "p25", "p25", "p25", "contract"],
            "entered": [day(20), day(21), day(5), day(50), day(90)],
            "next_step": ["a", "a", "", "", ""],
            "snooze_until": [pd.NaT, pd.NaT, pd.NaT, TODAY, pd.NaT],
            "snooze_reason": ["", "", "", "harvest", ""],
        },
        index=[2, 3, 4, 5, 6],
    )
    found = funnel.plays_ball(deals, TODAY, FLOW)
    assert list(found.index) == [2, 3, 4, 5]
    assert found["has_step"].tolist() == [True, True, False, False]
    assert found["plays_ball"].tolist() == [True, False, False, False]  # 20 days are usual at 25%
    assert found["polite"].tolist() == [False, True, False, False]


FORM = {
    "customer": "K01",
    "first_meeting": "2026-01-10",
    "last_talk": datetime.date(2026, 2, 20),
    "key_person": "yes",
    "amount": 300_000,
    "amount_why": "40 t a month",
    "chance": 0.5,
    "chance_why": "five gates",
    "obstacle": "price",
    "rival_move": "a free trial",
    "change_of_plan": "bring the vet",
    "step_time": "2026-03-05",
    "step_place": "farm",
    "step_people": "Chen",
    "step_aim": "choose the shed",
    "step_content": "trial data",
}


def test_a_form_with_everything_has_no_gap():
    assert funnel.prospect_gaps(FORM, TODAY) == {}
    assert all(terms.known(f"prospect.{field}") for field in FORM)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("obstacle", "  ", "missing"),
        ("obstacle", None, "missing"),
        ("step_time", "next week", "not_a_date"),
        ("step_time", "2026-03-01", "in_the_past"),
        ("last_talk", "2026-03-03", "in_the_future"),
        ("last_talk", 5, "not_a_date"),
        ("amount", "much", "not_a_number"),
        ("chance", True, "not_a_number"),
        ("chance", 50, "not_a_share"),
    ],
)
def test_a_gap_of_the_form_is_named(field, value, code):
    assert funnel.prospect_gaps({**FORM, field: value}, TODAY) == {field: code}
    assert terms.known(f"prospect_gap.{code}")


def test_a_step_today_and_a_talk_today_are_in_order():
    form = {**FORM, "step_time": "2026-03-02", "last_talk": "2026-03-02"}
    assert funnel.prospect_gaps(form, TODAY) == {}


# process against result


def test_two_periods_with_one_result_stand_on_different_funnels():
    past = history(
        A="opportunity 99, appointment 95, p50 80, contract 45",
        B="opportunity 99, appointment 96, p25 90, contract 15",
        C="opportunity 70, appointment 60, p90 40",
    )
    found = funnel.process(past, [(day(60), day(31)), (day(30), day(1))], LADDER)
    first, second = (found[column] for column in found)
    assert (first["won"], second["won"]) == (1, 1)
    assert (first["came"], second["came"]) == (1, 0)  # C, on the first day of it
    assert (first["moved_up"], second["moved_up"]) == (2, 1)  # A and C; B
    assert (first["open_start"], first["open_end"], second["open_end"]) == (3, 2, 1)
    assert (first["expected"], second["expected"]) == (1.15, 0.9)  # B at 25% and C at 90%; C
    assert np.isnan(first["won_amount"])


def test_the_money_of_a_period_is_that_of_its_deals():
    past = history(A="p50 80, contract 45", C="p90 70")
    amount = pd.Series({"A": 100.0, "C": 300.0})
    found = funnel.process(past, [(day(60), day(31))], LADDER, amount).iloc[:, 0]
    assert found[["won_amount", "expected_amount"]].tolist() == [100, 270]


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError):
        funnel.process(TEAM, [(day(1), day(9))], LADDER)


# targets


CONTRACTS = pd.DataFrame(
    {
        "closed": pd.to_datetime(
            [
                *("2023-11-01", "2024-02-01", "2024-05-01", "2024-11-01", "2025-02-01"),
                *("2025-08-01", "2026-01-05"),
            ]
        ),
        "amount": [900.0, 100, 200, 100, 300, 300, 999],
    }
)


def test_a_season_is_the_mean_of_whole_years():
    found = funnel.season(CONTRACTS, "2026-03-02")
    assert list(found.columns) == [2024, 2025, "share"]
    assert found[2024].tolist() == [0.25, 0.5, 0, 0.25]
    assert found[2025].tolist() == [0.5, 0, 0.5, 0]
    assert found["share"].tolist() == [0.375, 0.25, 0.25, 0.125]
    assert funnel.season(CONTRACTS, "2026-03-02", every="month").loc[2, "share"] == 0.375


def test_less_than_a_year_shows_no_season():
    with pytest.raises(InputError) as told:
        funnel.season(CONTRACTS, "2024-06-30")
    assert told.value.code == "funnel.no_whole_year"


def test_a_target_is_split_into_whole_units_that_add_up():
    # 33 units of 30,000: 6.6, 9.9, 9.9, 6.6; three more for the largest remainders, the earlier
    # first; the 10,000 that are no unit go with the first of them
    found = funnel.split_target(1_000_000, [2, 3, 3, 2], 30_000)
    assert found.tolist() == [7 * 30_000, 10 * 30_000 + 10_000, 10 * 30_000, 6 * 30_000]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 10**9),
    st.lists(st.integers(0, 100), min_size=1, max_size=12).filter(any),
    st.sampled_from([1, 1000, 10_000]),
)
def test_the_parts_of_a_target_are_the_target(target, shares, unit):
    parts = funnel.split_target(target, shares, unit)
    assert parts.sum() == pytest.approx(target, abs=1e-6)
    exact = np.array(shares) / sum(shares) * target
    assert (np.abs(parts.to_numpy() - exact) < 2 * unit).all()


def test_a_list_stands_as_what_enters_times_how_long_it_stays():
    rates = pd.DataFrame({"rate": [0.1, 0.2, 0.25, 0.5, 0.8, 1]}, index=funnel.STAGES)
    flow = pd.DataFrame({"days": [7.0, 14, 21, 28, 7]}, index=funnel.OPEN)
    found = funnel.required(1_200_000, 100_000, flow, rates, weeks=12, calls=10)
    # 12 contracts in 12 weeks: 1 a week
    assert found["per_week"].tolist() == [10, 5, 4, 2, 1.25]
    assert found["standing"].tolist() == [10, 10, 12, 8, 1.25]
    assert found.loc["appointment", "calls_per_day"] == 10  # 5 x 10 calls over 5 days


def test_what_was_never_won_cannot_be_worked_back():
    rates = pd.DataFrame({"rate": [0.1, 0.2, 0, 0.5, 0.8, 1]}, index=funnel.STAGES)
    with pytest.raises(InputError) as told:
        funnel.required(1, 1, FLOW, rates, 1)
    assert told.value.values == {"stage": "p25"}


# conversion by stage


def test_each_stage_has_its_own_conversion_per_person():
    past = history(
        A="p25 90, p50 80, lost 70",
        B="p25 90, lost 70",
        C="p25 90, p50 80, contract 70",
        D="p25 90",
        E="p50 90, contract 70",
    )
    owner = pd.Series({"A": "Li", "B": "Li", "C": "Wu", "D": "Wu"})
    found = funnel.stage_conversion(past, owner, TODAY)
    assert found.loc[("p25", "Li"), ["won", "n", "rate"]].tolist() == [1, 2, 0.5]
    assert found.loc[("p25", "Wu"), ["won", "n"]].tolist() == [1, 1]  # D is not decided, E nobody's
    assert found.loc[("p50", "Li"), ["won", "n"]].tolist() == [0, 1]
    assert found.loc["p25", "team"].tolist() == [2 / 3, 2 / 3]


# early warnings


def weekly(prefix, weeks, last=0):
    """One first appointment a week, the last so many days ago, each still open."""
    return {f"{prefix}{n}": f"appointment {last + 7 * n}" for n in range(weeks)}


def test_a_manager_sees_the_gap_before_it_shows():
    won = {
        f"W{n}": f"appointment {240 + n}, p50 220, p90 200, contract {170 + n}" for n in range(6)
    }
    past = history(**won, **weekly("L", 9, last=35), **weekly("X", 9, last=2))
    deals = pd.DataFrame({"deal_id": past["deal_id"].unique()})
    deals["stage"] = np.where(deals["deal_id"].str.startswith("W"), "contract", "appointment")
    deals["owner"] = deals["deal_id"].str[0].map({"L": "Li", "X": "Xu", "W": "Xu"})
    norms = funnel.norms(deals, TODAY, LADDER, past)
    found = funnel.early_warnings(deals, TODAY, LADDER, norms, history=past)
    assert found[["owner", "code"]].to_numpy().tolist() == [["Li", "no_new_blood"]]
    # 70 days from first appointment to contract, the last one 35 days ago
    assert found["weeks"].tolist() == [5]
    assert terms.known("question.no_new_blood")


def test_a_team_without_warnings_has_an_empty_list():
    deals = pd.DataFrame({"deal_id": ["T"], "stage": ["p25"], "owner": ["Li"]})
    norms = funnel.norms(deals, TODAY, LADDER, TEAM)
    assert funnel.early_warnings(deals, TODAY, LADDER, norms).empty


# ten problems


def team_of(**owners):
    """Owner = list of (stage, amount); ids L1 …"""
    rows = [
        (f"{name}{number}", name, stage, amount)
        for name, deals in owners.items()
        for number, (stage, amount) in enumerate(deals, 1)
    ]
    return pd.DataFrame(rows, columns=["deal_id", "owner", "stage", "amount"])


def test_ten_problems_are_measured_from_records():
    deals = team_of(
        L=[("contract", 300.0), ("contract", 100.0), ("p50", 50.0)],
        M=[("lost", 80.0), ("contract", 100.0)],
        N=[("p25", 70.0)],
    ).assign(next_step=["", "", "Thursday", "", "", ""])
    past = history(
        L1="appointment 200, p50 180, contract 130",
        L2="appointment 190, p90 175, contract 120",
        L3="appointment 20, p50 10",
        M1="appointment 195, p50 175, lost 40",
        M2="appointment 188, p50 170, contract 118",
        N1="appointment 150, p25 140",
    )
    found = funnel.problems(deals, TODAY, LADDER, past, days_ago=165)
    value, comparison = found["value"], found["comparison"]
    assert value["initiative"] == 1 / 3  # only L met somebody in 28 days
    assert value["efficiency"] == 3 / 4  # of four that ended
    assert comparison["efficiency"] == 3 / 6
    assert value["plan"] == 1 / 2  # the deal at 50%, not the one at 25%
    # days: 70, 70, 20, 155, 70, 150; lost 155, and 150 is older than any contract took
    assert value["cost"] == 305 / 535
    assert comparison["cost"] == 2 / 6
    # 165 days ago: .5 .9 .5 .5 foretold, three came
    assert value["forecast"] == pytest.approx(2.4 / 3)
    assert value["stars"] == 400 / 500
    assert comparison["stars"] == 1 / 3
    assert value["turnover"] == 1 / 3  # N: nothing for 140 days
    assert value["dynamics"] == 1 / 2
    assert list(found.index) == list(funnel.PROBLEMS)


def test_a_problem_that_the_records_do_not_hold_is_not_known():
    deals = pd.DataFrame({"deal_id": ["A"], "stage": ["p25"]})
    found = funnel.problems(deals, TODAY, LADDER, history(A="p25 9"))
    assert found.loc["plan", "value"] != found.loc["plan", "value"]
    assert found["value"].drop("dynamics").isna().sum() >= 7


def test_a_win_rate_that_swings_more_than_chance_is_erratic():
    def quarters(*won_of_eight):
        rows = {}
        for q, won in enumerate(won_of_eight):
            ago = 365 - 91 * q
            for n in range(8):
                rows[f"D{q}{n}"] = f"p50 {ago + 20}, {'contract' if n < won else 'lost'} {ago}"
        deals = team_of(L=[("p25", 1.0)])
        return funnel.problems(deals, TODAY, LADDER, history(**rows)).loc["erratic", "value"]

    assert quarters(4, 4, 4, 4) == 0
    # 8 x .5 expected; (4^2 x 4) / (4 x .5) / 3
    assert quarters(8, 0, 8, 0) == pytest.approx((64 / 2 / 3) ** 0.5)


@pytest.mark.parametrize("lang", terms.LANGS)
def test_every_problem_speaks(lang):
    for code in funnel.PROBLEMS:
        assert terms.known(f"problem.{code}")
        said = terms.say(f"problem.{code}_measure", lang, value=0.5, comparison=0.25, n=3)
        assert "{" not in said


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_measure(rng):
    deals = team_of(L=[("contract", 300.0), ("p50", 50.0)], M=[("lost", 80.0), ("contract", 100.0)])
    past = history(
        L1="appointment 200, contract 130",
        L2="appointment 20, p50 10",
        M1="appointment 195, lost 40",
        M2="appointment 188, contract 118",
    )
    order, rows = list(deals.index), list(past.index)
    rng.shuffle(order)
    rng.shuffle(rows)
    pd.testing.assert_frame_equal(
        funnel.problems(deals, TODAY, LADDER, past),
        funnel.problems(deals.loc[order], TODAY, LADDER, past.loc[rows]),
    )
