"""Check-ups that are started as a person would, and killed."""

import contextlib
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import time

from coursekit.reporting.store import MANIFEST, Store

HEADER = "编号,负责人,工号,客户,阶段,金额,下一步,下一步日期\n"
SCRIPT = "<script>alert(1)</script>"
OPTIONS = ("--today", "2026-03-02", "--target", "30万", "--yes")
# what a run has to get to before it is killed: the name of a new file ends so
MILESTONES = (".part", ".ipynb", ".json", ".html", ".csv")


def export(path, names):
    """Three deals for every name; the third has lost its next step."""
    lines = []
    for number, name in enumerate(names):
        lines += [
            [f"A{number}", name, f"S{number}", f"绿源{SCRIPT}", "50%", 300_000, SCRIPT, ""],
            [
                f"B{number}",
                name,
                f"S{number}",
                "=海辰&食品",
                "90%",
                200_000,
                "周五谈价",
                "2026-03-06",
            ],
            [f"C{number}", name, f"S{number}", "永信机电", "25%", 100_000, "", ""],
        ]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(lines)
    path.write_text(HEADER + buffer.getvalue(), encoding="utf-8-sig")


def start(file, out):
    """Start a check-up."""
    # event loops that jupyter_client leaves open at the end are not ours to close
    environment = {**os.environ, "PYTHONWARNINGS": "error,ignore::ResourceWarning"}
    return subprocess.Popen(
        [sys.executable, "-m", "coursekit", "checkup", str(file), "--out", str(out), *OPTIONS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=out.parent,
    )


def finish(file, out):
    """Run a check-up to its end; what it said on stderr."""
    process = start(file, out)
    _, err = process.communicate(timeout=240)
    assert process.returncode == 0, err.decode("utf-8")
    return err.decode("utf-8")


def survive(file, out, kills, seed):
    """Kill a check-up again and again, look after each kill, then let it finish.

    Returns
    -------
    int
        Kills that met a running process.
    """
    rng = random.Random(seed)
    n_killed = 0
    for number in range(kills):
        n_killed += _killed(file, out, MILESTONES[number % len(MILESTONES)], rng.random() * 0.1)
        _look(out)
    drawn = {path: path.stat().st_mtime_ns for path in out.glob("persons/*.html")}
    finish(file, out)
    assert drawn, "no kill came late enough for a page to be there"
    assert all(path.stat().st_mtime_ns == when for path, when in drawn.items()), "drawn twice"
    return n_killed


def _killed(file, out, milestone, delay):
    before = _stamps(out)
    process, deadline = start(file, out), time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        fresh = _stamps(out).items() - before.items()
        if any(name.endswith(milestone) for name, _ in fresh):
            time.sleep(delay)
            break
        time.sleep(0.002)
    running = process.poll() is None
    process.kill()
    process.communicate()
    return running


def _look(out):
    """Whatever has its final name is whole and in the manifest."""
    for path in (*out.glob("*.html"), *out.glob("persons/*.html")):
        assert path.read_bytes().rstrip().endswith(b"</html>")
    for path in (out / MANIFEST, *out.rglob("*.ipynb"), *out.rglob("*.json")):
        if path.exists():
            json.loads(path.read_text("utf-8"))
    named = {*Store(out).names(), MANIFEST}
    assert {name.removesuffix(".part") for name in _files(out)} <= named


def snapshot(out):
    """Every file that the kit wrote, by name."""
    return {name: (out / name).read_bytes() for name in _files(out)}


def _files(out):
    for folder, _, names in os.walk(out):
        for name in names:
            if name != ".coursekit-lock":
                yield pathlib.Path(folder, name).relative_to(out).as_posix()


def _stamps(out):
    """When every file was written, by name."""
    found = {}
    for name in _files(out):
        with contextlib.suppress(FileNotFoundError):  # renamed just now
            found[name] = (out / name).stat().st_mtime_ns
    return found
