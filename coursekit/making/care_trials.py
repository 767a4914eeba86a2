"""Three ways to offer, tried by turns: one that sells more, and one that only began well."""

import datetime

from coursekit.making.days import workdays

# offer -> orders among the first twenty customers asked, and among all
OFFERS = {"usual": (2, 22), "trial_pack": (5, 41), "gift_card": (6, 24)}
_EACH, _EARLY = 180, 20


def trials(world):
    """Three ways to offer, each to as many customers, in the order in which they were asked."""
    rng = world.rng("trials")
    there = [r for r in world.customers if int(r["customer"][1:]) > 130 and r["status"] != "buyer"]
    rng.shuffle(there)
    won = {offer: _won(rng, *orders) for offer, orders in OFFERS.items()}
    autumn = workdays(datetime.date(2025, 9, 1), datetime.date(2025, 11, 28))
    rows = []
    for n in range(_EACH):
        day = autumn[n * len(autumn) // _EACH]
        for offer in OFFERS:
            customer = there[len(rows) % len(there)]
            rows.append(
                {
                    "trial": f"A{len(rows) + 1:03d}",
                    "date": day,
                    "offer": offer,
                    "salesperson": customer["owner"],
                    "customer": customer["customer"],
                    "won": won[offer][n],
                }
            )
    return rows


def _won(rng, early, orders):
    """So many orders in all, so many of them among the first twenty."""
    found = []
    for wins, n in ((early, _EARLY), (orders - early, _EACH - _EARLY)):
        part = [place < wins for place in range(n)]
        rng.shuffle(part)
        found += part
    return found
