"""From a checked table to the facts of a check-up: one part for the team, one per owner."""

import collections
import dataclasses
import math

import pandas as pd

from coursekit import __version__, funnel
from coursekit.checkup.changes import changes
from coursekit.checkup.deals import column_of, records
from coursekit.checkup.part import number, part
from coursekit.errors import InputError

MOST = 1e11  # what one person can be asked for, in money; a team of hundreds can still be summed


def facts(
    table,
    ladder,
    today,
    *,
    by="owner",
    target=None,
    strict=False,
    history=None,
    previous=None,
    file=None,
):
    """All figures of a check-up.

    Parameters
    ----------
    table : tables.Table
        Read with the schema ``deals``.
    ladder : funnel.Ladder
    today : date, str or Timestamp
    by : str, default "owner"
        Column that makes the parts: a code of the schema or a header of the file.
    target : float, optional
        Money that the list of one person still has to bring; the team's is that times the number
        of persons.
    strict : bool, default False
        See `funnel.review`.
    history : tables.Table or DataFrame, optional
        Stage history (``deal_id stage date``); without it the team's own rates are not known.
    previous : dict, optional
        Facts of an earlier check-up of the same list.
    file : str, optional
        Name of the file, to be shown.

    Returns
    -------
    dict
        Plain JSON: codes, numbers, texts of the file, no sentences; money is not rounded for
        show. ``team`` and each of ``owners`` is a part, see `checkup.part.part`. ``no_ids``:
        owners are known by name only, so two people of one name are one here; ``same_name``: an
        id keeps two people of this name apart. ``closed`` has the ended deals, for `changes`.

    Raises
    ------
    InputError
        No ``stage`` column, no column `by`, a target that is no amount above 0, or above `MOST`.

    Notes
    -----
    Syllabus items funnel.2.5, funnel.3.3, funnel.3.4 and funnel.6.1. It fails where the list is
    touched up for the check-up: next steps that were dated the evening before pass every rule, and
    only the customer knows whether he agreed to them.
    """
    if target is not None and not _is_target(target):
        raise InputError("forecast.not_a_target", value=target)
    if target is not None and target > MOST:
        raise InputError("forecast.too_much", value=target, most=MOST)
    frame, today = table.frame, funnel.as_day(today)
    column = column_of(frame, table.mapping, by)
    deals = records(frame, today, ladder, strict, column)
    groups = _by_owner(deals) if column else {}
    limit = funnel.age_limit(frame, ladder)
    persons = sum(1 for key in groups if key)

    def portion(mine, goal, conversion):
        return part(mine, today, ladder, limit, target=goal, conversion=conversion)

    headers = {code: header for code, header in table.mapping.columns.items() if header}
    notes = [(note.code, note.column) for note in table.notes]
    notes += [(deal["note"], headers.get("customer", "customer")) for deal in deals if deal["note"]]
    rates = _conversion(deals, [deal["owner"] for deal in deals])
    owners = {
        key: portion(mine, target if key else None, rates.loc[key]) for key, mine in groups.items()
    }
    team_rate = _conversion(deals, ["team"] * len(deals))
    team = portion(
        deals,
        target * max(persons, 1) if target else None,
        team_rate.loc["team"] if deals else None,
    )
    found = {
        "kit": __version__,
        "today": today.date().isoformat(),
        "file": file,
        "by": by,
        "strict": bool(strict),
        "target": number(target),
        "no_ids": column == "owner" and "owner_id" not in frame,
        "limits": dataclasses.asdict(ladder.limits),
        "unchecked": _unchecked(frame, ladder, strict, column),
        "ladder": _ladder(ladder, history),
        "mapping": {
            "columns": headers,
            "stages": dict(table.mapping.stages),
            "rivals": {code: list(names) for code, names in table.mapping.rivals.items()},
        },
        "counts": {
            "rows": len(frame) + len(table.dropped),
            "kept": len(frame),
            "dropped": len(table.dropped),
        },
        "dropped": _counted(["code"], [(row.code,) for row in table.dropped]),
        "notes": _counted(["code", "column"], notes),
        "team": team,
        "owners": _named(owners, groups),
        "closed": [
            {key: deal[key] for key in ("row", "deal_id", "customer", "owner", "stage", "amount")}
            for deal in deals
            if deal["stage"] in funnel.CLOSED
        ],
    }
    return {**found, "changes": None if previous is None else changes(previous, found)}


def _by_owner(deals):
    """Deals per owner key, owners by name."""
    groups = collections.defaultdict(list)
    for deal in deals:
        groups[deal["owner"]].append(deal)
    return dict(sorted(groups.items(), key=lambda pair: (pair[1][0]["owner_name"], pair[0])))


def _named(owners, groups):
    names = {key: groups[key][0]["owner_name"] for key in owners}
    often = collections.Counter(names.values())
    return [
        {"key": key, "name": names[key], "same_name": bool(key) and often[names[key]] > 1, **mine}
        for key, mine in owners.items()
    ]


def _conversion(deals, owners):
    stages = pd.Series([deal["stage"] for deal in deals], dtype=object)
    return funnel.conversion(stages, pd.Series(owners, dtype=object))


def _unchecked(frame, ladder, strict, column):
    rules = funnel.rules_off(frame, ladder, strict)
    off = [{"rule": rule.rule, "code": rule.code} for rule in rules]
    if "last_contact" not in frame:
        off.append({"rule": "last_contact", "code": "no_column"})
    if column is None:
        off.append({"rule": "owner", "code": "no_column"})
    return off


def _ladder(ladder, history):
    own = None
    if history is not None:
        own = funnel.own_rates(getattr(history, "frame", history), ladder)
    return [
        {"code": stage.code, "rate": stage.rate, "own": _own(own, stage.code)}
        for stage in ladder.stages
    ]


def _own(rates, code):
    if rates is None or code == funnel.WON or not rates.loc[code, "n"]:
        return None
    row = rates.loc[code]
    return {
        "rate": number(row["rate"]),
        "n": int(row["n"]),
        "low": number(row["low"]),
        "high": number(row["high"]),
    }


def _counted(names, entries):
    counts = sorted(collections.Counter(entries).items())
    return [{**dict(zip(names, entry, strict=True)), "n": n} for entry, n in counts]


def _is_target(value):
    try:
        return not isinstance(value, str | bool) and value > 0 and math.isfinite(value)
    except TypeError:
        return False
