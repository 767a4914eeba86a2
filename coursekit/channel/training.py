"""Whether training dealers helped: their change against that of dealers who were not trained."""

import math

import numpy as np

from coursekit import inputs
from coursekit.errors import InputError

LEVEL = 0.95


def training_effect(dealers, level=LEVEL, relative=False):
    """Difference in differences of trained against untrained dealers.

    Parameters
    ----------
    dealers : DataFrame
        One row per dealer: ``trained`` (true or false), ``before`` and ``after`` (the same measure
        over equally long periods, same season); optional ``earlier`` (the period before `before`).
    level : float, default 0.95
        Of the interval.
    relative : bool, default False
        Compare growth instead of differences (logarithms; every value above 0): right where large
        and small dealers are mixed.

    Returns
    -------
    dict
        ``n_trained n_untrained``; ``trained`` and ``untrained``, mean change of each (money, or
        growth as a share); ``effect`` = the one less the other (relative: how much more growth as
        a share), ``low high`` its interval; ``trend``: the same figure from `earlier` to
        `before`, when nobody was trained yet (None without the column); ``reading``: ``helped``,
        ``hurt``, ``not_shown`` (0 lies in the interval), or ``not_comparable`` (the two groups
        already moved apart before, by the interval of the trend).

    Raises
    ------
    InputError
        Fewer than two dealers in a group, something missing, or 0 and below with `relative`.

    Notes
    -----
    Syllabus item management.4.2. Interval by Welch's t on the changes. Before-and-after alone
    counts the market as training; trained against untrained alone counts who was picked. It fails
    where the best were sent, or those who had a bad year (they recover anyway): look at `trend`,
    and draw lots next time.
    """
    inputs.columns(dealers, "trained", "before", "after")
    trained = inputs.one_of(dealers, "trained", (True, False)).astype(bool)
    for group in (trained, ~trained):
        if group.sum() < 2:
            raise InputError("channel.group_too_small")
    level = inputs.open_share(level, "level")
    periods = ["earlier", "before", "after"] if "earlier" in dealers else ["before", "after"]
    values = {period: _measure(dealers[period], relative) for period in periods}
    change = values["after"] - values["before"]
    effect, low, high = _welch(change[trained], change[~trained], level)
    trend = apart = None
    if "earlier" in values:
        past = values["before"] - values["earlier"]
        trend, trend_low, trend_high = _welch(past[trained], past[~trained], level)
        apart = trend_low > 0 or trend_high < 0
    shown = "helped" if low > 0 else "hurt" if high < 0 else "not_shown"
    plain = math.expm1 if relative else float
    return {
        "n_trained": int(trained.sum()),
        "n_untrained": int((~trained).sum()),
        "trained": plain(change[trained].mean()),
        "untrained": plain(change[~trained].mean()),
        "effect": plain(effect),
        "low": plain(low),
        "high": plain(high),
        "trend": None if trend is None else plain(trend),
        "reading": "not_comparable" if apart else shown,
    }


def _measure(values, relative):
    series = inputs.numbers(values, "sales", least=-math.inf)
    if not relative:
        return series
    if (series <= 0).any():
        raise InputError("channel.no_growth_from_nothing", series.index[series <= 0])
    return np.log(series)


def _welch(first, second, level):
    from scipy import special

    gap = float(first.mean() - second.mean())
    parts = [float(group.var(ddof=1)) / len(group) for group in (first, second)]
    spread = sum(parts)
    if spread == 0:
        return gap, gap, gap
    freedom = spread**2 / sum(
        part**2 / (len(group) - 1) for part, group in zip(parts, (first, second), strict=True)
    )
    half = float(special.stdtrit(freedom, (1 + level) / 2)) * math.sqrt(spread)
    return gap, gap - half, gap + half


def before_and_after(dealers):
    """The four means behind `training_effect`, for the figure of two lines.

    Parameters
    ----------
    dealers : DataFrame
        As there.

    Returns
    -------
    DataFrame
        Index ``trained`` (False, True), columns ``before after expected``: `expected` is what the
        trained would have come to with the change of the untrained; the gap to `after` is the
        effect.

    Raises
    ------
    InputError
        A column is absent, or something is missing.

    Notes
    -----
    Syllabus item management.4.2. It fails where the two groups would have moved apart without
    training: if the dealers already on the rise were sent to it, their rise counts as its effect.
    """
    inputs.columns(dealers, "trained", "before", "after")
    trained = inputs.one_of(dealers, "trained", (True, False)).astype(bool)
    values = dealers[["before", "after"]].apply(lambda column: _measure(column, False))
    means = values.groupby(trained).mean().reindex([False, True])
    drift = means.loc[False, "after"] - means.loc[False, "before"]
    return means.assign(expected=means["before"] + drift).rename_axis("trained")
