"""Bytes of a text file to rows: which encoding, which delimiter, which quotes."""

import codecs
import csv
import io
import itertools
import re

import charset_normalizer

from coursekit.errors import InputError
from coursekit.tables.grid import Grid, Note

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 300
_SAMPLE_BYTES = 1 << 16
_TOLD_APART = ["gb18030", "big5", "cp1252", "cp1250", "cp1251", "shift_jis", "euc_kr"]
_NOT_IN_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_ONLY_IN_CP1250 = {0x8C, 0x8F, 0x9C, 0x9F}  # Ś Ź ś ź, which hardly ever are Œ œ Ÿ


def _single_bytes(error):
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error("coursekit.cp1252", _single_bytes)


def grid(data):
    """The table of a CSV or tab-separated file.

    Raises
    ------
    InputError
        Nothing in it, binary data, or a quote that is never closed.
    """
    content, notes = decode(data)
    if not content.strip():
        raise InputError("tables.empty_file")
    delimiter, content, skipped = _delimiter(content)
    rows = [[]] * skipped + _rows(content, delimiter)
    return Grid("", rows, notes=notes)


def decode(data):
    """Text of some bytes, and what should be told about it.

    UTF-8 and UTF-16 with or without a mark first, then GB18030 where it gives Chinese in common
    use, then what `charset_normalizer` finds among European and East Asian code pages.

    Returns
    -------
    tuple of (str, tuple of Note)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_nul(data.decode(encoding, errors="replace"))
    wide = _wide(data)
    if wide:
        return _without_nul(data.decode(wide, errors="replace"))
    if _binary(data):
        raise InputError("tables.not_a_table")
    try:
        return _without_nul(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    torn = data.decode("utf-8", errors="replace")
    bad = torn.count("�")
    whole = sum(char > "\x7f" for char in torn) - bad
    if bad * 20 <= whole:
        # one torn character must not turn all others into gibberish
        return torn, (Note(None, "", "tables.broken_characters", {"n": bad}),)
    encoding, errors = _code_page(data), "replace"
    if encoding in ("cp1252", "cp1250") and whole:
        # pasted together from two sources: whole UTF-8 characters beside single bytes
        encoding, errors = "utf-8", "coursekit.cp1252"
    content, notes = _without_nul(data.decode(encoding, errors=errors))
    if encoding != "gb18030":
        notes = (*notes, Note(None, "", "tables.encoding", {"name": encoding}))
    return content, notes


def _wide(data):
    """UTF-16 without a mark: every second byte of its blanks, digits and commas is 0."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few = len(sample) // 50
    if odd > few and not even:
        return "utf-16-le"
    if even > few and not odd:
        return "utf-16-be"
    return None


def _binary(data):
    sample = data[:_SAMPLE_BYTES]
    odd = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 26, 27))
    return odd > max(8, len(sample) // 20)


def _without_nul(content):
    n = content.count("\0")
    if not n:
        return content, ()
    return content.replace("\0", ""), (Note(None, "", "tables.nul_characters", {"n": n}),)


def _code_page(data):
    lines = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE_BYTES]
    sample = sample[: sample.rfind(b"\n")] if sample.count(b"\n") > 1 else sample
    if _is_chinese(data, sample):
        return "gb18030"
    if _is_western(sample):
        return "cp1252" if not set(data) & _NOT_IN_CP1252 else "latin-1"
    found = charset_normalizer.from_bytes(sample, cp_isolation=_TOLD_APART).best()
    return found.encoding if found else "latin-1"


def _is_chinese(data, sample):
    # GB18030 reads almost any bytes as some character; Chinese in use is nearly all GB2312
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    strange = [char for char in sample.decode("gb18030", errors="ignore") if char > "\x7f"]
    common = sum(_in_gb2312(char) for char in strange)
    return bool(strange) and common >= 0.8 * len(strange)


def _in_gb2312(char):
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _is_western(sample):
    """A few accents among many plain letters, and none that only Central Europe has."""
    runs = re.findall(rb"[\x80-\x9f\xa1-\xff]+", sample)
    n_high, n_letters = sum(map(len, runs)), len(re.findall(rb"[A-Za-z]", sample))
    if set(sample) & _ONLY_IN_CP1250:
        return False
    return not runs or (n_high <= 1.5 * len(runs) and 2 * n_high <= n_letters)


def _delimiter(content):
    """Delimiter, the text to read, and how many lines before it are not part of the table."""
    told = re.match(r"sep=(.)\r?\n", content, re.IGNORECASE)
    if told:
        return told[1], content[told.end() :], 1
    head = content[: _SAMPLE_ROWS * 2000]
    return max(_DELIMITERS, key=lambda mark: _fit(head, mark)), content, 0


def _fit(content, delimiter):
    """How many of the rows a delimiter cuts alike, and into how many cells."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        sizes = [len(row) for row in itertools.islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return (0, 0)
    wide = [size for size in sizes if size > 1]
    if not wide:
        return (0, 0)
    usual = max(set(wide), key=lambda size: (wide.count(size), size))
    return (round(wide.count(usual) / len(sizes), 2), usual)


def _rows(content, delimiter):
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    rows = []
    try:
        rows.extend(reader)
    except csv.Error:
        raise InputError("tables.open_quote", rows=[len(rows) + 1], row=len(rows) + 1) from None
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows, 1):
        if any(_swallowed(cell, delimiter, width) for cell in row):
            raise InputError("tables.open_quote", rows=[number], row=number)
    return rows


def _swallowed(cell, delimiter, width):
    """Whether a quote that was never closed took whole rows into one cell."""
    if width < 2 or not ("\n" in cell or "\r" in cell):
        return False
    rows = [line for line in cell.splitlines() if line.count(delimiter) == width - 1]
    return len(rows) >= 2
