"""A conversation as marked turns: share of talk, questions, checks."""

import re

import numpy as np

from coursekit import inputs

SELLER, CUSTOMER = "seller", "customer"
# what a turn of the seller does; a turn may do several things
ACTS = ("outline", "open_question", "check", "encourage", "clarify", "summary", "interrupts")

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’.-][A-Za-z0-9]+)*")
_QUESTION = re.compile(r"[?？]|[吗呢么]\s*[。.!！]?\s*$")


def words(text):
    """Length of a text: Chinese characters and words of other scripts, each counted once."""
    return len(_HAN.findall(text)) + len(_WORD.findall(text))


def measures(turns):
    """What a conversation looks like in figures.

    Parameters
    ----------
    turns : DataFrame
        In the order they were said: ``speaker`` (``seller`` or ``customer``), ``text``, optional
        ``acts``: what a turn of the seller does (`ACTS`, separated by blanks), as an observer
        marked it.

    Returns
    -------
    dict
        ``turns``; ``seller_share`` of all that was said, by length, 0 to 1; ``longest``, the
        seller's longest turn; ``questions`` of the seller (turns with a question); ``per_ten``,
        these per ten of his turns; ``answered``, share of the questions after which the customer
        spoke next; per act its number of turns, None where nobody marked acts; ``outline_first``,
        whether the seller's first two turns hold an outline, None likewise. Shares are None where
        there is nothing to divide by.

    Raises
    ------
    InputError
        A column is absent, or a speaker or an act is unknown.

    Notes
    -----
    Syllabus item management.5.5: tell, ask, listen, understand (the last two are our lists). It
    fails as a target, for there is no right share: a customer who asks for a demonstration wants to
    be told. Questions are seen by their mark or a final particle; what they are worth only an
    observer can say.
    """
    inputs.columns(turns, "text")
    speaker = inputs.one_of(turns, "speaker", (SELLER, CUSTOMER))
    length = turns["text"].fillna("").astype(str).map(words)
    seller = (speaker == SELLER).to_numpy()
    asks = seller & turns["text"].fillna("").astype(str).map(_asks).to_numpy(dtype=bool)
    next_is_customer = np.append(~seller[1:], False)
    number = int(asks.sum())
    result = {
        "turns": len(turns),
        "seller_share": _share(length[seller].sum(), length.sum()),
        "longest": int(length[seller].max()) if seller.any() else 0,
        "questions": number,
        "per_ten": _share(10 * number, seller.sum()),
        "answered": _share((asks & next_is_customer).sum(), number),
    }
    return {**result, **_acts(turns, seller)}


def _acts(turns, seller):
    if "acts" not in turns:
        return dict.fromkeys((*ACTS, "outline_first"))
    marked = turns["acts"].fillna("").astype(str).str.split()[seller]
    each = marked.explode().dropna().to_frame("acts")
    inputs.one_of(each, "acts", ACTS)
    counts = {act: int(marked.map(lambda acts, act=act: act in acts).sum()) for act in ACTS}
    first = any("outline" in acts for acts in marked.iloc[:2])
    return {**counts, "outline_first": first}


def _asks(text):
    return bool(_QUESTION.search(text))


def _share(part, whole):
    return float(part / whole) if whole else None
