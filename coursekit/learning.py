"""Weights and points of a scorecard learned from how deals ended, checked on deals held out."""

import dataclasses

import numpy as np
import pandas as pd

from coursekit import inputs, replies
from coursekit.calibration import brier, reliability
from coursekit.errors import InputError
from coursekit.scoring import Scorecard

LEAST = 20  # deals won, and lost, that are needed to learn and to check


@dataclasses.dataclass(frozen=True, eq=False)
class Learned:
    """What deals that ended teach about a scorecard.

    Attributes
    ----------
    card : coursekit.scoring.Scorecard
        The same questions with learned weights (100 together) and points, that of "unknown"
        among them. Its score is the logarithm of the odds, moved and stretched to 0 to 100.
    check : DataFrame
        On the deals held out, rows ``base`` (everybody at the win rate), ``judged`` (the given
        card) and ``learned``: ``auc``, ``lift`` of the best fifth, ``brier`` (not for the judged
        card, whose score is no probability).
    reliability : DataFrame
        Of the learned probabilities on the deals held out, see `coursekit.calibration`.
    n_learned, n_held_out : int
    """

    card: Scorecard
    check: pd.DataFrame
    reliability: pd.DataFrame
    n_learned: int
    n_held_out: int


def learn(card, answers, won, *, customer=None, held_out=0.25, seed=0):
    """Learn weights and points of a card by logistic regression, and check them.

    Parameters
    ----------
    card : coursekit.scoring.Scorecard
        The questions and their answers.
    answers : DataFrame, shape (n_deals, ...)
        As for the card; deals that have ended.
    won : Series of bool
        On the same index.
    customer : Series, optional
        Whose deal it is, on the same index: all deals of a customer then stay on one side, so that
        nobody is checked against himself.
    held_out : float, default 0.25
        Share of the deals, in (0, 1), that is kept for the check.
    seed : int, default 0
        Of the split; the order of the rows decides nothing.

    Returns
    -------
    Learned

    Raises
    ------
    InputError
        Fewer than 20 deals won or lost on the side that learns, none of both on the other,
        `answers` as in `Scorecard.score`, or scikit-learn is not installed.

    Notes
    -----
    Syllabus item screening.3.4. Logistic regression with an indicator per answer and a small
    penalty (scikit-learn, C = 1). A criterion's weight is the span of its answers. It fails as
    advice on causes, for it learns what went along with winning, and on customers unlike those that
    were taken on: the ones that nobody called are not in it.
    """
    outcome = inputs.yes_no(won.reindex(answers.index), "outcome").to_numpy(dtype=bool)
    held_out = inputs.open_share(held_out, "share")
    places = np.column_stack([replies.places(answers, c) for c in card.criteria])
    group = (
        None if customer is None else pd.factorize(customer.reindex(answers.index), sort=True)[0]
    )
    # the order of the rows must not decide; rows that are alike throughout may change places
    order = np.lexsort((outcome, *places.T, *([] if group is None else [group])))
    places, outcome = places[order], outcome[order]
    test = _split(outcome, None if group is None else group[order], held_out, seed)
    if min(outcome[~test].sum(), (~outcome[~test]).sum()) < LEAST:
        raise InputError("weights.too_few_deals", least=LEAST)
    if not 0 < outcome[test].sum() < test.sum():
        raise InputError("weights.nothing_to_check")
    model = _model(_indicators(places[~test], card), outcome[~test])
    chance = model.predict_proba(_indicators(places[test], card))[:, 1]
    learned = _card(card, model.coef_[0])
    rows = answers.iloc[order][test]
    came = outcome[test]
    base = np.full(len(came), outcome[~test].mean())
    scores = {
        "base": base,
        "judged": card.score(rows)["score"].to_numpy(),
        "learned": learned.score(rows)["score"].to_numpy(),
    }
    check = pd.DataFrame(
        {name: {"auc": auc(one, came), "lift": lift(one, came)} for name, one in scores.items()}
    ).T
    check["brier"] = [brier(base, came), np.nan, brier(chance, came)]
    return Learned(learned, check, reliability(chance, came), int((~test).sum()), int(test.sum()))


def auc(score, won):
    """Chance that a won deal has the higher score than a lost one, equal scores counted half.

    Parameters
    ----------
    score : array_like, shape (n_deals,)
    won : array_like of bool

    Returns
    -------
    float
        0.5 tells nothing, 1 everything; NaN without a deal of each kind.

    Notes
    -----
    Syllabus item screening.3.4; the area under the ROC curve (Mann and Whitney 1947).
    """
    won = np.asarray(won, dtype=bool)
    ranks = pd.Series(np.asarray(score, dtype=float)).round(9).rank().to_numpy()
    n, lost = won.sum(), (~won).sum()
    if not n or not lost:
        return np.nan
    return float((ranks[won].sum() - n * (n + 1) / 2) / (n * lost))


def lift(score, won, top=0.2):
    """How many times as often the best-scored deals were won as all of them.

    Parameters
    ----------
    score : array_like, shape (n_deals,)
    won : array_like of bool
    top : float, default 0.2
        Part of the deals that counts as best. Of those with equal scores at its edge each counts
        in part, so that their order decides nothing.

    Returns
    -------
    float
        1 is as good as drawing lots; NaN where nothing was won.

    Raises
    ------
    InputError
        `top` is not between 0 and 1.

    Notes
    -----
    Syllabus item screening.3.4. It fails where few were won: of five wins, one more or less in the
    best fifth moves it by a whole 1.
    """
    top = inputs.open_share(top, "top")
    score, won = np.round(np.asarray(score, dtype=float), 9), np.asarray(won, dtype=float)
    known = ~np.isnan(score)
    _, group = np.unique(-score[known], return_inverse=True)  # best first, equal ones together
    n, wins = np.bincount(group), np.bincount(group, weights=won[known])
    size = top * n.sum()
    taken = np.clip(size - (n.cumsum() - n), 0, n)
    rate = wins.sum() / n.sum() if n.size else np.nan
    best = (wins * taken / n).sum() / size if size else np.nan
    return float(best / rate) if rate else np.nan


def _split(won, group, held_out, seed):
    """Which rows are held out: the same share of won and lost ones, or whole groups."""
    rng = np.random.default_rng(seed)
    test = np.zeros(len(won), dtype=bool)
    if group is None:
        for rows in (np.flatnonzero(won), np.flatnonzero(~won)):
            test[rng.permutation(rows)[: round(held_out * len(rows))]] = True
        return test
    drawn = rng.permutation(group.max() + 1)
    size = np.bincount(group, minlength=len(drawn))[drawn]
    return np.isin(group, drawn[np.cumsum(size) - size < held_out * len(won)])


def _indicators(places, card):
    return np.hstack(
        [
            (column[:, None] == np.arange(len(criterion.answers) + 1)).astype(float)
            for column, criterion in zip(places.T, card.criteria, strict=True)
        ]
    )


def _model(indicators, won):
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise InputError("weights.needs_scikit_learn") from None
    return LogisticRegression(C=1.0, max_iter=1000, tol=1e-8).fit(indicators, won)


def _card(card, coefficients):
    """The card whose score orders like the model."""
    sizes = [len(criterion.answers) + 1 for criterion in card.criteria]
    parts = np.split(coefficients, np.cumsum(sizes)[:-1])
    spans = np.array([np.ptp(part) for part in parts])
    if not spans.any():
        raise InputError("weights.nothing_learned")
    criteria = []
    for criterion, part, span in zip(card.criteria, parts, spans, strict=True):
        points = np.round(100 * (part - part.min()) / (span or 1), 9)
        answers = tuple(
            dataclasses.replace(answer, points=float(value))
            for answer, value in zip(criterion.answers, points, strict=False)
        )
        criteria.append(
            dataclasses.replace(
                criterion,
                weight=float(100 * span / spans.sum()),
                answers=answers,
                unknown=float(points[-1]),
            )
        )
    return dataclasses.replace(card, criteria=tuple(criteria))
