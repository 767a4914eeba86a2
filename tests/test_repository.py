"""What must hold of the checkout as a whole."""

import re
import subprocess
import zipfile

import pytest
from hatchling.builders.wheel import WheelBuilder

import coursekit

LONGEST = 350  # lines; a longer module is two ideas
MODULES = ("coursekit", "tools", "datasets")  # the bank has one file per module of the course
BINARY = (".ttf", ".png", ".xls", ".xlsx", ".ico")
# folders of a machine, and addresses of package indexes
FOREIGN = re.compile(
    r"(?<![\w.~-])/(work|home|root|Users|private|var/folders)/[\w.-]"
    r"|\b[A-Z]:\\+Users"
    r"|index[-]url|files\.pythonhosted|registry\.npmjs"
)


@pytest.fixture(scope="module")
def tracked(root):
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("no git checkout: tracked files are NOT checked")
    paths = (root / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    path = next(WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"]))
    with zipfile.ZipFile(path) as archive:
        (about,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        return archive.namelist(), archive.read(about).decode()


def foreign(text):
    found = FOREIGN.search(text)
    return found and found[0]


def test_no_file_holds_a_path_of_a_machine(root, tracked):
    texts = (path for path in tracked if path.suffix not in BINARY)
    found = {
        path.relative_to(root).as_posix(): foreign(path.read_bytes().decode("utf-8", "replace"))
        for path in texts
    }
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("text", ["/ho" + "me/li/team.csv", "C:\\Us" + "ers\\li", "index" + "-url"])
def test_a_path_of_a_machine_is_found(text):
    assert foreign(f"see {text}.")


@pytest.mark.parametrize("text", ["../shared/data/team.csv", "docs/home/li", "https://a.b/home/x"])
def test_a_path_inside_the_checkout_is_none(text):
    assert foreign(text) is None


def test_no_module_is_two_ideas(root, tracked):
    lines = {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in tracked
        if path.suffix in (".py", ".js") and path.relative_to(root).parts[0] in MODULES
    }
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_the_changelog_tells_of_this_version(root):
    told = (root / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"(?m)^## \[?{re.escape(coursekit.__version__)}\b", told)


def test_the_wheel_says_what_it_is(wheel):
    about = wheel[1]
    assert "Name: sales-coursekit\n" in about
    assert f"Version: {coursekit.__version__}\n" in about
    assert "License-Expression: MIT AND CC-BY-4.0 AND OFL-1.1\n" in about
    for name in ("LICENSE", "LICENSE-texts", "coursekit/fonts/OFL.txt"):
        assert f"License-File: {name}\n" in about


def test_the_wheel_carries_the_fonts_the_words_and_the_course(wheel):
    for name in (
        "coursekit/terms.toml",
        "coursekit/fonts/CourseKitSC-Bold.ttf",
        "coursekit/course/notebooks/zh/course.toml",
        "coursekit/course/exercises/en/course.toml",
        "coursekit/course/datasets/team.toml",
    ):
        assert name in wheel[0]


def test_the_wheel_carries_no_journal_no_cache_and_no_sources(wheel):
    waste = re.compile(r"\.coursekit/|checkpoints|__pycache__|/source/|/tests/|/tools/")
    assert [name for name in wheel[0] if waste.search(name)] == []
