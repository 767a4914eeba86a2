"""The trainee's own part of the running case, loaded when an exercise or a lesson asks for it."""

import functools


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
    """

    def __init__(self, course, trainee, lang=None):
        self._course, self._trainee, self._lang = course, trainee, lang

    @functools.cached_property
    def _case(self):
        from coursekit.case import Case

        case = Case.load(self._course.switches["case"], self._lang, self._course)
        return case.slice(self._trainee, self._course.id)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._case, name)
