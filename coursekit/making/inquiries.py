"""Inquiries: who asked or was asked, where from, what it cost, and what came of it.

Built in: sources differ in what a win costs and in who comes by them; in the second year more
leads came in and fewer became customers.
"""

import datetime

from coursekit.making import days

# per source: yuan and hours an inquiry takes, how well who comes fits, inquiries that led nowhere
_SOURCES = {
    "referral": (150, 5.0, 0.72, 30),
    "dealer_hint": (120, 6.0, 0.60, 40),
    "fair": (2200, 6.0, 0.50, 110),
    "web": (380, 3.5, 0.45, 150),
    "cold_call": (60, 8.0, 0.40, 170),
    "advert": (1500, 4.0, 0.31, 100),
}
_RECENT = datetime.timedelta(days=150)  # so long an inquiry may still be open


def inquiries(world):
    """Rows by date; ``won`` is None while an inquiry is open."""
    rows = []
    for customer in world.customers:
        if customer["kind"] != "dealer" and customer["since"] >= world.start:
            rng = world.rng(f"inquiry/{customer['customer']}")
            won = customer["status"] == "buyer"
            if customer["status"] == "prospect" and world.today - customer["since"] < _RECENT:
                won = None
            rows.append(_row(world, rng, customer, customer["since"], won))
    rng = world.rng("inquiries")
    owners = [c for c in world.customers if c["kind"] != "dealer"]
    for source, (*_, count) in _SOURCES.items():
        for _ in range(count):
            day = world.start + datetime.timedelta(days=int(727 * rng.random() ** 0.72))
            day = days.worked(day)
            like = rng.choice(owners) | {"customer": None, "source": source, "territory": None}
            won = None if world.today - day < _RECENT and rng.random() < 0.5 else False
            rows.append(_row(world, rng, like, day, won))
    rows.sort(key=lambda row: (row["date"], row["source"], row["customer"] or "", row["owner"]))
    return [{"inquiry": f"I{number:04d}"} | row for number, row in enumerate(rows, 1)]


def _row(world, rng, customer, day, won):
    money, hours, fit, _ = _SOURCES[customer["source"]]
    fit = min(1, max(0, rng.gauss(fit + (0.12 if won else 0), 0.16)))
    return {
        "date": day,
        "source": customer["source"],
        "customer": customer["customer"],
        "owner": customer["owner"],
        "segment": customer["segment"],
        "money": world.money(money * rng.lognormvariate(0, 0.35)),
        "hours": max(0.5, round(2 * hours * (2.2 if won else 1) * rng.lognormvariate(0, 0.4)) / 2),
        "fit": None if rng.random() < 0.15 else round(fit, 2),
        "won": won,
    }
