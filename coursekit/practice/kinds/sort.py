"""Sort: cards into bins; several bins may be right for one card."""

from coursekit import terms
from coursekit.practice import schema, shown
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {}
TEXT = {"bins": schema.text_by_id, "cards": schema.text_by_id, "card": schema.text}
NEEDED = ("bins",)
TELLS = {"practice.sort_belongs": False}
EMPTY = {"cards": [], "bins": []}


def lay_out(exercise, given, rng):
    """Add the cards that stand in the texts; shuffle what was not made in an order of its own."""
    return {**given, "cards": shown.pieces(exercise, given, rng, "cards")}


def parts(question):
    """Ids of the cards, in the order shown."""
    return [card["id"] for card in question.given["cards"]]


def part(question, card_id):
    """The values of a card."""
    return next(card for card in question.given["cards"] if card["id"] == card_id)


def problems(question):
    """Say where cards, bins, key, slips and texts do not fit each other."""
    cards, bins = parts(question), list(question.exercise.text["zh"]["bins"])
    yield from shown.piece_problems(question, "card")
    for lang in terms.LANGS:
        if set(question.exercise.text[lang]["bins"]) != set(bins):
            yield (lang, "bins"), "practice.bank_languages", {"key": "bins"}
    yield from shown.reason_problems(question, cards)
    if not isinstance(question.key, dict):
        yield ("key",), "practice.bank_key_shape", {}
        return
    for card_id in cards:
        right = _right(question, card_id)
        if not right or not set(right) < set(bins):
            yield ("key", card_id), "practice.bank_key_bin", {"id": card_id}
    for place, answer in ((("key",), question.key), *_slip_places(question)):
        if not isinstance(answer, dict):
            yield place, "practice.bank_key_shape", {}
        elif unknown := sorted(set(answer) - set(cards)):
            yield (*place, unknown[0]), "practice.bank_unknown_id", {"id": unknown[0]}
        elif place[0] == "slips" and not all(name in bins for name in answer.values()):
            yield place, "practice.bank_key_bin", {"id": place[1]}


def public(question, lang):
    """Cards and bins as texts."""
    text = question.exercise.text[lang]
    bins = question.exercise.text["zh"]["bins"]  # one order for both languages
    return {
        "cards": [
            {"id": card["id"], "text": shown.piece(question, card, lang, "card")}
            for card in question.given["cards"]
        ],
        "bins": [{"id": name, "text": text["bins"][name]} for name in bins],
    }


def parse(raw, question):
    """Bin per card, every card placed."""
    if raw is None or raw == {}:
        raise Refused("unanswered", "practice.sort_none")
    cards, bins = parts(question), question.exercise.text["zh"]["bins"]
    if not isinstance(raw, dict) or not set(raw) <= set(cards):
        raise Refused("invalid", "practice.unreadable")
    placed = {card: name for card, name in raw.items() if name not in (None, "")}
    if not all(isinstance(name, str) and name in bins for name in placed.values()):
        raise Refused("invalid", "practice.unreadable")
    if missing := len(cards) - len(placed):
        raise Refused("unanswered", "practice.sort_missing", n=missing)
    return placed


def compare(answer, question):
    """Share of the cards in a right bin."""
    wrong = {card: name for card, name in answer.items() if name not in _right(question, card)}
    known = {
        code: {card: name for card, name in slip.items() if name not in _right(question, card)}
        for code, slip in question.slips.items()
    }
    n, right = len(answer), len(answer) - len(wrong)
    says = [Say(tone(right / n), "practice.sort_share", {"right": right, "n": n})]
    if slip := matching(wrong, known):
        says.append(Say("bad", f"slips.{slip}"))
    return graded(right / n, {card: _part(question, card, wrong) for card in answer}, says)


def typed(question, answer):
    """The raw answer of somebody who places some cards so, and the others right."""
    return {card: _right(question, card)[0] for card in parts(question)} | {
        card: name if isinstance(name, str) else name[0] for card, name in answer.items()
    }


def fabricate(question, rng):
    """One raw answer per outcome."""
    cards, bins = parts(question), list(question.exercise.text["zh"]["bins"])
    right = {card: rng.choice(_right(question, card)) for card in cards}
    wrong = {
        card: rng.choice([name for name in bins if name not in _right(question, card)])
        for card in cards
    }
    made = {
        "unanswered": rng.choice([None, {}, dict(list(right.items())[1:])]),
        "invalid": rng.choice([{"no such card": bins[0]}, {cards[0]: "no such bin"}, [1], "x", 7]),
        "wrong": wrong,
        "right": right,
    }
    if len(cards) > 1:
        spoiled = rng.choice(cards)
        made["partial"] = {**right, spoiled: wrong[spoiled]}
    return made


def _part(question, card, wrong):
    reason = question.reasons.get(card, card)
    if reason in question.exercise.text["zh"].get("reasons", {}) or card not in wrong:
        return Part(card not in wrong, reason=reason)
    names = [
        {lang: question.exercise.text[lang]["bins"][name] for lang in terms.LANGS}
        for name in _right(question, card)
    ]
    joined = {"zh": "、".join(n["zh"] for n in names), "en": " / ".join(n["en"] for n in names)}
    return Part(False, "practice.sort_belongs", {"bins": joined})


def _right(question, card):
    right = question.key.get(card, ())
    return (right,) if isinstance(right, str) else tuple(right)


def _slip_places(question):
    return [(("slips", code), slip) for code, slip in question.slips.items()]
