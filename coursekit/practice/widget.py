"""The cards of a notebook: thin widgets around what Python computes and one view shows."""

import base64

import anywidget
import traitlets

from coursekit import markdown, terms
from coursekit.errors import InputError
from coursekit.practice import answers, checks, views, who
from coursekit.practice.door import Door


class _Viewed(anywidget.AnyWidget):
    """A widget with one of the kit's views, and a display that reads without a kernel too."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, view, **traits):
        super().__init__(_esm=views.module(view), _css=views.stylesheet(), **traits)
        self.on_msg(lambda _, content, buffers: self._take(content, buffers))

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, **self._static()}, metadata


class Card(_Viewed):
    """One exercise in a notebook.

    Parameters
    ----------
    desk : Desk
    exercise_id : str
    guess : bool, default False
        Recorded, not marked.
    """

    public = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    drafted = traitlets.Unicode().tag(sync=True)  # token of the last draft that is on disk

    def __init__(self, desk, exercise_id, guess=False):
        self._door = Door(desk, exercise_id, guess)
        opened = self._door.open()
        super().__init__(opened["public"]["kind"], **opened)

    def __repr__(self):
        return f"Card({self.public['exercise']!r})"

    def _static(self):
        lang, prompt = self.public["lang"], self.public["prompt"]
        tag = "card_tag_guess" if self.public.get("guess") else "card_tag"
        head = terms.term(f"practice.{tag}", lang)
        note = terms.term("practice.card_static", lang)
        return {"text/markdown": f"**{head}** {markdown.literal(prompt)}\n\n*{note}*"}

    def _take(self, content, _):
        reply = self._door.take(content)
        with self.hold_sync():
            if "public" in reply:
                self.answer = None
                self.public = reply["public"]
            if "state" in reply:
                self.state = reply["state"]
            if "drafted" in reply:
                self.drafted = reply["drafted"]


class Result(_Viewed):
    """How a check went, told when every question of it was answered.

    Parameters
    ----------
    desk : Desk
        Of the check.
    exercises : sequence of str
        Ids of its exercises.
    """

    told = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, desk, exercises):
        self._desk, self._exercises = desk, exercises
        super().__init__("result", told=self._told(), words=views.words(desk.course.lang))

    def __repr__(self):
        return f"Result({self._desk.check!r})"

    def _static(self):
        return {"text/markdown": markdown.literal(self.told["says"][0])}

    def _take(self, content, _):
        # a number makes it another value even where nothing changed: the view waits for it
        self.told = {**self._told(), "n": self.told["n"] + 1}

    def _told(self):
        lang, name = self._desk.course.lang, self._desk.check
        questions = [self._desk.question(one) for one in self._exercises]
        events = self._desk.journal.events()
        items = checks.result(questions, events, name)
        scores = [item["score"] for item in items if item["score"] is not None]
        if len(scores) < len(items):
            text = terms.say("practice.check_open", lang, n=len(items), answered=len(scores))
            return {"says": [text], "items": [], "n": 0}
        mean, right = sum(scores) / len(scores), sum(score == 100 for score in scores)
        values = {"n": len(items), "right": right, "score": mean}
        says = [terms.say("practice.check_done", lang, **values)]
        if name == checks.PRE:
            return {"says": [*says, terms.term("practice.check_pre", lang)], "items": [], "n": 0}
        gain = checks.gain(answers.frame(events), second=name)
        if gain.exercises:
            values = {"before": gain.before, "after": gain.after, "n": len(gain.exercises)}
            says.append(terms.say("practice.check_gain", lang, **values))
        shown = [
            {
                "prompt": question.public(lang)["prompt"],
                "score": round(item["score"]),
                "ok": item["score"] == 100,
                "why": question.why(lang),
            }
            for question, item in zip(questions, items, strict=True)
        ]
        return {"says": says, "items": shown, "n": 0}


class SignIn(_Viewed):
    """Who is at the desk, and who will see the answers.

    Parameters
    ----------
    desk : Desk
    """

    who = traitlets.Dict().tag(sync=True)

    def __init__(self, desk):
        self._desk = desk
        super().__init__("signin", who=self._card())

    def __repr__(self):
        return "SignIn()"

    def _card(self):
        return who.card(self._desk.course, self._desk.journal.events())

    def _static(self):
        return {"text/markdown": markdown.literal(self.who["promise"])}

    def _take(self, content, _):
        typed = content.get("name") if isinstance(content, dict) else None
        label = who.cleaned(typed)
        if label and not self.who["fixed"]:
            try:
                self._desk.name(label)
            except InputError as error:  # the disk is full, the folder cannot be written
                self.who = {**self.who, "promise": error.sentence(self.who["lang"])}
                return
        self.who = self._card()


class Slider(_Viewed):
    """A figure drawn anew when a value is dragged.

    Parameters
    ----------
    draw : callable
        ``draw(**values) -> (png bytes, sentence)``.
    steps : dict of str to sequence
        The values that each name can take, in order.
    start : dict of str to int
        Where each begins, as a place in its steps.
    ranges : list of dict
        Per name what the view shows: ``{"name", "label", "texts"}``.
    lang : {"zh", "en"}
    """

    words = traitlets.Dict().tag(sync=True)
    ranges = traitlets.List().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)

    def __init__(self, draw, steps, start, ranges, lang):
        self._draw, self._steps = draw, steps
        super().__init__(
            "slider",
            words=views.words(lang),
            ranges=[{**shown, "at": start[shown["name"]]} for shown in ranges],
            drawn=self._drawn(start),
        )

    def __repr__(self):
        return self.drawn["alt"]

    def _static(self):
        return {"image/png": self.drawn["image"]}

    def _take(self, content, _):
        asked = content.get("at") if isinstance(content, dict) else None
        if not isinstance(asked, dict):
            return
        places = {name: asked.get(name) for name in self._steps}
        if all(type(at) is int and 0 <= at < len(self._steps[n]) for n, at in places.items()):
            self.drawn = self._drawn_or_told(places)

    def _drawn_or_told(self, places):
        try:
            return self._drawn(places)
        except Exception as error:  # the view waits for an answer, and the last figure stays
            fault = self.words["what_if_failed"].format(fault=type(error).__name__)
            return {**self.drawn, "at": places, "fault": fault}

    def _drawn(self, places):
        png, sentence = self._draw(**{name: self._steps[name][at] for name, at in places.items()})
        # `at` makes it another value even where the figure stays the same: the view waits for it
        return {"image": base64.b64encode(png).decode(), "alt": sentence, "at": places}


class Upload(_Viewed):
    """One's own file: what is wrong with it in words, then a figure. Nothing is kept.

    Parameters
    ----------
    read : callable
        ``read(name, content) -> {"says": [{"tone", "text"}]}``, with ``"image"`` (PNG bytes) and
        ``"alt"`` where there is a figure.
    limit_bytes : int
        Larger files are not taken; the view says so before it sends anything.
    lang : {"zh", "en"}
    """

    words = traitlets.Dict().tag(sync=True)
    limit_bytes = traitlets.Int().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    def __init__(self, read, limit_bytes, lang):
        self._read, self._lang = read, lang
        words = views.words(lang)
        limit = words["own_limit"].format(mb=limit_bytes // 2**20)
        super().__init__("upload", words=words | {"own_limit": limit}, limit_bytes=limit_bytes)

    def __repr__(self):
        return "Upload()"

    def _static(self):
        return {"text/markdown": f"*{self.words['static_own']}*"}

    def _take(self, content, buffers):
        if not isinstance(content, dict) or content.get("type") != "file" or len(buffers) != 1:
            return
        name, file = str(content.get("name", "")), bytes(buffers[0])
        if len(file) > self.limit_bytes:
            return
        result = self._read(name, file)
        if "image" in result:
            result["image"] = base64.b64encode(result["image"]).decode()
        self.result = {**result, "reply": content.get("token")}
