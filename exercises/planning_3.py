"""Exercises of planning.3: what varies, and the keys from the functions that the lesson teaches."""

import datetime

import pandas as pd

from coursekit.allocation import attention
from coursekit.classes import visit_plan
from coursekit.practice.draws import numbered, pair, weighed, weighed_key
from coursekit.scoring import Scorecard

TODAY = datetime.date(2026, 3, 2)
FARMS = (
    ("旺源养殖", "Wangyuan Farms"),
    ("青禾牧业", "Qinghe Livestock"),
    ("大田猪场", "Datian Pig Farm"),
    ("百惠农场", "Baihui Farm"),
    ("丰岭合作社", "Fengling Co-op"),
    ("长河禽业", "Changhe Poultry"),
    ("东坡养殖", "Dongpo Farms"),
    ("金穗牧场", "Jinsui Ranch"),
    ("南塘水产", "Nantang Fishery"),
    ("云栖农牧", "Yunqi Farming"),
)
WEEK = 40  # hours, given out in steps of 2
SHARES = (0.4, 0.25, 0.2, 0.1, 0.05)  # of revenue, so that fair hours are whole steps
BY_MOOD = (14, 10, 6, 6, 4)  # today's hours follow who is pleasant company
MOODS = (
    ("一去就留饭", "asks you to stay for lunch"),
    ("有说有笑", "always good for a laugh"),
    ("客客气气", "polite"),
    ("话不多", "says little"),
    ("板着脸谈事", "straight to business"),
)


def hours_and_revenue(rng, case):
    """Five customers: revenue, today's hours, and the mood that the hours go by."""
    revenue = rng.choice((240, 320, 400, 480)) * 10_000
    shares = rng.sample(SHARES, len(SHARES))
    while sum(min(WEEK * share, now) for share, now in zip(shares, BY_MOOD, strict=True)) > 28:
        shares = rng.sample(SHARES, len(SHARES))
    rows = [
        {
            "customer": pair(name),
            "revenue": round(revenue * share),
            "mood": pair(mood),
            "now": now,
            "values": [round(revenue * min(at / WEEK, share)) for at in range(0, WEEK + 1, 2)],
        }
        for name, share, now, mood in zip(
            rng.sample(FARMS, len(shares)), shares, BY_MOOD, MOODS, strict=True
        )
    ]
    rng.shuffle(rows)
    return {"total": WEEK, "step": 2, "rows": numbered("r", rows)}


def fair_hours(given):
    """Hours in proportion to revenue."""
    return {row: round(hours) for row, hours in _attention(given)["fair"].items()}


def as_today(given):
    """The split of today, which follows the mood."""
    return {row["id"]: row["now"] for row in given["rows"]}


def same_for_all(given):
    """Everybody gets the same."""
    return dict.fromkeys((row["id"] for row in given["rows"]), WEEK // len(given["rows"]))


def all_to_the_largest(given):
    """Everything to the one who brings most."""
    largest = max(given["rows"], key=lambda row: row["revenue"])["id"]
    return {row["id"]: WEEK * (row["id"] == largest) for row in given["rows"]}


def misplaced(given, key):
    """Hours that are with the wrong customers today, and the largest move."""
    moves = _attention(given)["move"]
    names = {row["id"]: row["customer"] for row in given["rows"]}
    return {
        "misplaced": float(moves.abs().sum() / 2),
        "gets": names[moves.idxmax()],
        "more": float(moves.max()),
        "gives": names[moves.idxmin()],
        "less": float(-moves.min()),
    }


def _attention(given):
    rows = pd.DataFrame(given["rows"]).set_index("id")
    return attention(rows["now"], rows["revenue"])


# --- planning.3.4

CLASSES = ("A", "A", "B", "B", "C", "C", "D")
DAYS = 28


def four_weeks_of_visits(rng, case):
    """Seven customers of the four classes, each with its last visit."""
    ago = {"A": (3, 9), "B": (3, 16), "C": (5, 35), "D": (20, 110)}
    while True:
        rows = [
            {
                "customer": pair(name),
                "class": code,
                "last": (TODAY - datetime.timedelta(rng.randint(*ago[code]))).isoformat(),
            }
            for name, code in zip(rng.sample(FARMS, len(CLASSES)), CLASSES, strict=True)
        ]
        rng.shuffle(rows)
        given = {"step": 1, "days": DAYS, "rows": numbered("r", rows)}
        plan = planned_visits(given)
        if plan != by_class_alone(given):
            break
    given["total"] = sum(plan.values())
    for row in given["rows"]:
        row["values"] = [min(n, plan[row["id"]]) for n in range(given["total"] + 1)]
    return given


def planned_visits(given):
    """Visits that each customer's rhythm asks for in the period."""
    rows = pd.DataFrame(given["rows"]).set_index("id")
    plan = visit_plan(rows["class"], pd.to_datetime(rows["last"]), TODAY, given["days"])
    return {row: int(visits) for row, visits in plan["visits"].items()}


def by_class_alone(given):
    """The rhythm is counted from today: the last visit is forgotten."""
    every = {"A": 7, "B": 14, "C": 30, "D": 90}
    return {row["id"]: given["days"] // every[row["class"]] for row in given["rows"]}


def all_alike(given):
    """Everybody gets the same number, what is over goes to the first."""
    each, over = divmod(given["total"], len(given["rows"]))
    return {row["id"]: each + (at < over) for at, row in enumerate(given["rows"])}


def all_to_a(given):
    """Only the A customers are visited."""
    best = [row["id"] for row in given["rows"] if row["class"] == "A"]
    each, over = divmod(given["total"], len(best))
    split = {row: each + (at < over) for at, row in enumerate(best)}
    return {row["id"]: split.get(row["id"], 0) for row in given["rows"]}


# --- planning.3.3: what money, authority and need weigh

TRUE_MAN = {"money": 15, "authority": 30, "need": 55}
MAN = Scorecard.load("man")
CARD_MAN = {name: float(weight) for name, weight in (MAN.weights * 100).items()}
BUYERS = (
    *FARMS,
    ("白杨饲养", "Baiyang Farms"),
    ("石桥禽业", "Shiqiao Poultry"),
    ("盛和牧场", "Shenghe Ranch"),
    ("海棠农庄", "Haitang Farm"),
    ("北塬合作社", "Beiyuan Co-op"),
)


def man_customers(rng, case):
    """Fifteen customers of last year with their MAN points, and who bought."""
    return weighed(rng, TRUE_MAN, CARD_MAN, rng.sample(BUYERS, len(BUYERS)))


def man_key(given):
    """Eighty more of last year's customers, the weights that made them buy, and the card's."""
    return weighed_key(given, TRUE_MAN, CARD_MAN)
