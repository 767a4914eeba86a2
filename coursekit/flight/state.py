"""Where a game stands, and the luck that everyone of a class meets."""

import dataclasses
import hashlib
import math

from coursekit.errors import InputError
from coursekit.flight.rules import ENTRY, WORK
from coursekit.funnel.ladder import OPEN


@dataclasses.dataclass(frozen=True)
class Deal:
    """One open deal.

    Attributes
    ----------
    id : str
        Week it came and its number in that week, ``"3-2"``; week 0 is the start.
    stage, size : str
        Codes.
    amount : int
        Money of the contract.
    age, untouched : int
        Weeks since it came, weeks since somebody last worked on it.
    """

    id: str
    stage: str
    size: str
    amount: int
    age: int = 0
    untouched: int = 0


@dataclasses.dataclass(frozen=True)
class State:
    """Where a game stands at the beginning of a week.

    Attributes
    ----------
    seed : int
        The luck of the class.
    version : str
        ``"six"`` or ``"twelve"``.
    week, weeks : int
        The week to decide on, from 1; the last one. The game is over where week > weeks.
    hours : int
        Hours that can be given out this week.
    event : str
        What the week brings, a code of the rules.
    skill : tuple of (str, float)
        Factor per open stage on the chance of moving a deal up from it; that of the stage
        ``opportunity`` is also the factor on calls.
    deals : tuple of Deal
        The list, in the order in which deals came.
    won, costs : int, float
        Money of contracts and of work so far.
    """

    seed: int
    version: str
    week: int
    weeks: int
    hours: int
    event: str
    skill: tuple
    deals: tuple
    won: int = 0
    costs: float = 0.0

    @property
    def over(self):
        """Whether the last week has been played."""
        return self.week > self.weeks


@dataclasses.dataclass(frozen=True)
class Decision:
    """What is done in a week.

    Attributes
    ----------
    prospect, advance, close : int
        Whole hours: calls for first appointments; visits to deals below 50%; visits to deals at
        50% and 90%.
    first : tuple of str
        Deals to be visited before all others, in this order.
    drop : tuple of str
        Deals to be given up.
    """

    prospect: int = 0
    advance: int = 0
    close: int = 0
    first: tuple = ()
    drop: tuple = ()

    @property
    def hours(self):
        """Hours given out."""
        return self.prospect + self.advance + self.close


def luck(seed, *about):
    """A number in [0, 1) that depends only on the seed and on what it is about.

    Common random numbers: nothing that is decided elsewhere shifts it, as it would shift the next
    number of a random generator. Two players of a class who visit the same deal at the same stage
    in the same week therefore meet the same answer.
    """
    text = "|".join(str(part) for part in (seed, *about))
    number = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(number, "big") >> 11) / 2**53


def start(rules, version="twelve", seed=0, skill=None):
    """The first week of a game.

    Parameters
    ----------
    rules : Rules
    version : {"six", "twelve"}
    seed : int
        The luck of the class.
    skill : dict, optional
        Open stage -> factor of 0 to 2 on the chance of moving up from it; 1 where absent.

    Raises
    ------
    InputError
        No such version, a seed that is no whole number, a skill that does not fit.
    """
    if not isinstance(version, str) or version not in rules.version:
        raise InputError("flight.version", value=str(version), known=", ".join(rules.version))
    if type(seed) is not int:
        raise InputError("flight.seed", value=str(seed))
    plan = rules.version[version]
    stages = [stage for stage, count in plan.start for _ in range(count)]
    deals = tuple(new_deal(rules, seed, 0, number, stage) for number, stage in enumerate(stages, 1))
    return State(
        seed=seed,
        version=version,
        week=1,
        weeks=plan.weeks,
        hours=hours_of(rules, deals, seed, 1),
        event=event_of(rules, seed, 1),
        skill=_skill(skill or {}),
        deals=deals,
    )


def new_deal(rules, seed, week, number, stage=ENTRY):
    """The deal that the n-th round of calls of a week leads to, whoever makes it."""
    name = f"{week}-{number}"
    size = _drawn(rules.sizes, luck(seed, name, "size"))
    amount = size.low + luck(seed, name, "amount") * (size.high - size.low)
    unit = 1000 if size.low >= 10_000 else 1  # as people quote
    return Deal(name, stage, size.code, round(amount / unit) * unit)


def event_of(rules, seed, week):
    """Code of what a week brings to the whole class."""
    return _drawn(rules.events, luck(seed, week, "event")).code


def hours_of(rules, deals, seed, week):
    """Whole hours that are left to give out: after the event and after upkeep of the list."""
    event = rules.event[event_of(rules, seed, week)]
    return max(0, rules.hours + event.hours - math.ceil(round(rules.upkeep * len(deals), 9)))


def _drawn(entries, number):
    """The entry whose share a number in [0, 1) falls into."""
    for entry in entries:
        if number < entry.share:
            return entry
        number -= entry.share
    return next(entry for entry in reversed(entries) if entry.share)  # shares fell short of 1


def _skill(skill):
    if not isinstance(skill, dict):
        raise InputError("flight.skill", stage="skill", value=str(skill))
    for stage, factor in skill.items():
        number = isinstance(factor, int | float) and not isinstance(factor, bool)
        if stage not in OPEN or not number or not 0 <= factor <= 2:
            raise InputError("flight.skill", stage=str(stage), value=str(factor))
    return tuple((stage, float(skill.get(stage, 1.0))) for stage in OPEN)


def decision_of(raw):
    """A decision from what a page or a log sends; what is not there is nothing.

    Parameters
    ----------
    raw : dict or Decision
        Keys: the attributes of `Decision`.

    Raises
    ------
    InputError
        No dict, a key that does not exist, a list of deals that is no list of texts.
    """
    if isinstance(raw, Decision):
        raw = {field.name: getattr(raw, field.name) for field in dataclasses.fields(raw)}
    known = (*WORK, "first", "drop")
    if not isinstance(raw, dict) or (stray := [key for key in raw if key not in known]):
        value = str(stray[0]) if isinstance(raw, dict) else str(raw)
        raise InputError("flight.decision", value=value[:40], known=", ".join(known))
    lists = {}
    for key in ("first", "drop"):
        names = raw.get(key, ())
        if not isinstance(names, list | tuple) or not all(isinstance(x, str) for x in names):
            raise InputError("flight.not_a_list", key=f"flight.{key}", value=str(names)[:40])
        lists[key] = tuple(names)
    return Decision(**{key: raw.get(key, 0) for key in WORK}, **lists)
