"""The sheet that explains every column, and where a figure is wrong."""

from coursekit.workbooks.listing import title_of
from coursekit.workbooks.page import Page, lines, text

_TITLE, _SAYS = 26, 84  # widths of the columns


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
    page = Page(book, "explain", (_TITLE, 14, _SAYS))
    page.heading(book.say("how_to"))
    for line in (*book.say(f"{code}_how").split("\n"), *book.say("every_how").split("\n")):
        page.paragraph("· " + line)
    for one in (listing, *others):
        page.heading(book.say(f"title_{one.code}"))
        page.head("column", "who", "what")
        for column in one.columns:
            if column.band != "aid":
                _column(book, page, column)
    page.heading(book.say("when_wrong"))
    fails = book.say(f"{code}_fails").split("\n")
    for card in cards:
        fails += [caution[book.lang] for caution in card.cautions]
    for line in fails:
        page.paragraph("· " + line)


def _column(book, page, column):
    who = "who_count" if column.computed else f"who_{column.band}"
    title, says = title_of(book, column), column.says or book.say(f"{column.code}_says")
    page.line(
        text(title, "label", "strong"),
        text(book.say(who), "count" if column.computed else "fill"),
        text(says, "label"),
        height=15 * max(lines(says, _SAYS), lines(title, _TITLE)),
    )
