"""What a dealer contributes: ten indicators from raw tables, and traits from sell-out."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.credit import settle
from coursekit.errors import InputError

INDICATORS = (
    *("return_on_input", "attainment", "size", "growth", "share_gain"),
    *("collection", "loyalty", "credit", "promotion", "retailers"),
)


def indicators(tables, first, last):
    """The ten indicators of each dealer in a period.

    Parameters
    ----------
    tables : dict of str to DataFrame
        By the names of the schemas: ``dealers`` and ``shipments``, and as far as there are
        ``sell_out``, ``market``, ``targets``, ``dealer_costs``, ``invoices``, ``receipts``,
        ``promotions``, ``ratings``.
    first, last : datetime or str
        First and last day of the period: whole months, else targets and market do not fit it.

    Returns
    -------
    DataFrame
        Index: dealers, sorted. The columns are the criteria of the scorecard ``contribution``, in
        the order of the syllabus:

        - return_on_input: (sales - cost of goods - input) / input
        - attainment: sales / target
        - size: sales / those of the median dealer that sold anything
        - growth: sales / sales of the same days a year before - 1
        - share_gain: sell-out / market of his territory, less the same a year before
        - collection: paid by `last` of what fell due in the period
        - loyalty: share of the months with a delivery
        - credit: of what fell due, the share paid in full in time
        - promotion: mean share done of the agreed promotions
        - retailers: mean rating, 1 to 5

        NaN where a table is absent or says nothing of the dealer: unknown, not nought.

    Raises
    ------
    InputError
        A needed table or a column is absent, a dealer stands twice, a date or an amount is blank,
        or `last` is before `first`.

    Notes
    -----
    Syllabus item management.4.7. Sales are deliveries to the dealer (sell-in). They fail where
    goods are pushed in before a quarter ends: that looks like success, see `coursekit.channel`. A
    rich territory lifts everybody in it: compare dealers of like territories.
    """
    period = _Period(tables, first, last)
    sales, before = period.sum("shipments"), period.sum("shipments", years_back=1)
    result = pd.DataFrame(
        {
            "return_on_input": _return(period, sales),
            "attainment": sales / _above_0(period.sum("targets", date="month")),
            "size": sales / _above_0(sales.where(sales > 0).median()),
            "growth": sales / _above_0(before) - 1,
            "share_gain": _share(period, 0) - _share(period, 1),
            **_paid(period),
            "loyalty": _ordered_months(period),
            "promotion": period.mean("promotions", "done"),
            "retailers": period.mean("ratings", "rating"),
        },
        index=period.dealers,
    )
    return result[list(INDICATORS)]


def compared(card, before, after):
    """What moved a score from one period to the next.

    Parameters
    ----------
    card : coursekit.scoring.Scorecard
    before, after : DataFrame
        Answers of the card per dealer, from `indicators`.

    Returns
    -------
    DataFrame
        Dealers of both periods, sorted: ``before`` and ``after`` (scores), ``change``, ``most``:
        the criterion that moved most in the direction of the change (empty where nothing
        changed), ``by``: its part of the change.

    Notes
    -----
    Syllabus item management.4.7. It fails where something unknown before was found out: the score
    moves and the dealer did not.
    """
    both = before.index.intersection(after.index).sort_values()
    old, new = (card.explain(answers.loc[both]) for answers in (before, after))
    moved = (new - old).round(9)
    change = moved.sum(axis=1).round(9)
    along = moved.mul(np.sign(change), axis=0)
    place = along.to_numpy().argmax(axis=1) if len(both) else np.array([], dtype=int)
    by = moved.to_numpy()[np.arange(len(both)), place]
    return pd.DataFrame(
        {
            "before": old.sum(axis=1).round(9),
            "after": new.sum(axis=1).round(9),
            "change": change,
            "most": np.where(change == 0, "", moved.columns.to_numpy(object)[place]),
            "by": np.where(change == 0, 0.0, by),
        },
        index=both,
    )


def coverage(sell_out, outlets, dealers, first, last, steady=0.5):
    """Share of the outlets of his territory that buy from a dealer steadily.

    Parameters
    ----------
    sell_out : DataFrame
        ``date``, ``dealer``, ``outlet``.
    outlets : DataFrame
        ``outlet``, ``territory``: all there are, also those that buy elsewhere.
    dealers : DataFrame
        ``dealer``, ``territory``.
    first, last : datetime or str
    steady : float, default 0.5
        Share of the months in which an outlet must have bought.

    Returns
    -------
    Series
        Per dealer, sorted, 0 to 1; NaN where the territory has no outlet on the list.

    Raises
    ------
    InputError
        A column is absent, a date is blank, a dealer or an outlet stands twice, or `last` is
        before `first`.

    Notes
    -----
    Syllabus item management.3.1. It fails where the list holds only the outlets that we know: those
    of the rivals are not missed, and the share looks high. Sales to outlets of other territories do
    not count here.
    """
    period = _Period({"dealers": dealers, "sell_out": sell_out}, first, last)
    inputs.columns(outlets, "outlet", "territory")
    _unique(outlets, "outlet")
    territory = outlets.set_index("outlet")["territory"]
    sold = period.rows("sell_out").assign(month=lambda rows: rows["date"].dt.to_period("M"))
    inputs.columns(sold, "outlet")
    months = sold.groupby(["dealer", "outlet"])["month"].nunique().rename("months").reset_index()
    at_home = months["outlet"].map(territory) == months["dealer"].map(period.territory)
    regular = months[at_home & (months["months"] >= round(steady * period.months, 9))]
    held = regular.groupby("dealer").size().reindex(period.dealers, fill_value=0)
    there = period.territory.map(territory.value_counts())
    return (held / there).rename("coverage")


def unsteadiness(sell_out, dealers, first, last):
    """How much the monthly sell-out of a dealer swings.

    Parameters
    ----------
    sell_out : DataFrame
        ``date``, ``dealer``, ``amount``.
    dealers : DataFrame
        ``dealer``, ``territory``.
    first, last : datetime or str

    Returns
    -------
    Series
        Per dealer, sorted: standard deviation of the months over their mean, months without a
        sale as 0; NaN where nothing was sold.

    Raises
    ------
    InputError
        As `coverage`.

    Notes
    -----
    Syllabus item management.3.1. It fails on seasonal goods, which swing for everybody: compare
    with the dealers around, not with 0.
    """
    period = _Period({"dealers": dealers, "sell_out": sell_out}, first, last)
    rows = period.rows("sell_out")
    table = rows["amount"].groupby([rows["dealer"], rows["date"].dt.to_period("M")]).sum().unstack()
    table = table.reindex(period.dealers).T.reindex(period.calendar).T.fillna(0.0)
    return (table.std(axis=1, ddof=0) / _above_0(table.mean(axis=1))).rename("unsteadiness")


class _Period:
    """Raw tables of a period, per dealer."""

    def __init__(self, tables, first, last):
        self.tables = tables
        self.first, self.last = (inputs.one_day(day, "day") for day in (first, last))
        if self.last < self.first:
            raise InputError(
                "contribution.ends_before", first=str(self.first.date()), last=str(self.last.date())
            )
        self.calendar = pd.period_range(self.first, self.last, freq="M")
        self.months = len(self.calendar)
        dealers = inputs.columns(self.table("dealers", needed=True), "dealer")
        _unique(dealers, "dealer")
        self.dealers = pd.Index(sorted(dealers["dealer"]), name="dealer")
        where = dealers["territory"] if "territory" in dealers else pd.Series(None, dealers.index)
        self.territory = where.set_axis(dealers["dealer"]).reindex(self.dealers)

    def table(self, name, needed=False):
        """A raw table, or None where there is none."""
        if needed and name not in self.tables:
            raise InputError("contribution.no_table", table=name)
        return self.tables.get(name)

    def rows(self, name, years_back=0, date="date", money="amount"):
        """Rows of a table within the period, or of the same days so many years before."""
        table = inputs.columns(self.table(name), date)
        day = inputs.days(table[date], "day")
        back = pd.DateOffset(years=years_back)
        found = table.assign(**{date: day})[day.between(self.first - back, self.last - back)]
        if money in found:
            found[money] = inputs.numbers(found[money], money, empty=True)
        return found

    def sum(self, name, column="amount", years_back=0, date="date"):
        """Sum per dealer; NaN for all where the table is absent."""
        if self.table(name) is None:
            return pd.Series(np.nan, self.dealers)
        rows = inputs.columns(self.rows(name, years_back, date), "dealer", column)
        values = inputs.numbers(rows[column], "amount", empty=True)
        return values.groupby(rows["dealer"]).sum().reindex(self.dealers, fill_value=0.0)

    def mean(self, name, column):
        """Mean per dealer, over the period where the table has dates."""
        table = self.table(name)
        if table is None:
            return pd.Series(np.nan, self.dealers)
        rows = self.rows(name) if "date" in table else table
        inputs.columns(rows, "dealer", column)
        return rows[column].astype(float).groupby(rows["dealer"]).mean().reindex(self.dealers)


def _return(period, sales):
    shipments = period.table("shipments", needed=True)
    if "cost" not in shipments:
        return pd.Series(np.nan, period.dealers)
    spent = period.sum("dealer_costs")
    return (sales - period.sum("shipments", "cost") - spent) / _above_0(spent)


def _share(period, years_back):
    """Share of the market of his territory that each dealer sells."""
    if period.table("sell_out") is None or period.table("market") is None:
        return pd.Series(np.nan, period.dealers)
    sold = period.rows("sell_out", years_back)
    if "territory" in sold:
        sold = sold[sold["territory"] == sold["dealer"].map(period.territory)]
    own = sold.groupby("dealer")["amount"].sum().reindex(period.dealers, fill_value=0.0)
    market = period.rows("market", years_back, date="month")
    size = market.groupby("territory")["amount"].sum()
    return own / _above_0(period.territory.map(size))


def _paid(period):
    """Collection and credit of what fell due."""
    invoices, receipts = period.table("invoices"), period.table("receipts")
    nothing = pd.Series(np.nan, period.dealers)
    if invoices is None or receipts is None:
        return {"collection": nothing, "credit": nothing}
    came = inputs.days(inputs.columns(receipts, "date")["date"], "day")
    settled, _ = settle(invoices, receipts[came <= period.last])
    due = pd.to_datetime(settled["due"])
    rows = settled[due.between(period.first, period.last)]
    amount = rows["amount"].astype(float)
    in_time = pd.to_datetime(rows["paid"]) <= pd.to_datetime(rows["due"])
    total, paid, punctual = (
        values.groupby(rows["dealer"]).sum().reindex(period.dealers)
        for values in (amount, amount - rows["open"], amount.where(in_time, 0.0))
    )
    return {"collection": paid / _above_0(total), "credit": punctual / _above_0(total)}


def _ordered_months(period):
    rows = period.rows("shipments")
    rows = rows[rows["amount"] > 0]
    months = rows["date"].dt.to_period("M").groupby(rows["dealer"]).nunique()
    return months.reindex(period.dealers, fill_value=0) / period.months


def _unique(table, column):
    twice = table[column].duplicated()
    if twice.any():
        rows = table.index[twice]
        raise InputError(
            "contribution.twice",
            rows,
            row=rows[0],
            column=f"tables.column_{column}",
            value=str(table[column][twice].iloc[0]),
        )


def _above_0(values):
    """Values to divide by: missing where they are not above 0."""
    if isinstance(values, pd.Series):
        return values.where(values > 0)
    return values if values > 0 else np.nan
