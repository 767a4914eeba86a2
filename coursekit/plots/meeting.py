"""Figures of a team's meeting: what moved between two lists, and the page that it goes by."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows

# kinds of change as a meeting reads them, and how each is drawn
MOVES = (
    *(("won", "good"), ("moved_up", "good"), ("grew", "good"), ("new", "shown")),
    *(("slipped", "claimed"), ("fell_back", "bad"), ("vanished", "bad"), ("lost", "grey")),
)


def moves_numbers(lists, since, today, ladder, ended=None):
    """What happened between two of the weekly lists.

    Parameters
    ----------
    lists : DataFrame
        Weekly lists below each other, schema ``deals`` with ``date``.
    since, today : date
        Days of the two lists.
    ladder : Ladder
    ended : DataFrame, optional
        ``deal_id stage`` as known today: what became of deals that vanished.

    Returns
    -------
    dict
        ``before`` open deals of the earlier list; per kind of `funnel.changes` ``n_<kind>`` and
        ``amount_<kind>``; ``n_month_end`` and ``most_days`` of the slipped ones; of the vanished
        ``n_vanished_won`` and ``n_vanished_lost``; ``share_slipped`` of the earlier list.
    """
    old, new = (lists[lists["date"] == pd.Timestamp(day)] for day in (since, today))
    found = funnel.changes(old, new, since, today, ladder, strict=True)
    slipped = found["slipped"]["deals"]
    fate = {} if ended is None else dict(zip(ended["deal_id"], ended["stage"], strict=True))
    gone = [fate.get(deal["deal_id"]) for deal in found["vanished"]["deals"]]
    before = int(funnel.is_open(old["stage"]).sum())
    return {
        "alt": "plots.meeting_moves_alt",
        "since": pd.Timestamp(since),
        "today": pd.Timestamp(today),
        "weeks": (pd.Timestamp(today) - pd.Timestamp(since)).days // 7,
        "before": before,
        "n_month_end": sum(pd.Timestamp(deal["after"]).is_month_end for deal in slipped),
        "most_days": max((deal["days"] for deal in slipped), default=0),
        "n_vanished_won": gone.count(funnel.WON),
        "n_vanished_lost": gone.count(funnel.LOST),
        "share_slipped": found["slipped"]["n"] / before if before else None,
        **{f"n_{kind}": found[kind]["n"] for kind, _ in MOVES},
        **{f"amount_{kind}": float(found[kind]["amount"]) for kind, _ in MOVES},
    }


def moves(lists, since, today, ladder, lang, ended=None):
    """One bar per kind of change, with its money."""
    numbers = moves_numbers(lists, since, today, ladder, ended)
    figure, axes = canvas("plots.meeting_moves_title", lang, numbers, height=5.0)
    _bars(axes, numbers, lang, MOVES)
    return figure


def _bars(axes, numbers, lang, kinds):
    for place, (kind, color) in enumerate(reversed(kinds)):
        n, amount = numbers[f"n_{kind}"], numbers[f"amount_{kind}"]
        axes.barh(place, n, color=theme.PALETTE[color], height=0.7)
        words = terms.say("plots.meeting_moves_bar", lang, n=n, amount=amount)
        beside(axes, n, place, words)
    names = [terms.term(f"plots.meeting_{kind}", lang) for kind, _ in reversed(kinds)]
    rows(axes, names, room=0.55)


def page_numbers(deals, today, ladder, target=None, lists=None, since=None, most=5):
    """All that the one page of a team meeting says.

    Parameters
    ----------
    deals : DataFrame
        The team's list, schema ``deals``, with names a room knows; ended deals are left out.
    today : date
    ladder : Ladder
    target : float, optional
        Money that the list still has to bring.
    lists : DataFrame, optional
        Weekly lists, as in `moves_numbers`; the page then tells what changed from `since` on.
    since : date, optional
    most : int
        Deals at risk that are named.

    Returns
    -------
    dict
        ``at_risk``: dicts of ``customer owner stage amount gap reason``, those that lose most by
        the next-step rule first; ``n_at_risk`` and ``gap`` of all, ``n_named`` and ``gap_named``
        of those named; ``n_open open listed shown``. With a target ``open_times listed_times
        shown_times`` it; with lists all of `moves_numbers`.
    """
    deals = deals[funnel.is_open(deals["stage"])]
    checked = funnel.review(deals, today, ladder, strict=True)
    gap = (checked["listed"].fillna(0) - checked["expected"].fillna(0)).rename("gap")
    wanted = ["deal_id", "customer", "owner", "stage", "amount"]
    risky = deals.reindex(columns=wanted).assign(gap=gap, reason=checked["reason"])
    risky = risky[gap > 0].sort_values("gap", ascending=False, kind="stable")
    named = risky.head(most)
    numbers = {
        "alt": "plots.meeting_list_alt",
        "n_open": len(deals),
        "n_at_risk": len(risky),
        "gap": float(gap.sum()),
        "gap_named": float(named["gap"].sum()),
        "n_named": len(named),
        "at_risk": named.to_dict("records"),
        "open": float(funnel.money(deals).sum()),
        "listed": float(checked["listed"].sum()),
        "shown": float(checked["expected"].sum()),
    }
    if target is not None:
        cover = funnel.coverage(deals, today, ladder, target, strict=True)
        times = {f"{name}_times": getattr(cover, name) for name in ("open", "listed", "shown")}
        numbers |= {"target": float(target), **times}
    if lists is not None:
        numbers = {**moves_numbers(lists, since, today, ladder), **numbers}
        numbers["alt"] = "plots.meeting_page_alt"
    return numbers


def page(deals, today, ladder, lang, target=None, lists=None, since=None):
    """The one page: changes since the last list, deals at risk, coverage.

    Without an earlier list or a target their parts are left out.
    """
    from matplotlib.figure import Figure

    numbers = page_numbers(deals, today, ladder, target, lists, since)
    parts = {"changes": (_changes, 3.4), "risk": (_risk, 3.0), "cover": (_cover, 1.9)}
    if lists is None:
        del parts["changes"]
    heights = [height for _, height in parts.values()]
    theme.use()
    figure = Figure(figsize=(8.0, 1.1 * sum(heights) + 0.6))
    code = "plots.meeting_list_title" if lists is None else "plots.meeting_page_title"
    title = terms.say(code, lang, **numbers)
    figure.suptitle(title, x=0.01, ha="left", fontsize=17, fontweight="bold")
    each = figure.subplots(len(parts), 1, height_ratios=heights)
    for place, (axes, (name, (draw, _))) in enumerate(zip(each, parts.items(), strict=True), 1):
        said = terms.say(f"plots.meeting_{name}", lang, place=place, **numbers)
        axes.set_title(said, fontsize=15)
        draw(axes, numbers, lang)
    return figure


def _changes(axes, numbers, lang):
    kinds = [(kind, color) for kind, color in MOVES if kind not in ("grew", "vanished")]
    _bars(axes, numbers, lang, kinds)


def _risk(axes, numbers, lang):
    found = numbers["at_risk"][::-1]
    for place, deal in enumerate(found):
        axes.barh(place, deal["gap"], color=theme.PALETTE["bad"], height=0.66)
        codes = {name: f"{name}.{deal[name]}" for name in ("stage", "reason")}
        owner = "—" if pd.isna(deal["owner"]) else deal["owner"]
        values = {**deal, **codes, "owner": owner}
        beside(axes, deal["gap"], place, terms.say("plots.meeting_risk_row", lang, **values))
    if found:
        names = ["—" if pd.isna(deal["customer"]) else str(deal["customer"]) for deal in found]
        rows(axes, names, room=1.9)
    else:
        axes.set_axis_off()


def _cover(axes, numbers, lang):
    sizes = [("target", "ink"), ("shown", "shown"), ("listed", "claimed")]
    sizes = [(name, color) for name, color in reversed(sizes) if name in numbers]
    for place, (name, color) in enumerate(sizes):
        axes.barh(place, numbers[name], color=theme.PALETTE[color], height=0.66)
        words = terms.money(numbers[name], lang)
        if f"{name}_times" in numbers:
            times = numbers[f"{name}_times"]
            words = terms.say("plots.meeting_times", lang, amount=numbers[name], times=times)
        beside(axes, numbers[name], place, words)
    rows(axes, [terms.term(f"plots.meeting_{name}", lang) for name, _ in sizes], 0.5)
