"""Choice: one option, or several; every option says what it teaches."""

from coursekit import terms
from coursekit.practice import schema, shown
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {"several": schema.switch, "columns": schema.by_id(schema.form)}
TEXT = {
    "options": schema.text_by_id,
    "option": schema.text,
    "columns": schema.text_by_id,
    "rows": schema.rows_by_id,
}
NEEDED = ()
EMPTY = {"options": [], "several": False}


def lay_out(exercise, given, rng):
    """Options, shuffled unless made in an order of their own; rows, where there are, as written."""
    given = {**given, "options": shown.pieces(exercise, given, rng, "options")}
    if "columns" not in exercise.spec or "rows" in given:
        return given
    return {**given, "rows": [{"id": row} for row in exercise.text["zh"].get("rows", {})]}


def parts(question):
    """Ids of the options, in the order shown."""
    return [option["id"] for option in question.given["options"]]


def part(question, option_id):
    """The values of an option."""
    return next(option for option in question.given["options"] if option["id"] == option_id)


def problems(question):
    """Say where options, feedback, key, slips and texts do not fit each other."""
    options = parts(question)
    yield from shown.piece_problems(question, "option")
    if "columns" in question.exercise.spec:
        yield from shown.table_problems(question)
    yield from shown.reason_problems(question, options)
    for lang in terms.LANGS:
        told = question.exercise.text[lang].get("reasons", {})
        for option in options:
            if question.reasons.get(option, option) not in told:
                yield (lang, "reasons"), "practice.bank_no_text", {"id": option}
    slips = [(("slips", code), slip) for code, slip in question.slips.items()]
    for place, answer in ((("key",), _right(question)), *slips):
        if not isinstance(answer, list) or not answer:
            yield place, "practice.bank_key_shape", {}
        elif unknown := [str(option) for option in answer if option not in options]:
            yield place, "practice.bank_unknown_id", {"id": unknown[0]}
    if not 0 < len({str(option) for option in _right(question)}) < len(options):
        yield ("key",), "practice.bank_key_options", {}


def public(question, lang):
    """Options as texts, and whether several may be picked; never how many are right."""
    options = [
        {"id": option["id"], "text": shown.piece(question, option, lang, "option")}
        for option in question.given["options"]
    ]
    made = {"options": options, "several": _several(question)}
    if "columns" in question.exercise.spec:
        made["table"] = shown.table(question, lang)
    return made


def parse(raw, question):
    """Ids of what was picked, as a set; of one choice exactly one."""
    if raw is None or raw == []:
        raise Refused("unanswered", "practice.choice_none")
    options = parts(question)
    if not isinstance(raw, list) or not all(isinstance(o, str) and o in options for o in raw):
        raise Refused("invalid", "practice.unreadable")
    if len(set(raw)) > 1 and not _several(question):
        raise Refused("invalid", "practice.unreadable")
    return set(raw)


def compare(answer, question):
    """Of one: right or not. Of several: hits less false picks, as a share of what is right."""
    several, right = _several(question), set(_right(question))
    hits, false = len(answer & right), len(answer - right)
    share = max(hits - false, 0) / len(right) if several else hits
    says = [_told(hits, false, len(right), tone(share))] if several else []
    known = {code: _errors(set(slip), right, several) for code, slip in question.slips.items()}
    if slip := matching(_errors(answer, right, several), known):
        says.append(Say("bad", f"slips.{slip}"))
    said = {option: _part(question, option, answer, share == 1) for option in parts(question)}
    return graded(share, said, says)


def typed(question, answer):
    """The raw answer of somebody who picks these; of one choice the first of what is right."""
    picked = [answer] if isinstance(answer, str) else list(answer)
    return picked if _several(question) else picked[:1]


def fabricate(question, rng):
    """One raw answer per outcome; of one choice there is nothing between."""
    options, right = parts(question), _right(question)
    others = [option for option in options if option not in right]
    made = {
        "unanswered": rng.choice([None, []]),
        "invalid": rng.choice([["no such option"], [options[0], 3], {"a": options}, "x", 7]),
        "wrong": [rng.choice(others)],
        "right": rng.sample(right, len(right)) if _several(question) else [rng.choice(right)],
    }
    if _several(question) and len(right) > 1:
        made["partial"] = rng.sample(right, len(right) - 1)
    return made


def _told(hits, false, n, tone):
    """How several picks did, without giving away how many are right."""
    if hits == n:
        code = "practice.choice_over" if false else "practice.choice_all"
    else:
        code = "practice.choice_mixed" if false else "practice.choice_short"
    return Say(tone, code, {"hits": hits, "false": false})


def _part(question, option, answer, solved):
    """Feedback of what was picked; of the others only when nothing is left to be found out."""
    reason = question.reasons.get(option, option)
    if option in answer:
        return Part(option in _right(question), reason=reason)
    return Part(None, reason=reason) if solved else Part(None)


def _errors(picked, right, several):
    # of one choice nothing is missed: any of the right ones would have done
    return {option: option in picked for option in (picked ^ right if several else picked - right)}


def _several(question):
    return question.exercise.spec.get("several", False)


def _right(question):
    """The right options as a list; of one choice any of them is right."""
    key = question.key
    return [key] if isinstance(key, str) else key if isinstance(key, list) else []
