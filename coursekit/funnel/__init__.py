"""The funnel list: the ladder of stages, what a deal can show, how deals move."""

from coursekit.funnel.changes import changes, compared
from coursekit.funnel.conversion import conversion, stage_conversion
from coursekit.funnel.diagnose import (
    Diagnosis,
    Finding,
    archetype_deals,
    archetypes,
    diagnose,
    match_archetype,
)
from coursekit.funnel.early import early_warnings
from coursekit.funnel.evolution import arrivals, evolve, shortfall, steady_moves
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
from coursekit.funnel.norms import Norms, norms
from coursekit.funnel.problems import PROBLEMS, problems
from coursekit.funnel.process import process
from coursekit.funnel.prospect import plays_ball, prospect_gaps
from coursekit.funnel.review import (
    RULES,
    Off,
    age_days,
    age_limit,
    days_since,
    money,
    rests,
    review,
    rules_off,
    without_next_step,
)
from coursekit.funnel.shape import Coverage, Shape, ageing, coverage, pyramid_of, shape
from coursekit.funnel.targets import required, season, split_target
from coursekit.funnel.thresholds import thresholds
from coursekit.inputs import as_day, days_of

__all__ = [
    "CLOSED",
    "LOST",
    "OPEN",
    "OPPORTUNITY",
    "PROBLEMS",
    "RULES",
    "STAGES",
    "WON",
    "Coverage",
    "Diagnosis",
    "Finding",
    "Ladder",
    "Limits",
    "Needed",
    "Norms",
    "Off",
    "Shape",
    "Stage",
    "age_days",
    "age_limit",
    "ageing",
    "appointments_needed",
    "archetype_deals",
    "archetypes",
    "arrivals",
    "as_day",
    "changes",
    "class_shown",
    "compared",
    "conversion",
    "coverage",
    "cycle_days",
    "days_of",
    "days_since",
    "diagnose",
    "early_warnings",
    "evolve",
    "flow",
    "gate_standard",
    "is_open",
    "known_stage",
    "match_archetype",
    "missing_gates",
    "money",
    "movement",
    "norms",
    "own_rates",
    "per_week",
    "plays_ball",
    "problems",
    "process",
    "prospect_gaps",
    "pyramid_of",
    "required",
    "rests",
    "review",
    "rules_off",
    "season",
    "shape",
    "shortfall",
    "snapshot",
    "split_target",
    "stage_conversion",
    "steady_moves",
    "thresholds",
    "weekly_moves",
    "without_next_step",
    "won_share",
]
