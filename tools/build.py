"""Build the notebooks: sources in both languages -> executed, normalised pages of one language.

    python tools/build.py             what is out of date
    python tools/build.py funnel_2    these pages only
    python tools/build.py --force     all of it
    python tools/build.py --check     only tell what is out of date; 1 where anything is

``notebooks/source/NAME.py`` becomes ``notebooks/zh|en/NAME.ipynb`` and, with the trainer's notes,
``notebooks/zh|en/trainer/NAME.ipynb``; ``exercises/MODULE.yaml`` becomes
``exercises/zh|en/MODULE.ipynb``. Unchanged sources give unchanged bytes.
"""

import argparse
import asyncio
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

import nbformat
import normalise
from pages import Mistake, all_pages, is_current, orphans

ROOT = pathlib.Path(__file__).parent.parent
TIMEOUT = 120  # seconds for one cell


def build(page):
    """Execute one page as the sample trainee with an empty journal, and write it.

    Raises
    ------
    Mistake
        A cell failed, warned, or shows what differs from machine to machine; the line is named.
    """
    book = nbformat.v4.new_notebook(metadata={"coursekit": page.about})
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    for cell in page.cells:
        if cell.kind not in make:
            raise Mistake(f"{page.source.name}:{cell.line}: a {cell.kind} cell has no place here")
        about = {key: value for key, value in cell.metadata.items() if key != "lang"}
        book.cells.append(make[cell.kind](cell.text, metadata=about))
    _execute(page, book)
    normalise.notebook(book)
    for cell, source in zip(book.cells, page.cells, strict=True):
        for trouble in normalise.troubles(cell, ROOT):
            raise Mistake(f"{page.source.name}:{source.line} ({page.lang}): {trouble}")
    if page.trainer:
        _write(page.trainer, book)
    book.cells = [cell for cell in book.cells if cell.metadata.get("role") != "trainer"]
    _write(page.target, book)


def _execute(page, book):
    try:
        _run(page, book)
    except RuntimeError as error:
        if "died before replying" not in str(error):
            raise
        _run(page, book)  # another program took the kernel's port between choice and use


def _run(page, book):
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        client = NotebookClient(
            book,
            timeout=TIMEOUT,
            kernel_name="python3",
            resources={"metadata": {"path": str(page.target.parent)}},
            store_widget_state=False,
            record_timing=False,
            coalesce_streams=True,
            config=Config(KernelManager={"transport_encryption": "auto"}),
        )
        state = {
            "COURSEKIT_STATE": str(pathlib.Path(folder, "state")),
            "IPYTHONDIR": str(pathlib.Path(folder, "ipython")),
        }
        try:
            asyncio.run(client.async_execute(env={**os.environ, **state}))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise Mistake(_place(page, book, error)) from None


def _place(page, book, error):
    """Source, line and message of a cell that failed."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    done = [number for number, cell in enumerate(book.cells) if cell.get("execution_count")]
    cell = page.cells[done[-1] if done else 0]
    inside = re.search(r"Cell In\[\d+\], line (\d+)", plain)
    line = cell.line + (int(inside[1]) if inside else 1)
    message = plain.strip().splitlines()[-1] if plain.strip() else type(error).__name__
    return f"{page.source.name}:{line} ({page.lang}): {message}"


def _write(path, book):
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(nbformat.writes(book, version=nbformat.NO_CONVERT).encode() + b"\n")
    half.replace(path)


def _told(page):
    try:
        build(page)
    except Mistake as mistake:
        return str(mistake)
    return None


def main(argv=None, root=ROOT):
    """Build or check; 0 where all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="sources without ending, for example funnel_2")
    parser.add_argument("--force", action="store_true", help="build what is up to date too")
    parser.add_argument("--check", action="store_true", help="build nothing, tell what is stale")
    options = parser.parse_args(argv)
    try:
        made = list(all_pages(root))
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    if unknown := set(options.names) - {page.source.stem for page in made}:
        parser.error(f"no source named {', '.join(sorted(unknown))}")
    chosen = [page for page in made if not options.names or page.source.stem in options.names]
    stale = [page for page in chosen if options.force or not is_current(page)]
    gone = [] if options.names else orphans(root, made)
    if options.check:
        for path in [page.target for page in stale] + gone:
            print(f"out of date: {path.relative_to(root).as_posix()}")
        return int(bool(stale or gone))
    for path in gone:
        path.unlink()
        print(f"removed, its source is gone: {path.relative_to(root).as_posix()}")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:  # the work is done in the kernels
        told = [*pool.map(_told, (page for page in stale if not page.last))]
        told += pool.map(_told, (page for page in stale if page.last))
    mistakes = [mistake for mistake in told if mistake]
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    current = len(chosen) - len(stale)
    print(f"{len(stale) - len(mistakes)} built, {len(mistakes)} failed, {current} up to date")
    return int(bool(mistakes))


if __name__ == "__main__":
    sys.exit(main())
