"""Credit limits: what a dealer may owe, under one budget of expected loss."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

FACTORS = {"A": 1.0, "B": 0.6, "C": 0.0}  # part of the wanted limit that a credit grade gets
RULES = ("same_cut", "best_use")


def wanted_limit(dealers, factors=None):
    """What each dealer would owe at most if he used his terms to the full.

    Parameters
    ----------
    dealers : DataFrame
        ``turnover`` (money per year, bought on credit), ``term_days``, ``grade`` (a key of
        `factors`); ``peak`` if there is a season: sales of the busiest term over the average.
    factors : dict, optional
        Part of it that a grade gets, each 0 to 1; A all, B 60%, C nothing where not given.

    Returns
    -------
    Series
        Money, index kept: turnover / 365 × term × peak × factor.

    Raises
    ------
    InputError
        A column is absent, a figure missing or negative, a grade unknown.

    Notes
    -----
    Syllabus item management.2.2. The factors are a judgement of ours. It fails for a dealer who
    buys his whole season in one go: give his peak. A limit is what we can bear to lose, not what
    he would like to order; who needs more pays part of it in advance.
    """
    inputs.columns(dealers, "turnover", "term_days", "grade")
    factors = FACTORS if factors is None else factors
    part = inputs.one_of(dealers, "grade", list(factors)).map(factors)
    limit = inputs.numbers(dealers["turnover"], "turnover", least=0, empty=True) / 365
    limit *= inputs.numbers(dealers["term_days"], "days", least=0, empty=True)
    if "peak" in dealers:
        limit *= inputs.numbers(dealers["peak"], "factor", least=0, empty=True)
    return (limit * inputs.numbers(part, "factor", least=0, most=1, empty=True)).rename("wanted")


def limits(wanted, loss_rate, budget, rule="same_cut", margin=1):
    """Credit limits whose expected loss together stays within one budget.

    Parameters
    ----------
    wanted : Series
        Money per dealer, see `wanted_limit`.
    loss_rate : Series
        Expected loss per unit owed, 0 to 1: chance that he does not pay × part that is lost then.
        Index of `wanted`.
    budget : float
        Expected loss per year that one is ready to bear, in money.
    rule : {"same_cut", "best_use"}
        Cut every limit that carries risk by the same share; or give the budget first to those who
        earn most per expected loss, equals alike. The second is the optimum of the linear
        programme, and it leaves some with nothing.
    margin : Series or float, default 1
        What one unit of credit earns; only looked at by ``best_use``.

    Returns
    -------
    DataFrame
        Index of `wanted`: ``wanted``, ``limit`` (never above it), ``loss`` (expected, sums to at
        most the budget), ``part`` of the wanted limit (NaN where none was wanted).

    Raises
    ------
    InputError
        A figure is missing or outside its limits, indexes differ, or the rule is unknown.

    Notes
    -----
    Syllabus item management.2.2; ``best_use`` is the continuous knapsack (G. B. Dantzig, 1957).
    An expected loss is an average over many years and dealers. It fails where dealers fall
    together (one disease, one harvest, one region): the loss of a bad year is then many times the
    budget, so cap a region as well.
    """
    wanted = inputs.numbers(wanted, "limit", least=0)
    rate = _beside(loss_rate, wanted, "loss_rate", most=1)
    margin = margin if isinstance(margin, pd.Series) else pd.Series(margin, wanted.index)
    margin = _beside(margin, wanted, "margin")
    budget = inputs.number(budget, "budget", least=0)
    if rule not in RULES:
        raise InputError("credit.no_such_rule", value=str(rule), known=", ".join(RULES))
    share = _one_cut if rule == "same_cut" else _best_first
    part = share(wanted * rate, budget, margin, rate)
    limit = wanted * part
    return pd.DataFrame(
        {
            "wanted": wanted,
            "limit": limit,
            "loss": limit * rate,
            "part": part.where(wanted > 0),
        }
    )


def exposure(owed, limit, loss_rate):
    """How far each dealer uses his limit, and what the open money is expected to lose.

    Parameters
    ----------
    owed, limit : Series
        Money per dealer; index of `owed` in all three.
    loss_rate : Series
        0 to 1, see `limits`.

    Returns
    -------
    DataFrame
        ``owed limit``; ``use`` (owed over limit; infinite where he owes without a limit, 0 where
        he owes nothing), ``over`` and ``free`` in money, ``loss`` (expected).

    Raises
    ------
    InputError
        A figure is missing or negative, or indexes differ.

    Notes
    -----
    Syllabus item management.2.2. It fails where goods shipped and not invoiced yet are left out of
    what is owed: in the season a limit is broken long before an invoice says so.
    """
    owed = inputs.numbers(owed, "amount", least=0)
    limit = _beside(limit, owed, "limit")
    rate = _beside(loss_rate, owed, "loss_rate", most=1)
    without = np.where(owed > 0, math.inf, 0.0)
    use = np.divide(owed, limit, out=without, where=limit.to_numpy() > 0)
    return pd.DataFrame(
        {
            "owed": owed,
            "limit": limit,
            "use": use,
            "over": (owed - limit).clip(lower=0),
            "free": (limit - owed).clip(lower=0),
            "loss": owed * rate,
        }
    )


def _beside(values, dealers, name, most=math.inf):
    return inputs.paired(inputs.numbers(values, name, least=0, most=most), dealers, name)


def _one_cut(loss, budget, margin, rate):
    total = math.fsum(loss)
    share = budget / total if total > budget else 1.0
    return pd.Series(np.where(rate > 0, share, 1.0), loss.index)


def _best_first(loss, budget, margin, rate):
    rate, money = rate.to_numpy(), loss.to_numpy()
    worth = np.divide(margin.to_numpy(), rate, out=np.full(len(rate), math.inf), where=rate > 0)
    worth, part, left = np.round(worth, 9), np.ones(len(rate)), budget
    for level in np.unique(worth)[::-1]:
        group = worth == level  # equals stand or fall together
        asked = math.fsum(money[group])
        if asked > left:
            part[group] = left / asked
        left = max(0.0, left - asked)
    return pd.Series(part, loss.index)
