"""Goods on their way: what left for the dealers, what they sold on, where it turned up."""

import datetime
import itertools
import math

from coursekit.making import channel_cast as cast
from coursekit.making.channel_cast import DAY, FORTNIGHT
from coursekit.making.days import worked
from coursekit.making.orders import FESTIVAL, months
from coursekit.making.spine import both

_OUTLET_DAYS = (2, 8, 14, 20, 26)  # when a shop buys in a month, so that a quarter is even
_FOUND_OUTSIDE = 5  # batches of a diverter that were seen in the wrong place


def borders(world):
    """Territories next to each other: along one road through all regions."""
    names = [row["territory"] for row in world.territories]
    return [{"territory": one, "neighbour": other} for one, other in itertools.pairwise(names)]


def outlets(world, dealers):
    """Shops of the territories where there are dealers, bought from us or not."""
    words = world.skin["channel"]["outlets"]
    places = world.skin["places"]["places"]
    pairs = [(place, kind) for kind in words for place in places]
    world.rng(f"outlets/{world.name}").shuffle(pairs)
    served = sorted({dealer.territory for dealer in dealers.values()})
    rows = []
    for territory in served:
        n = 18 if sum(d.territory == territory for d in dealers.values()) > 6 else 11
        for _ in range(n):
            place, kind = pairs[len(rows)]
            rows.append(
                {"outlet": f"O{len(rows) + 1:03d}"}
                | both("name", (place[0] + kind[0], f"{place[1]} {kind[1]}"))
                | {"territory": territory}
            )
    return rows


def shipments(world, dealers):
    """Deliveries to dealers, line by line; returns are negative."""
    prices = {row["product"]: row for row in world.products}
    number = {}
    rows = []
    for dealer in dealers.values():
        rng = world.rng(f"shipments/{dealer.key}")
        day, turn = world.start + dealer.offset * DAY, 0
        while day < world.today:
            units = dealer.taken(day) * rng.uniform(0.9, 1.1)
            parts = dealer.parts(day)
            if dealer.lines == 1:
                one = dealer.products[turn % len(dealer.products)]
                parts = {one: parts[one] * len(parts)}
            back = rng.random() < 0.012
            sent = _before_the_festival(day)
            for place, (product, share) in enumerate(parts.items()):
                part = units * share
                quantity = math.floor(part + rng.random())
                if quantity < 1:
                    continue
                number[product, sent] = number.get((product, sent), 0) + 1
                batch = f"{product[1:]}{sent:%y%m%d}{number[product, sent]:02d}"
                goods = prices[product]
                row = {
                    "date": sent,
                    "dealer": dealer.key,
                    "product": product,
                    "batch": batch,
                    "quantity": quantity,
                    "amount": round(quantity * goods["list_price"] * dealer.discount),
                    "cost": quantity * goods["unit_cost"],
                    "ship_to": f"{dealer.key}-1",
                    "agreed": None,
                }
                rows.append(row)
                if back and place == 0 and quantity > 4 and day + 9 * DAY < world.today:
                    rows.append(_returned(row, math.ceil(quantity * 0.15)))
            day, turn = day + FORTNIGHT, turn + 1
    _elsewhere(world, rows, dealers)
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["product"], row["batch"]))


def sell_out(world, dealers, shops, sent):
    """What dealers sold on to shops, a line per shop and month."""
    home = {}
    for shop in shops:
        home.setdefault(shop["territory"], []).append(shop["outlet"])
    price = {row["product"]: row["list_price"] for row in world.products}
    batches = {}
    for row in sent:
        if row["quantity"] > 0:
            batches.setdefault((row["dealer"], row["product"]), []).append(row)
    rows = []
    for dealer in dealers.values():
        rng = world.rng(f"sell_out/{dealer.key}")
        served = sorted(rng.sample(home[dealer.territory], dealer.outlets))
        shares = [rng.uniform(0.6, 1.4) for _ in served]
        for month in months(world):
            for place, shop in enumerate(served):
                day = month + (_OUTLET_DAYS[place % 5] - 1 + rng.randrange(2)) * DAY
                demand = dealer.demand(day) * 26 / 12
                quantity = demand * shares[place] / sum(shares) * rng.uniform(0.88, 1.12)
                product = dealer.delivered[(place + month.month) % len(dealer.delivered)]
                quantity *= dealer.parts(day)[product] * len(dealer.delivered)
                quantity = math.floor(quantity + rng.random())
                had = [r for r in batches.get((dealer.key, product), ()) if r["date"] <= day]
                if quantity < 1 or day < world.start or not had:
                    continue
                rows.append(
                    {
                        "date": day,
                        "dealer": dealer.key,
                        "outlet": shop,
                        "territory": dealer.territory,
                        "product": product,
                        "batch": had[-1]["batch"],
                        "quantity": quantity,
                        "amount": round(quantity * price[product] * rng.uniform(0.985, 1.01)),
                    }
                )
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["outlet"]))


def batches(world, dealers, shops, sent):
    """Batches that our people read off the goods in shops: whose goods turned up where."""
    rng = world.rng("batches")
    near = {}
    for shop in shops:
        near.setdefault(shop["territory"], []).append(shop["outlet"])
    late = [
        row
        for row in sent
        if row["quantity"] >= 3 and row["date"] > datetime.date(2025, 1, 1)
        and row["date"] < world.today - 25 * DAY and row["agreed"] is None
        and row["dealer"] not in cast.SHARED_BATCH
    ]  # fmt: skip
    own = {key: [row for row in late if row["dealer"] == key] for key in dealers}
    reps = {d.territory: d.owner for d in dealers.values()}
    rows = []

    def find(row, territory, quantity):
        rows.append(
            {
                "date": worked(row["date"] + rng.randrange(6, 24) * DAY),
                "batch": row["batch"],
                "outlet": rng.choice(near[territory]) if territory in near else None,
                "territory": territory,
                "quantity": quantity,
                "salesperson": reps.get(territory, "S09"),
            }
        )

    for key, dealer in dealers.items():
        for row in rng.sample(own[key], min(len(own[key]), rng.randrange(2, 5))):
            find(row, dealer.territory, 1)
    for key, territory in cast.DIVERTS.items():
        for row in rng.sample(own[key], _FOUND_OUTSIDE):
            find(row, territory, max(1, round(row["quantity"] * rng.uniform(0.2, 0.35))))
    for key, territory in (cast.BORDER | cast.NO_DEALER_THERE).items():
        for row in rng.sample(own[key], 4):
            find(row, territory, max(1, round(row["quantity"] * 0.25)))
    for key, territory in cast.STRAY.items():
        find(rng.choice(own[key]), territory, 1)
    for row in sent:
        if row["agreed"]:
            find(row, row["agreed"], max(1, row["quantity"] // 4))
    first, second = cast.SHARED_BATCH
    shared = {row["batch"] for row in sent if row["dealer"] == first}
    shared &= {row["batch"] for row in sent if row["dealer"] == second}
    for batch in sorted(shared):
        row = next(r for r in sent if r["batch"] == batch and r["dealer"] == second)
        find(row, cast.SHARED_FOUND, 1)
    for serial in (71, 72):  # a label that we never printed
        find({"date": datetime.date(2025, 11, 3), "batch": f"01251103{serial}"}, "T17", 2)
    rows.sort(key=lambda row: (row["date"], row["batch"]))
    return [{"find": f"F{n:03d}"} | row for n, row in enumerate(rows, 1)]


def places(dealers):
    """Every yard that belongs to a dealer."""
    return [
        {"dealer": key, "ship_to": f"{key}-{n}"}
        for key in dealers
        for n in range(1, 3 if key == cast.BRANCH else 2)
    ]


def _before_the_festival(day):
    """What would go out while nobody works goes out a week or two earlier."""
    while any(0 <= (day - first).days < days for first, days in FESTIVAL):
        day -= 7 * DAY
    return day


def _returned(row, quantity):
    part = -quantity / row["quantity"]
    return row | {
        "date": row["date"] + 9 * DAY,
        "quantity": -quantity,
        "amount": round(row["amount"] * part),
        "cost": round(row["cost"] * part),
    }


def _elsewhere(world, rows, dealers):
    """Deliveries that do not go to a dealer's own yard, and those that were agreed."""
    prices = {row["product"]: row for row in world.products}
    last_quarter = datetime.date(2025, 10, 1), datetime.date(2025, 12, 31)
    for row in [r for r in rows if r["quantity"] > 0]:
        key, day = row["dealer"], row["date"]
        inside = last_quarter[0] <= day <= last_quarter[1]
        if key in cast.MERGED and inside:
            # what he would have bought himself stands under the other's name
            whole = dealers[key].demand(day) * 0.88
            quantity = round(whole * row["quantity"] / max(1, dealers[key].taken(day)))
            goods = prices[row["product"]]
            rows.append(
                row
                | {
                    "dealer": cast.MERGES,
                    "batch": f"{row['batch'][:-2]}{50 + int(row['batch'][-2:])}",
                    "quantity": quantity,
                    "amount": round(quantity * goods["list_price"] * cast.PRICE_TO_DEALERS),
                    "cost": quantity * goods["unit_cost"],
                }
            )
        elif key == cast.BRANCH and day.day % 2:
            row["ship_to"] = f"{key}-2"
        elif key == cast.FARM and inside and day.month == 11:
            row["ship_to"] = "F-017"
        elif key == cast.FARM_TO_THE_TIER and inside and day.month == 10:
            row["ship_to"] = "F-023"
        if key in cast.AGREED and day.year == 2025 and day.month == 9:
            row["agreed"], row["ship_to"] = cast.AGREED[key], cast.AGREED[key]
    first, second = (
        [r for r in rows if r["dealer"] == key and r["date"] > datetime.date(2025, 9, 1)]
        for key in cast.SHARED_BATCH
    )
    for one in first[:3]:  # one production run on two trucks
        row = next(r for r in second if r["date"] >= one["date"] and r["quantity"] > 0)
        row |= {"batch": one["batch"], "product": one["product"]}
        goods = prices[row["product"]]
        row["amount"] = round(row["quantity"] * goods["list_price"] * cast.PRICE_TO_DEALERS)
        row["cost"] = row["quantity"] * goods["unit_cost"]
