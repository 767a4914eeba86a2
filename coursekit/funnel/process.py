"""The same result, another process: what stands behind the contracts of a period."""

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.history import RANK, entries, first_entry, snapshot
from coursekit.funnel.ladder import LOST, OPEN, WON, is_open
from coursekit.inputs import as_day


def process(history, periods, ladder, amount=None):
    """Result and process of periods side by side.

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    periods : list of (date, date)
        First and last day of each, both included.
    ladder : Ladder
    amount : Series, optional
        Money of each deal, indexed by ``deal_id``.

    Returns
    -------
    DataFrame
        One column per period, named by its last day as ISO text. Result: ``won lost`` (deals),
        ``won_amount``. Process: ``came`` (first appointments); ``moved_up`` (deals that entered a
        stage further on than ever before, opportunity being the first); ``open_start open_end``
        (deals); on the last day ``n_<stage>``, ``expected`` (sum of the ladder's rates, in deals)
        and ``expected_amount``. Amounts are NaN where `amount` is not given.

    Raises
    ------
    InputError
        A period ends before it begins; a column of the history is absent.

    Notes
    -----
    Syllabus item funnel.1.3. The contracts of a quarter come of the process of the one before: two
    quarters with the same result can stand on very different funnels, and the next quarter tells
    them apart. It fails where stages are set in one go before the period is judged: the list then
    moved, and the customers did not.
    """
    known = entries(history)
    return pd.DataFrame(
        {
            as_day(last).date().isoformat(): _one(
                known, as_day(first), as_day(last), ladder, amount
            )
            for first, last in periods
        }
    )


def _one(known, first, last, ladder, amount):
    if last < first:
        raise InputError("funnel.period_backwards", first=first.date(), last=last.date())
    before, after = snapshot(known, first - pd.Timedelta(days=1)), snapshot(known, last)
    ended = {code: after.index[_closed(after, code, first)] for code in (WON, LOST)}
    met = first_entry(known, "appointment")
    rank = after["highest"].map(RANK)
    earlier = before["highest"].map(RANK).reindex(after.index).fillna(0)
    standing = after[is_open(after["stage"])]
    rates = ladder.rates(standing["stage"])
    lacking = amount is None
    worth = pd.Series(float("nan"), after.index) if lacking else amount.reindex(after.index)
    counts = standing["stage"].value_counts()
    return pd.Series(
        {
            "won": len(ended[WON]),
            "lost": len(ended[LOST]),
            "won_amount": worth[ended[WON]].sum(min_count=1 if lacking else 0),
            "came": int(met.between(first, last).sum()),
            "moved_up": int((rank > earlier).sum()),
            "open_start": int(is_open(before["stage"]).sum()),
            "open_end": len(standing),
            **{f"n_{code}": int(counts.get(code, 0)) for code in OPEN},
            "expected": float(rates.sum()),
            "expected_amount": (worth[standing.index] * rates).sum(min_count=1 if lacking else 0),
        },
        dtype=float,
    )


def _closed(after, code, first):
    return (after["stage"] == code) & (after["closed"] >= first)
