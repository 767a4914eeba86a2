"""Order: cards brought into order; several orders may be right.

An answer is scored by Kendall's distance. Of all pairs of cards whose order matters, the share that
stands wrong is taken twice from 1: all right is 1, an order by lot is 0 on average, all reversed
is -1. What is 0 or below scores nothing, so that an order by lot is not half right.
"""

import bisect
import copy
import itertools

from coursekit import terms
from coursekit.practice import schema, shown
from coursekit.practice.mark import Part, Refused, Say, graded, matching, tone

OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
SPEC = {}
TEXT = {
    "cards": schema.text_by_id,
    "card": schema.text,
    "first": schema.text,
    "last": schema.text,
}
NEEDED = ()
TELLS = {"practice.order_early": False, "practice.order_late": False}
EMPTY = {"cards": [], "first": "", "last": ""}
_SHUFFLES = 20
_LONG = {"zh": 20, "en": 44}  # signs of a card that is named at another


def lay_out(exercise, given, rng):
    """Cards as they lie at the start: in an order that would score nothing."""
    cards = given.get("cards") or [{"id": card} for card in exercise.text["zh"].get("cards", {})]
    orders = _orders(exercise.solve(copy.deepcopy(given)) if exercise.solve else exercise.key)
    for _ in range(_SHUFFLES):
        cards = rng.sample(cards, len(cards))
        start = [card["id"] for card in cards]
        if all(_share(start, ranks) == 0 for ranks in orders if set(ranks) == set(start)):
            break
    return {**given, "cards": cards}


def parts(question):
    """Ids of the cards, as they lie at the start."""
    return [card["id"] for card in question.given["cards"]]


def part(question, card_id):
    """The values of a card."""
    return next(card for card in question.given["cards"] if card["id"] == card_id)


def problems(question):
    """Say where cards, key, slips and texts do not fit each other."""
    cards = parts(question)
    yield from shown.piece_problems(question, "card")
    yield from shown.reason_problems(question, cards)
    places = [("key",), *(("slips", code) for code in question.slips)]
    for place, key in zip(places, (question.key, *question.slips.values()), strict=True):
        orders = _orders(key)
        if not orders or (place != ("key",) and isinstance(key, dict)):
            yield place, "practice.bank_key_shape", {}
        for ranks in orders:
            if odd := sorted(set(ranks) ^ set(cards)):
                yield place, "practice.bank_key_order", {"id": odd[0]}
            elif len(set(ranks.values())) < 2:
                yield place, "practice.bank_key_shape", {}


def public(question, lang):
    """Cards as texts, and what stands above the first and below the last."""
    text = question.exercise.text[lang]
    return {
        "cards": [
            {"id": card["id"], "text": shown.piece(question, card, lang, "card")}
            for card in question.given["cards"]
        ],
        "first": text.get("first") or terms.term("practice.order_first", lang),
        "last": text.get("last") or terms.term("practice.order_last", lang),
    }


def parse(raw, question):
    """Ids of all cards, first to last."""
    if raw is None or raw == []:
        raise Refused("unanswered", "practice.order_none")
    cards = parts(question)
    if not isinstance(raw, list) or not all(isinstance(card, str) for card in raw):
        raise Refused("invalid", "practice.unreadable")
    if sorted(raw) != sorted(cards):
        raise Refused("invalid", "practice.unreadable")
    return raw


def compare(answer, question):
    """Measure against the right order that is nearest, the first of those equally near."""
    ranks = max(_orders(question.key), key=lambda ranks: _share(answer, ranks))
    wrong, n = _wrong(answer, ranks), len(_pairs(ranks))
    share, stay = _share(answer, ranks), _standing(answer, ranks)
    values = {"right": n - len(wrong), "n": n, "moves": len(answer) - len(stay)}
    says = [Say(tone(share), _told(len(wrong), n, share), values)]
    known = {
        code: dict.fromkeys(_wrong(typed(question, slip), ranks), True)
        for code, slip in question.slips.items()
    }
    if slip := matching(dict.fromkeys(wrong, True), known):
        says.append(Say("bad", f"slips.{slip}"))
    far = {card: (ranks[card], at) for at, card in enumerate(answer)}
    return graded(share, {c: _part(question, c, c in stay, wrong, far) for c in answer}, says)


def typed(question, answer):
    """The raw answer of somebody who has this order, or the first of several."""
    return list(_orders(answer)[0])


def fabricate(question, rng):
    """One raw answer per outcome; of two cards there is nothing between."""
    ranks = rng.choice(_orders(question.key))
    right = sorted(rng.sample(parts(question), len(ranks)), key=ranks.get)
    made = {
        "unanswered": rng.choice([None, []]),
        "invalid": rng.choice([right[1:], [*right, right[0]], [*right[1:], 3], {"a": 1}, "x", 7]),
        "right": right,
    }
    swapped = [_swapped(right, at) for at in range(len(right) - 1)]
    drawn = [rng.sample(right, len(right)) for _ in range(_SHUFFLES)]
    for answer in (right[::-1], *swapped, *drawn):
        share = max(_share(answer, ranks) for ranks in _orders(question.key))
        if share < 1:
            made.setdefault("partial" if share else "wrong", answer)
    return made


def _told(wrong, n, share):
    if not wrong:
        return "practice.order_right"
    if wrong == n:
        return "practice.order_reversed"
    return "practice.order_share" if share else "practice.order_lot"


def _part(question, card, stands, wrong, far):
    """Whether a card has to be moved, and past which one: the farthest that it stands wrong to."""
    reason = question.reasons.get(card, card)
    if stands:
        return Part(True, reason=reason)
    early = [before for before, after in wrong if after == card]
    late = [after for before, after in wrong if before == card]
    if len(early) >= len(late):
        code, other = "practice.order_early", max(early, key=far.get)
    else:
        code, other = "practice.order_late", min(late, key=far.get)
    return Part(False, code, {"other": _named(question, other)}, reason)


def _named(question, card):
    """The text of a card in both languages, its beginning where it is long."""
    values = part(question, card)
    texts = {lang: shown.piece(question, values, lang, "card") for lang in terms.LANGS}
    return {
        lang: text if len(text) <= _LONG[lang] else f"{text[: _LONG[lang] - 1].rstrip()}…"
        for lang, text in texts.items()
    }


def _orders(key):
    """Every right order as the rank of each card; none where the key has another form."""
    written = key.get("orders") if isinstance(key, dict) else [key]
    orders = [_ranks(order) for order in written] if isinstance(written, list) else []
    return orders if all(orders) else []


def _ranks(order):
    """Card -> place of its group; empty where a card stands twice or is none."""
    groups = [g if isinstance(g, list) else [g] for g in order] if isinstance(order, list) else []
    cards = [card for group in groups for card in group]
    if not all(isinstance(card, str) for card in cards) or len(set(cards)) < len(cards):
        return {}
    return {card: rank for rank, group in enumerate(groups) for card in group}


def _swapped(answer, at):
    return [*answer[:at], answer[at + 1], answer[at], *answer[at + 2 :]]


def _pairs(ranks):
    """Pairs of cards whose order matters, each in its right order."""
    return [(a, b) for a, b in itertools.permutations(ranks, 2) if ranks[a] < ranks[b]]


def _wrong(answer, ranks):
    """Pairs that stand the other way round."""
    place = {card: at for at, card in enumerate(answer)}
    return [(a, b) for a, b in _pairs(ranks) if place[a] > place[b]]


def _share(answer, ranks):
    """Score of 0 to 1: one less twice the share of pairs that stand wrong."""
    n = len(_pairs(ranks))
    return max(0, (n - 2 * len(_wrong(answer, ranks))) / n) if n else 0


def _standing(answer, ranks):
    """The most cards that are in order already: the others are those to be moved.

    The longest run of an answer whose ranks do not fall, by patience sorting.
    """
    ends, tails, before = [], [], {}
    for card in answer:
        at = bisect.bisect_right(ends, ranks[card])
        before[card] = tails[at - 1] if at else None
        ends[at:], tails[at:] = [ranks[card], *ends[at + 1 :]], [card, *tails[at + 1 :]]
    card, found = (tails[-1] if tails else None), set()
    while card is not None:
        found.add(card)
        card = before[card]
    return found
