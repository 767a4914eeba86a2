"""Figures of the running case: their numbers on small tables, and that each can be drawn."""

import matplotlib.figure
import pandas as pd
import pytest

from coursekit import terms
from coursekit.case import Case
from coursekit.case.value import profit
from coursekit.plots import case_accounts, case_customers, case_dealers, case_deals, theme

TODAY = pd.Timestamp("2026-03-02")


def day(text):
    return pd.Timestamp(f"2025-{text}")


def test_the_whale_says_who_earns_and_who_loses():
    numbers = case_customers.whale_numbers(pd.Series([60.0, 50.0, -10.0]))
    assert (numbers["peak"], numbers["total"], numbers["lost"]) == (110, 100, 10)
    assert (numbers["n_earn"], numbers["n_lose"], numbers["share"]) == (2, 1, 1.1)


def test_months_leave_out_those_that_are_not_whole():
    orders = pd.DataFrame(
        {
            "date": [day("01-20"), day("02-10"), day("03-10"), day("04-01")],
            "product": ["P1"] * 4,
            "amount": [900, 10, 30, 900],
        }
    )
    products = pd.DataFrame({"product": ["P1"], "line_name": ["Feed"]})
    numbers = case_customers.months_numbers(orders, products)
    assert numbers["lines"] == {"Feed": [10, 30]}
    assert (numbers["low"], numbers["high"]) == ("2025-02", "2025-03")


def test_a_next_step_is_to_come_gone_by_without_a_day_or_absent():
    deals = pd.DataFrame(
        {
            "stage": ["p25", "p25", "p50", "p50", "contract"],
            "next_step": ["call", "call", "keep in touch", None, None],
            "next_step_date": [TODAY, TODAY - pd.Timedelta(days=1), pd.NaT, pd.NaT, pd.NaT],
        }
    )
    numbers = case_deals.steps_numbers(deals, TODAY)
    assert [numbers[f"n_{state}"] for state in case_deals.STATES] == [1, 1, 1, 1]
    assert numbers["counts"]["p50"] == {"dated": 0, "past": 0, "undated": 1, "none": 1}


def test_the_one_with_most_customers_is_set_against_all_others():
    customers = pd.DataFrame({"owner": ["S1"] * 3 + ["S2"]})
    stages = ["contract"] + ["lost"] * 4 + ["contract"] * 3 + ["lost"] * 2
    deals = pd.DataFrame({"owner": ["S1"] * 5 + ["S2"] * 5, "stage": stages})
    numbers = case_deals.people_numbers(customers, deals)
    assert (numbers["most"], numbers["customers"]) == ("S1", 3)
    assert (numbers["won"], numbers["others"]) == (0.2, 0.6)


def test_a_decline_counts_whole_quarters_only():
    orders = pd.DataFrame(
        {
            "date": [day("01-10"), day("04-10"), day("07-10"), day("10-10")],
            "customer": "C1",
            "amount": [50, 100, 80, 40],
        }
    )
    numbers = case_accounts.decline_numbers(orders, "C1", TODAY)
    assert list(numbers["quarters"]) == ["2025 Q2", "2025 Q3", "2025 Q4"]
    assert numbers["fall"] == 0.6


def test_what_is_bought_when_a_quarter_ends_is_measured_by_the_month_after():
    bought = pd.DataFrame(
        {
            "date": [day("03-20"), day("04-10"), day("05-01")],
            "dealer": "C1",
            "quantity": [30, 10, 1],
        }
    )
    numbers = case_dealers.loading_numbers(bought, bought, ["C1"])
    assert numbers["bought"] == {"C1": [30, 10]}
    assert numbers["peak_C1"] == 3


def test_a_find_counts_where_the_buyer_has_another_territory():
    batches = pd.DataFrame(
        {"batch": ["a", "a", "b"], "territory": ["T1", "T2", "T2"], "quantity": 1}
    )
    shipments = pd.DataFrame({"batch": ["a", "b"], "dealer": ["C1", "C2"]})
    dealers = pd.DataFrame({"dealer": ["C1", "C2"], "territory": ["T1", "T2"]})
    names = pd.Series({"C1": "One", "C2": "Two"})
    numbers = case_dealers.found_numbers(batches, shipments, dealers, names)
    assert (numbers["n"], numbers["n_out"], numbers["dealers"]) == (3, 1, {"One": 1})


@pytest.fixture(scope="module", params=terms.LANGS)
def drawn(request):
    """Every figure of the case in one language, with its numbers."""
    lang = request.param
    case = Case.load(lang=lang)
    names = case.customers.set_index("customer")["name"]
    people = case.salespeople.set_index("salesperson")["name"]
    earned = profit(case)["profit"]
    found = (case.batches, case.shipments, case.dealers, names)
    goods = (case.shipments, case.sell_out, ("C085", "C091"))
    answers = (case.account_answers, case.today)
    held = case_deals.people_numbers(case.customers, case.deals)
    fallen = case_accounts.decline_numbers(case.orders, "C001", case.today)
    return lang, [
        (case_customers.whale(earned, lang), case_customers.whale_numbers(earned)),
        (
            case_customers.months(case.orders, case.products, lang),
            case_customers.months_numbers(case.orders, case.products),
        ),
        (
            case_deals.steps(case.deals, case.today, lang),
            case_deals.steps_numbers(case.deals, case.today),
        ),
        (
            case_deals.people(case.customers, case.deals, people, lang),
            {**held, "most": people[held["most"]]},
        ),
        (
            case_accounts.quadrants(*answers, names, ("C001", "C002"), lang),
            case_accounts.quadrants_numbers(*answers),
        ),
        (
            case_accounts.decline(case.orders, "C001", names["C001"], case.today, lang),
            {**fallen, "name": names["C001"]},
        ),
        (case_dealers.loading(*goods, names, lang), case_dealers.loading_numbers(*goods)),
        (case_dealers.found(*found, lang), case_dealers.found_numbers(*found)),
    ]


def test_every_figure_is_drawn_and_told(drawn):
    lang, figures = drawn
    for figure, numbers in figures:
        assert isinstance(figure, matplotlib.figure.Figure)
        assert theme.image(figure).startswith(b"\x89PNG")  # a missing glyph would be a warning
        sentence = terms.say(numbers["alt"], lang, **numbers)
        assert len(sentence) > 30 and "{" not in sentence
