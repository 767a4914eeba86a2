"""The work on accounts: what goes into each, promises, product trials, talks written down."""

import datetime

from coursekit.making.accounts_people import ACCOUNTS, DECLINING, WEAK
from coursekit.making.company import both
from coursekit.making.days import worked

# quantity a year at a usual account, and what a unit costs in yuan
INPUTS = {
    "time": (70, 120), "visits": (22, 260), "marketing": (6, 900), "proposals": (2, 1800),
    "technicians": (36, 220), "seniors": (4, 800), "materials": (10, 60), "samples": (8, 150),
    "demonstrations": (2, 2600), "opportunity": (24, 90), "risk": (9000, 1),
}  # fmt: skip
DEPARTMENTS = ("sales", "technical", "production", "logistics", "finance", "quality")
# who does each promise, who answers for it, who is asked, who is told
_PROMISES = {
    "delivery": {"R": "logistics", "A": "sales", "I": "finance"},
    "trial": {"R": "technical", "A": "sales", "C": "production"},
    "formula": {"R": "technical", "A": "technical", "C": "quality", "I": "sales"},
    "complaint": {"R": "quality", "A": "sales", "C": "production"},
    "terms": {"R": "finance", "A": "finance", "C": "sales"},
    "joint": {"R": "technical", "A": "technical", "C": "production", "I": "sales"},
}
PROMISED = ("C001", "C003", "C004", "C005")
# each talk: the stage of the deal that it is about, and the segment whose words it speaks
_TALKS = {
    "tells_all": ("appointment", "G1"), "asks_first": ("appointment", "G1"),
    "argues_price": ("lost", "G1"), "prevents_price": ("p50", "G1"),
    "phones_well": ("opportunity", "G3"), "phones_badly": ("opportunity", "G3"),
    "no_step": ("p50", "G1"), "asks_for_step": ("p50", "G1"),
    "hears_silence": ("contract", "G1"), "finds_decider": ("p25", "group"),
}  # fmt: skip


def inputs(world):
    """What went into each account in the year; some inputs nobody wrote down."""
    rows = []
    for account in ACCOUNTS:
        rng = world.rng(f"inputs/{account}")
        level = {"star": 0.9, "middle": 1.0, "drain": 1.7}.get(world.nature.get(account), 0.6)
        level *= {DECLINING: 1.2, WEAK: 0.5}.get(account, 1)
        for activity, (usual, _) in INPUTS.items():
            quantity = usual * level * rng.uniform(0.5, 1.5)
            if activity == "risk":
                quantity = world.money(quantity)
            if quantity >= 1 and rng.random() < 0.94:
                rows.append(
                    {"customer": account, "activity": activity, "quantity": round(quantity)}
                )
    return rows


def prices(world):
    """Cost of a unit of each of the eleven inputs; risk is money already."""
    return [
        {"activity": activity, "price": price if activity == "risk" else world.money(price)}
        for activity, (_, price) in INPUTS.items()
    ]


def promises(world):
    """Who does what we promised; for the declining account nobody answers for complaints."""
    words = world.skin["accounts"]
    rows = []
    for account in PROMISED:
        for task, roles in _PROMISES.items():
            given = dict(roles)
            if account == DECLINING and task == "complaint":
                del given["A"]
            if account == DECLINING and task == "delivery":
                given["A2"] = "logistics"
            for role, department in given.items():
                person = _colleague(world, department)
                row = {"customer": account, "task": task} | both("task", words["promises"][task])
                row |= {"role": role[0], "department": department}
                rows.append(row | both("person", person))
    return rows


def _colleague(world, department):
    """A person of a department, the same one for every promise; of sales the star himself."""
    if department == "sales":
        star = next(p for p in world.salespeople if p["salesperson"] == "S07")
        return star["name_zh"], star["name_en"]
    rng = world.rng(f"colleague/{department}")
    surname = rng.choice(world.skin["names"]["surnames"])
    given = rng.choice(world.skin["names"]["given"])
    return surname[0] + given[0], f"{given[1]} {surname[1]}"


def trials(world):
    """Product trials in deals that came to 50%: those that the customer kept himself sell."""
    reached = {}
    for entry in world.tables["deal_history"]:
        reached.setdefault(entry["deal"], {})[entry["stage"]] = entry["date"]
    rows = []
    for deal in world.tables["deals"]:
        rng = world.rng(f"trials/{deal['deal']}")
        days = reached[deal["deal"]]
        if "p50" not in days or rng.random() < 0.45:
            continue
        kept = {"contract": 0.80, "lost": 0.38}.get(deal["stage"], 0.6)
        by_customer = rng.random() < kept
        good = {"contract": 0.9, "lost": 0.45}.get(deal["stage"], 0.6)
        gain = abs(rng.gauss(4.2, 1.4)) if rng.random() < good else rng.gauss(0.2, 0.9)
        began = days["p25"] + datetime.timedelta(days=rng.randrange(2, 8))
        ended = max(began + datetime.timedelta(days=10), days["p50"])
        if ended >= (deal["closed"] or world.today):
            continue
        sure = gain > 2 and by_customer
        rows.append(
            {
                "deal": deal["deal"],
                "customer": deal["customer"],
                "product": deal["product"],
                "began": began,
                "ended": ended,
                "kept_by_customer": by_customer,
                "gain_percent": round(gain, 1),
                "outcome": "convinced" if sure else "unclear" if gain > 0.8 else "failed",
            }
        )
    rows.sort(key=lambda row: (row["began"], row["deal"]))
    return [{"trial": f"E{number:03d}"} | row for number, row in enumerate(rows, 1)]


def talks(world):
    """Talks that an observer wrote down: about which deal, what for, what came of it."""
    rows, taken = [], set()
    for number, talk in enumerate(world.skin["talks"], 1):
        rng = world.rng(f"talks/{talk['code']}")
        stage, whose = _TALKS[talk["code"]]
        fits = [
            deal
            for deal in world.tables["deals"]
            if deal["stage"] == stage
            and whose in (deal["segment"], world.customer(deal["customer"])["kind"])
            and deal["lost_reason"] in (None, "price")
            and deal["deal"] not in taken
        ]
        deal = rng.choice(fits)
        taken.add(deal["deal"])
        since = (world.today - deal["entered"]).days
        later = 0 if deal["closed"] else rng.randrange(min(since, 10))
        day = worked(deal["entered"] + datetime.timedelta(days=later))
        row = {"talk": f"G{number:02d}", "code": talk["code"], "date": max(day, deal["entered"])}
        row |= {"salesperson": deal["owner"], "customer": deal["customer"], "deal": deal["deal"]}
        rows.append(row | {"aim": talk["aim"], "outcome": talk["outcome"]})
    return rows


def transcripts(world):
    """Every turn of the talks: who spoke, what was said, what the observer marked."""
    speaker = {"s": "seller", "c": "customer"}
    return [
        {"talk": f"G{number:02d}", "turn": turn, "speaker": speaker[who]}
        | both("text", (zh, en))
        | {"acts": acts or None}
        for number, talk in enumerate(world.skin["talks"], 1)
        for turn, (who, zh, en, acts) in enumerate(talk["turns"], 1)
    ]
