"""The built notebooks as they lie in the checkout; nbval itself runs them (``make nbval``)."""

import os
import pathlib
import re
import subprocess
import sys

import nbformat
import normalise
import pages
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = pathlib.Path(__file__).parent.parent
PAGES = list(pages.all_pages(ROOT))
EDITIONS = [path for page in PAGES for path in (page.target, page.trainer) if path]
LESSONS = sorted({page.source for page in PAGES if page.kind == "lesson"})
MACHINE = re.compile(
    r"(?<![\w.])/(work|home|root|tmp|Users|private|var/folders)/|\b[A-Z]:\\\\?Users"
)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.lang}/{p.source.stem}")
every_edition = pytest.mark.parametrize(
    "path", EDITIONS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def faults(book):
    """What shows that a notebook was not run from top to bottom, or not normalised."""
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        yield "not run from the first cell to the last"
    if not outputs:
        yield "no output is saved"
    if any(output.output_type == "error" for output in outputs):
        yield "a cell failed"
    if any(output.get("name") == "stderr" for output in outputs):
        yield "a cell warned"
    if "widgets" in book.metadata or "widget-view" in str(outputs):
        yield "widget state is saved"
    if any("execution" in cell.metadata for cell in code):
        yield "times are saved"
    if found := MACHINE.search(nbformat.writes(book)):
        yield f"a path of a machine: {found[0]}"


@every_edition
def test_a_notebook_was_run_and_normalised(path):
    assert list(faults(nbformat.read(path, as_version=4))) == []


@every_page
def test_a_notebook_comes_from_its_sources_as_they_are(page):
    current = pages.is_current(page)
    assert current, f"{page.lang}/{page.target.name} is out of date: make notebooks"


def test_no_notebook_lost_its_source():
    assert pages.orphans(ROOT, PAGES) == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_says_the_same_things_in_both_languages(path):
    told = {
        lang: [
            {key: value for key, value in cell.metadata.items() if key != "lang"}
            for cell in pages.read_source(path)
            if cell.metadata.get("lang") == lang
        ]
        for lang in ("zh", "en")
    }
    assert told["zh"] == told["en"]


NUMBERED = [path for path in LESSONS if path.stem[-1].isdigit()]  # a day and a case are no lessons


@pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)
def test_the_core_of_a_lesson_fits_25_minutes(path):
    core = [page.about["minutes"] for page in PAGES if page.source == path]
    assert max(core) <= 25


def run(*outputs, count=1):
    book = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    book.cells = [
        new_markdown_cell("# 漏斗"),
        new_code_cell(FIGURE, execution_count=count, outputs=list(outputs)),
    ]
    return book


FIGURE = 'from IPython.display import display\ndisplay({"text/plain": "差 55 万"}, raw=True)'
GOOD = new_output("display_data", data={"text/plain": "差 55 万"})


def test_a_run_notebook_has_no_fault():
    assert list(faults(run(GOOD))) == []


@pytest.mark.parametrize(
    ("book", "fault"),
    [
        (run(GOOD, count=None), "not run from the first cell to the last"),
        (run(GOOD, count=2), "not run from the first cell to the last"),
        (run(), "no output is saved"),
        (run(new_output("error", ename="E", evalue="")), "a cell failed"),
        (run(new_output("stream", name="stderr", text="old")), "a cell warned"),
        (
            run(new_output("display_data", data={normalise.WIDGET: {"model_id": "a"}})),
            "widget state is saved",
        ),
        (
            run(new_output("stream", text="/" + "home/li/team.csv")),
            "a path of a machine: /" + "home/",
        ),
    ],
)
def test_what_nbval_lets_pass_is_a_fault_here(book, fault):
    assert list(faults(book)) == [fault]


def nbval(book, folder):
    """Run nbval as ``make nbval`` does, on one notebook; its last line and exit code."""
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    nbformat.write(book, folder / "page.ipynb")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--nbval", "--nbval-sanitize-with", str(ROOT / "tests" / "nbval.cfg")),
            *("--nbval-cell-timeout=60", "page.ipynb"),
        ],
        cwd=folder,
        env={**os.environ, "COURSEKIT_STATE": str(folder / "state")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stdout


def test_nbval_sees_a_number_that_changed_in_an_alt_text(tmp_path):
    assert nbval(run(GOOD), tmp_path)[0] == 0
    saved = new_output("display_data", data={"text/plain": "差 54 万"})
    code, told = nbval(run(saved), tmp_path)
    assert code == 1
    assert "差 54 万" in told


def test_nbval_sees_an_output_that_was_not_saved(tmp_path):
    assert nbval(run(), tmp_path)[0] == 1


def test_nbval_lets_a_notebook_pass_that_was_never_run(tmp_path):
    """The reason for ``faults``: should this change, half of it can go."""
    book = run(count=None)
    assert nbval(book, tmp_path)[0] == 0
    assert "not run from the first cell to the last" in faults(book)
