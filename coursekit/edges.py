"""Edges of simple rules, as data that a trainer edits: numbers by name, in sections or not."""

import math
import pathlib

from coursekit import toml

_FOLDER = pathlib.Path(__file__).parent / "instruments"


def read(name, path=None):
    """The numbers of a shipped file, with those of a file of one's own in their place.

    Parameters
    ----------
    name : str
        Of the shipped file, for example ``"abcd"``.
    path : str or pathlib.Path, optional
        A file of one's own; what it does not set stays as shipped.

    Returns
    -------
    dict
        Name -> number; a section is a dict of its own.

    Raises
    ------
    InputError
        The own file holds a name that the shipped one lacks, or a value that is no number of 0 or
        more; the line is named.
    """
    shipped = toml.read(_FOLDER / f"{name}.toml")
    if path is None:
        return shipped
    path = pathlib.Path(path)
    toml.no_section_twice(path)
    return _over(path, shipped, toml.read(path), None)


def _over(path, shipped, own, section):
    toml.known_keys(path, own, tuple(shipped), section)
    result = dict(shipped)
    for key, value in own.items():
        if isinstance(shipped[key], dict):
            result[key] = _over(path, shipped[key], value, f"{section}.{key}" if section else key)
        elif type(value) not in (int, float) or not 0 <= value < math.inf:
            raise toml.wrong_value(path, section, key, value, "≥ 0")
        else:
            result[key] = value
    return result
