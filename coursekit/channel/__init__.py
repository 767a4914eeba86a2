"""Working with dealers: diversion, prices, accounts, loading, rebates, choosing, training."""

from coursekit.channel.batches import LEVELS, diversion, traces
from coursekit.channel.price import price_checks, undercutting

__all__ = ["LEVELS", "diversion", "price_checks", "traces", "undercutting"]
