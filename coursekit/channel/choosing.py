"""Who may become a dealer, who falls out, what letting go costs, and who could step in."""

import dataclasses
import math

import numpy as np
import pandas as pd

from coursekit import inputs

CRITERIA = ("character", "ability", "reputation", "funds")
ANSWERS = ("good", "fair", "poor", "unknown")
GRADES = ("A", "B", "C")


@dataclasses.dataclass(frozen=True)
class Rule:
    """When a dealer falls out at the yearly review.

    Attributes
    ----------
    score : float, default 40
        Contribution score (0 to 100) below which the year was poor.
    attainment : float, default 0.6
        Of the agreed target, below which it was poor too.
    grade : {"A", "B", "C"}, default "C"
        Credit grade that counts against him.
    """

    score: float = 40
    attainment: float = 0.6
    grade: str = "C"


def entry(candidates):
    """Who may come in: what was found out about him before the first delivery.

    Parameters
    ----------
    candidates : DataFrame
        A column for each of ``character ability reputation funds``: ``good fair poor unknown``.

    Returns
    -------
    DataFrame
        Index kept. ``decision``: ``refuse`` (anything poor), ``enquire`` (something unknown),
        ``on_trial`` (two or more only fair: prepayment and a small area first), ``accept``;
        ``because``, the criteria behind it.

    Raises
    ------
    InputError
        A column is absent, or holds another answer.

    Notes
    -----
    Syllabus item management.4.10: character, ability, reputation, economic strength. Character
    means how he keeps his word in business, not how he lives. It fails where one asks only him:
    ask two of his suppliers.
    """
    answers = pd.DataFrame({code: inputs.one_of(candidates, code, ANSWERS) for code in CRITERIA})
    poor, unknown, fair = (answers == answer for answer in ("poor", "unknown", "fair"))
    holds = [poor.any(axis=1), unknown.any(axis=1), fair.sum(axis=1) >= 2]
    decision = np.select(holds, ["refuse", "enquire", "on_trial"], "accept")
    weighed = {"refuse": poor, "enquire": unknown, "on_trial": fair}
    because = [
        tuple(answers.columns[weighed[code].to_numpy()[row]]) if code in weighed else ()
        for row, code in enumerate(decision)
    ]
    return pd.DataFrame(
        {
            "decision": pd.Series(decision, answers.index, dtype=object),
            "because": pd.Series(because, answers.index, dtype=object),
        }
    )


def weeding(dealers, rule=None):
    """Keep, probation or drop, once a year, with the reasons.

    Parameters
    ----------
    dealers : DataFrame
        ``score`` (contribution, 0 to 100), ``attainment`` (sales over target), ``grade`` (credit,
        A to C), ``on_probation`` (since the last review: true or false).
    rule : Rule, optional

    Returns
    -------
    DataFrame
        Index kept. ``reasons``: ``poor_score``, ``poor_attainment``, ``poor_credit``;
        ``decision``: ``keep`` without a reason; ``drop`` with poor credit and another one, or with
        any reason while on probation; else ``probation``.

    Raises
    ------
    InputError
        A column is absent, a figure missing or outside, a grade unknown.

    Notes
    -----
    Syllabus item management.4.10; the borders are ours and stand in `Rule`. Nobody is dropped for
    one poor year of sales: first he is told, with what has to be better by when, the same for old
    and new, large and small. Contracts have notice periods: take legal advice. It fails where the
    target was set by us alone.
    """
    rule = rule or Rule()
    score = inputs.numbers(
        inputs.columns(dealers, "score")["score"], "score", least=0, most=100, empty=True
    )
    attainment = inputs.columns(dealers, "attainment")["attainment"]
    attainment = inputs.numbers(attainment, "attainment", least=0, empty=True)
    grade = inputs.one_of(dealers, "grade", GRADES)
    warned = inputs.one_of(dealers, "on_probation", (True, False)).astype(bool)
    holds = pd.DataFrame(
        {
            "poor_score": score < rule.score,
            "poor_attainment": attainment.round(9) < rule.attainment,
            "poor_credit": grade == rule.grade,
        }
    )
    n = holds.sum(axis=1)
    drop = (holds["poor_credit"] & (n > 1)) | (warned & (n > 0))
    decision = np.select([n == 0, drop], ["keep", "drop"], "probation")
    reasons = [tuple(holds.columns[row]) for row in holds.to_numpy()]
    return pd.DataFrame(
        {
            "reasons": pd.Series(reasons, dealers.index, dtype=object),
            "decision": pd.Series(decision, dealers.index, dtype=object),
        }
    )


def letting_go(dealers, kept=0.5, months=6):
    """What it costs to let dealers go.

    Parameters
    ----------
    dealers : DataFrame
        ``margin`` (that he brings per year), ``owed`` (open now), ``recovery`` (part of it that
        comes in after the end, 0 to 1), ``stock`` (ours that he holds), ``resale`` (part of its
        value that we get for it, 0 to 1).
    kept : float, default 0.5
        Part of his customers that stays with us meanwhile, 0 to 1.
    months : float, default 6
        Until a successor sells as much.

    Returns
    -------
    DataFrame
        Index kept. ``margin`` lost until then, ``receivables`` and ``stock`` lost, ``cost`` = their
        sum, ``pays_back``: months of the margin that he brings now that it equals (infinite where
        he brings none).

    Raises
    ------
    InputError
        A column is absent, or a figure missing or outside its limits.

    Notes
    -----
    Syllabus item management.4.10. It fails where he talks to other dealers, or takes his customers
    to a rival for good: neither is in it, so it is a lower bound. A loss with him (negative margin)
    lowers the cost.
    """
    inputs.columns(dealers, "margin", "owed", "recovery", "stock", "resale")
    kept = inputs.number(kept, "share", least=0, most=1)
    months = inputs.number(months, "months", least=0)
    margin = inputs.numbers(dealers["margin"], "margin", empty=True)

    def lost(money, part):
        back = inputs.numbers(dealers[part], "share", least=0, most=1, empty=True)
        return inputs.numbers(dealers[money], "amount", least=0, empty=True) * (1 - back)

    table = pd.DataFrame(
        {
            "margin": margin * (1 - kept) * months / 12,
            "receivables": lost("owed", "recovery"),
            "stock": lost("stock", "resale"),
        }
    )
    cost = table.sum(axis=1)
    pays_back = np.where(margin > 0, cost / margin.where(margin > 0) * 12, math.inf)
    return table.assign(cost=cost, pays_back=pays_back)


def bench(dealers, candidates):
    """Who could step in for each dealer: the replacement list, and where it is empty.

    Parameters
    ----------
    dealers : DataFrame
        ``dealer territory``.
    candidates : DataFrame
        ``name territory score`` (fit, 0 to 100), ``decision`` as of `entry`.

    Returns
    -------
    DataFrame
        One row per dealer and territory, sorted: ``dealer territory``, ``n`` (candidates there
        that are accepted or on trial), ``first`` and ``score`` (the best of them; None and NaN
        without: no substitute, so he cannot be let go safely).

    Raises
    ------
    InputError
        A column is absent, a cell blank, or a score outside 0 to 100.

    Notes
    -----
    Syllabus items management.4.1 and management.4.10: substitutes ready before they are needed. It
    fails where two dealers of a territory rest on the same candidate, who can replace only one, and
    where he has signed with a rival since. Equal scores stand in the order of their names.
    """
    inputs.filled(dealers, "dealer", "territory")
    inputs.filled(candidates, "name", "territory", "score", "decision")
    inputs.numbers(candidates["score"], "score", least=0, most=100, empty=True)
    ready = candidates[candidates["decision"].isin(("accept", "on_trial"))]
    ready = ready.sort_values(["score", "name"], ascending=[False, True])
    best = ready.groupby("territory").agg(
        n=("name", "size"), first=("name", "first"), score=("score", "first")
    )
    rows = dealers[["dealer", "territory"]].drop_duplicates().sort_values(["dealer", "territory"])
    table = rows.merge(best, on="territory", how="left").reset_index(drop=True)
    first = table["first"].astype(object).where(table["first"].notna(), None)
    return table.assign(n=table["n"].fillna(0).astype(int), first=first)
