"""Who gets to see what of a trainee's answers: ``[visibility]`` in ``course.toml``.

It is said in one sentence where one signs in, and every export keeps to it. It is a promise
between people, no lock: who has the folder can read the journal in it.
"""

import types

from coursekit import terms, toml
from coursekit.errors import InputError

SECTION = "visibility"
LEVELS = ("names", "groups", "nothing")
DEFAULT = types.MappingProxyType({"trainer": "names", "hr": "groups", "manager": "nothing"})
FEWEST = 5  # people in a group figure; with fewer one could guess who it was


def read(path, table):
    """What each reader gets, defaults filled in.

    Parameters
    ----------
    path : pathlib.Path
        The ``course.toml``, for what is said of a mistake.
    table : object
        What it has under ``[visibility]``.

    Returns
    -------
    mapping of str to str
        ``trainer``, ``hr`` and ``manager`` to one of ``LEVELS``.

    Raises
    ------
    InputError
        An unknown reader or level; the line is named.
    """
    toml.known_keys(path, table, list(DEFAULT), SECTION)
    for key, value in table.items():
        if value not in LEVELS:
            raise InputError(
                "course.wrong_value",
                file=path.name,
                line=toml.line_of(path, key, SECTION),
                key=key,
                value=value,
                expected=" / ".join(f'"{level}"' for level in LEVELS),
            )
    return types.MappingProxyType({**DEFAULT, **table})


def sentence(levels, lang):
    """What a trainee is told before the first answer.

    Parameters
    ----------
    levels : mapping
        As `read` gives it.
    lang : {"zh", "en"}
    """
    parts = {
        reader: terms.say(f"visibility.{level}", lang, fewest=FEWEST)
        for reader, level in levels.items()
    }
    return terms.say("visibility.sentence", lang, **parts)
