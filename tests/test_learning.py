import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.calibration import brier, monotonicity, reliability
from coursekit.errors import InputError
from coursekit.forecast import calibration
from coursekit.learning import auc, learn, lift
from coursekit.scoring import Scorecard

MAN = Scorecard.load("man")


def deals(n=600, seed=0):
    """Deals where only the need counts, and not knowing it is worst."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "money": rng.choice(["yes", "partly", "no"], n),
            "authority": rng.choice(["decides", "influences", "neither"], n),
            "need": rng.choice(["strong", "some", "none", "unknown"], n),
        }
    )
    rate = frame["need"].map({"strong": 0.8, "some": 0.5, "none": 0.3, "unknown": 0.1})
    return frame, pd.Series(rng.random(n) < rate)


def test_the_auc_counts_pairs():
    # won 3 and 1, lost 2 and 1: 3 > 2, 3 > 1, 1 < 2, 1 = 1: (1 + 1 + 0 + .5) / 4
    assert auc([3, 1, 2, 1], [True, True, False, False]) == 2.5 / 4
    assert np.isnan(auc([1, 2], [True, True]))


def test_the_auc_agrees_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(2)
    score, won = rng.integers(0, 9, 200), rng.random(200) < 0.4
    assert auc(score, won) == pytest.approx(metrics.roc_auc_score(won, score))


def test_the_lift_of_the_best_fifth():
    # 10 deals, 4 won; the best two both won: 1 / .4
    won = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0]
    assert lift(range(10, 0, -1), won) == pytest.approx(2.5)
    assert lift(range(10, 0, -1), won, top=0.3) == pytest.approx(2 / 3 / 0.4)


def test_equal_scores_at_the_edge_count_in_part():
    # two of the three equal ones fill the best fifth of ten; one of three was won: 1/3 / .4
    score, won = [9, 9, 9, 1, 1, 1, 1, 1, 1, 1], [1, 0, 0, 1, 1, 1, 0, 0, 0, 0]
    assert lift(score, won) == pytest.approx(1 / 3 / 0.4)
    assert lift([5] * 10, won) == pytest.approx(1)


def test_the_brier_score_by_hand():
    # (.8 - 1)^2 = .04, (.3 - 0)^2 = .09
    assert brier([0.8, 0.3], [1, 0]) == pytest.approx((0.04 + 0.09) / 2)
    assert brier([0.5] * 7, [1, 0, 1, 1, 0, 0, 0]) == 0.25


def test_the_brier_score_agrees_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(2)
    chance, came = rng.random(50), rng.random(50) < 0.5
    assert brier(chance, came) == pytest.approx(metrics.brier_score_loss(came, chance))


def test_reliability_sets_what_was_said_beside_what_came():
    table = reliability([0.1, 0.2, 0.2, 1.0, 0.3], [0, 0, 1, 1, 0])
    assert table.index.tolist() == [0, 0.2, 0.4, 0.6, 0.8]
    assert table["n"].tolist() == [
        1,
        3,
        0,
        0,
        1,
    ]  # an edge belongs to the class above, 1 to the last
    assert table["predicted"].tolist()[:2] == pytest.approx([0.1, 0.7 / 3])
    assert table["rate"].tolist()[:2] == pytest.approx([0, 1 / 3])
    assert table["rate"].isna().tolist() == [False, False, True, True, False]


@pytest.mark.parametrize("chance", [[1.2], [-0.1], [None]])
def test_what_is_no_probability_is_told(chance):
    with pytest.raises(InputError):
        brier(chance, [1])


def test_grades_that_hold_and_one_that_does_not():
    grade = pd.Series(list("AAAABBBBCCCC"))
    won = [1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0]
    table = monotonicity(grade, won, order=["C", "B", "A"])
    assert table["rate"].to_dict() == {"A": 0.5, "B": 0.75, "C": 0}
    assert table["holds"].to_dict() == {"A": False, "B": True, "C": None}


def test_a_grade_without_cases_is_passed_over():
    table = monotonicity(pd.Series(["A", "C"]), [1, 0], order=["C", "B", "A"])
    assert table["holds"].tolist() == [True, None, None]


@pytest.fixture(scope="module")
def learned():
    pytest.importorskip("sklearn")
    return learn(MAN, *deals())


def test_what_counts_is_learned_and_what_does_not_gets_little(learned):
    weights = learned.card.weights
    assert weights["need"] > 0.7
    points = {a.code: a.points for a in learned.card.criteria[2].answers}
    assert points["strong"] == 100
    assert points["strong"] > points["some"] > points["none"] > 0
    # not knowing the need was worse than knowing that there is none
    assert learned.card.criteria[2].unknown == 0


def test_the_check_is_made_on_deals_held_out(learned):
    check = learned.check
    assert learned.n_learned + learned.n_held_out == 600
    assert learned.n_held_out == 150  # a quarter
    assert check.loc["base", ["auc", "lift"]].tolist() == [0.5, 1]
    assert check.loc["learned", "auc"] > check.loc["judged", "auc"] > 0.5
    assert check.loc["learned", "brier"] < check.loc["base", "brier"]
    assert learned.reliability["n"].sum() == learned.n_held_out


def test_the_learned_score_orders_like_the_probability_of_scikit_learn():
    linear = pytest.importorskip("sklearn.linear_model")
    frame, won = deals()
    table = pd.get_dummies(frame).astype(float)
    ours = learn(MAN, frame, won, held_out=0.1)
    theirs = linear.LogisticRegression(tol=1e-8, max_iter=1000).fit(table, won)
    logit = theirs.decision_function(table)
    # other deals were held out, so nearly
    assert np.corrcoef(ours.card.score(frame)["score"], logit)[0, 1] > 0.99


def test_the_order_of_the_deals_changes_nothing():
    pytest.importorskip("sklearn")
    frame, won = deals(200)
    mixed = frame.sample(frac=1, random_state=1)
    once, again = learn(MAN, frame, won), learn(MAN, mixed, won)
    assert once.card == again.card
    assert once.check.equals(again.check)


def test_deals_of_one_customer_stay_on_one_side():
    pytest.importorskip("sklearn")
    frame, won = deals(600)
    customer = pd.Series(np.arange(600) // 5)  # five deals each
    found = learn(MAN, frame, won, customer=customer)
    assert found.n_held_out % 5 == 0
    assert found.n_held_out == 150


def test_too_few_deals_teach_nothing():
    pytest.importorskip("sklearn")
    with pytest.raises(InputError) as told:
        learn(MAN, *deals(30))
    assert told.value.code == "weights.too_few_deals"


def test_twenty_won_and_lost_deals_are_just_enough():
    pytest.importorskip("sklearn")
    frame = pd.DataFrame({"need": ["strong", "none"] * 27})
    won = pd.Series([True, False] * 27)
    assert learn(MAN, frame, won).n_learned == 40  # 7 of 27 are held out, 20 are left
    with pytest.raises(InputError):
        learn(MAN, frame, won, held_out=0.3)  # 8 of 27: 19 are left


def test_deals_that_are_all_alike_teach_nothing():
    pytest.importorskip("sklearn")
    frame = pd.DataFrame({"money": ["yes"] * 100})
    with pytest.raises(InputError):
        learn(MAN, frame, pd.Series([True, False] * 50))


def test_without_scikit_learn_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(InputError) as told:
        learn(MAN, *deals())
    assert "sales-coursekit[learn]" in told.value.sentence("zh")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30))
def test_a_lift_lies_between_0_and_what_the_top_allows(rows):
    score, won = zip(*rows, strict=True)
    found = lift(score, won)
    assert np.isnan(found) if not any(won) else 0 <= found <= 5 + 1e-9
    assert lift(score[::-1], won[::-1]) == pytest.approx(found, nan_ok=True)


def test_in_a_real_record_not_knowing_the_budget_is_worse_than_having_none(shared):
    pytest.importorskip("sklearn")
    rows = pd.read_csv(shared / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv", sep=";")
    answers = pd.DataFrame(
        {
            "money": rows["Budgt_alloc"].map({"Yes": "yes", "No": "no"}),
            "authority": rows["Authority"].map(
                {"High": "decides", "Mid": "influences", "Low": "neither"}
            ),
            "need": rows["Needs_def"].map(
                {"Yes": "strong", "Info gathering": "some", "No": "none"}
            ),
        }
    )
    found = learn(MAN, answers, rows["Status"] == "Won")
    # only "unknown" loses: it gets the fewest points, below a plain no
    assert found.card.criteria[0].unknown == 0
    assert found.n_learned + found.n_held_out == 448


def test_the_order_of_the_outcomes_never_matters_where_they_have_labels():
    chance = pd.Series([0.9, 0.2, 0.1], index=["a", "b", "c"])
    came = pd.Series([True, False, False], index=["a", "b", "c"])
    # (0.1² + 0.2² + 0.1²) / 3
    assert brier(chance, came) == brier(chance, came[::-1]) == pytest.approx(0.06 / 3)
    assert reliability(chance, came).equals(reliability(chance, came[::-1]))
    grade = pd.Series(["A", "B", "B"], index=["a", "b", "c"])
    assert monotonicity(grade, came).equals(monotonicity(grade, came[::-1]))
    assert calibration(chance, came).table.equals(calibration(chance, came[::-1]).table)


@pytest.mark.parametrize("outcome", [[1, None], [1, 2], [1, "lost"], [1]])
def test_an_outcome_is_yes_or_no(outcome):
    for measure in (brier, reliability, calibration):
        with pytest.raises(InputError):
            measure([0.5, 0.5], outcome)


def test_a_lost_deal_written_as_a_word_is_not_taken_for_a_good_outcome():
    with pytest.raises(InputError):
        monotonicity(pd.Series(["A", "B"]), ["won", "lost"])


def test_a_grade_outside_the_order_is_told_and_not_left_out():
    with pytest.raises(InputError) as told:
        monotonicity(pd.Series(["A", "E"]), [1, 0], order=["C", "B", "A"])
    assert told.value.code == "inputs.not_one_of"
