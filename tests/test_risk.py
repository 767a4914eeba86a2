import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import terms
from coursekit.edges import read
from coursekit.errors import InputError
from coursekit.risk import RISKS, expected_loss, heat

COLUMNS = ["deal", "risk", "likelihood", "impact"]


def judged(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_loss_is_likelihood_times_impact():
    table = heat(judged(("K1", "credit", "likely", "serious"), ("K1", "product", 0.1, 0.3)))
    assert table["loss"].tolist() == [0.5 * 0.5, pytest.approx(0.1 * 0.3)]
    assert table["zone"].tolist() == ["urgent", "calm"]  # from 0.2 on; below 0.04


def test_a_zone_begins_exactly_at_its_edge():
    table = heat(judged(("K1", "credit", 0.2, 0.2), ("K1", "finance", 0.4, 0.5)))
    assert table["zone"].tolist() == ["watch", "urgent"]  # 0.04 and 0.2


def test_what_is_not_known_counts_and_is_said():
    table = heat(judged(("K1", "credit", None, "unknown"), ("K1", "finance", "likely", "total")))
    assert table["loss"].tolist() == [0.2 * 0.5, 0.5]
    assert table["known"].tolist() == [False, True]


def test_expected_loss_of_a_deal():
    amount = pd.Series({"K1": 1000, "K2": 500})
    table = expected_loss(
        judged(("K1", "credit", "likely", "serious"), ("K1", "finance", "possible", "moderate")),
        amount,
    )
    # 1 - (1 - 0.5 x 0.5) x (1 - 0.2 x 0.2) = 1 - 0.75 x 0.96 = 0.28
    assert table.loc["K1", "share"] == pytest.approx(0.28)
    assert table.loc["K1", "net"] == pytest.approx(720)
    assert table["largest"].tolist() == ["credit", ""]
    assert table["unjudged"].tolist() == [3, 5]
    assert table.loc["K2", "net"] == 500


@given(
    st.lists(
        st.tuples(st.sampled_from(RISKS), st.floats(0, 1), st.floats(0, 1)),
        max_size=5,
        unique_by=lambda row: row[0],
    ),
    st.floats(0, 1e9),
)
def test_no_deal_loses_more_than_it_is_worth_nor_less_than_its_largest_risk_takes(rows, amount):
    table = expected_loss(judged(*(("K", *row) for row in rows)), pd.Series({"K": amount}))
    single = max((likelihood * impact for _, likelihood, impact in rows), default=0)
    assert single - 1e-9 <= table["share"].item() <= 1
    assert table["loss"].item() + table["net"].item() == pytest.approx(amount)


@pytest.mark.parametrize(
    "rows",
    [
        [("K1", "weather", "likely", "minor")],
        [("K1", "credit", "maybe", "minor")],
        [("K1", "credit", 1.2, "minor")],
        [("K1", "credit", "likely", "minor"), ("K1", "credit", "likely", "total")],
        [("K9", "credit", "likely", "minor")],
    ],
)
def test_a_judgement_that_cannot_be_used_is_told_with_its_row(rows):
    with pytest.raises(InputError) as told:
        expected_loss(judged(*rows), pd.Series({"K1": 100}))
    assert told.value.rows == (len(rows) - 1,)
    assert told.value.sentence("zh").startswith(f"第 {len(rows) - 1} 行")


def test_every_word_of_the_scale_is_in_the_glossary():
    scale = read("risk")
    codes = [*RISKS, *scale["likelihood"], *scale["impact"], *scale["zones"], "calm"]
    assert [code for code in codes if not terms.known(f"risk.{code}")] == []


def test_a_risk_judged_twice_is_told_where_row_numbers_stand_twice():
    judged = pd.DataFrame(
        {"deal": "a", "risk": ["product", "product"], "likelihood": 0.1, "impact": 0.5},
        index=[7, 7],
    )
    with pytest.raises(InputError) as told:
        heat(judged)
    assert told.value.values["risk"] == "risk.product"
