"""Exercises of funnel.4: portfolios that run on, and the flight simulator."""

import dataclasses

import pandas as pd

from coursekit.flight import Rules
from coursekit.funnel import evolve
from coursekit.practice.draws import numbered
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
