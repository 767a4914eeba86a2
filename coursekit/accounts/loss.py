"""What losing an account does to the year: the test of who is key."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs


def loss_test(accounts, result, hurts=0.1, floor=0.0):
    """Effect on the year of losing each account.

    Parameters
    ----------
    accounts : DataFrame
        ``margin`` (money it brings in the rest of the year), optional ``saved`` (part of it that
        others or lower costs make up for, 0 to 1, default 0), ``chance`` (of losing it this year,
        0 to 1).
    result : float
        Planned result of the year with all accounts.
    hurts : float, default 0.1
        Share of the result whose loss hurts the year badly.
    floor : float, default 0
        Result below which the year fails.

    Returns
    -------
    DataFrame
        Index kept. ``lost`` (margin not made up for), ``share`` of the result (NaN where that is
        not above 0), ``left`` (result without the account), ``key`` (the share hurts, or the year
        fails without it and not with it), ``expected`` (lost × chance; NaN without a chance).

    Raises
    ------
    InputError
        A column is absent, or a figure missing or outside its limits.

    Notes
    -----
    Syllabus item key_accounts.1.1: losing it would hurt the year badly. One at a time: two lost
    together hurt more than the sum where costs are fixed. It looks at one year only, so an account
    with a future may fail the test and be key all the same.
    """
    margin = inputs.numbers(inputs.columns(accounts, "margin")["margin"], "margin", empty=True)
    result = inputs.number(result, "profit")
    hurts = inputs.number(hurts, "share", above=0, most=1)
    floor = inputs.number(floor, "profit")
    saved = _part(accounts, "saved", 0.0)
    lost = margin * (1 - saved)
    share = lost / result if result > 0 else lost * math.nan
    left = result - lost
    fails = (left.round(6) < floor) & (result >= floor)
    return pd.DataFrame(
        {
            "lost": lost,
            "share": share,
            "left": left,
            "key": (share.round(9) >= hurts) | fails,
            "expected": lost * _part(accounts, "chance", math.nan),
        }
    )


def at_risk(accounts, result, draws=10_000, seed=0):
    """Result of the year when several accounts may be lost, by simulation.

    Parameters
    ----------
    accounts : DataFrame
        ``margin``, ``chance``, optional ``saved``, as in `loss_test`.
    result : float
        With all accounts.
    draws : int, default 10,000
    seed : int, default 0

    Returns
    -------
    dict
        ``mean`` (exact), ``p10 p50 p90`` of the result, ``none_lost`` (chance, exact).

    Raises
    ------
    InputError
        As `loss_test`; or no ``chance``.

    Notes
    -----
    Syllabus item key_accounts.1.1. Losses are drawn independently of each other. It fails where one
    cause takes several: a rival's new product, one group behind many names.
    """
    inputs.filled(accounts, "margin", "chance")
    accounts = inputs.ordered(accounts)
    lost, chance = loss_test(accounts, result)["lost"], _part(accounts, "chance", math.nan)
    draws = inputs.whole(draws, "tries", least=1)
    gone = np.random.default_rng(seed).random((draws, len(lost))) < chance.to_numpy()
    left = result - gone @ lost.to_numpy()
    low, middle, high = np.quantile(left, (0.1, 0.5, 0.9))
    return {
        "mean": result - math.fsum(lost * chance),
        "p10": float(low),
        "p50": float(middle),
        "p90": float(high),
        "none_lost": math.prod(1 - chance),
    }


def _part(accounts, column, default):
    if column not in accounts:
        return pd.Series(default, accounts.index)
    return inputs.numbers(accounts[column], "share", least=0, most=1, empty=True)
