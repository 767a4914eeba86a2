"""What serving customers takes, in deliveries, hours and cases, and what a unit of each costs.

Built in: the whale. The best fifth of the customers earn about one and a half times the profit, the
worst three tenths eat about half of it, and those mostly do not fit us.
"""

import datetime
import math

from coursekit.making.spine import both

# cost of one unit in yuan, in the scale of the feed maker
PRICES = {
    "visit_hour": 160,
    "delivery": 260,
    "order_line": 25,
    "rush_delivery": 900,
    "technical_hour": 220,
    "complaint": 2600,
    "sample": 80,
}
# of 1,000 yuan, in any scale: for a month, and once
MONEY_PRICES = {"credit": 6, "dealer_support": 1000}
# cost of serving over margin: what it is like, and how it spreads
_RATIO = {"star": (0.13, 0.30), "middle": (0.89, 0.40), "drain": (1.90, 0.36)}
_DEALER_RATIO = {"star": (0.40, 0.20), "middle": (0.99, 0.20), "drain": (1.24, 0.20)}
# how the part that is not deliveries, lines and visits splits up
_SPLIT = {
    "star": {"technical_hour": 40, "credit": 35, "sample": 15, "complaint": 10},
    "middle": {"technical_hour": 34, "credit": 32, "rush_delivery": 20, "complaint": 14},
    "drain": {"complaint": 30, "rush_delivery": 27, "credit": 25, "technical_hour": 18},
}


def prices(world):
    """The price list of serving: one row per activity."""
    words = world.skin["serving"]
    return [
        {"activity": code}
        | both("name", words[code]["name"])
        | both("unit", words[code]["unit"])
        | {"price": price}
        for code, price in _prices(world).items()
    ]


def _prices(world):
    return {code: world.money(base) for code, base in PRICES.items()} | MONEY_PRICES


def cost_inputs(world, orders, visits, dealer_costs):
    """What was done for each customer that buys, by quarter.

    Parameters
    ----------
    world : World
    orders, visits, dealer_costs : list of dict
        Rows of these tables.

    Returns
    -------
    list of dict
        ``quarter customer activity quantity``.
    """
    unit_cost = {row["product"]: row["unit_cost"] for row in world.products}
    done, margin, days = {}, {}, set()
    for line in orders:
        key, quarter = line["customer"], quarter_of(line["date"])
        kept = line["quantity"] - line["returned"]
        margin.setdefault(key, {}).setdefault(quarter, 0)
        margin[key][quarter] += kept * (line["unit_price"] - unit_cost[line["product"]])
        _add(done, key, quarter, "order_line", 1)
        if (key, line["date"]) not in days:
            days.add((key, line["date"]))
            _add(done, key, quarter, "delivery", 1)
    for visit in visits:
        if visit["customer"] in margin:
            quarter = quarter_of(visit["date"])
            _add(done, visit["customer"], quarter, "visit_hour", visit["hours"])
    for row in dealer_costs:
        _add(done, row["dealer"], quarter_of(row["date"]), "dealer_support", row["amount"] / 1000)
    cost = _prices(world)
    for key, earned in sorted(margin.items()):
        _the_rest(world, done, key, earned, cost)
    return [
        {"quarter": quarter, "customer": key, "activity": activity}
        | {"quantity": round(quantity, 3)}
        for (quarter, key, activity), quantity in sorted(done.items())
        if quantity
    ]


def quarter_of(day):
    """First day of the quarter."""
    return datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def nature_of(world, key):
    """What kind of customer somebody is to serve; dealers have theirs here, who left had none."""
    if key in world.nature:
        return world.nature[key]
    if world.customer(key)["kind"] != "dealer":
        return "middle"
    return world.rng(f"nature/{key}").choices(("star", "middle", "drain"), (20, 52, 28))[0]


def _the_rest(world, done, key, earned, cost):
    """Trouble, credit and advice that bring a customer to what he costs."""
    rng = world.rng(f"serving/{key}")
    nature = nature_of(world, key)
    is_dealer = world.customer(key)["kind"] == "dealer"
    middle, spread = (_DEALER_RATIO if is_dealer else _RATIO)[nature]
    margin = sum(earned.values())
    planned = margin * middle * rng.lognormvariate(0, spread)
    spent = sum(
        done.get((quarter, key, activity), 0) * cost[activity]
        for quarter in earned
        for activity in ("visit_hour", "delivery", "order_line", "dealer_support")
    )
    rest = max(0.0, planned - spent)
    split = {name: part * rng.uniform(0.5, 1.5) for name, part in _SPLIT[nature].items()}
    for activity, part in split.items():
        whole = rest * part / sum(split.values()) / cost[activity]
        for quarter, money in sorted(earned.items()):
            quantity = whole * max(0, money) / sum(max(0, m) for m in earned.values())
            _add(done, key, quarter, activity, math.floor(quantity + rng.random()))


def _add(done, key, quarter, activity, quantity):
    place = (quarter, key, activity)
    done[place] = done.get(place, 0) + quantity
