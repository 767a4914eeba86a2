"""The wheel: everything in it that the kit needs, nothing private, and it runs on its own."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
import zipfile

import pytest

CONTENT = ("coursekit", "notebooks/zh", "notebooks/en", "exercises", "datasets")
JUNK = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".coursekit", ".DS_Store")
PRIVATE = (
    "notebooks/zh/.coursekit/journal.jsonl",
    "exercises/zh/.coursekit/lab/settings/x.json",
    "notebooks/zh/.ipynb_checkpoints/home-checkpoint.ipynb",
    "coursekit/lab/__pycache__/start.cpython-311.pyc",
    "datasets/.DS_Store",
)
DEALS = """负责人,客户,阶段,预计金额,下一步
张伟,春和百货,50%,120000,周四见王经理谈付款
李娜,宏远物流,90%,80000,
"""


def run(*command, cwd, **settings):
    """A command to its end, outside the checkout and without its environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COURSEKIT"))}
    environment |= {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        **settings,
    )


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """A wheel of the tree, built where somebody has worked: journals and caches lie about."""
    tree = tmp_path_factory.mktemp("tree")
    for name in CONTENT:
        shutil.copytree(root / name, tree / name, ignore=JUNK)
    for path in (*root.glob("*.md"), *root.glob("LICENSE*"), root / "pyproject.toml"):
        shutil.copy(path, tree)
    for name in PRIVATE:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("private", encoding="utf-8")
    out = tmp_path_factory.mktemp("dist")
    built = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, tree, cwd=out
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, root, tmp_path_factory):
    """The scripts folder of an empty environment with the wheel and what it asks for."""
    place = tmp_path_factory.mktemp("empty") / "venv"
    made = run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    assert made.returncode == 0, made.stderr
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    pins = root / "constraints.txt"
    got = run(*pip, "install", "-q", "--no-compile", "-c", pins, wheel, cwd=place.parent)
    assert got.returncode == 0, got.stderr
    return scripts


def names(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def test_all_code_texts_fonts_and_pages_are_in_the_wheel(wheel, root):
    def inside(path):
        name = path.relative_to(root).as_posix()
        return name if name.startswith("coursekit/") else f"coursekit/course/{name}"

    expected = {
        inside(path)
        for name in CONTENT
        for path in (root / name).rglob("*")
        if path.is_file() and not JUNK("", path.relative_to(root).parts)
    }
    assert expected - names(wheel) == set()
    kinds = {pathlib.PurePosixPath(name).suffix for name in expected}
    assert {".py", ".toml", ".yaml", ".js", ".css", ".ttf", ".ipynb", ".csv", ".json"} <= kinds


def test_no_journal_no_checkpoint_and_no_cache_is_in_the_wheel(wheel):
    parts = {part for name in names(wheel) for part in pathlib.PurePosixPath(name).parts}
    assert parts.isdisjoint({".coursekit", ".ipynb_checkpoints", "__pycache__", ".DS_Store"})
    assert not [name for name in names(wheel) if name.endswith((".pyc", ".jsonl", ".part"))]


def test_sources_tests_and_tools_stay_at_home(wheel):
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"coursekit"}
    assert not [name for name in names(wheel) if "/notebooks/source/" in name]


def test_the_licences_of_code_texts_and_fonts_are_in_the_wheel(wheel):
    found = {name.rpartition("/")[2] for name in names(wheel) if "/licenses/" in name}
    assert {"LICENSE", "LICENSE-texts", "OFL.txt"} <= found


def test_checkup_runs_from_the_wheel(installed, tmp_path):
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8-sig")
    done = run(
        installed / "coursekit", "checkup", "deals.csv", "--today", "2026-03-02", "--yes",
        "--out", "pages", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pages/team.html").is_file()
    assert "张伟" in (tmp_path / "pages/index.html").read_text("utf-8")


def test_the_case_comes_from_the_wheel_in_both_skins(installed, root, tmp_path):
    made = run(installed / "coursekit", "case", "parts", "course", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    (tmp_path / "course/course.toml").write_text('case = "parts"\n', encoding="utf-8")
    count = (
        "from coursekit.case import Case; from coursekit.course import Course; "
        "print([len(Case.load(skin, 'en', Course.find()).deals) for skin in ('feed', 'parts')])"
    )
    told = run(installed / "python", "-c", count, cwd=tmp_path / "course")
    rows = len((root / "datasets/feed/deals.csv").read_text("utf-8-sig").splitlines()) - 1
    assert told.stdout.strip() == f"[{rows}, {rows}]", told.stderr


@pytest.mark.parametrize("name", ["funnel", "customers", "dealers", "accounts", "plan"])
def test_a_workbook_comes_from_the_wheel(installed, tmp_path, name):
    written = run(installed / "coursekit", "template", name, "own.xlsx", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "own.xlsx").namelist()


def test_lab_runs_from_the_wheel(installed, tmp_path):
    process = subprocess.Popen(
        [installed / "coursekit", "lab", "course", "--no-browser"],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    killer = threading.Timer(120, process.kill)
    killer.start()
    try:
        with process.stdout as said:
            lines = []
            for line in said:
                lines.append(line)
                if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                    break
            else:
                pytest.fail("".join(lines))
            token = re.search(r"token=(\S+)", line)[1]
            told = json.loads(_get(f"{address[0]}/lab?token={token}", "jupyter-config-data"))
            names = [extension["name"] for extension in told["federated_extensions"]]
            assert "coursekit" in names
            script = f"{address[0]}/lab/extensions/coursekit/static/remoteEntry.js?token={token}"
            assert "coursekit" in _get(script)
    finally:
        killer.cancel()
        process.terminate()
        process.wait(30)
    assert (tmp_path / "course/home.ipynb").is_file()


def _get(address, script=None):
    with urllib.request.urlopen(address) as answer:
        text = answer.read().decode("utf-8")
    return re.search(rf'id="{script}"[^>]*>(.*?)</script>', text, re.S)[1] if script else text


RUN = """
import sys, nbformat, nbclient
from traitlets.config import Config
page = nbformat.read(sys.argv[1], 4)
quiet = Config(KernelManager={"transport_encryption": "auto"})
nbclient.NotebookClient(page, kernel_name="python3", config=quiet).execute(cwd=sys.argv[2])
"""


def test_every_page_of_the_course_runs_from_the_wheel(installed, tmp_path):
    """With the content and the fonts that the wheel carries, not those of a checkout."""
    python = installed / "python"
    make = "from coursekit.lab.folder import refresh; refresh('course')"
    assert run(python, "-c", make, cwd=tmp_path).returncode == 0
    where = run(python, "-c", "import coursekit; print(coursekit.__file__)", cwd=tmp_path).stdout
    assert pathlib.Path(where.strip()).is_relative_to(installed.parent)
    pages = [p for p in (tmp_path / "course").rglob("*.ipynb") if p.parent.name != "trainer"]
    assert len(pages) >= 3
    for page in pages:
        ran = run(python, "-c", RUN, page, page.parent, cwd=tmp_path)
        assert ran.returncode == 0, f"{page.name}: {ran.stderr[-2000:]}"
