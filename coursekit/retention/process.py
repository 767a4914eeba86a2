"""Time as the customer lives it: steps and waits, complaints until solved, service per segment."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.inputs import as_day, days_of
from coursekit.retention.survival import curve, staying_at

_HOUR = pd.Timedelta(hours=1)


def step_times(events):
    """Hours that each step takes, and hours that the customer waits before it.

    Parameters
    ----------
    events : DataFrame
        One row per case and step: ``case step started ended`` (date and time).

    Returns
    -------
    DataFrame
        One row per step, in the order in which it usually comes (median place, then name): ``n``
        cases, ``work`` and ``wait`` (mean hours per case that has the step), ``slowest`` (hours of
        wait and work that one case in ten exceeds), ``share`` (of all hours of all cases; sums to
        1, NaN where nothing took any time).

    Raises
    ------
    InputError
        A column is absent, a cell blank, a time that is none, or an end before its start.

    Notes
    -----
    Syllabus item management.5.6. The wait of a step runs from the end of the step before it in
    that case; steps side by side do not wait for each other, and overlapping work counts once. So
    waits and work of a case add up to the time from its first start to its last end. It fails
    where a step is written down in the evening for the whole day.
    """
    inputs.filled(events, "case", "step", "started", "ended")
    table = events[["case", "step"]].assign(
        started=_moments(events, "started"), ended=_moments(events, "ended")
    )
    backwards = table["ended"] < table["started"]
    if backwards.any():
        raise InputError("retention.ended_before_start", events.index[backwards])
    table = table.sort_values(["case", "started", "ended", "step"], kind="stable")
    done = table.groupby("case")["ended"].cummax().groupby(table["case"]).shift()
    done = done.fillna(table["started"])
    wait = (table["started"] - done).clip(lower=pd.Timedelta(0)) / _HOUR
    begun = table["started"].where(table["started"] > done, done)
    work = (table["ended"] - begun).clip(lower=pd.Timedelta(0)) / _HOUR
    place = table.groupby("case").cumcount()
    table = table.assign(wait=wait, work=work, place=place, hours=wait + work)
    per_case = table.groupby(["step", "case"])[["wait", "work", "hours"]].sum()
    by = per_case.groupby("step")
    result = pd.DataFrame(
        {
            "n": by.size(),
            "work": by["work"].mean(),
            "wait": by["wait"].mean(),
            "slowest": by["hours"].quantile(0.9),
            "share": by["hours"].sum() / (table["hours"].sum() or np.nan),
        }
    )
    order = table.groupby("step")["place"].median().rename("order").reset_index()
    order = order.sort_values(["order", "step"])["step"]
    return result.reindex(order).rename_axis("step")


def without_wait(times, step, part=1.0):
    """What cutting the wait of one step gives the customer.

    Parameters
    ----------
    times : DataFrame
        As `step_times` gives it.
    step : str
    part : float, default 1
        Of the wait that goes, 0 to 1.

    Returns
    -------
    dict
        ``hours`` saved per case that has the step, ``share`` of all hours of all cases.

    Raises
    ------
    InputError
        No such step, or a part outside.

    Notes
    -----
    Syllabus item management.5.6. It fails where steps hang on each other: what others wait for
    saves more than this when it is faster, and what stands before a queue saves nothing.
    """
    inputs.one_of(pd.DataFrame({"step": [step]}), "step", list(times.index))
    part = inputs.number(part, "share", least=0, most=1)
    row = times.loc[step]
    whole = row["wait"] + row["work"]
    hours = row["wait"] * part
    return {
        "hours": float(hours),
        "share": float(row["share"] * hours / whole) if whole else 0.0,
    }


def complaint_flow(complaints, today, within_days=7):
    """Complaints received, solved and open, and how long solving takes.

    Parameters
    ----------
    complaints : DataFrame
        ``opened`` (date), ``solved`` (date, missing while open); optional ``bought_again`` (true or
        false, missing where it is too early to say).
    today : date, str or Timestamp
        Later entries are not known yet.
    within_days : int, default 7
        What was promised.

    Returns
    -------
    dict
        ``n``, ``open``, ``oldest_days`` (of the open ones, None without), ``median_days`` (open
        ones count as longer than today; NaN while less than half are solved), ``within`` (share
        solved in the days promised, open ones counted the same way; NaN without complaints),
        ``again`` (share of those asked who bought again, None without the column).

    Raises
    ------
    InputError
        A column is absent, dates are none, or one was solved before it was opened.

    Notes
    -----
    Syllabus items management.4.5 and management.4.9. It fails where complaining is hard: few
    complaints are no good news there. The mean over solved ones alone makes a pile of old open
    complaints look fast.
    """
    inputs.columns(inputs.filled(complaints, "opened"), "solved")
    today, within_days = as_day(today), inputs.whole(within_days, "days", least=0)
    opened, solved = days_of(complaints, "opened"), days_of(complaints, "solved")
    known = opened <= today
    opened, solved = opened[known], solved[known]
    done = solved <= today
    days = (solved.where(done, today) - opened).dt.days
    inputs.numbers(days, "days", least=0, empty=True)
    again = complaints["bought_again"][known].dropna() if "bought_again" in complaints else None
    median = within = float("nan")
    if len(days):
        staying, median = staying_at(curve(days, done), within_days)
        within = 1 - staying
    return {
        "n": len(days),
        "open": int((~done).sum()),
        "oldest_days": int(days[~done].max()) if (~done).any() else None,
        "median_days": median,
        "within": within,
        "again": None if again is None or again.empty else float(again.astype(bool).mean()),
    }


def service(orders, levels):
    """What each service level would meet and cost, per segment.

    Parameters
    ----------
    orders : DataFrame
        ``segment``, ``wanted_days`` (how fast the customer needs it).
    levels : mapping of int to float
        Days of delivery that we could offer -> cost per order.

    Returns
    -------
    DataFrame
        Index ``segment days``, sorted: ``n`` orders, ``met`` (share that needs it no faster), and
        ``cost`` of all of them, ``per_met`` (cost per order that is met; infinite where none is).

    Raises
    ------
    InputError
        A column is absent, a cell blank, or a figure negative.

    Notes
    -----
    Syllabus item management.5.4: large firms plan ahead, small ones need it tomorrow; the level
    for all is too dear for some and too slow for others. It fails where the wanted days were
    guessed by us.
    """
    inputs.filled(orders, "segment", "wanted_days")
    wanted = inputs.numbers(orders["wanted_days"], "days", least=0, empty=True)
    segment = orders["segment"]
    rows = []
    for days, cost in sorted(levels.items()):
        days, cost = inputs.number(days, "days", least=0), inputs.number(cost, "cost", least=0)
        met = (wanted >= days).groupby(segment).agg(["size", "sum"])
        total = met["size"] * cost
        per_met = np.where(met["sum"] > 0, total / met["sum"].where(met["sum"] > 0), np.inf)
        rows.append(
            pd.DataFrame(
                {
                    "segment": met.index,
                    "days": days,
                    "n": met["size"].array,
                    "met": (met["sum"] / met["size"]).array,
                    "cost": total.array,
                    "per_met": per_met,
                }
            )
        )
    return pd.concat(rows).set_index(["segment", "days"]).sort_index()


def _moments(events, column):
    days_of(events, column)  # tells what is no date
    return pd.to_datetime(events[column])
