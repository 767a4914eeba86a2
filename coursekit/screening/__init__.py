"""Which customers to work: standards, costs, win rates, the market, and when to let go."""

from coursekit.screening.cost import cost_of_winning, cost_to_serve, order_profit, return_on_time
from coursekit.screening.giving_up import freed, going_on, regret, zombies
from coursekit.screening.market import (
    LifeCycle,
    before_budget,
    life_cycle,
    nested_groups,
    next_orders,
    season,
)
from coursekit.screening.orders import four_choices, order_class
from coursekit.screening.span import capacity_curve, first_things, heads_needed, rate_by_load
from coursekit.screening.standards import compare_standards, turnover
from coursekit.screening.winning import (
    objections_by_number,
    objections_by_step,
    preventable,
    step_lift,
    win_rates,
)

__all__ = [
    "LifeCycle",
    "before_budget",
    "capacity_curve",
    "compare_standards",
    "cost_of_winning",
    "cost_to_serve",
    "first_things",
    "four_choices",
    "freed",
    "going_on",
    "heads_needed",
    "life_cycle",
    "nested_groups",
    "next_orders",
    "objections_by_number",
    "objections_by_step",
    "order_class",
    "order_profit",
    "preventable",
    "rate_by_load",
    "regret",
    "return_on_time",
    "season",
    "step_lift",
    "turnover",
    "win_rates",
    "zombies",
]
