"""The list of dealers: credit score and grade, the limit we can bear, what is owed and overdue."""

from coursekit import credit
from coursekit.workbooks import cards, explain, settings
from coursekit.workbooks.listing import Ahead, Column, Listing, counted
from coursekit.workbooks.page import Page, figure, setting, text

SCHEMA = "credit"
CARDS = ("credit",)


def columns(book, card):
    """The list from left to right."""
    examples = {"years": 6, "growth": 0.22, "arrears": "benign", "diversion": "none"}
    full = "AND(ISNUMBER({score}),ISNUMBER({turnover}),ISNUMBER({term_days}))"
    limit = "{turnover}/365*{term_days}*IF(ISNUMBER({peak}),{peak},1)"
    limit += "*INDEX(s_factors,MATCH({grade},credit_grades,0))"
    use = 'IF({owed}=0,0,IF({limit}="","",IF({limit}=0,s_no_limit,{owed}/{limit})))'
    return [
        Column("dealer", width=20, title=book.say("dealer"), example=book.say("example_dealer")),
        *cards.inputs(book, card, examples, width=11),
        Column("turnover", "money", width=12, example=2_400_000),
        Column("term_days", "whole", width=9, example=30),
        Column("peak", "number", width=9, example=1.3),
        *cards.results(card, low_high=True),
        counted("limit", "money", f'IF({full},{limit},"")', 12),
        counted("owed", "money", "SUMPRODUCT(--(s_billed={dealer}),s_open)", 12),
        counted("overdue", "money", "SUMPRODUCT(--(s_billed={dealer}),s_overdue)", 12),
        counted("overdue_share", "share", 'IF({owed}>0,{overdue}/{owed},"")', 8),
        counted("use", "share", use, 9),
        counted("over", "money", 'IF({limit}="","",MAX(0,{owed}-{limit}))', 12),
        counted("free", "money", 'IF({limit}="","",MAX(0,{limit}-{owed}))', 12),
        *cards.answers_of_bands(card),
    ]


def invoice_columns(book):
    """The list of open invoices from left to right."""
    open_ = 'IF(ISNUMBER({amount}),MAX(0,{amount}-N({received})),"")'
    late = 'IF(AND(N({due})>0,N({open})>0),MAX(0,s_today-INT({due})),"")'
    band = "INDEX(s_ageing,IF({late}>90,5,IF({late}>60,4,IF({late}>30,3,IF({late}>0,2,1)))))"
    return [
        Column("dealer", width=22, title=book.say("dealer"), example=book.say("example_dealer")),
        Column("invoice", width=16, example="A-001"),
        Column("date", "date", width=12, title=book.say("billed_on"), example=Ahead(-42)),
        Column("due", "date", width=12, example=Ahead(-12)),
        Column("amount", "money", width=14, title=book.say("billed"), example=120_000),
        Column("received", "money", width=14, title=book.say("received"), example=40_000),
        counted("open", "money", open_, 14),
        counted("late", "whole", late, 10),
        counted("ageing", "any", f'IF({{late}}="","",{band})', 18),
        counted("overdue", "money", "IF(N({late})>0,{open},0)", 14, title=book.say("overdue")),
    ]


def make(book, course, rows, today):
    """All sheets of the workbook."""
    card = course.scorecard("credit")
    listing = Listing(book, "dealers", columns(book, card), rows.get("dealers", ()))
    mine = '{number},"<>"&s_example'
    listing.figures(
        ("limit", f"SUMIFS({{limit}},{mine})", "money"),
        ("owed", f"SUMIFS({{owed}},{mine})", "money"),
        ("overdue", f"SUMIFS({{overdue}},{mine})", "money"),
    )
    listing.warn("over", "N({over})>0")
    listing.warn("overdue", "{overdue}>0")
    listing.warn("use", "OR({use}=s_no_limit,N({use})>1)")
    invoices = Listing(book, "invoices", invoice_columns(book), rows.get("invoices", ()))
    for code, name in (("dealer", "s_billed"), ("open", "s_open"), ("overdue", "s_overdue")):
        invoices.name(code, name)
    invoices.warn("late", "N({late})>0")
    _summary(book, card, listing.ranges(), invoices.ranges())
    _settings(book, card, today)
    explain.write(book, listing, "dealers", [card], [invoices])


def _settings(book, card, today):
    page = settings.begin(book, today, columns=len(card.criteria))
    page.heading(book.say("factors"), book.say("factors_says"))
    page.head("grade", "factor")
    for code, _ in card.grades:
        page.line(text(cards.grade(book, code)), setting(credit.FACTORS.get(code, 0), "share"))
    page.name_last("s_factors", len(card.grades), 1)
    page.gap()
    settings.words(page, "s_no_limit", [book.say("no_limit")])
    cards.settings(page, card)
    page.heading(book.say("late"))
    settings.words(page, "s_ageing", [book.term(f"ageing.{code}") for code in credit.BANDS])


def _summary(book, card, whole, invoices):
    page = Page(book, "dealers_sums", (28, 12, 16, 16, 16, 16), whole=True)
    mine = f'{whole["number"]},"<>"&s_example'
    page.heading(book.say("by_grade"))
    page.head("grade", "n", "limit", "owed", "overdue", "over")
    first, last = page.row + 1, page.row + len(card.grades)
    for place, (code, _) in enumerate(card.grades, 1):
        at = f"{whole['grade']},INDEX(credit_grades,{place}),{mine}"
        sums = [
            figure(f"SUMIFS({whole[column]},{at})", "money")
            for column in ("limit", "owed", "overdue", "over")
        ]
        count = figure(f"COUNTIFS({at})", "whole")
        page.line(text(cards.grade(book, code), "strong"), count, *sums)
    sums = [
        figure(f"SUM({column}{first}:{column}{last})", form)
        for column, form in zip("BCDEF", ("whole", *["money"] * 4), strict=True)
    ]
    page.line(text(book.say("together"), "strong"), *sums)
    page.heading(book.say("by_age"), book.say("by_age_says"))
    page.head("late", "n", "open")
    mine = f'{invoices["number"]},"<>"&s_example'
    start = page.row + 1
    for place, code in enumerate(credit.BANDS, 1):
        at = f"{invoices['ageing']},INDEX(s_ageing,{place}),{mine}"
        page.line(
            text(book.term(f"ageing.{code}")),
            figure(f"COUNTIFS({at})", "whole"),
            figure(f"SUMIFS({invoices['open']},{at})", "money"),
        )
    page.gap()
    page.bars(book.say("chart_dealers"), (start, page.row - 1), ((book.say("open"), "C"),))
