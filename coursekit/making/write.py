"""Tables of the case as files: CSV that a spreadsheet opens right, and a data package over them."""

import csv
import json

from coursekit.making import raw
from coursekit.making.package import package


def write(world, folder):
    """Write every table of a world, ``datapackage.json``, and ``raw``: exports with dirt.

    Parameters
    ----------
    world : coursekit.making.World
    folder : pathlib.Path
        Made where it is absent.

    Raises
    ------
    ValueError
        Rows of one table have different columns, or ``fields.toml`` does not describe them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sorted(world.tables.items()):
        columns = list(rows[0])
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            for row in rows:
                if row.keys() != set(columns):
                    raise ValueError(f"{name}: {sorted(row.keys() ^ set(columns))}")
                out.writerow([cell(row[column]) for column in columns])
    text = json.dumps(package(world), ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
    raw.write(world, folder / "raw")


def cell(value):
    """One value as text: unknown is empty, yes and no are 1 and 0, no needless decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(round(value, 4))
    return str(value)
