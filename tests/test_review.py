import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.funnel import Ladder, age_limit, review, rules_off, without_next_step

LADDER = Ladder.load()
TODAY = "2026-03-02"


def frame(**columns):
    deals = pd.DataFrame(columns)
    deals.index = range(2, 2 + len(deals))  # row numbers of the file
    return deals


def reasons(deals, today=TODAY, strict=False):
    return list(review(deals, today, LADDER, strict)["reason"])


def closed(n, days):
    """Deals that closed, every one after so many days."""
    created = pd.Timestamp("2025-01-01")
    return pd.DataFrame(
        {
            "stage": ["contract", "lost"] * (n // 2) + ["contract"] * (n % 2),
            "amount": 10.0,
            "created": created,
            "closed": created + pd.Timedelta(days=days),
        }
    )


# what a list is worth


def test_the_expected_value_is_the_sum_of_amount_times_rate():
    deals = frame(
        stage=["opportunity", "p25", "p50", "p90", "contract"],
        amount=[100, 200, 300, 400, 50],
        next_step=["call"] * 5,
    )
    result = review(deals, TODAY, LADDER)
    # 100 x 0 + 200 x .25 + 300 x .5 + 400 x .9 + 50 x 1
    assert result["expected"].tolist() == [0, 50, 150, 360, 50]
    assert result["expected"].sum() == 610


def test_a_deal_without_a_next_step_counts_nothing():
    deals = frame(
        stage=["opportunity", "p25", "p50", "p90", "contract"],
        amount=[100, 200, 300, 400, 50],
        next_step=["call", "call", "call", "", "call"],
    )
    result = review(deals, TODAY, LADDER)
    assert result["expected"].sum() == 250  # 610 - 400 x .9
    assert result["listed"].sum() == 610
    assert result.loc[5, ["claimed", "effective", "reason"]].tolist() == [
        "p90",
        "opportunity",
        "no_next_step",
    ]


def test_a_lost_deal_counts_nothing_and_is_left_alone():
    deals = frame(stage=["lost"], amount=[100], next_step=[""])
    result = review(deals, TODAY, LADDER).iloc[0]
    assert (result["effective"], result["expected"], result["reason"]) == ("lost", 0, "")


def test_a_contract_needs_no_next_step():
    deals = frame(stage=["contract"], amount=[100], next_step=[""])
    result = review(deals, TODAY, LADDER).iloc[0]
    assert (result["expected"], result["reason"]) == (100, "")


@pytest.mark.parametrize("stage", [None, float("nan"), pd.NA, "suspect", "Banana"])
def test_a_stage_that_is_missing_counts_nothing_and_says_so(stage):
    deals = frame(stage=["p50", stage], amount=[100, 100], next_step=["call", ""])
    result = review(deals, TODAY, LADDER).iloc[1]
    assert (result["listed"], result["expected"], result["reason"]) == (0, 0, "unknown_stage")
    assert pd.isna(result["claimed"])
    assert pd.isna(result["effective"])


def test_an_open_deal_without_an_amount_is_there_but_not_valued():
    deals = frame(stage=["p50", "p50"], amount=[None, 100], next_step=["call", "call"])
    result = review(deals, TODAY, LADDER)
    assert result["effective"].tolist() == ["p50", "p50"]
    assert result["expected"].isna().tolist() == [True, False]


def test_a_missing_customer_name_is_a_note_and_takes_no_value():
    deals = frame(stage=["p50", "p50"], amount=[100, 100], customer=[" ", "Acme"])
    result = review(deals, TODAY, LADDER)
    assert result["note"].tolist() == ["no_customer", ""]
    assert result["expected"].tolist() == [50, 50]


def test_a_file_without_stages_has_no_funnel():
    with pytest.raises(InputError) as told:
        review(frame(amount=[100]), TODAY, LADDER)
    assert told.value.code == "funnel.no_stage_column"


@pytest.mark.parametrize("today", ["soon", None, ""])
def test_a_today_that_is_no_day_is_refused(today):
    with pytest.raises(InputError) as told:
        review(frame(stage=["p50"]), today, LADDER)
    assert told.value.code == "inputs.not_a_day"


def test_a_date_column_with_something_else_is_named():
    with pytest.raises(InputError) as told:
        review(frame(stage=["p50"], next_step_date=["soon"]), TODAY, LADDER)
    assert told.value.values == {"column": "next_step_date"}


# the next-step rule


def test_where_there_is_only_text_text_alone_counts():
    deals = frame(stage=["p50"] * 4, amount=[1] * 4, next_step=["call", "", "  ", None])
    assert reasons(deals) == ["", "no_next_step", "no_next_step", "no_next_step"]


def test_full_width_blanks_are_no_text():
    assert reasons(frame(stage=["p50"], next_step=["　"])) == ["no_next_step"]


def test_a_past_date_is_no_step_and_today_is_not_past():
    deals = frame(
        stage=["p50"] * 4,
        next_step=["call"] * 4,
        next_step_date=["2026-03-01", "2026-03-02", "2026-03-03", None],
    )
    assert reasons(deals) == ["step_in_the_past", "", "", ""]


def test_a_date_does_not_replace_the_text_that_the_file_asks_for():
    deals = frame(stage=["p50"], next_step=[""], next_step_date=["2026-03-09"])
    assert reasons(deals) == ["no_next_step"]


def test_where_there_is_only_a_date_one_ahead_counts():
    deals = frame(stage=["p50"] * 3, next_step_date=["2026-03-01", "2026-03-02", None])
    assert reasons(deals) == ["step_in_the_past", "", "no_next_step"]


def test_a_file_without_steps_takes_nothing_from_anybody():
    deals = frame(stage=["p50"], amount=[100])
    assert review(deals, TODAY, LADDER)["expected"].tolist() == [50]


def test_strict_wants_who_what_and_a_date_ahead():
    deals = frame(
        stage=["p50"] * 5,
        next_step=["call", "", "call", "call", "call"],
        next_step_date=["2026-03-09", "2026-03-09", None, "2026-03-01", "2026-03-09"],
        next_step_person=["Li", "Li", "Li", "Li", " "],
    )
    assert reasons(deals, strict=True) == [
        "",
        "no_next_step",
        "not_strict_step",
        "step_in_the_past",
        "not_strict_step",
    ]


def test_strict_leaves_off_what_the_file_has_no_column_for():
    deals = frame(stage=["p50"], next_step=["call"])
    assert reasons(deals, strict=True) == [""]
    off = {(rule.rule, rule.code) for rule in rules_off(deals, LADDER, strict=True)}
    assert {("step_date", "no_column"), ("step_person", "no_column")} <= off


def test_a_deal_that_is_not_open_has_no_broken_step():
    deals = frame(stage=["p50", "contract", "lost", "p50"], next_step=["", "", "", "call"])
    assert without_next_step(deals, TODAY).tolist() == [True, False, False, False]


# resting on purpose


def test_a_deal_that_rests_with_a_reason_keeps_its_stage():
    deals = frame(
        stage=["p50"] * 4,
        next_step=[""] * 4,
        snooze_until=["2026-03-02", "2026-03-01", "2026-06-01", None],
        snooze_reason=["new budget in June", "new budget in June", " ", "new budget"],
    )
    assert reasons(deals) == ["", "no_next_step", "no_next_step", "no_next_step"]


def test_resting_does_not_make_a_deal_younger():
    old = frame(
        stage=["p50"],
        next_step=[""],
        created=["2025-01-01"],
        snooze_until=["2026-06-01"],
        snooze_reason=["new budget in June"],
    )
    deals = pd.concat([closed(20, 90).assign(next_step="x"), old], ignore_index=True)
    assert reasons(deals)[-1] == "older_than_any_closed"


# older than any deal that ever closed


def test_a_deal_older_than_any_that_closed_counts_nothing():
    # 90 days before 2 March 2026 is 2 December 2025
    fresh = frame(stage=["p50", "p50"], amount=[100, 100], created=["2025-12-02", "2025-12-01"])
    deals = pd.concat([closed(20, 90), fresh], ignore_index=True)
    result = review(deals, TODAY, LADDER).tail(2)
    assert result["reason"].tolist() == ["", "older_than_any_closed"]
    assert result["expected"].tolist() == [50, 0]


def test_below_twenty_closed_deals_nothing_is_too_old():
    deals = pd.concat([closed(19, 90), frame(stage=["p50"], created=["2020-01-01"])])
    deals.index = range(len(deals))
    assert age_limit(deals, LADDER) is None
    assert reasons(deals)[-1] == ""
    assert [
        (off.rule, off.code, off.n) for off in rules_off(deals, LADDER) if off.rule == "age"
    ] == [("age", "few_closed", 19)]


def test_only_closed_deals_with_both_dates_are_counted():
    deals = closed(21, 90)
    deals.loc[0, "created"] = None
    assert age_limit(deals, LADDER) == 90
    deals.loc[1, "closed"] = None
    assert age_limit(deals, LADDER) is None


def test_a_deal_closed_before_it_began_is_no_cycle():
    deals = closed(20, 90)
    deals.loc[0, "closed"] = pd.Timestamp("2024-01-01")
    assert age_limit(deals, LADDER) is None


def test_a_deal_without_a_creation_date_is_not_dropped():
    deals = pd.concat([closed(20, 90), frame(stage=["p50"], created=[None])], ignore_index=True)
    assert reasons(deals)[-1] == ""


def test_the_missing_next_step_is_named_before_the_age():
    old = frame(stage=["p50"], next_step=[""], created=["2025-01-01"])
    deals = pd.concat([closed(20, 90).assign(next_step=""), old], ignore_index=True)
    assert reasons(deals)[-1] == "no_next_step"


# absent is not empty


def test_absent_columns_are_reported_and_blank_ones_are_checked():
    bare = frame(stage=["p50"])
    assert [(off.rule, off.code) for off in rules_off(bare, LADDER)] == [
        ("next_step", "no_column"),
        ("age", "no_column"),
        ("customer", "no_column"),
        ("amount", "no_column"),
    ]
    full = frame(
        stage=["p50"],
        next_step=[None],
        next_step_date=[None],
        snooze_until=[None],
        snooze_reason=[None],
        customer=[None],
        amount=[None],
    )
    assert [off.rule for off in rules_off(full, LADDER)] == ["age"]


# for all lists


def days(first, last):
    bounds = (datetime.date.fromisoformat(day) for day in (first, last))
    return st.none() | st.dates(*bounds)


deal = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([*LADDER.codes, "lost", None]),
        "amount": st.none() | st.integers(0, 10**6).map(lambda cents: cents / 100),
        "customer": st.sampled_from(["Acme", "", None]),
        "next_step": st.sampled_from(["call", "", None]),
        "next_step_date": days("2026-02-25", "2026-03-09"),
        "next_step_person": st.sampled_from(["Li", "", None]),
        "created": days("2025-01-01", "2026-03-01"),
        "closed": days("2026-01-01", "2026-03-01"),
        "snooze_until": days("2026-02-25", "2026-03-09"),
        "snooze_reason": st.sampled_from(["budget", "", None]),
    }
)
lists = st.lists(deal, min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(lists, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_changes_nothing(rows, rng, strict):
    deals = pd.DataFrame(rows).convert_dtypes()
    order = list(deals.index)
    rng.shuffle(order)
    before = deals.copy()
    straight = review(deals, TODAY, LADDER, strict)
    shuffled = review(deals.loc[order], TODAY, LADDER, strict)
    assert list(shuffled.index) == order
    pd.testing.assert_frame_equal(straight, shuffled.loc[straight.index])
    pd.testing.assert_frame_equal(deals, before)


@settings(max_examples=60, deadline=None)
@given(lists, st.booleans())
def test_what_can_be_shown_is_never_more_than_what_is_listed(rows, strict):
    result = review(pd.DataFrame(rows), TODAY, LADDER, strict)
    valued = result.dropna(subset="expected")
    assert (valued["expected"] <= valued["listed"]).all()
    assert ((valued["expected"] == valued["listed"]) | (valued["reason"] != "")).all()


@settings(max_examples=60, deadline=None)
@given(lists)
def test_strict_never_counts_more(rows):
    deals = pd.DataFrame(rows)
    loose, strict = (review(deals, TODAY, LADDER, strict)["rate"] for strict in (False, True))
    assert (strict <= loose).all()


# real-looking files


@pytest.fixture(scope="module")
def maven(shared):
    folder = shared / "maven_crm"
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    prices = pd.read_csv(folder / "products.csv").set_index("product")["sales_price"]
    price = deals["product"].replace({"GTXPro": "GTX Pro"}).map(prices)
    return pd.DataFrame(
        {
            "word": deals["deal_stage"],
            "amount": price.where(deals["close_value"].isna(), deals["close_value"]).astype(float),
            "created": deals["engage_date"],
            "closed": deals["close_date"],
        }
    )


@pytest.mark.parametrize(
    ("prospecting", "engaging", "rates", "expected"),
    [
        # 1,073,986 x 0 + 3,892,229 x .25
        ("opportunity", "p25", {}, 973_057.25),
        # 1,073,986 x .1 + 3,892,229 x .25
        ("appointment", "p25", {"appointment": 0.1}, 1_080_455.85),
        # 1,073,986 x .25 + 3,892,229 x .5
        ("p25", "p50", {}, 2_214_611.00),
    ],
)
def test_the_computer_seller_lists_what_was_worked_out(
    maven, prospecting, engaging, rates, expected
):
    words = {"Prospecting": prospecting, "Engaging": engaging, "Won": "contract", "Lost": "lost"}
    deals = maven.assign(stage=maven["word"].map(words))
    listed = review(deals, "2017-12-31", LADDER.with_rates(**rates))["listed"]
    assert round(listed[deals["stage"].isin([prospecting, engaging])].sum(), 2) == expected


def test_four_fifths_of_the_computer_sellers_deals_are_too_old(maven):
    words = {"Prospecting": "opportunity", "Engaging": "p25", "Won": "contract", "Lost": "lost"}
    deals = maven.assign(stage=maven["word"].map(words))
    result = review(deals, "2017-12-31", LADDER)
    engaging = result[result["claimed"] == "p25"]
    assert age_limit(deals, LADDER) == 138
    assert len(engaging) == 1589
    assert (engaging["reason"] == "older_than_any_closed").sum() == 1291
    assert (engaging["effective"] == "p25").sum() == 298
    assert engaging["expected"].sum() == 173_391.25


@pytest.fixture(scope="module")
def steps(shared):
    rows = pd.read_csv(shared / "pipeline_next_steps" / "sales_pipeline.csv")
    rows = rows.dropna(subset="Sales stage")
    words = {
        "Identified": "opportunity",
        "Validated": "p25",
        "Qualified": "p50",
        "Proposal": "p90",
        "Won": "contract",
        "Lost": "lost",
    }
    return pd.DataFrame(
        {
            "stage": rows["Sales stage"].str.strip().map(words),
            "amount": rows["Deal size"].astype(float),
            "next_step": rows["Next Steps"],
        }
    )


def test_the_list_with_next_steps_loses_a_quarter(steps):
    steps = steps.assign(next_step=steps["next_step"].replace("No Response", None))
    result = review(steps, "2015-03-31", LADDER)
    result = result[~steps["stage"].isin(["contract", "lost"])]
    assert (len(result), result["listed"].sum()) == (914, 734_700.50)
    assert result["expected"].sum() == 552_247.00
    without = result[result["reason"] == "no_next_step"]
    assert len(without) == 225
    assert (without["listed"] > 0).sum() == 133


def test_no_response_counts_as_text_until_a_map_says_otherwise(steps):
    result = review(steps, "2015-03-31", LADDER)
    assert result.loc[~steps["stage"].isin(["contract", "lost"]), "expected"].sum() == 668_778.50


def test_an_amount_that_is_no_number_is_told():
    with pytest.raises(InputError) as told:
        review(pd.DataFrame({"stage": ["p25"], "amount": ["about 30,000"]}), "2026-03-02", LADDER)
    assert told.value.code == "inputs.not_numbers"
