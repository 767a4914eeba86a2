"""Every trainee's part of the case: rich enough for every exercise, and about equally hard."""

import numpy as np
import pandas as pd
import pytest

from coursekit import checkup, funnel, tables
from coursekit.case import Case, territory
from coursekit.classes import abcd, man_case
from coursekit.funnel.courtesy import is_courtesy
from coursekit.making import channel_cast as cast
from coursekit.scoring import Scorecard

TRAINEES = [f"spring/t{number}" for number in range(500)]


@pytest.fixture(scope="module")
def case():
    return Case.load()


@pytest.fixture(scope="module")
def mine(case):
    return case.slice("t1", "spring")


@pytest.fixture(scope="module")
def parts(case):
    return [territory.choose(case.pool, key) for key in TRAINEES]


@pytest.fixture(scope="module")
def customers(parts, case):
    """One row per trainee and customer, with what is known of him."""
    rows = [(n, key) for n, part in enumerate(parts) for key in sorted(part["customers"])]
    found = pd.DataFrame(rows, columns=["part", "customer"])
    return found.merge(case.customers, on="customer").merge(
        case.pool.customers, left_on="customer", right_index=True
    )


@pytest.fixture(scope="module")
def deals(parts, case):
    """One row per trainee and deal."""
    rows = [(n, key) for n, part in enumerate(parts) for key in sorted(part["deals"])]
    return pd.DataFrame(rows, columns=["part", "deal_id"]).merge(case.deals, on="deal_id")


def per_part(frame, mask):
    return mask.groupby(frame["part"]).sum()


def test_a_part_is_the_same_again_and_another_for_another_trainee_or_course(case):
    first, again = case.slice("t1", "spring"), case.slice("t1", "spring")
    pd.testing.assert_frame_equal(first.deals, again.deals)
    assert not first.deals.equals(case.slice("t2", "spring").deals)
    assert not first.deals.equals(case.slice("t1", "autumn").deals)


def test_a_part_is_the_same_in_every_language(case, mine):
    for lang in ("en", None):
        other = Case.load(lang=lang).slice("t1", "spring")
        assert set(other.deals["deal_id"]) == set(mine.deals["deal_id"])
        assert set(other.customers["customer"]) == set(mine.customers["customer"])


def test_every_part_has_30_to_40_customers_and_12_to_20_open_deals(customers, deals):
    assert customers.groupby("part").size().between(30, 40).all()
    assert per_part(deals, funnel.is_open(deals["stage"])).between(12, 20).all()


@pytest.mark.parametrize("stage", ["opportunity", "appointment", "p25", "p50", "p90"])
def test_every_part_has_deals_of_every_stage(deals, stage):
    assert per_part(deals, deals["stage"] == stage).ge(2).all()


def test_every_part_has_deals_that_were_won_and_lost(deals):
    assert per_part(deals, deals["stage"] == "contract").ge(2).all()
    assert per_part(deals, deals["stage"] == "lost").ge(2).all()


def test_every_part_has_missing_and_past_next_steps_and_courtesies(case, deals):
    is_open = funnel.is_open(deals["stage"])
    written = deals["next_step"].fillna("")
    courtesy = written.map({text: is_courtesy(text) for text in set(written)})
    assert per_part(deals, is_open & deals["next_step"].isna()).ge(1).all()
    assert per_part(deals, is_open & (deals["next_step_date"] < case.today)).ge(2).all()
    assert per_part(deals, is_open & courtesy).ge(1).all()


def test_every_part_has_customers_of_each_class_and_answers_that_nobody_knows(case, customers):
    card = Scorecard.load("man")
    whole = case.customers.set_index("customer")
    answers = whole[["money", "authority", "need"]].fillna("unknown")
    close = case.deals.groupby("customer")["expected_close"].min().reindex(whole.index)
    class_of = abcd(man_case(answers, card)["case"], close, case.today)["class"]
    found = customers.assign(grade=customers["customer"].map(class_of))
    counts = found.groupby(["part", "grade"]).size().unstack(fill_value=0)
    assert counts[["A", "B", "C", "D"]].ge(1).all().all()
    assert found.groupby("part")["unknown"].sum().ge(3).all()


def test_every_part_has_key_accounts_two_of_them_with_a_plan(case, customers):
    key = customers["group"].isin(["key", "planned"])
    assert per_part(customers, key).ge(2).all()
    planned = customers["customer"].isin(case.partnership["customer"])
    assert per_part(customers, planned).ge(2).all()


@pytest.mark.parametrize("sin", ["diversion", "undercutting", "loading", "credit"])
def test_every_part_has_a_dealer_who_does_it_and_one_who_only_looks_like_it(parts, sin):
    guilty, innocent = map(set, cast.PARTS[sin])
    assert all(part["dealers"] & guilty and part["dealers"] & innocent for part in parts)


@pytest.mark.parametrize("status", ["suspect", "prospect", "buyer"])
def test_every_part_has_customers_of_every_status(customers, status):
    assert per_part(customers, customers["status"] == status).ge(2).all()


def test_the_parts_differ(parts):
    assert len({frozenset(part["deals"]) for part in parts}) == len(parts)


def test_parts_are_about_equally_hard(case, parts):
    """Nine of ten parts lie within a quarter of the middle in every figure of money."""
    for name, values in territory.figures(case.pool, parts).items():
        if name in ("listed", "shown", "sales", "dealer_sales"):
            low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
            assert middle * 0.75 < low and high < middle * 1.25, name


def test_a_part_holds_nothing_about_others(case, mine):
    own = set(mine.customers["customer"])
    for name, links in case.links.items():
        for column, table in links.items():
            if table in ("customers", "dealers", "deals", "contacts"):
                known = set(mine.tables[table][case.keys[table]])
                assert set(mine.tables[name][column].dropna()) <= known, (name, column)
    assert set(mine.orders["customer"]) <= own
    assert len(mine.orders) > 100 and len(mine.contacts) > 5 and len(mine.snapshots) > 50


def test_what_is_about_nobody_comes_whole(case, mine):
    for name in ("products", "territories", "salespeople", "calendar", "rivals", "market"):
        pd.testing.assert_frame_equal(mine.tables[name], case.tables[name])


def test_the_funnels_methods_take_the_deals_as_they_are(case, mine):
    ladder = funnel.Ladder.load()
    for one in (case, mine):
        review = funnel.review(one.deals, one.today, ladder)
        assert {"no_next_step", "step_in_the_past"} <= set(review["reason"])
        assert not review["claimed"].isna().any()
    norms = funnel.norms(case.deals, case.today, ladder, case.deal_history)
    found = funnel.diagnose(mine.deals, mine.today, ladder, norms, history=mine.deal_history)
    assert found.findings


def test_a_list_with_names_is_one_that_a_check_up_reads(mine, tmp_path):
    listed = mine.named("deals")
    listed.to_csv(tmp_path / "deals.csv", index=False, encoding="utf-8-sig")
    table = tables.read(tmp_path / "deals.csv", "deals")
    facts = checkup.facts(table, funnel.Ladder.load(), mine.today)
    assert facts["counts"]["dropped"] == 0
    assert facts["team"]["n_open"] == 17
    assert set(table.frame["customer"]) <= set(mine.customers["name"])
    assert set(listed["owner_id"]) == set(mine.deals["owner"])


def test_names_in_both_languages_stand_beside_the_key():
    both = Case.load(lang=None)
    first = both.named("deals").iloc[0]
    assert first["customer"].startswith("C")
    assert first["customer_en"].isascii() and not first["customer_zh"].isascii()
