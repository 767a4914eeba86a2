"""What customers say when asked: a survey that not everybody answers."""

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


def survey(world, gone, complained):
    """One row per customer asked; who did not answer has empty cells."""
    rows = []
    for key, fate in complained.items():
        customer = world.customer(key)
        since = customer["since"] or world.start
        if since > ASKED - 90 * DAY or gone.get(key, world.today) <= ASKED:
            continue
        rng = world.rng(f"survey/{key}")
        chance = 0.1 if key in gone else 0.2 if fate == "late" else 0.58
        row = {"customer": key, "asked": ASKED, "answered": None}
        row |= dict.fromkeys((*POINTS, "overall", "matters_most"))
        if rng.random() < chance:
            row |= _answer(rng, fate, key in gone)
            row["answered"] = ASKED + rng.randrange(1, 24) * DAY
        rows.append(row)
    return rows


def _answer(rng, fate, leaves):
    mood = rng.gauss(0, 0.5) - 1.2 * leaves - 2.2 * (fate == "late")
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
