"""The desk: the one place where a question is issued or resumed, answered and hinted.

Notebook and page both come here. What a card shows is rebuilt from the journal each time, so
nothing depends on what a page or a kernel still knows.
"""

from coursekit import terms
from coursekit.errors import InputError
from coursekit.practice import bank, exercise, received, state, who
from coursekit.practice.journal import Journal
from coursekit.practice.kinds import kind_of
from coursekit.practice.mark import COUNTED, Refused
from coursekit.practice.territory import Territory
from coursekit.practice.turns import run_of, takes_turns

CERTAINTY = (1, 2, 3)


class Desk:
    """A trainee's desk in one course folder.

    Parameters
    ----------
    course : coursekit.course.Course
    journal : Journal, optional
        By default the one in the course's private folder.
    check : str, optional
        Name of a check, such as ``pre``: draws and answers of its own, each answer given once,
        no hints, no marks before the course shows them.
    """

    def __init__(self, course, journal=None, check=""):
        self.course = course
        self.check = check
        self.journal = journal or Journal(course.private, newcomer=who.newcomer(course))
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
            No such exercise, a mistake in the bank, the journal cannot be written, or a guess is
            asked for where one answers move by move.
        """
        entry = bank.exercise(self.course, exercise_id)
        if guess and takes_turns(entry):
            raise InputError("practice.no_guess", id=exercise_id)
        question = self._current(entry)
        if question is None:
            question = self._issue(entry)
        self._close(question)
        self._shown[exercise_id] = question.draw
        return self._card(question, guess)

    def another(self, exercise_id, guess=False):
        """The card of a fresh draw; the old one and a sentence where it cannot be recorded."""
        question = self.question(exercise_id)
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
        question = self.question(exercise_id, draw)
        raw, refused = received.answer(raw)
        mark = refused or question.mark(raw)
        if mark.outcome in COUNTED and self._used_up(question, token):
            return state.used_up(self._state(question), self.course.lang)
        if certainty not in CERTAINTY or isinstance(certainty, bool | float):
            certainty = None
        return self._recorded("attempt", question, raw, mark, token, certainty=certainty)

    def guess(self, exercise_id, raw, token=None, draw=None):
        """Record a guess, unmarked, and give the state; the lesson's data will answer it."""
        question = self.question(exercise_id, draw)
        raw, mark = received.answer(raw)
        mark = mark or question.accept(raw)
        return self._recorded("guess", question, raw, mark, token)

    def hint(self, exercise_id, draw=None):
        """Show one more hint, which is recorded and costs nothing; give the state."""
        question = self.question(exercise_id, draw)
        shown = state.hints_shown(self._events(question))
        if shown < self._hints_total(question):
            fields = {**self._about(question), "n": shown + 1}
            try:
                self.journal.append("hint", token=f"{question.draw} {shown + 1}", **fields)
            except InputError as failed:
                return self._unrecorded(self._state(question), failed)
        return self._state(question)

    def turn(self, exercise_id, move, at=None, token=None, draw=None):
        """Make one move of a talk or a game; the last one ends in an attempt.

        Parameters
        ----------
        exercise_id : str
        move : object
            What the view sent; anything may come.
        at : str, optional
            ``state["scene"]["at"]`` that the page shows. A move that another window has made from
            the same place stands, and this one is not made.
        token : str, optional
            Made by the page for each move; sent twice, it is the same move.
        draw : int, optional
            As in `submit`.

        Returns
        -------
        dict
            The state. Where the move was not made it says why.
        """
        question = self.question(exercise_id, draw)
        move, refused = received.answer(move)
        if question.fault or refused:
            return self._not_made(question, refused or question.mark(None))
        run = run_of(self._events(question), question)
        kind = kind_of(question.exercise.kind)
        at = run.at if at is None else at
        if at != run.at or kind.over(run.position):
            return self._elsewhere(question, at, token)
        try:
            kind.step(run.position, move, question)
        except Refused as refusal:
            return self._not_made(question, refusal.mark)
        except Exception:
            return self._not_made(question, exercise.kit_fault())
        return self._turned(question, at, run.number, len(run.moves) + 1, move, token)

    def again(self, exercise_id, token=None, draw=None):
        """Begin the same talk or game anew, with the same numbers; give the state."""
        question = self.question(exercise_id, draw)
        run = None if question.fault else run_of(self._events(question), question)
        if not run or not run.moves:
            return self._state(question)
        return self._turned(question, f"{run.number + 1}.0", run.number + 1, 0, None, token)

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

    def question(self, exercise_id, draw=None):
        """The question that a card shows: of that draw, else the shown one, else the last."""
        draw = draw if type(draw) is int else self._shown.get(exercise_id)
        entry = bank.exercise(self.course, exercise_id)
        found = [event for event in self._issued(exercise_id) if event["draw"] == draw]
        if found:
            return self._resume(entry, found[0])
        return self._current(entry) or self._issue(entry)

    def _issue(self, entry):
        draw = max([self._first_draw(), *(e["draw"] for e in self._issued(entry.id))]) + 1
        self._sign()
        trainee = self.journal.trainee()
        case = Territory(self.course, trainee, events=self.journal.events())
        question = exercise.issue(entry, trainee, self.course.id, draw, case)
        fields = {**self._about(question), "given": question.given}
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
        """What was issued for this desk: a check sees its own draws, practice all others."""
        drawn = state.drawn(self.journal.events(), exercise_id)
        return [event for event in drawn if event.get("check", "") == self.check]

    def _first_draw(self):
        """Before the first draw: a check has numbers of its own, whatever was practised before."""
        return (1 + exercise.seed("check", self.check) % 1000) * 1_000_000 if self.check else 0

    def _sign(self):
        """Put the name of the course's settings into the journal, once."""
        label = who.server_user() or self.course.trainee
        named = [event.get("name") for event in self.journal.events() if event["event"] == "named"]
        if label and (not named or named[-1] != label):
            self.name(label)

    def _about(self, question):
        about = state.about(question)
        return {**about, "check": self.check} if self.check else about

    # --- moves

    def _turned(self, question, at, run, n, move, token):
        """Record a move; whoever made one from this place first has made it."""
        fields = {
            **self._about(question),
            "run": run,
            "n": n,
            "move": move,
            "page": received.token(token),
        }
        try:
            key = f"{question.draw}.{at}"
            event = self.journal.append("turn", token=key, **fields)
            self._close(question)
        except InputError as failed:
            return self._unrecorded(self._state(question), failed)
        return self._elsewhere(question, at, token, event)

    def _elsewhere(self, question, at, token, event=None):
        """The state, and that another window was first unless it was this page's own move."""
        key = f"{question.draw}.{at}"
        found = (e for e in self._events(question) if (e["event"], e["token"]) == ("turn", key))
        made = event or next(found, {})
        shown = self._state(question)
        if made.get("page") == received.token(token):
            return shown
        text = terms.term("practice.turn_elsewhere", self.course.lang)
        return {**shown, "says": [{"tone": "info", "text": text}, *shown["says"]]}

    def _not_made(self, question, mark):
        return {**self._state(question), **state.marked(question, mark, self.course.lang)}

    def _close(self, question):
        """Record a run that is at its end as an attempt, once, also after a crash in between."""
        if question.fault or not takes_turns(question.exercise):
            return
        run = run_of(self._events(question), question)
        token = f"run {question.draw}.{run.number}"
        if not kind_of(question.exercise.kind).over(run.position):
            return
        if all(event["token"] != token for event in self._events(question)):
            raw = {"moves": list(run.moves)}
            self._append("attempt", question, raw, question.mark(raw), token, run=run.number)

    # --- what a card shows

    def _card(self, question, guess):
        sure = bool(self.check) or self.course.switches["certainty"]
        public = {
            **question.public(self.course.lang),
            "hints_total": 0 if guess else self._hints_total(question),
            "certainty": sure and not guess,
        }
        if self.check:
            public["check"] = self.check
        return {"public": public, "state": self._state(question, "guess" if guess else "attempt")}

    def _recorded(self, event, question, raw, mark, token, **fields):
        try:
            self._append(event, question, raw, mark, received.token(token), **fields)
        except InputError as failed:
            return {**self._unrecorded(self._state(question, event), failed), "answer": raw}
        return self._state(question, event)

    def _append(self, event, question, raw, mark, token, **fields):
        fields |= {
            **self._about(question),
            "raw": raw,
            "outcome": mark.outcome,
            "score": mark.score,
            "mark": mark.record(),
            "hints": state.hints_shown(self._events(question)),
        }
        self.journal.append(event, token=token, **fields)

    def _hints_total(self, question):
        if question.fault or self.check or not self.course.switches["hints"]:
            return 0
        return len(question.exercise.text[self.course.lang].get("hints", ()))

    def _events(self, question):
        """What happened to a question, oldest first."""
        return [
            event
            for event in self.journal.events()
            if event.get("exercise") == question.exercise.id and event.get("draw") == question.draw
        ]

    def _state(self, question, event="attempt"):
        tries = min(state.TRIES, self._limit() or state.TRIES)
        shown = state.state(question, self._events(question), self.course.lang, event, tries)
        later = self.check or self.course.switches["marks"] == "later"
        return state.withheld(shown, self.course.lang) if later else shown

    def _limit(self):
        """How often a draw may be answered; 0 is as often as one likes."""
        return 1 if self.check else self.course.switches["attempts"]

    def _used_up(self, question, token):
        """Whether all attempts at a draw were made, and this is not one of them sent again."""
        limit = self._limit()
        made = [event for event in self._events(question) if event["event"] == "attempt"]
        return 0 < limit <= state.counted(made) and token not in [e["token"] for e in made]

    def _unrecorded(self, shown, failed):
        return state.unrecorded(shown, failed, self.course.lang)
