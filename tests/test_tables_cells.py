"""Cells to numbers and days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.tables import dates, numbers

D = datetime.date


def value(cell, **how):
    return numbers.parse([cell], **how).values[0]


def codes(parsed):
    return [(position, code) for position, code, _ in parsed.problems]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("30000", 30_000),
        ("3万", 30_000),
        ("3 万元", 30_000),
        ("1.2万", 12_000),
        ("0.07万", 700),
        ("1.5亿", 150_000_000),
        ("５０万元", 500_000),
        ("￥１２，０００．５０", 12_000.5),
        ("¥1,234,567.89", 1_234_567.89),
        ("$12,000", 12_000),
        ("US$ 12,000", 12_000),
        ("USD 12000", 12_000),
        ("12000 RMB", 12_000),
        ("30000元", 30_000),
        ("人民币30000", 30_000),
        ("30k", 30_000),
        ("1.2M", 1_200_000),
        ("5w", 50_000),
        ("300千", 300_000),
        ("2千万", 20_000_000),
        ("1 234 567", 1_234_567),
        ("1'234'567", 1_234_567),
        ("12,34,567", 1_234_567),
        ("(1,200)", -1_200),
        ("1200-", -1_200),
        ("−5", -5),
        ("+5", 5),
        (".5", 0.5),
        ("1.5E+05", 150_000),
        ("65.0%", 0.65),
        ("99999999999999999999", 1e20),
        (12, 12),
        (12.5, 12.5),
        ("", None),
        ("  \u3000", None),
        (None, None),
    ],
)
def test_a_number_is_read_as_people_write_it(cell, number):
    parsed = numbers.parse([cell])
    assert parsed.values == [number]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约3万", "not_a_number"),
        ("3-5万", "not_a_number"),
        (">100", "not_a_number"),
        ("三万", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("=cmd|' /C calc'!A0", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("--5", "not_a_number"),
        ("(5", "not_a_number"),
        ("12,34", "not_a_number"),
        ("5%万", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        (True, "not_a_number"),
        (D(2026, 3, 5), "not_a_number"),
        (datetime.time(3, 4), "not_a_number"),
        ("1e400", "too_large_number"),
        (float("inf"), "too_large_number"),
        ("9" * 400, "too_large_number"),
        ("#DIV/0!", "excel_error"),
    ],
)
def test_what_is_no_number_is_missing_and_told(cell, code):
    parsed = numbers.parse([cell], mark=".")
    assert parsed.values == [None]
    assert codes(parsed) == [(0, f"tables.{code}")]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234", "5,678"], "."),
        (["1,234.5", "2"], "."),
        (["1.5", "1.234"], "."),
        (["0.125"], "."),
        (["1.234,5", "1.234"], ","),
        (["1,5", "2,25"], ","),
        (["1.234.567"], ","),
        (["1234,5678"], ","),
        (["1.234", "2.500"], None),
        (["1,234", "1.234"], None),
        (["1,5", "1,234", "2,345"], None),
        (["1.5", "1,5"], None),
        (["1.5"] * 10 + ["1,5"], "."),
        (["5", "12"], ""),
        ([], ""),
    ],
)
def test_the_decimal_mark_is_decided_for_the_column(cells, mark):
    assert numbers.decimal_mark(cells) == mark


def test_a_column_with_a_decimal_comma_is_read_with_it():
    assert numbers.parse(["1.234,50", "1.234", "7"], mark=",").values == [1234.5, 1234, 7]


def test_where_the_mark_is_open_only_clear_numbers_are_used():
    parsed = numbers.parse(["1.234", "1.234,5", "7"], mark=None)
    assert parsed.values == [None, 1234.5, 7]
    assert codes(parsed) == [(0, "tables.number_unclear")]
    assert parsed.remarks == (("tables.separator_unclear", {}),)


def test_a_negative_amount_is_not_believed():
    parsed = numbers.parse(["-5", "0", "5"], least=0)
    assert parsed.values == [None, 0, 5]
    assert codes(parsed) == [(0, "tables.too_small")]


def test_several_currencies_in_a_column_are_told():
    parsed = numbers.parse(["¥100", "RMB 100", "$100"])
    assert parsed.values == [100, 100, 100]
    assert parsed.remarks == (("tables.several_currencies", {"found": "CNY, USD"}),)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("预计金额(万元)", (10_000, "万元")),
        ("预计金额（单位：万）", (10_000, "单位:万")),
        ("Amount (k USD)", (1_000, "k USD")),
        ("金额[百万元]", (1_000_000, "百万元")),
        ("金额（元）", (1, "")),
        ("Amount (USD)", (1, "")),
        ("Probability (%)", (1, "")),
        ("预计金额", (1, "")),
    ],
)
def test_a_unit_in_a_header_counts(header, unit):
    assert numbers.header_unit(header) == unit


def test_a_unit_of_the_header_is_not_applied_where_the_cell_has_its_own():
    # 30 in a column of 万元 is 300,000; 30万 is 300,000 too, not 30 x 10,000 x 10,000
    assert numbers.parse([30.0, "30", "30万"], factor=10_000).values == [300_000] * 3


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["65.0%", "0.65", "１００％"], [0.65, 0.65, 1]),
        (["65", "5", "100"], [0.65, 0.05, 1]),
        ([0.1, 1.0], [0.1, 1]),
        (["0", "1"], [0, 1]),
        (["0", "100"], [0, 1]),
    ],
)
def test_a_share_is_between_0_and_1(cells, shares):
    assert numbers.parse(cells, share=True).values == pytest.approx(shares)


def test_a_share_that_could_be_either_is_told():
    parsed = numbers.parse(["65", "0.5", "120", "-3"], share=True)
    assert parsed.values == [0.65, None, None, None]
    assert codes(parsed) == [
        (1, "tables.share_unclear"),
        (2, "tables.not_a_share"),
        (3, "tables.not_a_share"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "20260305",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６年３月５日",
        "05-Mar-2026",
        "5 March 2026",
        "5th Mar 2026",
        "5-Mar-26",
        "Mar 5, 2026",
        "March 5th 2026",
        "2026-Mar-05",
        "Thu, 5 Mar 2026",
        "2026-03-05 14:30",
        "2026-03-05 14:30:59.123",
        "2026-03-05T14:30:00Z",
        "2026-03-05T14:30:00.000+08:00",
        "2026/3/5 下午 2:30",
        "2026年3月5日 14时30分",
        "2026-03-05 星期四",
        "5.3.2026",
        "46086",
        46086,
        46086.75,
        20260305.0,
        D(2026, 3, 5),
        datetime.datetime(2026, 3, 5, 23, 59),
    ],
)
def test_a_day_is_read_in_the_forms_that_people_write(cell):
    # 46086 days after 1899-12-30 is 2026-03-05
    parsed = dates.parse([cell])
    assert parsed.values == [D(2026, 3, 5)]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2026", "not_a_date"),
        ("2026-02-30", "not_a_date"),
        ("0000-00-00", "not_a_date"),
        ("下周", "not_a_date"),
        ("12", "not_a_date"),
        (12.0, "not_a_date"),
        (20261399.0, "not_a_date"),
        (1e300, "not_a_date"),
        (True, "not_a_date"),
        (datetime.time(1, 2), "not_a_date"),
        ("1026-03-05", "not_a_date"),
        ("#N/A", "excel_error"),
        ("2026年3月", "date_without_day"),
        ("2026-03", "date_without_day"),
        ("Mar-26", "date_without_day"),
        ("03/2026", "date_without_day"),
        ("3月5日", "date_without_year"),
        ("5-Mar", "date_without_year"),
        ("3/5", "date_without_year"),
    ],
)
def test_what_is_no_day_is_missing_and_told(cell, code):
    parsed = dates.parse([cell], "dmy")
    assert parsed.values == [None]
    assert codes(parsed) == [(0, f"tables.{code}")]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/05/2026", "03/04/2026"], "dmy"),
        (["05/13/2026", "03/04/2026"], "mdy"),
        (["03/04/2026"], None),
        (["05/05/2026"], ""),
        (["2026-03-04"], ""),
        (["03.04.2026"], "dmy"),
        (["99/03/04"], "ymd"),
        (["24/3/5"], "ymd"),
        (["13/05/26"], None),
        (["13/05/26", "30/04/99"], "dmy"),
        (["31/02/2026", "03/04/2026"], None),
        (["13/05/2026", "05/13/2026"], dates.MIXED),
        (["13/05/2026"] * 10 + ["05/13/2026"], "dmy"),
        ([None, ""], ""),
    ],
)
def test_day_and_month_are_told_apart_for_the_column(cells, order):
    assert dates.order(cells) == order


def test_days_that_can_be_read_in_two_ways_are_not_guessed():
    parsed = dates.parse(["03/04/2026", "04/04/2026", "2026-03-04"], None)
    assert parsed.values == [None, D(2026, 4, 4), D(2026, 3, 4)]
    assert codes(parsed) == [(0, "tables.date_unclear")]
    assert parsed.remarks == (("tables.order_unclear", {}),)


def test_in_a_column_of_mixed_orders_only_clear_days_are_used():
    parsed = dates.parse(["13/05/2026", "05/13/2026", "05/06/2026"], dates.MIXED)
    assert parsed.values == [D(2026, 5, 13), D(2026, 5, 13), None]


def test_a_day_against_the_order_of_its_column_is_told():
    parsed = dates.parse(["13/05/2026", "05/13/2026"], "dmy")
    assert parsed.values == [D(2026, 5, 13), None]
    assert codes(parsed) == [(1, "tables.not_a_date")]


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_a_number_written_with_thousands_comes_back(units, cents):
    written = f"{units:,}.{cents:02d}"
    expected = float(f"{units}.{cents:02d}")
    assert value(written, mark=".") == expected
    swapped = written.translate(str.maketrans(",.", ".,"))
    assert value(swapped, mark=",") == expected


@given(st.dates(D(1970, 1, 1), D(2068, 12, 31)))
def test_a_day_comes_back_from_every_written_form(day):
    forms = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%d %B %Y", "%d-%b-%y", "%b %d, %Y", "%Y%m%d"]
    assert dates.parse([day.strftime(form) for form in forms]).values == [day] * len(forms)
    assert dates.parse([day.strftime("%d/%m/%Y")], "dmy").values == [day]
    assert dates.parse([day.strftime("%m/%d/%y")], "mdy").values == [day]


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.none()))
def test_any_cell_is_read_or_told(cell):
    from coursekit.tables.grid import blank

    for parsed in (numbers.parse([cell]), numbers.parse([cell], mark=None), dates.parse([cell])):
        assert (parsed.values[0] is None) == (bool(parsed.problems) or blank(cell))
