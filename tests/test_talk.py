import pandas as pd
import pytest

from coursekit import terms
from coursekit.errors import InputError
from coursekit.talk import ACTS, measures, words


def turns(*rows):
    return pd.DataFrame(rows, columns=["speaker", "text", "acts"][: len(rows[0])])


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("你好，王总！", 4),
        ("Good morning, Mr. Wang", 4),
        ("用A3纸 20张", 5),
        ("", 0),
        ("it's 3.5%", 2),
    ],
)
def test_characters_and_words_are_counted_once(text, length):
    assert words(text) == length


def test_a_conversation_in_figures():
    talk = turns(
        ("seller", "今天说两件事"),  # 6
        ("customer", "好"),  # 1
        ("seller", "您最担心哪一点？"),  # 7, a question
        ("customer", "担心交货"),  # 4
        ("seller", "我们准时"),  # 4
        ("seller", "这样行吗"),  # 4, a question by its last character
    )
    found = measures(talk)
    assert found["seller_share"] == (6 + 7 + 4 + 4) / 26
    assert (found["turns"], found["longest"], found["questions"]) == (6, 7, 2)
    assert found["per_ten"] == 10 * 2 / 4
    assert found["answered"] == 1 / 2  # after the last question nobody spoke
    assert found["check"] is None  # nobody marked anything


def test_marks_of_an_observer_are_counted_for_the_seller():
    talk = turns(
        ("seller", "先说大意。", "outline"),
        ("customer", "嗯。", "check"),
        ("seller", "明白了吗？还有呢？", "check open_question"),
        ("seller", "好。", ""),
    )
    found = measures(talk)
    assert (found["outline"], found["check"], found["open_question"]) == (1, 1, 1)
    assert found["outline_first"]


def test_an_outline_that_comes_late_is_none_at_the_start():
    talk = turns(("seller", "a", ""), ("seller", "b", ""), ("seller", "c", "outline"))
    assert not measures(talk)["outline_first"]


def test_nothing_said_has_no_shares():
    found = measures(turns(("customer", "")))
    assert (found["seller_share"], found["per_ten"], found["answered"]) == (None, None, None)


@pytest.mark.parametrize("row", [("boss", "hm", ""), ("seller", "hm", "sings")])
def test_a_speaker_or_an_act_that_is_unknown_is_told(row):
    with pytest.raises(InputError):
        measures(turns(("seller", "hm", ""), row))


def test_every_act_has_words():
    assert all(terms.known(f"talk.{act}") for act in ACTS)
