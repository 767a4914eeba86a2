"""What the ``make`` functions of a bank share: cards and rows put together from lists of texts.

A list of texts is data of the bank: pairs (Chinese, English) with places like ``{who}`` that are
filled from lists of people, days and the like.
"""

import math
import random

from coursekit.terms import LANGS

_JOINT = {"zh": "、", "en": ", "}
_SPACE = {"zh": "", "en": " "}


def pair(both):
    """``(Chinese, English)`` as ``{"zh": …, "en": …}``."""
    return dict(zip(LANGS, both, strict=True))


def told(rng, both, people):
    """A pair of texts with people and days put in; one draw per place, the same in both.

    Parameters
    ----------
    rng : random.Random
    both : (str, str)
        Chinese and English with ``{who}`` and the like.
    people : mapping of str to list of (str, str)
        What may stand in each place.
    """
    filled = {name: rng.choice(choices) for name, choices in people.items()}
    return {
        lang: _sentence(both[at].format(**{name: text[at] for name, text in filled.items()}))
        for at, lang in enumerate(LANGS)
    }


def _sentence(text):
    return text[:1].upper() + text[1:]


def joined(texts):
    """Several sentences in a row."""
    return {lang: _SPACE[lang].join(text[lang] for text in texts) for lang in LANGS}


def listed(pairs, nothing=("", "")):
    """Several words as a list; another pair where there is none."""
    return {
        lang: _JOINT[lang].join(words[at] for words in pairs) or nothing[at]
        for at, lang in enumerate(LANGS)
    }


def numbered(letter, parts):
    """Cards or rows with ids ``c1``, ``c2`` … in front."""
    return [{"id": f"{letter}{number}", **part} for number, part in enumerate(parts, 1)]


def picked(rng, values, pool, number):
    """So many texts of a pool, each with the values that say what it is."""
    return [(values, both) for both in rng.sample(pool, number)]


def cards(rng, picks, people):
    """Cards in any order from ``(values, pair of texts)``."""
    made = [{**values, "text": told(rng, both, people)} for values, both in picks]
    rng.shuffle(made)
    return {"cards": numbered("c", made)}


def moved(given, name, **to):
    """The answer of one who puts every card with such a value into another bin."""
    return {card["id"]: to[card[name]] for card in given["cards"] if card[name] in to}


def ended(rng, truth, number):
    """Customers that ended: points of 0, 50 or 100 per criterion, and who was won.

    Parameters
    ----------
    rng : random.Random
    truth : mapping of str to float
        What each criterion weighs in truth, 100 together.
    number : int

    Returns
    -------
    list of dict
        ``points`` and ``won``: by chance, the more likely the higher the true score.
    """
    made = []
    for _ in range(number):
        points = {name: rng.choice((0, 50, 100)) for name in truth}
        score = sum(truth[name] * points[name] for name in truth) / 100
        made.append({"points": points, "won": rng.random() < 1 / (1 + math.exp((62 - score) / 7))})
    return made


def weighed(rng, truth, baseline, names, held_out=80, top=0.2):
    """Customers of an exercise of weights: rows to be shown, and where those held out come from.

    Parameters
    ----------
    rng : random.Random
    truth, baseline : mapping of str to float
        As the key's reference and baseline: the truth finds at least two deals more among the
        best of those held out, and more among the best of those shown.
    names : sequence of (str, str)
        One customer each.
    held_out : int
    top : float

    Returns
    -------
    dict
        ``given``: ``rows``, ``seed`` and ``held_out``, of which `weighed_key` makes the key.
    """
    from coursekit.learning import lift

    def found(weights, cases):
        scores = [sum(weights[name] * case["points"][name] for name in truth) for case in cases]
        won = [case["won"] for case in cases]
        return lift(scores, won, top) * top * sum(won) if any(won) else 0

    while True:
        shown = ended(rng, truth, len(names))
        if found(truth, shown) > found(baseline, shown):
            break
    while True:
        seed = rng.randrange(10**9)
        hidden = ended(random.Random(seed), truth, held_out)
        if found(truth, hidden) >= found(baseline, hidden) + 2:
            break
    rows = [{"customer": pair(name), **case} for name, case in zip(names, shown, strict=True)]
    return {"rows": numbered("r", rows), "seed": seed, "held_out": held_out}


def weighed_key(given, truth, baseline):
    """The key of such an exercise."""
    cases = ended(random.Random(given["seed"]), truth, given["held_out"])
    return {"cases": cases, "reference": dict(truth), "baseline": dict(baseline)}
