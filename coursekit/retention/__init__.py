"""Keeping customers: who stays, what to mend, how long things take, what a customer is worth."""

from coursekit.retention.process import complaint_flow, service, step_times, without_wait
from coursekit.retention.satisfaction import drivers, priorities
from coursekit.retention.survival import curve, curves, of_hundred, staying_at
from coursekit.retention.value import break_even_retention, customer_value, win_or_keep

__all__ = [
    "break_even_retention",
    "complaint_flow",
    "curve",
    "curves",
    "customer_value",
    "drivers",
    "of_hundred",
    "priorities",
    "service",
    "staying_at",
    "step_times",
    "win_or_keep",
    "without_wait",
]
