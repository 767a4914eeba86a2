"""Figures of the whole list: its shape, what comes and goes, what it covers, what is foretold."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.funnel.courtesy import is_courtesy
from coursekit.plots import theme
from coursekit.plots.canvas import canvas, money_ticks, rows

PARTS = ("moves", "bare", "zombie")
_LOOKS = {"moves": ("shown", None), "bare": ("claimed", "//"), "zombie": ("bad", "xx")}
WEEKS = 26


def shapes_numbers(lists, pyramid=None):
    """How far lists stand from the pyramid.

    Parameters
    ----------
    lists : dict of str to DataFrame
        Name -> deals with ``stage``.
    pyramid : dict or Series, optional
        As `funnel.shape`.

    Returns
    -------
    dict
        ``lists``: per name ``n``, ``counts`` (per open stage), ``norm`` (deals that the pyramid
        would have there) and ``misplaced`` (share); ``first`` and ``last``: names; for these
        two also ``first_n first_misplaced last_n last_misplaced`` and the first list's
        ``first_top`` and ``first_base`` (deals at 50% and more, and below 25%), the same of the
        last.
    """
    found = {}
    for name, deals in lists.items():
        shape = funnel.shape(deals, pyramid)
        n = int(shape.stages["n"].sum())
        found[name] = {
            "n": n,
            "counts": [int(count) for count in shape.stages["n"]],
            "norm": [float(share) * n for share in shape.stages["norm"]],
            "misplaced": shape.misplaced,
            "base": int(shape.stages.loc[["opportunity", "appointment"], "n"].sum()),
            "top": int(shape.stages.loc[["p50", "p90"], "n"].sum()),
        }
    names = list(found)
    first, last = names[0], names[-1]
    numbers = {"alt": "listing.shapes_alt", "lists": found, "first": first, "last": last}
    for end, name in (("first", first), ("last", last)):
        numbers |= {f"{end}_{key}": found[name][key] for key in ("n", "misplaced", "base", "top")}
    return numbers


def shapes(lists, lang, pyramid=None):
    """Lists beside each other as towers of their stages, the pyramid as a dashed outline."""
    from matplotlib.figure import Figure

    numbers = shapes_numbers(lists, pyramid)
    theme.use()
    figure = Figure(figsize=(8.0, 4.8))
    every = figure.subplots(1, len(lists), sharey=True, sharex=True)
    figure.suptitle(
        terms.say("listing.shapes_title", lang, **numbers),
        x=0.01,
        ha="left",
        fontsize=17,
        fontweight="bold",
    )
    for axes, (name, found) in zip(every, numbers["lists"].items(), strict=True):
        for place, (n, norm) in enumerate(zip(found["counts"], found["norm"], strict=True)):
            color = theme.PALETTE["shown" if n <= norm + 1 else "claimed"]
            axes.barh(place, n, left=-n / 2, color=color, height=0.7)
            axes.barh(
                place,
                norm,
                left=-norm / 2,
                facecolor="none",
                edgecolor=theme.PALETTE["ink"],
                linestyle="--",
                linewidth=1.6,
                height=0.86,
            )
            words = {"color": "white"} if n else {"color": theme.PALETTE["bad"]}
            axes.text(0, place, n, ha="center", va="center", fontsize=15, weight="bold", **words)
        axes.set_title(terms.say("listing.shapes_name", lang, name=name, **found), fontsize=14)
        axes.set_xticks([])
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
    every[0].set_yticks(
        range(len(funnel.OPEN)), [terms.term(f"stage.{code}", lang) for code in funnel.OPEN]
    )
    return figure


def blood_numbers(history, until, weeks=WEEKS):
    """What came into the list and left it over the last weeks.

    Parameters
    ----------
    history : DataFrame
        ``deal_id stage date``.
    until : date, str or Timestamp
    weeks : int

    Returns
    -------
    dict
        ``weeks``; ``came``, ``won``, ``lost`` and ``gone`` (both) in all; ``under_way`` at the
        end and ``before``; ``a_week``: first appointments a week; ``out_a_week``.
    """
    moves = funnel.movement(history, until)
    recent = moves.tail(weeks)
    sums = recent[["came", "won", "lost"]].sum()
    gone = int(sums["won"] + sums["lost"])
    return {
        "alt": "listing.blood_alt",
        "weeks": len(recent),
        **{name: int(n) for name, n in sums.items()},
        "gone": gone,
        "a_week": float(recent["came"].mean()),
        "out_a_week": gone / max(len(recent), 1),
        "under_way": int(recent["under_way"].iloc[-1]),
        "before": int(moves["under_way"].iloc[-len(recent) - 1]) if len(moves) > weeks else 0,
    }


def blood(history, until, lang, weeks=WEEKS):
    """First appointments upwards, contracts and losses downwards, week by week."""
    numbers = blood_numbers(history, until, weeks)
    recent = funnel.movement(history, until).tail(weeks)
    figure, axes = canvas("listing.blood_title", lang, numbers)
    ago = range(-len(recent), 0)
    series = (
        ("came", recent["came"], 0, "shown", None),
        ("won", -recent["won"], 0, "good", None),
        ("lost", -recent["lost"], -recent["won"], "light", "//"),
    )
    for name, values, bottom, color, hatch in series:
        axes.bar(
            ago,
            values,
            bottom=bottom,
            width=0.8,
            color=theme.PALETTE[color],
            hatch=hatch,
            edgecolor=theme.PALETTE["grey"] if hatch else "none",
            label=terms.say(f"listing.blood_{name}", lang, n=numbers[name]),
        )
    axes.axhline(0, color=theme.PALETTE["ink"], linewidth=1)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.set_ylim(top=recent["came"].max() * 1.28)
    axes.set_xlabel(terms.term("listing.blood_weeks", lang))
    axes.set_ylabel(terms.term("listing.blood_deals", lang))
    axes.legend(ncols=3, loc="upper left")
    return figure


def cover_numbers(lists, today, ladder, target, age_limit):
    """How often a target is in lists, and how much of it moves.

    Parameters
    ----------
    lists : dict of str to DataFrame
        Name -> deals of one person.
    today : date, str or Timestamp
    ladder : Ladder
    target : float
        Money that each list still has to bring.
    age_limit : int
        Days of the oldest deal that ever closed, see `funnel.age_limit`.

    Returns
    -------
    dict
        ``lists``: per name ``open listed shown`` (times the target) and ``amount`` per part of
        `PARTS`: what moves, what has no next step, what is older than any deal that ever closed;
        ``first`` and ``last``, and of both ``…_open …_listed …_shown …_zombie`` (money)
        and ``…_n_zombie``.
    """
    found = {}
    for name, deals in lists.items():
        mine = deals[funnel.is_open(deals["stage"])]
        old = funnel.age_days(mine, today) > age_limit
        courtesy = mine["next_step"].fillna("").map(is_courtesy).astype(bool)
        bare = (funnel.without_next_step(mine, today) | courtesy) & ~old
        cover = funnel.coverage(mine, today, ladder, target)
        parts = {"moves": ~old & ~bare, "bare": bare, "zombie": old}
        # the age rule needs twenty ended deals in a list; the limit of the team does it here
        shown = funnel.review(mine, today, ladder)["expected"][parts["moves"]].sum() / target
        found[name] = {
            "open": cover.open,
            "listed": cover.listed,
            "shown": float(shown),
            "amount": {part: float(mine.loc[at, "amount"].sum()) for part, at in parts.items()},
            "n_zombie": int(old.sum()),
            "n": len(mine),
        }
    names = list(found)
    first, last = names[0], names[-1]
    numbers = {"alt": "listing.cover_alt", "lists": found, "target": target}
    for end, name in (("first", first), ("last", last)):
        numbers |= {end: name, f"{end}_zombie": found[name]["amount"]["zombie"]}
        numbers |= {
            f"{end}_{key}": found[name][key] for key in ("open", "listed", "shown", "n_zombie", "n")
        }
    return numbers


def cover(lists, today, ladder, target, age_limit, lang):
    """All open amounts of each list against the target, by whether they move."""
    numbers = cover_numbers(lists, today, ladder, target, age_limit)
    figure, axes = canvas("listing.cover_title", lang, numbers)
    names = list(numbers["lists"])
    for place, name in enumerate(reversed(names)):
        start = 0.0
        for part in PARTS:
            amount = numbers["lists"][name]["amount"][part]
            color, hatch = _LOOKS[part]
            axes.barh(
                place,
                amount,
                left=start,
                height=0.5,
                color=theme.PALETTE[color],
                hatch=hatch,
                edgecolor="white",
                label=terms.term(f"listing.part_{part}", lang) if place == 0 else None,
            )
            if amount > target / 4:
                axes.text(
                    start + amount / 2,
                    place,
                    terms.money(amount, lang),
                    ha="center",
                    va="center",
                    fontsize=13,
                    color="white",
                    weight="bold",
                    bbox={"facecolor": theme.PALETTE[color], "edgecolor": "none", "pad": 1.5},
                )
            start += amount
    axes.axvline(target, color=theme.PALETTE["ink"], linewidth=2, linestyle="--")
    words = terms.say("listing.target", lang, target=target)
    axes.annotate(words, (target, len(names) - 0.42), (8, 0), textcoords="offset points")
    axes.set_yticks(range(len(names)), list(reversed(names)))
    axes.set_ylim(-0.6, len(names) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    money_ticks(axes.xaxis, lang)
    axes.set_xlabel(terms.term("listing.cover_axis", lang))
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.45, -0.2))
    return figure


def warnings_numbers(warnings):
    """What a list of early warnings says in short.

    Parameters
    ----------
    warnings : DataFrame
        From `funnel.early_warnings`.

    Returns
    -------
    dict
        ``n`` warnings about ``n_people``; ``n_timed`` with a time; ``first`` (owner),
        ``first_weeks`` and ``first_code`` of the soonest.
    """
    timed = warnings.dropna(subset="weeks")
    first = timed.iloc[0] if len(timed) else None
    return {
        "alt": "listing.warnings_alt",
        "n": len(warnings),
        "n_people": int(warnings["owner"].nunique()),
        "n_timed": len(timed),
        "first": "—" if first is None else first["owner"],
        "first_weeks": float("nan") if first is None else float(first["weeks"]),
        "first_code": "finding.no_new_blood" if first is None else f"finding.{first['code']}",
    }


def warnings(found, lang):
    """Early warnings, the soonest on top, with the weeks until the gap would show."""
    numbers = warnings_numbers(found)
    figure, axes = canvas("listing.warnings_title", lang, numbers, height=4.8)
    most = pd.Series([*found["weeks"].dropna(), 4]).max()
    for place, (_, row) in enumerate(found[::-1].iterrows()):
        if row["weeks"] == row["weeks"]:
            axes.barh(place, row["weeks"], color=theme.PALETTE["claimed"], height=0.5)
            axes.plot(row["weeks"], place, "D", color=theme.PALETTE["bad"], markersize=11)
            words = terms.say("listing.warnings_weeks", lang, weeks=row["weeks"])
            axes.annotate(
                words, (row["weeks"], place), (12, 0), textcoords="offset points", va="center"
            )
        else:
            axes.barh(place, most, color=theme.PALETTE["light"], height=0.5, alpha=0.6)
            axes.text(
                most / 2,
                place,
                terms.term("listing.warnings_unknown", lang),
                ha="center",
                va="center",
                color=theme.PALETTE["grey"],
            )
    names = [
        terms.say(
            "listing.warnings_row", lang, owner=row["owner"], finding=f"finding.{row['code']}"
        )
        for _, row in found[::-1].iterrows()
    ]
    axes.set_xlim(0, most * 1.35)
    rows(axes, names, room=0)
    axes.set_xlim(0, most * 1.35)
    axes.spines["bottom"].set_visible(True)
    axes.set_xticks(range(int(most) + 2))
    axes.set_xlabel(terms.term("listing.warnings_axis", lang))
    return figure
