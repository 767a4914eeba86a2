"""Weights: 100 points given to criteria, judged by customers whose end the page does not know.

What is shown are cases with their points per criterion, and how each ended where ``won`` says so;
their order follows the weights in the page. What marks are other cases, held out in the key: of the
best-scored share of them, how many were won (``coursekit.learning.lift``), between what the
baseline brings (nothing) and what a reference brings (all). Without a reference that is better than
the baseline the weights are recorded.
"""

import functools
import json

from coursekit import terms
from coursekit.practice import schema, shown
from coursekit.practice.mark import Mark, Part, Refused, Say, graded, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "recorded", "error")
SPEC = {"columns": schema.by_id(schema.form), "top": schema.share}
TEXT = {
    "criteria": schema.text_by_id,
    "columns": schema.text_by_id,
    "rows": schema.rows_by_id,
}
NEEDED = ("criteria", "columns")
EMPTY = {"criteria": [], "columns": [], "rows": [], "points": {}, "won": {}, "top": 0}
TOTAL = 100
_TOP = 0.2
_NEAR = 10  # points
_TRIES = 200

lay_out = shown.rows


def parts(question):
    """Ids of the criteria."""
    return list(question.exercise.text["zh"]["criteria"])


def part(question, criterion):
    """Give what the reference gives to it, where there is one."""
    reference = _key(question).get("reference") or {}
    return {"reference": reference[criterion]} if criterion in reference else {}


def problems(question):
    """Say where criteria, cases, key, slips and texts do not fit each other."""
    criteria = set(parts(question))
    yield from shown.table_problems(question)
    yield from shown.reason_problems(question, criteria)
    for row in question.given["rows"]:
        if not _has_points(row, criteria):
            yield ("given", "rows"), "practice.bank_points", {"id": row["id"]}
    if not isinstance(question.key, dict):
        yield ("key",), "practice.bank_key_shape", {}
        return
    key = _key(question)
    named = [(("key", n), key[n]) for n in ("baseline", "reference") if n in key]
    for place, given in (*named, *((("slips", code), s) for code, s in question.slips.items())):
        if not _gives_all(given, criteria):
            yield place, "practice.bank_key_weights", {"id": place[-1]}
    cases = key.get("cases", [])
    if not isinstance(cases, list) or ("reference" in key and not cases):
        yield ("key", "cases"), "practice.bank_key_shape", {}
        return
    for number, case in enumerate(cases, 1):
        if not _has_points(case, criteria) or not isinstance(case.get("won"), bool):
            yield ("key", "cases"), "practice.bank_points", {"id": str(number)}
            return
    if cases and len({case["won"] for case in cases}) < 2:
        yield ("key", "cases"), "practice.bank_held_out", {}


def public(question, lang):
    """Criteria, the cases shown with points and how they ended; nothing of those held out."""
    criteria, rows = question.exercise.text[lang]["criteria"], question.given["rows"]
    return {
        "criteria": [{"id": name, "text": criteria[name]} for name in parts(question)],
        **shown.table(question, lang),
        "points": {row["id"]: row["points"] for row in rows},
        "won": {row["id"]: row["won"] for row in rows if isinstance(row.get("won"), bool)},
        "top": max(1, round(_top(question) * len(rows))),
    }


def parse(raw, question):
    """Points per criterion, 100 together; what is not named has none."""
    if raw is None or raw == {}:
        raise Refused("unanswered", "practice.weights_none")
    criteria = parts(question)
    if not isinstance(raw, dict) or not set(raw) <= set(criteria):
        raise Refused("invalid", "practice.unreadable")
    given = {name: raw.get(name, 0) for name in criteria}
    if not all(_is_number(points) and 0 <= points <= TOTAL for points in given.values()):
        raise Refused("invalid", "practice.unreadable")
    left = round(TOTAL - sum(given.values()), 6)
    if left == TOTAL:
        raise Refused("unanswered", "practice.weights_none")
    if left:
        code = "practice.weights_left" if left > 0 else "practice.weights_over"
        raise Refused("unanswered", code, n=abs(left))
    return given


def compare(answer, question):
    """Lift on the cases held out, between that of the baseline and that of the reference."""
    base, best = _bounds(question)
    if best <= base:
        said = {name: Part(None, reason=question.reasons.get(name, name)) for name in answer}
        return Mark("recorded", None, said, (Say("info", "practice.weights_kept"),))
    lift = _lift(answer, question.key["cases"], _top(question))
    share = min(max((lift - base) / (best - base), 0), 1)
    says = [Say(tone(share), "practice.weights_won", _values(question, lift, base, best))]
    slips = [c for c, slip in question.slips.items() if share < 1 and _is_near(answer, slip)]
    says += [Say("bad", f"slips.{slips[0]}")] if slips else []
    return graded(share, {n: _part(question, n, answer, share == 1) for n in answer}, says)


def typed(question, answer):
    """The raw answer of somebody who gives these points, or those of the key's reference."""
    return answer.get("reference", answer)


def fabricate(question, rng):
    """One raw answer per outcome; nothing between where no weights tried give it."""
    criteria = parts(question)
    drawn = [_drawn(criteria, rng) for _ in range(_TRIES)]
    short = {**drawn[0], criteria[0]: drawn[0][criteria[0]] / 2 + 0.5}
    made = {
        "unanswered": rng.choice([None, {}, dict.fromkeys(criteria, 0), short]),
        "invalid": rng.choice([{"no such criterion": 100}, {criteria[0]: -1}, [1], "x", 7]),
    }
    base, best = _bounds(question)
    if best <= base:
        return {**made, "recorded": drawn[0]}
    made |= {"right": question.key["reference"], "wrong": _baseline(question)}
    for answer in drawn:
        if base < _lift(answer, question.key["cases"], _top(question)) < best:
            made["partial"] = answer
            break
    return made


def _part(question, name, answer, solved):
    """How its points stand to the reference; once solved, another way was as good."""
    reason = question.reasons.get(name, name)
    over = answer[name] - question.key["reference"][name]
    if solved or abs(over) <= _NEAR:
        return Part(True, "" if solved else "practice.weights_near", reason=reason)
    code = "practice.weights_high" if over > 0 else "practice.weights_low"
    return Part(False, code, reason=reason)


def _values(question, lift, base, best):
    """The lifts as customers won among those in front."""
    cases, top = question.key["cases"], _top(question)
    lots = top * sum(case["won"] for case in cases)
    plain = "practice.weights_card" if "baseline" in question.key else "practice.weights_equal"
    return {
        "n": len(cases),
        "top": round(top * len(cases)),
        "plain": {lang: terms.term(plain, lang) for lang in terms.LANGS},
        "got": round(lift * lots, 1),
        "base": round(base * lots, 1),
        "reference": round(best * lots, 1),
        "lots": round(lots, 1),
    }


def _bounds(question):
    """Lift of the baseline and of the reference; equal where there is nothing better."""
    key = _key(question)
    if "reference" not in key:
        return 0, 0
    written = json.dumps([key["cases"], _baseline(question), key["reference"]])
    return _bounds_once(written, _top(question))


@functools.lru_cache(maxsize=256)
def _bounds_once(written, top):
    cases, *both = json.loads(written)
    return tuple(_lift(weights, cases, top) for weights in both)


def _lift(weights, cases, top):
    from coursekit.learning import lift

    scores = [sum(weights[name] * case["points"][name] for name in weights) for case in cases]
    return lift(scores, [case["won"] for case in cases], top)


def _baseline(question):
    criteria = parts(question)
    return _key(question).get("baseline") or dict.fromkeys(criteria, TOTAL / len(criteria))


def _key(question):
    return question.key if isinstance(question.key, dict) else {}


def _top(question):
    return question.exercise.spec.get("top", _TOP)


def _is_near(answer, slip):
    return all(abs(answer[name] - slip[name]) <= _NEAR for name in answer)


def _drawn(criteria, rng):
    """Some weights in steps of 5."""
    cuts = sorted(rng.randrange(0, TOTAL + 1, 5) for _ in criteria[1:])
    pairs = zip((0, *cuts), (*cuts, TOTAL), strict=True)
    return {name: high - low for name, (low, high) in zip(criteria, pairs, strict=True)}


def _has_points(case, criteria):
    points = case.get("points") if isinstance(case, dict) else None
    return (
        isinstance(points, dict)
        and set(points) == criteria
        and all(_is_number(value) for value in points.values())
    )


def _gives_all(given, criteria):
    return (
        isinstance(given, dict)
        and set(given) == criteria
        and all(_is_number(value) and value >= 0 for value in given.values())
        and abs(sum(given.values()) - TOTAL) < 1e-6
    )


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
