"""Sheets that are read from top to bottom: settings, sums, explanations."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Cell:
    """What stands in a cell of a page.

    Attributes
    ----------
    value : object
        A text, a number, a date, None; of a computed cell the formula.
    looks : tuple of str
    name : str
        Name that formulas know it by; empty for none.
    computed : bool
    """

    value: object = None
    looks: tuple = ("prose",)
    name: str = ""
    computed: bool = False


def text(value, *looks):
    """A text as it stands."""
    return Cell(value, looks or ("prose",))


def setting(value, form, name=""):
    """A value that the user may change."""
    return Cell(value, ("set", form), name)


def figure(formula, form, name=""):
    """A value that is worked out."""
    return Cell(formula, ("count", form), name, True)


def lines(words, width):
    """Lines that a text takes in a column; a Chinese character is as wide as two letters."""
    letters = sum(2 if ord(sign) > 0x2E80 else 1 for sign in words)
    return 1 + int(letters // (width * 1.05))


class Page:
    """A sheet that is written line by line.

    Parameters
    ----------
    book : coursekit.workbooks.book.Book
    code : str
        Of the sheet's name and title.
    widths : sequence of float
    landscape : bool, default True
    whole : bool, default False
        Print it on a single page.
    """

    def __init__(self, book, code, widths, landscape=True, whole=False):
        self.book, self.sheet, self.row = book, book.sheet(code, landscape, whole), 0
        self.sheet.set_default_row(18)
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self._widths = widths
        self.line(text(book.say(f"title_{code}"), "title"), height=26)

    def line(self, *cells, height=None):
        """Write cells from the left and go to the next row; returns the row, counted from 0."""
        row = self.row
        if height:
            self.sheet.set_row(row, height)
        for place, cell in enumerate(cells):
            look = self.book.look(*cell.looks)
            if cell.computed:
                self.sheet.write_formula(row, place, f"={cell.value}", look, "")
            elif cell.value is not None or "set" in cell.looks:
                self.book.put(self.sheet, row, place, cell.value, look)
            if cell.name:
                self.book.name(cell.name, self.sheet, row, place)
        self.row += 1
        return row

    def gap(self, rows=1):
        """Leave rows free."""
        self.row += rows

    def heading(self, words, note=""):
        """A heading over the lines that follow, with a note below."""
        self.gap()
        self.line(*[text(words, "heading"), *[Cell("", ("heading",))] * (len(self._widths) - 1)])
        if note:
            self.paragraph(note)

    def paragraph(self, words):
        """A text over the whole width, in as many lines as it takes."""
        last = len(self._widths) - 1
        look = self.book.look("prose")
        self.sheet.merge_range(self.row, 0, self.row, last, "", look)
        self.sheet.write_string(self.row, 0, words, look)
        self.sheet.set_row(self.row, 16 * lines(words, sum(self._widths)) + 2)
        self.row += 1

    def head(self, *codes, computed=()):
        """Column headers of a table: codes of the glossary's section, or texts as they stand."""
        cells = []
        for code in codes:
            look = "header_count" if code in computed else "header_fill"
            cells.append(text(self.book.say(code) if code else "", look))
        self.line(*cells, height=32)

    def name_last(self, name, rows, place, last_place=None):
        """Call the last so many rows of a column, or of several, by a name."""
        self.book.name(name, self.sheet, self.row - rows, place, self.row - 1, last_place)

    def bars(self, title, rows, series, form="#,##0"):
        """A chart of bars below; names in column A, `series` pairs of a word and a column."""
        first, last = rows
        sheet = f"='{self.sheet.get_name()}'!"
        self.book.chart(
            self.sheet,
            self.row + 1,
            title=title,
            names=f"{sheet}$A${first}:$A${last}",
            form=form,
            series=[(word, f"{sheet}${c}${first}:${c}${last}") for word, c in series],
        )
        self.row += 15
