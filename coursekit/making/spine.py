"""Who there is in the running case: products, places, people and customers, in the words of a skin.

What a table shows stands in the lists; what only the makers of tables may know (skills, what kind
of customer somebody really is, how much he buys a year) stands beside them and is written nowhere.
"""

import dataclasses
import datetime
import itertools
import random

from coursekit.making import skins

SEED = 20260302
START = datetime.date(2024, 3, 4)
TODAY = datetime.date(2026, 3, 2)  # both Mondays: 104 weeks
STAGES = ("opportunity", "appointment", "p25", "p50", "p90")

KEY_ACCOUNTS, DEALERS = range(1, 61), range(61, 131)
SEGMENTS = ("G1", "G2", "G3", "G4", "G5", "G6")
UNWORKED = "G5"  # a good segment that nobody visits
UNITS_A_YEAR = {"G1": 420, "G2": 130, "G3": 300, "G4": 460, "G5": 420, "G6": 190, "G7": 900}
SOURCES = ("referral", "dealer_hint", "fair", "web", "cold_call", "advert")

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


@dataclasses.dataclass(frozen=True)
class World:
    """One company with all its tables.

    Attributes
    ----------
    name : str
        Of the skin.
    skin : dict
        The skin's file.
    products, regions, territories, salespeople, customers : list of dict
        As they are written, keys the columns; dates as dates, unknown as None. `salespeople` holds
        the 24 reps, the table the managers too.
    skill : dict
        Salesperson -> stage -> how likely he brings a deal of that stage to the next.
    nature : dict
        Buyer -> ``star``, ``middle`` or ``drain``: what is left once he is served.
    volume : dict
        Buyer or dealer -> units he buys from us in a year.
    tables : dict
        Name -> rows, of all domains that have run.
    """

    name: str
    skin: dict
    products: list
    regions: list
    territories: list
    salespeople: list
    customers: list
    skill: dict
    nature: dict
    volume: dict
    tables: dict
    seed: int = SEED
    start: datetime.date = START
    today: datetime.date = TODAY

    def rng(self, name):
        """Random numbers of one table, the same in every skin."""
        return random.Random(f"{self.seed}/{name}")

    def customer(self, number):
        """One customer by his id."""
        return self.customers[int(number[1:]) - 1]

    def money(self, base):
        """An amount in the scale of the skin, whole yuan."""
        return round(base * self.skin["price_scale"])

    def weeks(self):
        """Every Monday from the first to the last before today."""
        return [
            self.start + datetime.timedelta(weeks=n)
            for n in range((self.today - self.start).days // 7)
        ]


def both(key, pair):
    """A text in both languages as two columns."""
    return {f"{key}_zh": pair[0], f"{key}_en": pair[1]}


def phone(number):
    """A number that nobody has: no Chinese mobile begins with 120."""
    return f"120{number:08d}"


def spine(name):
    """The company before anything happens: a World with the five tables of the spine."""
    skin = skins.load(name)
    customers, nature, volume = _customers(skin)
    people = _salespeople(skin, customers, volume)
    regions = [
        {"region": f"R{n}"} | both("name", pair) for n, pair in _numbered(skin["places"]["regions"])
    ]
    territories = [
        {"territory": f"T{n:02d}", "region": f"R{(n + 5) // 6}"} | both("name", pair)
        for n, pair in _numbered(skin["places"]["territories"])
    ]
    products = _products(skin)
    tables = {
        "products": products,
        "regions": regions,
        "territories": territories,
        "salespeople": people + _managers(skin),
        "customers": customers,
    }
    return World(
        name, skin, products, regions, territories, people, customers, _skill(people), nature,
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


def _customers(skin):
    kinds = _kinds()
    names = _names(skin, kinds)
    rows, nature, volume = [], {}, {}
    for number, (kind, segment) in kinds.items():
        key = f"C{number:03d}"
        rng = random.Random(f"{SEED}/customer/{number}")
        status = _status(rng, number, segment)
        owner, territory = _owner(rng, number)
        size = UNITS_A_YEAR[segment] * 2.718281828 ** rng.gauss(0, 0.45)
        if number in KEY_ACCOUNTS:
            size *= 3.2
        if status == "buyer" and kind != "dealer":
            nature[key] = _nature(rng, number)
            share = {"star": 0.62, "middle": 0.30, "drain": 0.24}[nature[key]]
            size *= 1.25 if nature[key] == "star" else 1
            volume[key] = size * share * rng.uniform(0.75, 1.15)
        elif kind == "dealer":
            volume[key] = size * rng.uniform(0.35, 0.7)
        man = _man(rng, status, nature.get(key, ""))
        if None in man.values() and number > 60:
            volume[key] = volume.get(key, 0) * 0.6  # whom nobody asked buys less
        since = _since(rng, status, None in man.values())
        rows.append(
            {"customer": key}
            | both("name", names[number])
            | {
                "kind": kind,
                "status": status,
                "owner": owner,
                "region": f"R{(int(territory[1:]) + 5) // 6}",
                "territory": territory,
                "size": max(10, round(size, -1)),
                "since": since,
                "source": rng.choices(SOURCES, (24, 18, 14, 16, 20, 8))[0],
                "segment": segment,
            }
            | man
        )
    for row in rows:
        row["size"] = int(row["size"])
    return rows, nature, {key: units for key, units in volume.items() if units}


def _kinds():
    """Kind and segment of each customer: number -> (kind, segment)."""
    rng = random.Random(f"{SEED}/kinds")
    result = {}
    for number in range(1, 601):
        if number in DEALERS:
            result[number] = ("dealer", "G7")
        elif number in KEY_ACCOUNTS:
            segment = rng.choices(SEGMENTS, (36, 0, 20, 30, 4, 10))[0]
            result[number] = ("group" if number % 3 == 1 or number == 2 else "farm", segment)
        else:
            segment = rng.choices(SEGMENTS, (20, 32, 15, 11, 10, 12))[0]
            result[number] = ("farm", segment)
    return result


def _names(skin, kinds):
    """A name of its own for each customer."""
    rng = random.Random(f"{SEED}/names/{skin['company']['name'][1]}")
    places, brands = skin["places"]["places"], list(skin["places"]["brands"])
    rng.shuffle(brands)
    brands = iter(brands)
    pools = {}
    names = {}
    for number, (kind, segment) in kinds.items():
        if kind == "group" and (brand := next(brands, None)):
            ending = rng.choice(skin["segments"][segment]["group"])
            names[number] = (brand[0] + ending[0], f"{brand[1]} {ending[1]}")
            continue
        if segment not in pools:
            ends = (
                skin["kinds"]["dealer"] if kind == "dealer" else skin["segments"][segment]["farm"]
            )
            pool = list(itertools.product(places, ends))
            rng.shuffle(pool)
            pools[segment] = iter(pool)
        place, ending = next(pools[segment])
        names[number] = (place[0] + ending[0], f"{place[1]} {ending[1]}")
    return names


def _status(rng, number, segment):
    if number in DEALERS:
        return "buyer"
    if number in KEY_ACCOUNTS:
        return "prospect" if number >= 55 else "buyer"
    weights = (20, 33, 47) if segment != UNWORKED else (62, 32, 6)
    return rng.choices(("suspect", "prospect", "buyer"), weights)[0]


def _owner(rng, number):
    """Who looks after a customer, and the territory he lies in."""
    if number in (1, 2) or number in range(3, 9):
        owner = "S07" if number != 2 else "S03"
    elif number in DEALERS:
        owner = f"S{13 + number % 6}"
        region = 3 if number <= 110 else 1
        return owner, f"T{6 * (region - 1) + 1 + (number * 5 + number // 6) % 6:02d}"
    else:
        weights = {f"S{n:02d}": 24 for n in range(1, 25)}
        weights |= {"S10": 62, "S11": 9, "S12": 9, "S19": 12}
        weights |= {f"S{n}": 8 for n in range(13, 19)}
        if number in KEY_ACCOUNTS:
            weights |= {"S07": 8, "S10": 12, "S19": 0}
        owner = rng.choices(list(weights), list(weights.values()))[0]
    n = int(owner[1:])
    first = 6 * ((n - 1) // 6)
    home = (n - 1) % 6  # most of his customers lie in a territory of his own
    return owner, f"T{first + 1 + (home if rng.random() < 0.7 else rng.randrange(6)):02d}"


def _nature(rng, number):
    if number == 1:
        return "star"
    if number == 2:
        return "middle"
    weights = (44, 30, 26) if number in KEY_ACCOUNTS else (14, 54, 32)
    return rng.choices(("star", "middle", "drain"), weights)[0]


def _man(rng, status, nature):
    """Answers to MAN; the less anybody works a customer, the less is known."""
    unknown = {"star": 0.02, "middle": 0.08, "drain": 0.12}.get(
        nature, {"buyer": 0.06, "prospect": 0.22}.get(status, 0.5)
    )
    good = {"buyer": 0.72, "prospect": 0.42, "suspect": 0.25}[status]
    answers = {
        "money": ("yes", "partly", "no"),
        "authority": ("decides", "influences", "neither"),
        "need": ("strong", "some", "none"),
    }
    result = {}
    for name, (best, middle, least) in answers.items():
        weights = (good, (1 - good) * 0.6, (1 - good) * 0.4)
        answer = rng.choices((best, middle, least), weights)[0]
        result[name] = None if rng.random() < unknown else answer
    return result


def _since(rng, status, unknown):
    """When he came on our list; a buyer long ago, mostly."""
    if status == "buyer" and rng.random() < (0.45 if unknown else 0.86):
        return datetime.date(2012, 1, 5) + datetime.timedelta(days=rng.randrange(4300))
    if status == "buyer":
        return START + datetime.timedelta(days=rng.randrange(20, 560))
    return datetime.date(2023, 6, 1) + datetime.timedelta(days=rng.randrange(990))
