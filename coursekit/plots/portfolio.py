"""Figures of portfolios: a list as a pyramid, four weeks later, six of them side by side."""

from coursekit import funnel, terms
from coursekit.funnel.findings import BASE, FINDINGS, TOP, Portfolio
from coursekit.plots import theme
from coursekit.plots.canvas import canvas

CLIMB = funnel.OPEN[1:]  # from the first appointment on
# what a portfolio is looked at for -> the findings that speak of it
LOOKS = {
    "shape": ("top_heavy", "stuck_base"),
    "flow": ("no_new_blood",),
    "ageing": ("stuck_stage", "zombies", "never_lets_go"),
    "steps": ("no_next_steps", "polite_steps", "silent"),
    "money": ("one_big_deal",),
    "dates": ("same_day", "too_soon", "optimist"),
}
# limits that let every portfolio be measured, sound ones too
_ANY = {"weeks": 4, "usual_weeks": 12, "share": 0, "least": 0, "deals": 1}


def portraits(deals, history, today, ladder, owners):
    """Each person's list as it is looked at: shape, flow, ageing, steps, money, dates.

    Parameters
    ----------
    deals, history : DataFrame
        The whole company's, ended deals included; column ``owner``.
    today : date
    ladder : funnel.Ladder
    owners : sequence of str

    Returns
    -------
    list of dict
        ``stages`` (code -> open deals), ``n``, ``listed``, ``shown`` (money); ``kind``, the
        portfolio of the textbook that it is most like, with ``likeness``; ``found``: findings;
        ``marked``: those of `LOOKS` that a finding speaks of; and what was measured: ``top``
        (share at 50% and 90%), ``now`` and ``usual`` (first appointments a week), ``late``
        (share of the percent classes past the usual time), ``bare`` (share of them without a next
        step), ``largest`` (share of the shown money in one deal), ``hasty`` (deals dated faster
        than any ever was).
    """
    norms = funnel.norms(deals, today, ladder, history)
    pyramid = funnel.thresholds()["pyramid"]
    kinds = funnel.archetypes()
    found = []
    for owner in owners:
        mine = deals[deals["owner"] == owner]
        own = history[history["deal_id"].isin(mine["deal_id"])]
        looked = Portfolio(mine, today, ladder, norms, own, None, None, pyramid)
        codes = funnel.diagnose(mine, today, ladder, norms, history=history).codes
        alike = funnel.match_archetype(codes, kinds)
        stages = looked.open["stage"].value_counts()
        new, large, hasty = (_measured(code, looked) for code in
                             ("no_new_blood", "one_big_deal", "too_soon"))  # fmt: skip
        found.append(
            {
                "stages": {code: int(stages.get(code, 0)) for code in funnel.OPEN},
                "n": len(looked.open),
                "listed": float(looked.open["listed"].sum()),
                "shown": float(looked.open["shown"].sum()),
                "kind": alike.index[0],
                "likeness": float(alike.iloc[0]),
                "found": codes,
                "marked": {look for look, signs in LOOKS.items() if set(signs) & set(codes)},
                "top": float(looked.open["stage"].isin(TOP).mean()),
                "now": new.number if new else 0.0,
                "usual": new.comparison if new else 0.0,
                "late": float(looked.active["late"].mean()),
                "bare": float(looked.active["reason"].isin(_BARE).mean()),
                "largest": float(large.number) if large else 0.0,
                "hasty": len(hasty.deals) if hasty else 0,
            }
        )
    return found


_BARE = tuple(code for code, rule in funnel.RULES.items() if rule == "next_step")


def _measured(code, looked):
    """What a finding measures, whether or not it is past its limit."""
    measure, _, _ = FINDINGS[code]
    return measure(looked, _ANY | {"share": 99} if code == "no_new_blood" else _ANY)


# --- four weeks later


def month_numbers(stock, rates, usual, weeks=4):
    """A list one textbook cycle later: with nobody new, and with new ones as usual.

    Parameters
    ----------
    stock : dict
        Stage -> deals today, from the first appointment on.
    rates : Series
        Share that moves up, of those that leave each stage.
    usual : float
        First appointments a week.
    weeks : int
        The cycle, and how far it is looked ahead.

    Returns
    -------
    dict
        ``n`` deals today; ``dry`` and ``fed``: one dict of stages per week; ``left_dry``
        ``left_fed`` deals at the end, ``signed`` contracts on the way (the same for both, since
        who is met today signs after the cycle).
    """
    moves = funnel.steady_moves(rates[list(CLIMB)], weeks)
    dry, fed = (funnel.evolve(stock, moves, new, weeks) for new in (0, usual))
    climb = list(CLIMB)
    return {
        "alt": "plots.portfolio_month_alt",
        "n": int(sum(stock.values())),
        "weeks": weeks,
        "usual": float(usual),
        "dry": [row.to_dict() for _, row in dry[climb].iterrows()],
        "fed": [row.to_dict() for _, row in fed[climb].iterrows()],
        "left_dry": float(dry[climb].iloc[-1].sum()),
        "left_fed": float(fed[climb].iloc[-1].sum()),
        "signed": float(dry[funnel.WON].sum()),
    }


def month(stock, rates, usual, lang, weeks=4):
    """Pyramids week by week, above with nobody new and below with new ones as usual."""
    numbers = month_numbers(stock, rates, usual, weeks)
    title = "plots.portfolio_month_title"
    figure, grid = canvas(title, lang, numbers, rows=2, height=5.2, columns=weeks + 1)
    widest = max(max(row.values()) for name in ("dry", "fed") for row in numbers[name])
    for axes_row, name in zip(grid, ("dry", "fed"), strict=True):
        for week, axes in enumerate(axes_row):
            _pyramid(axes, numbers[name][week], widest, digits=1)
            words = terms.say(f"plots.portfolio_{'week' if week else 'today'}", lang, n=week)
            axes.set_xlabel(words, fontsize=13, color=theme.PALETTE["grey"])
        _names(axes_row[0], CLIMB, lang)
        words = terms.say(f"plots.portfolio_month_{name}", lang, **numbers)
        axes_row[0].set_title(words, fontsize=15, loc="left", pad=4)
    return figure


def _pyramid(axes, stages, widest, digits=0, colors=None):
    """Bars about a middle line, the first stage at the bottom, each with its number."""
    for place, (code, n) in enumerate(stages.items()):
        color = theme.PALETTE[(colors or {}).get(code, "shown")]
        axes.barh(place, n, left=-n / 2, height=0.8, color=color)
        axes.annotate(
            f"{n:.{digits}f}" if n >= 0.05 else "0",
            (n / 2, place), xytext=(4, 0), textcoords="offset points",
            va="center", fontsize=13,
        )  # fmt: skip
    axes.set_ylim(-0.6, len(stages) - 0.4)
    axes.set_xlim(-widest / 2 * 1.05, widest / 2 * 1.75)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _names(axes, stages, lang):
    names = [terms.term(f"plots.portfolio_{code}", lang) for code in stages]
    axes.set_yticks(range(len(names)), names)


# --- six portfolios


def six_numbers(found):
    """What a screen reader hears of six pyramids.

    Parameters
    ----------
    found : list of dict
        From `portraits`.

    Returns
    -------
    dict
        ``n1`` … open deals and ``s1`` … deals per stage from the base to the top, as text.
    """
    numbers = {"alt": "plots.portfolio_six_alt"}
    for place, one in enumerate(found, 1):
        numbers |= {f"n{place}": one["n"], f"m{place}": one["listed"],
                    f"s{place}": "-".join(str(n) for n in one["stages"].values())}  # fmt: skip
    return numbers


def six(found, lang):
    """Six lists as pyramids, three beside each other; no word on how they are."""
    title = "plots.portfolio_six_title"
    figure, grid = canvas(title, lang, {}, rows=2, height=5.6, columns=3)
    widest = max(max(one["stages"].values()) for one in found)
    colors = dict.fromkeys(BASE, "grey")
    for place, (axes, one) in enumerate(zip(grid.flat, found, strict=True), 1):
        _pyramid(axes, one["stages"], widest, colors=colors)
        words = terms.say("plots.portfolio_one", lang, place=place, **one)
        axes.set_title(words, fontsize=14, loc="center")
        if place % 3 == 1:
            _names(axes, funnel.OPEN, lang)
    return figure


def looks_numbers(found):
    """Which of six portfolios is marked for what.

    Returns
    -------
    dict
        ``clear``: how many carry no mark; ``marks1`` … the names of the marked looks (glossary
        codes), ``none`` where there is none.
    """
    numbers = {"alt": "plots.portfolio_looks_alt", "clear": sum(not p["marked"] for p in found)}
    for place, one in enumerate(found, 1):
        first = next((look for look in LOOKS if look in one["marked"]), "none")
        numbers |= {f"mark{place}": f"plots.portfolio_look_{first}", f"kind{place}":
                    f"archetype.{one['kind']}"}  # fmt: skip
    return numbers


def looks(found, lang):
    """A table: six portfolios, six looks, the measure in each cell; what is amiss is framed."""
    numbers = looks_numbers(found)
    figure, axes = canvas("plots.portfolio_looks_title", lang, numbers, height=4.9)
    for row, one in enumerate(found):
        for column, look in enumerate(LOOKS):
            marked = look in one["marked"]
            if marked:
                axes.add_patch(_cell(column, row))
            words = terms.say(f"plots.portfolio_cell_{look}", lang, **one)
            axes.annotate(
                words, (column, row), ha="center", va="center", fontsize=13,
                color=theme.PALETTE["bad" if marked else "ink"],
                fontweight="bold" if marked else "normal",
            )  # fmt: skip
    axes.set_xlim(-0.5, len(LOOKS) - 0.5)
    axes.set_ylim(len(found) - 0.5, -0.5)
    names = [terms.term(f"plots.portfolio_look_{look}", lang) for look in LOOKS]
    axes.set_xticks(range(len(LOOKS)), names)
    axes.xaxis.tick_top()
    names = [terms.say("plots.portfolio_place", lang, place=n + 1) for n in range(len(found))]
    axes.set_yticks(range(len(found)), names)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    for line in range(1, len(found)):
        axes.axhline(line - 0.5, color=theme.PALETTE["light"], linewidth=1)
    return figure


def _cell(column, row):
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (column - 0.42, row - 0.3), 0.84, 0.6, boxstyle="round,pad=0.02",
        facecolor="white", edgecolor=theme.PALETTE["bad"], linewidth=2,
    )  # fmt: skip


# --- one's own list


def own_numbers(deals):
    """One list against the pyramid.

    Parameters
    ----------
    deals : DataFrame
        Columns ``stage``, ``amount``.

    Returns
    -------
    dict
        ``n`` open deals, ``n_<stage>`` of each; ``top``: share at 50% and 90%, and the pyramid's
        ``norm``; ``misplaced``: share that would have to stand elsewhere (0 for an empty list).
    """
    table, misplaced, _ = funnel.shape(deals)
    n = int(table["n"].sum())
    return {
        "alt": "plots.portfolio_shape_alt",
        "n": n,
        **{f"n_{code}": int(table.loc[code, "n"]) for code in funnel.OPEN},
        "top": float(table.loc[list(TOP), "share"].sum()) if n else 0.0,
        "norm": float(table.loc[list(TOP), "norm"].sum()),
        "misplaced": misplaced if n else 0.0,
    }


def own(deals, lang):
    """The list as a pyramid, and as an outline the pyramid with as many deals."""
    numbers = own_numbers(deals)
    figure, axes = canvas("plots.portfolio_shape_title", lang, numbers)
    stages = {code: numbers[f"n_{code}"] for code in funnel.OPEN}
    norm = funnel.thresholds()["pyramid"]
    usual = {code: numbers["n"] * norm[code] for code in funnel.OPEN}
    _pyramid(axes, stages, max(1, *stages.values(), *usual.values()))
    for place, code in enumerate(funnel.OPEN):
        axes.barh(
            place, usual[code], left=-usual[code] / 2, height=0.8, fill=False,
            edgecolor=theme.PALETTE["claimed"], linewidth=2.5, linestyle="--",
            label=terms.term("plots.portfolio_shape_norm", lang) if not place else None,
        )  # fmt: skip
    axes.legend(loc="upper right")
    _names(axes, funnel.OPEN, lang)
    return figure
