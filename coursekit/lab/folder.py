"""Making a course folder, and bringing it up to date without touching what somebody changed."""

import dataclasses
import json
import pathlib

from coursekit import terms, toml
from coursekit.course import SETTINGS, Course, content
from coursekit.errors import InputError
from coursekit.lab.digest import page_digest

SHIPPED = ".coursekit/shipped.json"
HOME = "home.ipynb"
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", ".coursekit", ".ipynb_checkpoints"}


@dataclasses.dataclass(frozen=True)
class Refreshed:
    """What happened to a course folder.

    Attributes
    ----------
    lang : {"zh", "en"}
        The language of the course.
    new : bool
        Whether the course was made just now.
    replaced : tuple of str
        Untouched files that came in a newer version.
    kept : tuple of (str, str)
        Changed files, each with the file beside it that holds the kit's newer version.
    """

    lang: str
    new: bool
    replaced: tuple
    kept: tuple


def shipped_files(lang):
    """Files of a course in one language: path inside the course folder -> file of the kit.

    Lessons, exercise pages, and the texts that a trainer edits (exercises, thresholds).
    """
    kit, package = content(), pathlib.Path(__file__).parent.parent
    pages = kit / "notebooks" / lang
    files = {path.relative_to(pages).as_posix(): path for path in pages.rglob("*.ipynb")}
    files |= {f"exercises/{p.name}": p for p in (kit / "exercises" / lang).glob("*.ipynb")}
    files |= {f"exercises/{p.name}": p for p in (kit / "exercises").glob("*.yaml")}
    files |= {f"instruments/{p.name}": p for p in (package / "instruments").glob("*.toml")}
    # reports draw facts of a check-up, the looks at the case's data are for those who teach with it
    hidden = ("/.", "/report_", "/data_")
    return {name: files[name] for name in sorted(files) if not any(h in f"/{name}" for h in hidden)}


def language(folder):
    """The language of the course in a folder; Chinese where there is none that can be read."""
    try:
        own = toml.read(pathlib.Path(folder) / SETTINGS).get("lang")
    except (OSError, InputError):
        own = None
    return own if own in terms.LANGS else terms.LANGS[0]


def refresh(folder, lang=None):
    """Make a course folder, or bring an existing one up to date.

    A file that is as the kit shipped it is replaced by the newer one; a changed file stays, and
    the newer version is put beside it once.

    Parameters
    ----------
    folder : path
    lang : {"zh", "en"}, optional
        Language of a new course, Chinese where not given. An existing course has its own.

    Returns
    -------
    Refreshed

    Raises
    ------
    InputError
        The folder is a file, belongs to something else, cannot be written, holds a course in the
        other language, or its ``course.toml`` has a mistake.
    """
    folder = pathlib.Path(folder).resolve()
    try:
        new = _begin(folder, lang or "zh")
        own = Course.find(folder).lang
        if lang and lang != own:
            raise InputError(
                "lab.other_language", folder=folder, have=own, want=lang, file=SETTINGS
            )
        replaced, kept = _bring(folder, shipped_files(own))
    except OSError as error:
        raise InputError("lab.not_writable", folder=folder, cause=error.strerror) from error
    return Refreshed(own, new, replaced, kept)


def _begin(folder, lang):
    if folder.exists() and not folder.is_dir():
        raise InputError("lab.not_a_folder", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / SETTINGS).is_file():
        return False
    strangers = sorted(p.name for p in folder.iterdir() if p.name not in _LITTER)
    if strangers and not (folder / SHIPPED).is_file():
        raise InputError("lab.not_empty", folder=folder, n=len(strangers), first=strangers[0])
    course_id = json.dumps(folder.name, ensure_ascii=False)
    text = terms.say("lab.settings_note", lang) + f'\nid = {course_id}\nlang = "{lang}"\n'
    text += "\n" + terms.say("lab.brand_note", lang) + "\n"
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    return True


def _bring(folder, files):
    record = folder / SHIPPED
    before = _read(record)
    now, replaced, kept = dict(before), [], []
    for name, source in files.items():
        target = folder / name
        now[name] = latest = page_digest(source)
        if not target.exists():
            _copy(source, target)
            continue
        have = page_digest(target)
        if have == latest:
            continue
        if have == before.get(name):
            _copy(source, target)
            replaced.append(name)
        elif before.get(name) != latest:
            beside = target.with_name(f"{target.stem}.new{target.suffix}")
            _copy(source, beside)
            kept.append((name, beside.relative_to(folder).as_posix()))
    text = json.dumps(now, ensure_ascii=False, indent=0, sort_keys=True)
    record.parent.mkdir(exist_ok=True)
    record.write_text(text, encoding="utf-8")
    return tuple(replaced), tuple(kept)


def _read(record):
    try:
        digests = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return digests if isinstance(digests, dict) else {}


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_bytes(source.read_bytes())
    part.replace(target)
