"""Deals of the running case: the funnel lists of 24 people, with all that hangs on a deal."""

import datetime

from coursekit.making import days, deals_life, deals_lists, deals_log, deals_steps, deals_weeks
from coursekit.making.accounts_people import DECLINING, WEAK, contacts
from coursekit.making.company import both
from coursekit.making.orders import MIX

RIVALS = ("V1", "V2", "V3", "V4", "V5")
# how often we win, of what was sold there: the odds that decide which deals were won
_WON_SEGMENT = {"G1": 0.50, "G2": 0.14, "G3": 0.34, "G4": 0.52, "G5": 0.40, "G6": 0.22}
_WON_RIVAL = {None: 0.45, "V1": 0.15, "V2": 0.34, "V3": 0.55, "V4": 0.20, "V5": 0.48}
_MET_RIVAL = {None: 16, "V1": 30, "V2": 16, "V3": 16, "V4": 14, "V5": 8}
# thousands: middle, spread, least, most; and how many people decide
_AMOUNT = {
    "small": (72, 0.28, 35, 125, (1, 2)),
    "medium": (245, 0.30, 140, 520, (2, 4)),
    "large": (1150, 0.28, 720, 2300, (4, 8)),
}
_REASONS = {
    None: {"no_decision": 40, "no_budget": 25, "timing": 20, "trial_failed": 10, "person_left": 5},
    "V1": {"price": 60, "rival": 10, "no_decision": 15, "no_budget": 10, "trial_failed": 5},
    "V2": {"rival": 50, "trial_failed": 25, "no_decision": 20, "person_left": 5},
    "V3": {"rival": 45, "no_decision": 30, "person_left": 25},
    "V4": {"price": 30, "no_budget": 35, "rival": 25, "no_decision": 10},
    "V5": {"no_budget": 40, "price": 30, "timing": 30},
}
_LOST_EARLY = {"timing": 40, "no_budget": 25, "no_decision": 35}
_STAR_ACCOUNTS = ("C003", "C004", "C005", "C006", "C007", "C008")
_FRESH = datetime.timedelta(days=30)  # so long after a contract the first order may be out
_EQUAL = 1_200  # thousands of two deals of the star's, of unlike risk


def tables(world):
    """Deals and their histories, gates, objections, risks, ways to win, prospects, weekly lists."""
    drafts = deals_lists.drafts(world.today) + deals_life.drafts(world)
    drafts.sort(key=lambda draft: (draft.history[0][1], draft.owner, draft.size))
    for draft in drafts:
        draft.history = [(stage, days.worked(day)) for stage, day in draft.history]
    known = {}
    for person in contacts(world):
        known.setdefault(person["customer"], []).append(person)
    _place(drafts, world.today)
    twins = [d for d in drafts if d.owner == "S07" and d.stage in ("p25", "p50")][:2]
    for draft, tag in zip(twins, ("safe", "grave"), strict=True):
        draft.thousands, draft.tag = _EQUAL, tag
    rows = []
    for number, draft in enumerate(drafts, 1):
        rng = world.rng(f"deal/{draft.key}")  # a change of one deal leaves the others alone
        rows.append(_row(world, rng, f"D{number:04d}", draft, known))
    pairs = list(zip(rows, drafts, strict=True))
    log = deals_log.tables(world, pairs)
    return {"deals": rows, **log, "snapshots": deals_weeks.lists(world, pairs, known)}


def _place(drafts, today):
    """Where the two accounts that lessons talk about come in: a late loss, a deal that rests."""
    silent = today - datetime.timedelta(days=56)  # nobody there was spoken to since
    losses = [d for d in drafts if d.owner == "S07" and d.stage == "lost" and len(d.history) > 3]
    losses = [d for d in losses if d.history[-1][1] < silent]
    max(losses, key=lambda draft: draft.history[-1][1]).customer = DECLINING
    stale = [d for d in drafts if d.owner == "S03" and d.stage == "p25" and not d.step]
    max(stale, key=lambda draft: draft.history[-1][1]).customer = WEAK


def _row(world, rng, key, draft, known):
    customer = draft.customer or _customer(world, rng, draft)
    buyer = world.customer(customer)
    first, last = draft.history[0][1], draft.history[-1][1]
    middle, spread, least, most, people = _AMOUNT[draft.size]
    drawn = min(max(middle * 2.718281828 ** rng.gauss(0, spread), least), most)
    product = _product(world, rng, draft, customer)
    words = world.skin["deals"]
    named = world.products[int(product[1:]) - 1]
    title = rng.choice(words["titles"])
    rival = _rival(rng, draft.stage)
    met = dict(reversed(draft.history)).get("appointment")
    row = {"deal": key}
    row |= both("name", [title[n].format(product=named[f"name_{c}"]) for n, c in _languages()])
    row |= {
        "customer": customer,
        "owner": draft.owner,
        "product": product,
        "segment": buyer["segment"],
        "source": buyer["source"],
        "rival": rival,
        "stage": draft.stage,
        "amount": world.money(round((draft.thousands or drawn) * 1000, -3)),
        "size_class": draft.size,
        "people": rng.randint(*people),
        "created": first,
        "appointment": met,
        "entered": last,
        "last_contact": last,
        "expected_close": None,
        "closed": None if draft.is_open else last,
    }
    who = deals_steps.contact(world, key, customer, known)
    if draft.is_open:
        return row | _open(world, rng, draft, who)
    return row | _ended(rng, draft, rival, words)


def _languages():
    return enumerate(("zh", "en"))


_EMPTY = {
    **both("lost_note", (None, None)),
    **both("next_step", (None, None)),
    "next_step_date": None,
    **both("next_step_person", (None, None)),
    "snooze_until": None,
    **both("snooze_reason", (None, None)),
}


def _ended(rng, draft, rival, words):
    row = {"lost_reason": None} | _EMPTY
    if draft.stage == "lost":
        early = draft.history[-2][0] in ("opportunity", "appointment")
        weights = _LOST_EARLY if early else _REASONS[rival]
        reason = rng.choices(tuple(weights), tuple(weights.values()))[0]
        text = rng.choice(words["lost"][reason])
        if draft.customer == DECLINING:
            reason, text = "person_left", words["lost"]["person_left"][0]
        row |= {"lost_reason": reason} | both("lost_note", text)
    return row


def _open(world, rng, draft, who):
    today = world.today
    spoken, written = who
    day = deals_steps.step_day(today, draft.step_days)
    steps = world.skin["deals"]["steps"]
    entered = draft.history[-1][1]
    if draft.step in ("agreed", "before_first", "polite"):
        quiet = rng.randrange(3, 12)
    elif draft.step == "past":
        quiet = max(rng.randrange(4, 14), (today - day).days + 1)
    else:
        quiet = rng.randrange(min(14, (today - entered).days), (today - entered).days + 1)
    contact_day = max(entered, days.worked(today - datetime.timedelta(days=quiet)))
    row = {"last_contact": contact_day, "expected_close": draft.close, "lost_reason": None}
    row |= _EMPTY
    kind = deals_steps.step_kind(draft.step, draft.stage)
    row |= deals_steps.next_step(rng, steps, kind, day, today, spoken)
    row["next_step_date"] = day
    if draft.step in ("own_plan", "vague", "") and rng.random() < 0.6:
        written = (None, None)
    row |= both("next_step_person", written)
    still = (today - entered).days
    if draft.step == "vague" and 60 < still < 120 and rng.random() < 0.3:
        row["snooze_until"] = datetime.date(2026, 5, 11)
        row |= both("snooze_reason", rng.choice(steps["snooze"]))
    return row


def _customer(world, rng, draft):
    """A customer of the owner, likely where we win if it was won; large deals with key accounts."""
    won, far = draft.stage == "contract", len(draft.history) > 2
    pool = []
    for customer in world.customers:
        if customer["owner"] != draft.owner or customer["kind"] == "dealer":
            continue
        if customer["customer"] in (DECLINING, WEAK):  # each has one deal, see _place
            continue
        status = customer["status"]
        if (won and status != "buyer") or (far and status == "suspect"):
            continue
        rate = _WON_SEGMENT[customer["segment"]]
        weight = rate if won else 1 - rate if not draft.is_open else 0.5
        is_key = int(customer["customer"][1:]) <= 60
        weight *= {"large": 12, "medium": 2, "small": 0.3}[draft.size] if is_key else 1
        weight *= 0.35 if status == "suspect" else 1
        weight *= customer["size"] ** {"large": 1.2, "medium": 0.3, "small": 0}[draft.size]
        pool.append((customer["customer"], weight))
    if draft.owner == "S07" and won:
        pool = [(customer, 1) for customer in _STAR_ACCOUNTS]
        found = rng.choice(_STAR_ACCOUNTS)
    else:
        found = _weighted(rng, pool)
    if not _known(world, found, draft):
        again = world.rng(f"deal/{draft.key}/known")
        found = _weighted(again, [pair for pair in pool if _known(world, pair[0], draft)])
    return found


def _weighted(rng, pairs):
    values, weights = zip(*pairs, strict=True)
    return rng.choices(values, weights)[0]


def _known(world, customer, draft):
    """Whether he was on our list when the deal began."""
    return world.customer(customer)["since"] <= draft.history[0][1]


def _product(world, rng, draft, customer):
    """What he may need; of a contract what he went on to buy, unless it is too fresh to tell."""
    first, closed = draft.history[0][1], draft.history[-1][1]
    launched = {p["product"]: p["launched"] for p in world.products}
    mix = MIX[world.customer(customer)["segment"]]
    product = _weighted(rng, [(p, n) for p, n in mix.items() if launched[p] < first])
    if draft.stage != "contract" or world.today - closed < _FRESH:
        return product
    bought = {
        row["product"]
        for row in world.tables["orders"]
        if row["customer"] == customer
        and row["date"] >= closed
        and launched[row["product"]] < first
    }
    if product in bought or not bought:
        return product
    return world.rng(f"deal/{draft.key}/bought").choice(sorted(bought))


def _rival(rng, stage):
    share = {
        "contract": lambda rival: _WON_RIVAL[rival],
        "lost": lambda rival: 1 - _WON_RIVAL[rival],
    }.get(stage, lambda rival: 0.5)
    weights = [n * share(rival) for rival, n in _MET_RIVAL.items()]
    return rng.choices(tuple(_MET_RIVAL), weights)[0]


def funnel_list(deals, customers, salespeople, products, lang):
    """Deals in the columns of the schema ``deals``, so that the funnel's methods take them.

    Parameters
    ----------
    deals, customers, salespeople, products : DataFrame or list of dict
        Tables of the case.
    lang : {"zh", "en"}
        Of names and texts.

    Returns
    -------
    DataFrame
        ``deal_id customer owner owner_id stage amount created entered last_contact expected_close
        closed next_step next_step_date next_step_person snooze_until snooze_reason product``;
        dates as dates, texts missing as None.
    """
    import pandas as pd

    deals = pd.DataFrame(deals)
    names = {
        key: pd.DataFrame(table).set_index(key)[f"name_{lang}"]
        for key, table in (
            ("customer", customers), ("salesperson", salespeople), ("product", products),
        )
    }  # fmt: skip
    found = {
        "deal_id": deals["deal"],
        "customer": deals["customer"].map(names["customer"]),
        "owner": deals["owner"].map(names["salesperson"]),
        "owner_id": deals["owner"],
        "stage": deals["stage"],
        "amount": deals["amount"].astype(float),
    }
    for column in ("created", "entered", "last_contact", "expected_close", "closed"):
        found[column] = pd.to_datetime(deals[column])
    for column in ("next_step", "next_step_person", "snooze_reason"):
        found[column] = deals[f"{column}_{lang}"].astype(object)
    for column in ("next_step_date", "snooze_until"):
        found[column] = pd.to_datetime(deals[column])
    found["product"] = deals["product"].map(names["product"])
    return pd.DataFrame(found)
