"""A list in the weeks to come: with new prospects, and without."""

import math

import numpy as np
import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.ladder import LOST, WON

ENDS = (WON, LOST)


def evolve(stock, moves, inflow, weeks=12):
    """How many deals stand on each stage week by week.

    Parameters
    ----------
    stock : Series or dict
        Deals per open stage today; a stage that is not there has none.
    moves : DataFrame, shape (n_stages, n_stages + 2)
        Index: stages, the one that new prospects enter first; columns: the same stages,
        ``contract``, ``lost``. Counts (`weekly_moves`) or shares; each row is divided by its sum.
        A row of zeros means that nobody moves.
    inflow : float or array_like, shape (weeks,)
        New prospects a week; they are there from the end of their week on.
    weeks : int, default 12

    Returns
    -------
    DataFrame of float
        Index ``week``, 0 is today: expected deals per stage, and ``contract`` and ``lost`` in
        that week (not added up).

    Raises
    ------
    InputError
        Stages of rows and columns do not fit, a count is negative or missing, inflow has another
        length, a stock is at a stage without a row.

    Notes
    -----
    Syllabus item funnel.4.1. Every week each deal moves by the shares of its stage, whatever its
    age (a Markov chain; see Feller, An introduction to probability theory, ch. XV). Deals are
    conserved: stock + inflow = standing + won + lost so far. It fails where age matters: old
    deals move less than these shares say.
    """
    shares = weekly_shares(moves)
    stages = list(shares.index)
    stock = pd.Series(stock, dtype=float)
    stray = [code for code in stock.index if code not in stages and stock[code]]
    if stray:
        raise InputError("funnel.moves_stage", stage=stray[0])
    came = np.asarray(inflow, dtype=float)
    came = np.full(weeks, float(came)) if came.ndim == 0 else came
    if came.shape != (weeks,) or not (np.isfinite(came) & (came >= 0)).all():
        raise InputError("funnel.inflow_weeks", n=came.size, weeks=weeks)
    step = shares.to_numpy()
    standing = stock.reindex(stages, fill_value=0.0).to_numpy()
    rows = [[*standing, 0.0, 0.0]]
    for new in came:
        moved = standing @ step
        standing = moved[: len(stages)].copy()
        standing[0] += new
        rows.append([*standing, *moved[len(stages) :]])
    index = pd.RangeIndex(weeks + 1, name="week")
    return pd.DataFrame(rows, columns=[*stages, *ENDS], index=index)


def weekly_shares(moves):
    """Rows of moves as shares, columns: the rows' stages, contract, lost.

    Raises
    ------
    InputError
        As `evolve`.
    """
    stages = list(moves.index)
    wanted = [*stages, *ENDS]
    if not stages or sorted(map(str, moves.columns)) != sorted(map(str, wanted)):
        raise InputError("funnel.moves_columns", expected=", ".join(map(str, wanted)))
    table = moves[wanted].astype(float)
    if not (np.isfinite(table.to_numpy()) & (table.to_numpy() >= 0)).all():
        raise InputError("funnel.moves_negative")
    total = table.sum(axis=1)
    shares = table.div(total.where(total > 0), axis=0).fillna(0.0)
    for code in total.index[total == 0]:
        shares.loc[code, code] = 1.0
    return shares


def steady_moves(rates, weeks):
    """Weekly moves of a list in which every stage takes the same time.

    Parameters
    ----------
    rates : Series, shape (n_stages,)
        Index: stages in order, the one that new prospects enter first; share of the deals that
        leave a stage which move up (the ``rate`` of `flow`); the others are lost.
    weeks : float
        The cycle, from entering the first stage to the contract, on average; at least one week
        per stage.

    Returns
    -------
    DataFrame
        Weekly shares, as `evolve` takes them. With as many weeks as stages every deal leaves its
        stage every week: the textbook's cycle of four weeks.

    Raises
    ------
    InputError
        A rate outside 0 to 1, or a cycle of less than a week per stage.

    Notes
    -----
    Syllabus item funnel.4.1. For asking what another cycle would do; what a team really does
    stands in `weekly_moves`. It fails as a picture of any one deal: a real list holds quick deals
    and deals that never move, not one pace for all.
    """
    stages = list(rates.index)
    for name, value, low, high in (
        *((code, rates[code], 0, 1) for code in stages),
        ("weeks", weeks, len(stages), math.inf),
    ):
        if not low <= value <= high:
            raise InputError("funnel.number_out_of_range", name=name, value=value)
    leave = len(stages) / weeks
    moves = pd.DataFrame(0.0, index=stages, columns=[*stages, *ENDS])
    for code, above in zip(stages, [*stages[1:], WON], strict=True):
        moves.loc[code, above] = leave * rates[code]
        moves.loc[code, LOST] = leave * (1 - rates[code])
        moves.loc[code, code] = 1 - leave
    return moves


def arrivals(inflow, value, won_share):
    """Contract money week by week from the prospects of each week.

    Parameters
    ----------
    inflow : array_like, shape (n_weeks,)
        New prospects a week.
    value : float
        Money of a contract.
    won_share : array_like, shape (n_lags,)
        Share of the prospects of a week that sign 0, 1, 2 … weeks later.

    Returns
    -------
    Series, shape (n_weeks + n_lags - 1,)
        Index ``week``, 0 is the first week of `inflow`.

    Raises
    ------
    InputError
        A number is missing or negative, or the shares sum to more than 1.
    """
    inflow, won_share = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (inflow, won_share))
    for name, numbers in (("inflow", inflow), ("won_share", won_share), ("value", [value])):
        wrong = ~(np.isfinite(numbers) & (np.asarray(numbers) >= 0))
        if wrong.any() or not len(wrong):
            first = np.asarray(numbers)[wrong][0] if wrong.any() else None
            raise InputError("funnel.number_out_of_range", name=name, value=first)
    if won_share.sum() > 1 + 1e-9:
        raise InputError("funnel.number_out_of_range", name="won_share", value=won_share.sum())
    money = np.convolve(inflow, won_share) * value
    return pd.Series(money, pd.RangeIndex(len(money), name="week"))


def shortfall(per_week, value, won_share, gap_weeks):
    """Contract money that is missing, week by week, after weeks without new prospects.

    Parameters
    ----------
    per_week : float
        Prospects that usually come in a week.
    value : float
        Money of a contract.
    won_share : array_like, shape (n_lags,)
        As in `arrivals`.
    gap_weeks : int
        Weeks without any.

    Returns
    -------
    Series, shape (gap_weeks + n_lags,)
        Index ``week``, 0 is the first week of the gap; the last is 0 again.

    Raises
    ------
    InputError
        As `arrivals`; or `gap_weeks` is below 1.

    Notes
    -----
    Syllabus item funnel.4.1. The sum is gap_weeks times a usual week's money, however long the
    cycle; the cycle only decides when it is felt, and nothing is missing before the shortest lag:
    that is why nobody notices in time. It fails where customers order again or come by themselves:
    less is then missing than it says.
    """
    if gap_weeks < 1:
        raise InputError("funnel.number_out_of_range", name="gap_weeks", value=gap_weeks)
    missing = arrivals([per_week] * gap_weeks, value, won_share)
    return missing.reindex(range(len(missing) + 1), fill_value=0.0).rename_axis("week")
