"""The journal: what was issued and answered, one JSON line per event, never rewritten.

A line is on disk before anything is made of it. Several windows and processes may write at once.
Every line carries the hash of the one before it and of itself: that finds accidents and naive
edits, and no more; who knows the kit can write a journal that checks.
"""

import contextlib
import dataclasses
import datetime
import errno
import hashlib
import json
import os
import pathlib
import re
import secrets
import uuid

import filelock

import coursekit
from coursekit.errors import InputError

FILE = "journal.jsonl"
TORN = "journal.torn.txt"
EVENTS = ("issued", "guess", "hint", "turn", "attempt", "named")
WAIT_SECONDS = 10
_TRAINEE = "trainee.json"
_LOCK = "journal.lock"
_START = "0" * 16
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something odd in a journal: a code of the glossary, the line (from 1) and values."""

    code: str
    line: int
    values: dict = dataclasses.field(default_factory=dict)


class Journal:
    """The journal of one folder.

    Parameters
    ----------
    folder : path
        Made with the first event.
    now : callable, optional
        Gives the time as an aware ``datetime``; the clock by default.
    newcomer : str, optional
        Id of the trainee where the folder has none yet; a fresh one by default.
    """

    def __init__(self, folder, now=None, newcomer=None):
        self.folder = pathlib.Path(folder)
        self.path = self.folder / FILE
        self._now = now or (lambda: datetime.datetime.now(datetime.UTC))
        self._newcomer = newcomer
        self._forget()

    def _forget(self):
        self._read_to = 0  # bytes of whole lines that were read
        self._last_line = b""
        self._events = []
        self._hashes = set()
        self._seq = 0
        self._tokens = {}

    def events(self):
        """All events that can be read, oldest first, each once: tuple of dict."""
        with self._in_plain_words():
            self._catch_up()
        return tuple(self._events)

    def append(self, event, token=None, **fields):
        """Write one event and return it once it is on disk.

        Parameters
        ----------
        event : str
            One of ``EVENTS``.
        token : str, optional
            What was written with the same event, exercise and token is not written again: the
            first one is returned, whichever process wrote it.
        **fields
            JSON.

        Raises
        ------
        InputError
            The folder cannot be written, the disk is full, or another window holds the journal
            for longer than ``WAIT_SECONDS``. Nothing was recorded then.
        """
        if event not in EVENTS:
            raise ValueError(event)
        trainee = self.trainee()
        with self._in_plain_words(), self._locked():
            with self.path.open("ab"):
                pass
            tail = self._catch_up()
            if tail:
                self._set_aside(tail)
            key = (event, fields.get("exercise"), token)
            if token is not None and key in self._tokens:
                return self._tokens[key]
            record = {
                **fields,
                "event": event,
                "token": token,
                "seq": self._seq + 1,
                "time": self._now().astimezone(datetime.UTC).isoformat(timespec="milliseconds"),
                "kit": coursekit.__version__,
                "trainee": trainee,
                "prev": self._events[-1]["hash"] if self._events else _START,
            }
            record["hash"] = _digest(record)
            self._write(_line(record))
            self._catch_up()
            return self._events[-1]

    def trainee(self):
        """The id of the trainee of this folder, made once; a name is only a label.

        Raises
        ------
        InputError
            There is none yet and the folder cannot be written.
        """
        with self._in_plain_words():
            path = self.folder / _TRAINEE
            found = _trainee_of(path)
            if found:
                return found
            with self._locked():
                found = _trainee_of(path)  # another window may have been first
                if not found:
                    self._catch_up()
                    known = [e["trainee"] for e in self._events if _is_id(e.get("trainee"))]
                    fresh = uuid.UUID(bytes=secrets.token_bytes(16), version=4).hex
                    found = known[-1] if known else self._newcomer or fresh
                    _replace(path, json.dumps({"id": found}))
                return found

    def check(self):
        """Everything odd: torn, unreadable, edited, missing, repeated or moved lines, clock.

        Returns
        -------
        tuple of Finding
            In the order of the lines; empty where all is well.
        """
        with self._in_plain_words():
            data = self.path.read_bytes() if self.path.is_file() else b""
            torn = self.folder / TORN
            pieces = torn.read_bytes().count(b"\n") if torn.is_file() else 0
        found = []
        if pieces:
            found.append(Finding("practice.journal_torn", 0, {"n": pieces, "file": TORN}))
        *lines, tail = data.split(b"\n")
        if tail and _event(tail) is None:
            found.append(Finding("practice.journal_tail", len(lines) + 1, {"file": TORN}))
        elif tail:
            lines.append(tail)
        last, seen, sound = None, set(), True
        for number, line in enumerate(lines, 1):
            event = _event(line)
            if event is None:
                found.append(Finding("practice.journal_unreadable", number))
                sound = False
                continue
            odd = _odd(event, last, seen, sound)
            found.extend(Finding(code, number, values) for code, values in odd)
            seen.add(event["hash"])
            last, sound = event, True
        return tuple(found)

    # --- the file

    def _catch_up(self):
        """Read the lines that are new since the last time; return the bytes of a torn tail."""
        if not self.path.is_file():
            self._forget()
            return b""
        with self.path.open("rb") as file:
            start = self._read_to - len(self._last_line)
            file.seek(start)
            data = file.read()
            if not data.startswith(self._last_line):  # the file was changed behind our back
                self._forget()
                start = 0
                file.seek(0)
                data = file.read()
        whole, newline, tail = data.rpartition(b"\n")
        fresh = (whole + newline)[len(self._last_line) :]
        for line in fresh.split(b"\n")[:-1]:
            self._take(line)
        if fresh:
            self._read_to = start + len(whole) + 1
            self._last_line = fresh[fresh.rfind(b"\n", 0, -1) + 1 :]
        return tail

    def _take(self, line):
        event = _event(line)
        if event is None or event["hash"] in self._hashes:
            return
        self._hashes.add(event["hash"])
        self._seq = max(self._seq, event["seq"])
        self._events.append(event)
        if event.get("token") is not None:
            key = (event["event"], event.get("exercise"), event["token"])
            self._tokens.setdefault(key, event)

    def _set_aside(self, tail):
        """Move a half-written last line out of the way; a whole one only lacks its end."""
        if _event(tail) is not None:
            self._write(b"\n")
        else:
            with (self.folder / TORN).open("ab") as torn:
                torn.write(tail + b"\n")
                torn.flush()
                os.fsync(torn.fileno())
            with self.path.open("r+b") as file:
                file.truncate(self._read_to)
                os.fsync(file.fileno())
        self._catch_up()

    def _write(self, data):
        # unbuffered: a buffer would write the rest of a failed line when it is closed
        with self.path.open("r+b", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                while data:
                    data = data[file.write(data) :]
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(file.fileno(), end)
                raise

    def _locked(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self.folder / _LOCK, timeout=WAIT_SECONDS)
        return lock.acquire(poll_interval=0.01)

    @contextlib.contextmanager
    def _in_plain_words(self):
        try:
            yield
        except filelock.Timeout:
            raise InputError("practice.journal_busy", seconds=WAIT_SECONDS) from None
        except (OSError, NotImplementedError) as error:
            number = getattr(error, "errno", None)
            folder = self.folder.name or str(self.folder)
            if number in _NO_RIGHT:
                raise InputError("practice.journal_read_only", folder=folder) from error
            if number in _NO_ROOM:
                raise InputError("practice.journal_disk_full") from error
            cause = getattr(error, "strerror", None) or type(error).__name__
            raise InputError("practice.journal_not_written", folder=folder, cause=cause) from error


def _line(record):
    return _canonical(record).encode("utf-8") + b"\n"


def _canonical(record):
    return json.dumps(
        record, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def _digest(record):
    body = {name: value for name, value in record.items() if name != "hash"}
    return hashlib.sha256(_canonical(body).encode("utf-8")).hexdigest()[:16]


def _event(line):
    """The event of a line, or None where it is none."""
    try:
        event = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    sound = (
        isinstance(event, dict)
        and event.get("event") in EVENTS
        and type(event.get("seq")) is int
        and all(isinstance(event.get(name), str) for name in ("time", "prev", "hash"))
        and all(
            isinstance(event.get(name), str | None) for name in ("exercise", "token", "trainee")
        )
        and isinstance(event.get("draw"), int | None)
    )
    return event if sound else None


def _odd(event, last, seen, sound):
    """What is odd about a line after the one before it: pairs of code and values."""
    try:
        edited = _digest(event) != event["hash"]
    except ValueError:
        edited = True
    if edited:
        yield "practice.journal_edited", {}
    if event["hash"] in seen:
        yield "practice.journal_twice", {}
        return
    missing = event["seq"] - (last["seq"] if last else 0) - 1
    if missing > 0 and sound:
        yield "practice.journal_gap", {"n": missing}
    elif sound and event["prev"] != (last["hash"] if last else _START):
        yield "practice.journal_order", {}
    if last and event["time"] < last["time"]:
        yield "practice.journal_clock_back", {}


def _trainee_of(path):
    try:
        found = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    found = found.get("id") if isinstance(found, dict) else None
    return found if _is_id(found) else None


def _is_id(value):
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def _replace(path, text):
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
