"""The kinds of exercise, one module each; this is all that the rest knows of them.

A kind gives

``OUTCOMES``
    The outcomes that it can give, of those in ``coursekit.practice.mark``.
``SPEC``, ``TEXT``, ``NEEDED``
    Keys of the bank that are its own, outside and inside a language, with their shapes
    (``coursekit.practice.schema``), and which of them may not be absent.
``EMPTY``
    What ``public`` gives for a question that could not be made.
``lay_out(exercise, given, rng) -> given``
    Ids and order of what is shown.
``parts(question) -> list of str``, ``part(question, id) -> dict``
    Ids of cards, rows or fields; the values of one, for its reason.
``problems(question)``
    What makes it unfit to be asked: triples of place, code and values.
``public(question, lang) -> dict``
    What the view shows.
``parse(raw, question)``
    The answer, or ``Refused`` as unanswered or invalid.
``compare(answer, question) -> Mark``
    Wrong, partial or right, with parts and the known mistake.
``typed(question, answer) -> raw``
    The raw answer of somebody who holds this answer: the key, or what a known mistake gives.
``fabricate(question, rng) -> dict``
    One raw answer for each of its outcomes that this question allows.

It may give

``KEYED = False``
    Where neither ``key`` nor ``solve`` marks it.
``ALIKE = "luck"``
    Where all trainees of a course get the same draws. A number under this key of the bank stands
    for the course.
``TELLS = {"practice.sort_belongs": False}``
    Codes of parts that say the answer itself: until the worked way is told the part is shown
    without a sentence, right, wrong or neither as it stands here.
``after(question, lang) -> dict``
    What its view gets as ``state["after"]`` beside an answer that counts.

A kind that is answered move by move (a talk, a game) gives ``start step over scene`` besides:
``coursekit.practice.turns`` describes them. Its view gets ``state["scene"]``, what ``scene`` gives
with ``at``, ``run``, ``turn`` (moves made) and ``over``; it sends ``{"type": "turn", "move",
"at"}`` for a move (``at`` as in the scene) and ``{"type": "again"}`` for the same question from
its start: ``ui.play(move)`` and ``ui.again()`` of views/shared.js, in a kind with ``turns: true``.
"""

import importlib

KINDS = (
    *("sort", "find", "number", "choice", "order", "weights"),
    *("allocate", "form", "dialogue", "simulation"),
)


def kind_of(name):
    """The module of a kind."""
    if name not in KINDS:
        raise KeyError(name)
    return importlib.import_module(f"coursekit.practice.kinds.{name}")
