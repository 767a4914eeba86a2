"""Working with dealers: diversion, prices, accounts, loading, rebates, choosing, training."""

from coursekit.channel.batches import LEVELS, diversion, traces
from coursekit.channel.booking import links, merged, split
from coursekit.channel.loading import quarter_end
from coursekit.channel.price import price_checks, undercutting

__all__ = [
    "LEVELS",
    "diversion",
    "links",
    "merged",
    "price_checks",
    "quarter_end",
    "split",
    "traces",
    "undercutting",
]
