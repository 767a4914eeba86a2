"""A lesson's verbs: ask, check, guess, show, say, own, slider, home; and mine, its data.

The verbs show and return None, so that no cell ends in a value that would be shown besides. The
course is the one of the working folder.
"""

import html
import os
import pathlib
import sys
import tempfile

from IPython.display import display

from coursekit import markdown, terms
from coursekit.course import Course
from coursekit.errors import InputError

__all__ = ["ask", "check", "guess", "home", "mine", "own", "say", "show", "slider"]

# a websocket of Jupyter closes at 10 MiB, and the kernel's connection with it
_FILE_LIMIT = 8 * 2**20
_NOTES = 12  # sentences about one file; more are counted
_HIDDEN = (
    "position:absolute;width:1px;height:1px;margin:0;overflow:hidden;"
    "clip-path:inset(50%);white-space:nowrap"
)


def ask(exercise_id):
    """Show the card of an exercise: answered, marked, explained, kept in the journal.

    Parameters
    ----------
    exercise_id : str
        For example ``"funnel.2.5/which-deals-drop"``. One that does not exist, or has a mistake
        in its bank, shows a sentence that says where.
    """
    _card(exercise_id, guess=False)


def check(scope, name, minutes=None):
    """Show a check: questions of a module or lesson, each answered once, and how it went.

    Parameters
    ----------
    scope : str
        A module (``"funnel"``) or lesson (``"funnel.2"``).
    name : str
        ``"pre"`` and ``"post"`` ask the same with other numbers; another name, such as
        ``"close"``, is a check of its own.
    minutes : float, optional
        How long it may take.
    """
    from coursekit.practice import checks
    from coursekit.practice.desk import Desk
    from coursekit.practice.widget import Card, Result

    course = Course.find()
    desk = Desk(course, check=name)
    exercises = checks.select(course, scope, minutes=minutes)
    for exercise_id in exercises:
        display(Card(desk, exercise_id))
    if exercises:
        display(Result(desk, exercises))


def guess(exercise_id):
    """Show an exercise as a guess before the data: kept, never marked."""
    _card(exercise_id, guess=True)


def _card(exercise_id, guess):
    from coursekit.practice.desk import Desk
    from coursekit.practice.widget import Card

    lang = "zh"
    try:
        course = Course.find()
        lang = course.lang
        display(Card(Desk(course), exercise_id, guess))
    except InputError as error:
        said = error.sentence(lang)
        if page := pathlib.PurePath(os.environ.get("JPY_SESSION_NAME", "")).name:
            said = terms.say("practice.card_on_page", lang, said=said, page=page)
        display({"text/markdown": f"**!** {markdown.literal(said)}", "text/plain": said}, raw=True)


def say(zh, en, **values):
    """Show a paragraph with numbers in it, in the language of the course.

    Parameters
    ----------
    zh, en : str
        Markdown with ``{name}`` or ``{name:form}``; forms: `coursekit.terms.fill`.
    **values
        What the names stand for. They are data: nothing in them is read as Markdown or HTML.
    """
    lang = Course.find().lang
    template = {"zh": zh, "en": en}[lang]
    display(
        {
            "text/markdown": terms.fill(template, lang, values, escape=markdown.literal),
            "text/plain": terms.fill(template, lang, values),
        },
        raw=True,
    )


def show(figure, alt):
    """Show a figure and close it; a screen reader reads its sentence.

    Parameters
    ----------
    figure : matplotlib Figure or Axes
    alt : dict
        The figure's numbers. Their sentence: ``alt["alt"]`` is a code of the glossary, or
        ``alt["zh"]`` and ``alt["en"]`` are templates; the other entries fill it.
    """
    png, sentence = _picture((figure, alt), Course.find().lang)
    display(
        {"image/png": png, "text/plain": sentence},
        metadata={"image/png": {"alt": sentence}},
        raw=True,
    )
    # JupyterLab drops a picture's alt text: the sentence stands beside it, for the ear only
    hidden = f'<p class="ck-alt" style="{_HIDDEN}">{html.escape(sentence)}</p>'
    display({"text/html": hidden, "text/plain": ""}, raw=True)


def slider(draw, **ranges):
    """Show a figure that is drawn anew when a value is dragged.

    Parameters
    ----------
    draw : callable
        ``draw(**values) -> (figure, numbers)``, both as for `show`.
    **ranges
        Per argument of ``draw``: ``{"zh": "赢单率", "en": "Win rate", "low": 0.05, "high": 0.5,
        "step": 0.05, "start": 0.2, "form": "percent"}``; ``form`` as in `coursekit.terms.fill`,
        by default ``n``.
    """
    from coursekit.practice.widget import Slider

    lang = Course.find().lang
    steps = {name: _steps(spec) for name, spec in ranges.items()}
    start = {
        name: min(range(len(steps[name])), key=lambda at: abs(steps[name][at] - spec["start"]))
        for name, spec in ranges.items()
    }
    shown = [
        {
            "name": name,
            "label": spec[lang],
            "texts": [
                terms.fill(f"{{value:{spec.get('form', 'n')}}}", lang, {"value": value})
                for value in steps[name]
            ],
        }
        for name, spec in ranges.items()
    ]
    display(Slider(lambda **values: _picture(draw(**values), lang), steps, start, shown, lang))


def _steps(spec):
    """All values of a range; nine digits, so that 0.05 + 0.05 + 0.05 is 0.15."""
    count = round((spec["high"] - spec["low"]) / spec["step"])
    values = [round(spec["low"] + place * spec["step"], 9) for place in range(count + 1)]
    return [int(value) if value == int(value) else value for value in values]


def own(schema, draw):
    """Ask for one's own file, list what is wrong in it, and show the lesson's figure of it.

    Parameters
    ----------
    schema : str
        Of `coursekit.tables`, for example ``"deals"``.
    draw : callable
        ``draw(table) -> (figure, numbers)``, both as for `show`; ``numbers`` may carry
        ``unchecked``, what `funnel.rules_off` gives: it is told above the figure.

    Notes
    -----
    The file is read and forgotten; it is never part of the course, the journal or the page.
    """
    from coursekit.practice.widget import Upload

    lang = Course.find().lang
    display(Upload(lambda name, file: _own(schema, draw, name, file, lang), _FILE_LIMIT, lang))


def _own(schema, draw, name, file, lang):
    try:
        from coursekit import tables

        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            # the name is data: only its ending is used
            path = pathlib.Path(folder, "file").with_suffix(_ending(name))
            path.write_bytes(file)
            table = tables.read(path, schema)
        figure, numbers = draw(table)
        png, sentence = _picture((figure, numbers), lang)
        says = _notes(table, lang) + _unchecked(numbers.get("unchecked", ()), lang)
    except InputError as error:
        error.values["file"] = name  # the sentence names the file as its owner does
        return {"says": [{"tone": "bad", "text": error.sentence(lang)}]}
    except Exception as error:  # somebody's file may break a lesson's figure; the page must live
        text = terms.say("practice.card_own_failed", lang, fault=type(error).__name__)
        return {"says": [{"tone": "bad", "text": text}]}
    return {"says": says, "image": png, "alt": sentence}


def _ending(name):
    ending = pathlib.PurePath(name).suffix.lower()
    return ending if ending.isascii() and ending[1:].isalnum() else ".csv"


def _notes(table, lang):
    """What was read, what was left out and what was noted, in words."""
    found = [*table.dropped, *table.notes]
    kept = len(table.frame)
    code = "card_own_dropped" if table.dropped else "card_own_kept"
    head = terms.say(f"practice.{code}", lang, n=kept + len(table.dropped), kept=kept)
    says = [head, *(one.sentence(lang) for one in found[:_NOTES])]
    if len(found) > _NOTES:
        says.append(terms.say("practice.card_own_more", lang, n=len(found) - _NOTES))
    return [{"tone": "info", "text": text} for text in says]


def _unchecked(rules, lang):
    return [
        {
            "tone": "bad" if off.rule == "next_step" else "info",
            "text": terms.say(
                "checkup.unchecked", lang, rule=f"rule.{off.rule}", why=f"off.{off.code}"
            ),
        }
        for off in rules
    ]


def _picture(drawn, lang):
    """The figure as PNG, closed, and the sentence of its numbers."""
    from coursekit.plots import theme

    figure, numbers = drawn
    figure = figure.figure  # of axes; a figure is its own
    png = theme.image(figure)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # else the notebook would show it a second time
    template = numbers[lang] if lang in numbers else terms.term(numbers["alt"], lang)
    return png, terms.fill(template, lang, numbers)


def mine():
    """The reader's own part of the running case: ``case = mine()``, then ``case.deals``.

    Returns
    -------
    coursekit.case.Case
        In the language of the course; the one verb that returns something, for the lesson's data.
    """
    from coursekit.practice.desk import Desk
    from coursekit.practice.territory import Territory

    course = Course.find()
    return Territory(course, Desk(course).journal.trainee(), course.lang)


def home():
    """Show the home page of the course: where to go on, the lessons, how far one is."""
    from coursekit.practice import home as page
    from coursekit.practice.desk import Desk
    from coursekit.practice.widget import SignIn

    course = Course.find()
    desk = Desk(course)
    display(SignIn(desk))
    html_text = page.rendered(course, desk.journal.events())
    display({"text/html": html_text, "text/plain": "home"}, raw=True)
