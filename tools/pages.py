"""What pages there are: sources in two languages, seen as one notebook per language."""

import dataclasses
import functools
import hashlib
import pathlib
import re
from importlib import resources

import jupytext
import nbformat
import yaml

from coursekit import terms

KEYS = {"lang", "role", "item", "minutes", "part", "tags"}
PARTS = ("core", "more", "homework")
_TIMETABLE = "import agenda"  # what a page that is worked out from other pages says


class Mistake(Exception):
    """Something in a source that its author has to mend; begins with file and line."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of a page: its text, what the source says about it, and its first line there."""

    kind: str
    text: str
    metadata: dict
    line: int


@dataclasses.dataclass(frozen=True)
class Page:
    """One notebook to be built: a source seen in one language.

    Attributes
    ----------
    source, target : pathlib.Path
    lang : {"zh", "en"}
    kind : {"lesson", "report", "exercises"}
    cells : tuple of Cell
        Trainer's notes included.
    uses : tuple of pathlib.Path
        Files besides the kit's code that the outputs depend on.
    """

    source: pathlib.Path
    target: pathlib.Path
    lang: str
    kind: str
    cells: tuple
    uses: tuple

    @property
    def trainer(self):
        """Where the trainer's edition goes; only a lesson has one."""
        return self.target.parent / "trainer" / self.target.name if self.kind == "lesson" else None

    @property
    def last(self):
        """Whether it reads other pages, as a timetable does, and so is built after them."""
        return _TIMETABLE in _code(self.cells)

    @functools.cached_property
    def digest(self):
        """Changes with the source, the glossary, the builder and whatever else the page uses."""
        tools = pathlib.Path(__file__).parent
        glossary = pathlib.Path(terms.__file__).with_suffix(".toml")
        total = hashlib.sha256()
        builder = (tools / name for name in ("build.py", "normalise.py", "pages.py"))
        for path in (self.source, glossary, *builder, *self.uses):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(f"{path.name} {len(text)}\n".encode() + text)
        return total.hexdigest()[:16]

    @property
    def about(self):
        """What the page says of itself: lesson, title, core minutes, how the lab opens it."""
        titles = (re.match(r"# +(.+)", cell.text) for cell in self.cells if cell.kind != "code")
        about = {
            "lesson": _lesson(self.source.stem),
            "title": next((title[1].strip() for title in titles if title), self.source.stem),
            "minutes": sum(
                cell.metadata.get("minutes", 0)
                for cell in self.cells
                if cell.metadata.get("part", "core") == "core"
                and cell.metadata.get("role") != "trainer"
            ),
            "hide_code": True,
            "digest": self.digest,
        }
        if self.kind == "exercises":
            about["page"] = "exercises"
        return about if self.kind == "report" else {**about, "autorun": True}


def _lesson(stem):
    module, _, name = stem.rpartition("_")  # funnel_2, and funnel_day, a page that frames them
    return f"{module}.{name}" if name.isdigit() or terms.known(f"module.{module}") else stem


def all_pages(root):
    """Every page that the sources under a folder make, lessons and reports before exercises."""
    guessed = set()
    for path in sorted((root / "notebooks" / "source").glob("*.py")):
        cells = read_source(path)
        guessed.update(re.findall(r"\bguess\(\s*[\"']([^\"']+)", _code(cells)))
        # neither a report nor a look at the data has exercises or a trainer's edition
        kind = "report" if path.stem.startswith(("report_", "data_")) else "lesson"
        for lang in terms.LANGS:
            folder = root / "notebooks" / lang
            yield Page(
                source=path,
                target=folder / f"{path.stem}.ipynb",
                lang=lang,
                kind=kind,
                cells=tuple(c for c in cells if c.metadata.get("lang", lang) == lang),
                uses=_used(root, folder, _code(cells)) + _siblings(path, _code(cells)),
            )
    for path in sorted((root / "exercises").glob("*.yaml")):
        for lang in terms.LANGS:
            folder = root / "exercises" / lang
            yield Page(
                source=path,
                target=folder / f"{path.stem}.ipynb",
                lang=lang,
                kind="exercises",
                cells=tuple(_cards(path, lang, guessed)),
                uses=_used(root, folder, f'ask("{_lesson(path.stem)}.'),
            )


def _siblings(path, code):
    """The lessons of the same module, where a page is worked out from them."""
    if _TIMETABLE not in code:
        return ()
    module = path.stem.rpartition("_")[0]
    return tuple(sorted(path.parent.glob(f"{module}_[0-9]*.py")))


def _code(cells):
    return "\n".join(cell.text for cell in cells if cell.kind == "code")


def _used(root, folder, text):
    asked = sorted(set(re.findall(r"\b(?:ask|guess)\(\s*[\"']([a-z_]+)\.(\d*)", text)))
    names = {name for module, lesson in asked for name in (module, f"{module}_{lesson}")}
    files = (root / "exercises").glob("*.*")
    bank = [path for path in files if path.stem.removesuffix("_texts") in names]
    found = [folder / "course.toml", *bank, *(root / "datasets").rglob("*")]
    endings = (".yaml", ".py", ".csv", ".toml", ".json")
    return tuple(path for path in sorted(found) if path.suffix in endings and path.is_file())


def read_source(path):
    """The cells of a lesson's or report's source, both languages.

    Raises
    ------
    Mistake
        A cell carries a word about itself that the kit does not know, or a wrong value.
    """
    text = path.read_text("utf-8")
    read = jupytext.reads(text, fmt="py:percent").cells
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("# %%")]
    if len(lines) == len(read) - 1:  # something stands before the first marker
        lines.insert(0, 0)
    if len(lines) != len(read):
        raise Mistake(f"{path.name}:1: a line inside a cell begins with '# %%'")
    cells = [
        Cell(cell.cell_type, cell.source, _about(cell), line)
        for cell, line in zip(read, lines, strict=True)
        if cell.source.strip() and not (line == 0 and _only_comments(cell.source))
    ]
    for cell in cells:
        for wrong in _wrong(cell):
            raise Mistake(f"{path.name}:{cell.line}: {wrong}")
    return cells


def _only_comments(text):
    return all(line.startswith("#") or not line.strip() for line in text.splitlines())


def _about(cell):
    return {key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"}


def _wrong(cell):
    about = cell.metadata
    if unknown := sorted(set(about) - KEYS):
        yield f"a cell cannot carry {', '.join(unknown)}; known: {', '.join(sorted(KEYS))}"
    if about.get("lang", "zh") not in terms.LANGS:
        yield f"lang={about['lang']!r} is not one of {', '.join(terms.LANGS)}"
    if about.get("part", "core") not in PARTS:
        yield f"part={about['part']!r} is not one of {', '.join(PARTS)}"
    if about.get("role", "trainer") != "trainer":
        yield f'role={about["role"]!r}: only role="trainer" exists'
    if about.get("role") == "trainer" and cell.kind == "code":
        yield "a trainer's note is markdown: both editions come from one run"
    if not isinstance(about.get("minutes", 0), int | float):
        yield f"minutes={about['minutes']!r} is not a number"


def _title(stem, lang):
    """What a bank is about: its lesson as the map of the course calls it, or its module."""
    if terms.known(f"module.{stem}"):
        return terms.term(f"module.{stem}", lang)
    return next(one[lang] for one in _map() if one["id"] == _lesson(stem))


@functools.cache
def _map():
    text = resources.files("coursekit").joinpath("syllabus.yaml").read_text("utf-8")
    return [one for module in yaml.safe_load(text)["modules"] for one in module["lessons"]]


def _cards(path, lang, guessed):
    """A heading and a card for each exercise but those that a lesson asks before the data."""
    text = path.read_text("utf-8")
    title = terms.say("page.exercises", lang, module=_title(path.stem, lang))
    yield Cell("markdown", f"# {title}", {}, 1)
    yield Cell("code", "from coursekit.notebook import ask", {}, 1)
    asked = [exercise for exercise in yaml.safe_load(text) if exercise["id"] not in guessed]
    for number, exercise in enumerate(asked, 1):
        line = text[: text.index(exercise["id"])].count("\n") + 1
        minutes = exercise.get("minutes", 0)
        heading = terms.say("page.exercise", lang, n=number, minutes=minutes)
        yield Cell("markdown", f"## {heading}", {"minutes": minutes}, line)
        yield Cell("code", f'ask("{exercise["id"]}")', {}, line - 1)


def is_current(page):
    """Whether the built page, and its trainer's edition, came from the sources as they are now."""
    wanted = {page.target: _trainee(page.cells)}
    if page.trainer:
        wanted[page.trainer] = page.cells
    for path, cells in wanted.items():
        if not path.is_file():
            return False
        built = nbformat.read(path, as_version=4)
        if built.metadata.get("coursekit", {}).get("digest") != page.digest:
            return False
        if [cell.source for cell in built.cells] != [cell.text for cell in cells]:
            return False
    return True


def _trainee(cells):
    return [cell for cell in cells if cell.metadata.get("role") != "trainer"]


def orphans(root, made):
    """Built notebooks whose source is gone."""
    wanted = {path for page in made for path in (page.target, page.trainer)}
    built = (
        path
        for part in ("notebooks", "exercises")
        for lang in terms.LANGS
        for path in (root / part / lang).rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    )
    return sorted(path for path in built if path not in wanted)
