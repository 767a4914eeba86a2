"""What happened to a list between two days."""

import collections
import datetime
import math

import pandas as pd

from coursekit.funnel.ladder import CLOSED, LOST, STAGES, WON
from coursekit.funnel.review import money, review
from coursekit.inputs import as_day, days_of

KINDS = (
    *("moved_up", "moved_down", "fell_back", "stands_again", "slipped", "grew", "shrank"),
    *("vanished", "new", "won", "lost"),
)
_NAMED = ("deal_id", "customer", "owner", "expected_close")
_SHOWN = ("deal_id", "customer", "owner", "owner_name", "stage", "amount")


def changes(before, after, since, today, ladder, *, strict=False):
    """What moved, slipped, grew, shrank, vanished, came, was won and lost between two lists.

    Parameters
    ----------
    before, after : DataFrame
        The list of an earlier day and of today, columns of the deals schema; ended deals
        included.
    since, today : date, str or Timestamp
        The days of the two lists: a next step is judged by the day of its own list.
    ladder : Ladder
    strict : bool, default False

    Returns
    -------
    dict or None
        See `compared`.

    Raises
    ------
    InputError
        As `funnel.review`.

    Notes
    -----
    Syllabus items funnel.6.1 and funnel.6.3. It fails where a deal is taken off and entered anew
    under another id or customer name: it is then vanished and new, and how far it slipped is not
    seen.
    """
    return compared(
        _records(before, as_day(since), ladder, strict),
        _records(after, as_day(today), ladder, strict),
    )


def compared(before, after):
    """As `changes`, on records of deals.

    Parameters
    ----------
    before, after : list of dict
        ``deal_id customer owner stage amount``; of open deals also ``expected_close`` (ISO text),
        ``listed shown reason``. None where something is not known.

    Returns
    -------
    dict or None
        None where no deal stands in both: another list, or ids that are given anew with each
        export. ``by_id``: whether ids named the deals; ``n_not_followed``: deals of today that
        nothing names, or that share their name with another.

        Then ``{"n", "amount", "deals"}``, largest first, for each of: ``moved_up moved_down``
        (claimed stage), ``fell_back stands_again`` (value that a rule takes now and did not, or
        no longer takes), ``slipped`` (expected close is later), ``grew shrank`` (amount),
        ``vanished`` (was open, is not in the file), ``new`` (is open, was not), ``won lost``
        (ended since). The amount is today's, of what vanished the last known. Deals that changed
        carry ``before`` and ``after``, slipped ones ``days`` too; fallen ones the ``reason``, those
        that stand again the earlier one.

    Notes
    -----
    Deals are matched by id where both lists have ids, else by customer and owner; without either
    a deal cannot be followed and is left out like one that is not unique.
    """
    by_id = all(any(deal["deal_id"] for deal in one) for one in (before, after))
    old, new = (_by_key(one, by_id) for one in (before, after))
    if not old.keys() & new.keys():
        return None
    alike = {key for named in (old, new) for key, deals in named.items() if len(deals) > 1}
    found = collections.defaultdict(list)
    for key in (old.keys() | new.keys()) - alike:
        _compare(*(named[key][0] if key in named else None for named in (old, new)), found)
    return {
        "by_id": by_id,
        "n_not_followed": len(after) - sum(1 for key in new if key not in alike),
        **{kind: _summed(found[kind]) for kind in KINDS},
    }


def _compare(old, new, found):
    was_open = old is not None and old["stage"] not in CLOSED
    if new is None:
        if was_open:
            found["vanished"].append(_entry(old))
    elif new["stage"] in CLOSED:
        if old is None or old["stage"] != new["stage"]:
            found[{WON: "won", LOST: "lost"}[new["stage"]]].append(_entry(new))
    elif not was_open:
        found["new"].append(_entry(new))
    else:
        _compare_open(old, new, found)


def _compare_open(old, new, found):
    if old["stage"] != new["stage"] and old["stage"] and new["stage"]:
        up = STAGES.index(new["stage"]) > STAGES.index(old["stage"])
        found["moved_up" if up else "moved_down"].append(_entry(new, old["stage"], new["stage"]))
    lost, now_lost = (deal["listed"] > deal["shown"] for deal in (old, new))
    if now_lost and not lost and old["shown"] > 0:
        found["fell_back"].append({**_entry(new), "reason": new["reason"]})
    if lost and not now_lost and new["listed"] > 0:
        found["stands_again"].append({**_entry(new), "reason": old["reason"]})
    due, now_due = old["expected_close"], new["expected_close"]
    if due and now_due and now_due > due:
        days = datetime.date.fromisoformat(now_due) - datetime.date.fromisoformat(due)
        found["slipped"].append({**_entry(new, due, now_due), "days": days.days})
    amount, now_amount = old["amount"], new["amount"]
    if amount is not None and now_amount is not None and amount != now_amount:
        kind = "grew" if now_amount > amount else "shrank"
        found[kind].append(_entry(new, amount, now_amount))


def _entry(deal, before=None, after=None):
    entry = {key: deal.get(key) for key in _SHOWN}
    return entry if before is None else {**entry, "before": before, "after": after}


def _summed(entries):
    order = sorted(
        entries,
        key=lambda deal: (
            -(deal["amount"] or 0),
            *(deal[key] or "" for key in ("customer", "owner", "deal_id")),
        ),
    )
    amount = math.fsum(deal["amount"] or 0 for deal in entries)
    return {"n": len(entries), "amount": round(amount, 6), "deals": order}


def _by_key(deals, by_id):
    """Deals by what names them; a list each, for names that are not unique."""
    found = collections.defaultdict(list)
    for deal in deals:
        if by_id and deal["deal_id"]:
            found[deal["deal_id"]].append(deal)
        elif not by_id and deal["customer"]:
            found[deal["customer"], deal["owner"]].append(deal)
    return dict(found)


def _records(deals, day, ladder, strict):
    found = review(deals, day, ladder, strict)
    columns = {
        "stage": found["claimed"],
        "amount": money(deals),
        "listed": found["listed"].fillna(0.0),
        "shown": found["expected"].fillna(0.0),
        "reason": found["reason"],
    }
    if "expected_close" in deals:
        columns["expected_close"] = days_of(deals, "expected_close").dt.strftime("%Y-%m-%d")
    columns |= {key: deals[key] for key in _NAMED[:3] if key in deals}
    absent = dict.fromkeys(key for key in _NAMED if key not in columns)
    rows = pd.DataFrame(columns).to_dict("records")
    return [
        absent | {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in rows
    ]
