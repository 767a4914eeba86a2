"""The parameters of the game as data: what work costs, what it brings, what neglect does."""

import dataclasses
import functools
import hashlib
import json
import math
import pathlib

from coursekit import terms, toml
from coursekit.funnel.ladder import OPEN, WON

_SHIPPED = pathlib.Path(__file__).parent.parent / "instruments" / "flight.toml"

WORK = ("prospect", "advance", "close")  # the three kinds of work
ENTRY = "appointment"  # where a new deal begins: a first appointment is agreed
# which kind of work moves a deal on from its stage
WORK_ON = dict(zip(OPEN, ("advance", "advance", "advance", "close", "close"), strict=True))
NEXT = dict(zip(OPEN, (*OPEN[1:], WON), strict=True))
BEFORE = dict(zip(OPEN[1:], OPEN, strict=False))


@dataclasses.dataclass(frozen=True)
class Step:
    """One stage: hours of a visit; chances (0 to 1) of a move up, of the end, of a fall."""

    code: str
    hours: int
    up: float
    out: float
    decay: float


@dataclasses.dataclass(frozen=True)
class Size:
    """One size of deals: share, amounts from low to high, visits `times` as long, pace 0 to 1."""

    code: str
    share: float
    low: int
    high: int
    times: int
    pace: float


@dataclasses.dataclass(frozen=True)
class Event:
    """What a week brings: hours more or less, factors on the chances of the three kinds of work."""

    code: str
    share: float
    hours: int
    prospect: float
    advance: float
    close: float


@dataclasses.dataclass(frozen=True)
class Version:
    """How long a game lasts, and how many deals stand on each open stage at its start."""

    code: str
    weeks: int
    start: tuple


@dataclasses.dataclass(frozen=True)
class Rules:
    """All parameters of the game.

    Attributes
    ----------
    hours : int
        Working hours of a week.
    upkeep : float
        Hours that each open deal takes in a week before any visit.
    cost_per_hour : float
        Money that an hour of work costs.
    grace : int
        Weeks that a deal may be left alone before it can fall.
    call_hours, call_chance : int, float
        Hours of a round of calls, and the chance that it ends in a first appointment.
    steps, sizes, events, versions : tuple
    """

    hours: int
    upkeep: float
    cost_per_hour: float
    grace: int
    call_hours: int
    call_chance: float
    steps: tuple
    sizes: tuple
    events: tuple
    versions: tuple

    @classmethod
    def load(cls, path=None):
        """The rules of a TOML file, or the shipped ones.

        Parameters
        ----------
        path : str or Path, optional

        Raises
        ------
        InputError
            Something is absent, unknown, there twice, of the wrong kind or out of range; chances
            of one visit sum to more than 1; shares do not sum to 1. The line is named.
        """
        return _read(pathlib.Path(path) if path else _SHIPPED)

    @functools.cached_property
    def step(self):
        """Stage code -> Step."""
        return {step.code: step for step in self.steps}

    @functools.cached_property
    def size(self):
        """Size code -> Size."""
        return {size.code: size for size in self.sizes}

    @functools.cached_property
    def event(self):
        """Event code -> Event."""
        return {event.code: event for event in self.events}

    @functools.cached_property
    def version(self):
        """Version code -> Version."""
        return {version.code: version for version in self.versions}

    @functools.cached_property
    def conversion(self):
        """Stage code -> share of its deals that move up sooner or later when visited every week."""
        return {
            step.code: step.up / (step.up + step.out) if step.up else 0.0 for step in self.steps
        }

    @functools.cached_property
    def worth(self):
        """Stage code -> chance of a contract when the deal is visited every week.

        Conversions multiplied from the stage upwards. In the shipped rules 25%, 50% and 90% come
        out as on the ladder.
        """
        worth = {WON: 1.0}
        for code in reversed(OPEN):
            worth[code] = self.conversion[code] * worth[NEXT[code]]
        return worth

    @functools.cached_property
    def mean_amount(self):
        """Money of a new deal on average."""
        return sum(size.share * (size.low + size.high) / 2 for size in self.sizes)

    @functools.cached_property
    def digest(self):
        """Twelve characters that differ where a rule differs; a log carries them."""
        text = json.dumps(dataclasses.asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def visit_hours(self, deal):
        """Hours of one visit to a deal."""
        return self.step[deal.stage].hours * self.size[deal.size].times


_TOP = {"hours": (1, 168, int), "upkeep": (0, 8, float), "grace": (0, 52, int)}
_TOP |= {"cost_per_hour": (0, math.inf, float)}
_PROSPECT = {"hours": (1, 168, int), "chance": (0, 1, float)}
_STEP = {"hours": (1, 168, int), **dict.fromkeys(("up", "out", "decay"), (0, 1, float))}
_SIZE = {"share": (0, 1, float), "low": (0, math.inf, int), "high": (0, math.inf, int)}
_SIZE |= {"times": (1, 20, int), "pace": (0, 1, float)}
_EVENT = {"share": (0, 1, float), "hours": (-168, 168, int), **dict.fromkeys(WORK, (0, 10, float))}
_VERSION = {"weeks": (1, 52, int), **dict.fromkeys(OPEN, (0, 100, int))}
_VERSIONS = ("six", "twelve")


def _read(path):
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, (*_TOP, "prospect", "stage", "size", "event", "version"))
    top = _numbers(path, {key: content[key] for key in _TOP if key in content}, None, _TOP)
    prospect = _numbers(path, _table(path, content, "prospect"), "prospect", _PROSPECT)
    stages = _table(path, content, "stage")
    toml.known_keys(path, stages, OPEN, "stage")
    versions = _table(path, content, "version")
    toml.known_keys(path, versions, _VERSIONS, "version")
    return Rules(
        **top,
        call_hours=prospect["hours"],
        call_chance=prospect["chance"],
        steps=tuple(_step(path, code, _table(path, stages, code, "stage")) for code in OPEN),
        sizes=_shared(path, content, "size", _size),
        events=_shared(path, content, "event", _event),
        versions=tuple(
            _version(path, code, _table(path, versions, code, "version")) for code in _VERSIONS
        ),
    )


def _step(path, code, table):
    numbers = _numbers(path, table, f"stage.{code}", _STEP)
    if numbers["up"] + numbers["out"] > 1 + 1e-9:
        expected = f"≤ {1 - numbers['up']:g}"
        raise toml.wrong_value(path, f"stage.{code}", "out", numbers["out"], expected)
    return Step(code, **numbers)


def _size(path, code, table):
    numbers = _numbers(path, table, f"size.{code}", _SIZE)
    if numbers["high"] < numbers["low"]:
        raise toml.wrong_value(path, f"size.{code}", "high", numbers["high"], f"≥ {numbers['low']}")
    return Size(code, **numbers)


def _event(path, code, table):
    return Event(code, **_numbers(path, table, f"event.{code}", _EVENT))


def _version(path, code, table):
    numbers = _numbers(path, table, f"version.{code}", _VERSION)
    return Version(code, numbers["weeks"], tuple((stage, numbers[stage]) for stage in OPEN))


def _shared(path, content, section, read):
    """The entries of a section whose shares sum to 1, in the order of the file."""
    table = _table(path, content, section)
    toml.known_keys(path, table, _worded(section), section)
    found = tuple(read(path, code, _table(path, table, code, section)) for code in table)
    total = round(math.fsum(entry.share for entry in found), 6)
    if total != 1:
        first = f"{section}.{found[0].code}" if found else None
        raise toml.wrong_value(path, first, "share" if found else section, total, "∑ share = 1")
    return found


def _worded(section):
    """Codes of a section that the glossary has a word for: a screen must be able to name them."""
    prefix = f"flight.{section}_"
    codes = (key.removeprefix(prefix) for key in terms.glossary() if key.startswith(prefix))
    return tuple(code for code in codes if not code.endswith("_says"))


def _table(path, content, key, section=None):
    full = f"{section}.{key}" if section else key
    table = content.get(key)
    if not isinstance(table, dict):
        raise toml.wrong_value(path, section, key, table, f"[{full}]")
    return table


def _numbers(path, table, section, wanted):
    toml.known_keys(path, table, tuple(wanted), section)
    found = {}
    for key, (least, most, kind) in wanted.items():
        value = table.get(key)
        fits = type(value) is int or (kind is float and type(value) is float)
        if not fits or not least <= value <= most or value == math.inf:
            raise toml.wrong_value(path, section, key, value, _expected(least, most, kind))
        found[key] = kind(value)
    return found


def _expected(least, most, kind):
    numbers = f"{least} … {most}" if most < math.inf else f"≥ {least}"
    return f"{numbers} (1, 2, 3 …)" if kind is int else numbers
