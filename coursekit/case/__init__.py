"""The running case: one made-up company through all five courses, and each trainee's part of it."""

import dataclasses
import functools
import pathlib
import re
from collections.abc import Mapping

import pandas as pd

from coursekit import course as courses
from coursekit import terms
from coursekit.case import read, territory
from coursekit.errors import InputError

__all__ = ["Case", "pair"]

SKIN = "feed"


class Tables(Mapping):
    """Tables by name, each read when it is first asked for; what is given out is a copy.

    Parameters
    ----------
    names : iterable of str
    load : callable
        ``load(name) -> DataFrame``.
    """

    def __init__(self, names, load):
        self._names = tuple(names)
        self._load = functools.cache(load)

    def __getitem__(self, name):
        if name not in self._names:
            raise KeyError(name)
        return self._load(name).copy()

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)


@dataclasses.dataclass(frozen=True)
class Case:
    """The company, or the part of it that is one trainee's own.

    Attributes
    ----------
    skin : str
    lang : {"zh", "en"} or None
        None keeps every text twice, as ``name_zh`` and ``name_en``; else there is one ``name``.
    today : pandas.Timestamp
        The one day on which the case is looked at.
    company : str or dict
        Its name; both as ``{"zh", "en"}`` where `lang` is None.
    tables : Mapping of str to DataFrame
        Numbers as float or int, days as datetime64, the rest as str; an unknown is missing. Each
        is an attribute too: ``case.deals``.
    keys : mapping of str to str
        Table -> its key column, where it has one.
    links : mapping of str to dict
        Table -> column -> the table whose key stands in it.
    """

    skin: str
    lang: str | None
    today: pd.Timestamp
    company: object
    tables: Mapping = dataclasses.field(repr=False)
    keys: Mapping = dataclasses.field(repr=False)
    links: Mapping = dataclasses.field(repr=False)

    def __getattr__(self, name):
        if not name.startswith("_") and name in (tables := self.__dict__.get("tables", ())):
            return tables[name]
        raise AttributeError(f"the case has no table {name!r}; there are: {', '.join(self.tables)}")

    @classmethod
    def load(cls, skin=SKIN, lang="zh", course=None):
        """The case in the words of one skin.

        Parameters
        ----------
        skin : str, default "feed"
        lang : {"zh", "en"} or None, default "zh"
        course : coursekit.course.Course, optional
            Its folder's ``datasets/<skin>`` wins over the shipped one; every cell of such a
            folder is checked when its table is first asked for.

        Raises
        ------
        InputError
            There is no such skin, or its files are not a case; from a table: a cell that cannot
            be used, told by file, row and column.
        """
        if lang is not None and lang not in terms.LANGS:
            raise InputError("case.no_lang", value=str(lang))
        folder, own = _folder(skin, course)
        about = read.package(folder)
        resources = {one["name"]: one for one in read.package(_shipped(SKIN))["resources"]}
        keys = {name: key for name, one in resources.items() if (key := read.key(one))}
        links = {name: read.links(one) for name, one in resources.items()}

        def load(name):
            if not own:
                return read.fast(folder, resources[name], lang)
            return read.checked(folder, resources[name], lang, known)

        @functools.cache
        def known(name):
            return read.known(folder, resources[name])

        names = about["company"]
        company = dict(names) if lang is None else names[lang]
        today = pd.Timestamp(about["today"])
        return cls(skin, lang, today, company, Tables(resources, load), keys, links)

    def slice(self, trainee, course_id):
        """The part of the case that is one trainee's own: a territory taken over from colleagues.

        Parameters
        ----------
        trainee : str
            His id; a name is only a label.
        course_id : str

        Returns
        -------
        Case
            The same for the same two, on every machine; parts of different trainees are about
            equally hard, see `coursekit.case.territory`.
        """
        part = functools.cache(lambda: territory.cut(self, self.pool, f"{course_id}/{trainee}"))
        return dataclasses.replace(self, tables=Tables(self.tables, lambda name: part()(name)))

    def named(self, table):
        """A table with names where keys of other tables stood, as people know a list.

        Parameters
        ----------
        table : str
            For example ``"deals"``.

        Returns
        -------
        DataFrame
            ``customer`` ``owner`` ``product`` … are names, the keys stand beside as
            ``customer_id`` …; where the case keeps both languages, ``customer`` stays the key and
            ``customer_zh`` and ``customer_en`` are added, for `pair`.
        """
        found = self.tables[table]
        for column, other in self.links[table].items():
            names = self.tables[other].set_index(self.keys[other])
            if "name" in names:
                found[f"{column}_id"] = found[column]
                found[column] = found[column].map(names["name"])
            elif "name_zh" in names:
                for lang in terms.LANGS:
                    found[f"{column}_{lang}"] = found[column].map(names[f"name_{lang}"])
        return found

    @functools.cached_property
    def pool(self):
        """What parts are drawn from, see `coursekit.case.territory.Pool`."""
        return territory.pool(self)


def pair(row, column):
    """A text of a row in both languages, as the given of an exercise holds it.

    Parameters
    ----------
    row : mapping
        Of a table of a case that was loaded with ``lang=None``.
    column : str
        Without its language: ``"name"``.
    """
    return {lang: row[f"{column}_{lang}"] for lang in terms.LANGS}


def _shipped(skin):
    return courses.content() / "datasets" / skin


def _folder(skin, course):
    """Where a skin's tables lie, and whether they are a course's own."""
    if not (isinstance(skin, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,30}", skin)):
        raise InputError("case.no_skin", skin=str(skin)[:40])
    own = pathlib.Path(course.folder, "datasets", skin) if course else None
    for folder, is_own in ((own, True), (_shipped(skin), False)):
        if folder and (folder / read.DESCRIPTOR).is_file():
            return folder, is_own and folder.resolve() != _shipped(skin).resolve()
    raise InputError("case.no_skin", skin=skin)
