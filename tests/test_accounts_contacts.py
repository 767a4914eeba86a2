import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import accounts
from coursekit.errors import InputError

TODAY = "2026-03-02"


def contacts(*rows):
    columns = ["account", "person", "level", "ours", "last_contact"]
    return pd.DataFrame(rows, columns=columns)


def test_levels_that_nobody_spoke_to_are_gaps():
    table = accounts.coverage(
        contacts(
            ("K1", "Chen", "top", "we", "2026-02-20"),
            ("K1", "Du", "middle", "tech", "2026-02-20"),
            ("K1", "Fu", "working", "we", "2026-02-01"),
            ("K2", "Gu", "working", "we", "2026-02-20"),
            ("K2", "He", "top", "we", "2025-02-20"),
            ("K3", "Hu", "top", "we", None),
        ),
        TODAY,
    )
    assert table.loc["K1", ["persons", "of_ours", "gaps"]].tolist() == [3, 2, ()]
    assert table.loc["K2", "gaps"] == ("no_top", "no_middle", "one_person", "one_of_ours")
    assert table.loc["K3", "gaps"] == ("silent",)


def test_every_promise_needs_one_who_answers_for_it():
    plan = pd.DataFrame(
        [
            *(("stock", "Li", "R", "production"), ("stock", "Wang", "A", "sales")),
            *(("price", "Li", "R", "production"), ("price", "Wang", "A", "sales")),
            *(("price", "Zhao", "A", "finance"), ("report", "Zhao", "I", "finance")),
        ],
        columns=["task", "person", "role", "department"],
    )
    tasks, left_out = accounts.responsibilities(plan, ["sales", "legal"])
    assert tasks["gaps"].to_dict() == {
        "price": ("several_answer",),
        "report": ("nobody_does", "nobody_answers"),
        "stock": (),
    }
    assert left_out == ("legal",)


def chain(*rows):
    columns = ["person", "role", "influence", "stance", "met", "reports_to"]
    return pd.DataFrame(rows, columns=columns)


FOUR = chain(
    ("Chen", "decider", 10, None, False, None),
    ("Du", "budget", 4, -1, True, "Chen"),
    ("Fu", "coach", 4, 2, True, "Du"),
    ("Gu", "user", 2, 1, True, None),
)


def test_the_support_of_those_known_and_what_the_unknown_could_make_of_it():
    people, summary = accounts.decision_chain(FOUR)
    assert people["weight"].tolist() == [0.5, 0.2, 0.2, 0.1]
    # -.1 + .2 + .05 of half the influence
    assert summary["known"] == pytest.approx(0.5)
    assert summary["support"] == pytest.approx(0.15 / 0.5)
    assert (summary["low"], summary["high"]) == (pytest.approx(-0.35), pytest.approx(0.65))
    assert summary["gaps"] == ("decider_not_met", "decider_unknown")
    assert summary["next"] == "Chen"


def test_the_way_up_to_the_decider_is_counted():
    people, _ = accounts.decision_chain(FOUR)
    assert people["steps"].tolist()[:3] == [0, 1, 2]
    assert math.isnan(people["steps"].iloc[3])


def test_friends_without_a_decider_are_no_chain():
    summary = accounts.decision_chain(FOUR.iloc[2:])[1]
    assert summary["gaps"] == ("no_decider", "no_budget")
    assert summary["support"] == pytest.approx((4 * 1 + 2 * 0.5) / 6)
    assert summary["next"] is None


def test_who_reports_in_a_circle_is_told():
    circle = FOUR.assign(role="user", reports_to=["Du", "Fu", "Chen", None])
    with pytest.raises(InputError) as told:
        accounts.decision_chain(circle)
    assert told.value.code == "accounts.circle" and told.value.sentence("zh")


people = st.lists(
    st.tuples(
        st.sampled_from(accounts.ROLES),
        st.integers(1, 10),
        st.one_of(st.none(), st.integers(-2, 2)),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(people, st.randoms())
def test_support_stays_between_its_ends_in_any_order(rows, random):
    frame = pd.DataFrame(rows, columns=["role", "influence", "stance", "met"])
    frame.insert(0, "person", [f"p{n}" for n in range(len(rows))])
    table, summary = accounts.decision_chain(frame)
    assert table["weight"].sum() == pytest.approx(1)
    assert -1 - 1e-9 <= summary["low"] <= summary["high"] <= 1 + 1e-9
    other = accounts.decision_chain(frame.loc[random.sample(range(len(rows)), len(rows))])[1]
    assert other["next"] == summary["next"] and other["gaps"] == summary["gaps"]
    assert other["low"] == pytest.approx(summary["low"])


def orders(*rows):
    return pd.DataFrame(rows, columns=["account", "date", "amount"])


def codes(**tables):
    table, _ = accounts.early_warnings(["K1"], TODAY, **tables)
    return table["code"].tolist()


MONTHLY = orders(*(("K1", f"{y}-{m:02}-20", 100) for y in (2024, 2025) for m in range(1, 13)))
STEADY = pd.concat([MONTHLY, orders(("K1", "2026-01-20", 100), ("K1", "2026-02-20", 100))])
HEARD = pd.DataFrame({"account": ["K1"], "opened": ["2025-10-01"]})


def test_a_steady_account_that_complains_now_and_then_gives_no_warning():
    assert codes(orders=STEADY, complaints=HEARD) == []


def test_orders_below_the_same_days_of_last_year_warn():
    less = STEADY.assign(amount=STEADY["amount"].where(STEADY["date"] < "2025-12-01", 60))
    table, _ = accounts.early_warnings(["K1"], TODAY, orders=less, complaints=HEARD)
    assert table[["code", "number"]].values.tolist() == [["orders_down", pytest.approx(0.6)]]


def test_a_dull_season_that_was_dull_last_year_too_does_not_warn():
    dull = STEADY["date"].str[5:7].isin(["12", "01", "02"])
    quiet = STEADY.assign(amount=STEADY["amount"].mask(dull, 20))
    assert codes(orders=quiet, complaints=HEARD) == []


def test_an_order_that_is_late_by_its_own_rhythm_warns():
    stopped = STEADY[STEADY["date"] < "2025-12-01"]
    found = codes(orders=stopped, complaints=HEARD)
    # last order 102 days ago, usual gap 31 or 30
    assert "order_late" in found and "orders_down" in found
    yearly = orders(("K1", "2022-11-01", 9), ("K1", "2023-11-01", 9), ("K1", "2024-11-01", 9))
    yearly = pd.concat([yearly, orders(("K1", "2025-11-01", 9))])
    assert codes(orders=yearly) == []


def test_a_range_that_narrows_warns():
    feed = STEADY.assign(product="feed")
    more = feed[feed["date"].between("2025-03-07", "2025-09-02")]
    both = pd.concat([feed, more.assign(product="salt")])
    assert codes(orders=both, complaints=HEARD) == ["range_narrower"]
    assert codes(orders=feed, complaints=HEARD) == []


def test_who_buys_and_never_complains_is_a_question():
    old = HEARD.assign(opened="2024-10-01")
    assert codes(orders=STEADY, complaints=old) == ["no_complaint"]
    new = orders(*(("K1", f"2026-0{m}-20", 100) for m in (1, 2)))
    assert codes(orders=new, complaints=HEARD.iloc[:0]) == []  # new here: too early to say


def people_of(*rows):
    return pd.DataFrame(rows, columns=["account", "person", "level", "last_contact", "left", "key"])


GOOD = [
    ("K1", "Chen", "top", "2026-02-20", None, True),
    ("K1", "Du", "middle", "2026-02-25", None, False),
]


def test_a_key_person_who_left_warns_and_an_ordinary_one_does_not():
    assert codes(contacts=people_of(*GOOD)) == []
    gone = ("K1", "Fu", "middle", "2026-01-05", "2026-02-01", True)
    assert codes(contacts=people_of(*GOOD, gone)) == ["key_person_left"]
    assert codes(contacts=people_of(*GOOD, (*gone[:5], False))) == []
    assert codes(contacts=people_of(*GOOD, (*gone[:4], "2024-02-01", True))) == []


def test_one_contact_below_the_top_who_was_not_spoken_to_gives_three_warnings():
    found = codes(contacts=people_of(("K1", "Du", "middle", "2025-11-01", None, False)))
    assert found == ["no_top_contact", "one_contact", "silent"]


def test_an_account_without_any_contact_is_silent():
    table, _ = accounts.early_warnings(["K9"], TODAY, contacts=people_of(*GOOD))
    assert table["code"].tolist() == ["one_contact", "silent"]
    assert math.isnan(table["number"].iloc[1])


def test_signals_that_cannot_be_looked_for_are_told():
    _, off = accounts.early_warnings(["K1"], TODAY)
    assert set(off) == {code for signals in accounts.SIGNALS.values() for code in signals}
    _, off = accounts.early_warnings(["K1"], TODAY, orders=STEADY, complaints=HEARD)
    assert off == ("range_narrower", *accounts.SIGNALS["contacts"])
    bare = people_of(*GOOD).drop(columns=["left", "key"])
    assert "key_person_left" in accounts.early_warnings(["K1"], TODAY, contacts=bare)[1]
