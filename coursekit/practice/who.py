"""Who is at the desk: asked once per folder, a label only; on a server its user."""

import hashlib
import os

from coursekit import terms, visibility

USER = "JUPYTERHUB_USER"  # set by the server for each of its users
LONGEST_NAME = 40


def server_user(environ=os.environ):
    """The user of a server, empty on one's own computer."""
    return environ.get(USER, "").strip()


def newcomer(course, environ=os.environ):
    """Id of a trainee who has none yet, or None for a fresh one.

    The sample trainee where pages are built; on a server made of the user, so that who starts
    anew there in an empty folder is the same person.
    """
    if course.sample:
        return "sample"
    user = server_user(environ)
    return f"user-{hashlib.sha256(user.encode('utf-8')).hexdigest()[:24]}" if user else None


def name(course, events, environ=os.environ):
    """The trainee's name as far as it is known; empty where it has to be asked for.

    Parameters
    ----------
    course : coursekit.course.Course
    events : iterable of dict
        The journal.
    environ : mapping
    """
    named = [event.get("name") for event in events if event["event"] == "named"]
    said = named[-1] if named and isinstance(named[-1], str) else ""
    return server_user(environ) or said or course.trainee


def card(course, events, environ=os.environ):
    """What the sign-in card shows.

    Returns
    -------
    dict
        JSON: ``name``, ``fixed`` (a server or the course says who it is), ``promise`` (who sees
        the answers) and ``words``.
    """
    lang = course.lang
    words = {
        code.removeprefix("who."): entry[lang]
        for code, entry in terms.glossary().items()
        if code.startswith("who.")
    }
    return {
        "name": name(course, events, environ),
        "fixed": bool(server_user(environ) or course.trainee),
        "promise": visibility.sentence(course.visibility, lang),
        "words": words,
        "lang": lang,
    }


def cleaned(typed):
    """A name as it may be recorded, empty where there is none: printable, one line, short."""
    if not isinstance(typed, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in typed).split())[:LONGEST_NAME]
