import functools
import pathlib
import random
import re

import pytest

import coursekit
from coursekit import cards, edges, selftest, terms
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.likeness import Kinds
from coursekit.scoring import Scorecard

NEED = "[criteria.need]\nweight = 1\nanswers = {yes = 1, no = 0}\nunknown = 0"
FOLDER = pathlib.Path(coursekit.__file__).parent / "instruments"


@pytest.fixture
def edited(tmp_path):
    """A shipped scorecard with one passage replaced, as a trainer's copy."""

    def write(name, old, new):
        text = (FOLDER / f"{name}.toml").read_text("utf-8")
        assert old in text
        path = tmp_path / f"{name}.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def line_with(path, text):
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("name", cards.names())
def test_every_shipped_card_has_100_points_an_item_words_and_a_case_where_it_is_wrong(name):
    card = Scorecard.load(name, complete=True)
    assert sum(criterion.weight for criterion in card.criteria) == 100
    assert card.item
    assert card.cautions
    for words in (card.words, *card.cautions, *(c.words for c in card.criteria)):
        assert all(words[lang] for lang in terms.LANGS)
    for code, _ in card.grades:
        assert terms.known(f"grade.{code}") or code in "ABCD"


@pytest.mark.parametrize("name", cards.names())
def test_every_shipped_card_spans_0_to_100(name):
    for criterion in Scorecard.load(name, complete=True).criteria:
        assert (criterion.worst, criterion.best) == (0, 100)


@pytest.mark.parametrize("name", cards.names())
def test_no_two_answers_of_a_question_read_the_same(name):
    for criterion in Scorecard.load(name, complete=True).criteria:
        for lang in terms.LANGS:
            texts = [answer.words[lang] for answer in criterion.answers]
            assert len(set(texts)) == len(texts)


def test_the_cards_have_the_lists_of_the_syllabus():
    sizes = {name: len(Scorecard.load(name, complete=True).criteria) for name in cards.names()}
    assert sizes == {
        "attractiveness": 6,
        "contribution": 10,
        "credit": 7,
        "dealer_fit": 8,
        "man": 3,
        "market": 6,
        "readiness": 9,
        "relationship": 9,
        "traits": 6,
        "win_factors": 4,
        "winnable": 5,
    }
    assert len(Scorecard.load("dealer_fit").knock_outs) == 3
    # what an account is worth is not counted again in whether it can be won
    worth = {criterion.code for criterion in Scorecard.load("attractiveness").criteria}
    assert not worth & {criterion.code for criterion in Scorecard.load("winnable").criteria}


def test_a_card_that_is_not_shipped_is_told_with_those_that_are():
    for name in ("mann", "../man", "ladder"):
        with pytest.raises(InputError) as told:
            Scorecard.load(name)
        assert "man" in told.value.sentence("zh")


def test_the_words_of_a_band_say_both_edges():
    growth = Scorecard.load("credit").criteria[1]
    assert [answer.words["zh"] for answer in growth.answers] == [
        "不到 20%",
        "20% 起，不到 35%",
        "35% 及以上",
    ]
    assert [answer.words["en"] for answer in growth.answers] == [
        "below 20%",
        "20% to below 35%",
        "35% and over",
    ]


def test_a_trainer_changes_weights_points_and_grades(edited):
    heavier = Scorecard.load(edited("man", "weight = 40", "weight = 140"))
    assert heavier.weights["need"] == 140 / 200
    assert Scorecard.load(edited("man", "high = 70", "high = 80")).grades[0] == ("high", 80)


def test_a_trainer_adds_a_question_with_words_of_his_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        """
zh = "冷链客户"
en = "Cold-chain customers"
cautions = [{zh = "新客户没有记录。", en = "New ones have no record."}]

[grades]
good = 50
poor = 0

[criteria.store]
zh = "有冷库吗？"
en = "Has a cold store?"
weight = 1
answers = {yes = 100, rented = {points = 60, zh = "租的", en = "Rented"}, no = 0}
unknown = 20
""",
        encoding="utf-8",
    )
    card = Scorecard.load(path)
    assert card.words["en"] == "Cold-chain customers"
    assert card.cautions[0]["zh"] == "新客户没有记录。"
    assert [answer.words["zh"] for answer in card.criteria[0].answers] == ["是", "租的", "否"]


def test_a_copy_under_another_name_may_keep_the_words_of_the_first(edited):
    path = edited("man", 'item = "planning.3.3"', 'instrument = "man"')
    other = path.rename(path.with_name("our_man.toml"))
    assert Scorecard.load(other).words == Scorecard.load("man").words


def test_the_course_folder_s_own_card_wins(tmp_path, edited):
    (tmp_path / "instruments").mkdir()
    edited("man", "high = 70", "high = 90").rename(tmp_path / "instruments" / "man.toml")
    assert Course("own", tmp_path).scorecard("man").grades[0] == ("high", 90)
    assert Course("other", tmp_path / "instruments").scorecard("man").grades[0] == ("high", 70)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "marked"),
    [
        ("man", "weight = 30", "weight = -1", "course.wrong_value", "weight = -1"),
        ("man", "weight = 30", 'weight = "30"', "course.wrong_value", 'weight = "30"'),
        ("man", "weight = 30", "weight = inf", "course.wrong_value", "weight = inf"),
        ("man", "weight = 30\n", "", "course.wrong_value", "[criteria.money]"),
        ("man", "weight = 30", "wieght = 30", "course.unknown_key", "wieght"),
        ("man", "yes = 100", "yes = 101", "course.wrong_value", "yes = 101"),
        ("man", "yes = 100", "yes = true", "course.wrong_value", "yes = true"),
        ("man", "yes = 100", "oui = 100", "scoring.no_words", "oui"),
        ("man", "yes = 100, partly = 50, no = 0", "yes = 100", "course.wrong_value", "{yes = 100}"),
        ("man", "unknown = 30", "unknown = 130", "course.wrong_value", "unknown = 130"),
        ("man", "unknown = 30\n", "", "course.wrong_value", "[criteria.money]"),
        ("man", "no = 0}", "no = 0, unknown = 3}", "course.wrong_value", "unknown = 3}"),
        ("man", "low = 0", "low = 5", "course.wrong_value", "low = 5"),
        ("man", "high = 70", "high = 30", "course.wrong_value", "middle = 40"),
        ("man", "[criteria.money]", "[criteria.cash]", "scoring.no_words", "[criteria.cash]"),
        ("man", "[criteria.need]", "[criteria.money]", "course.section_twice", None),
        ("man", "[criteria.need]", "[criterion.need]", "course.unknown_key", "[criterion.need]"),
        ("man", '"man_history"', '"man_herstory"', "scoring.no_words", "man_herstory"),
        ("man", 'item = "planning.3.3"', "item = 3", "course.wrong_value", "item = 3"),
        ("man", "answers = {yes", "points = {yes", "course.unknown_key", "points = {yes"),
        ("credit", "below = 3,", "below = 0.5,", "course.wrong_value", "below = 0.5"),
        ("credit", "{points = 100}]", "{below = 9, points = 100}]", "course.wrong_value", "= 9"),
        ("credit", "{below = 3, points", "{upto = 3, points", "course.wrong_value", "upto"),
        ("credit", "points = 50}, {points", "points = 500}, {points", "course.wrong_value", "500"),
        ("credit", 'unit = "percent"', 'unit = "%"', "course.wrong_value", '"%"'),
        ("credit", '"residence"', '"because"', "course.wrong_value", "because"),
        ("dealer_fit", "[knock_outs.passive]", "[knock_outs.lazy]", "scoring.no_words", "lazy"),
        (
            "dealer_fit",
            "[knock_outs.passive]",
            "[knock_outs.drive]",
            "course.wrong_value",
            "[knock_outs.drive]",
        ),
    ],
)
def test_a_mistake_in_the_file_is_told_by_line(edited, name, old, new, code, marked):
    path = edited(name, old, new)
    with pytest.raises(InputError) as told:
        Scorecard.load(path)
    assert told.value.code == code
    if marked is None:  # the second one of two equal headings
        lines = path.read_text("utf-8").splitlines()
        line = len(lines) - lines[::-1].index("[criteria.money]")
    else:
        line = line_with(path, marked)
    assert told.value.values["line"] == line
    assert f"第 {line} 行" in told.value.sentence("zh")
    assert f"line {line}" in told.value.sentence("en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scoring.no_criteria"),
        ("criteria = 3", "scoring.no_criteria"),
        (
            "[criteria.need]\nweight = 0\nanswers = {yes = 1, no = 0}\nunknown = 0",
            "scoring.no_weight",
        ),
        (
            "[criteria.need]\nweight = 1\nanswers = {yes = 1, no = 0}\nunknown = 0",
            "scoring.no_grades",
        ),
        ("[criteria.need]\nweight = 1\nunknown = 0", "scoring.answers_or_bands"),
    ],
)
def test_what_a_file_lacks_is_said(tmp_path, text, code):
    path = tmp_path / "man.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        Scorecard.load(path)
    assert told.value.code == code
    assert told.value.sentence("zh")
    assert told.value.sentence("en")


def spoiled(text, seed):
    """A file after one to three slips of a hand."""
    rng = random.Random(seed)
    parts = re.findall(r"\w+|\W", text)
    slips = [
        '"x"',
        "-1",
        "true",
        "[]",
        "{}",
        "[grades]",
        "= =",
        "nan",
        "1e400",
        '"',
        "\0",
        "{a = 1}",
    ]
    for _ in range(rng.randint(1, 3)):
        place, kind = rng.randrange(len(parts)), rng.random()
        if kind < 0.4:
            parts[place] = rng.choice(slips)
        elif kind < 0.7:
            del parts[place]
        else:
            parts.insert(place, rng.choice(parts))
    return "".join(parts)


@pytest.mark.parametrize(
    ("name", "load"),
    [
        *((name, Scorecard.load) for name in cards.names()),
        ("customer_types", Kinds.load),
        ("selling_style", selftest.load),
        *((name, functools.partial(edges.read, name)) for name in ("abcd", "risk", "goals")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_spoiled_file_loads_or_is_told_and_never_breaks(tmp_path, name, load):
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    path = tmp_path / f"{name}.toml"
    told = 0
    for seed in range(60):
        path.write_text(spoiled(text, seed), encoding="utf-8")
        try:
            load(path)
        except InputError as error:
            told += 1
            assert error.sentence("zh")
            assert error.sentence("en")
    assert told > 10
