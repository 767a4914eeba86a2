"""Starting JupyterLab on a course folder, with settings of its own and none of the user's.

What a course that came by mail could carry is kept away from what decides: configuration,
kernels and IPython's start-up files live in a folder of this run, not of the course, and only
pages whose code the kit shipped run by themselves.
"""

import contextlib
import importlib.util
import json
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
from coursekit.lab.digest import code_digest
from coursekit.lab.folder import HOME, language, refresh, shipped_files

__all__ = ["language", "run"]

EXTENSIONS = pathlib.Path(__file__).parent / "extension"
LANGUAGE_PACK = "jupyterlab_language_pack_zh_CN"
HOST = "127.0.0.1"
IDLE_SECONDS = 30 * 60  # a kernel whose browser was closed ends after this time

# the words of the extension, and JupyterLab's own parts that a course does without
_WORDS = "lab.page."
_OWN = {"coursekit", "anywidget", "@jupyter-widgets/jupyterlab-manager"}
_WITHOUT = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/help-extension:jupyter-forum",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/terminal-extension",
)


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
            probe.bind((HOST, port or 0))
        except (OSError, OverflowError) as error:
            raise InputError("lab.port_taken", port=port) from error
        return probe.getsockname()[1]


def approved(lang):
    """Digests of the code of all pages that the kit ships in one language."""
    pages = (p for p in shipped_files(lang).values() if p.suffix == ".ipynb")
    return sorted({code_digest(json.loads(page.read_text("utf-8"))) for page in pages})


def overrides(lang):
    """JupyterLab's settings for a course; the user's own choices in the course come on top."""
    return {
        "@jupyterlab/application-extension:shell": {"startMode": "single"},
        "@jupyterlab/translation-extension:plugin": {"locale": locale(lang)},
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        "@jupyterlab/apputils-extension:themes": {
            "theme": "JupyterLab Light",
            "adaptive-theme": False,
        },
        "@jupyterlab/notebook-extension:tracker": {
            "kernelShutdown": True,
            "windowingMode": "none",
            "scrollPastEnd": False,
        },
        "@jupyterlab/statusbar-extension:plugin": {"visible": False},
    }


def locale(lang):
    """JupyterLab's name of a language; English where its Chinese menus are not installed."""
    chinese = lang == "zh" and importlib.util.find_spec(LANGUAGE_PACK)
    return "zh_CN" if chinese else "default"


def page_config(lang, extensions=()):
    """What the page of JupyterLab is told: parts that are off, and what the extension needs.

    Parameters
    ----------
    lang : {"zh", "en"}
    extensions : iterable of str
        Names of the installed JupyterLab extensions; all but the course's are switched off.
    """
    words = {
        code.removeprefix(_WORDS): entry[lang]
        for code, entry in terms.glossary().items()
        if code.startswith(_WORDS)
    }
    told = {"home": HOME, "approved": approved(lang), "words": words}
    off = sorted({*_WITHOUT, *(set(extensions) - _OWN)})
    return {
        "disabledExtensions": dict.fromkeys(off, True),
        # a string: JupyterLab keeps of an object only its keys
        "coursekit": json.dumps(told, ensure_ascii=False, sort_keys=True),
    }


def environment(runtime):
    """Environment variables that keep configuration, kernels and start-up files to this run.

    ``None`` stands for a variable that must not be set.
    """
    return {
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_CONFIG_PATH": None,
        "JUPYTER_PATH": None,
        "JUPYTER_DATA_DIR": str(runtime / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime / "runtime"),
        "IPYTHONDIR": str(runtime / "ipython"),
        # a course folder must not shadow a library that a page imports
        "PYTHONSAFEPATH": "1",
    }


def server_settings(folder, runtime, port, token, *, home=HOME, browser=False):
    """JupyterLab's and its server's configuration: this machine only, nothing from outside."""
    own = folder / ".coursekit" / "lab"
    return {
        "ServerApp": {
            "ip": HOST,
            "port": port,
            "port_retries": 0,
            "root_dir": str(folder),
            # reset: no window comes up with the pages that another one had open
            "default_url": f"/lab/tree/{home}?reset" if home else "/lab?reset",
            "open_browser": browser,
            "use_redirect_file": False,
            "answer_yes": True,
            "allow_root": True,
            "terminals_enabled": False,
            "log_level": 40,
        },
        "IdentityProvider": {"token": token},
        "MappingKernelManager": {
            "cull_idle_timeout": IDLE_SECONDS,
            "transport_encryption": "auto",
        },
        "LabApp": {
            "app_settings_dir": str(runtime / "settings"),
            "user_settings_dir": str(own / "settings"),
            "workspaces_dir": str(runtime / "workspaces"),
            "extra_labextensions_path": [str(EXTENSIONS)],
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "log_level": 40,
        },
    }


def write_settings(runtime, lang, extensions=()):
    """Write the settings of a run: JupyterLab's overrides, its page, IPython's kernel."""
    files = {
        "settings/overrides.json": overrides(lang),
        "settings/page_config.json": page_config(lang, extensions),
        "ipython/profile_default/ipython_kernel_config.json": {
            "InteractiveShellApp": {"ignore_cwd": True},
            "InteractiveShell": {"xmode": "Minimal"},  # the sentence of an error, no program text
            "HistoryManager": {"enabled": False},
        },
    }
    for name, values in files.items():
        path = runtime / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")


def _report(course, refreshed):
    lang = course.lang
    yield terms.say("lab.made" if refreshed.new else "lab.found", lang, folder=course.folder)
    if refreshed.replaced:
        yield terms.say("lab.replaced", lang, n=len(refreshed.replaced))
    for name, beside in refreshed.kept:
        yield terms.say("lab.kept", lang, name=name, beside=beside)
    if lang == "zh" and locale(lang) != "zh_CN":
        yield terms.say("lab.no_language_pack", lang)


def _serve(course, runtime, port, token, browser):
    with _set(environment(runtime)):
        from jupyter_core.paths import jupyter_config_dir, jupyter_path
        from jupyterlab.labapp import LabApp
        from jupyterlab_server.config import get_federated_extensions
        from traitlets.config import Config

        write_settings(
            runtime, course.lang, get_federated_extensions(jupyter_path("labextensions"))
        )
        home = HOME if (course.folder / HOME).is_file() else ""
        settings = server_settings(course.folder, runtime, port, token, home=home, browser=browser)
        server = LabApp.initialize_server(argv=[], config=Config(settings))
        signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
        address = f"http://{HOST}:{port}{settings['ServerApp']['default_url']}&token={token}"
        said = terms.say("lab.open", course.lang, address=address)
        server.io_loop.add_callback(print, said, flush=True)  # runs when the port listens
        try:
            server.start()
        finally:
            shutil.rmtree(jupyter_config_dir(), ignore_errors=True)


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
