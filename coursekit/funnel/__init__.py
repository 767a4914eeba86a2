"""The funnel list: the ladder of stages, what a deal can show, how deals move."""

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
    "Off",
    "Stage",
    "age_days",
    "age_limit",
    "is_open",
    "known_stage",
    "review",
    "rules_off",
    "without_next_step",
]
