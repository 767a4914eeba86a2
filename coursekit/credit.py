"""Credit to dealers: limits under one risk budget, ageing of receivables, days outstanding."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.funnel.review import as_day, days_of

FACTORS = {"A": 1.0, "B": 0.6, "C": 0.0}  # part of the wanted limit that a credit grade gets
RULES = ("same_cut", "best_use")
BANDS = ("not_due", "to_30", "to_60", "to_90", "beyond_90")
_LAST_DAYS = (0, 30, 60, 90)  # of the first four bands
_HABIT = 0.5  # late share from which it is a habit
_SLIP = 0.2  # late share up to which it is none
_FEW = 5  # due invoices below which nothing is read into them


def wanted_limit(dealers, factors=None):
    """What each dealer would owe at most if he used his terms to the full.

    Parameters
    ----------
    dealers : DataFrame
        ``turnover`` (money per year, bought on credit), ``term_days``, ``grade`` (a key of
        `factors`); ``peak`` if there is a season: sales of the busiest term over the average.
    factors : dict, optional
        Part of it that a grade gets, each 0 to 1; A all, B 60%, C nothing where not given.

    Returns
    -------
    Series
        Money, index kept: turnover / 365 × term × peak × factor.

    Raises
    ------
    InputError
        A column is absent, a figure missing or negative, a grade unknown.

    Notes
    -----
    Syllabus item management.2.2. The factors are a judgement of ours. It fails for a dealer who
    buys his whole season in one go: give his peak. A limit is what we can bear to lose, not what
    he would like to order; who needs more pays part of it in advance.
    """
    inputs.columns(dealers, "turnover", "term_days", "grade")
    factors = FACTORS if factors is None else factors
    part = inputs.one_of(dealers, "grade", list(factors)).map(factors)
    limit = inputs.numbers(dealers["turnover"], "turnover", least=0, empty=True) / 365
    limit *= inputs.numbers(dealers["term_days"], "days", least=0, empty=True)
    if "peak" in dealers:
        limit *= inputs.numbers(dealers["peak"], "factor", least=0, empty=True)
    return (limit * inputs.numbers(part, "factor", least=0, most=1, empty=True)).rename("wanted")


def limits(wanted, loss_rate, budget, rule="same_cut", margin=1):
    """Credit limits whose expected loss together stays within one budget.

    Parameters
    ----------
    wanted : Series
        Money per dealer, see `wanted_limit`.
    loss_rate : Series
        Expected loss per unit owed, 0 to 1: chance that he does not pay × part that is lost then.
        Index of `wanted`.
    budget : float
        Expected loss per year that one is ready to bear, in money.
    rule : {"same_cut", "best_use"}
        Cut every limit that carries risk by the same share; or give the budget first to those who
        earn most per expected loss, equals alike. The second is the optimum of the linear
        programme, and it leaves some with nothing.
    margin : Series or float, default 1
        What one unit of credit earns; only looked at by ``best_use``.

    Returns
    -------
    DataFrame
        Index of `wanted`: ``wanted``, ``limit`` (never above it), ``loss`` (expected, sums to at
        most the budget), ``part`` of the wanted limit (NaN where none was wanted).

    Raises
    ------
    InputError
        A figure is missing or outside its limits, indexes differ, or the rule is unknown.

    Notes
    -----
    Syllabus item management.2.2; ``best_use`` is the continuous knapsack (G. B. Dantzig, 1957).
    An expected loss is an average over many years and dealers. It fails where dealers fall
    together (one disease, one harvest, one region): the loss of a bad year is then many times the
    budget, so cap a region as well.
    """
    wanted = inputs.numbers(wanted, "limit", least=0)
    rate = inputs.numbers(_matched(loss_rate, wanted), "loss_rate", least=0, most=1)
    margin = margin if isinstance(margin, pd.Series) else pd.Series(margin, wanted.index)
    margin = inputs.numbers(_matched(margin, wanted), "margin", least=0)
    budget = inputs.number(budget, "budget", least=0)
    if rule not in RULES:
        raise InputError("credit.no_such_rule", value=str(rule), known=", ".join(RULES))
    share = _one_cut if rule == "same_cut" else _best_first
    part = share(wanted * rate, budget, margin, rate)
    limit = wanted * part
    return pd.DataFrame(
        {
            "wanted": wanted,
            "limit": limit,
            "loss": limit * rate,
            "part": part.where(wanted > 0),
        }
    )


def exposure(owed, limit, loss_rate):
    """How far each dealer uses his limit, and what the open money is expected to lose.

    Parameters
    ----------
    owed, limit : Series
        Money per dealer; index of `owed` in all three.
    loss_rate : Series
        0 to 1, see `limits`.

    Returns
    -------
    DataFrame
        ``owed limit``; ``use`` (owed over limit; infinite where he owes without a limit, 0 where
        he owes nothing), ``over`` and ``free`` in money, ``loss`` (expected).

    Raises
    ------
    InputError
        A figure is missing or negative, or indexes differ.

    Notes
    -----
    Syllabus item management.2.2. Goods shipped and not invoiced yet belong to what is owed.
    """
    owed = inputs.numbers(owed, "amount", least=0)
    limit = inputs.numbers(_matched(limit, owed), "limit", least=0)
    rate = inputs.numbers(_matched(loss_rate, owed), "loss_rate", least=0, most=1)
    without = np.where(owed > 0, math.inf, 0.0)
    use = np.divide(owed, limit, out=without, where=limit.to_numpy() > 0)
    return pd.DataFrame(
        {
            "owed": owed,
            "limit": limit,
            "use": use,
            "over": (owed - limit).clip(lower=0),
            "free": (limit - owed).clip(lower=0),
            "loss": owed * rate,
        }
    )


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
    ranked = inputs.ordered(invoices.assign(due=due, amount=amount))
    ranked = ranked.sort_values(["dealer", "due"], kind="stable")
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
    return invoices.assign(open=open_money, paid=paid), over[over > 0].rename("advance")


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
    Syllabus item management.2.2. The overdue share alone misleads three ways: fresh sales lower
    it, a longer term wipes it out, and who pays every invoice forty days late and then pays shows
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
        Index ``dealer``, sorted: ``n`` invoices fallen due, ``late`` (share of their money that
        was or is late), ``days`` (late on average, weighted by money; an open invoice counts until
        today, so this is at least so much), ``overdue`` (money late now), ``before`` (late share
        of those already paid), ``reading``: ``few`` (below 5 fallen due), ``clean``, ``hidden``
        (nothing late today, half or more was), ``one_off`` (late today, at most a fifth of the
        paid ones was: ask, it may be a dispute), ``chronic`` (late today, half or more was),
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


def _matched(values, wanted):
    if not isinstance(values, pd.Series) or not values.index.is_unique:
        raise InputError("credit.not_per_dealer")
    if len(values) != len(wanted) or not wanted.index.isin(values.index).all():
        raise InputError("credit.not_per_dealer")
    return values.reindex(wanted.index)


def _one_cut(loss, budget, margin, rate):
    total = math.fsum(loss)
    share = budget / total if total > budget else 1.0
    return pd.Series(np.where(rate > 0, share, 1.0), loss.index)


def _best_first(loss, budget, margin, rate):
    worth = np.divide(margin, rate, out=np.full(len(rate), math.inf), where=rate.to_numpy() > 0)
    part, left = pd.Series(1.0, loss.index), budget
    for _, group in loss.groupby(np.round(-worth, 9)):  # equals stand or fall together
        asked = math.fsum(group)
        if asked > left:
            part[group.index] = left / asked
        left = max(0.0, left - asked)
    return part


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
