"""How a file is to be read: the map that was given, or confirmed before; asked where in doubt."""

import dataclasses
import itertools
import json
import pathlib
import tomllib

from coursekit import checkup, tables
from coursekit.errors import InputError
from coursekit.reporting.store import as_json

TO_FILL = "map.toml"


class Stopped(Exception):
    """The check-up stopped before any page, in doubt about how the file was read.

    Attributes
    ----------
    file : pathlib.Path
        The map to correct.
    """

    def __init__(self, file):
        super().__init__(str(file))
        self.file = file


@dataclasses.dataclass(frozen=True)
class Reading:
    """A file as it was read.

    Attributes
    ----------
    table : tables.Table
    given : pathlib.Path or None
        The map that was given this time.
    confirmed : frozenset of (str, str)
        Doubts, code and rule, that somebody has confirmed for a file of these headers.
    """

    table: tables.Table
    given: pathlib.Path | None
    confirmed: frozenset


def read(file, store, *, given=None, by="owner", lang="zh"):
    """Read the deals of a file.

    Parameters
    ----------
    file : pathlib.Path
    store : Store
    given : pathlib.Path, optional
        A map file; without one the map confirmed for a file of the same headers is used.
    by : str
        A column code or a header of the file.
    lang : {"zh", "en"}
        Of the map to fill that is written where no column has the stages.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        The file cannot be used.
    """
    deals = tables.schema.load("deals")
    kept = store.path(f"maps/{tables.fingerprint(file, deals, given)}.toml")
    known = kept if kept.is_file() else None
    also = [] if by in deals.columns else [by]
    try:
        table = tables.read(file, deals, given or known, also=also)
    except InputError as error:
        if error.code != "tables.no_stages":
            raise
        to_fill = _write_to_fill(tables.draft(file, deals, given or known), store, lang, given)
        raise InputError("cli.no_stages", map=str(to_fill), **error.values) from None
    return Reading(table, given, _confirmed(store, table.mapping))


def names(mapping):
    """Where the map confirmed for files of these headers is kept, and the doubts put aside."""
    return f"maps/{mapping.fingerprint}.toml", f"maps/{mapping.fingerprint}.json"


def _confirmed(store, mapping):
    try:
        pairs = json.loads(store.path(names(mapping)[1]).read_text("utf-8"))
        return frozenset((str(code), str(rule)) for code, rule in pairs)
    except (OSError, ValueError, TypeError):
        return frozenset()


def settle(reading, facts, store, lang, tell, confirm):
    """Write a map to fill or correct, ask where in doubt, keep what was confirmed.

    Parameters
    ----------
    reading : Reading
    facts : dict
    store : Store
    lang : {"zh", "en"}
    tell, confirm : callable
        See `coursekit.reporting.run.run`.

    Raises
    ------
    Stopped
        In doubt and not confirmed.
    """
    mapping, doubts = reading.table.mapping, checkup.doubtful(facts)
    pairs = {(doubt["code"], doubt["rule"]) for doubt in doubts}
    fresh = pairs - reading.confirmed
    to_fill = _write_to_fill(mapping, store, lang, reading.given)
    if to_fill not in (store.path(TO_FILL), reading.given):
        tell("cli.map_beside", kept=store.path(TO_FILL), file=to_fill)
    if mapping.unmatched_stages:
        words = ("、" if lang == "zh" else ", ").join(mapping.unmatched_stages)
        tell("cli.unmatched", words=words, file=to_fill)
    if fresh:
        _show(mapping, [d for d in doubts if (d["code"], d["rule"]) in fresh], tell)
        if not confirm():
            raise Stopped(to_fill)
    if fresh or reading.given:
        kept, put_aside = names(mapping)
        store.claim((kept, put_aside))
        store.write(kept, mapping.to_toml(lang).encode("utf-8"))
        store.write(put_aside, as_json(sorted(pairs | reading.confirmed)))


def _write_to_fill(mapping, store, lang, given):
    """Where the map to fill or correct is: one that a person has changed stays as it is.

    Then the map is written beside it, unless the changed one says the same or is the one given.
    """
    text = mapping.to_toml(lang)
    for name in _places():
        path = store.path(name)
        if store.as_written(name):
            store.write_to_edit(name, text.encode("utf-8"))
            return path
        if (given and path.exists() and path.samefile(given)) or _says(path) == tomllib.loads(text):
            return path


def _places():
    yield TO_FILL
    for number in itertools.count(2):
        yield f"map-{number}.toml"


def _says(path):
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None


def _show(mapping, doubts, tell):
    """What was read as what, then why that is in doubt."""
    tell("cli.read_as")
    for code, header in mapping.columns.items():
        tell("cli.column_as", header=header, column=f"tables.column_{code}")
    for word, code in mapping.stages.items():
        tell("cli.stage_as", word=word, stage=f"stage.{code or 'unknown'}")
    if mapping.unused:
        tell("cli.unused", headers=" | ".join(mapping.unused))
    tell("cli.odd")
    for doubt in doubts:
        values = {key: doubt.get(key) for key in ("name", "n", "share")}
        tell(f"doubt.{doubt['code']}", rule=f"rule.{doubt['rule']}", **values)
