"""Visits of the field team: whom, how long, what for, and what each brought home.

Built in: hours go to those who are near, friendly or complain, not to those who bring most; one
good segment sees nobody; a prepared visit brings more.
"""

import datetime

from coursekit.making import effort
from coursekit.making.customers import UNWORKED
from coursekit.making.orders import DECLINING, FADES_FROM, SEASON, months

_A_DAY = 8.0  # hours of visiting that fit into one
SILENT_FROM = datetime.date(2026, 1, 8)  # the key account that is going sees nobody any more
A_MONTH = 17  # visits of one person that are written down
WEAK = "C002"  # an attractive account whom we hardly know
PREPARED_FROM = datetime.date(2025, 12, 8)  # since then a checklist is filled in before each visit

_PULL = {"star": 1.0, "middle": 1.15, "drain": 3.1, "buyer": 1.3, "prospect": 1.1, "suspect": 0.3}
_LONG = {"star": 1.2, "middle": 1.4, "drain": 2.3, "buyer": 1.6, "prospect": 1.4, "suspect": 1.0}
_AIMS = {
    "star": {"offer": 30, "plan": 24, "needs": 20, "trial": 14, "courtesy": 12},
    "middle": {"offer": 26, "needs": 18, "courtesy": 26, "payment": 16, "trial": 14},
    "drain": {"complaint": 34, "payment": 26, "courtesy": 24, "offer": 12, "trial": 4},
    "buyer": {"plan": 22, "payment": 22, "offer": 24, "complaint": 12, "courtesy": 20},
    "prospect": {"first": 22, "needs": 30, "offer": 24, "trial": 12, "courtesy": 12},
    "suspect": {"first": 70, "needs": 20, "courtesy": 10},
}
LEVELS = ("decider", "influencer", "user", "gatekeeper")
_MET = {
    "star": (42, 34, 20, 4),
    "middle": (34, 32, 26, 8),
    "drain": (20, 28, 40, 12),
    "buyer": (62, 20, 14, 4),
    "prospect": (20, 32, 32, 16),
    "suspect": (8, 20, 38, 34),
}
# the checklist of a visit; bring_home weighs most
CHECKLIST = (
    *("attract", "ice_breaker", "show", "sales_aid", "customer_info", "rival_info"),
    *("attitude", "appearance", "bring_home"),
)


def visits(world, calendar):
    """Rows of the visits by date, and of the checklists of the last weeks.

    Parameters
    ----------
    world : World
    calendar : list of dict
        Days and whether they are worked.

    Returns
    -------
    tuple of two lists of dict
    """
    busy, worked = _busy(world), {}
    for row in calendar:
        if row["working"]:
            worked.setdefault(row["date"].replace(day=1), []).append(row["date"])
    drafts = []
    for person in world.salespeople:
        drafts += _of_person(world, person, busy, worked)
    drafts.sort(key=lambda row: (row["date"], row["salesperson"], row["customer"]))
    rows, checklists = [], []
    for number, draft in enumerate(drafts, 1):
        prepared = draft.pop("prepared")
        rows.append({"visit": f"B{number:05d}"} | draft)
        if draft["date"] >= PREPARED_FROM:
            rng = world.rng(f"checklist/{number}")
            checklists.append({"visit": f"B{number:05d}"} | _checked(rng, prepared))
    return rows, checklists


def _busy(world):
    """Visits of each month against the usual: people go out before the season."""
    units = {}
    for key in world.nature:
        segment = world.customer(key)["segment"]
        units[segment] = units.get(segment, 0) + world.volume[key]
    whole = sum(units.values())
    swung = effort.swing(world)
    return {
        month: swung[month]
        * sum(units[s] * SEASON[s][month.month % 12] for s in units)  # that of the month after
        / whole
        for month in months(world)
    }


def _of_person(world, person, busy, worked):
    key = person["salesperson"]
    rng = world.rng(f"visits/{key}")
    own = [c for c in world.customers if c["owner"] == key]
    pull = [_pull(world, rng, c) for c in own]
    usual = A_MONTH * rng.uniform(0.9, 1.1)
    hours, seen = {}, set()
    for month, factor in busy.items():
        if person["joined"] > month:
            continue
        for _ in range(round(usual * factor)):
            customer = rng.choices(own, pull)[0]
            day = rng.choice(worked[month])
            if day < customer["since"]:
                continue
            visit = _visit(world, rng, customer, day)
            free = [
                day
                for day in _from(day, worked[month])
                if day >= customer["since"] and (day, customer["customer"]) not in seen
                and hours.get(day, 0) + visit["hours"] <= _A_DAY
                and (customer["customer"] != DECLINING or day <= SILENT_FROM)
            ]  # fmt: skip
            if not free:
                continue
            visit["date"] = free[0]
            hours[free[0]] = hours.get(free[0], 0) + visit["hours"]
            seen.add((free[0], customer["customer"]))
            yield visit


def _from(day, days):
    """A month's days from one of them on, then those before it."""
    place = days.index(day)
    return days[place:] + days[:place]


def _nature(world, customer):
    return world.nature.get(customer["customer"], customer["status"])


def _pull(world, rng, customer):
    """How much a customer draws his salesperson: habit and nearness, not worth."""
    pull = _PULL[_nature(world, customer)] * rng.lognormvariate(0, 0.55)
    if customer["segment"] == UNWORKED:
        pull *= 0.12
    return {WEAK: 0.35, DECLINING: 3.5}.get(customer["customer"], pull)


def _visit(world, rng, customer, day):
    nature = _nature(world, customer)
    aims, met = _AIMS[nature], _MET[nature]
    if customer["customer"] == WEAK or (customer["customer"] == DECLINING and day >= FADES_FROM):
        met = (4, 16, 60, 20)
    if customer["customer"] == DECLINING and day >= FADES_FROM:
        aims = {"complaint": 40, "courtesy": 36, "offer": 24}
    aim = rng.choices(list(aims), list(aims.values()))[0]
    level = rng.choices(LEVELS, met)[0]
    prepared = min(1, max(0, rng.gauss(0.5, 0.25)))
    hours = max(0.5, round(2 * _LONG[nature] * rng.lognormvariate(0, 0.35)) / 2)
    return {
        "date": day,
        "salesperson": customer["owner"],
        "customer": customer["customer"],
        "hours": hours,
        "aim": aim,
        "contact_level": level,
        "brought": _brought(rng, aim, level, prepared, customer["status"]),
        "prepared": prepared,
    }


def _brought(rng, aim, level, prepared, status):
    """What a visit came home with: the better prepared and the higher up, the more."""
    chance = 0.14 + 0.58 * prepared + (0.12 if level == "decider" else 0)
    if aim == "courtesy":
        chance *= 0.35
    if rng.random() > chance:
        return "nothing"
    if aim == "payment":
        return "payment" if rng.random() < 0.7 else "information"
    if aim == "complaint":
        return "information" if rng.random() < 0.8 else "next_step"
    weights = {"information": 34, "next_step": 40, "referral": 6}
    if status == "buyer" and level in ("decider", "influencer"):
        weights["order"] = 34
    return rng.choices(list(weights), list(weights.values()))[0]


def _checked(rng, prepared):
    answers = {}
    for point in CHECKLIST:
        share = min(1, max(0, prepared + rng.gauss(0.08, 0.2)))
        answers[point] = "yes" if share > 0.6 else "partly" if share > 0.36 else "no"
    return answers
