"""Figures that compare people fairly: what luck alone does, and rates with their intervals."""

import numpy as np

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas

PLACES = 30  # dots that stand side by side over the whole scale


def luck_numbers(rate, n, people):
    """Equally able people and an equal number of ended deals: what chance makes of them.

    Parameters
    ----------
    rate : float
        Everybody's true rate, in (0, 1).
    n : int
        Ended deals of each.
    people : int

    Returns
    -------
    dict
        ``won``: contracts of each, the typical picture: the middle of each of `people` equal
        parts of the binomial distribution; ``best`` and ``worst`` share, ``best_won``,
        ``worst_won``, ``apart`` between them; and ``rate n people``.
    """
    from scipy.stats import binom

    won = binom.ppf((np.arange(people) + 0.5) / people, n, rate).astype(int)
    return {
        "alt": "plots.people_luck_alt",
        "rate": rate,
        "n": int(n),
        "people": people,
        "won": [int(each) for each in won],
        "best_won": int(won[-1]),
        "worst_won": int(won[0]),
        "best": float(won[-1] / n),
        "worst": float(won[0] / n),
        "apart": float((won[-1] - won[0]) / n),
    }


def luck(rate, n, people, lang):
    """One dot per person, all equally able, stacked over the share each would show."""
    numbers = luck_numbers(rate, n, people)
    figure, axes = canvas("plots.people_luck_title", lang, numbers)
    each = np.array(numbers["won"]) / n
    if n > PLACES:  # else the dots would lie on each other
        each = np.round(each * PLACES) / PLACES
    shares, heights = np.unique(each, return_counts=True)
    for share, height in zip(shares, heights, strict=True):
        edge = share in (shares[0], shares[-1])
        axes.scatter(
            [share] * height,
            range(1, height + 1),
            s=170,
            color=theme.PALETTE["claimed" if edge else "shown"],
            marker="D" if edge else "o",
        )
    axes.axvline(rate, color=theme.PALETTE["ink"], linewidth=1.4, linestyle="--", zorder=0)
    axes.annotate(
        terms.say("plots.people_luck_true", lang, **numbers),
        (rate, 0.99),
        xycoords=("data", "axes fraction"),
        xytext=(6, 0),
        textcoords="offset points",
        va="top",
        fontsize=13,
    )
    axes.set_xlim(-0.04, 1.04)
    axes.set_ylim(0, max(8, heights.max() * 1.25))
    _percents(axes, [0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_xlabel(terms.term("plots.people_luck_x", lang))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return figure


def people_numbers(deals, chosen):
    """Won of ended deals per person, shrunk to the whole team, for those chosen.

    Parameters
    ----------
    deals : DataFrame
        Of the whole team: ``stage owner``; owners as they are to be shown.
    chosen : sequence
        Owners to show, in this order; it is no ranking.

    Returns
    -------
    dict
        ``team`` rate, ``n_people``, ``n_ended``; ``n_apart``: of all people, those whose 90%
        interval leaves the team's rate out, and ``apart`` their names; ``by_chance``: how many
        such there would be among equals; ``people``: of the chosen, dicts of ``name won n rate
        shrunk low high``; ``first_…`` and ``last_…``: the chosen ones with most and fewest deals.
    """
    table = funnel.conversion(deals["stage"], deals["owner"])
    apart = table.index[(table["low"] > table["team"]) | (table["high"] < table["team"])]
    people = [
        {"name": name, **table.loc[name, ["won", "n", "rate", "shrunk", "low", "high"]].to_dict()}
        for name in chosen
    ]
    most, fewest = (find(people, key=lambda one: one["n"]) for find in (max, min))
    return {
        "alt": "plots.people_people_alt",
        "team": float(table["team"].iloc[0]),
        "n_people": len(table),
        "n_ended": int(table["n"].sum()),
        "n_apart": len(apart),
        "apart": list(apart),
        "by_chance": (1 - 0.90) * len(table),
        "n_shown": len(people),
        "people": people,
        **{f"most_{key}": value for key, value in most.items()},
        **{f"fewest_{key}": value for key, value in fewest.items()},
    }


def people(deals, chosen, lang):
    """Per person the plain share, the fair estimate and its interval, beside the team's line."""
    numbers = people_numbers(deals, chosen)
    figure, axes = canvas(
        "plots.people_people_title", lang, numbers, height=1.7 + 0.55 * len(chosen)
    )
    ink, blue = theme.PALETTE["ink"], theme.PALETTE["shown"]
    axes.axvline(numbers["team"], color=ink, linewidth=1.4, linestyle="--", zorder=0)
    for place, one in enumerate(reversed(numbers["people"])):
        axes.plot([one["low"], one["high"]], [place, place], color=blue, linewidth=6, alpha=0.35)
        axes.plot(one["shrunk"], place, "o", color=blue, markersize=11)
        if one["n"]:
            axes.plot(one["rate"], place, "D", color=ink, markerfacecolor="white", markersize=9)
        words = terms.say("plots.people_people_row", lang, won=one["won"], n=one["n"])
        axes.annotate(words, (1.02, place), va="center", fontsize=14)
    axes.set_xlim(-0.03, 1.28)
    axes.set_ylim(-0.6, len(chosen) - 0.2)
    axes.set_yticks(range(len(chosen)), [str(one["name"]) for one in reversed(numbers["people"])])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    _percents(axes, [0, 0.25, 0.5, 0.75, 1])
    _legend(axes, lang)
    return figure


def _legend(axes, lang):
    ink, blue = theme.PALETTE["ink"], theme.PALETTE["shown"]
    forms = {
        "plain": {"marker": "D", "color": ink, "markerfacecolor": "white", "linestyle": ""},
        "fair": {"marker": "o", "color": blue, "linestyle": ""},
        "interval": {"color": blue, "linewidth": 6, "alpha": 0.35},
        "team": {"color": ink, "linewidth": 1.4, "linestyle": "--"},
    }
    for name, form in forms.items():
        axes.plot([], [], label=terms.term(f"plots.people_{name}", lang), **form)
    axes.figure.legend(loc="outside lower left", ncols=4, columnspacing=1.2, handlelength=1.4)


def _percents(axes, ticks):
    axes.set_xticks(ticks, [terms.percent(tick) for tick in ticks])
