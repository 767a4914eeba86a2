"""Who there is in the running case: products, places and people, in the words of a skin.

What a table shows stands in the lists; what only the makers of tables may know (skills, what kind
of customer somebody really is, how much he buys a year) stands beside them and is written nowhere.
"""

import datetime
import random

from coursekit.making import skins
from coursekit.making.company import SEED, STAGES, START, TODAY, World, both, phone
from coursekit.making.customers import DEALERS, KEY_ACCOUNTS, customers

__all__ = [
    "DEALERS",
    "KEY_ACCOUNTS",
    "SEED",
    "STAGES",
    "START",
    "TODAY",
    "World",
    "both",
    "phone",
    "spine",
]

# life cycle, line, role, list price, floor, ceiling and cost (shares of the list price), launched
_PRODUCTS = {
    "P01": ("maturity", "L1", "continuing", 3400, 0.93, 1.04, 0.85, (2011, 3, 1)),
    "P02": ("maturity", "L1", "continuing", 3600, 0.93, 1.04, 0.83, (2012, 9, 1)),
    "P03": ("growth", "L1", "lead", 6800, 0.92, 1.06, 0.74, (2022, 5, 1)),
    "P04": ("growth", "L1", "lead", 4600, 0.92, 1.06, 0.77, (2022, 9, 1)),
    "P05": ("maturity", "L2", "continuing", 3100, 0.94, 1.03, 0.86, (2013, 4, 1)),
    "P06": ("maturity", "L2", "continuing", 3500, 0.94, 1.03, 0.86, (2014, 6, 1)),
    "P07": ("decline", "L2", "continuing", 3050, 0.90, 1.02, 0.87, (2009, 8, 1)),
    "P08": ("growth", "L3", "lead", 4100, 0.92, 1.06, 0.76, (2023, 3, 1)),
    "P09": ("maturity", "L3", "continuing", 4900, 0.93, 1.05, 0.81, (2015, 2, 1)),
    "P10": ("decline", "L4", "continuing", 5600, 0.90, 1.02, 0.83, (2008, 5, 1)),
    "P11": ("maturity", "L4", "lead", 9800, 0.91, 1.06, 0.72, (2016, 10, 1)),
    "P12": ("exploration", "L4", "new", 13800, 0.90, 1.08, 0.66, (2025, 3, 3)),
}


def spine(name):
    """The company before anything happens: a World with the five tables of the spine."""
    skin = skins.load(name)
    buyers, nature, volume = customers(skin)
    people = _salespeople(skin, buyers, volume)
    regions = [
        {"region": f"R{n}"} | both("name", pair) for n, pair in _numbered(skin["places"]["regions"])
    ]
    territories = [
        {"territory": f"T{n:02d}", "region": f"R{(n + 5) // 6}"} | both("name", pair)
        for n, pair in _numbered(skin["places"]["territories"])
    ]
    segments = [
        {"segment": key} | both("name", words["name"]) for key, words in skin["segments"].items()
    ]
    products = _products(skin)
    tables = {
        "products": products,
        "regions": regions,
        "territories": territories,
        "salespeople": people + _managers(skin),
        "segments": segments,
        "customers": buyers,
    }
    return World(
        name, skin, products, regions, territories, people, buyers, _skill(people), nature,
        volume, tables,
    )  # fmt: skip


def _numbered(items):
    return enumerate(items, 1)


def _products(skin):
    rows = []
    for product, (cycle, line, role, price, floor, ceiling, cost, launched) in _PRODUCTS.items():
        words = skin["products"][product]
        listed = round(price * skin["price_scale"])
        rows.append(
            {"product": product}
            | both("name", words["name"])
            | {"line": line}
            | both("line", skin["lines"][line])
            | both("unit", skin["units"][words["unit"]])
            | {
                "life_cycle": cycle,
                "role": role,
                "list_price": listed,
                "floor_price": round(listed * floor),
                "ceiling_price": round(listed * ceiling),
                "unit_cost": round(listed * cost),
                "launched": datetime.date(*launched),
            }
        )
    return rows


def _salespeople(skin, customers, volume):
    rng = random.Random(f"{SEED}/salespeople")
    rows = []
    for n, pair in _numbered(skin["people"]["salespeople"]):
        key = f"S{n:02d}"
        joined = datetime.date(
            rng.randrange(2012, 2024), rng.randrange(1, 13), rng.randrange(1, 28)
        )
        if key == "S19":
            joined = datetime.date(2025, 11, 17)
        units = sum(volume.get(c["customer"], 0) for c in customers if c["owner"] == key)
        target = max(300_000, units * 3700 / 4 * rng.uniform(0.96, 1.12)) * skin["price_scale"]
        rows.append(
            {"salesperson": key}
            | both("name", pair)
            | {
                "region": f"R{(n + 5) // 6}",
                "joined": joined,
                "left": None,
                "quarter_target": round(target, -4),
                "role": "rep",
            }
        )
    return [row | {"quarter_target": int(row["quarter_target"])} for row in rows]


def _managers(skin):
    """Four regional managers, and one who left."""
    when = ((2013, 2), (2015, 6), (2025, 7), (2016, 3), (2014, 9))
    regions = ("R1", "R2", "R3", "R4", "R3")
    return [
        {"salesperson": f"M{n:02d}"}
        | both("name", pair)
        | {
            "region": regions[n - 1],
            "joined": datetime.date(*when[n - 1], 14),
            "left": datetime.date(2025, 6, 30) if n == 5 else None,
            "quarter_target": None,
            "role": "manager",
        }
        for n, pair in _numbered(skin["people"]["managers"])
    ]


def _skill(people):
    """How likely each brings a deal on, per stage; some are good early, some late."""
    usual = dict(zip(STAGES, (0.55, 0.62, 0.62, 0.60, 0.78), strict=True))
    skill = {}
    for person in people:
        rng = random.Random(f"{SEED}/skill/{person['salesperson']}")
        lean = rng.uniform(-0.09, 0.09)  # above 0: strong at the close, weak at the door
        skill[person["salesperson"]] = {
            stage: round(min(0.92, usual[stage] + lean * (place - 2) / 2 + rng.gauss(0, 0.03)), 3)
            for place, stage in enumerate(STAGES)
        }
    return skill
