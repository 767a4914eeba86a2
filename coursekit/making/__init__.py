"""The running case: one made-up company, made from one seed in the words of a skin."""

import importlib

from coursekit.making.spine import World, spine
from coursekit.making.write import write

# each gives ``tables(world) -> {name: rows}`` and sees the tables of those before it
DOMAINS = ("channel", "value", "deals", "accounts", "care")

__all__ = ["DOMAINS", "World", "world", "write"]


def world(skin="feed"):
    """The whole company with all its tables.

    Parameters
    ----------
    skin : str, default "feed"

    Returns
    -------
    World

    Raises
    ------
    InputError
        There is no such skin.
    """
    made = spine(skin)
    for domain in DOMAINS:
        found = importlib.import_module(f"coursekit.making.{domain}").tables(made)
        if twice := found.keys() & made.tables.keys():
            raise ValueError(f"{domain}: {sorted(twice)}")
        made.tables.update(found)
    return made
