"""One card alone in a browser, for who writes it: every reload reads the bank anew."""

import html
import http.server
import json
import tempfile
import threading
import webbrowser

from coursekit import terms
from coursekit.errors import InputError
from coursekit.practice.desk import Desk
from coursekit.practice.door import Door
from coursekit.practice.journal import Journal
from coursekit.practice.page import page

_LONGEST = 200_000  # bytes of one message


def run(course, exercise_id, port=0, browser=True, tell=print):
    """Serve a card on this machine until Ctrl+C; nothing of it is kept.

    Parameters
    ----------
    course : coursekit.course.Course
    exercise_id : str
    port : int, default 0
        0 takes a free one.
    browser : bool, default True
        Open the page.
    tell : callable
        Gets the address.

    Raises
    ------
    InputError
        No such exercise, or its entry has a mistake.
    """
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(course, Journal(folder, newcomer="preview"))
        door = Door(desk, exercise_id)
        door.open()

        def shown():
            try:
                return page([door.open()], course.lang, course.brand)
            except InputError as error:
                return _mistake(error.sentence(course.lang), course.lang)

        served = server(shown, lambda posted: door.take(posted["message"]), port)
        address = f"http://127.0.0.1:{served.server_port}/"
        tell(address)
        if browser:
            webbrowser.open(address)
        try:
            served.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            served.server_close()


def server(shown, take, port=0):
    """A server of one page of cards on 127.0.0.1, one request after another.

    Parameters
    ----------
    shown : callable
        Gives the page as HTML.
    take : callable
        Gets what a card has posted, gives the reply; None where there is none.
    port : int, default 0

    Returns
    -------
    http.server.ThreadingHTTPServer
        Not serving yet.
    """
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if not self._here() or self.path.partition("?")[0] != "/":
                self.send_error(404)
                return
            with lock:
                self._answer(200, "text/html; charset=utf-8", shown().encode("utf-8"))

        def do_POST(self):
            length = self.headers.get("Content-Length", "")
            if not self._here() or not length.isdigit() or int(length) > _LONGEST:
                self.send_error(413)
                return
            try:
                posted = json.loads(self.rfile.read(int(length)))
                with lock:
                    reply = take(posted)
            except (ValueError, KeyError, TypeError):
                self.send_error(400)
                return
            body = json.dumps(reply).encode("ascii")
            self._answer(200 if reply is not None else 503, "application/json", body)

        def _here(self):
            """Asked for under this machine's own address, not a name that leads to it."""
            return self.headers.get("Host") == f"127.0.0.1:{self.server.server_port}"

        def _answer(self, code, kind, body):
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)


def _mistake(sentence, lang):
    title = html.escape(terms.term("practice.card_tag", lang))
    text = html.escape(sentence)
    return f'<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{text}'
