"""The bank: exercises as text, one file ``exercises/<module>.yaml`` per module.

A file is a list of exercises. No Python is needed for what has no varying numbers.

.. code-block:: yaml

    - id: funnel.2.3/which-class        # module.chapter.item/name; the module is the file's name
      version: 1                        # raise it when the question changes, not for a typo
      kind: sort                        # one of coursekit.practice.kinds
      minutes: 4
      item: funnel.2.3                  # only where it is not what stands before the slash
      key: {c1: p50, c2: [p25, p50]}    # the right bin; several where several are right
      slips:                            # known mistakes: code -> the answer that comes of it
        budget_forgotten: {c1: p25}     #   (cards that are not named: as in the key)
      zh:
        prompt: 每张卡放到它拿得出证据的那一级。
        bins: {p25: 25%类, p50: 50%类}  # in the order shown
        cards: {c1: 预算已批，方案已改过两稿，周四见采购总监。, c2: …}
        hints: [先看预算。, …]          # shown one after another, counted, free of charge
        reasons: {c1: 预算和对的人都在。, c2: …}            # why, card by card
        slips: {budget_forgotten: 预算批了，就过了 50% 的那道门。}
        why: 50% 的五道门少一道就是 25%。                    # one text or a list of them
      en: { … the same keys, the same ids … }

Keys outside the languages
--------------------------
``make``
    Name of a function ``make(rng, case) -> given`` for what varies. ``rng`` is a
    ``random.Random`` of this trainee, exercise and draw. ``given`` is plain JSON (dict, list,
    str, number, bool, None; dates as ``"2026-03-02"``); what a trainee reads in it is a pair
    ``{"zh": …, "en": …}``. Without ``make`` the exercise is static: ``given:`` may then stand
    here as data of the same form.
``key`` or ``solve``
    The answer as data, or the name of a function ``solve(given) -> key``.
``slips``
    ``code: name`` of a function ``slip(given) -> answer`` of one who makes this mistake, or the
    answer itself. Each code has its message under ``slips`` in both languages.
``reasons``
    Name of a function ``reasons(given) -> {card or row id: code}``; the texts of the codes stand
    under ``reasons`` of each language. Without it the code is the id itself.
``work``
    Name of a function ``work(given, key) -> {name: number or text pair}``: further values for
    ``why``, ``steps``, ``slips`` and ``reasons``.

A name is plain (``eight_deals``: a function in ``exercises/<module>.py`` beside the file) or
``coursekit.funnel:name`` (a method of the kit). Nothing else is ever called. Where a course folder
has its own YAML, plain names resolve in the *shipped* ``.py``; the folder's own ``.py`` runs only
with ``run_code = true`` in ``course.toml``.

Keys of each language
---------------------
``prompt``, ``why`` (both needed), ``hints``, ``slips``, ``reasons`` and ``steps`` (the worked
way, one text per step, shown before ``why``). All are templates: ``{name}`` or ``{name:money}``
(forms: ``coursekit.terms.fill``) is filled from the top level of ``given``; ``why``, ``steps``,
``slips`` and ``reasons`` also from a number key (by field) and from ``work``; ``reasons`` also
from their own card or row. Texts of cards and options are templates too. A brace meant as such is
written twice.

What a kind has besides (cards, bins, options, fields …) is described in ``docs/exercises.md``, with
an example of each.
"""

import functools
import importlib
import inspect
import re
import sys
import types

import yaml

from coursekit.course import content
from coursekit.errors import InputError
from coursekit.practice import schema
from coursekit.practice.exercise import Exercise, Question, resume
from coursekit.practice.kinds import KINDS, kind_of
from coursekit.terms import LANGS

_EXERCISE_ID = re.compile(r"([a-z][a-z_]*)((?:\.\d+)+)/[a-z0-9][a-z0-9-]*")
# the outer ring opens files and starts servers; a name in a text file reaches methods only
_NO_METHODS = {"cli", "course", "lab", "notebook", "practice", "reporting", "tables", "__main__"}

_SHAPES = {
    "id": schema.text,
    "version": schema.whole,
    "kind": schema.text,
    "item": schema.text,
    "minutes": schema.number,
    "make": schema.name,
    "given": schema.json,
    "solve": schema.name,
    "key": schema.json,
    "slips": schema.by_id(schema.name_or_answer),
    "reasons": schema.name,
    "work": schema.name,
}
_TEXT_SHAPES = {
    "prompt": schema.text,
    "hints": schema.texts,
    "why": schema.texts,
    "steps": schema.texts,
    "slips": schema.text_by_id,
    "reasons": schema.text_by_id,
}


def exercise(course, exercise_id):
    """One exercise by its id, as the course folder or else the kit has it.

    Parameters
    ----------
    course : coursekit.course.Course
    exercise_id : str
        ``"funnel.2.5/which-deals-drop"``.

    Returns
    -------
    Exercise

    Raises
    ------
    InputError
        No such exercise, or its entry (or the file) has a mistake: file and line are named.
    """
    match = _EXERCISE_ID.fullmatch(exercise_id)
    if not match:
        raise InputError("practice.no_exercise", id=exercise_id)
    names = (f"{match[1]}_{match[2].split('.')[1]}", match[1])
    banks = [name for name in names if name in modules(course)]
    if not banks:
        raise InputError("practice.no_bank", module=match[1])
    for name in banks:
        good, bad = load(course, name)
        if exercise_id in bad:
            raise bad[exercise_id]
        if exercise_id in good:
            return good[exercise_id]
    raise InputError("practice.no_exercise", id=exercise_id)


def modules(course):
    """Names of the banks, one per lesson or module, in the course folder or shipped."""
    folders = (course.folder / "exercises", content() / "exercises")
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.yaml")}))


def load(course, module):
    """All exercises of one file: of a lesson (``funnel_2``) or of a whole module (``funnel``).

    Returns
    -------
    good : dict of str to Exercise
        By id, in the order of the file.
    bad : dict of str to InputError
        Entries with a mistake, by id (or line where the id is missing); the others still work.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or there is none.
    """
    try:
        path = course.file(f"exercises/{module}.yaml")
    except FileNotFoundError:
        raise InputError("practice.no_bank", module=module) from None
    try:
        source = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("course.not_utf8", file=path.name) from None
    return parsed(source, path.name, module, code_path(course, module))


def code_path(course, module):
    """Where plain names of a module resolve: a course's own code only with its switch."""
    shipped = content() / "exercises" / f"{module}.py"
    own = course.folder / "exercises" / f"{module}.py"
    return own if course.switches["run_code"] and own.is_file() else shipped


def parsed(source, file, module, code_path):
    """The exercises of a text, as `load` gives them; parsed once for the same text and code."""
    code = code_path.read_text("utf-8") if code_path.is_file() else ""
    return _parsed_once(source, file, module, code_path, code)


@functools.lru_cache(maxsize=64)
def _parsed_once(source, file, module, code_path, code):
    top = schema.compose(source, file)
    good, bad = {}, {}
    if top is None:
        return good, bad
    if not isinstance(top.value, list) or not top.tag.endswith(":seq"):
        raise InputError("practice.bank_no_list", file=file, line=1)
    for node in top.value:
        name = f"{file}:{node.start_mark.line + 1}"
        try:
            name = _id_of(node) or name
            if name in good or name in bad:
                raise schema.Unfit(node, "practice.bank_twice", key=name)
            good[name] = _exercise(node, module, code_path, code)
        except schema.Unfit as unfit:
            bad[name] = InputError(unfit.code, file=file, line=unfit.line, **unfit.values)
            good.pop(name, None)
    return good, bad


def _id_of(node):
    """The id of an entry where it can be read, so that its other mistakes are told under it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value.value, str):
                return value.value
    return None


def _exercise(node, module, code_path, code):
    pairs = schema.pairs(node)
    if "kind" not in pairs:
        raise schema.Unfit(node, "practice.bank_missing_key", key="kind")
    kind_node = pairs["kind"][1]
    if kind_node.value not in KINDS:
        known = ", ".join(KINDS)
        raise schema.Unfit(kind_node, "practice.bank_one_of", value=kind_node.value, known=known)
    kind = kind_of(kind_node.value)

    def text_of(lang_node):
        needed = [key for key in kind.NEEDED if key in kind.TEXT]
        return schema.record(lang_node, _TEXT_SHAPES | kind.TEXT, ("prompt", "why", *needed))

    shapes = _SHAPES | kind.SPEC | dict.fromkeys(LANGS, text_of)
    own = [key for key in kind.NEEDED if key in kind.SPEC]
    entry = schema.record(node, shapes, ["id", "version", "minutes", *LANGS, *own])
    match = _EXERCISE_ID.fullmatch(entry["id"])
    if not match or module not in (match[1], f"{match[1]}_{match[2].split('.')[1]}"):
        raise schema.Unfit(pairs["id"][1], "practice.bank_id", id=entry["id"], module=module)
    if ("key" in entry) + ("solve" in entry) != getattr(kind, "KEYED", True):
        raise schema.Unfit(node, "practice.bank_key_or_solve")
    if "make" in entry and "given" in entry:
        raise schema.Unfit(pairs["given"][0], "practice.bank_make_or_given")
    schema.languages(node, entry["zh"], entry["en"])
    slips = entry.get("slips", {})
    if set(slips) != set(entry["zh"].get("slips", {})):
        where = pairs["slips"][0] if "slips" in pairs else pairs["zh"][0]
        raise schema.Unfit(where, "practice.bank_slips")

    def function(key):
        if key not in entry:
            return None
        return _function(entry[key], pairs[key][1], code_path, code)

    def own(key):
        return function(key) if kind.SPEC[key] is schema.name else entry[key]

    slip_nodes = schema.pairs(pairs["slips"][1]) if slips else {}
    made = Exercise(
        id=entry["id"],
        version=entry["version"],
        kind=entry["kind"],
        item=entry.get("item", match[1] + match[2]),
        minutes=entry["minutes"],
        text={lang: entry[lang] for lang in LANGS},
        spec={key: own(key) for key in kind.SPEC if key in entry},
        make=function("make"),
        solve=function("solve"),
        reasons=function("reasons"),
        work=function("work"),
        given=entry.get("given"),
        key=entry.get("key"),
        slips={
            slip: _function(value, slip_nodes[slip][1], code_path, code)
            if isinstance(value, str)
            else value
            for slip, value in slips.items()
        },
    )
    if not made.make and not made.solve:
        _prove_static(made, node)
    return made


def _prove_static(made, node):
    """What does not vary is checked where it stands, with its line."""
    kind = kind_of(made.kind)
    try:
        given = kind.lay_out(made, made.given or {}, _AsWritten())
        question = Question(made, made.version, 1, given, made.key, dict(made.slips))
        found = next(iter(kind.problems(question)), None)
    except (KeyError, TypeError, AttributeError):
        raise schema.Unfit(node, "practice.bank_given") from None
    if found:
        where, code, values = found
        raise schema.Unfit(node, code, at=where, **values)
    if fault := resume(made, given).fault:
        raise schema.Unfit(node, "practice.bank_text", fault=fault)


class _AsWritten:
    """A shuffle that keeps the order."""

    def sample(self, found, n):
        return list(found)

    def randrange(self, low, high):
        return low


def _function(name, node, code_path, code):
    path, _, plain = name.rpartition(":")
    if path:
        if set(path.split(".")) & _NO_METHODS:
            raise schema.Unfit(node, "practice.bank_no_function", name=name)
        try:
            found = getattr(importlib.import_module(path), plain, None)
        except ImportError:
            found = None
        if not inspect.isfunction(found) or found.__module__.split(".")[0] != "coursekit":
            raise schema.Unfit(node, "practice.bank_no_function", name=name)
        return found
    try:
        found = getattr(_code(code_path, code), plain, None)
    except Exception as error:  # an author's module may fail in any way
        fault = f"{type(error).__name__}: {error}"
        raise schema.Unfit(node, "practice.bank_code", python=code_path.name, fault=fault) from None
    if not inspect.isfunction(found) or found.__module__ != _module_name(code_path):
        raise schema.Unfit(node, "practice.bank_no_function", name=name)
    return found


@functools.lru_cache(maxsize=64)
def _code(path, code):
    """The module of a bank, run from its text: an edit in the same second counts too."""
    name = _module_name(path)
    module = types.ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # dataclasses look their module up
    exec(compile(code, str(path), "exec"), module.__dict__)
    return module


def _module_name(path):
    return f"coursekit_exercises_{path.stem}"
