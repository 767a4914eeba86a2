"""Key accounts: who is key, where they stand, whom we know, what they cost, what can be won."""

from coursekit.accounts.competition import SWOT, partnership, rivals, swot
from coursekit.accounts.contacts import (
    LEVELS,
    ROLES,
    coverage,
    decision_chain,
    responsibilities,
)
from coursekit.accounts.cost import INPUTS, account_cost, profit_after
from coursekit.accounts.loss import at_risk, loss_test
from coursekit.accounts.potential import against_standard, share_of_wallet, winnable
from coursekit.accounts.quadrants import QUADRANTS, matrix, movement
from coursekit.accounts.satisfaction import satisfaction_and_profit
from coursekit.accounts.time import DUTIES, TIERS, duties, pyramid, tiers_by_value
from coursekit.accounts.warning import SIGNALS, Limits, early_warnings

__all__ = [
    "DUTIES",
    "INPUTS",
    "LEVELS",
    "QUADRANTS",
    "ROLES",
    "SIGNALS",
    "SWOT",
    "TIERS",
    "Limits",
    "account_cost",
    "against_standard",
    "at_risk",
    "coverage",
    "decision_chain",
    "duties",
    "early_warnings",
    "loss_test",
    "matrix",
    "movement",
    "partnership",
    "profit_after",
    "pyramid",
    "responsibilities",
    "rivals",
    "satisfaction_and_profit",
    "share_of_wallet",
    "swot",
    "tiers_by_value",
    "winnable",
]
