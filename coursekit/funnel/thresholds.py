"""Limits of the diagnosis and the pyramid, as data that a trainer edits."""

import math
import pathlib

from coursekit import toml

_SHIPPED = pathlib.Path(__file__).parent.parent / "instruments" / "findings.toml"


def thresholds(path=None):
    """Limits per finding, and the pyramid.

    Parameters
    ----------
    path : str or Path, optional
        A file of one's own; what it does not set stays as shipped.

    Returns
    -------
    dict
        Finding code -> {name: number}; ``"pyramid"`` -> {open stage: share}, summing to 1.

    Raises
    ------
    InputError
        No such finding or limit, a value that is no number of 0 or more, shares of the pyramid
        that do not sum to 1; the line is named.
    """
    found = {section: dict(table) for section, table in toml.read(_SHIPPED).items()}
    if path is None:
        return found
    path = pathlib.Path(path)
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, tuple(found))
    for section, table in content.items():
        toml.known_keys(path, table, tuple(found[section]), section)
        for key, value in table.items():
            if type(value) not in (int, float) or not 0 <= value < math.inf:
                raise toml.wrong_value(path, section, key, value, "≥ 0")
            found[section][key] = value
    total = math.fsum(found["pyramid"].values())
    if abs(total - 1) > 1e-6:
        raise toml.wrong_value(path, None, "pyramid", round(total, 6), "1")
    return found
