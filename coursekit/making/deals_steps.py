"""What people write into the cells of a list: a next step, with whom, on which day."""

import datetime

from coursekit.making.company import both

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def step_day(today, ahead):
    """The day of a step so many days from today, moved off a weekend; None stays None."""
    if ahead is None:
        return None
    day = today + datetime.timedelta(days=ahead)
    forward = ahead >= 0 and day.weekday() > 4
    return day + datetime.timedelta(days=7 - day.weekday() if forward else min(0, 4 - day.weekday()))


def written(day, today):
    """A day as one writes it in a list, Chinese and English."""
    name = _DAYS[day.weekday()]
    monday = today - datetime.timedelta(days=today.weekday())
    if today <= day < monday + datetime.timedelta(days=7):
        return "周" + "一二三四五六日"[day.weekday()], name
    if today <= day < monday + datetime.timedelta(days=14):
        return "下周" + "一二三四五六日"[day.weekday()], f"next {name}"
    return f"{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]}"


def next_step(rng, words, kind, day, today, who):
    """The cell of the next step in both languages.

    Parameters
    ----------
    rng : random.Random
    words : dict
        ``[deals.steps]`` of a skin.
    kind : str
        One of its keys, ``past`` (agreed once, and forgotten) or ``""``.
    day : datetime.date or None
    today : datetime.date
        When it is written: a step that has passed was written the week before its day.
    who : (str, str)
    """
    if not kind:
        return both("next_step", (None, None))
    when = today
    if day and day < today:
        when = day - datetime.timedelta(days=5)
    texts = words["agreed" if kind == "past" else kind]
    text = rng.choice(texts)
    spoken = written(day, when) if day else ("", "")
    pair = [text[n].format(day=spoken[n], who=who[n]) for n in (0, 1)]
    return both("next_step", (pair[0], pair[1][0].upper() + pair[1][1:]))


def contact(world, rng, customer, known):
    """Whom a deal is with: how he is spoken of, how he is written down; pairs of languages."""
    there = [person for person in known.get(customer, ()) if person["left"] is None]
    if not there:
        return _stranger(rng, world.skin, world.customer(customer)["kind"])
    person = rng.choice(there)
    zh = person["address_zh"]
    surname = person["name_en"].split()[-1]
    return (zh, surname), (zh, f"{person['name_en']} ({person['title_en'].lower()})")


def _stranger(rng, skin, kind):
    surname = rng.choice(skin["names"]["surnames"])
    title = rng.choice(skin["deals"]["titles_group" if kind == "group" else "titles_farm"])
    zh = surname[0] + title[0]
    return (zh, surname[1]), (zh, f"{surname[1]} ({title[1]})")
