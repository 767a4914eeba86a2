"""The settings that JupyterLab runs with on a course: all of them data, none of them the user's.

What a course that came by mail could carry is kept away from what decides: configuration,
kernels and IPython's start-up files live in a folder of this run, not of the course, and only
pages whose code the kit shipped run by themselves.
"""

import importlib.util
import json
import pathlib

from coursekit import brand, terms
from coursekit.lab.digest import code_digest
from coursekit.lab.folder import HOME, shipped_files

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


def page_config(course, extensions=()):
    """What the page of JupyterLab is told: parts that are off, and what the extension needs.

    Parameters
    ----------
    course : Course
        Where its folder brings Python code and its settings let that run, every page asks first:
        a page of the kit would call it.
    extensions : iterable of str
        Names of the installed JupyterLab extensions; all but the course's are switched off.
    """
    words = {
        code.removeprefix(_WORDS): entry[course.lang]
        for code, entry in terms.glossary().items()
        if code.startswith(_WORDS)
    }
    own_code = course.switches["run_code"] and any(course.folder.glob("exercises/*.py"))
    if own_code:
        words["ask"] = words["ask_own_code"]
    may_run = [] if own_code else approved(course.lang)
    told = {"lang": course.lang, "home": HOME, "approved": may_run, "words": words}
    told["brand"] = {
        "logo": course.brand.logo,
        "says": " · ".join(brand.lines(course.brand, course.lang)),
    }
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


def server_settings(folder, runtime, port, token, home=HOME, browser=False):
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


def write_settings(runtime, course, extensions=()):
    """Write the settings of a run: JupyterLab's overrides, its page, IPython's kernel."""
    files = {
        "settings/overrides.json": overrides(course.lang),
        "settings/page_config.json": page_config(course, extensions),
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
