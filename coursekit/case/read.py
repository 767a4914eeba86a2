"""One table of the case: quickly as shipped, cell by cell where somebody may have edited it."""

import dataclasses
import datetime
import functools
import json
import pathlib

import pandas as pd

from coursekit.errors import InputError
from coursekit.tables import columns as kinds
from coursekit.tables import dates, numbers, plaintext
from coursekit.terms import LANGS

DESCRIPTOR = "datapackage.json"
_ENDINGS = tuple(f"_{lang}" for lang in LANGS)
_CALLED = {"deal": "deal_id"}  # as the methods call it
_SHOWN = 40  # characters of a cell that a sentence quotes


def package(folder):
    """The descriptor of a folder: ``company``, ``today``, ``resources``.

    Raises
    ------
    InputError
        It is none that the kit wrote.
    """
    path = folder / DESCRIPTOR
    try:
        about = json.loads(path.read_text("utf-8-sig"))
        datetime.date.fromisoformat(about["today"])
        ok = all(isinstance(about["company"][lang], str) for lang in LANGS)
        ok = ok and isinstance(about["resources"], list)
    except (OSError, ValueError, KeyError, TypeError):
        ok = False
    if not ok:
        raise InputError("case.no_package", file=str(path.name), folder=str(folder))
    return about


def links(resource):
    """Column -> table whose key stands in it."""
    keys = resource["schema"].get("foreignKeys", ())
    return {key["fields"]: key["reference"]["resource"] for key in keys}


def _names(fields, lang):
    """Column of the file -> column of the frame, without the texts of the other language."""
    columns = [field["name"] for field in fields]
    if lang is None:
        return {column: _CALLED.get(column, column) for column in columns}
    codes = {column for column in columns if not column.endswith(_ENDINGS)}
    names = {}
    for column in columns:
        if not column.endswith(_ENDINGS):
            names[column] = _CALLED.get(column, column)
        elif column.endswith(f"_{lang}"):
            stem = column[: -len(lang) - 1]
            names[column] = f"{stem}_name" if stem in codes else stem
    return names


def fast(folder, resource, lang):
    """A table that is known to be as the kit wrote it."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    names = _names(fields.values(), lang)
    types = {column: _dtype(fields[column]) for column in names}
    frame = pd.read_csv(
        folder / resource["path"],
        encoding="utf-8-sig",
        usecols=list(names),
        dtype={column: dtype for column, dtype in types.items() if dtype},
        parse_dates=[column for column, dtype in types.items() if not dtype],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=[""],
    )
    days = [column for column, dtype in types.items() if not dtype]
    frame[days] = frame[days].astype("datetime64[us]")
    return frame.rename(columns=names)


def _dtype(field):
    required = field.get("constraints", {}).get("required", False)
    if field["type"] == "date":
        return None
    if field["type"] == "integer":
        return "int64" if required else "float64"
    return {"number": "float64"}.get(field["type"], "str")


@dataclasses.dataclass(frozen=True)
class _Sheet:
    """The cells of a file as text, stripped; a blank one is None."""

    path: pathlib.Path
    rows: list  # row of the file, as its reader counts, of each place in a column
    cells: dict

    @classmethod
    def read(cls, path, columns):
        try:
            found = plaintext.grid(path.read_bytes()).rows
        except FileNotFoundError:
            raise InputError("case.no_table", file=path.name) from None
        except InputError as error:
            values = {"file": path.name, **error.values}
            raise InputError(error.code, error.rows, **values) from None
        header = [cell.strip() for cell in found[0]]
        if absent := [column for column in columns if column not in header]:
            raise InputError("case.no_column", file=path.name, column=", ".join(absent))
        body = [(n, row) for n, row in enumerate(found[1:], 2) if any(c.strip() for c in row)]
        places = {column: header.index(column) for column in columns}
        return cls(
            path,
            [n for n, _ in body],
            {
                column: [row[at].strip() or None if at < len(row) else None for _, row in body]
                for column, at in places.items()
            },
        )

    def refuse(self, column, is_wrong, code, limit="", blank=False):
        """Raise for the first cell that is wrong; blank ones are right unless `blank`."""
        for row, cell in zip(self.rows, self.cells[column], strict=True):
            if (cell is not None or blank) and is_wrong(cell):
                value = (cell or "")[:_SHOWN]
                about = {"file": self.path.name, "row": row, "column": column, "value": value}
                raise InputError(f"case.not_{code}", (row,), **about, limit=limit)

    def refuse_twice(self, columns):
        """Raise where a key stands a second time."""
        seen = {}
        keys = zip(*(self.cells[column] for column in columns), strict=True)
        for row, key in zip(self.rows, keys, strict=True):
            if key in seen:
                about = {"file": self.path.name, "row": row, "column": ", ".join(columns)}
                about |= {"value": " ".join(map(str, key))[:_SHOWN], "first": seen[key]}
                raise InputError("case.twice", (seen[key], row), **about)
            seen[key] = row


def checked(folder, resource, lang, keys):
    """A table that may have been edited: read as forgivingly as any export, every cell checked.

    Parameters
    ----------
    folder : pathlib.Path
    resource : dict
        What the table has to be, from the kit's own descriptor.
    lang : {"zh", "en"} or None
    keys : callable
        ``keys(table) -> set`` of the keys that another table has.

    Raises
    ------
    InputError
        File, row and column of the first cell that cannot be used.
    """
    schema = resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    sheet = _Sheet.read(folder / resource["path"], list(fields))
    values = {name: _values(sheet, field) for name, field in fields.items()}
    for column, table in links(resource).items():
        known = keys(table)
        sheet.refuse(column, lambda cell, known=known: cell not in known, "link", table)
    if key := schema.get("primaryKey"):
        sheet.refuse_twice([key] if isinstance(key, str) else key)
    frame = pd.DataFrame({name: _series(field, values[name]) for name, field in fields.items()})
    names = _names(fields.values(), lang)
    return frame[list(names)].rename(columns=names)


def keys(folder, resource):
    """All keys of a table, as text."""
    key = resource["schema"]["primaryKey"]
    return set(_Sheet.read(folder / resource["path"], [key]).cells[key])


def _values(sheet, field):
    """The values of a column; wrong cells are refused with their row."""
    cells, type_ = sheet.cells[field["name"]], field["type"]
    limits = field.get("constraints", {})
    refuse = functools.partial(sheet.refuse, field["name"])
    if limits.get("required"):
        refuse(lambda cell: cell is None, "there", blank=True)
    written = [cell for cell in cells if cell is not None]
    if type_ == "date":
        values = dates.parse(cells, dates.order(written) or "").values
    elif type_ in ("number", "integer"):
        values = numbers.parse(cells, mark=numbers.decimal_mark(written)).values
    else:
        values = cells
    read = dict(zip(cells, values, strict=True))
    refuse(lambda cell: read[cell] is None, type_)
    if type_ == "integer":
        refuse(lambda cell: read[cell] != int(read[cell]), type_)
    if known := limits.get("enum"):
        refuse(lambda cell: cell not in known, "known", " / ".join(known))
    if "minimum" in limits:
        refuse(lambda cell: read[cell] < limits["minimum"], "least", limits["minimum"])
    if "maximum" in limits:
        refuse(lambda cell: read[cell] > limits["maximum"], "most", limits["maximum"])
    return values


def _series(field, values):
    dtype = _dtype(field)
    if dtype is None:
        return kinds.series("date", values, None)
    if dtype == "str":
        return kinds.series("text", values, None)
    return kinds.series("number", values, None).astype(dtype)
