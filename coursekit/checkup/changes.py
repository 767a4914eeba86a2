"""What happened to the list between two check-ups."""

from coursekit.funnel import compared


def changes(previous, facts):
    """What changed between two check-ups of the same list.

    Parameters
    ----------
    previous, facts : dict
        Facts of an earlier and of this check-up.

    Returns
    -------
    dict or None
        None where no deal stands in both: another list, or ids that are given anew with each
        export. ``since`` and ``today``; ``totals``: ``n_open open_amount listed shown``, each
        ``{"before", "after"}``; and all of `funnel.compared`.

    Notes
    -----
    Syllabus item funnel.6.3. It fails where nobody kept the list in between: no change then means
    no entry, not that nothing happened with the customers.
    """
    found = compared(_all(previous), _all(facts))
    if found is None:
        return None
    return {
        "since": previous["today"],
        "today": facts["today"],
        "by_id": found.pop("by_id"),
        "n_not_followed": found.pop("n_not_followed"),
        "totals": {
            key: {"before": previous["team"][key], "after": facts["team"][key]}
            for key in ("n_open", "open_amount", "listed", "shown")
        },
        **found,
    }


def _all(facts):
    return [*facts["team"]["deals"], *facts["closed"]]
