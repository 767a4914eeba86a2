"""What happened to the list between two check-ups."""

import collections
import datetime
import math

from coursekit.funnel import CLOSED, LOST, STAGES, WON

_SHOWN = ("deal_id", "customer", "owner", "owner_name", "stage", "amount")


def changes(previous, facts):
    """What moved, slipped, grew, shrank, vanished, came, was won and lost.

    Parameters
    ----------
    previous, facts : dict
        Facts of an earlier and of this check-up.

    Returns
    -------
    dict or None
        None where no deal stands in both: another list, or ids that are given anew with each
        export. ``since`` and ``today``; ``by_id``: whether ids named the deals;
        ``n_not_followed``: deals of today that nothing names, or that share their name with
        another; ``totals``:
        ``n_open open_amount listed shown``, each ``{"before", "after"}``.

        Then ``{"n", "amount", "deals"}``, largest first, for each of: ``moved_up moved_down``
        (claimed stage), ``fell_back stands_again`` (value that a rule takes now and did not, or
        no longer takes), ``slipped`` (expected close is later), ``grew shrank`` (amount),
        ``vanished`` (was open, is not in the file), ``new`` (is open, was not), ``won lost``
        (ended since). The amount is today's, of what vanished the last known. Deals that changed
        carry ``before`` and ``after``, slipped ones ``days`` too; fallen ones the ``reason``, those
        that stand again the earlier one.

    Notes
    -----
    Syllabus item funnel.6.3. Deals are matched by id where both files have ids, else by customer
    and owner; without either a deal cannot be followed and is left out like one that is not
    unique.
    """
    by_id = all(any(deal["deal_id"] for deal in _all(one)) for one in (previous, facts))
    before, after = (_by_key(_all(one), by_id) for one in (previous, facts))
    alike = {key for named in (before, after) for key, deals in named.items() if len(deals) > 1}
    if not before.keys() & after.keys():
        return None
    found = collections.defaultdict(list)
    for key in (before.keys() | after.keys()) - alike:
        _compare(*(named[key][0] if key in named else None for named in (before, after)), found)
    followed = sum(1 for key in after if key not in alike)
    return {
        "since": previous["today"],
        "today": facts["today"],
        "by_id": by_id,
        "n_not_followed": len(_all(facts)) - followed,
        "totals": {
            key: {"before": previous["team"][key], "after": facts["team"][key]}
            for key in ("n_open", "open_amount", "listed", "shown")
        },
        **{kind: _summed(found[kind]) for kind in _KINDS},
    }


_KINDS = (
    *("moved_up", "moved_down", "fell_back", "stands_again", "slipped", "grew", "shrank"),
    *("vanished", "new", "won", "lost"),
)


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


def _all(facts):
    return [*facts["team"]["deals"], *facts["closed"]]


def _by_key(deals, by_id):
    """Deals by what names them; a list each, for names that are not unique."""
    found = collections.defaultdict(list)
    for deal in deals:
        if by_id and deal["deal_id"]:
            found[deal["deal_id"]].append(deal)
        elif not by_id and deal["customer"]:
            found[deal["customer"], deal["owner"]].append(deal)
    return dict(found)
