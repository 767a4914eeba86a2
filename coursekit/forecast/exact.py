"""Adding deals up without drawing: how likely every total is, deal by deal."""

import math

import numpy as np

# exact up to 2^14 outcomes, or up to so many steps over the lattice of possible totals
MOST_DEALS = 14
MOST_STEPS = 2_000_000


class _Outcomes:
    """Every combination of outcomes, totals not merged: 2^n of them."""

    def start(self):
        return np.zeros(1, dtype=np.int64), np.ones(1)

    def add(self, state, cents, rate):
        totals, shares = state
        return (
            np.concatenate([totals, totals + cents]),
            np.concatenate([shares * (1 - rate), shares * rate]),
        )

    def at_least(self, state, cents):
        totals, shares = state
        return math.fsum(shares[totals >= cents])

    def all_totals(self, state, cents, rate):
        for deal in zip(cents, rate, strict=True):
            state = self.add(state, *deal)
        totals, place = np.unique(state[0], return_inverse=True)
        return totals, np.bincount(place, weights=state[1])


class _Lattice:
    """Shares of all multiples of a common divisor between the least and the largest total."""

    def __init__(self, cents):
        self.unit = int(np.gcd.reduce(cents))
        self.least = int(cents[cents < 0].sum())
        self.size = int(np.abs(cents).sum()) // self.unit + 1

    def start(self):
        shares = np.zeros(self.size)
        shares[-self.least // self.unit] = 1.0
        return shares

    def add(self, shares, cents, rate):
        steps = int(cents) // self.unit
        result = shares * (1 - rate)
        if steps > 0:
            result[steps:] += rate * shares[:-steps]
        elif steps < 0:
            result[:steps] += rate * shares[-steps:]
        return result

    def at_least(self, shares, cents):
        first = -((self.least - int(cents)) // self.unit)
        return math.fsum(shares[max(first, 0) :])

    def all_totals(self, shares, cents, rate):
        for deal in zip(cents, rate, strict=True):
            shares = self.add(shares, *deal)
        places = np.flatnonzero(shares)
        return self.least + places * self.unit, shares[places]


def method(cents):
    """How to be exact at a bearable price, or None."""
    if len(cents) <= MOST_DEALS:
        return _Outcomes()
    lattice = _Lattice(cents)
    return lattice if lattice.size * len(cents) <= MOST_STEPS else None


def chances(method, cents, rate, missing):
    """Chance of the rest for every deal won and lost, shape (2, n_deals)."""
    found = np.zeros((2, len(cents)))

    def without_each(state, first, last):
        # the others of either half are added once for all of the other half
        if last - first == 1:
            found[0, first] = method.at_least(state, missing - cents[first])
            found[1, first] = method.at_least(state, missing)
            return
        middle = (first + last) // 2
        for (low, high), others in (
            ((first, middle), range(middle, last)),
            ((middle, last), range(first, middle)),
        ):
            rest = state
            for other in others:
                rest = method.add(rest, cents[other], rate[other])
            without_each(rest, low, high)

    if len(cents):
        without_each(method.start(), 0, len(cents))
    return np.minimum(found, 1.0)
