"""The pages and tables beside the reports: index, one line per person as CSV, the checked table."""

import csv
import io

from coursekit import terms
from coursekit.brand import NONE, markup
from coursekit.reporting import page

_COLUMNS = (
    "name",
    "n_open",
    "open_amount",
    "listed",
    "shown",
    "gap",
    "n_without_amount",
    "n_zombies",
    "n_won",
    "n_lost",
    "won",
    "target",
    "probability",
    "page",
)


def html(facts, lines, team_there, lang, brand=NONE):
    """The page that leads to all others.

    Parameters
    ----------
    facts : dict
        From ``checkup.facts``.
    lines : list of dict
        One per owner, see `coursekit.reporting.facts.line`, with the page's address ``href`` and
        its file ``page``, both empty where it could not be drawn.
    team_there : bool
        Whether the team's page could be drawn.
    lang : {"zh", "en"}
    brand : coursekit.brand.Brand, optional
        What stands at its head.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(page.TEMPLATES), autoescape=True)
    environment.filters["money"] = lambda amount: terms.money(amount, lang)
    words = {
        code: terms.say(f"checkup.{code}", lang, day=facts["today"], file=facts["file"])
        for code in _WORDS
    }
    text = environment.get_template("index.html.j2").render(
        lang=page.HTML_LANG[lang],
        brand=markup(brand, lang),
        words=words,
        lines=lines,
        team_there=team_there,
    )
    return text.encode("utf-8", "replace") + b"\n"


_WORDS = (
    "index_title",
    "source",
    "index_read",
    "index_team",
    "index_failed",
    "owners_table",
    "nobody",
    "column_owner",
    "column_listed",
    "column_shown",
    "column_gap",
)


def team_csv(lines, lang):
    """One line per owner; opens in Excel as it is."""
    titles = [terms.term(f"checkup.csv_{code}", lang) for code in _COLUMNS]
    rows = [
        [{**line, "gap": line["listed"] - line["shown"]}[code] for code in _COLUMNS]
        for line in lines
    ]
    return as_csv([titles, *rows])


def as_csv(rows):
    """Rows as the bytes of a CSV file: UTF-8 with BOM, absent empty, no text a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(
        [_safe(cell) for cell in row] for row in rows
    )
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _safe(cell):
    if cell is None or cell != cell:  # NaN and NaT are not equal to themselves
        return ""
    if isinstance(cell, float):
        cell = round(cell, 4)
        return int(cell) if cell == int(cell) else cell
    if isinstance(cell, str) and (cell.lstrip()[:1] in _FORMULA or cell[:1] in "\t\r\n") and cell:
        return "'" + cell
    return cell


_FORMULA = tuple("=+-@＝＋－＠")
