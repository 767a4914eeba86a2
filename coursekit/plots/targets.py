"""Figures of targets: what share falls into which quarter, and the list that a target needs."""

import math

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas


def seasons_numbers(records, until):
    """Which share of the last whole year falls into which quarter, by several records.

    Parameters
    ----------
    records : mapping of str to DataFrame
        Name (under ``plots.targets_<name>``) -> ``closed amount``.
    until : date
        Only years that are over by this day count.

    Returns
    -------
    dict
        ``names``, ``year``; ``<name>_1`` to ``<name>_4``: shares of that year, see
        `funnel.season`; ``<name>_apart``: the largest distance from a quarter.
    """
    shares = {name: funnel.season(record, until) for name, record in records.items()}
    year = max(column for table in shares.values() for column in table if column != "share")
    flat = {
        f"{name}_{quarter}": float(share)
        for name, table in shares.items()
        for quarter, share in table[year].items()
    }
    apart = {
        f"{name}_apart": float((table[year] - 1 / 4).abs().max()) for name, table in shares.items()
    }
    return {
        "alt": "plots.targets_seasons_alt",
        "names": list(records),
        "year": int(year),
        **flat,
        **apart,
    }


def seasons(records, until, lang):
    """Quarter by quarter one bar per record; the dashed line is an even quarter."""
    numbers = seasons_numbers(records, until)
    figure, axes = canvas("plots.targets_seasons_title", lang, numbers)
    looks = (("light", ""), ("shown", ""), ("claimed", "//"))
    width = 0.8 / len(numbers["names"])
    for at, (name, (color, hatch)) in enumerate(zip(numbers["names"], looks, strict=False)):
        for quarter in range(1, 5):
            place = quarter + (at - (len(numbers["names"]) - 1) / 2) * width
            share = numbers[f"{name}_{quarter}"]
            axes.bar(
                place,
                share,
                width=width * 0.94,
                color=theme.PALETTE[color],
                edgecolor=theme.PALETTE["ink"],
                hatch=hatch,
                label=terms.term(f"plots.targets_{name}", lang) if quarter == 1 else None,
            )
            axes.annotate(
                terms.percent(share).removesuffix("%"),
                (place, share),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                fontsize=13,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},  # over the line
            )
    axes.axhline(1 / 4, color=theme.PALETTE["ink"], linewidth=1.2, linestyle="--", zorder=0)
    names = [terms.say("plots.targets_quarter", lang, quarter=each) for each in range(1, 5)]
    axes.set_xticks(range(1, 5), names)
    axes.tick_params(axis="x", length=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylabel(terms.term("plots.targets_share", lang))
    axes.figure.legend(loc="outside lower left", ncols=len(numbers["names"]))
    return figure


def standing_numbers(deals, history, today, ladder, target, rate, *, order_value, weeks, calls):
    """What has to stand on each rung for a target, what the list says, what can be shown.

    Parameters
    ----------
    deals : DataFrame
        Open deals of the list, schema ``deals``.
    history : DataFrame
        Stage history of the team: the stays, and how the rates go up from rung to rung.
    today : date
    ladder : Ladder
    target : float
        Money to be signed in the period.
    rate : float
        Share of first appointments that become contracts; the other rates go with it, those of
        90% stay as they were, unless that were below.
    order_value : float
    weeks : float
        Length of the period.
    calls : float
        Calls that one first appointment takes.

    Returns
    -------
    dict
        ``<stage>_needed`` (rounded up), ``<stage>_listed``, ``<stage>_shown`` for each open
        stage; ``contracts`` in the period, ``per_week`` first appointments, ``calls_per_day``;
        ``n_short`` stages at which less can be shown than is needed, ``shortest`` of them;
        ``n_needed``, ``n_listed``, ``n_shown`` of all.
    """
    own = funnel.own_rates(history, ladder)
    factor = rate / own.loc["appointment", "rate"]
    scaled = own["rate"] * factor
    scaled["p90"] = max(own.loc["p90", "rate"], scaled["p50"])
    rates = own.assign(rate=scaled.clip(upper=1.0))
    table = funnel.required(
        target, order_value, funnel.flow(history), rates, weeks, calls=calls
    )  # fmt: skip
    checked = funnel.review(deals, today, ladder, strict=True)
    counts = pd.DataFrame(
        {
            "needed": table["standing"].map(lambda each: math.ceil(round(each, 9))),
            "listed": checked["claimed"].value_counts().reindex(table.index, fill_value=0),
            "shown": checked["effective"].value_counts().reindex(table.index, fill_value=0),
        }
    ).astype(int)
    above = counts.drop("opportunity")  # what falls back lies there
    short = (above["needed"] - above["shown"]).clip(lower=0)
    return {
        "alt": "plots.targets_standing_alt",
        "target": float(target),
        "rate": float(rate),
        "contracts": float(target / order_value),
        "per_week": float(table.loc["appointment", "per_week"]),
        "calls_per_day": float(table.loc["appointment", "calls_per_day"]),
        "n_short": int((short > 0).sum()),
        "n_missing": int(short.sum()),
        "shortest": f"stage.{short.idxmax()}",
        **{f"n_{name}": int(above[name].sum()) for name in above},
        **{
            f"{stage}_{name}": int(value)
            for stage, row in counts.iterrows()
            for name, value in row.items()
        },
    }


def standing(deals, history, today, ladder, target, rate, lang, **settings):
    """Per rung: needed, on the list, and what of it can be shown."""
    numbers = standing_numbers(deals, history, today, ladder, target, rate, **settings)
    figure, axes = canvas("plots.targets_standing_title", lang, numbers)
    stages = [code for code in funnel.OPEN if code != "opportunity"]
    looks = {"needed": ("ink", ""), "listed": ("claimed", "//"), "shown": ("shown", "")}
    for at, (name, (color, hatch)) in enumerate(looks.items()):
        for place, stage in enumerate(stages):
            y, n = place + (1 - at) * 0.27, numbers[f"{stage}_{name}"]
            axes.barh(
                y,
                n,
                height=0.25,
                color="none" if name == "needed" else theme.PALETTE[color],
                edgecolor=theme.PALETTE[color],
                linewidth=2,
                hatch=hatch,
                label=terms.term(f"plots.targets_{name}", lang) if place == 0 else None,
            )
            axes.annotate(
                f"{n}", (n, y), xytext=(6, 0), textcoords="offset points", va="center", fontsize=13
            )
    most = max(numbers[f"{stage}_{name}"] for stage in stages for name in looks)
    axes.set_xlim(0, max(most, 6) * 1.12)
    axes.set_xticks([])
    axes.set_yticks(range(len(stages)), [terms.term(f"stage.{code}", lang) for code in stages])
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.figure.legend(loc="outside lower left", ncols=3)
    return figure
