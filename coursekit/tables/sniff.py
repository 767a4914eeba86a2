"""A file to grids, by what its bytes are and never by what its name says."""

import pathlib
import struct

from coursekit.errors import InputError
from coursekit.tables import markup, plaintext, workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BIFF_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # BOF of an .xls, 16 bytes long
_FILEPASS = 0x2F
_OTHER_KINDS = (
    (b"\x89PNG", "tables.picture"),
    (b"\xff\xd8\xff", "tables.picture"),
    (b"GIF8", "tables.picture"),
    (b"BM", "tables.picture"),
    (b"RIFF", "tables.picture"),
    (b"%PDF", "tables.pdf"),
    (b"Rar!", "tables.archive"),
    (b"7z\xbc\xaf", "tables.archive"),
    (b"\x1f\x8b", "tables.archive"),
)


def grids(path):
    """All sheets or tables of a file.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    list of Grid
        At least one.

    Raises
    ------
    InputError
        The file is absent, locked, empty, protected, damaged, or no table at all; one sentence
        says which and what to do. ``values["file"]`` is the file's name.
    """
    path = pathlib.Path(path)
    try:
        return _grids(_bytes(path))
    except InputError as error:
        raise InputError(error.code, error.rows, **{"file": path.name, **error.values}) from None


def _bytes(path):
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("tables.no_file") from None
    except OSError:
        raise InputError("tables.a_folder" if path.is_dir() else "tables.cannot_open") from None


def _grids(data):
    if not data.strip(b" \t\r\n\0"):
        raise InputError("tables.empty_file")
    if data.startswith(_OLE):
        if _ENCRYPTED in data or _locked(data):
            raise InputError("tables.password")
        return workbook.grids(data)
    if data.startswith(b"PK"):
        return workbook.grids(data)
    if markup.is_xml_spreadsheet(data):
        return markup.spreadsheet_grids(data)
    if markup.is_page(data):
        return markup.page_grids(plaintext.decode(data)[0])
    for mark, code in _OTHER_KINDS:
        # a CSV may begin with the same letters: only binary content settles it
        if data.startswith(mark) and (mark == b"%PDF" or b"\0" in data[:1024]):
            raise InputError(code)
    return [plaintext.grid(data)]


def _locked(data):
    """Whether an .xls asks for a password: a FILEPASS record among its first ones."""
    place = data.find(_BIFF_START)
    for _ in range(4):
        if place < 0 or place + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, place)
        if kind == _FILEPASS:
            return True
        place += 4 + size
    return False
