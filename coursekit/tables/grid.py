"""A sheet as it stands in the file, before anybody knows what its columns mean."""

import dataclasses
import re
import unicodedata

from coursekit import terms

_SHOWN = 60  # characters of a cell that a sentence quotes


@dataclasses.dataclass(frozen=True)
class Note:
    """What a reader of the file should know about a cell that was kept.

    Attributes
    ----------
    row : int or None
        Row as the reader of the file counts it; None where it is about a whole column or file.
    column : str
        Header as it stands in the file; empty where it is about the whole file.
    code : str
        Entry of the glossary.
    values : dict
        What its sentence fills in, beside ``row`` and ``column``.
    """

    row: int | None
    column: str
    code: str
    values: dict = dataclasses.field(default_factory=dict)

    def sentence(self, lang):
        """The note in one language."""
        return terms.say(self.code, lang, row=self.row, column=self.column, **self.values)


@dataclasses.dataclass(frozen=True)
class Dropped:
    """A row of the file that is not in the frame, and why."""

    row: int
    code: str

    def sentence(self, lang):
        """The reason in one language, with the row."""
        return terms.say(self.code, lang, row=self.row)


@dataclasses.dataclass(frozen=True)
class Grid:
    """One sheet, HTML table or text file.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a text file.
    rows : list of list
        Cells as they came: str, float, int, bool, datetime, date, time, timedelta, or ``""``.
        The first row is row 1 of the file; rows may differ in length.
    merged : tuple of (first row, first column, last row, last column)
        Merged cells, counted from 0, ends included.
    visible : bool
    notes : tuple of Note
        About the file as a whole.
    """

    name: str
    rows: list
    merged: tuple = ()
    visible: bool = True
    notes: tuple = ()


def blank(cell):
    """Whether a cell holds nothing that a reader would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_UNSEEN))


# what str.strip() leaves standing: zero-width characters and the byte order mark
_UNSEEN = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + (
    "".join(map(chr, range(0x2000, 0x200E))) + "\u2060\ufeff"
)


def text(cell):
    """A cell as text: whole numbers without ``.0``, dates as ISO, outer blanks away."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip(_UNSEEN)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.15g}"
    return str(cell).removesuffix(" 00:00:00")


def plain(words):
    """Text in one width and case, for comparing: ``ＡＢＣ　x`` and ``abc x`` are the same."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words)).strip().casefold()


def quoted(cell):
    """A cell as a sentence quotes it: one line, not endless."""
    words = re.sub(r"\s+", " ", text(cell))
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def letter(position):
    """A column as a spreadsheet names it: 0 is ``A``, 26 is ``AA``."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
