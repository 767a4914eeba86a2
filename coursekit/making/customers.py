"""The six hundred customers: what the list shows of them, and what only the makers know."""

import datetime
import itertools
import random

from coursekit.making.channel_cast import OPENED
from coursekit.making.company import SEED, START, both

KEY_ACCOUNTS, DEALERS = range(1, 61), range(61, 131)
SEGMENTS = ("G1", "G2", "G3", "G4", "G5", "G6")
UNWORKED = "G5"  # a good segment that nobody visits
UNITS_A_YEAR = {"G1": 420, "G2": 130, "G3": 300, "G4": 460, "G5": 420, "G6": 190, "G7": 900}
SOURCES = ("referral", "dealer_hint", "fair", "web", "cold_call", "advert")
# how customers came to us, in the order of the sources: who is sent by others is worth more
_CAME_BY = {
    "star": (50, 20, 8, 10, 8, 4),
    "middle": (26, 22, 14, 16, 16, 6),
    "drain": (12, 14, 18, 22, 20, 14),
    "buyer": (24, 18, 14, 16, 20, 8),
    "prospect": (20, 16, 16, 22, 18, 8),
    "suspect": (6, 8, 18, 18, 36, 14),
}


def customers(skin):
    """Rows of the customers, what kind of customer each buyer is, and units a year."""
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
        if None in man.values() and number > 60 and kind != "dealer":
            volume[key] = volume.get(key, 0) * 0.6  # whom nobody asked buys less
        since = _since(rng, status, None in man.values() and kind != "dealer")
        if kind == "dealer":
            since = OPENED.get(key) or min(since, START - datetime.timedelta(days=90 + number))
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
                "source": rng.choices(SOURCES, _CAME_BY[nature.get(key) or status])[0],
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
