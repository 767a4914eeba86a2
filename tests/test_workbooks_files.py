"""The workbooks as files: what stands in them before anybody opens them."""

import datetime
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from coursekit import cli, tables, terms, workbooks
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.scoring import Scorecard
from coursekit.tables import schema

TODAY = datetime.date(2026, 3, 2)
NAMES = pytest.mark.parametrize("name", workbooks.NAMES)
# functions that Excel 2010 has not, or that another program writes otherwise
LATER = (
    *("XLOOKUP", "LET", "FILTER", "TEXTJOIN", "CONCAT", "IFS", "SWITCH", "MAXIFS", "MINIFS"),
    *("SORT", "UNIQUE", "SEQUENCE", "XMATCH", "LAMBDA", "INDIRECT", "OFFSET"),
)


@pytest.fixture(scope="module")
def made():
    """The bytes of every workbook, empty, in both languages."""
    return {(name, lang): workbooks.content(name, lang) for name in workbooks.NAMES
            for lang in terms.LANGS}  # fmt: skip


def parts(data, ending=".xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(ending)]
        return {name: archive.read(name).decode("utf-8") for name in names}


@NAMES
def test_the_same_input_gives_the_same_bytes(made, name):
    assert workbooks.content(name, "zh") == made[name, "zh"]


@NAMES
def test_every_formula_is_one_of_excel_2010_and_no_array(made, name):
    sheets = "".join(parts(made[name, "zh"]).values())
    formulas = re.findall(r"<f[^>]*>([^<]*)</f>", sheets)
    functions = {word for text in formulas for word in re.findall(r"([A-Z.]+)\(", text)}
    assert formulas
    assert functions & set(LATER) == set()
    assert 't="array"' not in sheets
    assert "_xlfn" not in sheets
    assert max(map(len, formulas)) < 8192


@NAMES
def test_there_is_no_macro_and_no_link_to_elsewhere(made, name):
    with zipfile.ZipFile(io.BytesIO(made[name, "en"])) as archive:
        files = archive.namelist()
    assert [f for f in files if "vba" in f.casefold() or "externalLink" in f] == []


@NAMES
def test_every_list_can_be_picked_from_and_every_sheet_prints_on_a4(made, name):
    book = openpyxl.load_workbook(io.BytesIO(made[name, "zh"]))
    found = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    lists = [rule.formula1 for rule in found if rule.type == "list"]
    assert {rule for rule in lists if not rule.startswith('"')} <= set(book.defined_names)
    assert all(sheet.page_setup.paperSize == 9 for sheet in book)
    first = book.worksheets[0]
    assert first.freeze_panes == "C5"
    assert first.page_setup.orientation == "landscape"


def test_points_weights_and_rates_are_those_of_the_instruments(made):
    def settings(name):
        book = openpyxl.load_workbook(io.BytesIO(made[name, "en"]))

        def at(code):
            ((sheet, place),) = book.defined_names[code].destinations
            cells = book[sheet][place.replace("$", "")]
            if not isinstance(cells, tuple):
                return cells.value
            return [[cell.value for cell in row] for row in cells]

        return at

    ladder = Course.find().ladder()
    rates = [rate for (rate,) in settings("funnel")("s_rates")]
    assert rates == [*(stage.rate for stage in ladder.stages), 0]
    for name, card in (("customers", "man"), ("dealers", "credit"), ("accounts", "relationship")):
        at, card = settings(name), Scorecard.load(card)
        assert at(f"{card.name}_weights") == [[c.weight for c in card.criteria]]
        assert at(f"{card.name}_unknown") == [[c.unknown for c in card.criteria]]
        points = zip(*at(f"{card.name}_points"), strict=True)
        assert [list(p) for p in points] == [[a.points for a in c.answers] for c in card.criteria]


def test_a_trainers_own_rates_go_into_the_workbook(tmp_path):
    ladder = Course.find().file("instruments/ladder.toml").read_text("utf-8")
    (tmp_path / "instruments").mkdir()
    own = ladder.replace("rate = 0.5\n", "rate = 0.4\n")
    (tmp_path / "instruments" / "ladder.toml").write_text(own, "utf-8")
    course = Course(id="own", folder=tmp_path)
    data = workbooks.content("funnel", course=course)
    book = openpyxl.load_workbook(io.BytesIO(data))
    ((sheet, place),) = book.defined_names["s_rates"].destinations
    assert [cell.value for (cell,) in book[sheet][place.replace("$", "")]][3] == 0.4


def test_a_text_never_becomes_a_formula(tmp_path):
    evil = "=cmd|' /C calc'!A0"
    rows = pd.DataFrame({"customer": [evil, "+1", "http://a.b"], "stage": "p50"})
    data = workbooks.content("funnel", rows=rows)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [book.worksheets[0].cell(row, 2) for row in (6, 7, 8)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (evil, "s"), ("+1", "s"), ("http://a.b", "s")]  # fmt: skip
    assert all(cell.hyperlink is None for cell in cells)


def test_more_rows_than_are_ready_get_their_formulas_too():
    rows = pd.DataFrame({"customer": [f"K{n}" for n in range(400)], "revenue": 1.0})
    data = workbooks.content("customers", rows=rows)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.cell(405, 2).value == "K399"
    assert str(sheet.cell(455, 1).value).startswith("=")


def test_a_file_that_is_there_is_never_written_over(tmp_path):
    path = workbooks.write("customers", tmp_path / "my.xlsx")
    path.write_bytes(b"my customers")
    with pytest.raises(InputError) as told:
        workbooks.write("customers", path)
    assert told.value.code == "workbook.exists"
    assert path.read_bytes() == b"my customers"


def test_a_workbook_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(InputError) as told:
        workbooks.content("../funnel")
    assert told.value.code == "workbook.no_such_workbook"
    assert "funnel, customers" in told.value.sentence("en")


def test_the_command_writes_it_where_one_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["template", "plan"]) == 0
    assert cli.main(["template", "plan", "mine.xlsx", "--lang", "en"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.xlsx", "销售计划.xlsx"]
    assert capsys.readouterr().out == "写好了：销售计划.xlsx\nWritten: mine.xlsx\n"
    assert cli.main(["template", "plan"]) == 2


@NAMES
def test_the_empty_workbook_holds_an_example_and_nothing_else(tmp_path, made, name):
    path = tmp_path / "own.xlsx"
    for lang in terms.LANGS:
        path.write_bytes(made[name, lang])
        table = workbooks.read(name, path)
        assert len(table.frame) == 0
        assert [(drop.row, drop.code) for drop in table.dropped] == [(5, "tables.row_example")]


@NAMES
def test_no_header_of_a_list_means_two_columns(made, name, tmp_path):
    path = tmp_path / "own.xlsx"
    for lang in terms.LANGS:
        path.write_bytes(made[name, lang])
        mapping = workbooks.read(name, path).mapping
        assert mapping.rivals == {}
        assert mapping.alike_columns == ()


@pytest.mark.parametrize("name", ["customers", "credit", "accounts", "plan", "goals"])
def test_the_headers_of_a_schema_are_all_different(name):
    headers = [h for column in schema.load(name).columns.values() for h in column.names]
    assert len(set(headers)) == len(headers)


def test_no_answer_of_a_card_is_a_word_for_nothing():
    for name, cards in (("customers", ["man"]), ("credit", ["credit"]),
                        ("accounts", ["attractiveness", "relationship"])):  # fmt: skip
        for criterion in (c for card in cards for c in Scorecard.load(card).criteria):
            missing = {
                word.casefold() for word in schema.load(name).columns[criterion.code].missing
            }
            answers = {w.casefold() for a in criterion.answers for w in a.words.values()}
            assert answers & missing == set(), criterion.code


def excel(*rows):
    """A sheet whose formulas came to an empty text, as Excel saves them."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    changed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            text = old.read(item)
            text = re.sub(
                rb'(<c r="[A-Z]+[0-9]+")(><f>[^<]*</f>)<v\s*/>', rb'\1 t="str"\2<v></v>', text
            )
            new.writestr(item, text)
    return changed.getvalue()


def test_formulas_that_came_to_nothing_make_no_rows(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(
        excel(["客户", "阶段", "预计金额", "算"], ["甲", "报价", 5, '=IF(A2="","",1)'],
              [None, None, None, '=IF(A3="","",1)'], [None, None, None, '=IF(A4="","",1)'])
    )  # fmt: skip
    table = tables.read(path, "deals")
    assert (len(table.frame), len(table.dropped)) == (1, 0)


def test_a_row_marked_as_an_example_is_listed_and_not_read(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("序号,客户,阶段\n示例,甲,报价\n1,乙,报价\n2,示例,报价\n", "utf-8")
    table = tables.read(path, "deals")
    assert table.frame["customer"].tolist() == ["乙", "示例"]
    assert [(drop.row, drop.code) for drop in table.dropped] == [(2, "tables.row_example")]


def test_a_long_text_that_is_put_in_has_room():
    step = "Next Tue: plan deliveries for the second half of the year with Liang, then annex it"
    rows = pd.DataFrame({"customer": ["One", "Two"], "next_step": [step, "Call"]})
    book = openpyxl.load_workbook(io.BytesIO(workbooks.content("funnel", "en", rows=rows)))
    heights = book.worksheets[0].row_dimensions
    assert heights[6].height >= 3 * 13 > (heights[7].height or 30)


@pytest.mark.parametrize("name", ["customers", "dealers", "accounts"])
def test_no_figure_above_a_list_is_torn_by_the_end_of_a_page(made, name):
    sheet = openpyxl.load_workbook(io.BytesIO(made[name, "zh"])).worksheets[0]
    (page,) = (found.id for found in sheet.col_breaks.brk)  # columns on the first page
    for figure in sheet.merged_cells.ranges:
        first, last = figure.min_col - 1, figure.max_col  # its caption stands before it
        assert first > page or last <= page
        assert first > 2  # the first two columns are printed on both pages
