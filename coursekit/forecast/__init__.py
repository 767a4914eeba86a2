"""Forecasting: what a list brings, when, how far rules and claimed chances came true."""

from coursekit.forecast.backtest import (
    age_rates,
    as_known,
    backtest,
    learned_rates,
    month_ends,
    stage_rates,
    win_rate_times_open,
)
from coursekit.forecast.calibration import Calibration, calibration, stage_claims
from coursekit.forecast.chain import win_probability
from coursekit.forecast.distribution import (
    DRAWS,
    Distribution,
    deciding,
    distribution,
    expected_value,
)
from coursekit.forecast.period import by_period
from coursekit.forecast.timing import Cycle, cycle

__all__ = [
    "DRAWS",
    "Calibration",
    "Cycle",
    "Distribution",
    "age_rates",
    "as_known",
    "backtest",
    "by_period",
    "calibration",
    "cycle",
    "deciding",
    "distribution",
    "expected_value",
    "learned_rates",
    "month_ends",
    "stage_claims",
    "stage_rates",
    "win_probability",
    "win_rate_times_open",
]
