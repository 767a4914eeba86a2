import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coursekit import credit
from coursekit.errors import InputError

TODAY = "2026-03-31"


def series(**values):
    return pd.Series(values, dtype=float)


def invoices(*rows):
    return pd.DataFrame(rows, columns=["dealer", "due", "amount", "open", "paid"])


def test_a_limit_is_turnover_of_the_term_times_the_part_of_the_grade():
    dealers = pd.DataFrame(
        {"turnover": [730_000, 365_000, 1e6], "term_days": [30, 60, 90], "grade": list("ABC")}
    )
    # 730,000 / 365 x 30; 365,000 / 365 x 60 x .6; C gets nothing
    assert credit.wanted_limit(dealers).tolist() == pytest.approx([60_000, 36_000, 0])
    season = dealers.assign(peak=[1.5, 1, 1])
    assert credit.wanted_limit(season).iloc[0] == pytest.approx(90_000)


def test_a_grade_without_a_factor_is_told_with_its_row():
    dealers = pd.DataFrame({"turnover": [1], "term_days": [30], "grade": ["D"]}, index=[7])
    with pytest.raises(InputError) as told:
        credit.wanted_limit(dealers)
    assert (told.value.code, told.value.rows) == ("inputs.not_one_of", (7,))
    assert "A, B, C" in told.value.sentence("en")


def test_a_budget_too_small_cuts_every_risky_limit_by_the_same_share():
    wanted, rate = series(a=100_000, b=50_000, c=20_000), series(a=0.02, b=0.08, c=0)
    # expected loss 2,000 + 4,000 + 0 = 6,000 against 3,000: half of the risky ones
    table = credit.limits(wanted, rate, 3_000)
    assert table["limit"].tolist() == [50_000, 25_000, 20_000]
    assert table["loss"].tolist() == [1_000, 2_000, 0]


def test_a_budget_that_is_enough_cuts_nothing():
    table = credit.limits(series(a=100, b=0), series(a=0.1, b=0.5), 10)
    assert table["limit"].tolist() == [100, 0]
    assert table["part"].tolist()[0] == 1 and math.isnan(table["part"].iloc[1])


def test_the_best_use_of_a_budget_begins_with_the_safest():
    wanted, rate = series(a=100_000, b=50_000, c=20_000), series(a=0.02, b=0.08, c=0)
    # c costs nothing; a takes 2,000 of 3,000; 1,000 / 4,000 of b is left
    table = credit.limits(wanted, rate, 3_000, rule="best_use")
    assert table["limit"].tolist() == [100_000, 12_500, 20_000]
    # b earns five times as much per unit: .5 / .08 = 6.25 above .1 / .02 = 5
    table = credit.limits(wanted, rate, 4_500, "best_use", series(a=0.1, b=0.5, c=0.1))
    assert table["limit"].tolist() == [25_000, 50_000, 20_000]


def test_equals_share_what_is_left_alike():
    table = credit.limits(series(a=100, b=300), series(a=0.1, b=0.1), 20, rule="best_use")
    assert table["limit"].tolist() == [50, 150]


dealers = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 20), st.integers(0, 50)), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None)
@given(dealers, st.integers(0, 400))
def test_the_best_use_is_the_optimum_of_the_linear_programme(rows, budget):
    wanted, rate, margin = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    rate, margin = rate / 20, margin / 50
    table = credit.limits(wanted, rate, budget, "best_use", margin)
    best = linprog(
        -margin, A_ub=[rate], b_ub=[budget], bounds=list(zip(0 * wanted, wanted, strict=True))
    )
    assert (table["limit"] * margin).sum() == pytest.approx(-best.fun, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(dealers, st.integers(0, 400), st.sampled_from(credit.RULES), st.randoms())
def test_the_losses_stay_within_the_budget_in_any_order_of_rows(rows, budget, rule, random):
    wanted, rate, _ = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    table = credit.limits(wanted, rate / 20, budget, rule)
    assert table["loss"].sum() <= budget + 1e-9
    assert (table["limit"] <= table["wanted"]).all()
    order = random.sample(range(len(rows)), len(rows))
    other = credit.limits(wanted.iloc[order], rate / 20, budget, rule)
    pd.testing.assert_frame_equal(other.sort_index(), table)


def test_figures_that_do_not_match_dealer_by_dealer_are_refused():
    for rate, code in ((series(b=0.1), "other_labels"), (series(a=0.1, b=0.2), "lengths")):
        with pytest.raises(InputError) as told:
            credit.limits(series(a=1), rate, 1)
        assert told.value.code == f"inputs.{code}"
    with pytest.raises(InputError) as told:
        credit.limits(series(a=1), series(a=0.1), 1, rule="fair")
    assert "same_cut" in told.value.sentence("zh")


def test_who_owes_without_a_limit_uses_it_beyond_all_bounds():
    table = credit.exposure(series(a=90, b=5, c=0), series(a=60, b=0, c=0), series(a=0.1, b=1, c=1))
    assert table["use"].tolist() == [1.5, math.inf, 0]
    assert table["over"].tolist() == [30, 5, 0]
    assert table["free"].tolist() == [0, 0, 0]
    assert table["loss"].tolist() == [9, 5, 0]


def test_money_received_settles_what_was_due_first():
    bills = pd.DataFrame(
        {
            "dealer": ["a", "a", "a", "b"],
            "due": ["2026-02-10", "2026-01-10", "2026-03-10", "2026-01-05"],
            "amount": [200, 100, 300, 50],
        }
    )
    money = pd.DataFrame(
        {
            "dealer": ["a", "a", "b", "c"],
            "date": ["2026-01-20", "2026-02-20", "2026-01-05", "2026-01-06"],
            "amount": [150, 200, 60, 9],
        }
    )
    settled, advance = credit.settle(bills, money)
    # a: 350 came: 100 and 200 are settled, 50 of 300 paid
    assert settled["open"].tolist() == [0, 0, 250, 0]
    assert settled["paid"].dt.strftime("%m-%d").tolist()[:2] == ["02-20", "01-20"]
    assert settled["paid"].isna().tolist() == [False, False, True, False]
    assert advance.to_dict() == {"b": 10, "c": 9}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(1, 60), st.integers(1, 500)),
        min_size=1,
        max_size=8,
    ),
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 60), st.integers(1, 500)), max_size=8
    ),
)
def test_what_is_open_is_what_was_billed_less_what_came(bills, money):
    def table(rows, date):
        frame = pd.DataFrame(rows, columns=["dealer", date, "amount"])
        return frame.assign(
            **{date: pd.Timestamp("2026-01-01") + pd.to_timedelta(frame[date], "D")}
        )

    settled, advance = credit.settle(table(bills, "due"), table(money, "date"))
    billed, came = sum(row[2] for row in bills), sum(row[2] for row in money)
    assert settled["open"].sum() == pytest.approx(billed - came + advance.sum())
    assert (settled["paid"].isna() == (settled["open"] > 0)).all()
    aged = credit.ageing(settled, "2026-02-01")
    assert aged["total"].sum() == pytest.approx(settled["open"].sum())
    assert aged[list(credit.BANDS)].sum(axis=1).tolist() == pytest.approx(aged["total"].tolist())


def test_an_invoice_due_today_is_not_late_and_a_band_holds_its_last_day():
    days = [0, 1, 30, 31, 60, 61, 90, 91]
    due = pd.Timestamp(TODAY) - pd.to_timedelta(days, "D")
    frame = pd.DataFrame({"dealer": "a", "due": due, "open": [1, 2, 4, 8, 16, 32, 64, 128]})
    aged = credit.ageing(frame, TODAY).loc["a"]
    assert aged[list(credit.BANDS)].tolist() == [1, 2 + 4, 8 + 16, 32 + 64, 128]
    assert aged["overdue"] == pytest.approx(254 / 255)


def test_a_dealer_without_overdue_may_still_pay_late_as_a_rule():
    late = [("h", f"2026-0{m}-01", 100, 0, f"2026-0{m}-28") for m in (1, 2)]
    late += [("h", f"2025-{m}-01", 100, 0, f"2025-{m}-28") for m in (10, 11, 12)]
    clean = [(name, due, amount, rest, due) for _, due, amount, rest, _ in late for name in "co"]
    dispute = [("o", "2026-03-01", 100, 100, None)]
    chronic = [("x", due, amount, 0, paid) for _, due, amount, _, paid in late]
    chronic += [("x", "2026-03-01", 100, 100, None)]
    table = credit.habit(invoices(*late, *clean, *dispute, *chronic), TODAY)
    assert table["reading"].to_dict() == {
        "c": "clean",
        "h": "hidden",
        "o": "one_off",
        "x": "chronic",
    }
    assert table["overdue"].to_dict() == {"c": 0, "h": 0, "o": 100, "x": 100}
    assert table.loc["h", "days"] == 27
    assert table.loc["o", "days"] == 30 / 6  # one of six, thirty days and counting


def test_few_invoices_show_no_habit():
    table = credit.habit(invoices(("a", "2026-03-01", 5, 5, None)), TODAY)
    assert table.loc["a", "reading"] == "few"


def test_an_invoice_that_was_paid_before_it_was_due_is_not_late():
    rows = [("a", "2026-04-20", 5, 0, "2026-03-01")] * 5
    table = credit.habit(invoices(*rows), TODAY)
    assert table.loc["a", ["n", "late", "days", "reading"]].tolist() == [5, 0, 0, "clean"]


def test_days_outstanding_rise_after_a_peak_though_nobody_pays_otherwise():
    # all pay after 60 days: owed is the sales of two months
    assert credit.days_outstanding(100 + 100, 300, 90) == 60
    assert credit.days_outstanding(100 + 400, 600, 90) == 75  # 100, 100, 400: a peak
    assert credit.days_counted_back(100 + 400, [100, 100, 400], [30, 30, 30]) == 60
    assert credit.days_counted_back(100 + 50, [400, 100, 50], [30, 30, 30]) == 60


def test_counting_back_takes_part_of_a_month():
    # 300 of March (31 days), 100 of 200 of February (28 days)
    assert credit.days_counted_back(400, [100, 200, 300], [31, 28, 31]) == 31 + 14


def test_sales_that_do_not_explain_the_money_give_no_figure():
    assert math.isnan(credit.days_counted_back(700, [100, 200, 300], [31, 28, 31]))
    assert math.isnan(credit.days_outstanding(5, 0, 30))
    assert credit.days_counted_back(0, [0], [31]) == 0


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: credit.days_outstanding(-1, 5, 30), "inputs.one_too_small"),
        (lambda: credit.days_outstanding(1, 5, 0), "inputs.one_too_small"),
        (lambda: credit.ageing(pd.DataFrame({"dealer": ["a"]}), TODAY), "inputs.no_column"),
        (
            lambda: credit.settle(
                pd.DataFrame({"dealer": [None], "due": [TODAY], "amount": [1]}),
                pd.DataFrame({"dealer": [], "date": [], "amount": []}),
            ),
            "inputs.blank",
        ),
        (
            lambda: credit.ageing(
                pd.DataFrame({"dealer": ["a"], "due": ["soon"], "open": [1]}), TODAY
            ),
            "inputs.not_dates",
        ),
    ],
)
def test_what_cannot_be_used_is_told(call, code):
    with pytest.raises(InputError) as told:
        call()
    assert told.value.code == code
    assert told.value.sentence("zh") and told.value.sentence("en")


def test_nothing_received_leaves_everything_open():
    bills = pd.DataFrame({"dealer": ["a"], "due": [TODAY], "amount": [5.0]})
    none = pd.DataFrame({"dealer": [], "date": [], "amount": []})
    settled, advance = credit.settle(bills, none)
    assert settled["open"].tolist() == [5] and advance.empty
    assert np.isnat(settled["paid"].to_numpy()).all()


def test_two_files_under_each_other_keep_their_row_numbers():
    bills = pd.DataFrame(
        {"dealer": ["a", "b"], "due": ["2026-01-10", "2026-01-10"], "amount": [10, 20]},
        index=[2, 2],
    )
    money = pd.DataFrame({"dealer": ["b"], "date": ["2026-01-12"], "amount": [20]})
    settled, _ = credit.settle(bills, money)
    assert settled.index.tolist() == [2, 2]
    assert settled["open"].tolist() == [10, 0]


def test_dealers_under_one_row_number_get_their_own_limit():
    wanted, rate = pd.Series([100.0, 100.0], index=[7, 7]), pd.Series([0.1, 0.2], index=[7, 7])
    # the safer one first: 100 × 0.1 = 10 of the budget of 12; then 2 of the 20 asked
    found = credit.limits(wanted, rate, 12, "best_use")
    assert found["limit"].tolist() == pytest.approx([100, 10])
