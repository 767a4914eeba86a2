"""From a card's view to the desk: one message in, what the view shows next out."""

from coursekit.errors import InputError
from coursekit.practice import drafts

_TYPES = ("submit", "hint", "another", "turn", "again")
_TOKEN_LENGTH = 64  # a page's ids have 24 characters


class Door:
    """One card between its view, in a notebook or on a page, and the desk.

    Parameters
    ----------
    desk : Desk
    exercise_id : str
    guess : bool, default False
        The answer is recorded and not marked: the lesson's data will answer.
    """

    def __init__(self, desk, exercise_id, guess=False):
        self._desk = desk
        self._id = exercise_id
        self._guess = guess
        self._draft = desk.journal.folder, f"{exercise_id} guess" if guess else exercise_id
        self._handled = None  # token of the last message
        self._state = {}

    def open(self):
        """What the view shows first, ``{"public", "state"}``, and ``"answer"``: a draft if any.

        Raises
        ------
        InputError
            As `Desk.open`.
        """
        opened = self._dressed(self._desk.open(self._id, self._guess))
        draft = drafts.found(*self._draft, opened["public"]["draw"])
        return opened if draft is None else {**opened, "answer": draft}

    def take(self, message):
        """Act on a message and say what the view shows next.

        Parameters
        ----------
        message : object
            ``{"type": "submit" | "hint" | "another" | "turn" | "again", "token", "draw",
            "answer", "certainty", "move", "at"}``.
            It comes from a browser, so it is data and anything may be in it.

        Returns
        -------
        dict
            ``{"state"}``, with ``"public"`` where the question changed; empty for what is no
            message. ``state["reply"]`` is the token: a view that finds its own there knows that
            its message was dealt with, and what it sent is on disk. A message of type
            ``"draft"`` with an ``"answer"`` gives ``{"drafted"}`` alone: its token, or empty
            where the draft could not be kept.
        """
        if not isinstance(message, dict):
            return {}
        token, kind = message.get("token"), message.get("type")
        if not (isinstance(token, str) and 0 < len(token) <= _TOKEN_LENGTH):
            return {}
        if kind == "draft":
            kept = drafts.keep(*self._draft, message.get("draw"), message.get("answer"))
            return {"drafted": token if kept else ""}
        if kind not in _TYPES:
            return {}
        try:
            answer = self._act(kind, message, token)
        except InputError as error:  # the bank was changed under the card, and has a mistake
            answer = {"state": {**self._state, **_failed(error, self._desk.course.lang)}}
        self._handled, self._state = token, answer["state"]
        return {**answer, "state": {**answer["state"], "reply": token}}

    def _act(self, kind, message, token):
        draw = message.get("draw")
        if kind == "submit":
            raw = message.get("answer")
            sure = message.get("certainty")
            if self._guess:
                state = self._desk.guess(self._id, raw, token=token, draw=draw)
            else:
                state = self._desk.submit(self._id, raw, token=token, certainty=sure, draw=draw)
            if state["outcome"] != "error":  # it is in the journal now
                drafts.drop(*self._draft)
            return {"state": state}
        if kind == "turn":
            move, at = message.get("move"), message.get("at")
            state = self._desk.turn(self._id, move, at=at, token=token, draw=draw)
            return {"state": state}
        if token == self._handled:  # sent again because the answer was slow
            return self.open()
        if kind == "hint":
            return {"state": self._desk.hint(self._id, draw)}
        if kind == "again":
            return {"state": self._desk.again(self._id, token=token, draw=draw)}
        return self._dressed(self._desk.another(self._id, self._guess))

    def _dressed(self, opened):
        self._state = opened["state"]
        public = {**opened["public"], "guess": True} if self._guess else opened["public"]
        return {"public": public, "state": opened["state"]}


def _failed(error, lang):
    says = [{"tone": "bad", "text": error.sentence(lang)}]
    return {"outcome": "error", "score": None, "says": says, "parts": {}, "why": []}
