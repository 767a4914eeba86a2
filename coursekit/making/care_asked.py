"""What customers say when asked: a survey that not everybody answers, and tests of an offer."""

import datetime

from coursekit.making.channel_cast import DAY

ASKED = datetime.date(2025, 6, 9)
# point of the survey -> (usual answer 0 to 10, its pull on the overall answer)
POINTS = {
    "product": (8.0, 0.50),
    "delivery": (6.2, 0.80),
    "complaint": (5.8, 0.70),
    "price": (6.6, 0.08),
    "advice": (7.6, 0.40),
    "visits": (7.4, 0.12),
    "gifts": (8.7, 0.0),
    "billing": (7.7, 0.16),
}
_SAID = {"price": 48, "product": 20, "delivery": 14, "complaint": 6, "advice": 8, "visits": 4}
# offer -> orders among the first twenty customers asked, and among all
OFFERS = {"usual": (2, 22), "trial_pack": (5, 41), "gift_card": (6, 24)}
_EACH, _EARLY = 180, 20


def survey(world, gone, complained):
    """One row per customer asked; who did not answer has empty cells."""
    rows = []
    for key, fate in complained.items():
        customer = world.customer(key)
        since = customer["since"] or world.start
        if since > ASKED - 90 * DAY or gone.get(key, world.today) <= ASKED:
            continue
        rng = world.rng(f"survey/{key}")
        chance = 0.1 if key in gone else 0.3 if fate == "late" else 0.58
        row = {"customer": key, "asked": ASKED, "answered": None}
        row |= dict.fromkeys((*POINTS, "overall", "matters_most"))
        if rng.random() < chance:
            row |= _answer(rng, fate, key in gone)
            row["answered"] = ASKED + rng.randrange(1, 24) * DAY
        rows.append(row)
    return rows


def trials(world):
    """Three ways to offer, each to as many customers, in the order in which they were asked."""
    rng = world.rng("trials")
    there = [r for r in world.customers if int(r["customer"][1:]) > 130 and r["status"] != "buyer"]
    rows = []
    for offer, (early, all_) in OFFERS.items():
        wins = _spread(rng, early, _EARLY) + _spread(rng, all_ - early, _EACH - _EARLY)
        for n, won in enumerate(wins):
            customer = there[rng.randrange(len(there))]
            day = datetime.date(2025, 9, 1) + (n * 90 // _EACH) * DAY
            rows.append(
                {
                    "date": day + (7 - day.weekday() if day.weekday() > 4 else 0) * DAY,
                    "offer": offer,
                    "salesperson": customer["owner"],
                    "customer": customer["customer"],
                    "won": won,
                }
            )
    return [{"trial": n} | row for n, row in enumerate(_in_turn(rows), 1)]


def _in_turn(rows):
    """The offers by turns, as they were made."""
    parts = [[row for row in rows if row["offer"] == offer] for offer in OFFERS]
    return [row for turn in zip(*parts, strict=True) for row in turn]


def _spread(rng, wins, n):
    """So many wins among so many tries, anywhere."""
    found = [place < wins for place in range(n)]
    rng.shuffle(found)
    return found


def _answer(rng, fate, leaves):
    mood = rng.gauss(0, 0.5) - 1.2 * leaves
    row, pull = {}, 0.0
    for point, (usual, weight) in POINTS.items():
        level = usual + mood + rng.gauss(0, 1.6)
        if point == "complaint":
            level += {"none": 0.0, "soon": 1.6, "late": -3.2}[fate]
        row[point] = _mark(level)
        pull += weight * (row[point] - usual)
        if rng.random() < 0.04:
            row[point] = None
    row["overall"] = _mark(7.0 + pull / 1.7 + mood * 0.4 + rng.gauss(0, 0.7))
    row["matters_most"] = rng.choices(list(_SAID), list(_SAID.values()))[0]
    return row


def _mark(level):
    return min(10, max(0, round(level)))
