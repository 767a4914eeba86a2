"""What marking gives: an outcome of a closed list, a score, and codes for what is said."""

import dataclasses
import operator

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "recorded", "error")
# an attempt is used up; every other outcome costs nothing
COUNTED = ("wrong", "partial", "right", "recorded")


@dataclasses.dataclass(frozen=True)
class Say:
    """A sentence to come: its tone (``good``, ``bad`` or ``info``), code and values."""

    tone: str
    code: str
    values: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Part:
    """One card, row or field: right, wrong or neither, what is said, and why by code."""

    ok: bool | None
    code: str = ""
    values: dict = dataclasses.field(default_factory=dict)
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Mark:
    """How an answer was marked.

    Attributes
    ----------
    outcome : str
        One of ``OUTCOMES``.
    score : float or None
        0 to 100; None where nothing was scored.
    parts : dict of str to Part
        Per card, row or field.
    says : tuple of Say
    """

    outcome: str
    score: float | None = None
    parts: dict = dataclasses.field(default_factory=dict)
    says: tuple = ()

    def record(self):
        """The mark as JSON, for the journal."""
        return dataclasses.asdict(self)

    @classmethod
    def of_record(cls, record):
        """A mark from the journal."""
        parts = {name: Part(**part) for name, part in record["parts"].items()}
        return cls(
            record["outcome"],
            record["score"],
            parts,
            tuple(Say(**say) for say in record["says"]),
        )


class Refused(Exception):
    """What came is no answer yet: nothing there, or not to be read."""

    def __init__(self, outcome, code, parts=None, **values):
        super().__init__(code)
        self.mark = Mark(outcome, None, parts or {}, (Say("info", code, values),))


def graded(share, parts, says=()):
    """The mark of a share of 0 to 1: wrong at 0, right at 1, partial between."""
    score = round(100 * share, 1)
    outcome = {0: "wrong", 1: "right"}.get(share, "partial")
    return Mark(outcome, score, parts, tuple(says))


def tone(share):
    """How a share of 0 to 1 is said."""
    return {0: "bad", 1: "good"}.get(share, "info")


def matching(errors, known, same=operator.eq):
    """The known mistake that explains an answer, or None.

    Parameters
    ----------
    errors : dict
        Part id -> what was answered there, wrong parts only.
    known : dict of str to dict
        Mistake -> its own errors, in the same form.
    same : callable
        Whether two wrong values are one.

    Returns
    -------
    str or None
        A mistake that gives exactly these errors before any other; else the one that explains
        most of them and at least half, the narrower one where two do; ties in the given order.
    """

    def shared(slip):
        return sum(part in slip and same(value, slip[part]) for part, value in errors.items())

    best, best_rank = None, None
    for code, slip in known.items():
        n = shared(slip)
        if not n or 2 * n < len(errors):
            continue
        exact = n == len(errors) == len(slip)
        rank = (exact, n, -len(slip))
        if best_rank is None or rank > best_rank:
            best, best_rank = code, rank
    return best
