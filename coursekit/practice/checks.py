"""Checks before and after: the same skills twice, with other numbers."""

import dataclasses

from coursekit.practice import bank
from coursekit.practice.mark import COUNTED

SIZE = 12
PRE = "pre"  # before the course: how it went is told, and nothing explained
# marked at once, read in a minute or two
KINDS = ("choice", "number", "sort", "find", "order")
SHORTEST_MINUTES, LONGEST_MINUTES = 2, 6  # what takes a minute is a guess before a figure


@dataclasses.dataclass(frozen=True)
class Gain:
    """How a check went before and after, over the exercises that were answered both times.

    Attributes
    ----------
    exercises : tuple of str
    before, after : float or None
        Mean score, 0 to 100; None where nothing was answered both times.
    """

    exercises: tuple
    before: float | None
    after: float | None


def select(course, scope, size=SIZE, minutes=None):
    """The exercises of a check: spread over the items of a module or lesson.

    Parameters
    ----------
    course : coursekit.course.Course
    scope : str
        A module (``funnel``) or a lesson (``funnel.2``).
    size : int, default 12
    minutes : float, optional
        Stop before the check takes longer than this.

    Returns
    -------
    tuple of str
        Ids in the order of the course, the same for everybody: one exercise per item before a
        second one of any, and one item per lesson before a second one of any. Only exercises
        whose numbers vary, so that a later draw asks the same with other numbers. Fewer than
        ``size`` where the bank has no more.
    """
    module, _, lesson = scope.partition(".")
    names = [n for n in bank.modules(course) if n in (module, f"{module}_{lesson}") or (
        not lesson and n.rpartition("_")[0] == module)]  # fmt: skip
    entries = [entry for name in names for entry in bank.load(course, name)[0].values()]
    by_item = {}
    for entry in sorted(entries, key=_place):
        if _fit(entry) and f"{entry.item}.".startswith(f"{scope}."):
            by_item.setdefault(entry.item, []).append(entry)
    by_item = dict(sorted(by_item.items(), key=lambda pair: _turn(pair[0], by_item)))
    chosen, taken, spent = [], set(), 0
    while len(chosen) < size and any(by_item.values()):
        for entries in by_item.values():
            if not entries or len(chosen) == size:
                continue
            # a kind that the check has least of, so that it is not twelve tables
            entry = min(entries, key=lambda one: sum(c.kind == one.kind for c in chosen))
            entries.remove(entry)
            if minutes is not None and spent + entry.minutes > minutes:
                continue
            spent += entry.minutes
            chosen.append(entry)
            taken.add(entry.id)
    return tuple(entry.id for entry in sorted(chosen, key=_place))


def gain(answers, first="pre", second="post"):
    """What a trainee gained between two checks.

    Parameters
    ----------
    answers : DataFrame
        Of one trainee, see ``coursekit.practice.answers.frame``.
    first, second : str
        Names of the checks.

    Returns
    -------
    Gain

    Notes
    -----
    Twelve answers say little about one person: a gain of ten points may be luck, and the figure
    fails where somebody guesses. It is for the trainee and for the trainer of a group.
    """
    counted = answers[answers["attempt"].notna() & answers["last"]]
    scores = {
        name: counted[counted["check"] == name].set_index("exercise")["score"].astype(float)
        for name in (first, second)
    }
    both = tuple(sorted(set(scores[first].index) & set(scores[second].index)))
    if not both:
        return Gain((), None, None)
    means = [float(scores[name].loc[list(both)].mean()) for name in (first, second)]
    return Gain(both, *means)


def _fit(entry):
    guess = entry.id.partition("/")[2].startswith("guess-")  # a lesson answers those itself
    short = entry.kind in KINDS and SHORTEST_MINUTES <= entry.minutes <= LONGEST_MINUTES
    return entry.make is not None and short and not guess


def _turn(item, items):
    """Which one of its lesson an item is: all first ones come before any second one."""
    lesson = item.split(".")[:2]
    return [one for one in items if one.split(".")[:2] == lesson].index(item)


def _place(entry):
    return [int(part) for part in entry.item.split(".")[1:]], entry.id


def result(questions, events, name):
    """How a check stands: one entry per exercise, in its order.

    Parameters
    ----------
    questions : sequence of Question
        As the check has issued them.
    events : iterable of dict
        The journal.
    name : str
        Of the check.

    Returns
    -------
    list of dict
        ``exercise``, ``score`` (0 to 100, None where it was not answered yet).
    """
    scores = {
        event["exercise"]: event.get("score")
        for event in reversed(list(events))  # the first answer stays
        if event["event"] == "attempt"
        and event.get("check") == name
        and event.get("outcome") in COUNTED
    }
    return [
        {"exercise": question.exercise.id, "score": scores.get(question.exercise.id)}
        for question in questions
    ]
