"""What surrounds the selling: market segments, days and events, what people's time went into."""

import datetime

from coursekit.making import days
from coursekit.making.spine import both

# firms in our territories, yuan a firm spends a year, share of firms with the same need, share in
# the three territories with most, makers that call there, growth a year; then answers of the card
_MARKET = {
    "G1": (310, 2_600_000, 0.38, 0.34, 11, 0.02, ("high", "middle", "several", "middle", "fierce")),
    "G2": (2900, 240_000, 0.71, 0.19, 9, -0.08, ("low", "middle", "batch", "low", "moderate")),
    "G3": (420, 1_300_000, 0.44, 0.37, 12, 0.03, ("middle", "high", "several", "middle", "fierce")),
    "G4": (95, 4_100_000, 0.18, 0.58, 13, 0.04, ("high", "middle", "occasional", "high", "fierce")),
    "G5": (180, 3_200_000, 0.52, 0.66, 3, 0.14, ("high", "high", "several", "high", "weak")),
    "G6": (380, 900_000, 0.41, 0.61, 7, 0.04, ("middle", "low", "several", "high", "moderate")),
}
_ANSWERS = ("spending_power", "match", "customers", "concentration", "competition")
# day, kind, segment; the words are the skin's
_EVENTS = {
    "E01": ((2024, 5, 17), "policy", "G1"),
    "E02": ((2024, 6, 1), "price", None),
    "E03": ((2024, 9, 12), "fair", None),
    "E04": ((2024, 11, 1), "policy", "G6"),
    "E05": ((2025, 1, 6), "price", None),
    "E06": ((2025, 3, 3), "launch", None),
    "E07": ((2025, 4, 18), "fair", None),
    "E08": ((2025, 6, 20), "policy", "G5"),
    "E09": ((2025, 8, 4), "policy", "G2"),
    "E10": ((2025, 9, 1), "price", None),
    "E11": ((2025, 9, 11), "fair", None),
    "E12": ((2025, 12, 1), "policy", "G5"),
    "E13": ((2026, 4, 17), "fair", None),
    "E14": ((2026, 7, 1), "policy", "G1"),
}
_LOG_FROM = datetime.date(2025, 11, 3)
# how often each of the fifteen duties comes up in a log; the rest of a week is other work
_DUTIES = {
    "support_inside": 5, "expert": 6, "problem_solver": 20, "ambassador": 4, "adviser": 3,
    "strategy": 0.8, "account_plan": 1.2, "information": 9, "relations": 16, "present_early": 3,
    "watch_proposals": 7, "contract": 9, "satisfaction": 2.5, "future_business": 0.9,
    "coordination": 12,
}  # fmt: skip
_LOGGED = ("G1", "G2")  # whose animals or machines the entries are about
_OUR_OWN = ("other", "ambassador", "strategy")  # duties that no customer's name stands behind
WHOLE = "S07"  # whose log shows all fifteen


def market_segments(world):
    """Six dimensions of each segment as figures, and as answers of the card ``market``."""
    rows = []
    for segment, figures in _MARKET.items():
        firms, spend, same, top, makers, growth, answers = figures
        known = sum(c["segment"] == segment for c in world.customers)
        rows.append(
            {"segment": segment}
            | both("name", world.skin["segments"][segment]["name"])
            | {
                "firms": firms,
                "known_to_us": known,
                "spend_per_firm": world.money(spend),
                "same_need_share": same,
                "top_territories_share": top,
                "makers": makers,
            }
            | dict(zip(_ANSWERS, answers, strict=True))
            | {"growth": growth}
        )
    return rows


def calendar():
    """Every day of the case and of the year ahead, and whether it is worked."""
    return [
        {"date": day, "working": working, "why": why}
        for day, (working, why) in days.calendar().items()
    ]


def events(world):
    """What happened or is known to come: policy, fairs, prices, a launch."""
    words = world.skin["events"]
    return [
        {"date": datetime.date(*day), "kind": kind, "segment": segment} | both("text", words[code])
        for code, (day, kind, segment) in _EVENTS.items()
    ]


def duties(world):
    """Entries of the time logs of the last four months, as people wrote them."""
    texts = world.skin["duties"]
    rows = []
    for person in world.salespeople:
        key = person["salesperson"]
        rng, words = world.rng(f"duties/{key}"), world.rng(f"duties/{key}/{world.name}")
        who = world.rng(f"duties/{key}/who")
        mine = [c for c in world.customers if c["owner"] == key and c["segment"] in _LOGGED]
        likely = {code: often * rng.lognormvariate(0, 0.5) for code, often in _DUTIES.items()}
        if key != WHOLE:
            for code in rng.sample(("strategy", "account_plan", "future_business", "adviser"), 2):
                likely[code] = 0
        day = max(_LOG_FROM, person["joined"])
        while day < world.today:
            if day.weekday() < 5 and rng.random() < 0.62:
                duty = "other"
                if rng.random() < 0.6:
                    duty = rng.choices(list(likely), list(likely.values()))[0]
                hours = round(2 * rng.choice((0.5, 1, 1, 1.5, 2, 2.5, 3))) / 2
                text = _at(who, mine, day, duty, words.choice(texts[duty]))
                if days.worked(day) == day:
                    rows.append(
                        {"date": day, "salesperson": key, "duty": duty, "hours": hours}
                        | both("entry", text)
                    )
            day += datetime.timedelta(days=1)
    if missing := _DUTIES.keys() - {r["duty"] for r in rows if r["salesperson"] == WHOLE}:
        day = _LOG_FROM + datetime.timedelta(days=70)
        for n, duty in enumerate(sorted(missing)):
            rows.append(
                {"date": day + datetime.timedelta(days=n % 5), "salesperson": WHOLE}
                | {"duty": duty, "hours": 2.0}
                | both("entry", texts[duty][0])
            )
    return sorted(rows, key=lambda row: (row["date"], row["salesperson"], row["duty"]))


def _at(rng, customers, day, duty, text):
    """An entry with the customer's name before it, as most people write them."""
    named = rng.random() < 0.75
    there = [c for c in customers if c["since"] <= day and c["status"] != "suspect"]
    if duty in _OUR_OWN or not named or not there:
        return text
    customer = rng.choice(there)
    zh, en = text
    return f"{customer['name_zh']}：{zh}", f"{customer['name_en']}: {en[0].lower()}{en[1:]}"
