"""A trial that is looked at after every try, and stops by a rule made before it began."""

import dataclasses
import math

import numpy as np

from coursekit import inputs
from coursekit.errors import InputError

_CHUNK = 2_000_000  # random numbers held at a time


@dataclasses.dataclass(frozen=True)
class Plan:
    """A trial that is looked at after every try, by Wald's ratio.

    Attributes
    ----------
    poor, good : float
        The rate at which one should stop and the one at which one should go, 0 < poor < good < 1.
    alpha : float
        Chance to go although the rate is only `poor`.
    beta : float
        Chance to stop although the rate is `good`.
    most : int or None
        Tries after which the trial ends undecided.

    Notes
    -----
    Syllabus item screening.4.1; A. Wald, Sequential Analysis (1947). His limits keep alpha and
    beta nearly: each stays below alpha / (1 − beta) or beta / (1 − alpha), and both together
    below alpha + beta. It fails where the rate drifts during the trial.
    """

    poor: float
    good: float
    alpha: float = 0.05
    beta: float = 0.2
    most: int | None = None

    def __post_init__(self):
        for name, quantity in (
            ("poor", "rate"),
            ("good", "rate"),
            ("alpha", "alpha"),
            ("beta", "beta"),
        ):
            inputs.open_share(getattr(self, name), quantity)
        if self.poor >= self.good:
            raise InputError("sequential.not_apart", poor=self.poor, good=self.good)
        if self.alpha + self.beta >= 1:
            raise InputError("sequential.no_better_than_luck", alpha=self.alpha, beta=self.beta)
        if self.most is not None:
            inputs.whole(self.most, "tries", least=1)

    @property
    def steps(self):
        """What a success and a failure add to the evidence for `good`, in natural logarithms."""
        return math.log(self.good / self.poor), math.log((1 - self.good) / (1 - self.poor))

    @property
    def limits(self):
        """Evidence at which the trial stops and at which it goes."""
        return math.log(self.beta / (1 - self.alpha)), math.log((1 - self.beta) / self.alpha)


def follow(outcomes, plan):
    """Follow a trial try by try until it says go or stop.

    Parameters
    ----------
    outcomes : array_like of bool, shape (n_tries,)
        In the order in which they came.
    plan : Plan

    Returns
    -------
    decision : {"go", "stop", "go_on", "undecided"}
        ``go_on`` where the limits are not reached yet, ``undecided`` where the plan's `most` is.
    tries : int
        After how many tries.
    evidence : ndarray, shape (n_tries,)
        Up to the decision; it crosses one of `plan.limits` there.

    Raises
    ------
    InputError
        An outcome that is neither yes nor no.

    Notes
    -----
    Syllabus item screening.4.1. Later outcomes change nothing. It fails where one goes on counting
    until it looks better: that throws the error rates away.
    """
    hits = inputs.yes_no(outcomes, "outcome").to_numpy()[: plan.most]
    evidence = np.cumsum(np.where(hits, *plan.steps))
    decided, crossed = _first_crossing(evidence[None, :], plan)
    if decided[0]:
        tries = int(crossed[0]) + 1
        return ("go" if decided[0] > 0 else "stop"), tries, evidence[:tries]
    over = plan.most is not None and len(hits) == plan.most
    return ("undecided" if over else "go_on"), len(hits), evidence


def error_rates(plan, rate, *, n=20_000, seed=0, tries=2_000):
    """How a plan behaves when the true rate is this one, by simulation.

    Parameters
    ----------
    plan : Plan
    rate : float
        True rate, 0 to 1.
    n : int, default 20,000
        Simulated trials.
    seed : int, default 0
    tries : int, default 2,000
        Where a trial without `most` is cut off.

    Returns
    -------
    dict
        ``go``, ``stop``, ``undecided``: shares of the trials; ``tries``: mean length. At the rate
        `plan.poor`, ``go`` is the error of the first kind; at `plan.good`, ``stop`` is the second.
        A share is off by 0.007 at most in 19 of 20 cases with 20,000 trials.

    Raises
    ------
    InputError
        A rate outside 0 to 1, or counts below 1.

    Notes
    -----
    Syllabus item screening.4.1. It fails where tries hang together: ten visits to customers who ask
    each other are not ten tries, and the true errors are mostly larger than these.
    """
    rate = inputs.number(rate, "rate", least=0, most=1)
    n, tries = inputs.whole(n, "tries", least=1), inputs.whole(tries, "tries", least=1)
    length = min(tries, plan.most or tries)
    decided, ended = np.zeros(n, dtype=np.int8), np.full(n, length)
    rows = max(1, _CHUNK // length)
    for number, first in enumerate(range(0, n, rows)):
        part = slice(first, min(first + rows, n))
        drawn = np.random.default_rng([seed, number]).random((part.stop - first, length)) < rate
        evidence = np.cumsum(np.where(drawn, *plan.steps), axis=1)
        decided[part], crossed = _first_crossing(evidence, plan)
        ended[part] = np.where(decided[part] != 0, crossed + 1, length)
    return {
        "go": float(np.mean(decided > 0)),
        "stop": float(np.mean(decided < 0)),
        "undecided": float(np.mean(decided == 0)),
        "tries": float(ended.mean()),
    }


def _first_crossing(evidence, plan):
    """Per trial: 1 go, -1 stop or 0, and the place of the decision (0 where there is none)."""
    stop, go = plan.limits
    # sums of logarithms that meet a limit on paper may miss it by a rounding
    outside = (evidence >= go - 1e-9) | (evidence <= stop + 1e-9)
    if not evidence.shape[1]:
        none = np.zeros(len(evidence), dtype=np.int8)
        return none, none
    place = outside.argmax(axis=1)
    there = np.take_along_axis(evidence, place[:, None], axis=1)[:, 0]
    return np.where(outside.any(axis=1), np.sign(there), 0).astype(np.int8), place
