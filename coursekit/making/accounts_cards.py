"""What an account buys of us and of others, and the answers of three scorecards at two dates."""

import datetime

from coursekit.making.accounts_people import ACCOUNTS, DECLINING, WEAK
from coursekit.making.orders import MIX

YEAR = datetime.timedelta(days=364)
PRICE = 3600  # a usual unit, before the skin's scale
_STANDARD = {"G1": 0.16, "G2": 0.14, "G3": 0.15, "G4": 0.14, "G5": 0.21, "G6": 0.18}
_GROWING = {"G1": 0.35, "G2": 0.1, "G3": 0.4, "G4": 0.5, "G5": 0.8, "G6": 0.45}

LEVELS = ("low", "middle", "high")
RELATION = ("buying_frequency", "knowledge", "rapport", "contacts", "range", "price")
RELATION += ("reputation", "finances", "service")
WINNABLE = {  # best answer last
    "difference": ("none", "slight", "clear"),
    "buying_rules": ("rigid", "workable", "flexible"),
    "value_or_price": ("price", "both", "value"),
    "preference": ("against", "neutral", "for_us"),
    "access": ("nobody", "staff", "decider"),
}
COMPETITION = ("fierce", "moderate", "weak")
ATTRACTION = ("growth", "size", "competition", "profitability", "demand", "strategic")
_CODES = (*ATTRACTION, *RELATION, *WINNABLE)
_UNKNOWN = 0.07
# the two that lessons talk about: at the first date, and today where it differs
_SPECIAL = {
    DECLINING: (
        dict.fromkeys(("growth", "size", "profitability", "demand", "strategic"), "high")
        | {"competition": "moderate"}
        | dict.fromkeys(RELATION, "high")
        | {"difference": "clear", "buying_rules": "workable", "value_or_price": "value"}
        | {"preference": "for_us", "access": "decider"},
        {"buying_frequency": "low", "rapport": "low", "contacts": "low", "service": "low"}
        | {"range": "middle", "knowledge": "middle", "price": "middle"}
        | {"preference": "neutral", "access": "staff"},
    ),
    WEAK: (
        dict.fromkeys(("growth", "size", "profitability", "demand"), "high")
        | {"competition": "moderate", "strategic": "high"}
        | dict.fromkeys(RELATION, "low")
        | {"reputation": "middle", "finances": "high", "price": "middle"}
        | {"difference": "clear", "buying_rules": "workable", "value_or_price": "both"}
        | {"preference": "neutral", "access": "staff"},
        {},
    ),
}


def facts(world):
    """One row per account: what it buys of us in two years, its wallet, what may be won or lost.

    Returns
    -------
    list of dict
    """
    now, before = _bought(world, world.today - YEAR), _bought(world, world.today - 2 * YEAR)
    rows = []
    for account in ACCOUNTS:
        rng = world.rng(f"accounts/{account}")
        customer = world.customer(account)
        ours, margin, products = now.get(account, (0, 0, set()))
        earlier = before.get(account, (0, 0, set()))[0]
        wallet = _rounded(customer["size"] * world.money(PRICE) * rng.uniform(0.95, 1.08))
        wallet = max(wallet, _rounded(1.04 * max(ours, earlier)))
        likely = rng.choice((0.15, 0.2, 0.25, 0.3, 0.4))
        declining, weak = account == DECLINING, account == WEAK
        content = {"star": 4.2, "middle": 3.8, "drain": 3.7}.get(world.nature.get(account), 3.4)
        rows.append(
            {
                "customer": account,
                "ours": ours,
                "ours_before": earlier,
                "margin": margin,
                "standard": _STANDARD[customer["segment"]],
                "range_share": round(min(1, len(products) / len(MIX[customer["segment"]])), 2),
                "wallet_low": _rounded(wallet * rng.uniform(0.8, 0.92)),
                "wallet": wallet,
                "wallet_high": _rounded(wallet * rng.uniform(1.1, 1.3)),
                "share_before": round(min(1, earlier / wallet), 3),
                "part_low": round(likely * 0.4, 2),
                "part": 0.4 if weak else likely,
                "part_high": round(0.4 * 1.7 if weak else likely * 1.7, 2),
                "rival": "V2" if declining else rng.choice(("V1", "V1", "V2", "V3", "V4", "V5")),
                "chance_lost": 0.6 if declining else rng.choice((0.03, 0.05, 0.08, 0.12)),
                "saved": rng.choice((0.1, 0.2, 0.3, 0.4)),
                "satisfaction": 3.1 if declining else round(_within(rng.gauss(content, 0.5)), 1),
                "worth_to_them": 70 if weak else rng.randrange(20, 95, 5),
                "values_it": _unsure(rng, 0.72),
                "can_pay": _unsure(rng, 0.78),
            }
        )
    return rows


def _bought(world, since):
    """Amount, margin and products of each account in the year from a day on."""
    cost = {row["product"]: row["unit_cost"] for row in world.products}
    found = {}
    for line in world.tables["orders"]:
        if line["customer"] in ACCOUNTS and since <= line["date"] < since + YEAR:
            amount, margin, products = found.get(line["customer"], (0, 0, set()))
            kept = line["quantity"] - line["returned"]
            earned = kept * (line["unit_price"] - cost[line["product"]])
            amount += kept * line["unit_price"]
            found[line["customer"]] = amount, margin + earned, products | {line["product"]}
    return found


def answers(world):
    """Answers of ``attractiveness``, ``relationship`` and ``winnable``, a year ago and today.

    Returns
    -------
    list of dict
        Two rows per account, by ``date``; what nobody could answer is None.
    """
    rows = []
    for account in ACCOUNTS:
        first = _first(world, account)
        for date in (world.today - YEAR, world.today):
            today = date == world.today
            given = first | (_since(world, account, first) if today else {})
            row = {"customer": account, "date": date}
            rows.append(row | {code: given[code] for code in _CODES})
    return rows


def _first(world, account):
    if account in _SPECIAL:
        return _SPECIAL[account][0]
    rng = world.rng(f"answers/{account}")
    customer = world.customer(account)
    nature = world.nature.get(account)
    large = customer["size"] > 900
    growing = rng.random() < _GROWING[customer["segment"]]
    earning = {"star": (5, 35, 60), "middle": (25, 55, 20)}.get(nature, (55, 35, 10))
    firm = {"star": (10, 34, 56), "middle": (26, 44, 30), "drain": (30, 40, 30)}
    found = {
        "growth": rng.choices(LEVELS, (15, 30, 55) if growing else (45, 40, 15))[0],
        "size": rng.choices(LEVELS, (5, 30, 65) if large else (45, 45, 10))[0],
        "competition": rng.choices(COMPETITION, (45, 38, 17))[0],
        "profitability": rng.choices(LEVELS, earning)[0],
        "demand": rng.choices(LEVELS, (25, 45, 30))[0],
        "strategic": rng.choices(
            LEVELS, (10, 40, 50) if customer["kind"] == "group" else (50, 40, 10)
        )[0],
    }
    weights = firm.get(nature, (58, 32, 10))
    found |= {code: rng.choices(LEVELS, weights)[0] for code in RELATION}
    if nature is None:  # never bought
        found |= {"buying_frequency": "low", "range": "low"}
    likes = (20, 40, 40) if nature else (40, 42, 18)
    found |= {code: rng.choices(best, likes)[0] for code, best in WINNABLE.items()}
    return {code: None if rng.random() < _UNKNOWN else answer for code, answer in found.items()}


def _since(world, account, first):
    """What is answered otherwise today: the special ones as written, others in a place or two."""
    if account in _SPECIAL:
        return _SPECIAL[account][1]
    rng = world.rng(f"answers/today/{account}")
    changed = {}
    for code in rng.sample(RELATION, rng.choice((0, 1, 1, 2))):
        changed[code] = rng.choice(LEVELS)
    for code in [code for code, answer in first.items() if answer is None]:
        if rng.random() < 0.4 and code in RELATION:  # asked in the meantime
            changed[code] = rng.choice(LEVELS)
    return changed


def _rounded(money):
    return int(round(money, -3))


def _within(score):
    return min(5.0, max(1.0, score))


def _unsure(rng, share):
    """Yes or no; None where nobody asked."""
    answer = rng.random() < share
    return None if rng.random() < 0.1 else answer
