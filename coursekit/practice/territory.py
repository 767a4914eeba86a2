"""The trainee's own part of the running case, loaded when an exercise or a lesson asks for it."""

import functools

from coursekit.practice.mark import COUNTED


class Territory:
    """A trainee's part of the case; nothing is read before it is asked for something.

    Most exercises ask for nothing: then a course whose case data are missing or damaged works all
    the same.

    Parameters
    ----------
    course : coursekit.course.Course
        Its switch ``case`` names the skin.
    trainee : str
        His id.
    lang : {"zh", "en"} or None, optional
        None keeps every text twice, as the given of an exercise does.
    events : sequence of dict, optional
        The journal, for what the trainee has answered before.
    """

    def __init__(self, course, trainee, lang=None, events=()):
        self._course, self._trainee, self._lang = course, trainee, lang
        self._events = events

    def file(self, name):
        """A file of the course, its own one before the shipped one."""
        return self._course.file(name)

    def earlier(self, exercise_id):
        """The raw answer that the trainee gave last to another exercise.

        Returns
        -------
        JSON or None
            None where there is none yet: the exercise then uses a stand-in of its own. It is what
            a page has sent, so anything of the kind's form may be in it.
        """
        given = [
            event.get("raw")
            for event in self._events
            if event["event"] == "attempt"
            and event.get("exercise") == exercise_id
            and event.get("outcome") in COUNTED
        ]
        return given[-1] if given else None

    @functools.cached_property
    def _case(self):
        from coursekit.case import Case

        case = Case.load(self._course.switches["case"], self._lang, self._course)
        return case.slice(self._trainee, self._course.id)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._case, name)
