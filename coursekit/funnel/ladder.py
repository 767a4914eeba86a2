"""The ladder of stages as data: what each stage counts, what a deal needs to stand on it."""

import dataclasses
import pathlib

from coursekit import terms, toml
from coursekit.errors import InputError

OPPORTUNITY, WON, LOST = "opportunity", "contract", "lost"
STAGES = (OPPORTUNITY, "appointment", "p25", "p50", "p90", WON)
OPEN = STAGES[:-1]
CLOSED = (WON, LOST)

_SHIPPED = pathlib.Path(__file__).parent.parent / "instruments" / "ladder.toml"


@dataclasses.dataclass(frozen=True)
class Stage:
    """One stage: its code, the chance of a contract (0 to 1), the gates before it (codes).

    Notes
    -----
    Syllabus item funnel.2.1. It fails where the stage is what the salesperson feels and not what
    the customer did: then the chance belongs to no deal.
    """

    code: str
    rate: float
    gates: tuple = ()


@dataclasses.dataclass(frozen=True)
class Limits:
    """Thresholds of the rules.

    Attributes
    ----------
    min_closed : int
        Closed deals with both dates that the age rule needs.
    week_days, week_deals : int
        How many days "this week" looks ahead, how many deals its list holds.
    doubt_share : float
        Share of the listed value, 0 to 1, above which what one rule takes is doubted.
    doubt_deals : int
        Open deals of one owner from which on it is doubted that a rule takes all of them.
    """

    min_closed: int = 20
    week_days: int = 7
    week_deals: int = 10
    doubt_share: float = 0.5
    doubt_deals: int = 5


@dataclasses.dataclass(frozen=True)
class Ladder:
    """All stages, lowest first, and the thresholds.

    Notes
    -----
    Syllabus item funnel.2.1. The codes are fixed, their rates and gates are the course's. It fails
    where its rates are taken for one's own: a team that wins fewer than half of its 50% deals
    forecasts too much every month until it puts in its own rate.
    """

    stages: tuple
    limits: Limits = Limits()

    @classmethod
    def load(cls, path=None):
        """The ladder of a TOML file, or the shipped one.

        Parameters
        ----------
        path : str or Path, optional

        Raises
        ------
        InputError
            A stage is missing, unknown or there twice; a rate is no number of 0 to 1 or lower
            than the one below; a gate is unknown or there twice; a threshold does not fit. The
            line is named.
        """
        return _read(pathlib.Path(path) if path else _SHIPPED)

    @property
    def codes(self):
        """Stage codes, lowest first."""
        return tuple(stage.code for stage in self.stages)

    def rate(self, code):
        """What a stage counts, 0 to 1; 0 for a lost deal, a missing and an unknown stage."""
        return self._rate_of.get(code, 0.0) if isinstance(code, str) else 0.0

    def rates(self, codes):
        """Rates of a series of stage codes, index kept; 0 as in `rate`."""
        return codes.astype(object).map(self._rate_of).astype(float).fillna(0.0)

    def gates(self, code):
        """Gate codes of a stage; none where the ladder has no such stage."""
        return next((stage.gates for stage in self.stages if stage.code == code), ())

    def with_rates(self, **rates):
        """The same ladder with other rates, stage code -> 0 to 1.

        Raises
        ------
        InputError
            No such stage, a rate outside 0 to 1, or rates that fall on the way up.
        """
        for code in rates:
            if code not in self.codes:
                raise InputError("funnel.unknown_stage_code", stage=code, known=", ".join(STAGES))
        stages = tuple(
            dataclasses.replace(stage, rate=rates.get(stage.code, stage.rate))
            for stage in self.stages
        )
        below = 0.0
        for stage in stages:
            if not _is_share(stage.rate) or stage.rate < below:
                raise InputError(
                    "funnel.rate_out_of_line", stage=stage.code, value=stage.rate, below=below
                )
            below = stage.rate
        return dataclasses.replace(self, stages=stages)

    @property
    def _rate_of(self):
        return {stage.code: float(stage.rate) for stage in self.stages}


def is_open(stage):
    """Which deals are neither won nor lost, a missing stage included; index kept.

    Parameters
    ----------
    stage : Series of str
    """
    return ~stage.isin(CLOSED)


def known_stage(stage):
    """The codes that a ladder knows (lost included), everything else missing; index kept."""
    text = stage.astype(object)
    return text.where(text.isin((*STAGES, LOST)), None)


def _read(path):
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, ("stage", "limits"))
    tables = content.get("stage", {})
    toml.known_keys(path, tables, STAGES, "stage")
    stages, below = [], 0.0
    for code in STAGES:
        if code not in tables:
            raise InputError("funnel.stage_absent", file=path.name, stage=code)
        stage = _stage(path, code, tables[code], below)
        below = stage.rate
        stages.append(stage)
    return Ladder(tuple(stages), _limits(path, content.get("limits", {})))


def _stage(path, code, table, below):
    section = f"stage.{code}"
    toml.known_keys(path, table, ("rate", "gates"), section)
    rate, gates = table.get("rate"), table.get("gates", [])
    if not _is_share(rate):
        raise toml.wrong_value(path, section, "rate", rate, "0 … 1")
    if rate < below:
        raise toml.wrong_value(path, section, "rate", rate, f"≥ {below:g}")
    if not isinstance(gates, list) or not all(isinstance(gate, str) for gate in gates):
        raise toml.wrong_value(path, section, "gates", gates, '["…"]')
    for position, gate in enumerate(gates):
        if not terms.known(f"gate.{gate}"):
            known = (key[5:] for key in terms.glossary() if key.startswith("gate."))
            raise toml.wrong_value(path, section, "gates", gate, " / ".join(known))
        if gate in gates[:position]:
            raise InputError(
                "funnel.gate_twice",
                file=path.name,
                line=toml.line_of(path, "gates", section),
                gate=gate,
            )
    return Stage(code, float(rate), tuple(gates))


def _limits(path, table):
    fields = {field.name: field.default for field in dataclasses.fields(Limits)}
    toml.known_keys(path, table, tuple(fields), "limits")
    for key, value in table.items():
        if isinstance(fields[key], float):
            if not _is_share(value):
                raise toml.wrong_value(path, "limits", key, value, "0 … 1")
        elif type(value) is not int or value < 1:
            raise toml.wrong_value(path, "limits", key, value, "1, 2, 3 …")
    return Limits(**table)


def _is_share(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
