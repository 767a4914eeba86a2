"""Large, medium and small orders; and which customers suit whom."""

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.choice import choose
from coursekit.errors import InputError

SIZES = ("small", "medium", "large")
SIGNS = ("amount", "cycle_days", "people")

# what selling turns on for an order of each size
CENTRES = {"small": "salesperson", "medium": "product_service", "large": "customer"}


def order_class(deals, edges=None, quantiles=(0.5, 0.9)):
    """Large, medium or small, by amount, length of the cycle and people who decide.

    Parameters
    ----------
    deals : DataFrame
        Any of ``amount`` (money), ``cycle_days``, ``people``; missing values have no vote, a
        column that is absent neither.
    edges : mapping of str to (float, float), optional
        Per column where medium and where large begins.
    quantiles : (float, float), default (0.5, 0.9)
        Where they begin for a column without edges, as quantiles of its values.

    Returns
    -------
    DataFrame
        Index of `deals`: one column of votes per sign (``small medium large`` or None);
        ``class``, their median, the larger one of a tie, None without a vote; ``agree`` (bool:
        all votes are the same); ``centre``: what selling turns on, ``customer``,
        ``product_service`` or ``salesperson``.

    Raises
    ------
    InputError
        None of the three columns, a value below 0, or edges that do not ascend.

    Notes
    -----
    Syllabus item screening.2.5. It fails by quantiles on a list of small orders, where some are
    "large" all the same: write down edges. Where the votes disagree, ask: a large amount that a
    clerk decides is stock, not a project.
    """
    signs = [sign for sign in SIGNS if sign in deals]
    if not signs:
        raise InputError("inputs.no_column", column=", ".join(SIGNS), known=_names(deals))
    given = dict(edges or {})
    ranks = pd.DataFrame(
        {sign: _rank(deals[sign], sign, given.get(sign), quantiles) for sign in signs},
        index=deals.index,
    )
    votes = ranks.apply(lambda column: column.map(dict(enumerate(SIZES)))).astype(object)
    votes = votes.where(votes.notna(), None)
    middle = ranks.apply(_upper_median, axis=1)
    size = pd.Series([None if np.isnan(m) else SIZES[int(m)] for m in middle], deals.index, object)
    agree = ranks.nunique(axis=1) == 1
    return votes.assign(**{"class": size, "agree": agree, "centre": size.map(CENTRES, "ignore")})


def four_choices(customers, hours):
    """Which customers fit into the hours, by what four kinds of salespeople are after.

    Parameters
    ----------
    customers : DataFrame
        ``hours`` (that winning each takes, above 0), ``days`` (until the deal, above 0),
        ``amount`` (of the first order), ``rate`` (chance, 0 to 1), ``cost`` (money to win it),
        ``yearly`` (profit per year once won), ``years`` (that he stays).
    hours : float
        There are, 0 or above.

    Returns
    -------
    DataFrame of bool
        Index of `customers`, one column per objective: ``efficiency`` (most wins per day of
        waiting: rate / days; for novices), ``effect`` (largest orders; for the skilled),
        ``target`` (expected money now: rate × amount; for veterans), ``lasting`` (rate × yearly ×
        years − cost; for masters). Each is the best set for its objective.

    Raises
    ------
    InputError
        A column is absent, or a value is missing or outside its limits.

    Notes
    -----
    Syllabus item screening.2.7; what each objective measures is our reading. None is wrong: a
    novice needs to see a deal close. It fails as a reproach: the list is chosen for a person, not
    for ever.
    """
    needed = ("hours", "days", "amount", "rate", "cost", "yearly", "years")
    inputs.columns(customers, *needed)
    limits = {"rate": {"least": 0, "most": 1}, "yearly": {}}
    figures = {
        name: inputs.numbers(customers[name], name, empty=True, **limits.get(name, {"least": 0}))
        for name in needed
    }
    for name in ("hours", "days"):
        none = figures[name] == 0
        if none.any():
            raise InputError(
                "screening.takes_no_time", customers.index[none], name=f"quantity.{name}"
            )
    f = pd.DataFrame(figures, index=customers.index)
    objectives = {
        # choose() counts in hundredths, and a rate per day is small
        "efficiency": f["rate"] / f["days"] * 1e6,
        "effect": f["amount"],
        "target": f["rate"] * f["amount"],
        "lasting": f["rate"] * f["yearly"] * f["years"] - f["cost"],
    }
    return pd.DataFrame(
        {name: choose(value, f["hours"], hours) for name, value in objectives.items()}
    )


def _rank(values, sign, edges, quantiles):
    """0 small, 1 medium, 2 large; NaN where the value is missing."""
    values = inputs.numbers(values, sign, least=0, missing=True, empty=True)
    if edges is None:
        edges = values.quantile(list(quantiles)).to_list()
    low, high = (float(edge) for edge in edges)
    if low > high:
        raise InputError("screening.edges_descend", name=f"quantity.{sign}", low=low, high=high)
    rank = (values >= low).astype(float) + (values >= high)
    return rank.where(values.notna())


def _upper_median(row):
    votes = np.sort(row.dropna().to_numpy())
    return votes[len(votes) // 2] if len(votes) else np.nan


def _names(frame):
    return ", ".join(map(str, frame.columns))
