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


def pieces(exercise, given, rng, name):
    """Cards or options, by their key (``"cards"``): made ones in their order, others shuffled."""
    made = given.get(name)
    found = made or [{"id": piece} for piece in exercise.text["zh"].get(name, {})]
    return found if made and exercise.make else rng.sample(found, len(found))


def piece(question, values, lang, name):
    """The text of a card or option: the template of all, else its own from either place."""
    text = question.exercise.text[lang]
    template = text.get(name) or text.get(f"{name}s", {}).get(values["id"])
    if template is None:
        return localised(values["text"], lang)
    return terms.fill(template, lang, localised({**question.given, **values}, lang))


def piece_problems(question, name):
    """Say where cards or options have no text, or texts no card."""
    found = question.given[f"{name}s"]
    ids = [values["id"] for values in found]
    if len(set(ids)) < len(ids) or not ids:
        yield ("given", f"{name}s"), "practice.bank_ids", {}
    for lang in terms.LANGS:
        text = question.exercise.text[lang]
        texts = text.get(f"{name}s", {})
        for values in found:
            if not (name in text or "text" in values or values["id"] in texts):
                yield (lang, f"{name}s"), "practice.bank_no_text", {"id": values["id"]}
        for piece_id in texts:
            if piece_id not in ids:
                yield (lang, f"{name}s", piece_id), "practice.bank_unknown_id", {"id": piece_id}


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


def row_ids(question):
    """Ids of the rows, in the order shown."""
    return [row["id"] for row in question.given["rows"]]


def row(question, row_id):
    """The values of a row."""
    return next(row for row in question.given["rows"] if row["id"] == row_id)


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
