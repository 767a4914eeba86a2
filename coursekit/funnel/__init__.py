"""The funnel list: the ladder of stages, what a deal can show, how deals move."""

from coursekit.funnel.conversion import conversion
from coursekit.funnel.evolution import arrivals, evolve, shortfall
from coursekit.funnel.flow import flow, own_rates, weekly_moves
from coursekit.funnel.gates import class_shown, gate_standard, missing_gates
from coursekit.funnel.history import snapshot
from coursekit.funnel.inflow import (
    Needed,
    appointments_needed,
    cycle_days,
    movement,
    per_week,
    won_share,
)
from coursekit.funnel.ladder import (
    CLOSED,
    LOST,
    OPEN,
    OPPORTUNITY,
    STAGES,
    WON,
    Ladder,
    Limits,
    Stage,
    is_open,
    known_stage,
)
from coursekit.funnel.review import (
    RULES,
    Off,
    age_days,
    age_limit,
    as_day,
    days_of,
    days_since,
    money,
    review,
    rules_off,
    without_next_step,
)
from coursekit.funnel.shape import Coverage, Shape, ageing, coverage, pyramid_of, shape
from coursekit.funnel.thresholds import thresholds

__all__ = [
    "CLOSED",
    "LOST",
    "OPEN",
    "OPPORTUNITY",
    "RULES",
    "STAGES",
    "WON",
    "Coverage",
    "Ladder",
    "Limits",
    "Needed",
    "Off",
    "Shape",
    "Stage",
    "age_days",
    "age_limit",
    "ageing",
    "appointments_needed",
    "arrivals",
    "as_day",
    "class_shown",
    "conversion",
    "coverage",
    "cycle_days",
    "days_of",
    "days_since",
    "evolve",
    "flow",
    "gate_standard",
    "is_open",
    "known_stage",
    "missing_gates",
    "money",
    "movement",
    "own_rates",
    "per_week",
    "pyramid_of",
    "review",
    "rules_off",
    "shape",
    "shortfall",
    "snapshot",
    "thresholds",
    "weekly_moves",
    "without_next_step",
    "won_share",
]
