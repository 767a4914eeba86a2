"""What is built into the deals of the running case is found again by the kit's own methods."""

import re
import types

import pandas as pd
import pytest
from case_frames import frame

from coursekit import funnel, risk, scoring, screening, trials
from coursekit.making import deals

TODAY = pd.Timestamp("2026-03-02")
LADDER = funnel.Ladder.load()
STEPS = ("appointment", "p25", "p50", "p90")
TABLES = (
    *("deals", "deal_history", "gates", "objections", "deal_risks", "win_factors", "prospects"),
    *("snapshots",),
)


@pytest.fixture(scope="module", params=["feed", "parts"])
def case(request, case_world):
    world = case_world(request.param)
    listed = deals.funnel_list(
        world.tables["deals"], world.customers, world.salespeople, world.products, "zh"
    )
    history = frame(world, "deal_history").rename(columns={"deal": "deal_id"})
    gates = frame(world, "gates").set_index("deal").reindex(listed["deal_id"])
    return types.SimpleNamespace(
        world=world,
        deals=frame(world, "deals").set_index("deal"),
        listed=listed,
        open=funnel.is_open(listed["stage"]),
        history=history,
        evidence=gates.set_axis(listed.index).dropna(),
        norms=funnel.norms(listed, TODAY, LADDER, history),
        table=lambda name: frame(world, name),
    )


def diagnosis(case, person):
    mine = case.listed[case.listed["owner_id"] == person]
    return funnel.diagnose(mine, TODAY, LADDER, case.norms, history=case.history)


def ended(case):
    """Whether each closed deal was won, by deal."""
    closed = case.deals[case.deals["stage"].isin(funnel.CLOSED)]
    return closed["stage"] == funnel.WON


# --- the tables hold together ---------------------------------------------------------------


def test_every_rule_of_the_review_can_be_checked_on_the_list(case):
    assert funnel.rules_off(case.listed, LADDER, strict=True) == ()


def test_there_are_about_as_many_deals_as_24_people_can_have(case):
    assert 430 <= len(case.listed) <= 480
    assert 210 <= case.open.sum() <= 245


def test_the_last_entry_of_the_history_is_the_stage_of_the_list(case):
    last = funnel.snapshot(case.history, TODAY)
    listed = case.listed.set_index("deal_id")
    assert (last["stage"].reindex(listed.index) == listed["stage"]).all()
    assert (last["entered"].reindex(listed.index) == listed["entered"]).all()
    assert (last["created"].reindex(listed.index) == listed["created"]).all()


def test_no_stage_is_entered_backwards_or_tomorrow(case):
    day = case.history.groupby("deal_id")["date"]
    assert (day.diff().dropna() >= pd.Timedelta(0)).all()
    assert case.history["date"].max() < TODAY


def test_nothing_happens_on_a_weekend(case):
    for days in (case.history["date"], case.listed["next_step_date"].dropna()):
        assert (days.dt.day_of_week < 5).all()


def test_a_deal_lies_with_a_customer_of_its_owner(case):
    owner = {row["customer"]: row["owner"] for row in case.world.customers}
    assert (case.deals["customer"].map(owner) == case.deals["owner"]).all()


def test_only_buyers_have_contracts(case):
    status = {row["customer"]: row["status"] for row in case.world.customers}
    won = case.deals[case.deals["stage"] == "contract"]
    assert set(won["customer"].map(status)) == {"buyer"}


def test_the_skins_differ_in_words_and_money_only(case_world):
    feed, parts = case_world("feed"), case_world("parts")
    for name in TABLES:
        one, other = frame(feed, name), frame(parts, name)
        told = [c for c in one if c.endswith(("_zh", "_en")) or c == "amount"]
        pd.testing.assert_frame_equal(one.drop(columns=told), other.drop(columns=told))
    scale = parts.skin["price_scale"] / feed.skin["price_scale"]
    ratio = frame(parts, "deals")["amount"] / frame(feed, "deals")["amount"]
    assert ratio.between(0.98 * scale, 1.02 * scale).all()


def test_texts_stand_in_both_languages_and_are_filled_in(case):
    han = re.compile("[\u4e00-\u9fff]")
    for name in ("deals", "objections", "prospects", "snapshots"):
        table = case.table(name)
        for column in (c[:-3] for c in table if c.endswith("_zh")):
            zh, en = table[f"{column}_zh"].dropna(), table[f"{column}_en"].dropna()
            assert list(zh.index) == list(en.index)
            assert zh.map(lambda text: bool(han.search(text))).all()
            assert not en.map(lambda text: bool(han.search(text))).any()
            assert not (zh.str.contains(r"[{}]") | en.str.contains(r"[{}]")).any()


# --- truths ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ("S01", "drying_up"), ("S02", "sound"), ("S03", "hoarder"),
        ("S04", "closer"), ("S05", "one_deal"), ("S06", "dreamer"),
    ],
)  # fmt: skip
def test_the_six_portfolios_of_the_syllabus_are_six_people(case, person, kind):
    likeness = funnel.match_archetype(diagnosis(case, person))
    assert likeness.index[0] == kind
    assert likeness.iloc[0] == 1 > likeness.iloc[1]


def test_own_rates_differ_from_the_ladder(case):
    own = funnel.own_rates(case.history, LADDER)
    assert own.loc["p25", "low"] > LADDER.rate("p25")
    assert own.loc["p50", "high"] < LADDER.rate("p50")
    assert own.loc["p90", "high"] < LADDER.rate("p90")


def test_open_deals_are_older_than_any_that_ever_closed(case):
    old = screening.zombies(case.listed, TODAY)["old"] == True  # noqa: E712 None is neither
    assert old.sum() >= 18
    assert old[case.listed["owner_id"][old.index] == "S03"].sum() >= 4


def test_next_steps_have_passed_are_missing_or_say_keep_in_touch(case):
    reasons = funnel.review(case.listed, TODAY, LADDER)["reason"].value_counts()
    strict = funnel.review(case.listed, TODAY, LADDER, strict=True)
    assert reasons["no_next_step"] >= 20
    assert reasons["step_in_the_past"] >= 15
    assert (strict["reason"] == "not_strict_step").sum() >= 30
    assert case.listed["next_step"].eq("保持联系").sum() >= 3


def test_a_star_carries_a_region(case):
    region = {row["salesperson"]: row["region"] for row in case.world.salespeople}
    south = case.listed[case.listed["owner_id"].map(region) == "R2"]
    of_it = case.history[case.history["deal_id"].isin(south["deal_id"])]
    stars = funnel.problems(south, TODAY, LADDER, of_it).loc["stars"]
    won = south[south["stage"] == "contract"]
    money = won.groupby("owner_id")["amount"].sum()
    assert stars["value"] > 2 * stars["comparison"]
    assert money.idxmax() == "S07"
    assert money["S07"] > 0.5 * money.sum()


def test_more_customers_a_head_go_with_fewer_wins(case):
    users = pd.DataFrame(case.world.customers).query("kind != 'dealer'")
    carried = users["owner"].value_counts()
    won = case.deals[case.deals["stage"] == "contract"].groupby("owner")["customer"].nunique()
    won = won.reindex(carried.index, fill_value=0)
    few = ["S11", "S12"]
    low, _ = trials.newcombe(won[few].sum(), carried[few].sum(), won["S10"], carried["S10"])
    by_load = screening.rate_by_load(carried, won, [12, 30])
    assert carried["S10"] > 2 * carried[few].sum()
    assert won["S10"] < won[few].sum()
    assert low > 0
    assert by_load["rate"].iloc[2] < by_load["rate"].iloc[:2].min()


def test_late_objections_cost_deals_and_early_ones_do_not(case):
    won = ended(case)
    log = case.table("objections").rename(columns={"deal": "deal_id", "stage": "step"})
    met = log[log["deal_id"].isin(won.index)]
    late = met["step"].isin(["p50", "p90"])
    lost_late = 1 - won[met.loc[late, "deal_id"].unique()].mean()
    by_step = screening.objections_by_step(log, won, STEPS)
    usual = 1 - won.mean()
    assert lost_late > usual + 0.1
    assert by_step.loc["p50", "low"] > usual
    assert (by_step.loc[["appointment", "p25"], "low"] < usual).all()


def test_the_more_objections_the_more_deals_are_lost_however_well_answered(case):
    won = ended(case)
    log = case.table("objections").rename(columns={"deal": "deal_id"})
    rate = screening.objections_by_number(log, won)["rate"]
    answered = log.groupby("deal_id")["answered"].mean().reindex(won.index).dropna()
    assert rate[3] > rate[2] > rate[[0, 1]].max()
    assert abs(answered[won[answered.index]].mean() - answered[~won[answered.index]].mean()) < 0.1


def test_most_late_objections_could_have_been_prevented_by_an_earlier_step(case):
    log = case.table("objections").rename(columns={"stage": "step"})
    by_kind = log.groupby("kind")["prevented_by"].first()
    found = screening.preventable(log, by_kind, STEPS)
    late = log["step"].isin(["p50", "p90"])
    assert found.loc[late, "preventable"].mean() > 0.85


def test_two_equal_quarters_stand_on_unequal_funnels(case):
    quarters = [("2025-10-01", "2025-12-31"), ("2026-01-01", "2026-03-02")]
    amount = case.listed.set_index("deal_id")["amount"]
    of = {
        person: funnel.process(
            case.history[case.history["owner"] == person], quarters, LADDER, amount
        )
        for person in ("S08", "S09")
    }
    result, process = (of["S08"].columns[n] for n in (0, 1))
    for row in ("won", "won_amount"):
        assert of["S08"].loc[row, result] == of["S09"].loc[row, result] > 0
    for row in ("came", "open_end", "expected_amount"):
        assert of["S08"].loc[row, process] > 3 * of["S09"].loc[row, process]


def test_some_claim_50_percent_that_passes_the_gates_and_some_that_does_not(case):
    stage = case.listed["stage"].where(case.open)
    table = funnel.gate_standard(case.evidence, stage, LADDER, by=case.listed["owner_id"])
    assert table.loc["S20", "share"] == 1
    assert table.loc["S21", "share"] < 0.35
    assert table.loc["S21", "n"] >= 5


def test_deals_that_passed_the_gates_of_50_percent_were_won_more_often(case):
    reached = case.history[case.history["stage"] == "p50"]["deal_id"]
    rows = case.listed["deal_id"].isin(reached) & ~case.open
    shown = case.evidence.loc[case.evidence.index.intersection(case.listed.index[rows])]
    missing = funnel.missing_gates(shown, pd.Series("p50", shown.index), LADDER)
    won = case.listed["stage"][shown.index] == "contract"
    passed = missing.map(len) == 0
    low, _ = trials.newcombe(won[passed].sum(), passed.sum(), won[~passed].sum(), (~passed).sum())
    assert low > 0.3


def test_polite_deals_always_have_a_step_and_do_not_move(case):
    pace = funnel.plays_ball(case.listed, TODAY, case.norms.flow)
    polite = pace["polite"] & (case.listed["owner_id"][pace.index] == "S24")
    assert (polite & (pace["times"] > 2)).sum() >= 3
    assert "polite_steps" in diagnosis(case, "S24").codes


def test_careful_people_know_their_first_prospect_and_others_leave_gaps(case):
    forms = case.table("prospects").set_index("salesperson")
    gaps = {}
    for person, row in forms.iterrows():
        form = {column.removesuffix("_zh"): value for column, value in row.items()}
        gaps[person] = funnel.prospect_gaps(form, TODAY)
    assert all(not gaps[person] for person in ("S02", "S07", "S08", "S20"))
    assert sum(len(found) >= 4 for found in gaps.values()) >= 5
    assert sum(found.get("step_time") == "in_the_past" for found in gaps.values()) >= 2


def test_we_win_in_some_segments_and_against_some_rivals(case):
    by_segment = screening.win_rates(case.deals, "segment")["verdict"]
    by_rival = screening.win_rates(case.deals, "rival")["verdict"]
    assert by_segment["G1"] == "better"
    assert by_segment["G2"] == "worse"
    assert by_rival["V3"] == "better"
    assert by_rival["V1"] == "worse"


def test_large_orders_take_longer_and_more_people_decide(case):
    won = case.deals[case.deals["stage"] == "contract"]
    signs = won[["amount", "people"]].assign(
        cycle_days=(won["closed"] - won["appointment"]).dt.days
    )
    scale = case.world.skin["price_scale"]
    edges = {"amount": (130_000 * scale, 600_000 * scale), "cycle_days": (60, 95), "people": (3, 5)}
    days = signs["cycle_days"].groupby(won["size_class"]).median()
    assert days["large"] > 1.4 * days["medium"] > 1.8 * days["small"]
    assert (screening.order_class(signs, edges)["class"] == won["size_class"]).mean() > 0.9


def test_without_first_appointments_the_contracts_stay_away_a_cycle_later(case):
    came = funnel.movement(case.history, TODAY)
    hole = came["2025-05-26":"2025-07-14"]
    cycle = pd.Timedelta(days=case.norms.cycle_days)
    later = came[hole.index[0] + cycle : hole.index[-1] + cycle]
    usual = came["2025-03-24":"2025-05-19"]
    assert hole["came"].sum() == 0
    assert usual["came"].mean() > 4
    assert later["won"].mean() < 0.4 * came["won"]["2025-04-14":"2025-07-14"].mean()


def test_two_deals_of_one_amount_carry_unlike_risk(case):
    judged = case.table("deal_risks").rename(columns={"deal": "deal"})
    amount = case.deals["amount"].reindex(judged["deal"].unique()).astype(float)
    loss = risk.expected_loss(judged, amount)
    mine = case.deals.loc[loss.index, "owner"] == "S07"
    top = loss[mine].nlargest(2, "amount")
    assert top["amount"].nunique() == 1
    assert top["share"].max() > 5 * top["share"].min()


def test_won_deals_had_more_of_the_four_ways_to_win(case):
    table = case.table("win_factors").set_index("deal")
    score = scoring.Scorecard.load("win_factors").score(table)["score"]
    won = ended(case)
    won = won[won.index.isin(score.index)]
    assert score[won.index[won]].median() > score[won.index[~won]].median() + 20


def test_two_lists_run_dry_before_it_shows_in_the_contracts(case):
    warned = funnel.early_warnings(case.listed, TODAY, LADDER, case.norms, history=case.history)
    dry = set(warned.loc[warned["code"] == "no_new_blood", "owner"])
    names = {row["salesperson"]: row["name_zh"] for row in case.world.salespeople}
    assert {names["S01"], names["S04"]} <= dry
    assert names["S02"] not in dry


# --- twelve weekly lists --------------------------------------------------------------------


def week(case, day):
    table = case.table("snapshots").rename(columns={"deal": "deal_id", "next_step_zh": "next_step"})
    return table[table["date"] == day]


def test_there_are_twelve_weekly_lists_and_the_last_is_todays(case):
    days = case.table("snapshots")["date"].unique()
    today = week(case, TODAY)
    standing = today[funnel.is_open(today["stage"])].set_index("deal_id")
    listed = case.listed[case.open].set_index("deal_id")
    assert len(days) == 12
    assert sorted(standing.index) == sorted(listed.index)
    for column in ("stage", "amount", "next_step_date", "expected_close"):
        pd.testing.assert_series_equal(
            standing[column].sort_index(), listed[column].sort_index(), check_dtype=False
        )


def test_between_the_lists_deals_move_slip_grow_and_are_taken_off(case):
    before, after = week(case, "2026-01-26"), week(case, TODAY)
    found = funnel.changes(before, after, "2026-01-26", TODAY, LADDER)
    for kind in ("moved_up", "slipped", "new", "won", "vanished"):
        assert found[kind]["n"] >= 3, kind
    assert found["grew"]["n"] + found["shrank"]["n"] >= 3
    assert found["moved_down"]["n"] == 0


def test_a_loss_is_sometimes_taken_off_the_list_before_it_is_called_one(case):
    lists = case.table("snapshots")
    seen = lists.groupby("deal")["date"].agg(["min", "max", "size"])
    weeks = (seen["max"] - seen["min"]).dt.days // 7 + 1
    assert (weeks > seen["size"]).sum() >= 3
