"""Figures of new blood: first appointments, and the contracts that come of them."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas


def echo_numbers(history, until):
    """The longest time without new first appointments, and the contracts one cycle later.

    Parameters
    ----------
    history : DataFrame
        Columns ``deal_id stage date``.
    until : date
        The week of this day is left out.

    Returns
    -------
    dict
        ``gap_weeks`` weeks in a row with at most one first appointment, from ``gap_from`` on;
        ``cycle_weeks`` from first appointment to contract; ``n_fa`` in the gap and contracts
        ``n_won_during`` it, ``n_won`` in as many weeks one cycle later (from ``won_from`` on),
        ``n_won_after`` in as many weeks after.
    """
    met = funnel.per_week(history, until)
    won = funnel.per_week(history, until, funnel.WON)
    start, length = _longest_run(list(met <= 1))
    cycle = round(funnel.cycle_days(history) / 7)
    later, after = start + cycle, start + cycle + length
    return {
        "alt": "plots.funnel_inflow_alt",
        "gap_weeks": length,
        "gap_from": met.index[start].date(),
        "won_from": (met.index[start] + pd.Timedelta(weeks=cycle)).date(),
        "cycle_weeks": cycle,
        "n_fa": int(met.iloc[start : start + length].sum()),
        "n_won_during": int(won.iloc[start : start + length].sum()),
        "n_won": int(won.iloc[later:after].sum()),
        "n_won_after": int(won.iloc[after : after + length].sum()),
    }


def _longest_run(quiet):
    best = start = length = 0
    for place, is_quiet in enumerate(quiet):
        length = length + 1 if is_quiet else 0
        if length > best:
            best, start = length, place - length + 1
    return start, best


def echo(history, until, lang):
    """First appointments per week above, contracts per week below, the gap and its echo."""
    numbers = echo_numbers(history, until)
    figure, (upper, lower) = canvas("plots.funnel_inflow_title", lang, numbers, rows=2)
    width = pd.Timedelta(days=5.6)
    for axes, stage, color, since in (
        (upper, "appointment", "shown", numbers["gap_from"]),
        (lower, funnel.WON, "good", numbers["won_from"]),
    ):
        weeks = funnel.per_week(history, until, stage)
        axes.bar(weeks.index, weeks, width=width, align="edge", color=theme.PALETTE[color])
        end = pd.Timestamp(since) + pd.Timedelta(weeks=numbers["gap_weeks"])
        axes.axvspan(pd.Timestamp(since), end, color=theme.PALETTE["claimed"], alpha=0.22, lw=0)
        axes.set_ylim(0, weeks.max() * 1.4)  # room for the words
        axes.set_ylabel(terms.term(f"plots.funnel_inflow_{stage}", lang))
        axes.yaxis.get_major_locator().set_params(integer=True, nbins=4)
    _months(lower, lang)
    upper.tick_params(labelbottom=False)
    upper.annotate(
        terms.say("plots.funnel_inflow_gap", lang, **numbers),
        (pd.Timestamp(numbers["gap_from"]), 0.96),
        xycoords=("data", "axes fraction"),
        va="top",
        fontsize=13,
    )
    lower.annotate(
        terms.say("plots.funnel_inflow_echo", lang, **numbers),
        (pd.Timestamp(numbers["won_from"]), 0.96),
        xycoords=("data", "axes fraction"),
        va="top",
        fontsize=13,
    )
    return figure


def _months(axes, lang):
    from matplotlib import dates, ticker

    axes.xaxis.set_major_locator(dates.MonthLocator(interval=2))
    form = {"zh": "{0.year}年\n{0.month}月", "en": "{0:%m}/{0.year}"}[lang]
    names = ticker.FuncFormatter(lambda at, _: form.format(dates.num2date(at)))
    axes.xaxis.set_major_formatter(names)


def coming_numbers(history, until, per_week, weeks=26):
    """Contracts to expect in the coming weeks, from appointments made and from those to come.

    Parameters
    ----------
    history : DataFrame
    until : date
        Today.
    per_week : float
        First appointments a week from today on.
    weeks : int

    Returns
    -------
    dict
        ``expected`` per week; ``decided`` in the first ``cycle_weeks`` weeks, from appointments
        that have been made; ``later`` in the others; ``rate`` of first appointments that
        became contracts, on ``n`` that are more than ``old_weeks`` ago.
    """
    met = funnel.per_week(history, until)
    cycle = round(funnel.cycle_days(history) / 7)
    old = cycle + 3  # a few weeks more than the usual cycle, so that the slow ones are in
    rate, n = funnel.won_share(history, pd.Timestamp(until) - pd.Timedelta(weeks=old))
    made = [float(number) * rate for number in met.iloc[-cycle:]]
    open_weeks = max(weeks - cycle, 0)
    expected = made[:weeks] + [per_week * rate] * open_weeks
    return {
        "alt": "plots.funnel_coming_alt",
        "expected": expected,
        "cycle_weeks": cycle,
        "open_weeks": open_weeks,
        "per_week": per_week,
        "rate": rate,
        "n": n,
        "old_weeks": old,
        "decided": sum(expected[:cycle]),
        "later": sum(expected[cycle:]),
    }


def coming(history, until, per_week, lang, most=0):
    """Contracts to expect by week: grey is decided, the rest hangs on the appointments to come.

    ``most`` appointments a week fit into the figure, so that its scale stays when it is dragged.
    """
    numbers = coming_numbers(history, until, per_week)
    figure, axes = canvas("plots.funnel_coming_title", lang, numbers)
    cycle = numbers["cycle_weeks"]
    for place, value in enumerate(numbers["expected"], 1):
        color = theme.PALETTE["grey" if place <= cycle else "shown"]
        axes.bar(place, value, color=color, width=0.8)
    top = max(3.6, max(*numbers["expected"], most * numbers["rate"]) * 1.3)
    axes.set_ylim(0, top)
    axes.set_xlabel(terms.term("plots.funnel_coming_weeks", lang))
    axes.set_ylabel(terms.term("plots.funnel_coming_contracts", lang))
    for at, code in ((0.6, "decided"), (cycle + 0.6, "later")):
        words = terms.say(f"plots.funnel_coming_{code}", lang, **numbers)
        axes.annotate(words, (at, top * 0.98), va="top", fontsize=13)
    axes.axvline(cycle + 0.5, color=theme.PALETTE["ink"], linewidth=1.2, linestyle="--")
    return figure
