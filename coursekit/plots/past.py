"""Figures of what came: dated and signed, deals that still run, rules against month ends."""

import numpy as np
import pandas as pd

from coursekit import forecast, funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas, money_ticks

AHEAD = 28  # days that a list is held against
# how each rule is drawn: colour and form, so that neither has to tell it alone
MARKS = {"ladder": ("shown", "o"), "own": ("good", "s"), "open": ("bad", "^"), "age": ("ink", "D")}


def dated_numbers(lists, deals, until):
    """Of the deals dated for the coming four weeks: how many were signed in those weeks.

    Parameters
    ----------
    lists : DataFrame
        Weekly lists below each other: ``date deal_id stage amount expected_close``.
    deals : DataFrame
        What became of them: ``deal_id stage closed``.
    until : date
        Lists whose four weeks are not over yet are left out.

    Returns
    -------
    dict
        ``weeks``: one dict per list (``date n signed``); ``n_lists``, ``n`` and ``signed`` of all
        together, ``share``; of the first list ``first_n``, ``first_signed``, ``first_lost`` and
        ``first_open`` when the four weeks were over, ``first_amount`` dated, ``first_came``.
    """
    now = deals.set_index("deal_id")[["stage", "closed"]]
    weeks = []
    for day, known in lists.groupby("date"):
        end = day + pd.Timedelta(days=AHEAD)
        due = known[funnel.is_open(known["stage"]) & known["expected_close"].between(day, end)]
        over = due["deal_id"].map(now["closed"]) <= end
        came = over & (due["deal_id"].map(now["stage"]) == funnel.WON)
        if end <= pd.Timestamp(until):
            weeks.append(
                {
                    "date": day,
                    "n": len(due),
                    "signed": int(came.sum()),
                    "lost": int((over & ~came).sum()),
                    "open": int((~over).sum()),
                    "amount": float(due["amount"].sum()),
                    "came": float(due.loc[came, "amount"].sum()),
                }
            )
    n, signed = (sum(week[name] for week in weeks) for name in ("n", "signed"))
    return {
        "alt": "plots.past_dated_alt",
        "weeks": weeks,
        "n_lists": len(weeks),
        "n": n,
        "signed": signed,
        "share": signed / n if n else None,
        **{f"first_{name}": value for name, value in weeks[0].items()},
    }


def dated(lists, deals, until, lang):
    """For each weekly list: dated for the next four weeks, and signed in them."""
    numbers = dated_numbers(lists, deals, until)
    figure, axes = canvas("plots.past_dated_title", lang, numbers)
    for place, week in enumerate(numbers["weeks"]):
        axes.bar(place, week["n"], color=theme.PALETTE["light"], width=0.74)
        axes.bar(place, week["signed"], color=theme.PALETTE["good"], width=0.74)
        for value, size in ((week["n"], "normal"), (week["signed"], "bold")):
            axes.annotate(
                f"{value}", (place, value), xytext=(0, 3), textcoords="offset points",
                ha="center", fontsize=14, fontweight=size,
            )  # fmt: skip
    axes.set_ylim(0, max(week["n"] for week in numbers["weeks"]) * 1.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks(
        range(numbers["n_lists"]), [_short_day(week["date"], lang) for week in numbers["weeks"]]
    )
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(terms.term("plots.past_dated_x", lang))
    _legend(axes, {"light": "plots.past_dated", "good": "plots.past_signed"}, lang, ncols=2)
    return figure


def running_numbers(deals, today, since, until):
    """The deals begun in one span: those signed so far, and what an older lot took in the end.

    Parameters
    ----------
    deals : DataFrame
        ``stage created closed``.
    today : date
    since, until : date
        First and last day of beginning of the young lot. The older lot: begun at least half a
        year before today.

    Returns
    -------
    dict
        ``n n_won n_lost n_open``, ``median`` days of its contracts, ``limit``: the slowest of
        them; of the older lot ``old_n``, ``old_won``, ``old_median``, ``old_open`` and, of its
        contracts that took no longer than `limit`, ``old_fast`` and ``old_fast_median``.
        ``ended_rate``: share won among the ended ones alone; ``counted_rate``: with all counted.
    """
    today = pd.Timestamp(today)
    young = deals[deals["created"].between(pd.Timestamp(since), pd.Timestamp(until))]
    old = deals[deals["created"] < today - pd.DateOffset(months=6)]
    days, old_days = (_days_to_contract(lot) for lot in (young, old))
    fast = old_days[old_days <= days.max()]
    all_ = forecast.cycle(deals, today)
    return {
        "alt": "plots.past_running_alt",
        "since": pd.Timestamp(since).date(),
        "n": len(young),
        "n_won": len(days),
        "n_lost": int((young["stage"] == funnel.LOST).sum()),
        "n_open": int(funnel.is_open(young["stage"]).sum()),
        "median": float(days.median()),
        "limit": int(days.max()),
        "old_n": len(old),
        "old_won": len(old_days),
        "old_open": int(funnel.is_open(old["stage"]).sum()),
        "old_median": float(old_days.median()),
        "old_fast": len(fast),
        "old_fast_median": float(fast.median()),
        "ended_rate": all_.n_won / (all_.n_won + all_.n_lost),
        "counted_rate": float(all_.won[-1]),
    }


def _days_to_contract(deals):
    won = deals[deals["stage"] == funnel.WON]
    return (won["closed"] - won["created"]).dt.days


def running(deals, today, since, until, lang):
    """One line per deal of the young lot, from its beginning until it ended, or until today."""
    numbers = running_numbers(deals, today, since, until)
    young = deals[deals["created"].between(pd.Timestamp(since), pd.Timestamp(until))]
    end = young["closed"].fillna(pd.Timestamp(today))
    lot = pd.DataFrame({"stage": young["stage"], "days": (end - young["created"]).dt.days})
    lot["kind"] = lot["stage"].map({funnel.WON: 2, funnel.LOST: 0}).fillna(1)
    lot = lot.sort_values(["kind", "days"], ascending=[True, False], kind="stable")
    figure, axes = canvas("plots.past_running_title", lang, numbers, height=5.2)
    looks = {2: ("good", "o", 8), 1: ("claimed", ">", 8), 0: ("grey", "x", 6)}
    for place, (days, kind) in enumerate(zip(lot["days"], lot["kind"], strict=True)):
        color, marker, size = looks[kind]
        axes.plot([0, days], [place] * 2, color=theme.PALETTE["light"], linewidth=1.6, zorder=1)
        axes.plot(
            days, place, marker, color=theme.PALETTE[color], markersize=size,
            markeredgewidth=2 if marker == "x" else 0.5, zorder=2,
        )  # fmt: skip
    for value, code, color in (
        ("median", "plots.past_running_median", "good"),
        ("old_median", "plots.past_running_old", "ink"),
    ):
        axes.axvline(numbers[value], color=theme.PALETTE[color], linewidth=2.2, linestyle="--")
        axes.annotate(
            terms.say(code, lang, **numbers),
            (numbers[value], 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(-5 if value == "median" else 5, 3),
            textcoords="offset points",
            ha="right" if value == "median" else "left",
            fontsize=13,
            fontweight="bold",
            color=theme.PALETTE[color],
        )
    for kind, code in ((2, "won"), (1, "open"), (0, "lost")):
        n = int((lot["kind"] == kind).sum())
        if n:
            middle = np.flatnonzero(lot["kind"] == kind).mean()
            words = terms.say(f"plots.past_running_{code}", lang, n=n)
            axes.annotate(words, (2, middle), va="center", fontsize=14, backgroundcolor="white")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-1, len(lot))
    axes.set_xlim(0, max(lot["days"].max(), numbers["old_median"]) * 1.22)
    axes.set_xlabel(terms.term("plots.past_running_x", lang))
    return figure


def rules_numbers(tests):
    """How far each rule was off at month ends.

    Parameters
    ----------
    tests : mapping of str to DataFrame
        Rule (of `MARKS`) -> `forecast.backtest` on the same days.

    Returns
    -------
    dict
        ``n`` days on which every rule gave a forecast and something came; per rule
        ``off_<rule>``: the mean of the errors without their signs (0.6: off by 60%), and
        ``above_<rule>``: on how many days it said too much; ``best`` and ``worst``: the rules with
        the least and the greatest ``off``; ``all_double``: days on which every rule said at least
        twice what came; ``came``: the least and the most that came, ``came_least came_most``.
    """
    errors = pd.DataFrame({name: table["error"] for name, table in tests.items()}).dropna()
    off = errors.abs().mean()
    came = next(iter(tests.values()))["came"].reindex(errors.index)
    return {
        "alt": "plots.past_rules_alt",
        "n": len(errors),
        **{f"off_{name}": float(value) for name, value in off.items()},
        **{f"above_{name}": int((errors[name] > 0).sum()) for name in errors},
        "best": f"plots.past_rule_{off.idxmin()}",
        "worst": f"plots.past_rule_{off.idxmax()}",
        "off_best": float(off.min()),
        "off_worst": float(off.max()),
        "all_double": int((errors >= 1).all(axis=1).sum()),
        "came_least": float(came.min()),
        "came_most": float(came.max()),
    }


def rules(tests, lang):
    """What came of the list of each month end, and what every rule had said."""
    numbers = rules_numbers(tests)
    figure, axes = canvas("plots.past_rules_title", lang, numbers, height=4.9)
    errors = pd.DataFrame({name: table["error"] for name, table in tests.items()}).dropna()
    came = next(iter(tests.values()))["came"].reindex(errors.index)
    places = np.arange(len(errors))
    axes.bar(places, came, width=0.82, color=theme.PALETTE["light"])
    for at, value in zip(places, came, strict=True):
        axes.hlines(value, at - 0.41, at + 0.41, color=theme.PALETTE["grey"], linewidth=2.5)
    step = 0.82 / (len(tests) + 1)
    for number, (name, table) in enumerate(tests.items(), 1):
        color, marker = MARKS[name]
        axes.plot(
            places - 0.41 + number * step,
            table["forecast"].reindex(errors.index),
            marker,
            color=theme.PALETTE[color],
            markersize=11,
            label=terms.say(f"plots.past_rule_{name}", lang),
        )
    axes.bar([0], [0], color=theme.PALETTE["light"], label=terms.term("plots.past_came", lang))
    axes.set_xticks(places, [_short_day(day, lang) for day in errors.index])
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(terms.term("plots.past_rules_x", lang))
    money_ticks(axes.yaxis, lang, 5)
    most = max(table["forecast"].reindex(errors.index).max() for table in tests.values())
    axes.set_ylim(0, most * 1.38)
    axes.legend(loc="upper right", ncols=2)
    return figure


def inside(deals, history, ladder, days):
    """On how many past days the list's range, by the rates of the ladder, held what came of it.

    Returns
    -------
    dict
        ``n_days``, ``n_inside``.
    """
    won = deals["stage"] == funnel.WON
    held = []
    for day in days:
        known = forecast.as_known(deals, day, history=history)
        known = known[funnel.is_open(known["stage"])]
        found = forecast.distribution(known["amount"], ladder.rates(known["stage"]))
        came = float(deals.loc[known.index, "amount"][won.loc[known.index]].sum())
        held.append(found.quantile(0.1) <= came <= found.quantile(0.9))
    return {"n_days": len(held), "n_inside": sum(held)}


def list_numbers(deals, history, ladder, day, large=10):
    """What became of a past day's list at its two ends: what counted nothing, and the largest.

    Returns
    -------
    dict
        ``zero_n`` open deals at a rate of 0, ``zero_signed`` of them and ``zero_came`` their
        money; ``large`` deals with the largest amounts, ``large_signed`` of them.
    """
    known = forecast.as_known(deals, day, history=history)
    known = known[funnel.is_open(known["stage"])]
    signed = deals["stage"].reindex(known.index) == funnel.WON
    zero = ladder.rates(known["stage"]) == 0
    largest = known["amount"].nlargest(large).index
    return {
        "zero_n": int(zero.sum()),
        "zero_signed": int((zero & signed).sum()),
        "zero_came": float(known.loc[zero & signed, "amount"].sum()),
        "large": len(largest),
        "large_signed": int(signed[largest].sum()),
    }


def steps_numbers(lists, deals, ladder):
    """Of the deals that counted on the first list: signed since, with and without a next step.

    Parameters
    ----------
    lists, deals : DataFrame
        As `dated_numbers`; the lists with ``next_step next_step_date``.
    ladder : funnel.Ladder

    Returns
    -------
    dict
        ``day`` of the list; ``with_n with_signed``, ``without_n without_signed`` and
        ``without_largest``: the largest contract of those without (NaN where there is none).
    """
    day = lists["date"].min()
    first = lists[(lists["date"] == day) & (ladder.rates(lists["stage"]) > 0)]
    first = first[funnel.is_open(first["stage"])]
    has_step = funnel.review(first, day, ladder)["reason"] == ""
    stage = deals.set_index("deal_id")["stage"]
    signed = first["deal_id"].map(stage) == funnel.WON
    return {
        "day": day.date(),
        "with_n": int(has_step.sum()),
        "with_signed": int((has_step & signed).sum()),
        "without_n": int((~has_step).sum()),
        "without_signed": int((~has_step & signed).sum()),
        "without_largest": float(first.loc[~has_step & signed, "amount"].max()),
    }


def _short_day(day, lang):
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{day:%d %b}".lstrip("0")


def _legend(axes, kinds, lang, **where):
    from matplotlib.patches import Patch

    patches = [
        Patch(color=theme.PALETTE[kind], label=terms.term(code, lang))
        for kind, code in kinds.items()
    ]
    axes.legend(handles=patches, loc="upper left", **where)
