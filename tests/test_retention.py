import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from coursekit import retention
from coursekit.errors import InputError
from coursekit.trials import wilson


def test_a_curve_falls_where_someone_leaves_and_counts_who_is_followed():
    # six customers: gone after 2, 3, 3, 5 months; still there after 3 and 6
    table = retention.curve([2, 3, 3, 3, 5, 6], [1, 1, 1, 0, 1, 0])
    assert table["time"].tolist() == [0, 2, 3, 5]
    assert table["at_risk"].tolist() == [6, 6, 5, 2]
    assert table["left"].tolist() == [0, 1, 2, 1]
    # 5/6; x 3/5; x 1/2
    assert table["staying"].tolist() == pytest.approx([1, 5 / 6, 1 / 2, 1 / 4])


def test_who_is_still_there_is_not_thrown_away():
    everyone = retention.curve([1, 12, 12, 12], [1, 0, 0, 0])
    assert retention.staying_at(everyone, 12)[0] == 0.75
    only_gone = retention.curve([1], [1])
    assert retention.staying_at(only_gone, 12)[0] == 0


def test_the_median_is_where_half_have_left_or_not_known():
    table = retention.curve([1, 2, 3, 4], [1, 1, 0, 0])
    assert retention.staying_at(table, 1.5) == (0.75, 2)
    assert retention.staying_at(table, 0) == (1, 2)
    assert math.isnan(retention.staying_at(retention.curve([1, 2], [0, 0]), 5)[1])


followed = st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None)
@given(followed)
def test_the_curve_is_that_of_scipy_and_of_statsmodels(rows):
    time, left = np.array([r[0] for r in rows], dtype=float), np.array([r[1] for r in rows])
    table = retention.curve(time, left)
    both = stats.ecdf(stats.CensoredData.right_censored(time, ~left)).sf
    assert table["staying"].tolist() == pytest.approx(both.evaluate(table["time"]).tolist())
    if left.any():
        fitted = SurvfuncRight(time, left)
        inside = (fitted.surv_prob > 0) & (fitted.surv_prob < 1)
        rest = table[table["time"] > 0].reset_index(drop=True)
        assert rest["staying"].tolist() == pytest.approx(fitted.surv_prob.tolist())
        # log(-log) interval from Greenwood's standard error of statsmodels
        prob, error = fitted.surv_prob[inside], fitted.surv_prob_se[inside]
        reach = 1.959964 * error / (prob * np.abs(np.log(prob)))
        assert rest["low"][inside].to_numpy() == pytest.approx(prob ** np.exp(reach), abs=1e-6)
        assert rest["high"][inside].to_numpy() == pytest.approx(prob ** np.exp(-reach), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(followed, st.randoms())
def test_a_curve_never_rises_and_no_order_of_customers_changes_it(rows, random):
    frame = pd.DataFrame(rows, columns=["time", "left"])
    table = retention.curve(frame["time"], frame["left"])
    assert table["staying"].is_monotonic_decreasing
    assert table["left"].sum() == frame["left"].sum()
    assert ((table["low"] <= table["staying"]) & (table["staying"] <= table["high"])).all()
    other = frame.loc[random.sample(range(len(rows)), len(rows))]
    pd.testing.assert_frame_equal(retention.curve(other["time"], other["left"]), table)


def test_each_group_has_its_own_curve():
    customers = pd.DataFrame(
        {
            "time": [1, 4, 2, 4],
            "left": [1, 0, 1, 1],
            "complaint": ["solved", "solved", "unsolved", "unsolved"],
        }
    )
    table = retention.curves(customers, "complaint")
    last = table.groupby("complaint")["staying"].last()
    assert last.to_dict() == {"solved": 0.5, "unsolved": 0}


def test_of_a_hundred_complainers_whole_people_stay():
    groups = pd.Series(["none"] * 8 + ["unsolved"] * 3)
    stayed = pd.Series([1] * 5 + [0] * 3 + [1, 0, 0])
    table = retention.of_hundred(groups, stayed)
    assert table.loc["none", ["won", "n", "rate", "of_hundred"]].tolist() == [5, 8, 0.625, 63]
    assert table.loc["unsolved", "of_hundred"] == 33
    assert table.loc["none", ["low", "high"]].tolist() == pytest.approx(list(wilson(5, 8)))


def test_points_that_go_with_the_overall_answer_are_important():
    answers = pd.DataFrame({"speed": range(1, 11), "logo": [5] * 10, "few": [1] * 3 + [None] * 7})
    table = retention.drivers(answers, pd.Series(range(1, 11)))
    assert table.loc["speed", "importance"] == pytest.approx(1)
    assert math.isnan(table.loc["logo", "importance"])  # all alike
    assert math.isnan(table.loc["few", "importance"]) and table.loc["few", "n"] == 3
    assert table["satisfaction"].tolist() == [5.5, 5, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=3, max_size=20))
def test_derived_importance_is_the_rank_correlation_of_scipy(pairs):
    one, overall = (pd.Series(column, dtype=float) for column in zip(*pairs, strict=True))
    found = retention.drivers(one.to_frame("p"), overall, least=3).loc["p", "importance"]
    if one.nunique() > 1 and overall.nunique() > 1:
        assert found == pytest.approx(stats.spearmanr(one, overall).statistic)
    else:
        assert math.isnan(found)


def test_what_is_important_and_poor_comes_first():
    importance = pd.Series({"speed": 9, "advice": 8, "logo": 3, "gifts": 2})
    satisfaction = pd.Series({"speed": 4, "advice": 9, "logo": 3, "gifts": 8})
    table = retention.priorities(importance, satisfaction)
    # 9 x 6 = 54, 3 x 7 = 21, 8 x 1, 2 x 2
    assert table["gain"].to_dict() == {"speed": 54, "logo": 21, "advice": 8, "gifts": 4}
    assert table.index.tolist() == ["speed", "logo", "advice", "gifts"]
    assert table["place"].tolist() == ["mend", "watch", "keep", "overdone"]  # means 5.5 and 6


def events(*rows):
    frame = pd.DataFrame(rows, columns=["case", "step", "started", "ended"])
    day = "2026-03-02 "
    return frame.assign(started=day + frame["started"], ended=day + frame["ended"])


def test_waits_and_work_of_a_case_add_up_to_its_time():
    table = retention.step_times(
        events(
            ("a", "order", "08:00", "09:00"),
            ("a", "approve", "14:00", "14:30"),
            ("a", "ship", "15:00", "17:00"),
        )
    )
    assert table.index.tolist() == ["order", "approve", "ship"]
    assert table["wait"].tolist() == [0, 5, 0.5]
    assert table["work"].tolist() == [1, 0.5, 2]
    assert table["share"].tolist() == pytest.approx([1 / 9, 5.5 / 9, 2.5 / 9])  # 08:00 to 17:00
    cut = retention.without_wait(table, "approve")
    assert cut["hours"] == 5 and cut["share"] == pytest.approx(5 / 9)
    assert retention.without_wait(table, "approve", 0.5)["hours"] == 2.5


def test_steps_side_by_side_do_not_wait_and_count_once():
    table = retention.step_times(
        events(
            ("a", "pack", "08:00", "10:00"),
            ("a", "paper", "09:00", "11:00"),
            ("a", "call", "09:30", "09:40"),
        )
    )
    # 08:00 to 11:00: pack two hours, paper the one after it, the call none
    assert table["work"].to_dict() == {"pack": 2, "paper": 1, "call": 0}
    assert table["wait"].sum() == 0


def test_a_step_that_ends_before_it_starts_is_told():
    with pytest.raises(InputError) as told:
        retention.step_times(events(("a", "order", "09:00", "08:00")))
    assert (told.value.code, told.value.rows) == ("retention.ended_before_start", (0,))
    assert told.value.sentence("zh") and told.value.sentence("en")


steps = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 20), st.integers(0, 20)
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(steps, st.randoms())
def test_hours_of_all_steps_are_the_hours_of_all_cases(rows, random):
    frame = pd.DataFrame(rows, columns=["case", "step", "started", "ended"])
    frame["ended"] += frame["started"]
    whole = (frame.groupby("case")["ended"].max() - frame.groupby("case")["started"].min()).sum()
    for column in ("started", "ended"):
        frame[column] = pd.Timestamp("2026-03-02") + pd.to_timedelta(frame[column], "h")
    table = retention.step_times(frame)
    assert ((table["wait"] + table["work"]) * table["n"]).sum() == pytest.approx(whole)
    assert table["share"].sum() == pytest.approx(1 if whole else 0)
    other = retention.step_times(frame.loc[random.sample(range(len(rows)), len(rows))])
    pd.testing.assert_frame_equal(other, table)


def test_open_complaints_count_as_longer_than_today():
    complaints = pd.DataFrame(
        {
            "opened": ["2026-02-01", "2026-02-01", "2026-01-01", "2026-01-01"],
            "solved": ["2026-02-03", "2026-02-09", None, None],
            "bought_again": [True, False, None, None],
        }
    )
    flow = retention.complaint_flow(complaints, "2026-03-02")
    assert (flow["n"], flow["open"], flow["oldest_days"]) == (4, 2, 60)
    assert flow["median_days"] == 8  # 2 and 8 days, two open: half are solved at 8
    assert flow["within"] == 0.25
    assert flow["again"] == 0.5


def test_nothing_is_known_of_tomorrow():
    complaints = pd.DataFrame(
        {"opened": ["2026-02-01", "2026-03-03"], "solved": ["2026-03-03", None]}
    )
    flow = retention.complaint_flow(complaints, "2026-03-02")
    assert (flow["n"], flow["open"], flow["oldest_days"], flow["again"]) == (1, 1, 29, None)
    none = retention.complaint_flow(complaints.iloc[:0], "2026-03-02")
    assert none["n"] == 0 and math.isnan(none["within"])


def test_a_fast_level_for_all_is_dear_for_those_who_can_wait():
    orders = pd.DataFrame({"segment": ["small"] * 2 + ["large"] * 2, "wanted_days": [1, 2, 7, 14]})
    table = retention.service(orders, {1: 50, 7: 20})
    assert table.loc[("large", 7)].tolist() == [2, 1, 40, 20]
    assert table.loc[("small", 7)].tolist() == [2, 0, 40, math.inf]
    assert table.loc[("small", 1), "met"] == 1


def test_a_customer_is_worth_his_years_less_what_it_cost_to_win_him():
    table = retention.customer_value(1000, 0.8, years=3, discount=0.25, cost_to_win=500)
    # 1000 - 500; 800 / 1.25; 640 / 1.5625
    assert table["value"].tolist() == pytest.approx([500, 640, 409.6])
    assert table["cumulated"].iloc[-1] == pytest.approx(1549.6)
    assert table["staying"].tolist() == pytest.approx([1, 0.8, 0.64])


def test_the_break_even_retention_pays_exactly():
    # 100 + 100 r + 100 r² = 175: r = .5
    assert retention.break_even_retention(100, 175, years=3, discount=0) == pytest.approx(0.5)
    assert retention.break_even_retention(100, 100, years=3) == 0
    assert math.isnan(retention.break_even_retention(100, 301, years=3, discount=0))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 500), st.integers(0, 900), st.integers(1, 10), st.integers(0, 5))
def test_value_at_the_break_even_retention_is_nothing(margin, cost, years, tenth):
    rate = retention.break_even_retention(margin, cost, years, tenth / 10)
    if 0 < rate < 1:
        table = retention.customer_value(margin, rate, years, tenth / 10, cost)
        assert table["cumulated"].iloc[-1] == pytest.approx(0, abs=1e-3)
        assert table["value"].sum() == pytest.approx(table["cumulated"].iloc[-1], abs=1e-6)


def test_only_those_kept_by_the_money_count():
    result = retention.win_or_keep(50_000, 10, 8_000, 100, 0.7, 0.78)
    # 5,000 each; 8 kept for 8,000
    assert result["per_won"] == 5000
    assert result["kept"] == pytest.approx(8) and result["per_kept"] == pytest.approx(1000)
    assert result["times"] == pytest.approx(5)
    assert math.isnan(retention.win_or_keep(1, 1, 1, 10, 0.8, 0.8)["times"])


@pytest.mark.parametrize(
    "call",
    [
        lambda: retention.curve([1, 2], [1]),
        lambda: retention.curve([-1], [1]),
        lambda: retention.curve([1], [2]),
        lambda: retention.customer_value(1, 1.2),
        lambda: retention.priorities(pd.Series([1]), pd.Series([11])),
        lambda: retention.without_wait(pd.DataFrame({"wait": [1]}, index=["a"]), "b"),
    ],
)
def test_figures_that_cannot_be_are_told_in_both_languages(call):
    with pytest.raises(InputError) as told:
        call()
    assert told.value.sentence("zh") and told.value.sentence("en")


def test_customers_belong_together_by_label_and_not_by_their_order():
    time = pd.Series([1.0, 5.0, 9.0], index=["a", "b", "c"])
    left = pd.Series([True, True, False], index=["a", "b", "c"])
    assert retention.curve(time, left[::-1]).equals(retention.curve(time, left))
    groups = pd.Series(["solved", "none", "none"], index=["a", "b", "c"])
    assert retention.of_hundred(groups, left[::-1]).equals(retention.of_hundred(groups, left))
    answers = pd.DataFrame({"delivery": time})
    overall = pd.Series([2.0, 6.0, 7.0], index=["a", "b", "c"])
    assert retention.drivers(answers, overall[::-1], least=3)["importance"].tolist() == [1]


def test_no_customer_has_no_curve():
    with pytest.raises(InputError) as told:
        retention.curves(pd.DataFrame({"time": [], "left": [], "group": []}), "group")
    assert told.value.code == "inputs.empty"
