"""The sheet that is filled in: a row per customer or deal, inputs and formulas side by side."""

import dataclasses
import datetime
import itertools

from xlsxwriter.utility import xl_col_to_name

from coursekit.workbooks.page import lines

ROWS = 300  # with formulas, ready to be filled in
FEW = 60  # where a list is short by nature
_HEAD = 3  # row of the header, counted from 0: a title, figures and the bands stand above
_FIRST = _HEAD + 1  # the example
_MARK = "number"  # the first column: which row it is, or that it is the example
_DAYS = (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))
_A4 = 980  # pixels of a row on A4 across
_SMALLEST = 0.62  # to which a page may be shrunk and still be read
_LIMITS = {
    "date": {"validate": "date", "criteria": "between", "minimum": _DAYS[0], "maximum": _DAYS[1]},
    "money": {"validate": "decimal", "criteria": ">=", "value": 0},
    "whole": {"validate": "integer", "criteria": ">=", "value": 0},
    "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    "number": {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12},
}
_LIMITS["percent"] = _LIMITS["number"]


@dataclasses.dataclass(frozen=True)
class Column:
    """One column of the list.

    Attributes
    ----------
    code : str
    form : str
        ``text choice any date money whole number tenth percent share``.
    formula : str
        Empty for an input. ``{stage}`` is the cell of this row in the column ``stage``,
        ``{stage:all}`` that whole column, ``{stage:down}`` the part of it down to this row; other
        names are those of the settings.
    width : float
    band : str
        ``fill``, ``more`` (where one needs it), ``count``, ``aid`` (hidden).
    example : object
        What stands in the example row, as it is shown; see also `Ahead`.
    options : dict
        Code -> word, of a choice.
    choices : str
        Name of the range that the drop-down shows.
    title, says : str
        Header, and what to write or what it is; from the glossary where empty.
    """

    code: str
    form: str = "text"
    formula: str = ""
    width: float = 10
    band: str = "fill"
    example: object = None
    options: dict = dataclasses.field(default_factory=dict)
    choices: str = ""
    title: str = ""
    says: str = ""

    @property
    def computed(self):
        """Whether a formula stands in it."""
        return bool(self.formula)


@dataclasses.dataclass(frozen=True)
class Ahead:
    """A day of the example row that stays so many days ahead of today, or behind it."""

    days: int


def counted(code, form, formula, width=10, **more):
    """A column that is worked out and shown."""
    return Column(code, form, formula, width, "count", **more)


def aid(code, formula):
    """A column that others are worked out from; hidden."""
    return Column(code, "any", formula, 8, "aid", title=f"#{code}")


class Listing:
    """A list sheet.

    Parameters
    ----------
    book : coursekit.workbooks.book.Book
    code : str
        Of the sheet's name and title.
    columns : sequence of Column
        From left to right, after the column of numbers.
    rows : sequence of dict
        Column code -> value to put in; of a choice its code.
    height : float, default 20
        Of a row, in points.
    ready : int, default 300
        Rows with formulas.
    """

    def __init__(self, book, code, columns, rows=(), height=20, ready=ROWS):
        number = Column(_MARK, "serial", _numbering(columns), width=6, band="count")
        self.code, self.columns = code, (number, *columns)
        self._book, self._sheet = book, book.sheet(code)
        self._letters = {
            column.code: xl_col_to_name(place) for place, column in enumerate(self.columns)
        }
        self._last = _FIRST + max(ready, len(rows) + 50)
        self._sheet.set_default_row(height)
        self._shown, self._cut = self._widths()
        self._write(rows)
        self._tall(rows, height)

    def ranges(self):
        """Column code -> the whole column, for formulas of other sheets."""
        sheet = f"'{self._sheet.get_name()}'!"
        places = _Row(self._letters, 0, self._last + 1)
        return {code: f"{sheet}{places[code]:all}" for code in self._letters}

    def name(self, code, name):
        """Call a whole column by a name, for formulas of sheets that stand before this one."""
        place = list(self._letters).index(code)
        self._book.name(name, self._sheet, _FIRST, place, self._last, place)

    def figures(self, *figures):
        """Write the main figures above the list: code, formula over `ranges`, form of each."""
        column = 2 if self._cut else 1  # what is repeated on the second page stands alone there
        for code, formula, form in figures:
            if self._cut and column < self._cut < column + 3:
                column = self._cut
            self._sheet.write_string(1, column, self._book.say(code), self._book.look("caption"))
            formula = "=" + formula.format_map(self.ranges())
            look = self._book.look("figure", form)
            self._sheet.merge_range(1, column + 1, 1, column + 2, "", look)
            self._sheet.write_formula(1, column + 1, formula, look, "")
            column += 3

    def warn(self, code, rule):
        """Make a column's cell stand out where a rule, a formula over its row, holds."""
        place = list(self._letters).index(code)
        criteria = f'=IF($A{_FIRST + 1}="",FALSE,{self._filled(rule, _FIRST)})'
        look = {"type": "formula", "criteria": criteria, "format": self._book.plain_look("warn")}
        self._sheet.conditional_format(_FIRST, place, self._last, place, look)

    def _write(self, rows):
        book, sheet = self._book, self._sheet
        title = book.say(f"title_{self.code}")
        sheet.write_string(0, 2 if self._cut else 0, title, book.look("title"))
        for row, height in ((0, 26), (1, 30), (_HEAD - 1, 20), (_HEAD, 48)):
            sheet.set_row(row, height)
        self._bands()
        for place, column in enumerate(self.columns):
            look = "count" if column.computed else column.band
            sheet.write_string(_HEAD, place, title_of(book, column), book.look(f"header_{look}"))
            sheet.set_column(place, place, column.width, None, {"hidden": column.band == "aid"})
            self._cells(place, column, look, rows)
        last = len(self.columns) - 1
        sheet.freeze_panes(_HEAD + 1, 2)
        sheet.autofilter(_HEAD, 0, self._last, last)
        sheet.repeat_rows(_HEAD)
        self._print_set_up()
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{self._last + 1}"})

    def _tall(self, rows, height):
        """Make room for the texts that were put in; for typed ones the program makes it."""
        texts = [column for column in self.columns if column.form == "text"]
        for place, row in enumerate(rows):
            high = [
                lines(str(value), column.width - 2)
                for column in texts
                if isinstance(value := row.get(column.code), str)
            ]
            if 13 * max(high, default=1) + 4 > height:
                self._sheet.set_row(_FIRST + 1 + place, 13 * max(high) + 4)

    def _widths(self):
        """Pixels of the columns that are printed, and where a second page begins, None for none."""
        hidden = ("aid", "more")
        widths = [0 if c.band in hidden else 7 * c.width + 5 for c in self.columns]
        if sum(widths) * _SMALLEST <= _A4:
            return widths, None
        return widths, next(n for n, c in enumerate(self.columns) if n and c.computed)

    def _print_set_up(self):
        """As wide as A4; a wide list on two pages side by side, inputs and what comes of them."""
        widths, cut = self._shown, self._cut
        shown = max(place for place, width in enumerate(widths) if width)
        self._sheet.print_area(0, 0, self._last, shown)
        if not cut:
            return
        self._sheet.repeat_columns(0, 1)
        self._sheet.set_v_pagebreaks([cut])
        self._sheet.print_across()
        widest = max(sum(widths[:cut]), sum(widths[:2]) + sum(widths[cut:]))
        self._sheet.set_print_scale(min(100, int(100 * _A4 / widest)))

    def _bands(self):
        """Say above the header, in words, what is filled in and what works itself out."""
        seen = [place for place, c in enumerate(self.columns) if place and c.band != "aid"]
        for band, run in itertools.groupby(seen, lambda place: self.columns[place].band):
            first, *others = run
            look = self._book.look(f"band_{band}")
            self._sheet.write_string(_HEAD - 1, first, self._book.say(f"band_{band}"), look)
            for place in others:
                self._sheet.write_blank(_HEAD - 1, place, None, look)

    def _cells(self, place, column, look, rows):
        book, sheet = self._book, self._sheet
        for row in range(_FIRST, self._last + 1):
            form = book.look(look, column.form, *(["example"] if row == _FIRST else []))
            if row == _FIRST and column.code == _MARK:
                sheet.write_string(row, place, book.term("tables.example"), form)
                continue
            if column.formula:
                sheet.write_formula(row, place, self._formula(column, row), form, "")
                continue
            value = column.example if row == _FIRST else _given(rows, row - _FIRST - 1, column)
            if isinstance(value, Ahead):
                sheet.write_formula(row, place, f"=s_today+{value.days}", form, "")
            else:
                book.put(sheet, row, place, value, form)
        if rule := self._rule(column):
            sheet.data_validation(_FIRST, place, self._last, place, rule)

    def _rule(self, column):
        """What may be typed into an input."""
        form = "choice" if column.choices else column.form
        if column.computed or form not in (*_LIMITS, "choice"):
            return None
        told = {
            "error_title": self._book.say("error_title"),
            "error_message": self._book.say(f"error_{form}"),
        }
        if column.choices:
            return {"validate": "list", "source": f"={column.choices}", **told}
        return {**_LIMITS[form], **told}

    def _formula(self, column, row):
        inner = self._filled(column.formula, row)
        return f"={inner}" if column.code == _MARK else f'=IF($A{row + 1}="","",{inner})'

    def _filled(self, formula, row):
        return formula.format_map(_Row(self._letters, row + 1, self._last + 1))


@dataclasses.dataclass(frozen=True)
class _Row:
    """What the names in a formula stand for in one row, see `Column.formula`."""

    letters: dict
    row: int
    last: int

    def __getitem__(self, code):
        return _Place(self.letters[code], self.row, self.last)


@dataclasses.dataclass(frozen=True)
class _Place:
    letters: str
    row: int
    last: int

    def __format__(self, form):
        if not form:
            return f"${self.letters}{self.row}"
        last = {"all": self.last, "down": self.row}[form]
        return f"${self.letters}${_FIRST + 1}:${self.letters}${last}"


def title_of(book, column):
    """The header of a column."""
    code = f"workbook.{column.code}" if column.computed else f"tables.column_{column.code}"
    return column.title or book.term(code)


def _given(rows, number, column):
    """What was given for a cell; of a choice its word."""
    value = rows[number].get(column.code) if number < len(rows) else None
    return column.options.get(value, value)


def _numbering(columns):
    """The number of a row in which anything was filled in."""
    runs = []
    for computed, group in itertools.groupby(columns, lambda column: column.computed):
        group = list(group)
        if not computed:
            runs.append(f"{{{group[0].code}}}:{{{group[-1].code}}}")
    return f'IF(COUNTA({",".join(runs)})=0,"",ROW()-{_FIRST + 1})'
