"""Delete what is known of customers from a check-up's folder, keep its figures."""

import json
import pathlib

from coursekit.errors import InputError
from coursekit.reporting.store import MANIFEST, Store, as_json

# what a deal keeps: codes of the kit and days, beside all numbers
_KEPT = ("stage", "effective", "reason", "why", "next_step_date")


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
    kept = []
    for name in store.names():
        if not _has_figures_only(name):
            continue
        try:
            path = store.path(name)
            if not path.is_file() or path.is_symlink():
                continue
            if name.startswith("history/"):
                facts = json.loads(path.read_text("utf-8"))
                store.write(name, as_json({**redacted(facts), "forgotten": True}, indent=1))
        except (InputError, OSError, ValueError):
            continue  # not what the kit wrote: it goes with the rest
        kept.append(name)
    deleted = store.remove(set(store.names()) - set(kept))
    return {"deleted": deleted, "kept": kept}


def _has_figures_only(name):
    return (
        name in ("team.csv", "map.toml")
        or name.startswith("maps/")
        or (name.startswith("history/") and name.endswith("/facts.json"))
    )


def redacted(value):
    """Facts without customers, ids and texts of deals; figures, codes and days stay."""
    if isinstance(value, list):
        return [redacted(item) for item in value]
    if not isinstance(value, dict):
        return value
    deal = "customer" in value
    return {
        key: None if deal and isinstance(item, str) and key not in _KEPT else redacted(item)
        for key, item in value.items()
    }
