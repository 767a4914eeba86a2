"""A scorecard: weighted answers to a score of 0 to 100, a grade, and the reasons."""

import dataclasses
import pathlib

import numpy as np
import pandas as pd

from coursekit import cards, inputs, replies, terms
from coursekit.errors import InputError

OUT = "out"  # the grade of a row that a knock-out ends

_CELLS = 2_000_000  # of a table that is held at a time


@dataclasses.dataclass(frozen=True)
class Scorecard:
    """Questions, weights and grades, as read from a TOML file.

    Attributes
    ----------
    name, item : str
    criteria, knock_outs : tuple of coursekit.cards.Criterion, of coursekit.cards.KnockOut
    grades : tuple of (str, float)
        Grade and the least score for it, best first; the last begins at 0.
    left_out : tuple of (str, str)
        Criteria of the file that do not count, with a reason (``left_out.*`` of the glossary).
    cautions, words : tuple of dict, dict
        Where the card is wrong, and its title; ``{"zh": ..., "en": ...}`` each.

    Notes
    -----
    A frame holds one column per criterion, named by its code: answers as their codes or their
    words in either language, true and false for yes and no; for a criterion with bands numbers.
    A missing cell, ``"unknown"`` and an absent column are the answer "unknown", which has points
    of its own. Weights are taken in proportion, so that scores are always 0 to 100. A score
    fails where what decides was not asked, and as a probability: it only orders.
    """

    name: str
    item: str
    criteria: tuple
    grades: tuple
    knock_outs: tuple = ()
    left_out: tuple = ()
    cautions: tuple = dataclasses.field(default=(), compare=False, repr=False)
    words: dict = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def load(cls, source, complete=False):
        """A shipped scorecard by name (``"man"``), or any by the path of its TOML file.

        Parameters
        ----------
        source : str or pathlib.Path
        complete : bool, default False
            With the criteria that the file leaves out by default.

        Raises
        ------
        InputError
            No such scorecard, or the file does not fit; the line is named.

        Notes
        -----
        Syllabus item management.2.1. It fails where a shipped card is used unread in another trade.
        """
        path = pathlib.Path(source)
        if path.suffix != ".toml":
            path = cards.path_of(str(source))
        return cls(**cards.read(path, complete))

    @property
    def weights(self):
        """Weight of each criterion, 0 to 1, together 1."""
        given = pd.Series({criterion.code: criterion.weight for criterion in self.criteria})
        return given / given.sum()

    def score(self, frame):
        """Score and grade of each row.

        Parameters
        ----------
        frame : DataFrame, shape (n_rows, ...)
            See the notes of the class; further columns are not looked at.

        Returns
        -------
        DataFrame
            Index kept. ``score`` 0 to 100, rounded to nine digits; ``grade`` (ordered category,
            worst first); ``known``, share of the weight that was answered; ``low`` and ``high``,
            the score with every unknown at its worst and at its best. With knock-outs also
            ``knock_out``: the first that applies, ``"unknown"`` where none does but one was not
            answered, else empty. A knock-out makes the grade ``"out"`` and leaves the score.

        Raises
        ------
        InputError
            No column of the card is there, or a cell is no answer of its criterion.

        Notes
        -----
        Syllabus item planning.5.2. It fails where good answers outweigh the one that ends the deal
        and no knock-out says so.
        """
        self._check_columns(frame)
        total, known = np.zeros(len(frame)), np.ones(len(frame))
        down, up = np.zeros(len(frame)), np.zeros(len(frame))
        for criterion, weight in zip(self.criteria, self.weights, strict=True):
            answer = replies.places(frame, criterion)
            total += (weight * _points(criterion))[answer]
            open_ = np.flatnonzero(answer == len(criterion.answers))
            known[open_] -= weight
            down[open_] += weight * (criterion.unknown - criterion.worst)
            up[open_] += weight * (criterion.best - criterion.unknown)
        columns = {
            "score": _nine(total),
            "grade": None,
            "known": np.abs(_nine(known)),  # no -0.0
            "low": _nine(total - down),
            "high": _nine(total + up),
        }
        rank = self._rank(columns["score"])
        if self.knock_outs:
            columns["knock_out"], rank = self._knocked_out(frame, rank)
        columns["grade"] = self._grade(rank)
        return pd.DataFrame(columns, index=frame.index, copy=False)

    def points(self, frame):
        """Points of each answer, 0 to 100; one column per criterion, index kept."""
        self._check_columns(frame)
        return pd.DataFrame(
            {c.code: _points(c)[replies.places(frame, c)] for c in self.criteria}, index=frame.index
        )

    def explain(self, frame):
        """What each criterion adds to the score: one column each, index kept; a row sums to it.

        Notes
        -----
        Syllabus item planning.3.3. It fails as a cause: what adds most is what was weighted most.
        """
        return self.points(frame) * self.weights

    def reweighted(self, weights):
        """The same card with other weights.

        Parameters
        ----------
        weights : dict
            Criterion -> weight, at least 0; the others keep theirs as written in the file. An
            InputError where there is no such criterion, no such weight, or all are 0.

        Notes
        -----
        Syllabus item screening.2.2. It fails where weights are turned until the favourite leads.
        """
        known = [criterion.code for criterion in self.criteria]
        for code, weight in weights.items():
            if code not in known:
                raise InputError("scoring.no_criterion", criterion=code, known=", ".join(known))
            is_number = isinstance(weight, int | float | np.number) and not isinstance(weight, bool)
            if not (is_number and 0 <= weight < np.inf):
                raise InputError("scoring.not_a_weight", criterion=code, value=weight)
        criteria = tuple(
            dataclasses.replace(c, weight=float(weights.get(c.code, c.weight)))
            for c in self.criteria
        )
        if not any(criterion.weight for criterion in criteria):
            raise InputError("scoring.all_weights_zero")
        return dataclasses.replace(self, criteria=criteria)

    def stability(self, frame, spread=0.2, n=1000, seed=0):
        """Share of draws of the weights in which each row keeps its grade: a Series, index kept.

        Parameters
        ----------
        frame : DataFrame
        spread : float, default 0.2
            Each weight is multiplied by a number drawn evenly from 1 - spread to 1 + spread.
        n, seed : int, default 1000 and 0
            Draws; the same ones for all rows.

        Notes
        -----
        Syllabus item screening.2.2. It fails on wrong answers: only the weights are shaken.
        """
        now = self.score(frame)
        kept = np.zeros(len(frame))
        rank = self._rank(now["score"].to_numpy())
        for rows, scores in self._drawn(frame, spread, n, seed):
            kept[rows] = (self._rank(_nine(scores)) == rank[rows, None]).mean(axis=1)
        if self.knock_outs:
            kept[(now["grade"] == OUT).to_numpy()] = 1.0
        return pd.Series(kept, index=frame.index, name="stability")

    def ranks(self, frame, spread=0.2, n=1000, seed=0):
        """The order by score, and how firm it is when the weights are only roughly right.

        Parameters
        ----------
        frame, spread, n, seed
            As in `stability`.

        Returns
        -------
        DataFrame
            Index kept: ``rank`` (1 is best, equal scores share the better one), ``low`` and
            ``high`` (the ranks that hold 90% of the draws), ``first`` (share of the draws in which
            the row leads). Holds about 24 bytes per row and draw: for lists, not for millions.

        Notes
        -----
        Syllabus item screening.2.2. It fails on a criterion that was forgotten: no draw adds it.
        """
        now = self.score(frame)["score"].rank(ascending=False, method="min")
        scores = np.empty((len(frame), inputs.whole(n, "tries", least=1)))
        for rows, drawn in self._drawn(frame, spread, n, seed):
            scores[rows] = _nine(drawn)
        drawn = pd.DataFrame(scores).rank(ascending=False, method="min").to_numpy()
        low, high = np.quantile(drawn, [0.05, 0.95], axis=1, method="inverted_cdf")
        return pd.DataFrame(
            {
                "rank": now.astype(int),
                "low": low.astype(int),
                "high": high.astype(int),
                "first": (drawn == 1).mean(axis=1),
            },
            index=frame.index,
        )

    def lift(self, frame):
        """The smallest change that lifts each row to the next grade.

        Returns
        -------
        DataFrame
            Index kept. ``grade``; ``to``, the next grade, missing where there is none (the best
            one, or knocked out); ``missing``, points up to it; ``changes``, the fewest criteria
            that must change, missing where not even all of them suffice; where one is enough
            ``criterion``, the ``answer`` it needs and the answer ``now``, for the one that
            overshoots least, else empty. Where it is "unknown" now, finding out may do.

        Notes
        -----
        Syllabus item key_accounts.2.4. It fails where that is not ours to change, as a budget.
        """
        now = self.score(frame)
        score = now["score"].to_numpy()
        rank = self._rank(score)
        least = np.array([least for _, least in reversed(self.grades)])
        missing = np.append(least, np.nan)[rank + 1] - score
        if self.knock_outs:
            missing[(now["grade"] == OUT).to_numpy()] = np.nan
        best, chosen, most = np.full(len(frame), np.inf), np.full(len(frame), -1), []
        steps = []
        for criterion, weight in zip(self.criteria, self.weights, strict=True):
            held = replies.places(frame, criterion)
            points = weight * _points(criterion)
            most.append(weight * criterion.best - points[held])
            words = [answer.code for answer in criterion.answers] + [cards.UNKNOWN]
            for place, answer in enumerate(criterion.answers):
                gain = _nine(points[place] - points[held])
                better = (gain >= _nine(missing)) & (gain < best)
                best[better], chosen[better] = gain[better], len(steps)
                steps.append((criterion.code, answer.code, np.array(words, object), held))
        result = pd.DataFrame({"grade": now["grade"], "missing": missing}, index=frame.index)
        result["changes"] = _fewest(np.array(most), missing)
        names = np.array([code for code, _ in reversed(self.grades)] + [None], object)
        result.insert(1, "to", names[np.where(np.isnan(missing), len(names) - 1, rank + 1)])
        for column in ("criterion", "answer", "now"):
            result[column] = ""
        for number, (code, answer, words, held) in enumerate(steps):
            rows = chosen == number
            result.loc[rows, ["criterion", "answer"]] = [code, answer]
            result.loc[rows, "now"] = words[held[rows]]
        return result

    def _check_columns(self, frame):
        if not any(criterion.code in frame for criterion in self.criteria):
            known = ", ".join(criterion.code for criterion in self.criteria)
            raise InputError("scoring.no_columns", known=known)

    def _rank(self, score):
        """Place of the grade of each score, 0 for the poorest."""
        rank = np.zeros(score.shape, dtype=np.int8)
        for _, least in self.grades[:-1]:
            rank += score >= least
        return rank

    def _grade(self, rank):
        names = [code for code, _ in reversed(self.grades)]
        if self.knock_outs:
            names, rank = [OUT, *names], rank + np.int8(1)
        return pd.Categorical.from_codes(rank, names, ordered=True)

    def _knocked_out(self, frame, rank):
        found = np.full(len(frame), "", dtype=object)
        for question in reversed(self.knock_outs):
            answers = tuple(_answer(code) for code in (cards.NO, cards.YES))
            answer = replies.places(frame, cards.Criterion(question.code, 1, answers, 0))
            found[(answer == 2) & (found == "")] = cards.UNKNOWN
            found[answer == 1] = question.code
        out = (found != "") & (found != cards.UNKNOWN)
        return found, np.where(out, np.int8(-1), rank)

    def _drawn(self, frame, spread, n, seed):
        """Chunks of rows and their scores under drawn weights, shape (rows, n)."""
        if not 0 <= spread < 1:
            raise InputError("scoring.not_a_spread", value=spread)
        size = max(1, _CELLS // inputs.whole(n, "tries", least=1))
        points = self.points(frame).to_numpy()
        weights = self.weights.to_numpy()
        drawn = weights * np.random.default_rng(seed).uniform(
            1 - spread, 1 + spread, (n, len(weights))
        )
        drawn /= drawn.sum(axis=1, keepdims=True)
        for first in range(0, len(frame), size):
            rows = slice(first, first + size)
            yield rows, weighted_sum(points[rows], drawn.T)


def weighted_sum(values, weights):
    """Sum of values times weights per row; the weights as they are, not brought to 1.

    Shapes (n_rows, n_criteria) times (n_criteria,) or (n_criteria, n_draws).
    """
    return np.asarray(values, dtype=float) @ np.asarray(weights, dtype=float)


def _fewest(gains, missing):
    """Fewest changes that bring what is missing; gains per criterion, shape (k, n_rows)."""
    reached = _nine(np.cumsum(np.sort(gains, axis=0)[::-1], axis=0))
    enough = reached >= _nine(missing)
    count = np.where(enough.any(axis=0), enough.argmax(axis=0) + 1.0, np.nan)
    return pd.array(np.where(np.isnan(missing), np.nan, count), dtype="Int64")


def _points(criterion):
    """Points by place of the answer, the unknown last."""
    return np.array([*(answer.points for answer in criterion.answers), criterion.unknown])


def _answer(code):
    return cards.Answer(code, 0, terms.glossary()[f"answer.{code}"])


def _nine(values):
    return np.round(values, 9)
