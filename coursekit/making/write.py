"""Tables of the case as files: CSV that a spreadsheet opens right, and a data package over them."""

import csv
import datetime
import json


def write(world, folder):
    """Write every table of a world and ``datapackage.json``.

    Parameters
    ----------
    world : coursekit.making.World
    folder : pathlib.Path
        Made where it is absent.

    Raises
    ------
    ValueError
        Rows of one table have different columns.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, rows in sorted(world.tables.items()):
        columns = list(rows[0])
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            for row in rows:
                if list(row) != columns:
                    raise ValueError(f"{name}: {sorted(set(row) ^ set(columns))}")
                out.writerow([cell(value) for value in row.values()])
        fields = [{"name": c, "type": kind(row[c] for row in rows)} for c in columns]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    zh, en = world.skin["company"]["name"]
    package = {
        "name": f"running-case-{world.name}",
        "title": f"{zh} / {en}",
        "profile": "tabular-data-package",
        "description": "Made up: no firm or person is meant. 全是编的，不指任何真实企业和个人。",
        "created": f"{world.today}T00:00:00Z",
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def cell(value):
    """One value as text: unknown is empty, yes and no are 1 and 0, no needless decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(round(value, 4))
    return str(value)


def kind(values):
    """Type of a column for the data package."""
    types = {type(value) for value in values if value is not None}
    if types and types <= {int, bool}:
        return "integer"
    if types and types <= {int, float, bool}:
        return "number"
    return "date" if types == {datetime.date} else "string"
