"""Twelve weekly lists as they were handed in on Mondays: steps, slips, deals taken off."""

import calendar
import datetime

from coursekit.making import deals_steps
from coursekit.making.company import both

WEEKS = 12  # the last one is today's
_CHANGED = 0.14  # of the deals had another amount before
_QUIETLY = 5  # one lost deal in so many left the list two weeks before it was called lost


def lists(world, pairs, known):
    """The list of every Monday, open deals and those that ended in the week before.

    Parameters
    ----------
    world : World
    pairs : list of (dict, Draft)
    known : dict
        Contacts by customer.

    Returns
    -------
    list of dict
    """
    rows = []
    for back in reversed(range(WEEKS)):
        monday = world.today - datetime.timedelta(weeks=back)
        for row, draft in pairs:
            entry = _entry(world, row, draft, monday, known)
            if entry:
                rows.append(entry)
    return rows


def _entry(world, row, draft, monday, known):
    past = [(stage, day) for stage, day in draft.history if day <= monday]
    if not past:
        return None
    stage, entered = past[-1]
    ended = stage in ("contract", "lost")
    if (ended and (monday - entered).days >= 7) or _taken_off(row, monday, ended):
        return None
    entry = {"date": monday} | {key: row[key] for key in ("deal", "customer", "owner")}
    entry |= {"stage": stage, "amount": _amount(world, row, monday), "created": row["created"]}
    entry |= {"entered": entered, "closed": entered if ended else None}
    if monday == world.today or ended:
        now = {"expected_close": row["expected_close"], "next_step_date": row["next_step_date"]}
        step = {key: row[key] for key in ("next_step_zh", "next_step_en")}
        return entry | now | step
    close = _expected(world, row, draft, monday)
    return entry | {"expected_close": close} | _step(world, row, draft, stage, monday, known)


def _taken_off(row, monday, ended):
    """Some lost deals vanish first: nobody likes to write lost."""
    if row["stage"] != "lost" or ended or int(row["deal"][1:]) % _QUIETLY:
        return False
    return (row["closed"] - monday).days <= 14


def _amount(world, row, monday):
    rng = world.rng(f"weeks/amount/{row['deal']}")
    share, factor = rng.random(), rng.choice((0.75, 0.85, 1.2, 1.4))
    change = world.today - datetime.timedelta(weeks=rng.randrange(1, WEEKS - 1))
    if row["closed"] or share > _CHANGED or monday >= change:
        return row["amount"]
    return int(round(row["amount"] * factor, -3))


def _expected(world, row, draft, monday):
    """Stale deals are due at the end of whatever month it is; others slip once at most."""
    rng = world.rng(f"weeks/close/{row['deal']}")
    if row["closed"]:
        return row["closed"] + datetime.timedelta(days=rng.choice((-6, 0, 0, 9, 17)))
    if row["expected_close"] is None:
        return None
    if (world.today - draft.history[-1][1]).days > 60:
        last = calendar.monthrange(monday.year, monday.month)[1]
        return monday.replace(day=last)
    slips = rng.random() < 0.3
    change = world.today - datetime.timedelta(weeks=rng.randrange(1, 6))
    earlier = datetime.timedelta(days=rng.choice((14, 21, 30)))
    return row["expected_close"] - earlier if slips and monday < change else row["expected_close"]


def _step(world, row, draft, stage, monday, known):
    """What stood in the cell that week: a new step if the deal moved, else the same old words."""
    fortnight = (world.today - monday).days // 14
    rng = world.rng(f"weeks/step/{row['deal']}/{fortnight}")
    steps = world.skin["deals"]["steps"]
    kind = draft.step
    still = draft.is_open and stage == draft.stage
    if kind == "past" and row["next_step_date"] > monday + datetime.timedelta(days=10):
        kind = "agreed"
    if draft.is_open and ((kind in ("vague", "") and still) or kind == "past"):
        pair = (row["next_step_zh"], row["next_step_en"])
        return {"next_step_date": row["next_step_date"]} | both("next_step", pair)
    if not draft.is_open:
        good = 0.85 if draft.stage == "contract" else 0.45
        kind = "agreed" if rng.random() < good else rng.choice(("vague", "own_plan", ""))
    elif not still and kind in ("vague", "", "polite"):
        kind = "agreed"
    if stage == "opportunity" and kind not in ("vague", ""):
        kind = "before_first"
    ahead = None if kind in ("vague", "") else rng.choice((1, 2, 3, 4, 7, 8, 9))
    kind = deals_steps.step_kind(kind, stage)
    day = deals_steps.step_day(monday, ahead)
    spoken, _ = deals_steps.contact(world, row["deal"], row["customer"], known)
    own = world.rng(f"weeks/text/{row['deal']}/{kind}")
    text = deals_steps.next_step(own, steps, kind, day, monday, spoken, fortnight)
    return {"next_step_date": day} | text
