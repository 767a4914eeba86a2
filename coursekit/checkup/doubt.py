"""When a check-up should stop and ask: more likely a column was misread than a team that bad."""

import math

from coursekit.funnel import RULES


def doubtful(facts):
    """Rules that take so much that the mapping should be looked at before any page is written.

    Parameters
    ----------
    facts : dict
        From `checkup.facts`; ``limits`` of it says how much is too much.

    Returns
    -------
    list of dict
        ``takes_share``: one ``rule`` takes more than half of the listed value (``share``, 0 to
        1). ``takes_all``: one ``rule`` takes every one of the ``n`` open deals of an owner
        (``owner`` key, ``name``; both None for a file without owners) with five or more.
        ``most_unknown``: more than half of five or more open deals, ``n``, have a stage that
        nobody knows, which takes no value because none was listed. ``most_of_nobody``: as many
        have no owner while others have.
    """
    limits, team = facts["limits"], facts["team"]
    found = [
        {"code": "takes_share", "rule": rule, "share": round(lost / team["listed"], 6)}
        for rule, (_, lost) in sorted(_by_rule(team).items())
        if team["listed"] > 0 and lost > limits["doubt_share"] * team["listed"]
    ]
    for part in facts["owners"] or [{"key": None, "name": None, **team}]:
        if part["n_open"] >= limits["doubt_deals"]:
            found += [
                {
                    "code": "takes_all",
                    "rule": rule,
                    "owner": part["key"],
                    "name": part["name"],
                    "n": n,
                }
                for rule, (n, _) in sorted(_by_rule(part).items())
                if n == part["n_open"]
            ]
    enough = max(limits["doubt_deals"], math.floor(limits["doubt_share"] * team["n_open"]) + 1)
    unknown, _ = _by_rule(team).get("stage", (0, 0.0))
    if unknown >= enough and not any(doubt["rule"] == "stage" for doubt in found):
        found.append({"code": "most_unknown", "rule": "stage", "n": unknown})
    nobody = sum(part["n_open"] for part in facts["owners"] if not part["key"])
    if nobody >= enough and len(facts["owners"]) > 1:
        found.append({"code": "most_of_nobody", "rule": "owner", "n": nobody})
    return found


def _by_rule(part):
    """Deals and value that each rule takes: a rule can have several reasons."""
    taken = {}
    for reason in part["reasons"]:
        n, lost = taken.get(RULES[reason["code"]], (0, 0.0))
        taken[RULES[reason["code"]]] = (n + reason["n"], lost + reason["lost"])
    return taken
