"""Delete what is known of customers from a check-up's folder, keep its figures."""

import json
import pathlib
import re

from coursekit.errors import InputError
from coursekit.reporting.store import MANIFEST, Store, as_json

# what a deal keeps: codes of the kit and days, beside all numbers
_KEPT = (
    *("stage", "effective", "reason", "why", "note", "before", "after"),
    *("next_step_date", "expected_close"),
)


def forget(folder):
    """Delete tables, pages and notebooks; take customers and texts out of the figures.

    Parameters
    ----------
    folder : str or path
        What ``coursekit checkup`` wrote to. Only files of its manifest are touched.

    Returns
    -------
    dict
        ``deleted`` and ``kept``: sorted names inside the folder.

    Raises
    ------
    InputError
        Not such a folder.
    """
    store = Store(folder)
    if not (pathlib.Path(folder) / MANIFEST).is_file():
        raise InputError("cli.no_checkup", folder=str(folder))
    kept, people_only = [], True
    for name in store.names():
        if not _has_figures_only(name):
            continue
        try:
            path = store.path(name)
            if not path.is_file() or path.is_symlink():
                continue
            if name.startswith("history/"):
                facts = json.loads(path.read_text("utf-8"))
                customers = frozenset(_customers(facts))
                people_only &= customers.isdisjoint(_names(facts))
                left = redacted(facts, customers)
                store.write(name, as_json({**left, "remarks": [], "forgotten": True}))
        except (InputError, OSError, ValueError):
            continue  # not what the kit wrote: it goes with the rest
        kept.append(name)
    if not people_only:  # the pages were one per customer
        kept = [name for name in kept if name != "team.csv"]
    deleted = store.remove(set(store.names()) - set(kept))
    return {"deleted": deleted, "kept": kept}


def _has_figures_only(name):
    return (
        name == "team.csv"
        or re.fullmatch(r"map(-\d+)?\.toml", name)
        or name.startswith("maps/")
        or (name.startswith("history/") and name.endswith("/facts.json"))
    )


def _customers(value):
    """Every customer named in facts."""
    if isinstance(value, dict):
        if isinstance(value.get("customer"), str):
            yield value["customer"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _customers(item)


def _names(facts):
    return [owner.get("name") for owner in facts.get("owners", ())]


def redacted(value, customers=frozenset()):
    """Facts without customers, ids and texts of deals; figures, codes and days stay."""
    if isinstance(value, list):
        return [redacted(item, customers) for item in value]
    if isinstance(value, str):
        return None if value in customers else value
    if not isinstance(value, dict):
        return value
    deal = "customer" in value
    return {
        key: None
        if deal and isinstance(item, str) and key not in _KEPT
        else redacted(item, customers)
        for key, item in value.items()
    }
