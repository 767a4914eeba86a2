"""One table of the case: quickly as shipped, cell by cell where somebody may have edited it."""

import dataclasses
import datetime
import functools
import json
import pathlib

import pandas as pd

from coursekit.errors import InputError
from coursekit.tables import columns as kinds_of
from coursekit.tables import dates, numbers, plaintext
from coursekit.terms import LANGS

DESCRIPTOR = "datapackage.json"
_ENDINGS = tuple(f"_{lang}" for lang in LANGS)
_CALLED = {"deal": "deal_id"}  # as the methods call it
_FORMS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%d %H:%M"}
_NUMBERS = ("number", "integer", "boolean")
_TEXT = pd.Series(["text"]).dtype  # pandas 3 has a str dtype, pandas 2 keeps text as object
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


def key(resource):
    """The key column of a table as the frame calls it; empty where it has none, or several."""
    column = resource["schema"].get("primaryKey", "")
    return _CALLED.get(column, column) if isinstance(column, str) else ""


def links(resource):
    """Column of the frame -> table whose key stands in it."""
    return {_CALLED.get(column, column): table for column, table in _links(resource).items()}


def _links(resource):
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
    kinds = {column: fields[column]["type"] for column in names}
    days = {column: kind for column, kind in kinds.items() if kind in _FORMS}
    frame = pd.read_csv(
        folder / resource["path"],
        encoding="utf-8-sig",
        usecols=list(names),
        dtype={c: "float64" if kinds[c] in _NUMBERS else "str" for c in kinds if c not in days},
        parse_dates=list(days),
        date_format={column: _FORMS[kind] for column, kind in days.items()},
        keep_default_na=False,
        na_values=[""],
    )
    typed = {column: _dtype(fields[column]) for column in names}
    return frame.astype(typed).rename(columns=names)


def _dtype(field):
    """What a column is in the frame; a number that may be missing is float."""
    required = field.get("constraints", {}).get("required", False)
    whole = {"integer": "int64", "boolean": "bool"}.get(field["type"], "float64")
    if field["type"] in _FORMS:
        return "datetime64[us]"
    if field["type"] in _NUMBERS:
        return whole if required else "float64"
    return _TEXT


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


def checked(folder, resource, lang, known):
    """A table that may have been edited: read as forgivingly as any export, every cell checked.

    Parameters
    ----------
    folder : pathlib.Path
    resource : dict
        What the table has to be, from the kit's own descriptor.
    lang : {"zh", "en"} or None
    known : callable
        ``known(table) -> set`` of the keys that another table has.

    Raises
    ------
    InputError
        File, row and column of the first cell that cannot be used.
    """
    schema = resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    sheet = _Sheet.read(folder / resource["path"], list(fields))
    values = {name: _values(sheet, field) for name, field in fields.items()}
    for column, table in _links(resource).items():
        there = known(table)
        sheet.refuse(column, lambda cell, there=there: cell not in there, "link", table)
    if unique := schema.get("primaryKey"):
        sheet.refuse_twice([unique] if isinstance(unique, str) else unique)
    frame = pd.DataFrame({name: _series(field, values[name]) for name, field in fields.items()})
    names = _names(fields.values(), lang)
    return frame[list(names)].rename(columns=names)


def known(folder, resource):
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
    elif type_ == "datetime":
        values = [cell and _moment(cell) for cell in cells]
    elif type_ in _NUMBERS:
        values = numbers.parse(cells, mark=numbers.decimal_mark(written)).values
    else:
        values = cells
    read = dict(zip(cells, values, strict=True))
    refuse(lambda cell: read[cell] is None, type_)
    if type_ == "integer":
        refuse(lambda cell: read[cell] != int(read[cell]), type_)
    if type_ == "boolean":
        refuse(lambda cell: read[cell] not in (0, 1), type_)
    if known := limits.get("enum"):
        refuse(lambda cell: cell not in known, "known", " / ".join(known))
    if "minimum" in limits:
        refuse(lambda cell: read[cell] < limits["minimum"], "least", limits["minimum"])
    if "maximum" in limits:
        refuse(lambda cell: read[cell] > limits["maximum"], "most", limits["maximum"])
    return values


def _moment(text):
    """A day with its time, None where it is none."""
    moment = pd.to_datetime(text.replace("/", "-"), errors="coerce")
    return None if moment is pd.NaT else moment.to_pydatetime()


def _series(field, values):
    dtype = _dtype(field)
    if dtype == "datetime64[us]":
        return pd.Series(pd.to_datetime(values), dtype=dtype)
    kind = "number" if field["type"] in _NUMBERS else "text"
    return kinds_of.series(kind, values, None).astype(dtype)
