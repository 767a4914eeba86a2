"""A day's timetable, worked out from the minutes that the lessons say of themselves."""

import dataclasses
import datetime
import json

from coursekit.errors import InputError
from coursekit.practice import home


@dataclasses.dataclass(frozen=True)
class Section:
    """One section of a lesson: what it is about, how long, and whether a class does it."""

    item: str
    part: str
    minutes: float


@dataclasses.dataclass(frozen=True)
class Lesson:
    """What a timetable needs of a lesson: its place, its title, the minutes of its sections."""

    path: str
    title: str
    sections: tuple

    def minutes(self, part, item=None):
        """Minutes of one part (``core``, ``more``, ``homework``), of one item or of all.

        Sections without an item, such as the closing check, count only where no item is asked
        for: ``item=""`` gives those alone.
        """
        return sum(
            section.minutes
            for section in self.sections
            if section.part == part and item in (None, section.item)
        )

    def in_class(self):
        """Core and practice without the closing check, which a day's own check stands for."""
        return self.minutes("core") + self.minutes("more") - self.minutes("more", item="")


def lesson(course, name):
    """A lesson of a course folder by its id, for example ``"funnel.2"``.

    Raises
    ------
    InputError
        The folder has no such lesson.
    """
    for page in home.pages(course):
        if page.lesson == name and not page.practice:
            notebook = json.loads((course.folder / page.path).read_text("utf-8"))
            return Lesson(page.path, page.title, tuple(_sections(notebook["cells"])))
    raise InputError("practice.no_lesson", lesson=name)


def _sections(cells):
    for cell in cells:
        about = cell["metadata"]
        if about.get("minutes") and about.get("role") != "trainer":
            part = about.get("part", "core")
            yield Section(about.get("item", ""), part, about["minutes"])


def timetable(blocks, start):
    """When each block of a day begins and ends.

    Parameters
    ----------
    blocks : sequence of (str, float)
        Name and minutes, in their order, breaks included.
    start : str
        ``"09:00"``.

    Returns
    -------
    list of dict
        ``name minutes start end``, times as ``"09:15"``.

    Raises
    ------
    InputError
        A block takes no time, or the day goes past midnight.
    """
    at = datetime.datetime.fromisoformat(f"2000-01-01T{start}")
    day, rows = at.date(), []
    for name, minutes in blocks:
        end = at + datetime.timedelta(minutes=minutes)
        if not minutes > 0 or end.date() != day:
            raise InputError("practice.no_time", name=name, minutes=minutes)
        rows.append(
            {"name": name, "minutes": minutes, "start": f"{at:%H:%M}", "end": f"{end:%H:%M}"}
        )
        at = end
    return rows
