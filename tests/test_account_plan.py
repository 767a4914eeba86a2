import copy
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import account_plan, terms
from coursekit.account_plan import sheets
from coursekit.errors import InputError

TODAY = "2026-03-02"
PLAN = {
    "summary": {"aim": "second plant", "target": 300},
    "profile": {
        **{"account": "K01", "start": "2026-01-01", "end": "2026-12-31"},
        **{"wallet": 1000, "ours": 200},
    },
    "contacts": [
        {"person": "Chen", "role": "decider", "stance": 1, "owner": "Li"},
        {"person": "Du", "role": "user", "owner": "Li"},
    ],
    "situation": [
        {"kind": "strength", "point": "service", "weight": 9},
        {"kind": "threat", "point": "new rival", "weight": 8, "answer": "A1"},
    ],
    "value": {"statement": "two days less standstill a month"},
    "goals": [{"goal": "G1", "what": "plant 2", "measure": "contract", "due": "2026-09-30"}],
    "resources": {"hours": 100, "money": 50},
    "revenue": [{"period": "H1", "amount": 100}, {"period": "H2", "amount": 200}],
    "products": [
        {"product": "feed", "period": "H1", "amount": 100, "rate": 1},
        {"product": "feed", "period": "H2", "amount": 250, "rate": 0.6},
        {"product": "salt", "period": "H2", "amount": 100, "rate": 0.5},
    ],
    "actions": [
        {
            **{"action": "A1", "goal": "G1", "what": "trial", "owner": "Li", "due": "2026-05-01"},
            **{"person": "Chen", "hours": 60, "money": 50},
        }
    ],
    "issues": [{"issue": "credit line", "owner": "Wang", "due": "2026-06-01"}],
    "rivals": [{"rival": "X", "means": "price", "counter": "trial on their line"}],
    "partnership": [{"point": "trust", "ours": 80, "theirs": 70}],
    "unknown": [{"question": "budget?", "source": "documents", "owner": "Li", "due": "2026-04-01"}],
}


def changed(*path, to):
    """The plan with one thing in it changed; `to` None takes it away."""
    plan = copy.deepcopy(PLAN)
    place = plan
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return plan


def found(plan):
    return account_plan.check(plan, TODAY)[["sheet", "row", "field", "code"]].values.tolist()


def test_a_plan_that_holds_together_has_no_finding():
    assert found(PLAN) == []


def test_a_plan_read_from_yaml_has_dates_instead_of_text():
    assert found(changed("goals", 0, "due", to=datetime.date(2026, 9, 30))) == []


@pytest.mark.parametrize(
    ("path", "to", "finding"),
    [
        (("value",), None, ["value", None, None, "no_sheet"]),
        (("vision",), {"a": 1}, ["vision", None, None, "no_such_sheet"]),
        (("issues", 0, "mood"), "good", ["issues", 1, "mood", "no_such_field"]),
        (("issues", 0, "owner"), " ", ["issues", 1, "owner", "blank"]),
        (("value", "worth"), "a lot", ["value", 1, "worth", "wrong_kind"]),
        (("profile", "ours"), -1, ["profile", 1, "ours", "wrong_kind"]),
        (("profile", "ours"), 10**400, ["profile", 1, "ours", "wrong_kind"]),
        (("profile", "ours"), float("inf"), ["profile", 1, "ours", "wrong_kind"]),
        (("profile", "ours"), True, ["profile", 1, "ours", "wrong_kind"]),
        (("issues", 0, "due"), "soon", ["issues", 1, "due", "wrong_kind"]),
        (("issues", 0, "due"), 20260601, ["issues", 1, "due", "wrong_kind"]),
        (("situation", 0, "kind"), "luck", ["situation", 1, "kind", "not_known"]),
        (("contacts", 1, "person"), "Chen", ["contacts", 2, "person", "twice"]),
        (("summary", "target"), 350, ["summary", 1, "target", "target_not_revenue"]),
        (("products", 2, "rate"), 0.9, ["products", None, "H2", "products_not_revenue"]),
        (("profile", "wallet"), 299, ["revenue", None, "amount", "above_wallet"]),
        (("issues", 0, "due"), "2027-01-01", ["issues", 1, "due", "outside_period"]),
        (("issues", 0, "due"), "2026-03-01", ["issues", 1, "due", "past"]),
        (("actions", 0, "due"), "2026-10-01", ["actions", 1, "due", "action_after_goal"]),
        (("actions", 0, "person"), "Gu", ["actions", 1, "person", "no_such_person"]),
        (("resources", "hours"), 59, ["actions", None, "hours", "hours_over"]),
        (("resources", "money"), 49, ["actions", None, "money", "money_over"]),
        (("situation", 1, "answer"), None, ["situation", 2, "answer", "unanswered"]),
        (("situation", 1, "answer"), "A9", ["situation", 2, "answer", "no_such_action"]),
        (("contacts", 0, "role"), "user", ["contacts", None, "role", "no_decider"]),
        (("actions", 0, "person"), "Du", ["contacts", 1, "person", "decider_without_action"]),
        (("rivals", 0, "counter"), None, ["rivals", 1, "counter", "no_counter"]),
        (("partnership", 0, "theirs"), None, ["partnership", 1, "theirs", "one_sided"]),
        (("unknown", 0, "owner"), None, ["unknown", 1, "owner", "no_owner"]),
        (("unknown", 0, "due"), None, ["unknown", 1, "due", "no_date"]),
        (("actions", 0, "goal"), "G9", ["actions", 1, "goal", "no_such_goal"]),
    ],
)
def test_each_gap_and_contradiction_has_its_code_and_place(path, to, finding):
    assert finding in found(changed(*path, to=to))


def test_a_goal_without_an_action_is_a_wish():
    goals = [*PLAN["goals"], {**PLAN["goals"][0], "goal": "G2"}]
    assert found(changed("goals", to=goals)) == [["goals", 2, "goal", "goal_without_action"]]


def test_a_period_that_ends_before_it_starts_is_told_once():
    assert found(changed("profile", "end", to="2025-12-31")) == [
        ["profile", 1, "end", "ends_before_start"]
    ]


def test_a_light_threat_needs_no_answer_and_an_answered_question_no_date():
    light = changed("situation", 1, "weight", to=6)
    del light["situation"][1]["answer"]
    assert found(light) == []
    known = {"question": "budget?", "source": "documents", "found": "2 million"}
    assert found(changed("unknown", to=[known])) == []


def test_sums_may_differ_by_rounding():
    assert found(changed("summary", "target", to=302)) == []  # of 300
    assert found(changed("summary", "target", to=304))[0][3] == "target_not_revenue"


def test_what_contradicts_is_shown_beside_what_it_should_fit():
    row = account_plan.check(changed("summary", "target", to=350), TODAY).iloc[0]
    assert (row["value"], row["expected"]) == (350, 300)


def test_half_a_sheet_is_half_complete():
    goals = [{"goal": "G1", "what": "plant 2"}]
    table = account_plan.completeness(changed("goals", to=goals))
    assert table.loc["goals"].tolist() == [1, 4, 2, 0.5]
    assert table.loc["unknown", "share"] == 1
    empty = account_plan.completeness({})
    assert empty.loc["unknown", "share"] == 1 and empty.drop("unknown")["share"].sum() == 0


def test_products_add_up_to_the_forecast():
    table = account_plan.product_forecast(PLAN)
    assert table.columns.tolist() == ["H1", "H2", "total"]
    assert table.loc["feed"].tolist() == [100, 150, 250]
    assert table.loc[""].tolist() == [100, 200, 300]
    assert account_plan.product_forecast({}).loc[""].tolist() == [0]


def test_actions_stand_by_date():
    late = {**PLAN["actions"][0], "action": "A2", "due": "2026-03-01"}
    never = {**PLAN["actions"][0], "action": "A3", "due": None}
    table = account_plan.open_actions(
        changed("actions", to=[never, PLAN["actions"][0], late]), TODAY
    )
    assert table["action"].tolist() == ["A2", "A1", "A3"]
    assert table["state"].tolist() == ["past", "later", "no_date"]


def test_what_is_not_known_has_an_owner_and_a_date_or_nobody_looks():
    rows = [
        {"question": "a", "source": "documents", "owner": "Li", "due": "2026-03-01"},
        {"question": "b", "source": "market"},
        {"question": "c", "source": "market", "owner": "Li", "found": "yes"},
    ]
    table, untouched = account_plan.not_known_yet(changed("unknown", to=rows), TODAY)
    assert table["state"].tolist() == ["past", "no_owner", "found"]
    assert untouched == ("missing", "background", "customer_view", "own_knowledge")


def test_what_is_no_plan_is_told():
    for call in (account_plan.completeness, lambda plan: account_plan.check(plan, TODAY)):
        with pytest.raises(InputError) as told:
            call(["aim"])
        assert told.value.code == "account_plan.no_plan" and told.value.sentence("zh")


def test_every_sheet_belongs_to_one_part_and_every_code_has_its_words(root):
    parts = [sheet for part in account_plan.PARTS.values() for sheet in part]
    assert sorted(parts) == sorted(sheets.names())
    codes = [f"plan_sheet.{name}" for name in sheets.names()]
    codes += [f"plan_part.{part}" for part in account_plan.PARTS]
    codes += [f"plan_source.{source}" for source in account_plan.SOURCES]
    documented = account_plan.check.__doc__.split("``")[1::2]
    codes += [f"plan_finding.{c}" for group in documented[6:] for c in group.split()]
    assert [code for code in codes if not terms.known(code)] == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["goal", "due", "amount", "person", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from([*sheets.names(), "x"]), anything, max_size=6))
def test_a_plan_however_wrong_is_checked_and_never_breaks(plan):
    table = account_plan.check(plan, TODAY)
    assert list(table.columns) == ["sheet", "row", "field", "code", "value", "expected"]
    share = account_plan.completeness(plan)["share"]
    assert ((share >= 0) & (share <= 1)).all()
    account_plan.product_forecast(plan)
    account_plan.open_actions(plan, TODAY)
    account_plan.not_known_yet(plan, TODAY)
