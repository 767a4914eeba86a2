"""YAML of the bank: what may stand where, with the line where it does not.

The text is composed to nodes with their places and read by shapes; no object is ever built from
a tag. A shape is a function of a node that gives the value or raises ``Unfit``.
"""

import math
import re

import yaml

from coursekit import terms
from coursekit.errors import InputError

FORMS = ("text", "money", "percent", "percent1", "n", "date", "stage")
UNITS = ("money", "percent", "number")
_SCALARS = {"str", "int", "float", "bool", "null", "timestamp"}
_ID = re.compile(r"\w[\w-]{0,59}")
_NAME = re.compile(r"[A-Za-z]\w*|coursekit(\.[a-z]\w*)+:[A-Za-z]\w*")


class Unfit(Exception):
    """A node that does not have the shape it should have."""

    def __init__(self, node, code, at=(), **values):
        super().__init__(code)
        self.line = line_at(node, at)
        self.code = code
        self.values = values


def compose(source, file):
    """The top node of a YAML text, or None where it is empty.

    Raises
    ------
    InputError
        Not YAML, nested without end, or with aliases, of which few bytes can make gigabytes.
    """
    try:
        top = yaml.compose(source, Loader=yaml.SafeLoader)
        if top is not None:
            _no_alias(top, set())
    except yaml.MarkedYAMLError as error:
        why = next(
            (code for sign, code in _SLIPS if sign in f"{error.context} {error.problem}"), ""
        )
        marks = (error.problem_mark, error.context_mark)
        # a quote that never ends is to be mended where it begins
        place = next(filter(None, reversed(marks) if why == "yaml_quote" else marks), None)
        line = place.line + 1 if place else 1
        raise _not_yaml(file, line, why) from None
    except yaml.YAMLError as error:  # a character that no text has
        line = source.count("\n", 0, getattr(error, "position", 0)) + 1
        raise _not_yaml(file, line) from None
    except RecursionError:
        raise InputError("practice.bank_too_deep", file=file) from None
    except Unfit as unfit:
        raise InputError(unfit.code, file=file, line=unfit.line, **unfit.values) from None
    return top


# what the reader of YAML says, and what somebody who knows no YAML has to do
_SLIPS = (
    ("found character '\\t'", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("flow", "yaml_brackets"),
    ("end of stream", "yaml_quote"),
    ("found character", "yaml_first_sign"),
)


def _not_yaml(file, line, why=""):
    why = f"practice.{why or 'yaml_else'}"
    return InputError("practice.bank_not_yaml", file=file, line=line, why=why)


def _no_alias(node, seen):
    if id(node) in seen:
        raise Unfit(node, "practice.bank_alias")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _no_alias(key, seen)
            _no_alias(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            _no_alias(inner, seen)


def line_at(node, path):
    """The line of the deepest node on a path of keys."""
    line = node.start_mark.line + 1
    for name in path:
        if not isinstance(node, yaml.MappingNode):
            break
        found = [(key, value) for key, value in node.value if key.value == name]
        if not found:
            break
        line, node = found[0][0].start_mark.line + 1, found[0][1]
    return line


# --- shapes


def pairs(node):
    """Key -> (key node, value node); each key once."""
    if not isinstance(node, yaml.MappingNode):
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_mapping")
    found = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unfit(key, "practice.bank_expected", expected="practice.shape_id")
        if key.value in found:
            raise Unfit(key, "practice.bank_twice", key=key.value)
        found[key.value] = (key, value)
    return found


def text(node):
    """A text as it is written: ``25%`` and ``no`` stay what they are."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_text")
    return node.value.strip()


def texts(node):
    """One text or several."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        return tuple(text(inner) for inner in node.value)
    return (text(node),)


def text_by_id(node):
    """Id -> text."""
    return by_id(text)(node)


def rows_by_id(node):
    """Row -> column -> text."""
    return by_id(by_id(text))(node)


def json(node):
    """Any plain data; a date stays the text that it is."""
    if isinstance(node, yaml.MappingNode):
        return {name: json(value) for name, (_, value) in pairs(node).items()}
    if isinstance(node, yaml.SequenceNode):
        return [json(inner) for inner in node.value]
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    if tag not in _SCALARS:
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_plain")
    if tag in ("str", "timestamp"):
        return node.value
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        return node.value
    if isinstance(value, float) and not math.isfinite(value):
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_number")
    return value


def number(node):
    """A number above zero."""
    value = json(node)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_number")
    return value


def whole(node):
    """A whole number above zero."""
    value = number(node)
    if not isinstance(value, int):
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_number")
    return value


def weeks(node):
    """Weeks of a game: six or twelve."""
    return int(_one_of(node, ("6", "12")))


def share(node):
    """A share between 0 and 1, neither of them."""
    value = json(node)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_share")
    return value


def switch(node):
    """``true`` or ``false``."""
    value = json(node)
    if not isinstance(value, bool):
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_switch")
    return value


def name(node):
    """Name of a function: plain, or of a method of the kit."""
    if not isinstance(node, yaml.ScalarNode) or not _NAME.fullmatch(node.value):
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_name")
    return node.value


def name_or_answer(node):
    """Name of a function, or an answer as data."""
    return name(node) if isinstance(node, yaml.ScalarNode) else json(node)


def form(node):
    """How a column is shown."""
    return _one_of(node, FORMS)


def unit(node):
    """Unit and tolerance of a number field: ``money`` or ``{unit: percent, within: 0.01}``."""
    if isinstance(node, yaml.ScalarNode):
        return {"unit": _one_of(node, UNITS)}
    found = pairs(node)
    for key, (where, _) in found.items():
        if key not in ("unit", "within"):
            raise Unfit(where, "practice.bank_unknown_key", key=key, known="unit, within")
    if "unit" not in found:
        raise Unfit(node, "practice.bank_missing_key", key="unit")
    field = {"unit": _one_of(found["unit"][1], UNITS)}
    if "within" in found:
        field["within"] = _within(found["within"][1])
    return field


def _within(node):
    match = re.fullmatch(r"\d+(\.\d+)?\s*%?", getattr(node, "value", None) or "")
    if not match:
        raise Unfit(node, "practice.bank_expected", expected="practice.shape_within")
    return node.value


def _one_of(node, known):
    if not isinstance(node, yaml.ScalarNode) or node.value not in known:
        raise Unfit(node, "practice.bank_one_of", value=_seen(node), known=", ".join(known))
    return node.value


def by_id(shape):
    """Id -> what another shape reads, none empty."""

    def read(node):
        found = pairs(node)
        if not found:
            raise Unfit(node, "practice.bank_expected", expected="practice.shape_mapping")
        for key, (where, _) in found.items():
            if not _ID.fullmatch(key):
                raise Unfit(where, "practice.bank_expected", expected="practice.shape_id")
        return {key: shape(value) for key, (_, value) in found.items()}

    return read


def record(node, shapes, needed):
    """A mapping with known keys only: key -> what its shape reads."""
    found = pairs(node)
    for key, (where, _) in found.items():
        if key not in shapes:
            known = ", ".join(shapes)
            raise Unfit(where, "practice.bank_unknown_key", key=key, known=known)
    for key in needed:
        if key not in found:
            raise Unfit(node, "practice.bank_missing_key", key=key)
    return {key: shapes[key](value) for key, (_, value) in found.items()}


def languages(node, zh, en):
    """Both languages carry the same keys, as many hints and steps, and the same ids."""
    inner = pairs(node)
    for lang, mine, other in (("zh", zh, en), ("en", en, zh)):
        for key in other:
            if key not in mine:
                raise Unfit(inner[lang][0], "practice.bank_missing_key", key=key)
    for key in zh:
        if place := _apart(zh[key], en[key], key):
            raise Unfit(_deepest(inner["en"][1], place), "practice.bank_languages", key=place)


def _apart(zh, en, place):
    """Where the languages differ in ids or number, as ``rows.r1``; an example is of one's own."""
    free = place in ("why", "example")
    if free or type(zh) is not type(en) or not isinstance(zh, dict | list | tuple):
        return ""
    if not isinstance(zh, dict):
        return "" if len(zh) == len(en) else place
    if set(zh) != set(en):
        return place
    return next(filter(None, (_apart(zh[key], en[key], f"{place}.{key}") for key in zh)), "")


def _deepest(node, place):
    """The key of a language that stands at a place."""
    for name in place.split("."):
        key, node = pairs(node)[name]
    return key


def _seen(node):
    return node.value if isinstance(node.value, str) else terms.term("practice.shape_mapping", "zh")
