"""What a list of deals will bring: expected value, distribution, the deals that decide a target.

Every deal is won or not, independently of the others. Amounts are rounded to hundredths of the
currency unit before they are added. Nothing else is rounded here: add first, round half up where
the total is shown (`coursekit.terms.money`).
"""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.forecast import exact

DRAWS = 10_000
_CHUNK = 500_000  # random numbers held at a time
_MOST_MONEY = 9e13  # hundredths beyond it are not whole in a float


@dataclasses.dataclass(frozen=True, eq=False)
class Distribution:
    """How likely each total is.

    Attributes
    ----------
    totals : ndarray, shape (n_totals,)
        Possible totals in money, ascending, each once.
    shares : ndarray, shape (n_totals,)
        Their probabilities; they sum to 1.
    mean, sd : float
        Exact, also where the distribution is simulated.
    exact : bool
        False where `totals` are draws of a seeded simulation.
    """

    totals: np.ndarray
    shares: np.ndarray
    mean: float
    sd: float
    exact: bool

    def at_least(self, target):
        """Probability that the total reaches a target, to the hundredth of the currency unit."""
        first = np.searchsorted(self.totals, target - 0.005)
        return float(min(1.0, math.fsum(self.shares[first:])))

    def quantile(self, share):
        """The smallest total that is not exceeded with this probability, in [0, 1].

        Raises
        ------
        InputError
            `share` is outside [0, 1].
        """
        if not 0 <= share <= 1:
            raise InputError("forecast.not_a_share", value=share)
        reached = np.cumsum(self.shares)
        place = np.searchsorted(reached, share - 1e-12)
        return float(self.totals[min(place, len(self.totals) - 1)])


def expected_value(amount, rate):
    """Sum of amount times rate over all deals.

    Parameters
    ----------
    amount : array_like, shape (n_deals,)
        Money; a missing amount is not valued.
    rate : Series or array_like, shape (n_deals,) or float
        Chance of a contract, 0 to 1; by label where both have labels.

    Returns
    -------
    float
        Not rounded, and the same for every order of the deals.

    Raises
    ------
    InputError
        Lengths differ, amounts are beyond 9e13 together, a rate is missing or outside 0 to 1.

    Notes
    -----
    Syllabus item funnel.5.1. Multiply first, then add: the average rate times the sum of amounts is
    another figure (100 at 99% and 200 at 0% are worth 99, not 148.5). It fails as a promise where
    few large deals make it up: 100 at 50% brings 100 or nothing, never 50.
    """
    cents, rate, _ = _deals(amount, rate)
    return math.fsum(cents * rate) / 100


def distribution(amount, rate, *, seed=0):
    """Distribution of the total of independent deals.

    Parameters
    ----------
    amount : array_like, shape (n_deals,)
        Money; a missing amount is not valued.
    rate : Series or array_like, shape (n_deals,) or float
        Chance of a contract, 0 to 1; by label where both have labels.
    seed : int, default 0
        Of the simulation.

    Returns
    -------
    Distribution

    Raises
    ------
    InputError
        As `expected_value`.

    Notes
    -----
    Syllabus item funnel.5.1. Deals at rate 0 and 1 are not uncertain and do not count towards the
    bounds. Exact up to 14 uncertain deals, and beyond that while deals times possible totals
    (range of totals / greatest common divisor of the amounts) stay within 2 million; else 10,000
    draws, where a probability is off by 0.01 at most in 19 of 20 cases. It fails where deals hang
    together: one budget cut hits several at once, and the true spread is wider than this one.
    """
    cents, rate, index = _deals(amount, rate)
    mean = math.fsum(cents * rate) / 100
    sd = math.sqrt(math.fsum(cents.astype(float) ** 2 * rate * (1 - rate))) / 100
    sure, cents, rate, _ = _uncertain(cents, rate, index)
    way = exact.method(cents)
    if way is None:
        totals = np.concatenate([draw @ cents for draw in _draws(rate, seed)])
        totals, counts = np.unique(totals, return_counts=True)
        shares = counts / DRAWS
    else:
        totals, shares = way.all_totals(way.start(), cents, rate)
    return Distribution((totals + sure) / 100, shares, mean, sd, way is not None)


def deciding(amount, rate, target, n=3, *, seed=0):
    """The deals whose outcome moves the probability of reaching a target most.

    Parameters
    ----------
    amount : Series or array_like, shape (n_deals,)
    rate : array_like, shape (n_deals,) or float
    target : float
        Money that the deals together have to bring.
    n : int, default 3
    seed : int, default 0

    Returns
    -------
    DataFrame
        At most `n` rows, index of `amount` kept, largest effect first: ``amount``, ``rate``,
        ``with`` and ``without``, the probability of the target once the deal is won or lost.
        Deals that are decided (rate 0 or 1) or change nothing are not there: an empty frame means
        that no single deal decides.

    Raises
    ------
    InputError
        As `expected_value`; or `target` is no finite number.

    Notes
    -----
    Syllabus item funnel.5.1. It fails where deals hang together: when one budget or one rival
    decides several of them, each is judged alone and none shows what all of them would do.
    """
    if not _is_number(target):
        raise InputError("forecast.not_a_target", value=target)
    sure, cents, rates, index = _uncertain(*_deals(amount, rate))
    way = exact.method(cents)
    missing = int(_cents(target)) - sure
    if way is None:
        chances = _drawn_chances(cents, rates, missing, seed)
    else:
        chances = exact.chances(way, cents, rates, missing)
    table = pd.DataFrame(
        {"amount": cents / 100, "rate": rates, "with": chances[0], "without": chances[1]},
        index=index,
    )
    effect = (table["with"] - table["without"]).abs().round(12)
    table = table.assign(effect=effect, label=table.index)[effect > 0]
    table = table.sort_values(
        ["effect", "amount", "rate", "label"], ascending=[False, False, False, True]
    )
    return table.drop(columns=["effect", "label"]).head(n)


def _drawn_chances(cents, rate, missing, seed):
    """As `exact.chances`; a draw tells of both outcomes of a deal, the others as drawn."""
    counts = np.zeros((2, len(cents)))
    reach = np.abs(cents).max()
    for drawn in _draws(rate, seed):
        totals = drawn @ cents
        counts += np.count_nonzero(totals >= missing + reach)
        # one deal can make or break only these
        near = (totals >= missing - reach) & (totals < missing + reach)
        won, total = drawn[near], totals[near, None]
        reached = total >= missing
        counts[0] += np.count_nonzero(np.where(won, reached, total >= missing - cents), axis=0)
        counts[1] += np.count_nonzero(np.where(won, total >= missing + cents, reached), axis=0)
    return counts / DRAWS


def _draws(rate, seed):
    """Chunks of outcomes, bool, shape (draws, n_deals), each with a seed of its own."""
    rows = max(1, _CHUNK // max(1, len(rate)))
    threshold = rate.astype(np.float32)
    for number, first in enumerate(range(0, DRAWS, rows)):
        generator = np.random.default_rng([seed, number])
        size = (min(rows, DRAWS - first), len(rate))
        yield generator.random(size, dtype=np.float32) < threshold


def _uncertain(cents, rate, index):
    """What is sure, then amounts, rates and labels of the deals that are not."""
    open_ = (rate > 0) & (rate < 1) & (cents != 0)
    return int(cents[rate == 1].sum()), cents[open_], rate[open_], index[open_]


def _deals(amount, rate):
    """Amounts in hundredths, rates and labels of the valued deals, in an order of their own."""
    index = amount.index if isinstance(amount, pd.Series) else None
    if isinstance(rate, pd.Series) and index is not None and len(rate) == len(amount):
        rate = inputs.paired(rate, amount, "rate")
    amount, rate = _floats(amount, "amount").ravel(), _floats(rate, "rate")
    rate = np.full(len(amount), float(rate)) if rate.ndim == 0 else rate.ravel()
    if len(rate) != len(amount):
        raise InputError("forecast.lengths_differ", amounts=len(amount), rates=len(rate))
    index = pd.RangeIndex(len(amount)) if index is None else index
    wrong = ~((rate >= 0) & (rate <= 1))
    if wrong.any():
        raise InputError("forecast.not_a_rate", rows=index[wrong], value=float(rate[wrong][0]))
    if np.nansum(np.abs(amount)) > _MOST_MONEY:
        largest = float(np.nanmax(np.abs(amount)))
        raise InputError("forecast.too_much", value=largest, most=_MOST_MONEY)
    known = ~np.isnan(amount)
    cents, rate, index = _cents(amount[known]), rate[known], index[known]
    # the order of rows must not decide which deal gets which random number
    order = np.lexsort((rate, cents))
    return cents[order], rate[order], index[order]


def _floats(values, name):
    try:
        return np.asarray(values, dtype=float)
    except (ValueError, TypeError):
        raise InputError("inputs.not_numbers", name=f"quantity.{name}") from None


def _cents(money):
    return np.floor(np.asarray(money, dtype=float) * 100 + 0.5 + 1e-6).astype(np.int64)


def _is_number(value):
    return isinstance(value, int | float | np.number) and math.isfinite(value)
