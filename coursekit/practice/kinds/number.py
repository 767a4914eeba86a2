"""Number: one figure or several, with units, as people type them.

Raw answer ``{field: what was typed}``; key ``{field: number}``, percent as 0 to 1.
``fields: {total: money, share: {unit: percent, within: 0.01}}``, units ``money percent number``;
``within`` is the tolerance, absolute (``100``) or as a share (``1%``), by default 0.5% (percent:
half a point). Per language ``fields: {total: 预测合计}`` and, where the unit word is another than
元 or %, ``units: {weeks: 周}``. ``columns`` and rows as in ``find``, where a table is to be seen. A
slip function returns ``{field: value}``, fields it leaves out are as in the key.
"""

import math

from coursekit import terms
from coursekit.practice import numbers, schema, shown
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {"fields": schema.by_id(schema.unit), "columns": schema.by_id(schema.form)}
TEXT = {
    "fields": schema.text_by_id,
    "units": schema.text_by_id,
    "columns": schema.text_by_id,
    "rows": schema.rows_by_id,
}
NEEDED = ("fields",)
EMPTY = {"fields": []}
_WITHIN = {"money": "0.5%", "number": "0.5%", "percent": "0.005"}
_ZEROS = (("slip_zeros", 10), ("slip_zeros", 100), ("slip_zeros", 1000))
_UNIT_SLIPS = {
    "money": (("slip_wan", 1e4), *_ZEROS),
    "percent": (("slip_percent", 100), *_ZEROS),
    "number": _ZEROS,
}


def lay_out(exercise, given, rng):
    """Rows as in ``find`` where a table is shown."""
    return shown.rows(exercise, given, rng) if "columns" in exercise.spec else given


def parts(question):
    """Ids of the fields."""
    return list(question.exercise.spec["fields"])


def part(question, field):
    """A field has no values beyond those of the exercise."""
    return {}


def problems(question):
    """Say where fields, key, slips and texts do not fit each other."""
    fields = set(parts(question))
    if "columns" in question.exercise.spec:
        yield from shown.table_problems(question)
    yield from shown.reason_problems(question, fields)
    for lang in terms.LANGS:
        if set(question.exercise.text[lang]["fields"]) != fields:
            yield (lang, "fields"), "practice.bank_languages", {"key": "fields"}
    slips = [(("slips", code), slip) for code, slip in question.slips.items()]
    for place, answer in ((("key",), question.key), *slips):
        if not isinstance(answer, dict) or not all(_is_number(n) for n in answer.values()):
            yield place, "practice.bank_key_shape", {}
        elif unknown := sorted(set(answer) - fields):
            yield (*place, unknown[0]), "practice.bank_unknown_id", {"id": unknown[0]}
        elif place == ("key",) and set(answer) != fields:
            yield place, "practice.bank_no_text", {"id": sorted(fields - set(answer))[0]}


def public(question, lang):
    """Fields with unit and tolerance; the table where there is one."""
    text = question.exercise.text[lang]
    fields = [
        {
            "id": field,
            "text": text["fields"][field],
            "unit": _unit_word(question, field, lang),
            "note": _note(question, field, lang),
        }
        for field in parts(question)
    ]
    if "columns" not in question.exercise.spec:
        return {"fields": fields}
    return {"fields": fields, "table": shown.table(question, lang)}


def parse(raw, question):
    """Field -> what the typed number may mean: one value, or two where % was left open."""
    if raw is None or raw == {}:
        raise Refused("unanswered", "practice.number_none")
    fields = question.exercise.spec["fields"]
    if not isinstance(raw, dict) or not set(raw) <= set(fields):
        raise Refused("invalid", "practice.unreadable")
    blank = [field for field in fields if _is_blank(raw.get(field))]
    if len(blank) == len(fields):
        raise Refused("unanswered", "practice.number_none")
    read = {
        field: numbers.read(raw[field], _unit_words(question, field))
        for field in fields
        if field not in blank
    }
    if bad := [field for field, typed in read.items() if typed is None]:
        typed = str(raw[bad[0]])[: numbers.LONGEST]
        said = {field: Part(None, "practice.not_a_number_here") for field in bad}
        raise Refused("invalid", "practice.not_a_number", said, typed=typed)
    if blank:
        said = {field: Part(None, "practice.number_blank") for field in blank}
        raise Refused("unanswered", "practice.number_missing", said, n=len(blank))
    return {field: _readings(typed, fields[field]["unit"]) for field, typed in read.items()}


def compare(answer, question):
    """Share of the fields within their tolerance."""

    def near(field, readings, value):
        allowed = _allowed(question, field, value)
        return any(abs(reading - value) <= allowed for reading in readings)

    key = question.key
    wrong = {f: (f, readings) for f, readings in answer.items() if not near(f, readings, key[f])}
    known = {
        code: {f: value for f, value in slip.items() if not near(f, (value,), key[f])}
        for code, slip in question.slips.items()
    }
    made = matching(wrong, known, same=lambda typed, value: near(*typed, value))
    n, right = len(answer), len(answer) - len(wrong)
    says = []
    if n > 1:
        says.append(Say(tone(right / n), "practice.number_share", {"right": right, "n": n}))
    if made:
        says.append(Say("bad", f"slips.{made}"))
    said = {}
    for field, readings in answer.items():
        fits = [c for c, s in known.items() if field in s and near(field, readings, s[field])]
        if field not in wrong:
            said[field] = Part(True, reason=question.reasons.get(field, field))
        else:  # the mistake that is said above is not said again
            said[field] = _wrong_part(question, field, readings, [c for c in fits if c != made])
    return graded(right / n, said, says)


def typed(question, answer):
    """The raw answer of somebody who has these figures, and the others right."""
    return {field: f"{value:.9f}" for field, value in {**question.key, **answer}.items()}


def fabricate(question, rng):
    """One raw answer per outcome; with one field there is nothing between."""
    fields = parts(question)
    right = {field: _typed(question, field, rng) for field in fields}
    wrong = {field: f"{question.key[field] * 3 + 7777:.6f}" for field in fields}
    spoiled = rng.choice(fields)
    made = {
        "unanswered": rng.choice([None, {}, {spoiled: " "}]),
        "invalid": rng.choice([{**right, spoiled: "约3万"}, {"no such field": "1"}, [1], "x", 7]),
        "wrong": wrong,
        "right": right,
    }
    if len(fields) > 1:
        made["partial"] = {**right, spoiled: wrong[spoiled]}
    return made


def _wrong_part(question, field, readings, slips):
    """Say the mistake in one field: a known one, one of the unit, or how the number was read."""
    reason = question.reasons.get(field, field)
    if slips:
        return Part(False, f"slips.{slips[0]}", reason=reason)
    unit, value, yours = _unit(question, field), question.key[field], readings[0]
    ratio = yours / value if value else 0
    for code, factor in _UNIT_SLIPS[unit]:
        if any(math.isclose(ratio, off, rel_tol=0.005) for off in (factor, 1 / factor)):
            return Part(False, f"practice.{code}", reason=reason)
    return Part(False, f"practice.read_as_{unit}", {"yours": yours}, reason)


def _readings(typed, unit):
    if unit != "percent" or typed.percent:
        return (typed.value,)
    return (typed.value / 100, typed.value)  # the field says %, and 0.35 is written as well


def _unit(question, field):
    return question.exercise.spec["fields"][field]["unit"]


def _unit_word(question, field, lang):
    own = question.exercise.text[lang].get("units", {}).get(field)
    return own if own is not None else terms.term(f"practice.unit_{_unit(question, field)}", lang)


def _unit_words(question, field):
    """What may stand behind the number: the unit in either language, or a counter."""
    words = [_unit_word(question, field, lang) for lang in terms.LANGS]
    return [*words, *(numbers.COUNTERS if _unit(question, field) == "number" else ())]


def _within(question, field):
    """Tolerance as (number, whether it is a share of the key)."""
    spec = question.exercise.spec["fields"][field]
    written = spec.get("within", _WITHIN[spec["unit"]])
    relative = written.endswith("%")
    return float(written.rstrip(" %")) / (100 if relative else 1), relative


def _allowed(question, field, value):
    within, relative = _within(question, field)
    return (within * abs(value) if relative else within) + 1e-9 * max(1, abs(value))


def _note(question, field, lang):
    within, relative = _within(question, field)
    if not within:
        return terms.term("practice.within_exact", lang)
    if relative:
        return terms.say("practice.within_share", lang, share=within)
    if _unit(question, field) == "percent":
        return terms.say("practice.within_points", lang, points=within * 100)
    if _unit(question, field) == "money":
        return terms.say("practice.within_money", lang, within=within)
    return terms.say("practice.within", lang, within=within)


def _typed(question, field, rng):
    """The key as somebody might type it."""
    value = question.key[field]
    if _unit(question, field) == "percent":
        return rng.choice([f"{value * 100:.6f}%", f"{value:.9f}", f" {value * 100:.6f} ％"])
    if _unit(question, field) == "money":
        return rng.choice(
            [f"{value:.4f}", f"{value:,.4f}", f"￥{value:.2f}", f"{value / 1e4:.8f}万"]
        )
    return f"{value:.9f}"


def _is_blank(typed):
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
