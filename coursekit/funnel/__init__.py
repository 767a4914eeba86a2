"""The funnel list: the ladder of stages, what a deal can show, how deals move."""

from coursekit.funnel.conversion import conversion
from coursekit.funnel.flow import own_rates
from coursekit.funnel.gates import class_shown, missing_gates
from coursekit.funnel.inflow import (
    Needed,
    appointments_needed,
    cycle_days,
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

__all__ = [
    "CLOSED",
    "LOST",
    "OPEN",
    "OPPORTUNITY",
    "RULES",
    "STAGES",
    "WON",
    "Ladder",
    "Limits",
    "Needed",
    "Off",
    "Stage",
    "age_days",
    "age_limit",
    "appointments_needed",
    "as_day",
    "class_shown",
    "conversion",
    "cycle_days",
    "days_of",
    "days_since",
    "is_open",
    "known_stage",
    "missing_gates",
    "money",
    "own_rates",
    "per_week",
    "review",
    "rules_off",
    "without_next_step",
    "won_share",
]
