"""Skins: all the words of the running case as one trade, and its scale of money."""

from coursekit import course, toml
from coursekit.errors import InputError


def names():
    """Skins that there are, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load(name):
    """The words of one skin.

    Parameters
    ----------
    name : str

    Returns
    -------
    dict
        As the file has it; a text is a pair, Chinese and English.

    Raises
    ------
    InputError
        There is no such skin, or its file is no TOML.
    """
    if name not in names():
        raise InputError("making.no_skin", skin=str(name), known=", ".join(names()))
    return toml.read(_folder() / f"{name}.toml")


def _folder():
    return course.content() / "datasets" / "skins"
