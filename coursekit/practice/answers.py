"""Answers: the one tidy table of a journal that progress, reports and statistics read."""

import csv

import pandas as pd

from coursekit.practice.mark import COUNTED

COLUMNS = {
    "trainee": "str",
    "name": "str",
    "exercise": "str",
    "item": "str",
    "kind": "str",
    "version": "Int64",
    "event": "str",
    "check": "str",
    "draw": "Int64",
    "attempt": "Int64",
    "outcome": "str",
    "score": "Float64",
    "slip": "str",
    "hints": "Int64",
    "certainty": "Int64",
    "first": "boolean",
    "last": "boolean",
    "time": "str",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def frame(events):
    """Every answer of a journal, one row each, in the order of the journal.

    Parameters
    ----------
    events : iterable of dict
        From ``Journal.events``; of several journals, one after another.

    Returns
    -------
    DataFrame
        ``trainee name exercise item kind version event check draw attempt outcome score slip hints
        certainty first last time``. ``event`` is ``attempt`` or ``guess``. ``attempt`` counts the
        attempts of one trainee at one exercise over all draws, each check apart; it is missing
        where the answer cost none (guess, unanswered, invalid, error). ``first`` and ``last``
        stand on counted attempts only: reports use the last and show the first. ``score`` is 0 to
        100, ``hints`` the number seen in that draw before the answer.
    """
    rows, names, counts, hints = [], {}, {}, {}
    for event in events:
        trainee, exercise = event.get("trainee"), event.get("exercise")
        match event["event"]:
            case "named":
                names[trainee] = event.get("name", "")
            case "hint":
                place = trainee, exercise, event.get("draw")
                hints[place] = hints.get(place, 0) + 1
            case "attempt" | "guess":
                row = {column: _fit(event.get(column), kind) for column, kind in COLUMNS.items()}
                row["hints"] = hints.get((trainee, exercise, event.get("draw")), 0)
                row["slip"] = _slip(event)
                if event["event"] == "attempt" and event.get("outcome") in COUNTED:
                    place = trainee, exercise, row["check"]
                    row["attempt"] = counts[place] = counts.get(place, 0) + 1
                rows.append(row)
    for row in rows:
        n = row["attempt"]
        row["name"] = names.get(row["trainee"], "")
        row["first"] = n == 1
        row["last"] = n is not None and n == counts[row["trainee"], row["exercise"], row["check"]]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def write_csv(answers, path):
    """Write a table of answers as CSV that a spreadsheet opens as it is meant.

    UTF-8 with BOM; absent is empty; a text that a spreadsheet would run as a formula gets an
    apostrophe in front.

    Parameters
    ----------
    answers : DataFrame
    path : path
    """
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(answers.columns)
        for row in answers.itertuples(index=False):
            writer.writerow("" if pd.isna(value) else _guarded(value) for value in row)


def _fit(value, kind):
    """A value of a line, absent where somebody made another kind of it."""
    if kind == "str":
        return value if isinstance(value, str) else ""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole or (kind == "Float64" and isinstance(value, float)) else None


def _guarded(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _slip(event):
    """The known mistake that was told with an answer, empty where none was."""
    try:
        codes = [say["code"] for say in event["mark"]["says"]]
        return next((c.removeprefix("slips.") for c in codes if c.startswith("slips.")), "")
    except (KeyError, TypeError, AttributeError):
        return ""
