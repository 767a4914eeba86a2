"""Where the time goes: the pyramid of customers, and the fifteen duties."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.inputs import as_day, days_of

TIERS = ("key", "ordinary", "prospect")
CUSTOMERS = (0.1, 0.3, 0.6)
TIME = (0.6, 0.3, 0.1)
TO_CUSTOMER = ("support_inside", "expert", "problem_solver", "ambassador", "adviser")
TO_COMPANY = (
    *("strategy", "account_plan", "information", "relations", "present_early"),
    *("watch_proposals", "contract", "satisfaction", "future_business", "coordination"),
)
DUTIES = (*TO_CUSTOMER, *TO_COMPANY)


def tiers_by_value(value):
    """Tiers of the pyramid by rank: the top tenth, the next three tenths, the rest.

    Parameters
    ----------
    value : Series
        What each customer is worth: margin or potential, and not revenue alone.

    Returns
    -------
    Series
        ``key ordinary prospect``, index of `value`. Numbers of customers are rounded half up, at
        least one is key; equal values stand in the order of their labels.

    Raises
    ------
    InputError
        No customer, or a value missing.

    Notes
    -----
    Syllabus item key_accounts.3.2. It fails where customers are much alike, or none is worth a key
    account's time: by rank the shares come out as 10 / 30 / 60 whoever they are. Prefer tiers by
    judgement (`coursekit.accounts.matrix`), and see how far they are from it.
    """
    value = inputs.numbers(value, "value")
    places = inputs.ordered(pd.Series(range(len(value)), value.index)).to_numpy()
    ranked = places[np.argsort(-value.to_numpy()[places], kind="stable")]
    n = len(ranked)
    key = max(1, int(np.floor(round(CUSTOMERS[0] * n, 9) + 0.5)))
    top = max(key, int(np.floor(round((CUSTOMERS[0] + CUSTOMERS[1]) * n, 9) + 0.5)))
    tier = np.empty(n, dtype=object)
    tier[ranked] = [TIERS[0]] * key + [TIERS[1]] * (top - key) + [TIERS[2]] * (n - top)
    return pd.Series(tier, value.index, name="tier")


def pyramid(tier, hours):
    """Customers and time per tier, beside 10 / 30 / 60 and 60 / 30 / 10.

    Parameters
    ----------
    tier : Series
        ``key ordinary prospect`` per customer.
    hours : Series
        Time spent on each in a month or more; same customers.

    Returns
    -------
    DataFrame
        Index: the tiers. ``n``, ``customers`` (share), ``ideal_customers``, ``hours``, ``time``
        (share), ``ideal_time``, ``to_move``: hours more (or fewer, below 0) that the ideal asks
        for; they sum to 0. ``each``: hours per customer (NaN without any).

    Raises
    ------
    InputError
        Another tier, hours missing or negative, or other customers.

    Notes
    -----
    Syllabus item key_accounts.3.2. The shares are the source's rule of thumb, no law. They fail
    where customers of one tier differ in what an hour brings: see
    `coursekit.allocation.best_split`.
    """
    inputs.one_of(tier.to_frame("tier"), "tier", TIERS)
    hours = inputs.paired(inputs.numbers(hours, "hours", least=0), tier, "hours")
    by = hours.groupby(tier.to_numpy()).agg(["size", "sum"]).reindex(TIERS, fill_value=0)
    n, spent = by["size"], by["sum"]
    total = spent.sum()
    table = pd.DataFrame(
        {
            "n": n.astype(int),
            "customers": n / n.sum(),
            "ideal_customers": CUSTOMERS,
            "hours": spent,
            "time": spent / total if total else np.nan,
            "ideal_time": TIME,
            "to_move": np.array(TIME) * total - spent,
            "each": spent / n.where(n > 0),
        }
    )
    return table.rename_axis("tier")


def duties(log, today, stale_days=90, least_share=0.01):
    """A time log against the fifteen duties: which are done, which are not.

    Parameters
    ----------
    log : DataFrame
        ``duty`` (`DUTIES`, or ``other``), ``date``, ``hours``.
    today : date, str or Timestamp
    stale_days : int, default 90
        Days after which a duty counts as left lying.
    least_share : float, default 0.01
        Of the time on duties, below which one is hardly done.

    Returns
    -------
    DataFrame
        Index: all fifteen. ``list`` (``to_customer to_company``), ``hours``, ``share`` (of the
        hours on duties, NaN without any), ``last_days`` (days since the last time, NaN if never),
        ``state``: ``never``, ``stale``, ``hardly``, ``done``.

    Raises
    ------
    InputError
        A column is absent, another duty, a figure negative, or an entry of tomorrow.

    Notes
    -----
    Syllabus item key_accounts.1.5. It fails where hours are read as results: some duties take an
    hour a quarter, and that is enough. Time logs are for the one who writes them; read by the boss
    they fill up by themselves.
    """
    inputs.filled(log, "duty", "date", "hours")
    code = inputs.one_of(log, "duty", (*DUTIES, "other"))
    hours = inputs.numbers(log["hours"], "hours", least=0, empty=True)
    age = (as_day(today) - days_of(log, "date")).dt.days
    if (age < 0).any():
        raise InputError("accounts.log_of_tomorrow", log.index[age < 0])
    spent = hours.groupby(code).sum().reindex(DUTIES, fill_value=0.0)
    last = age[hours > 0].groupby(code).min().reindex(DUTIES)
    total = spent.sum()
    share = spent / total if total else spent * np.nan
    holds = [last.isna(), last > stale_days, share < least_share]
    state = np.select(holds, ["never", "stale", "hardly"], "done")
    lists = ["to_customer"] * len(TO_CUSTOMER) + ["to_company"] * len(TO_COMPANY)
    return pd.DataFrame(
        {
            "list": lists,
            "hours": spent,
            "share": share,
            "last_days": last.astype(float),
            "state": pd.Series(state, spent.index, dtype=object),
        }
    ).rename_axis("duty")
