"""A workbook in the making: words in one language, looks, names of ranges."""

import datetime

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from coursekit import terms

MADE = datetime.datetime(2026, 1, 1)  # same input, same bytes: the file's own date is fixed
_LONGEST = 32_767  # characters that a cell holds
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_INK, _LINE, _DARK, _PALE, _WARN = "#1F2A37", "#B8C0CC", "#1F4E79", "#EEF1F5", "#B54708"

# what distinguishes a cell: a computed one is slanted and grey, one to fill in is upright and white
_LOOKS = {
    "title": {"bold": True, "font_size": 16, "font_color": _DARK},
    "heading": {"bold": True, "font_size": 12, "font_color": _DARK, "bottom": 2},
    "prose": {"text_wrap": True, "valign": "vcenter"},
    "over": {"valign": "vcenter"},
    "big": {"bold": True, "font_size": 14, "align": "center", "italic": False},
    "label": {"text_wrap": True, "valign": "vcenter"},
    "strong": {"bold": True},
    "band_fill": {"bold": True, "align": "left", "bottom": 5, "bottom_color": _DARK},
    "band_more": {"align": "left", "bottom": 1, "bottom_color": _DARK},
    "band_count": {
        **{"italic": True, "align": "left", "bg_color": _PALE},
        **{"bottom": 3, "bottom_color": _DARK},
    },
    "header_fill": {
        **{"bold": True, "bg_color": _DARK, "font_color": "#FFFFFF", "text_wrap": True},
        **{"align": "center", "valign": "vcenter", "border": 1, "border_color": _LINE},
    },
    "header_count": {
        **{"bold": True, "italic": True, "bg_color": "#D5DBE3", "text_wrap": True},
        **{"align": "center", "valign": "vcenter", "border": 1, "border_color": _LINE},
    },
    "fill": {"border": 1, "border_color": _LINE, "valign": "vcenter", "text_wrap": True},
    "count": {
        **{"border": 4, "border_color": _LINE, "valign": "vcenter", "text_wrap": True},
        **{"italic": True, "bg_color": _PALE},
    },
    "example": {"font_color": "#7A5C00", "pattern": 17, "fg_color": "#E8DDB5"},
    "set": {"border": 1, "border_color": _DARK, "valign": "vcenter"},
    "caption": {"align": "right", "valign": "vcenter", "text_wrap": True, "indent": 1},
    "figure": {"bold": True, "font_size": 13, "align": "left", "valign": "vcenter"},
    "warn": {"bold": True, "font_color": _WARN},
}
_LOOKS["header_more"] = _LOOKS["header_fill"] | {"bg_color": "#5B7693"}
_LOOKS["more"] = _LOOKS["fill"]
_FORMS = {
    "text": {"num_format": "@", "indent": 1},
    "choice": {"num_format": "@", "indent": 1},
    "any": {"indent": 1},
    "serial": {"align": "center"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "money": {"num_format": "#,##0", "align": "right"},
    "whole": {"num_format": "#,##0", "align": "center"},
    "number": {"num_format": "General", "align": "center"},
    "tenth": {"num_format": "0.0", "align": "center"},
    "share": {"num_format": "0%", "align": "center"},
    "percent": {"num_format": "0%", "align": "center"},
}


class Book:
    """One workbook.

    Parameters
    ----------
    stream : file-like
        Gets the bytes at `close`.
    lang : {"zh", "en"}
    """

    def __init__(self, stream, lang):
        self.lang = lang
        self._file = xlsxwriter.Workbook(stream, {"in_memory": True})
        self._file.set_properties({"created": MADE, "title": "", "author": ""})
        self._file.set_size(2400, 1400)
        self._formats = {}

    def say(self, code, **values):
        """A text of the workbooks, filled."""
        return terms.say(f"workbook.{code}", self.lang, **values)

    def term(self, code):
        """Any word of the glossary."""
        return terms.term(code, self.lang)

    def look(self, *names):
        """The format that these looks and forms make together, later ones winning."""
        if names not in self._formats:
            made = {"font_name": _FONTS[self.lang], "font_size": 10, "font_color": _INK}
            for name in names:
                made |= _LOOKS[name] if name in _LOOKS else _FORMS[name]
            self._formats[names] = self._file.add_format(made)
        return self._formats[names]

    def plain_look(self, name):
        """A look for a conditional format, which sets only what differs."""
        key = ("plain", name)
        if key not in self._formats:
            self._formats[key] = self._file.add_format(_LOOKS[name])
        return self._formats[key]

    def put(self, sheet, row, column, value, look):
        """Write a value; a text is a text, whatever it begins with."""
        if value is None or value != value:  # NaN and NaT are not equal to themselves
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            sheet.write_string(row, column, value[:_LONGEST], look)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, look)
        else:
            sheet.write_number(row, column, value, look)

    def sheet(self, code, landscape=True, whole=False):
        """A new sheet, as wide as A4; a whole one is on a single page."""
        name = self.say(f"sheet_{code}")
        sheet = self._file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 1 if whole else 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def name(self, name, sheet, first_row, first_column, last_row=None, last_column=None):
        """Call a cell or a range of a sheet by a name that formulas use."""
        last_row = first_row if last_row is None else last_row
        last_column = first_column if last_column is None else last_column
        place = xl_range_abs(first_row, first_column, last_row, last_column)
        self._file.define_name(name, f"='{sheet.get_name()}'!{place}")

    def chart(self, sheet, row, *, title, names, series, form):
        """Bars side by side; `series` are pairs of a title and the range of its values."""
        chart = self._file.add_chart({"type": "bar"})
        colours = ("#5B7693", _DARK)
        for (word, values), colour in zip(series, colours[-len(series) :], strict=True):
            bars = {"name": word, "categories": names, "values": values, "gap": 60}
            # told apart in print too: one is solid, the other hatched
            if colour == _DARK:
                bars["fill"] = {"color": colour}
            else:
                bars["pattern"] = {"pattern": "wide_upward_diagonal", "fg_color": colour}
            chart.add_series(bars)
        font = {"name": _FONTS[self.lang], "size": 9}
        chart.set_title({"name": title, "name_font": {**font, "size": 11}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": font})
        grid = {"visible": True, "line": {"color": _LINE, "width": 0.5}}
        chart.set_x_axis({"num_font": font, "num_format": form, "major_gridlines": grid})
        chart.set_y_axis({"num_font": font, "reverse": True})
        chart.set_size({"width": 560, "height": 300})
        sheet.insert_chart(row, 0, chart)

    def close(self):
        """Write it all."""
        self._file.close()
