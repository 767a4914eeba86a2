"""Exercises of funnel.1: what varies."""

import functools

import pandas as pd

from coursekit import funnel
from coursekit.practice.draws import numbered, pair, weighed, weighed_key
from coursekit.scoring import Scorecard

WIN = ("decision_chain", "offer", "partners", "win_win")
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
    ("春和百货", "Spring Store"),
    ("宏远物流", "Far Freight"),
    ("蓝湾酒店", "Bay Hotel"),
    ("金鼎置业", "Golden Homes"),
    ("新叶食品", "New Leaf Foods"),
    ("北辰重工", "North Star Works"),
    ("江岸港务", "Riverside Port"),
    ("云岭制药", "Cloud Ridge Pharma"),
    ("同心医院", "Unity Hospital"),
    ("飞驰客车", "Swift Coaches"),
    ("青石水泥", "Bluestone Cement"),
    ("白塔乳业", "White Tower Dairy"),
    ("长风电器", "Fair Wind Electric"),
    ("万顺印务", "Smooth Print"),
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
