"""Exercises of funnel.3: what varies, and the keys from the functions that the lesson teaches."""

import functools
import math
import pathlib
import tomllib

import pandas as pd

from coursekit import funnel
from coursekit.practice import draws
from coursekit.practice.draws import moved, picked
from coursekit.tables import dates, numbers

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_3_texts.toml").read_text("utf-8"))
TODAY = "2026-03-02"
PEOPLE = {name: TEXTS["people"][name] for name in ("who", "boss", "day")}
LADDER = funnel.Ladder.load()
EARLY = ("opportunity", "appointment")

# --- funnel.3.1: one's own list


def five_deals(answer, given):
    """What of a list falls by the next-step rule, and whether it has a base."""
    rows = answer["deals"]
    steps = tuple(
        tuple(row[name] or "" for name in ("stage", "next_step", "person", "day")) for row in rows
    )
    fallen = _fallen(steps, given["today"])
    names = [row["customer"].casefold() for row in rows if row["customer"]]
    early = sum(row["stage"] in EARLY for row in rows)
    return {
        **{
            f"deals.{number}.stage": "too_high" if number in fallen else ""
            for number in range(1, len(rows) + 1)
        },
        "steps": "bare" if fallen or not rows else "",
        "base": "" if early >= 2 else "no_base",
        "twice": "same_customer" if len(set(names)) < len(names) else "",
    }


@functools.lru_cache(maxsize=1024)
def _fallen(steps, today):
    """Numbers of the rows from 25% up that the strict rule takes back to opportunity."""
    table = pd.DataFrame(
        steps, columns=["stage", "next_step", "next_step_person", "next_step_date"]
    )
    table["next_step_date"] = pd.to_datetime(table["next_step_date"])
    table.index += 1
    table = table[table["stage"].isin(LADDER.codes) & ~table["stage"].isin(EARLY)]
    if table.empty:
        return ()
    review = funnel.review(table, today, LADDER, strict=True)
    return tuple(review.index[review["reason"] != ""])


# --- guesses about the company of the running case


@functools.lru_cache(maxsize=1)
def _case():
    """What the guesses ask about: one company, whatever part of it a trainee has."""
    from coursekit.case import Case

    case = Case.load("feed", "zh")
    return case, case.deals.set_index("deal_id", drop=False)


@functools.lru_cache(maxsize=1)
def _rows():
    from coursekit.plots import listing

    case, deals = _case()
    flow = funnel.flow(case.deal_history, case.today)
    evidence = case.gates.set_index("deal_id")
    table = listing.checks_table(deals, evidence, case.today, LADDER, flow)
    filled = listing.fill_numbers(deals, case.today)
    checked = listing.checks_numbers(table)
    return {"rows": filled["n"], "usable": filled["n_all"], "sound": checked["n_sound"]}


@functools.lru_cache(maxsize=1)
def _zombies():
    from coursekit.plots import standing

    case, deals = _case()
    limit = funnel.age_limit(deals, LADDER)
    lists = {"A": deals[deals["owner"] == "S03"]}
    found = standing.cover_numbers(lists, case.today, LADDER, 1_000_000, limit)["lists"]["A"]
    return {"target": 1_000_000, "times": round(found["open"], 1), "shown": found["shown"]}


@functools.lru_cache(maxsize=1)
def _quiet():
    case, deals = _case()
    history, today = case.deal_history, case.today
    norms = funnel.norms(deals, today, LADDER, history)
    mine = deals[deals["owner"] == "S01"]
    found = funnel.early_warnings(mine, today, LADDER, norms, history=history)
    return {"weeks": float(found.set_index("code").loc["no_new_blood", "weeks"])}


def rows_of_the_company(rng, case):
    """What two guesses may name."""
    return dict(_rows())


def list_a(rng, case):
    """What a guess may name of the list full of zombies."""
    return dict(_zombies())


def quiet_weeks(rng, case):
    """What a guess may name of the one who met nobody new."""
    return dict(_quiet())


def guess_rows(given):
    """Rows that somebody else could carry on with."""
    return {"usable": given["usable"]}


def guess_checks(given):
    """Deals that pass all five checks and are on time."""
    return {"sound": given["sound"]}


def guess_cover(given):
    """Share of the target that list A can show."""
    return {"shown": given["shown"]}


def guess_weeks(given):
    """Weeks until the contracts stop."""
    return {"weeks": given["weeks"]}


# --- funnel.3.1: which column, which cell


def where_it_goes(rng, case):
    """Nine sentences of a visit note."""
    n = {"proof": 2, "amount": 1, "step": 2, "courtesy": 2, "feeling": 2}
    picks = []
    for name, number in n.items():
        picks += picked(rng, {"says": name}, TEXTS["column"][name], number)
    return draws.cards(rng, picks, PEOPLE)


def column_of(given):
    """Courtesies and feelings go nowhere."""
    nowhere = ("courtesy", "feeling")
    return {c["id"]: "none" if c["says"] in nowhere else c["says"] for c in given["cards"]}


def what_it_says(given):
    """What each sentence is."""
    return {card["id"]: card["says"] for card in given["cards"]}


def courtesy_is_step(given):
    """Any words about later are taken for a next step."""
    return moved(given, "says", courtesy="step")


def feeling_is_proof(given):
    """A good feeling is taken for evidence."""
    return moved(given, "says", feeling="proof")


def exported(rng, case):
    """Eight rows of an export, four with a cell that cannot be read."""
    faults = ["amount", "amount", "day", "day", "", "", "", ""]
    rng.shuffle(faults)
    cells = {
        name: {
            kind: rng.sample(
                list(zip(pool[kind], pool[f"{kind}_en"], strict=True)), len(pool[kind])
            )
            for kind in ("good", "bad")
        }
        for name, pool in TEXTS["cell"].items()
    }
    rows = []
    for customer, fault in zip(rng.sample(TEXTS["people"]["customers"], 8), faults, strict=True):
        texts = {}
        for name, pool in cells.items():
            kind = "bad" if name == fault else "good"
            pool[kind].insert(0, pool[kind].pop())
            texts[name] = draws.pair(pool[kind][0])
        rows.append({"customer": draws.pair(customer), **texts})
    return {"rows": draws.numbered("r", rows)}


def unreadable(given):
    """Rows with a cell that the reader of tables cannot use."""
    return [row["id"] for row in given["rows"] if any(_trouble(row).values())]


def cell_trouble(given):
    """What is wrong in each row."""
    reasons = {}
    for row in given["rows"]:
        trouble = _trouble(row)
        reasons[row["id"]] = next((name for name, bad in trouble.items() if bad), "read")
    return reasons


def odd_is_wrong(given):
    """What only looks unusual is marked as well: a number with its unit, a date with dots."""
    odd = ("26万", "2026.3.16", "20260324")
    rows = [r for r in given["rows"] if r["amount"]["zh"] in odd or r["day"]["zh"] in odd]
    return sorted({*unreadable(given), *(row["id"] for row in rows)})


def days_forgotten(given):
    """Only the amounts are looked at."""
    return [row["id"] for row in given["rows"] if _trouble(row)["amount"]]


def _trouble(row):
    """Cell -> whether the kit's readers leave it empty, in either language."""
    return {
        "amount": any(numbers.parse([text]).values[0] is None for text in row["amount"].values()),
        "day": any(dates.parse([text]).values[0] is None for text in row["day"].values()),
    }


# --- funnel.3.2: the five checks


def classed(rng, case):
    """Eight deals claimed at 25% or 50%, four of them too high."""
    plans = [
        *(("p25", ()), ("p25", ("words",)), ("p50", ()), ("p50", ())),
        ("p25", (rng.choice(("information", "step")),)),
        ("p25", ("proposal",)),
        ("p50", ("words",)),
        ("p50", (rng.choice(("information", "step")),)),
    ]
    rng.shuffle(plans)
    names = rng.sample(TEXTS["people"]["customers"], len(plans))
    rows = []
    for (stage, bad), customer in zip(plans, names, strict=True):
        people = {name: [rng.choice(choices)] for name, choices in PEOPLE.items()}
        texts = {
            name: draws.told(rng, rng.choice(pool["bad" if name in bad else "good"]), people)
            for name, pool in TEXTS["check"].items()
        }
        rows.append({"customer": draws.pair(customer), "stage": stage, "lacks": bad, **texts})
    return {"rows": draws.numbered("r", [{**row, "lacks": list(row["lacks"])} for row in rows])}


GATES_OF = {
    "information": ("project_set_up", "decision_path", "right_person", "budget", "schedule"),
    "proposal": ("sales_plan", "staged_plan"),
    "words": ("right_proposal",),
    "step": ("next_step",),
}


def too_high(given):
    """Deals of which a gate of their class, or of the one below, cannot be shown."""
    return [row["id"] for row in given["rows"] if _missing(row)]


def why_too_high(given):
    """The check that is lacking, ``fine``, or ``not_asked``."""
    reasons = {}
    for row in given["rows"]:
        missing = _missing(row)
        of = [name for name, gates in GATES_OF.items() if set(gates) & set(missing)]
        reasons[row["id"]] = of[0] if of else "not_asked" if row["lacks"] else "fine"
    return reasons


def all_five_at_25(given):
    """The customer's own words are asked of a deal at 25% too."""
    return [row["id"] for row in given["rows"] if row["lacks"]]


def only_the_step(given):
    """Only the next step is looked at."""
    return [row["id"] for row in given["rows"] if "step" in row["lacks"]]


def nice_words(given):
    """Friendly words are taken for his own reasons."""
    return [row["id"] for row in given["rows"] if _missing(row) and row["lacks"] != ["words"]]


def _missing(row):
    return _missing_of(row["stage"], tuple(row["lacks"]))


@functools.lru_cache(maxsize=64)
def _missing_of(stage, lacks):
    """The gates of the class and of those below it that are not there."""
    gone = {gate for name in lacks for gate in GATES_OF[name]}
    gates = {gate for of in LADDER.stages for gate in of.gates}
    evidence = pd.DataFrame({gate: [gate not in gone] for gate in sorted(gates)})
    classes = ("p25",) if stage == "p25" else ("p25", "p50")
    found = (funnel.missing_gates(evidence, pd.Series([code]), LADDER)[0] for code in classes)
    return tuple(gate for gates in found for gate in gates)


def own_words(rng, case):
    """Eight sentences of customers."""
    n = {"own": 3, "ours": 2, "polite": 3}
    picks = []
    for name, number in n.items():
        picks += picked(rng, {"says": name}, TEXTS["words"][name], number)
    return draws.cards(rng, picks, PEOPLE)


def said(given):
    """Where each sentence belongs."""
    return {card["id"]: card["says"] for card in given["cards"]}


def praise_makes_sense(given):
    """Who repeats our words is thought to be convinced."""
    return moved(given, "says", ours="own")


def friendly_makes_sense(given):
    """Friendliness is taken for a reason."""
    return moved(given, "says", polite="own")


# --- funnel.3.3: enough, in and out


def covering(rng, case):
    """A list of seven deals, three of which have no next step that counts."""
    stages = ["p90", "p50", "p50", "p50", "p25", "p25", "p25"]
    fallen = {rng.choice((1, 2)), 3, rng.choice((4, 5, 6))}
    names = rng.sample(TEXTS["people"]["customers"], len(stages))
    days = rng.sample(range(3, 26), len(stages))
    rows = []
    for at, (stage, name) in enumerate(zip(stages, names, strict=True)):
        amount = 10_000 * rng.randrange(12, 61, 4)
        step = draws.told(rng, rng.choice(TEXTS["plan"]["step"]), PEOPLE)
        day = f"2026-03-{days[at]:02d}"
        if at in fallen:
            day = f"2026-02-{days[at]:02d}" if at == 3 else None
            step = None if at != 3 else step
        texts = {"step": step or NOTHING, "day": day}
        rows.append({"customer": draws.pair(name), "stage": stage, "amount": amount, **texts})
    rng.shuffle(rows)
    target = 10_000 * round(sum(row["amount"] for row in rows) / 10_000 / rng.choice((2.5, 3.0)))
    return {"today": TODAY, "target": target, "rows": draws.numbered("r", rows)}


NOTHING = {"zh": "", "en": ""}


def covered(given):
    """Times the target in full, and what can be shown of it, by `funnel.coverage`."""
    return dict(
        zip(("times", "shown", "missing"), _covered(_key(given), given["target"]), strict=True)
    )


def _key(given):
    return tuple(
        (row["stage"], row["amount"], row["step"]["zh"], row["day"]) for row in given["rows"]
    )


@functools.lru_cache(maxsize=1024)
def _covered(rows, target):
    deals = pd.DataFrame(rows, columns=["stage", "amount", "next_step", "next_step_date"])
    deals["next_step_date"] = pd.to_datetime(deals["next_step_date"])
    cover = funnel.coverage(deals, TODAY, LADDER, target)
    shown = round(cover.shown * target)
    return round(cover.open, 1), shown, target - shown


def as_listed(given):
    """Every claim is taken at its rate."""
    total = sum(row["amount"] * LADDER.rate(row["stage"]) for row in given["rows"])
    return {"shown": round(total), "missing": round(given["target"] - total)}


def in_full(given):
    """What has a step is counted in full, without its rate."""
    counts = [r for r in given["rows"] if r["step"]["zh"] and r["day"] and r["day"] >= TODAY]
    total = sum(row["amount"] for row in counts)
    return {"shown": total, "missing": given["target"] - total}


def covered_work(given, key):
    """What the worked way names."""
    return {"full": sum(row["amount"] for row in given["rows"])}


def in_and_out(rng, case):
    """Six weeks of a list: what was met, won and lost."""
    while True:
        weeks = [
            {"came": rng.randrange(1, 5), "won": rng.randrange(0, 3), "lost": rng.randrange(0, 4)}
            for _ in range(6)
        ]
        stock = rng.randrange(14, 27)
        won, lost = (sum(week[name] for week in weeks) for name in ("won", "lost"))
        given = {"stock": stock, "won": won, "lost": lost, "rows": draws.numbered("r", weeks)}
        if won >= 3 and won + 2 <= lost and flowed(given)["per_week"] > math.ceil(won / 6):
            for number, row in enumerate(given["rows"], 1):
                row["week"] = number
            return given


def flowed(given):
    """Open deals at the end, by `funnel.movement`, and the meetings that replace what left."""
    weeks = tuple((row["came"], row["won"], row["lost"]) for row in given["rows"])
    gone = given["won"] + given["lost"]
    return {
        "under_way": _under_way(given["stock"], weeks),
        "per_week": math.ceil(gone / len(weeks)),
    }


@functools.lru_cache(maxsize=1024)
def _under_way(stock, weeks):
    start = pd.Timestamp(TODAY) - pd.Timedelta(weeks=len(weeks))
    events = [(n, "appointment", start - pd.Timedelta(weeks=1)) for n in range(stock)]
    met, left = stock, 0
    for number, (came, won, lost) in enumerate(weeks):
        monday = start + pd.Timedelta(weeks=number)
        events += [(n, "appointment", monday) for n in range(met, met + came)]
        met += came
        for end, n in (("contract", won), ("lost", lost)):
            events += [(deal, end, monday) for deal in range(left, left + n)]
            left += n
    history = pd.DataFrame(events, columns=["deal_id", "stage", "date"])
    return int(funnel.movement(history, TODAY)["under_way"].iloc[-1])


def only_contracts_leave(given):
    """Lost deals are forgotten."""
    came = sum(row["came"] for row in given["rows"])
    return {
        "under_way": given["stock"] + came - given["won"],
        "per_week": math.ceil(given["won"] / len(given["rows"])),
    }


def in_and_out_work(given, key):
    """What the worked way names."""
    return {
        "came": sum(row["came"] for row in given["rows"]),
        "gone": given["won"] + given["lost"],
        "weeks": len(given["rows"]),
    }


# --- funnel.3.4: questions and orders


def sentences(rng, case):
    """Nine sentences of a manager."""
    picks = []
    for name, pool in TEXTS["talk"].items():
        picks += picked(rng, {"says": name}, pool, 3)
    return draws.cards(rng, picks, PEOPLE)


def question_mark_is_question(given):
    """Whatever ends in a question mark is taken for a question."""
    return moved(given, "says", hidden="question")
