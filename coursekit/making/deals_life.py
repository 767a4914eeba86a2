"""Lives of the deals that nobody wrote down one by one: who met whom when, and how it ended."""

import datetime

from coursekit.making.deals_lists import Draft, way, weekday

FIRST_WEEK = datetime.date(2025, 1, 6)  # since then the list is kept
# nobody made first appointments for eight weeks; ten weeks later the contracts stayed away
HOLE = (datetime.date(2025, 5, 26), datetime.date(2025, 7, 21))
FESTIVALS = (
    (datetime.date(2025, 1, 25), datetime.date(2025, 2, 8)),
    (datetime.date(2026, 2, 14), datetime.date(2026, 2, 24)),
)
# salesperson: contracts, losses, then open deals at each stage that move, and such that do not
PEOPLE = {
    "S01": (3, 5, 0, 0, 0, 0, 0, 0), "S02": (3, 5, 0, 0, 0, 0, 0, 0),
    "S03": (1, 6, 0, 0, 0, 0, 0, 0), "S04": (4, 6, 0, 0, 0, 0, 0, 0),
    "S05": (2, 6, 0, 0, 0, 0, 0, 0), "S06": (1, 6, 0, 0, 0, 0, 0, 0),
    "S07": (9, 5, 2, 1, 2, 2, 0, 0), "S08": (1, 5, 0, 0, 0, 0, 0, 0),
    "S09": (1, 5, 0, 0, 0, 0, 0, 0), "S10": (2, 20, 6, 4, 3, 1, 0, 12),
    "S11": (5, 3, 1, 1, 1, 1, 0, 0), "S12": (5, 3, 1, 1, 1, 0, 1, 0),
    "S13": (1, 4, 1, 1, 0, 1, 0, 2), "S14": (1, 3, 1, 0, 1, 0, 0, 2),
    "S15": (1, 4, 1, 1, 1, 0, 0, 0), "S16": (1, 3, 1, 1, 0, 0, 1, 2),
    "S17": (1, 4, 1, 1, 0, 1, 0, 1), "S18": (1, 3, 1, 0, 1, 0, 0, 2),
    "S19": (0, 1, 4, 3, 2, 0, 0, 0), "S20": (3, 8, 3, 2, 2, 3, 1, 0),
    "S21": (2, 9, 1, 1, 1, 5, 3, 2), "S22": (3, 8, 2, 1, 2, 1, 1, 4),
    "S23": (2, 9, 3, 2, 1, 1, 1, 4), "S24": (2, 8, 1, 1, 1, 1, 1, 2),
}  # fmt: skip
POLITE = {"S24": 3, "S15": 1}  # deals that always have a next step and do not move
STARTED = {"S19": datetime.date(2025, 11, 24)}
_CYCLE = {"small": (48, 6, 39, 62), "medium": (73, 10, 54, 102), "large": (126, 16, 96, 164)}
LONGEST = 166  # days from the first appointment to the end, for whatever ended
_STAY = {"opportunity": 14, "appointment": 17, "p25": 24, "p50": 24, "p90": 13}
_LOST_AT = {"opportunity": 4, "appointment": 11, "p25": 15, "p50": 48, "p90": 22}
CAREFUL = ("S02", "S07", "S08", "S11", "S12", "S20")  # claim what they can show


def drafts(world):
    """All lives that are drawn, in the order of the people.

    Returns
    -------
    list of Draft
    """
    return [draft for owner in PEOPLE for draft in _of(world, owner)]


def _of(world, owner):
    won, lost, *standing, still = PEOPLE[owner]
    kinds = ["contract"] * won + ["lost"] * lost
    kinds += [code for code, n in zip(_STAY, standing, strict=True) for _ in range(n)]
    kinds += ["still"] * still + ["polite"] * POLITE.get(owner, 0)
    for number, kind in enumerate(kinds):
        key = f"{owner}/{number}"
        rng = world.rng(f"deals/{key}")
        if kind in ("contract", "lost"):
            yield Draft(key, owner, *_ended(rng, world, owner, kind))
        elif kind in _STAY:
            yield Draft(key, owner, *_moving(rng, world, owner, kind))
        else:
            yield Draft(key, owner, *_standing_still(rng, world, owner, kind == "polite"))


def _ended(rng, world, owner, outcome):
    star = owner == "S07" and outcome == "contract"
    size = "large" if star else rng.choices(tuple(_CYCLE), (34, 52, 14))[0]
    mean, sd, low, high = _CYCLE[size]
    if outcome == "lost":
        mean, sd, low, high = mean * 1.1, sd * 2.2, 18, LONGEST - 12
    cycle = round(min(max(rng.gauss(mean, sd), low), high))
    weights = _LOST_AT | ({"p90": 5} if owner in CAREFUL else {})
    top = (
        "p90" if outcome == "contract" else rng.choices(tuple(weights), tuple(weights.values()))[0]
    )
    first = STARTED.get(owner, FIRST_WEEK)
    last = world.today - datetime.timedelta(days=cycle + 3)
    if star:  # a year and a half of large contracts, none of them brand-new
        last = min(last, world.today - datetime.timedelta(days=170))
    elif owner in ("S08", "S09") and outcome == "contract":  # what they signed later is written
        last = datetime.date(2025, 9, 12) - datetime.timedelta(days=cycle)
    met = _meeting_day(rng, first, max(first, last))
    end = weekday(met + datetime.timedelta(days=cycle))
    if top == "opportunity":
        return size, [("opportunity", _before(rng, met)), ("lost", end)]
    history = [("opportunity", _before(rng, met)), *way(met, end, outcome, top)]
    return size, history


def _moving(rng, world, owner, stage):
    """A deal that stands where it stands for no longer than is usual."""
    large = {"S07": 55, "S10": 4}.get(owner, 14)
    size = rng.choices(tuple(_CYCLE), (30, 70 - large, large))[0]
    slow = {"small": 0.7, "medium": 1.0, "large": 1.7}[size]
    entered = weekday(world.today - datetime.timedelta(rng.randrange(2, _STAY[stage] + 1)))
    if stage == "opportunity":
        history = [(stage, entered)]
        met = world.today + datetime.timedelta(10)
    elif stage == "appointment":
        met = entered
        history = [("opportunity", _before(rng, met)), (stage, met)]
    else:
        gone = {"p25": 16, "p50": 38, "p90": 60}[stage] * slow * rng.uniform(0.9, 1.1)
        met = weekday(entered - datetime.timedelta(days=round(gone)))
        history = [("opportunity", _before(rng, met)), *way(met, entered, stage)]
    step, ahead = _step(rng, owner, stage)
    close = met + datetime.timedelta(days=round(_CYCLE[size][0] + rng.uniform(-6, 22)))
    soonest = world.today + datetime.timedelta(days=5)
    return size, history, step, ahead, weekday(max(close, soonest))


def _standing_still(rng, world, owner, polite):
    """A deal that has not moved for long; four in ten are older than any that ever closed."""
    stage = rng.choices(("appointment", "p25", "p50", "p90"), (16, 40, 36, 8))[0]
    first, last = rng.choices(((66, 110), (110, 180), (240, 330)), (45, 20, 35))[0]
    days = rng.randrange(first, last)
    if polite:
        stage, days = rng.choice(("p25", "p50")), rng.randrange(84, 112)
    entered = weekday(world.today - datetime.timedelta(days=days))
    gone = {"appointment": 0, "p25": 16, "p50": 38, "p90": 60}[stage]
    met = weekday(entered - datetime.timedelta(days=gone))
    if HOLE[0] <= met < HOLE[1]:  # nobody met anybody then
        met -= datetime.timedelta(weeks=8)
        entered -= datetime.timedelta(weeks=8)
    size = rng.choices(tuple(_CYCLE), (25, 60, 15))[0]
    history = [("opportunity", _before(rng, met))]
    history += [("appointment", met)] if stage == "appointment" else way(met, entered, stage)
    month_end = datetime.date(2026, 3, 31)
    if polite:
        return size, history, "polite", rng.choice((1, 3, 4, 8)), month_end
    step = rng.choices(("vague", "", "past", "own_plan"), (44, 24, 20, 12))[0]
    if owner == "S22" and step != "own_plan":
        step = "past"
    return size, history, step, _ahead(rng, step), month_end


def _step(rng, owner, stage):
    weights = {"agreed": 66, "own_plan": 12, "vague": 10, "": 8, "past": 4}
    if stage == "opportunity":
        weights = {"before_first": 55, "vague": 22, "": 23}
    elif owner in CAREFUL:
        weights = {"agreed": 95, "own_plan": 5}
    elif owner == "S22":
        weights = {"agreed": 30, "past": 70}
    elif owner == "S10":
        weights = {"agreed": 30, "own_plan": 20, "vague": 28, "": 22}
    step = rng.choices(tuple(weights), tuple(weights.values()))[0]
    return step, _ahead(rng, step)


def _ahead(rng, step):
    """Days to the next step; below 0 for one that has passed, None where no day is written."""
    if step in ("vague", ""):
        return None
    if step == "past":
        return -rng.choice((3, 4, 5, 6, 11, 13, 18, 25, 38, 55))
    return rng.choice((1, 1, 2, 2, 3, 3, 4, 7, 8, 9, 10, 11, 15, 16))


def _meeting_day(rng, first, last):
    """A working day on which people do meet."""
    while True:
        day = weekday(first + datetime.timedelta(days=rng.randrange((last - first).days + 1)))
        quiet = any(begin <= day < end for begin, end in (HOLE, *FESTIVALS))
        if not quiet and day >= first:
            return day


def _before(rng, met):
    return weekday(met - datetime.timedelta(days=rng.randrange(4, 17)))
