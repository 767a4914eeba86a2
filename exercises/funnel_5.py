"""Exercises of funnel.5: lists that are thrown, claims that are checked, months and cycles."""

import functools
import itertools
import pathlib
import tomllib

import numpy as np
import pandas as pd

from coursekit import forecast, funnel, terms, trials
from coursekit.funnel.flow import LEVEL
from coursekit.practice import draws
from coursekit.practice.draws import moved, numbered, pair, picked

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_5_texts.toml").read_text("utf-8"))
TODAY = pd.Timestamp("2026-03-02")
LADDER = funnel.Ladder.load()
CLASSES = ("p25", "p50", "p90")
WAN = 10_000


def _customers(rng, n):
    return [pair(name) for name in rng.sample(TEXTS["customers"], n)]


def _worth(rows):
    """Expected value of rows with ``stage`` and ``amount``, by the method that the lesson uses."""
    stages = pd.Series([row["stage"] for row in rows])
    return forecast.expected_value([row["amount"] for row in rows], LADDER.rates(stages))


# --- guesses


def six_cards(rng, case):
    """The six deals of the lesson, as cards."""
    return {"amounts": [20 * WAN] * 3 + [40 * WAN] * 2 + [10 * WAN],
            "rates": [0.5] * 3 + [0.25] * 2 + [0.9], "mean": 59 * WAN}  # fmt: skip


def months_that_reach(given):
    """Of a hundred months, how many reach the expected value."""
    found = forecast.distribution(given["amounts"], given["rates"])
    return {"months": round(100 * found.at_least(found.mean))}


@functools.cache
def _company():
    from coursekit.case import Case
    from coursekit.plots import past

    case = Case.load()
    dates = past.dated_numbers(case.snapshots, case.deals, case.today)
    quick = past.running_numbers(case.deals, case.today, "2025-12-01", "2025-12-31")
    p50 = funnel.own_rates(case.deal_history, LADDER).loc["p50"]
    return {
        "came_50": float(p50["rate"]),
        "n_50": int(p50["n"]),
        "dated": dates["first_n"],
        "signed": dates["first_signed"],
        "quick_days": quick["median"],
        "old_days": quick["old_median"],
    }


def company(rng, case):
    """What a guess may name of the company."""
    return dict(_company())


def guess_fifty(given):
    """Share won of the ended deals that had come to 50%."""
    return {"came": given["came_50"]}


def guess_dated(given):
    """Deals that were signed in the four weeks for which they were dated."""
    return {"signed": given["signed"]}


def guess_days(given):
    """Days that half of the contracts of the older deals took at least."""
    return {"days": given["old_days"]}


# --- funnel.5.1: three lists


def three_lists(rng, case):
    """Three lists of the same total, at different heights of the ladder."""
    while True:
        total = 20 * rng.randrange(10, 16)
        lists = {}
        for name, stages in (
            ("a", ("appointment", "p25", "p50")),
            ("b", ("p25", "p50", "p90")),
            ("c", ("appointment", "appointment", "p90")),
        ):
            first = 10 * rng.randrange(4, total // 10 - 8)
            second = 10 * rng.randrange(2, (total - first) // 10 - 1)
            amounts = [first, second, total - first - second]
            lists[name] = list(zip(stages, amounts, strict=True))
        rows = [
            {"list": name.upper(), "stage": stage, "amount": amount * WAN}
            for name, deals in lists.items()
            for stage, amount in deals
        ]
        given = {"rows": numbered("r", rows), "total": total * WAN}
        found = list(values_of_lists(given).values())
        if min(abs(x - y) for x, y in zip(found, found[1:] + found[:1], strict=True)) > 8 * WAN:
            return given


def _by_list(given):
    lists = {}
    for row in given["rows"]:
        lists.setdefault(row["list"].lower(), []).append(row)
    return lists


def values_of_lists(given):
    """Expected value of each list."""
    return {name: _worth(rows) for name, rows in _by_list(given).items()}


def mean_percent(given):
    """The mean of the percents is taken times the total."""
    return {
        name: sum(row["amount"] for row in rows)
        * float(np.mean([LADDER.rate(row["stage"]) for row in rows]))
        for name, rows in _by_list(given).items()
    }


def full_amounts(given):
    """Amounts are added as they stand."""
    return {name: sum(row["amount"] for row in rows) for name, rows in _by_list(given).items()}


def met_counts(given):
    """A first appointment is given 25%."""
    return {
        name: _worth([r | {"stage": "p25"} if r["stage"] == "appointment" else r for r in rows])
        for name, rows in _by_list(given).items()
        if any(row["stage"] == "appointment" for row in rows)
    }


def sums_of_lists(given, key):
    """The sums in writing."""
    return {f"sum_{name}": _sum(rows) for name, rows in _by_list(given).items()}


def _sum(rows):
    def written(lang):
        return " + ".join(
            f"{terms.money(row['amount'], lang)} × {LADDER.rate(row['stage']):.0%}" for row in rows
        )

    return {lang: written(lang) for lang in terms.LANGS}


# --- funnel.5.1: what can come


def few_deals(rng, case):
    """Three deals, and five amounts of which some can come and the expected value cannot."""
    while True:
        amounts = sorted(10 * n for n in rng.sample(range(2, 13), 2))
        amounts.append(10 * rng.randrange(14, 31))
        stages = [rng.choice(CLASSES) for _ in amounts]
        if len(set(stages)) < 2:
            continue
        rows = [
            {"customer": name, "stage": stage, "amount": amount * WAN}
            for name, stage, amount in zip(_customers(rng, 3), stages, amounts, strict=True)
        ]
        mean = _worth(rows)
        one, other, large = (row["amount"] for row in rows)
        amounts = {
            "one_small": one if rng.random() < 0.5 else other,
            "both_small": one + other,
            "large_and_one": large + (one if rng.random() < 0.5 else other),
            "expected": mean,
            "half_large": large / 2,
        }
        possible = set(forecast.distribution([one, other, large], 0.5).totals)
        never = {amounts["expected"], amounts["half_large"]}
        if never & possible or len(set(amounts.values())) < 5:
            continue
        options = sorted(amounts.items(), key=lambda item: item[1])
        return {
            "rows": numbered("r", rows),
            "mean": mean,
            "options": [
                {"id": name, "text": {"zh": f"{value / WAN:g}万", "en": f"{value:,.0f}"}}
                for name, value in options
            ],
            "values": amounts,
        }


def can_come(given):
    """The amounts that are a sum of some of the deals."""
    rates = LADDER.rates(pd.Series([row["stage"] for row in given["rows"]]))
    found = forecast.distribution([row["amount"] for row in given["rows"]], rates)
    return [name for name, value in given["values"].items() if value in found.totals]


def expected_comes(given):
    """The expected value is taken for an amount that comes."""
    return [*can_come(given), "expected"]


def halves_come(given):
    """Half a deal is taken for something that can be won."""
    return [*can_come(given), "half_large"]


# --- funnel.5.1: do claims hold

CLAIMS = (0.1, 0.25, 0.5, 0.75, 0.9)
VERDICTS = ("too_high", "fits", "too_low")


def claims_checked(rng, case):
    """Five claims with the ended deals behind them; every verdict at least once."""
    while True:
        cards = []
        for claim in CLAIMS:
            n = rng.choice((12, 18, 30, 48, 80))
            rate = min(0.97, max(0.02, claim + rng.choice((-0.3, -0.2, 0.0, 0.0, 0.05, 0.2, 0.3))))
            won = sum(rng.random() < rate for _ in range(n))
            low, high = (float(end) for end in trials.wilson(won, n, LEVEL))
            cards.append({"claim": claim, "n": n, "won": won, "came": won / n,
                          "low": low, "high": high})  # fmt: skip
        # what stands on the card is rounded: none may hang on the last digit
        close = any(abs(c["claim"] - end) < 0.015 for c in cards for end in (c["low"], c["high"]))
        rng.shuffle(cards)
        given = {"cards": numbered("c", cards), "level": LEVEL}
        lies_off = [c for c in cards if _verdict(c) == "fits" and c["came"] != c["claim"]]
        if not close and set(map(_verdict, cards)) == set(VERDICTS) and lies_off:
            return given


def _verdict(card):
    if card["claim"] > card["high"]:
        return "too_high"
    return "too_low" if card["claim"] < card["low"] else "fits"


def verdicts(given):
    """Where each claim lies to the interval of what came, by `forecast.calibration`."""
    chance = [card["claim"] for card in given["cards"] for _ in range(card["n"])]
    won = [at < card["won"] for card in given["cards"] for at in range(card["n"])]
    table = forecast.calibration(chance, won).table.set_index("chance")
    found = {}
    for card in given["cards"]:
        row = table.loc[card["claim"]]
        fits = not row["off"]
        found[card["id"]] = "fits" if fits else VERDICTS[0 if row["came"] < card["claim"] else 2]
    return found


def dot_decides(given):
    """Whatever came of it, the interval is not looked at."""
    return {
        card["id"]: "too_high" if card["came"] < card["claim"] else "too_low"
        for card in given["cards"]
        if card["came"] != card["claim"]
    }


# --- funnel.5.1: which deal decides

WON_OR_LOST = np.array(list(itertools.product((False, True), repeat=5)))


def deciding_list(rng, case):
    """Five deals of one's own territory, and a target on which one of them decides."""
    own = _own_deals(case)
    for attempt in itertools.count():
        # a territory in which nothing decides but the largest or the surest is not the point
        from_own = len(own) >= 5 and attempt < 400
        rows = rng.sample(own, 5) if from_own else _made_deals(rng)
        total = sum(row["amount"] for row in rows)
        given = {
            "rows": numbered("r", rows),
            "options": [{"id": f"r{n}", "text": row["customer"]} for n, row in enumerate(rows, 1)],
            "target": round(total * rng.uniform(0.25, 0.7) / WAN) * WAN,
        }
        effects = _effects(given)
        first, second = sorted(effects, key=effects.get)[:-3:-1]
        others = {largest_decides(given)[0], surest_decides(given)[0]}
        if effects[first] > effects[second] + 0.05 and first not in others:
            return given


def _effects(given):
    """As `forecast.deciding`, for five deals and without its checks: many are tried."""
    amount = np.array([row["amount"] for row in given["rows"]], float)
    rate = np.array([LADDER.rate(row["stage"]) for row in given["rows"]])
    chance = np.where(WON_OR_LOST, rate, 1 - rate).prod(axis=1)
    reached = chance * (WON_OR_LOST @ amount >= given["target"])
    return {
        row["id"]: reached[won].sum() / p - reached[~won].sum() / (1 - p)
        for row, won, p in zip(given["rows"], WON_OR_LOST.T, rate, strict=True)
    }


def _own_deals(case):
    """Open deals with a percent of the trainee's territory, one per customer."""
    if case is None:
        return []
    deals = case.deals
    deals = deals[deals["stage"].isin(CLASSES) & deals["amount"].notna()]
    names = case.customers.set_index("customer")
    return [
        {
            "customer": {lang: names.loc[deal.customer, f"name_{lang}"] for lang in terms.LANGS},
            "stage": deal.stage,
            "amount": float(deal.amount),
        }
        for deal in deals.drop_duplicates("customer").itertuples()
    ]


def _made_deals(rng):
    return [
        {"customer": name, "stage": rng.choice(CLASSES), "amount": 10 * WAN * rng.randrange(1, 13)}
        for name in _customers(rng, 5)
    ]


def _deciding(given):
    index = [row["id"] for row in given["rows"]]
    amounts = pd.Series([float(row["amount"]) for row in given["rows"]], index)
    rates = LADDER.rates(pd.Series([row["stage"] for row in given["rows"]], index))
    return forecast.deciding(amounts, rates, given["target"], n=5)


def decides(given):
    """The deal whose outcome moves the chance of the target most."""
    return _deciding(given).index[0]


def largest_decides(given):
    """The largest amount is taken."""
    return [max(given["rows"], key=lambda row: row["amount"])["id"]]


def surest_decides(given):
    """The highest class, and of these the largest."""
    rows = given["rows"]
    return [max(rows, key=lambda row: (LADDER.rate(row["stage"]), row["amount"]))["id"]]


def moves_most(given):
    """Whether a deal decides."""
    top = decides(given)
    return {row["id"]: "most" if row["id"] == top else "less" for row in given["rows"]}


def how_it_decides(given, key):
    """The chance of the target with and without the deciding deal, and with the largest."""
    table = _deciding(given)
    names = {row["id"]: row["customer"] for row in given["rows"]}
    top = table.iloc[0]
    largest = largest_decides(given)[0]
    moved_by = table["with"] - table["without"]
    return {
        "deal": names[table.index[0]],
        "won": float(top["with"]),
        "lost": float(top["without"]),
        "largest": names[largest],
        "effect": float(moved_by.iloc[0]),
        "largest_effect": float(moved_by.get(largest, 0.0)),
    }


# --- funnel.5.2: which date, and where from


def which_date(rng, case):
    """Nine sentences with one date each."""
    n = {"contract": 3}
    picks = []
    for kind, pool in TEXTS["date"].items():
        picks += picked(rng, {"is": kind}, pool, n.get(kind, 2))
    return draws.cards(rng, picks, {})


def kind_of_date(given):
    """What each date is the day of."""
    return {card["id"]: card["is"] for card in given["cards"]}


def trial_is_order(given):
    """What is delivered is taken for what is ordered."""
    return moved(given, "is", delivery="contract")


def money_is_order(given):
    """What is paid is taken for what is ordered."""
    return moved(given, "is", money="contract")


def where_from(rng, case):
    """Nine reasons for a date, three of each source."""
    picks = [
        p for kind, pool in TEXTS["source"].items() for p in picked(rng, {"from": kind}, pool, 3)
    ]
    return draws.cards(rng, picks, {})


def source_of_date(given):
    """Whose date it is."""
    return {card["id"]: card["from"] for card in given["cards"]}


def wish_is_plan(given):
    """What we want is taken for what the customer will do."""
    return moved(given, "from", wish="customer")


def no_day_no_month(given):
    """Where the customer has set no day, it is called a wish."""
    return moved(given, "from", cycle="wish")


# --- funnel.5.2: by month

SPANS = {"march": (2, 29), "april": (31, 58), "past": (-40, -3)}


def dated_list(rng, case):
    """Six deals with the day of the contract and the day of delivery."""
    plan = ["march", "march", "april", "april", "past", "none"]
    while True:
        rows = []
        for name, when in zip(_customers(rng, 6), plan, strict=True):
            row = {"customer": name, "stage": rng.choice(CLASSES),
                   "amount": 4 * WAN * rng.randrange(2, 16), "contract": None}  # fmt: skip
            start = TODAY
            if when != "none":
                start = TODAY + pd.Timedelta(days=rng.randrange(*SPANS[when]))
                row["contract"] = str(start.date())
            later = pd.Timedelta(days=rng.randrange(25, 45))
            row["delivery"] = str((max(start, TODAY) + later).date())
            rows.append(row)
        rng.shuffle(rows)
        given = {"rows": numbered("r", rows)}
        key, wrong = by_month(given), by_delivery(given)
        rolled = rolled_on(given)
        if (
            key["march"] != wrong["march"]
            and key["april"] != wrong["april"]
            and (key["march"] != rolled["march"] and key["march"] != key["april"])
        ):
            return given


def _periods(rows, column):
    frame = pd.DataFrame(rows).assign(
        expected_close=pd.to_datetime([row[column] for row in rows]),
        amount=[float(row["amount"]) for row in rows],
    )
    table = forecast.by_period(frame, TODAY, LADDER, periods=3)["shown"]
    return {
        "march": float(table["2026-03"]),
        "april": float(table["2026-04"]),
        "no_month": float(table["overdue"] + table["undated"]),
    }


def by_month(given):
    """Expected value by the month of the contract; what has passed or has no date apart."""
    return _periods(given["rows"], "contract")


def by_delivery(given):
    """Months are taken from the day of delivery."""
    return _periods(given["rows"], "delivery")


def rolled_on(given):
    """Whatever has passed or has no date goes into the present month."""
    found = by_month(given)
    return {"march": found["march"] + found["no_month"], "no_month": 0.0}


def by_amount(given):
    """Amounts are added without their percents."""
    frame = [row | {"stage": "contract"} for row in given["rows"]]
    found = {"march": 0.0, "april": 0.0, "no_month": 0.0}
    for row in frame:
        month = {"2026-03": "march", "2026-04": "april"}.get((row["contract"] or "")[:7])
        past = row["contract"] is None or pd.Timestamp(row["contract"]) < TODAY
        found["no_month" if past else month] += float(row["amount"])
    return found


# --- funnel.5.2: counting those that are not over


BECAME = {"early": "contract", "late": "contract", "lost": "lost", "open": "p50"}
SIGNED = ("第 {days} 天签了", "signed on day {days}")
ENDS = {
    "early": SIGNED,
    "late": SIGNED,
    "lost": ("第 {days} 天丢了", "lost on day {days}"),
    "open": ("还在谈，到今天 {days} 天", "still open, {days} days so far"),
}


def ten_deals(rng, case):
    """Ten deals, all opened at least 100 days ago: signed, lost or still open."""
    while True:
        rows = []
        for kind, n in (("early", rng.randrange(2, 4)), ("late", rng.randrange(1, 3)),
                        ("lost", rng.randrange(2, 4))):  # fmt: skip
            spans = {"early": (45, 85), "late": (94, 118), "lost": (40, 88)}
            for _ in range(n):
                rows.append({"kind": kind, "days": rng.randrange(*spans[kind])})
        rows += [{"kind": "open", "days": rng.randrange(120, 150)} for _ in range(10 - len(rows))]
        for row in rows:
            row["begun"] = max(row["days"], 120) + rng.randrange(0, 12)
            if row["kind"] == "open":
                row["begun"] = row["days"]
            row["what"] = _told(row)
        rng.shuffle(rows)
        names = _customers(rng, 10)
        rows = [{"customer": name, **row} for name, row in zip(names, rows, strict=True)]
        given = {"rows": numbered("r", rows)}
        key = counted(given)
        if all(key != key | slip(given) for slip in (ended_only, late_ones_too)):
            return given


def _told(row):
    """What has become of a deal, in words."""
    return {lang: text.format(days=row["days"]) for lang, text in pair(ENDS[row["kind"]]).items()}


def _deals(given):
    rows = pd.DataFrame(given["rows"])
    created = TODAY - pd.to_timedelta(rows["begun"], unit="D")
    closed = (created + pd.to_timedelta(rows["days"], unit="D")).where(rows["kind"] != "open")
    return pd.DataFrame({"stage": rows["kind"].map(BECAME), "created": created, "closed": closed})


def counted(given):
    """Of all deals: signed by day 90, and still open then."""
    found = forecast.cycle(_deals(given), TODAY)
    return {
        "signed": round(float(found.won_by(90)), 9),
        "open": round(float(found.open_after(90)), 9),
    }


def ended_only(given):
    """Only those that have ended by day 90 are counted."""
    early = sum(row["kind"] == "early" for row in given["rows"])
    lost = sum(row["kind"] == "lost" for row in given["rows"])
    return {"signed": early / (early + lost)}


def late_ones_too(given):
    """Contracts after day 90 are counted as well."""
    won = sum(row["kind"] in ("early", "late") for row in given["rows"])
    return {"signed": won / 10, "open": sum(row["kind"] == "open" for row in given["rows"]) / 10}


def how_many(given, key):
    """Counts for the worked way."""
    kinds = [row["kind"] for row in given["rows"]]
    return {
        "early": kinds.count("early"),
        "lost": kinds.count("lost"),
        "late": kinds.count("late"),
        "still": kinds.count("open"),
        "open_then": kinds.count("late") + kinds.count("open"),
        "survivors": kinds.count("early") / (kinds.count("early") + kinds.count("lost")),
    }


# --- funnel.5.2: the nearest rule

MONTHS = (("9月", "Sep"), ("10月", "Oct"), ("11月", "Nov"), ("12月", "Dec"), ("1月", "Jan"))


def record(rng, case):
    """Five month ends: what came, and what three rules had said.

    One rule is nearest month by month, another in the last month, the third in the sum, where its
    errors cancel.
    """
    while True:
        came = [10 * rng.randrange(8, 21) for _ in MONTHS]
        errors = {
            "nearest": [rng.choice((-1, 1)) * rng.uniform(0.15, 0.3) for _ in MONTHS],
            "last": [rng.choice((-1, 1)) * rng.uniform(0.45, 0.7) for _ in MONTHS[1:]] + [0.03],
            "cancels": [sign * rng.uniform(0.4, 0.6) for sign in (1, -1, 1, -1, 1)],
        }
        names = ["A", "B", "C"]
        rng.shuffle(names)
        said = {
            name: [round(c * (1 + e)) for c, e in zip(came, errors[kind], strict=True)]
            for name, kind in zip(names, errors, strict=True)
        }
        rows = [
            {"month": pair(month), "came": came[at] * WAN,
             **{name.lower(): said[name][at] * WAN for name in sorted(said)}}
            for at, month in enumerate(MONTHS)
        ]  # fmt: skip
        options = [
            {"id": rule, "text": {"zh": f"规则 {rule.upper()}", "en": f"Rule {rule.upper()}"}}
            for rule in "abc"
        ]
        given = {"rows": numbered("r", rows), "options": options}
        off = mean_errors(given)
        best = sorted(off.values())
        rivals = {nearest_last(given)[0], nearest_sum(given)[0]}
        if best[1] - best[0] > 0.12 and len(rivals | {nearest(given)}) == 3:
            return given


def mean_errors(given, key=None):
    """Mean error of each rule without its sign, as a share of what came."""
    rows = given["rows"]
    return {
        rule: float(np.mean([abs(row[rule] / row["came"] - 1) for row in rows]))
        for rule in ("a", "b", "c")
    }


def nearest(given):
    """The rule with the least mean error."""
    off = mean_errors(given)
    return min(off, key=off.get)


def nearest_last(given):
    """The rule that was nearest in the last month."""
    row = given["rows"][-1]
    return [min("abc", key=lambda rule: abs(row[rule] - row["came"]))]


def nearest_sum(given):
    """The rule whose sum is nearest to the sum of what came."""
    total = {name: sum(row[name] for row in given["rows"]) for name in ("a", "b", "c", "came")}
    return [min("abc", key=lambda rule: abs(total[rule] - total["came"]))]


def how_each_errs(given):
    """What each rule is like."""
    found = dict.fromkeys(("a", "b", "c"), "cancels")
    return found | {nearest_last(given)[0]: "last", nearest(given): "nearest"}
