"""Allocate: hours or money split over rows, or things chosen within a capacity.

A split is marked by the value that it reaches between doing nothing and the best one, so a split
near the best is right: the top is flat, and single hours are not worth a quarrel.
"""

from coursekit import terms
from coursekit.practice import numbers, schema, shown, splits
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {
    "columns": schema.by_id(schema.form),
    "choose": schema.switch,
    "live": schema.switch,
    "worth": schema.form,
    "right_from": schema.share,
}
TEXT = {
    "columns": schema.text_by_id,
    "rows": schema.rows_by_id,
    "unit": schema.text,
    "gain": schema.text,
}
NEEDED = ("columns", "unit", "gain")
TELLS = {"practice.allocate_missed": None}
EMPTY = {"columns": [], "rows": [], "split": {"choose": False, "total": 0, "rows": {}}}
RIGHT_FROM = 0.95  # of the way from doing nothing to the best

lay_out, parts, part = shown.rows, shown.row_ids, shown.row


def problems(question):
    """Say where rows, limits, key and texts do not fit each other."""
    yield from shown.table_problems(question)
    yield from shown.reason_problems(question, parts(question))
    ladders = _ladders(question)
    for row, ladder in ladders.items():
        if len(ladder) < 2:
            yield ("given", "rows"), "practice.bank_no_choice", {"id": row}
    slips = [(("slips", code), slip) for code, slip in question.slips.items()]
    for place, answer in ((("key",), question.key), *slips):
        try:
            split = _split(answer, question)
        except Refused:
            yield place, "practice.bank_key_split", {}
            continue
        if place == ("key",):
            if splits.value(split, ladders) <= splits.value(_start(question), ladders):
                yield place, "practice.bank_key_nothing", {}
            elif better := splits.better(split, ladders, question.given["total"]):
                yield place, "practice.bank_key_not_best", {"id": better}


def public(question, lang):
    """The table; limits and step of each row; what each step brings only where it is `live`."""
    text, given, spec = question.exercise.text[lang], question.given, question.exercise.spec
    start, live = _start(question), spec.get("live", False)
    return {
        **shown.table(question, lang),
        "split": {
            "choose": _choose(question),
            "total": given["total"],
            "step": given.get("step", 1),
            "unit": text["unit"],
            "gain": text["gain"] if live else "",
            "money": spec.get("worth", "n") == "money",
            "rows": {
                row: {
                    "start": start[row],
                    "amounts": list(ladder),
                    **({"values": list(ladder.values())} if live else {}),
                }
                for row, ladder in _ladders(question).items()
            },
        },
    }


def parse(raw, question):
    """Row -> what it gets; all rows within their limits, the sum within the total."""
    if raw in (None, {}, []):
        none = "practice.allocate_none_chosen" if _choose(question) else "practice.allocate_none"
        raise Refused("unanswered", none)
    return _split(raw, question)


def compare(answer, question):
    """Share of the way from doing nothing to the best split."""
    ladders, spec = _ladders(question), question.exercise.spec
    key, start = _split(question.key, question), _start(question)
    value, base, best = (splits.value(split, ladders) for split in (answer, start, key))
    share = min(max((value - base) / (best - base), 0.0), 1.0)
    near = share >= spec.get("right_from", RIGHT_FROM) - 1e-9
    values = {
        "share": share,
        "value": _gain(question, value),
        "best": _gain(question, best),
        "unit": _text(question, "unit"),
        "gain": _text(question, "gain"),
    }
    code = "practice.allocate_near" if near and share < 1 else "practice.allocate_reached"
    says = [Say(tone(1 if near else share), code, values)]
    left = question.given["total"] - splits.used(answer)
    if left > 1e-9 and not near and not _choose(question):
        says.append(Say("bad", "practice.allocate_left", {"left": _amount(question, left)}))
    if not near and (slip := _slip(answer, key, question)):
        says.append(Say("bad", f"slips.{slip}"))
    note = _chosen_part if _choose(question) else _split_part
    said = {row: note(question, row, answer, key, near) for row in parts(question)}
    return graded(1 if near else share, said, says)


def typed(question, answer):
    """The raw answer of somebody who gives out so much, or chooses these."""
    return list(answer) if _choose(question) else dict(answer)


def fabricate(question, rng):
    """One raw answer per outcome; nothing lies between where one step reaches the best."""
    ladders, key, start = _ladders(question), _split(question.key, question), _start(question)
    row = rng.choice(parts(question))
    made = {
        "unanswered": rng.choice([None, {}, []]),
        "invalid": rng.choice([_raw(_all_at_most(ladders), question), {"no such row": 1}, "x", 7]),
        "wrong": _raw(start, question),
        "right": _raw(key, question),
    }
    if splits.used(_all_at_most(ladders)) <= question.given["total"]:
        made["invalid"] = rng.choice([{"no such row": 1}, {row: "约3"}, [1], "x", 7])
    if _choose(question) and not any(start.values()):
        # nothing at all is no answer: what is chosen must bring nothing
        worthless = [row for row, ladder in ladders.items() if list(ladder.values())[-1] <= 0]
        made["wrong"] = worthless[:1]
    lesser = dict(key)
    for row in sorted(parts(question), key=lambda row: -key[row]):
        steps = list(ladders[row])
        while lesser[row] > start[row]:
            lesser[row] = steps[steps.index(lesser[row]) - 1]
            if (mark := compare(lesser, question)).outcome != "right":
                return {**made, "partial": _raw(lesser, question)} if mark.score else made
    return made


# --- splits


def _choose(question):
    return question.exercise.spec.get("choose", False)


def _ladders(question):
    """Row -> {what it may get: what that brings}, least first."""
    if _choose(question):
        return {row["id"]: {0: 0, row["cost"]: row["value"]} for row in question.given["rows"]}
    step = question.given.get("step", 1)
    return {
        row["id"]: {
            round(at * step, 9): value
            for at, value in enumerate(row["values"])
            if row.get("least", 0) - 1e-9 <= at * step
        }
        for row in question.given["rows"]
    }


def _start(question):
    """Where the rows stand before anything is done: as they are now, else at their least."""
    now = {row["id"]: row.get("now") for row in question.given["rows"]}
    ladders = _ladders(question)
    return {row: next(iter(ladders[row])) if at is None else at for row, at in now.items()}


def _split(raw, question):
    """Row -> amount, of what a page sends or a bank holds."""
    ladders = _ladders(question)
    if _choose(question):
        if not isinstance(raw, list) or not all(isinstance(r, str) and r in ladders for r in raw):
            raise Refused("invalid", "practice.unreadable")
        split = {row: list(ladder)[row in raw] for row, ladder in ladders.items()}
    else:
        if not isinstance(raw, dict) or not set(raw) <= set(ladders):
            raise Refused("invalid", "practice.unreadable")
        split, wrong = {}, {}
        for row, ladder in ladders.items():
            typed = raw.get(row, next(iter(ladder)))
            read = numbers.read(
                0 if typed in (None, "") else typed, _text(question, "unit").values()
            )
            split[row] = next((at for at in ladder if read and abs(at - read.value) < 1e-6), None)
            if split[row] is None:
                wrong[row] = Part(None, "practice.allocate_limits", _limits(question, ladder))
        if wrong:
            raise Refused("invalid", "practice.allocate_unfit", wrong, n=len(wrong))
    total, used = question.given["total"], splits.used(split)
    if used > total + 1e-9:
        values = {name: _amount(question, amount) for name, amount in
                  {"used": used, "total": total, "over": used - total}.items()}  # fmt: skip
        raise Refused("invalid", "practice.allocate_over", **values)
    return split


def _raw(split, question):
    if _choose(question):
        return [row for row, amount in split.items() if amount]
    return split


def _all_at_most(ladders):
    return {row: list(ladder)[-1] for row, ladder in ladders.items()}


# --- what is said


def _split_part(question, row, answer, key, near):
    """Too much, too little or fine, by what one step brings here and elsewhere."""
    steps = splits.steps(answer, _ladders(question))
    down, up = steps[row]
    reason = question.reasons.get(row, row)
    gain = lambda value: _gain(question, value)  # noqa: E731
    values = {"step": _amount(question, question.given.get("step", 1))}
    elsewhere = {other: pair for other, pair in steps.items() if other != row}
    ups = {other: pair[1] for other, pair in elsewhere.items() if pair[1] is not None}
    downs = {other: pair[0] for other, pair in elsewhere.items() if pair[0] is not None}
    if near:
        return Part(True, "practice.allocate_fine", reason=reason)
    if answer[row] > key[row] and down is not None and ups:
        other = max(ups, key=ups.get)
        if ups[other] > down + 1e-9:
            values |= {"down": gain(down), "up": gain(ups[other]), "other": _name(question, other)}
            return Part(False, "practice.allocate_too_much", values, reason)
    if answer[row] < key[row] and up:
        left = question.given["total"] - splits.used(answer)
        if left >= question.given.get("step", 1) - 1e-9:
            values |= {"up": gain(up), "left": _amount(question, left)}
            return Part(False, "practice.allocate_too_little_left", values, reason)
        other = min(downs, key=downs.get, default=None)
        if other is not None and up > downs[other] + 1e-9:
            values |= {"up": gain(up), "down": gain(downs[other]), "other": _name(question, other)}
            return Part(False, "practice.allocate_too_little", values, reason)
    if answer[row] != key[row]:
        best = {"best": _amount(question, key[row])}
        return Part(False, "practice.allocate_best", best, reason)
    return Part(True, "practice.allocate_fine", reason=reason)


def _chosen_part(question, row, answer, key, near):
    """Right, not worth its place, or missed."""
    chosen, wanted = bool(answer[row]), bool(key[row])
    ladder = _ladders(question)[row]
    cost, value = list(ladder.items())[-1]
    values = {"cost": _amount(question, cost), "value": _gain(question, value)}
    reason = question.reasons.get(row, row)
    if near:
        return Part(True, "practice.allocate_worth", values, reason) if chosen else Part(None)
    match chosen, wanted:
        case True, True:
            return Part(True, "practice.allocate_worth", values, reason)
        case True, False:
            return Part(False, "practice.allocate_not_worth", values, reason)
        case False, True:
            return Part(False, "practice.allocate_missed", values, reason)
    return Part(None)


def _slip(answer, key, question):
    def errors(split):
        return {row: amount for row, amount in split.items() if amount != key[row]}

    known = {code: errors(_split(slip, question)) for code, slip in question.slips.items()}
    return matching(errors(answer), known)


def _limits(question, ladder):
    amounts = list(ladder)
    step = _amount(question, question.given.get("step", 1))
    return {
        "least": _amount(question, amounts[0]),
        "most": _amount(question, amounts[-1]),
        "step": step,
    }


def _name(question, row):
    """A row as its first column calls it, in both languages."""
    first = next(iter(question.exercise.spec["columns"].items()))
    own = part(question, row)
    texts = {
        lang: question.exercise.text[lang].get("rows", {}).get(row, {}) for lang in terms.LANGS
    }
    name, form = first
    return {lang: shown.cell({**own, **texts[lang]}.get(name), form, lang) for lang in terms.LANGS}


def _text(question, key):
    return {lang: question.exercise.text[lang][key] for lang in terms.LANGS}


def _amount(question, amount):
    """An amount with its unit, in both languages."""
    unit = _text(question, "unit")
    return {
        "zh": terms.fill("{amount:n} {unit}", "zh", {"amount": amount, "unit": unit["zh"]}),
        "en": terms.fill("{amount:n} {unit}", "en", {"amount": amount, "unit": unit["en"]}),
    }


def _gain(question, value):
    """A value in its form, in both languages."""
    form = question.exercise.spec.get("worth", "n")
    return {lang: terms.fill(f"{{value:{form}}}", lang, {"value": value}) for lang in terms.LANGS}
