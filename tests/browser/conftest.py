"""A browser that reaches this machine only, and a plain page of cards with a real desk."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request

import pytest

from coursekit.course import Course
from coursekit.practice import preview
from coursekit.practice.desk import Desk
from coursekit.practice.door import Door
from coursekit.practice.page import page as page_of

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # whatever asks for another machine fails: a card needs none
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
CARDS = pathlib.Path(__file__).with_name("cards.yaml")
WIDTHS = {1280: 900, 768: 1024, 390: 844}


def chromium():
    """Path of Chromium, Chrome or Edge; fails, never skips, where there is none."""
    folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
    installed = [pathlib.Path(folder, name) for folder in folders if folder for name in WINDOWS]
    for path in (*map(shutil.which, NAMES), *installed):
        if path and pathlib.Path(path).is_file():
            return str(path)
    pytest.fail(
        "Browser tests need Chromium, Chrome or Edge. Debian: apt-get install chromium "
        "fonts-wqy-microhei; Windows: Edge is already there; then run the tests again.",
        pytrace=False,
    )


def launched(playwright):
    """Chromium, running."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium refuses its sandbox to root
    return playwright.chromium.launch(
        executable_path=chromium(), args=[*FLAGS, *(["--no-sandbox"] if root else [])]
    )


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all browser tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = launched(playwright)
        yield running
        running.close()


@contextlib.contextmanager
def windows(browser):
    """``open_window(width=1280, touch=False)`` for empty pages; at the end they must be clean.

    Clean: no exception and no error on the console, no request to another machine. A test that
    provokes errors empties ``page.troubles``.
    """
    opened = []
    with contextlib.ExitStack() as stack:

        def open_window(width=1280, touch=False, **settings):
            context = browser.new_context(
                viewport={"width": width, "height": WIDTHS.get(width, 900)},
                has_touch=touch,
                is_mobile=touch,
                **settings,
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.troubles = []
            page.on("pageerror", lambda error: page.troubles.append(str(error)))
            page.on(
                "console",
                lambda message: (
                    page.troubles.append(message.text) if message.type == "error" else None
                ),
            )
            page.on("request", lambda request: _only_here(request.url, page.troubles))
            opened.append(page)
            return page

        yield open_window
        assert [page.troubles for page in opened] == [[] for _ in opened]


@pytest.fixture
def window(browser):
    """``window(width=1280, touch=False)`` opens an empty page, see `windows`."""
    with windows(browser) as open_window:
        yield open_window


def _only_here(url, troubles):
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")):
        troubles.append(f"asked another machine: {url}")


class PlainPage:
    """A small server of one page of cards.

    Attributes
    ----------
    url : str
    messages : list of dict
        What the page has posted.
    silent : bool
        Answers nothing, as a server that is gone; True keeps messages from the desk too.
    deaf : bool
        Takes messages to the desk and loses the replies.
    """

    def __init__(self, desk, exercises, guesses=(), lang="zh"):
        self.messages = []
        self.silent = self.deaf = False
        self._lang = lang
        self._lock = threading.Lock()
        self._doors = {name: Door(desk, name) for name in exercises}
        self._doors |= {name: Door(desk, name, guess=True) for name in guesses}
        self._server = preview.server(self.html, self.take)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def html(self):
        with self._lock:
            return page_of([door.open() for door in self._doors.values()], self._lang)

    def take(self, posted):
        with self._lock:
            self.messages.append(posted["message"])
            if self.silent:
                return None
            reply = self._doors[posted["exercise"]].take(posted["message"])
            return None if self.deaf else reply

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def plain_page():
    """``plain_page(desk, ["id", …], guesses=[…], lang="zh")`` serves cards on 127.0.0.1."""
    with contextlib.ExitStack() as stack:

        def serve(desk, exercises, guesses=(), lang="zh"):
            served = PlainPage(desk, exercises, guesses, lang)
            stack.callback(served.close)
            return served

        yield serve


# what `coursekit lab` does, on another content where a test brings its own pages
LAB = """
import pathlib, sys
from coursekit.lab import folder, start
if sys.argv[3]:
    folder.content = lambda: pathlib.Path(sys.argv[3])
start.run(sys.argv[1], sys.argv[2], browser=False)
"""


class Lab:
    """A JupyterLab that was started on a course folder.

    Attributes
    ----------
    folder : pathlib.Path
    url : str
        Address of the home page, token included.
    """

    def __init__(self, folder, lang="zh", content="", environment=None):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAB, str(folder), lang, str(content)],
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if address := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                self.url = address[0]
                break
        else:
            raise RuntimeError("".join(self.said))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        self.said.extend(self.process.stdout)

    @property
    def root(self):
        return self.url.split("/lab")[0]

    def address(self, path):
        """Address of a page of the course."""
        return self.url.replace("home.ipynb", path)

    def kernels(self):
        """Kernels that are running."""
        token = self.url.partition("token=")[2]
        with urllib.request.urlopen(f"{self.root}/api/kernels?token={token}") as answer:
            return json.load(answer)

    def end(self):
        """Ctrl+C, as the person at the keyboard ends it; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self._reader.join(10)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def labs():
    """``labs(folder, lang="zh", content="")`` starts JupyterLab; it ends with the module."""
    with contextlib.ExitStack() as stack:

        def begin(folder, lang="zh", content="", environment=None):
            lab = Lab(folder, lang, content, environment)
            stack.callback(lab.end)
            return lab

        yield begin


PAGE = ".ck-page:not(.lm-mod-hidden)"


def visited(page, address, state="ready"):
    """A page of a lab, opened and run."""
    page.goto(address)
    page.locator(f"{PAGE}[data-ck-state={state}]").wait_for(timeout=60_000)
    return page


@pytest.fixture
def lab_page(window):
    """``lab_page(address, width=1280)`` opens a page of a lab and waits until it has run."""

    def visit(address, width=1280, state="ready", **settings):
        return visited(window(width, **settings), address, state)

    return visit


@pytest.fixture
def desk(tmp_path):
    """``desk(lang="zh", **switches)``: a real desk on a course folder with three small cards."""

    def sit(lang="zh", **switches):
        folder = tmp_path / f"course-{lang}"
        (folder / "exercises").mkdir(parents=True, exist_ok=True)
        shutil.copy(CARDS, folder / "exercises" / "drill.yaml")
        settings = {"id": '"test"', "lang": f'"{lang}"', **switches}
        lines = [f"{name} = {value}\n" for name, value in settings.items()]
        (folder / "course.toml").write_text("".join(lines), encoding="utf-8")
        return Desk(Course.find(folder))

    return sit
