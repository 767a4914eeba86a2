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
            if inside == full:
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


def _name(match):
    return re.sub(r"[\s\"']", "", match[1])
