"""From a card's view to the desk: one message in, what the view shows next out."""

from coursekit import terms

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
        self._handled = None

    def open(self):
        """What the view shows first, ``{"public", "state"}``."""
        return self._dressed(self._desk.open(self._id))

    def take(self, message):
        """Act on a message and say what the view shows next.

        Parameters
        ----------
        message : object
            ``{"type": "submit" | "hint" | "another", "token", "answer", "certainty"}``. It comes
            from a browser, so it is data and anything may be in it.

        Returns
        -------
        dict
            ``{"state"}``, with ``"public"`` where the question changed; empty for what is no
            message. ``state["reply"]`` is the token: a view that finds its own there knows that
            its message was dealt with, and what it sent is on disk.
        """
        if not isinstance(message, dict):
            return {}
        token, kind = message.get("token"), message.get("type")
        if not (isinstance(token, str) and 0 < len(token) <= _TOKEN_LENGTH):
            return {}
        if kind not in ("submit", "hint", "another"):
            return {}
        try:
            answer = self._act(kind, message, token)
        except OSError as error:
            answer = self._failed(error)
        self._handled = token
        return {**answer, "state": {**answer["state"], "reply": token}}

    def _act(self, kind, message, token):
        if kind != "submit":
            if token == self._handled:  # sent again because the answer was slow
                return self.open()
            if kind == "another":
                return self._dressed(self._desk.another(self._id))
            return {"state": self._desk.hint(self._id)}
        raw = message.get("answer")
        if self._guess:
            return {"state": self._desk.guess(self._id, raw, token=token)}
        certainty = message.get("certainty")
        if certainty not in (1, 2, 3):
            certainty = None
        return {"state": self._desk.submit(self._id, raw, token=token, certainty=certainty)}

    def _dressed(self, opened):
        public = {**opened["public"], "guess": True} if self._guess else opened["public"]
        return {"public": public, "state": opened["state"]}

    def _failed(self, error):
        opened = self.open()
        text = terms.say(
            "practice.card_not_written",
            opened["public"]["lang"],
            reason=error.strerror or type(error).__name__,
        )
        failed = {"outcome": "error", "score": None, "says": [{"tone": "bad", "text": text}]}
        return {"state": {**opened["state"], **failed, "parts": {}, "why": []}}
