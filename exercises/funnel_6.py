"""Exercises of funnel.6: what varies, and the keys from the functions that the lesson teaches."""

import datetime
import functools
import math
import pathlib
import tomllib

import pandas as pd

from coursekit import funnel, goals, terms
from coursekit.practice import draws

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_6_texts.toml").read_text("utf-8"))
LADDER = funnel.Ladder.load()
TODAY, SINCE = datetime.date(2026, 3, 2), datetime.date(2026, 2, 2)
WAN = 10_000
OPEN = ("appointment", "p25", "p50", "p90")


def _names(rng, number):
    return [draws.pair(both) for both in rng.sample(TEXTS["people"]["names"], number)]


def _customers(rng, number):
    return [draws.pair(both) for both in rng.sample(TEXTS["people"]["customers"], number)]


# --- funnel.6.1: who can be told from the team


@functools.lru_cache(maxsize=1024)
def _conversion(counts):
    """`funnel.conversion` of people of whom only the counts are known."""
    stage = [code for won, n in counts for code in ("contract",) * won + ("lost",) * (n - won)]
    owner = [number for number, (_, n) in enumerate(counts) for _ in range(n)]
    return funnel.conversion(pd.Series(stage), pd.Series(owner))


def _drawn(rng, n, rate):
    return sum(rng.random() < rate for _ in range(n)), n


def who_differs(rng, case):
    """Eight people: one much better, one much worse on many deals, and the rest by luck."""
    while True:
        counts = [
            _drawn(rng, rng.randrange(44, 61), rng.uniform(0.55, 0.7)),
            _drawn(rng, rng.randrange(40, 61), rng.uniform(0.06, 0.15)),
            *(_drawn(rng, rng.randrange(14, 33), 1 / 3) for _ in range(3)),
            *(_drawn(rng, rng.randrange(2, 6), 1 / 3) for _ in range(3)),
        ]
        rng.shuffle(counts)
        table = _conversion(tuple(counts))
        team = table["team"].iloc[0]
        told = (table["low"] > team) | (table["high"] < team)
        near = ((table[["low", "high"]] - team).abs() < 0.01).any(axis=None)
        far = ((table["rate"] - team).abs() > 0.25) & ~told
        if not near and 2 <= told.sum() <= 4 and far.any():
            break
    cards = [
        {
            "name": name,
            "won": int(row["won"]),
            "n": int(row["n"]),
            **{key: round(float(row[key]), 4) for key in ("rate", "low", "high")},
        }
        for name, (_, row) in zip(_names(rng, 8), table.iterrows(), strict=True)
    ]
    return {"team": round(float(team), 4), "cards": draws.numbered("c", cards)}


def apart(given):
    """Above, below, or not to be told: by the interval of `funnel.conversion`."""
    table = _conversion(tuple((card["won"], card["n"]) for card in given["cards"]))
    verdicts = zip(given["cards"], table.itertuples(), strict=True)
    return {
        card["id"]: "above" if row.low > row.team else "below" if row.high < row.team else "unclear"
        for card, row in verdicts
    }


def plain_share(given):
    """The plain share is compared with the team's, and the interval left aside."""
    return {
        card["id"]: "above" if card["rate"] > given["team"] else "below" for card in given["cards"]
    }


def why_apart(given):
    """The verdict, and for those not to be told whether the plain share looks far off."""
    verdicts = apart(given)
    return {
        card["id"]: "few"
        if verdicts[card["id"]] == "unclear" and abs(card["rate"] - given["team"]) > 0.2
        else verdicts[card["id"]]
        for card in given["cards"]
    }


# --- funnel.6.1: at which stage to practise


def strong_stage(rng, case):
    """One person of six, stage by stage; in half of the draws nothing can be told."""
    wanted = rng.choice(("none", "none", "none", *OPEN[1:]))
    usual = {"appointment": 0.86, "p25": 0.8, "p50": 0.6, "p90": 0.78}
    while True:
        rows = []
        for stage in OPEN:
            n = rng.randrange(26, 40) if wanted != "none" else rng.randrange(3, 9)
            rate = usual[stage] - (0.42 if stage == wanted else 0)
            others = [_drawn(rng, rng.randrange(20, 34), usual[stage]) for _ in range(5)]
            rows.append(
                {"stage": stage, "counts": [list(_drawn(rng, n, rate)), *map(list, others)]}
            )
        tables = {row["stage"]: _stage_table(row) for row in rows}
        one = {stage: table.iloc[0] for stage, table in tables.items()}
        below = [stage for stage, row in one.items() if row["high"] < row["team"]]
        near = any(abs(row["high"] - row["team"]) < 0.01 for row in one.values())
        lowest = min(OPEN, key=lambda stage: one[stage]["rate"] - one[stage]["team"])
        looks = one[lowest]["rate"] < one[lowest]["team"] - 0.15
        if below == [code for code in (wanted,) if code != "none"] and not near and looks:
            break
    for row in rows:
        values = one[row["stage"]]
        row["done"] = {
            "zh": f"{int(values['won'])} / {int(values['n'])}",
            "en": f"{int(values['won'])} of {int(values['n'])}",
        }
        row |= {name: round(float(values[name]), 4) for name in ("rate", "team")}
        between = "{} – {}".format(*(terms.percent(values[name]) for name in ("low", "high")))
        row["between"] = {"zh": between, "en": between}
    return {"name": _names(rng, 1)[0], "rows": draws.numbered("r", rows)}


def _stage_table(row):
    return _conversion(tuple(tuple(pair) for pair in row["counts"]))


def stage_to_practise(given):
    """The stage whose interval lies below the team's rate; else none."""
    for row in given["rows"]:
        first = _stage_table(row).iloc[0]
        if first["high"] < first["team"]:
            return [row["stage"]]
    return ["none"]


def lowest_share(given):
    """The stage with the largest plain distance from the team is taken."""
    return [min(given["rows"], key=lambda row: row["rate"] - row["team"])["stage"]]


def lowest_number(given):
    """The lowest rate of all is taken, though that stage is hard for everybody."""
    return [min(given["rows"], key=lambda row: row["rate"])["stage"]]


# --- funnel.6.1: two lists

_KINDS = ("slipped", "slipped", "vanished", "vanished", "moved_up", "moved_up", "new", "same")


def two_lists(rng, case):
    """Eight deals of two lists four weeks apart: of one's own territory, or made up."""
    rows = _own_rows(rng, case) if case is not None else []
    kinds = list(_KINDS)
    for row in rows:
        kinds.remove(row["kind"])
    made = zip(kinds, _customers(rng, len(kinds)), strict=True)
    rows += [_made_row(rng, kind, name) for kind, name in made]
    rng.shuffle(rows)
    return {"since": str(SINCE), "today": str(TODAY), "rows": draws.numbered("r", rows)}


def _made_row(rng, kind, customer):
    place = rng.randrange(1, 3)
    due = SINCE + datetime.timedelta(days=rng.randrange(20, 90))
    row = {
        "kind": kind,
        "customer": customer,
        "amount": WAN * rng.randrange(6, 61),
        "before": OPEN[place],
        "after": OPEN[place + 1] if kind == "moved_up" else OPEN[place],
        "due": str(due),
        "now_due": str(due),
    }
    if kind == "slipped":
        row["now_due"] = str(due + datetime.timedelta(days=rng.randrange(14, 46)))
    if kind == "vanished":
        row["after"] = row["now_due"] = None
    if kind == "new":
        row["before"] = row["due"] = None
        row["after"] = "opportunity"
    return row


def _own_rows(rng, case):
    """Deals of the territory that changed in one way only, no more than wanted of each kind."""
    from coursekit.case import pair

    names = case.customers.set_index("customer")
    lists = {
        day: case.snapshots[case.snapshots["date"] == str(day)].set_index("deal_id")
        for day in (SINCE, TODAY)
    }
    rows = []
    for deal in sorted(set(lists[SINCE].index) | set(lists[TODAY].index)):
        old, new = (lists[day].loc[deal] if deal in lists[day].index else None for day in lists)
        known = old if new is None else new
        row = {
            "customer": pair(names.loc[known["customer"]], "name"),
            "amount": float(known["amount"]),
            **{
                name: None if found is None else found["stage"]
                for name, found in (("before", old), ("after", new))
            },
            **{
                name: None
                if found is None or pd.isna(found["expected_close"])
                else str(found["expected_close"].date())
                for name, found in (("due", old), ("now_due", new))
            },
        }
        rows.append({"kind": "", **row})
    found = _changes(tuple(_flat(row) for row in rows))
    for row, kind in zip(rows, found, strict=True):
        row["kind"] = kind
    rng.shuffle(rows)
    chosen, room = [], list(_KINDS)
    for row in rows:
        if row["kind"] in room and row["before"] != "lost" and row["after"] != "lost":
            room.remove(row["kind"])
            chosen.append(row)
    return chosen


def _flat(row):
    return tuple(row[name] for name in ("amount", "before", "after", "due", "now_due"))


@functools.lru_cache(maxsize=1024)
def _changes(rows):
    """What `funnel.changes` finds for each row; several kinds are joined by a plus."""
    lists = []
    for stage, due in ((1, 3), (2, 4)):
        there = [(place, row) for place, row in enumerate(rows) if row[stage] is not None]
        lists.append(
            pd.DataFrame(
                {
                    "deal_id": [f"D{place}" for place, _ in there],
                    "stage": [row[stage] for _, row in there],
                    "amount": [row[0] for _, row in there],
                    "expected_close": pd.to_datetime([row[due] for _, row in there]),
                }
            )
        )
    found = funnel.changes(*lists, str(SINCE), str(TODAY), LADDER)
    kinds = {
        name: [deal["deal_id"] for deal in found[name]["deals"]]
        for name in ("slipped", "vanished", "moved_up", "moved_down", "new", "won", "lost")
    }
    return tuple(
        "+".join(name for name, deals in kinds.items() if f"D{place}" in deals) or "same"
        for place in range(len(rows))
    )


def kind_of_change(given):
    """What happened to each row."""
    kinds = _changes(tuple(_flat(row) for row in given["rows"]))
    return {row["id"]: kind for row, kind in zip(given["rows"], kinds, strict=True)}


def to_ask_about(given):
    """Deals that slipped or vanished, by `funnel.changes`."""
    return [row for row, kind in kind_of_change(given).items() if kind in ("slipped", "vanished")]


def only_slipped(given):
    """What is not on the list any more is not missed."""
    return [row for row, kind in kind_of_change(given).items() if kind == "slipped"]


def only_vanished(given):
    """A later day is taken for nothing."""
    return [row for row, kind in kind_of_change(given).items() if kind == "vanished"]


# --- funnel.6.2: the year over the quarters


def quarters(rng, case):
    """Two years of a trade with a season, and a target for the third."""
    while True:
        shape = [rng.randrange(12, 19), rng.randrange(24, 32), rng.randrange(30, 40)]
        shape.append(100 - sum(shape))
        years = []
        for size in (rng.randrange(40, 70), rng.randrange(50, 90)):
            parts = [WAN * max(1, round(size * (each + rng.uniform(-3, 3)) / 10)) for each in shape]
            years.append(parts)
        given = {
            "target": WAN * 10 * rng.randrange(60, 121, 5),
            "rows": draws.numbered(
                "r",
                [
                    {
                        "year": year,
                        **{f"q{q}": part for q, part in enumerate(parts, 1)},
                        "total": sum(parts),
                    }
                    for year, parts in zip((2024, 2025), years, strict=True)
                ],
            ),
        }
        key, even, last = (one(given) for one in (by_season, evenly, last_year_only))
        fits = shape[3] > 10 and all(
            abs(key[name] - other[name]) > 4 * WAN
            for name in ("first", "third")
            for other in (even, last)
        )
        if fits:
            return given


@functools.lru_cache(maxsize=1024)
def _split(target, years):
    """`funnel.split_target` over the `funnel.season` of whole years of contracts."""
    contracts = pd.DataFrame(
        [
            (pd.Timestamp(year, 3 * quarter - 1, 15), float(part))
            for year, parts in years
            for quarter, part in enumerate(parts, 1)
        ],
        columns=["closed", "amount"],
    )
    shares = funnel.season(contracts, "2025-12-31")["share"]
    return tuple(funnel.split_target(target, shares, WAN)), tuple(shares)


def _years(given, rows=None):
    rows = given["rows"] if rows is None else rows
    return tuple((row["year"], tuple(row[f"q{q}"] for q in range(1, 5))) for row in rows)


def by_season(given):
    """First and third quarter by the mean share of both years."""
    parts, _ = _split(given["target"], _years(given))
    return {"first": float(parts[0]), "third": float(parts[2])}


def evenly(given):
    """A quarter is taken for a quarter."""
    return {"first": given["target"] / 4, "third": given["target"] / 4}


def last_year_only(given):
    """Only the last year is looked at."""
    parts, _ = _split(given["target"], _years(given, given["rows"][1:]))
    return {"first": float(parts[0]), "third": float(parts[2])}


def season_work(given, key):
    """Shares and the even quarter, for the worked way."""
    _, shares = _split(given["target"], _years(given))
    rows = given["rows"]
    return {
        "share_first": shares[0],
        "share_third": shares[2],
        **{
            f"{name}_{row['year']}": row[f"q{q}"] / row["total"]
            for row in rows
            for name, q in (("first", 1), ("third", 3))
        },
        "even": given["target"] / 4,
        "less": given["target"] / 4 - key["first"],
    }


# --- funnel.6.2: from the quarter to the calls of a day


def calls(rng, case):
    """A target, what the list brings of it, and one's own rates."""
    while True:
        order_value = WAN * rng.randrange(12, 31, 2)
        shown = WAN * rng.randrange(30, 91, 5)
        given = {
            "target": shown + order_value * rng.randrange(4, 10),
            "shown": shown,
            "order_value": order_value,
            "rate": rng.choice((0.2, 0.25, 0.4)),
            "weeks": rng.randrange(16, 20),
            "cycle": rng.randrange(7, 11),
            "calls": rng.randrange(6, 13),
        }
        key = calls_a_day(given)
        wrong = [slip(given) for slip in (list_forgotten, cycle_ignored, rate_ignored)]
        if all(key["per_day"] != slip["per_day"] for slip in wrong) and key["per_day"] < 40:
            return given


def _chain(target, given, rate=None, cycle=None):
    needed = funnel.appointments_needed(
        target,
        given["order_value"],
        given["rate"] if rate is None else rate,
        given["weeks"],
        given["cycle"] if cycle is None else cycle,
    )
    return {
        "contracts": needed.contracts,
        "per_week": needed.per_week,
        "per_day": math.ceil(round(needed.per_week * given["calls"] / 5, 9)),
    }


def calls_a_day(given):
    """What the list does not bring, worked backwards by `funnel.appointments_needed`."""
    return _chain(given["target"] - given["shown"], given)


def list_forgotten(given):
    """The whole target is to come from new customers."""
    return _chain(given["target"], given)


def cycle_ignored(given):
    """All weeks count, also those too late for a contract."""
    return _chain(given["target"] - given["shown"], given, cycle=0)


def rate_ignored(given):
    """Every first appointment is thought to become a contract."""
    return _chain(given["target"] - given["shown"], given, rate=1)


def chain_work(given, key):
    """The steps between."""
    gap = given["target"] - given["shown"]
    needed = funnel.appointments_needed(
        gap, given["order_value"], given["rate"], given["weeks"], given["cycle"]
    )
    return {"gap": gap, "appointments": needed.appointments, "left": needed.weeks}


# --- funnel.6.2: where the list is short


def short_list(rng, case):
    """What has to enter each stage per week, how long deals stay, and what the list has."""
    while True:
        rates = {"appointment": 0.3, "p25": 0.36, "p50": 0.45, "p90": 0.8}
        days = {
            "appointment": 7 * rng.randrange(2, 4),
            "p25": 7 * rng.randrange(3, 5),
            "p50": 7 * rng.randrange(3, 6),
            "p90": 14,
        }
        given = {"contracts": round(rng.uniform(0.6, 1.6), 1), "rates": rates, "days": days}
        need = _needed(given)
        worst = rng.choice(OPEN[:3])
        rows = []
        for stage in OPEN:
            short = rng.randrange(3, 5) if stage == worst else rng.randrange(-2, 2)
            shown = max(0, need[stage] - short)
            rows.append(
                {
                    "stage": stage,
                    "per_week": round(given["contracts"] / rates[stage], 1),
                    "days": days[stage],
                    "listed": shown + rng.randrange(0, 4),
                    "shown": shown,
                }
            )
        given["rows"] = draws.numbered("r", rows)
        gaps = [need[row["stage"]] - row["shown"] for row in rows]
        clear = sorted(gaps)[-1] - sorted(gaps)[-2] >= 2 and max(gaps) >= 2
        plain = all(
            math.ceil(round(row["per_week"] * row["days"] / 7, 9)) == need[row["stage"]]
            for row in rows
        )
        if clear and plain and fewest_shown(given) != most_short(given):
            return given


def _needed(given):
    """Deals that have to stand at each stage, by `funnel.required`, rounded up."""
    flow = pd.DataFrame({"days": {"opportunity": 7.0, **given["days"]}})
    rates = pd.DataFrame({"rate": {"opportunity": 0.3, **given["rates"]}})
    table = funnel.required(given["contracts"], 1, flow, rates, 1)
    return {stage: math.ceil(round(table.loc[stage, "standing"], 9)) for stage in OPEN}


def most_short(given):
    """The stage at which most is missing between what can be shown and what has to stand."""
    need = _needed(given)
    return [max(given["rows"], key=lambda row: need[row["stage"]] - row["shown"])["stage"]]


def fewest_shown(given):
    """The stage with the fewest deals is taken, though fewest are needed there."""
    return [min(given["rows"], key=lambda row: row["shown"])["stage"]]


def short_work(given, key):
    """What has to stand at the stage, what is there, what is missing."""
    need = _needed(given)
    row = next(row for row in given["rows"] if row["stage"] == key[0])
    return {
        "stage": f"stage.{key[0]}",
        "per_week": row["per_week"],
        "days": row["days"],
        "need": need[key[0]],
        "shown": row["shown"],
        "missing": need[key[0]] - row["shown"],
        "all": {
            lang: ("、" if lang == "zh" else ", ").join(
                f"{terms.term('stage.' + stage, lang)} {n}" for stage, n in need.items()
            )
            for lang in terms.LANGS
        },
    }


# --- funnel.6.2: one's own quarter as a goal


def quarter_plan(answer, given):
    """The tests of SMART on the quarter, and whether the appointments suffice for it."""
    value, shown, each, rate, weekly = (
        answer[name] for name in ("quarter", "shown", "each", "rate", "weekly")
    )
    found = _smart(value, answer["source"] or "", answer["serves"] or "", answer["due"] or "")
    known = None not in (value, shown, each, rate, weekly)
    left = given["weeks"] - given["cycle"]
    brings = shown + weekly * left * rate * each if known else None
    year = answer["year"]
    return {
        **dict(found),
        "achievable": "" if known and round(brings - value, 6) >= 0 else "too_few",
        "uneven": "" if year and value and abs(value - year / 4) > 1 else "even",
    }


@functools.lru_cache(maxsize=1024)
def _smart(value, source, serves, due):
    goal = {"measure": "amount", "owner": "own", "source": source, "serves": serves}
    goal |= {"value": value, "due": pd.Timestamp(due or None), "start": pd.Timestamp(TODAY)}
    found = goals.check(pd.DataFrame([goal]).astype({"value": float}), str(TODAY)).iloc[0]
    kept = {"measurable": "measurable", "relevant": "relevant", "time_bound": "time_bound"}
    return tuple((name, found[test] and f"goal.{found[test]}") for name, test in kept.items())


# --- funnel.6.3: the agenda from the page


def page(rng, case):
    """The page of a team of six, and seven points that were proposed for half an hour."""
    customer, owner, other = _customers(rng, 1)[0], *_names(rng, 2)
    numbers = {
        "n_slipped": rng.randrange(8, 16),
        "n_fa": rng.randrange(1, 3),
        "n_up": rng.randrange(4, 9),
        "n_new": rng.randrange(3, 8),
    }
    amounts = {
        "gap": WAN * rng.randrange(28, 60),
        "target": WAN * rng.randrange(120, 200, 10),
        "shown": WAN * rng.randrange(40, 90, 5),
    }

    def told(both, who):
        return {
            lang: both[at].format(
                customer=customer[lang],
                owner=who[lang],
                **numbers,
                **{name: terms.money(amount, lang) for name, amount in amounts.items()},
            )
            for at, lang in enumerate(terms.LANGS)
        }

    lines = TEXTS["page"]
    rows = [
        {"part": draws.pair(lines[name]), "says": told(lines[f"{name}_says"], owner)}
        for name in ("slipped", "moved", "fresh", "risk", "cover")
    ]
    options = [
        {
            "id": kind,
            "text": told(rng.choice(TEXTS["agenda"][kind]), other if kind == "scold" else owner),
        }
        for kind in ("step", "slip", "blood", "read_out", "ranking", "scold", "raise")
    ]
    rng.shuffle(options)
    return {"rows": draws.numbered("r", rows), "options": options}


# --- funnel.6.3: which three deals


def nine_deals(rng, case):
    """Nine deals, five of which do not hold; the largest amounts are not the largest loss."""
    while True:
        rows = []
        for customer, kind in zip(
            _customers(rng, 9),
            rng.sample(["good"] * 4 + ["past", "past", "none", "none", "past"], 9),
            strict=True,
        ):
            day = TODAY + datetime.timedelta(days=rng.randrange(1, 15))
            if kind == "past":
                day = TODAY - datetime.timedelta(days=rng.randrange(3, 40))
            who = None if kind == "none" else draws.pair(rng.choice(TEXTS["people"]["who"]))
            rows.append(
                {
                    "customer": customer,
                    "stage": rng.choice(("p25", "p25", "p50", "p50", "p90")),
                    "amount": WAN * rng.randrange(6, 81, 2),
                    "next_step_date": None if kind == "none" else str(day),
                    "who": who,
                }
            )
        given = {"today": str(TODAY), "rows": draws.numbered("r", rows)}
        falls = sorted((loss for loss in _losses(given).values()), reverse=True)
        key = first_three(given)
        wrong = (largest_three(given), oldest_three(given))
        if falls[2] - falls[3] >= 10_000 and all(set(key) != set(one) for one in wrong):
            return given


def _losses(given):
    rows = tuple(
        (row["stage"], float(row["amount"]), row["next_step_date"], bool(row["who"]))
        for row in given["rows"]
    )
    return dict(zip((row["id"] for row in given["rows"]), _fallen(rows), strict=True))


@functools.lru_cache(maxsize=1024)
def _fallen(rows):
    """What each deal loses by `funnel.review`."""
    deals = pd.DataFrame(
        [(*row[:3], "step" if row[3] else None, "who" if row[3] else None) for row in rows],
        columns=["stage", "amount", "next_step_date", "next_step", "next_step_person"],
    )
    deals["next_step_date"] = pd.to_datetime(deals["next_step_date"])
    checked = funnel.review(deals, str(TODAY), LADDER, strict=True)
    return tuple((checked["listed"] - checked["expected"]).astype(float))


def _first(given, value):
    order = sorted(given["rows"], key=lambda row: (-value(row), row["id"]))
    return sorted(row["id"] for row in order[:3])


def first_three(given):
    """The three that lose most."""
    losses = _losses(given)
    return _first(given, lambda row: losses[row["id"]])


def largest_three(given):
    """The three largest amounts, whether they hold or not."""
    return _first(given, lambda row: row["amount"])


def oldest_three(given):
    """The largest amounts of those that do not hold, without their class."""
    losses = _losses(given)
    return _first(given, lambda row: row["amount"] if losses[row["id"]] else 0)


def why_first(given):
    """Whether a row is one of the three, falls but less, or holds."""
    losses, chosen = _losses(given), first_three(given)
    return {
        row: "first" if row in chosen else "less" if loss else "holds"
        for row, loss in losses.items()
    }


def three_work(given, key):
    """What the three lose together, and all of them."""
    losses = _losses(given)
    return {"three": sum(losses[row] for row in key), "all": sum(losses.values())}


# --- funnel.6.3: page, meeting, or in private


def where(rng, case):
    """Nine sentences, three for each place."""
    picks = []
    for place in ("page", "meeting", "alone"):
        picks += draws.picked(rng, {"place": place}, TEXTS["where"][place], 3)
    return draws.cards(rng, picks, {})


def place_of(given):
    """Where each sentence belongs."""
    return {card["id"]: card["place"] for card in given["cards"]}


def all_in_the_meeting(given):
    """What one person has to hear is said before all."""
    return draws.moved(given, "place", alone="meeting")


def read_aloud(given):
    """What the page says is read out in the meeting."""
    return draws.moved(given, "place", page="meeting")


# --- funnel.6.3: the closing case


def _one_language(deals):
    """Deals of a case in both languages, as a list in one."""
    return deals.rename(columns=lambda name: name.removesuffix("_zh"))


@functools.cache
def _south():
    """What the group's form is held against: the page of the South region."""
    from coursekit.case import Case
    from coursekit.plots import meeting

    case = Case.load("feed", None)
    reps = case.salespeople[case.salespeople["region"] == "R2"]["salesperson"]
    deals = _one_language(case.deals)
    deals = deals[deals["owner"].isin(reps) & funnel.is_open(deals["stage"])]
    page = meeting.page_numbers(deals, case.today, LADDER)
    names = case.customers.set_index("customer")
    pairs = names.loc[[deal["customer"] for deal in page["at_risk"]], ["name_zh", "name_en"]]
    at_risk = [draws.pair(both) for both in pairs.to_numpy().tolist()]
    return {"listed": page["listed"], "shown": page["shown"], "at_risk": at_risk}


def south_region(rng, case):
    """The task of the closing case, with what its example names."""
    south = _south()
    given = {
        "today": str(TODAY),
        "target": 4_000_000,
        "order_value": 300_000,
        "rate": 0.33,
        "weeks": 17,
        "cycle": 10,
        "listed_example": south["listed"],
        "shown_example": south["shown"],
    }
    for place, name in zip(("first", "second", "third"), south["at_risk"], strict=False):
        given |= {f"{place}_{lang}": text for lang, text in name.items()}
    return {**given, "weekly_example": _weekly(given, south["shown"])}


def _weekly(given, shown):
    gap = max(given["target"] - shown, given["order_value"])
    values = (given[name] for name in ("order_value", "rate", "weeks", "cycle"))
    return funnel.appointments_needed(gap, *values).per_week


def south_product(answer, given):
    """Both figures against the page, the three deals against those at risk, the calculation."""
    south = _south()
    near = all(
        answer[name] is not None and abs(answer[name] / south[name] - 1) <= 0.02
        for name in ("listed", "shown")
    )
    named = " / ".join((row["customer"] or "").casefold() for row in answer["deals"])
    hits = sum(any(text.casefold() in named for text in both.values()) for both in south["at_risk"])
    weekly = answer["weekly"]
    right = weekly is not None and round(weekly) == given["weekly_example"]
    return {
        "figures": "" if near else "wrong_figures",
        "risk": "" if hits >= 2 else "not_at_risk",
        "enough": "" if right else "wrong_weekly",
    }


# --- guesses about the company, before its figures are shown


@functools.cache
def _company():
    """Figures of the running case that a guess may ask for."""
    from coursekit.case import Case
    from coursekit.plots import meeting, people, targets

    case = Case.load("feed", None)
    deals, orders = case.deals, case.orders.rename(columns={"date": "closed"})
    moved = meeting.moves_numbers(case.snapshots, str(SINCE), case.today, LADDER, deals)
    luck = people.luck_numbers(1 / 3, 10, 24)
    fish = orders[(orders["product"] == "P09") & (orders["closed"] >= "2025-01-01")]
    reps = case.salespeople[case.salespeople["region"] == "R4"]["salesperson"]
    listed = deals[deals["owner"].isin(reps) & funnel.is_open(deals["stage"])]
    checked = funnel.review(_one_language(listed), case.today, LADDER, strict=True)
    return {
        "best": luck["best_won"],
        "n_slipped": moved["n_slipped"],
        "n_month_end": moved["n_month_end"],
        "n_vanished": moved["n_vanished"],
        "lost": moved["n_vanished_lost"],
        "first": round(targets.seasons_numbers({"fish": fish}, case.today)["fish_1"], 4),
        "listed": float(checked["listed"].sum()),
        "gap": float((checked["listed"] - checked["expected"]).sum()),
        "n_open": len(listed),
    }


def company(rng, case):
    """What a guess may name of the company."""
    return dict(_company())


def guess_best(given):
    """Contracts of the luckiest of 24 equal people."""
    return {"best": given["best"]}


def guess_lost(given):
    """Of the deals that vanished, those that were lost."""
    return {"lost": given["lost"]}


def guess_first(given):
    """Share of the first quarter."""
    return {"first": given["first"]}


def guess_gap(given):
    """What does not hold of the region's list."""
    return {"gap": given["gap"]}
