"""What came from a page, before anything is made of it."""

import json

from coursekit.practice.mark import Mark, Say

LONGEST_ANSWER = 20_000  # characters of JSON
_LONGEST_TOKEN = 64


def token(value):
    """A token that a page has made, or None."""
    return value if isinstance(value, str) and len(value) <= _LONGEST_TOKEN else None


def answer(raw):
    """A raw answer as JSON of a sane size: (raw, None), or (None, its mark as invalid)."""
    try:
        text = json.dumps(raw, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        if len(text) <= LONGEST_ANSWER:
            return json.loads(text), None
    except (TypeError, ValueError, RecursionError):
        pass
    return None, Mark("invalid", None, {}, (Say("info", "practice.too_long"),))
