"""What the ``make`` functions of a bank share: cards and rows put together from lists of texts.

A list of texts is data of the bank: pairs (Chinese, English) with places like ``{who}`` that are
filled from lists of people, days and the like.
"""

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
