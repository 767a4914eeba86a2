"""Which rows below a header are records, and which are totals, groups or lines under the table."""

import openpyxl
import pytest

from coursekit import tables

HEADER = ["负责人", "客户", "阶段", "预计金额", "预计成交日期", "下一步"]
DEAL = ["王芳", "甲厂", "50%", 100_000, "2026-04-01", "送样"]


@pytest.fixture
def book(tmp_path):
    """Write rows into a workbook and read it."""

    def read(rows, merged=()):
        path = tmp_path / "list.xlsx"
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        for cells in merged:
            workbook.active.merge_cells(cells)
        workbook.save(path)
        return tables.read(path, "deals")

    return read


def _dropped(table):
    return [(row.row, row.code.split(".")[1]) for row in table.dropped]


@pytest.mark.parametrize(
    "total",
    [
        ["王芳 小计", 2, None, 200_000, None, None],
        ["销售一部小计", None, "2个", 200_000, None, 60_000],
        [None, "部门合计：", None, "20万", "2", None],
        [None, "Subtotal", "Sum", 200_000, None, None],
        [None, None, "Count", 2, None, None],
        ["Total for Anna Reyes", "2 deals", 2, 200_000, 2, 3],
        ["Anna Reyes Total", "25%", 2, 200_000, 2, 3],
        ["累计", 2, 2, 200_000, 2, 3],
    ],
)
def test_a_line_of_totals_is_no_record_however_many_numbers_it_holds(book, total):
    table = book([HEADER, DEAL, DEAL, total])
    assert _dropped(table) == [(4, "row_total")]
    assert table.frame["amount"].sum() == 200_000


@pytest.mark.parametrize(
    "deal",
    [
        ["王芳", "Total", "50%", 100_000, None, None],
        ["王芳", "合计科技小计", "50%", 100_000, "2026-04-01", None],
        ["Total", "甲厂", "50%", 100_000, "2026-04-01", "送样"],
        [None, "法国道达尔 Total", None, 100_000, "2026-04-01", None],
    ],
)
def test_a_customer_with_such_a_name_stays(book, deal):
    table = book([HEADER, DEAL, DEAL, deal])
    assert _dropped(table) == []


def test_a_total_under_a_merged_name_is_no_record(book):
    rows = [HEADER, DEAL, [None, *DEAL[1:]], [None, "小计", None, 200_000, None, None]]
    table = book(rows, ["A2:A4"])
    assert _dropped(table) == [(4, "row_total")]
    assert table.frame["owner"].tolist() == ["王芳", "王芳"]


def test_who_made_and_checked_the_table_is_no_record(book):
    signed = ["制表人：王会计", None, "打印日期：2026-03-02", None, "审核人：", None]
    table = book([HEADER, DEAL, DEAL, signed])
    assert _dropped(table) == [(4, "row_signed")]
    assert list(table.mapping.stages) == ["50%"]


def test_an_owner_named_in_the_first_row_of_each_group_has_the_whole_group(book):
    rest = [None, *DEAL[1:]]
    table = book([HEADER, DEAL, rest, rest, ["李强", *DEAL[1:]], rest])
    assert table.frame["owner"].tolist() == ["王芳"] * 3 + ["李强"] * 2
    (note,) = table.notes
    assert (note.code, note.values) == ("tables.filled_down", {"n": 3})


@pytest.mark.parametrize(
    "names",
    [
        [None, "王芳", None, "李强", None, None],  # begins with a deal of nobody
        ["王芳", "李强", None, "王芳", None, None],  # a name again: nobody's deals between
        ["王芳", "李强", "赵敏", None],  # few blanks
        ["王芳", None, None],
    ],
)
def test_a_deal_of_nobody_is_not_given_to_somebody(book, names):
    table = book([HEADER, *([name, *DEAL[1:]] for name in names)])
    assert [name if isinstance(name, str) else None for name in table.frame["owner"]] == names
    assert table.notes == ()


@pytest.mark.parametrize(("second", "told"), [("EUR", ["CNY, EUR"]), ("cny", []), (None, [])])
def test_a_column_of_several_currencies_is_told_with_the_amounts(book, second, told):
    header = [*HEADER, "币种"]
    table = book([header, [*DEAL, "CNY"], [*DEAL, second]])
    assert [note.values["found"] for note in table.notes] == told


def test_a_last_row_that_begins_late_is_no_second_line_of_the_header(book):
    table = book([HEADER, [None] * 5 + ["送样", "拜访"]])
    assert table.mapping.headers[-2:] == ("下一步", "column_7")
    assert [*table.frame.index, *(row.row for row in table.dropped)] == [2]
