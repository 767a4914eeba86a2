"""The lesson of the forecast: every topic in both languages, its figures, what its text claims."""

import re

import matplotlib.text
import pandas as pd
import pytest
from conftest import ROOT
from lesson_source import Lesson

from coursekit import forecast, funnel, terms
from coursekit.case import Case
from coursekit.course import Course
from coursekit.plots import forecast as plots
from coursekit.plots import past
from coursekit.practice import bank, checks

LESSON = Lesson("funnel_5")
ITEMS = LESSON.items
CODE = LESSON.code
prose = LESSON.prose


LADDER = funnel.Ladder.load()
COURSE = Course(id="test", folder=ROOT)


# --- the lesson -----------------------------------------------------------------------------


def test_every_core_section_has_notes_that_say_what_to_do_without_a_computer():
    for lang, words in (("zh", "没有电脑"), ("en", "No computer")):
        notes = [cell.text for cell in prose(lang, "trainer")]
        core = [c for c in prose(lang) if c.metadata.get("part") == "core"]
        assert len(notes) == len(core)  # the opening has the general notes
        assert all(words in text for text in notes)
        assert all(any(f"**{item[-3:]} " in text for text in notes) for item in ITEMS)


def test_the_closing_check_asks_three_kinds_on_both_topics_in_ten_minutes():
    good, _ = bank.load(COURSE, "funnel_5")
    chosen = [good[name] for name in checks.select(COURSE, "funnel.5", minutes=10)]
    assert len(chosen) >= 3
    assert {one.item for one in chosen} == ITEMS
    assert len({one.kind for one in chosen}) == len(chosen)


def test_words_are_counted(capsys):
    with capsys.disabled():
        for lang in terms.LANGS:
            text = "".join(c.text for c in prose(lang)) + "".join(said(lang))
            n = len(re.findall(r"[\u4e00-\u9fff]", text)) if lang == "zh" else len(text.split())
            unit = "characters" if lang == "zh" else "words"
            print(f"\nfunnel.5 {lang}: {n} {unit} of prose", end="")


def said(lang):
    return re.findall(rf'^    {lang}="(.*)",$', CODE, re.MULTILINE)


# --- what the text claims of the company ----------------------------------------------------


@pytest.fixture(scope="module", params=["feed"])
def case(request):
    return Case.load(request.param)


def test_no_month_of_six_cards_brings_the_expected_value_and_it_is_near_the_average():
    amount, rate = [200_000] * 3 + [400_000] * 2 + [100_000], [0.5] * 3 + [0.25] * 2 + [0.9]
    numbers = plots.throws_numbers(amount, rate, n=100, seed=10)
    assert numbers["mean"] == 590_000
    assert numbers["exact"] == 0
    assert abs(numbers["average"] - numbers["mean"]) < 20_000
    assert 590_000 not in forecast.distribution(amount, rate).totals


def test_the_largest_open_deal_makes_a_list_whose_expected_value_cannot_come(case):
    open_ = case.deals[funnel.is_open(case.deals["stage"])]
    largest = open_.loc[open_["amount"].idxmax()]
    mine = open_[open_["owner"] == largest["owner"]]
    numbers = plots.spread_numbers(mine["amount"], LADDER.rates(mine["stage"]))
    assert largest["amount"] * LADDER.rate(largest["stage"]) > numbers["mean"] / 2
    assert numbers["below"] < 0.5 * numbers["mean"] < 1.5 * numbers["mean"] < numbers["above"]


def test_half_was_claimed_too_high_a_quarter_too_low_and_the_two_came_alike(case):
    claims = forecast.stage_claims(case.deal_history, LADDER, case.today)
    found = plots.reliability_numbers(claims, LADDER)
    assert found["high_p50"] < 0.5
    assert found["high_p90"] < 0.9
    assert found["low_p25"] > 0.25
    assert abs(found["came_p50"] - found["came_p25"]) < 0.08
    assert found["n_off"] == found["n_classes"] == 3


def test_dates_of_the_first_list_were_moved_on(case):
    lists = case.snapshots
    found = past.dated_numbers(lists, case.deals, case.today)
    first, end = lists["date"].min(), lists["date"].min() + pd.Timedelta(days=past.AHEAD)
    then, later = (
        lists[lists["date"] == day].set_index("deal_id")["expected_close"] for day in (first, end)
    )
    due = then[then.between(first, end)]
    assert (later.reindex(due.index) > due).sum() >= found["first_open"]
    assert found["first_signed"] + found["first_lost"] + found["first_open"] == found["first_n"]
    assert found["share"] < 0.2
    assert all(week["signed"] < week["n"] / 3 for week in found["weeks"])


def test_the_young_lot_looks_fast_as_the_old_one_did(case):
    found = past.running_numbers(case.deals, case.today, "2025-12-01", "2025-12-31")
    assert found["n_open"] > found["n_won"]
    assert found["median"] < found["old_median"] - 14
    assert found["old_fast_median"] < found["old_median"] - 7
    assert found["counted_rate"] < found["ended_rate"] - 0.03


def test_every_rule_was_far_off_and_the_total_times_the_rate_always_too_high(case):
    days = forecast.month_ends("2025-03-01", "2025-08-31")
    rules = {
        "ladder": forecast.stage_rates(LADDER),
        "own": forecast.learned_rates(case.deal_history, LADDER),
        "open": forecast.win_rate_times_open,
        "age": forecast.age_rates,
    }
    known = {"until": case.today, "history": case.deal_history}
    tests = {
        name: forecast.backtest(case.deals, rule, days, **known) for name, rule in rules.items()
    }
    found = past.rules_numbers(tests)
    assert all(table["whole"].all() for table in tests.values())
    assert found["n"] == len(days) == 6
    assert found["best"] == "plots.past_rule_ladder"
    assert found["worst"] == "plots.past_rule_age"
    assert 0 < found["off_own"] - found["off_ladder"] < 0.1
    assert found["above_open"] == found["n"]
    assert found["all_double"] >= 2
    held = past.inside(case.deals, case.deal_history, LADDER, days)
    assert held["n_inside"] <= held["n_days"] / 2
    spring = past.list_numbers(case.deals, case.deal_history, LADDER, "2025-03-31")
    summer = past.list_numbers(case.deals, case.deal_history, LADDER, "2025-06-30")
    assert tests["ladder"].loc["2025-03-31", "error"] < 0 < spring["zero_signed"]
    assert summer["large_signed"] <= 0.2 * summer["large"]


def test_sizes_differ_in_their_cycle_and_fish_feed_in_its_season(case):
    half = [
        forecast.cycle(case.deals[case.deals["size_class"] == size], case.today).quantile(0.5)
        for size in ("small", "medium", "large")
    ]
    assert half[0] * 1.3 < half[1] < half[2] / 1.3
    fish = case.orders[case.orders["product"] == "P09"]
    sold = fish["quantity"].groupby(fish["date"].dt.month).sum()
    assert sold[[6, 7, 8]].sum() > 1.8 * sold[[12, 1, 2]].sum()


# --- figures --------------------------------------------------------------------------------

TODAY = pd.Timestamp("2026-03-02")


def deals(*rows):
    """Rows of stage, days since it was opened, days it took (None: still open), amount."""
    table = pd.DataFrame(rows, columns=["stage", "begun", "took", "amount"])
    created = TODAY - pd.to_timedelta(table["begun"], unit="D")
    return pd.DataFrame(
        {
            "deal_id": [f"d{n}" for n in range(len(rows))],
            "stage": table["stage"],
            "created": created,
            "closed": created + pd.to_timedelta(table["took"], unit="D"),
            "amount": table["amount"].astype(float),
        }
    )


def words(figure):
    return [found.get_text() for found in figure.findobj(matplotlib.text.Text)]


def test_the_first_months_thrown_are_the_same_for_more():
    few, many = (plots.throws_numbers([10, 20], [0.5, 0.5], n=n, seed=1) for n in (5, 50))
    assert many["totals"][:5] == few["totals"]


def test_one_deal_at_one_half_brings_all_or_nothing():
    numbers = plots.spread_numbers([100.0], 0.5)
    assert (numbers["mean"], numbers["below"], numbers["above"]) == (50, 0, 100)
    assert (numbers["p10"], numbers["p90"], numbers["reached"]) == (0, 100, 0.5)


def test_deals_without_a_chance_or_an_amount_are_not_counted_in_a_range():
    numbers = plots.spread_numbers([100.0, 100.0, float("nan")], [0.5, 0.0, 0.5])
    assert (numbers["n"], numbers["most"]) == (1, 100)


def test_a_list_that_is_worth_nothing_can_be_drawn():
    assert plots.spread_numbers([100.0], [0.0])["mean"] == 0
    plots.spread([100.0], [0.0], "en")


def test_claims_are_counted_by_class():
    claims = pd.DataFrame(
        {
            "stage": ["p25"] * 4 + ["p50"] * 4 + ["p90"] * 2 + ["opportunity"],
            "chance": [0.25] * 4 + [0.5] * 4 + [0.9] * 2 + [0.0],
            "won": [True, False, False, False, True, True, True, False, True, True, False],
        }
    )
    found = plots.reliability_numbers(claims, LADDER)
    assert [found[f"won_{code}"] for code in ("p25", "p50", "p90")] == [1, 3, 2]
    assert (found["came_p50"], found["n_off"]) == (0.75, 0)


def test_what_has_passed_or_has_no_date_stands_apart():
    listed = pd.DataFrame(
        {
            "stage": ["p50", "p50", "p90", "p25"],
            "amount": [100.0, 200.0, 300.0, 400.0],
            "expected_close": pd.to_datetime(["2026-03-20", "2026-02-20", None, "2026-04-02"]),
        }
    )
    found = plots.periods_numbers(forecast.by_period(listed, TODAY, LADDER))
    assert (found["first"], found["n_first"], found["first_shown"]) == ("2026-03", 1, 50)
    assert (found["n_overdue"], found["n_undated"]) == (1, 1)
    assert found["dateless"] == 200 * 0.5 + 300 * 0.9
    assert [plots.period(label, "zh") for label in ("2026-03", "2026Q1", "undated")] == [
        "2026年3月", "2026Q1", "没写日期",
    ]  # fmt: skip


def test_only_what_was_signed_in_its_four_weeks_counts_as_signed():
    made = deals(("contract", 60, 40, 10), ("contract", 60, 59, 20), ("lost", 60, 45, 30),
                 ("p50", 60, None, 40))  # fmt: skip
    day = TODAY - pd.Timedelta(days=35)
    lists = pd.DataFrame(
        {
            "date": day, "deal_id": made["deal_id"], "stage": "p50", "amount": made["amount"],
            "expected_close": day + pd.to_timedelta([20, 20, 28, 29], unit="D"),
        }
    )  # fmt: skip
    found = past.dated_numbers(lists, made, TODAY)
    # the fourth is dated a day too late; the second was signed on day 34 after the list
    assert (found["first_n"], found["first_signed"], found["first_lost"]) == (3, 1, 1)
    assert (found["first_open"], found["first_came"]) == (1, 10)


def test_the_older_lot_is_cut_where_the_young_one_ends():
    made = deals(("contract", 80, 50, 1), ("contract", 80, 60, 1), ("p50", 80, None, 1),
                 ("contract", 300, 55, 1), ("contract", 300, 90, 1), ("contract", 300, 120, 1),
                 ("lost", 300, 40, 1))  # fmt: skip
    found = past.running_numbers(made, TODAY, TODAY - pd.Timedelta(days=90), TODAY)
    assert (found["n"], found["n_won"], found["n_open"], found["median"]) == (3, 2, 1, 55)
    assert (found["limit"], found["old_fast"], found["old_fast_median"]) == (60, 1, 55)
    assert (found["old_won"], found["old_median"]) == (3, 90)
    assert found["ended_rate"] == 5 / 6


def backtested(*errors):
    index = pd.to_datetime(["2025-01-31", "2025-02-28", "2025-03-31"])
    came = pd.Series(100.0, index)
    error = pd.Series(errors, index)
    return pd.DataFrame({"forecast": came * (1 + error), "came": came, "error": error})


def test_errors_of_a_rule_do_not_cancel_and_a_day_without_a_forecast_is_left_out():
    tests = {"ladder": backtested(0.5, -0.5, 0), "own": backtested(1.0, 1.0, float("nan"))}
    found = past.rules_numbers(tests)
    assert found["n"] == 2
    assert (found["off_ladder"], found["off_own"]) == (0.5, 1.0)
    assert (found["above_ladder"], found["above_own"], found["all_double"]) == (1, 2, 0)


def test_the_rule_of_the_own_rates_knows_only_the_past():
    history = pd.DataFrame(
        [("a", "p50", "2025-01-01"), ("a", "contract", "2025-01-10"), ("b", "p50", "2025-01-01"),
         ("b", "lost", "2025-02-10"), ("c", "p50", "2025-01-05")],
        columns=["deal_id", "stage", "date"],
    ).assign(date=lambda table: pd.to_datetime(table["date"]))  # fmt: skip
    known = pd.DataFrame({"stage": ["p50", "appointment"], "amount": [100.0, 100.0]})
    rule = forecast.learned_rates(history, LADDER)
    assert rule(known, pd.Timestamp("2025-01-31")) == 100 * 1 / 1
    assert rule(known, pd.Timestamp("2025-02-28")) == 100 * 1 / 2
    assert pd.isna(rule(known, pd.Timestamp("2025-01-05")))


@pytest.mark.parametrize("lang", terms.LANGS)
def test_figures_carry_their_numbers_and_their_sentence(case, lang):
    claims = forecast.stage_claims(case.deal_history, LADDER, case.today)
    lot = (case.deals, case.today, "2025-12-01", "2025-12-31")
    table = forecast.by_period(case.deals, case.today, LADDER, periods=3)
    tests = {rule: backtested(0.5, -0.5, 0.2) for rule in past.MARKS}
    cards = [10, 20], [0.5, 0.5]
    drawn = [
        (plots.throws(*cards, lang, 20), plots.throws_numbers(*cards, 20)),
        (plots.spread([1e5, 2e5], 0.5, lang), plots.spread_numbers([1e5, 2e5], 0.5)),
        (plots.reliability(claims, LADDER, lang), plots.reliability_numbers(claims, LADDER)),
        (plots.periods(table, lang), plots.periods_numbers(table)),
        (past.dated(case.snapshots, case.deals, case.today, lang),
         past.dated_numbers(case.snapshots, case.deals, case.today)),
        (past.running(*lot, lang), past.running_numbers(*lot)),
        (past.rules(tests, lang), past.rules_numbers(tests)),
    ]  # fmt: skip
    for figure, numbers in drawn:
        assert terms.fill(terms.term(numbers["alt"], lang), lang, numbers)
        assert len(words(figure)) > 4
    assert any("40%" in text for text in words(drawn[-1][0]))  # (0.5 + 0.5 + 0.2) / 3
