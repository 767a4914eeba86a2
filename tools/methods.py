"""Write ``docs/methods.md``: every item of the map with its functions, scorecards and thresholds.

python tools/methods.py            write it
python tools/methods.py --check    exit 1 where it is stale

Everything comes from docstrings, ``coursekit/syllabus.yaml``, ``coursekit/terms.toml`` and the
instruments, so that nothing is said twice.
"""

import argparse
import importlib
import inspect
import pathlib
import re
import sys
import tomllib

import yaml

from coursekit import terms

ROOT = pathlib.Path(__file__).parent.parent
TARGET = ROOT / "docs" / "methods.md"
HEAD = """# Methods

Written by `tools/methods.py` from the docstrings; change those. One section per module of the
course, one heading per item, then the functions that the item's lesson calls: what they give, the
source, and when they fail. Instruments with their criteria and cautions follow.
"""


def document():
    """The text of ``docs/methods.md``."""
    blocks, seen = [HEAD], {}
    course = yaml.safe_load((ROOT / "coursekit/syllabus.yaml").read_text("utf-8"))
    for module in course["modules"]:
        blocks.append(f"## {module['en']} {module['zh']}")
        for lesson in module["lessons"]:
            for item in lesson["items"]:
                blocks.append(f"### {item['id']} {item['en']} {item['zh']}")
                blocks += [_function(name, item["id"], seen) for name in item.get("functions", [])]
    blocks.append("## Scorecards")
    blocks += [
        _instrument(path) for path in sorted((ROOT / "coursekit/instruments").glob("*.toml"))
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _function(name, item, seen):
    place, _, attribute = name.partition(":")
    short = f"{place.removeprefix('coursekit.')}.{attribute}"
    if name in seen:
        return f"**`{short}`**: see {seen[name]}."
    seen[name] = item
    found = importlib.import_module(place)
    for part in attribute.split("."):
        found = getattr(found, part)
    summary, notes = _doc(found)
    text = f"**`{short}{_signature(found)}`**: {summary}"
    return f"{text}\n\n{notes}" if notes else text


def _signature(found):
    try:
        return str(inspect.signature(found))
    except (TypeError, ValueError):
        return ""


def _doc(found):
    """First paragraph and the notes of a NumPy docstring, as markdown."""
    text = inspect.getdoc(found) or ""
    summary = " ".join(text.split("\n\n")[0].split())
    match = re.search(r"^Notes\n-+\n(.*?)(?=^\w[\w ]*\n-{3,}$|\Z)", text, re.S | re.M)
    return _plain(summary), _plain(match[1].strip()) if match else ""


def _plain(text):
    return text.replace("``", "`")


def _instrument(path):
    content = tomllib.loads(path.read_text("utf-8"))
    lines = [f"### `{path.name}`"]
    if "item" in content:
        lines.append(f"Source: {content['item']}.")
    criteria = content.get("criteria", {})
    rows = [
        (code, entry["weight"], " (left out by default)" if "left_out" in entry else "")
        for code, entry in criteria.items()
        if "weight" in entry
    ]
    if rows:
        table = "\n".join(f"| {code}{left_out} | {weight} |" for code, weight, left_out in rows)
        lines.append(f"| criterion | weight |\n|---|---|\n{table}")
    if "grades" in content:
        grades = ", ".join(f"{code} from {least}" for code, least in content["grades"].items())
        lines.append(f"Grades: {grades}.")
    for code in content.get("cautions", ()):
        known = [key for key in terms.glossary() if key.rpartition(".")[2] == code]
        lines += [f"Caution: {terms.term(key, 'en')}" for key in known]
    if len(lines) == 1:
        return ""  # lists and thresholds: the functions above say what they do with them
    return "\n\n".join(lines)


def main():
    """Write or check the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    wanted, text = parser.parse_args(), document()
    if wanted.check:
        stale = not TARGET.is_file() or TARGET.read_text("utf-8") != text
        print("docs/methods.md is stale" if stale else "docs/methods.md is current")
        return int(stale)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
