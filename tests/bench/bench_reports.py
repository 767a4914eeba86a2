"""How long the pages of a check-up take: workers as threads, as processes, and the first page.

    python tests/bench/bench_reports.py [PERSONS]

Prints seconds; asserts nothing. Compiled modules matter: unset PYTHONDONTWRITEBYTECODE.
"""

import concurrent.futures
import os
import pathlib
import sys
import tempfile
import time

from coursekit.reporting import batch, page
from coursekit.reporting.facts import sample
from coursekit.reporting.store import Store, as_json


def _made(count):
    facts = as_json({**sample("person"), "lang": "zh"})
    for number in range(count):
        # a title of its own gives every page a digest of its own
        yield batch.Page(f"persons/{number}", "person", "zh", f"bench {number}", facts)


def _one(folder, one):
    store = Store(folder)
    book, reason = batch._drawn(store, one, page.template(one.kind, one.lang))
    assert not reason, reason
    store.write(one.files[1], page.text(book))
    store.write(one.files[2], page.html(book, one.lang, one.title, one.digest))


def _seconds(pool, pages):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = Store(pathlib.Path(folder))
        store.claim([name for one in pages for name in one.files])
        start, cpu = time.perf_counter(), _cpu()
        with pool:
            for done in [pool.submit(_one, store.folder, one) for one in pages]:
                done.result()
        return time.perf_counter() - start, _cpu() - cpu


def _cpu():
    """Seconds of processor that this process and its ended children took; 0 on Windows."""
    return sum(os.times()[:4])


def main():
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        print("PYTHONDONTWRITEBYTECODE is set: every kernel compiles what it imports")
    pages = list(_made(count))
    threads, processes = (
        concurrent.futures.ThreadPoolExecutor,
        concurrent.futures.ProcessPoolExecutor,
    )
    first, _ = _seconds(threads(1), pages[:1])
    print(f"the first page, with everything that has to be imported: {first:.2f} s")
    for kind, workers in ((threads, 1), (threads, 2), (threads, 3), (processes, 2)):
        taken, cpu = _seconds(kind(workers), pages)
        name = kind.__name__.removesuffix("PoolExecutor").lower()
        each = f"{taken / count:.2f} s each, {cpu / count:.2f} of processor"
        print(f"{count} pages, {workers} x {name:8}: {taken:6.2f} s, {each}")


if __name__ == "__main__":
    main()
