"""What a customer is worth, year by year, and what winning and keeping him may cost."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs


def customer_value(margin, retention, years=5, discount=0.1, cost_to_win=0.0, cost_to_keep=0.0):
    """Value of a customer, with the table that explains it.

    Parameters
    ----------
    margin : float
        Money per year that is left of his purchases after goods and service.
    retention : float
        Chance that a customer of this year is one next year, 0 to 1.
    years : int, default 5
        To look ahead; further than one knows the market is guessing.
    discount : float, default 0.1
        Yearly interest, 0 or above: money that comes later is worth less.
    cost_to_win, cost_to_keep : float, default 0
        Once at the start; per year while he is a customer.

    Returns
    -------
    DataFrame
        Index ``year`` from 0: ``staying`` (chance that he is still there), ``margin`` and ``cost``
        expected that year, ``factor`` of the discount, ``value`` of the year today, ``cumulated``.
        The value of the customer is the last ``cumulated``.

    Raises
    ------
    InputError
        A figure is outside its limits.

    Notes
    -----
    Syllabus item management.5.3; S. Gupta and D. R. Lehmann, Managing Customers as Investments
    (2005), cut off after `years`. Year 0 is the first year, paid at its start, for sure. One rate
    for all years is a simplification: who has stayed long stays longer, so use the rate of
    customers of his age (`coursekit.retention.curve`). It fails as a reason to neglect someone:
    it knows nothing of whom he would bring.
    """
    margin = inputs.number(margin, "margin")
    retention = inputs.number(retention, "retention", least=0, most=1)
    years = inputs.whole(years, "years", least=1, most=100)
    discount = inputs.number(discount, "discount", least=0)
    once = inputs.number(cost_to_win, "cost", least=0)
    yearly = inputs.number(cost_to_keep, "cost", least=0)
    year = np.arange(years)
    staying = retention**year
    cost = staying * yearly
    cost[0] += once
    factor = (1 + discount) ** -year.astype(float)
    value = (staying * margin - cost) * factor
    return pd.DataFrame(
        {
            "staying": staying,
            "margin": staying * margin,
            "cost": cost,
            "factor": factor,
            "value": value,
            "cumulated": np.cumsum(value),
        },
        index=pd.RangeIndex(years, name="year"),
    )


def break_even_retention(margin, cost_to_win, years=5, discount=0.1, cost_to_keep=0.0):
    """Lowest retention at which winning a customer pays back.

    Parameters
    ----------
    margin, cost_to_win, years, discount, cost_to_keep : float
        As in `customer_value`.

    Returns
    -------
    float
        0 to 1; 0 where the first year pays for all, NaN where even a customer who never leaves
        does not pay back in these years.

    Raises
    ------
    InputError
        A figure is outside its limits.

    Notes
    -----
    Syllabus item management.5.3. It fails where the rate differs from year to year: if many leave
    in the first year and few later, one rate for all years misjudges what they bring. Found by
    halving, to a billionth.
    """

    def worth(retention):
        table = customer_value(margin, retention, years, discount, cost_to_win, cost_to_keep)
        return table["cumulated"].iloc[-1]

    if worth(0.0) >= 0:
        return 0.0
    if worth(1.0) < 0:
        return math.nan
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (low, middle) if worth(middle) >= 0 else (middle, high)
    return high


def win_or_keep(spent_to_win, won, spent_to_keep, at_risk, rate_before, rate_after):
    """Cost of a customer won beside the cost of one kept.

    Parameters
    ----------
    spent_to_win : float
        Money spent on winning.
    won : int
        Customers won with it.
    spent_to_keep : float
        Money spent on keeping.
    at_risk : int
        Customers it was spent on.
    rate_before, rate_after : float
        Retention without and with it, 0 to 1.

    Returns
    -------
    dict
        ``per_won``; ``kept`` (customers more than without it), ``per_kept`` (infinite where there
        are none); ``times``: per_won over per_kept.

    Raises
    ------
    InputError
        A figure is outside its limits.

    Notes
    -----
    Syllabus item management.5.3: winning costs far more than keeping, or does it here? Only those
    kept because of the money count, not all who stayed. It fails with few at risk, where the two
    rates may differ by luck: compare them first (`coursekit.trials.newcombe`).
    """
    spent_to_win = inputs.number(spent_to_win, "cost", least=0)
    won = inputs.whole(won, "customers", least=0)
    spent_to_keep = inputs.number(spent_to_keep, "cost", least=0)
    at_risk = inputs.whole(at_risk, "customers", least=0)
    before = inputs.number(rate_before, "retention", least=0, most=1)
    after = inputs.number(rate_after, "retention", least=0, most=1)
    kept = at_risk * (after - before)
    per_won = spent_to_win / won if won else math.inf
    per_kept = spent_to_keep / kept if kept > 0 else math.inf
    known = math.isfinite(per_won) and math.isfinite(per_kept) and per_kept > 0
    return {
        "per_won": per_won,
        "kept": kept,
        "per_kept": per_kept,
        "times": per_won / per_kept if known else math.nan,
    }
