"""Working with dealers: diversion, prices, accounts, loading, rebates, choosing, training."""

from coursekit.channel.batches import LEVELS, diversion, traces
from coursekit.channel.booking import links, merged, split
from coursekit.channel.choosing import Rule, bench, entry, letting_go, weeding
from coursekit.channel.files import completeness, file_errors
from coursekit.channel.incentives import Scheme, cliffs, rebate, rebate_cost, rebates
from coursekit.channel.loading import quarter_end
from coursekit.channel.price import price_checks, undercutting
from coursekit.channel.reach import dependence, network
from coursekit.channel.training import before_and_after, training_effect

__all__ = [
    "LEVELS",
    "Rule",
    "Scheme",
    "before_and_after",
    "bench",
    "cliffs",
    "completeness",
    "dependence",
    "diversion",
    "entry",
    "file_errors",
    "letting_go",
    "links",
    "merged",
    "network",
    "price_checks",
    "quarter_end",
    "rebate",
    "rebate_cost",
    "rebates",
    "split",
    "traces",
    "training_effect",
    "undercutting",
    "weeding",
]
