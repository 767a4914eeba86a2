"""New blood: first appointments per week, contracts a cycle later, how many a target needs."""

import math
import typing

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.history import entries, first_entry, snapshot
from coursekit.funnel.ladder import LOST, WON
from coursekit.inputs import as_day

FIRST = "appointment"


class Needed(typing.NamedTuple):
    """What a target asks for: contracts, first appointments, weeks in which they still help."""

    contracts: int
    appointments: int
    weeks: int
    per_week: int


def appointments_needed(target, order_value, rate, weeks, cycle_weeks=0):
    """First appointments a week that a target needs, worked backwards.

    Parameters
    ----------
    target : float
        What is still to bring, money, above 0.
    order_value : float
        Size of a usual contract, same currency, above 0.
    rate : float
        Share of first appointments that become contracts, in (0, 1].
    weeks : int
        Weeks until the target is due.
    cycle_weeks : int, default 0
        Weeks from first appointment to contract: what begins later comes too late.

    Returns
    -------
    Needed
        Every step rounded up to whole contracts and appointments.

    Raises
    ------
    InputError
        A value outside its range, or no week is left before the cycle's length.

    Notes
    -----
    Syllabus item funnel.2.6. It counts on contracts of usual size and an even pace; it fails where
    one large order is in the plan or the trade has a season.
    """
    for name, value, fits in (
        ("target", target, target > 0),
        ("order_value", order_value, order_value > 0),
        ("rate", rate, 0 < rate <= 1),
    ):
        if not fits:
            raise InputError("funnel.number_out_of_range", name=name, value=value)
    left = weeks - cycle_weeks
    if left < 1:
        raise InputError("funnel.too_late", weeks=weeks, cycle=cycle_weeks)
    contracts = _up(target / order_value)
    appointments = _up(contracts / rate)
    return Needed(contracts, appointments, left, _up(appointments / left))


def _up(value):
    return math.ceil(round(value, 9))


def per_week(history, until, stage=FIRST):
    """How many deals entered a stage in each week (Monday first).

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    until : date, str or Timestamp
        The week of this day and later ones are left out: they are not over.
    stage : str, default "appointment"

    Returns
    -------
    Series of int
        Indexed by Monday, weeks without an entry included, from the first first appointment on;
        each deal once, when it first entered the stage.

    Notes
    -----
    Syllabus item funnel.2.6. It fails where appointments are entered in batches, for the peak is
    then the day of typing, and where any chance meeting is entered as one.
    """
    known = entries(history)
    met = first_entry(known, FIRST)
    if met.empty:
        return pd.Series(0, pd.DatetimeIndex([], freq="7D"))
    mondays = pd.date_range(_monday(met.min()), _monday(as_day(until)), freq="7D")[:-1]
    entered = _mondays(first_entry(known, stage)).value_counts()
    return entered.reindex(mondays, fill_value=0).astype(int)


def movement(history, until):
    """What came into the list and what left it, week by week.

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    until : date, str or Timestamp
        The week of this day and later ones are left out.

    Returns
    -------
    DataFrame of int
        Indexed by Monday as `per_week`: ``came`` (first appointments), ``won``, ``lost``, and
        ``under_way``, deals with a first appointment that are open on the week's Sunday.

    Notes
    -----
    Syllabus item funnel.3.3: inflow and outflow. A deal that is lost without ever having had a
    first appointment is in ``lost`` and was never under way. Each deal counts once: when it was
    first met, and when it was last closed. It fails where lost deals are never closed:
    ``under_way`` then grows with deals that nobody works on, and looks like a full list.
    """
    came = per_week(history, until)
    deals = snapshot(history, as_day(until))
    ended = _mondays(deals["closed"].dropna())
    gone = {
        name: ended[deals["stage"] == stage].value_counts().reindex(came.index, fill_value=0)
        for name, stage in (("won", WON), ("lost", LOST))
    }
    met = deals.dropna(subset="appointment")
    left = _mondays(met["closed"].dropna()).value_counts().reindex(came.index, fill_value=0)
    return pd.DataFrame({"came": came, **gone, "under_way": (came - left).cumsum()}).astype(int)


def _monday(day):
    return day.normalize() - pd.Timedelta(days=day.weekday())


def _mondays(days):
    return days.dt.normalize() - pd.to_timedelta(days.dt.day_of_week, unit="D")


def cycle_days(history):
    """Median days from first appointment to contract over deals that were won; NaN without any.

    Notes
    -----
    Syllabus item funnel.2.6. Winners only: it fails where many deals are still open, for those may
    take longer, see funnel.5.2.
    """
    return float((_entered(history, WON) - _entered(history, FIRST)).dt.days.median())


def won_share(history, before):
    """Share of the first appointments before a day that have become contracts, with their n.

    Parameters
    ----------
    history : DataFrame
    before : date, str or Timestamp
        Take a day at least a cycle ago: younger ones had no time yet.

    Returns
    -------
    (float, int)
        NaN where there is none.

    Notes
    -----
    Syllabus item funnel.2.6. It fails where only the meetings that went well are entered as first
    appointments: the share is then too high, and a plan built on it has too few calls.
    """
    met = _entered(history, FIRST)
    met = met[met < as_day(before)]
    won = met.index.isin(_entered(history, WON).index).sum()
    return (float(won / len(met)) if len(met) else float("nan")), len(met)


def _entered(history, stage):
    return first_entry(entries(history), stage)
