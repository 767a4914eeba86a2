"""All pages of a check-up: which are current, which have to be drawn, which could not be."""

import concurrent.futures
import dataclasses
import functools
import hashlib
import json
import pathlib
import re
import sys
import urllib.parse

from coursekit import terms
from coursekit.brand import NONE
from coursekit.reporting import page
from coursekit.reporting.facts import by_name, called, line, of_person, of_team
from coursekit.reporting.index import as_csv, html, team_csv
from coursekit.reporting.names import file_names
from coursekit.reporting.store import as_json

WORKERS = 2
# the names that every folder of pages has, whoever is in the list
ALWAYS = ("index.html", "team.html", "team.ipynb", "team.csv", "failures.csv")
_TRIES = 2  # a kernel may die of something that is not the page's fault


@dataclasses.dataclass(frozen=True)
class Page:
    """One page to be.

    Attributes
    ----------
    name : str
        Path in the output folder, without ending.
    kind : {"person", "team"}
    lang : {"zh", "en"}
    title : str
    facts : bytes
        JSON, all that the page shows.
    """

    name: str
    kind: str
    lang: str
    title: str
    facts: bytes

    @property
    def digest(self):
        """Changes with the facts and with whatever draws them."""
        known = f"{self.kind} {_edition(self.kind, self.lang)} {self.title}\n".encode(
            "utf-8", "backslashreplace"
        )
        return hashlib.sha256(known + self.facts).hexdigest()

    @property
    def facts_name(self):
        """Where its facts stand, ASCII."""
        return f"facts/{self.digest[:20]}.json"

    @property
    def files(self):
        """Everything that is written for it, the page itself last."""
        return (self.facts_name, f"{self.name}.ipynb", f"{self.name}.html")


@dataclasses.dataclass(frozen=True)
class Failure:
    """A page that could not be drawn, and why."""

    page: Page
    reason: str


# sections of the glossary that a page draws on
_SECTIONS = {"checkup", "course", "plots", "stage", "reason", "rule", "off", "tables"}


@functools.cache
def _edition(kind, lang):
    """Digest of all that a page's look depends on: notebook, templates, figures, words."""
    total = hashlib.sha256(page.text(page.template(kind, lang)))
    package = pathlib.Path(terms.__file__).parent
    words = {
        code: texts for code, texts in terms.glossary().items() if code.split(".")[0] in _SECTIONS
    }
    total.update(as_json(words))
    for name in ("brand.py", "terms.py", "plots/checkup.py", "plots/theme.py"):
        total.update((package / name).read_bytes())
    for name in ("blocks.py", "page.py", "sections.py", "sheet.py", "team.py"):
        total.update((package / "reporting" / name).read_bytes())
    for name in ("page.html.j2", "page.css"):
        total.update((page.TEMPLATES / name).read_bytes())
    return total.hexdigest()


def pages(facts, lang, brand=NONE):
    """The pages of a check-up: one per owner in the order of names, the team's last.

    Parameters
    ----------
    facts : dict
        From ``checkup.facts``.
    lang : {"zh", "en"}
    brand : coursekit.brand.Brand, optional
        What stands at the head of each.

    Returns
    -------
    list of Page
    """
    stems = file_names({owner["key"]: called(owner, lang) for owner in facts["owners"]})
    addresses = {key: _address(f"persons/{stem}") for key, stem in stems.items()}
    made = [
        Page(
            f"persons/{stems[owner['key']]}",
            "person",
            lang,
            terms.say("checkup.title_person", lang, name=called(owner, lang), day=facts["today"]),
            as_json(of_person(facts, owner, lang, brand)),
        )
        for owner in by_name(facts["owners"])
    ]
    title = terms.say("checkup.title_team", lang, day=facts["today"])
    team = as_json(of_team(facts, addresses, lang, brand))
    made.append(Page("team", "team", lang, title, team))
    return made


def _address(name):
    return urllib.parse.quote(f"{name}.html")


def names(made):
    """Every file that `write` writes for these pages, or may write."""
    return {*ALWAYS, *(name for one in made for name in one.files)}


def write(store, facts, lang, made, brand=NONE):
    """Write every page that is not current, then index and tables.

    Parameters
    ----------
    store : Store
    facts : dict
        From ``checkup.facts``.
    lang : {"zh", "en"}
    made : list of Page
        From `pages`.
    brand : coursekit.brand.Brand, optional
        What stands at the head of the index.

    Returns
    -------
    list of Failure
        Pages that could not be drawn twice; they stand in ``failures.csv``.
    """
    wanted = names(made)
    earlier = {name for name in store.names() if _is_page(name)}
    store.claim(wanted)
    store.remove(earlier - wanted)
    failures = _draw(store, [one for one in made if not is_current(store, one)])

    failed = {failure.page.name for failure in failures}
    lines = []
    for owner, one in zip(by_name(facts["owners"]), made, strict=False):
        there = one.name not in failed
        href = _address(one.name) if there else ""
        file = f"{one.name}.html" if there else ""
        lines.append({**line(owner, lang), "href": href, "page": file})
    store.write("team.csv", team_csv(lines, lang))
    if failures:
        titles = [terms.term(f"checkup.csv_{code}", lang) for code in ("page", "reason")]
        rows = [[failure.page.title, failure.reason] for failure in failures]
        store.write("failures.csv", as_csv([titles, *rows]))
        store.remove([name for failure in failures for name in failure.page.files[1:]])
    else:
        store.remove(["failures.csv"])
    store.write("index.html", html(facts, lines, "team" not in failed, lang, brand))
    return failures


def _is_page(name):
    return name.split("/")[0] in ("persons", "facts", "team.html", "team.ipynb")


def is_current(store, one):
    """Whether a page stands there, whole, drawn from these facts by this edition of the kit."""
    facts, notebook, page_html = (store.path(name) for name in one.files)
    try:
        with page_html.open("rb") as file:
            head = file.read(2000)
        return (
            f'content="{one.digest}"'.encode() in head
            and json.loads(notebook.read_bytes())["metadata"]["coursekit"]["digest"] == one.digest
            and facts.read_bytes() == one.facts
        )
    except (OSError, ValueError, KeyError):
        return False


def _draw(store, todo):
    import tqdm

    failures = []
    if not todo:
        return failures
    templates = {kind: page.template(kind, todo[0].lang) for kind in ("person", "team")}
    form = "{n_fmt}/{total_fmt} |{bar}| {elapsed}<{remaining}"
    bar = tqdm.tqdm(total=len(todo), file=sys.stderr, disable=None, leave=False, bar_format=form)
    # threads: the work is done in the kernels, and what is left here waits for them
    with bar, concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        running = {pool.submit(_drawn, store, one, templates[one.kind]): one for one in todo}
        try:
            for done in concurrent.futures.as_completed(running):
                one, (book, reason) = running[done], done.result()
                if reason:
                    failures.append(Failure(one, reason))
                else:
                    store.write(one.files[1], page.text(book))
                    store.write(one.files[2], page.html(book, one.lang, one.title, one.digest))
                bar.update()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return sorted(failures, key=lambda failure: failure.page.name)


def _drawn(store, one, template):
    """The executed notebook of a page, or why there is none."""
    store.write(one.facts_name, one.facts)
    folder = store.path(one.files[1]).parent
    folder.mkdir(parents=True, exist_ok=True)
    up = "../" * one.name.count("/")
    for _ in range(_TRIES):
        try:
            return page.run(template, folder, up + one.facts_name, one.digest), ""
        except Exception as error:  # whatever went wrong with one page, the others go on
            reason = _reason(error, one.lang)
    return None, reason


def _reason(error, lang):
    """One line for people: what the cell said, else what papermill or the kernel said."""
    name = getattr(error, "ename", "") or type(error).__name__
    said = getattr(error, "evalue", "") or str(error)
    said = re.sub(r"\x1b\[[0-9;]*m", "", said).strip().splitlines()
    return terms.say("checkup.failed", lang, error=": ".join([name, *said[:1]])[:300])
