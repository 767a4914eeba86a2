"""Early warnings of an account, from orders, contacts and complaints."""

import dataclasses

import pandas as pd

from coursekit import inputs
from coursekit.accounts.contacts import LEVELS
from coursekit.inputs import as_day, days_of

SIGNALS = {
    "orders": ("orders_down", "order_late", "range_narrower"),
    "contacts": ("key_person_left", "one_contact", "silent", "no_top_contact"),
    "complaints": ("no_complaint",),
}


@dataclasses.dataclass(frozen=True)
class Limits:
    """When a signal speaks; borders of ours.

    Attributes
    ----------
    down : float
        Orders of the last `window` days over those of the same days a year before.
    late : float
        Days since the last order over the usual gap (median of at least three).
    narrower : float
        Different products of the last two windows over the two before.
    window, left_days, silent_days, quiet_days : int
        Days: of the comparison; since a key person left; without contact; without a complaint.
    """

    down: float = 0.7
    late: float = 2.0
    narrower: float = 0.6
    window: int = 90
    left_days: int = 180
    silent_days: int = 45
    quiet_days: int = 365


def early_warnings(accounts, today, orders=None, contacts=None, complaints=None, limits=None):
    """Signals that an account is going, before the year shows it.

    Parameters
    ----------
    accounts : iterable of str
        The key accounts.
    today : date, str or Timestamp
        Later rows are not known yet.
    orders : DataFrame, optional
        ``account date amount``; optional ``product``.
    contacts : DataFrame, optional
        ``account person level`` (`coursekit.accounts.LEVELS`), ``last_contact``; optional ``left``
        (date on which he left the post) and ``key`` (true or false).
    complaints : DataFrame, optional
        ``account opened``; looked at together with orders.
    limits : Limits, optional

    Returns
    -------
    warnings : DataFrame
        One row per account and signal, sorted: ``account code number limit``. ``orders_down``,
        ``order_late`` and ``range_narrower`` (a ratio), ``key_person_left`` (days since),
        ``one_contact`` and ``no_top_contact`` (persons), ``silent`` (days; NaN if never),
        ``no_complaint`` (days, or days since the first order): buys and says nothing.
    off : tuple of str
        Signals that could not be looked for, because the table or column is absent.

    Raises
    ------
    InputError
        A column is absent, a cell blank, or dates are none.

    Notes
    -----
    Syllabus item key_accounts.1.2: change of key people is the most common cause; no complaint
    heard means decline. A signal is a question for the next talk. It fails where orders are few
    and large: there one late order says nothing; and nothing warns of what nobody writes down.
    """
    today, limits = as_day(today), limits or Limits()
    names = sorted(set(accounts))
    found, off = [], []
    if orders is None:
        off += [*SIGNALS["orders"], *SIGNALS["complaints"]]
    else:
        orders = _known(orders, "date", names, today, "account", "amount")
        found += _of_orders(orders, today, limits)
        off += [] if "product" in orders else ["range_narrower"]
        if complaints is None:
            off += SIGNALS["complaints"]
        else:
            complaints = _known(complaints, "opened", names, today, "account")
            found += _quiet(orders, complaints, today, limits)
    if contacts is None:
        off += SIGNALS["contacts"]
    else:
        inputs.columns(inputs.filled(contacts, "account", "person", "level"), "last_contact")
        inputs.one_of(contacts, "level", LEVELS)
        found += _of_contacts(contacts, names, today, limits)
        off += [] if {"left", "key"} <= set(contacts) else ["key_person_left"]
    table = pd.DataFrame(found, columns=["account", "code", "number", "limit"])
    table = table.astype({"number": float, "limit": float})
    return table.sort_values(["account", "code"], ignore_index=True), tuple(off)


def _known(frame, date, names, today, *needed):
    inputs.filled(frame, *needed, date)
    frame = frame.assign(**{date: days_of(frame, date)})
    return frame[frame["account"].isin(names) & (frame[date] <= today)]


def _of_orders(orders, today, limits):
    day = pd.Timedelta(days=1)
    window, year = limits.window * day, 365 * day
    for name, own in orders.groupby("account"):
        date = own["date"]
        past = own["amount"][date.between(today - year - window + day, today - year)].sum()
        now = own["amount"][date > today - window].sum()
        if past > 0 and now / past < limits.down:
            yield name, "orders_down", now / past, limits.down
        gaps = pd.Series(sorted(set(date))).diff().dropna().dt.days
        if len(gaps) >= 3:
            late = (today - date.max()).days / gaps.median()
            if late > limits.late:
                yield name, "order_late", late, limits.late
        if "product" in own:
            new = own["product"][date > today - 2 * window].nunique()
            old = own["product"][date.between(today - 4 * window + day, today - 2 * window)]
            if new and old.nunique() and new / old.nunique() < limits.narrower:
                yield name, "range_narrower", new / old.nunique(), limits.narrower


def _quiet(orders, complaints, today, limits):
    last = complaints.groupby("account")["opened"].max()
    for name, date in orders.groupby("account")["date"]:
        buys = date.max() > today - pd.Timedelta(days=limits.window)
        days = (today - last.get(name, date.min())).days
        if buys and days > limits.quiet_days:
            yield name, "no_complaint", days, limits.quiet_days


def _of_contacts(contacts, names, today, limits):
    contacts = contacts.assign(last_contact=days_of(contacts, "last_contact"))
    gone = pd.Series(False, contacts.index)
    if "left" in contacts:
        since = (today - days_of(contacts, "left")).dt.days
        gone = since >= 0
        if "key" in contacts:
            fresh = contacts[inputs.yes_no(contacts["key"], "outcome") & gone].assign(since=since)
            for name, days in fresh.groupby("account")["since"].min().items():
                if name in names and days <= limits.left_days:
                    yield name, "key_person_left", days, limits.left_days
    there = contacts[~gone]
    for name in names:
        own = there[there["account"] == name]
        persons = own["person"].nunique()
        if persons <= 1:
            yield name, "one_contact", persons, 1
        if persons and not (own["level"] == "top").any():
            yield name, "no_top_contact", 0, 1
        spoken = own["last_contact"][own["last_contact"] <= today]
        days = (today - spoken.max()).days if len(spoken) else float("nan")
        if not days <= limits.silent_days:
            yield name, "silent", days, limits.silent_days
