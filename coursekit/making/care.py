"""Care for customers: what they complained of and what came of it, what they say when asked."""

import datetime

from coursekit.making import care_asked, care_process, care_trials
from coursekit.making.channel_cast import DAY, DIVERTS
from coursekit.making.former import former
from coursekit.making.spine import both

KINDS = {
    "quality": 28,
    "delivery": 34,
    "wrong_goods": 10,
    "billing": 16,
    "service": 12,
}
PROMISED = 7  # days in which a complaint is to be solved
# what became of buyers, and of those who left: nothing to complain of, solved soon, late or never
_STAYED = {"none": 0.68, "soon": 0.26, "late": 0.06}
_LEFT = {"none": 0.38, "soon": 0.10, "late": 0.52}


def tables(world):
    """All tables of the care side: name -> rows."""
    gone = {key: last for key, (_, last) in former(world).items()}
    complained = fates(world, gone)
    return {
        "complaints": complaints(world, gone, complained),
        "survey": care_asked.survey(world, gone, complained),
        "trials": care_trials.trials(world),
        "process_steps": care_process.steps(world),
        "service_wants": care_process.wants(world),
        "service_levels": care_process.levels(world),
    }


def fates(world, gone):
    """What each buyer, dealer and former buyer met with: customer -> none, soon or late."""
    found = {}
    for row in world.customers:
        key = row["customer"]
        if row["status"] == "buyer" or key in gone:
            shares = _LEFT if key in gone else _STAYED
            rng = world.rng(f"fate/{key}")
            found[key] = rng.choices(list(shares), list(shares.values()))[0]
    found["C001"] = "late"
    return found


def complaints(world, gone, complained):
    """One row per complaint: when, what about, in whose words, when it was solved."""
    words = world.skin["care"]["complaints"]
    bought = {row["customer"]: row["date"] for row in reversed(world.tables["orders"])}
    rows = []
    for key, fate in complained.items():
        if fate != "none":
            rng = world.rng(f"complaint/{key}")
            end = gone.get(key, world.today)
            first = max(world.start, world.customer(key)["since"] or world.start)
            span = max(60, (end - first).days)
            for _ in range(1 + (rng.random() < 0.22)):
                kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
                opened = first + rng.randrange(20, max(21, span - 25)) * DAY
                if key in gone and fate == "late":  # he went within three months
                    opened = end - rng.randrange(20, 85) * DAY
                opened = max(opened, bought[key] + 3 * DAY)  # of nothing one does not complain
                rows.append(_complaint(world, rng, key, kind, opened, fate, gone))
    for n, territory in enumerate(sorted(set(DIVERTS.values()))):
        there = [
            r
            for r in world.customers
            if r["kind"] == "dealer" and r["territory"] == territory and r["since"] < world.start
        ]
        for place, row in enumerate(there[1:4]):  # whose goods they are they do not say
            rng = world.rng(f"neighbour/{row['customer']}")
            opened = datetime.date(2025, 4 + 3 * place, 8 + n)
            found = _complaint(world, rng, row["customer"], "neighbour", opened, "late", gone)
            rows.append(found | {"solved": None, "bought_again": True})
    rows.sort(key=lambda row: (row["opened"], row["customer"], row["kind"]))
    result = []
    for n, row in enumerate(rows, 1):
        rng = world.rng(f"words/{world.name}/{n}")
        result.append(
            {"complaint": f"K{n:04d}"} | row | both("words", rng.choice(words[row["kind"]]))
        )
    return result


def _complaint(world, rng, key, kind, opened, fate, gone):
    days = rng.randrange(0, PROMISED) if fate == "soon" else rng.randrange(15, 70)
    solved = opened + days * DAY
    end = gone.get(key, world.today)
    never = fate == "late" and (key in gone or rng.random() < 0.4)
    if solved >= end or never:
        solved = None
    again = (end - opened).days >= 90
    if key not in gone and not again:  # it is too early to tell
        again = None
    return {
        "customer": key,
        "opened": opened,
        "kind": kind,
        "solved": solved,
        "bought_again": again,
    }
