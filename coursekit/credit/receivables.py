"""Receivables: what is open, how long it has been due, how dealers pay, days outstanding."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.inputs import as_day, days_of

BANDS = ("not_due", "to_30", "to_60", "to_90", "beyond_90")
_LAST_DAYS = (0, 30, 60, 90)  # of the first four bands
_HABIT = 0.5  # late share from which it is a habit
_SLIP = 0.2  # late share up to which it is none
_FEW = 5  # due invoices below which nothing is read into them


def settle(invoices, receipts):
    """Lay money received against invoices, the one that was due first before the others.

    Parameters
    ----------
    invoices : DataFrame
        ``dealer``, ``due`` (date), ``amount`` (money, above 0).
    receipts : DataFrame
        ``dealer``, ``date``, ``amount``.

    Returns
    -------
    settled : DataFrame
        `invoices` with ``open`` (money) and ``paid`` (date of the last part; missing while
        something is open).
    advance : Series
        Per dealer with money left over, how much.

    Raises
    ------
    InputError
        A column is absent, a cell blank, a figure negative, or a date is none.

    Notes
    -----
    Syllabus items management.2.2 and management.4.7 (collection). Open invoices + receipts =
    invoices + receipts left over. It fails where a receipt names its invoice: then lay it there,
    because first-due-first hides the one invoice that is disputed.
    """
    due, amount = _dated(invoices, "due")
    date, received = _dated(receipts, "date")
    ranked = inputs.ordered(invoices.assign(due=due, amount=amount, place=range(len(invoices))))
    ranked = ranked.sort_values(["dealer", "due"], kind="stable").set_index("place")
    income = pd.DataFrame({"dealer": receipts["dealer"], "date": date, "amount": received})
    income = income.groupby(["dealer", "date"])["amount"].sum()
    open_money = pd.Series(0.0, ranked.index)
    paid = pd.Series(pd.NaT, ranked.index, dtype="datetime64[ns]")
    advance = {}
    for dealer, own in ranked.groupby("dealer"):
        billed = np.round(np.cumsum(own["amount"].to_numpy()), 6)
        days, got = _income_of(income, dealer)
        total = got[-1] if len(got) else 0.0
        open_money[own.index] = np.clip(billed - total, 0, own["amount"].to_numpy())
        place = np.searchsorted(got, billed)
        done = place < len(got)
        paid[own.index[done]] = days[place[done]]
        advance[dealer] = total - billed[-1]
    for dealer in income.index.unique("dealer").difference(ranked["dealer"]):
        advance[dealer] = _income_of(income, dealer)[1][-1]
    over = pd.Series(advance, dtype=float).sort_index()
    settled = invoices.assign(
        open=open_money.sort_index().to_numpy(), paid=paid.sort_index().to_numpy()
    )
    return settled, over[over > 0].rename("advance")


def ageing(invoices, today):
    """Open money per dealer by how long it has been due.

    Parameters
    ----------
    invoices : DataFrame
        ``dealer``, ``due`` (date) and ``open`` (money), as `settle` gives them.
    today : date, str or Timestamp

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted: ``not_due`` (an invoice due today is not late), ``to_30``,
        ``to_60``, ``to_90`` (days late, last day included), ``beyond_90``, ``total`` and
        ``overdue`` (share of the total, NaN where nothing is open).

    Raises
    ------
    InputError
        A column is absent, a cell blank, a figure negative, or a date is none.

    Notes
    -----
    Syllabus item management.2.2. The overdue share alone fails in three ways: fresh sales lower it,
    a longer term wipes it out, and who pays every invoice forty days late and then pays shows
    nothing on a lucky day. Look at `habit` and at the use of the limit beside it.
    """
    inputs.filled(invoices, "dealer", "due", "open")
    money = inputs.numbers(invoices["open"], "amount", least=0, empty=True)
    late = (as_day(today) - days_of(invoices, "due")).dt.days
    band = pd.Series(np.searchsorted(_LAST_DAYS, late.to_numpy()), invoices.index)
    table = pd.DataFrame(
        {code: money.where(band == place, 0.0) for place, code in enumerate(BANDS)}
    )
    table = table.groupby(invoices["dealer"]).sum()
    total = table.sum(axis=1)
    overdue = (total - table["not_due"]) / total.where(total > 0)
    return table.assign(total=total, overdue=overdue)


def habit(invoices, today):
    """How each dealer pays: what was late among all that fell due, and what is late now.

    Parameters
    ----------
    invoices : DataFrame
        ``dealer due amount open paid``, as `settle` gives them.
    today : date, str or Timestamp

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted: ``n`` invoices fallen due or paid, ``late`` (share of their money
        that was or is late), ``days`` (late on average, weighted by money; an open invoice counts
        until today, so this is at least so much), ``overdue`` (money late now), ``before`` (late
        share of those already paid), ``reading``: ``few`` (below 5 fallen due), ``clean``,
        ``hidden`` (nothing late today, half or more was), ``one_off`` (late today, at most a
        fifth of the paid ones was: ask, it may be a dispute), ``chronic`` (late today, half or
        more was),
        ``mixed``.

    Raises
    ------
    InputError
        A column is absent, a cell other than ``paid`` blank, a figure negative, or a date is none.

    Notes
    -----
    Syllabus item management.2.2: why overdue invoices alone mislead. Borders are ours. It fails
    where the due date was moved: keep the first one in the file.
    """
    inputs.filled(invoices, "dealer", "due", "amount", "open")
    inputs.columns(invoices, "paid")
    today, due = as_day(today), days_of(invoices, "due")
    is_open = inputs.numbers(invoices["open"], "amount", least=0, empty=True) > 0
    frame = pd.DataFrame(
        {
            "dealer": invoices["dealer"],
            "amount": inputs.numbers(invoices["amount"], "amount", least=0, empty=True),
            "overdue": invoices["open"].where(due < today, 0.0).astype(float),
            "open": is_open,
            "days": (days_of(invoices, "paid").mask(is_open, today).fillna(today) - due).dt.days,
        }
    )
    dealers = pd.Index(np.unique(frame["dealer"]), name="dealer")
    frame = frame[(due < today).to_numpy() | ~is_open.to_numpy()]
    paid = frame[~frame["open"]]
    return _read_habit(
        pd.DataFrame(
            {
                "n": frame.groupby("dealer").size().reindex(dealers, fill_value=0),
                "late": _weighted(frame, frame["days"] > 0).reindex(dealers),
                "days": _weighted(frame, frame["days"].clip(lower=0)).reindex(dealers),
                "overdue": frame.groupby("dealer")["overdue"].sum().reindex(dealers, fill_value=0),
                "before": _weighted(paid, paid["days"] > 0).reindex(dealers),
            },
            index=dealers,
        )
    )


def days_outstanding(receivables, sales, days):
    """Days of sales that are not paid yet (DSO).

    Parameters
    ----------
    receivables : float
        Open money at the end of the period.
    sales : float
        Sales on credit of the period.
    days : int
        Length of the period.

    Returns
    -------
    float
        receivables / sales × days; NaN without sales. With the part that is not due yet, the best
        that these terms allow; the difference of both is what being late costs in days.

    Raises
    ------
    InputError
        A figure is negative, or the period has no day.

    Notes
    -----
    Syllabus item management.2.2. It fails in a season: after a peak it rises and after a lull it
    falls though nobody pays otherwise than before, see `days_counted_back`.
    """
    receivables = inputs.number(receivables, "amount", least=0)
    sales = inputs.number(sales, "revenue", least=0)
    days = inputs.whole(days, "days", least=1)
    return receivables / sales * days if sales else math.nan


def days_counted_back(receivables, sales, days):
    """Days outstanding that no season distorts: sales are used up from the latest month back.

    Parameters
    ----------
    receivables : float
        Open money at the end of the last period.
    sales : array_like, shape (n_periods,)
        Sales on credit per period, the oldest first.
    days : array_like of int, shape (n_periods,)
        Length of each period.

    Returns
    -------
    float
        NaN where the periods given are not enough to explain the money.

    Raises
    ------
    InputError
        A figure is missing or negative, or lengths differ.

    Notes
    -----
    Syllabus item management.2.2; the count-back (exhaustion) method of credit departments. It
    takes the newest invoices for the open ones, so it fails where old disputes stay open while
    new invoices are paid: look at `ageing` too.
    """
    left = inputs.number(receivables, "amount", least=0)
    sales = inputs.numbers(sales, "revenue", least=0)
    days = inputs.numbers(days, "days", least=0)
    inputs.same_length(sales, days, "revenue")
    counted = 0.0
    for sold, length in zip(sales.iloc[::-1], days.iloc[::-1], strict=True):
        if left <= sold:
            return counted + (length * left / sold if left else 0.0)
        left, counted = left - sold, counted + length
    return math.nan


def _dated(frame, column):
    inputs.filled(frame, "dealer", column, "amount")
    money = inputs.numbers(frame["amount"], "amount", least=0, empty=True)
    return days_of(frame, column), money


def _income_of(income, dealer):
    if dealer not in income.index:
        return pd.DatetimeIndex([]), np.array([])
    own = income.loc[dealer]
    return own.index, np.round(np.cumsum(own.to_numpy()), 6)


def _weighted(frame, values):
    money = frame.groupby("dealer")["amount"].sum()
    return (values * frame["amount"]).groupby(frame["dealer"]).sum() / money.where(money > 0)


def _read_habit(table):
    late_now = table["overdue"] > 0
    before = table["before"].fillna(1.0)  # nothing paid yet: no good habit to point to
    reading = np.select(
        [
            table["n"] < _FEW,
            ~late_now & (table["late"] <= _SLIP),
            ~late_now & (table["late"] >= _HABIT),
            late_now & (before <= _SLIP),
            late_now & (table["late"] >= _HABIT),
        ],
        ["few", "clean", "hidden", "one_off", "chronic"],
        "mixed",
    )
    return table.assign(reading=pd.Series(reading, table.index, dtype=object))
