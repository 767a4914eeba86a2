"""The settings sheet: today's date, weights, points and rates, each in one place, and its names."""

from coursekit.workbooks.page import Page, figure, setting, text

_SPARE = 8  # empty cells under a list of phrases, for one's own


def begin(book, today=None, columns=3):
    """A settings page with what every workbook needs.

    Parameters
    ----------
    book : coursekit.workbooks.book.Book
    today : date, optional
        Fixed; else the day on which the workbook is open.
    columns : int, default 3
        How many are needed beside the first.
    """
    page = Page(book, "settings", (44, *[16] * columns))
    page.paragraph(book.say("settings_says"))
    page.heading(book.say("today"))
    page.line(text(book.say("fixed_today")), setting(today, "date", "s_fixed"))
    page.line(
        text(book.say("today_is")), figure('IF(s_fixed="",TODAY(),s_fixed)', "date", "s_today")
    )
    page.gap()
    page.line(text(book.say("word_example")), _fixed(book.term("tables.example"), "s_example"))
    page.line(text(book.say("word_unknown")), _fixed(book.term("answer.unknown"), "s_unknown"))
    page.line(text(book.say("word_yes")), _fixed(book.term("answer.yes"), "s_yes"))
    page.line(text(book.say("word_wrong")), _fixed(book.say("pick_again"), "s_wrong_answer"))
    return page


def value(page, code, number, form, name):
    """A single number or word that may be changed."""
    page.line(text(page.book.say(code)), setting(number, form, name))


def switch(page, code, on, name):
    """A yes or no that may be changed; formulas compare it with ``s_yes``."""
    book = page.book
    yes, no = book.term("answer.yes"), book.term("answer.no")
    row = page.line(text(book.say(code)), setting(yes if on else no, "choice", name))
    page.sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": [yes, no]})


def words(page, name, found):
    """A list of words in one column, in the order given, called by a name."""
    for word in found:
        page.line(text(word))
    page.name_last(name, len(found), 0)


def phrases(page, name, found):
    """A list of phrases with room for one's own, called by a name."""
    for phrase in [*found, *[None] * _SPARE]:
        page.line(setting(phrase, "text"))
    page.name_last(name, len(found) + _SPARE, 0)


def _fixed(word, name):
    cell = text(word)
    return type(cell)(cell.value, cell.looks, name)
