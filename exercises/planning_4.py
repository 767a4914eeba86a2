"""Exercises of planning.4: what varies, and the keys from the functions that the lesson teaches."""

import math

import pandas as pd

from coursekit.choice import choose
from coursekit.planning import best_lever, work_back, working_days
from coursekit.practice import numbers
from coursekit.practice.draws import numbered, pair
from coursekit.terms import LANGS, money, percent

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


# --- planning.4.1: the lever that pays most per hour

# how far each lever can be lifted this quarter, and the hours that it takes: from, to
REACH = {
    "leads": (1.2, 1.4),
    "conversion": (1.1, 1.25),
    "order_value": (1.05, 1.2),
    "repeat": (1.1, 1.4),
}
LEVER_HOURS = {
    "leads": (50, 90),
    "conversion": (25, 60),
    "order_value": (15, 50),
    "repeat": (20, 50),
}


FORMS = {
    "leads": lambda value: pair((f"{value} 家", f"{value}")),
    "conversion": lambda value: pair((percent(value), percent(value))),
    "order_value": lambda value: {lang: money(value, lang) for lang in LANGS},
    "repeat": lambda value: pair((f"{value:g} 次", f"{value:g}")),
}


def four_levers(rng, case):
    """Today's four factors, their reach and hours: largest, quickest and best are three levers."""
    while True:
        today = {
            "leads": rng.randrange(40, 81, 5),
            "conversion": rng.choice((0.2, 0.25, 0.3)),
            "order_value": rng.randrange(20, 41, 4) * 1_000,
            "repeat": rng.choice((2, 2.5, 3)),
        }
        reach = {
            "leads": round(today["leads"] * rng.uniform(*REACH["leads"])),
            "conversion": round(today["conversion"] * rng.uniform(*REACH["conversion"]), 2),
            "order_value": round(today["order_value"] * rng.uniform(*REACH["order_value"]), -3),
            "repeat": round(today["repeat"] * rng.uniform(*REACH["repeat"]), 1),
        }
        hours = {lever: rng.randrange(*LEVER_HOURS[lever], 5) for lever in REACH}
        levers = best_lever(today, reach, hours)
        first, second = levers["per_hour"].iloc[:2]
        others = {levers["effect"].idxmax(), levers["hours"].idxmin()}
        if first > 1.25 * second and levers.index[0] not in others and len(others) == 2:
            break
    options = [
        {
            "id": lever,
            "now": FORMS[lever](today[lever]),
            "then": FORMS[lever](reach[lever]),
            **{name: float(levers.at[lever, name]) for name in ("effect", "hours", "per_hour")},
        }
        for lever in today
    ]
    result = math.prod(today.values())
    return {"options": options, "today": today, "reach": reach, "hours": hours, "result": result}


def most_per_hour(given):
    """The lever that brings most money per hour."""
    return best_lever(given["today"], given["reach"], given["hours"]).index[0]


def largest_effect(given):
    """The lever that brings most, whatever it takes."""
    return [max(given["options"], key=lambda lever: lever["effect"])["id"]]


def fewest_hours(given):
    """The lever that is moved soonest, whatever it brings."""
    return [min(given["options"], key=lambda lever: lever["hours"])["id"]]


def how_it_pays(given):
    """What each lever is: the best per hour, the largest, the quickest, or none of them."""
    named = {
        most_per_hour(given): "best",
        largest_effect(given)[0]: "largest",
        fewest_hours(given)[0]: "quickest",
    }
    return {lever["id"]: named.get(lever["id"], "neither") for lever in given["options"]}


# --- planning.4.3: the plan of work for the goal of planning.2.2

HOURS = {"calls": 0.1, "talks": 2, "offers": 3}
RATES = ((0.2, 0.5, 0.4), (0.25, 0.4, 0.5), (0.2, 0.6, 0.5), (0.25, 0.5, 0.3))


def plan_for_the_goal(rng, case):
    """Steps that the trainee's own goal takes; a stand-in where he has not set one."""
    order_value = 10_000 * rng.choice((4, 5, 6))
    target = _own_goal(case) or order_value * rng.randrange(8, 15)
    rates = rng.choice(RATES)
    calls, talks, offers, orders = work_back(target, order_value, 1, rates)
    counts = {"calls": calls, "talks": talks, "offers": offers}
    hours = {step: math.ceil(count * HOURS[step]) for step, count in counts.items()}
    return {
        "start": "2026-04-01",
        "middle": "2026-05-15",
        "late": "2026-06-20",
        "end": "2026-06-30",
        "target": target,
        "order_value": order_value,
        **dict(zip(("call_rate", "talk_rate", "offer_rate"), rates, strict=True)),
        **counts,
        "orders": orders,
        **{f"{step.removesuffix('s')}_hours": each for step, each in hours.items()},
        "capacity": 10 * math.ceil(sum(hours.values()) * 0.115),
    }


def enough(answer, given):
    """Whether each step is there often enough, and each row has the time that it takes."""
    found, planned = {}, dict.fromkeys(HOURS, 0)
    for number, row in enumerate(answer["plan"], 1):
        step, count, hours = row["step"], row["count"], row["hours"]
        if None in (step, count, hours):
            continue
        planned[step] += count
        short = hours < 0.9 * count * HOURS[step]
        found[f"plan.{number}.hours"] = "too_short" if short else ""
    for step, count in planned.items():
        short = "too_few" if count < given[step] else ""
        found[f"{step}_enough"] = short if count else "none_planned"
    return found


def _own_goal(case):
    raw = case.earlier("planning.2.2/own-goal") if case else None
    typed = numbers.read(raw.get("value"), ("元",)) if isinstance(raw, dict) else None
    value = round(typed.value, -4) if typed else 0
    return int(value) if 100_000 <= value <= 5_000_000 else None
