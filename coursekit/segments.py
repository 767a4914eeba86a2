"""Groups of customers that resemble each other: several groupings, side by side."""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError

STARTS = 10  # of each clustering; the best is kept


@dataclasses.dataclass(frozen=True, eq=False)
class Grouping:
    """Customers in k groups.

    Attributes
    ----------
    group : Series of int
        1 to k per customer, 1 with the highest value (or mean trait); index of the customers.
    profile : DataFrame, index group
        As of `profile`.
    silhouette : float
        Mean silhouette, -1 to 1: how much closer a customer is to his own group than to the
        next; above a half is clear, below a quarter there is hardly a group.
    stability : float
        As of `stability`: mean adjusted Rand index, 1 where every resample finds the same groups,
        about 0 where they come by chance.
    weakest : float
        Mean Jaccard overlap of the group that comes back worst, 0 to 1.
    """

    group: pd.Series
    profile: pd.DataFrame
    silhouette: float
    stability: float
    weakest: float


def group(traits, k, *, log=(), seed=0):
    """Customers in k groups by k-means over their standardised traits.

    Parameters
    ----------
    traits : DataFrame, shape (n_customers, n_traits)
        Numbers only, none missing; one row per customer.
    k : int
        Groups, 2 or more and fewer than different customers.
    log : iterable of str, optional
        Traits to take by their logarithm (log(1 + x), 0 or above): money and counts, where one
        giant else makes a group of his own.
    seed : int, default 0

    Returns
    -------
    Series of int
        Index of `traits`: 1 to k, 1 with the highest mean over the standardised traits.

    Raises
    ------
    InputError
        A trait that is no number, missing or the same for all; too few different customers;
        scikit-learn is not installed.

    Notes
    -----
    Syllabus item screening.3.3; k-means of scikit-learn, ten starts. It fails in a cloud that has
    no groups, for it always finds some: look at `stability`. Every trait weighs the same, so two
    columns that say the same thing count twice.
    """
    points = _standardised(traits, log)
    labels, _ = _fit(points, _checked_k(points, k), seed)
    return _numbered(labels, points.mean(axis=1), traits.index)


def profile(traits, groups, value=None):
    """What each group is, in numbers.

    Parameters
    ----------
    traits : DataFrame, shape (n_customers, n_traits)
    groups : Series or array_like, shape (n_customers,)
    value : Series or array_like, shape (n_customers,), optional
        Money that each customer brings.

    Returns
    -------
    DataFrame
        One row per group: ``n``, ``share`` of the customers; with `value` ``value``,
        ``value_share`` and ``value_each``; then per trait its median; ``differs``, the trait in
        which the group's mean lies furthest from that of all, in standard deviations, with
        ``by`` how many.

    Raises
    ------
    InputError
        As `group`, or lengths that differ.

    Notes
    -----
    Syllabus item screening.3.3. Name a group by what you would do differently for it; where that is
    nothing, it is no segment. It fails on a group of a few: what ``differs`` there is one customer,
    not the group.
    """
    table = _numbers(traits)
    groups = inputs.paired(_as_series(groups), table, "group")
    by = table.groupby(groups.to_numpy())
    n = by.size()
    result = pd.DataFrame({"n": n, "share": n / len(table)})
    if value is not None:
        value = inputs.paired(inputs.numbers(value, "value"), table, "value")
        brought = value.groupby(groups.to_numpy()).sum()
        total = math.fsum(value)
        result["value"] = brought
        result["value_share"] = brought / total if total else math.nan
        result["value_each"] = brought / n
    result = result.join(by.median())
    spread = table.std(ddof=0).replace(0, math.nan)
    distance = (by.mean() - table.mean()) / spread
    result["differs"] = [
        None if row.isna().all() else row.abs().idxmax() for _, row in distance.iterrows()
    ]
    result["by"] = [
        math.nan if trait is None else float(distance.loc[label, trait])
        for label, trait in result["differs"].items()
    ]
    return result.rename_axis("group")


def stability(traits, k, *, log=(), n=30, seed=0):
    """Whether the groups come back when the customers are drawn again.

    Parameters
    ----------
    traits, k, log, seed
        As of `group`.
    n : int, default 30
        Resamples: as many customers as there are, drawn with replacement.

    Returns
    -------
    overall : float
        Mean adjusted Rand index between the groups of all and those that a resample's centres
        give to all customers; 1 is the same grouping, 0 what chance gives.
    per_group : Series
        Mean Jaccard overlap of each group with its nearest in a resample, index 1 to k: above
        0.75 it is there, below 0.6 it is an accident of this list.

    Raises
    ------
    InputError
        As `group`.

    Notes
    -----
    Syllabus item screening.3.3; C. Hennig, Cluster-wise assessment of cluster stability (2007),
    whose limits those are. It fails as a proof of use: two groups often come back and say little;
    and customers listed twice make it look more stable than it is.
    """
    _, metrics, _ = _learn()
    points = _standardised(traits, log)
    k, n = _checked_k(points, k), inputs.whole(n, "tries", least=1)
    labels, _ = _fit(points, k, seed)
    own = _numbered(labels, points.mean(axis=1), traits.index).to_numpy()
    # resamples are drawn from the sorted points, so that the order of rows decides nothing
    order = np.lexsort(points.T[::-1])
    rand, overlaps = [], []
    for number in range(n):
        drawn = np.random.default_rng([seed, number]).integers(0, len(points), len(points))
        sample = points[order][drawn]
        if len(np.unique(sample, axis=0)) < k:
            continue
        _, centres = _fit(sample, k, seed)
        other = _nearest(points, centres)
        rand.append(metrics.adjusted_rand_score(own, other))
        overlaps.append(
            [
                max(_jaccard(own == mine, other == its) for its in range(k))
                for mine in _numbers_to(k)
            ]
        )
    if not rand:
        raise InputError("segments.too_few", n=len(np.unique(points, axis=0)), k=k)
    per_group = pd.Series(np.mean(overlaps, axis=0), index=_numbers_to(k), name="overlap")
    return float(np.mean(rand)), per_group.rename_axis("group")


def groupings(traits, ks=(3, 4, 5), *, value=None, log=(), n=30, seed=0):
    """Several groupings of the same customers, to be laid side by side.

    Parameters
    ----------
    traits, log, seed
        As of `group`.
    ks : iterable of int, default (3, 4, 5)
        Numbers of groups.
    value : Series or array_like, shape (n_customers,), optional
        As of `profile`; then group 1 is the one that brings most per customer.
    n : int, default 30
        Resamples of `stability`.

    Returns
    -------
    dict of int to Grouping

    Raises
    ------
    InputError
        As `group` and `profile`.

    Notes
    -----
    Syllabus item screening.3.3. It fails where the best figure is to choose the number of groups,
    which no formula finds: take the one with which you would act differently, among those that come
    back.
    """
    _, metrics, _ = _learn()
    points = _standardised(traits, log)
    worth = points.mean(axis=1)
    if value is not None:
        worth = inputs.paired(inputs.numbers(value, "value"), traits, "value").to_numpy()
    found = {}
    for k in ks:
        labels, _ = _fit(points, _checked_k(points, k), seed)
        groups = _numbered(labels, worth, traits.index)
        overall, per_group = stability(traits, k, log=log, n=n, seed=seed)
        found[int(k)] = Grouping(
            group=groups,
            profile=profile(traits, groups, value),
            silhouette=float(metrics.silhouette_score(points, labels)),
            stability=overall,
            weakest=float(per_group.min()),
        )
    return found


def _learn():
    """Parts of scikit-learn, an extra of the kit and slow to import, and what it comes with."""
    try:
        import threadpoolctl
        from sklearn import cluster, metrics
    except ImportError:
        raise InputError("segments.not_installed") from None
    return cluster, metrics, threadpoolctl


def _fit(points, k, seed):
    """Label per point, in the order of `points`, and the centres."""
    cluster, _, threadpoolctl = _learn()
    order = np.lexsort(points.T[::-1])
    # lists are small: threads would only wait for each other, and add in an order of their own
    with threadpoolctl.threadpool_limits(1):
        model = cluster.KMeans(k, n_init=STARTS, random_state=seed).fit(points[order])
    labels = np.empty(len(points), dtype=int)
    labels[order] = model.labels_
    return labels, model.cluster_centers_


def _nearest(points, centres):
    return np.square(points[:, None, :] - centres[None, :, :]).sum(axis=2).argmin(axis=1)


def _numbered(labels, worth, index):
    """Groups 1 to k from the highest mean worth down; a tie goes to the larger group."""
    frame = pd.DataFrame({"label": labels, "worth": worth}).groupby("label")["worth"]
    ranked = frame.agg(["mean", "size"]).round(9).sort_values(["mean", "size"], ascending=False)
    number = {label: place for place, label in enumerate(ranked.index, start=1)}
    return pd.Series([number[label] for label in labels], index, name="group")


def _standardised(traits, log):
    table = _numbers(traits)
    inputs.columns(table, *log)
    for trait in log:
        inputs.numbers(table[trait], "trait", least=0)
        table = table.assign(**{trait: np.log1p(table[trait])})
    spread = table.std(ddof=0)
    level = table.abs().max()
    same = spread <= 1e-12 * level
    if same.any():
        raise InputError("segments.same_for_all", trait=", ".join(map(str, spread.index[same])))
    return ((table - table.mean()) / spread).to_numpy()


def _numbers(traits):
    if not isinstance(traits, pd.DataFrame) or not traits.shape[1]:
        raise InputError("segments.no_traits")
    return pd.DataFrame(
        {trait: inputs.numbers(traits[trait], "trait") for trait in traits}, traits.index
    )


def _checked_k(points, k):
    k = inputs.whole(k, "groups", least=2)
    different = len(np.unique(points, axis=0))
    if different <= k:
        raise InputError("segments.too_few", n=different, k=k)
    return k


def _as_series(values):
    return values if isinstance(values, pd.Series) else pd.Series(np.asarray(values))


def _numbers_to(k):
    return range(1, k + 1)


def _jaccard(mine, its):
    either = np.count_nonzero(mine | its)
    return np.count_nonzero(mine & its) / either if either else 0.0
