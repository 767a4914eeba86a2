"""What a report notebook draws on: the facts of one page, and how a block gets into a cell."""

import base64
import dataclasses
import html
import json
import pathlib
import re

from coursekit import terms
from coursekit.plots import theme


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The facts of one page.

    Attributes
    ----------
    facts : dict
        As `coursekit.reporting.facts` cuts them for one page.
    lang : {"zh", "en"}
    """

    facts: dict
    lang: str

    @property
    def part(self):
        """The figures of the person, or of the team."""
        return self.facts["part"]

    @property
    def person(self):
        """Whether the page is about one person."""
        return self.facts["kind"] == "person"

    def say(self, code, **values):
        """A sentence of the check-up."""
        return terms.say(f"checkup.{code}", self.lang, **values)

    def money(self, amount):
        """An amount as people write it."""
        return terms.money(amount, self.lang)


def load(path, kind):
    """The sheet of a page.

    Parameters
    ----------
    path : str or None
        JSON beside the notebook. None draws the sample team of the course, in the language of
        the course folder, so that the notebook can be run where it stands.
    kind : {"person", "team"}
    """
    if path is None:
        from coursekit.reporting.facts import sample

        facts = sample(kind)
    else:
        facts = json.loads(pathlib.Path(path).read_text("utf-8"))
    return Sheet(facts, facts["lang"])


def put(*blocks):
    """Show blocks of HTML in the cell; their text alone stands beside for plain readers."""
    from IPython.display import display

    found = "".join(blocks)
    if not found:
        return
    text = html.unescape(re.sub(r"<[^>]+>", " ", found))
    bundle = {"text/html": found, "text/plain": " ".join(text.split())}
    display(bundle, raw=True)


def show(figure, alt):
    """Show a figure with the text that stands for it."""
    from IPython.display import display

    picture = base64.b64encode(theme.image(figure)).decode("ascii")
    display({"image/png": picture, "text/plain": alt}, raw=True)
