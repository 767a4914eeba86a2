"""Small hostile files, made here: each is read whole, or refused in one sentence."""

import csv
import datetime
import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlwt import CompoundDoc

from coursekit import tables
from coursekit.errors import InputError

HEAD = "客户,阶段,预计金额\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)


def xlsx(*rows, title="Sheet", merge=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for span in merge:
        sheet.merge_cells(span)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(*rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("one")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell, *([day] if isinstance(cell, datetime.date) else []))
    return saved(book)


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def without_sheets():
    """A workbook whose list of sheets is empty."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as whole, zipfile.ZipFile(stream, "w") as packed:
        for item in whole.infolist():
            content = whole.read(item)
            if item.filename == "xl/workbook.xml":
                start, end = content.index(b"<sheets>"), content.index(b"</sheets>")
                content = content[: start + 8] + content[end:]
            packed.writestr(item.filename, content)
    return stream.getvalue()


def lone_cell():
    book = openpyxl.Workbook()
    book.active["A1"] = "阶段"
    book.active["XFD1048576"] = 1
    return saved(book)


def locked_xls():
    """An .xls with the record that asks for a password, right after its first one."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "阶段")
    stream = book.get_biff_data()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    stream = stream[:first] + struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48) + stream[first:]
    content = io.BytesIO()
    CompoundDoc.XlsDoc().save(content, stream)
    return content.getvalue()


def only_chart():
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    return saved(book)


REFUSED = {
    "0 bytes": (b"", "empty_file"),
    "blanks only": (b" \r\n\t\n", "empty_file"),
    "a byte order mark only": (b"\xef\xbb\xbf", "empty_file"),
    "NUL bytes only": (b"\0" * 500, "empty_file"),
    "commas only": (b",,,\n,,,\n", "empty_file"),
    "an empty workbook": (xlsx(), "empty_file"),
    "a picture named .xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(range(256)), "picture"),
    "a bitmap": (b"BM" + bytes(range(256)) * 4, "picture"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "pdf"),
    "a compressed file": (b"\x1f\x8b\x08\x00" + bytes(range(256)), "archive"),
    "a Word document": (archive(word__document_xml="<w/>"), "not_a_workbook"),
    "half a workbook": (xlsx(["阶段"], ["赢单"])[:900], "damaged_workbook"),
    "a broken zip": (b"PK\x03\x04" + b"\0" * 100, "damaged_workbook"),
    "a workbook without sheets": (without_sheets(), "no_sheet"),
    "a workbook with a chart only": (only_chart(), None),
    "broken inner XML": (archive(xl__workbook_xml="<workbook"), "damaged_workbook"),
    "a lone cell in the last corner": (lone_cell(), "too_large"),
    "a password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a password in an old workbook": (locked_xls(), "password"),
    "an old Word document": (OLE + b"\0" * 2000, "damaged_workbook"),
    "binary rubbish": (bytes(range(256)) * 40, "not_a_table"),
    "a login page": (b"<!DOCTYPE html><html><body><p>Log in</p></body>", "page_without_table"),
    "XML with entities": (
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + SPREADSHEET.format("").encode(),
        "damaged_workbook",
    ),
    "an XML workbook without sheets": (SPREADSHEET.format("").encode(), "no_sheet"),
    "torn XML": (SPREADSHEET.format("<Worksheet>").encode(), "damaged_workbook"),
    "a quote never closed": (
        (HEAD + '甲,"赢单,1\n' + "乙,输单,2\n" * 9).encode(),
        "open_quote",
    ),
    "a cell of 200,000 characters": ((HEAD + '甲,"' + "x" * 200_000).encode(), "open_quote"),
    "no stage": ("客户,金额\n甲,1\n".encode(), "no_stages"),
    "JSON": (b'{"stage": "won"}', "no_stages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_so_in_one_sentence(tmp_path, name):
    content, code = REFUSED[name]
    path = tmp_path / "导出.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        tables.read(path, "deals")
    assert code is None or caught.value.code == f"tables.{code}"
    for lang in ("zh", "en"):
        sentence = caught.value.sentence(lang)
        assert "导出.xlsx" in sentence
        assert "\n" not in sentence


def test_an_absent_file_and_a_folder_are_told(tmp_path):
    for path, code in ((tmp_path / "none.csv", "no_file"), (tmp_path, "a_folder")):
        with pytest.raises(InputError) as caught:
            tables.read(path, "deals")
        assert caught.value.code == f"tables.{code}"


PAGE = """<html xmlns:x="urn:x"><head><style>td {color: red}</style></head><body>
<table><tr><th>客户<th>阶段<th>预计金额</tr>
<tr><td>甲 &amp; 乙<td>赢单<td x:num="1234.5">1,235</tr>
<tr><td rowspan=2>丙<td>报价<td>2万<tr><td>输单<td>3</table>"""

SHEET = """<Worksheet ss:Name="x"><Table>
<Row><Cell><Data ss:Type="String">客户</Data></Cell><Cell><Data ss:Type="String">阶段</Data></Cell>
<Cell><Data ss:Type="String">预计金额</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">甲</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">5</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">乙</Data></Cell><Cell><Data ss:Type="String">赢单</Data></Cell>
<Cell><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet>"""

A, B = ("甲", "p50", 30_000.0), ("乙", "contract", 5.0)
PLAIN = HEAD + "甲,报价,30000\n乙,赢单,5\n"
READ = {
    "UTF-8": (PLAIN.encode(), [A, B]),
    "UTF-8 with a mark": (PLAIN.encode("utf-8-sig"), [A, B]),
    "GB18030": (PLAIN.encode("gb18030"), [A, B]),
    "UTF-16": (PLAIN.encode("utf-16"), [A, B]),
    "UTF-16 with tabs, as Excel saves it": (PLAIN.replace(",", "\t").encode("utf-16"), [A, B]),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), [A, B]),
    "UTF-16 big-endian without a mark": (PLAIN.encode("utf-16-be"), [A, B]),
    "UTF-32": (PLAIN.encode("utf-32"), [A, B]),
    "Big5": ("stage,客戶\nwon,臺灣電子公司\nlost,高雄港務公司\n".encode("big5"), None),
    "semicolons": (PLAIN.replace(",", ";").encode(), [A, B]),
    "bars": (PLAIN.replace(",", "|").encode(), [A, B]),
    "a sep line": (("sep=;\n" + PLAIN.replace(",", ";")).encode(), [A, B]),
    "tab text named .xls": (PLAIN.replace(",", "\t").encode("gb18030"), [A, B]),
    "lines of an old Mac": (PLAIN.replace("\n", "\r").encode(), [A, B]),
    "lines of Windows": (PLAIN.replace("\n", "\r\n").encode(), [A, B]),
    "mixed line ends": ((HEAD + "甲,报价,30000\r\n乙,赢单,5\r").encode(), [A, B]),
    "no last line end": (PLAIN.rstrip().encode(), [A, B]),
    "decimal commas": (
        "客户;阶段;预计金额\n甲;报价;30.000,00\n乙;赢单;5,00\n".encode(),
        [A, B],
    ),
    "title rows": (("2026年3月商机表,,\n制表：王芳,,\n,,\n" + PLAIN).encode(), [A, B]),
    "blank rows between": (PLAIN.replace("\n乙", "\n\n,,\n乙").encode(), [A, B]),
    "an empty tail": ((PLAIN + ",,\n" * 50).encode(), [A, B]),
    "empty columns": (PLAIN.replace(",", ",,").replace("\n", ",,,\n").encode(), [A, B]),
    "a repeated header": ((HEAD + "甲,报价,30000\n" + HEAD + "乙,赢单,5\n").encode(), [A, B]),
    "a line of totals": (
        ("客户,阶段,预计金额,负责人\n甲,报价,30000,王\n乙,赢单,5,王\n合计,,30005,\n").encode(),
        [A, B],
    ),
    "a stray number": ((PLAIN + ",,1\n").encode(), [A, B]),
    "short rows": ((HEAD + "甲,报价\n乙,赢单,5\n").encode(), [("甲", "p50", None), B]),
    "long rows": ((HEAD + "甲,报价,30000,x,y\n乙,赢单,5\n").encode(), [A, B]),
    "an amount with a comma and no quotes": (
        (HEAD + "甲,报价,30,000\n乙,赢单,5\n").encode(),
        [("甲", "p50", 30.0), B],
    ),
    "quotes with line ends": (
        (HEAD + '"甲\n公司",报价,"30,000"\n"说""好""",赢单,5\n').encode(),
        [("甲\n公司", "p50", 30_000.0), ('说"好"', "contract", 5.0)],
    ),
    "NUL characters": (PLAIN.replace("甲", "甲\0").encode(), [A, B]),
    "one torn character": (PLAIN.encode() + "丙丙丙丙丙丙丙丙丙丙".encode()[:-1], None),
    "duplicate headers": (
        "客户,阶段,预计金额,预计金额\n甲,报价,30000,1\n乙,赢单,5,2\n".encode(),
        [A, B],
    ),
    "only a header": (HEAD.encode(), []),
    "formulas as text": (
        (HEAD + "=1+1,报价,=1+1\n乙,赢单,5\n").encode(),
        [("=1+1", "p50", None), B],
    ),
    "DDE": (
        (HEAD + "=cmd|' /C calc'!A0,报价,30000\n@SUM(A1),赢单,5\n").encode(),
        [("=cmd|' /C calc'!A0", "p50", 30_000.0), ("@SUM(A1)", "contract", 5.0)],
    ),
    "markup as a name": (
        (HEAD + "<script>alert(1)</script>,报价,30000\n../../x,赢单,5\n").encode(),
        [("<script>alert(1)</script>", "p50", 30_000.0), ("../../x", "contract", 5.0)],
    ),
    "huge numbers": (
        (HEAD + f"甲,报价,1e400\n乙,赢单,{10**30}\n").encode(),
        [("甲", "p50", None), ("乙", "contract", 1e30)],
    ),
    "a text that begins like a bitmap": (
        "BM,客户,阶段,预计金额\n1,甲,报价,30000\n2,乙,赢单,5\n".encode(),
        [A, B],
    ),
    "full-width": (
        (HEAD + "甲,报价,３万\n乙,赢单,５\n").encode(),
        [A, B],
    ),
    "zero-width characters": (
        ("\u200b客户,阶段\u200b,预计金额\n甲,\u200b报价,30000\n乙,赢单,\u200b\n").encode(),
        [A, ("乙", "contract", None)],
    ),
    "a web page named .xls": (
        PAGE.encode("gb18030"),
        [("甲 & 乙", "contract", 1234.5), ("丙", "p50", 20_000.0), ("丙", "lost", 3.0)],
    ),
    "an XML workbook named .xls": (
        SPREADSHEET.format(SHEET).encode(),
        [("甲", None, 5.0), ("乙", "contract", 7.0)],
    ),
    "an .xls": (
        xls(["客户", "阶段", "预计金额"], ["甲", "报价", 30_000], ["乙", "赢单", "5元"]),
        [A, B],
    ),
    "an .xlsx": (
        xlsx(["客户", "阶段", "预计金额"], ["甲", "报价", 3e4], ["乙", "赢单", 5]),
        [A, B],
    ),
    "a merged title and a merged group": (
        xlsx(
            ["商机表", None, None],
            ["客户", "进展", None],
            [None, "阶段", "预计金额"],
            ["甲", "报价", 30_000],
            ["乙", "赢单", 5],
            merge=("A1:C1", "A2:A3", "B2:C2"),
        ),
        [A, B],
    ),
    "merged names beside each deal": (
        xlsx(
            ["客户", "阶段", "预计金额"],
            ["甲", "报价", 30_000],
            [None, "赢单", 5],
            merge=("A2:A3",),
        ),
        [A, ("甲", "contract", 5.0)],
    ),
    "an Excel error": (
        xlsx(["客户", "阶段", "预计金额"], ["甲", "报价", "#N/A"], ["乙", "赢单", 5]),
        [("甲", "p50", None), B],
    ),
    "a formula never computed": (
        xlsx(["客户", "阶段", "预计金额"], ["甲", "报价", "=1+1"], ["乙", "赢单", 5]),
        [("甲", "p50", None), B],
    ),
    "a date for an amount": (
        xlsx(
            ["客户", "阶段", "预计金额"],
            ["甲", "报价", datetime.date(2026, 3, 5)],
            ["乙", "赢单", 5],
        ),
        [("甲", "p50", None), B],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_hostile_file_is_read_whole(tmp_path, name):
    content, expected = READ[name]
    path = tmp_path / "导出.xls"
    path.write_bytes(content)
    table = tables.read(path, "deals")
    if expected is not None:
        frame = table.frame.reindex(columns=["customer", "stage", "amount"]).astype(object)
        rows = frame.where(frame.notna(), None)
        assert [tuple(row) for row in rows.itertuples(index=False)] == expected
    for lang in ("zh", "en"):
        assert all(said.sentence(lang) for said in (*table.notes, *table.dropped))


def read(tmp_path, content, **how):
    path = tmp_path / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tables.read(path, "deals", **how)


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("an amount with a comma and no quotes", "extra_cells", 2),
        ("long rows", "extra_cells", 2),
        ("formulas as text", "not_a_number", 2),
        ("huge numbers", "too_large_number", 2),
        ("an Excel error", "excel_error", 2),
        ("a formula never computed", "not_a_number", 2),
        ("a date for an amount", "not_a_number", 2),
        ("NUL characters", "nul_characters", None),
        ("one torn character", "broken_characters", None),
        ("Big5", "encoding", None),
        ("merged names beside each deal", "merged_cells", None),
    ],
)
def test_what_a_hostile_file_loses_is_told(tmp_path, name, code, row):
    notes = read(tmp_path, READ[name][0]).notes
    assert (f"tables.{code}", row) in [(note.code, note.row) for note in notes]


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("blank rows between", [(3, "row_empty"), (4, "row_empty")]),
        ("a repeated header", [(3, "row_header")]),
        ("a line of totals", [(4, "row_total")]),
        ("a stray number", [(4, "row_stray")]),
        ("an XML workbook named .xls", [(2, "row_empty")]),
    ],
)
def test_a_dropped_row_has_its_number_and_reason(tmp_path, name, dropped):
    found = [(row.row, row.code) for row in read(tmp_path, READ[name][0]).dropped]
    assert found == [(row, f"tables.{code}") for row, code in dropped]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    # a quoted line end does not begin a new row; title rows and the header count
    table = read(tmp_path, "商机表,,\n" + HEAD + '"甲\n公司",报价,1\n,,\n乙,赢单,5\n')
    assert list(table.frame.index) == [3, 5]


def test_a_quote_that_swallows_rows_names_its_row(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, HEAD + '甲,报价,1\n乙,"赢单,5\n丙,报价,1\n丁,报价,1\n戊,"报价",1\n')
    assert caught.value.rows == (3,)


words = ["", " ", "3万", "赢单", "报价", "合计", "=1", "NULL", "2026-03-05", "a\nb", '"', "(5)"]
letters = st.characters(exclude_characters=",;\t|\0", exclude_categories=["Cs", "Cc"])
cells = st.one_of(st.sampled_from(words), st.text(letters, max_size=8))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(cells, max_size=6), max_size=12), st.sampled_from(",;\t|"))
def test_every_row_is_kept_or_listed(tmp_path, rows, delimiter):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([["客户", "阶段", "预计金额", "下一步"], *rows])
    table = read(tmp_path, stream.getvalue().encode())
    kept, dropped = list(table.frame.index), [row.row for row in table.dropped]
    assert sorted(kept + dropped) == list(range(2, len(rows) + 2))
    assert {note.row for note in table.notes} <= {None, *kept}


typed = st.sampled_from([None, "甲", "赢单", "合计", 5, 2.5, True, datetime.date(2026, 3, 5)])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(typed, max_size=6), max_size=8))
def test_every_row_of_a_workbook_is_kept_or_listed(tmp_path, rows):
    # a sheet ends with its last filled row; the one added here makes that the last row of all
    content = xlsx(["客户", "阶段", "预计金额", "下一步"], *rows, ["甲", "赢单", 5, "拜访"])
    table = read(tmp_path, content)
    kept, dropped = list(table.frame.index), [row.row for row in table.dropped]
    assert sorted(kept + dropped) == list(range(2, len(rows) + 3))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(content)
    for schema in (None, "deals"):
        try:
            table = tables.read(path, schema)
        except InputError as error:
            assert error.sentence("zh")
        else:
            assert len(table.frame.index) == len(set(table.frame.index))
