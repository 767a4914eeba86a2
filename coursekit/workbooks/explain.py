"""The sheet that explains every column, and where a figure is wrong."""

from coursekit.workbooks.listing import title_of
from coursekit.workbooks.page import Page, text


def write(book, listing, code, cards=(), others=()):
    """Write it.

    Parameters
    ----------
    book : coursekit.workbooks.book.Book
    listing : coursekit.workbooks.listing.Listing
        Its columns are explained, hidden ones aside.
    code : str
        Of the workbook: its ``<code>_how`` and ``<code>_fails`` are told.
    cards : sequence of coursekit.scoring.Scorecard
        Their cautions are told.
    others : sequence of coursekit.workbooks.listing.Listing
        Further lists, explained below.
    """
    page = Page(book, "explain", (26, 14, 84))
    page.heading(book.say("how_to"))
    for line in (*book.say(f"{code}_how").split("\n"), *book.say("every_how").split("\n")):
        page.paragraph("· " + line, lines=1 + _width(line) // 130)
    for one in (listing, *others):
        page.heading(book.say(f"title_{one.code}"))
        page.head("column", "who", "what")
        for column in one.columns:
            if column.band != "aid":
                _column(book, page, column)
    page.heading(book.say("when_wrong"))
    lines = book.say(f"{code}_fails").split("\n")
    for card in cards:
        lines += [caution[book.lang] for caution in card.cautions]
    for line in lines:
        page.paragraph("· " + line, lines=1 + _width(line) // 130)


def _column(book, page, column):
    who = "who_count" if column.computed else f"who_{column.band}"
    says = column.says or book.say(f"{column.code}_says")
    page.line(
        text(title_of(book, column), "label", "strong"),
        text(book.say(who), "count" if column.computed else "fill"),
        text(says, "label"),
        height=15 * (1 + max(_width(says) // 96, _width(title_of(book, column)) // 30)),
    )


def _width(words):
    """Columns that a text takes, a Chinese character two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in words)
