"""TOML files that people edit: read with plain errors, mistakes told by line."""

import re
import tomllib

from coursekit.errors import InputError

_HEADING = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]")


def read(path):
    """A TOML file as a dict.

    Parameters
    ----------
    path : pathlib.Path

    Raises
    ------
    InputError
        Not UTF-8 or not TOML; the line is named.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("course.not_utf8", file=path.name) from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else len(path.read_text("utf-8-sig").splitlines())
        raise InputError("course.not_toml", file=path.name, line=line) from None


def line_of(path, key, section=None):
    """The line that a reader should look at for a key of a section.

    Parameters
    ----------
    path : pathlib.Path
        A file that `read` accepts.
    key : str
    section : str, optional
        Dotted name as in a heading; outside every section where it is None.

    Returns
    -------
    int
        Where the key is set, else where it is a heading or stands in an inline table of the
        section, else where the section begins, else 1.
    """
    set_at = heading_at = inner_at = section_at = None
    word = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
    full = f"{section}.{key}" if section else key
    inside = None
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if match := _HEADING.match(line):
            inside = _name(match)
            if inside == full or inside.startswith(f"{full}."):
                heading_at = heading_at or number
            if inside == section:
                section_at = section_at or number
        elif inside == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            set_at = set_at or number
        elif inside == section and word.search(line):
            inner_at = inner_at or number
        elif section and inside is None and re.match(rf"\s*{re.escape(section)}\s*=", line):
            section_at = section_at or number  # an inline table
    return set_at or heading_at or inner_at or section_at or 1


def headings(path):
    """Every heading of a file with its line: ``(line, "stage.p25")``."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if match := _HEADING.match(line):
            yield number, _name(match)


def known_keys(path, table, known, section=None):
    """Refuse what is no table, and a key that the reader of the file would not look at.

    Parameters
    ----------
    path : pathlib.Path
    table : object
        What the file has at `section`.
    known : iterable of str
    section : str, optional
        Dotted name as in a heading; None for the whole file.

    Raises
    ------
    InputError
        The line is named.
    """
    if not isinstance(table, dict):
        above, _, key = section.rpartition(".")
        raise wrong_value(path, above or None, key, table, f"[{section}]")
    for key in table:
        if key not in known:
            line = line_of(path, key, section)
            raise InputError(
                "course.unknown_key", file=path.name, line=line, key=key, known=", ".join(known)
            )


def wrong_value(path, section, key, value, expected):
    """The error that a value does not fit, with its line and what was expected."""
    line = line_of(path, key, section)
    return InputError(
        "course.wrong_value", file=path.name, line=line, key=key, value=value, expected=expected
    )


def no_section_twice(path):
    """Refuse a heading that stands twice.

    tomllib refuses it too, but its message is about TOML. A file that is not UTF-8 passes: `read`
    says so.

    Raises
    ------
    InputError
        The line of the second one is named.
    """
    try:
        found = list(headings(path))
    except UnicodeDecodeError:
        return
    seen = set()
    for line, name in found:
        if name in seen:
            raise InputError("course.section_twice", file=path.name, line=line, section=name)
        seen.add(name)


def _name(match):
    return re.sub(r"[\s\"']", "", match[1])
