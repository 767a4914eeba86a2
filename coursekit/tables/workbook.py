"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) to grids; calamine reads them.

Two things are looked up in the XML of an .xlsx before: a lone cell in the last corner of a
sheet makes calamine ask for more memory than there is, which ends the process; and cells with
an Excel error or a formula that was never computed come back blank, which would lose them.
"""

import html
import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

import python_calamine

from coursekit.errors import InputError
from coursekit.tables.grid import Grid

_MOST_CELLS = 30_000_000
_MOST_BYTES = 1 << 29
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?\bt="e"[^>]*>'
    rb"(?:<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>|<(?:\w+:)?f[^>]*/>)?<(?:\w+:)?v>([^<]+)<"
)
# a formula whose result is text is marked so: with nothing behind it, it came to an empty text
_NOT_COMPUTED = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"<(?:\w+:)?f[^>]*>([^<]+)</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"</(?:\w+:)?c>"
)


def grids(data):
    """All worksheets of a workbook, in the order of the file; chart sheets are passed over.

    Raises
    ------
    InputError
        Password, damage, no worksheet, another kind of file, or far too many cells.
    """
    silent = _silent_cells(data) if data.startswith(b"PK") else {}
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [
            _grid(book.get_sheet_by_name(meta.name), meta, silent.get(meta.name, ()))
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError:
        raise InputError("tables.password") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise InputError("tables.damaged_workbook") from None
    if not found:
        raise InputError("tables.no_sheet")
    return found


def _grid(sheet, meta, silent):
    rows = sheet.to_python(skip_empty_area=False)
    for row, column, content in silent:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = content
    while rows and all(isinstance(cell, str) and not cell for cell in rows[-1]):
        rows.pop()  # formulas that came to nothing, ready below the last row
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
    return Grid(meta.name, rows, merged, visible)


def _silent_cells(data):
    """Sheet name -> cells (row, column, content) that calamine would give as blank."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
                raise InputError("tables.too_large")
            parts = _parts(archive)
            return {name: _look(archive.read(part)) for name, part in parts.items()}
    except (zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, RuntimeError):
        raise InputError("tables.damaged_workbook") from None
    except (KeyError, EOFError, OSError):
        raise InputError("tables.damaged_workbook") from None


def _parts(archive):
    """Sheet name -> its XML inside the archive; nothing for .xlsb and .ods."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        if not names & {"xl/workbook.bin", "content.xml"}:
            raise InputError("tables.not_a_workbook")
        return {}
    if "xl/_rels/workbook.xml.rels" not in names:
        return {}
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).findall(".//{*}sheet"):
        link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
        if part in names:
            parts[sheet.get("name")] = part
    return parts


def _look(sheet):
    cells = _CELL.findall(sheet)
    if cells:
        columns = max(_column(letters) for letters in {letters for letters, _ in cells}) + 1
        if columns * max(int(row) for _, row in cells) > _MOST_CELLS:
            raise InputError("tables.too_large")
    silent = [
        (int(row) - 1, _column(letters), html.unescape(value.decode("utf-8", "replace")))
        for letters, row, value in _ERROR.findall(sheet)
    ]
    silent += [
        (int(row) - 1, _column(letters), "=" + html.unescape(formula.decode("utf-8", "replace")))
        for letters, row, formula in _NOT_COMPUTED.findall(sheet)
    ]
    return silent


def _column(letters):
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1
