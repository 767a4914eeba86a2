"""The list of key accounts: attractiveness against relationship, and whom to see next."""

import inspect

from coursekit import accounts, edges
from coursekit.workbooks import cards, explain, settings
from coursekit.workbooks.listing import Ahead, Column, Listing, aid, counted
from coursekit.workbooks.page import Cell, Page, figure, setting, text

SCHEMA = "accounts"
CARDS = ("attractiveness", "relationship")
ORDER = ("key", "target", "maintain", "low_profile")  # whom to see first, and most often
_MATRIX = inspect.signature(accounts.matrix).parameters
EDGE, BAND = (_MATRIX[name].default for name in ("edge", "band"))
_BOTH = "AND(ISNUMBER({a_score}),ISNUMBER({r_score}))"


def columns(book, worth, relation):
    """The list from left to right."""
    large = {"growth": "high", "size": "high", "competition": "moderate", "demand": "high"}
    weak = {"buying_frequency": "low", "contacts": "low", "price": "middle", "service": "high"}
    place = "IF({a_score}>=s_edge,IF({r_score}>=s_edge,1,2),IF({r_score}>=s_edge,3,4))"
    return [
        Column("account", width=20, example=book.say("example_account")),
        *cards.inputs(book, worth, large, width=10),
        *cards.inputs(book, relation, weak, width=10),
        Column("last_contact", "date", width=11.5, example=Ahead(-20)),
        *cards.results(worth, "a_"),
        *cards.results(relation, "r_"),
        counted("quadrant", "any", 'IF({place}="","",INDEX(s_quadrants,{place}))', 11),
        counted("firm", "any", f'IF({{place}}="","",{_firm()})', 16),
        counted("what_to_do", "any", 'IF({place}="","",INDEX(s_what_to_do,{place}))', 26),
        counted("priority", "whole", _priority(), 8),
        counted("next_contact", "date", f'IF({{place}}="","",{_next()})', 11.5),
        aid("place", f'IF({_BOTH},{place},"")'),
    ]


def _firm():
    """Whether answers that are missing, or a few points, would move it to another quadrant."""
    moves = ",".join(f"({{{c}_low}}>=s_edge)<>({{{c}_high}}>=s_edge)" for c in "ar")
    near = ",".join(f"ABS({{{c}_score}}-s_edge)<s_band" for c in "ar")
    return f"IF(OR({moves}),s_ask_first,IF(OR({near}),s_near,s_holds))"


def _priority():
    above = '{place:all},"<"&{place},{number:all},"<>"&s_example'
    beside = '{place:all},{place},{a_score:all},">"&{a_score},{number:all},"<>"&s_example'
    ranked = 'OR({place}="",{number}=s_example)'
    return f'IF({ranked},"",1+COUNTIFS({above})+COUNTIFS({beside}))'


def _next():
    every = "INDEX(s_contact_every,{place})"
    return f"IF(N({{last_contact}})>0,MAX(s_today,INT({{last_contact}})+{every}),s_today)"


def make(book, course, rows, today):
    """All sheets of the workbook."""
    both = [course.scorecard(name) for name in CARDS]
    listing = Listing(book, "accounts", columns(book, *both), rows.get("accounts", ()), height=29)
    mine = '{number},"<>"&s_example'
    listing.figures(
        ("n_accounts", f'COUNTIFS({{place}},">0",{mine})', "whole"),
        ("n_key", f"COUNTIFS({{place}},1,{mine})", "whole"),
        ("n_due", f'COUNTIFS({{next_contact}},"<="&s_today,{mine})', "whole"),
    )
    listing.warn("next_contact", "N({next_contact})<=s_today")
    listing.warn("firm", "{firm}<>s_holds")
    _summary(book, listing.ranges())
    _settings(book, course, both, today)
    explain.write(book, listing, "accounts", both)


def _settings(book, course, both, today):
    page = settings.begin(book, today, columns=max(len(card.criteria) for card in both))
    rhythm = edges.read("abcd", course.file("instruments/abcd.toml"))["visit_every_days"]
    page.heading(book.say("quadrants"), book.say("quadrants_says"))
    settings.value(page, "edge_score", EDGE, "number", "s_edge")
    settings.value(page, "band_score", BAND, "number", "s_band")
    page.head("quadrant", "contact_every", "what_to_do")
    for code, days in zip(ORDER, rhythm.values(), strict=True):
        words = Cell(book.say(f"do_{code}"), ("over",))
        page.line(text(book.term(f"quadrant.{code}")), setting(days, "whole"), words)
    for place, name in enumerate(("s_quadrants", "s_contact_every", "s_what_to_do")):
        page.name_last(name, len(ORDER), place)
    page.heading(book.say("words_shown"))
    for code in ("ask_first", "near", "holds"):
        settings.words(page, f"s_{code}", [book.say(code)])
    for card in both:
        cards.settings(page, card)


def _summary(book, whole):
    page = Page(book, "accounts_sums", (24, 34, 34), whole=True)
    mine = f'{whole["number"]},"<>"&s_example'
    page.heading(book.say("by_quadrant"), book.say("by_quadrant_says"))

    def cell(code):
        place = ORDER.index(code) + 1
        n = f"COUNTIFS({whole['place']},{place},{mine})"
        return Cell(f'INDEX(s_quadrants,{place})&"  "&{n}', ("count", "big"), computed=True)

    def side(code):
        return text(book.say(code), "header_count")

    page.line(text(None), side("weak"), side("firm_side"))
    page.line(side("large"), cell("target"), cell("key"), height=60)
    page.line(side("small"), cell("low_profile"), cell("maintain"), height=60)
    page.heading(book.say("see_first"))
    page.head("priority", "account", "quadrant")
    for place in range(1, 11):
        row = f"MATCH({place},{whole['priority']},0)"
        page.line(
            text(f"{place}"),
            figure(f'IFERROR(INDEX({whole["account"]},{row}),"")', "any"),
            figure(f'IFERROR(INDEX({whole["quadrant"]},{row}),"")', "any"),
        )
