"""Loading before the quarter ends: goods pushed in that nobody has bought yet."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.inputs import as_day, days_of

_PEAK = 1.5  # times an even share from which the last days stand out
_DIP = 0.7  # of an even share below which the first days after it do
_SOLD_ON = 0.75  # of the peak that sell-out must show to explain it


def quarter_end(sell_in, today, sell_out=None, days=14):
    """How far each dealer's purchases crowd into the last days of each quarter, and why.

    Parameters
    ----------
    sell_in : DataFrame
        What we delivered: ``dealer date quantity``, returns negative.
    today : date, str or Timestamp
        Up to when both files are complete; quarters that end later are left out.
    sell_out : DataFrame, optional
        What he sold on: the same columns, same unit.
    days : int, default 14
        Length of the last days, and of the first days of the quarter after it; at most 45.

    Returns
    -------
    DataFrame
        One row per dealer and quarter with purchases, index ``dealer quarter`` (last day of it):
        ``sell_in`` of the quarter; ``peak`` (last days over an even share of the quarter);
        ``after`` (first days of the next quarter over the same even share; NaN while they are not
        over); ``sold`` (sell-out of the last days and the days after over an even share of his
        sell-out of the quarter; NaN without sell-out); ``stock`` (sell-in less sell-out of the
        quarter, NaN without); ``evidence``: ``late_peak`` (1.5 and more), ``dip_after`` (below
        0.7), ``not_sold_on`` (sell-out shows less than three quarters of the peak); ``reading``:
        ``even``, ``season`` (late peak, and sold on), ``loading`` (all three), ``question`` (late
        peak, and something of the rest not known or not so).

    Raises
    ------
    InputError
        A column is absent, a cell blank, a quantity no number, or a date is none.

    Notes
    -----
    Syllabus item management.4.6; the borders are ours. Sell-in taken for sell-out is how loading
    looks like success; rebates by quarter pay for it. It fails where a price rise was announced
    for the first day of the next quarter (everyone stocks up, rightly), where holidays move the
    peak, and for a dealer with few orders a quarter.
    """
    today, days = as_day(today), inputs.whole(days, "days", least=1, most=45)
    bought = _dated(sell_in)
    sold = None if sell_out is None else _dated(sell_out)
    ends = sorted(set(bought["date"].dt.to_period("Q")))
    tables = [
        _of_quarter(quarter, bought, sold, today, days)
        for quarter in ends
        if quarter.end_time.normalize() <= today
    ]
    columns = ["dealer", "quarter", "sell_in", "peak", "after", "sold", "stock"]
    empty = pd.DataFrame({column: pd.Series(dtype=float) for column in columns})
    table = pd.concat(tables, ignore_index=True) if tables else empty
    return _read(table).set_index(["dealer", "quarter"]).sort_index()


def _of_quarter(quarter, bought, sold, today, days):
    first, last = quarter.start_time, quarter.end_time.normalize()
    tail = last - pd.Timedelta(days=days - 1)
    later = last + pd.Timedelta(days=days)
    share = days / ((last - first).days + 1)
    total = _between(bought, first, last)
    total = total[total > 0]
    even = total * share
    table = pd.DataFrame(
        {
            "dealer": total.index,
            "quarter": last,
            "sell_in": total.to_numpy(),
            "peak": (_between(bought, tail, last).reindex(total.index, fill_value=0) / even).array,
            "after": np.nan,
            "sold": np.nan,
            "stock": np.nan,
        }
    )
    is_over = later <= today
    if is_over:
        next_days = _between(bought, last + pd.Timedelta(days=1), later)
        table["after"] = (next_days.reindex(total.index, fill_value=0) / even).array
    if sold is not None:
        gone = _between(sold, first, last).reindex(total.index, fill_value=0)
        table["stock"] = (total - gone).array
        around = _between(sold, tail, later if is_over else last)
        around = around.reindex(total.index, fill_value=0) / (2 if is_over else 1)
        table["sold"] = (around / (gone * share).where(gone > 0)).array
    return table


def _read(table):
    late, dip = table["peak"].round(9) >= _PEAK, table["after"].round(9) < _DIP
    sold_on = table["sold"] >= _SOLD_ON * table["peak"]
    not_sold = table["sold"].notna() & ~sold_on
    holds = {"late_peak": late, "dip_after": dip, "not_sold_on": not_sold}
    evidence = [
        tuple(code for code, true in zip(holds, row, strict=True) if true)
        for row in zip(*holds.values(), strict=True)
    ]
    reading = np.select([~late, sold_on, dip & not_sold], ["even", "season", "loading"], "question")
    return table.assign(
        evidence=pd.Series(evidence, table.index, dtype=object),
        reading=pd.Series(reading, table.index, dtype=object),
    )


def _dated(frame):
    inputs.filled(frame, "dealer", "date", "quantity")
    quantity = inputs.numbers(frame["quantity"], "quantity", empty=True)
    return frame[["dealer"]].assign(date=days_of(frame, "date"), quantity=quantity)


def _between(frame, first, last):
    return frame[frame["date"].between(first, last)].groupby("dealer")["quantity"].sum()
