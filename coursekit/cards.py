"""Scorecards as data: criteria, answers with points, grades; read from TOML, told by line."""

import dataclasses
import math
import pathlib
import re

from coursekit import terms, toml
from coursekit.errors import InputError

UNKNOWN, YES, NO = "unknown", "yes", "no"
UNITS = ("n", "percent", "money")

_FOLDER = pathlib.Path(__file__).parent / "instruments"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TOP = ("instrument", "item", "zh", "en", "cautions", "grades", "criteria", "knock_outs")
_CRITERION = ("weight", "answers", "bands", "unit", "unknown", "left_out", "zh", "en")


@dataclasses.dataclass(frozen=True)
class Answer:
    """One answer of a criterion, or one band of its values.

    Attributes
    ----------
    code : str
        Of a band its edges, for example ``"0.2..0.35"``: from 0.2 on, below 0.35.
    points : float
        0 to 100.
    words : dict
        ``{"zh": ..., "en": ...}``.
    """

    code: str
    points: float
    words: dict = dataclasses.field(compare=False, repr=False)


@dataclasses.dataclass(frozen=True)
class Criterion:
    """One question of a scorecard.

    Attributes
    ----------
    code : str
        The column of a frame that holds the answers.
    weight : float
        As written in the file; only the proportions count.
    answers : tuple of Answer
        Bands in rising order of their values.
    unknown : float
        Points where nobody knows.
    edges : tuple of float
        Where the second band and each further one begins; empty for a criterion with answers.
    unit : str
        Form of the values of bands in a text, see `coursekit.terms.fill`.
    words : dict
        ``{"zh": ..., "en": ...}``.
    """

    code: str
    weight: float
    answers: tuple
    unknown: float
    edges: tuple = ()
    unit: str = ""
    words: dict = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @property
    def worst(self):
        """Fewest points that an answer gives, or not knowing it."""
        return min(self.unknown, *(answer.points for answer in self.answers))

    @property
    def best(self):
        """Most points that an answer gives, or not knowing it."""
        return max(self.unknown, *(answer.points for answer in self.answers))


@dataclasses.dataclass(frozen=True)
class KnockOut:
    """A question whose yes ends the matter, whatever the points."""

    code: str
    words: dict = dataclasses.field(compare=False, repr=False)


def names():
    """Names of the shipped scorecards, sorted."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.toml") if "criteria" in toml.read(p)))


def path_of(name):
    """The file of a shipped scorecard.

    Raises
    ------
    InputError
        There is none of this name.
    """
    if name not in names():
        raise InputError("scoring.no_such_card", name=name, known=", ".join(names()))
    return _FOLDER / f"{name}.toml"


def read(path, complete=False):
    """The parts of a scorecard.

    Parameters
    ----------
    path : pathlib.Path
    complete : bool, default False
        Also take the criteria that the file leaves out.

    Returns
    -------
    dict
        ``name item criteria grades knock_outs left_out cautions words``, see
        `coursekit.scoring.Scorecard`.

    Raises
    ------
    InputError
        The file does not fit; the line is named.
    """
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, _TOP)
    name = content.get("instrument", path.stem)
    if not isinstance(name, str):
        raise toml.wrong_value(path, None, "instrument", name, '"…"')
    item = content.get("item", "")
    if not isinstance(item, str):
        raise toml.wrong_value(path, None, "item", item, '"planning.3.3"')
    criteria, left_out = _criteria(path, content, name, complete)
    return {
        "name": name,
        "item": item,
        "criteria": criteria,
        "grades": _grades(path, content.get("grades")),
        "knock_outs": _knock_outs(path, content.get("knock_outs", {}), name, criteria),
        "left_out": left_out,
        "cautions": _cautions(path, content.get("cautions", [])),
        "words": _words(path, None, "instrument", content, f"instrument.{name}.title"),
    }


def _criteria(path, content, name, complete):
    tables = content.get("criteria")
    if not isinstance(tables, dict) or not tables:
        raise InputError("scoring.no_criteria", file=path.name)
    criteria, left_out = [], []
    for code, table in tables.items():
        section = f"criteria.{code}"
        toml.known_keys(path, table, _CRITERION, section)
        if not _CODE.fullmatch(code):
            raise toml.wrong_value(path, "criteria", code, code, "a-z 0-9 _")
        criterion = _criterion(path, section, code, table, name)
        reason = table.get("left_out")
        if reason is not None and not terms.known(f"left_out.{reason}"):
            raise toml.wrong_value(path, section, "left_out", reason, _known("left_out"))
        if reason is None or complete:
            criteria.append(criterion)
        else:
            left_out.append((code, reason))
    if not any(criterion.weight > 0 for criterion in criteria):
        raise InputError("scoring.no_weight", file=path.name)
    return tuple(criteria), tuple(left_out)


def _criterion(path, section, code, table, name):
    weight = table.get("weight")
    if not _is_number(weight) or weight < 0:
        raise toml.wrong_value(path, section, "weight", weight, "≥ 0")
    words = _words(path, section, code, table, f"instrument.{name}.{code}")
    if ("answers" in table) == ("bands" in table):
        line = toml.line_of(path, "answers", section)
        raise InputError("scoring.answers_or_bands", file=path.name, line=line, criterion=code)
    if "answers" in table:
        answers, edges, unit = _answers(path, section, table), (), ""
        if "unit" in table:
            raise toml.wrong_value(path, section, "unit", table["unit"], "bands = [ … ]")
    else:
        unit = table.get("unit", "n")
        if unit not in UNITS:
            raise toml.wrong_value(path, section, "unit", unit, " / ".join(UNITS))
        answers, edges = _bands(path, section, table["bands"], unit)
    points = [answer.points for answer in answers]
    unknown = table.get("unknown")
    if not _is_number(unknown) or not min(points) <= unknown <= max(points):
        expected = f"{min(points):g} … {max(points):g}"
        raise toml.wrong_value(path, section, "unknown", unknown, expected)
    return Criterion(code, float(weight), answers, float(unknown), edges, unit, words)


def _answers(path, section, table):
    given = table["answers"]
    toml.known_keys(path, given, given, f"{section}.answers")
    if len(given) < 2 or UNKNOWN in given:
        expected = "{yes = 100, no = 0}"
        raise toml.wrong_value(path, section, "answers", ", ".join(given), expected)
    answers = []
    for code, value in given.items():
        own = value if isinstance(value, dict) else {"points": value}
        points = own.get("points")
        if not _is_points(points):
            raise toml.wrong_value(path, section, code, points, "0 … 100")
        answers.append(
            Answer(code, float(points), _words(path, section, code, own, f"answer.{code}"))
        )
    return tuple(answers)


def _bands(path, section, given, unit):
    """Bands whose edges follow each other, so that no value falls between two of them."""
    form = "[{below = 10, points = 0}, {below = 20, points = 50}, {points = 100}]"
    if not isinstance(given, list) or len(given) < 2 or not all(isinstance(b, dict) for b in given):
        raise toml.wrong_value(path, section, "bands", given, form)
    edges = []
    for position, band in enumerate(given):
        last = position == len(given) - 1
        if set(band) != ({"points"} if last else {"below", "points"}):
            raise toml.wrong_value(path, section, "bands", ", ".join(band), form)
        if not _is_points(band["points"]):
            raise toml.wrong_value(path, section, "bands", band["points"], "points = 0 … 100")
        if not last:
            below = band["below"]
            if not _is_number(below) or (edges and below <= edges[-1]):
                expected = f"below > {edges[-1]:g}" if edges else "below = 10"
                raise toml.wrong_value(path, section, "bands", below, expected)
            edges.append(float(below))
    limits = list(zip([None, *edges], [*edges, None], given, strict=True))
    answers = [
        Answer(f"{_edge(low)}..{_edge(high)}", float(band["points"]), _band_words(low, high, unit))
        for low, high, band in limits
    ]
    return tuple(answers), tuple(edges)


def _band_words(low, high, unit):
    code = "first" if low is None else "last" if high is None else "between"
    words = {}
    for lang in terms.LANGS:
        low_text, high_text = (
            terms.fill(f"{{edge:{unit}}}", lang, {"edge": edge}) for edge in (low, high)
        )
        words[lang] = terms.say(f"scoring.band_{code}", lang, low=low_text, high=high_text)
    return words


def _edge(value):
    return "" if value is None else f"{value:.12g}"


def _grades(path, given):
    if not isinstance(given, dict) or not given:
        raise InputError("scoring.no_grades", file=path.name)
    above = math.inf
    for code, least in given.items():
        if not _is_points(least) or least >= above:
            expected = f"0 … {above:g}" if above < math.inf else "0 … 100"
            raise toml.wrong_value(path, "grades", code, least, expected)
        above = least
    if above != 0:
        raise toml.wrong_value(path, "grades", code, least, "0")
    return tuple((code, float(least)) for code, least in given.items())


def _knock_outs(path, given, name, criteria):
    toml.known_keys(path, given, given, "knock_outs")
    found = []
    for code, table in given.items():
        section = f"knock_outs.{code}"
        toml.known_keys(path, table, ("zh", "en"), section)
        if any(code == criterion.code for criterion in criteria):
            raise toml.wrong_value(path, "knock_outs", code, code, f"≠ [criteria.{code}]")
        found.append(
            KnockOut(code, _words(path, section, code, table, f"instrument.{name}.{code}"))
        )
    return tuple(found)


def _cautions(path, given):
    if not isinstance(given, list):
        raise toml.wrong_value(path, None, "cautions", given, '["…"]')
    found = []
    for entry in given:
        own = entry if isinstance(entry, dict) else {}
        code = "cautions" if own else entry
        found.append(_words(path, None, str(code), own, f"caution.{code}"))
    return tuple(found)


def _words(path, section, key, table, code):
    """A text in both languages: the file's own, else the glossary's."""
    own = {lang: table[lang] for lang in terms.LANGS if lang in table}
    for lang, text in own.items():
        if not isinstance(text, str) or not text.strip():
            raise toml.wrong_value(path, section, lang, text, '"…"')
    if len(own) == len(terms.LANGS):
        return own
    if not terms.known(code):
        line = toml.line_of(path, key, section)
        raise InputError("scoring.no_words", file=path.name, line=line, key=key)
    return {**terms.glossary()[code], **own}


def _known(section):
    prefix = f"{section}."
    return " / ".join(code[len(prefix) :] for code in terms.glossary() if code.startswith(prefix))


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_points(value):
    return _is_number(value) and 0 <= value <= 100
