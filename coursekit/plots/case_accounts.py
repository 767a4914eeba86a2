"""Figures of the running case: key accounts by worth and relation, and one that goes down."""

import pandas as pd

from coursekit import terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows
from coursekit.scoring import Scorecard


def quadrants_numbers(answers, today):
    """Attractiveness and relation of every key account today.

    Parameters
    ----------
    answers : DataFrame
        ``customer date`` and the answers of both cards.
    today : Timestamp

    Returns
    -------
    dict
        ``n``, ``scores`` (customer -> attractiveness, relation), ``invest``: how many score 60
        and more in worth and below 50 in relation.
    """
    latest = answers[answers["date"] == today].set_index("customer").sort_index()
    scores = pd.DataFrame(
        {
            name: Scorecard.load(name).score(_answers(latest, name))["score"]
            for name in ("attractiveness", "relationship")
        }
    )
    weak = (scores["attractiveness"] >= 60) & (scores["relationship"] < 50)
    return {
        "alt": "plots.case_quadrants_alt",
        "n": len(scores),
        "scores": {key: row.astype(float).tolist() for key, row in scores.iterrows()},
        "invest": int(weak.sum()),
    }


def _answers(table, card):
    known = Scorecard.load(card).criteria
    codes = [criterion.code for criterion in known]
    return table[codes].fillna("unknown")


def quadrants(answers, today, names, marked, lang):
    """Worth against relation; `marked`: customers that are named. `names`: customer -> name."""
    numbers = quadrants_numbers(answers, today)
    figure, axes = canvas("plots.case_quadrants_title", lang, numbers)
    below = False  # the names of two neighbours stay apart
    for key, (worth, relation) in numbers["scores"].items():
        color = "bad" if key in marked else "shown"
        axes.scatter(relation, worth, s=60, color=theme.PALETTE[color], alpha=0.8, linewidths=0)
        if key in marked:
            place = (8, -18 if below else 6)
            axes.annotate(names[key], (relation, worth), xytext=place, textcoords="offset points")
            below = not below
    axes.axhline(60, color=theme.PALETTE["light"])
    axes.axvline(50, color=theme.PALETTE["light"])
    axes.set(xlim=(0, 100), ylim=(0, 100))
    axes.set_xlabel(terms.term("plots.case_relation", lang))
    axes.set_ylabel(terms.term("plots.case_worth", lang))
    return figure


def decline_numbers(orders, customer, today):
    """What one customer bought per quarter, up to the last whole one.

    Parameters
    ----------
    orders : DataFrame
        ``date customer amount``.
    customer : str
    today : Timestamp

    Returns
    -------
    dict
        ``n`` ``quarters`` (``2025 Q4`` -> amount), ``first`` and ``last`` of them, ``fall`` as a
        share.
    """
    own = orders[orders["customer"] == customer]
    quarter = own["date"].dt.to_period("Q")
    amounts = own["amount"].groupby(quarter).sum()
    whole = (amounts.index > orders["date"].min().to_period("Q")) & (
        amounts.index < today.to_period("Q")
    )
    amounts = amounts[whole]
    return {
        "alt": "plots.case_decline_alt",
        "quarters": {f"{q.year} Q{q.quarter}": float(amount) for q, amount in amounts.items()},
        "n": len(amounts),
        "first": float(amounts.iloc[0]),
        "last": float(amounts.iloc[-1]),
        "fall": float(1 - amounts.iloc[-1] / amounts.iloc[0]),
    }


def decline(orders, customer, name, today, lang):
    """Quarter by quarter what one customer bought."""
    numbers = {**decline_numbers(orders, customer, today), "name": name}
    figure, axes = canvas("plots.case_decline_title", lang, numbers)
    quarters = list(numbers["quarters"].items())[::-1]
    for place, (_, amount) in enumerate(quarters):
        axes.barh(place, amount, height=0.66, color=theme.PALETTE["shown"])
        beside(axes, amount, place, terms.money(amount, lang))
    rows(axes, [quarter for quarter, _ in quarters])
    return figure
