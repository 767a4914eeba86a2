"""Exercises of funnel.4: portfolios that run on, and the flight simulator."""

import dataclasses
import functools
import itertools
import pathlib
import tomllib

import pandas as pd

from coursekit.flight import (
    Deal,
    Decision,
    Rules,
    debrief,
    hours_to_the_end,
    play,
    value_per_hour,
    whole_hours,
)
from coursekit.funnel import (
    Ladder,
    Norms,
    ageing,
    archetypes,
    evolve,
    findings,
    is_open,
    match_archetype,
    shortfall,
    steady_moves,
)
from coursekit.practice.cockpit import name_of
from coursekit.practice.draws import joined, moved, numbered, pair
from coursekit.terms import LANGS, term


def rules_of_the_course(rng, case):
    """The game's rules as the course folder has them, else the shipped ones."""
    own = case.file("instruments/flight.toml") if case else None
    return {"rules": dataclasses.asdict(Rules.load(own))}


# --- funnel.4.2: now and later

STAGES = ("opportunity", "appointment", "p25", "p50", "p90")
# shares of the deals on a stage that a week moves on, wins or loses; the rest stays
MOVES = pd.DataFrame(
    {
        "opportunity": (0.75, 0, 0, 0, 0),
        "appointment": (0.2, 0.6, 0, 0, 0),
        "p25": (0, 0.3, 0.65, 0, 0),
        "p50": (0, 0, 0.25, 0.65, 0),
        "p90": (0, 0, 0, 0.25, 0.5),
        "contract": (0, 0, 0, 0, 0.45),
        "lost": (0.05, 0.1, 0.1, 0.1, 0.05),
    },
    index=STAGES,
)
USUAL = dict(zip(STAGES, (12, 9, 8, 6, 3), strict=True))
INFLOW = 3
# how full the top and the base are against the usual; one end without the other is the usual case
SHAPES = ((2, 0.3), (0.35, 1.9), (1.9, 0.35), (0.4, 1.8), (1.8, 1.7), (0.4, 0.35))


def lopsided(rng, case):
    """A funnel that is full on top and empty below, or the other way round, or sound or empty."""
    top, base = rng.choice(SHAPES)
    shares = dict(zip(STAGES, (base, base, (top + base) / 2, top, top), strict=True))
    deals = {
        stage: max(0, round(USUAL[stage] * share * rng.uniform(0.9, 1.1)))
        for stage, share in shares.items()
    }
    rows = [
        {
            "stage": {lang: term(f"stage.{stage}", lang) for lang in LANGS},
            "deals": n,
            "usual": USUAL[stage],
        }
        for stage, n in deals.items()
    ]
    return {
        "rows": numbered("r", rows),
        "stock": deals,
        "inflow": round(INFLOW * base),
        "usual_inflow": INFLOW,
    }


def now_and_later(given):
    """More or less than usual is signed in the first four weeks, and in weeks nine to twelve."""
    signed = signed_then(given)
    words = ["much" if signed[at] > signed[f"usual_{at}"] else "little" for at in ("early", "late")]
    return "_then_".join(words)


def signed_then(given, key=None):
    """Contracts in the first four weeks and in weeks nine to twelve, and what is usual."""
    own, usual = _signed(given["stock"], given["inflow"]), _signed(USUAL, INFLOW)
    return {"early": own[0], "late": own[1], "usual_early": usual[0], "usual_late": usual[1]}


def as_today(given):
    """What holds for the first weeks is taken to hold for good."""
    first = now_and_later(given).split("_")[0]
    return [f"{first}_then_{first}"]


def turned(given):
    """Now and later change places."""
    first, _, later = now_and_later(given).split("_")
    return [f"{later}_then_{first}"]


def _signed(stock, inflow):
    contracts = evolve(stock, MOVES, inflow, 12)["contract"]
    return round(float(contracts[1:5].sum()), 1), round(float(contracts[9:13].sum()), 1)


# --- funnel.4.1: one cycle later

CLIMB = STAGES[1:]
WEEKS = len(CLIMB)  # the textbook's cycle: one stage a week
PEOPLE = ("a", "b", "c", "d")


@functools.cache
def _company():
    """Deals of the whole company; only codes and numbers of them are used."""
    from coursekit.case import Case

    return Case.load(lang="en").deals


def first_portfolio(rng, case):
    """The first of the six portfolios, as it stands today."""
    deals = _company()
    stage = deals.loc[deals["owner"] == "S01", "stage"]
    stock = {code: int((stage == code).sum()) for code in CLIMB}
    return {"n": sum(stock.values()), **stock}


def left_after_a_month(given):
    """Deals on the list after one cycle without anybody new."""
    rates = dict.fromkeys(CLIMB, 0.5)  # with any other rate it comes to the same
    stock = {code: given[code] for code in CLIMB}
    return {"left": float(_ahead(stock, rates, 0, WEEKS)[list(CLIMB)].iloc[-1].sum())}


def two_cycles_ahead(rng, case):
    """A list, the share that moves up from each stage, and first appointments a week."""
    stock = {
        "appointment": rng.randrange(3, 9),
        "p25": rng.randrange(3, 8),
        "p50": rng.randrange(2, 6),
        "p90": rng.randrange(1, 4),
    }
    rates = {
        "appointment": rng.choice((0.8, 0.9)),
        "p25": rng.choice((0.7, 0.8)),
        "p50": rng.choice((0.5, 0.6)),
        "p90": rng.choice((0.8, 0.9)),
    }
    rows = [
        {"stage": _stage(code), "deals": stock[code], "up": rates[code]} for code in reversed(CLIMB)
    ]
    inflow = rng.choice([n for n in range(1, 7) if abs(n - sum(stock.values()) / WEEKS) > 1])
    return {"rows": numbered("r", rows), "stock": stock, "rates": rates, "inflow": inflow}


def signed_twice(given):
    """Contracts in weeks 1 to 4 and in weeks 5 to 8."""
    signed = _ahead(given["stock"], given["rates"], given["inflow"], 2 * WEEKS)["contract"]
    return {
        "first": float(signed[1 : WEEKS + 1].sum()),
        "second": float(signed[WEEKS + 1 :].sum()),
    }


def nothing_is_lost(given):
    """Everybody on the list is thought to sign."""
    return {"first": sum(given["stock"].values()), "second": WEEKS * given["inflow"]}


def goes_on_like_this(given):
    """What holds for the first cycle is taken to hold for the next."""
    return {"second": signed_twice(given)["first"]}


def one_stage_only(given):
    """Only what stands at 90% is counted."""
    return {"first": given["stock"]["p90"] * given["rates"]["p90"]}


def both_sums(given, key):
    """The sums in writing, and the share that goes all the way."""
    parts, through = [], 1.0
    for code in reversed(CLIMB):
        through *= given["rates"][code]
        parts.append(f"{given['stock'][code]} × {through:.0%}")
    return {"sum": " + ".join(parts), "through": through, "met": WEEKS * given["inflow"]}


def four_people(rng, case):
    """Four lists: the largest top, the longest list, the most new faces, and one of no account."""
    while True:
        lists = {
            "top": (rng.randrange(0, 3), rng.randrange(2, 4), rng.randrange(5, 8), 5, 1),
            "long": (rng.randrange(9, 13), rng.randrange(6, 9), rng.randrange(3, 5), 1, 1),
            "new": (rng.randrange(2, 5), rng.randrange(1, 4), rng.randrange(1, 3), 1, 4),
            "middle": (rng.randrange(4, 6), rng.randrange(3, 5), rng.randrange(2, 4), 2, 2),
        }
        order = rng.sample(sorted(lists), len(lists))
        lists = {person: lists[kind] for person, kind in zip(PEOPLE, order, strict=True)}
        rows = [
            {"id": f"r{place}", "who": person.upper(), **dict(zip(CLIMB, numbers[:4], strict=True)),
             "inflow": numbers[4]}
            for place, (person, numbers) in enumerate(lists.items(), 1)
        ]  # fmt: skip
        given = {
            "rows": rows,
            "kinds": dict(zip(PEOPLE, order, strict=True)),
            "options": [
                {"id": person, "text": dict.fromkeys(LANGS, person.upper())} for person in PEOPLE
            ],
        }
        soonest = max(PEOPLE, key=lambda one: _signed_by(given, one)["first"])
        if given["kinds"][soonest] != "new":
            return given


def signs_most_later(given):
    """Who signs most in weeks 5 to 8."""
    return max(PEOPLE, key=lambda person: _signed_by(given, person)["second"])


def signs_most_now(given):
    """Who signs most in weeks 1 to 4 is taken for who signs most later."""
    return [max(PEOPLE, key=lambda person: _signed_by(given, person)["first"])]


def has_most_deals(given):
    """The longest list is taken for the best."""
    return [max(PEOPLE, key=lambda one: sum(_row(given, one)[code] for code in CLIMB))]


def kinds_of_lists(given):
    """What each person's list is, for the reasons."""
    return dict(given["kinds"])


def best_of_four(given, key):
    """Contracts of the one who signs most later, and of the one who signs most now."""
    later, now = signs_most_later(given), signs_most_now(given)[0]
    return {
        "later": later.upper(),
        "now": now.upper(),
        "later_first": _signed_by(given, later)["first"],
        "later_second": _signed_by(given, later)["second"],
        "now_first": _signed_by(given, now)["first"],
        "now_second": _signed_by(given, now)["second"],
    }


def _signed_by(given, person):
    row = _row(given, person)
    rates = {"appointment": 0.8, "p25": 0.8, "p50": 0.5, "p90": 0.8}
    stock = {code: row[code] for code in CLIMB}
    return signed_twice({"stock": stock, "rates": rates, "inflow": row["inflow"]})


def _row(given, person):
    return next(row for row in given["rows"] if row["who"] == person.upper())


def _ahead(stock, rates, inflow, weeks):
    columns = (tuple(stock[code] for code in CLIMB), tuple(rates[code] for code in CLIMB))
    return _evolved(*columns, inflow, weeks)


@functools.lru_cache(maxsize=64)
def _evolved(stock, rates, inflow, weeks):
    moves = steady_moves(pd.Series(rates, CLIMB), WEEKS)
    return evolve(dict(zip(CLIMB, stock, strict=True)), moves, inflow, weeks)


def _stage(code):
    return {lang: term(f"stage.{code}", lang) for lang in LANGS}


def weeks_without(rng, case):
    """Some weeks without anybody new: how many a week before, what they are worth, the cycle."""
    return {
        "gap": rng.randrange(3, 8),
        "per_week": rng.randrange(2, 6),
        "rate": rng.choice((0.2, 0.25, 0.4)),
        "value": 10_000 * rng.randrange(8, 37, 4),
        "cycle": rng.randrange(6, 13),
    }


def gap_costs(given):
    """Contract money that is missing by `funnel.shortfall`, and the weeks in which it is."""
    won = [0.0] * given["cycle"] + [given["rate"]]
    missing = shortfall(given["per_week"], given["value"], won, given["gap"])
    weeks = missing.index[missing > 0]
    return {"missing": float(missing.sum()), "first": int(weeks[0]) + 1, "last": int(weeks[-1]) + 1}


def every_meeting_signs(given):
    """The win rate is forgotten."""
    return {"missing": given["gap"] * given["per_week"] * given["value"]}


def felt_at_once(given):
    """The cycle is forgotten: missing in the very weeks of the gap."""
    return {"first": 1, "last": given["gap"]}


def longer_cycle_costs_more(given):
    """The cycle is taken for the number of weeks that are missing."""
    lost = given["cycle"] * given["per_week"] * given["rate"] * given["value"]
    return {"missing": lost, "last": 2 * given["cycle"]}


# --- funnel.4.2: six portfolios

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_4_texts.toml").read_text("utf-8"))
SIX = ("S01", "S02", "S03", "S04", "S05", "S06")
# open deals from opportunity to 90%, what is amiss, what goes well
PICTURES = {
    "drying_up": ((3, 0, 4, 3, 2), ("no_new_blood",), ("step", "move")),
    "sound": ((5, 4, 3, 2, 1), (), ("new", "step", "move")),
    "hoarder": ((4, 3, 6, 5, 1), ("stuck_stage", "zombies", "no_next_steps"), ()),
    "closer": ((1, 0, 1, 4, 3), ("top_heavy", "no_new_blood"), ("step",)),
    "one_deal": ((4, 4, 3, 2, 1), ("one_big_deal",), ("new", "step")),
    "dreamer": ((4, 4, 3, 2, 1), ("too_soon", "same_day"), ("new",)),
}
KINDS = archetypes()
DAY = pd.Timestamp("2026-03-02")


def six_lists(rng, case):
    """The six portfolios of the company: how many open deals, and what they come to as listed."""
    deals = _company()
    ladder = Ladder.load()
    rows = []
    for place, owner in enumerate(SIX, 1):
        mine = deals[(deals["owner"] == owner) & is_open(deals["stage"])]
        listed = float((mine["amount"] * ladder.rates(mine["stage"])).sum())
        rows.append({"id": f"p{place}", "place": str(place), "n": len(mine), "listed": listed})
    options = [{"id": row["id"], "text": dict.fromkeys(LANGS, row["place"])} for row in rows]
    return {"rows": rows, "options": options}


def same_for_all(given):
    """One reason for every option of a guess."""
    return {option["id"]: "look" for option in given["options"]}


def six_pictures(rng, case):
    """Six people's lists in words, at least four kinds among them."""
    kinds = rng.sample(sorted(PICTURES), 5)
    kinds.append(rng.choice(sorted(PICTURES)))
    rng.shuffle(kinds)
    cards = [{"kind": kind, **_picture(rng, kind)} for kind in kinds]
    return {"cards": numbered("c", cards)}


def _picture(rng, kind):
    stages, signs, well = PICTURES[kind]
    counts = [n + rng.choice((0, 0, 1)) if n > 2 else n for n in stages]
    # a small list is told as one: the weights of the shape stay as they are
    shape = {
        "zh": "机会 {}、FA {}、25% {}、50% {}、90% {}。".format(*counts),
        "en": "Opportunities {}, FA {}, 25% {}, 50% {}, 90% {}.".format(*counts),
    }
    told = [pair(rng.choice(TEXTS["sign"][code])) for code in signs]
    told += [pair(rng.choice(TEXTS["well"][code])) for code in well]
    rng.shuffle(told)
    return {"text": joined([shape, *told]), "signs": list(signs)}


def which_portfolio(given):
    """What `funnel.match_archetype` makes of the signs."""
    return {card["id"]: match_archetype(card["signs"], KINDS).index[0] for card in given["cards"]}


def kind_of_portfolio(given):
    """The kind of each card, for the reasons."""
    return {card["id"]: card["kind"] for card in given["cards"]}


def shape_is_all(given):
    """A good shape is taken for a good list."""
    return moved(given, "kind", one_deal="sound", dreamer="sound")


def soon_is_sound(given):
    """Much that will be signed soon is taken for health."""
    return moved(given, "kind", closer="sound", drying_up="sound")


def usual_times(rng, case):
    """Eight deals with the days that they have stood in their stage, and the team's usual times."""
    usual = {"p25": rng.randrange(24, 35), "p50": rng.randrange(20, 30), "p90": 0}
    usual["p90"] = rng.randrange(10, 17)
    n_late, luck = rng.choice((3, 4)), rng.randrange(10_000)
    while True:
        rows = []
        for place, is_late in enumerate(rng.sample([n < n_late for n in range(8)], 8), 1):
            stage = rng.choice(ACTIVE)
            times = rng.uniform(1.25, 2.6) if is_late else rng.uniform(0.2, 0.9)
            step = rng.random() < 0.6
            days = round(times * usual[stage])
            rows.append(
                {"customer": _name(place, luck), "stage": stage, "days": days,
                 "step": pair(rng.choice(STEPS if step else NO_STEPS)), "has_step": step}
            )  # fmt: skip
        given = {"rows": numbered("r", rows), **{f"usual_{k}": n for k, n in usual.items()}}
        told = (past_usual(given), one_limit(given), only_without_step(given))
        if len({tuple(one) for one in told}) == 3 and all(0 < len(one) < 8 for one in told):
            return given


ACTIVE = ("p25", "p50", "p90")
STEPS = (
    ("周四见采购，谈试喂方案", "Thu: meet purchasing about the trial"),
    ("周五带技术员下栏", "Fri: technician on the farm"),
    ("下周二把报价送到老板手里", "Tue: hand the quote to the owner"),
)
NO_STEPS = (("继续跟进", "keep in touch"), ("等消息", "waiting to hear"), ("再说", "will see"))


def past_usual(given):
    """Rows past the usual time of their stage, by `funnel.ageing`."""
    deals = pd.DataFrame(given["rows"]).set_index("id")
    deals["entered"] = DAY - pd.to_timedelta(deals["days"], unit="D")
    most = pd.DataFrame({"days_most": {code: float(given[f"usual_{code}"]) for code in ACTIVE}})
    late = ageing(deals, DAY, most)["late"]
    return list(late.index[late])


def one_limit(given):
    """One limit for all stages, that of 25%."""
    return [row["id"] for row in given["rows"] if row["days"] > given["usual_p25"]]


def only_without_step(given):
    """Who has a next step is thought to move."""
    return [row["id"] for row in given["rows"] if not row["has_step"]]


def late_or_not(given):
    """Whether each row is past the usual, for the reasons."""
    late = past_usual(given)
    words = {True: "late", False: "usual"}
    return {row["id"]: words[row["id"] in late] for row in given["rows"]}


def hasty_dates(rng, case):
    """Eight deals with the day on which they are to be signed; some faster than any ever was."""
    fastest = {"appointment": rng.randrange(45, 56), "p25": rng.randrange(30, 40)}
    fastest |= {"p50": rng.randrange(14, 22), "p90": rng.randrange(4, 8)}
    luck = rng.randrange(10_000)
    while True:
        rows = []
        hasty = rng.sample([True] * 4 + [False] * 4, 8)
        for place, is_hasty in enumerate(hasty, 1):
            stage = rng.choice(CLIMB)
            total = fastest[stage] * (rng.uniform(0.4, 0.85) if is_hasty else rng.uniform(1.1, 1.8))
            stood = round(total * rng.uniform(0.1, 0.5))
            rows.append(
                {"customer": _name(place, luck), "stage": stage, "days": stood,
                 "left": max(2, round(total) - stood)}
            )  # fmt: skip
        given = {"rows": numbered("r", rows), **{f"fastest_{k}": n for k, n in fastest.items()}}
        told = (too_fast(given), days_forgotten(given), soon_is_hasty(given))
        if len({tuple(one) for one in told}) == 3 and all(0 < len(one) < 8 for one in told):
            return given


def too_fast(given):
    """Rows that would beat the fastest contract from their stage, by the kit's own finding."""
    deals = pd.DataFrame(given["rows"]).set_index("id")
    deals["entered"] = DAY - pd.to_timedelta(deals["days"], unit="D")
    deals["expected_close"] = DAY + pd.to_timedelta(deals["left"], unit="D")
    fastest = pd.Series({code: float(given[f"fastest_{code}"]) for code in CLIMB})
    norms = Norms(None, None, fastest, None, None, None)
    seen = findings.too_soon(
        findings.Portfolio(deals, DAY, Ladder.load(), norms), {"deals": 1, "share": 0}
    )
    return sorted(seen.deals) if seen else []


def days_forgotten(given):
    """The days already spent in the stage are not counted."""
    return [r["id"] for r in given["rows"] if r["left"] < given[f"fastest_{r['stage']}"]]


def soon_is_hasty(given):
    """Whatever is to be signed within two weeks is thought too fast."""
    return [row["id"] for row in given["rows"] if row["left"] <= 14]


def fast_or_not(given):
    """Whether each row is too fast, for the reasons."""
    fast = too_fast(given)
    return {row["id"]: "fast" if row["id"] in fast else "fine" for row in given["rows"]}


def _name(place, luck):
    return {lang: name_of(f"0-{place}", luck, lang) for lang in LANGS}


# --- funnel.4.3: what an hour is worth, and where the hole was dug

RULES = Rules.load()


def five_customers(rng, case):
    """Five customers of the game whose hours are worth different sums."""
    luck = rng.randrange(10_000)
    while True:
        cards = []
        for place in range(1, 6):
            size = rng.choice(RULES.sizes)
            amount = 1000 * rng.randrange(size.low // 1000, size.high // 1000 + 1, 5)
            deal = Deal(f"0-{place}", rng.choice(CLIMB), size.code, amount)
            cards.append(
                {
                    "customer": _name(place, luck),
                    "amount": amount,
                    "stage": _stage(deal.stage),
                    "chance": RULES.worth[deal.stage],
                    "told": dict.fromkeys(LANGS, f"{100 * RULES.worth[deal.stage]:g}%"),
                    "hours": round(hours_to_the_end(deal, RULES)),
                    "gain": value_per_hour(deal, RULES),
                }
            )
        given = {"cards": numbered("c", cards)}
        gains = sorted(card["amount"] * card["chance"] / card["hours"] for card in cards)
        apart = all(high > 1.2 * low for low, high in itertools.pairwise(gains))
        orders = {tuple(f(given)) for f in (by_hour, by_amount, by_chance, by_expected)}
        if apart and len(orders) == 4 and by_hour(given) == _by(given, _told_gain):
            return given


def by_hour(given):
    """Most per hour first, by `flight.value_per_hour`."""
    return _by(given, lambda card: card["gain"])


def by_amount(given):
    """The largest first."""
    return _by(given, lambda card: card["amount"])


def by_chance(given):
    """The surest first."""
    return _by(given, lambda card: (card["chance"], card["amount"]))


def by_expected(given):
    """Amount times chance, whatever it costs."""
    return _by(given, lambda card: card["amount"] * card["chance"])


def per_hour(given, key):
    """First and last, in money an hour."""
    cards = {card["id"]: card for card in given["cards"]}
    best, worst = cards[key[0]], cards[key[-1]]
    return {
        "best": best["customer"],
        "best_gain": round(_told_gain(best), -2),
        "worst": worst["customer"],
        "worst_gain": round(_told_gain(worst), -2),
    }


def one_reason(given):
    """The same way of reckoning on every card."""
    return {card["id"]: "reckoned" for card in given["cards"]}


def _told_gain(card):
    return card["amount"] * card["chance"] / card["hours"]


def _by(given, value):
    return [card["id"] for card in sorted(given["cards"], key=value, reverse=True)]


def a_game_with_a_hole(rng, case):
    """Six weeks of a game in which somebody stopped calling for a while."""
    while True:
        since, length = rng.randrange(2, 4), rng.randrange(2, 4)
        rounds = [rng.choice((4, 5)) for _ in range(6)]
        for week in range(since, since + length):
            rounds[week - 1] = rng.choice((0, 1, 2))

        def policy(state, rules, rounds=rounds):
            calls = min(state.hours, rounds[state.week - 1] * rules.call_hours)
            return Decision(calls, *whole_hours(state.hours - calls, (1, 1)))

        game = play(policy, RULES, "six", rng.randrange(1000, 10_000))
        looked = debrief(game, RULES)
        if not looked.hole:
            continue
        table = looked.weeks
        gap = table["owed"] - table["made"]
        rows = [
            {"id": f"w{week}", "week": int(week),
             **{name: int(row[name]) for name in ("made", "owed", "came", "won")}}
            for week, row in table.iterrows()
        ]  # fmt: skip
        given = {
            "rows": rows,
            "hole": looked.hole.week,
            "felt": looked.hole.felt,
            "missing": round(looked.hole.missing, 1),
            "options": [
                {"id": f"w{week}", "text": {"zh": f"第 {week} 周", "en": f"Week {week}"}}
                for week in table.index
            ],
        }
        only = (gap == gap.max()).sum() == 1 and gap.idxmax() == looked.hole.week
        if only and hole_week(given) not in (*poorest(given), *last_short(given)):
            return given


def hole_week(given):
    """The week in which `flight.debrief` finds the hole."""
    return f"w{given['hole']}"


def poorest(given):
    """The week with the least money is taken for it."""
    return [min(given["rows"], key=lambda row: (row["won"], -row["week"]))["id"]]


def last_short(given):
    """The last week with too few calls."""
    return [[row["id"] for row in given["rows"] if row["made"] < row["owed"]][-1]]


def week_by_week(given):
    """How each week stood, for the reasons."""
    words = {}
    for row in given["rows"]:
        short = row["made"] < row["owed"]
        words[row["id"]] = "dug" if row["week"] == given["hole"] else "short" if short else "kept"
    return words


def the_hole(given, key):
    """Rounds that were made and owed in that week."""
    row = next(row for row in given["rows"] if row["id"] == key)
    return {"made": row["made"], "owed": row["owed"], "gap": row["owed"] - row["made"]}
