"""Small trials: how sure a rate is, how many visits it takes, which of two is better."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

LEVEL = 0.95


def wilson(won, n, level=LEVEL):
    """Interval of a rate by Wilson's score.

    Parameters
    ----------
    won, n : int or array_like
        Successes and tries; whole numbers, `won` at most `n`.
    level : float, default 0.95
        Of the interval, in (0, 1).

    Returns
    -------
    low, high : float or ndarray
        0 to 1; 0 and 1 where nothing was tried.

    Raises
    ------
    InputError
        Counts that cannot be, or a level outside (0, 1).

    Notes
    -----
    Syllabus items screening.1.5 and screening.4.1; E. B. Wilson, J. Am. Stat. Assoc. 22 (1927).
    Unlike rate ± 2 standard errors it never leaves 0 to 1 and is honest for few tries. It fails
    where tries hang together: ten visits to one firm are not ten firms.
    """
    won, n, z = *_counts(won, n), _normal(level)
    tried = np.maximum(n, 1)
    rate, spread = won / tried, z * z / tried
    centre = rate + spread / 2
    half = z * np.sqrt(rate * (1 - rate) / tried + spread / tried / 4)
    # a rate of 0 or 1 is its own limit; rounding must not take it away
    low = np.where(won == 0, 0.0, (centre - half) / (1 + spread))
    high = np.where(won == n, 1.0, (centre + half) / (1 + spread))
    return low[()], high[()]


def newcombe(won, n, other_won, other_n, level=LEVEL):
    """Interval of the difference of two rates, the first less the other.

    Parameters
    ----------
    won, n, other_won, other_n : int or array_like
        Successes and tries of two independent groups, each tried at least once.
    level : float, default 0.95

    Returns
    -------
    low, high : float or ndarray
        -1 to 1. Where 0 lies between them the trial has not shown which is better.

    Raises
    ------
    InputError
        As `wilson`, or a group without a try.

    Notes
    -----
    Syllabus items screening.1.5 and screening.4.1; R. G. Newcombe, Statistics in Medicine 17
    (1998), method 10: Wilson's limits of both groups, combined. It fails where one searches many
    groups for the best: of twenty comparisons one shows a difference by luck.
    """
    groups = []
    for counts in ((won, n), (other_won, other_n)):
        hits, tries = _counts(*counts)
        if np.any(tries == 0):
            raise InputError("trials.nothing_tried")
        groups.append((hits / tries, *wilson(hits, tries, level)))
    (rate, low, high), (other, other_low, other_high) = groups
    gap = rate - other
    below = np.sqrt((rate - low) ** 2 + (other_high - other) ** 2)
    above = np.sqrt((high - rate) ** 2 + (other - other_low) ** 2)
    return (gap - below)[()], (gap + above)[()]


def sample_size(rate, better, power=0.8, alpha=0.05):
    """Tries per group that it takes to tell two rates apart.

    Parameters
    ----------
    rate, better : float
        The rate of today and the one worth finding, both in (0, 1), not equal.
    power : float, default 0.8
        Chance of finding it when it is there.
    alpha : float, default 0.05
        Chance of crying wolf when it is not, both sides.

    Returns
    -------
    int
        Per group, rounded up.

    Raises
    ------
    InputError
        A rate or share outside (0, 1), or equal rates.

    Notes
    -----
    Syllabus item screening.4.1; J. L. Fleiss, Statistical Methods for Rates and Proportions:
    (z_a √(2 p̄ q̄) + z_b √(p₁q₁ + p₂q₂))² / (p₁ − p₂)², without continuity correction. It fails
    where one looks at the result every day and stops when it pleases: see `coursekit.sequential`.
    """
    rate = inputs.open_share(rate, "rate")
    better = inputs.open_share(better, "rate")
    power, alpha = inputs.open_share(power, "power"), inputs.open_share(alpha, "alpha")
    if rate == better:
        raise InputError("trials.equal_rates", value=rate)
    mean = (rate + better) / 2
    apart = _normal(1 - alpha) * math.sqrt(2 * mean * (1 - mean))
    found = _quantile(power) * math.sqrt(rate * (1 - rate) + better * (1 - better))
    return _up(max(0.0, apart + found) ** 2 / (rate - better) ** 2)


def tries_for_one(rate, sure=0.95):
    """Tries until at least one success is this sure.

    Parameters
    ----------
    rate : float
        Of success per try, in (0, 1).
    sure : float, default 0.95
        In (0, 1).

    Returns
    -------
    int
        Fewest n with 1 − (1 − rate)ⁿ at least `sure`. So many failures in a row are needed before
        one may doubt the rate.

    Raises
    ------
    InputError
        Something outside (0, 1).

    Notes
    -----
    Syllabus item screening.4.1: "how many visits before you believe it". At 10% it takes 29.
    """
    rate, sure = inputs.open_share(rate, "rate"), inputs.open_share(sure, "share")
    return _up(math.log1p(-sure) / math.log1p(-rate))


def heterogeneity(won, n):
    """Whether several trials of the same thing differ by more than luck.

    Parameters
    ----------
    won, n : array_like of int, shape (n_trials,)
        Successes and tries per month, region or product; every `n` above 0.

    Returns
    -------
    dict
        ``rate`` of all together; ``ratio`` of the spread seen to the spread that luck alone gives
        (chi-square over its degrees of freedom, about 1 by luck); ``chance`` of so large a ratio
        by luck. NaN where all or none succeeded, or there is one trial only.

    Raises
    ------
    InputError
        Counts that cannot be, or a trial without a try.

    Notes
    -----
    Syllabus item screening.4.1: a changing world (VUCA) as variance; Pearson's chi-square. With a
    ratio well above 1 a trial of one month or region says little about the next. The chance is
    rough where fewer than 5 successes or failures are expected in a trial.
    """
    won, n = _counts(won, n)
    won, n = np.atleast_1d(won), np.atleast_1d(n)
    if np.any(n == 0) or not len(n):
        raise InputError("trials.nothing_tried")
    rate = float(won.sum() / n.sum())
    freedom = len(n) - 1
    if freedom == 0 or rate in (0, 1):
        return {"rate": rate, "ratio": math.nan, "chance": math.nan}
    from scipy import special

    spread = float(np.sum((won - n * rate) ** 2 / (n * rate * (1 - rate))))
    return {
        "rate": rate,
        "ratio": spread / freedom,
        "chance": float(special.chdtrc(freedom, spread)),
    }


def wilson_frame(won, n, level=LEVEL):
    """``won n rate low high`` as a frame; index of `won`, rate NaN where nothing was tried."""
    low, high = wilson(won.to_numpy(), n.to_numpy(), level)
    rate = (won / n).where(n > 0)
    return pd.DataFrame(
        {"won": won, "n": n, "rate": rate, "low": low, "high": high}, index=won.index
    )


def _counts(won, n):
    try:
        won, n = np.asarray(won, dtype=float), np.asarray(n, dtype=float)
    except (ValueError, TypeError):
        raise InputError("trials.not_counts") from None
    if won.shape != n.shape:
        raise InputError("trials.not_counts")
    whole = (won == np.floor(won)) & (n == np.floor(n)) & np.isfinite(n)
    if not np.all(whole & (won >= 0) & (won <= n)):
        raise InputError("trials.not_counts")
    return won, n


def _normal(level):
    """How many standard deviations either side hold a share of the normal distribution."""
    return _quantile((1 + inputs.open_share(level, "level")) / 2)


def _quantile(share):
    from scipy import special

    return float(special.ndtri(share))


def _up(value):
    return math.ceil(round(value, 9))
