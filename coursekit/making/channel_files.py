"""The files on dealers: who they are, what was answered about them, what they are like to meet."""

import datetime

from coursekit.likeness import Kinds
from coursekit.making import channel_cast as cast
from coursekit.making.channel_cast import DAY
from coursekit.making.channel_money import exclusive, term_days
from coursekit.making.spine import both, phone

_LEVELS = ("high", "middle", "low")
# who shows the signs of one type, three or four of them; the others show a few of several
TYPES = {
    "friendly": ("C065", "C103"),
    "hesitant": ("C068", "C116"),
    "stubborn": ("C071", "C093"),
    "know_all": ("C074", "C105"),
    "argumentative": ("C079", "C099"),
    "positive": ("C083", "C113"),
    "silent": ("C088", "C119"),
    "negative": ("C092", "C126"),
}
STAGES = {
    "exploration": ("C066", "C113"),
    "growth": ("C083", "C123"),
    "maturity": ("C062", "C094", "C107"),
    "decline": ("C092", "C130"),
}
BETWEEN = {"C097": ("hesitant", "negative"), "C110": ("stubborn", "argumentative")}
UNWELCOME = {"takes_anything": "C078", "no_funds": "C110", "passive": "C130"}


def accounts(dealers):
    """The account that each dealer pays from, its last digits."""
    found = {key: f"6217 **** {1000 + int(key[1:]) * 37 % 9000:04d}" for key in dealers}
    found[cast.MERGED[0]] = found[cast.MERGES]
    found[cast.NEW_NAME] = found[cast.OLD_NAME]
    return found


def files(world, dealers, bills, income, payers):
    """The dealers' file: one row each."""
    owed = _owed(world, bills, income)
    year = {}
    for bill in bills:
        if bill["date"] > world.today - 366 * DAY:
            year[bill["dealer"]] = year.get(bill["dealer"], 0) + bill["amount"]
    rows = []
    for n, (key, dealer) in enumerate(dealers.items()):
        rng, words = world.rng(f"files/{key}"), world.rng(f"boss/{world.name}/{key}")
        terms = term_days(key)
        limit = year[key] / 365 * (terms + 34) * rng.uniform(1.15, 1.5)
        if key == cast.FRIEND:
            limit = owed[key] / 0.985
        elif key == cast.FULL_AND_SAFE:
            limit = owed[key] / 0.97
        number = {cast.NEW_NAME: cast.OLD_NAME, cast.SON: cast.FATHER}.get(key, key)
        number = cast.BOOKKEEPER[0] if key in cast.BOOKKEEPER else number
        step = 1000 if key in (cast.FRIEND, cast.FULL_AND_SAFE) else 10_000
        customer = world.customer(key)
        rows.append(
            {"dealer": key}
            | {"name_zh": customer["name_zh"], "name_en": customer["name_en"]}
            | both("boss", _boss(world, key, words))
            | {
                "territory": dealer.territory,
                "owner": dealer.owner,
                "since": dealer.opened,
                "phone": phone(61_000_000 + int(number[1:]) * 1313),
            }
            | both("address", _address(world, key, n))
            | {
                "payer": payers[key],
                "term_days": terms,
                "credit_limit": int(-(-limit // step) * step),
                "exclusive": exclusive(key),
                "on_probation": key in (cast.ALWAYS_LATE, "C110"),
                "updated": world.today - rng.choice((20, 45, 80, 130, 200, 300, 480, 700)) * DAY,
            }
        )
    return rows


def answers(world, dealers, bills):
    """What was found out about each dealer, for the scorecards; an empty cell is not known."""
    year, before = {}, {}
    for bill in bills:
        ago = (world.today - bill["date"]).days
        book = year if ago <= 366 else before
        book[bill["dealer"]] = book.get(bill["dealer"], 0) + bill["amount"]
    rows = []
    for key, dealer in dealers.items():
        rng = world.rng(f"answers/{key}")
        good = rng.uniform(0.15, 0.85)
        if key in (cast.FULL_AND_SAFE, cast.RICH_REBATE):
            good = 0.97
        levels = (_drawn(rng, good, _LEVELS) for _ in _LEVELLED)
        level = dict(zip(_LEVELLED, levels, strict=True))
        focus = min(0.95, max(0.12, rng.gauss(0.42, 0.16)))
        wallet_before = min(0.97, focus + rng.uniform(-0.05, 0.05))
        growth = round(rng.gauss(0.18, 0.14), 2)
        if key == cast.ATTACKED:
            focus, wallet_before = 0.34, 0.62
        elif key == cast.SHRINKING:
            focus, wallet_before = 0.66, 0.64
        elif exclusive(key) or key == cast.HIS_ONE_MAKER:
            focus, wallet_before = max(focus, 0.86), 0.85
        arrears = "bad" if key in (cast.FRIEND, cast.ALWAYS_LATE) else _drawn(
            rng, good, ("none", "benign", "bad"))  # fmt: skip
        if key == cast.FULL_AND_SAFE:
            arrears, growth, focus = "none", 0.38, max(focus, 0.55)
        if key == cast.FRIEND:
            growth, focus = 0.04, min(focus, 0.24)
        row = {
            "dealer": key,
            "residence": rng.choices(("local", "moved_in", "temporary"), (80, 15, 5))[0],
            "years": round((world.today - dealer.opened).days / 365 + rng.randrange(0, 4), 1),
            "growth": growth,
            "arrears": arrears,
            "focus": round(focus, 2),
            "diversion": "none",  # as his sales person wrote it
            "strength": level["strength"],
            "service": level["service"],
            "expertise": level["expertise"],
            "ambition": _drawn(rng, good, ("yes", "partly", "no")),
            "drive": level["drive"],
            "rival_goods": "no" if exclusive(key) else "yes",
            **{code: "yes" if key == one else "no" for code, one in UNWELCOME.items()},
            "buying_frequency": level["buying_frequency"],
            "knowledge": level["knowledge"],
            "rapport": "high" if key == cast.FRIEND else level["rapport"],
            "contacts": level["contacts"],
            "range": level["range"],
            "price": level["price"],
            "reputation": level["reputation"],
            "finances": level["finances"],
            "relation_service": level["relation_service"],
            "purchases": int(round(year[key] / focus, -3)),
            "purchases_before": int(round(before.get(key, 0) / wallet_before, -3)),
            "range_share": round(len(dealer.products) / 12 * rng.uniform(1.4, 2.6), 2),
        }
        for column in ("growth", "arrears", "expertise", "drive", "purchases", "rapport"):
            if key not in (cast.FRIEND, cast.FULL_AND_SAFE, cast.ATTACKED, cast.SHRINKING):
                row[column] = None if rng.random() < 0.1 else row[column]
        rows.append(row)
    return rows


def behaviours(world, dealers):
    """What was seen of each dealer: yes, no, or empty where nobody looked."""
    types, stages = Kinds.load("customer_types"), Kinds.load("life_cycle")
    rows = []
    for key in dealers:
        rng = world.rng(f"behaviours/{key}")
        seen = _signs(rng, types, TYPES, key) | _signs(rng, stages, STAGES, key)
        rows.append({"dealer": key} | seen)
    return rows


def training(world, dealers):
    """Who was trained: one course with seats drawn by lot, one that people were picked for."""
    words = world.skin["channel"]
    skill, elite = words["course"], words["elite"]
    rows = []
    for key, dealer in dealers.items():
        if not dealer.course:
            continue
        picked, came = dealer.course == "elite", dealer.course != "not_drawn"
        rows.append(
            {"dealer": key, "course": "elite" if picked else "skills"}
            | both("course", elite if picked else skill)
            | {
                "chosen": "by_us" if picked else "by_lot",
                "came": came,
                "date": cast.COURSE_DAY + 7 * picked * DAY if came else None,
                "people": world.rng(f"training/{key}").randrange(1, 5) if came else None,
                "hours": (21 if picked else 14) if came else None,
            }
        )
    return rows


def promotions(world, dealers):
    """Agreed promotions and how much of each was done."""
    words = world.skin["channel"]["promotions"]
    rows = []
    for key, dealer in dealers.items():
        rng = world.rng(f"promotions/{key}")
        usual = rng.uniform(0.45, 0.95)
        for quarter in range(8):
            day = world.start + (quarter * 91 + rng.randrange(10, 80)) * DAY
            if day >= dealer.opened and rng.random() < 0.75:
                pick = rng.randrange(len(words))
                done = min(1.0, max(0.0, rng.gauss(usual, 0.12)))
                rows.append(
                    {"dealer": key, "date": day, "promotion": f"A{pick + 1}"}
                    | both("promotion", words[pick])
                    | {"done": round(done, 2)}
                )
    return sorted(rows, key=lambda row: (row["date"], row["dealer"]))


def ratings(world, sold):
    """What shops say of their dealer, 1 to 5, once a year."""
    pairs = sorted({(row["outlet"], row["dealer"]) for row in sold})
    rows = []
    for year in (2024, 2025):
        for outlet, key in pairs:
            rng = world.rng(f"ratings/{year}/{outlet}/{key}")
            usual = world.rng(f"ratings/{key}").uniform(2.9, 4.6)
            if rng.random() < 0.7:
                rating = min(5, max(1, round(rng.gauss(usual, 0.7))))
                day = datetime.date(year, 11, 3) + rng.randrange(20) * DAY
                rows.append({"outlet": outlet, "dealer": key, "date": day, "rating": rating})
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["outlet"]))


def candidates(world, dealers):
    """Who could become a dealer: what was found out before the first delivery."""
    rows = []
    for territory in sorted({dealer.territory for dealer in dealers.values()}):
        for _ in range(world.rng(f"candidates/{territory}").randrange(2, 4)):
            n = len(rows) + 1
            rng, words = world.rng(f"candidate/{n}"), world.rng(f"candidate/{world.name}/{n}")
            good = rng.uniform(0.5, 0.95)
            entry = {code: _drawn(rng, good, ("good", "fair", "poor")) for code in _ENTRY}
            entry[rng.choice(_ENTRY)] = "fair"
            if territory == cast.NO_BENCH:  # one poor, one about whom nobody asked
                entry["reputation"] = "poor" if n % 2 else "unknown"
            elif rows and rows[-1]["territory"] != territory:
                entry = dict.fromkeys(_ENTRY, "good") | {"funds": "fair"}
            surname, given = (words.choice(world.skin["names"][k]) for k in ("surnames", "given"))
            ending = words.choice(world.skin["kinds"]["dealer"])
            rows.append(
                {"candidate": f"N{n:02d}"}
                | both("name", (surname[0] + given[0] + ending[0],
                                f"{given[1]} {surname[1]} {ending[1]}"))
                | {"territory": territory}
                | entry
                | {code: _drawn(rng, good, _LEVELS) for code in ("strength", "service",
                                                                 "expertise", "drive")}
                | {"ambition": _drawn(rng, good, ("yes", "partly", "no")),
                   "rival_goods": rng.choice(("yes", "no"))}
                | {code: "yes" if rng.random() < 0.06 else "no" for code in UNWELCOME}
            )  # fmt: skip
    return rows


_LEVELLED = (
    "strength", "service", "expertise", "drive", "buying_frequency", "knowledge", "rapport",
    "contacts", "range", "price", "reputation", "finances", "relation_service",
)  # fmt: skip
_ENTRY = ("character", "ability", "reputation", "funds")


def _drawn(rng, good, answers):
    """One of three answers, the first the likelier the better somebody is."""
    return rng.choices(answers, (good, (1 - good) * 0.7, (1 - good) * 0.3))[0]


def _signs(rng, kinds, groups, key):
    """Each sign yes, no or not looked at: a clear case, one between two types, or anybody."""
    kind = next((code for code, keys in groups.items() if key in keys), None)
    few = rng.random() < 0.25
    if kind:
        signs = kinds.kind(kind).signs
        missing = {rng.choice(signs)} if len(signs) > 3 else set()
        return {s: "no" if s not in signs or s in missing else "yes" for s in kinds.signs}
    if key in BETWEEN and BETWEEN[key][0] in groups:
        half = [sign for code in BETWEEN[key] for sign in kinds.kind(code).signs[:3]]
        return {s: "yes" if s in half else None for s in kinds.signs}
    yes, no = (0.03, 0.2) if few else (0.16, 0.6)
    weights = (yes, no, 1 - yes - no)
    return {s: rng.choices(("yes", "no", None), weights)[0] for s in kinds.signs}


def _owed(world, bills, income):
    owed = {}
    for bill in bills:
        owed[bill["dealer"]] = owed.get(bill["dealer"], 0) + bill["amount"]
    for row in income:
        owed[row["dealer"]] -= row["amount"]
    return owed


def _boss(world, key, rng):
    names = world.skin["names"]
    surname = rng.choice(names["surnames"])
    if key in (*cast.NAMESAKES, cast.SON, cast.FATHER):
        surname = names["surnames"][4 if key in cast.NAMESAKES else 9]
    given = names["given"][(int(key[1:]) * 7) % len(names["given"])]
    return surname[0] + given[0], f"{given[1]} {surname[1]}"


def _address(world, key, n):
    words = world.skin["channel"]
    place = next(t for t in world.territories if t["territory"] == world.customer(key)["territory"])
    if key in cast.HALL:
        return tuple(place[f"name_{lang}"] + gap + text for lang, gap, text in zip(
            ("zh", "en"), ("", ", "), words["hall"], strict=True))  # fmt: skip
    street, number = words["streets"][n % len(words["streets"])], 3 + n * 7 % 190
    return (
        f"{place['name_zh']}{street[0]}{number}号",
        f"{number} {street[1]}, {place['name_en']}",
    )
