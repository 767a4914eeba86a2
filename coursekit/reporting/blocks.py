"""Pieces of a page as HTML text; whatever comes in is data and is escaped here, once."""

import dataclasses
import html

FOLDED = 100  # a page stays below a megabyte however long the list is


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of a table: what is read first, and a smaller line beneath.

    Attributes
    ----------
    text : str
    small : str
        Second line; none where empty.
    href : str
        Address that the text leads to, relative to the page; none where empty.
    """

    text: str
    small: str = ""
    href: str = ""


def heading(text, level=2):
    """A heading."""
    return f"<h{level}>{escaped(text)}</h{level}>"


def paragraph(text, kind=""):
    """A paragraph, nothing where the text is empty; `kind` is a class of the style sheet."""
    if not text:
        return ""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{escaped(text)}</p>"


def tiles(pairs):
    """Figures with what they are: (what, figure, kind) each."""
    inner = "".join(
        f'<div class="tile {kind}"><dt>{escaped(what)}</dt><dd>{escaped(figure)}</dd></div>'
        for what, figure, kind in pairs
    )
    return f'<dl class="tiles">{inner}</dl>'


def bullets(texts, printed=None):
    """A list, nothing where it is empty; only those of `printed` are on paper, None is all."""
    if not texts:
        return ""
    items = (
        f"<li>{escaped(text)}</li>"
        if printed is None or text in printed
        else f'<li class="screen">{escaped(text)}</li>'
        for text in texts
    )
    return "<ul>" + "".join(items) + "</ul>"


def paper(text):
    """A paragraph that is on paper only."""
    return f'<p class="paper" hidden>{escaped(text)}</p>'


def halves(inner):
    """A long table of short rows; on paper it stands in two halves side by side."""
    return f'<div class="halves">{inner}</div>'


def table(columns, rows, caption, *, box=False, under=False, more=None, first=6):
    """A table whose first column names its rows and whose last ones are numbers.

    Parameters
    ----------
    columns : sequence of (str, str)
        Title and ``"text"`` or ``"number"``.
    rows : sequence of sequence of str or Cell
    caption : str
        What the table holds, for those who do not see it.
    box : bool
        A box to tick in front of every row.
    under : bool
        Smaller lines stand in a row of their own, as wide as the table.
    more : str, optional
        What to say of the rows after the `first` ones: they can be unfolded on the screen and
        are left out in print; at most `FOLDED` of them. None shows every row.
    """
    if not rows:
        return ""
    shown, hidden = (rows, []) if more is None else (rows[:first], rows[first : first + FOLDED])
    found = _table(columns, shown, caption, box, under)
    if hidden:
        rest = _table(columns, hidden, caption, box, under)
        found += f"<details><summary>{escaped(more)}</summary>{rest}</details>"
    return found


def _table(columns, rows, caption, box, under):
    head = "".join(
        f'<th scope="col" class="{kind}">{escaped(title)}</th>' for title, kind in columns
    )
    body = "".join(_row(columns, row, box, under) for row in rows)
    return (
        f'<table><caption class="unseen">{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(columns, row, box, under):
    first, *others = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
    inner = _inner(dataclasses.replace(first, small="") if under else first)
    if box:
        inner = '<span class="box" aria-hidden="true"></span>' + inner
    found = f'<th scope="row">{inner}</th>' + "".join(
        f'<td class="{kind}">{_inner(cell)}</td>'
        for cell, (_, kind) in zip(others, columns[1:], strict=True)
    )
    if not (under and first.small):
        return f"<tr>{found}</tr>"
    beneath = f'<td colspan="{len(columns)}">{escaped(first.small)}</td>'
    return f'<tr class="over">{found}</tr><tr class="under">{beneath}</tr>'


def _inner(cell):
    inner = escaped(cell.text)
    if cell.href:
        inner = f'<a href="{escaped(cell.href)}">{inner}</a>'
    return inner + (f"<small>{escaped(cell.small)}</small>" if cell.small else "")


def escaped(text):
    """Text as it may stand between tags and in attributes."""
    return html.escape(str(text).encode("utf-8", "replace").decode("utf-8"))
