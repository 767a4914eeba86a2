"""Reading a table: what the frame holds, and the figures of real-looking files."""

import datetime

import openpyxl
import pandas as pd
import pytest

from coursekit import tables
from coursekit.errors import InputError

D = datetime.date


@pytest.fixture
def read(tmp_path):
    """Read a small CSV."""

    def read(content, schema="deals", **how):
        path = tmp_path / "list.csv"
        path.write_text(content, "utf-8")
        return tables.read(path, schema, **how)

    return read


def test_a_frame_holds_codes_numbers_days_and_text(read):
    frame = read(
        "商机编号,客户,阶段,预计金额,赢率,创建日期,下一步\n"
        "001,甲,报价,3万,65.0%,2026-03-05 14:30,拜访\n,,,,,,\n002,乙,,,,,\n"
    ).frame
    assert frame.index.name == "row"
    assert frame.index.tolist() == [2, 4]
    assert frame.loc[2].tolist() == [
        "001",
        "甲",
        "p50",
        30_000.0,
        0.65,
        pd.Timestamp(2026, 3, 5),
        "拜访",
    ]
    assert frame.loc[4].isna().tolist() == [False, False, True, True, True, True, True]
    assert frame["amount"].dtype == frame["probability"].dtype == "float64"
    assert frame["created"].dtype.kind == "M"


def test_a_column_that_the_file_lacks_is_absent_and_an_empty_one_is_not(read):
    frame = read("客户,阶段,下一步\n甲,报价,\n").frame
    assert list(frame.columns) == ["customer", "stage", "next_step"]
    assert frame["next_step"].isna().all()


def test_an_unreadable_cell_is_missing_and_told_with_row_and_column(read):
    table = read("客户,阶段,预计金额\n" * 1 + "甲,报价,1\n" * 5 + "乙,报价,约3万\n")
    assert table.frame["amount"].isna().tolist() == [False] * 5 + [True]
    (note,) = table.notes
    assert note.sentence("zh") == "第 7 行“预计金额”：“约3万”不是数字，请写 30000 或 3万"


def test_words_for_nothing_count_only_where_the_schema_says_so(read):
    frame = read(
        "客户,阶段,金额,产品,下一步\nNULL,报价,-1,Select,待定\n甲,报价,5,No Response,No Response\n"
    ).frame
    assert frame.loc[2].isna().tolist() == [True, False, True, True, True]
    assert frame.loc[3, "product"] == frame.loc[3, "next_step"] == "No Response"
    free = read("a,b\nNULL,-1\nx,Select\n", schema=None).frame
    assert free["a"].tolist() == ["NULL", "x"]
    assert free["b"].tolist() == ["-1", "Select"]


def test_won_and_lost_of_a_status_column_close_a_deal(read):
    table = read("客户,阶段,状态\n甲,报价,进行中\n乙,报价,赢单\n丙,需求确认,输单\n")
    assert table.frame["stage"].tolist() == ["p50", "contract", "lost"]
    assert "status" not in table.frame
    assert table.mapping.stages["赢单"] == "contract"
    assert "进行中" not in table.mapping.stages


@pytest.mark.parametrize("header", ["statecode", "StateCode", "状态代码"])
@pytest.mark.parametrize("codes", [("0", "1", "2"), ("Open", "Won", "Lost"), ("", "赢单", "输单")])
def test_won_and_lost_of_a_state_code_close_a_deal(read, header, codes):
    table = read("客户,阶段,{}\n甲,报价,{}\n乙,报价,{}\n丙,报价,{}\n".format(header, *codes))
    assert table.frame["stage"].tolist() == ["p50", "contract", "lost"]
    assert table.mapping.columns["state_code"] == header
    assert "state_code" not in table.frame


def test_a_state_code_with_numbers_of_its_own_closes_nothing(read):
    table = read("客户,阶段,状态代码\n甲,报价,1\n乙,报价,2\n丙,报价,3\n")
    assert table.frame["stage"].tolist() == ["p50", "p50", "p50"]


def test_a_status_and_a_state_code_close_what_either_of_them_closes(read):
    table = read("客户,阶段,状态,statecode\n甲,报价,赢单,0\n乙,报价,进行中,2\n丙,报价,进行中,0\n")
    assert table.frame["stage"].tolist() == ["contract", "lost", "p50"]


def test_a_status_column_is_the_stage_where_there_is_no_other(read):
    table = read("Client,Status\na,Won\nb,Lost\n")
    assert table.frame["stage"].tolist() == ["contract", "lost"]
    assert table.mapping.columns["stage"] == "Status"


def test_one_close_date_is_split_by_whether_the_deal_is_closed(read):
    frame = read(
        "Account Name,Stage,Close Date\na,Proposal,2026-03-05\nb,Closed Won,2026-02-01\n"
    ).frame
    assert frame["expected_close"].dt.date.tolist()[0] == D(2026, 3, 5)
    assert frame["closed"].dt.date.tolist()[1] == D(2026, 2, 1)
    assert frame["closed"].isna().tolist() == [True, False]
    assert frame["expected_close"].isna().tolist() == [False, True]


def test_a_close_date_that_only_closed_deals_have_says_nothing_of_the_open_ones(read):
    frame = read("Account Name,Stage,Close Date\na,Proposal,\nb,Closed Won,2026-02-01\n").frame
    assert "closed" in frame
    assert "expected_close" not in frame


def test_an_open_order_of_dates_is_taken_from_the_other_columns(read):
    table = read("客户,阶段,创建日期,预计成交日期\n甲,报价,03/04/2026,25/12/2026\n")
    assert table.frame["created"].dt.date.tolist() == [D(2026, 4, 3)]
    assert [n.code for n in table.notes] == ["tables.order_from_others"]


def test_a_unit_in_a_header_is_applied_and_told(read):
    table = read("客户,阶段,预计金额（万元）\n甲,报价,30\n")
    assert table.frame["amount"].tolist() == [300_000]
    assert [n.code for n in table.notes] == ["tables.unit_of_header"]


def test_a_deal_number_that_stands_twice_is_told_and_both_are_kept(read):
    table = read("商机编号,阶段,客户\nA1,报价,甲\nA2,报价,乙\nA1,赢单,甲\n")
    assert len(table.frame) == 3
    assert [(n.row, n.code, n.values["first"]) for n in table.notes] == [
        (4, "tables.same_again", 2)
    ]


def test_further_columns_can_be_kept_as_text(read):
    content = "客户,阶段,大区\n甲,报价,华东\n"
    assert "大区" not in read(content).frame
    assert read(content, also=["大区", "stage", "客户"]).frame["大区"].tolist() == ["华东"]
    with pytest.raises(InputError) as caught:
        read(content, also=["大 区"])
    assert caught.value.code == "tables.no_header"


def test_without_a_schema_every_column_is_kept_as_what_it_is(read):
    frame = read(
        '日期,数量,金额,编码,备注\n2026-03-05,1,"1,200",007,3月\n2026/3/6,2,5万,008,\n', None
    ).frame
    assert frame["日期"].dt.date.tolist() == [D(2026, 3, 5), D(2026, 3, 6)]
    assert frame["金额"].tolist() == [1_200, 50_000]
    assert frame["编码"].tolist() == ["007", "008"]
    assert frame["备注"].isna().tolist() == [False, True]


def test_a_stage_history_is_read_with_its_own_schema(read):
    frame = read(
        "商机编号,变更后阶段,变更时间,负责人\nA1,需求确认,2026-03-05 10:00,王\n", "stage_history"
    ).frame
    assert frame.columns.tolist() == ["deal_id", "stage", "date", "owner"]
    assert frame["stage"].tolist() == ["p25"]
    with pytest.raises(InputError) as caught:
        read("商机编号,阶段\nA1,报价\n", "stage_history")
    assert caught.value.code == "tables.no_column"
    assert "“日期”" in caught.value.sentence("zh")


def test_of_several_sheets_the_one_with_the_deals_is_read_and_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    for row in [["本表由系统导出"], *[[f"第 {i} 条"] for i in range(50)]]:
        book.active.append(row)
    book.create_sheet("空")
    sheet = book.create_sheet("商机")
    for row in [["客户", "阶段", "金额"], ["甲", "报价", 5]]:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    table = tables.read(tmp_path / "a.xlsx", "deals")
    assert table.frame["customer"].tolist() == ["甲"]
    assert [(n.code, n.values["sheet"]) for n in table.notes] == [("tables.sheet_taken", "商机")]


def test_shuffled_columns_give_the_same_table(read):
    straight = read("客户,阶段,金额,负责人\n甲,报价,5,王\n").frame
    assert read("负责人,金额,阶段,客户\n王,5,报价,甲\n").frame.equals(straight)


MAVEN = """
[columns]
created = "engage_date"
closed = "close_date"
[values]
product = { GTXPro = "GTX Pro" }
[stages]
Prospecting = "opportunity"
Engaging = "p25"
[join]
file = "products.csv"
key = "product"
fields = { amount = "sales_price" }
"""


def test_the_maven_deals_with_open_ones_at_list_price(shared, tmp_path):
    (tmp_path / "map.toml").write_text(MAVEN, "utf-8")
    table = tables.read(shared / "maven_crm" / "sales_pipeline.csv", "deals", tmp_path / "map.toml")
    groups = table.frame.groupby("stage")["amount"]
    assert groups.size().to_dict() == {
        "contract": 4_238,
        "lost": 2_473,
        "p25": 1_589,
        "opportunity": 500,
    }
    assert groups.sum().to_dict() == {
        "contract": 10_005_534,
        "lost": 0,
        "p25": 3_892_229,
        "opportunity": 1_073_986,
    }
    assert table.dropped == ()
    assert [(n.code, n.values["n"]) for n in table.notes] == [("tables.joined", 1_589 + 500)]


def test_without_the_replaced_name_its_deals_are_listed_as_missed(shared, tmp_path):
    (tmp_path / "map.toml").write_text(MAVEN.replace("GTXPro =", "GTXX ="), "utf-8")
    table = tables.read(shared / "maven_crm" / "sales_pipeline.csv", "deals", tmp_path / "map.toml")
    assert len(table.frame) == 8_800
    assert sum(note.code == "tables.join_missed" for note in table.notes) == 1_480


def test_the_pipeline_with_next_steps(shared, tmp_path):
    (tmp_path / "map.toml").write_text('[missing]\nnext_step = ["No Response"]\n', "utf-8")
    path = shared / "pipeline_next_steps" / "sales_pipeline.csv"
    table = tables.read(path, "deals", tmp_path / "map.toml")
    assert (len(table.frame), len(table.dropped)) == (1_000, 5_841 - 1_000)
    reasons = pd.Series([row.code for row in table.dropped]).value_counts()
    assert reasons.to_dict() == {"tables.row_empty": 4_840, "tables.row_stray": 1}
    assert table.frame["probability"].iloc[0] == 0.65
    assert table.frame["next_step"].isna().sum() == 138 + 173
    assert tables.read(path, "deals").frame["next_step"].isna().sum() == 173


@pytest.mark.parametrize(
    ("path", "rows", "totals"),
    [
        ("cn_superstore/示例 - 超市.xls", 10_000, {"销售额": 16_117_548.24, "利润": 2_156_559.52}),
        ("cn_gbk_sales/销售数据.csv", 7_300, {"销售额": 30_909_504}),
    ],
)
def test_order_lines_keep_their_totals(shared, path, rows, totals):
    frame = tables.read(shared / path).frame
    assert len(frame) == rows
    assert frame[list(totals)].sum().round(2).to_dict() == totals


def test_the_wholesale_file_keeps_its_total(shared):
    frame = tables.read(shared / "uci_wholesale" / "wholesale_440_latin1.csv").frame
    spend = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
    assert frame[spend].sum().sum() == 14_619_500


def test_unknown_is_an_answer_in_the_salvirt_deals(shared):
    frame = tables.read(shared / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv").frame
    assert len(frame) == 448
    won = frame["Status"].eq("Won").groupby(frame["Budgt_alloc"]).mean().round(6)
    assert won.to_dict() == {"No": 0.533679, "Unknown": 0.138889, "Yes": 0.543379}


def test_order_lines_are_no_deals(shared):
    with pytest.raises(InputError) as caught:
        tables.read(shared / "cn_superstore" / "示例 - 超市.xls", "deals")
    assert caught.value.code == "tables.no_stages"
    assert caught.value.sentence("zh").startswith("示例 - 超市.xls 里没有“阶段”这一列")
