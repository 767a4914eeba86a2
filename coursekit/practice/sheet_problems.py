"""What makes the sheet of a form unfit: names, rules, points and texts that do not meet."""

from coursekit import terms
from coursekit.practice.fields import FIGURES, is_date
from coursekit.practice.sheet import every_field, fields, groups, options, tests


def problems(question, ids):
    """Triples of place, code and values, as the ``problems`` of a kind."""
    if len(set(ids)) < len(ids) or not (fields(question) or groups(question)):
        yield ("fields",), "practice.bank_ids", {}
        return
    if question.exercise.slips:
        yield ("slips",), "practice.bank_key_shape", {}
    yield from _rule_problems(question)
    yield from _sum_problems(question)
    yield from _point_problems(question)
    labels = set(ids) - set(tests(question))
    for lang in terms.LANGS:
        text = question.exercise.text[lang]
        for name in sorted(labels - set(text["labels"])):
            yield (lang, "labels"), "practice.bank_no_text", {"id": name}
        for key, known in (("labels", labels), ("notes", labels), ("units", labels)):
            for name in sorted(set(text.get(key, {})) - known):
                yield (lang, key, name), "practice.bank_unknown_id", {"id": name}


def _rule_problems(question):
    known = {*every_field(question), *question.given}
    for name, field in every_field(question).items():
        limits = [field[rule] for rule in ("after", "before", "least", "most") if rule in field]
        limits += ["today"] if "within" in field else []
        for limit in limits:
            if isinstance(limit, str) and not is_date(limit) and limit not in known:
                yield ("fields", name), "practice.bank_unknown_id", {"id": limit}
        if field["type"] != "choice":
            continue
        zh, en = (set(options(question, name, lang)) for lang in terms.LANGS)
        if len(zh) < 2 or zh != en:
            yield ("en", "options"), "practice.bank_languages", {"key": "options"}
        for code in sorted(set(field.get("one_of", ())) - zh):
            yield ("fields", name), "practice.bank_unknown_id", {"id": code}


def _sum_problems(question):
    named, given = every_field(question), question.given
    for name, rule in question.exercise.spec.get("sums", {}).items():
        if named.get(rule["of"], {}).get("type") not in FIGURES:
            yield ("sums", name), "practice.bank_unknown_id", {"id": rule["of"]}
        if name not in tests(question):
            yield ("sums", name), "practice.bank_no_text", {"id": name}
        for limit in (rule.get("least"), rule.get("most")):
            if isinstance(limit, str) and limit not in named and limit not in given:
                yield ("sums", name), "practice.bank_unknown_id", {"id": limit}


def _point_problems(question):
    spec, text = question.exercise.spec, question.exercise.text["zh"]
    points, bands = spec.get("points", {}), spec.get("bands", {})
    if bool(points) != bool(bands) or set(bands) != set(text.get("bands", {})):
        yield ("bands",), "practice.bank_languages", {"key": "bands"}
    for name, each in points.items():
        if set(each) != set(text.get("options", {}).get(name, {})):
            yield ("points", name), "practice.bank_languages", {"key": name}
    if points and any(field["type"] != "choice" for field in fields(question).values()):
        yield ("points",), "practice.bank_key_shape", {}
    numbers = [number for each in (*points.values(), bands) for number in each.values()]
    if not all(type(number) in (int, float) for number in numbers):
        yield ("points",), "practice.bank_key_shape", {}
