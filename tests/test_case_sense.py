"""The tables of the running case beside each other: nothing that could not have happened."""

import datetime

import pandas as pd
import pytest

DAY = pd.Timedelta(days=1)
# what somebody did, so that it was a working day: table -> columns
DONE_AT_WORK = {
    "batches": ["date"],
    "contacts": ["last_contact"],
    "deal_history": ["date"],
    "deals": ["created", "appointment", "entered", "last_contact", "closed", "next_step_date"],
    "duties": ["date"],
    "objections": ["date"],
    "prices": ["date"],
    "talks": ["date"],
    "trials": ["date"],
    "visits": ["date"],
}
OFFICE = ("order", "credit", "plan")


@pytest.fixture(scope="module", params=["feed", "parts"])
def case(request, case_world):
    """The tables by name, days as days."""
    world = case_world(request.param)
    tables = {}
    for name, rows in world.tables.items():
        table = pd.DataFrame(rows)
        for column in table:
            if table[column].map(type).isin([datetime.date, type(None)]).all():
                table[column] = pd.to_datetime(table[column])
        tables[name] = table
    return tables


@pytest.fixture(scope="module")
def customers(case):
    return case["customers"].set_index("customer")


@pytest.fixture(scope="module")
def deals(case):
    return case["deals"].set_index("deal")


@pytest.fixture(scope="module")
def joined(case):
    return case["salespeople"].set_index("salesperson")["joined"]


@pytest.fixture(scope="module")
def today():
    return pd.Timestamp("2026-03-02")


@pytest.mark.parametrize("name", DONE_AT_WORK)
def test_what_people_did_they_did_on_a_working_day(case, name):
    worked = case["calendar"].query("working")["date"]
    for column in DONE_AT_WORK[name]:
        days = case[name][column].dropna()
        assert days[~days.isin(worked)].tolist() == [], column


@pytest.mark.parametrize("festival", [("2025-01-28", "2025-02-04"), ("2026-02-16", "2026-02-23")])
def test_nothing_is_ordered_over_the_spring_festival(case, festival):
    assert case["orders"]["date"].between(*festival).sum() == 0


def test_a_deal_goes_through_its_days_in_their_order(deals, today):
    met = deals["appointment"].fillna(deals["entered"])
    for before, after in (
        (deals["created"], met),
        (met, deals["entered"]),
        (deals["entered"], deals["last_contact"]),
    ):
        assert (before <= after).all()
    assert (deals["last_contact"] < today).all()
    closed = deals["closed"].dropna()
    assert (closed == deals.loc[closed.index, "entered"]).all()
    assert (deals["expected_close"].dropna() > today).all()


def test_a_deal_stands_where_its_history_ends(case, deals):
    last = case["deal_history"].groupby("deal").last()
    pd.testing.assert_series_equal(last["stage"], deals["stage"])
    assert (last["date"] == deals["entered"]).all()
    assert (case["deal_history"].groupby("deal")["date"].diff().dropna() >= 0 * DAY).all()


def test_a_deal_is_made_by_whoever_looks_after_the_customer(case, deals, customers, joined):
    assert (deals["customer"].map(customers["owner"]) == deals["owner"]).all()
    assert (deals["customer"].map(customers["kind"]) != "dealer").all()
    assert (deals["owner"].map(joined) <= deals["created"]).all()


def test_a_deal_begins_with_a_customer_who_is_known_and_goods_that_exist(case, deals, customers):
    launched = case["products"].set_index("product")["launched"]
    assert (deals["customer"].map(customers["since"]) <= deals["created"]).all()
    assert (deals["product"].map(launched) <= deals["created"]).all()
    status = deals["customer"].map(customers["status"])
    assert (status[deals["stage"] == "contract"] == "buyer").all()
    assert (status[deals["stage"].isin(["p25", "p50", "p90"])] != "suspect").all()


def test_who_signed_a_contract_goes_on_to_buy_what_it_was_about(case, deals, today):
    signed = deals[(deals["stage"] == "contract") & (deals["closed"] <= today - 30 * DAY)]
    last = case["orders"].groupby(["customer", "product"])["date"].max()
    bought = last.reindex(pd.MultiIndex.from_frame(signed[["customer", "product"]])).to_numpy()
    assert (bought >= signed["closed"].to_numpy()).mean() > 0.97


def test_what_hangs_on_a_deal_happened_while_it_ran(case, deals, today):
    ended = deals["closed"].fillna(today)
    for name, first, last in (("objections", "date", "date"), ("product_trials", "began", "ended")):
        table = case[name]
        assert (table[first] >= table["deal"].map(deals["created"])).all(), name
        assert (table[last] <= table["deal"].map(ended)).all(), name
    trials = case["product_trials"]
    for column in ("customer", "product"):
        assert (trials[column] == trials["deal"].map(deals[column])).all()


def test_todays_list_is_what_the_deals_say(case, deals, today):
    listed = case["snapshots"].query("date == @today").set_index("deal")
    assert set(deals.index[deals["closed"].isna()]) <= set(listed.index)
    now = deals.loc[listed.index]
    for column in ("customer", "owner", "stage", "amount", "created", "entered", "next_step_zh"):
        pd.testing.assert_series_equal(listed[column], now[column], check_names=False)
    assert (now["closed"].dropna() >= today - 7 * DAY).all()


def test_a_visit_is_paid_by_who_looks_after_the_customer_and_works_here(case, customers, joined):
    visits = case["visits"]
    assert (visits["customer"].map(customers["owner"]) == visits["salesperson"]).all()
    assert (visits["salesperson"].map(joined) <= visits["date"]).all()


def test_nobody_calls_on_one_customer_twice_a_day_or_on_all_of_them_in_one(case):
    visits = case["visits"]
    assert not visits.duplicated(["date", "customer"]).any()
    assert visits.groupby(["salesperson", "date"])["hours"].sum().max() <= 8


def test_a_contact_reports_to_somebody_of_his_own_firm(case):
    contacts = case["contacts"].set_index("contact")
    under = contacts.dropna(subset="reports_to")
    assert (under["reports_to"].map(contacts["customer"]) == under["customer"]).all()
    assert (contacts["met"] == contacts["last_contact"].notna()).all()


def test_nobody_was_last_spoken_to_before_we_last_called(case):
    spoken = case["contacts"].groupby("customer")["last_contact"].max()
    called = case["visits"].groupby("customer")["date"].max().reindex(spoken.index).dropna()
    assert (spoken[called.index] >= called).all()


def test_nobody_complains_before_he_has_bought(case):
    complaints = case["complaints"]
    first = case["orders"].groupby("customer")["date"].min()
    assert (complaints["customer"].map(first) < complaints["opened"]).all()
    solved = complaints.dropna(subset="solved")
    assert (solved["opened"] <= solved["solved"]).all()


def test_who_buys_no_more_does_not_buy_again(case, today):
    last = case["orders"].groupby("customer")["date"].max()
    complaints = case["complaints"].dropna(subset="bought_again")
    later = complaints["customer"].map(last) - complaints["opened"]
    assert (later[complaints["bought_again"].astype(bool)] > 0 * DAY).all()
    assert (later[~complaints["bought_again"].astype(bool)] < 90 * DAY).all()


def test_a_dealer_is_the_same_in_his_file_and_on_the_list(case, customers):
    dealers = case["dealers"].set_index("dealer")
    listed = customers.loc[dealers.index]
    for column in ("name_zh", "name_en", "owner", "territory", "since"):
        assert dealers[column].tolist() == listed[column].tolist(), column


@pytest.mark.parametrize("name", ["shipments", "sell_out", "invoices", "receipts", "promotions"])
def test_no_dealer_trades_before_he_is_one(case, name):
    since = case["dealers"].set_index("dealer")["since"]
    assert (case[name]["date"] >= case[name]["dealer"].map(since)).all()


def test_no_dealer_paid_more_than_he_was_billed(case):
    billed = case["invoices"].groupby("dealer")["amount"].sum()
    paid = case["receipts"].groupby("dealer")["amount"].sum().reindex(billed.index, fill_value=0)
    assert (paid <= billed).all()


def test_an_inquiry_became_a_customer_no_later_than_he_was_listed(case, customers):
    won = case["inquiries"].dropna(subset="customer")
    known = won["customer"].map(customers["since"])
    assert (won["date"] <= known).all()
    buyers = won[won["won"].eq(True)]["customer"].map(customers["status"])
    assert (buyers == "buyer").all()


def test_whoever_approves_a_credit_sits_at_his_desk(case):
    steps = case["process_steps"]
    office = pd.to_datetime(steps.loc[steps["step"].isin(OFFICE), "started"])
    worked = case["calendar"].query("working")["date"]
    assert office.dt.normalize().isin(worked).all()
    assert office.dt.hour.between(8, 17).all()


@pytest.mark.parametrize(
    ("name", "column", "share"),
    [
        ("deals", "next_step", 0.05),
        ("deals", "lost_note", 0.15),
        ("objections", "said", 0.07),
        ("complaints", "words", 0.12),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_not_everybody_says_the_same(case, name, column, share, lang):
    texts = case[name][f"{column}_{lang}"].dropna()
    assert texts.value_counts().iloc[0] < share * len(texts)


def test_the_log_of_one_person_says_mostly_something_new(case):
    log = case["duties"].query("duty != 'other'")
    assert (
        log.groupby("salesperson")["entry_zh"].agg(lambda own: own.nunique() / len(own)).min() > 0.6
    )
