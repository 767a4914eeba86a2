"""What a card shows of an answer: built from the journal's events alone, in one language."""

from coursekit import terms
from coursekit.practice.kinds import kind_of
from coursekit.practice.mark import COUNTED, Mark, Part
from coursekit.practice.turns import run_of, takes_turns

TRIES = 2  # answers that count, after which the worked way is told to who has not found it


def state(question, events, lang, event="attempt", tries=TRIES):
    """The state of a card.

    Parameters
    ----------
    question : Question
    events : sequence of dict
        All that happened to this question, oldest first.
    lang : {"zh", "en"}
    event : {"attempt", "guess"}
        Which of its answers the card is about.
    tries : int, default 2
        Answers that count, after which ``why`` is told though none was right.

    Returns
    -------
    dict
        JSON: ``answer outcome score attempts says parts why hints``; ``first`` where the first
        answer was right; ``scene`` of a question that is answered move by move
        (``coursekit.practice.turns``).
    """
    turns = not question.fault and takes_turns(question.exercise)
    answers = [e for e in events if e["event"] == event]
    attempts = counted(answers)
    mark, raw = Mark(None), None
    if answers and not (turns and _goes_on(events, answers[-1])):
        raw, mark = answers[-1].get("raw"), _mark_of(answers[-1])
    elif question.fault:
        mark = question.mark(None)
    asked = event == "attempt" and not question.fault
    answered = attempts and asked and (mark.outcome or not turns)
    explained = answered and (_nothing_to_find(question) or attempts >= tries or _solved(answers))
    # the same question drawn anew is no first meeting
    fresh = question.draw == 1 or question.varies
    first = asked and fresh and mark.outcome == "right" and attempts == 1
    return {
        "answer": raw,
        "attempts": attempts,
        **marked(question, mark, lang, explained or not asked),
        "why": question.why(lang) if explained else [],
        "hints": question.hints(lang)[: hints_shown(events)] if asked else [],
        **({"first": True} if first else {}),
        **({"scene": _scene(question, events, lang)} if turns else {}),
        **({"after": _after(question, lang)} if answered else {}),
    }


def marked(question, mark, lang, explained=True):
    """A mark in words: ``outcome score says parts`` of a state.

    Before the worked way is told, what says the answer itself is held back (``TELLS`` of a kind).
    """
    telling = {} if explained else getattr(kind_of(question.exercise.kind), "TELLS", {})
    parts = {name: _held_back(part, telling) for name, part in mark.parts.items()}
    return {
        "outcome": mark.outcome,
        "score": mark.score,
        "says": [
            {"tone": said.tone, "text": _said(question.say, said.code, lang, said.values)}
            for said in mark.says
        ],
        "parts": {
            name: {"ok": part.ok, "text": _said(question.part_text, name, part, lang)}
            for name, part in parts.items()
        },
    }


def unrecorded(shown, failed, lang):
    """A state of which nothing could be recorded: it says so and carries no mark."""
    text = terms.say("practice.journal_kept_answer", lang, cause=failed.sentence(lang))
    said = [{"tone": "bad", "text": text}]
    return {**shown, "outcome": "error", "score": None, "parts": {}, "why": [], "says": said}


def withheld(shown, lang):
    """A state whose mark is for later: that the answer was taken, and nothing of how it was."""
    if shown["outcome"] not in COUNTED:
        return shown
    says = [{"tone": "info", "text": terms.term("practice.marks_later", lang)}]
    nothing = {"outcome": "recorded", "score": None, "parts": {}, "why": [], "says": says}
    told = {"after", "first"}
    return {name: value for name, value in {**shown, **nothing}.items() if name not in told}


def used_up(shown, lang):
    """A state to which no further answer is taken."""
    said = {"tone": "info", "text": terms.term("practice.no_attempt_left", lang)}
    return {**shown, "says": [said, *shown["says"]]}


def drawn(events, exercise_id):
    """Events by which questions of an exercise were issued, oldest first."""
    return [
        event
        for event in events
        if event["event"] == "issued"
        and event.get("exercise") == exercise_id
        and type(event.get("draw")) is int
    ]


def about(question):
    """What every event about a question carries."""
    entry = question.exercise
    return {
        "exercise": entry.id,
        "version": question.version,
        "kind": entry.kind,
        "item": entry.item,
        "draw": question.draw,
    }


def counted(answers):
    """Number of answers that cost an attempt."""
    return sum(answer.get("outcome") in COUNTED for answer in answers)


def hints_shown(events):
    """Number of hints that were seen."""
    return len({str(event.get("n")) for event in events if event["event"] == "hint"})


def _scene(question, events, lang):
    run, kind = run_of(events, question), kind_of(question.exercise.kind)
    return {
        **kind.scene(run.position, question, lang),
        "at": run.at,
        "run": run.number,
        "turn": len(run.moves),
        "over": kind.over(run.position),
    }


def _after(question, lang):
    """What the kind shows beside an answer that counts, by its ``after``; most show nothing."""
    return getattr(kind_of(question.exercise.kind), "after", lambda *_: {})(question, lang)


def _held_back(part, telling):
    return Part(telling[part.code]) if part.code in telling else part


def _solved(answers):
    return any(answer.get("outcome") in ("right", "recorded") for answer in answers)


def _nothing_to_find(question):
    """Whether the worked way gives nothing away: no key, or a run that is over and laid open."""
    kind = kind_of(question.exercise.kind)
    return not getattr(kind, "KEYED", True) or takes_turns(question.exercise)


def _goes_on(events, answer):
    """Whether a move was made after an answer."""
    return any(event["event"] == "turn" and event["seq"] > answer["seq"] for event in events)


def _mark_of(event):
    """The mark of an answer in the journal; its outcome alone where the rest was edited away."""
    try:
        return Mark.of_record(event["mark"])
    except (KeyError, TypeError, AttributeError):
        return Mark(event.get("outcome"), event.get("score"))


def _said(say, *what):
    """A sentence, empty where a text or a line of the journal was changed so that it fails."""
    try:
        return say(*what)
    except (KeyError, ValueError, TypeError, AttributeError):
        return ""
