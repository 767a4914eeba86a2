"""Sales goals and plans: the performance formula, the way back from a target, days and capacity."""

from coursekit.planning.days import schedule, spread, working_days
from coursekit.planning.formula import best_lever, performance, watch, waterfall
from coursekit.planning.measures import attainment, lead_lag, small_gains, steadiness
from coursekit.planning.offer import mix, price_corridor
from coursekit.planning.workload import gap, work_back, work_back_band

__all__ = [
    "attainment",
    "best_lever",
    "gap",
    "lead_lag",
    "mix",
    "performance",
    "price_corridor",
    "schedule",
    "small_gains",
    "spread",
    "steadiness",
    "watch",
    "waterfall",
    "work_back",
    "work_back_band",
    "working_days",
]
