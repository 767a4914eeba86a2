"""Time as a customer lives it: from order to goods, and how soon he needs them."""

import datetime

from coursekit.making.channel_cast import DAY
from coursekit.making.days import next_worked, workdays
from coursekit.making.spine import both

# step -> (usual hours of waiting before it, of work in it): the longest wait is no longest work
STEPS = {
    "order": (0.0, 0.4),
    "credit": (8.0, 0.3),
    "plan": (2.0, 0.6),
    "make": (4.0, 8.0),
    "load": (3.0, 2.0),
    "drive": (1.0, 9.0),
}
_OFFICE = ("credit", "plan")  # works and lorries run at night too
_OPENS, _CLOSES = datetime.time(8), datetime.time(17)
_CASES = 64
# who wants it how soon: usual days and share of the orders
WANTS = {"large": ((7, 14), 50), "middle": ((3, 7), 60), "small": ((1, 2), 80)}
LEVELS = {1: 260, 3: 130, 7: 70}  # days of delivery -> cost of an order, yuan


def steps(world):
    """One row per order and step: begun and ended."""
    days = workdays(datetime.date(2025, 11, 3), datetime.date(2025, 11, 28))
    rows = []
    for n in range(_CASES):
        rng = world.rng(f"steps/{n}")
        now = datetime.datetime.combine(days[n // 4], _OPENS)  # four each working day
        now += datetime.timedelta(minutes=rng.randrange(540))
        large = rng.random() < 0.12  # paid in advance: nobody has to approve it
        for step, (wait, work) in STEPS.items():
            if step == "credit" and large:
                continue
            now += datetime.timedelta(minutes=round(60 * wait * rng.uniform(0.5, 1.6)))
            now = _in_office(now) if step in _OFFICE else now
            begun = now
            now += datetime.timedelta(minutes=round(60 * work * rng.uniform(0.7, 1.4)))
            rows.append(
                {"case": f"B{n + 1:03d}", "step": step}
                | both("step", world.skin["care"]["steps"][step])
                | {"started": f"{begun:%Y-%m-%d %H:%M}", "ended": f"{now:%Y-%m-%d %H:%M}"}
            )
    return rows


def _in_office(moment):
    """The moment itself, or the next morning on which somebody is at his desk."""
    opens = datetime.datetime.combine(next_worked(moment.date()), _OPENS)
    if moment.date() == opens.date() and moment.time() > _CLOSES:
        opens = datetime.datetime.combine(next_worked(moment.date() + DAY), _OPENS)
    return max(moment, opens + datetime.timedelta(minutes=moment.minute))


def wants(world):
    """How soon customers needed their order, as they said it when they ordered."""
    rng = world.rng("wants")
    rows = []
    for size, ((least, most), n) in WANTS.items():
        for _ in range(n):
            rows.append(
                {"size_class": size}
                | both("size_class", world.skin["care"]["service"][size])
                | {"wanted_days": rng.randrange(least, most + 1)}
            )
    rng.shuffle(rows)
    return [{"order_asked": f"E{n:03d}"} | row for n, row in enumerate(rows, 1)]


def levels(world):
    """What an order costs us by the days in which we deliver."""
    return [{"days": days, "cost": world.money(cost)} for days, cost in LEVELS.items()]
