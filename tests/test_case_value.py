"""The value side of the running case: each truth found again by the kit's methods."""

import pandas as pd
import pytest

from coursekit.allocation import attention
from coursekit.calibration import monotonicity
from coursekit.classes import trait_class
from coursekit.concentration import top_share, whale_curve
from coursekit.correlation import spearman
from coursekit.likeness import Kinds, likeliest
from coursekit.planning import (
    best_lever,
    lead_lag,
    performance,
    price_corridor,
    steadiness,
    waterfall,
)
from coursekit.scoring import Scorecard
from coursekit.screening import (
    cost_of_winning,
    cost_to_serve,
    life_cycle,
    next_orders,
    season,
)


@pytest.fixture(scope="module", params=["feed", "parts"])
def case(request, case_world):
    """Tables of a skin as frames with days as days."""
    tables = {}
    for name, rows in case_world(request.param).tables.items():
        frame = pd.DataFrame(rows)
        if "date" in frame:
            frame["date"] = pd.to_datetime(frame["date"])
        tables[name] = frame
    return tables


@pytest.fixture(scope="module")
def customers(case):
    return case["customers"].set_index("customer")


@pytest.fixture(scope="module")
def revenue(case):
    return case["orders"].groupby("customer")["amount"].sum()


@pytest.fixture(scope="module")
def profit(case):
    """Margin of what was kept, less what serving took."""
    prices = case["cost_prices"].set_index("activity")["price"]
    cost = cost_to_serve(case["cost_inputs"], prices.to_dict())["cost"]
    orders = case["orders"].merge(case["products"], on="product")
    kept = orders["quantity"] - orders["returned"]
    margin = kept * (orders["unit_price"] - orders["unit_cost"])
    return margin.groupby(orders["customer"]).sum() - cost


@pytest.fixture(scope="module")
def ranked(profit):
    """Customers from the most profitable down."""
    return whale_curve(profit).curve


@pytest.fixture(scope="module")
def hours(case, revenue):
    spent = case["visits"].groupby("customer")["hours"].sum()
    return spent.reindex(revenue.index, fill_value=0.0)


def best(ranked):
    return ranked.index[: round(0.2 * len(ranked))]


def worst(ranked):
    return ranked.index[-round(0.3 * len(ranked)) :]


def monthly(frame, values):
    return values.groupby(frame["date"].dt.to_period("M")).sum()


# the whale


def test_the_best_fifth_brings_about_one_and_a_half_times_the_profit(ranked):
    assert 1.3 < ranked["cumulated"].loc[best(ranked)[-1]] < 1.7


def test_the_worst_three_tenths_eat_about_half_of_it(ranked):
    assert -0.6 < ranked["share"].loc[worst(ranked)].sum() < -0.4


def test_who_costs_most_mostly_does_not_fit(case, ranked):
    answers = case["traits"].set_index("customer")
    kind = trait_class(answers)
    bad = kind.reindex(worst(ranked)).dropna().isin(["limited", "trouble"]).mean()
    good = kind.reindex(best(ranked)).dropna().isin(["limited", "trouble"]).mean()
    assert bad > 0.6 and good < 0.2


def test_a_few_of_the_worst_look_good_on_the_card(case, ranked):
    kind = trait_class(case["traits"].set_index("customer")).reindex(worst(ranked))
    assert kind.isin(["strategic", "partner"]).sum() >= 3


def test_large_customers_are_among_the_worst(ranked, revenue):
    large = revenue.sort_values(ascending=False).index[: round(0.2 * len(revenue))]
    assert len(set(large) & set(worst(ranked))) >= 8


def test_profit_is_left_over(profit, revenue):
    assert 0.02 < profit.sum() / revenue.sum() < 0.06


# revenue and attention


def test_revenue_is_concentrated_but_not_eighty_twenty(revenue):
    assert 0.58 < top_share(revenue) < 0.75


def test_attention_does_not_follow_value(revenue, hours):
    moves = attention(hours, revenue)
    assert moves["move"].clip(lower=0).sum() > 0.4 * hours.sum()
    assert spearman(hours, revenue) < 0.15


def test_the_worst_customers_get_more_time_than_the_best(ranked, hours):
    assert hours.loc[worst(ranked)].sum() > 2 * hours.loc[best(ranked)].sum()


# seasons and life cycles


def test_one_product_sells_in_summer(case):
    sold = case["orders"].query("product == 'P09'")
    index = season(sold["date"], sold["amount"])["index"]
    assert index.loc[[6, 7, 8]].mean() > 2 * index.loc[[1, 2, 12]].mean()


def test_the_month_of_the_long_holiday_is_weak(case):
    orders = case["orders"]
    index = season(orders["date"], orders["amount"])["index"]
    assert index.idxmin() == 2


def test_where_each_product_stands_can_be_read_off_its_sales(case):
    orders = case["orders"]
    months = pd.period_range("2024-03", "2026-02", freq="M")
    found = {
        product: life_cycle(monthly(rows, rows["amount"]).reindex(months, fill_value=0), 12).stage
        for product, rows in orders.groupby("product")
    }
    assert found == case["products"].set_index("product")["life_cycle"].to_dict()
    assert set(found.values()) == {"exploration", "growth", "maturity", "decline"}


def test_who_tries_the_new_product_is_of_the_trying_kind(case):
    kinds = Kinds.load("life_cycle")
    kind = likeliest(case["traits"].set_index("customer")[list(kinds.signs)], kinds)["kind"]
    lines = case["orders"].query("product == 'P12'").groupby("customer").size()
    tried = kind.reindex(lines.index[lines > 1]).dropna()
    assert (tried == "exploration").mean() > 0.5 > 3 * (kind == "exploration").mean()


# activity and results


def test_visits_of_a_month_go_with_the_sales_of_the_next(case, customers):
    orders, visits = case["orders"], case["visits"]
    orders = orders[orders["customer"].map(customers["kind"]) != "dealer"]
    made = visits.groupby(visits["date"].dt.to_period("M")).size()
    # the first month began on a Monday the fourth
    table = lead_lag(made[1:].astype(float), monthly(orders, orders["amount"])[1:])
    assert table["correlation"].idxmax() == 1
    assert table.loc[1, "low"] > 0.3 > table["correlation"].drop(1).max()


def test_a_prepared_visit_brings_more(case):
    lists = case["visit_checklists"].merge(case["visits"], on="visit")
    grade = Scorecard.load("readiness").score(lists)["grade"]
    table = monotonicity(grade, lists["brought"] != "nothing")
    assert table["holds"].dropna().all()
    assert table.loc["ready", "low"] > table.loc["not_ready", "high"]


def test_two_people_have_the_same_year_one_steady_one_lucky(case, customers):
    orders = case["orders"]
    of_2025 = orders[orders["date"].dt.year == 2025]
    owner = of_2025["customer"].map(customers["owner"])
    year = {
        key: steadiness(rows["amount"], rows["date"].dt.month)
        for key, rows in of_2025.groupby(owner)
        if key in ("S21", "S22")
    }
    assert year["S22"]["total"] == pytest.approx(year["S21"]["total"], rel=0.001)
    assert year["S21"]["variation"] < 0.25 < 1 < year["S22"]["variation"]
    assert year["S21"]["largest"] < 0.05 < 0.35 < year["S22"]["largest"]


# customers


def test_unknown_answers_belong_to_customers_who_buy_less_and_later(case, customers, revenue):
    buyers = customers.query("status == 'buyer' and kind != 'dealer'")
    buyers = buyers[buyers.index > "C060"]  # key accounts are known
    unknown = buyers[["money", "authority", "need"]].isna().any(axis=1)
    bought = revenue.reindex(buyers.index)
    first = case["orders"].groupby("customer")["date"].min().reindex(buyers.index)
    assert unknown.sum() >= 20
    assert bought[unknown].median() < 0.7 * bought[~unknown].median()
    late = first > "2024-06-30"
    assert late[unknown].mean() > 2 * late[~unknown].mean()


def test_a_good_segment_is_worked_by_nobody(case, customers):
    segments = case["market_segments"].set_index("segment")
    card = Scorecard.load("market")
    score = card.score(segments)
    visits = case["visits"]
    spent = visits["hours"].groupby(visits["customer"].map(customers["segment"])).sum()
    each = (spent / customers["segment"].value_counts()).reindex(segments.index)
    assert score["score"].idxmax() == each.idxmin()
    assert score.loc[each.idxmin(), "grade"] == "A"
    assert each.min() < 0.2 * each.drop(each.idxmin()).min()


def test_an_account_in_decline_orders_less_from_quarter_to_quarter(case):
    rows = case["orders"].query("customer == 'C001'")
    quarters = rows["amount"].groupby(rows["date"].dt.to_period("Q")).sum()
    last = quarters["2025Q1":"2025Q4"]
    assert last.is_monotonic_decreasing and last.iloc[-1] < 0.5 * last.iloc[0]


def test_its_visits_turn_to_complaints_and_reach_fewer_deciders(case):
    visits = case["visits"].query("customer == 'C001'")
    later = visits["date"] >= "2025-05-01"
    high = visits["contact_level"].isin(["decider", "influencer"]).groupby(later).mean()
    trouble = (visits["aim"] == "complaint").groupby(later).mean()
    assert high[True] < high[False] and trouble[True] > trouble[False]


def test_some_customers_are_due_and_have_not_ordered(case, case_world):
    orders = case["orders"].rename(columns={"date": "day"})
    table = next_orders(orders, case_world("feed").today)
    assert 0.05 < table["overdue"].mean() < 0.6


def test_prices_below_the_floor_go_mostly_to_the_worst(case, ranked):
    orders = case["orders"].merge(case["products"], on="product")
    below = (orders["unit_price"] < orders["floor_price"]).groupby(orders["customer"]).mean()
    assert below.loc[worst(ranked)].mean() > 3 * below.loc[best(ranked)].mean()


def test_paid_prices_have_a_corridor_within_that_of_the_list(case):
    orders = case["orders"].merge(case["products"], on="product")
    table = price_corridor(orders["unit_price"], orders["product"])
    assert (table["high"] < orders["ceiling_price"]).all()
    assert table["place"].value_counts(normalize=True)["within"] > 0.75


# inquiries and the performance formula


def test_sources_differ_in_what_a_win_costs_and_who_comes(case):
    known = case["inquiries"].dropna(subset="won")
    table = cost_of_winning(known.assign(won=known["won"].astype(bool)), hour_cost=160)
    assert table["cost_per_won"].idxmin() == "referral"
    assert table.loc["fair", "cost_per_won"] > 5 * table.loc["referral", "cost_per_won"]
    assert table.loc["referral", "low"] > table.loc["cold_call", "high"]
    assert table["fit"].idxmax() == "referral" and table["fit"].idxmin() == "advert"
    # cold calls cost no money and most hours
    assert table.loc["cold_call", "money"] / table.loc["cold_call", "n"] == pytest.approx(
        (table["money"] / table["n"]).min()
    )
    assert table["hours_per_won"].idxmax() == "cold_call"


def factors(case, first, last):
    """The performance formula of those who came in a year."""
    came = case["inquiries"]["date"].between(first, last)
    leads = case["inquiries"][came]
    won = leads["customer"][leads["won"].eq(True)]
    orders = case["orders"]
    bought = orders[orders["customer"].isin(won) & orders["date"].between(first, last)]
    value = bought.groupby("order")["amount"].sum()
    return len(leads), len(won) / len(leads), value.mean(), len(value) / len(won)


def test_more_leads_came_and_fewer_became_customers(case):
    before = factors(case, "2024-03-04", "2025-03-02")
    after = factors(case, "2025-03-03", "2026-03-01")
    steps = waterfall(before, after)["effect"]
    assert steps["leads"] > 0 > steps["conversion"]
    change = performance(*after).result - performance(*before).result
    assert steps.sum() == pytest.approx(change, abs=0.02)


def test_lifting_the_conversion_back_pays_more_than_still_more_leads(case):
    before = factors(case, "2024-03-04", "2025-03-02")
    after = factors(case, "2025-03-03", "2026-03-01")
    reach = (after[0] * 1.1, before[1], *after[2:])
    table = best_lever(after, reach, hours=(400, 400, 1, 1))
    assert table.loc["conversion", "per_hour"] > table.loc["leads", "per_hour"]
