import string

import pytest

from coursekit import terms
from coursekit.errors import InputError


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (12_000, "1.2万", "12,000"),
        (860_000, "86万", "860,000"),
        (123_456_789, "1.23亿", "123,456,789"),
        (2.5, "3", "3"),
        (-12_345, "-1.23万", "-12,345"),
        (None, "—", "—"),
        (float("nan"), "—", "—"),
    ],
)
def test_money_reads_as_people_write_it(amount, zh, en):
    assert terms.money(amount, "zh") == zh
    assert terms.money(amount, "en") == en


def test_a_half_percent_is_rounded_up():
    assert terms.percent(0.125) == "13%"
    assert terms.percent(0.6305, 1) == "63.1%"


def test_a_date_reads_as_people_write_it():
    assert terms.date("2026-03-05", "zh") == "2026年3月5日"
    assert terms.date("2026-03-05", "en") == "5 Mar 2026"


def test_every_entry_names_the_same_values_in_both_languages():
    def names(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    unequal = [
        code for code, entry in terms.glossary().items() if names(entry["zh"]) != names(entry["en"])
    ]
    assert unequal == []


def test_a_value_with_braces_is_data():
    assert terms.fill("{name}", "zh", {"name": "{0.__class__}"}) == "{0.__class__}"


def test_a_text_reaches_no_attributes():
    with pytest.raises(ValueError, match="plain name"):
        terms.fill("{x.__class__}", "zh", {"x": 1})


def test_an_error_speaks_both_languages():
    error = InputError("course.not_utf8", file="course.toml")
    assert "course.toml" in error.sentence("zh")
    assert "UTF-8" in error.sentence("en")
    assert error.sentence("zh") in str(error)
    assert error.sentence("en") in str(error)
