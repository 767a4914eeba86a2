"""Form: structured text, rows allowed; marked by rules, or a self-test whose points are added.

.. code-block:: yaml

    kind: form                             # no key and no solve: the rules mark it
    given: {today: 2026-03-02}             # what rules refer to; dates are counted from `today`
    fields:                                # stand once; `why: long` where there is no rule
      goal: {type: long, required: true, shortest: 12, longest: 120}      # 字 or words
      stage: {type: choice, required: true, one_of: [p50, p90]}           # options: the right ones
      money: {type: money, required: true, least: 10000, most: budget}    # number or name
      due: {type: date, required: true, after: today, before: 2026-12-31, within: 180}   # days
    rows:                                  # groups of rows
      steps:
        least: 3                           # rows that have to be there
        most: 10
        fields:
          what: {type: text, required: true, has_number: true, no_courtesy: true}
          hours: {type: number, required: true, least: 0.5}
    sums: {week: {of: hours, most: 40}}    # over all rows; its name stands under `tests`
    checks: smart                          # function(answer, given) -> {place: code or ""}
    zh:
      labels: {goal: 目标, …, steps: 工作计划, what: 做什么, …}    # fields, groups, columns
      notes: {goal: 一句话写完。}            # under the label
      options: {stage: {p25: 25%, …}}      # by field, or by a name: {type: choice, options: often}
      units: {hours: 小时}
      tests: {week: 一周放得下}              # what is checked across fields, shown as a list
      reasons: {what: 写到别人照着能做。}     # told where a field breaks a rule; codes of `checks`
      example: {goal: …, stage: p50, steps: [{what: …, hours: 3}, …]}     # keeps every rule
      rubric: [目标是客户的事还是我们的事？]  # judged by the trainer, shown after an answer

Types: ``text long choice date money number percent``; all names are used once in a form. The score
is the share of the rules that are kept; a field that is required and empty breaks all of its
rules, an empty one that is not required none, and a row that is missing counts as an empty one.
A date or figure that cannot be read is ``invalid`` and costs nothing. ``checks`` gets the fields
as they were read (dates as ``"2026-03-09"``, percent as 0 to 1, None where nothing stands, groups
as lists of rows) and names what it looked at: a place (``goal``, ``steps.1.what``) or one of
``tests``; its codes are of the glossary (``goal.no_owner``) or stand under ``reasons``.

A self-test has only ``choice`` fields, ``points: {often: {yes: 2, no: 0}}`` by options, and
``bands: {calm: 0, alarm: 8}``: from which sum on; their texts under ``bands`` are the result, and
``reasons`` of the fields with the most points stand beside them. It is ``recorded``.

Raw answer ``{goal: what was typed, steps: [{what: …}, …]}``; one that was read is flat: place ->
value. A place is a field's name or ``group.row.column``, rows counted from 1 as on the page.
"""

from coursekit import terms
from coursekit.practice import fields, schema, sheet, sheet_problems
from coursekit.practice.mark import Mark, Part, Refused, Say, graded, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "recorded", "error")
KEYED = False  # marked by its rules
SPEC = {
    "fields": schema.by_id(fields.shape),
    "rows": schema.by_id(fields.group),
    "sums": schema.by_id(fields.sum_rule),
    "checks": schema.name,
    "points": schema.by_id(schema.by_id(schema.json)),
    "bands": schema.by_id(schema.json),
}
TEXT = {
    "labels": schema.text_by_id,
    "notes": schema.text_by_id,
    "options": schema.rows_by_id,
    "units": schema.text_by_id,
    "tests": schema.text_by_id,
    "bands": schema.text_by_id,
    "rubric": schema.texts,
    "example": schema.json,
}
NEEDED = ("labels",)
EMPTY = {"fields": [], "groups": [], "tests": [], "self_test": False}
_DATED = ("date", *fields.FIGURES)

public = sheet.shown


def lay_out(exercise, given, rng):
    """Nothing is shuffled: a form has its order."""
    return given


def parts(question):
    """Ids of fields, groups, columns and tests."""
    columns = [column for group in sheet.groups(question).values() for column in group["fields"]]
    return [*sheet.fields(question), *sheet.groups(question), *columns, *sheet.tests(question)]


def part(question, part_id):
    """A field has no values beyond those of the exercise."""
    return {}


def problems(question):
    """Say where the sheet does not fit, or its example breaks a rule."""
    found = list(sheet_problems.problems(question, parts(question)))
    yield from found
    if found or question.exercise.spec.get("bands"):
        return
    for lang in terms.LANGS:
        if "example" not in question.exercise.text[lang]:
            yield (lang,), "practice.bank_missing_key", {"key": "example"}
            continue
        try:
            mark = compare(parse(sheet.example(question, lang), question), question)
        except Refused as refused:
            mark = refused.mark
        if mark.outcome not in ("right", "recorded"):
            amiss = next((name for name, said in mark.parts.items() if said.ok is not True), "")
            yield (lang, "example"), "practice.bank_example", {"id": amiss}


def after(question, lang):
    """What is shown beside an answer that counts: what one checks oneself, and an example."""
    text = question.exercise.text[lang]
    found = {"rubric": list(text.get("rubric", ()))}
    if "example" in text:
        found["example"] = sheet.example_shown(question, lang)
    return found


def parse(raw, question):
    """Place -> value of all fields, and of the rows in which anything stands."""
    if raw is None:
        raise Refused("unanswered", "practice.form_none")
    answer, unread = {}, {}
    for place, name, field, typed in _cells(raw, question):
        answer[place] = None if fields.is_blank(typed) else _read(question, name, field, typed)
        if answer[place] is None and not fields.is_blank(typed):
            code = "practice.form_no_date" if field["type"] == "date" else "practice.form_no_figure"
            unread[place] = Part(None, code, {"typed": str(typed)[: fields.LONGEST]})
    if unread:
        raise Refused("invalid", "practice.form_unread", unread, n=len(unread))
    blank = {place: Part(None, "practice.form_missing") for place, v in answer.items() if v is None}
    if len(blank) == len(answer):
        raise Refused("unanswered", "practice.form_none")
    if blank and question.exercise.spec.get("bands"):
        raise Refused("unanswered", "practice.form_open", blank, n=len(blank))
    return answer


def compare(answer, question):
    """Share of the rules that are kept; the points of a self-test."""
    if question.exercise.spec.get("bands"):
        return _self_test(answer, question)
    kept, said = [], {}
    for place, field, value, known in _ruled(answer, question):
        broken = fields.broken(value, field, known)
        kept += [False] * len(broken) + [True] * (len(fields.rules(field)) - len(broken))
        if broken:
            code, values = broken[0]
            said[place] = Part(False, code, values, place.rpartition(".")[2])
        elif value is not None:
            said[place] = Part(True)
    for name, group in sheet.groups(question).items():
        if (missing := group["least"] - len(_rows(answer, name))) > 0:
            said[name] = Part(False, "practice.form_rows", {"n": missing})
    for place, code, values in (*_sums(answer, question), *_checks(answer, question)):
        kept.append(not code)
        if place in sheet.tests(question) or (code and said.get(place, Part(True)).ok):
            said[place] = Part(not code, code, values)
    says = []
    if question.exercise.text["zh"].get("rubric"):
        says = [Say("info", "practice.form_to_trainer")]
    if not kept:
        return Mark("recorded", None, said, tuple(says))
    share, values = sum(kept) / len(kept), {"kept": sum(kept), "n": len(kept)}
    return graded(share, said, [Say(tone(share), "practice.form_share", values), *says])


def fabricate(question, rng):
    """One raw answer per outcome that this form can give, made from its example."""
    first = next(iter(sheet.fields(question)), None)
    made = {"unanswered": rng.choice([None, {}, {first: " "} if first else {}])}
    made["invalid"] = rng.choice([{"no such field": "1"}, [1], "x", 7])
    if question.exercise.spec.get("bands"):
        picked = {
            name: rng.choice(list(sheet.options(question, name, "zh")))
            for name in sheet.fields(question)
        }
        return {**made, "recorded": picked}
    right = sheet.example(question, rng.choice(terms.LANGS))
    made[question.mark(right).outcome] = right
    typed = [name for name, field in sheet.fields(question).items() if field["type"] in _DATED]
    if typed:
        made["invalid"] = {**right, rng.choice(typed): "约3万天"}
    for name in rng.sample(list(right), len(right)):
        for raw in ({**right, name: None}, {name: right[name]}, {name: "x"}):
            outcome = question.mark(raw).outcome
            if outcome in ("partial", "wrong"):
                made.setdefault(outcome, raw)
    return made


# --- what came from the page


def _cells(raw, question):
    """Place, name, field and what was typed: all fields, and rows in which anything stands."""
    known = {*sheet.fields(question), *sheet.groups(question)}
    if not isinstance(raw, dict) or not set(raw) <= known:
        raise Refused("invalid", "practice.unreadable")
    for name, field in sheet.fields(question).items():
        yield name, name, field, _sound(raw.get(name))
    for name, group in sheet.groups(question).items():
        rows = raw.get(name) or []
        if not isinstance(rows, list) or len(rows) > group["most"]:
            raise Refused("invalid", "practice.unreadable")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict) or not set(row) <= set(group["fields"]):
                raise Refused("invalid", "practice.unreadable")
            if all(fields.is_blank(_sound(typed)) for typed in row.values()):
                continue
            for column, field in group["fields"].items():
                yield f"{name}.{number}.{column}", column, field, row.get(column)


def _sound(typed):
    if typed is None or (isinstance(typed, str | int | float) and not isinstance(typed, bool)):
        return typed
    raise Refused("invalid", "practice.unreadable")


def _read(question, name, field, typed):
    units = [sheet.unit(question, name, lang) for lang in terms.LANGS]
    options = sheet.options(question, name, "zh")
    value = fields.read(typed, field, units, options, question.given.get("today"))
    if value is None and field["type"] not in _DATED:  # no page sends that
        raise Refused("invalid", "practice.unreadable")
    return value


# --- rules of the whole form


def _rows(answer, group):
    """Row number -> column -> value of one group."""
    rows = {}
    for place, value in answer.items():
        name, _, rest = place.partition(".")
        if name == group and rest:
            number, _, column = rest.partition(".")
            rows.setdefault(int(number), {})[column] = value
    return rows


def _top(answer, question):
    """What a rule may refer to: what was given, and the fields that stand once."""
    return {**question.given, **{name: answer[name] for name in sheet.fields(question)}}


def _ruled(answer, question):
    """Place, field, value and what its rules may refer to; rows that are missing are empty."""
    top = _top(answer, question)
    for name, field in sheet.fields(question).items():
        yield name, field, answer[name], top
    for name, group in sheet.groups(question).items():
        rows = _rows(answer, name)
        free = (number for number in range(1, group["most"] + 1) if number not in rows)
        missing = group["least"] - len(rows)
        empty = {next(free): dict.fromkeys(group["fields"]) for _ in range(missing)}
        for number, row in sorted({**rows, **empty}.items()):
            for column, field in group["fields"].items():
                yield f"{name}.{number}.{column}", field, row[column], {**top, **row}


def _sums(answer, question):
    for name, rule in question.exercise.spec.get("sums", {}).items():
        column, known = rule["of"], _top(answer, question)
        values = [v for place, v in answer.items() if place.rpartition(".")[2] == column]
        form = sheet.every_field(question)[column]["type"]
        total = sum(value or 0 for value in values)
        code, said = next(iter(fields.limits(rule, total, known, form)), ("", {}))
        yield name, code.replace("form_", "form_sum_"), said


def _checks(answer, question):
    """What the function of the exercise found: place, code (empty where all is well), values."""
    check = question.exercise.spec.get("checks")
    if not check:
        return
    rows = {name: sorted(_rows(answer, name).items()) for name in sheet.groups(question)}
    plain = {name: answer[name] for name in sheet.fields(question)}
    plain |= {name: [row for _, row in each] for name, each in rows.items()}
    for place, code in check(plain, dict(question.given)).items():
        name, _, rest = place.partition(".")
        if rest:  # the function counts the rows that it got, the page all of them
            number, _, column = rest.partition(".")
            place = f"{name}.{rows[name][int(number) - 1][0]}.{column}"
        yield place, _code(code, name, question), {}


def _code(code, name, question):
    """A code of a check with its place: of the glossary (with a dot), or of ``reasons``."""
    if not code:
        return ""
    own = f"reasons.{code}"
    known = terms.known(code) if "." in code else code in question.exercise.text["zh"]["reasons"]
    if not known or name not in parts(question):
        raise KeyError(f"{name}: {code}")
    return code if "." in code else own


def _self_test(answer, question):
    """Add the points; say the band in words, and what stands behind the heaviest answers."""
    points, bands = question.exercise.spec["points"], question.exercise.spec["bands"]
    scales = {n: points[f.get("options", n)] for n, f in sheet.fields(question).items()}
    own = {name: scale[answer[name]] for name, scale in scales.items()}
    total, most = sum(own.values()), sum(max(scale.values()) for scale in scales.values())
    _, band = max((start, name) for name, start in bands.items() if start <= total)
    heaviest = max(own.values())
    light = heaviest == min(min(scale.values()) for scale in scales.values())
    told = [name for name, each in own.items() if each == heaviest and not light]
    says = [Say("info", "practice.form_points", {"total": total, "most": most})]
    says.append(Say("info", f"bands.{band}"))
    return Mark("recorded", None, {name: Part(None, reason=name) for name in told}, tuple(says))
