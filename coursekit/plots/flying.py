"""The figure of the flight simulator: what fixed policies make of the same luck, many times."""

import dataclasses

import pandas as pd

from coursekit import flight, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas, wrapped

GAMES = 30  # one luck each: as many as a class has people


def totals(rules, version="six", games=GAMES, first=1):
    """What each policy scores in each game.

    Parameters
    ----------
    rules : flight.Rules
    version : {"six", "twelve"}
    games : int
    first : int
        Luck of the first game; the others follow.

    Returns
    -------
    DataFrame
        One row per luck, one column per policy: all meet the same luck.
    """
    policies = {**flight.SIMPLE, "tended": flight.tended()}
    return pd.DataFrame(
        {
            name: [_total(policy, rules, version, luck) for luck in range(first, first + games)]
            for name, policy in policies.items()
        },
        index=pd.RangeIndex(first, first + games, name="luck"),
    )


def steady(rounds, without=()):
    """A policy: so many rounds of calls every week but those without, then the list in turn.

    Parameters
    ----------
    rounds : int
    without : collection of int
        Weeks in which nobody is called, whatever hours are left.

    Returns
    -------
    callable
        ``(state, rules) -> Decision``.
    """

    def policy(state, rules):
        quiet = state.week in without
        keep = 0 if quiet else rounds * rules.call_hours
        plan = flight.visiting(state, rules, flight.in_turn(state.deals), keep=keep)
        return dataclasses.replace(plan, prospect=0) if quiet else plan

    return policy


def pauses(rules, rounds=4, pause=(3, 4), version="six", games=GAMES, first=1):
    """What a pause in the calls costs over the same kinds of luck: none, some weeks, for good.

    Returns
    -------
    dict
        Median scores to the thousand: ``steady``, ``paused``, ``never``; ``unhurt``: games in
        which pausing scored no less than going on.
    """
    weeks = range(1, rules.version[version].weeks + 1)
    ways = {"steady": (), "paused": pause, "never": weeks}
    table = pd.DataFrame(
        {
            name: [
                _total(steady(rounds, without), rules, version, luck)
                for luck in range(first, first + games)
            ]
            for name, without in ways.items()
        }
    )
    numbers = {name: round(float(table[name].median()), -3) for name in ways}
    return {**numbers, "unhurt": int((table["paused"] >= table["steady"]).sum())}


def _total(policy, rules, version, luck):
    return flight.score(flight.play(policy, rules, version, luck).state, rules).total


def policies_numbers(table):
    """Median and range of each policy, and how often the best one was beaten.

    Parameters
    ----------
    table : DataFrame
        From `totals`.

    Returns
    -------
    dict
        ``games``; per policy ``<name>``, its median to the thousand, with ``<name>_low`` and
        ``<name>_high`` (eight games in ten lie between); ``order``: names, best first; ``best``
        ``worst``: glossary codes; ``beaten``: games in which the pyramid was not the best of the
        policies that only follow one rule.
    """
    low, middle, high = (table.quantile(q) for q in (0.1, 0.5, 0.9))
    order = list(middle.sort_values(ascending=False, kind="stable").index)
    numbers = {"alt": "plots.flying_alt", "games": len(table), "order": order}
    for name in order:
        for suffix, column in (("", middle), ("_low", low), ("_high", high)):
            numbers[f"{name}{suffix}"] = round(float(column[name]), -3)
    simple = table[[name for name in order if name in flight.SIMPLE]]
    numbers["beaten"] = int((simple.idxmax(axis=1) != "pyramid").sum())
    numbers["best"], numbers["worst"] = (f"flight.policy_{order[at]}" for at in (0, -1))
    return numbers


def policies(table, lang):
    """One row per policy, best on top: a mark at the median, a bar over eight games in ten."""
    numbers = policies_numbers(table)
    figure, axes = canvas("plots.flying_title", lang, numbers, height=4.9)
    for place, name in enumerate(reversed(numbers["order"])):
        color = theme.PALETTE["shown" if name in ("pyramid", "tended") else "grey"]
        low, high = numbers[f"{name}_low"], numbers[f"{name}_high"]
        axes.plot([low, high], [place] * 2, color=color, linewidth=9, alpha=0.3)
        axes.plot(numbers[name], place, "o", color=color, markersize=12)
        axes.annotate(
            terms.money(numbers[name], lang), (high, place), xytext=(8, 0),
            textcoords="offset points", va="center", fontsize=14,
        )  # fmt: skip
    names = [terms.term(f"flight.policy_{name}", lang) for name in reversed(numbers["order"])]
    axes.set_yticks(range(len(names)), [wrapped(name) for name in names])
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(left=min(0, axes.dataLim.x0), right=axes.dataLim.x1 * 1.2)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(terms.term("plots.flying_x", lang))
    return figure
