"""Credit to dealers: limits under one risk budget, ageing of receivables, days outstanding."""

from coursekit.credit.limits import FACTORS, RULES, exposure, limits, wanted_limit
from coursekit.credit.receivables import (
    BANDS,
    ageing,
    days_counted_back,
    days_outstanding,
    habit,
    settle,
)

__all__ = [
    "BANDS",
    "FACTORS",
    "RULES",
    "ageing",
    "days_counted_back",
    "days_outstanding",
    "exposure",
    "habit",
    "limits",
    "settle",
    "wanted_limit",
]
