"""A self-test on axes: profile of each person, and how far the class's answers hang together."""

import dataclasses
import pathlib

import numpy as np
import pandas as pd

from coursekit import inputs, terms, toml
from coursekit.errors import InputError

LEAST, MOST = 1, 5
ENOUGH = 30  # persons from which on a reliability says something

_SHIPPED = pathlib.Path(__file__).parent / "instruments" / "selling_style.toml"
_QUADRANTS = {(True, True): "both", (True, False): "people", (False, True): "result"}


@dataclasses.dataclass(frozen=True)
class Axis:
    """One axis: its code, its statements, and those of them asked the other way round (codes)."""

    code: str
    statements: tuple
    reverse: tuple = ()


def load(path=None):
    """The axes of a self-test, the shipped one of selling style or a file of the same form.

    Returns
    -------
    tuple of Axis

    Raises
    ------
    InputError
        The file does not fit; the line is named.
    """
    path = pathlib.Path(path) if path else _SHIPPED
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, ("item", "axes"))
    tables = content.get("axes", {})
    toml.known_keys(path, tables, ("people", "result"), "axes")
    if len(tables) < 2:
        raise InputError("selftest.two_axes", file=path.name)
    axes = tuple(_axis(path, code, table) for code, table in tables.items())
    first, second = (set(axis.statements) for axis in axes)
    for both in sorted(first & second):
        raise toml.wrong_value(path, f"axes.{axes[1].code}", "statements", both, "≠")
    return axes


def profile(answers, axes=None):
    """Where each person stands on both axes.

    Parameters
    ----------
    answers : DataFrame
        A column per statement, 1 (not at all) to 5 (wholly); missing where it was left out.
    axes : tuple of Axis, optional
        The shipped ones without it.

    Returns
    -------
    DataFrame
        Index kept. Per axis its score, 0 to 100 (mean of the statements answered, those asked the
        other way round turned; NaN where fewer than half were answered); ``answered``, share of
        all statements; ``style``: ``both people result neither``, high from 50 on, or
        ``unknown``.

    Raises
    ------
    InputError
        No statement is there, or an answer is outside 1 to 5.

    Notes
    -----
    Syllabus item key_accounts.1.4; statements ours. A self-test says how one sees oneself today. It
    is for the trainee: no grade, no ranking. It fails where the boss reads it: then the answers are
    what he likes to see.
    """
    axes = axes or load()
    result = {}
    for axis in axes:
        points = _turned(answers, axis)
        score = (points.mean(axis=1) - LEAST) / (MOST - LEAST) * 100
        result[axis.code] = score.where(points.notna().mean(axis=1) >= 0.5).round(9)
    table = pd.DataFrame(result)
    everything = pd.concat([_turned(answers, axis) for axis in axes], axis=1)
    table["answered"] = everything.notna().mean(axis=1)
    high = table[[axis.code for axis in axes]] >= 50
    styles = [_QUADRANTS.get(tuple(row), "neither") for row in high.to_numpy(bool)]
    known = table[[axis.code for axis in axes]].notna().all(axis=1)
    table["style"] = pd.Series(styles, answers.index, dtype=object).where(known, "unknown")
    return table


def reliability(answers, axes=None):
    """How far the statements of each axis measure one thing, by the answers of a class.

    Parameters
    ----------
    answers, axes
        As for `profile`; persons who left a statement of an axis out do not count for it.

    Returns
    -------
    DataFrame
        Per axis ``alpha`` (Cronbach's; NaN where nobody differs), ``n`` persons, ``enough``
        (30 or more: below, alpha is noise).

    Raises
    ------
    InputError
        As `profile`.

    Notes
    -----
    Syllabus item key_accounts.1.4, for trainers. α = k / (k - 1) × (1 - Σ variances of the
    statements / variance of their sum): L. J. Cronbach, Psychometrika 16 (1951). From about 0.7 on
    the statements go together. It fails in a class of fifteen, where it is noise, and as a proof
    that they measure selling: one sentence asked five times has the highest alpha.
    """
    rows = {}
    for axis in axes or load():
        points = _turned(answers, axis).dropna()
        k = points.shape[1]
        total = points.sum(axis=1).var(ddof=1)
        parts = points.var(axis=0, ddof=1).sum()
        alpha = k / (k - 1) * (1 - parts / total) if total > 0 else np.nan
        rows[axis.code] = {"alpha": alpha, "n": len(points), "enough": len(points) >= ENOUGH}
    return pd.DataFrame.from_dict(rows, orient="index")


def _turned(answers, axis):
    """Answers to the statements of an axis, all asked the same way."""
    if not any(statement in answers for statement in axis.statements):
        raise InputError("selftest.no_answers", known=", ".join(axis.statements))
    columns = {}
    for statement in axis.statements:
        given = answers[statement] if statement in answers else pd.Series(np.nan, answers.index)
        given = inputs.numbers(given, "agreement", least=LEAST, most=MOST, missing=True, empty=True)
        columns[statement] = LEAST + MOST - given if statement in axis.reverse else given
    return pd.DataFrame(columns, index=answers.index)


def _axis(path, code, table):
    section = f"axes.{code}"
    toml.known_keys(path, table, ("statements", "reverse"), section)
    statements, reverse = table.get("statements", []), table.get("reverse", [])
    if not isinstance(statements, list) or len(statements) < 2:
        raise toml.wrong_value(path, section, "statements", statements, '["…", "…"]')
    for position, statement in enumerate(statements):
        new = statement not in statements[:position]
        if not new or not isinstance(statement, str) or not terms.known(f"statement.{statement}"):
            prefix = "statement."
            known = [entry[len(prefix) :] for entry in terms.glossary() if entry.startswith(prefix)]
            raise toml.wrong_value(path, section, "statements", statement, " / ".join(known))
    for statement in reverse:
        if statement not in statements:
            raise toml.wrong_value(path, section, "reverse", statement, " / ".join(statements))
    return Axis(code, tuple(statements), tuple(reverse))
