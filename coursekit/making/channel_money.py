"""Money between us and the dealers: bills, payments, targets, rebates, what we put in, prices."""

import datetime
import math

from coursekit.making import channel_cast as cast
from coursekit.making.channel_cast import DAY
from coursekit.making.days import worked
from coursekit.making.orders import months
from coursekit.making.spine import both

TERMS = (15, 30, 30, 30, 45)
# reward -> (period, from which attainment which rate); attainment = sales over agreed target
SCHEMES = {
    "month": ("month", ((1.0, 0.005),), ""),
    "quarter": ("quarter", ((0.9, 0.01), (1.0, 0.02), (1.1, 0.03)), ""),
    "year": ("year", ((1.0, 0.01), (1.15, 0.015)), ""),
    "exclusive": ("quarter", ((0.8, 0.01),), "exclusive"),
}
TIERS = (300_000, 600_000, 1_000_000)  # purchases of a quarter at which the volume rate rises
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LIST_SINCE = (
    (datetime.date(2024, 1, 1), 0.97),
    (datetime.date(2025, 1, 1), 0.985),
    (datetime.date(2026, 1, 1), 1.0),
)
_OFFER = ("P06", datetime.date(2025, 9, 1), datetime.date(2025, 9, 30), 0.88)


def term_days(key):
    """Days that a dealer has to pay."""
    return 15 if key == cast.PAYS_AFTER_FESTIVAL else TERMS[int(key[1:]) % len(TERMS)]


def invoices(world, sent):
    """One bill per dealer and month."""
    sums = {}
    for row in sent:
        place = (row["dealer"], row["date"].replace(day=1))
        sums[place] = sums.get(place, 0) + row["amount"]
    rows = []
    for (key, month), amount in sorted(sums.items(), key=lambda item: (item[0][1], item[0][0])):
        day = cast.month_end(month)
        if amount > 0 and day < world.today:
            rows.append(
                {
                    "invoice": f"V{len(rows) + 1:05d}",
                    "dealer": key,
                    "date": day,
                    "due": day + term_days(key) * DAY,
                    "amount": amount,
                }
            )
    return rows


def receipts(world, bills, accounts):
    """What came in, and from whose account."""
    rows = []
    for bill in bills:
        key = bill["dealer"]
        rng = world.rng(f"receipts/{bill['invoice']}/{key}")
        slack = world.rng(f"slack/{key}").choice((0.02, 0.05, 0.1, 0.3))
        late = _days_late(rng, key, bill["due"], slack)
        # part of what he pays comes from the account of one for whom he books
        merged = key == cast.MERGES and bill["date"] >= datetime.date(2025, 10, 31)
        parts = (0.6, 0.4) if rng.random() < 0.15 or merged else (1.0,)
        paid = 0
        for place, part in enumerate(parts):
            if late is None:
                break
            last = place == len(parts) - 1
            amount = bill["amount"] - paid if last else round(bill["amount"] * part)
            day = bill["due"] + (late - 6 * (not last)) * DAY
            paid += amount
            if day < world.today:
                payer = accounts[cast.MERGED[1]] if merged and not last else accounts[key]
                rows.append({"dealer": key, "date": day, "amount": amount, "payer": payer})
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["amount"]))


def targets(world, dealers):
    """What was agreed with each dealer, month by month."""
    price = {row["product"]: row["list_price"] for row in world.products}
    rows = []
    for month in months(world):
        for key, dealer in dealers.items():
            if month < dealer.opened.replace(day=1):
                continue
            rng = world.rng(f"targets/{key}/{month.year}")
            easy = key in (*cast.SPECIAL_PRICE, cast.RICH_REBATE)
            reach = 0.84 if easy else rng.uniform(0.97, 1.14)
            each = sum(part * price[product] for product, part in dealer.parts(month).items())
            usual = dealer.volume / 12 * cast.SEASONS[month.month] * (1 + dealer.growth / 2)
            amount = usual * each * dealer.discount * reach
            rows.append({"dealer": key, "month": month, "amount": round(amount, -2)})
    return [row | {"amount": int(row["amount"])} for row in rows]


def schemes(world):
    """The rewards that every dealer is offered, and the tiers of the volume discount."""
    rows = [
        {"scheme": name, "basis": "attainment", "period": period, "least": least, "rate": rate,
         "only": only or None}
        for name, (period, tiers, only) in SCHEMES.items()
        for least, rate in tiers
    ]  # fmt: skip
    volume = zip(TIERS, (0.005, 0.01, 0.015), strict=True)
    return rows + [
        {"scheme": "volume", "basis": "purchases", "period": "quarter",
         "least": world.money(least), "rate": rate, "only": None}
        for least, rate in volume
    ]  # fmt: skip


def exclusive(key):
    """Whether a dealer sells our goods only."""
    return int(key[1:]) % 6 == 2 or key in (*cast.SPECIAL_PRICE, cast.RICH_REBATE)


def rebates(world, sent, agreed):
    """What each dealer was due per reward and period of 2025, and what was booked."""
    sold, aim = {}, {}
    for row in sent:
        place = (row["dealer"], row["date"].replace(day=1))
        sold[place] = sold.get(place, 0) + row["amount"]
    for row in agreed:
        aim[row["dealer"], row["month"]] = row["amount"]
    keys = sorted({row["dealer"] for row in agreed})
    rows = []
    for name, (period, tiers, only) in SCHEMES.items():
        length = _MONTHS[period]
        for first in range(1, 13, length):
            these = [datetime.date(2025, month, 1) for month in range(first, first + length)]
            for key in keys:
                target = sum(aim.get((key, month), 0) for month in these)
                if not target or (only and not exclusive(key)):
                    continue
                sales = sum(max(0, sold.get((key, month), 0)) for month in these)
                rate = max((r for least, r in tiers if sales / target >= least), default=0)
                due = booked = round(sales * rate)
                if key == cast.FAVOUR and name == "quarter" and first > 6:
                    booked = round(sales * 0.03)
                if key == cast.FORGOTTEN and name == "quarter" and first == 4:
                    booked = 0
                if due or booked:
                    end = cast.month_end(these[-1])
                    rows.append(
                        {"dealer": key, "scheme": name, "period_end": end, "agreed": due,
                         "booked": booked}
                    )  # fmt: skip
    return sorted(rows, key=lambda row: (row["period_end"], row["dealer"], row["scheme"]))


def costs(world, sent, booked):
    """What we put into each dealer, per quarter and kind; rebates when they were booked."""
    words = world.skin["channel"]["costs"]
    sums = {}
    for row in sent:
        quarter = row["date"].replace(day=1, month=(row["date"].month - 1) // 3 * 3 + 1)
        place = (row["dealer"], quarter)
        sums[place] = sums.get(place, 0) + row["amount"]
    paid = {}
    for row in booked:
        end = row["period_end"]
        place = (row["dealer"], end.replace(day=1, month=(end.month - 1) // 3 * 3 + 1))
        paid[place] = paid.get(place, 0) + row["booked"]
    rows = []
    for (key, quarter), sales in sums.items():
        rng = world.rng(f"costs/{key}/{quarter}")
        end = min(cast.month_end(quarter.replace(month=quarter.month + 2)), world.today - DAY)
        spent = {
            "promotion": sales * rng.uniform(0.004, 0.011),
            "staff": sales * rng.uniform(0.008, 0.016),
            "material": sales * rng.uniform(0.001, 0.005),
            # 2024 was booked before the rewards were written down: a flat rate
            "rebate": paid.get((key, quarter), 0) if quarter.year > 2024 else sales * 0.022,
        }
        for kind, amount in spent.items():
            if round(amount) > 0:
                rows.append(
                    {"dealer": key, "date": end, "kind": kind}
                    | both("kind", words[kind])
                    | {"amount": round(amount)}
                )
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["kind"]))


def market(world, sold):
    """Size of the market of each territory, all makers, per month."""
    sums = {}
    for row in sold:
        place = (row["territory"], row["date"].replace(day=1))
        sums[place] = sums.get(place, 0) + row["amount"]
    rows = []
    for place, territory in enumerate(world.territories):
        name = territory["territory"]
        own = [amount for (key, _), amount in sums.items() if key == name]
        rng = world.rng(f"market/{name}")
        level = sum(own) / len(own) if own else world.money(900_000) * rng.uniform(0.6, 1.3)
        share = rng.uniform(0.14, 0.3) if own else 1.0
        for n, month in enumerate(months(world)):
            growth = math.exp((0.02 + 0.004 * (place % 5)) * (n - 12) / 12)
            amount = level / share * cast.SEASONS[month.month] * growth * rng.uniform(0.96, 1.04)
            rows.append({"territory": name, "month": month, "amount": int(round(amount, -3))})
    return rows


def price_list(world):
    """Recommended resale prices and since when; nobody is bound to them."""
    return [
        {"product": row["product"], "since": max(since, row["launched"]),
         "price": round(row["list_price"] * part)}
        for row in world.products
        for since, part in _LIST_SINCE
        if part == 1 or row["launched"] <= since
    ]  # fmt: skip


def specials(world):
    """Offers announced to all dealers."""
    product, start, end, part = _OFFER
    price = next(r["list_price"] for r in world.products if r["product"] == product)
    words = world.skin["channel"]["special"]
    row = {"product": product, "start": start, "end": end, "price": round(price * part)}
    return [row | both("name", words)]


def prices(world, dealers, listed):
    """Prices that our people saw in shops and at dealers in the past year."""
    rows = []
    for key, dealer in dealers.items():
        rng = world.rng(f"prices/{key}")
        seen = [
            (rng.choice(dealer.products), world.today - rng.randrange(3, 330) * DAY, 0.0)
            for _ in range(rng.randrange(9, 15))
        ]
        if key in cast.UNDERCUTS:
            days = [datetime.date(2025, 3 + n, 4 + 3 * n) for n in range(6)]
            seen += [(cast.UNDERCUTS[key], day, -rng.uniform(0.08, 0.12)) for day in days]
        if key in cast.LOW_ONCE:
            seen.append((cast.LOW_ONCE[key], datetime.date(2025, 10, 14), -0.11))
        if key in cast.IN_THE_OFFER:
            seen += [("P06", datetime.date(2025, 9, day), -0.115) for day in (4, 11, 23)]
        if key in cast.MARKET_LOW:
            seen += [
                (cast.MARKET_PRODUCT, datetime.date(2025, month, 6 + int(key[1:]) % 20), -0.09)
                for month in (9, 10, 11, 12)
            ]
        for product, day, gap in seen:
            day = worked(day)
            price = _listed(listed, product, day)
            if price is None or (gap == 0 and _moot(product, day)):
                continue
            gap = gap or rng.uniform(-0.035, 0.03)
            rows.append(
                {"dealer": key, "product": product, "date": day, "price": round(price * (1 + gap)),
                 "territory": dealer.territory, "salesperson": dealer.owner}
            )  # fmt: skip
    return sorted(rows, key=lambda row: (row["date"], row["dealer"], row["product"], row["price"]))


def _moot(product, day):
    """Usual prices are not looked at where an offer runs or the market has slipped."""
    offer = product == _OFFER[0] and _OFFER[1] <= day <= _OFFER[2]
    return offer or (product == cast.MARKET_PRODUCT and day > datetime.date(2025, 8, 31))


def _listed(listed, product, day):
    valid = [r for r in listed if r["product"] == product and r["since"] <= day]
    return max(valid, key=lambda r: r["since"])["price"] if valid else None


def _days_late(rng, key, due, slack):
    """Days after the due date that a bill is paid, below 0 before it; None: not yet."""
    usual = -rng.randrange(0, 9) if rng.random() > slack else rng.randrange(2, 12)
    if key == cast.ALWAYS_LATE:
        return rng.randrange(34, 61)
    if key == cast.LATE_BUT_PAID:
        return rng.randrange(16, 26)
    if key == cast.PAYS_AFTER_FESTIVAL:
        return 24 if due.month == 2 else min(usual, 0)
    if key == cast.DISPUTE and due > datetime.date(2026, 1, 20):
        return None
    if key == cast.FRIEND:
        return rng.randrange(20, 75) if rng.random() < 0.6 else 3
    return usual
