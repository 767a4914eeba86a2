"""Exercises of funnel.1: what varies."""

import functools
import pathlib
import tomllib

import pandas as pd

from coursekit import funnel, terms
from coursekit.case import Case
from coursekit.concentration import top_share
from coursekit.funnel.prospect import FIELDS
from coursekit.plots import prospects
from coursekit.practice import draws
from coursekit.practice.draws import moved, numbered, pair, picked, weighed, weighed_key
from coursekit.scoring import Scorecard
from coursekit.terms import LANGS

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_1_texts.toml").read_text("utf-8"))
TODAY = "2026-03-02"
LADDER = funnel.Ladder.load()
WIN = ("decision_chain", "offer", "partners", "win_win")
WEIGHTS = Scorecard.load("win_factors").weights.to_dict()
HELD = {
    "yes": ("有凭据", "Evidence at hand"),
    "partly": ("一部分", "In part"),
    "no": ("没有", "None"),
    "unknown": ("不知道", "Do not know"),
}
WIN_ANSWERS = {"held": "yes", "partly": "partly", "missing": "no", "unknown": "unknown"}

# --- funnel.1.3: one result, two funnels

QUARTERS = (("上季度", "Last quarter"), ("这季度", "This quarter"))


def two_quarters(rng, case):
    """Two quarters that signed as much; in the second one the inflow has dried up."""
    signed = 10_000 * rng.randrange(84, 133, 4)
    first = {"fa": rng.randrange(26, 35), "p25": rng.randrange(11, 15), "p50": rng.randrange(6, 9)}
    second = {"fa": rng.randrange(6, 11), "p25": rng.randrange(3, 6), "p50": first["p50"] + 1}
    rows = [
        {"quarter": pair(name), "signed": signed, **counts, "steps": rng.randrange(70, 81) / 100}
        for name, counts in zip(QUARTERS, (first, second), strict=True)
    ]
    return {
        "rows": numbered("r", rows),
        "signed": signed,
        "fa_before": first["fa"],
        "fa": second["fa"],
    }


# --- funnel.1.2: what the four ways to win weigh

TRUE_WIN = {"decision_chain": 50, "offer": 15, "partners": 5, "win_win": 30}
EQUAL = dict.fromkeys(TRUE_WIN, 25)
DEALS = (
    ("春和牧业", "Spring Livestock"),
    ("宏远养殖", "Far Farms"),
    ("蓝湾水产", "Bay Fish"),
    ("金鼎蛋业", "Golden Eggs"),
    ("新叶食品", "New Leaf Foods"),
    ("北辰猪业", "North Star Pigs"),
    ("江岸渔场", "Riverside Ponds"),
    ("云岭奶牛场", "Cloud Ridge Cows"),
    ("同心合作社", "Unity Co-operative"),
    ("飞驰鸭场", "Swift Ducks"),
    ("青石肉鸡场", "Bluestone Broilers"),
    ("白塔乳业", "White Tower Dairy"),
    ("长风种猪场", "Fair Wind Breeders"),
    ("万顺农场", "Smooth Farm"),
)


def ended_deals(rng, case):
    """Fourteen deals with key accounts: the four ways to win, and how each ended."""
    return weighed(rng, TRUE_WIN, EQUAL, rng.sample(DEALS, len(DEALS)))


def win_key(given):
    """Eighty more deals, what made them end as they did, and equal weights to be beaten."""
    return weighed_key(given, TRUE_WIN, EQUAL)


# --- funnel.1.2: four ways to win


def how_weakest(answer, given):
    """Whether what is to be worked on is what loses most of the score."""
    held = {name: WIN_ANSWERS.get(answer[name]) for name in WIN}
    if None in held.values() or answer["weakest"] is None:
        return {"largest": "another_loses_more"}
    lost = _lost(tuple(held.values()))
    return {
        "largest": "" if lost[answer["weakest"]] == max(lost.values()) else "another_loses_more"
    }


@functools.lru_cache(maxsize=512)
def _lost(answers):
    """Points that each criterion loses against all held."""
    card = Scorecard.load("win_factors")
    got = card.explain(pd.DataFrame([dict(zip(WIN, answers, strict=True))])).iloc[0]
    full = card.explain(pd.DataFrame([dict.fromkeys(WIN, "yes")])).iloc[0]
    return {name: round(float(full[name] - got[name]), 9) for name in WIN}


# --- funnel.1.4: the No. 1 prospect


def prospect(answer, given):
    """What is missing or cannot be, by the function that the lesson teaches."""
    gaps = funnel.prospect_gaps(answer, given["today"])
    return {field: f"prospect_gap.{gaps[field]}" if field in gaps else "" for field in answer}


# --- what guesses ask of the running case


@functools.cache
def _company():
    """Counts and shares of the shipped case; the same in every skin but for rounding."""
    case = Case.load("feed", None)
    today = case.today
    deals = case.deals.rename(columns={"owner": "owner_id"})
    history = case.deal_history
    region = case.salespeople.set_index("salesperson")["region"]
    south = deals[deals["owner_id"].map(region) == "R2"]
    own = history[history["deal_id"].isin(south["deal_id"])]
    star = funnel.problems(south, today, LADDER, own).loc["stars"]
    ends = case.customers.loc[case.customers["kind"] != "dealer", "customer"]
    year = case.orders[case.orders["date"] > today - pd.Timedelta(days=365)]
    sales = year.groupby("customer")["amount"].sum().reindex(ends, fill_value=0)
    key = [name for name in ends if name <= "C060"]
    lists = case.snapshots.rename(columns={"next_step_zh": "next_step"})
    stage = deals.set_index("deal_id")["stage"]
    first = lists["date"].min()
    ball = prospects.played_ball_numbers(lists, first, history, stage)
    two = {who: int(funnel.is_open(deals["stage"][deals["owner_id"] == who]).sum())
           for who in ("S08", "S09")}  # fmt: skip
    return {
        "n_people": int(star["n"]),
        "stars": round(float(star["value"]), 4),
        "n_key": len(key),
        "both": len(sales.nlargest(len(key)).index.intersection(key)),
        "n_full": two["S08"],
        "n_thin": two["S09"],
        "day": first.date().isoformat(),
        **{name: ball[name] for name in ("n_ball", "won_ball", "n_rest", "won_rest")},
    }


def company(rng, case):
    """What a guess may name of the company."""
    return dict(_company())


def guess_star(given):
    """Share of the best of six."""
    return {"stars": given["stars"]}


def guess_largest(given):
    """How many of the largest buyers are key accounts."""
    return {"both": given["both"]}


def guess_today(given):
    """Open deals of the second person."""
    return {"n_thin": given["n_thin"]}


def guess_wall(given):
    """Contracts of those that did not play ball."""
    return {"won_rest": given["won_rest"]}


# --- funnel.1.1: symptoms and figures


def symptoms(rng, case):
    """Eight symptoms of six problems that are easily taken for each other."""
    names = sorted(TEXTS["symptom"])
    twice = rng.sample(names, 2)
    picks = []
    for name in names:
        picks += picked(rng, {"problem": name}, TEXTS["symptom"][name], 1 + (name in twice))
    return draws.cards(rng, picks, {})


def problem_of(given):
    """The problem that each card speaks of."""
    return {card["id"]: card["problem"] for card in given["cards"]}


def step_is_life(given):
    """No next step is taken for a list that nobody touches, and the other way round."""
    return moved(given, "problem", plan="dynamics", dynamics="plan")


def yield_is_cost(given):
    """Few contracts per meeting and time spent in vain are taken for each other."""
    return moved(given, "problem", efficiency="cost", cost="efficiency")


def spread_is_star(given):
    """A spread of win rates is taken for one who carries the team."""
    return moved(given, "problem", sharing="stars", stars="sharing")


def six_people(rng, case):
    """Six people: first appointments of four weeks, contracts foretold and signed, money."""
    while True:
        contracts = [rng.randrange(4, 8), *(rng.randrange(0, 4) for _ in range(5))]
        money = [10_000 * n * rng.randrange(14, 40, 2) for n in contracts]
        money[0] *= 2
        met = [rng.choice((0, 0, 1, 2, 3, 4)) for _ in contracts]
        foretold = [
            round(n * rng.choice((0.8, 1, 1.5, 2)) + rng.choice((0, 0.5)), 1) for n in contracts
        ]
        rows = [
            {"person": pair(name), "met": a, "foretold": b, "signed": c, "money": d}
            for name, a, b, c, d in zip(
                rng.sample(TEXTS["people"]["sellers"], 6),
                met,
                foretold,
                contracts,
                money,
                strict=True,
            )
        ]
        rng.shuffle(rows)
        given = {"rows": numbered("r", rows)}
        key = measures(given)
        apart = abs(key["forecast"] - 1) > 0.15 and 0 < met.count(0) < 6
        if apart and abs(key["stars"] - stars_by_number(given)["stars"]) > 0.05:
            return given


def _columns(given):
    return pd.DataFrame(given["rows"])


def measures(given):
    """Initiative, forecast and stars, as `funnel.problems` defines them."""
    table = _columns(given)
    return {
        "initiative": float((table["met"] > 0).mean()),
        "forecast": float(table["foretold"].sum() / table["signed"].sum()),
        "stars": float(top_share(table["money"])),
    }


def meetings_for_people(given):
    """Meetings per head instead of the share of people who met somebody."""
    table = _columns(given)
    return {"initiative": float(min(table["met"].sum() / len(table), 9.99))}


def forecast_upside_down(given):
    """Contracts per one foretold."""
    return {"forecast": 1 / measures(given)["forecast"]}


def stars_by_number(given):
    """Share of the contracts instead of the money."""
    signed = _columns(given)["signed"]
    return {"stars": float(top_share(signed))}


def worked(given, key):
    """Sums for the worked steps."""
    table = _columns(given)
    return {
        "n_met": int((table["met"] > 0).sum()),
        "n": len(table),
        "foretold": float(table["foretold"].sum()),
        "signed": int(table["signed"].sum()),
        "best": float(table["money"].max()),
        "money": float(table["money"].sum()),
    }


SEASONS = (("第一季", "First"), ("第二季", "Second"), ("第三季", "Third"), ("第四季", "Fourth"))


def four_quarters(rng, case):
    """Two years by quarter; either every winter is weak, or this one is and the visits fell."""
    seasonal = rng.random() < 0.5
    strong, weak = rng.randrange(90, 130, 2), rng.randrange(26, 40, 2)
    usual = (weak, rng.randrange(60, 80, 2), strong, rng.randrange(70, 90, 2)) if seasonal else (
        strong - 14, strong - 6, strong, strong - 10)  # fmt: skip
    before = usual[0] + (rng.choice((-2, 0, 2)) if seasonal else 0)
    now = usual[0] + rng.choice((2, 4)) if seasonal else weak
    met = [rng.randrange(22, 30) for _ in range(5)]
    met[-2:] = (met[0] + 1, met[0] + 2) if seasonal else (rng.randrange(5, 9), met[0] - 2)
    texts = [(f"去年{zh}度", f"{en}, last year") for zh, en in SEASONS] + [
        ("今年第一季度", "First, this year")
    ]
    rows = [
        {"quarter": pair(text), "signed": 10_000 * signed, "met": n}
        for text, signed, n in zip(texts, (before, *usual[1:], now), met, strict=True)
    ]
    return {"rows": numbered("r", rows), "kind": "season" if seasonal else "inflow",
            "fall": round(1 - now / usual[3], 3)}  # fmt: skip


def season_or_ill(given):
    """The year before had the same dip, or the appointments of the quarter before fell."""
    return given["kind"]


_NOTES = {
    "season": (
        ("一样低，那时候也没人说病了。", "as low as now, and nobody called it ill."),
        ("没有塌，和平常一样。", "as usual, nothing broke down."),
    ),
    "inflow": (
        ("那时候好好的，所以不是季节。", "all was well then, so it is not the season."),
        (
            "掉到了平常的三成上下，一个周期以后就是现在。",
            "down to about a third; one cycle later is now.",
        ),
    ),
}


def season_notes(given, key):
    """What the table says to either explanation."""
    season, inflow = _NOTES[key]
    return {"season_note": pair(season), "inflow_note": pair(inflow)}


# --- funnel.1.2: evidence, and one sheet


def ways(rng, case):
    """Nine notes: six that show something, three that do not."""
    pools = TEXTS["way"]
    picks = []
    for name, n in (("decision_chain", 2), ("offer", 2), ("partners", 1), ("win_win", 1)):
        picks += picked(rng, {"way": name}, pools[name], n)
    for name in ("feeling", "ours", "unlawful"):
        picks += picked(rng, {"way": name}, pools["nothing"][name], 1)
    return draws.cards(rng, picks, {})


def way_of(given):
    """The way that each note is evidence for."""
    return {card["id"]: card["way"] if card["way"] in WIN else "nothing" for card in given["cards"]}


def way_or_not(given):
    """The same, and why a note shows nothing."""
    return {card["id"]: card["way"] for card in given["cards"]}


def feeling_is_chain(given):
    """Being on good terms is taken for the decision chain."""
    return moved(given, "way", feeling="decision_chain")


def ours_is_offer(given):
    """What we say of ourselves is taken for a competitive offer."""
    return moved(given, "way", ours="offer")


def bid_is_partner(given):
    """A firm that bids along is taken for a partner."""
    return moved(given, "way", unlawful="partners")


def one_sheet(rng, case):
    """The four answers of one deal: one unknown, no two slips alike."""
    answers = list(HELD)
    while True:
        drawn = dict(zip(WIN, rng.choices(answers, k=4), strict=True))
        if list(drawn.values()).count("unknown") != 1 or len(set(drawn.values())) < 3:
            continue
        rows = [
            {
                "way": {lang: terms.term(f"instrument.win_factors.{name}", lang) for lang in LANGS},
                "weight": float(WEIGHTS[name]),
                "held": pair(HELD[answer]),
                "answer": answer,
            }
            for name, answer in drawn.items()
        ]
        given = {
            "rows": numbered("r", rows),
            "customer": pair(rng.choice(TEXTS["people"]["customers"])),
        }
        right = sheet_score(given)["score"]
        wrong = [
            unweighted(given)["score"],
            unknown_nothing(given)["score"],
            unknown_half(given)["score"],
        ]
        if min(abs(right - one) for one in wrong) > 1.5 and wrong[0] not in wrong[1:]:
            return given


def sheet_score(given):
    """`Scorecard.score` of the card of the four ways."""
    score, high = _sheet(tuple(row["answer"] for row in given["rows"]))
    return {"score": score, "best": high}


@functools.lru_cache(maxsize=512)
def _sheet(answers):
    frame = pd.DataFrame([dict(zip(WIN, answers, strict=True))])
    found = Scorecard.load("win_factors").score(frame).iloc[0]
    return float(found["score"]), float(found["high"])


def _points(given, unknown):
    points = {"yes": 100, "partly": 50, "no": 0, "unknown": unknown}
    return [points[row["answer"]] for row in given["rows"]]


def unweighted(given):
    """The four added up and divided by four."""
    return {"score": sum(_points(given, 20)) / 4}


def unknown_nothing(given):
    """Not known is taken for none."""
    points = zip(_points(given, 0), given["rows"], strict=True)
    return {"score": sum(point * row["weight"] for point, row in points)}


def unknown_half(given):
    """Not known is taken for half-way."""
    points = zip(_points(given, 50), given["rows"], strict=True)
    return {"score": sum(point * row["weight"] for point, row in points)}


def sheet_worked(given, key):
    """The sum, written out."""
    parts = [
        f"{point} × {terms.percent(row['weight'])}"
        for point, row in zip(_points(given, 20), given["rows"], strict=True)
    ]
    lost = {row["id"]: row["weight"] * (100 - point)
            for point, row in zip(_points(given, 20), given["rows"], strict=True)}  # fmt: skip
    worst = max(given["rows"], key=lambda row: lost[row["id"]])
    unknown = next(row for row in given["rows"] if row["answer"] == "unknown")
    return {"sum": " + ".join(parts), "worst": worst["way"], "unknown": unknown["way"]}


# --- funnel.1.3: who runs dry


def equal_results(rng, case):
    """Six people who signed the same: two whose first appointments dried up, two traps."""
    signed = 10_000 * rng.randrange(60, 121, 4)
    share = funnel.thresholds()["no_new_blood"]["share"]
    kinds = ["dry", "dry_full", "few", "steady", "steady", "up"]
    rows = []
    for kind, name in zip(kinds, rng.sample(TEXTS["people"]["sellers"], 6), strict=True):
        usual = rng.choice((1.0, 1.2) if kind == "few" else (2.0, 2.4, 2.8, 3.2))
        part = {"dry": (0, 0.35), "dry_full": (0.1, 0.4), "up": (1.2, 1.5)}.get(kind, (0.8, 1.1))
        late = max(round(4 * usual * rng.uniform(*part)), 3 if kind == "few" else 0)
        n_open = {"dry": (9, 13), "dry_full": (19, 24), "few": (5, 8)}.get(kind, (11, 17))
        rows.append(
            {"person": pair(name), "signed": signed, "usual": round(4 * usual), "late": late,
             "open": rng.randrange(*n_open), "kind": kind}
        )  # fmt: skip
        assert (late < share * round(4 * usual)) == kind.startswith("dry")
    rng.shuffle(rows)
    return {"rows": numbered("r", rows), "signed": signed}


def run_dry(given):
    """First appointments of four weeks below the part of the usual that `funnel.diagnose` sets."""
    share = funnel.thresholds()["no_new_blood"]["share"]
    return [row["id"] for row in given["rows"] if row["late"] < share * row["usual"]]


def dry_or_not(given):
    """What is to be said of each row."""
    return {row["id"]: row["kind"] for row in given["rows"]}


def shortest_list(given):
    """Who has fewest deals is thought to run dry."""
    by_size = sorted(given["rows"], key=lambda row: row["open"])
    return [row["id"] for row in by_size[:2]]


def full_is_safe(given):
    """A long list is thought to be safe."""
    return [row["id"] for row in given["rows"] if row["kind"] == "dry"]


# --- funnel.1.4: who plays ball, and what is wrong on the sheet

USUAL = {"p25": 28, "p50": 27, "p90": 16}
AHEAD = ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-10", "2026-03-12", "2026-03-17")
GONE = ("2026-02-25", "2026-02-12", "2026-01-29")


def seven_prospects(rng, case):
    """Seven deals: three that play ball, and four that do not, each for a reason of its own."""
    kinds = ["ball", "ball", "ball", "bare", "past", "courtesy", "still"]
    good = rng.sample(TEXTS["step"]["good"], 5)
    rows = []
    for kind, customer in zip(kinds, rng.sample(TEXTS["people"]["customers"], 7), strict=True):
        stage = rng.choice(tuple(USUAL))
        usual = USUAL[stage]
        days = usual * rng.randrange(3, 7) if kind == "still" else rng.randrange(3, usual - 2)
        words = (
            good.pop()
            if kind in ("ball", "past", "still")
            else rng.choice(TEXTS["step"]["courtesy"])
        )
        date = {"bare": None, "courtesy": None, "past": rng.choice(GONE)}.get(
            kind, rng.choice(AHEAD)
        )
        rows.append(
            {"customer": pair(customer), "stage": stage, "days": days, "usual": usual,
             "next_step": None if kind == "bare" else pair(words), "next_step_date": date,
             "kind": kind}
        )  # fmt: skip
    rng.shuffle(rows)
    return {"rows": numbered("r", rows)}


def playing(given):
    """`funnel.plays_ball` by the strict rule."""
    table = pd.DataFrame(given["rows"]).set_index("id")
    today = pd.Timestamp(TODAY)
    table["next_step"] = [both["zh"] if both else None for both in table["next_step"]]
    table["next_step_date"] = pd.to_datetime(table["next_step_date"])
    table["entered"] = today - pd.to_timedelta(table["days"], unit="D")
    flow = pd.DataFrame({"days_most": pd.Series(USUAL)})
    found = funnel.plays_ball(table, today, flow, strict=True)
    return list(found.index[found["plays_ball"]])


def ball_or_not(given):
    """What each row is."""
    return {row["id"]: row["kind"] for row in given["rows"]}


def step_is_enough(given):
    """A next step, however long the deal has stood."""
    return [row["id"] for row in given["rows"] if row["kind"] in ("ball", "still")]


def young_is_enough(given):
    """Within the usual time, whether or not there is a step."""
    return [row["id"] for row in given["rows"] if row["kind"] != "still"]


def words_are_enough(given):
    """Whatever is written is a step, with or without a day."""
    return [row["id"] for row in given["rows"] if row["kind"] in ("ball", "courtesy")]


_WRONG = {
    "step_time": ("2026-02-24", ("2026年2月24日", "24 February 2026")),
    "first_meeting": ("2026-03-18", ("2026年3月18日", "18 March 2026")),
    "amount": ("lots", ("量很大", "a large volume")),
    "chance": (1.2, ("120%", "120%")),
}
_RIGHT = {
    "step_time": ("2026-03-11", ("2026年3月11日", "11 March 2026")),
    "first_meeting": ("2026-01-20", ("2026年1月20日", "20 January 2026")),
    "last_talk": ("2026-02-25", ("2026年2月25日", "25 February 2026")),
    "amount": (360_000, ("36万", "360,000")),
    "chance": (0.2, ("20%", "20%")),
}


def one_prospect(rng, case):
    """Ten fields of a sheet: two that cannot be, two left empty, a low chance that is fine."""
    wrong = rng.sample(["step_time", "first_meeting", "amount"], 2)
    empty = rng.sample([name for name in TEXTS["sheet"] if name != "customer"], 2)
    rest = [name for name in TEXTS["sheet"] if name not in empty]
    fields = {*wrong, *empty, "chance", "last_talk", *rng.sample(rest, 4)}
    form = {}
    for name in FIELDS:
        if name in wrong:
            form[name] = _WRONG[name]
        elif name in empty:
            form[name] = (None, ("（空）", "(empty)"))
        elif name in _RIGHT:
            form[name] = _RIGHT[name]
        else:
            both = rng.choice(TEXTS["sheet"][name])
            form[name] = (both[0], both)
    rows = [
        {
            "id": name,
            "field": {lang: terms.term(f"prospect.{name}", lang) for lang in LANGS},
            "written": pair(form[name][1]),
            "value": form[name][0],
        }
        for name in FIELDS
        if name in fields
    ]
    return {"rows": rows, "today": TODAY}


def sheet_gaps(given):
    """`funnel.prospect_gaps` of the fields that are shown."""
    return list(_gaps(given))


def _gaps(given):
    found = funnel.prospect_gaps({row["id"]: row["value"] for row in given["rows"]}, given["today"])
    return {row["id"]: found[row["id"]] for row in given["rows"] if row["id"] in found}


def gap_or_fine(given):
    """The gap of each field, or that it is fine."""
    found = _gaps(given)
    return {row["id"]: found.get(row["id"], "fine") for row in given["rows"]}


def only_empty(given):
    """Only what is empty is a gap."""
    return [name for name, gap in _gaps(given).items() if gap == "missing"]


def low_is_wrong(given):
    """A low chance is taken for a gap."""
    return [
        row["id"] for row in given["rows"] if row["id"] in _gaps(given) or row["id"] == "chance"
    ]
