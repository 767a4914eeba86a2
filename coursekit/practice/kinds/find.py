"""Find: the rows of a table that something is true of."""

from coursekit.practice import schema, shown
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {"columns": schema.by_id(schema.form)}
TEXT = {"columns": schema.text_by_id, "rows": schema.rows_by_id}
NEEDED = ("columns",)
TELLS = {"practice.find_missed": None}
EMPTY = {"columns": [], "rows": []}

lay_out, parts, part = shown.rows, shown.row_ids, shown.row


def problems(question):
    """Say where rows, key and texts do not fit each other."""
    rows = parts(question)
    yield from shown.table_problems(question)
    yield from shown.reason_problems(question, rows)
    slips = [(("slips", code), slip) for code, slip in question.slips.items()]
    for place, answer in ((("key",), question.key), *slips):
        if not isinstance(answer, list):
            yield place, "practice.bank_key_shape", {}
        elif unknown := [row for row in answer if row not in rows]:
            yield place, "practice.bank_unknown_id", {"id": unknown[0]}
    if isinstance(question.key, list) and not 0 < len(set(question.key)) < len(rows):
        yield ("key",), "practice.bank_key_rows", {}


def public(question, lang):
    """The table as texts."""
    return shown.table(question, lang)


def parse(raw, question):
    """Ids of the rows that were picked, as a set."""
    if raw is None or raw == []:
        raise Refused("unanswered", "practice.find_none")
    rows = parts(question)
    if not isinstance(raw, list) or not all(isinstance(row, str) and row in rows for row in raw):
        raise Refused("invalid", "practice.unreadable")
    return set(raw)


def compare(answer, question):
    """Hits less false alarms, as a share of what was to be found."""
    key = set(question.key)
    hits, false = answer & key, answer - key
    known = {code: _errors(set(slip), key) for code, slip in question.slips.items()}
    share = max(len(hits) - len(false), 0) / len(key)
    values = {"hits": len(hits), "n": len(key), "false": len(false)}
    code = "practice.find_share_false" if false else "practice.find_share"
    says = [Say(tone(share), code, values)]
    if slip := matching(_errors(answer, key), known):
        says.append(Say("bad", f"slips.{slip}"))
    return graded(share, {row: _part(question, row, answer) for row in parts(question)}, says)


def typed(question, answer):
    """The raw answer of somebody who picks these rows."""
    return list(answer)


def fabricate(question, rng):
    """One raw answer per outcome; with one row to find there is nothing between."""
    rows, key = parts(question), question.key
    others = [row for row in rows if row not in key]
    made = {
        "unanswered": rng.choice([None, []]),
        "invalid": rng.choice([["no such row"], [rows[0], 3], {"rows": rows}, "x", 7]),
        "wrong": rng.sample(others, rng.randint(1, len(others))),
        "right": rng.sample(key, len(key)),
    }
    if len(key) > 1:
        made["partial"] = rng.sample(key, len(key) - 1)
    return made


def _errors(picked, key):
    return {row: row in picked for row in picked ^ key}  # True: a false alarm, False: missed


def _part(question, row, answer):
    reason = question.reasons.get(row, row)
    match row in answer, row in question.key:
        case True, True:
            return Part(True, "practice.find_hit", reason=reason)
        case True, False:
            return Part(False, "practice.find_false", reason=reason)
        case False, True:
            return Part(False, "practice.find_missed", reason=reason)
    return Part(None)
