"""How busy the field was in each month, and what that does to the sales of the month after."""

import datetime
import itertools

_SWING = (-0.16, 0.15)  # of a month's visits around what the season asks for


def swing(world):
    """Visits of each month against what was usual: first day of the month -> about 1."""
    rng = world.rng("effort")
    month = (world.start - datetime.timedelta(days=20)).replace(day=1)
    found = {}
    while month <= world.today:
        found[month] = 1 + rng.choice(_SWING) + rng.uniform(-0.06, 0.06)
        month = (month + datetime.timedelta(days=31)).replace(day=1)
    return found


def pace(world):
    """Sales of each month against its season: they follow the visits of the month before."""
    swung = swing(world)
    return {
        month: 1 + 0.85 * (swung[before] - 1) for before, month in itertools.pairwise(sorted(swung))
    }
