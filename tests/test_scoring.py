import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.cards import Answer, Criterion, KnockOut
from coursekit.errors import InputError
from coursekit.scoring import Scorecard, weighted_sum

MAN = Scorecard.load("man")  # money 30, authority 30, need 40; unknown 30 points each
WORDS = {"zh": "", "en": ""}


def criterion(code, weight, points, unknown, edges=()):
    answers = tuple(Answer(name, value, WORDS) for name, value in points.items())
    return Criterion(code, weight, answers, unknown, edges, words=WORDS)


@st.composite
def scorecards(draw):
    """Any scorecard of up to five criteria, and a frame of its answers, some unknown."""
    names = [f"c{number}" for number in range(draw(st.integers(1, 5)))]
    criteria, columns, rows = [], {}, draw(st.integers(1, 8))
    for name in names:
        points = draw(st.lists(st.integers(0, 100), min_size=2, max_size=4))
        answers = {f"a{number}": value for number, value in enumerate(points)}
        unknown = draw(st.integers(min(points), max(points)))
        weight = draw(st.integers(0, 100))
        criteria.append(criterion(name, weight, answers, unknown))
        cells = st.sampled_from([*answers, "unknown", None])
        columns[name] = draw(st.lists(cells, min_size=rows, max_size=rows))
    if not any(one.weight for one in criteria):
        criteria[0] = criterion(names[0], 1, {"a0": 0, "a1": 100, "a2": 50, "a3": 50}, 30)
    frame = pd.DataFrame(columns, index=draw(st.permutations(range(10, 10 + rows))), dtype=object)
    return Scorecard("any", "", tuple(criteria), (("A", 60.0), ("B", 30.0), ("C", 0.0))), frame


def test_a_score_is_the_weighted_mean_of_the_points():
    answers = pd.DataFrame({"money": ["yes"], "authority": ["neither"], "need": ["some"]})
    result = MAN.score(answers).iloc[0]
    assert result["score"] == 0.3 * 100 + 0.3 * 0 + 0.4 * 50  # 50
    assert result["grade"] == "middle"  # from 40 on, below 70
    assert (result["known"], result["low"], result["high"]) == (1, 50, 50)


def test_unknown_is_an_answer_with_points_of_its_own():
    answers = pd.DataFrame({"money": ["yes"], "authority": [None], "need": ["unknown"]})
    result = MAN.score(answers).iloc[0]
    assert result["score"] == 0.3 * 100 + 0.3 * 30 + 0.4 * 30  # 51
    assert result["known"] == 0.3
    assert result["low"] == 30  # authority and need at 0
    assert result["high"] == 100  # both at 100


def test_a_column_that_the_table_lacks_is_unknown_throughout():
    answers = pd.DataFrame({"money": ["yes", "no"]})
    assert MAN.score(answers)["known"].tolist() == [0.3, 0.3]


def test_a_table_without_any_column_of_the_card_is_refused():
    with pytest.raises(InputError) as told:
        MAN.score(pd.DataFrame({"Money": ["yes"]}))
    assert told.value.code == "scoring.no_columns"
    assert "money, authority, need" in told.value.sentence("en")


def test_answers_may_be_codes_or_words_in_either_language_or_true_and_false():
    spellings = pd.DataFrame({"money": ["yes", " 是 ", "Yes", True, "不清楚", "", None]})
    assert MAN.points(spellings)["money"].tolist() == [100, 100, 100, 100, 30, 30, 30]
    truth = pd.DataFrame({"money": [True, False]})
    assert MAN.points(truth)["money"].tolist() == [100, 0]


def test_numbers_may_be_answers_also_beside_an_empty_cell():
    scale = criterion("stars", 1, {"1": 0, "2": 50, "3": 100}, 20)
    card = Scorecard("stars", "", (scale,), (("A", 0.0),))
    assert card.points(pd.DataFrame({"stars": [3, None, 1]}))["stars"].tolist() == [100, 20, 0]


def test_categories_score_like_text():
    text = pd.DataFrame({"money": ["yes", "no", None], "need": ["none", "strong", "some"]})
    assert MAN.score(text).equals(MAN.score(text.astype("category")))


def test_what_is_no_answer_is_told_with_its_row():
    answers = pd.DataFrame({"money": ["yes", "maybe"]}, index=[2, 7])
    with pytest.raises(InputError) as told:
        MAN.score(answers)
    assert told.value.rows == (7,)
    assert told.value.sentence("zh").startswith("第 7 行“money”：“maybe”")
    assert "yes / partly / no" in told.value.sentence("en")


@pytest.mark.parametrize("cell", [["yes"], {"yes": 1}, 3.5, b"yes", "yes\n\nno"])
def test_a_cell_of_any_kind_is_told_and_breaks_nothing(cell):
    with pytest.raises(InputError) as told:
        MAN.score(pd.DataFrame({"money": ["yes", cell, None]}, dtype=object))
    assert told.value.rows == (1,)


def test_no_row_at_all_gives_an_empty_result():
    empty = pd.DataFrame({"money": pd.Series([], dtype=object)})
    assert MAN.score(empty).empty
    assert MAN.lift(empty).empty
    assert MAN.stability(empty).empty
    assert MAN.ranks(empty).empty


@pytest.mark.parametrize(
    ("column", "value", "points"),
    [
        # below 1 year, 1 to below 3, from 3 on: nothing between 2 and 3
        ("years", 0.99, 0),
        ("years", 1, 50),
        ("years", 2, 50),
        ("years", 2.5, 50),
        ("years", 2.999, 50),
        ("years", 3, 100),
        # below 20%, below 35%, from 35% on: nothing between 34 and 35
        ("growth", -0.5, 0),
        ("growth", 0.1999, 0),
        ("growth", 0.2, 50),
        ("growth", 0.34, 50),
        ("growth", 0.345, 50),
        ("growth", 0.35, 100),
        # below 30%, below 50%, from 50% on: nothing between 49 and 50
        ("focus", 0.29, 0),
        ("focus", 0.3, 50),
        ("focus", 0.49, 50),
        ("focus", 0.495, 50),
        ("focus", 0.5, 100),
        ("focus", 1, 100),
    ],
)
def test_the_bands_of_the_credit_card_have_no_gaps(column, value, points):
    card = Scorecard.load("credit")
    assert card.points(pd.DataFrame({column: [value]}))[column].item() == points


def test_a_number_that_is_missing_is_unknown_and_text_is_told():
    card = Scorecard.load("credit")
    years = pd.DataFrame({"years": [3, None, "unknown", "2.5"]}, dtype=object)
    assert card.points(years)["years"].tolist() == [100, 30, 30, 50]
    with pytest.raises(InputError) as told:
        card.score(pd.DataFrame({"years": [3, "long"]}, index=[4, 5]))
    assert told.value.rows == (5,)
    with pytest.raises(InputError):
        card.score(pd.DataFrame({"years": [float("inf")]}))


def test_credit_counts_neither_residence_nor_private_life_unless_asked_to():
    default, complete = Scorecard.load("credit"), Scorecard.load("credit", complete=True)
    assert [code for code, _ in default.left_out] == ["residence", "habits"]
    assert len(complete.criteria) == 7
    dealer = pd.DataFrame(
        {
            "residence": ["temporary"],
            "years": [4],
            "growth": [0.4],
            "arrears": ["none"],
            "focus": [0.6],
            "habits": ["bad"],
            "diversion": ["none"],
        }
    )
    assert default.score(dealer)["score"].item() == 100
    # residence and habits weigh 10 of 100 each and bring nothing
    assert complete.score(dealer)["score"].item() == 80
    assert default.score(dealer.drop(columns=["residence", "habits"]))["known"].item() == 1


def test_a_knock_out_ends_it_whatever_the_points():
    card = Scorecard.load("dealer_fit")
    dealers = pd.DataFrame(
        {
            "strength": ["high", "high", "high"],
            "takes_anything": ["no", "no", None],
            "no_funds": ["no", "yes", "no"],
            "passive": ["no", "yes", "no"],
        }
    )
    result = card.score(dealers)
    assert result["knock_out"].tolist() == ["", "no_funds", "unknown"]
    assert (result["grade"] == "out").tolist() == [False, True, False]
    assert result["score"].nunique() == 1  # strength 15 of 100, the rest unknown


def test_grades_are_ordered_from_the_worst_to_the_best():
    grades = Scorecard.load("dealer_fit").score(
        pd.DataFrame({"passive": [True], "drive": ["high"]})
    )
    assert list(grades["grade"].cat.categories) == ["out", "C", "B", "A"]
    assert grades["grade"].cat.ordered


def test_a_grade_begins_exactly_at_its_edge():
    tenths = criterion("c0", 1, {"yes": 100, "no": 0}, 0)
    others = [criterion(f"c{n}", 1, {"yes": 100, "no": 0}, 0) for n in range(1, 10)]
    card = Scorecard("tenths", "", (tenths, *others), (("A", 70.0), ("B", 0.0)))
    # seven of ten; 0.1 added seven times is 0.7 only up to a rounding
    seven = pd.DataFrame({f"c{n}": ["yes" if n < 7 else "no"] for n in range(10)})
    assert card.score(seven)["grade"].item() == "A"


def test_other_weights_make_another_card_and_leave_this_one():
    money_only = MAN.reweighted({"authority": 0, "need": 0})
    answers = pd.DataFrame({"money": ["yes"], "authority": ["neither"], "need": ["none"]})
    assert (money_only.score(answers)["score"].item(), MAN.score(answers)["score"].item()) == (
        100,
        30,
    )


@pytest.mark.parametrize(
    "weights",
    [
        {"mony": 3},
        {"money": -1},
        {"money": "3"},
        {"money": float("nan")},
        {"money": True},
        {"money": 0, "authority": 0, "need": 0},
    ],
)
def test_other_weights_must_fit_the_card(weights):
    with pytest.raises(InputError):
        MAN.reweighted(weights)


def test_a_grade_far_from_its_edges_is_stable_and_one_at_the_edge_is_not():
    answers = pd.DataFrame(
        # 100 whatever the weights; 70, the least score for "high"
        {"money": ["yes", "yes"], "authority": ["decides", "neither"], "need": ["strong"] * 2}
    )
    assert MAN.score(answers)["score"].tolist() == [100, 70]
    firm, shaky = MAN.stability(answers)
    assert firm == 1
    # authority's share stays at 30% or less in about half of all draws
    assert 0.4 < shaky < 0.6
    assert MAN.stability(answers, spread=0).tolist() == [1, 1]


def test_stability_by_the_slow_way():
    answers = pd.DataFrame({"money": ["yes"], "authority": ["neither"], "need": ["strong"]})
    draws = np.random.default_rng(3).uniform(0.8, 1.2, (50, 3)) * [0.3, 0.3, 0.4]
    kept = 0
    for money, authority, need in draws:
        other = MAN.reweighted({"money": money, "authority": authority, "need": need})
        kept += other.score(answers)["grade"].item() == "high"
    assert MAN.stability(answers, n=50, seed=3).item() == kept / 50


def test_who_is_knocked_out_stays_so_under_all_weights():
    dealers = pd.DataFrame({"strength": ["high"], "drive": ["high"], "passive": ["yes"]})
    assert Scorecard.load("dealer_fit").stability(dealers).item() == 1


def test_ranks_say_how_firm_the_order_is():
    two = Scorecard(
        "two",
        "",
        tuple(criterion(code, 50, {"yes": 100, "no": 0}, 0) for code in ("a", "b")),
        (("A", 0.0),),
    )
    segments = pd.DataFrame({"a": ["yes", "no", "no"], "b": ["no", "yes", "no"]}, index=[7, 8, 9])
    ranks = two.ranks(segments)
    assert ranks["rank"].tolist() == [1, 1, 3]  # 50, 50, 0
    assert ranks.loc[7, ["low", "high"]].tolist() == [1, 2]
    assert ranks.loc[9].tolist() == [3, 3, 3, 0]
    assert ranks["first"].sum() == pytest.approx(1)


def test_a_spread_of_all_the_weight_is_refused():
    with pytest.raises(InputError):
        MAN.stability(pd.DataFrame({"money": ["yes"]}), spread=1)


def test_the_smallest_change_that_lifts_the_grade():
    answers = pd.DataFrame({"money": ["yes"], "authority": ["neither"], "need": ["some"]})
    change = MAN.lift(answers).iloc[0]  # 50 points; "high" begins at 70
    assert (change["to"], change["missing"], change["changes"]) == ("high", 20, 1)
    # need to strong brings 0.4 x 50 = 20, authority to decides 0.3 x 100 = 30
    assert (change["criterion"], change["now"], change["answer"]) == ("need", "some", "strong")


def test_finding_out_may_be_the_smallest_change():
    answers = pd.DataFrame({"money": ["partly"], "authority": ["influences"], "need": ["unknown"]})
    change = MAN.lift(answers).iloc[0]  # 15 + 15 + 12 = 42; 70 needs 28 more
    assert (change["criterion"], change["now"]) == ("need", "unknown")  # 0.4 x 70 = 28


def test_where_one_change_is_not_enough_their_number_is_said():
    answers = pd.DataFrame({"money": ["no"], "authority": ["neither"], "need": ["some"]})
    change = MAN.lift(answers).iloc[0]  # 20; middle begins at 40: authority 30, money 30, need 20
    assert (change["changes"], change["answer"]) == (1, "strong")
    answers = pd.DataFrame({"money": ["no"], "authority": ["neither"], "need": ["none"]})
    assert MAN.lift(answers)["changes"].item() == 1  # 40 from need alone
    weak = MAN.reweighted({"need": 30}).lift(answers)  # each brings a third: 33.3, 40 needs two
    assert (weak["changes"].item(), weak["criterion"].item()) == (2, "")


def test_the_best_grade_and_the_knocked_out_have_nowhere_to_go():
    best = pd.DataFrame({"money": ["yes"], "authority": ["decides"], "need": ["strong"]})
    assert MAN.lift(best)[["to", "changes"]].isna().all(axis=None)
    out = pd.DataFrame({"strength": ["low"], "passive": ["yes"]})
    assert Scorecard.load("dealer_fit").lift(out)[["to", "changes"]].isna().all(axis=None)


def test_the_weighted_sum_takes_weights_as_they_are():
    assert weighted_sum([[1, 0, 3], [0, 5, 6]], [1, 1, 1]).tolist() == [4, 11]


@settings(deadline=None, max_examples=50)
@given(scorecards())
def test_contributions_sum_to_the_score(given_card):
    card, frame = given_card
    assert card.explain(frame).sum(axis=1).tolist() == pytest.approx(
        card.score(frame)["score"].tolist(), abs=1e-8
    )


@settings(deadline=None, max_examples=50)
@given(scorecards())
def test_the_score_lies_between_low_and_high_and_all_within_0_and_100(given_card):
    card, frame = given_card
    result = card.score(frame)
    columns = result[["low", "score", "high"]].to_numpy()
    assert (columns >= 0).all()
    assert (columns <= 100).all()
    assert (columns[:, 0] <= columns[:, 1]).all()
    assert (columns[:, 1] <= columns[:, 2]).all()
    assert result["known"].between(0, 1).all()


@settings(deadline=None, max_examples=50)
@given(scorecards())
def test_low_and_high_are_reached_by_the_worst_and_best_answers(given_card):
    card, frame = given_card
    worst, best = frame.copy(), frame.copy()
    for one in card.criteria:
        by_points = sorted(one.answers, key=lambda answer: answer.points)
        unknown = frame[one.code].isna() | (frame[one.code] == "unknown")
        worst.loc[unknown, one.code] = by_points[0].code
        best.loc[unknown, one.code] = by_points[-1].code
    result = card.score(frame)
    assert result["low"].tolist() == pytest.approx(card.score(worst)["score"].tolist(), abs=1e-8)
    assert result["high"].tolist() == pytest.approx(card.score(best)["score"].tolist(), abs=1e-8)


@settings(deadline=None, max_examples=50)
@given(scorecards())
def test_shuffling_the_rows_changes_nothing(given_card):
    card, frame = given_card
    turned = frame[::-1]
    assert card.score(turned).loc[frame.index].equals(card.score(frame))
    assert card.lift(turned).loc[frame.index].equals(card.lift(frame))
    assert card.stability(turned, n=20).loc[frame.index].equals(card.stability(frame, n=20))


@settings(deadline=None, max_examples=50)
@given(scorecards())
def test_the_change_that_lift_names_does_lift(given_card):
    card, frame = given_card
    change = card.lift(frame)
    lifted = frame.copy()
    single = change.index[change["criterion"] != ""]
    for row in single:
        lifted.loc[row, change.loc[row, "criterion"]] = change.loc[row, "answer"]
    after = card.score(lifted)["grade"]
    assert (after[single] >= change.loc[single, "grade"]).all()
    assert (after[single] != change.loc[single, "grade"]).all()
    # where one change is enough, one is named
    assert ((change["changes"] == 1).fillna(False) == (change["criterion"] != "")).all()


def test_knock_outs_are_counted_like_any_answer_for_the_first_that_applies():
    outs = tuple(KnockOut(code, WORDS) for code in ("x", "y"))
    card = Scorecard("k", "", (criterion("a", 1, {"yes": 100, "no": 0}, 0),), (("A", 0.0),), outs)
    frame = pd.DataFrame({"a": ["yes"] * 3, "x": [None, "no", "yes"], "y": ["yes", None, "yes"]})
    assert card.score(frame)["knock_out"].tolist() == ["y", "unknown", "x"]


@pytest.mark.parametrize("n", [0, -1, 2.5, float("nan")])
def test_a_number_of_draws_that_is_none_is_told(n):
    for measure in (MAN.stability, MAN.ranks):
        with pytest.raises(InputError):
            measure(pd.DataFrame({"need": ["yes"]}), n=n)
