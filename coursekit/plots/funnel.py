"""Figures of the stages: who stands on which rung, and what of the list can be shown.

Every figure of a lesson takes the language last; every ``*_numbers`` carries the code of its own
sentence under ``alt``.
"""

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows


def stages_numbers(deals, ladder):
    """How many open deals stand on each rung, and how many of them count anything.

    Parameters
    ----------
    deals : DataFrame
        Column ``stage``.
    ladder : Ladder

    Returns
    -------
    dict
        ``n`` open deals, ``n_percent`` with a rate above 0, ``n_zero`` without, ``n_<stage>``
        for each open stage.
    """
    stage = deals.loc[funnel.is_open(deals["stage"]), "stage"]
    counted = int((ladder.rates(stage) > 0).sum())
    each = {f"n_{code}": int((stage == code).sum()) for code in funnel.OPEN}
    return {
        "alt": "plots.funnel_stages_alt",
        "n": len(stage),
        "n_percent": counted,
        "n_zero": len(stage) - counted,
        **each,
    }


def stages(deals, ladder, lang):
    """The rungs from opportunity to 90% with their deals; grey counts nothing."""
    numbers = stages_numbers(deals, ladder)
    figure, axes = canvas("plots.funnel_stages_title", lang, numbers)
    for place, code in enumerate(funnel.OPEN):
        rate, n = ladder.rate(code), numbers[f"n_{code}"]
        axes.barh(place, n, color=theme.PALETTE["shown" if rate else "light"], height=0.72)
        words = terms.say("plots.funnel_stages_bar", lang, n=n, rate=rate)
        beside(axes, n, place, words)
    rows(axes, [terms.term(f"stage.{code}", lang) for code in funnel.OPEN])
    return figure


def claimed_and_shown_numbers(checked):
    """What the list says and what of it can be shown.

    Parameters
    ----------
    checked : DataFrame
        From `funnel.review`.

    Returns
    -------
    dict
        ``listed shown gap``, ``n`` open deals that lose value, ``largest``: index of the one
        that loses most (None where none does), ``lost``: reason code -> what it takes.
    """
    lost = checked["listed"].fillna(0) - checked["expected"].fillna(0)
    by_reason = lost.groupby(checked["reason"]).sum()
    by_reason = by_reason[by_reason > 0].sort_values(ascending=False, kind="stable")
    # a contract counts as listed and as shown alike; the open list is what is looked at
    is_open = funnel.is_open(checked["claimed"])
    listed, shown = checked["listed"][is_open].sum(), checked["expected"][is_open].sum()
    return {
        "alt": "plots.funnel_claimed_and_shown_alt",
        "listed": float(listed),
        "shown": float(shown),
        "gap": float(listed - shown),
        "n": int((lost > 0).sum()),
        "largest": lost.idxmax() if (lost > 0).any() else None,
        "lost": {code: float(value) for code, value in by_reason.items()},
    }


def claimed_and_shown(checked, lang):
    """From the list's value down to what can be shown, reason by reason."""
    numbers = claimed_and_shown_numbers(checked)
    figure, axes = canvas("plots.funnel_claimed_and_shown_title", lang, numbers)
    steps = [("claimed", "plots.funnel_listed", 0, numbers["listed"])]
    left = numbers["listed"]
    for code, value in numbers["lost"].items():
        left -= value
        steps.append(("bad", f"reason.{code}", left, value))
    steps.append(("shown", "plots.funnel_shown", 0, numbers["shown"]))
    steps.reverse()
    for place, (color, _, start, size) in enumerate(steps):
        axes.barh(place, size, left=start, height=0.66, color=theme.PALETTE[color])
        sign = "−" if color == "bad" else ""
        beside(axes, start + size, place, sign + terms.money(size, lang))
    rows(axes, [terms.term(code, lang) for _, code, _, _ in steps])
    return figure
