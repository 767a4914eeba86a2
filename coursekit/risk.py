"""Five risks of a deal: likelihood times impact, and the loss to expect."""

import numpy as np
import pandas as pd

from coursekit import edges, inputs
from coursekit.errors import InputError

RISKS = ("product", "finance", "credit", "politics", "management")


def heat(judgements, scale=None):
    """Likelihood, impact and zone of each judgement.

    Parameters
    ----------
    judgements : DataFrame
        One row per deal and risk: ``deal``, ``risk`` (`RISKS`), ``likelihood`` and ``impact``:
        codes of the scale, or numbers of 0 to 1; missing where not known.
    scale : dict, optional
        What the codes count and where the zones begin; the shipped ``risk.toml`` without it.

    Returns
    -------
    DataFrame
        Index kept: ``deal risk``, ``likelihood`` and ``impact`` (0 to 1), ``loss`` (their
        product), ``zone`` (``calm watch urgent``), ``known``.

    Raises
    ------
    InputError
        A column is absent, a risk or a code is unknown, a number is outside 0 to 1, a risk of a
        deal is judged twice.

    Notes
    -----
    Syllabus item screening.1.6. Politics is first the customer's inner politics, only then policy.
    It fails on what is rare and ruinous: one number makes it look like a likely trifle, so look at
    the impact by itself. Codes are rough on purpose: what is said as 23% is no better known than
    "possible".
    """
    scale = scale or edges.read("risk")
    inputs.columns(judgements, "deal", "risk", "likelihood", "impact")
    wrong = ~judgements["risk"].isin(RISKS)
    if wrong.any():
        _refuse(judgements, wrong, "risk", RISKS)
    twice = judgements.duplicated(["deal", "risk"])
    if twice.any():
        rows = judgements.index[twice]
        raise InputError(
            "risk.twice", rows, row=rows[0], risk=f"risk.{judgements['risk'][twice].iloc[0]}"
        )
    result = judgements[["deal", "risk"]].copy()
    for column in ("likelihood", "impact"):
        result[column] = _counted(judgements, column, scale[column])
    result["loss"] = result["likelihood"] * result["impact"]
    zones = scale["zones"]
    size = result["loss"].round(9)
    result["zone"] = np.select(
        [size >= zones["urgent"], size >= zones["watch"]], ["urgent", "watch"], "calm"
    )
    given = judgements[["likelihood", "impact"]]
    result["known"] = (given.notna() & (given != "unknown")).all(axis=1)
    return result


def expected_loss(judgements, amount, scale=None):
    """What the risks take off the value of each deal.

    Parameters
    ----------
    judgements, scale
        As for `heat`.
    amount : Series
        Value of each deal, labelled by it; deals without a judgement keep theirs.

    Returns
    -------
    DataFrame
        Index of `amount`: ``amount``; ``share`` lost on average, 0 to 1; ``loss`` and ``net`` in
        money; ``largest``, the risk that takes most (the first of `RISKS` where equal), else
        empty; ``unjudged``, risks of the five that nobody judged.

    Raises
    ------
    InputError
        As `heat`; or an amount is missing or below 0, or a judged deal has none.

    Notes
    -----
    Syllabus item screening.1.6. Risks strike one by one and each takes its part of what the others
    left: share = 1 - Π(1 - likelihood × impact), so that no deal loses more than it is worth. It
    fails where risks come together (a new boss who also cuts the budget). The win rate of the
    stage already holds the chance of losing the order: judge here what happens after the contract,
    or it is counted twice.
    """
    amount = inputs.numbers(amount, "amount", least=0, empty=True)
    judged = heat(judgements, scale)
    unknown = ~judged["deal"].isin(amount.index)
    if unknown.any():
        rows = judged.index[unknown]
        raise InputError(
            "risk.no_amount", rows, row=rows[0], deal=str(judged["deal"][unknown].iloc[0])
        )
    losses = judged.pivot(index="deal", columns="risk", values="loss")
    losses = losses.reindex(index=amount.index, columns=list(RISKS))
    share = 1 - (1 - losses.fillna(0.0)).prod(axis=1)
    largest = losses.fillna(0.0).idxmax(axis=1).where(losses.max(axis=1) > 0, "")
    return pd.DataFrame(
        {
            "amount": amount,
            "share": share,
            "loss": amount * share,
            "net": amount * (1 - share),
            "largest": largest,
            "unjudged": losses.isna().sum(axis=1),
        }
    )


def _counted(judgements, column, scale):
    """Codes and numbers as numbers of 0 to 1."""
    given = judgements[column].astype(object)
    given = given.where(given.notna(), "unknown")
    numbers = given.map(scale)
    typed = pd.to_numeric(given.where(numbers.isna()), errors="coerce")
    result = numbers.astype(float).fillna(typed)
    wrong = ~result.between(0, 1)
    if wrong.any():
        _refuse(judgements, wrong, column, (*scale, "0 … 1"))
    return result


def _refuse(judgements, wrong, column, known):
    rows = judgements.index[wrong]
    raise InputError(
        "risk.not_on_the_scale",
        rows,
        row=rows[0],
        column=column,
        value=str(judgements[column][wrong].iloc[0]),
        known=" / ".join(known),
    )
