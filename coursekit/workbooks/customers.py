"""The customer list: MAN and its eight cases, A to D with the rhythm of visits, Pareto."""

import itertools

import pandas as pd

from coursekit import classes, edges
from coursekit.workbooks import cards, explain, settings
from coursekit.workbooks.listing import Ahead, Column, Listing, aid, counted
from coursekit.workbooks.page import Cell, Page, figure, setting, text

SCHEMA = "customers"
CARDS = ("man",)
CASES = tuple("".join(letters) for letters in itertools.product("mM", "aA", "nN"))  # man is 1
_ASK = ("need", "authority", "money")  # without a need the other two hardly matter
_MINE = '{number:all},"<>"&s_example'
_MINE_ABOVE = '{number:down},"<>"&s_example'


def columns(book, card):
    """The list from left to right."""
    examples = {"money": "yes", "authority": "influences", "need": "strong"}
    return [
        Column("customer", width=20, example=book.say("example_customer")),
        *cards.inputs(book, card, examples, width=12),
        Column("expected_close", "date", width=11.5, example=Ahead(20)),
        Column("last_visit", "date", width=11.5, example=Ahead(-5)),
        Column("revenue", "money", width=12, example=180_000),
        *cards.results(card),
        *_cases(card),
        *_visits(),
        *_pareto(),
    ]


def _cases(card):
    order = [criterion.code for criterion in card.criteria]
    signs, low, high, unknown, ask = [], ["1"], ["1"], [], '""'
    aids = []
    for code, letter, worth in zip(classes.MAN, "MAN", (4, 2, 1), strict=True):
        cell, place = f"{{{code}}}", order.index(code) + 1
        points = f"SUMPRODUCT(({cell}=INDEX(man_words,0,{place}))*INDEX(man_points,0,{place}))"
        open_ = f'OR({cell}="",{cell}=s_unknown)'
        aids.append(aid(f"has_{code}", f'IF({open_},"?",IF({points}>=s_present,1,0))'))
        has = f"{{has_{code}}}"
        signs.append(f'IF({has}="?","?",IF({has}=1,"{letter}","{letter.lower()}"))')
        low.append(f"{worth}*N({has})")
        high.append(f'{worth}*IF({has}="?",1,{has})')
        unknown.append(f'{has}="?"')
    for code in reversed(_ASK):
        title = f"INDEX(man_titles,{order.index(code) + 1})"
        ask = f'IF({{has_{code}}}="?",{title},{ask})'
    action = f"IF(OR({','.join(unknown)}),s_find_out,INDEX(s_actions,{{case_low}}))"
    return [
        counted("case", "any", _valid("&".join(signs)), 8),
        counted("action", "any", _valid(action), 32),
        counted("ask", "any", _valid(ask), 16),
        *aids,
        aid("case_low", "+".join(low)),
        aid("case_high", "+".join(high)),
    ]


def _valid(formula):
    return f'IF(ISNUMBER({{score}}),{formula},"")'


def _visits():
    def class_of(case):
        soon = "INT(N({expected_close}))>=s_today,INT(N({expected_close}))<=s_today+s_soon"
        return _valid(f'IF(AND({case}={len(CASES)},{soon}),"A",INDEX(s_classes,{case}))')

    every = 'IF({class}="","",INDEX(s_every,MATCH({class},s_class_names,0)))'
    due = "IF(N({last_visit})>0,MAX(s_today,INT({last_visit})+{every}),s_today)"
    visits = "MAX(0,INT((s_days-1-({next_visit}-s_today))/{every})+1)"
    return [
        counted("class", "any", class_of("{case_low}"), 7),
        counted("could_be", "any", class_of("{case_high}"), 8),
        counted("every", "whole", every, 8),
        counted("next_visit", "date", f'IF({{every}}="","",{due})', 11.5),
        counted("visits", "whole", f'IF({{every}}="","",{visits})', 8),
    ]


def _pareto():
    above = f'{{revenue:all}},">"&{{revenue}},{_MINE}'
    level = f"COUNTIFS({{revenue:down}},{{revenue}},{_MINE_ABOVE})"  # equals: the upper row first
    ranked = "OR({number}=s_example,NOT(ISNUMBER({revenue})))"
    down = f"(SUMIFS({{revenue:all}},{above})+{{revenue}}*{level})/s_revenue"
    return [
        counted("rank", "whole", f'IF({ranked},"",COUNTIFS({above})+{level})', 7),
        counted("share", "share", 'IF(OR({rank}="",s_revenue=0),"",{revenue}/s_revenue)', 8),
        counted("cumulated", "share", f'IF(OR({{rank}}="",s_revenue=0),"",{down})', 8),
    ]


def make(book, course, rows, today):
    """All sheets of the workbook."""
    card = course.scorecard("man")
    listing = Listing(book, "customers", columns(book, card), rows.get("customers", ()), height=29)
    mine = '{number},"<>"&s_example'
    listing.figures(
        ("n_customers", f'COUNTIFS({{class}},"?*",{mine})', "whole"),
        ("visits_together", f"SUMIFS({{visits}},{mine})", "whole"),
        ("revenue_together", "s_revenue", "money"),
    )
    listing.warn("next_visit", "N({next_visit})<=s_today")
    listing.warn("could_be", "{could_be}<>{class}")
    _summary(book, listing.ranges())
    _settings(book, course, card, listing.ranges(), today)
    explain.write(book, listing, "customers", [card])


def _settings(book, course, card, whole, today):
    page = settings.begin(book, today)
    rules = edges.read("abcd", course.file("instruments/abcd.toml"))
    page.heading(book.say("visits_rules"), book.say("visits_rules_says"))
    settings.value(page, "period_days", 30, "whole", "s_days")
    settings.value(page, "capacity", None, "whole", "s_capacity")
    settings.value(page, "soon_days", rules["soon_days"], "whole", "s_soon")
    page.head("class", "every")
    for code in classes.CLASSES:
        page.line(text(code), setting(rules["visit_every_days"][code], "whole"))
    page.name_last("s_class_names", len(classes.CLASSES), 0)
    page.name_last("s_every", len(classes.CLASSES), 1)
    cards.settings(page, card)
    page.heading(book.say("eight_cases"), book.say("eight_cases_says"))
    settings.value(page, "present", classes.PRESENT, "number", "s_present")
    page.head("case", "class", "action")
    none = pd.Series(pd.NaT, range(len(CASES)), dtype="datetime64[ns]")
    of_case = classes.abcd(pd.Series(CASES), none, "2000-01-01", rules)["class"]
    for case, code in zip(CASES, of_case, strict=True):
        action = book.term(f"man.{classes.ACTIONS[case]}")
        page.line(text(case), setting(code, "any"), Cell(action, ("over",)))
    page.name_last("s_cases", len(CASES), 0)
    page.name_last("s_classes", len(CASES), 1)
    page.name_last("s_actions", len(CASES), 2)
    settings.words(page, "s_find_out", [book.term("man.find_out")])
    page.gap()
    revenue = f'SUMIFS({whole["revenue"]},{whole["number"]},"<>"&s_example)'
    page.line(text(book.say("revenue_together")), figure(revenue, "money", "s_revenue"))


def _summary(book, whole):
    page = Page(book, "customers_sums", (30, 12, 12, 12, 14, 12, 12), whole=True)
    mine = f'{whole["number"]},"<>"&s_example'
    page.heading(book.say("by_class"), book.say("by_class_says"))
    page.head("class", "n", "share_customers", "visits", "revenue_sum", "share_revenue", "every")
    first, last = page.row + 1, page.row + len(classes.CLASSES)
    for place, code in enumerate(classes.CLASSES, 1):
        row, at = page.row + 1, f'{whole["class"]},"{code}",{mine}'
        page.line(
            text(code, "strong"),
            figure(f"COUNTIFS({at})", "whole"),
            figure(_part("B", row, first, last), "share"),
            figure(f"SUMIFS({whole['visits']},{at})", "whole"),
            figure(f"SUMIFS({whole['revenue']},{at})", "money"),
            figure(_part("E", row, first, last), "share"),
            figure(f"INDEX(s_every,{place})", "whole"),
        )
    forms = {"B": "whole", "D": "whole", "E": "money"}
    sums = {c: figure(f"SUM({c}{first}:{c}{last})", form) for c, form in forms.items()}
    none = text(None)
    page.line(text(book.say("together"), "strong"), sums["B"], none, sums["D"], sums["E"])
    page.line(
        text(book.say("visits_left")),
        none,
        none,
        figure(f'IF(s_capacity="","",s_capacity-D{last + 1})', "whole"),
    )
    n = f"COUNT({whole['rank']})"
    fifth = f'SUMIFS({whole["revenue"]},{whole["rank"]},"<="&MAX(1,INT(0.2*{n}+0.5)))'
    page.line(text(book.say("top_fifth")), figure(f'IF(s_revenue=0,"",{fifth}/s_revenue)', "share"))
    page.heading(book.say("by_case"))
    page.head("case", "n", "revenue_sum", "action")
    for place, case in enumerate(CASES, 1):
        # MAN and man are the same to COUNTIFS; what is not known is not among them
        of_case = f"({whole['case_low']}={place})*EXACT({whole['case']},INDEX(s_cases,{place}))"
        of_case += f"*({whole['number']}<>s_example)"
        page.line(
            text(case, "strong"),
            figure(f"SUMPRODUCT({of_case})", "whole"),
            figure(f"SUMPRODUCT({of_case},{whole['revenue']})", "money"),
            Cell(f"INDEX(s_actions,{place})", ("over",), computed=True),
        )
    page.gap()
    words = ((book.say("share_customers"), "C"), (book.say("share_revenue"), "F"))
    page.bars(book.say("chart_customers"), (first, last), words, "0%")


def _part(column, row, first, last):
    total = f"SUM({column}${first}:{column}${last})"
    return f'IF({total}=0,"",{column}{row}/{total})'
