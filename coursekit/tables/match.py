"""Headers to columns and stage names to rungs: same first, then alike, never in silence."""

import dataclasses
import functools
import re

from coursekit.tables import schema as schemas
from coursekit.tables.grid import plain

_BRACKETS = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBERED = re.compile(
    r"^(?:stage|phase|step|阶段|[sp])?\s*[0-9]{1,2}\s*[.、:：)\-_ ]+\s*"
    r"|^第?[一二三四五六七八九十]+(?:阶段)?\s*[.、:：)\-_ ]+\s*"
)
_PERCENT_TAIL = re.compile(r"[\s\-_:：]*[0-9]{1,3}\s*%$")
_CUT = re.compile(r"\s+[-–—|]\s*|\s*[:：|]\s*|\s[-–—]|(?<=[\u3400-\u9fff])[-–—]")
SAME, ALIKE = 0, 1


@dataclasses.dataclass(frozen=True)
class Match:
    """What a header or a word was taken for.

    Attributes
    ----------
    code : str
    alike : bool
        Not the same name, only one like it: to be confirmed.
    """

    code: str
    alike: bool


def headers(texts, schema):
    """Which header holds which column.

    Parameters
    ----------
    texts : sequence of str
        Headers from left to right, all different.
    schema : Schema

    Returns
    -------
    tuple of (dict, dict, tuple)
        Code -> header, in the order of the schema; code -> other headers that wanted it; codes
        that were found by likeness only.
    """
    wanted = {}
    for place, header in enumerate(texts):
        for code, rank in _codes(header, schema):
            wanted.setdefault(code, []).append((rank, place, header))
    columns, rivals, alike = {}, {}, []
    for code in schema.columns:
        found = sorted(wanted.get(code, ()))
        if found:
            columns[code] = found[0][2]
            if found[0][0][0] == ALIKE:
                alike.append(code)
            if len(found) > 1:
                rivals[code] = tuple(header for _, _, header in found[1:])
    for codes, _ in schema.shared:
        _settle(codes, columns, rivals)
    return columns, rivals, tuple(alike)


def _settle(codes, columns, rivals):
    """A header that serves two columns gives way where one of them has its own."""
    first, second = codes
    if columns.get(first) != columns.get(second):
        for code in codes:
            rivals.pop(code, None)


def hits(texts, schema):
    """How many columns of a schema the cells of a row name."""
    return len({code for text in texts if text for code, _ in _codes(text, schema)[:1]})


def _codes(header, schema):
    """Columns that a header may stand for, each with its rank (lower is better)."""
    names = _names(schema)
    core = _BRACKETS.sub(" ", header)
    for strength, form in ((SAME, _squash(header)), (SAME, _squash(core))):
        if form in names:
            return [(code, (strength, *rank)) for code, rank in names[form]]
    form = _bare(core, schema.fillers)
    if len(form) > 1 and form in names:
        return [(code, (ALIKE, *rank)) for code, rank in names[form]]
    return []


@functools.cache
def _names(schema):
    """Squashed name -> [(code, rank)]; names shared by two columns come after their own."""
    names = {}
    for code, column in schema.columns.items():
        for rank, name in enumerate(column.names):
            names.setdefault(_squash(name), [(code, (0, rank))])
    for codes, shared in schema.shared:
        for rank, name in enumerate(shared):
            names[_squash(name)] = [(code, (1, rank)) for code in codes]
    return names


def _squash(words):
    """Letters, digits and %: ``Close_Date``, ``closeDate`` and ``close date`` are the same."""
    return re.sub(r"[^\w%]+|_+", "", plain(words)) or plain(words)


def _bare(words, fillers):
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    tokens = [t for t in re.split(r"[\W_]+", plain(spaced)) if t and t not in fillers]
    form = "".join(tokens)
    for filler in fillers:
        if _CHINESE.search(filler):
            form = form.removeprefix(filler).removesuffix(filler)
    return form


@functools.lru_cache(maxsize=4096)
def stage(word):
    """The rung that a stage name of some CRM is counted as.

    Parameters
    ----------
    word : str

    Returns
    -------
    Match or None
        The same name first, numbering and percent aside; then its first part (``Won - New``);
        then the lowest rung among the names it contains. Nothing reaches ``contract`` by
        containing its name, and words of doubt (未, pending …) forbid likeness.
    """
    names = _stage_codes()
    whole = plain(word)
    core = _PERCENT_TAIL.sub("", _NUMBERED.sub("", _BRACKETS.sub(" ", whole).strip()))
    for form in (whole, _BRACKETS.sub(" ", whole), _NUMBERED.sub("", whole), core):
        if _squash(form) in names:
            return Match(names[_squash(form)], False)
    contained = _contained(core)
    if _doubtful(core) and contained != "lost":
        return None
    first = _squash(_CUT.split(core)[0])
    if first in names:
        return Match(names[first], True)
    return Match(contained, True) if contained else None


@functools.cache
def _stage_codes():
    names = {}
    for code, entries in schemas.stage_names().items():
        for name in entries:
            names.setdefault(_squash(name), code)
    return names


def _doubtful(words):
    tokens = set(re.split(r"[\W_]+", words))
    return any(
        doubt in words if _CHINESE.search(doubt) else doubt in tokens
        for doubt in schemas.doubt_words()
    )


def _contained(words):
    """The lowest rung whose name stands inside; a name inside a longer found one counts not."""
    spaced = f" {' '.join(re.split(r'[^0-9a-z%]+', words))} "
    joined = _squash(words)
    found = {}
    for code, entries in schemas.stage_names().items():
        for name in entries:
            form = plain(name)
            if _CHINESE.search(form):
                inside = len(form) > 1 and _squash(form) in joined
            else:
                form = " ".join(re.split(r"[^0-9a-z%]+", form))
                inside = len(form) > 2 and not form[0].isdigit() and f" {form} " in spaced
            if inside:
                found[form] = code
    longest = [name for name in found if not any(name != o and name in o for o in found)]
    codes = {found[name] for name in longest}
    if "lost" in codes:
        return "lost"
    ladder = list(schemas.stage_names())
    lowest = min(codes, key=ladder.index, default=None)
    return None if lowest == "contract" else lowest
