"""What is built into the key accounts of the running case is found again by the kit's methods."""

import types

import pandas as pd
import pytest
from case_frames import frame

from coursekit import accounts, relations, scoring, talk, trials

TODAY = pd.Timestamp("2026-03-02")
DECLINING, WEAK = "C001", "C002"
CARDS = ("attractiveness", "relationship", "winnable")
THREE = ["low", "likely", "high"]


@pytest.fixture(scope="module", params=["feed", "parts"])
def case(request, case_world):
    world = case_world(request.param)
    contacts = frame(world, "contacts")
    return types.SimpleNamespace(
        world=world,
        accounts=frame(world, "accounts").set_index("customer"),
        contacts=contacts.rename(
            columns={"customer": "account", "contact": "person", "owner": "ours"}
        ),
        table=lambda name: frame(world, name),
    )


def cards(case, date):
    """Scores of the three cards of one date, by account."""
    given = case.table("account_answers")
    given = given[given["date"] == date].set_index("customer")
    return {card: scoring.Scorecard.load(card).score(given) for card in CARDS}


def matrices(case):
    """The account matrix a year ago and today."""
    days = sorted(case.table("account_answers")["date"].unique())
    found = [cards(case, day) for day in days]
    return [
        accounts.matrix(one["attractiveness"]["score"], one["relationship"]["score"])
        for one in found
    ]


def orders(case):
    rows = case.table("orders").rename(columns={"customer": "account"})
    return rows[rows["account"].isin(case.accounts.index)]


def of(case, account):
    return case.contacts[case.contacts["account"] == account]


# --- the tables hold together ---------------------------------------------------------------


def test_the_sixty_accounts_are_those_of_the_list_and_belong_to_no_dealer(case):
    kinds = {row["customer"]: row["kind"] for row in case.world.customers}
    assert list(case.accounts.index) == [f"C{n:03d}" for n in range(1, 61)]
    assert not (case.accounts.index.to_series().map(kinds) == "dealer").any()


def test_what_an_account_buys_of_us_is_what_its_orders_say(case):
    rows = orders(case)
    year = rows[rows["date"] >= TODAY - pd.Timedelta(days=364)]
    money = ((year["quantity"] - year["returned"]) * year["unit_price"]).groupby(year["account"])
    bought = money.sum().reindex(case.accounts.index, fill_value=0)
    assert (bought == case.accounts["ours"]).all()


def test_a_contact_reports_to_someone_of_his_own_account(case):
    people = case.contacts.set_index("person")
    below = people.dropna(subset="reports_to")
    above = people["account"].reindex(below["reports_to"])
    assert (above.to_numpy() == below["account"].to_numpy()).all()


def test_nobody_was_spoken_to_after_he_had_left(case):
    gone = case.contacts.dropna(subset="left")
    assert (gone["last_contact"] <= gone["left"]).all()


def test_the_skins_differ_in_words_and_money_only(case_world):
    feed, parts = case_world("feed"), case_world("parts")
    for name in ("contacts", "account_answers", "promises", "product_trials", "talks"):
        one, other = frame(feed, name), frame(parts, name)
        told = [column for column in one if column.endswith(("_zh", "_en"))]
        pd.testing.assert_frame_equal(one.drop(columns=told), other.drop(columns=told))


def test_what_the_deals_say_of_an_account_fits_what_its_contacts_say(case):
    deals = case.table("deals")
    spoken = case.contacts.groupby("account")["last_contact"].max()
    open_at = {
        account: deals[(deals["customer"] == account) & deals["closed"].isna()]
        for account in (DECLINING, WEAK)
    }
    lost = deals[(deals["customer"] == DECLINING) & (deals["lost_reason"] == "person_left")]
    assert open_at[DECLINING].empty
    assert lost["closed"].max() < spoken[DECLINING]
    assert list(open_at[WEAK]["stage"]) == ["p25"]
    assert open_at[WEAK]["next_step_zh"].isna().all()


# --- truths ---------------------------------------------------------------------------------


def test_the_declining_account_gives_early_signals(case):
    complaints = case.table("complaints").rename(columns={"customer": "account"})
    found, off = accounts.early_warnings(
        case.accounts.index,
        TODAY,
        orders=orders(case)[["account", "date", "amount", "product"]],
        contacts=case.contacts,
        complaints=complaints,
    )
    signals = found.groupby("account")["code"].agg(set)
    assert off == ()
    assert {"key_person_left", "orders_down", "silent", "no_complaint"} <= signals[DECLINING]
    assert signals.map(len).idxmax() == DECLINING
    assert (signals.map(len) >= 3).sum() <= 8
    assert (found["code"] == "key_person_left").sum() == 1


def test_the_signals_came_before_the_year_showed_it(case):
    found, _ = accounts.early_warnings(
        [DECLINING],
        "2025-12-15",
        orders=orders(case)[["account", "date", "amount", "product"]],
        contacts=case.contacts,
    )
    assert {"key_person_left", "orders_down"} <= set(found["code"])


def test_the_declining_account_was_key_a_year_ago(case):
    before, after = matrices(case)
    moved = accounts.movement(before, after).loc[DECLINING]
    assert (moved["was"], moved["is"], moved["move"]) == ("key", "target", "moved")
    assert moved["attractiveness"] == 0 > moved["relationship"]


def test_the_declining_account_is_attacked_by_a_rival(case):
    today = case.table("account_answers")["date"].max()
    a = case.accounts
    table = pd.DataFrame(
        {
            "revenue": a["ours"],
            "revenue_before": a["ours_before"],
            "grade": cards(case, today)["relationship"]["grade"],
            "wallet": a["ours"] / a["wallet"],
            "range": a["range_share"],
            "wallet_before": a["share_before"],
        }
    )
    found = relations.relationship_state(table)
    assert found.loc[DECLINING, "state"] == "defensive"
    assert found.loc[DECLINING, "detail"] == "attacked"
    assert set(found["state"]) == set(relations.STATES)


def test_the_partner_sees_the_declining_account_otherwise_than_we_do(case):
    views = case.table("partnership").query("customer == @DECLINING").set_index("point")
    _, summary = accounts.partnership(views["ours"], views["theirs"])
    assert summary["ours"] > summary["theirs"] + 20
    assert summary["apart"] >= 3


def test_for_the_declining_account_nobody_answers_for_complaints(case):
    plan = case.table("promises").rename(columns={"person_zh": "person"})
    bad, _ = accounts.responsibilities(plan[plan["customer"] == DECLINING])
    good, _ = accounts.responsibilities(plan[plan["customer"] == "C003"])
    assert bad.loc["complaint", "gaps"] == ("nobody_answers",)
    assert bad.loc["delivery", "gaps"] == ("several_answer",)
    assert not any(good["gaps"])


def test_an_attractive_account_has_a_weak_relation(case):
    for place in matrices(case):
        assert place.loc[WEAK, "quadrant"] == "target"
        assert not place.loc[WEAK, "near"]
    gaps = accounts.coverage(case.contacts, TODAY).loc[WEAK, "gaps"]
    assert {"no_top", "one_person", "one_of_ours"} <= set(gaps)


def test_of_the_weak_relation_the_decider_is_neither_met_nor_known(case):
    _, summary = accounts.decision_chain(of(case, WEAK))
    assert {"decider_not_met", "decider_unknown", "no_coach"} <= set(summary["gaps"])
    assert summary["known"] < 0.4
    people = case.contacts.set_index("person")
    assert people.loc[summary["next"], "role"] == "decider"


def test_at_the_weak_relation_we_are_ahead_where_it_counts(case):
    rows = case.table("rival_scores").query("customer == @WEAK").set_index("criterion")
    names = ["ours", "V1", "V2", "V3", "V4"]
    criteria, totals = accounts.rivals(rows["weight"], rows[names], "ours")
    assert totals.index[0] == "ours"
    assert list(criteria.loc[["quality", "technical"], "place"]) == ["ahead", "ahead"]


def test_the_weak_relation_offers_more_than_most(case):
    a = case.accounts
    wallet = a[["wallet_low", "wallet", "wallet_high"]].set_axis(THREE, axis=1)
    part = a[["part_low", "part", "part_high"]].set_axis(THREE, axis=1)
    each, _ = accounts.winnable(a["ours"], wallet, part)
    assert each["mean"].rank(pct=True)[WEAK] > 0.7


def test_all_four_quadrants_are_filled(case):
    counts = matrices(case)[1]["quadrant"].value_counts()
    assert set(counts.index) == set(accounts.QUADRANTS)
    assert counts.min() >= 5


def test_losing_one_account_would_hurt_the_year_badly(case):
    a = case.accounts
    result = 0.4 * a["margin"].sum()
    found = accounts.loss_test(
        pd.DataFrame({"margin": a["margin"], "saved": a["saved"], "chance": a["chance_lost"]}),
        result,
    )
    assert 1 <= found["key"].sum() <= 6
    assert DECLINING in found["expected"].nlargest(2).index


def test_some_accounts_cost_more_than_they_bring(case):
    prices = case.table("account_prices").set_index("activity")["price"]
    cost = accounts.account_cost(case.table("account_inputs"), prices.to_dict())
    buys = case.accounts[case.accounts["ours"] > 0]
    table = pd.DataFrame(
        {"revenue": buys["ours"], "margin": buys["margin"], "cost": cost["cost"]}
    ).dropna()
    left = accounts.profit_after(table)
    assert 4 <= (left["profit"] < 0).sum() <= 20
    assert (left["rank_after"] != left["rank"]).sum() >= 20


def test_satisfaction_and_profit_do_not_say_the_same(case):
    a = case.accounts
    _, together = accounts.satisfaction_and_profit(a["satisfaction"], a["margin"])
    assert 0 < together < 0.7


def test_trials_that_the_customer_kept_himself_sell(case):
    table = case.table("product_trials").merge(case.table("deals")[["deal", "stage"]], on="deal")
    closed = table[table["stage"].isin(["contract", "lost"])]
    won = (closed["stage"] == "contract").groupby(closed["kept_by_customer"]).agg(["sum", "size"])
    low, _ = trials.newcombe(*won.loc[True], *won.loc[False])
    assert low > 0.2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_talks_in_which_the_seller_asks_end_with_a_step(case, lang):
    turns = case.table("transcripts").rename(columns={f"text_{lang}": "text"})
    talks = case.table("talks").set_index("talk")
    found = pd.DataFrame(
        {name: talk.measures(own) for name, own in turns.groupby("talk")}
    ).T.astype({"seller_share": float, "questions": int})
    agreed = talks["outcome"] == "step_agreed"
    assert len(talks) >= 10
    assert found.loc[agreed, "questions"].min() >= 2
    assert found.loc[agreed, "questions"].mean() > 2 * found.loc[~agreed, "questions"].mean()
    assert found.loc[agreed, "seller_share"].mean() < found.loc[~agreed, "seller_share"].mean()


def test_the_price_is_once_argued_about_and_once_prevented(case):
    codes = case.table("talks").set_index("code")
    turns = case.table("transcripts").rename(columns={"text_zh": "text"})
    first = {code: turns[turns["talk"] == codes.loc[code, "talk"]].iloc[0] for code in codes.index}
    assert codes.loc["argues_price", "outcome"] == "lost"
    assert first["argues_price"]["speaker"] == "customer"
    assert codes.loc["prevents_price", "outcome"] == "step_agreed"
    assert first["prevents_price"]["speaker"] == "seller"
