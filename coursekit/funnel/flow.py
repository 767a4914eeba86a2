"""How deals move: what became of those that reached a stage."""

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.ladder import CLOSED, LOST, STAGES, WON, known_stage
from coursekit.funnel.review import days_of

LEVEL = 0.90  # of every interval of a rate


def own_rates(history, ladder):
    """Share of won deals among the ended ones that ever reached each stage.

    Parameters
    ----------
    history : DataFrame
        Stage history, one row per deal and stage entered: ``deal_id``, ``stage`` (codes),
        ``date``. Rows without a deal, a known stage or a date are left out.
    ladder : Ladder

    Returns
    -------
    DataFrame
        One row per stage, index ``code``: ``n`` deals that reached the stage or one beyond it and
        have ended, ``won`` of them, ``rate`` (NaN where n is 0: not known), ``low`` and ``high``,
        the 90% Jeffreys interval.

    Raises
    ------
    InputError
        A column is absent or holds no dates.

    Notes
    -----
    Every deal counts once, however often it came back to a stage. It has ended where its last
    entry is a contract or a loss; one that was lost and taken up again is under way. Of entries of
    one day the one further on is the last, a contract after a loss. Interval: Brown, Cai, DasGupta
    (2001), Interval estimation for a binomial proportion. It fails where lost deals are never
    entered as lost: then every rate is too high.
    """
    entries = _entries(history)
    rank = entries["stage"].map({code: place for place, code in enumerate(STAGES)})
    highest = rank.groupby(entries["deal_id"]).max()
    last = _last(entries)
    ended = last.isin(CLOSED)
    rows = []
    for code in ladder.codes:
        there = ended & (highest.reindex(last.index) >= STAGES.index(code))
        rows.append((int(there.sum()), int((there & (last == WON)).sum())))
    table = pd.DataFrame(rows, columns=["n", "won"], index=pd.Index(ladder.codes, name="code"))
    low, high = beta_interval(table["won"] + 0.5, table["n"] - table["won"] + 0.5)
    known = table["n"] > 0
    return table.assign(
        rate=(table["won"] / table["n"].where(known)),
        low=pd.Series(low, table.index).where(known),
        high=pd.Series(high, table.index).where(known),
    )


def beta_interval(a, b, level=LEVEL):
    """Both ends of the central interval of beta distributions, arrays of the shape of `a`."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    return betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)


def _entries(history):
    absent = [column for column in ("deal_id", "stage", "date") if column not in history]
    if absent:
        raise InputError("funnel.history_column", column=", ".join(absent))
    entries = pd.DataFrame(
        {
            "deal_id": history["deal_id"],
            "stage": known_stage(history["stage"]),
            "date": days_of(history, "date"),
        }
    )
    return entries.dropna()


def _last(entries):
    """The stage that each deal entered last."""
    order = {code: place for place, code in enumerate((*STAGES[:-1], LOST, WON))}
    entries = entries.assign(order=entries["stage"].map(order))
    entries = entries.sort_values(["deal_id", "date", "order"])
    return entries.drop_duplicates("deal_id", keep="last").set_index("deal_id")["stage"]
