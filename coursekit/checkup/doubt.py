"""When a check-up should stop and ask: more likely a column was misread than a team that bad."""

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
    return found


def _by_rule(part):
    """Deals and value that each rule takes: a rule can have several reasons."""
    taken = {}
    for reason in part["reasons"]:
        n, lost = taken.get(RULES[reason["code"]], (0, 0.0))
        taken[RULES[reason["code"]]] = (n + reason["n"], lost + reason["lost"])
    return taken
