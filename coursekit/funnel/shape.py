"""The shape of a list: against the pyramid, against the normal pace, against the target."""

import itertools
import typing

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.ladder import OPEN, is_open, known_stage
from coursekit.funnel.review import days_since, money, review
from coursekit.funnel.thresholds import thresholds


class Shape(typing.NamedTuple):
    """The open deals by stage, and how far from the pyramid they stand.

    Attributes
    ----------
    stages : DataFrame
        Index: open stages. ``n``, ``amount`` (money), ``share`` of the deals, ``norm`` (the
        pyramid's share), ``over`` (share minus norm).
    misplaced : float
        Share of the deals that would have to stand elsewhere to make the pyramid, 0 to 1; NaN
        without open deals.
    bulges : tuple of str
        Stages that hold more deals than the stage beneath.
    """

    stages: pd.DataFrame
    misplaced: float
    bulges: tuple


class Coverage(typing.NamedTuple):
    """How often the target is in the list: all open amounts, as listed, as shown; as needed.

    ``needed`` is what ``open`` has to be if deals are won at the usual rate (1 / rate; NaN where
    the rate is not known).
    """

    open: float
    listed: float
    shown: float
    needed: float


def shape(deals, pyramid=None):
    """Open deals per stage against the pyramid.

    Parameters
    ----------
    deals : DataFrame
        ``stage`` (the effective one of `review` tells another story: compare both), ``amount``.
    pyramid : dict or Series, optional
        Open stage -> share, or `pyramid_of` the own history; the shipped one else.

    Returns
    -------
    Shape

    Raises
    ------
    InputError
        The pyramid's shares are not those of the open stages, or have no sum.

    Notes
    -----
    Syllabus item funnel.3.3. Deals of an unknown stage are not on it. ``misplaced`` is half the sum
    of absolute differences (total variation). It fails on fewer than about ten deals, where one
    deal moves every share: then look at the deals, not at the shape.
    """
    norm = pd.Series(thresholds()["pyramid"] if pyramid is None else pyramid, dtype=float)
    if sorted(norm.index) != sorted(OPEN) or not norm.min() >= 0 or not norm.sum() > 0:
        raise InputError("funnel.not_a_pyramid", known=", ".join(OPEN))
    norm = norm[list(OPEN)] / norm.sum()
    stage = known_stage(deals["stage"])
    n = stage.value_counts().reindex(OPEN, fill_value=0)
    share = n / n.sum() if n.sum() else n * float("nan")
    table = pd.DataFrame(
        {
            "n": n,
            "amount": money(deals).groupby(stage).sum().reindex(OPEN, fill_value=0.0),
            "share": share,
            "norm": norm,
            "over": share - norm,
        }
    ).rename_axis("code")
    above = [code for below, code in itertools.pairwise(OPEN) if n[code] > n[below]]
    return Shape(table, float((share - norm).abs().sum(skipna=False) / 2), tuple(above))


def pyramid_of(flow):
    """The pyramid of a team's own history: where deals stand if every week is like the others.

    Parameters
    ----------
    flow : DataFrame
        From `funnel.flow`.

    Returns
    -------
    Series
        Index: open stages; shares, summing to 1.

    Raises
    ------
    InputError
        A stage that deals reached and nobody left yet: its time is not known.

    Notes
    -----
    Little's law (1961): what stands in a stage is what enters it times how long it stays. Times
    are the medians of the deals that moved on and of those that were lost there. It fails where
    deals are never taken off the list: then the real list has more everywhere than this pyramid.
    """
    moved, lost = flow["moved_on"], flow["lost"]
    stayed = moved * flow["days"].fillna(0) + lost * flow["days_lost"].fillna(0)
    ended = moved + lost
    unknown = flow.index[(flow["reached"] > 0) & (ended == 0)]
    if len(unknown) or not stayed.sum() > 0:
        raise InputError("funnel.no_pace", stage=unknown[0] if len(unknown) else OPEN[0])
    standing = flow["reached"] * stayed / ended.where(ended > 0, 1)
    return standing / standing.sum()


def ageing(deals, today, flow):
    """How long each open deal has been in its stage, against the normal time.

    Parameters
    ----------
    deals : DataFrame
        ``stage``, ``entered`` (without that column no time is known).
    today : date, str or Timestamp
    flow : DataFrame
        From `funnel.flow` of the team.

    Returns
    -------
    DataFrame
        Rows of the open deals, index kept: ``stage``, ``days`` in it, ``normal`` (8 of 10 that
        moved on took no longer), ``times`` (days / normal), ``late`` (days > normal). NaN and not
        late where one of the two is not known.

    Notes
    -----
    Syllabus item funnel.3.2: time in stage against the normal cycle. Two in ten healthy deals are
    late too; a stage in which most are late is the sign, not one deal. It fails where a deal is set
    back and up again to look young: its clock begins anew.
    """
    stage = known_stage(deals["stage"])
    days = days_since(deals, "entered", today)
    table = pd.DataFrame({"stage": stage, "days": days})
    table["normal"] = stage.map(flow["days_most"]).astype(float)
    table["times"] = table["days"] / table["normal"].where(table["normal"] > 0)
    table["late"] = table["days"] > table["normal"]
    return table[is_open(stage)]


def coverage(deals, today, ladder, target, rate=None, *, strict=False):
    """How often a target is in the list.

    Parameters
    ----------
    deals : DataFrame
        As `review`.
    today : date, str or Timestamp
    ladder : Ladder
    target : float
        Money that the list still has to bring, above 0.
    rate : float, optional
        Share of the open money that is usually won, in (0, 1].
    strict : bool, default False

    Returns
    -------
    Coverage

    Raises
    ------
    InputError
        A target or a rate outside its range.

    Notes
    -----
    Syllabus item funnel.3.3. "Three times the target" is the case of a rate of one third, no law. A
    coverage of 1 as shown is an even chance at best: see `forecast.distribution`. It fails where
    the deals that make it up are dead: three times the target in zombies covers nothing.
    """
    for name, value, most in (("target", target, float("inf")), ("rate", rate, 1)):
        if value is not None and not 0 < value <= most:
            raise InputError("funnel.number_out_of_range", name=name, value=value)
    found = review(deals, today, ladder, strict)
    rows = is_open(found["claimed"])
    return Coverage(
        float(money(deals)[rows].sum() / target),
        float(found.loc[rows, "listed"].sum() / target),
        float(found.loc[rows, "expected"].sum() / target),
        float("nan") if rate is None else 1 / rate,
    )
