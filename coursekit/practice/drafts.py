"""Drafts: unfinished answers, one small file per exercise beside the journal.

A draft is no event: it is written again and again while somebody types, and gone with the answer
that it becomes. So it survives a closed page, another port and a restarted kernel, and the
journal holds answers only.
"""

import contextlib
import hashlib
import json
import os
import secrets

LONGEST = 20_000  # characters of JSON
_FOLDER = "drafts"


def keep(folder, name, draw, answer):
    """Put a draft on disk in place of the one before.

    Parameters
    ----------
    folder : pathlib.Path
        The journal's.
    name : str
        Whose draft it is: the id of an exercise.
    draw : int
    answer : object
        What the view sent; anything may come.

    Returns
    -------
    bool
        Whether it is on disk; a draft that is too long or no JSON is not kept.
    """
    if type(draw) is not int:
        return False
    try:
        text = json.dumps(
            {"draw": draw, "answer": answer, "name": name}, ensure_ascii=False, allow_nan=False
        )
        if len(text) > LONGEST:
            return False
        path = _path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.new")
        try:
            with fresh.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except (OSError, TypeError, ValueError, RecursionError):
        return False
    return True


def found(folder, name, draw):
    """The draft of an exercise, or None where there is none for this draw or it is damaged."""
    try:
        draft = json.loads(_path(folder, name).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return draft.get("answer") if isinstance(draft, dict) and draft.get("draw") == draw else None


def drop(folder, name):
    """Forget the draft of an exercise."""
    with contextlib.suppress(OSError):
        _path(folder, name).unlink()


def _path(folder, name):
    return folder / _FOLDER / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
