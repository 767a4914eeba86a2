"""The desk: the one place where a question is issued or resumed, answered and hinted.

Notebook and page both come here. What a card shows is rebuilt from the journal each time, so
nothing depends on what a page or a kernel still knows.
"""

import json

from coursekit import terms
from coursekit.errors import InputError
from coursekit.practice import bank, exercise
from coursekit.practice.journal import Journal
from coursekit.practice.mark import COUNTED, Mark, Say

CERTAINTY = (1, 2, 3)
LONGEST_ANSWER = 20_000  # characters of JSON
_LONGEST_TOKEN = 64


class Desk:
    """A trainee's desk in one course folder.

    Parameters
    ----------
    course : coursekit.course.Course
    journal : Journal, optional
        By default the one in the course's private folder.
    """

    def __init__(self, course, journal=None):
        self.course = course
        newcomer = "sample" if course.sample else None
        self.journal = journal or Journal(course.private, newcomer=newcomer)
        self._shown = {}  # exercise id -> draw that the card shows
        self._questions = {}  # (exercise id, draw) -> Question

    def open(self, exercise_id, guess=False):
        """The card of an exercise as it was left, or a first draw.

        Parameters
        ----------
        exercise_id : str
        guess : bool, default False
            The card of a guess: no hints, no marks.

        Returns
        -------
        dict
            ``{"public": ..., "state": ...}``.

        Raises
        ------
        InputError
            No such exercise, a mistake in the bank, or the journal cannot be written.
        """
        entry = bank.exercise(self.course, exercise_id)
        question = self._current(entry)
        if question is None:
            question = self._issue(entry)
        self._shown[exercise_id] = question.draw
        return self._card(question, guess)

    def another(self, exercise_id, guess=False):
        """The card of a fresh draw; the old one and a sentence where it cannot be recorded."""
        question = self._question(exercise_id)
        try:
            question = self._issue(question.exercise)
        except InputError as failed:
            card = self._card(question, guess)
            return {**card, "state": self._unrecorded(card["state"], failed)}
        self._shown[exercise_id] = question.draw
        return self._card(question, guess)

    def submit(self, exercise_id, raw, token=None, certainty=None, draw=None):
        """Mark an answer, record it, and only then say what came of it.

        Parameters
        ----------
        exercise_id : str
        raw : object
            What the view sent; anything may come.
        token : str, optional
            Made by the page for each submit; sent twice, it is recorded once.
        certainty : {1, 2, 3}, optional
            How sure the trainee is: guessing, fairly, certain.
        draw : int, optional
            The draw that the page shows, where it may be an older one.

        Returns
        -------
        dict
            The state. Where it could not be recorded it carries the answer, no mark, and says so.
        """
        question = self._question(exercise_id, draw)
        raw, refused = _checked(raw)
        mark = refused or question.mark(raw)
        if certainty not in CERTAINTY or isinstance(certainty, bool | float):
            certainty = None
        return self._recorded("attempt", question, raw, mark, token, certainty=certainty)

    def guess(self, exercise_id, raw, token=None, draw=None):
        """Record a guess, unmarked, and give the state; the lesson's data will answer it."""
        question = self._question(exercise_id, draw)
        raw, mark = _checked(raw)
        mark = mark or question.accept(raw)
        return self._recorded("guess", question, raw, mark, token)

    def hint(self, exercise_id, draw=None):
        """Show one more hint, which is recorded and costs nothing; give the state."""
        question = self._question(exercise_id, draw)
        shown = self._hints(question)
        if shown < self._hints_total(question):
            fields = {**_about(question), "n": shown + 1}
            try:
                self.journal.append("hint", token=f"{question.draw} {shown + 1}", **fields)
            except InputError as failed:
                return self._unrecorded(self._state(question), failed)
        return self._state(question)

    def name(self, label):
        """Record the trainee's name: a label, nothing depends on it."""
        self.journal.append("named", name=str(label)[:80])

    # --- questions

    def _current(self, entry):
        """The question that was issued last, with the numbers issued then, if it can be asked."""
        issued = self._issued(entry.id)
        if not issued or issued[-1].get("fault"):
            return None
        question = self._resume(entry, issued[-1])
        # numbers of an earlier version that the exercise can no longer ask: a new draw
        return None if question.fault else question

    def _question(self, exercise_id, draw=None):
        """The question that a card shows: of that draw, else the shown one, else the last."""
        draw = draw if type(draw) is int else self._shown.get(exercise_id)
        entry = bank.exercise(self.course, exercise_id)
        found = [event for event in self._issued(exercise_id) if event["draw"] == draw]
        if found:
            return self._resume(entry, found[0])
        return self._current(entry) or self._issue(entry)

    def _issue(self, entry):
        issued = self._issued(entry.id)
        draw = max((event["draw"] for event in issued), default=0) + 1
        self._sign()
        question = exercise.issue(entry, self.journal.trainee(), self.course.id, draw)
        fields = {**_about(question), "given": question.given}
        if question.fault:
            fields["fault"] = question.fault
        event = self.journal.append("issued", token=str(draw), **fields)
        if event["given"] == question.given:
            self._questions[entry.id, draw] = question
        return self._resume(entry, event)

    def _resume(self, entry, event):
        known = self._questions.get((entry.id, event["draw"]))
        if known is None or known.exercise is not entry:
            draw = event["draw"]
            if event.get("fault"):
                known = exercise.unaskable(entry, draw, str(event["fault"]))
            else:
                known = exercise.resume(entry, event.get("given"), draw)
            self._questions[entry.id, draw] = known
        return known

    def _issued(self, exercise_id):
        return [
            event
            for event in self.journal.events()
            if event["event"] == "issued"
            and event.get("exercise") == exercise_id
            and type(event.get("draw")) is int
        ]

    def _sign(self):
        """Put the name of the course's settings into the journal, once."""
        label = self.course.trainee
        named = [event.get("name") for event in self.journal.events() if event["event"] == "named"]
        if label and (not named or named[-1] != label):
            self.name(label)

    # --- what a card shows

    def _card(self, question, guess):
        public = {
            **question.public(self.course.lang),
            "hints_total": 0 if guess else self._hints_total(question),
            "certainty": bool(self.course.switches["certainty"]) and not guess,
        }
        return {"public": public, "state": self._state(question, "guess" if guess else "attempt")}

    def _recorded(self, event, question, raw, mark, token, **fields):
        token = token if isinstance(token, str) and len(token) <= _LONGEST_TOKEN else None
        fields |= {
            **_about(question),
            "raw": raw,
            "outcome": mark.outcome,
            "score": mark.score,
            "mark": mark.record(),
            "hints": self._hints(question),
        }
        try:
            self.journal.append(event, token=token, **fields)
        except InputError as failed:
            return {**self._unrecorded(self._state(question, event), failed), "answer": raw}
        return self._state(question, event)

    def _state(self, question, event="attempt"):
        lang = self.course.lang
        answers = self._events(event, question)
        counted = [answer for answer in answers if answer.get("outcome") in COUNTED]
        mark, raw = Mark(None), None
        if answers:
            raw, mark = answers[-1].get("raw"), _mark_of(answers[-1])
        elif question.fault:
            mark = question.mark(None)
        asked = event == "attempt" and not question.fault
        return {
            "answer": raw,
            "outcome": mark.outcome,
            "score": mark.score,
            "attempts": len(counted),
            "says": [
                {"tone": said.tone, "text": _said(question.say, said.code, lang, said.values)}
                for said in mark.says
            ],
            "parts": {
                name: {"ok": part.ok, "text": _said(question.part_text, name, part, lang)}
                for name, part in mark.parts.items()
            },
            "why": question.why(lang) if counted and asked else [],
            "hints": question.hints(lang)[: self._hints(question)] if asked else [],
        }

    def _unrecorded(self, state, failed):
        cause = failed.sentence(self.course.lang)
        text = terms.say("practice.journal_kept_answer", self.course.lang, cause=cause)
        said = [{"tone": "bad", "text": text}]
        return {**state, "outcome": "error", "score": None, "parts": {}, "why": [], "says": said}

    def _hints(self, question):
        return len({str(event.get("n")) for event in self._events("hint", question)})

    def _hints_total(self, question):
        if question.fault or not self.course.switches["hints"]:
            return 0
        return len(question.exercise.text[self.course.lang].get("hints", ()))

    def _events(self, kind, question):
        return [
            event
            for event in self.journal.events()
            if event["event"] == kind
            and event.get("exercise") == question.exercise.id
            and event.get("draw") == question.draw
        ]


def _about(question):
    entry = question.exercise
    return {
        "exercise": entry.id,
        "version": question.version,
        "kind": entry.kind,
        "item": entry.item,
        "draw": question.draw,
    }


def _checked(raw):
    """A raw answer as JSON of a sane size: (raw, None), or (None, its mark as invalid)."""
    try:
        text = json.dumps(raw, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        if len(text) <= LONGEST_ANSWER:
            return json.loads(text), None
    except (TypeError, ValueError, RecursionError):
        pass
    return None, Mark("invalid", None, {}, (Say("info", "practice.too_long"),))


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
