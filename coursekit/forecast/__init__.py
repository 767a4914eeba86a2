"""Forecasting: what a list brings, when, how far rules and claimed chances came true."""

from coursekit.forecast.distribution import (
    DRAWS,
    Distribution,
    deciding,
    distribution,
    expected_value,
)

__all__ = [
    "DRAWS",
    "Distribution",
    "deciding",
    "distribution",
    "expected_value",
]
