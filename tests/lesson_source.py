"""A lesson's source, as the tests of lessons ask about it."""

import functools
import re
import sys

import yaml
from conftest import ROOT

from coursekit.course import Course
from coursekit.practice import bank

sys.path.insert(0, str(ROOT / "tools"))
from pages import read_source

COURSE = Course(id="test", folder=ROOT)


class Lesson:
    """The cells of ``notebooks/source/<stem>.py``, its items in the map, its bank."""

    def __init__(self, stem):
        self.stem = stem
        self.id = stem.replace("_", ".")
        self.cells = read_source(ROOT / "notebooks" / "source" / f"{stem}.py")
        self.code = "\n".join(cell.text for cell in self.cells if cell.kind == "code")

    @property
    def items(self):
        """Ids of its items in the map of the course."""
        return {item["id"] for item in _map()[self.id]["items"]}

    def prose(self, lang, role=None):
        """Cells of text in one language, those of the trainer's edition by ``role``."""
        return [
            cell
            for cell in self.cells
            if cell.kind == "markdown"
            and cell.metadata.get("lang") == lang
            and cell.metadata.get("role") == role
        ]

    def minutes(self, *parts, item=None):
        """Minutes of its sections, of one item where it is named."""
        return sum(
            cell.metadata["minutes"]
            for cell in self.prose("zh")
            if cell.metadata.get("part") in parts and item in (None, cell.metadata.get("item"))
        )

    def called(self, verb):
        """Ids that a verb of the notebook is called with."""
        return re.findall(rf'\b{verb}\("([^"]+)"\)', self.code)

    def exercises(self):
        """Its bank, in which nothing is wrong."""
        good, bad = bank.load(COURSE, self.stem)
        assert not bad
        return good


@functools.cache
def _map():
    text = (ROOT / "coursekit" / "syllabus.yaml").read_text("utf-8")
    return {
        lesson["id"]: lesson
        for module in yaml.safe_load(text)["modules"]
        for lesson in module["lessons"]
    }
