"""Answers for a trainer, for HR or for a manager: each gets what the course has promised."""

import dataclasses
import pathlib

import pandas as pd

from coursekit import visibility
from coursekit.course import SETTINGS, Course
from coursekit.errors import InputError
from coursekit.practice import answers
from coursekit.practice.journal import Journal


@dataclasses.dataclass(frozen=True)
class Export:
    """What a reader gets.

    Attributes
    ----------
    answers : DataFrame
        Every answer with its name, see ``answers.frame``; of the folders that promised names.
    group : DataFrame
        One row per exercise, each check apart: figures of the group, of the folders that promised
        at least those.
    too_few : tuple of str
        Exercises that were answered by fewer people than a group figure needs: left out.
    nothing : tuple of str
        Names of folders that promised this reader nothing.
    """

    answers: pd.DataFrame
    group: pd.DataFrame
    too_few: tuple
    nothing: tuple


def export(folders, reader):
    """The answers of course folders, as one reader may see them.

    Parameters
    ----------
    folders : sequence of path
        Course folders, one per trainee as a rule.
    reader : {"trainer", "hr", "manager"}

    Returns
    -------
    Export

    Raises
    ------
    InputError
        A folder that is no course, a mistake in its ``course.toml``, or a reader whom every
        folder has promised nothing.
    """
    found = {"names": [], "groups": [], "nothing": []}
    for folder in map(pathlib.Path, folders):
        if not (folder / SETTINGS).is_file():
            raise InputError("visibility.no_course", folder=str(folder))
        course = Course.find(folder)
        level = course.visibility[reader]
        events = () if level == "nothing" else Journal(course.private).events()
        found[level].append((folder.name, answers.frame(events)))
    open_to = [*found["names"], *found["groups"]]
    if not open_to:
        raise InputError("visibility.promised_nothing", reader=f"visibility.{reader}")
    group, too_few = _group(_joined(open_to))
    nothing = tuple(name for name, _ in found["nothing"])
    return Export(_joined(found["names"]), group, too_few, nothing)


def _joined(found):
    empty = answers.frame(())
    frames = [frame for _, frame in found if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else empty


def _group(table):
    """Figures per exercise and check, over people; those of too few left out."""
    counted = table[table["attempt"].notna()]
    rows, too_few = [], []
    for (exercise, check), part in counted.groupby(["exercise", "check"], sort=True):
        people = part["trainee"].nunique()
        if people < visibility.FEWEST:
            too_few.append(exercise)
            continue
        first, last = part[part["first"]], part[part["last"]]
        rows.append(
            {
                "exercise": exercise,
                "check": check,
                "item": part["item"].iloc[0],
                "people": people,
                "attempts_per_person": round(len(part) / people, 2),
                "first_right": round((first["outcome"] == "right").mean(), 3),
                "first_score": _mean(first["score"]),
                "last_score": _mean(last["score"]),
                "hints_per_person": round(part["hints"].sum() / people, 2),
            }
        )
    columns = ["exercise", "check", "item", "people", "attempts_per_person", "first_right"]
    columns += ["first_score", "last_score", "hints_per_person"]
    return pd.DataFrame(rows, columns=columns), tuple(too_few)


def _mean(scores):
    mean = scores.mean()
    return None if pd.isna(mean) else round(float(mean), 1)
