"""The plan: from a target back to calls a day, and what that is month by month."""

from coursekit import planning
from coursekit.errors import InputError
from coursekit.planning.days import FIRST_YEAR
from coursekit.workbooks import explain, goal_list, settings
from coursekit.workbooks.listing import FEW, Column, Listing, counted
from coursekit.workbooks.page import Page, figure, setting, text

SCHEMA = "plan"
CARDS = ()
WORDS = goal_list.WORDS
STEPS = ("calls", "appointments", "proposals", "buyers")
RATES = ("rate_appointment", "rate_proposal", "rate_contract")
_MONTHS = 12
_YEARS = 3  # of the calendar: the last that are published
_SPARE = 30  # days of one's own beside them
_UP = "ROUNDUP(ROUND(%s,9),0)"  # whole visits lead to whole orders
# in Excel's own words: working days of a span, holidays out, worked weekends in
_WORKDAYS = 'NETWORKDAYS({0},{1},s_free)+COUNTIFS(s_worked,">="&{0},s_worked,"<="&{1})'


def columns(book):
    """The list from left to right: a row per person, product or way to get there."""
    numbers = (f"N({{{code}}})>0" for code in ("order_value", "repeat", *RATES))
    full = f"AND(ISNUMBER({{target}}),{','.join(numbers)})"
    gap = "MAX(0,{target}-N({existing})*IF(ISNUMBER({keep}),{keep},1))"
    buyers = _UP % "{gap}/({order_value}*{repeat})"
    counts = [counted("buyers", "whole", f'IF({full},{buyers},"")', 10)]
    for step, rate in zip(STEPS[-2::-1], RATES[::-1], strict=True):
        after = f"{{{counts[0].code}}}"
        back = _UP % f"{after}/{{{rate}}}"
        counts.insert(0, counted(step, "whole", f'IF({after}="","",{back})', 12))
    per_day = 'IF(OR({calls}="",N(s_workdays)=0),"",{calls}/s_workdays)'
    return [
        Column("plan_name", width=22, example=book.say("example_plan")),
        Column("target", "money", width=13, example=3_000_000),
        Column("existing", "money", width=13, example=2_000_000),
        Column("keep", "percent", width=10, example=0.85),
        Column("order_value", "money", width=11, example=20_000),
        Column("repeat", "number", width=8, example=4),
        *(
            Column(code, "share", width=10, example=rate)
            for code, rate in zip(RATES, (0.3, 0.5, 0.4), strict=True)
        ),
        counted("gap", "money", f'IF(ISNUMBER({{target}}),{gap},"")', 13),
        *counts,
        counted("calls_per_day", "tenth", per_day, 9),
    ]


def make(book, course, rows, today):
    """All sheets of the workbook."""
    listing = Listing(book, "plan", columns(book), rows.get("plan", ()), ready=FEW)
    mine = '{number},"<>"&s_example'
    listing.figures(
        ("target_together", f"SUMIFS({{target}},{mine})", "money"),
        ("calls_together", f"SUMIFS({{calls}},{mine})", "whole"),
        ("per_day_together", f"SUMIFS({{calls_per_day}},{mine})", "tenth"),
    )
    _months(book, listing.ranges())
    lists = goal_list.lists(book, rows)
    page = settings.begin(book, today)
    _period(book, page)
    goal_list.settings_of(book, page, course)
    _calendar(book)
    explain.write(book, listing, "plan", others=lists)


def _period(book, page):
    page.heading(book.say("period"), book.say("period_says"))
    settings.value(page, "period_from", None, "date", "s_from_given")
    settings.value(page, "period_until", None, "date", "s_until_given")
    start = 'IF(s_from_given="",DATE(YEAR(s_today),MONTH(s_today),1),s_from_given)'
    end = 'IF(s_until_given="",DATE(YEAR(s_from),12,31),s_until_given)'
    page.line(text(book.say("starts")), figure(start, "date", "s_from"))
    page.line(text(book.say("ends")), figure(end, "date", "s_until"))
    days = figure(_WORKDAYS.format("s_from", "s_until"), "whole", "s_workdays")
    page.line(text(book.say("workdays")), days)


def _months(book, whole):
    page = Page(book, "months", (26, 13, 13, 12, 12, 12, 12, 12), whole=True)
    page.paragraph(book.say("months_says"))
    settings.value(page, "which_row", None, "whole", "s_pick")
    page.line(
        text(book.say("unpublished")),
        figure(f'IF(YEAR(s_until)>s_last_year,"{book.say("year_missing")}","")', "any"),
    )
    page.gap()
    page.head("month", "starts", "ends", "workdays", *STEPS)
    first = page.row + 1
    for month in range(_MONTHS):
        row = page.row + 1
        start = f"MAX(s_from,DATE(YEAR(s_from),MONTH(s_from)+{month},1))"
        end = f"MIN(s_until,DATE(YEAR(s_from),MONTH(s_from)+{month + 1},0))"
        inside = f'IF($B{row}="","",%s)'
        page.line(
            figure(inside % f'TEXT($B{row},"yyyy-mm")', "any"),
            figure(f'IF({start}>s_until,"",{start})', "date"),
            figure(inside % end, "date"),
            figure(inside % _WORKDAYS.format(f"$B{row}", f"$C{row}"), "whole"),
            *(
                figure(inside % _spread(column, row, first, first + _MONTHS), "whole")
                for column in "EFGH"
            ),
        )
    sums = []
    for code in STEPS:
        every = f'SUMIFS({whole[code]},{whole["number"]},"<>"&s_example)'
        picked = f"SUMIFS({whole[code]},{whole['number']},s_pick)"
        sums.append(figure(f'IF(s_pick="",{every},{picked})', "whole"))
    last = page.row
    days = figure(f"SUM($D{first}:$D{last})", "whole")
    page.line(text(book.say("together"), "strong"), text(None), text(None), days, *sums)
    page.gap()
    page.bars(book.say("chart_plan"), (first, last), ((book.say("calls"), "E"),))


def _spread(column, row, first, total):
    """What of a count falls into a month, as `planning.spread` does it: no day gets two more."""
    share = f"{column}${total}/$D${total}"
    until, before = f"SUM($D${first}:$D{row})", f"SUM($D${first}:$D{row})-$D{row}"
    return f"IF($D${total}=0,0,INT(ROUND({until}*{share},9))-INT(ROUND(({before})*{share},9)))"


def _calendar(book):
    """Free weekdays and worked weekend days of China, as far as they are published."""
    page = Page(book, "calendar", (18, 18, 40), landscape=False)
    page.paragraph(book.say("calendar_says"))
    last, days = _published()
    settings.value(page, "last_year", last, "number", "s_last_year")
    page.gap()
    page.head("free_days", "worked")
    free, worked = ([*days.index[days["why"] == why]] for why in ("holiday", "shifted"))
    rows = max(len(free), len(worked)) + _SPARE
    for place in range(rows):
        cells = (found[place] if place < len(found) else None for found in (free, worked))
        page.line(*(setting(day, "date") for day in cells))
    page.name_last("s_free", rows, 0)
    page.name_last("s_worked", rows, 1)


def _published():
    """The last published year, and the days of the years up to it."""
    last = FIRST_YEAR
    while True:
        try:
            planning.working_days(f"{last + 1}-01-01", f"{last + 1}-12-31")
        except InputError:
            break
        last += 1
    return last, planning.working_days(f"{last - _YEARS + 1}-01-01", f"{last}-12-31")
