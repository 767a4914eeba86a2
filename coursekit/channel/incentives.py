"""Rebates by tier: what a dealer gets, what it costs us, and the cliff below each tier."""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclasses.dataclass(frozen=True)
class Scheme:
    """One reward: from which attainment which rate.

    Attributes
    ----------
    tiers : tuple of (float, float)
        Attainment (sales over target) from which it holds, and the rate; both rising, rates 0 to 1.
    whole : bool, default True
        The rate counts for all sales of the period (a cliff below each tier), else only for the
        part above the tier.
    period : {"month", "quarter", "year"}, default "quarter"
    only : str, default ""
        Column of yes and no: a period counts where all its months say yes (exclusive sale, say).

    Raises
    ------
    InputError
        No tier, one that does not rise, a rate outside 0 to 1, or an unknown period.

    Notes
    -----
    Syllabus item management.4.6. It fails where targets are bargained: attainment then pays whoever
    talked his target down, not whoever sold more.
    """

    tiers: tuple
    whole: bool = True
    period: str = "quarter"
    only: str = ""

    def __post_init__(self):
        if self.period not in MONTHS:
            raise InputError("channel.no_such_period", value=str(self.period))
        if not self.tiers:
            raise InputError("channel.no_tiers")
        before = (-math.inf, 0.0)
        for least, rate in self.tiers:
            tier = (
                inputs.number(least, "tier", least=0),
                inputs.number(rate, "share", least=0, most=1),
            )
            if tier[0] <= before[0] or tier[1] < before[1]:
                raise InputError("channel.tiers_fall", least=tier[0], rate=tier[1])
            before = tier


def rebate(sales, target, scheme):
    """What each dealer gets for one period, and what the next tier would bring.

    Parameters
    ----------
    sales, target : Series
        Money per dealer, `target` as agreed and above 0; same index.
    scheme : Scheme

    Returns
    -------
    DataFrame
        Index of `sales`: ``attainment``, ``rate`` (of the tier reached, 0 below the first),
        ``rebate``; ``missing`` to the next tier and ``gain``, how much more rebate he gets there;
        ``worth`` = gain / missing, what every further unit of sales brings him (NaN at the top).

    Raises
    ------
    InputError
        A figure is missing or negative, a target 0, or lengths differ.

    Notes
    -----
    Syllabus item management.4.6. Attainment is rounded to nine digits before it meets a tier.
    ``worth`` fails as a forecast: it shows how hard the next tier pulls, not whether his market
    takes the goods or his yard only stores them.
    """
    sales = inputs.numbers(sales, "sales", least=0)
    target = inputs.numbers(target, "target", least=0)
    inputs.same_length(sales, target, "target")
    if (target == 0).any():
        raise InputError("channel.no_target", target.index[target == 0])
    sold, aim = sales.to_numpy(), target.to_numpy()
    least, rates = (np.array(column, dtype=float) for column in zip(*scheme.tiers, strict=True))
    attainment = np.round(sold / aim, 9)
    place = np.searchsorted(least, attainment, side="right")
    paid = _paid(sold, aim, scheme)
    beyond = np.append(least, math.nan)[place] * aim
    missing = beyond - sold
    gain = _paid(np.nan_to_num(beyond), aim, scheme) - paid
    gain = np.where(np.isnan(beyond), math.nan, gain)
    return pd.DataFrame(
        {
            "attainment": attainment,
            "rate": np.append(0.0, rates)[place],
            "rebate": paid,
            "missing": missing,
            "gain": gain,
            "worth": gain / missing,
        },
        index=sales.index,
    )


def cliffs(target, scheme, loss=0.05):
    """The jump of the rebate at each tier, and from where it pays to buy up to it.

    Parameters
    ----------
    target : float
        Of one dealer and period, above 0.
    scheme : Scheme
    loss : float, default 0.05
        What he loses, per unit, on goods he buys only for the tier and gets rid of: below the
        price, later, or in another's territory; above 0, at most 1.

    Returns
    -------
    DataFrame
        One row per tier: ``sales`` at the tier, ``rate``, ``jump`` (money more at the tier than
        just below it), ``pays_from`` (sales from which buying up to it pays him, at least 0).

    Raises
    ------
    InputError
        A figure is outside its limits.

    Notes
    -----
    Syllabus item management.4.6. A rate on all sales makes a cliff, and the cliff pays for loading
    and dumping; a rate on the part above the tier makes none. ``pays_from`` fails where holding
    stock costs him much or he has his eye on the next period: both are left out.
    """
    target = inputs.number(target, "target", above=0)
    loss = inputs.number(loss, "share", above=0, most=1)
    table = pd.DataFrame(scheme.tiers, columns=["least", "rate"], dtype=float)
    sales = table["least"] * target
    step = table["rate"].diff().fillna(table["rate"])
    jump = sales * step if scheme.whole else sales * 0.0
    return pd.DataFrame(
        {
            "sales": sales,
            "rate": table["rate"],
            "jump": jump,
            "pays_from": (sales - jump / loss).clip(lower=0),
        }
    )


def rebates(months, schemes):
    """All rewards of a year per dealer.

    Parameters
    ----------
    months : DataFrame
        ``dealer month sales target``, month 1 to 12, one row per dealer and month; and a column of
        yes and no for every scheme that has an ``only``.
    schemes : dict of str to Scheme

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted; a column per scheme (money of the year) and ``total``.

    Raises
    ------
    InputError
        A column is absent, a cell blank, a figure negative, a month that is none or stands twice,
        or a period without a target.

    Notes
    -----
    Syllabus item management.4.6: monthly, quarterly, annual, special and exclusive rewards by
    attainment of the agreed target. Attainment of a period is its sales over its targets together.
    It fails where goods are pushed in before a period ends: what lies in his yard earns like what
    was sold on. Rewards add up: look at the total against the margin, see `rebate_cost`. Money to
    persons instead of to the firm is another matter: that may be bribery under the law against
    unfair competition; take legal advice.
    """
    inputs.filled(months, "dealer", "month", "sales", "target")
    month = inputs.one_of(months, "month", range(1, 13))
    inputs.once(months, "dealer", "month")
    frame = months.assign(
        sales=inputs.numbers(months["sales"], "sales", least=0),
        target=inputs.numbers(months["target"], "target", least=0),
    )
    dealers = pd.Index(sorted(set(frame["dealer"])), name="dealer")
    columns = {}
    for code, scheme in schemes.items():
        keys = ["dealer", (month.astype(int) - 1) // MONTHS[scheme.period]]
        sums = frame.groupby(keys)[["sales", "target"]].sum()
        paid = rebate(sums["sales"], sums["target"], scheme)["rebate"]
        if scheme.only:
            inputs.filled(frame, scheme.only)
            paid = paid.where(frame.groupby(keys)[scheme.only].all(), 0.0)
        columns[code] = paid.groupby(level="dealer").sum().reindex(dealers)
    table = pd.DataFrame(columns, index=dealers)
    return table.assign(total=table.sum(axis=1))


def rebate_cost(sales, paid, margin):
    """What rebates cost: share of sales, share of margin, who is left with nothing for us.

    Parameters
    ----------
    sales, paid : Series
        Money per dealer of one period; same index.
    margin : float or Series
        Our margin before rebates as a share of sales, 0 to 1.

    Returns
    -------
    dict
        ``rebate``, ``sales``, ``rate`` (rebate over sales), ``part`` (rebate over margin, NaN
        without), ``left`` (margin after rebates), ``negative`` (labels of dealers whose rebate is
        above the margin that they bring).

    Raises
    ------
    InputError
        A figure is missing or outside its limits, or lengths differ.

    Notes
    -----
    Syllabus item management.4.6. Rebates are promised in percent of sales and paid out of the
    margin: 3% of sales is a quarter of a margin of 12%. It fails where one average margin stands
    for all dealers: who buys only the thin goods looks as if he paid for his rebate.
    """
    sales = inputs.numbers(sales, "sales", least=0)
    paid = inputs.numbers(paid, "rebate", least=0)
    inputs.same_length(sales, paid, "rebate")
    rate = margin if isinstance(margin, pd.Series) else pd.Series(margin, sales.index)
    rate = inputs.numbers(rate, "margin", least=0, most=1)
    inputs.same_length(sales, rate, "margin")
    earned = sales.to_numpy() * rate.to_numpy()
    left = np.round(earned - paid.to_numpy(), 6)
    total, sold, gross = math.fsum(paid), math.fsum(sales), math.fsum(earned)
    return {
        "rebate": total,
        "sales": sold,
        "rate": total / sold if sold else math.nan,
        "part": total / gross if gross else math.nan,
        "left": gross - total,
        "negative": tuple(sales.index[left < 0]),
    }


def _paid(sales, target, scheme):
    least, rates = (np.array(column, dtype=float) for column in zip(*scheme.tiers, strict=True))
    if scheme.whole:
        place = np.searchsorted(least, np.round(sales / target, 9), side="right")
        return sales * np.append(0.0, rates)[place]
    above = np.clip(sales[:, None] - least * target[:, None], 0, None)
    return above @ np.diff(rates, prepend=0.0)
