"""Contacts of the key accounts: who decides what, where each stands, who knows whom."""

import datetime

from coursekit.making import deals_steps
from coursekit.making.company import both
from coursekit.making.days import worked

ACCOUNTS = tuple(f"C{n:03d}" for n in range(1, 61))
DECLINING, WEAK = "C001", "C002"  # the one that is going, the one that is worth it and hardly known
# level and role in the decision chain, influence, how likely such a person is known to us
CAST = {
    "top_decider": (9, 0.62), "middle_budget": (6, 0.55), "middle_expert": (5, 0.60),
    "middle_gatekeeper": (4, 0.97), "working_user": (4, 0.80), "working_coach": (2, 0.45),
}  # fmt: skip


def contacts(world):
    """All contacts, the same whoever asks.

    Parameters
    ----------
    world : World

    Returns
    -------
    list of dict
        ``contact customer name_* title_* address_zh level role influence stance met reports_to
        owner last_contact left key``; ``stance`` None where it is not known.
    """
    seen = {row["customer"]: row["date"] for row in world.tables["visits"]}
    rows = []
    for account in ACCOUNTS:
        own = _of(world, account, len(rows))
        _visited(own, seen.get(account))
        rows += own
    return rows


def _visited(rows, day):
    """Whoever was spoken to last was spoken to on the last visit, if not since."""
    there = [row for row in rows if row["met"] and not row["left"]]
    last = max(there, key=lambda row: row["last_contact"])
    last["last_contact"] = max(last["last_contact"], day or last["last_contact"])


def _of(world, account, count):
    rng = world.rng(f"contacts/{account}")
    customer = world.customer(account)
    chosen = [role for role, (_, share) in CAST.items() if rng.random() < share]
    chosen = _special(account, chosen)
    names = _names(rng, world.skin, len(chosen))
    rows, boss = [], None
    for place, (cast, (surname, given)) in enumerate(zip(chosen, names, strict=True)):
        level, role = cast.split("_")
        title = rng.choice(world.skin["accounts"]["titles"][cast])
        key = f"K{count + place + 1:04d}"
        row = {"contact": key, "customer": account}
        row |= both("name", (surname[0] + given[0], f"{given[1]} {surname[1]}"))
        row |= both("title", title[:2]) | {"address_zh": surname[0] + title[2]}
        row |= {"level": level, "role": role}
        row |= {"influence": min(10, max(1, CAST[cast][0] + rng.choice((-1, 0, 0, 1))))}
        row |= _standing(rng, world, customer, level)
        if level == "top" and rng.random() < 0.5:  # chiefs talk to chiefs
            row["owner"] = f"M{int(customer['region'][1:]):02d}"
        row["reports_to"] = boss
        if level == "top":
            boss = key
        row |= {"left": None, "key": (role in ("decider", "gatekeeper", "user"))}
        rows.append(row)
    if account == DECLINING:
        _declining(rows, world)
    if account == WEAK:
        _weak(rows, world)
    return rows


def _special(account, chosen):
    if account == DECLINING:
        return list(CAST)
    if account == WEAK:
        return ["top_decider", "middle_budget", "middle_gatekeeper"]
    return chosen if len(chosen) > 1 else ["middle_gatekeeper", "working_user"]


def _standing(rng, world, customer, level):
    buyer = customer["status"] == "buyer"
    met = level != "top" or rng.random() < (0.75 if buyer else 0.4)
    stance = rng.choices((-1, 0, 1, 2), (10, 28, 42, 20) if buyer else (22, 44, 28, 6))[0]
    ago = rng.randrange(3, 50) if rng.random() < 0.82 else rng.randrange(62, 200)
    last = worked(world.today - datetime.timedelta(days=ago))
    return {
        "stance": stance if met and rng.random() < 0.9 else None,
        "met": met,
        "owner": customer["owner"],
        "last_contact": last if met else None,
    }


def _declining(rows, world):
    """His champion left in October; since then one man is spoken to, and rarely."""
    for row in rows:
        role = row["role"]
        row |= {"stance": {"decider": 0, "gatekeeper": -1, "expert": 0}.get(role, 0), "met": True}
        row["last_contact"] = datetime.date(2025, 10, 9)
        if role == "user":
            row |= {"left": datetime.date(2025, 10, 17), "stance": 2}
        if role == "gatekeeper":
            row["last_contact"] = world.today - datetime.timedelta(days=53)


def _weak(rows, world):
    """Nobody but purchasing was ever spoken to."""
    for row in rows:
        known = row["role"] == "gatekeeper"
        row |= {"met": known, "stance": 0 if known else None}
        row["last_contact"] = world.today - datetime.timedelta(days=24) if known else None


def _names(rng, skin, count):
    return list(
        zip(
            rng.sample(deals_steps.surnames(skin), count),
            rng.sample(skin["names"]["given"], count),
            strict=True,
        )
    )
