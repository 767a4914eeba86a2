import dataclasses
import datetime
import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import checkup, terms
from coursekit.errors import InputError
from coursekit.funnel import Ladder
from coursekit.tables import Dropped, Mapping, Note, Table

LADDER = Ladder.load()
TODAY = "2026-03-02"


def read(frame, dropped=(), notes=(), mapping=None):
    """A frame as `tables.read` would give it."""
    return Table(frame, dropped, notes, mapping or Mapping())


def table(*deals, **more):
    """A table of deals given as dicts; what a dict lacks is blank, rows count from 2."""
    frame = pd.DataFrame(list(deals), index=range(2, 2 + len(deals)))
    for column in ("next_step_date", "expected_close", "created", "closed", "last_contact"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column])
    return read(frame, **more)


def deal(stage="p50", amount=100.0, owner="Li", **more):
    return {"stage": stage, "amount": amount, "owner": owner, **more}


def facts(*deals, **options):
    return checkup.facts(table(*deals), LADDER, TODAY, **options)


def team(*deals, **options):
    return facts(*deals, **options)["team"]


def closed_deals(n=20, days=90):
    created = pd.Timestamp("2025-01-01")
    return [
        deal("contract", created=created, closed=created + pd.Timedelta(days=days), next_step="-")
        for _ in range(n)
    ]


# totals


def test_listed_and_shown_stand_side_by_side():
    part = team(
        deal("p25", 200, next_step="call"),
        deal("p90", 400, next_step=""),
        deal("contract", 50, next_step=""),
        deal("lost", 70, next_step=""),
    )
    assert part["listed"] == 410  # 200 x .25 + 400 x .9; the contract is no open deal
    assert part["shown"] == 50
    assert part["open_amount"] == 600
    assert (part["n_open"], part["n_won"], part["n_lost"], part["won"]) == (2, 1, 1, 50)
    assert part["reasons"] == [{"code": "no_next_step", "n": 1, "lost": 360}]


def test_every_stage_has_what_is_claimed_and_what_is_left():
    part = team(deal("p25", 200, next_step="call"), deal("p90", 400, next_step=""))
    stages = {row["code"]: row for row in part["stages"]}
    assert list(stages) == ["opportunity", "appointment", "p25", "p50", "p90"]
    assert (stages["p90"]["n_claimed"], stages["p90"]["n_effective"]) == (1, 0)
    assert (stages["p90"]["listed"], stages["p90"]["shown"]) == (360, 0)
    assert stages["opportunity"]["n_effective"] == 1
    assert stages["opportunity"]["amount_effective"] == 400


def test_a_deal_of_unknown_stage_is_open_and_counts_nothing():
    part = team(deal(None, 100), deal("p50", 100))
    assert (part["n_open"], part["listed"]) == (2, 50)
    assert part["stages"][-1] == {
        "code": "unknown",
        "n_claimed": 1,
        "n_effective": 1,
        "amount_claimed": 100,
        "amount_effective": 100,
        "listed": 0,
        "shown": 0,
    }


def test_an_open_deal_without_amount_is_counted_and_not_valued():
    part = team(deal("p50", None), deal("p50", 100))
    assert (part["n_open"], part["n_without_amount"], part["listed"]) == (2, 1, 50)
    assert [entry["amount"] for entry in part["deals"]] == [100, None]


def test_a_file_without_amounts_still_counts():
    found = facts({"stage": "p50", "owner": "Li"})
    assert found["team"]["n_without_amount"] == 1
    assert {"rule": "amount", "code": "no_column"} in found["unchecked"]


def test_the_deals_that_lose_most_come_first():
    part = team(
        deal("p25", 900, next_step="call"),
        deal("p25", 400, next_step=""),
        deal("p90", 400, next_step=""),
    )
    assert [entry["row"] for entry in part["deals"]] == [4, 3, 2]


def test_a_list_without_open_deals_is_no_accident():
    part = team(deal("contract", 50), target=100)
    assert (part["n_open"], part["listed"], part["range"]["bars"]) == (0, 0, [])
    assert part["target"]["probability"] == 0


def test_an_empty_table_has_a_team_of_nobody():
    empty = read(pd.DataFrame({"stage": pd.Series(dtype="str")}))
    found = checkup.facts(empty, LADDER, TODAY, target=100)
    assert (found["team"]["n_open"], found["owners"]) == (0, [])
    assert found["team"]["conversion"] is None


def test_a_file_without_stages_is_refused():
    with pytest.raises(InputError) as told:
        checkup.facts(read(pd.DataFrame({"amount": [1.0]})), LADDER, TODAY)
    assert told.value.code == "funnel.no_stage_column"


# owners


def test_each_owner_has_a_part_in_the_order_of_names():
    found = facts(deal(owner="Wu"), deal(owner="Li"), deal(owner="Li"))
    assert [(owner["name"], owner["n_open"]) for owner in found["owners"]] == [("Li", 2), ("Wu", 1)]
    assert found["team"]["n_open"] == 3


def test_two_people_of_one_name_are_told_apart_by_id():
    found = facts(deal(owner_id="S1"), deal(owner_id="S2"), deal(owner="Wu", owner_id="S3"))
    assert [(owner["key"], owner["name"], owner["same_name"]) for owner in found["owners"]] == [
        ("S1", "Li", True),
        ("S2", "Li", True),
        ("S3", "Wu", False),
    ]
    assert not found["no_ids"]


def test_without_ids_the_facts_say_that_names_are_all_there_is():
    found = facts(deal(), deal())
    assert found["no_ids"]
    assert [owner["same_name"] for owner in found["owners"]] == [False]


def test_one_id_under_two_spellings_is_one_person():
    found = facts(
        deal(owner="Li Na", owner_id="S1"),
        deal(owner="LiNa", owner_id="S1"),
        deal(owner="LiNa", owner_id="S1"),
    )
    assert [(owner["key"], owner["name"]) for owner in found["owners"]] == [("S1", "LiNa")]


def test_deals_without_an_owner_are_a_part_without_a_name():
    found = facts(deal(owner=None), deal(owner=" "), deal())
    assert [(owner["key"], owner["n_open"]) for owner in found["owners"]] == [("", 2), ("Li", 1)]
    assert not found["owners"][0]["same_name"]


def test_a_file_without_owners_has_only_a_team():
    found = facts({"stage": "p50", "amount": 100.0})
    assert found["owners"] == []
    assert found["team"]["listed"] == 50
    assert {"rule": "owner", "code": "no_column"} in found["unchecked"]


def test_parts_can_be_made_by_a_code_or_a_header():
    deals = [deal(product="A", 大区="North"), deal(product="B", 大区="North")]
    mapping = Mapping(columns={"product": "产品"})
    for by, keys in (("product", ["A", "B"]), ("产品", ["A", "B"]), ("大区", ["North"])):
        found = checkup.facts(table(*deals, mapping=mapping), LADDER, TODAY, by=by)
        assert [owner["key"] for owner in found["owners"]] == keys
        assert not found["no_ids"]


def test_an_unknown_column_to_split_by_is_refused_with_those_that_exist():
    with pytest.raises(InputError) as told:
        checkup.facts(
            table(deal(), mapping=Mapping(headers=("阶段", "金额"))), LADDER, TODAY, by="大区"
        )
    assert "阶段" in told.value.sentence("zh")


# this week


def test_this_week_begins_with_the_steps_that_fall_due():
    part = team(
        deal(amount=1, next_step="call", next_step_date="2026-03-09"),
        deal(amount=2, next_step="call", next_step_date="2026-03-10"),  # day 8
        deal(amount=3, next_step="call", next_step_date="2026-03-02"),
        deal("opportunity", 4, next_step="call", next_step_date="2026-03-01"),  # loses nothing
        deal(amount=5, next_step="call", next_step_date="2026-03-01"),
        deal(amount=6, next_step="", next_step_date="2026-03-03"),
    )
    assert [(entry["amount"], entry["why"]) for entry in part["week"]] == [
        (3, "step_due"),
        (1, "step_due"),
        (6, "no_next_step"),
        (5, "step_in_the_past"),
    ]


def test_the_week_holds_ten_deals():
    part = team(*(deal(amount=k, next_step="") for k in range(1, 13)))
    assert [entry["amount"] for entry in part["week"]] == list(range(12, 2, -1))


# too old


def test_a_zombie_is_older_than_any_that_closed_or_long_out_of_contact():
    # limit 90 days: 2 December 2025
    part = team(
        *closed_deals(),
        deal(amount=1, created="2025-12-01", next_step="call"),
        deal(amount=2, created="2025-12-02", next_step="call"),
        deal("opportunity", 4, created="2025-03-02", next_step="call"),
        deal(amount=8, created=None, last_contact="2025-11-30", next_step="call"),
    )
    zombies = part["zombies"]
    assert [(entry["amount"], entry["why"]) for entry in zombies["deals"]] == [
        (4, "older_than_any_closed"),
        (8, "no_contact"),
        (1, "older_than_any_closed"),
    ]
    assert (zombies["n"], zombies["amount"], zombies["limit_days"]) == (3, 13, 90)
    assert zombies["oldest_days"] == 365


def test_without_enough_closed_deals_there_is_no_limit():
    found = facts(*closed_deals(19), deal(created="2020-01-01", next_step="call"))
    assert found["team"]["zombies"] == {
        "n": 0,
        "amount": 0,
        "limit_days": None,
        "oldest_days": None,
        "deals": [],
    }
    assert {"rule": "age", "code": "few_closed"} in found["unchecked"]


# what may come


def test_the_range_is_that_of_the_deals_that_can_be_shown():
    spread = team(deal("p25", 200), deal("p50", 300), deal("p90", 400))["range"]
    assert (spread["mean"], spread["sd"]) == (560, 210.713075)
    # cumulated eightieths: 0 3, 200 4, 300 7, 400 34, 500 35, 600 44, 700 71, 900 80
    assert (spread["p10"], spread["p50"], spread["p90"]) == (400, 600, 900)
    assert sum(bar["share"] for bar in spread["bars"]) == pytest.approx(1)
    shares = {bar["low"]: bar["share"] for bar in spread["bars"] if bar["share"]}
    assert shares[400] == pytest.approx(27 / 80)
    assert all(bar["high"] - bar["low"] == 50 for bar in spread["bars"])  # 900 / 20, rounded up


def test_where_nothing_is_open_to_chance_the_range_is_one_value():
    spread = team(deal("opportunity", 100))["range"]
    assert spread["bars"] == [{"low": 0, "high": 0, "share": 1}]


def test_a_target_has_its_chance_coverage_and_three_deals_that_decide():
    goal = team(deal("p25", 200), deal("p50", 300), deal("p90", 400), target=600)["target"]
    assert goal["probability"] == 9 / 16
    assert (goal["coverage_open"], goal["coverage_shown"]) == (1.5, round(560 / 600, 6))
    assert [(entry["row"], entry["with"], entry["without"]) for entry in goal["deciding"]] == [
        (3, 0.9, 0.225),
        (4, 0.625, 0),
        (2, 0.9, 0.45),
    ]


def test_the_teams_target_is_that_of_a_person_times_the_persons():
    found = facts(deal(owner="Li"), deal(owner="Wu"), deal(owner=None), target=300)
    assert found["team"]["target"]["target"] == 600
    assert [owner["target"] and owner["target"]["target"] for owner in found["owners"]] == [
        None,  # deals of nobody have no target
        300,
        300,
    ]


@pytest.mark.parametrize("target", [0, -5, float("nan"), float("inf"), "600", True])
def test_a_target_must_be_an_amount(target):
    with pytest.raises(InputError) as told:
        facts(deal(), target=target)
    assert told.value.code == "forecast.not_a_target"


def test_an_owners_conversion_stands_beside_the_teams():
    deals = [deal(stage) for stage in ("contract", "contract", "contract", "lost")]
    deals += [deal(stage, owner="Wu") for stage in ("lost", "lost", "lost", "contract", "p50")]
    found = facts(*deals)
    own = found["owners"][0]["conversion"]
    assert (own["won"], own["n"], own["rate"], own["team"]) == (3, 4, 0.75, 0.5)
    assert 0.5 < own["shrunk"] < 0.75
    assert own["low"] < own["shrunk"] < own["high"]
    assert found["team"]["conversion"]["rate"] == found["team"]["conversion"]["shrunk"] == 0.5


def test_an_owner_without_ended_deals_has_no_rate_of_his_own():
    own = facts(deal("contract"), deal("p50", owner="Wu"))["owners"][1]["conversion"]
    assert (own["n"], own["rate"]) == (0, None)


# what is said beside


def test_own_rates_need_a_history():
    history = pd.DataFrame(
        {
            "deal_id": ["A", "A", "B", "B"],
            "stage": ["p50", "contract", "p25", "lost"],
            "date": pd.to_datetime(["2026-01-01", "2026-01-09"] * 2),
        }
    )
    known = {row["code"]: row for row in facts(deal(), history=read(history))["ladder"]}
    assert (known["p25"]["rate"], known["p25"]["own"]["rate"], known["p25"]["own"]["n"]) == (
        0.25,
        0.5,
        2,
    )
    assert known["p90"]["own"]["n"] == 1  # A, which was signed, has been beyond it
    assert all(row["own"] is None for row in facts(deal())["ladder"])


def test_rows_notes_and_words_of_the_file_are_counted():
    found = checkup.facts(
        table(
            deal(customer=""),
            deal(customer="Acme"),
            dropped=(Dropped(4, "empty_row"), Dropped(5, "empty_row"), Dropped(1, "title")),
            notes=(Note(2, "amount", "not_a_number"), Note(None, "created", "ambiguous")),
            mapping=Mapping(columns={"customer": "客户"}, stages={"洽谈": "p50", "其他": None}),
        ),
        LADDER,
        TODAY,
        file="export.csv",
    )
    assert found["counts"] == {"rows": 5, "kept": 2, "dropped": 3}
    assert found["dropped"] == [{"code": "empty_row", "n": 2}, {"code": "title", "n": 1}]
    assert found["notes"] == [
        {"code": "ambiguous", "column": "created", "n": 1},
        {"code": "no_customer", "column": "客户", "n": 1},
        {"code": "not_a_number", "column": "amount", "n": 1},
    ]
    assert found["mapping"]["stages"] == {"洽谈": "p50", "其他": None}
    assert found["file"] == "export.csv"


def test_every_code_that_a_page_says_has_words():
    found = facts(*closed_deals(19), deal(created="2020-01-01"))
    for off in [*found["unchecked"], *facts({"stage": "p50"}, strict=True)["unchecked"]]:
        assert terms.known(f"rule.{off['rule']}")
        assert terms.known(f"off.{off['code']}")
    for code in ("step_due", "no_contact", "no_next_step", "step_in_the_past", "not_strict_step"):
        assert terms.known(f"reason.{code}")
    for code in ("older_than_any_closed", "unknown_stage", "no_customer"):
        assert terms.known(f"reason.{code}")
    assert terms.known("doubt.takes_share")
    assert terms.known("doubt.takes_all")


def test_facts_are_plain_json():
    found = facts(
        *closed_deals(),
        deal(created="2026-01-01", next_step=pd.NA, next_step_date="2026-03-03", customer="张"),
        target=100,
    )
    assert json.loads(json.dumps(found, allow_nan=False)) == found


# when to stop and ask


def test_a_rule_that_takes_more_than_half_is_doubted():
    half = [deal(amount=100, next_step="call"), deal(amount=100, next_step="")]
    assert checkup.doubtful(facts(*half)) == []
    more = [deal(amount=100, next_step="call"), deal(amount=101, next_step="")]
    assert checkup.doubtful(facts(*more)) == [
        {"code": "takes_share", "rule": "next_step", "share": round(101 / 201, 6)}
    ]


def test_reasons_of_one_rule_are_doubted_together():
    deals = [
        deal(amount=100, next_step="call", next_step_date="2026-03-09"),
        deal(amount=60, next_step="", next_step_date="2026-03-09"),
        deal(amount=60, next_step="call", next_step_date="2026-03-01"),
    ]
    assert checkup.doubtful(facts(*deals))[0]["share"] == round(120 / 220, 6)


def test_an_owner_with_five_deals_who_loses_them_all_is_doubted():
    large = deal(amount=10_000, owner="Wu", next_step="call")
    five = [deal(amount=1, next_step="") for _ in range(5)]
    assert checkup.doubtful(facts(large, *five)) == [
        {"code": "takes_all", "rule": "next_step", "owner": "Li", "name": "Li", "n": 5}
    ]
    assert checkup.doubtful(facts(large, *five[:4])) == []


def test_stage_words_that_match_nothing_are_doubted_though_they_take_no_value():
    assert [doubt["rule"] for doubt in checkup.doubtful(facts(*[deal(None)] * 5))] == ["stage"]


def test_mostly_unknown_stages_are_doubted_though_no_owner_has_five_of_them():
    two = [deal(None, owner=name) for name in "ABC" for _ in range(2)]
    known = deal("p50", owner="D", next_step="call")
    assert checkup.doubtful(facts(*two, *[known] * 6)) == []
    assert checkup.doubtful(facts(*two, *[known] * 5)) == [
        {"code": "most_unknown", "rule": "stage", "n": 6}
    ]


def test_mostly_deals_of_nobody_are_doubted_where_others_have_an_owner():
    nobody, hers = deal(owner=None, next_step="call"), deal(owner="Li", next_step="call")
    assert checkup.doubtful(facts(*[nobody] * 5, *[hers] * 4)) == [
        {"code": "most_of_nobody", "rule": "owner", "n": 5}
    ]
    assert checkup.doubtful(facts(*[nobody] * 5, *[hers] * 5)) == []
    assert checkup.doubtful(facts(*[nobody] * 5)) == []


def test_a_file_without_owners_is_doubted_as_a_whole():
    doubts = checkup.doubtful(facts(*[{"stage": "opportunity", "next_step": ""}] * 5))
    assert doubts == [
        {"code": "takes_all", "rule": "next_step", "owner": None, "name": None, "n": 5}
    ]


def test_many_steps_that_fall_due_leave_half_of_the_week_to_what_lost_value():
    limit = LADDER.limits.week_deals
    due = deal("opportunity", next_step="call", next_step_date="2026-03-04")
    lost = deal("p90", next_step="call", next_step_date="2026-02-20")
    whys = [one["why"] for one in team(*[due] * 20, *[lost] * 20)["week"]]
    assert whys == ["step_due"] * (limit - limit // 2) + ["step_in_the_past"] * (limit // 2)
    whys = [one["why"] for one in team(*[due] * 20, lost)["week"]]
    assert whys == ["step_due"] * (limit - 1) + ["step_in_the_past"]


# since the last check-up


def moved(before, after, kind):
    first = checkup.facts(table(*before), LADDER, "2026-02-23")
    found = facts(*after, previous=first)["changes"]
    assert (found["since"], found["today"]) == ("2026-02-23", TODAY)
    return found[kind]


def one(**more):
    return deal(deal_id="D1", **more)


def test_a_deal_moves_up_and_down_the_ladder():
    up = moved([one(stage="p25")], [one(stage="p90")], "moved_up")
    assert (up["n"], up["deals"][0]["before"], up["deals"][0]["after"]) == (1, "p25", "p90")
    assert moved([one(stage="p90")], [one(stage="p25")], "moved_down")["n"] == 1
    assert moved([one(stage="p25")], [one(stage="p25")], "moved_up")["n"] == 0


def test_a_later_expected_close_is_a_slip():
    slipped = moved(
        [one(expected_close="2026-03-31")], [one(expected_close="2026-04-30")], "slipped"
    )
    assert slipped["deals"][0]["days"] == 30
    assert (slipped["n"], slipped["amount"]) == (1, 100)
    earlier = moved(
        [one(expected_close="2026-03-31")], [one(expected_close="2026-03-30")], "slipped"
    )
    assert earlier["n"] == 0


def test_a_deal_that_loses_its_next_step_falls_back_and_stands_again_with_a_new_one():
    with_step, without = one(next_step="call"), one(next_step="")
    fell = moved([with_step], [without], "fell_back")
    assert (fell["n"], fell["amount"], fell["deals"][0]["reason"]) == (1, 100, "no_next_step")
    assert moved([without], [with_step], "stands_again")["n"] == 1
    assert moved([without], [without], "fell_back")["n"] == 0
    # an opportunity counts nothing, with a step or without
    nothing = {**with_step, "stage": "opportunity"}
    assert moved([nothing], [without], "fell_back")["n"] == 0
    assert moved([with_step], [{**nothing, "next_step": ""}], "fell_back")["n"] == 0


def test_two_lists_without_a_deal_in_common_are_not_compared():
    first = checkup.facts(table(one()), LADDER, "2026-02-23")
    assert facts(deal(deal_id="D2"), previous=first)["changes"] is None


def test_amounts_grow_and_shrink():
    assert moved([one(amount=100)], [one(amount=150)], "grew")["deals"][0]["after"] == 150
    assert moved([one(amount=100)], [one(amount=50)], "shrank")["n"] == 1
    assert moved([one(amount=None)], [one(amount=50)], "grew")["n"] == 0


def test_open_deals_vanish_and_come():
    other = deal(deal_id="D2", amount=7)
    assert moved([one(), other], [other], "vanished")["amount"] == 100
    assert moved([other], [one(), other], "new")["n"] == 1


def test_deals_end_in_between():
    assert moved([one()], [one(stage="contract")], "won")["n"] == 1
    assert moved([one()], [one(stage="lost")], "lost")["n"] == 1
    assert moved([one(stage="contract")], [one(stage="contract")], "won")["n"] == 0
    assert moved([one()], [one(stage="contract")], "vanished")["n"] == 0


def test_an_ended_deal_that_is_no_longer_exported_has_not_vanished():
    other = deal(deal_id="D2")
    assert moved([one(stage="lost"), other], [other], "vanished")["n"] == 0


def test_without_ids_customer_and_owner_name_a_deal():
    before = [deal("p25", customer="Acme"), deal(customer="Bolt"), deal(customer="Bolt")]
    after = [deal("p50", customer="Acme"), deal(customer="Bolt"), deal(customer=None)]
    assert moved(before, after, "moved_up")["n"] == 1
    assert moved(before, after, "vanished")["n"] == 0
    assert moved(before, after, "n_not_followed") == 2  # Bolt was there twice; nobody


def test_totals_of_both_days_stand_side_by_side():
    totals = moved([one(stage="p50")], [one(stage="p90")], "totals")
    assert totals["listed"] == {"before": 50, "after": 90}


# for all lists

days = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 4, 1))
rows = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([*LADDER.codes, "lost", None]),
        "amount": st.none() | st.integers(0, 10**7).map(lambda cents: cents / 100),
        "owner": st.sampled_from(["Li", "Wu", "张伟", None]),
        "owner_id": st.sampled_from(["S1", "S2", None]),
        "customer": st.sampled_from(["Acme", "Bolt", None]),
        "next_step": st.sampled_from(["call", "", None]),
        "next_step_date": days,
        "created": days,
        "closed": days,
        "last_contact": days,
    }
)
lists = st.lists(rows, min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(deals, rng):
    straight = table(*deals)
    order = list(straight.frame.index)
    rng.shuffle(order)
    shuffled = read(straight.frame.loc[order])
    ladder = dataclasses.replace(LADDER, limits=dataclasses.replace(LADDER.limits, min_closed=2))
    one, other = (
        json.dumps(checkup.facts(each, ladder, TODAY, target=500)) for each in (straight, shuffled)
    )
    assert one == other


@settings(max_examples=60, deadline=None)
@given(lists, st.booleans())
def test_parts_add_up_to_the_whole(deals, strict):
    found = facts(*deals, strict=strict)
    whole = found["team"]

    def total(entries, key):
        return pytest.approx(math.fsum(entry[key] or 0 for entry in entries), abs=1e-4)

    for part in (whole, *found["owners"]):
        assert part["shown"] <= part["listed"] + 1e-6 <= part["open_amount"] + 2e-6
        assert part["listed"] - part["shown"] == total(part["reasons"], "lost")
        for entries in (part["stages"], part["deals"]):
            assert part["listed"] == total(entries, "listed")
            assert part["shown"] == total(entries, "shown")
        assert part["n_open"] == len(part["deals"])
        assert part["n_open"] == sum(row["n_claimed"] for row in part["stages"])
        assert part["n_open"] == sum(row["n_effective"] for row in part["stages"])
        assert part["open_amount"] == total(part["stages"], "amount_claimed")
        assert part["range"]["mean"] == pytest.approx(part["shown"], abs=1e-4)
    for key in ("n_open", "n_won", "n_lost", "won", "listed", "shown", "n_without_amount"):
        assert whole[key] == total(found["owners"], key)
    assert len(found["closed"]) == whole["n_won"] + whole["n_lost"]


@settings(max_examples=40, deadline=None)
@given(lists)
def test_nothing_has_changed_since_the_same_list(deals):
    named = [{**row, "deal_id": f"D{number}"} for number, row in enumerate(deals)]
    found = facts(*named)
    changes = checkup.changes(found, found)
    kinds = (
        "moved_up",
        "moved_down",
        "slipped",
        "grew",
        "shrank",
        "vanished",
        "new",
        "won",
        "lost",
    )
    assert [changes[kind]["n"] for kind in kinds] == [0] * 9
    assert changes["n_not_followed"] == 0


# real-looking files


def test_the_computer_seller_of_thirty_agents(shared):
    folder = shared / "maven_crm"
    rows = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    prices = pd.read_csv(folder / "products.csv").set_index("product")["sales_price"]
    price = rows["product"].replace({"GTXPro": "GTX Pro"}).map(prices)
    words = {"Prospecting": "opportunity", "Engaging": "p25", "Won": "contract", "Lost": "lost"}
    frame = pd.DataFrame(
        {
            "deal_id": rows["opportunity_id"],
            "customer": rows["account"],
            "owner": rows["sales_agent"],
            "stage": rows["deal_stage"].map(words),
            "amount": price.where(rows["close_value"].isna(), rows["close_value"]).astype(float),
            "created": rows["engage_date"],
            "closed": rows["close_date"],
        }
    )
    frame.index = frame.index + 2
    found = checkup.facts(read(frame), LADDER, "2017-12-31")
    part = found["team"]
    assert len(found["owners"]) == 30
    assert (part["n_open"], part["n_won"], part["n_lost"]) == (2089, 4238, 2473)
    assert part["won"] == 10_005_534
    assert (part["listed"], part["shown"]) == (973_057.25, 173_391.25)
    assert part["open_amount"] == 3_892_229 + 1_073_986
    assert part["reasons"][0]["code"] == "older_than_any_closed"
    assert (part["reasons"][0]["n"], part["zombies"]["n"]) == (1291, 1291)
    assert part["zombies"]["limit_days"] == 138
    assert {"rule": "next_step", "code": "no_column"} in found["unchecked"]
    agent = next(owner for owner in found["owners"] if owner["key"] == "Darcel Schlecht")
    assert agent["won"] == 1_153_214
    assert (agent["conversion"]["rate"], agent["conversion"]["team"]) == (0.631103, 0.631501)
    first, *_ = checkup.doubtful(found)
    assert (first["code"], first["rule"]) == ("takes_share", "age")


def test_cycle_times_of_the_computer_seller(shared):
    rows = pd.read_csv(
        shared / "maven_crm" / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"]
    )
    won = rows[rows["deal_stage"] == "Won"]
    days = (won["close_date"] - won["engage_date"]).dt.days
    assert (days.median(), round(days.mean(), 3), days.max()) == (57, 51.782, 138)
    assert days.quantile([0.25, 0.75]).tolist() == [9, 88]


def test_the_list_with_next_steps_of_twenty_owners(shared):
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
    frame = pd.DataFrame(
        {
            "owner": rows["Deal Owner"],
            "customer": rows["Customer"],
            "stage": rows["Sales stage"].str.strip().map(words),
            "amount": rows["Deal size"].astype(float),
            "next_step": rows["Next Steps"].replace("No Response", None),
        }
    )
    found = checkup.facts(read(frame), LADDER, "2015-03-31")
    part = found["team"]
    assert len(found["owners"]) == 20
    assert (part["n_open"], part["listed"], part["shown"]) == (914, 734_700.50, 552_247.00)
    assert part["reasons"] == [{"code": "no_next_step", "n": 225, "lost": 182_453.50}]
    assert sum(1 for entry in part["deals"] if entry["listed"] > entry["shown"]) == 133
    assert checkup.doubtful(found) == []
