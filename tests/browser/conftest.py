"""A browser that reaches this machine only, and a plain page of cards with a real desk."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import threading

import pytest

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


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all browser tests."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, *(["--no-sandbox"] if root else [])]
        )
        yield launched
        launched.close()


@pytest.fixture
def window(browser):
    """``window(width=1280, touch=False)`` opens an empty page; at the end it must be clean.

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
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
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


def _handler(place):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(200, "text/html; charset=utf-8", place.html().encode())

        def do_POST(self):
            posted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = place.take(posted)
            code = 200 if reply is not None else 503
            self._answer(code, "application/json", json.dumps(reply).encode())

        def _answer(self, code, kind, body):
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return Handler


@pytest.fixture
def plain_page():
    """``plain_page(desk, ["id", …], guesses=[…], lang="zh")`` serves cards on 127.0.0.1."""
    with contextlib.ExitStack() as stack:

        def serve(desk, exercises, guesses=(), lang="zh"):
            served = PlainPage(desk, exercises, guesses, lang)
            stack.callback(served.close)
            return served

        yield serve
