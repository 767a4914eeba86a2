"""HTML pages and XML-2003 spreadsheets, which many CRMs export under the name ``.xls``."""

import html.parser
from xml.etree import ElementTree

from coursekit.errors import InputError
from coursekit.tables.grid import Grid, text

_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_MOST_SPAN = 1000


def is_xml_spreadsheet(data):
    """Whether the bytes are a workbook in the XML format of Office 2003."""
    head = data[:4096].replace(b"\0", b"")
    return b"<Workbook" in head and _SPREADSHEET in head


def is_page(data):
    """Whether the bytes begin like a web page."""
    head = data[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(b"<") and any(
        mark in data[:65536].replace(b"\0", b"").lower()
        for mark in (b"<html", b"<table", b"<!doctype html", b"<head", b"<body")
    )


def page_grids(content):
    """All tables of a web page that hold cells, inner ones apart from outer ones.

    Raises
    ------
    InputError
        The page holds no table.
    """
    reader = _Tables()
    reader.feed(content)
    reader.close()
    found = [table for table in reader.tables if any(table.rows)]
    if not found:
        raise InputError("tables.page_without_table")
    return [Grid("", table.rows, tuple(table.merged)) for table in found]


class _Table:
    def __init__(self):
        self.rows, self.merged = [], []
        self.held = {}  # (row, column) taken by a cell of a row above
        self.cell = None  # text of the open cell, piece by piece
        self.span = (1, 1)

    def start_row(self):
        self.end_cell()
        self.rows.append([])

    def start_cell(self, attrs):
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.span = (_span(attrs.get("rowspan")), _span(attrs.get("colspan")))
        # Excel keeps the exact number beside the shown one
        self.cell = [attrs["x:num"]] if attrs.get("x:num") else []
        self.exact = bool(self.cell)

    def add(self, piece):
        if self.cell is not None and not self.exact:
            self.cell.append(piece)

    def end_cell(self):
        if self.cell is None:
            return
        row, number = self.rows[-1], len(self.rows) - 1
        while (number, len(row)) in self.held:
            row.append("")
        first = len(row)
        high, wide = self.span
        row.extend([" ".join("".join(self.cell).split()), *[""] * (wide - 1)])
        if high * wide > 1:
            self.merged.append((number, first, number + high - 1, first + wide - 1))
            self.held.update(
                ((number + down, first + right), True)
                for down in range(1, high)
                for right in range(wide)
            )
        self.cell = None


def _span(value):
    return min(int(value), _MOST_SPAN) if value and value.isdecimal() and int(value) else 1


class _Tables(html.parser.HTMLParser):
    """Collects tables; an open cell or row is closed by the next one, as browsers do it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.open, self.silent = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.tables.append(_Table())
            self.open.append(self.tables[-1])
        elif self.open:
            table = self.open[-1]
            if tag == "tr":
                table.start_row()
            elif tag in ("td", "th"):
                table.start_cell(dict(attrs))
            elif tag in ("br", "p", "div"):
                table.add(" ")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif self.open and tag in ("td", "th", "tr", "table"):
            self.open[-1].end_cell()
            if tag == "table":
                self.open.pop()

    def handle_data(self, data):
        if self.open and not self.silent:
            self.open[-1].add(data)

    def close(self):
        super().close()
        for table in self.open:
            table.end_cell()


def spreadsheet_grids(data):
    """All worksheets of an XML-2003 workbook.

    Raises
    ------
    InputError
        The XML is broken, declares entities, or holds no worksheet.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputError("tables.damaged_workbook")
    try:
        root = ElementTree.fromstring(data.lstrip())
    except (ElementTree.ParseError, ValueError, LookupError):
        raise InputError("tables.damaged_workbook") from None
    found = [_worksheet(sheet) for sheet in root.iterfind(".//{*}Worksheet")]
    if not found:
        raise InputError("tables.no_sheet")
    return found


def _worksheet(sheet):
    rows, merged = [], []
    for row in sheet.iterfind(".//{*}Row"):
        ahead = _attribute(row, "Index") - 1 - len(rows)
        rows.extend([] for _ in range(max(0, min(ahead, 1 << 20))))
        cells = []
        for cell in row.iterfind("{*}Cell"):
            ahead = _attribute(cell, "Index") - 1 - len(cells)
            cells.extend([""] * max(0, min(ahead, 1 << 14)))
            right, down = _attribute(cell, "MergeAcross"), _attribute(cell, "MergeDown")
            if right > 0 or down > 0:
                merged.append((len(rows), len(cells), len(rows) + down, len(cells) + right))
            cells.append(_value(cell))
            cells.extend([""] * max(0, min(right, 1 << 14)))
        rows.append(cells)
    name = next((value for key, value in sheet.items() if key.endswith("Name")), "")
    return Grid(name, rows, tuple(merged))


def _attribute(element, name):
    value = next((v for key, v in element.items() if key.endswith("}" + name)), "0")
    return int(value) if value.isdecimal() else 0


def _value(cell):
    data = cell.find("{*}Data")
    if data is None:
        return ""
    content = "".join(data.itertext())
    kind = next((value for key, value in data.items() if key.endswith("}Type")), "String")
    if kind == "Number":
        try:
            return float(content)
        except ValueError:
            return content
    return text(content).replace("T00:00:00.000", "") if kind == "DateTime" else content
