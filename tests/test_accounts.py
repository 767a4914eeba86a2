import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from coursekit import accounts, terms
from coursekit.errors import InputError


def series(**values):
    return pd.Series(values, dtype=float)


def test_two_scores_give_the_quadrant_and_whether_it_is_firm():
    table = accounts.matrix(series(a=80, b=80, c=20, d=52), series(a=30, b=90, c=20, d=80))
    assert table["quadrant"].tolist() == ["target", "key", "low_profile", "key"]
    assert table["near"].tolist() == [False, False, False, True]
    assert accounts.matrix(series(a=20), series(a=50))["quadrant"].tolist() == ["maintain"]


def test_a_few_points_over_the_edge_are_no_move():
    before = accounts.matrix(series(a=80, b=48, c=60, d=60), series(a=30, b=20, c=60, d=60))
    after = accounts.matrix(series(a=80, b=51, c=62, e=10), series(a=70, b=20, c=60, e=10))
    table = accounts.movement(before, after)
    assert table["move"].to_dict() == {
        "a": "moved",
        "b": "drift",
        "c": "same",
        "d": "gone",
        "e": "new",
    }
    assert table.loc["a", ["was", "is", "relationship"]].tolist() == ["target", "key", 40]
    assert table.loc["d", "is"] is None


def test_tiers_by_rank_are_a_tenth_three_tenths_and_the_rest():
    value = pd.Series(range(20), index=[f"k{n:02}" for n in range(20)])
    tier = accounts.tiers_by_value(value)
    assert tier.value_counts().to_dict() == {"key": 2, "ordinary": 6, "prospect": 12}
    assert tier[["k19", "k18"]].tolist() == ["key", "key"]
    assert accounts.tiers_by_value(pd.Series([5])).tolist() == ["key"]


def test_the_pyramid_says_how_many_hours_to_move():
    tier = pd.Series(["key"] + ["ordinary"] * 3 + ["prospect"] * 6)
    hours = pd.Series([20] + [10] * 3 + [25 / 3] * 6)
    table = accounts.pyramid(tier, hours)
    assert table["customers"].tolist() == pytest.approx([0.1, 0.3, 0.6])
    assert table["time"].tolist() == pytest.approx([0.2, 0.3, 0.5])  # 20, 30, 50 of 100
    assert table["to_move"].tolist() == pytest.approx([40, 0, -40])
    assert table.loc["key", "each"] == 20


def test_a_pyramid_without_a_tier_keeps_its_place():
    table = accounts.pyramid(pd.Series(["key"]), pd.Series([10]))
    assert table["n"].tolist() == [1, 0, 0]
    assert table["to_move"].tolist() == pytest.approx([-4, 3, 1])


tiers = st.lists(
    st.tuples(st.sampled_from(accounts.TIERS), st.integers(0, 40)), min_size=1, max_size=20
)


@settings(max_examples=40, deadline=None)
@given(tiers)
def test_hours_to_move_sum_to_nothing(rows):
    tier, hours = (pd.Series(column) for column in zip(*rows, strict=True))
    table = accounts.pyramid(tier, hours)
    assert table["to_move"].sum() == pytest.approx(0, abs=1e-9)
    assert table["hours"].sum() == hours.sum() and table["customers"].sum() == pytest.approx(1)


def test_duties_that_nobody_does_are_seen():
    log = pd.DataFrame(
        {
            "duty": ["expert", "contract", "strategy", "other", "adviser"],
            "date": ["2026-03-01", "2026-02-01", "2025-09-01", "2026-03-01", "2026-03-01"],
            "hours": [60, 40, 99.5, 500, 0.5],
        }
    )
    table = accounts.duties(log, "2026-03-02")
    assert len(table) == 15 and table["hours"].sum() == 200
    assert table.loc["expert", ["share", "state"]].tolist() == [0.3, "done"]
    assert table.loc["strategy", "state"] == "stale"
    assert table.loc["adviser", "state"] == "hardly"  # .5 of 200
    assert table.loc["satisfaction", "state"] == "never"
    assert table["list"].value_counts().to_dict() == {"to_company": 10, "to_customer": 5}


def test_what_losing_an_account_does_to_the_year():
    book = pd.DataFrame(
        {"margin": [30, 8, 12], "saved": [0, 0, 0.5], "chance": [0.1, 0.5, 0]}, index=list("abc")
    )
    table = accounts.loss_test(book, result=100)
    assert table["lost"].tolist() == [30, 8, 6]
    assert table["left"].tolist() == [70, 92, 94]
    assert table["key"].tolist() == [True, False, False]
    assert table["expected"].tolist() == [3, 4, 0]
    assert accounts.loss_test(book, result=100, floor=93)["key"].tolist() == [True, True, False]


def test_the_result_at_risk_has_the_exact_mean_and_the_binomial_spread():
    book = pd.DataFrame({"margin": [10.0] * 10, "chance": [0.2] * 10})
    risk = accounts.at_risk(book, result=100)
    assert risk["mean"] == pytest.approx(80)
    assert risk["none_lost"] == pytest.approx(0.8**10)
    lost = stats.binom(10, 0.2)
    assert risk["p50"] == 100 - 10 * lost.ppf(0.5)
    assert [risk["p10"], risk["p90"]] == [100 - 10 * lost.ppf(0.9), 100 - 10 * lost.ppf(0.1)]
    assert accounts.at_risk(book.iloc[::-1], 100) == risk


def test_eleven_inputs_make_the_cost_and_profit_comes_after_it():
    prices = dict.fromkeys(accounts.INPUTS, 0.0) | {"visits": 300, "time": 100, "risk": 1}
    used = pd.DataFrame(
        [("a", "visits", 10), ("a", "time", 20), ("b", "time", 5), ("b", "risk", 250)],
        columns=["customer", "activity", "quantity"],
    )
    cost = accounts.account_cost(used, prices)
    assert cost["cost"].to_dict() == {"a": 5000, "b": 750}
    assert cost.drop(columns="cost").columns.tolist() == list(accounts.INPUTS)
    book = pd.DataFrame({"revenue": [50_000, 5_000], "margin": [6_000, 2_000]}, index=["a", "b"])
    table = accounts.profit_after(book.join(cost["cost"]))
    # 6,000 - 5,000 and 2,000 - 750: the smaller one earns more
    assert table["profit"].tolist() == [1000, 1250]
    assert table["rank"].tolist() == [1, 2] and table["rank_after"].tolist() == [2, 1]
    assert table["back"].tolist() == pytest.approx([1.2, 2000 / 750])
    assert table["net"].tolist() == pytest.approx([0.02, 0.25])


def test_an_input_without_a_price_or_with_another_name_is_told():
    used = pd.DataFrame([("a", "gifts", 1)], columns=["customer", "activity", "quantity"])
    prices = dict.fromkeys(accounts.INPUTS, 1.0)
    with pytest.raises(InputError) as told:
        accounts.account_cost(used, prices)
    assert told.value.values["value"] == "gifts"
    del prices["risk"]
    with pytest.raises(InputError) as told:
        accounts.account_cost(used, prices)
    assert told.value.values["column"] == "risk"


def points(low, likely, high):
    return pd.DataFrame({"low": low, "likely": likely, "high": high}, index=["a"], dtype=float)


def test_the_share_of_wallet_has_the_band_of_the_wallet():
    table = accounts.share_of_wallet(series(a=40), points(80, 100, 160))
    assert table.loc["a"].tolist() == [0.4, 0.25, 0.5, 60]
    # we sell more than the low estimate: it was too low
    assert accounts.share_of_wallet(series(a=90), points(80, 100, 160)).loc["a", "high"] == 1
    with pytest.raises(InputError) as told:
        accounts.share_of_wallet(series(a=161), points(80, 100, 160))
    assert told.value.code == "accounts.more_than_the_wallet"
    with pytest.raises(InputError) as told:
        accounts.share_of_wallet(series(a=1), points(80, 70, 160))
    assert told.value.code == "accounts.estimates_fall" and told.value.sentence("zh")


def test_what_can_be_won_has_the_mean_and_spread_of_triangles():
    table, together = accounts.winnable(series(a=40), points(70, 100, 160), points(0.1, 0.2, 0.6))
    # rest 30, 60, 120 and part .1, .2, .6: means 70 and .3
    assert table.loc["a", "mean"] == pytest.approx(70 * 0.3)
    assert table.loc["a", "naive"] == pytest.approx(12)
    rest = stats.triang(30 / 90, 30, 90).var()
    part = stats.triang(0.1 / 0.5, 0.1, 0.5).var()
    exact = rest * part + rest * 0.3**2 + part * 70**2
    assert table.loc["a", "sd"] == pytest.approx(math.sqrt(exact))
    assert together["mean"] == pytest.approx(21)


def test_drawn_triangles_are_those_of_scipy():
    table, _ = accounts.winnable(series(a=0), points(30, 60, 120), points(1, 1, 1), draws=40_000)
    expected = stats.triang(30 / 90, 30, 90).ppf([0.1, 0.5, 0.9])
    assert table.loc["a", ["p10", "p50", "p90"]].tolist() == pytest.approx(expected, rel=0.01)


def test_the_band_of_all_is_narrower_than_the_sum_of_bands():
    names = list("abcdef")
    many = pd.DataFrame({"low": 50.0, "likely": 100.0, "high": 200.0}, index=names)
    part = pd.DataFrame({"low": 0.0, "likely": 0.3, "high": 0.6}, index=names)
    table, together = accounts.winnable(pd.Series(0.0, names), many, part)
    assert together["mean"] == pytest.approx(table["mean"].sum())
    assert together["p90"] - together["p10"] < (table["p90"] - table["p10"]).sum()
    shuffled, again = accounts.winnable(pd.Series(0.0, names[::-1]), many, part)
    assert again == together
    pd.testing.assert_frame_equal(shuffled.sort_index(), table)


def test_the_margin_is_held_against_the_standard_of_the_trade():
    book = pd.DataFrame({"revenue": [1000], "margin": [80], "standard": [0.1]})
    table = accounts.against_standard(book)
    assert table.loc[0].tolist() == pytest.approx([0.08, -0.02, -20])


def test_the_gap_that_counts_is_the_one_that_the_customer_weighs():
    weights = series(price=1, service=3)
    scores = pd.DataFrame(
        {"we": [40, 60], "x": [90, 70], "y": [50, 80]}, index=["price", "service"]
    )
    table, totals = accounts.rivals(weights, scores, "we")
    # price: 40 - 90 at 1/4; service: 60 - 80 at 3/4
    assert table["counts"].to_dict() == {"service": -15, "price": -12.5}
    assert table["rival"].to_dict() == {"service": "y", "price": "x"}
    assert totals.to_dict() == {"x": 75, "y": 72.5, "we": 55}
    even = accounts.rivals(weights, scores.assign(we=[85, 85]), "we")[0]
    assert even["place"].to_dict() == {"price": "even", "service": "even"}


def test_a_partnership_that_only_we_praise_is_a_wish():
    ours = series(trust=90, openness=70, goals=80, money=30)
    theirs = pd.Series({"trust": 50, "openness": 75, "goals": None, "money": 40}, dtype=float)
    table, summary = accounts.partnership(ours, theirs)
    assert table["reading"].tolist() == ["we_flatter", "sound", "not_asked", "weak"]
    assert summary == {"ours": 67.5, "theirs": 55, "asked": 0.75, "apart": 1}


def test_a_strength_that_the_customer_does_not_need_counts_nothing():
    ranked, summary = accounts.swot(
        pd.DataFrame(
            {
                "kind": ["strength", "strength", "weakness", "threat"],
                "weight": [0, 8, 5, 10],
                "size": [10, 5, 6, 9],
            }
        )
    )
    assert ranked["counts"].tolist() == [0.9, 0.4, 0.3, 0]
    assert summary["inside"] == pytest.approx(0.1) and summary["outside"] == pytest.approx(-0.9)


def test_satisfaction_is_held_beside_profit():
    table, together = accounts.satisfaction_and_profit(
        series(a=9, b=8, c=3, d=2), series(a=50, b=-5, c=40, d=-1)
    )
    assert table["place"].tolist() == ["healthy", "bought", "at_risk", "sick"]
    assert together == pytest.approx(stats.spearmanr([9, 8, 3, 2], [50, -5, 40, -1]).statistic)
    assert math.isnan(accounts.satisfaction_and_profit(series(a=1), series(a=1))[1])


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("quadrant", accounts.QUADRANTS),
        ("pyramid", accounts.TIERS),
        ("duty", (*accounts.DUTIES, "never", "stale", "hardly", "done")),
        ("account_input", accounts.INPUTS),
        ("swot", accounts.SWOT),
        ("contact", (*accounts.LEVELS, *accounts.ROLES)),
        ("account_warning", [code for codes in accounts.SIGNALS.values() for code in codes]),
    ],
)
def test_every_code_has_its_words(section, codes):
    assert [code for code in codes if not terms.known(f"{section}.{code}")] == []


def test_scores_outside_their_scale_are_told():
    for call in (
        lambda: accounts.matrix(series(a=101), series(a=1)),
        lambda: accounts.matrix(series(a=1), series(b=1)),
        lambda: accounts.loss_test(pd.DataFrame({"margin": [1], "chance": [2]}), 10),
        lambda: accounts.pyramid(pd.Series(["vip"]), pd.Series([1])),
    ):
        with pytest.raises(InputError) as told:
            call()
        assert told.value.sentence("zh") and told.value.sentence("en")


def test_an_entry_of_tomorrow_is_told():
    log = pd.DataFrame({"duty": ["expert"], "date": ["2026-03-03"], "hours": [1]})
    with pytest.raises(InputError) as told:
        accounts.duties(log, "2026-03-02")
    assert told.value.code == "accounts.log_of_tomorrow"
    assert np.all(told.value.rows == (0,))


def test_tiers_and_estimates_keep_the_order_of_their_rows():
    value = pd.Series([1.0, 9.0, 5.0], index=["c", "a", "b"])
    assert accounts.tiers_by_value(value).index.tolist() == ["c", "a", "b"]
    wallet = pd.DataFrame({"low": 10.0, "likely": 20.0, "high": 30.0}, index=value.index)
    part = pd.DataFrame({"low": 0.1, "likely": 0.2, "high": 0.3}, index=value.index)
    table, together = accounts.winnable(value, wallet, part, draws=50)
    assert table.index.tolist() == ["c", "a", "b"]
    turned, same = accounts.winnable(value[::-1], wallet[::-1], part[::-1], draws=50)
    pd.testing.assert_frame_equal(turned[::-1], table)
    assert same == together


def test_accounts_under_one_row_number_keep_their_own_tier():
    # of three: one key, then rounded half up 0.4 × 3 = 1.2, so one in the two top tiers
    tiers = accounts.tiers_by_value(pd.Series([1.0, 9.0, 5.0], index=[7, 7, 7]))
    assert tiers.tolist() == ["prospect", "key", "prospect"]
