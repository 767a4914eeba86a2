"""Customers who left: prospects of today who used to buy, until when and how much."""

import datetime

_N = 40
_FIRST, _LAST = datetime.date(2024, 8, 1), datetime.date(2025, 12, 20)


def former(world):
    """Who stopped buying: customer -> (units a year that he took, last day of an order)."""
    rng = world.rng("former")
    there = [
        row["customer"]
        for row in world.customers
        if row["status"] == "prospect"
        and int(row["customer"][1:]) > 130
        and row["since"]
        and row["since"] < world.start
    ]
    span = (_LAST - _FIRST).days
    return {
        key: (rng.uniform(40, 150), _FIRST + datetime.timedelta(days=rng.randrange(span)))
        for key in sorted(rng.sample(there, min(_N, len(there))))
    }
