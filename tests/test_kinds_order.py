"""Order: how far an order is from a right one, and which card has to move past which."""

import itertools
import random

import pytest
from anything import anything
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.practice.exercise import Exercise, issue, resume
from coursekit.practice.kinds import order
from coursekit.practice.mark import OUTCOMES, Mark


def exercise(key, cards="abcd", slips=None, **more):
    text = {"prompt": "?", "why": ("!",), "cards": {c: f"第 {c} 步" for c in cards}, **more}
    return Exercise("m.1.1/x", 1, "order", "m.1.1", 1, {"zh": text, "en": text}, key=key,
                    slips=slips or {})  # fmt: skip


def asked(key, cards="abcd", slips=None, **more):
    return resume(exercise(key, cards, slips, **more), {"cards": [{"id": c} for c in cards]})


def outcome(question, raw):
    marked = question.mark(list(raw))
    return marked.outcome, marked.score


def codes(question, raw):
    return [say.code for say in question.mark(list(raw)).says]


def told(question, raw):
    """What is said at the cards that have to move."""
    parts = question.mark(list(raw)).parts
    return {c: question.part_text(c, part, "zh") for c, part in parts.items() if not part.ok}


# --- the score


def test_an_order_scores_the_pairs_that_stand_right_less_those_that_stand_wrong():
    question = asked(list("abcd"))  # 6 pairs
    assert outcome(question, "abcd") == ("right", 100)
    assert outcome(question, "bacd") == ("partial", 66.7)  # (5 - 1) / 6
    assert outcome(question, "badc") == ("partial", 33.3)  # (4 - 2) / 6
    assert outcome(question, "cadb") == ("wrong", 0)  # (3 - 3) / 6: as good as by lot
    assert outcome(question, "dcba") == ("wrong", 0)


def test_orders_drawn_by_lot_have_as_many_pairs_right_as_wrong_on_average():
    question = asked(list("abcd"))
    right = [question.mark(list(o)).says[0].values["right"] for o in itertools.permutations("abcd")]
    assert sum(right) / len(right) == 3  # of 6: 3 - 3 is a score of 0


def test_inside_a_group_any_order_is_right():
    question = asked([["a", "b"], "c", "d"])  # the pair a, b does not count: 5 pairs
    assert outcome(question, "abcd") == outcome(question, "bacd") == ("right", 100)
    assert outcome(question, "bcad") == ("partial", 60)  # (4 - 1) / 5


def test_of_several_right_orders_the_nearest_counts():
    question = asked({"orders": [["a", "b", "c", "d"], ["d", "a", "b", "c"]]})
    assert outcome(question, "abcd") == outcome(question, "dabc") == ("right", 100)
    assert outcome(question, "adbc") == ("partial", 66.7)  # one pair from the second: (5 - 1) / 6


@given(st.permutations("abcdef"))
def test_a_pair_of_neighbours_put_right_scores_more(answer):
    question = asked(list("abcdef"), "abcdef")
    for at in range(5):
        if answer[at] > answer[at + 1]:
            better = [*answer[:at], answer[at + 1], answer[at], *answer[at + 2 :]]
            right = [question.mark(o).says[0].values["right"] for o in (answer, better)]
            assert right[1] == right[0] + 1


# --- what is said


def test_the_card_that_has_to_move_says_past_which_one():
    question = asked(list("abcd"))
    assert told(question, "dabc") == {"d": "排得太靠前：应当在“第 c 步”后面。"}
    assert told(question, "bcda") == {"a": "排得太靠后：应当在“第 b 步”前面。"}


def test_a_card_that_has_to_move_says_why_too():
    question = asked(list("abc"), "abc", reasons={"c": "合同最后签。"})
    assert told(question, "cab") == {"c": "排得太靠前：应当在“第 b 步”后面。合同最后签。"}


def test_of_a_group_the_card_that_stands_farthest_is_named():
    question = asked(["a", ["b", "c"], "d"])
    assert told(question, "dacb") == {"d": "排得太靠前：应当在“第 b 步”后面。"}
    assert told(question, "dabc") == {"d": "排得太靠前：应当在“第 c 步”后面。"}


def test_a_long_card_is_named_by_its_beginning():
    one = exercise(list("abc"), "abc")
    one.text["zh"]["cards"]["a"] = "一" * 40
    question = resume(one, {"cards": [{"id": card} for card in "abc"]})
    assert told(question, "bca") == {"a": "排得太靠后：应当在“第 b 步”前面。"}
    assert told(question, "bac") == {"b": "排得太靠前：应当在“" + "一" * 19 + "…”后面。"}


def test_it_says_how_many_cards_are_to_be_moved():
    question = asked(list("abcd"))
    assert question.mark(list("dabc")).says[0].values == {"right": 3, "n": 6, "moves": 1}
    assert question.mark(list("badc")).says[0].values["moves"] == 2


@given(st.permutations("abcdef"))
def test_moving_the_cards_that_are_named_and_no_others_is_enough(answer):
    question = asked(list("abcdef"), "abcdef")
    stay = [card for card, part in question.mark(answer).parts.items() if part.ok]
    assert stay == sorted(stay)


def test_a_list_upside_down_is_told():
    question = asked(list("abcd"))
    assert codes(question, "dcba") == ["practice.order_reversed"]
    assert codes(question, "abcd") == ["practice.order_right"]


def test_an_order_as_good_as_by_lot_is_told_and_scores_nothing():
    question = asked(list("abcd"))
    assert codes(question, "cadb") == ["practice.order_lot"]


def test_a_known_mistake_is_told():
    question = asked(list("abcd"), slips={"by_amount": list("cabd")})
    assert codes(question, "cabd") == ["practice.order_share", "slips.by_amount"]
    assert codes(question, "abdc") == ["practice.order_share"]


# --- what may come


def test_an_untouched_list_is_unanswered_and_half_a_list_is_none():
    assert outcome(asked(list("abcd")), "") == ("unanswered", None)
    assert outcome(asked(list("abcd")), "abc") == ("invalid", None)
    assert outcome(asked(list("abcd")), "abcc") == ("invalid", None)


@settings(deadline=None)
@given(raw=anything("a", "b", "c") | st.permutations("abc"))
def test_whatever_comes_gets_an_outcome_and_never_the_kits_fault(raw):
    marked = asked(list("abc"), "abc").mark(raw)
    assert marked.outcome in set(OUTCOMES) - {"error", "recorded"}
    assert (marked.score is None) == (marked.outcome in ("unanswered", "invalid"))
    assert Mark.of_record(marked.record()) == marked


@pytest.mark.parametrize("trainee", range(30))
@pytest.mark.parametrize("key", [list("abcde"), ["a", ["b", "c"], "d", "e"]])
def test_the_cards_never_lie_in_an_order_that_scores(key, trainee):
    question = issue(exercise(key, "abcde"), f"trainee {trainee}", "course")
    assert question.fault == ""
    assert outcome(question, order.parts(question)) == ("wrong", 0)


def test_made_cards_are_shuffled_too():
    def make(rng, case):
        return {"cards": [{"id": c, "amount": n} for n, c in enumerate("abcd")]}

    def by_amount(given):
        return [c["id"] for c in sorted(given["cards"], key=lambda card: card["amount"])]

    text = {"prompt": "?", "why": ("!",), "card": "{amount:money}"}
    one = Exercise("m.1.1/x", 1, "order", "m.1.1", 1, {"zh": text, "en": text}, make=make,
                   solve=by_amount)  # fmt: skip
    question = issue(one, "zhang", "course")
    assert question.key == list("abcd")
    assert order.parts(question) != question.key


@pytest.mark.parametrize(
    "key",
    [
        list("abc"),
        list("abcde"),
        ["a", "b", "c", "c"],
        [list("abcd")],
        [],
        "abcd",
        {"orders": []},
        {"orders": [list("abcd"), list("abc")]},
        {"order": list("abcd")},
        [3, "a", "b", "c"],
        None,
    ],
)
def test_a_key_that_cannot_be_is_the_kits_fault(key):
    assert asked(key).fault


def test_the_ends_of_the_list_have_words():
    plain, own = asked(list("abcd")), asked(list("abcd"), first="最重要", last="最不重要")
    assert (plain.public("zh")["first"], plain.public("zh")["last"]) == ("最先", "最后")
    assert (own.public("zh")["first"], own.public("zh")["last"]) == ("最重要", "最不重要")


@given(st.permutations("abcde"), st.integers(0, 99))
def test_fabricated_answers_give_the_outcomes_they_are_made_for(key, seed):
    question = asked(list(key), "abcde")
    made = order.fabricate(question, random.Random(seed))
    assert set(made) == {"unanswered", "invalid", "wrong", "partial", "right"}
    assert {name: question.mark(raw).outcome for name, raw in made.items()} == {n: n for n in made}
