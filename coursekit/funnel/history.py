"""Stage history: its entries made clean, and what was known of each deal on a day."""

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.ladder import CLOSED, LOST, OPEN, STAGES, WON, known_stage
from coursekit.inputs import as_day, days_of

RANK = {code: place for place, code in enumerate(STAGES)}
_ORDER = {code: place for place, code in enumerate((*OPEN, LOST, WON))}


def entries(history):
    """Every change of stage, each deal's in time order.

    Parameters
    ----------
    history : DataFrame
        One row per deal and stage entered: ``deal_id``, ``stage`` (codes), ``date``.

    Returns
    -------
    DataFrame
        ``deal_id stage date``, sorted. Rows without a deal, a known stage or a date are left out,
        so is the repetition of the stage that a deal is in. Of entries of one day the one further
        on is the later, a contract after a loss.

    Raises
    ------
    InputError
        A column is absent or holds no dates.
    """
    absent = [column for column in ("deal_id", "stage", "date") if column not in history]
    if absent:
        raise InputError("funnel.history_column", column=", ".join(absent))
    found = pd.DataFrame(
        {
            "deal_id": history["deal_id"],
            "stage": known_stage(history["stage"]),
            "date": days_of(history, "date"),
        }
    ).dropna()
    found = found.assign(order=found["stage"].map(_ORDER)).sort_values(["deal_id", "date", "order"])
    again = found["deal_id"].eq(found["deal_id"].shift()) & found["stage"].eq(
        found["stage"].shift()
    )
    return found.loc[~again, ["deal_id", "stage", "date"]].reset_index(drop=True)


def snapshot(history, day):
    """What was known of each deal in the evening of a day.

    Parameters
    ----------
    history : DataFrame
        As in `entries`.
    day : date, str or Timestamp
        Later entries are not known yet.

    Returns
    -------
    DataFrame
        Index ``deal_id``: ``stage``, ``created`` (first entry of all), ``entered`` (the stage it
        is in), ``appointment`` (first one; NaT without), ``closed`` (NaT while it is open),
        ``highest`` (the furthest open stage that it reached, contract where it is won; None where
        a loss is all that was ever entered). The columns of dates are those of the deals schema,
        so the frame goes wherever deals go.

    Raises
    ------
    InputError
        As `entries`; or `day` is none.

    Notes
    -----
    A deal that was lost and taken up again is open, and in no case counted twice.
    """
    known = entries(history)
    known = known[known["date"] <= as_day(day)]
    last = known.drop_duplicates("deal_id", keep="last").set_index("deal_id")
    table = last.rename(columns={"date": "entered"})
    table["created"] = known.groupby("deal_id")["date"].min()
    table["appointment"] = first_entry(known, "appointment")
    table["closed"] = table["entered"].where(table["stage"].isin(CLOSED))
    reached = known[known["stage"].isin(OPEN)]
    rank = reached["stage"].map(RANK).groupby(reached["deal_id"]).max().reindex(table.index)
    rank = rank.mask(table["stage"] == WON, RANK[WON])
    table["highest"] = rank.map(dict(enumerate(STAGES))).astype(object)
    return table[["stage", "created", "entered", "appointment", "closed", "highest"]]


def first_entry(known, stage):
    """The day on which each deal first entered a stage; index ``deal_id``.

    Parameters
    ----------
    known : DataFrame
        From `entries`.
    stage : str
    """
    return known[known["stage"] == stage].groupby("deal_id")["date"].min()
