"""Imports point one way, and nothing asks for a system that is not Windows too."""

import ast
import pathlib

import pytest

PACKAGE = pathlib.Path(__file__).parent.parent / "coursekit"
METHODS = {
    *(
        "cards",
        "replies",
        "edges",
        "relations",
        "risk",
        "inputs",
        "calibration",
        "classes",
        "contribution",
        "goals",
        "likeness",
    ),
    *("scoring", "weights", "concentration", "planning", "screening", "segments", "trials"),
    *("allocation", "credit", "channel", "retention", "accounts", "account_plan", "funnel"),
    *("forecast", "flight", "checkup", "tables", "case", "sequential", "choice", "correlation"),
}
PRACTICE, WORKBENCH = {"practice", "notebook"}, {"reporting", "lab"}
# who may not import what, by the first name below coursekit
FORBIDDEN = {
    **dict.fromkeys(METHODS, PRACTICE | WORKBENCH | {"plots", "cli", "workbooks"}),
    "workbooks": PRACTICE | WORKBENCH | {"plots", "cli"},
    **dict.fromkeys(("errors", "terms"), METHODS | PRACTICE | WORKBENCH | {"plots", "cli"}),
    "plots": PRACTICE | WORKBENCH | {"cli"},
    "making": PRACTICE | WORKBENCH | {"plots", "cli"},
    "practice": WORKBENCH | {"notebook", "cli"},
    "notebook": WORKBENCH | {"cli"},
    "reporting": {"practice", "lab", "cli"},
    "lab": {"reporting", "cli"},
    "__main__": set(),
}
# packages that only these parts of the kit may import
ONLY = {
    "anywidget": {"notebook", "practice"},
    "ipywidgets": {"notebook", "practice"},
    "papermill": {"reporting"},
}
UNIX_MODULES = {"fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "posix", "syslog"}
UNIX_NAMES = {
    "os": {
        *("fork", "forkpty", "kill", "killpg", "setsid", "setpgid", "getpgid", "geteuid", "getuid"),
        *("uname", "wait", "waitpid", "mkfifo", "chown", "nice", "getloadavg", "sched_getaffinity"),
    },
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "alarm", "pause"},
}
UNIX_ALLOWED = set()  # the one file that may, once something needs it


def imports(tree):
    """Dotted names that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


def against_the_direction(part, tree):
    """Imports of one module, part of the kit by its first name, that point the wrong way."""
    for name in imports(tree):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        wrong = FORBIDDEN.get(part, {"cli"})
        if (package == "coursekit" and other in wrong) or part not in ONLY.get(package, {part}):
            yield name


def unix_only(tree):
    """What a module imports or calls that Windows does not have."""
    for name in imports(tree):
        module, _, rest = name.partition(".")
        if module in UNIX_MODULES or rest in UNIX_NAMES.get(module, ()):
            yield name
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                if name in UNIX_NAMES.get(module, ()):
                    yield f"{module}.{name}"


def modules(check):
    """All findings of a check, with the file."""
    return [
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in check(path, ast.parse(path.read_text("utf-8")))
    ]


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_point_one_way():
    assert modules(lambda path, tree: against_the_direction(part_of(path), tree)) == []


def test_nothing_needs_unix():
    assert modules(lambda path, tree: () if path.name in UNIX_ALLOWED else unix_only(tree)) == []


@pytest.mark.parametrize(
    ("part", "code", "name"),
    [
        ("funnel", "from coursekit.practice import desk", "coursekit.practice.desk"),
        ("funnel", "def f():\n    import coursekit.lab.start", "coursekit.lab.start"),
        ("tables", "from coursekit import plots", "coursekit.plots"),
        ("practice", "from coursekit.reporting import batch", "coursekit.reporting.batch"),
        ("lab", "from coursekit.cli import main", "coursekit.cli.main"),
        ("course", "from coursekit import cli", "coursekit.cli"),
        ("plots", "import ipywidgets as w", "ipywidgets"),
        ("notebook", "from papermill import execute_notebook", "papermill.execute_notebook"),
    ],
)
def test_an_import_against_the_direction_is_found(part, code, name):
    assert list(against_the_direction(part, ast.parse(code))) == [name]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("practice", "from coursekit import funnel, terms\nimport anywidget"),
        ("reporting", "import papermill\nfrom coursekit import checkup"),
        ("__main__", "from coursekit.cli import main"),
    ],
)
def test_an_import_in_the_direction_is_fine(part, code):
    assert list(against_the_direction(part, ast.parse(code))) == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import fcntl", "fcntl"),
        ("import os\nos.killpg(1, 9)", "os.killpg"),
        ("from signal import SIGKILL", "signal.SIGKILL"),
    ],
)
def test_a_call_that_windows_lacks_is_found(code, name):
    assert list(unix_only(ast.parse(code))) == [name]


def test_every_text_file_is_opened_with_its_encoding():
    """Windows reads and writes in its own code page where nothing is said."""
    assert modules(lambda path, tree: _without_encoding(tree)) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("path.read_text()", 1),
        ("path.write_text(text)", 1),
        ("open(path, 'w')", 1),
        ("path.open('a')", 1),
        ("path.read_text('utf-8')", 0),
        ("path.write_text(text, 'utf-8')", 0),
        ("open(path, encoding='utf-8')", 0),
        ("path.open('ab')", 0),
        ("desk.open(exercise)", 0),
    ],
)
def test_a_file_opened_in_the_code_page_of_the_machine_is_found(code, found):
    assert len(list(_without_encoding(ast.parse(code)))) == found


def _without_encoding(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Call(keywords=said) if any(word.arg == "encoding" for word in said):
                continue
            case ast.Call(func=ast.Attribute(attr="read_text"), args=[]):
                yield f"line {node.lineno}: read_text"
            case ast.Call(func=ast.Attribute(attr="write_text"), args=[_]):
                yield f"line {node.lineno}: write_text"
            case ast.Call(func=ast.Name(id="open"), args=[_, ast.Constant(mode), *_]):
                if "b" not in mode:
                    yield f"line {node.lineno}: open"
            case ast.Call(func=ast.Name(id="open")):
                yield f"line {node.lineno}: open"
            case ast.Call(func=ast.Attribute(attr="open"), args=[ast.Constant("r" | "w" | "a")]):
                yield f"line {node.lineno}: open"
