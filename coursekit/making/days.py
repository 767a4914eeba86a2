"""Days on which somebody is at work: nobody signs a contract at the Spring Festival."""

import datetime
import functools

from coursekit.making.company import START

LAST_DAY = datetime.date(2026, 12, 31)  # of the calendar of the case
_DAY = datetime.timedelta(days=1)


def worked(day):
    """The day itself; from a weekend the Friday before, from a holiday the nearest working day.

    Later days never come out earlier, so that what followed something still follows it.
    """
    day -= max(0, day.weekday() - 4) * _DAY
    for apart in range(10):
        for near in (day - apart * _DAY, day + apart * _DAY):
            if near in _workdays():
                return near
    return day


def next_worked(day):
    """The day itself, or the first weekday after it that is worked."""
    while day not in _workdays():
        day += _DAY
    return day


def workdays(first, last):
    """All weekdays that are worked, both ends included."""
    span = (first + n * _DAY for n in range((last - first).days + 1))
    return [day for day in span if day in _workdays()]


@functools.cache
def calendar():
    """Every day of the case and of the year ahead: pairs of whether it is worked, and why."""
    from coursekit import planning

    days = planning.working_days(START, LAST_DAY)
    return {
        day.date(): (bool(row.working), row.why)
        for day, row in zip(days.index, days.itertuples(), strict=True)
    }


@functools.cache
def _workdays():
    return frozenset(day for day, (_, why) in calendar().items() if why == "workday")
