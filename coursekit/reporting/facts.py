"""The facts of one page, cut from those of a check-up."""

import dataclasses
import tomllib

from coursekit import terms
from coursekit.brand import NONE

_SHARED = ("kit", "today", "file", "strict", "unchecked", "ladder", "no_ids")
_TEAM = ("changes", "counts", "dropped", "mapping", "notes", "remarks")


def _common(facts, lang, brand):
    """What every page says of the check-up."""
    stages = facts["mapping"]["stages"]
    return {
        **{key: facts[key] for key in _SHARED},
        "lang": lang,
        "brand": dataclasses.asdict(brand),
        # a file whose system has no such stage says nothing about first appointments
        "has_appointments": "appointment" in stages.values(),
    }


def of_person(facts, owner, lang, brand=NONE):
    """What the page of one owner shows: his own part, nothing of the others.

    Parameters
    ----------
    facts : dict
        From ``checkup.facts``.
    owner : dict
        One of ``facts["owners"]``.
    lang : {"zh", "en"}
    brand : coursekit.brand.Brand, optional
    """
    return {
        **_common(facts, lang, brand),
        "kind": "person",
        "key": owner["key"],
        "name": called(owner, lang),
        "same_name": owner["same_name"],
        "part": {key: owner[key] for key in owner if key not in ("key", "name", "same_name")},
    }


def remarks(table):
    """What was noted of whole columns or the file, to be said word by word on the team page."""
    return [
        {"code": note.code, "column": note.column, **note.values}
        for note in table.notes
        if note.row is None
    ]


def of_team(facts, addresses, lang, brand=NONE):
    """What the team page shows: the team's part, a line per owner, what changed.

    Parameters
    ----------
    facts : dict
        From ``checkup.facts``.
    addresses : dict of str to str
        Key of an owner to the address of his page.
    lang : {"zh", "en"}
    brand : coursekit.brand.Brand, optional
    """
    return {
        **_common(facts, lang, brand),
        **{key: facts[key] for key in _TEAM},
        "kind": "team",
        "part": facts["team"],
        "owners": [
            {**line(owner, lang), "href": addresses.get(owner["key"], "")}
            for owner in by_name(facts["owners"])
        ],
    }


def called(owner, lang):
    """An owner's name, with the id where somebody else has the same name."""
    if not owner["same_name"]:
        return owner["name"]
    return terms.say("checkup.person_id", lang, name=owner["name"], key=owner["key"])


def by_name(owners):
    """Owners as people look them up: Chinese names by sound, as far as GB2312 orders them so."""
    return sorted(
        owners,
        key=lambda owner: (owner["name"].casefold().encode("gb18030", "replace"), owner["key"]),
    )


def line(owner, lang):
    """An owner's main figures: what the team page, the index and the CSV say of him."""
    target = owner["target"]
    return {
        "name": called(owner, lang),
        "n_open": owner["n_open"],
        "open_amount": owner["open_amount"],
        "listed": owner["listed"],
        "shown": owner["shown"],
        "n_without_amount": owner["n_without_amount"],
        "n_zombies": owner["zombies"]["n"] if owner["zombies"] else None,
        "n_won": owner["n_won"],
        "n_lost": owner["n_lost"],
        "won": owner["won"],
        "target": target["target"] if target else None,
        "probability": target["probability"] if target else None,
    }


def sample(kind):
    """The facts of a page of the sample team, in the language of the course folder.

    The person is the one with most open deals: a page that fits for him fits for all.
    """
    from coursekit import checkup, tables
    from coursekit.course import Course, content

    course = Course.find()
    data = content() / "datasets"
    settings = tomllib.loads((data / "team.toml").read_text("utf-8"))
    file = data / f"team.{course.lang}.csv"
    facts = checkup.facts(
        tables.read(file, "deals"),
        course.ladder(),
        settings["today"],
        target=settings["target"],
        history=tables.read(data / "team_history.csv", "stage_history"),
        file=file.name,
    )
    if kind == "team":
        return of_team({**facts, "remarks": []}, {}, course.lang, course.brand)
    fullest = max(facts["owners"], key=lambda owner: (owner["n_open"], owner["key"]))
    return of_person(facts, fullest, course.lang, course.brand)
