"""Time, chance and the past: chains, cycles, periods, calibration, back-tests."""

import fractions

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import forecast, funnel
from coursekit.errors import InputError

LADDER = funnel.Ladder.load()
TODAY = pd.Timestamp(2026, 3, 2)


# the chain of stages


def table(rows, stages):
    return pd.DataFrame(rows, index=stages, columns=[*stages, "contract", "lost"])


MARKOV = table(
    [
        [0.3, 0.4, 0, 0, 0, 0.3],
        [0.1, 0.2, 0.5, 0, 0, 0.2],
        [0, 0, 0.3, 0.5, 0, 0.2],
        [0, 0, 0, 0.1, 0.7, 0.2],
    ],
    ["appointment", "p25", "p50", "p90"],
)


def test_the_chance_of_a_contract_is_worked_back_from_the_top():
    # 90%: .7 / .9; 50%: 5/7 of that; then two equations for 25% and 0%
    found = forecast.win_probability(MARKOV)
    assert found["won"].tolist() == pytest.approx([25 / 117, 175 / 468, 5 / 9, 7 / 9])
    assert found["steps"].tolist() == pytest.approx([370 / 117, 355 / 117, 20 / 9, 10 / 9])


def test_counts_do_as_well_as_shares():
    pd.testing.assert_frame_equal(
        forecast.win_probability(MARKOV * 40), forecast.win_probability(MARKOV)
    )


def test_a_stage_that_no_deal_was_ever_in_is_not_known():
    found = forecast.win_probability(table([[1, 0, 1, 0], [0, 0, 0, 0]], ["p25", "p50"]))
    assert found["won"].tolist()[0] == 1
    assert np.isnan(found.loc["p50", "won"])


def test_deals_that_never_end_are_told_by_their_stage():
    with pytest.raises(InputError) as told:
        forecast.win_probability(table([[1, 1, 1, 0], [0, 5, 0, 0]], ["p25", "p50"]))
    assert told.value.values == {"stage": "p50"}


def test_the_chain_agrees_with_letting_a_list_run_out():
    moves = MARKOV.copy()
    run = funnel.evolve({"p25": 1}, moves.loc[["p25", "appointment", "p50", "p90"]], 0, weeks=200)
    assert run["contract"].sum() == pytest.approx(175 / 468)


# the cycle


def deals(*rows):
    """(age at the end or today, what became of it: w, l or o)."""
    return pd.DataFrame(
        {
            "created": [TODAY - pd.Timedelta(days=200)] * len(rows),
            "stage": [{"w": "contract", "l": "lost", "o": "p25"}[kind] for _, kind in rows],
            "closed": [
                TODAY - pd.Timedelta(days=200 - age) if kind != "o" else pd.NaT
                for age, kind in rows
            ],
        }
    ).assign(
        created=lambda t: t["created"].where(
            t["stage"] != "p25", [TODAY - pd.Timedelta(days=age) for age, _ in rows]
        )
    )


def test_an_open_deal_counts_for_as_long_as_it_was_watched():
    # 4 deals: won at 10, open at 20, won at 30, lost at 40
    found = forecast.cycle(deals((10, "w"), (20, "o"), (30, "w"), (40, "l")), TODAY)
    # day 10: 1/4. day 30: 3/4 x 1/2, as one of the two left. day 40: the last 3/8 are lost
    assert found.days.tolist() == [10, 30, 40]
    assert found.won.tolist() == pytest.approx([1 / 4, 5 / 8, 5 / 8])
    assert found.lost.tolist() == pytest.approx([0, 0, 3 / 8])
    assert found.open.tolist() == pytest.approx([3 / 4, 3 / 8, 0])
    assert (found.n, found.n_won, found.n_lost) == (4, 2, 1)


def test_the_chance_of_a_deal_depends_on_its_age():
    found = forecast.cycle(deals((10, "w"), (20, "o"), (30, "w"), (40, "l")), TODAY)
    assert found.chance(0) == pytest.approx(5 / 8)
    assert found.chance(15) == pytest.approx(1 / 2)  # (5/8 - 1/4) / (3/4)
    assert found.chance(30) == 0  # only the lost one took longer
    assert np.isnan(found.chance(40))  # nobody was open so long
    assert found.chance([0, 15], within=10) == pytest.approx([1 / 4, 0])
    assert np.isnan(found.chance(float("nan")))


def test_leaving_open_deals_out_makes_the_cycle_too_short():
    ended = [(10, "w"), (20, "w"), (30, "w")]
    alone = forecast.cycle(deals(*ended), TODAY)
    watched = forecast.cycle(deals(*ended, (15, "o"), (25, "o"), (25, "o")), TODAY)
    assert watched.won_by(20) < alone.won_by(20)
    assert (alone.quantile(0.5), watched.quantile(0.5)) == (20, 30)


def test_weeks_of_a_life_begin_with_day_zero():
    found = forecast.cycle(deals((0, "w"), (6, "w"), (7, "w"), (20, "l")), TODAY)
    assert found.weekly().tolist() == pytest.approx([0.5, 0.25])
    assert found.weekly(3).tolist() == pytest.approx([0.5, 0.25, 0])


def test_a_deal_without_its_dates_is_left_out_and_counted():
    frame = deals((10, "w"), (20, "o"))
    frame.loc[0, "closed"] = pd.NaT
    frame.loc[2] = {"created": TODAY + pd.Timedelta(days=1), "stage": "p25", "closed": pd.NaT}
    found = forecast.cycle(frame, TODAY)
    assert (found.n, found.n_left_out) == (1, 2)
    assert np.isnan(found.quantile(0.5))
    assert found.won_by(100) == 0


def test_what_ends_later_than_today_is_still_open():
    frame = deals((190, "w"))
    found = forecast.cycle(frame, TODAY - pd.Timedelta(days=50))
    assert (found.n, found.n_won) == (1, 0)


def test_the_age_may_count_from_the_first_appointment():
    frame = deals((10, "w")).assign(appointment=TODAY - pd.Timedelta(days=197))
    assert forecast.cycle(frame, TODAY, start="appointment").days.tolist() == [7]
    with pytest.raises(InputError):
        forecast.cycle(frame, TODAY, start="entered")


def redistributed(rows):
    """Cumulative incidence by another road: who is censored passes his weight to those after.

    Efron's redistribution to the right, in fractions; of one day endings come first.
    """
    left = sorted(rows, key=lambda row: (row[0], row[1] == "o"))
    weight = {place: fractions.Fraction(1, len(left)) for place in range(len(left))}
    total = {"w": {}, "l": {}}
    for place, (age, kind) in enumerate(left):
        if kind == "o":
            after = range(place + 1, len(left))
            for other in after:
                weight[other] += weight[place] / len(after)
        else:
            total[kind][age] = total[kind].get(age, 0) + weight[place]
    return total


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("wlo")), min_size=1, max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_cycle_agrees_with_passing_weights_on(rows, rng):
    found = forecast.cycle(deals(*rows), TODAY)
    slow = redistributed(rows)
    for day in range(32):
        for by, kind in ((found.won_by, "w"), (found.lost_by, "l")):
            expected = sum(share for age, share in slow[kind].items() if age <= day)
            assert by(day) == pytest.approx(float(expected))
        assert found.won_by(day) + found.lost_by(day) + found.open_after(day) == pytest.approx(1)
    rng.shuffle(rows)
    assert forecast.cycle(deals(*rows), TODAY).won.tolist() == pytest.approx(found.won.tolist())
    chance = found.chance(np.arange(32.0))
    assert ((chance >= -1e-12) & (chance <= 1 + 1e-12) | np.isnan(chance)).all()


# periods


def listed(*rows):
    """(stage, amount, expected close or None, created)."""
    return pd.DataFrame(rows, columns=["stage", "amount", "expected_close", "created"]).assign(
        expected_close=lambda t: pd.to_datetime(t["expected_close"]),
        created=lambda t: pd.to_datetime(t["created"]),
    )


FOUR = listed(
    ("p50", 100.0, "2026-03-31", "2026-02-20"),
    ("p90", 200.0, "2026-05-10", "2026-02-10"),
    ("p25", 400.0, "2026-02-28", "2026-01-01"),
    ("p25", 80.0, None, None),
    ("contract", 999.0, "2026-03-10", "2026-01-01"),
)


def test_a_deal_counts_in_the_month_in_which_it_is_expected():
    found = forecast.by_period(FOUR, TODAY, LADDER)
    assert list(found.index[:4]) == ["overdue", "2026-03", "2026-04", "2026-05"]
    assert found["listed"].to_dict() == {
        "overdue": 100,  # 400 x .25, two days late
        "2026-03": 50,
        "2026-04": 0,
        "2026-05": 180,
        "later": 0,
        "undated": 20,
        "no_time_left": 0,
    }


def test_quarters_follow_the_calendar_and_what_comes_after_them_is_later():
    found = forecast.by_period(FOUR, TODAY, LADDER, every="quarter", periods=1)
    assert list(found.index) == ["overdue", "2026Q1", "later", "undated", "no_time_left"]
    assert found["listed"].tolist() == [100, 50, 180, 20, 0]


def test_the_cycle_spreads_a_deal_over_the_time_it_still_needs():
    past = deals((20, "w"), (60, "w"), (100, "l"))
    found = forecast.by_period(FOUR, TODAY, LADDER, periods=2, cycle=forecast.cycle(past, TODAY))
    # ages 10 and 20 days: one may be signed at 20 or 60, the other only at 60; and 60 is gone
    # p50 at 10 days: 1 of 3 at 20 (12 March), 1 of 3 at 60 (21 April): half of 50 each
    # p90 at 20 days: at 60 (11 April): 180; p25 at 60 days: no time left; one has no date
    assert found["by_cycle"].to_dict() == pytest.approx(
        {
            "overdue": 0,
            "2026-03": 25,
            "2026-04": 25 + 180,
            "later": 0,
            "undated": 20,
            "no_time_left": 100,
        }
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(funnel.OPEN),
            st.floats(0, 1e6),
            st.none() | st.dates(pd.Timestamp(2025, 9, 1).date(), pd.Timestamp(2027, 3, 1).date()),
            st.none() | st.dates(pd.Timestamp(2025, 1, 1).date(), TODAY.date()),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["month", "quarter"]),
    st.none() | st.integers(1, 9),
)
def test_periods_add_up_to_the_list(rows, every, periods):
    past = deals((20, "w"), (60, "w"), (30, "o"), (100, "l"), (160, "w"))
    frame = listed(*rows)
    found = forecast.by_period(
        frame, TODAY, LADDER, every=every, periods=periods, cycle=forecast.cycle(past, TODAY)
    )
    review = funnel.review(frame, TODAY, LADDER)
    assert found["n"].sum() == len(rows)
    assert found["listed"].sum() == pytest.approx(review["listed"].sum())
    for column in ("shown", "by_cycle"):
        assert found[column].sum() == pytest.approx(review["expected"].sum())


def test_periods_need_a_date_and_a_name():
    with pytest.raises(InputError):
        forecast.by_period(FOUR.drop(columns="expected_close"), TODAY, LADDER)
    with pytest.raises(InputError):
        forecast.by_period(FOUR, TODAY, LADDER, every="week")


# calibration


def test_the_brier_score_is_the_mean_squared_error_of_the_chances():
    found = forecast.calibration([0.5, 0.5, 0.9, 0.9], [1, 0, 1, 1])
    assert found.brier == pytest.approx((0.25 + 0.25 + 0.01 + 0.01) / 4)
    assert found.base == pytest.approx(3 / 4 * 1 / 4)
    assert found.skill == pytest.approx(1 - 0.13 / 0.1875)
    assert found.table["chance"].tolist() == [0.5, 0.9]
    assert found.table["came"].tolist() == [0.5, 1]


def test_a_chance_that_few_outcomes_contradict_is_not_called_wrong():
    assert not forecast.calibration([0.5] * 4, [0, 0, 0, 1]).table["off"].any()
    assert forecast.calibration([0.5] * 40, [0] * 30 + [1] * 10).table["off"].all()
    assert not forecast.calibration([0.0] * 5 + [1.0] * 5, [0] * 5 + [1] * 5).table["off"].any()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([0, 0.25, 0.5, 0.9, 1]), st.booleans()), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_parts_of_the_brier_score_make_the_whole(rows, rng):
    found = forecast.calibration(*zip(*rows, strict=True))
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.base)
    rng.shuffle(rows)
    again = forecast.calibration(*zip(*rows, strict=True))
    pd.testing.assert_frame_equal(found.table, again.table)


def test_calibration_agrees_with_a_kept_library_where_there_is_one():
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn absent: NOT compared")
    rng = np.random.default_rng(0)
    chance, won = rng.random(200), rng.random(200) < 0.4
    found = forecast.calibration(chance.round(1), won)
    assert found.brier == pytest.approx(metrics.brier_score_loss(won, chance.round(1)))


@pytest.mark.parametrize(
    ("chance", "won", "code"),
    [
        ([0.5], [], "inputs.lengths"),
        ([], [], "forecast.nothing_ended"),
        ([1.5], [1], "inputs.too_large"),
        ([float("nan")], [1], "inputs.missing"),
    ],
)
def test_chances_that_cannot_be_judged_are_refused(chance, won, code):
    with pytest.raises(InputError) as told:
        forecast.calibration(chance, won)
    assert told.value.code == code
    assert told.value.sentence("en")


def stages(*entries):
    rows = [entry.split() for entry in entries]
    return pd.DataFrame(
        {
            "deal_id": [deal for deal, _, _ in rows],
            "stage": [stage for _, stage, _ in rows],
            "date": [pd.Timestamp(2026, 1, int(day)) for *_, day in rows],
        }
    )


def test_every_stage_of_an_ended_deal_was_a_claim():
    found = forecast.stage_claims(
        stages("A p25 1", "A p50 3", "A p25 4", "A contract 9", "B p50 1", "B lost 2", "C p90 1"),
        LADDER,
        "2026-02-01",
    )
    assert found[["deal_id", "stage", "chance", "won"]].to_numpy().tolist() == [
        ["A", "p25", 0.25, True],
        ["A", "p50", 0.5, True],
        ["B", "p50", 0.5, False],
    ]


# the past


PAST = pd.DataFrame(
    {
        "deal_id": list("ABCD"),
        "stage": ["contract", "lost", "contract", "p25"],
        "created": pd.to_datetime(["2026-01-01", "2026-01-01", "2026-01-10", "2026-01-10"]),
        "closed": pd.to_datetime(["2026-01-20", "2026-01-21", "2026-02-10", None]),
        "amount": [100.0, 100, 300, 500],
        "next_step": ["known only today"] * 4,
    }
)


def test_the_past_knows_neither_outcomes_nor_steps_of_later():
    known = forecast.as_known(PAST, "2026-01-20")
    assert known["stage"].isna().tolist() == [False, True, True, True]
    assert known["closed"].notna().tolist() == [True, False, False, False]
    assert "next_step" not in known
    assert forecast.as_known(PAST, "2026-01-05")["deal_id"].tolist() == ["A", "B"]


def test_the_past_knows_the_stages_of_a_history():
    past = forecast.as_known(PAST, "2026-01-20", history=stages("C p25 10", "C p90 25", "D p50 11"))
    assert past["stage"].tolist()[2:] == ["p25", "p50"]


def test_a_rule_is_held_against_what_came_of_the_deals_open_then():
    found = forecast.backtest(
        PAST, forecast.win_rate_times_open, ["2026-01-31", "2026-02-28"], until="2026-02-28"
    )
    # 31 January: half of what ended was won; 300 + 500 are open, of which 300 came
    assert found.iloc[0].tolist() == [2, 400, 300, pytest.approx(1 / 3), False]
    # the longest deal took 31 days: on 28 January it could still be judged
    assert found.iloc[1]["came"] == 0
    assert np.isnan(found.iloc[1]["error"])
    early = forecast.backtest(
        PAST, forecast.win_rate_times_open, ["2026-01-28"], until="2026-02-28"
    )
    assert early["whole"].tolist() == [True]


def test_the_rule_of_the_ladder_takes_the_stage_of_then():
    history = stages("C p25 10", "C p90 25", "D p50 11")
    rule = forecast.stage_rates(LADDER)
    found = forecast.backtest(PAST, rule, ["2026-01-24"], until="2026-02-28", history=history)
    assert found["forecast"].tolist() == [300 * 0.25 + 500 * 0.5]


def test_months_end_on_their_last_day():
    ends = forecast.month_ends("2026-01-15", "2026-03-31")
    assert [str(day.date()) for day in ends] == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_a_backtest_needs_its_columns():
    with pytest.raises(InputError) as told:
        forecast.backtest(PAST.drop(columns="created"), None, [], until=TODAY)
    assert told.value.values == {"column": "created"}


@pytest.fixture(scope="module")
def maven(shared):
    folder = shared / "maven_crm"
    rows = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    price = pd.read_csv(folder / "products.csv").set_index("product")["sales_price"]
    words = {"Won": "contract", "Lost": "lost", "Engaging": "p25", "Prospecting": "opportunity"}
    return pd.DataFrame(
        {
            "stage": rows["deal_stage"].map(words),
            "created": rows["engage_date"],
            "closed": rows["close_date"],
            "amount": rows["product"].replace("GTXPro", "GTX Pro").map(price).astype(float),
            "close_value": rows["close_value"],
        }
    )


def test_win_rate_times_open_pipeline_promises_too_much(maven):
    found = forecast.backtest(
        maven,
        forecast.win_rate_times_open,
        forecast.month_ends("2017-03-01", "2017-12-31"),
        until="2017-12-31",
        actual="close_value",
    )
    whole = found[found["whole"]]
    assert [str(day.date())[:7] for day in whole.index] == [
        f"2017-0{month}" for month in range(3, 8)
    ]
    assert [round(100 * error) for error in whole["error"]] == [73, 40, 40, 95, 94]


def test_the_rule_that_looks_at_the_age_promises_less(maven):
    days = forecast.month_ends("2017-03-01", "2017-07-31")
    by_age, by_rate = (
        forecast.backtest(maven, rule, days, until="2017-12-31", actual="close_value")["error"]
        for rule in (forecast.age_rates, forecast.win_rate_times_open)
    )
    assert (by_age < by_rate).all()


def test_a_third_of_the_computer_sellers_deals_never_end(maven):
    found = forecast.cycle(maven, "2017-12-31")
    assert (found.n, found.n_won, found.n_lost) == (8300, 4238, 2473)
    assert found.n_left_out == 500  # Prospecting has no first day
    assert found.chance(138) == 0  # nothing was ever won later
    assert found.won_by(138) < 4238 / 6711  # the win rate of the ended flatters
