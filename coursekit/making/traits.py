"""What is known of farms and groups: answers for the traits card, signs of a life-cycle type.

Built in: who costs more than he brings mostly does not fit; who tries new things buys the new
product.
"""

from coursekit.making.orders import DECLINING
from coursekit.making.serving import nature_of
from coursekit.making.visits import WEAK

_LEVELS = ("high", "middle", "low")
_MATCH = {
    "star": (70, 24, 6),
    "middle": (34, 46, 20),
    "drain": (8, 24, 68),
    "prospect": (30, 40, 30),
}
_COOPERATION = {
    "star": (56, 36, 8),
    "middle": (24, 52, 24),
    "drain": (10, 38, 52),
    "prospect": (24, 46, 30),
}
_PAYS = {
    "star": (82, 16, 2),
    "middle": (60, 32, 8),
    "drain": (22, 46, 32),
    "prospect": (50, 35, 15),
}
_KNOCK_OUTS = {  # bad debt, unlawful wishes, endless claims
    "star": (0.0, 0.0, 0.02),
    "middle": (0.02, 0.01, 0.03),
    "drain": (0.09, 0.05, 0.22),
    "prospect": (0.04, 0.03, 0.04),
}
_UNKNOWN = {"prospect": 0.34}
SIGNS = {
    "exploration": ("visionary", "bears_risk", "thinks_ahead", "goes_to_extremes"),
    "growth": ("clear_need", "leads_the_trade", "first_to_use"),
    "maturity": ("wants_safety", "avoids_risk", "wants_quality", "follows_others"),
    "decline": ("wants_safety", "wants_convenience", "conservative", "late_to_change"),
}
NEW = "P12"


def traits(world, orders):
    """One row per farm or group that buys or is a prospect."""
    sold = _sold(world, orders)
    cuts = _cuts([money for money, *_ in sold.values()])
    rows = []
    for customer in world.customers:
        if customer["kind"] == "dealer" or customer["status"] == "suspect":
            continue
        rows.append(_row(world, customer, sold.get(customer["customer"]), cuts))
    return rows


def _sold(world, orders):
    """Customer -> revenue, margin over it, second year over the first, lines of the new product."""
    cost = {row["product"]: row["unit_cost"] for row in world.products}
    half = world.start.replace(year=world.start.year + 1)
    result = {}
    for line in orders:
        money, margin, years, new = result.get(line["customer"], (0, 0, (0, 0), 0))
        later = line["date"] >= half
        result[line["customer"]] = (
            money + line["amount"],
            margin + line["amount"] - line["quantity"] * cost[line["product"]],
            (years[0] + line["amount"] * (not later), years[1] + line["amount"] * later),
            new + (line["product"] == NEW),
        )
    return result


def _cuts(values):
    ranked = sorted(values)
    return ranked[len(ranked) // 3], ranked[len(ranked) * 2 // 3]


def _level(value, low, high):
    return "high" if value >= high else "middle" if value >= low else "low"


def _row(world, customer, sold, cuts):
    key = customer["customer"]
    rng = world.rng(f"traits/{key}")
    nature = nature_of(world, key) if customer["status"] == "buyer" else "prospect"
    if key in (DECLINING, WEAK):  # the two that lessons talk about are worth having
        nature = "star"
    answers = {"size": None, "margin": None}
    growth = rng.choices(_LEVELS, (28, 44, 28))[0]
    if sold:
        money, margin, (before, after), _ = sold
        answers["size"] = _level(money, *cuts)
        answers["margin"] = _level(margin / money, 0.13, 0.16)
        if before:
            growth = _level(after / before, 0.95, 1.12)
    else:
        answers["size"] = _level(customer["size"], 150, 420)
    answers["match"] = rng.choices(_LEVELS, _MATCH[nature])[0]
    answers["growth"] = growth
    answers["cooperation"] = rng.choices(_LEVELS, _COOPERATION[nature])[0]
    answers["pays"] = rng.choices(("on_time", "late", "very_late"), _PAYS[nature])[0]
    names = ("bad_debt", "unlawful_wish", "endless_claims")
    for name, share in zip(names, _KNOCK_OUTS[nature], strict=True):
        answers[name] = "yes" if rng.random() < share else "no"
    unknown = _UNKNOWN.get(nature, 0.06)
    answers = {name: None if rng.random() < unknown else said for name, said in answers.items()}
    budget = rng.choices(range(1, 13), (4, 2, 6, 2, 2, 6, 2, 2, 8, 22, 28, 16))[0]
    answers["budget_month"] = None if rng.random() < unknown * 2 else budget
    kinds = {"exploration": 8, "growth": 24, "maturity": 46, "decline": 22}
    kind = rng.choices(list(kinds), list(kinds.values()))[0]
    if sold and sold[3] > 1:
        kind = "exploration"
    return {"customer": key} | answers | _signs(rng, kind, unknown)


def _signs(rng, kind, unknown):
    """Signs seen (yes), looked for and not there (no), not looked for (None)."""
    found = {}
    for sign in dict.fromkeys(sign for signs in SIGNS.values() for sign in signs):
        likely = 0.82 if sign in SIGNS[kind] else 0.12
        said = "yes" if rng.random() < likely else "no"
        found[sign] = None if rng.random() < 0.15 + unknown else said
    return found
