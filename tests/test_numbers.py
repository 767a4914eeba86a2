import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.practice import numbers


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12000", 12_000),
        ("12,000", 12_000),
        ("１２，０００", 12_000),
        ("12 000", 12_000),
        ("1.2万", 12_000),
        ("1.2 万元", 12_000),
        ("1.2w", 12_000),
        ("120k", 120_000),
        ("3千", 3_000),
        ("1.2亿", 120_000_000),
        ("1亿2000万", 120_000_000),
        ("￥1.2亿元", 120_000_000),
        ("$12,000.50", 12_000.5),
        ("-350", -350),
        ("−350", -350),
        ("￥-350", -350),
        (" 86万 ", 860_000),
        (".5", 0.5),
        ("0.35", 0.35),
        (7, 7),
        (0.25, 0.25),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, value):
    read = numbers.read(typed)
    assert read.value == pytest.approx(value)
    assert not read.percent


@pytest.mark.parametrize("typed", ["35%", "３５％", "35 %", "百分之35", "35 percent", "35.0%"])
def test_a_percent_sign_makes_a_share(typed):
    read = numbers.read(typed)
    assert read.value == pytest.approx(0.35)
    assert read.percent


@pytest.mark.parametrize(
    "typed",
    ["", " ", "约3万", "三万", "3-5万", "1,2", "1,2000", "1.2.3", "12万5", "35%万", "￥35%", "--3",
     "1e400", "inf", "nan", "０x10", "3 4", "万", "%", "9" * 41, None, True, [3], {"a": 1},
     math.nan, math.inf, "٣٥"],
)  # fmt: skip
def test_what_is_no_number_for_sure_is_refused(typed):
    assert numbers.read(typed) is None


def test_a_unit_word_may_stand_behind():
    assert numbers.read("12 周", ["周", "weeks"]).value == 12
    assert numbers.read("12 Weeks", ["周", "weeks"]).value == 12
    assert numbers.read("12 家", ["周", "weeks"]) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_none(text):
    read = numbers.read(text)
    assert read is None or math.isfinite(read.value)


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_a_number_with_separators_reads_back(value):
    assert numbers.read(f"{value:,}").value == value
    assert numbers.read(f" ￥{value:,} 元").value == value


def test_a_counter_behind_a_plain_number_is_no_mistake():
    assert numbers.read("6 个", numbers.COUNTERS).value == 6
    assert numbers.read("６次", numbers.COUNTERS).value == 6
    assert numbers.read("6个") is None
