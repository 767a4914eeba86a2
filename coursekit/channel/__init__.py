"""Working with dealers: diversion, prices, accounts, loading, rebates, choosing, training."""

from coursekit.channel.batches import LEVELS, diversion, traces
from coursekit.channel.booking import links, merged, split
from coursekit.channel.loading import quarter_end
from coursekit.channel.price import price_checks, undercutting
from coursekit.channel.rebates import Scheme, cliffs, rebate, rebate_cost, rebates

__all__ = [
    "LEVELS",
    "Scheme",
    "cliffs",
    "diversion",
    "links",
    "merged",
    "price_checks",
    "quarter_end",
    "rebate",
    "rebate_cost",
    "rebates",
    "split",
    "traces",
    "undercutting",
]
