"""LibreOffice for the tests: workbooks recalculated by another hand, all of them in one run."""

import functools
import os
import shutil
import subprocess

import openpyxl
import pytest


def program():
    """The soffice of this machine, or None."""
    return os.environ.get("SOFFICE") or shutil.which("soffice")


def recalculated(files, folder):
    """Copies of workbooks in which every formula has its result.

    Parameters
    ----------
    files : list of pathlib.Path
    folder : pathlib.Path
        Gets the copies, under the same names, and the profile of the run.
    """
    soffice = program()
    if soffice is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice in CI: run tools/libreoffice.sh before the tests")
        pytest.skip("no LibreOffice (tools/libreoffice.sh): the workbooks are NOT recalculated")
    profile = (folder / "profile").as_uri()
    command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.name: folder / path.name for path in files}


@functools.cache
def values(path):
    """Sheet name -> rows of values, as tuples."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    return {sheet.title: list(sheet.values) for sheet in book}


def put(path, sheet, cells):
    """Write values into cells of a sheet, by its place, as a user would."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.worksheets[sheet][place] = value
    book.save(path)


def change(path, **cells):
    """Write other values into named cells of a workbook, as a trainer would."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        ((sheet, place),) = book.defined_names[name].destinations
        found = book[sheet][place.replace("$", "")]
        if not isinstance(found, tuple):
            found.value = value
            continue
        for row, new in zip(found, value, strict=True):
            for cell, number in zip(row, new, strict=True):
                cell.value = number
    book.save(path)
