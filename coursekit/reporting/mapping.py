"""How a file is to be read: the map that was given, or confirmed before; asked where in doubt."""

import dataclasses
import json

from coursekit import checkup, tables
from coursekit.errors import InputError
from coursekit.reporting.store import as_json

TO_FILL = "map.toml"


class Stopped(Exception):
    """The check-up stopped before any page, in doubt about how the file was read."""


@dataclasses.dataclass(frozen=True)
class Reading:
    """A file as it was read.

    Attributes
    ----------
    table : tables.Table
    given : bool
        The map was given this time.
    confirmed : frozenset of (str, str)
        Doubts, code and rule, that somebody has confirmed for a file of these headers.
    """

    table: tables.Table
    given: bool
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
        _write_to_fill(tables.draft(file, deals, given or known), store, lang)
        to_fill = str(store.path(TO_FILL))
        raise InputError("cli.no_stages", map=to_fill, **error.values) from None
    return Reading(table, bool(given), _confirmed(store, table.mapping))


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
    _write_to_fill(mapping, store, lang)
    if mapping.unmatched_stages:
        words = ("、" if lang == "zh" else ", ").join(mapping.unmatched_stages)
        tell("cli.unmatched", words=words, file=store.path(TO_FILL))
    if fresh:
        _show(mapping, [d for d in doubts if (d["code"], d["rule"]) in fresh], tell)
        if not confirm():
            raise Stopped
    if fresh or reading.given:
        kept, put_aside = names(mapping)
        store.claim((kept, put_aside))
        store.write(kept, mapping.to_toml(lang).encode("utf-8"))
        store.write(put_aside, as_json(sorted(pairs | reading.confirmed)))


def _write_to_fill(mapping, store, lang):
    """A map file ready to fill; one that is there already may be filled and stays."""
    if not store.path(TO_FILL).exists():
        store.claim([TO_FILL])
        store.write(TO_FILL, mapping.to_toml(lang).encode("utf-8"))


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
