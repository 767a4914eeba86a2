"""Starting JupyterLab on a course folder, and ending it."""

import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import socket
import tempfile

from coursekit import terms
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.lab import settings
from coursekit.lab.folder import HOME, language, refresh

__all__ = ["language", "run"]


def run(folder, lang=None, *, port=None, browser=True):
    """Make or refresh a course folder and serve it until Ctrl+C.

    Parameters
    ----------
    folder : path
    lang : {"zh", "en"}, optional
        Language of a new course.
    port : int, optional
        A free one where not given.
    browser : bool, default True
        Whether to open the browser.

    Raises
    ------
    InputError
        The folder cannot be used (see `refresh`), or the port is taken.
    """
    refreshed = refresh(folder, lang)
    course = Course.find(folder)
    port = free_port(port)
    for line in _report(course, refreshed):
        print(line)
    token = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="coursekit-", ignore_cleanup_errors=True) as runtime:
        _serve(course, pathlib.Path(runtime), port, token, browser)
    print(terms.say("lab.ended", course.lang))


def free_port(port=None):
    """A port of this machine that is free: the given one, or any.

    Raises
    ------
    InputError
        The given port is taken or not allowed.
    """
    with socket.socket() as probe:
        if os.name == "posix":  # or the port of a course that just ended would count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, port or 0))
        except (OSError, OverflowError) as error:
            raise InputError("lab.port_taken", port=port) from error
        return probe.getsockname()[1]


def _report(course, refreshed):
    lang = course.lang
    yield terms.say("lab.made" if refreshed.new else "lab.found", lang, folder=course.folder)
    if refreshed.replaced:
        yield terms.say("lab.replaced", lang, n=len(refreshed.replaced))
    for name, beside in refreshed.kept:
        yield terms.say("lab.kept", lang, name=name, beside=beside)
    if lang == "zh" and settings.locale(lang) != "zh_CN":
        yield terms.say("lab.no_language_pack", lang)


def _serve(course, runtime, port, token, browser):
    with _set(settings.environment(runtime)):
        from jupyter_core.paths import jupyter_config_dir, jupyter_path
        from jupyterlab.labapp import LabApp
        from jupyterlab_server.config import get_federated_extensions
        from traitlets.config import Config

        installed = get_federated_extensions(jupyter_path("labextensions"))
        settings.write_settings(runtime, course, installed)
        home = HOME if (course.folder / HOME).is_file() else ""
        config = settings.server_settings(course.folder, runtime, port, token, home, browser)
        server = LabApp.initialize_server(argv=[], config=Config(config))
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: server.stop(from_signal=True))
        address = f"http://{settings.HOST}:{port}{config['ServerApp']['default_url']}&token={token}"
        said = terms.say("lab.open", course.lang, address=address)
        server.io_loop.add_callback(print, said, flush=True)  # runs when the port listens
        try:
            server.start()
        finally:
            empty = pathlib.Path(jupyter_config_dir())
            if empty.parent.resolve() == pathlib.Path(tempfile.gettempdir()).resolve():
                shutil.rmtree(empty, ignore_errors=True)  # the empty one of JUPYTER_NO_CONFIG


@contextlib.contextmanager
def _set(variables):
    before = {name: os.environ.get(name) for name in variables}
    _update(variables)
    try:
        yield
    finally:
        _update(before)


def _update(variables):
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
