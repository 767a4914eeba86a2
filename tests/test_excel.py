import io
import pathlib

import openpyxl
import pytest
import small_bank

from coursekit.cli import main
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import bank, excel

SOURCE = "# 讲师的注释\n" + small_bank.SORT + small_bank.NUMBER


def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(workbook):
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def edited(course, *edits):
    """The workbook of the bank with cells changed: (exercise, place, column, text)."""
    workbook = book(excel.out(course, ["mini"]))
    for exercise, place, column, text in edits:
        row = next(
            row
            for row in workbook["mini"].iter_rows()
            if (row[0].value, row[1].value) == (exercise, place)
        )
        row["ABCDE".index(column)].value = text
    return saved(workbook)


@pytest.fixture
def course(tmp_path):
    return small_bank.course(tmp_path, SOURCE)


def bank_file(course):
    return course.folder / "exercises" / "mini.yaml"


def test_out_and_in_changes_nothing_in_the_shipped_banks(tmp_path):
    course = Course("x", tmp_path)
    data = excel.out(course)
    assert excel.back(course, data) == {}
    assert excel.back(course, saved(book(data))) == {}  # as another program writes it
    assert list(tmp_path.iterdir()) == []


def test_every_text_of_a_bank_has_its_row(course):
    rows = list(book(excel.out(course, ["mini"]))["mini"].values)
    texts = {cell for row in rows for cell in row[3:]}
    assert {"每张卡放到哪一级？", "Evidence, not feeling.", "先看预算。", "忘了乘胜算。"} <= texts
    assert rows[0] == ("题号", "位置", "这是什么", "中文", "英文")
    assert ("mini.1.1/classes", "hints.2", "提示", "再看签字。", "Look at the signature.") in rows


def test_every_row_says_what_it_is_and_a_change_to_it_is_taken(tmp_path):
    (tmp_path / "exercises").mkdir()
    gallery = pathlib.Path(__file__).parent / "browser" / "cards.yaml"
    (tmp_path / "exercises" / "drill.yaml").write_bytes(gallery.read_bytes())
    course = Course("x", tmp_path)
    for sheet in book(excel.out(course)).worksheets:
        named = list(sheet.iter_rows(min_row=2, values_only=True))
        assert [row[:2] for row in named if row[2] == "文字"] == []
    workbook = book(excel.out(course, ["drill"]))
    for row in workbook["drill"].iter_rows(min_row=2):
        if row[1].value == "talk.n1.lines.b":
            assert row[2].value == "可以说的一句"
            row[3].value = "您好，我姓沈，做饲料的"
        if row[1].value == "example.steps.1.what":
            row[3].value = "和王经理过付款日子"
    assert excel.back(course, saved(workbook)) == {"drill": 2}
    told = bank.exercise(course, "drill.1/short-call").text["zh"]["talk"]["n1"]["lines"]["b"]
    assert told == "您好，我姓沈，做饲料的"


def test_the_same_bank_gives_the_same_bytes(course):
    assert excel.out(course) == excel.out(course)


def test_a_changed_cell_changes_its_text_and_nothing_else(course):
    data = edited(course, ("mini.1.1/classes", "hints.1", "D", "先问：预算“批”了吗？"))
    assert excel.back(course, data) == {"mini": 1}
    now = bank_file(course).read_text("utf-8")
    assert now == SOURCE.replace("先看预算。", '"先问：预算“批”了吗？"')
    assert (
        bank.exercise(course, "mini.1.1/classes").text["zh"]["hints"][0] == "先问：预算“批”了吗？"
    )


def test_minutes_stay_a_number(course):
    data = edited(course, ("mini.1.1/classes", "minutes", "D", 7))
    assert excel.back(course, data) == {"mini": 1}
    assert bank.exercise(course, "mini.1.1/classes").minutes == 7


def test_lines_quotes_and_colons_survive(course):
    text = 'Say: "no budget" # yet\nand - wait: {amount:money}'
    data = edited(course, ("mini.1.3/forecast", "why", "E", text))
    assert excel.back(course, data) == {"mini": 1}
    assert bank.exercise(course, "mini.1.3/forecast").text["en"]["why"] == (text,)


def test_a_block_of_lines_is_replaced_whole(tmp_path):
    source = SOURCE.replace(
        "    why: 看证据，不看感觉。\n", "    why: |\n      看证据，\n      不看感觉。\n"
    )
    course = small_bank.course(tmp_path, source)
    data = edited(course, ("mini.1.1/classes", "why", "D", "看证据。"))
    assert excel.back(course, data) == {"mini": 1}
    assert '    why: "看证据。"\n  en:\n' in bank_file(course).read_text("utf-8")


def test_line_ends_and_byte_order_mark_of_notepad_stay(tmp_path):
    course = small_bank.course(tmp_path)
    bank_file(course).write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    before = bank_file(course).read_bytes()
    assert excel.back(course, edited(course)) == {}
    excel.back(course, edited(course, ("mini.1.1/classes", "hints.1", "D", "看。")))
    after = bank_file(course).read_bytes()
    assert after == before.replace("先看预算。".encode(), '"看。"'.encode())


def test_a_shipped_bank_is_copied_into_the_course_and_changed_there(tmp_path):
    course = Course("x", tmp_path)
    workbook = book(excel.out(course, ["funnel_2"]))
    row = next(row for row in workbook["funnel_2"].iter_rows(min_row=2) if row[1].value == "prompt")
    row[3].value = "华东区的说法：" + row[3].value
    assert excel.back(course, saved(workbook)) == {"funnel_2": 1}
    assert bank.exercise(course, row[0].value).text["zh"]["prompt"].startswith("华东区的说法：")


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("mini.1.1/classes", "why", "D", " "), "sheet.emptied"),
        (("mini.1.1/classes", "why", "B", "whynot"), "sheet.unknown_row"),
        (("mini.1.1/classes", "minutes", "E", "3"), "sheet.no_text_there"),
        (("mini.1.1/classes", "minutes", "D", "drei"), "sheet.bank_refuses"),
        (("mini.1.3/forecast", "prompt", "D", "{amount:nope}"), "sheet.bank_refuses"),
        (("mini.1.1/classes", "prompt", "D", "项目 {nothing}"), "sheet.bank_refuses"),
    ],
)
def test_a_change_the_bank_cannot_take_is_told_by_row_and_changes_nothing(course, edit, code):
    with pytest.raises(InputError) as told:
        excel.back(course, edited(course, ("mini.1.3/forecast", "why", "D", "好"), edit))
    assert told.value.code == code
    assert told.value.values["row"] > 1
    assert "{" not in told.value.sentence("zh").replace("{nothing}", "").replace("{amount", "")
    assert bank_file(course).read_text("utf-8") == SOURCE


def test_why_a_bank_refuses_a_change_is_told_in_one_language(course):
    with pytest.raises(InputError) as told:
        excel.back(course, edited(course, ("mini.1.1/classes", "minutes", "D", "drei")))
    assert "line" not in told.value.sentence("zh")
    assert "行" not in told.value.sentence("en")


def test_a_sheet_of_another_name_is_said_to(course):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Tabelle1"
    with pytest.raises(InputError) as told:
        excel.back(course, saved(workbook))
    assert told.value.code == "sheet.no_bank"


def test_what_looks_like_a_formula_stays_text(course):
    excel.back(course, edited(course, ("mini.1.1/classes", "why", "D", "'=1+1")))
    assert bank.exercise(course, "mini.1.1/classes").text["zh"]["why"] == ("'=1+1",)
    cells = [c for row in book(excel.out(course))["mini"].iter_rows() for c in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_the_command_writes_and_reads_back(course, tmp_path, capsys):
    file = tmp_path / "bank.xlsx"
    where = ["--course", str(course.folder)]
    assert main(["bank", "out", str(file), "mini", *where]) == 0
    assert main(["bank", "in", str(file), *where]) == 0
    assert "没有要改的" in capsys.readouterr().out
    file.write_bytes(edited(course, ("mini.1.1/classes", "why", "D", "看证据。")))
    assert main(["bank", "in", str(file), *where]) == 0
    assert "mini：改了 1 处" in capsys.readouterr().out
