"""What ails a portfolio, what to do about it, and which portfolio of the textbook it is."""

import dataclasses
import pathlib
import typing

import pandas as pd

from coursekit import toml
from coursekit.funnel.findings import FINDINGS, Portfolio
from coursekit.funnel.ladder import CLOSED, LOST, STAGES
from coursekit.funnel.review import Off
from coursekit.funnel.thresholds import thresholds
from coursekit.inputs import as_day

_ARCHETYPES = pathlib.Path(__file__).parent.parent / "instruments" / "archetypes.toml"
_COLUMNS = ("stage", "amount", "met", "stay", "step", "close")


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that ails a portfolio.

    Attributes
    ----------
    code : str
        Words stand in the glossary under ``finding.<code>`` (title) and
        ``finding.<code>_number`` (the sentence with the figures).
    number, comparison : float
        What was measured and what it is held against, in the same unit.
    action : str
        What to do, glossary ``action.<action>``.
    deals : tuple
        Labels of the deals that it is about; empty where it is about none in particular.
    stage : str or None
        The stage that it is about.
    """

    code: str
    number: float
    comparison: float
    action: str
    deals: tuple
    stage: str | None = None

    @property
    def values(self):
        """What the sentences of the glossary fill in."""
        named = {"stage": f"stage.{self.stage or 'unknown'}", "n": len(self.deals)}
        return {"number": self.number, "comparison": self.comparison, **named}


class Diagnosis(typing.NamedTuple):
    """Findings in the order of the instrument, and what could not be looked at."""

    findings: tuple
    off: tuple

    @property
    def codes(self):
        """Codes of the findings."""
        return tuple(finding.code for finding in self.findings)


def diagnose(deals, today, ladder, norms, *, history=None, evidence=None, target=None, limits=None):
    """What ails the portfolio of one person.

    Parameters
    ----------
    deals : DataFrame
        The person's deals, ended ones included; columns of the deals schema.
    today : date, str or Timestamp
    ladder : Ladder
    norms : Norms
        The team's, from `funnel.norms`.
    history : DataFrame, optional
        Stage history; rows of other people's deals are left out by ``deal_id``.
    evidence : DataFrame, optional
        Gates (true or 1 where shown), on the index of `deals`.
    target : float, optional
        Money that this list still has to bring.
    limits : dict, optional
        From `funnel.thresholds`.

    Returns
    -------
    Diagnosis
        ``findings``: tuple of `Finding`; ``off``: tuple of `Off` with the code of the finding as
        its rule, and as its code the first thing that was lacking (``no_history``, ``no_amount``,
        …).

    Raises
    ------
    InputError
        As `funnel.review`.

    Notes
    -----
    Syllabus items funnel.3.3, funnel.3.4 and funnel.4.2. Limits are ours and stand in
    ``instruments/findings.toml``. Nineteen measures on one list find something by chance: talk
    about the first two or three and about the deals behind them, not about the number of findings.
    It fails where the whole team ails alike: what is measured against the team's own norms then
    stands out in nobody's list.
    """
    limits = thresholds() if limits is None else limits
    if history is not None and "deal_id" in deals:
        history = history[history["deal_id"].isin(deals["deal_id"].dropna())]
    else:
        history = None
    portfolio = Portfolio(
        deals, as_day(today), ladder, norms, history, evidence, target, limits["pyramid"]
    )
    found, off = [], []
    for code, (measure, action, needs) in FINDINGS.items():
        lacking = next((need for need in needs if not portfolio.has(need)), None)
        if lacking:
            off.append(Off(code, f"no_{lacking}"))
        elif seen := measure(portfolio, limits.get(code, {})):
            found.append(
                Finding(
                    code,
                    float(seen.number),
                    float(seen.comparison),
                    action,
                    tuple(sorted(seen.deals)),
                    seen.stage,
                )
            )
    return Diagnosis(tuple(found), tuple(off))


def archetypes(path=None):
    """The six portfolios of the textbook, as data.

    Parameters
    ----------
    path : str or Path, optional
        The shipped file else.

    Returns
    -------
    dict
        Code -> ``signs`` (codes of findings), ``against`` (findings that speak against it),
        ``deals`` (rows of a sample portfolio, see `archetype_deals`).

    Raises
    ------
    InputError
        A key or a finding is unknown, or a row of deals is no such row; the line is named.

    Notes
    -----
    Syllabus item funnel.4.2. They fail where the picture is named and the deals are not looked at:
    two lists of the same form can need opposite help.
    """
    path = _ARCHETYPES if path is None else pathlib.Path(path)
    toml.no_section_twice(path)
    found = toml.read(path)
    for code, table in found.items():
        toml.known_keys(path, table, ("signs", "against", "deals"), code)
        for key in ("signs", "against"):
            for sign in table.get(key, []):
                if sign not in FINDINGS:
                    raise toml.wrong_value(path, code, key, sign, " / ".join(FINDINGS))
        for line in table.get("deals", "").strip().splitlines():
            try:
                _row(line)
            except ValueError:
                raise toml.wrong_value(path, code, "deals", line, " ".join(_COLUMNS)) from None
    return found


def match_archetype(findings, kinds=None):
    """Which portfolio of the textbook a diagnosis looks like.

    Parameters
    ----------
    findings : iterable of str or Diagnosis
        Codes of findings.
    kinds : dict, optional
        From `archetypes`.

    Returns
    -------
    Series
        Index: archetypes, best first; likeness 0 to 1: signs that are there, of the signs and of
        the findings that speak against it. An archetype without signs is alike where nothing
        speaks against it.

    Notes
    -----
    Syllabus item funnel.4.2. The pictures of the source are lost: the six portfolios are ours. It
    fails on a mixture, and a real list is one: a best likeness below one half says that it is none
    of the six.
    """
    seen = set(findings.codes if isinstance(findings, Diagnosis) else findings)
    alike = {}
    for code, table in (archetypes() if kinds is None else kinds).items():
        signs, against = set(table.get("signs", [])), seen & set(table.get("against", []))
        alike[code] = (len(signs & seen) + (not signs)) / (len(signs) + (not signs) + len(against))
    return pd.Series(alike, dtype=float).sort_values(ascending=False, kind="stable")


def archetype_deals(rows, today):
    """A sample portfolio: its list and its stage history.

    Parameters
    ----------
    rows : str
        One deal a line: stage, amount, days since the first appointment, days in the stage, days
        to the next step, days to the expected close; ``-`` where there is none.
    today : date, str or Timestamp

    Returns
    -------
    (DataFrame, DataFrame)
        Deals: ``deal_id stage amount created entered closed next_step_date expected_close``;
        created a week before the first appointment. History: ``deal_id stage date`` of creation,
        first appointment and the stage of today; ended deals were at 50% half-way.

    Notes
    -----
    Syllabus item funnel.4.2. It fails as a likeness of a real list: it is made so that one ailment
    can be seen, and real lists have several that hide each other.
    """
    day = as_day(today)
    table = pd.DataFrame([_row(line) for line in rows.strip().splitlines()], columns=_COLUMNS)
    days = {name: pd.to_timedelta(table[name].astype(float), unit="D") for name in _COLUMNS[2:]}
    created = day - (days["met"] + pd.Timedelta(days=7)).fillna(days["stay"])
    entered = day - days["stay"]
    deals = pd.DataFrame(
        {
            "deal_id": [f"K{place:02d}" for place in range(1, len(table) + 1)],
            "stage": table["stage"],
            "amount": table["amount"],
            "created": created,
            "entered": entered,
            "closed": entered.where(table["stage"].isin(CLOSED)),
            "next_step_date": day + days["step"],
            "expected_close": day + days["close"],
        }
    )
    met = day - days["met"]
    half = (met + ((entered - met) / 2).dt.floor("D")).where(table["stage"].isin(CLOSED))
    steps = (("opportunity", created), ("appointment", met), ("p50", half), (None, entered))
    history = pd.concat(
        pd.DataFrame({"deal_id": deals["deal_id"], "stage": stage or deals["stage"], "date": date})
        for stage, date in steps
    )
    return deals, history.dropna(subset="date").reset_index(drop=True)


def _row(line):
    """The six fields of a line.

    Raises
    ------
    ValueError
        It has other than six, an unknown stage or something that is no number.
    """
    stage, *numbers = line.split()
    if stage not in (*STAGES, LOST) or len(numbers) != len(_COLUMNS) - 1:
        raise ValueError(line)
    return [stage, *(float("nan") if text == "-" else float(text) for text in numbers)]
