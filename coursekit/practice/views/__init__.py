"""How cards look: plain JavaScript modules, one per kind, and one style sheet.

A module is ``export default { render({ model, el }) }`` and uses only ``get set on off
save_changes send`` of its model, so the same text runs in JupyterLab and on a plain page.
"""

import functools
from importlib import resources

from coursekit import terms

_STYLES = (
    "frame.css",
    "signin.css",
    "table.css",
    "entry.css",
    "sort.css",
    "choice.css",
    "order.css",
    "weights.css",
    "allocate.css",
    "simulation.css",
    "form.css",
    "dialogue.css",
)
_WITH = {
    "sort": ("drag.js",),
    "order": ("drag.js", "glide.js"),
    "weights": ("glide.js",),
    "simulation": ("dots.js", "debrief.js"),
}
_PREFIX = "practice.card_"


@functools.cache
def module(kind):
    """The JavaScript module of a kind of exercise, what views share in front of it.

    JupyterLab loads a view as a blob, where a relative import fails: so the two are joined as
    text.
    """
    return "\n".join(map(text, ("shared.js", *_WITH.get(kind, ()), f"{kind}.js")))


@functools.cache
def stylesheet():
    """The style sheet of all cards."""
    return "".join(map(text, _STYLES))


@functools.cache
def words(lang):
    """What stands on a card besides the question, code -> text in one language."""
    return {
        code.removeprefix(_PREFIX): entry[lang]
        for code, entry in terms.glossary().items()
        if code.startswith(_PREFIX)
    }


def text(name):
    """A file of the views."""
    return resources.files(__name__).joinpath(name).read_text("utf-8")
