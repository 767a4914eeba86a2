"""The funnel list: what each deal claims, what of it can be shown, and both totals."""

from coursekit import toml
from coursekit.funnel import LOST, OPEN, STAGES, thresholds
from coursekit.funnel.prospect import AHEAD, FIELDS, PAST
from coursekit.tables import schema
from coursekit.workbooks import explain, settings
from coursekit.workbooks.listing import Ahead, Column, Listing, aid, counted
from coursekit.workbooks.page import Page, figure, setting, text

SCHEMA = "deals"
CARDS = ()
REASONS = (
    *("no_next_step", "courtesy", "step_in_the_past", "not_strict_step"),
    *("older_than_any_closed", "unknown_stage"),
)
_WON = len(OPEN) + 1  # rank of a contract: open stages are 1 to 5, a lost deal is 7

# a stage typed as a number, 0.5 for 50%, is meant as the word
_RANK = 'IFERROR(MATCH(IF(ISNUMBER({stage}),TEXT({stage},"0%"),TRIM({stage})),s_stages,0),0)'
_COURTESY = (
    'SUMPRODUCT(ISNUMBER(SEARCH(s_courtesy,{next_step}))*(s_courtesy<>"")'
    "*(LEN(TRIM({next_step}))<=LEN(s_courtesy)+s_courtesy_extra*(LEN(s_courtesy)>2)))>0"
)
# places in REASONS; a date that is no date is none
_FAULT = (
    'IF(OR(TRIM({next_step})="",SUMPRODUCT(--(s_nothing=TRIM({next_step})))>0),1,'
    f"IF(AND(s_no_courtesy=s_yes,{_COURTESY}),2,"
    "IF(AND(N({next_step_date})>0,N({next_step_date})<s_today),3,"
    'IF(AND(s_strict=s_yes,OR(N({next_step_date})=0,TRIM({next_step_person})="")),4,0))))'
)
_RESTS = 'AND(N({snooze_until})>=s_today,TRIM({snooze_reason})<>"")'
_TOO_OLD = "AND(ISNUMBER(s_age_limit),N({created})>0,s_today-INT(N({created}))>N(s_age_limit))"
_REASON_CODE = (
    f"IF({{rank}}=0,6,IF({{rank}}>={_WON},0,"
    f"IF(AND({{fault}}>0,NOT({_RESTS})),{{fault}},IF({_TOO_OLD},5,0))))"
)
_CYCLE = (
    f"IF(AND({{rank}}>={_WON},{{number}}<>s_example,N({{created}})>0,"
    'INT(N({closed}))>=INT(N({created}))),INT(N({closed}))-INT(N({created})),"")'
)
_COUNTS_AS = "IF({reason_code}>0,1,{rank})"


def columns(book, course):
    """The list from left to right."""
    stages = {code: book.term(f"stage.{code}") for code in (*STAGES, LOST)}
    return [
        Column("customer", width=20, example=book.say("example_customer")),
        Column(
            "stage", "choice", width=11, options=stages, choices="s_stages", example=stages["p50"]
        ),
        Column("amount", "money", width=12, example=300_000),
        Column("next_step", width=26, example=book.say("example_step")),
        Column("next_step_date", "date", width=11.5, example=Ahead(3)),
        Column("next_step_person", width=12, example=book.say("example_person")),
        Column("last_contact", "date", width=11.5, example=Ahead(-6)),
        counted("effective", "any", f"IF({{rank}}=0,s_no_stage,INDEX(s_stages,{_COUNTS_AS}))", 11),
        counted("claimed_rate", "share", "IF({rank}=0,0,INDEX(s_rates,{rank}))", 8),
        counted("effective_rate", "share", f"IF({{rank}}=0,0,INDEX(s_rates,{_COUNTS_AS}))", 8),
        counted("listed", "money", 'IF(ISNUMBER({amount}),{amount}*{claimed_rate},"")', 12),
        counted("shown", "money", 'IF(ISNUMBER({amount}),{amount}*{effective_rate},"")', 12),
        counted("reason", "any", 'IF({reason_code}=0,"",INDEX(s_reasons,{reason_code}))', 22),
        counted(
            "silent_days", "whole", 'IF(N({last_contact})>0,s_today-INT({last_contact}),"")', 9
        ),
        Column("expected_close", "date", width=11.5, band="more", example=Ahead(45)),
        Column("created", "date", width=11.5, band="more", example=Ahead(-80)),
        Column("closed", "date", width=11.5, band="more"),
        Column("snooze_until", "date", width=11.5, band="more"),
        Column("snooze_reason", width=20, band="more"),
        aid("rank", _RANK),
        aid("fault", _FAULT),
        aid("cycle", _CYCLE),
        aid("reason_code", _REASON_CODE),
    ]


def make(book, course, rows, today):
    """All sheets of the workbook."""
    listing = Listing(book, "funnel", columns(book, course), rows.get("funnel", ()), height=30)
    whole = listing.ranges()
    open_ = f'{{rank}},"<{_WON}",{{number}},"<>"&s_example'
    listing.figures(
        ("total_listed", f"SUMIFS({{listed}},{open_})", "money"),
        ("total_shown", f"SUMIFS({{shown}},{open_})", "money"),
        ("n_open", f"COUNTIFS({open_})", "whole"),
    )
    listing.warn("reason", "{reason_code}>0")
    listing.warn("effective", "{reason_code}>0")
    listing.warn("silent_days", "N({silent_days})>s_silent")
    _summary(book, whole)
    _prospect(book)
    _settings(book, course, whole, today)
    explain.write(book, listing, "funnel")


def courtesy(course):
    """Texts that are no next step, and by how many characters a text may be longer than one.

    Of a phrase of two characters it may not: `跟进` with a name behind it is no phrase.
    """
    read = toml.read(course.file("instruments/courtesy.toml"))
    return tuple(read["phrases"]), read["extra"]


def _settings(book, course, whole, today):
    page, ladder = settings.begin(book, today), course.ladder()
    phrases, extra = courtesy(course)
    limits = thresholds(course.file("instruments/findings.toml"))
    page.heading(book.say("rules"), book.say("rules_says"))
    settings.switch(page, "strict", True, "s_strict")
    settings.switch(page, "no_courtesy", True, "s_no_courtesy")
    settings.value(page, "courtesy_extra", extra, "whole", "s_courtesy_extra")
    settings.value(page, "silent_after", limits["silent"]["days"], "whole", "s_silent")
    settings.value(page, "min_closed", ladder.limits.min_closed, "whole", "s_min_closed")
    limit = f'IF(COUNT({whole["cycle"]})>=s_min_closed,MAX({whole["cycle"]}),"")'
    page.line(text(book.say("age_limit")), figure(limit, "whole", "s_age_limit"))
    page.heading(book.say("ladder"), book.say("ladder_says"))
    page.head("stage", "rate", "pyramid_norm")
    for code in (*STAGES, LOST):
        share = setting(limits["pyramid"][code], "share") if code in OPEN else text(None)
        page.line(text(book.term(f"stage.{code}")), setting(ladder.rate(code), "share"), share)
    for place, name in enumerate(("s_stages", "s_rates", "s_norm")):
        page.name_last(name, len(STAGES) + 1, place)
    settings.words(page, "s_no_stage", [book.term("stage.unknown")])
    page.heading(book.say("reasons"))
    settings.words(page, "s_reasons", [_reason(book, code) for code in REASONS])
    page.heading(book.say("courtesy_list"), book.say("courtesy_says"))
    settings.phrases(page, "s_courtesy", phrases)
    page.heading(book.say("nothing_list"), book.say("nothing_says"))
    settings.phrases(page, "s_nothing", schema.load("deals").columns["next_step"].missing)


def _reason(book, code):
    return book.say(code) if code == "courtesy" else book.term(f"reason.{code}")


def _summary(book, whole):
    """Both totals side by side, stage by stage, and what takes the value."""
    page = Page(book, "funnel_sums", (30, 9, 10, 10, 14, 14, 14, 14, 10, 10, 10), whole=True)
    mark = f'{whole["number"]},"<>"&s_example'
    rank, reason = whole["rank"], whole["reason_code"]
    page.heading(book.say("by_stage"), book.say("by_stage_says"))
    page.head(
        *("stage", "rate", "n_claimed", "n_effective", "amount_claimed", "amount_effective"),
        *("listed", "shown", "share_claimed", "share_effective", "pyramid_norm"),
    )
    first, last = page.row + 1, page.row + len(OPEN)
    for place, stage in enumerate((*STAGES, LOST), 1):
        at = f"{rank},{place},{mark}"
        stands = (f"{at},{reason},0", *((f'{reason},">0",{rank},">0",{mark}',) * (place == 1)))
        row = page.row + 1
        page.line(
            text(book.term(f"stage.{stage}")),
            figure(f"INDEX(s_rates,{place})", "share"),
            figure(f"COUNTIFS({at})", "whole"),
            figure("+".join(f"COUNTIFS({where})" for where in stands), "whole"),
            figure(f"SUMIFS({whole['amount']},{at})", "money"),
            figure("+".join(f"SUMIFS({whole['amount']},{where})" for where in stands), "money"),
            figure(f"SUMIFS({whole['listed']},{at})", "money"),
            figure("+".join(f"SUMIFS({whole['shown']},{where})" for where in stands), "money"),
            *(_shares(row, first, last, place) if stage in OPEN else ()),
        )
        if stage == OPEN[-1]:
            sums = [
                figure(f"SUM({column}{first}:{column}{last})", form)
                for column, form in zip("CDEFGH", ("whole", "whole", *["money"] * 4), strict=True)
            ]
            page.line(text(book.say("open_together"), "strong"), text(None), *sums)
    page.heading(book.say("why_less"))
    page.head("reason", "n", "value_lost")
    for place, code in enumerate(REASONS, 1):
        at = f"{reason},{place},{mark}"
        lost = f"SUMIFS({whole['listed']},{at})-SUMIFS({whole['shown']},{at})"
        page.line(
            text(_reason(book, code)), figure(f"COUNTIFS({at})", "whole"), figure(lost, "money")
        )
    page.gap()
    page.bars(
        book.say("chart_funnel"),
        (first, last),
        ((book.say("listed"), "G"), (book.say("shown"), "H")),
    )


def _shares(row, first, last, place):
    for column in "CD":
        total = f"SUM({column}${first}:{column}${last})"
        yield figure(f'IF({total}=0,"",{column}{row}/{total})', "share")
    yield figure(f"INDEX(s_norm,{place})", "share")


def _prospect(book):
    """The form of the No. 1 prospect, with what is missing or cannot be."""
    page = Page(book, "prospect", (24, 60, 24), landscape=False)
    page.paragraph(book.say("prospect_says"))
    page.head("field", "your_answer", "check")
    forms = {"amount": "money", "chance": "share"}
    forms |= dict.fromkeys((*PAST, *AHEAD), "date")
    for field in FIELDS:
        cell = f"$B${page.row + 1}"
        page.line(
            text(book.term(f"prospect.{field}"), "label"),
            setting(None, forms.get(field, "text")),
            figure(_check(book, field, cell), "any"),
            height=28,
        )


def _check(book, field, cell):
    """What `coursekit.funnel.prospect_gaps` says of a field, as a formula."""

    def unless(rule, code, rest):
        return f'IF({rule},"{book.term(f"prospect_gap.{code}")}",{rest})'

    rest = '""'
    if field in PAST:
        rest = unless(f"INT({cell})>s_today", "in_the_future", rest)
    if field in AHEAD:
        rest = unless(f"INT({cell})<s_today", "in_the_past", rest)
    if field in (*PAST, *AHEAD):
        rest = unless(f"NOT(ISNUMBER({cell}))", "not_a_date", rest)
    if field == "chance":
        rest = unless(f"OR({cell}<0,{cell}>1)", "not_a_share", rest)
    if field in ("amount", "chance"):
        rest = unless(f"NOT(ISNUMBER({cell}))", "not_a_number", rest)
    return unless(f'TRIM({cell})=""', "missing", rest)
