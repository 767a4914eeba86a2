"""What people write into the cells of a list: a next step, with whom, on which day."""

import datetime

from coursekit.making.company import both
from coursekit.making.days import next_worked, worked

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def step_kind(kind, stage):
    """Which texts suit: what customers agree to differs from stage to stage."""
    if kind in ("agreed", "past"):
        return {"appointment": "meeting", "p25": "early", "p90": "signing"}.get(stage, "agreed")
    return kind


def step_day(today, ahead):
    """The day of a step so many days from today, moved to one that is worked; None stays None."""
    if ahead is None:
        return None
    day = today + datetime.timedelta(days=ahead)
    return next_worked(day) if ahead >= 0 else worked(day)


def written(day, today):
    """A day as one writes it in a list, Chinese and English."""
    name = _DAYS[day.weekday()]
    monday = today - datetime.timedelta(days=today.weekday())
    if today <= day < monday + datetime.timedelta(days=7):
        return "周" + "一二三四五六日"[day.weekday()], name
    if today <= day < monday + datetime.timedelta(days=14):
        return "下周" + "一二三四五六日"[day.weekday()], f"next {name}"
    return f"{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]}"


def next_step(rng, words, kind, day, today, who, turn=0):
    """The cell of the next step in both languages.

    Parameters
    ----------
    rng : random.Random
    words : dict
        ``[deals.steps]`` of a skin.
    kind : str
        One of its keys, or ``""``.
    day : datetime.date or None
    today : datetime.date
        Of the list: a step that has passed was written before its day.
    who : (str, str, bool)
        How he is spoken of, and whether nobody stands above him.
    turn : int, default 0
        With the same `rng` another turn is another text, as long as there are some.
    """
    if not kind:
        return both("next_step", (None, None))
    when = today
    if day and day < today:
        when = day - datetime.timedelta(days=rng.choice((2, 3, 6, 20)))
    texts = [text for text in words[kind] if not (who[2] and "up" in text[2:])]
    text = rng.sample(texts, len(texts))[turn % len(texts)]
    spoken = written(day, when) if day else ("", "")
    pair = [text[n].format(day=spoken[n], who=who[n]) for n in (0, 1)]
    return both("next_step", (pair[0], pair[1][0].upper() + pair[1][1:]))


def contact(world, deal, customer, known):
    """Whom a deal is with, week after week.

    Returns
    -------
    (str, str, bool), (str, str)
        How he is spoken of in both languages and whether nobody stands above him; how he is
        written down.
    """
    rng = world.rng(f"contact/{deal}")
    there = [person for person in known.get(customer, ()) if person["met"] and not person["left"]]
    if not there:
        return _stranger(rng, world.skin, world.customer(customer)["kind"])
    person = rng.choice(there)
    zh, surname = person["address_zh"], person["name_en"].split()[-1]
    written_en = f"{person['name_en']} ({person['title_en'].lower()})"
    return (zh, surname, person["level"] == "top"), (zh, written_en)


def surnames(skin):
    """Those that are no other word in an English sentence."""
    return [pair for pair in skin["names"]["surnames"] if pair[1] != "He"]


def _stranger(rng, skin, kind):
    surname = rng.choice(surnames(skin))
    title = rng.choice(skin["deals"]["titles_group" if kind == "group" else "titles_farm"])
    zh = surname[0] + title[0]
    return (zh, surname[1], "top" in title[2:]), (zh, f"{surname[1]} ({title[1]})")
