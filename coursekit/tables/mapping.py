"""Which header became which column, which word which stage; as TOML, to confirm or to fill."""

import dataclasses
import hashlib
import json
import pathlib
import re

from coursekit import terms, toml
from coursekit.errors import InputError
from coursekit.tables import dates
from coursekit.tables import schema as schemas

_SECTIONS = ("sheet", "columns", "values", "missing", "stages", "dates", "join")


@dataclasses.dataclass(frozen=True)
class Join:
    """A second file that fills empty cells.

    Attributes
    ----------
    file : str
        As written in the map; looked up beside the map, then beside the data.
    key : dict of str to str
        One entry: our column -> header in the second file.
    fields : dict of str to str
        Our column -> header in the second file.
    """

    file: str
    key: dict
    fields: dict


@dataclasses.dataclass(frozen=True)
class Mapping:
    """How a file is read, or was read.

    Attributes
    ----------
    columns : dict of str to str
        Code -> header. In a map, ``""`` says that the file has no such column.
    values : dict of str to dict
        Code -> {value of the file: value that is meant}.
    missing : dict of str to tuple
        Code -> words that mean "nothing here", beside those of the schema.
    stages : dict of str to (str or None)
        Word of the file -> stage code; None where it matched nothing.
    dates : dict of str to str
        Code -> ``"dmy"``, ``"mdy"`` or ``"ymd"``, where a column does not tell.
    join : Join or None
    sheet : str
    headers : tuple of str
        All headers of the file, from left to right.
    unused : tuple of str
        Headers that became no column.
    rivals : dict of str to tuple
        Code -> further headers that could have been it.
    alike_columns, alike_stages : tuple of str
        Codes and words that were matched by likeness only.
    unmatched_stages : dict of str to int
        Word -> number of deals that have it.
    path : pathlib.Path or None
        The map file that it was read from.
    """

    columns: dict = dataclasses.field(default_factory=dict)
    values: dict = dataclasses.field(default_factory=dict)
    missing: dict = dataclasses.field(default_factory=dict)
    stages: dict = dataclasses.field(default_factory=dict)
    dates: dict = dataclasses.field(default_factory=dict)
    join: Join | None = None
    sheet: str = ""
    headers: tuple = ()
    unused: tuple = ()
    rivals: dict = dataclasses.field(default_factory=dict)
    alike_columns: tuple = ()
    alike_stages: tuple = ()
    unmatched_stages: dict = dataclasses.field(default_factory=dict)
    path: pathlib.Path | None = None

    @property
    def fingerprint(self):
        """Digest of the headers: files of one export have the same."""
        return fingerprint(self.headers)

    def code(self, header):
        """Code of the column that a header became, or None."""
        return next((code for code, name in self.columns.items() if name == header), None)

    def to_toml(self, lang="zh"):
        """A map file that reads the same file the same way, with what is open ready to fill."""
        return "\n".join(_written(self, lang)) + "\n"


def fingerprint(headers):
    """Digest of header texts, 16 hexadecimal digits; order and case count."""
    return hashlib.sha256("\x1f".join(headers).encode("utf-8")).hexdigest()[:16]


def load(path, schema=None):
    """A map file.

    Parameters
    ----------
    path : str or path-like
    schema : Schema, optional
        Its columns are the codes that may stand in the map; without one any name may.

    Returns
    -------
    Mapping

    Raises
    ------
    InputError
        The file is absent or no TOML, or something in it does not exist; the line is named.
    """
    path = pathlib.Path(path)
    if not path.is_file():
        raise InputError("tables.no_map", file=path.name)
    source = toml.read(path)
    for section in source:
        if section not in _SECTIONS:
            _fail(path, "map_section", section, None, known=", ".join(_SECTIONS))
    read = _Reader(path, source, schema)
    return Mapping(
        columns=read.section("columns", str, "map_text"),
        values=read.section("values", dict, "map_pairs"),
        missing=read.words(),
        stages=read.stages(),
        dates=read.orders(),
        join=read.join(),
        sheet=read.sheet(),
        path=path,
    )


@dataclasses.dataclass(frozen=True)
class _Reader:
    path: pathlib.Path
    source: dict
    schema: schemas.Schema | None

    def table(self, name):
        table = self.source.get(name, {})
        if not isinstance(table, dict):
            _fail(self.path, "map_no_table", name, None)
        return table

    def section(self, name, kind, code):
        table = self.table(name)
        for key, value in table.items():
            self.known(name, key)
            if not isinstance(value, kind):
                _fail(self.path, code, key, name)
        if kind is dict:
            return {key: {str(k): str(v) for k, v in value.items()} for key, value in table.items()}
        return table

    def known(self, section, key, at=None):
        if self.schema and key not in self.schema.columns:
            known = ", ".join(self.schema.columns)
            _fail(self.path, "map_column", key, section, at=at, known=known)

    def words(self):
        table = self.section("missing", (list, str), "map_words")
        return {
            key: (value,) if isinstance(value, str) else tuple(map(str, value))
            for key, value in table.items()
        }

    def stages(self):
        codes = tuple(schemas.stage_names())
        for word, code in self.table("stages").items():
            if code not in ("", *codes):
                _fail(self.path, "map_stage", word, "stages", value=code, known=", ".join(codes))
        return {word: code or None for word, code in self.table("stages").items()}

    def orders(self):
        table = self.section("dates", str, "map_order")
        for key, value in table.items():
            if value not in dates.ORDERS:
                _fail(self.path, "map_order", key, "dates")
        return table

    def sheet(self):
        name = self.source.get("sheet", "")
        if not isinstance(name, str):
            _fail(self.path, "map_text", "sheet", None)
        return name

    def join(self):
        table = self.table("join")
        if not table:
            return None
        for name in ("file", "key", "fields"):
            if not table.get(name):
                _fail(self.path, "map_join", name, "join")
        key, fields = table["key"], table["fields"]
        key = {key: key} if isinstance(key, str) else key
        fits = isinstance(table["file"], str) and isinstance(key, dict) and len(key) == 1
        if not fits or not isinstance(fields, dict):
            _fail(self.path, "map_join", "join", "join")
        for at, names in (("key", key), ("fields", fields)):
            for code, header in names.items():
                self.known("join", code, at)
                if not isinstance(header, str):
                    _fail(self.path, "map_text", code, "join", at=at)
        return Join(table["file"], dict(key), dict(fields))


def _fail(path, code, key, section, *, at=None, **values):
    line = toml.line_of(path, at or key, section)
    raise InputError(f"tables.{code}", file=path.name, line=line, key=key, **values)


def _written(mapping, lang):
    if mapping.sheet:
        yield f"sheet = {_quoted(mapping.sheet)}"
    yield from _comment("map_says_columns", lang)
    yield "[columns]"
    for code, header in mapping.columns.items():
        yield f"{_key(code)} = {_quoted(header)}" + _doubt(mapping, code, lang)
    if mapping.unused:
        yield from _comment("map_says_unused", lang, found=", ".join(mapping.unused))
    for title, table in (("values", mapping.values), ("missing", mapping.missing)):
        if table:
            yield f"\n[{title}]"
        for key, content in table.items():
            yield f"{_key(key)} = {_inline(content)}"
    if mapping.dates:
        yield "\n[dates]"
    for code, order in mapping.dates.items():
        yield f"{_key(code)} = {_quoted(order)}"
    if mapping.stages:
        yield ""
        yield from _comment("map_says_stages", lang, known=" ".join(schemas.stage_names()))
        yield "[stages]"
    for word, code in mapping.stages.items():
        line = f"{_key(word)} = {_quoted(code or '')}"
        if word in mapping.unmatched_stages:
            n = mapping.unmatched_stages[word]
            line += "  " + "".join(_comment("map_says_open", lang, n=n))
        elif word in mapping.alike_stages:
            line += "  " + "".join(_comment("map_says_alike", lang))
        yield line
    if mapping.join:
        yield "\n[join]"
        yield f"file = {_quoted(mapping.join.file)}"
        yield f"key = {_inline(mapping.join.key)}"
        yield f"fields = {_inline(mapping.join.fields)}"


def _doubt(mapping, code, lang):
    if code in mapping.rivals:
        found = ", ".join(mapping.rivals[code])
        return "  " + "".join(_comment("map_says_rivals", lang, found=found))
    if code in mapping.alike_columns:
        return "  " + "".join(_comment("map_says_alike", lang))
    return ""


def _comment(code, lang, **values):
    words = " ".join(terms.say(f"tables.{code}", lang, **values).split())
    yield "# " + re.sub(r"[\x00-\x1f\x7f]", "", words)


def _key(words):
    return words if re.fullmatch(r"[A-Za-z0-9_-]+", words) else _quoted(words)


def _quoted(words):
    # a JSON string is a TOML string, but for the one control character that JSON lets through
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(content):
    if isinstance(content, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_quoted(v)}" for k, v in content.items()) + " }"
    return "[" + ", ".join(map(_quoted, content)) + "]"
