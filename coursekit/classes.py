"""Classes of customers over scorecards: MAN and its eight combinations, A to D, traits."""

import pandas as pd

from coursekit import edges, inputs, replies
from coursekit.errors import InputError
from coursekit.scoring import OUT, Scorecard

CLASSES = ("A", "B", "C", "D")
MAN = ("money", "authority", "need")
ACTIONS = {
    "MAN": "sell",
    "MAn": "create_need",
    "MaN": "find_decider",
    "mAN": "check_funds",
    "maN": "nurture",
    "mAn": "nurture",
    "Man": "nurture",
    "man": "stop",
}

PRESENT = 50  # points from which on an element counts as present
_ASK_FIRST = ("need", "authority", "money")  # without a need the other two hardly matter
_CLASS = {"MAN": "B", "MaN": "B", "mAN": "B", "MAn": "C", "Man": "C", "mAn": "C", "maN": "C"}


def man_case(answers, card=None):
    """Which of the eight combinations of money, authority and need a customer is.

    Parameters
    ----------
    answers : DataFrame
        Columns ``money``, ``authority``, ``need``, as for the scorecard.
    card : coursekit.scoring.Scorecard, optional
        The shipped ``man`` without it. An answer of 50 points or more counts as present.

    Returns
    -------
    DataFrame
        Index kept. ``case``: capital present, small lacking, ``?`` not known, for example
        ``"MaN"``; ``action``: ``sell create_need find_decider check_funds nurture stop``, or
        ``find_out`` where something is not known; ``ask``: what to find out first, else empty.

    Raises
    ------
    InputError
        As `Scorecard.score`.

    Notes
    -----
    Syllabus item planning.3.3, the textbook's rule. Money and need belong to the firm, authority to
    the person met. It fails where the person met is not the decider: he answers yes to all three
    out of politeness, and the case reads ``MAN``. Having all three is no promise: test it with
    `coursekit.calibration.monotonicity` on deals that have ended.
    """
    card = card or Scorecard.load("man")
    points = card.points(answers)
    case, ask = pd.Series("", index=answers.index), pd.Series("", index=answers.index)
    known = {c.code: replies.places(answers, c) < len(c.answers) for c in card.criteria}
    for code, letter in zip(MAN, "MAN", strict=True):
        present = points[code] >= PRESENT
        sign = present.map({True: letter, False: letter.lower()})
        case += sign.where(known[code], "?")
    for code in reversed(_ASK_FIRST):
        ask = ask.where(known[code], code)
    return pd.DataFrame({"case": case, "action": case.map(ACTIONS).fillna("find_out"), "ask": ask})


def abcd(case, expected_close, today, rules=None):
    """Class A to D of each customer.

    Parameters
    ----------
    case : Series of str
        From `man_case`.
    expected_close : Series of datetime64
        On the same index; missing where no date is expected.
    today : datetime or str
    rules : dict, optional
        ``soon_days`` and ``visit_every_days``; the shipped ``abcd.toml`` without it.

    Returns
    -------
    DataFrame
        Index kept. ``class`` with everything unknown counted as lacking, ``could_be`` with
        everything unknown counted as present: where they differ, find out before planning.

    Raises
    ------
    InputError
        A case that is none of the eight (with ``?``), a day that is none, or labels differ.

    Notes
    -----
    Syllabus item planning.3.4; the rule is ours. A: all three present and expected within
    `soon_days`, today included. B: all three, but later, with a date gone by or none; or money or
    authority lacking, need present. C: need to be created, or only one present. D: none. It fails
    where the day of closing is the salesperson's wish: it makes an A of a customer who never named
    one.
    """
    rules = rules or edges.read("abcd")
    wrong = ~case.astype(str).str.fullmatch("[Mm?][Aa?][Nn?]")
    if wrong.any():
        rows = case.index[wrong]
        raise InputError("classes.not_a_case", rows, row=rows[0], value=str(case[wrong].iloc[0]))
    close = inputs.days_of(expected_close.to_frame("expected_close"), "expected_close")
    close = inputs.paired(close, case, "day")
    soon = (close - inputs.as_day(today)).dt.days.between(0, rules["soon_days"])
    result = {}
    for column, fill in (("class", "man"), ("could_be", "MAN")):
        full = case.map(lambda text, fill=fill: _filled(text, fill))
        classes = full.map(_CLASS).fillna("D")
        result[column] = classes.mask((full == "MAN") & soon, "A")
    return pd.DataFrame(result)


def visit_plan(classes, last_visit, today, days, rules=None):
    """When each customer is next due, and how often in a period.

    Parameters
    ----------
    classes : Series of str
        A to D.
    last_visit : Series of datetime64
        On the same index; missing where there was none.
    today : datetime or str
        First day of the period.
    days : int
        Its length.
    rules : dict, optional
        As in `abcd`.

    Returns
    -------
    DataFrame
        Index kept: ``every`` (days), ``next`` (today where overdue or never visited), ``visits``
        in the period.

    Raises
    ------
    InputError
        A class that is none, a day that is none, fewer than one day, or labels differ.

    Notes
    -----
    Syllabus item planning.3.4. It fails for customers who buy by season or have trouble today: the
    calendar knows neither. The rhythm is a habit to start from, not a finding: what a visit brings
    is measured in planning.3.2.
    """
    rules = rules or edges.read("abcd")
    days = inputs.whole(days, "days", least=1)
    every = classes.map(rules["visit_every_days"])
    if every.isna().any():
        rows = every.index[every.isna()]
        raise InputError(
            "classes.not_a_class",
            rows,
            row=rows[0],
            value=str(classes[every.isna()].iloc[0]),
            known="A B C D",
        )
    today = inputs.as_day(today)
    last = inputs.days_of(last_visit.to_frame("last_visit"), "last_visit")
    due = inputs.paired(last, classes, "day") + pd.to_timedelta(every, unit="D")
    due = due.where(due > today, today)
    left = days - 1 - (due - today).dt.days
    visits = (left // every + 1).clip(lower=0)
    return pd.DataFrame({"every": every, "next": due, "visits": visits.astype(int)})


def migration(before, after):
    """How customers moved between classes from one list to the next.

    Parameters
    ----------
    before, after : Series of str
        Class per customer; the index says who it is.

    Returns
    -------
    DataFrame
        Counts. Rows: classes before, then ``new``; columns: classes after, then ``gone``. They sum
        to all customers of both lists.

    Raises
    ------
    InputError
        A customer stands twice in a list, or has no class there.

    Notes
    -----
    Syllabus item planning.3.4. It fails where the two lists were judged by different people: then
    the judges moved, not the customers. Who moves up without anything having happened was wished
    up.
    """
    for series in (before, after):
        if not series.index.is_unique:
            rows = series.index[series.index.duplicated()]
            raise InputError("classes.customer_twice", rows, value=str(rows[0]))
        inputs.filled(series.to_frame("class"), "class")
    both = pd.DataFrame({"before": before, "after": after})
    both = both.astype(object).where(both.notna(), None)
    table = pd.crosstab(both["before"].fillna("new"), both["after"].fillna("gone"))
    order = sorted(set(before) | set(after))
    return table.reindex(index=[*order, "new"], columns=[*order, "gone"], fill_value=0)


def trait_class(traits, card=None):
    """One of five classes of traits per customer.

    Parameters
    ----------
    traits : DataFrame
        As for the scorecard.
    card : coursekit.scoring.Scorecard, optional
        The shipped ``traits`` without it.

    Returns
    -------
    Series of str
        ``class``, index kept: a grade of the card (``strategic partner value limited``), or
        ``trouble`` where a knock-out applies.

    Notes
    -----
    Syllabus item screening.3.4. It fails for a customer met once, whose traits are first
    impressions, and with weights from other people's customers. Learn the weights from your own
    deals: `coursekit.learning`.
    """
    grade = (card or Scorecard.load("traits")).score(traits)["grade"].astype(str)
    return grade.replace(OUT, "trouble").rename("class")


def _filled(case, fill):
    return "".join(a if b == "?" else b for a, b in zip(fill, case, strict=True))
