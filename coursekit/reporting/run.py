"""One check-up from a file to its pages: read, compute, stop where in doubt, keep, draw."""

import contextlib
import dataclasses
import datetime
import pathlib

import filelock
import pandas as pd

from coursekit import checkup, funnel, tables, terms
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.reporting import batch, mapping
from coursekit.reporting.facts import remarks
from coursekit.reporting.index import as_csv
from coursekit.reporting.store import Store, as_json

_LOCK = ".coursekit-lock"


@dataclasses.dataclass(frozen=True)
class Request:
    """What was asked for; see ``coursekit checkup --help``.

    Attributes
    ----------
    file, out : pathlib.Path
    today : datetime.date
    lang : {"zh", "en"}
    by : str
        A column code or a header of the file.
    map, history : pathlib.Path or None
    target : float or None
    strict, pages : bool
        `pages` False computes only.
    """

    file: pathlib.Path
    out: pathlib.Path
    today: datetime.date
    lang: str = "zh"
    by: str = "owner"
    map: pathlib.Path | None = None
    history: pathlib.Path | None = None
    target: float | None = None
    strict: bool = False
    pages: bool = True


@dataclasses.dataclass(frozen=True)
class Done:
    """A check-up that came to its end.

    Attributes
    ----------
    facts : dict
        From ``checkup.facts``.
    json : bytes
        The same as they were kept.
    failures : tuple of Failure
        Pages that could not be drawn.
    """

    facts: dict
    json: bytes
    failures: tuple


def run(request, tell, confirm):
    """Run a check-up.

    Parameters
    ----------
    request : Request
    tell : callable
        ``tell(code, **values)`` says a sentence of the glossary to whoever started it.
    confirm : callable
        Asked in doubt; True goes on.

    Returns
    -------
    Done

    Raises
    ------
    InputError
        A file cannot be used, or the folder is another's.
    coursekit.reporting.mapping.Stopped
        In doubt and not confirmed; nothing was written but a map file to fill.
    """
    store = Store(request.out)
    store.check(batch.ALWAYS if request.pages else ())  # before a map to fill may be written
    course = Course.find()
    ladder = course.ladder()
    reading = mapping.read(request.file, store, given=request.map, by=request.by, lang=request.lang)
    if reading.table.frame.empty:
        raise InputError("cli.no_rows", file=request.file.name)
    facts = _facts(request, reading.table, ladder, store.previous(request.today))
    made = batch.pages(facts, request.lang, course.brand) if request.pages else []
    pages = batch.names(made) if request.pages else ()
    # all at once and before the folder is touched: one that is another's stays as it is
    store.check({*_kept(request), *mapping.names(reading.table.mapping), *pages})
    with _alone(request.out):
        mapping.settle(reading, facts, store, request.lang, tell, confirm)
        text = as_json(facts)
        _keep(request, store, reading.table, text, ladder)
        failures = []
        if request.pages:
            failures = batch.write(store, facts, request.lang, made, course.brand)
    return Done(facts, text, tuple(failures))


def _facts(request, table, ladder, previous):
    history = tables.read(request.history, "stage_history") if request.history else None
    facts = checkup.facts(
        table,
        ladder,
        request.today,
        by=request.by,
        target=request.target,
        strict=request.strict,
        history=history,
        previous=previous,
        file=request.file.name,
    )
    return {**facts, "remarks": remarks(table)}


@contextlib.contextmanager
def _alone(folder):
    """The folder to ourselves: two check-ups at once would delete each other's pages."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise InputError("cli.busy", folder=str(folder)) from None
    try:
        yield
    finally:
        lock.release()


def _kept(request):
    folder = f"history/{request.today.isoformat()}"
    return tuple(f"{folder}/{name}" for name in ("deals.csv", "notes.csv", "facts.json"))


def _keep(request, store, table, text, ladder):
    """The checked table, what was left out or noted, and the figures of the day."""
    names = _kept(request)
    store.claim(names)
    store.write(names[0], as_csv(_checked(request, table, ladder)))
    store.write(names[1], as_csv(_remarks(table, request.lang)))
    store.write(names[2], text)


def _checked(request, table, ladder):
    """Every deal that counted, by row of the file, with what the rules make of it."""
    review = funnel.review(table.frame, request.today, ladder, request.strict)
    checked = pd.concat([table.frame, review], axis=1)
    days = checked.select_dtypes("datetime").columns
    checked[days] = checked[days].apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    yield ["row", *checked.columns]
    yield from checked.itertuples(name=None)


def _remarks(table, lang):
    """Rows left out and cells to look at, as sentences, in the order of the file."""
    yield [terms.term(f"checkup.csv_{code}", lang) for code in ("row", "column", "remark")]
    for note in sorted((*table.dropped, *table.notes), key=lambda note: note.row or 0):
        yield [note.row, getattr(note, "column", ""), note.sentence(lang)]
