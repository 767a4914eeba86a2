"""Figures of the forecast: deals thrown like dice, the range of a list, claims, months."""

import numpy as np

from coursekit import forecast, funnel, terms
from coursekit.funnel.flow import LEVEL
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, money_ticks, rows

BARS = 24  # of a range, about
LOW, HIGH = 0.1, 0.9  # the range that is reported: eight times in ten it lies between


def throws_numbers(amount, rate, n=100, seed=0):
    """Months made by chance: every deal won or lost at its rate, `n` times over.

    Parameters
    ----------
    amount, rate : array_like, shape (n_deals,)
        Money, and the chance of each, 0 to 1.
    n : int
        The first of so many months are the same for every larger `n`.
    seed : int

    Returns
    -------
    dict
        ``totals`` of the months, ``n``, ``n_deals``, ``mean`` (expected value), ``average`` of the
        months, ``reached``: months with at least the expected value, ``exact``: months that
        brought just that, ``least``, ``most``.
    """
    amount, rate = np.asarray(amount, float), np.asarray(rate, float)
    won = np.random.default_rng(seed).random((n, len(amount))) < rate
    totals = won @ amount
    mean = forecast.expected_value(amount, rate)
    return {
        "alt": "plots.forecast_throws_alt",
        "totals": totals.tolist(),
        "n": n,
        "n_deals": len(amount),
        "mean": mean,
        "average": float(totals.mean()),
        "reached": int((totals >= mean).sum()),
        "exact": int((totals == mean).sum()),
        "least": float(totals.min()),
        "most": float(totals.max()),
    }


def throws(amount, rate, lang, n=100, seed=0):
    """One dot per month, piled up by what it brought; full where it reached the expected value."""
    numbers = throws_numbers(amount, rate, n, seed)
    figure, axes = canvas("plots.forecast_throws_title", lang, numbers)
    totals, counts = np.unique(numbers["totals"], return_counts=True)
    tallest = max(counts.max(), 12)
    for total, count in zip(totals, counts, strict=True):
        full = total >= numbers["mean"]
        axes.plot(
            np.full(count, total),
            np.arange(count) + 0.5,
            "o",
            markersize=min(11, 190 / tallest),
            color=theme.PALETTE["shown"] if full else "white",
            markeredgecolor=theme.PALETTE["shown" if full else "grey"],
            clip_on=False,
        )
    axes.set_ylim(0, tallest * 1.22)
    axes.set_xlim(-0.03 * np.sum(amount), np.sum(amount) * 1.03)
    _mark(axes, numbers["mean"], terms.say("plots.forecast_mean", lang, **numbers))
    _months_axis(axes, lang, "plots.forecast_throws_months")
    return figure


def spread_numbers(amount, rate):
    """Expected value and range of a list.

    Parameters
    ----------
    amount, rate : array_like, shape (n_deals,)

    Returns
    -------
    dict
        ``mean p10 p50 p90``, ``reached``: the chance of at least the expected value, ``n`` deals
        with a chance, ``most``: all of them won; ``below`` and ``above``: the possible totals next
        to the expected value (None where there is none on that side).
    """
    found = forecast.distribution(amount, rate)
    below, above = found.totals[found.totals < found.mean], found.totals[found.totals > found.mean]
    rates = np.broadcast_to(np.asarray(rate, float), np.shape(amount))
    counted = (rates > 0) & ~np.isnan(np.asarray(amount, float))
    return {
        "alt": "plots.forecast_spread_alt",
        "mean": found.mean,
        "p10": found.quantile(LOW),
        "p50": found.quantile(0.5),
        "p90": found.quantile(HIGH),
        "reached": found.at_least(found.mean),
        "n": int(counted.sum()),
        "most": float(found.totals[-1]),
        "below": float(below[-1]) if len(below) else None,
        "above": float(above[0]) if len(above) else None,
    }


def spread(amount, rate, lang, *, title="plots.forecast_spread_title", top=None, **words):
    """How many times in a hundred the list brings how much; dark between P10 and P90.

    Parameters
    ----------
    amount, rate : array_like, shape (n_deals,)
    lang : {"zh", "en"}
    title : str
        Code of the glossary, filled with the numbers and `words`.
    top : float, optional
        Right end of the scale, so that figures of a slider can be compared.
    """
    numbers = spread_numbers(amount, rate) | words
    found = forecast.distribution(amount, rate)
    figure, axes = canvas(title, lang, numbers)
    top = top or numbers["most"] or 1.0
    width = _round_step(top / BARS)
    place = np.floor(found.totals / width + 0.5).astype(int)
    shares = 100 * np.bincount(place, weights=found.shares)
    middle = np.arange(len(shares)) * width
    first, last = (np.floor(numbers[name] / width + 0.5) * width for name in ("p10", "p90"))
    inside = (middle >= first) & (middle <= last)
    for at, share, dark in zip(middle, shares, inside, strict=True):
        color = theme.PALETTE["shown" if dark else "light"]
        axes.bar(at, share, width=width * 0.92, color=color)
    axes.set_ylim(0, shares.max() * 1.42)
    axes.set_xlim(-width * 0.7, top + width)
    height = shares.max() * 1.07
    axes.plot([numbers["p10"], numbers["p90"]], [height] * 2, "|-", color=theme.PALETTE["ink"])
    label = terms.say("plots.forecast_between", lang, **numbers)
    left = numbers["p10"] < 0.5 * top
    axes.annotate(
        label,
        (numbers["p10"] if left else numbers["p90"], height),
        xytext=(0, 7),
        textcoords="offset points",
        ha="left" if left else "right",
        fontsize=13,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        zorder=4,
    )
    _mark(axes, numbers["mean"], terms.say("plots.forecast_mean", lang, **numbers))
    _months_axis(axes, lang, "plots.forecast_in_hundred")
    return figure


def reliability_numbers(claims, ladder):
    """What each class claimed, and what came of the ended deals that had ever stood in it.

    Parameters
    ----------
    claims : DataFrame
        From `forecast.stage_claims`.
    ladder : funnel.Ladder

    Returns
    -------
    dict
        Per class with a rate between 0 and 1, as ``<word>_<stage>``: ``claimed``, ``n``, ``won``,
        ``came``, ``low``, ``high``, the interval at ``level``; ``n_off`` of ``n_classes`` claims
        lie outside of theirs.
    """
    classes = [code for code in funnel.OPEN if ladder.rate(code)]
    claims = claims[claims["stage"].isin(classes)]
    table = forecast.calibration(claims["chance"], claims["won"]).table.set_index("chance")
    numbers = {
        "alt": "plots.forecast_reliability_alt",
        "stages": classes,
        "level": LEVEL,
        "n_classes": len(classes),
        "n_off": int(table["off"].sum()),
    }
    for code in classes:
        row = table.loc[ladder.rate(code)]
        numbers |= {
            f"claimed_{code}": ladder.rate(code),
            f"n_{code}": int(row["n"]),
            f"won_{code}": int(row["won"]),
            **{f"{word}_{code}": float(row[word]) for word in ("came", "low", "high")},
        }
    return numbers


def reliability(claims, ladder, lang):
    """Claimed chance and what came, class by class, with the interval that the number allows."""
    numbers = reliability_numbers(claims, ladder)
    figure, axes = canvas("plots.forecast_reliability_title", lang, numbers)
    for place, code in enumerate(numbers["stages"]):
        claimed, came, low, high = (
            100 * numbers[f"{word}_{code}"] for word in ("claimed", "came", "low", "high")
        )
        axes.plot([low, high], [place] * 2, color=theme.PALETTE["shown"], linewidth=11, alpha=0.35)
        axes.plot(came, place, "o", color=theme.PALETTE["shown"], markersize=13)
        axes.plot(
            claimed, place, "D", markersize=13, markerfacecolor="white",
            markeredgecolor=theme.PALETTE["claimed"], markeredgewidth=3,
        )  # fmt: skip
        words = terms.say(
            "plots.forecast_reliability_row",
            lang,
            n=numbers[f"n_{code}"],
            won=numbers[f"won_{code}"],
        )
        axes.annotate(words, (102, place), va="center", fontsize=14, annotation_clip=False)
    axes.plot([], [], "D", markersize=11, markerfacecolor="white", markeredgewidth=3,
              markeredgecolor=theme.PALETTE["claimed"], color="none",
              label=terms.term("plots.forecast_claimed", lang))  # fmt: skip
    axes.plot([], [], "o", color=theme.PALETTE["shown"], markersize=12,
              label=terms.say("plots.forecast_came", lang, **numbers))  # fmt: skip
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, 1.2), ncols=2)
    names = [terms.term(f"stage.{code}", lang) for code in numbers["stages"]]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 25), [f"{at}%" for at in range(0, 101, 25)])
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(terms.term("plots.forecast_reliability_x", lang))
    return figure


def periods_numbers(table):
    """What a list brings by month, as listed and as can be shown.

    Parameters
    ----------
    table : DataFrame
        From `forecast.by_period`.

    Returns
    -------
    dict
        ``n`` deals, ``listed``, ``shown``; of the first period ``first`` (its label), ``n_first``,
        ``first_listed``, ``first_shown`` and, with a cycle, ``first_cycle``; ``n_overdue``,
        ``n_undated``, ``dateless``: what of `shown` stands under no period to come.
    """
    first = next(label for label in table.index if label[:1].isdigit())
    bare = table.loc[["overdue", "undated"]]
    return {
        "alt": "plots.forecast_periods_alt",
        "n": int(table["n"].sum()),
        "listed": float(table["listed"].sum()),
        "shown": float(table["shown"].sum()),
        "first": first,
        "n_first": int(table.loc[first, "n"]),
        "first_listed": float(table.loc[first, "listed"]),
        "first_shown": float(table.loc[first, "shown"]),
        "first_cycle": float(table.loc[first].get("by_cycle", float("nan"))),
        "n_overdue": int(bare.loc["overdue", "n"]),
        "n_undated": int(bare.loc["undated", "n"]),
        "dateless": float(bare["shown"].sum()),
    }


def periods(table, lang):
    """By the month of the contract: listed, shown, and what the usual cycle would say."""
    numbers = periods_numbers(table)
    figure, axes = canvas("plots.forecast_periods_title", lang, numbers, height=4.8)
    most = table[["listed", "shown"]].to_numpy().max() or 1.0
    there = [
        label
        for label, row in table.iterrows()
        if row["n"] or label == numbers["first"] or row.get("by_cycle", 0) > 0.01 * most
    ]
    there.reverse()
    for place, label in enumerate(there):
        row = table.loc[label]
        axes.barh(place, row["listed"], color=theme.PALETTE["light"], height=0.72)
        axes.barh(place, row["shown"], color=theme.PALETTE["shown"], height=0.4)
        if "by_cycle" in row and (label[:1].isdigit() or row["by_cycle"] > 0):
            axes.plot(
                row["by_cycle"], place, "D", color=theme.PALETTE["claimed"],
                markeredgecolor="white", markersize=12,
            )  # fmt: skip
        far = max(row["listed"], row["shown"], row.get("by_cycle", 0) * 1.02 + 0.01 * most)
        if row["n"]:
            beside(axes, far, place, terms.say("plots.forecast_periods_row", lang, **row))
    kinds = [("light", "plots.funnel_listed", "s"), ("shown", "plots.funnel_shown", "s")]
    if "by_cycle" in table:
        kinds.append(("claimed", "plots.forecast_by_cycle", "D"))
    for color, code, marker in kinds:
        axes.plot([], [], marker, color=theme.PALETTE[color], label=terms.term(code, lang))
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=len(kinds))
    rows(axes, [period(label, lang) for label in there], room=0.34)
    return figure


def period(label, lang):
    """A period of `forecast.by_period` in words: ``3月``, ``Mar 2026``, ``2026Q1``."""
    if not label[:1].isdigit():
        return terms.term(f"plots.forecast_{label}", lang)
    if "Q" in label:
        return label
    year, month = label.split("-")
    return terms.say(f"plots.forecast_month_{int(month)}", lang, year=year)


def _mark(axes, at, label):
    """A line at a value, its words on top beside it, on the side that has room."""
    axes.axvline(at, color=theme.PALETTE["claimed"], linewidth=2.5, linestyle="--")
    left, right = axes.get_xlim()
    far = (at - left) / (right - left) > 0.6
    axes.annotate(
        label, (at, 1), xycoords=("data", "axes fraction"), xytext=(-6 if far else 6, -2),
        textcoords="offset points", ha="right" if far else "left", va="top", fontsize=14,
        fontweight="bold",
    )  # fmt: skip


def _months_axis(axes, lang, code):
    axes.set_xlabel(terms.term("plots.forecast_total", lang))
    axes.set_ylabel(terms.term(code, lang))
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=5)
    money_ticks(axes.xaxis, lang, 6)


def _round_step(step):
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * next(nice for nice in (1, 2, 2.5, 5, 10) if nice * power >= step - 1e-9))
