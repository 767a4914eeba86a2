"""Words that fill the place of a next step and say none."""

import functools
import pathlib
import re
import unicodedata

from coursekit import toml

_LIST = pathlib.Path(__file__).parents[1] / "instruments" / "courtesy.toml"


def is_courtesy(text):
    """Whether a text only fills the place of a next step.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
        True where nothing is left of it without courtesies (``保持联系``, ``keep in touch``) and
        words that say nothing by themselves; False for an empty text.

    Notes
    -----
    Syllabus item funnel.2.5; the words stand in ``instruments/courtesy.toml``. It fails on a
    courtesy that is not in the list, and on one with a name behind it (``继续跟进张总``): what it
    lets pass need not be a step.

    Examples
    --------
    >>> is_courtesy("下周继续跟进客户。")
    True
    >>> is_courtesy("周四 10 点见采购张经理，定试用批量")
    False
    """
    left = unicodedata.normalize("NFKC", text).lower().strip()
    if not left:
        return False
    for pattern in _patterns():
        left = pattern.sub(" ", left)
    return not re.search(r"\w", left)


@functools.cache
def _patterns():
    read = toml.read(_LIST)
    return tuple(_any_of(read[name]) for name in ("phrases", "fillers"))


def _any_of(words):
    longest_first = sorted(words, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    han = "|".join(word for word in longest_first if not word.isascii())
    return re.compile(rf"\b(?:{latin})\b|{han}")
