"""Exercises of funnel.3: what varies, and the keys from the functions that the lesson teaches."""

import functools

import pandas as pd

from coursekit import funnel

LADDER = funnel.Ladder.load()
EARLY = ("opportunity", "appointment")

# --- funnel.3.1: one's own list


def five_deals(answer, given):
    """What of a list falls by the next-step rule, and whether it has a base."""
    rows = answer["deals"]
    steps = tuple(
        tuple(row[name] or "" for name in ("stage", "next_step", "person", "day")) for row in rows
    )
    fallen = _fallen(steps, given["today"])
    names = [row["customer"].casefold() for row in rows if row["customer"]]
    early = sum(row["stage"] in EARLY for row in rows)
    return {
        **{
            f"deals.{number}.stage": "too_high" if number in fallen else ""
            for number in range(1, len(rows) + 1)
        },
        "steps": "bare" if fallen or not rows else "",
        "base": "" if early >= 2 else "no_base",
        "twice": "same_customer" if len(set(names)) < len(names) else "",
    }


@functools.lru_cache(maxsize=1024)
def _fallen(steps, today):
    """Numbers of the rows from 25% up that the strict rule takes back to opportunity."""
    table = pd.DataFrame(
        steps, columns=["stage", "next_step", "next_step_person", "next_step_date"]
    )
    table["next_step_date"] = pd.to_datetime(table["next_step_date"])
    table.index += 1
    table = table[table["stage"].isin(LADDER.codes) & ~table["stage"].isin(EARLY)]
    if table.empty:
        return ()
    review = funnel.review(table, today, LADDER, strict=True)
    return tuple(review.index[review["reason"] != ""])
