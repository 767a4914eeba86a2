"""The home page of a course: its lessons, how far one is, and where to go on."""

import dataclasses
import html
import json
import re

from coursekit import brand, terms
from coursekit.practice import views
from coursekit.practice.mark import COUNTED

_APART = {".coursekit", ".ipynb_checkpoints", "trainer"}
_ASKED = re.compile(r"""\b(?:ask|guess)\(\s*["']([^"']+)["']""")


@dataclasses.dataclass(frozen=True)
class Page:
    """One notebook of a course: a lesson, or the exercises of a lesson or module.

    Attributes
    ----------
    path : str
        Relative to the course folder, with slashes.
    lesson, title : str
        The lesson or module that it belongs to: ``funnel.2`` or ``funnel``.
    minutes : float
    asked : tuple of str
        Ids of the exercises and guesses on it, each once.
    practice : bool
        A page of exercises only.
    """

    path: str
    lesson: str
    title: str
    minutes: float = 0
    asked: tuple = ()
    practice: bool = False

    @property
    def module(self):
        """The module that it belongs to."""
        return self.lesson.partition(".")[0]

    @property
    def order(self):
        """What it is sorted by within its module: 2.10 after 2.9, ``day`` after all numbers."""
        parts = self.lesson.split(".")[1:]
        return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts)

    @property
    def frames(self):
        """Whether it frames the lessons, as the page of the day does, and is none itself."""
        return any(is_word for is_word, _ in self.order)


def pages(course):
    """The pages of a course folder that say what lesson they are, in the order of the course.

    Returns
    -------
    tuple of Page
        Lessons and exercise pages. Where two pages are the same lesson (a changed one and the
        newer one beside it) the shorter name stands for it.
    """
    found = {}
    for path in sorted(course.folder.rglob("*.ipynb"), key=lambda path: (len(path.name), path)):
        relative = path.relative_to(course.folder)
        if not _APART.isdisjoint(relative.parts):
            continue
        page = _page(path, relative.as_posix())
        if page and terms.known(f"module.{page.module}"):
            found.setdefault((page.lesson, page.practice), page)
    modules = [code for code in terms.glossary() if code.startswith("module.")]

    def place(page):
        module = modules.index(f"module.{page.module}")
        return module, not page.order, page.order, page.practice

    return tuple(sorted(found.values(), key=place))


def _page(path, relative):
    """What a notebook says of itself; None where it says nothing that can be used."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
        about = notebook["metadata"]["coursekit"]
        page = Page(
            relative,
            str(about["lesson"]),
            str(about["title"]),
            float(about["minutes"]),
            _asked(notebook["cells"]),
            about.get("page") == "exercises",
        )
        _ = page.order
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return page


def _asked(cells):
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return tuple(dict.fromkeys(name for text in code for name in _ASKED.findall(text)))


@dataclasses.dataclass(frozen=True)
class Standing:
    """How far one is in a lesson: its exercises, and those answered at least once."""

    page: Page
    n: int
    answered: int

    @property
    def state(self):
        """``"new"``, ``"begun"`` or ``"done"``."""
        if self.answered == 0:
            return "new"
        return "done" if self.answered >= self.n else "begun"


def standings(course, events):
    """Standing in every page of a course.

    Parameters
    ----------
    course : Course
    events : iterable of dict
        The journal.

    Returns
    -------
    tuple of Standing
    """
    answered = {event.get("exercise") for event in events if _answers(event)}
    made = []
    for page in pages(course):
        made.append(Standing(page, len(page.asked), len(answered.intersection(page.asked))))
    return tuple(made)


def _answers(event):
    """Whether an event answers an exercise of a page; one of a check is no practice."""
    given = event.get("event") in ("attempt", "guess") and event.get("outcome") in COUNTED
    return given and not event.get("check")


def next_page(found, events):
    """The page to go on with: the lesson one was in last, or the first unfinished one after.

    Pages of exercises come after all lessons.

    Returns
    -------
    Page or None
        None where the course has no page, or all is done.
    """
    lessons = [one for one in found if not (one.page.practice or one.page.frames)]
    here = _place(lessons, events)
    at = lessons.index(here) if here else 0
    practice = [one for one in found if one.page.practice]
    onward = lessons[at:] + lessons[:at] + practice
    return next((one.page for one in onward if one.state != "done"), None)


def _place(lessons, events):
    """The standing of the lesson in which something was last answered, or begun; else None."""
    for event in reversed(events):
        if _answers(event) or (event.get("event") in ("turn", "hint") and not event.get("check")):
            at = event.get("exercise")
            return next((one for one in lessons if at in one.page.asked), None)
    return None


def _right_at_once(page, events):
    """How many exercises of a page were right at the first answer that counted."""
    first = {}
    for event in events:
        if event.get("event") == "attempt" and _answers(event):
            first.setdefault(event.get("exercise"), event["outcome"])
    return sum(first.get(name) == "right" for name in page.asked)


def rendered(course, events):
    """The home page as HTML; links are relative to the course folder.

    Parameters
    ----------
    course : Course
    events : sequence of dict
        The journal.
    """
    lang = course.lang
    found = standings(course, events)
    if not found:
        return f"<p>{_text('home_empty', lang)}</p>"
    page = next_page(found, events)
    go_on = "home_go_on" if any(one.answered for one in found) else "home_begin"
    start = (
        f'<a class="ck-go" href="{html.escape(page.path)}"><small>{_text(go_on, lang)}</small>'
        f"<b>{html.escape(page.title)}</b></a>"
        if page
        else ""
    )
    done = _done(found, events, lang)
    modules = dict.fromkeys(one.page.module for one in found)
    parts = "".join(
        _module(module, [one for one in found if one.page.module == module], lang)
        for module in modules
    )
    head = brand.markup(course.brand, lang)
    style = views.text("home.css")
    return f'<style>{style}</style><div class="ck-home">{head}{done}{start}{parts}</div>'


def _done(found, events, lang):
    """A quiet word where the lesson one was in last is done."""
    here = _place([one for one in found if not one.page.practice], events)
    if not here or here.state != "done":
        return ""
    first = _right_at_once(here.page, events)
    code = "home_done_first" if first else "home_done"
    said = _text(code, lang, title=here.page.title, n=here.n, first=first)
    return f'<p class="ck-done-word" role="status"><span aria-hidden="true">✓</span> {said}</p>'


def _module(module, found, lang):
    head = html.escape(terms.term(f"module.{module}", lang))
    lines = "".join(_line(standing, lang) for standing in found)
    return f"<section><h3>{head}</h3><ul>{lines}</ul></section>"


def _line(standing, lang):
    page = standing.page
    lesson = not page.practice
    name = "☰" if page.frames else html.escape(page.lesson.partition(".")[2]) if lesson else ""
    minutes = _text("card_minutes", lang, n=round(page.minutes)) if page.minutes else ""
    bar = ""
    if standing.n:
        said = _text("home_answered", lang, n=standing.n, answered=standing.answered)
        share = round(100 * standing.answered / standing.n)
        bar = (
            f'<span class="ck-bar" aria-hidden="true"><i style="width:{share}%"></i></span>'
            f'<span class="ck-far">{said}</span>'
        )
    sign = {"new": "", "begun": "", "done": "✓"}[standing.state]
    return (
        f'<li class="ck-{standing.state if lesson else "drill"}">'
        f'<span class="ck-no">{sign or name or "✎"}</span>'
        f'<a href="{html.escape(page.path)}">{html.escape(page.title)}</a>'
        f'<span class="ck-min">{minutes}</span>{bar}</li>'
    )


def _text(code, lang, **values):
    return html.escape(terms.say(f"practice.{code}", lang, **values))
