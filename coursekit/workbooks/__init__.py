"""Workbooks for one's own data: ordinary formulas that work in Excel and WPS without the kit."""

import io
import pathlib

from coursekit import terms
from coursekit.course import Course
from coursekit.errors import InputError

NAMES = ("funnel", "customers", "dealers", "accounts", "plan")


def content(name, lang="zh", *, rows=None, today=None, course=None):
    """The bytes of a workbook.

    Parameters
    ----------
    name : {"funnel", "customers", "dealers", "accounts", "plan"}
    lang : {"zh", "en"}
    rows : DataFrame or dict, optional
        What to fill in: columns by their codes, answers by theirs; further columns are left out.
        A dict fills several lists, by their codes: ``dealers invoices``, ``plan goals history
        team_goals``.
    today : date, optional
        Written into the settings as a fixed day; else the workbook goes by the calendar.
    course : coursekit.course.Course, optional
        Whose instruments give weights, points and rates; found from the working folder else.

    Raises
    ------
    InputError
        There is no such workbook, or an instrument of the course does not fit.

    Notes
    -----
    Same input, same bytes. A text is written as a text, also one that begins with ``=``.
    """
    from coursekit.workbooks.book import Book

    stream = io.BytesIO()
    book = Book(stream, lang)
    tables = rows if isinstance(rows, dict) else {} if rows is None else {name: rows}
    records = {code: _records(table) for code, table in tables.items()}
    _module(name).make(book, course or Course.find(), records, today)
    book.close()
    return stream.getvalue()


def write(name, path=None, lang="zh", **more):
    """Write a workbook to a new file.

    Parameters
    ----------
    name, lang
        As `content`, like what ``more`` may hold.
    path : str or pathlib.Path, optional
        In this folder, by the workbook's own name, without it.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    InputError
        As `content`, or the file is there already: it may hold somebody's customers.
    """
    data = content(name, lang, **more)
    path = pathlib.Path(path or terms.term(f"workbook.file_{name}", lang))
    try:
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError:
        raise InputError("workbook.exists", file=str(path)) from None
    return path


def read(name, path, schema=None, course=None):
    """What was filled in, checked, with answers as codes.

    Parameters
    ----------
    name : str
        As `content`.
    path : str or pathlib.Path
        The workbook, opened in Excel since or not.
    schema : str, optional
        Which of its lists, where it has several: of the plan also ``"goals"``, of the dealers
        also ``"invoices"``.
    course : coursekit.course.Course, optional
        As `content`.

    Returns
    -------
    coursekit.tables.Table
        Formulas and the example row are not in it: the library works out anew what they show.

    Raises
    ------
    InputError
        As `coursekit.tables.read`; or a cell is no answer of its question, with its rows.
    """
    import dataclasses

    from coursekit import replies, tables

    module = _module(name)
    table = tables.read(path, schema or module.SCHEMA)
    frame = table.frame.copy()
    course = course or Course.find()
    for card in map(course.scorecard, module.CARDS):
        for criterion in card.criteria:
            if criterion.code in frame and not criterion.edges:
                codes = [*(answer.code for answer in criterion.answers), None]
                frame[criterion.code] = [codes[n] for n in replies.places(frame, criterion)]
    for column, codes in getattr(module, "WORDS", {}).items():
        if column in frame:
            frame[column] = frame[column].replace(codes)
    return dataclasses.replace(table, frame=frame)


def _module(name):
    import importlib

    if name not in NAMES:
        raise InputError("workbook.no_such_workbook", name=name, known=", ".join(NAMES))
    return importlib.import_module(f"coursekit.workbooks.{name}")


def _records(table):
    return table.astype(object).where(table.notna(), None).to_dict("records")
