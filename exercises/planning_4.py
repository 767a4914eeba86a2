"""Exercises of planning.4: what varies, and the keys from the functions that the lesson teaches."""

import pandas as pd

from coursekit.choice import choose
from coursekit.planning import working_days
from coursekit.practice.draws import numbered, pair

FIRST, LAST = "2026-03-02", "2026-03-31"
FREE = 0.2  # of the hours stay open for what nobody can plan

# what can be done this month: hours from, to; expected margin per hour from, to (0: nothing)
JOBS = (
    (("给长河禽业谈年度合同", "Annual contract with Changhe Poultry"), 24, 32, 600, 900),
    (("陪旺源养殖做对比试验", "Feeding trial at Wangyuan Farms"), 20, 28, 500, 900),
    (("走访到期的 A 类客户", "A customers that are due"), 14, 20, 1100, 1500),
    (("走访到期的 B 类客户", "B customers that are due"), 16, 24, 500, 800),
    (("约见转介绍来的三家", "Three customers who were referred"), 8, 12, 1000, 1600),
    (("打电话约新客户", "Calls for first appointments"), 10, 16, 600, 900),
    (("县里的订货会", "Dealers' meeting in the county"), 12, 18, 400, 900),
    (("清一遍欠款", "Round of overdue payments"), 8, 14, 500, 1000),
    (("远郊的 D 类客户走一圈", "Tour of far-off D customers"), 12, 20, 100, 250),
    (("陪老同行吃饭叙旧", "Meals with old colleagues"), 6, 10, 0, 0),
)


def month(rng, case):
    """Ten jobs for the month's working days, more than fit."""
    days = int(working_days(FIRST, LAST)["working"].sum())
    daily = rng.choice((4, 5))
    rows = []
    for name, low, high, least, most in JOBS:
        hours = rng.randrange(low, high + 1, 2)
        worth = round(hours * rng.uniform(least, most), -2)
        rows.append({"job": pair(name), "cost": hours, "value": int(worth)})
    rng.shuffle(rows)
    total = round(days * daily * (1 - FREE))
    return {"days": days, "daily": daily, "free": FREE, "total": total, "rows": numbered("r", rows)}


def best_month(given):
    """The set of jobs that brings most within the hours."""
    rows = pd.DataFrame(given["rows"]).set_index("id")
    chosen = choose(rows["value"], rows["cost"], given["total"])
    return list(chosen.index[chosen])


def largest_first(given):
    """What brings most goes first, whatever it takes."""
    return _filled(given, lambda row: -row["value"])


def shortest_first(given):
    """What is done soonest goes first."""
    return _filled(given, lambda row: row["cost"])


def as_listed(given):
    """Whatever stands on top of the list goes first."""
    return _filled(given, lambda row: 0)


def used(given, key):
    """Hours and margin of the best month."""
    chosen = [row for row in given["rows"] if row["id"] in key]
    return {
        "hours": sum(row["cost"] for row in chosen),
        "brings": sum(row["value"] for row in chosen),
        "n": len(chosen),
    }


def _filled(given, first):
    left, chosen = given["total"], []
    for row in sorted(given["rows"], key=first):
        if row["cost"] <= left:
            chosen.append(row["id"])
            left -= row["cost"]
    return chosen
