"""An account plan as a checked structure: sheets, what is missing, what contradicts the rest."""

from coursekit.account_plan.checks import check
from coursekit.account_plan.sheets import PARTS, SHEETS, completeness
from coursekit.account_plan.views import SOURCES, not_known_yet, open_actions, product_forecast

__all__ = [
    "PARTS",
    "SHEETS",
    "SOURCES",
    "check",
    "completeness",
    "not_known_yet",
    "open_actions",
    "product_forecast",
]
