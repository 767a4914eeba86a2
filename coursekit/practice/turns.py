"""Turns: an answer that grows move by move, a talk or a game, and is marked at its end.

A kind with turns gives besides the rest of ``coursekit.practice.kinds``

``start(question) -> position``
    Where a run begins. A position is any value: it is never stored, always replayed.
``step(position, move, question) -> position``
    After one move, which is JSON from a page; ``Refused`` where it cannot be made here.
``over(position) -> bool``
    Whether the run has come to its end.
``scene(position, question, lang) -> dict``
    What the view shows of it, JSON in one language, without anything that is still to come.

Its raw answer is ``{"moves": [...]}``, one whole run: ``parse`` is `replayed`, ``compare`` marks
the last position, ``fabricate`` gives whole runs. So a run is marked by the same pure functions
as any other answer, and the journal's moves alone bring back where it stood.
"""

import dataclasses

from coursekit.practice.kinds import kind_of
from coursekit.practice.mark import Refused


def takes_turns(exercise):
    """Whether an exercise is answered move by move."""
    return hasattr(kind_of(exercise.kind), "step")


def replayed(raw, question):
    """The last position of a whole run; what ``parse`` of a kind with turns gives.

    Raises
    ------
    Refused
        No move yet, not at its end yet, a move after the end, or one that cannot be made.
    """
    if raw is None or raw == {} or raw == {"moves": []}:
        raise Refused("unanswered", "practice.turns_none")
    if not isinstance(raw, dict) or set(raw) != {"moves"} or not isinstance(raw["moves"], list):
        raise Refused("invalid", "practice.unreadable")
    kind = kind_of(question.exercise.kind)
    position = kind.start(question)
    for move in raw["moves"]:
        if kind.over(position):
            raise Refused("invalid", "practice.unreadable")
        position = kind.step(position, move, question)
    if not kind.over(position):
        raise Refused("unanswered", "practice.turns_open")
    return position


@dataclasses.dataclass(frozen=True)
class Run:
    """One run through a question: its number from 1, its moves so far and where they lead.

    Attributes
    ----------
    at : str
        The place that the next move is made from; no two moves are ever made from one place.
    """

    number: int
    moves: tuple
    position: object

    @property
    def at(self):
        """Number of the run and of the next move, ``"1.3"``."""
        return f"{self.number}.{len(self.moves) + 1}"


def run_of(events, question):
    """The run that stands in the journal now.

    Parameters
    ----------
    events : iterable of dict
        Of this question, oldest first; its ``turn`` events carry ``run``, ``n`` (0: a run began)
        and ``move``.
    question : Question

    Returns
    -------
    Run
        The last one; a fresh one where its moves can no longer be made, because the exercise was
        changed since.
    """
    number, moves = 1, []
    for event in events:
        if event["event"] != "turn":
            continue
        if event.get("run") != number:
            number, moves = event.get("run"), []
        if event.get("n") == len(moves) + 1:
            moves.append(event.get("move"))
    number = number if type(number) is int else 1
    kind = kind_of(question.exercise.kind)
    position = kind.start(question)
    try:
        for move in moves:
            position = kind.step(position, move, question)
    except Exception:  # a move of an earlier version, or an edited line
        return Run(number + 1, (), kind.start(question))
    return Run(number, tuple(moves), position)
