"""Order lines: who buys what, when, how much and at what price.

Built in: seasons by segment, products that grow and decline, a month's sales that follow the
visits of the month before, customers who haggle, two people of R4 with the same year.
"""

import calendar
import datetime
import math

from coursekit.making import effort
from coursekit.making.former import former

# what a segment buys, shares of its volume
MIX = {
    "G1": {"P01": 34, "P02": 20, "P03": 14, "P04": 12, "P10": 8, "P11": 9, "P12": 3},
    "G2": {"P01": 42, "P10": 34, "P02": 8, "P03": 8, "P11": 8},
    "G3": {"P05": 86, "P11": 11, "P12": 3},
    "G4": {"P06": 66, "P07": 26, "P11": 8},
    "G5": {"P08": 85, "P11": 15},
    "G6": {"P09": 92, "P11": 8},
}
# money of the second year over that of the first, by product; P12 began with the second
YEAR_ON_YEAR = {
    **dict.fromkeys(("P01", "P02", "P05", "P06", "P09", "P11"), 1.06),
    **{"P03": 1.52, "P04": 1.46, "P08": 1.42, "P07": 0.76, "P10": 0.70},
}
_STEEPEST = 0.7  # what a product's sales to farms and groups rise or fall by in a year, at most
# volume of a month against an average one, by segment
SEASON = {
    "G1": (1.02, 0.80, 0.86, 0.92, 0.94, 0.94, 0.95, 1.02, 1.12, 1.16, 1.18, 1.09),
    "G2": (0.98, 0.70, 0.82, 0.92, 0.96, 0.98, 0.98, 1.04, 1.14, 1.20, 1.20, 1.08),
    "G3": (1.04, 0.96, 0.98, 0.98, 0.98, 0.96, 0.94, 1.04, 1.06, 1.02, 1.00, 1.04),
    "G4": (1.04, 0.84, 0.94, 1.00, 1.02, 1.00, 0.98, 1.04, 1.08, 1.04, 1.00, 1.02),
    "G5": (1.02, 0.98, 1.00, 0.98, 0.98, 0.96, 0.96, 1.00, 1.02, 1.04, 1.04, 1.02),
    "G6": (0.28, 0.30, 0.62, 1.00, 1.38, 1.62, 1.72, 1.66, 1.40, 0.98, 0.60, 0.44),
}
_HABIT = {  # orders a month, lines an order, discount from and to
    "star": (1.5, 1.5, 0.015, 0.040),
    "middle": (0.85, 1.25, 0.005, 0.035),
    "drain": (1.75, 1.15, 0.045, 0.085),
}
FESTIVAL = ((datetime.date(2025, 1, 27), 9), (datetime.date(2026, 2, 14), 10))
DECLINING, FADES_FROM = "C001", datetime.date(2025, 5, 1)
STEADY, LUCKY = "S21", "S22"  # the same year, and two different years
LUCKY_MONTH = datetime.date(2025, 10, 23)


def months(world):
    """The first day of each month from the first to that of today, today's left out."""
    day = world.start.replace(day=1)
    while day < world.today.replace(day=1):
        yield day
        day = (day + datetime.timedelta(days=31)).replace(day=1)


def lines(world, shipments):
    """Lines of all who buy: farms and groups, and dealers as far as goods were shipped to them."""
    dealers = of_dealers(shipments)
    return direct(world, dealers) + dealers


def direct(world, dealers=()):
    """Lines of all farms and groups that buy; beside `dealers`, products take their course."""
    pace = effort.pace(world)
    made = []
    for key, nature in world.nature.items():
        made += _of_customer(world, world.customer(key), nature, pace, world.volume[key])
    for key, (units, last) in former(world).items():
        own = _of_customer(world, world.customer(key), "middle", pace, units)
        made += [line for line in own if line["date"] <= last]
    owner = {c["customer"]: c["owner"] for c in world.customers}
    _same_year(made, owner, world.products)
    fixed = {c["customer"] for c in world.customers if c["kind"] == "dealer"}
    fixed |= {c for c in owner if owner[c] in (STEADY, LUCKY)}
    for product, ratio in YEAR_ON_YEAR.items():
        sold = [line for line in (*made, *dealers) if line["product"] == product]
        _tilt(world, sold, ratio, fixed)
    return made


def of_dealers(shipments):
    """Lines of dealers: what was delivered to them, less what came back of the same batch."""
    back = {}
    for row in shipments:
        if row["quantity"] < 0:
            place = row["dealer"], row["product"], row["batch"]
            back[place] = back.get(place, 0) - row["quantity"]
    return [
        {
            "date": row["date"],
            "customer": row["dealer"],
            "product": row["product"],
            "quantity": row["quantity"],
            "unit_price": round(row["amount"] / row["quantity"], 2),
            "amount": row["amount"],
            "returned": back.pop((row["dealer"], row["product"], row["batch"]), 0),
        }
        for row in shipments
        if row["quantity"] > 0
    ]


def numbered(made):
    """Orders in the sequence of their days: O00001 is the first; one order may have lines."""
    made.sort(key=lambda line: (line["date"], line["customer"], line["product"]))
    number, last = 0, None
    rows = []
    for line in made:
        this = (line["date"], line["customer"])
        number += this != last
        last = this
        rows.append({"order": f"O{number:05d}"} | line)
    return rows


def _of_customer(world, customer, nature, pace, yearly):
    rng = world.rng(f"orders/{customer['customer']}")
    per_month, per_order, low, high = _HABIT[nature]
    discount = rng.uniform(low, high)
    mix = _own_mix(rng, customer["segment"])
    first = max(world.start, customer["since"] + datetime.timedelta(days=rng.randrange(12, 50)))
    for month in months(world):
        if month < first.replace(day=1):
            continue
        volume = yearly / 12 * SEASON[customer["segment"]][month.month - 1] * pace[month]
        volume *= rng.uniform(0.86, 1.14) * _fading(customer["customer"], month)
        count = max(1, math.floor(per_month * rng.uniform(0.75, 1.25) + rng.random()))
        shares = {product: part * _begun(product, month) for product, part in mix.items()}
        for n in range(count):
            day = _order_day(rng, month, n, count)
            wanted = 1 + (rng.random() < per_order - 1)
            products = _drawn(rng, shares, wanted)
            if day < first or day >= world.today:
                continue
            for product in products:
                part = volume / count / len(products)
                yield _line(world, rng, customer, product, day, part, discount)


def _own_mix(rng, segment):
    """A customer buys two to four of the products of his segment."""
    usual = MIX[segment]
    kept = dict(list(usual.items())[:1])
    for product, share in list(usual.items())[1:]:
        if rng.random() < min(0.85, 0.25 + share / 40):
            kept[product] = share * rng.uniform(0.7, 1.3)
    return kept


def _begun(product, month):
    """P12 came a year ago and is tried by more from month to month."""
    if product != "P12":
        return 1.0
    return max(0.0, (month - datetime.date(2025, 2, 1)).days / 365) * 1.6


def _fading(customer, month):
    if customer != DECLINING or month < FADES_FROM:
        return 1.0
    return max(0.35, 1 - 0.075 * ((month - FADES_FROM).days / 30.4 + 1))


def _order_day(rng, month, n, count):
    """A working day; before the long holiday, not in it."""
    length = calendar.monthrange(month.year, month.month)[1]
    place = (n + rng.random()) / count
    day = month + datetime.timedelta(days=min(length - 1, int(place * length)))
    for first, days in FESTIVAL:
        if 0 <= (day - first).days < days:
            day = first - datetime.timedelta(days=1 + rng.randrange(4))
    if day.weekday() == 6:
        day += datetime.timedelta(days=1 if day.day < length else -1)
    return day


def _drawn(rng, shares, count):
    """Different products, by their shares."""
    left = {product: share for product, share in shares.items() if share > 0}
    found = []
    while left and len(found) < count:
        product = rng.choices(list(left), list(left.values()))[0]
        found.append(product)
        del left[product]
    return found


def _line(world, rng, customer, product, day, units, discount):
    goods = world.products[int(product[1:]) - 1]
    # dear goods are bought in small lots: the money of a line is what a customer has to spend
    quantity = max(1, round(units * 3600 * world.skin["price_scale"] / goods["list_price"]))
    price = round(list_price(goods, day) * (1 - discount + rng.uniform(-0.006, 0.006)))
    back = 0
    if rng.random() < 0.012:
        back = max(1, round(quantity * rng.choice((0.1, 0.2, 0.3, 1))))
    return {
        "date": day,
        "customer": customer["customer"],
        "product": product,
        "quantity": quantity,
        "unit_price": price,
        "amount": quantity * price,
        "returned": min(back, quantity),
    }


def list_price(goods, day):
    """What the list said on a day: it was raised twice."""
    raised = sum(day >= since for since in (datetime.date(2025, 1, 6), datetime.date(2025, 9, 1)))
    return goods["list_price"] * (0.97, 0.985, 1.0)[raised]


def _tilt(world, lines, ratio, fixed):
    """Raise or lower a product's lines evenly over time until its two years have this ratio.

    Those of the customers in `fixed` stay as they are; where they are many, it is not quite
    reached.
    """
    middle = world.start + datetime.timedelta(days=364)
    plain, leaning, moving = [0, 0], [0.0, 0.0], []
    for line in lines:
        year = (line["date"] - middle).days / 364
        plain[year >= 0] += line["amount"]
        if line["customer"] not in fixed:
            leaning[year >= 0] += line["amount"] * year
            moving.append((line, year))
    slope = (ratio * plain[0] - plain[1]) / (leaning[1] - ratio * leaning[0])
    slope = max(-_STEEPEST, min(_STEEPEST, slope))
    for line, year in moving:
        _take(line, line["quantity"] * (1 + slope * year))


def _take(line, quantity):
    """Another quantity at the same price."""
    line["quantity"] = max(1, round(quantity))
    line["amount"] = line["quantity"] * line["unit_price"]
    line["returned"] = min(line["returned"], line["quantity"])


def _same_year(lines, owner, products):
    """Give the lucky one the steady one's 2025, two fifths of it in a single order."""

    def of(person, year=None):
        return [
            line
            for line in lines
            if owner[line["customer"]] == person and year in (None, line["date"].year)
        ]

    target = sum(line["amount"] for line in of(STEADY, 2025))
    usual = sum(line["amount"] for line in of(LUCKY, 2025))
    for line in of(LUCKY):
        _take(line, line["quantity"] * 0.58 * target / usual)
    rest = target - sum(line["amount"] for line in of(LUCKY, 2025))
    largest = max(of(LUCKY, 2025), key=lambda line: (line["amount"], line["date"]))
    price = round(products[0]["list_price"] * 0.985)
    large = {"date": LUCKY_MONTH, "product": "P01", "unit_price": price, "returned": 0}
    lines.append(largest | large)
    _take(lines[-1], rest / price)
