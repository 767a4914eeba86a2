"""An exercise, and a question: one draw of it for one trainee, with its key."""

import dataclasses
import hashlib
import json
import random
from collections.abc import Callable, Mapping

from coursekit import terms
from coursekit.errors import InputError
from coursekit.practice import views
from coursekit.practice.kinds import kind_of
from coursekit.practice.mark import Mark, Refused, Say
from coursekit.practice.shown import localised

__all__ = ["Exercise", "Mark", "Question", "issue", "resume", "seed", "unaskable"]


@dataclasses.dataclass(frozen=True)
class Exercise:
    """One entry of the bank; ``coursekit.practice.bank`` describes every field.

    Attributes
    ----------
    text : mapping of str to mapping
        ``"zh"`` and ``"en"``: prompt, hints, why, and what the kind shows.
    spec : mapping
        What the kind needs beside its texts: columns, fields.
    make, solve, reasons, work : callable or None
    given, key : JSON or None
        Of a static exercise.
    slips : mapping of str to callable or JSON
    """

    id: str
    version: int
    kind: str
    item: str
    minutes: float
    text: Mapping
    spec: Mapping = dataclasses.field(default_factory=dict)
    make: Callable | None = None
    solve: Callable | None = None
    reasons: Callable | None = None
    work: Callable | None = None
    given: Mapping | None = None
    key: object = None
    slips: Mapping = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Question:
    """What was issued: the numbers of one draw, and all that marking needs, computed once.

    Attributes
    ----------
    given : dict
        JSON without language: what a trainee reads in it is a pair ``{"zh", "en"}``.
    key : JSON
        The right answer, from the function that the lesson teaches.
    slips : dict
        Known mistake -> the answer that comes of it.
    reasons : dict
        Part id -> code of its reason.
    work : dict
        Further values for the explanation.
    fault : str
        Why the kit cannot ask this, for its developers; empty where all is well.
    """

    exercise: Exercise
    version: int
    draw: int
    given: dict
    key: object = None
    slips: dict = dataclasses.field(default_factory=dict)
    reasons: dict = dataclasses.field(default_factory=dict)
    work: dict = dataclasses.field(default_factory=dict)
    fault: str = ""

    @property
    def varies(self):
        """Whether another draw is another question, or may be one that can be asked."""
        kind = kind_of(self.exercise.kind)
        return bool(self.fault or self.exercise.make or hasattr(kind, "ALIKE"))

    def public(self, lang):
        """What a page may get: everything but the key.

        Parameters
        ----------
        lang : {"zh", "en"}

        Returns
        -------
        dict
            JSON: ``exercise kind lang draw item minutes prompt hints_total words varies`` and what
            the kind shows.
        """
        exercise, text = self.exercise, self.exercise.text[lang]
        head = {
            "exercise": exercise.id,
            "kind": exercise.kind,
            "lang": lang,
            "draw": self.draw,
            "item": exercise.item,
            "minutes": exercise.minutes,
            "words": views.words(lang),
            "varies": self.varies,
        }
        kind = kind_of(exercise.kind)
        if self.fault:
            broken = terms.term("practice.broken", lang)
            return {**head, "prompt": broken, "hints_total": 0, **kind.EMPTY}
        prompt = terms.fill(text["prompt"], lang, localised(self.given, lang))
        hints = len(text.get("hints", ()))
        return {**head, "prompt": prompt, "hints_total": hints, **kind.public(self, lang)}

    def mark(self, raw):
        """Mark a raw answer; pure, and never an exception: a fault of the kit is an outcome.

        Parameters
        ----------
        raw : JSON
            What the view sent; anything may come.
        """
        kind = kind_of(self.exercise.kind)
        try:
            if self.fault:
                return kit_fault()
            return kind.compare(kind.parse(raw, self), self)
        except Refused as refused:
            return refused.mark
        except Exception:  # whatever the kit got wrong, the trainee must not pay for it
            return kit_fault()

    def accept(self, raw):
        """Take a raw answer without marking it: recorded, or what keeps it from being one."""
        kind = kind_of(self.exercise.kind)
        try:
            if self.fault:
                return kit_fault()
            kind.parse(raw, self)
        except Refused as refused:
            return refused.mark
        except Exception:
            return kit_fault()
        return Mark("recorded")

    def why(self, lang):
        """The worked explanation in this draw's own numbers: list of texts."""
        text = self.exercise.text[lang]
        values = self._values(lang)
        lines = (*text.get("steps", ()), *text["why"])
        return [terms.fill(line, lang, values) for line in lines]

    def hints(self, lang):
        """All hints, the gentlest first: list of texts."""
        values = localised(self.given, lang)
        hints = self.exercise.text[lang].get("hints", ())
        return [terms.fill(hint, lang, values) for hint in hints]

    def say(self, code, lang, values=(), part=""):
        """The sentence of a code: ``slips.… reasons.… bands.…`` of this exercise, else the kit's.

        A code that no longer has a text gives an empty one: texts may change after an answer.
        """
        head, _, name = code.partition(".")
        if head in ("slips", "reasons", "bands"):
            template = self.exercise.text[lang].get(head, {}).get(name, "")
        else:
            template = terms.term(code, lang) if terms.known(code) else ""
        own = kind_of(self.exercise.kind).part(self, part) if part else {}
        filled = self._values(lang) | localised({**own, **dict(values)}, lang)
        return terms.fill(template, lang, filled)

    def part_text(self, name, part, lang):
        """What is said at one card, row or field of a mark."""
        said = [self.say(part.code, lang, part.values, name)]
        if part.reason:
            said.append(self.say(f"reasons.{part.reason}", lang, part=name))
        return ("" if lang == "zh" else " ").join(filter(None, said))

    def _values(self, lang):
        named = self.exercise.kind == "number" and not self.fault
        key = self.key if named else {}
        return localised({**self.given, **key, **self.work}, lang)


def issue(exercise, trainee, course_id, draw=1, case=None):
    """One draw of an exercise for one trainee.

    Parameters
    ----------
    exercise : Exercise
    trainee : str
        The id of the trainee; a name is only a label and changes nothing.
    course_id : str
    draw : int, default 1
        2, 3 … give other numbers.
    case : coursekit.case.Case, optional
        The trainee's part of the running case, handed to ``make``.

    Returns
    -------
    Question
        The same for the same arguments, whatever the version of the exercise says. Where the
        exercise itself fails, a question with ``fault``: shown and marked as the kit's mistake.

    Raises
    ------
    InputError
        The files of the case cannot be used: that is told by file and row, it is not the kit's.
    """
    kind = kind_of(exercise.kind)
    luck = getattr(kind, "ALIKE", None)
    whose = (str(exercise.spec.get(luck, course_id)), "") if luck else (course_id, trainee)

    def rng(part):
        # a stream per part: the right option is not at one place through all exercises
        return random.Random(seed(*whose, exercise.id, draw, part))

    try:
        given = exercise.make(rng("make"), case) if exercise.make else exercise.given or {}
        given = kind.lay_out(exercise, plain(given), rng("order"))
    except Exception as error:
        if isinstance(error, InputError) and error.code.startswith("case."):
            raise
        return unaskable(exercise, draw, _fault("make", error))
    return resume(exercise, given, draw)


def resume(exercise, given, draw=1):
    """The question of numbers that were issued before, also under an earlier version.

    Parameters
    ----------
    exercise : Exercise
        As it stands in the bank now.
    given : dict
        As issued.
    draw : int

    Returns
    -------
    Question
        With ``fault`` where these numbers do not fit the exercise (any more).
    """
    step = "given"
    try:
        given = plain(given)
        step = "solve"
        key = plain(exercise.solve(plain(given)) if exercise.solve else exercise.key)
        step = "slips"
        slips = {
            code: plain(slip(plain(given)) if callable(slip) else slip)
            for code, slip in exercise.slips.items()
        }
        step = "reasons"
        reasons = plain(exercise.reasons(plain(given))) if exercise.reasons else {}
        step = "work"
        work = plain(exercise.work(plain(given), plain(key))) if exercise.work else {}
        question = Question(exercise, exercise.version, draw, given, key, slips, reasons, work)
        step = "check"
        for where, code, values in kind_of(exercise.kind).problems(question):
            raise ValueError(f"{code} at {'.'.join(where)} {values}")
        step = "text"
        _read_once(question)
    except Exception as error:
        return unaskable(exercise, draw, _fault(step, error))
    return question


def unaskable(exercise, draw, fault):
    """The question of a draw that the kit could not make."""
    return Question(exercise, exercise.version, draw, {}, fault=fault)


def seed(*parts):
    """A whole number from texts and numbers, the same on every machine and in every version."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8], "big")


def plain(value):
    """A copy as plain JSON; numpy numbers become Python's.

    Raises
    ------
    ValueError, TypeError
        NaN, infinity, or what JSON does not know.
    """
    return json.loads(json.dumps(value, allow_nan=False, default=lambda number: number.item()))


def _read_once(question):
    """Read every text of a question, so that a bad template shows before an answer."""
    for lang in terms.LANGS:
        question.public(lang)
        question.hints(lang)
        question.why(lang)
        for code in question.slips:
            question.say(f"slips.{code}", lang)
        for part in kind_of(question.exercise.kind).parts(question):
            question.say(f"reasons.{question.reasons.get(part, part)}", lang, part=part)


def kit_fault():
    """The mark of what the kit got wrong."""
    return Mark("error", None, {}, (Say("info", "practice.kit_fault"),))


def _fault(step, error):
    return f"{step}: {type(error).__name__}: {error}"[:300]
