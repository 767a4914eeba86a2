"""What a trainee sees of made or static cards and tables, in one language."""

from coursekit import terms


def localised(value, lang):
    """JSON in which every pair ``{"zh": …, "en": …}`` is the text of one language."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            return value[lang]
        return {name: localised(inner, lang) for name, inner in value.items()}
    if isinstance(value, list):
        return [localised(inner, lang) for inner in value]
    return value


def card(values, text, lang):
    """The text of a card: its own template, else its text from the exercise, else its own."""
    if "card" in text:
        return terms.fill(text["card"], lang, localised(values, lang))
    own = text.get("cards", {}).get(values["id"])
    return own if own is not None else localised(values["text"], lang)


def table(question, lang):
    """Columns and rows as texts: ``{"columns": [...], "rows": [{"id", "cells"}]}``."""
    exercise = question.exercise
    text, columns = exercise.text[lang], exercise.spec["columns"]
    own = text.get("rows", {})
    return {
        "columns": [{"id": name, "text": text["columns"][name]} for name in columns],
        "rows": [
            {
                "id": row["id"],
                "cells": [
                    cell({**row, **own.get(row["id"], {})}.get(name), form, lang)
                    for name, form in columns.items()
                ],
            }
            for row in question.given["rows"]
        ],
    }


def cell(value, form, lang):
    """One cell as text; what is not there is empty, never 0."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return value[lang]
    if form == "text" or (isinstance(value, str) and form not in ("date", "stage")):
        return str(value)
    if form == "stage":
        return terms.term(f"stage.{value}", lang)
    return terms.fill(f"{{value:{form}}}", lang, {"value": value})


def rows(exercise, given, rng):
    """``given`` with the rows that stand in the texts; static ones in an order of their own."""
    found = given.get("rows") or [{"id": row} for row in exercise.text["zh"].get("rows", {})]
    return {**given, "rows": found if exercise.make else rng.sample(found, len(found))}


def table_problems(question):
    """Say where rows, columns and texts do not fit each other."""
    ids = [row["id"] for row in question.given["rows"]]
    columns = set(question.exercise.spec["columns"])
    if len(set(ids)) < len(ids) or not ids:
        yield ("given", "rows"), "practice.bank_ids", {}
    for lang in terms.LANGS:
        text = question.exercise.text[lang]
        if set(text.get("columns", {})) != columns:
            yield (lang, "columns"), "practice.bank_languages", {"key": "columns"}
        for row, cells in text.get("rows", {}).items():
            if row not in ids:
                yield (lang, "rows", row), "practice.bank_unknown_id", {"id": row}
            for name in sorted(set(cells) - columns):
                yield (lang, "rows", row, name), "practice.bank_unknown_id", {"id": name}


def reason_problems(question, ids):
    """Say where reasons have no text, or texts no part."""
    known = question.exercise.text["zh"].get("reasons", {})
    if question.exercise.reasons:
        for part, code in question.reasons.items():
            if part not in ids or code not in known:
                yield ("reasons",), "practice.bank_unknown_id", {"id": f"{part}: {code}"}
        return
    for lang in terms.LANGS:
        for part in question.exercise.text[lang].get("reasons", {}):
            if part not in ids:
                yield (lang, "reasons", part), "practice.bank_unknown_id", {"id": part}
