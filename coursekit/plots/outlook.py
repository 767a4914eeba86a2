"""Figures of what becomes of a list: another inflow, another cycle, now and later, a season."""

from coursekit import funnel, terms
from coursekit.funnel.findings import TOP
from coursekit.plots import theme
from coursekit.plots.canvas import canvas
from coursekit.plots.portfolio import CLIMB

BLOCK = 4  # weeks of which contracts are counted together


def ahead_numbers(stock, rates, per_week, cycle, weeks=26):
    """Open deals and contracts week by week, for so many appointments and such a cycle.

    Returns
    -------
    dict
        ``open``: deals on the list, one per week from today; ``signed`` per week; ``first``
        contracts of one cycle (from today's list), ``later`` of the weeks after it; ``at``: deals
        on the list in the last week; ``per_month``: contracts in its last four weeks.
    """
    moves = funnel.steady_moves(rates[list(CLIMB)], cycle)
    table = funnel.evolve(stock, moves, per_week, weeks)
    signed = table[funnel.WON].iloc[1:]
    return {
        "alt": "plots.portfolio_ahead_alt",
        "per_week": per_week,
        "cycle": cycle,
        "weeks": weeks,
        "rest": weeks - cycle,
        "open": [float(n) for n in table[list(CLIMB)].sum(axis=1)],
        "signed": [float(n) for n in signed],
        "n": int(sum(stock.values())),
        "at": float(table[list(CLIMB)].iloc[-1].sum()),
        "first": float(signed.iloc[:cycle].sum()),
        "later": float(signed.iloc[cycle:].sum()),
        "per_month": float(signed.iloc[-BLOCK:].sum()),
    }


def ahead(stock, rates, per_week, cycle, lang, weeks=26):
    """The list above, the contracts below; grey up to the end of the first cycle."""
    numbers = ahead_numbers(stock, rates, per_week, cycle, weeks)
    figure, (upper, lower) = canvas("plots.portfolio_ahead_title", lang, numbers, rows=2)
    upper.fill_between(range(weeks + 1), numbers["open"], color=theme.PALETTE["shown"], alpha=0.3)
    upper.plot(range(weeks + 1), numbers["open"], color=theme.PALETTE["shown"])
    upper.set_ylim(0, max(20, 1.1 * max(numbers["open"])))
    upper.set_ylabel(terms.term("plots.portfolio_ahead_open", lang))
    for week, n in enumerate(numbers["signed"], 1):
        lower.bar(week, n, color=theme.PALETTE["grey" if week <= cycle else "good"], width=0.8)
    lower.set_ylim(0, max(1.5, 1.1 * max(numbers["signed"])))
    lower.set_ylabel(terms.term("plots.portfolio_ahead_signed", lang))
    lower.set_xlabel(terms.term("plots.funnel_coming_weeks", lang))
    for axes in (upper, lower):
        axes.axvline(cycle + 0.5, color=theme.PALETTE["ink"], linewidth=1.2, linestyle="--")
        axes.yaxis.get_major_locator().set_params(nbins=4)
    lower.annotate(
        terms.say("plots.portfolio_ahead_cycle", lang, **numbers),
        (cycle + 0.7, 0.97), xycoords=("data", "axes fraction"), va="top", fontsize=13,
    )  # fmt: skip
    return figure


def harvest_numbers(one, other, rates, cycle, weeks=20):
    """Contracts of two lists, four weeks by four weeks, with the inflow that each has now.

    Parameters
    ----------
    one, other : dict
        From `portfolio.portraits`: ``stages`` and ``now``, first appointments a week.
    rates : Series
    cycle, weeks : int

    Returns
    -------
    dict
        ``one`` and ``other``: contracts per four weeks; ``one_first`` ``one_last`` ``other_first``
        ``other_last``: the first and the last of them; ``turn``: first week of the four from which
        on the other signs more (None where it never does).
    """
    moves = funnel.steady_moves(rates[list(CLIMB)], cycle)
    numbers = {"alt": "plots.portfolio_harvest_alt", "cycle": cycle, "weeks": weeks}
    for name, person in (("one", one), ("other", other)):
        stock = {code: person["stages"][code] for code in CLIMB}
        signed = funnel.evolve(stock, moves, person["now"], weeks)[funnel.WON].iloc[1:]
        blocks = [float(signed.iloc[at : at + BLOCK].sum()) for at in range(0, weeks, BLOCK)]
        numbers |= {name: blocks, f"{name}_first": blocks[0], f"{name}_last": blocks[-1],
                    f"{name}_now": person["now"]}  # fmt: skip
    pairs = enumerate(zip(numbers["one"], numbers["other"], strict=True))
    numbers["turn"] = next((BLOCK * at + 1 for at, (a, b) in pairs if b > a), None)
    return numbers


def harvest(one, other, rates, cycle, lang, weeks=20):
    """Contracts of two lists side by side: who signs much now, and who signs much later."""
    numbers = harvest_numbers(one, other, rates, cycle, weeks)
    figure, axes = canvas("plots.portfolio_harvest_title", lang, numbers)
    names = (("one", "claimed", -0.2), ("other", "shown", 0.2))
    for name, color, shift in names:
        for block, n in enumerate(numbers[name]):
            axes.bar(block + shift, n, width=0.38, color=theme.PALETTE[color])
            axes.annotate(
                f"{n:.1f}", (block + shift, n), xytext=(0, 3), textcoords="offset points",
                ha="center", fontsize=13,
            )  # fmt: skip
        words = terms.say(f"plots.portfolio_harvest_{name}", lang, **numbers)
        axes.bar(0, 0, color=theme.PALETTE[color], label=words)
    axes.legend(loc="upper right", bbox_to_anchor=(1.0, 1.08))
    ticks = [terms.say("plots.portfolio_weeks", lang, first=at + 1, last=at + BLOCK)
             for at in range(0, weeks, BLOCK)]  # fmt: skip
    axes.set_xticks(range(len(ticks)), ticks)
    axes.tick_params(axis="x", length=0)
    axes.set_ylim(0, 1.25 * max(*numbers["one"], *numbers["other"]))
    axes.set_ylabel(terms.term("plots.portfolio_harvest_signed", lang))
    return figure


def season_numbers(rates, cycle, per_week, met_weeks, quiet_weeks):
    """The list of somebody who meets people in one season and signs in the next.

    Parameters
    ----------
    rates : Series
    cycle : float
    per_week : float
        First appointments a week in the season of meeting.
    met_weeks, quiet_weeks : int
        Weeks of meeting, then weeks without anybody new, up to today.

    Returns
    -------
    dict
        ``top``: share of the list at 50% and 90%, against the pyramid's ``norm``; ``misplaced``;
        ``n`` deals on the list, as an average.
    """
    inflow = [per_week] * met_weeks + [0] * quiet_weeks
    moves = funnel.steady_moves(rates[list(CLIMB)], cycle)
    today = funnel.evolve({}, moves, inflow, len(inflow))[list(CLIMB)].iloc[-1]
    norm = funnel.thresholds()["pyramid"]
    share = (today / today.sum()).reindex(funnel.OPEN, fill_value=0.0)
    return {
        "n": float(today.sum()),
        "top": float(share[list(TOP)].sum()),
        "norm": sum(norm[code] for code in TOP),
        "misplaced": float(sum(abs(share[code] - norm[code]) for code in funnel.OPEN) / 2),
    }
