"""The sheet of a form: its fields, groups of rows, texts and example, as a page may get them."""

from coursekit import terms
from coursekit.practice.fields import FIGURES
from coursekit.practice.shown import localised


def fields(question):
    """Fields that stand once: name -> field."""
    return question.exercise.spec.get("fields", {})


def groups(question):
    """Groups of rows: name -> ``{"least", "most", "fields"}``."""
    return question.exercise.spec.get("rows", {})


def every_field(question):
    """Fields and columns of all groups, by their names, which are used once."""
    columns = (group["fields"].items() for group in groups(question).values())
    return {**fields(question), **{name: field for each in columns for name, field in each}}


def tests(question):
    """Names of what is checked across fields."""
    return question.exercise.text["zh"].get("tests", {})


def options(question, name, lang):
    """What can be chosen in a field: code -> text; empty where nothing can."""
    field = every_field(question)[name]
    if field["type"] != "choice":
        return {}
    return question.exercise.text[lang].get("options", {}).get(field.get("options", name), {})


def unit(question, name, lang):
    """The unit behind a field, empty where it has none."""
    kind = every_field(question)[name]["type"]
    own = question.exercise.text[lang].get("units", {}).get(name)
    if own is not None or kind not in FIGURES:
        return own or ""
    return terms.term(f"practice.unit_{kind}", lang)


def shown(question, lang):
    """Fields, groups of rows, and the names of what is checked across them, as texts."""
    text = question.exercise.text[lang]

    def head(name):
        note = _filled(question, text.get("notes", {}).get(name, ""), lang)
        return {"id": name, "text": text["labels"][name], "note": note}

    def one(name, field):
        return {
            **head(name),
            "type": field["type"],
            "unit": unit(question, name, lang),
            "required": "required" in field,
            "options": [
                {"id": code, "text": words} for code, words in options(question, name, lang).items()
            ],
        }

    return {
        "fields": [one(name, field) for name, field in fields(question).items()],
        "groups": [
            {
                **head(name),
                "least": group["least"],
                "most": group["most"],
                "fields": [one(column, field) for column, field in group["fields"].items()],
            }
            for name, group in groups(question).items()
        ],
        "tests": [{"id": name, "text": text["tests"][name]} for name in tests(question)],
        "self_test": bool(question.exercise.spec.get("bands")),
    }


def example(question, lang):
    """The example of one language as a raw answer, its texts filled from ``given``."""

    def filled(value):
        if isinstance(value, dict):
            return {name: filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        return _filled(question, str(value), lang)

    return filled(question.exercise.text[lang]["example"])


def example_shown(question, lang):
    """The example as pairs of label and text, ``{"fields", "groups": [{"text", "rows"}]}``."""
    label, raw = question.exercise.text[lang]["labels"], example(question, lang)

    def lines(row, names):
        for name in names:
            if row.get(name):
                text = options(question, name, lang).get(row[name], row[name])
                yield {"label": label[name], "text": text}

    return {
        "fields": list(lines(raw, fields(question))),
        "groups": [
            {
                "text": label[name],
                "rows": [list(lines(row, group["fields"])) for row in raw.get(name, ())],
            }
            for name, group in groups(question).items()
        ],
    }


def _filled(question, text, lang):
    return terms.fill(text, lang, localised(question.given, lang))
