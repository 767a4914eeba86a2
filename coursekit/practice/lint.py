"""What a proof-reader with a lot of patience finds in an exercise: many draws, every outcome.

``wrong`` has to be mended: a trainee would meet it. ``look`` is for a person to judge.
"""

import collections
import dataclasses
import random
import re
import tomllib
import unicodedata
from importlib import resources

from coursekit import terms
from coursekit.practice import bank, numbers, shown
from coursekit.practice.exercise import issue, resume
from coursekit.practice.kinds import kind_of

TRAINEES = 50
_SCORES = {"right": 100, "wrong": 0}
# columns of text that a card of 390 pixels shows without growing tall; a Chinese sign takes two
_FITS = {"prompt": 640, "bins": 32, "columns": 28, "cells": 100, "hints": 280}
_FITS_ELSE = 400
_NUMBERS = ("money", "万", "percent", "percent1", "n")
_PLACE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_CODE = re.compile(r"[a-z][a-z0-9_]*")  # of an option, in the example of a form
_LATIN = re.compile(r"[A-Za-z][A-Za-z+-]*[a-z][A-Za-z+-]*")


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that was found.

    Attributes
    ----------
    exercise : str
        Id, or file and line of an entry that cannot be read.
    level : {"wrong", "look"}
    code : str
        Of the glossary's section ``lint``.
    values : dict
        For its sentence.
    """

    exercise: str
    level: str
    code: str
    values: dict = dataclasses.field(default_factory=dict)

    def sentence(self, lang):
        """What was found, in one language."""
        if self.code == "entry":
            return self.values["error"].sentence(lang)
        return terms.say(f"lint.{self.code}", lang, **self.values)


def bank_findings(course, names=(), trainees=TRAINEES):
    """Findings of whole banks.

    Parameters
    ----------
    course : coursekit.course.Course
    names : sequence of str, optional
        Banks (``funnel_2``) or ids of exercises; all by default.
    trainees : int
        How many made-up trainees draw each exercise.

    Yields
    ------
    Finding

    Raises
    ------
    InputError
        A file cannot be read, or there is no such bank or exercise.
    """
    wanted = [name for name in names if "/" in name]
    for exercise_id in wanted:
        yield from findings(bank.exercise(course, exercise_id), trainees)
    banks = [name for name in names if "/" not in name]
    for name in banks or (() if wanted else bank.modules(course)):
        good, bad = bank.load(course, name)
        for place, error in bad.items():
            yield Finding(place, "wrong", "entry", {"error": error})
        for entry in good.values():
            yield from findings(entry, trainees)
        yield from _given_away_by_length(name, good.values())


def findings(exercise, trainees=TRAINEES):
    """Findings of one exercise over the draws of many trainees, each said once.

    Parameters
    ----------
    exercise : coursekit.practice.exercise.Exercise
    trainees : int

    Returns
    -------
    list of Finding
        ``wrong`` before ``look``.
    """
    questions = [issue(exercise, f"lint {n}", "lint") for n in range(trainees)]
    faults = [question.fault for question in questions if question.fault]
    if faults:
        values = {"fault": faults[0], "n": len(faults), "of": trainees}
        return [Finding(exercise.id, "wrong", "cannot_ask", values)]
    checks = (_outcomes, _slips, _as_shown, _whole, _fits, _alike, _told_by_bin, _words)
    found = {}
    for check in checks:
        for level, code, values in check(exercise, questions):
            key = (code, values.get("name"), values.get("language"))
            found.setdefault(key, Finding(exercise.id, level, code, values))
    return sorted(found.values(), key=lambda one: one.level != "wrong")


def _outcomes(exercise, questions):
    """Right gets all, wrong gets nothing, and what is made for an outcome has it."""
    kind = kind_of(exercise.kind)
    for n, question in enumerate(questions):
        for outcome, raw in kind.fabricate(question, random.Random(n)).items():
            mark = question.mark(raw)
            if mark.outcome != outcome or _SCORES.get(outcome, mark.score) != mark.score:
                values = {"name": outcome, "came": mark.outcome, "score": str(mark.score)}
                yield "wrong", "outcome", values


def _slips(exercise, questions):
    """Each known mistake is a mistake somewhere, and is then told by its own message."""
    told, right = collections.Counter(), collections.Counter()
    kind = kind_of(exercise.kind)
    for question in questions:
        for code, slip in question.slips.items():
            mark = question.mark(kind.typed(question, slip))
            right[code] += mark.outcome == "right"
            told[code] += f"slips.{code}" in [say.code for say in mark.says]
    for code in exercise.slips:
        if right[code] == len(questions):
            yield "wrong", "slip_is_right", {"name": code}
        elif not told[code]:
            yield "wrong", "slip_untold", {"name": code}
        elif right[code] > len(questions) / 2:
            yield "look", "slip_rarely", {"name": code, "n": right[code], "of": len(questions)}


def _as_shown(exercise, questions):
    """Who computes with the figures as they are printed is right."""
    if not exercise.solve:
        return
    kind = kind_of(exercise.kind)
    for question in questions:
        for lang in terms.LANGS:
            read = resume(exercise, _rounded(question, lang), question.draw)
            if read.fault:
                yield "wrong", "cannot_ask", {"fault": read.fault, "n": 1, "of": 1}
            elif question.mark(kind.typed(read, read.key)).outcome != "right":
                yield "wrong", "shown_precision", {"language": lang}


def _rounded(question, lang):
    """``given`` with every figure replaced by what a reader can read off the card."""
    given = {**question.given}
    text, columns = question.exercise.text[lang], question.exercise.spec.get("columns", {})
    for name, form in _PLACE.findall(text["prompt"]):
        if name in given:
            given[name] = _read_back(given[name], form, lang)
    forms = dict(columns)
    for template in (text.get("card", ""), text.get("option", "")):
        forms |= dict(_PLACE.findall(template))
    for rows in ("rows", "cards", "options", "items", "cases"):
        if isinstance(given.get(rows), list):
            given[rows] = [
                {
                    name: _read_back(value, forms[name], lang) if name in forms else value
                    for name, value in row.items()
                }
                if isinstance(row, dict)
                else row
                for row in given[rows]
            ]
    return given


def _read_back(value, form, lang):
    if isinstance(value, bool) or not isinstance(value, int | float) or form not in _NUMBERS:
        return value
    typed = numbers.read(shown.cell(value, form, lang))
    return value if typed is None else typed.value


def _whole(exercise, questions):
    """No template is left in a text, no line is empty."""
    for question in questions:
        for lang in terms.LANGS:
            public = {**question.public(lang), "words": {}}
            texts = [*_strings(public), *question.why(lang), *question.hints(lang)]
            if any("{" in text or text.lower() == "nan" for text in texts):
                yield "wrong", "template_left", {"language": lang}
            if not all(line.strip() for line in question.why(lang)):
                yield "wrong", "why_empty", {"language": lang}


def _fits(exercise, questions):
    """What stands on a card fits a phone."""
    for question in questions:
        for lang in terms.LANGS:
            public = {**question.public(lang), "words": {}}
            texts = [(place, text) for place, text in _placed(public)]
            texts += [("hints", hint) for hint in question.hints(lang)]
            for place, text in texts:
                limit = _FITS.get(place, _FITS_ELSE)
                if width(text) > limit:
                    values = {"name": place, "language": lang, "n": width(text), "limit": limit}
                    yield "wrong", "too_long", {**values, "text": text[:30]}


def width(text):
    """Columns that a text takes: a Chinese sign two, a Latin letter one."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _placed(value, place=""):
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _placed(inner, place if name == "text" else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _placed(inner, place)


def _strings(value):
    return [text for _, text in _placed(value)]


def _alike(exercise, questions):
    """Draws of one exercise ask for about the same amount of work."""
    parts = [len(kind_of(exercise.kind).parts(question)) for question in questions]
    if max(parts) > 1.5 * min(parts):
        yield "look", "unlike_parts", {"low": min(parts), "high": max(parts)}
    keys = [question.key for question in questions]
    if all(isinstance(key, list) for key in keys):
        sizes = [len(key) for key in keys]
        if max(sizes) > 2 * min(sizes):
            yield "look", "unlike_keys", {"low": min(sizes), "high": max(sizes)}
    if exercise.kind == "sort":
        heaviest = max(_largest_bin(key) for key in keys)
        if heaviest > 0.75:
            yield "look", "one_bin", {"share": heaviest}


def _largest_bin(key):
    bins = collections.Counter(b if isinstance(b, str) else b[0] for b in key.values())
    return max(bins.values()) / sum(bins.values())


def _told_by_bin(exercise, questions):
    """A card that names its bin, and no other, asks for reading only."""
    if exercise.kind != "sort":
        return
    for question in questions:
        for lang in terms.LANGS:
            public = question.public(lang)
            bins = {one["id"]: one["text"].casefold() for one in public["bins"]}
            for card in public["cards"]:
                named = [name for name, text in bins.items() if text in card["text"].casefold()]
                right = question.key[card["id"]]
                if named and named == [right]:
                    yield "look", "card_names_bin", {"text": card["text"][:30], "language": lang}


def _given_away_by_length(name, exercises):
    """Over a bank the right option must not be the longest one as a rule."""
    single = [one for one in exercises if one.kind == "choice" and len(_static_key(one)) == 1]
    for lang in terms.LANGS:
        longest = [
            one.id
            for one in single
            if max(one.text[lang]["options"], key=lambda o: width(one.text[lang]["options"][o]))
            in _static_key(one)
        ]
        if len(single) > 3 and len(longest) > len(single) / 2:
            values = {
                "n": len(longest),
                "of": len(single),
                "language": lang,
                "ids": ", ".join(longest),
            }
            yield Finding(name, "look", "longest_is_right", values)


def _static_key(exercise):
    if exercise.make or exercise.solve or "options" not in exercise.text["zh"]:
        return ()
    return exercise.key if isinstance(exercise.key, list) else (exercise.key,)


def _words(exercise, questions):
    """Words that the glossary calls otherwise, and Latin letters in Chinese that it lacks."""
    source = resources.files(__package__).joinpath("words.toml").read_text("utf-8")
    glossary = tomllib.loads(source)
    latin = set(glossary["latin"]["known"])
    for lang in terms.LANGS:
        text = "\n".join(_strings(exercise.text[lang]))
        for word, better in glossary[lang].items():
            if word.casefold() in text.casefold():
                yield "look", "other_word", {"name": word, "better": better, "language": lang}
    told = (text for text in _strings(exercise.text["zh"]) if not _CODE.fullmatch(text))
    chinese = _PLACE.sub("", "\n".join(told))
    for word in sorted(set(_LATIN.findall(chinese)) - latin):
        yield "look", "latin_word", {"name": word, "language": "zh"}
