"""Figures of a check-up page; beside each a function of its main numbers, for alt text and prose.

All take one part of the facts (a person's or the team's) as plain JSON and draw neither names
nor texts of a file: those stand in the tables of the page, where every sign can be shown. No
pandas and no pyplot here: a report's kernel starts without them.
"""

import collections

from coursekit import terms
from coursekit.plots import theme
from coursekit.plots.canvas import money_ticks

_WIDTH = 7.0  # inches; at 390 pixels of a phone 14 points are still ten pixels high


def funnel_numbers(part):
    """Open deals by stage: how many are claimed to be worth something, how many are shown to.

    Parameters
    ----------
    part : dict
        A person's or the team's part of ``checkup.facts``.

    Returns
    -------
    dict
        ``n`` open deals, ``n_claimed`` and ``n_shown`` above opportunity and first appointment,
        ``n_fallen`` that stand lower than claimed.
    """
    worth = [row for row in part["stages"] if row["code"] in ("p25", "p50", "p90")]
    return {
        "n": part["n_open"],
        "n_claimed": sum(row["n_claimed"] for row in worth),
        "n_shown": sum(row["n_effective"] for row in worth),
        "n_fallen": sum(1 for deal in part["deals"] if deal["effective"] != deal["stage"]),
    }


def open_stages(part):
    """The stages that open deals stand at: what no stage was recognised for, then the ladder."""
    return sorted(part["stages"], key=lambda row: row["code"] != "unknown")


def funnel(part, lang):
    """Open deals by stage, as claimed and as can be shown, the ladder's top on top."""
    rows = open_stages(part)
    left = {"zh": 0.2, "en": 0.32}[lang]  # room for the longest stage
    figure, axes = _canvas(0.55 * len(rows) + 0.6, left=left, right=0.75, top=0.88)
    for place, row in enumerate(rows):
        _bar(axes, place + 0.2, row["n_claimed"], "claimed", row["amount_claimed"], lang)
        _bar(axes, place - 0.2, row["n_effective"], "shown", row["amount_effective"], lang)
    axes.set_yticks(range(len(rows)), [terms.term(f"stage.{row['code']}", lang) for row in rows])
    axes.set_xlim(0, max(1, *(max(row["n_claimed"], row["n_effective"]) for row in rows)))
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _key(figure, {"claimed": "claimed", "shown": "shown"}, lang)
    return figure


def _bar(axes, place, n, kind, amount, lang):
    axes.barh(place, n, height=0.38, color=theme.PALETTE[kind])
    label = terms.say("plots.checkup_bar", lang, n=n, amount=amount or 0) if n else "0"
    _write(axes, label, (n, place), (5, 0), va="center")


def difference_numbers(part):
    """From the list's value to what can be shown, reason by reason.

    Returns
    -------
    dict
        ``listed``, ``shown``, ``gap`` (listed minus shown), ``share`` of listed that is lost (None
        where nothing is listed), ``n`` deals that lose value, ``reasons``: those that take
        value, largest first, each with ``code``, ``lost`` and the ``n`` deals that lose by it.
    """
    gap = part["listed"] - part["shown"]
    losing = collections.Counter(
        deal["reason"] for deal in part["deals"] if deal["listed"] > deal["shown"]
    )
    reasons = [
        {**reason, "n": losing[reason["code"]]} for reason in part["reasons"] if reason["lost"] > 0
    ]
    return {
        "listed": part["listed"],
        "shown": part["shown"],
        "gap": gap,
        "share": gap / part["listed"] if part["listed"] else None,
        "n": losing.total(),
        "reasons": sorted(reasons, key=lambda reason: (-reason["lost"], reason["code"])),
    }


def difference(part, lang):
    """What the list says, what each reason takes off, what is left to show."""
    numbers = difference_numbers(part)
    steps = [("claimed", terms.term("plots.checkup_listed", lang), 0, numbers["listed"])]
    left = numbers["listed"]
    for reason in numbers["reasons"]:
        left -= reason["lost"]
        name = terms.term(f"reason.{reason['code']}", lang)
        steps.append(("bad", name, left, reason["lost"]))
    steps.append(("shown", terms.term("plots.checkup_shown", lang), 0, numbers["shown"]))
    figure, axes = _canvas(0.6 * len(steps), left=0.01, right=0.82, top=1, bottom=0.02)
    for place, (kind, name, start, size) in enumerate(steps):
        axes.barh(-place, size, left=start, height=0.48, color=theme.PALETTE[kind])
        sign = "−" if kind == "bad" else ""
        _write(axes, sign + terms.money(size, lang), (start + size, -place), (5, 0), va="center")
        _write(axes, name, (0, -place + 0.3), (0, 1), va="bottom")
    axes.set_xlim(0, max(numbers["listed"], numbers["shown"], 1))
    axes.set_ylim(0.65 - len(steps), 0.75)
    axes.set_axis_off()
    return figure


def ages_numbers(part):
    """How long the open deals have been open, against the slowest that ever closed.

    Returns
    -------
    dict or None
        ``n`` zombies (open or without contact for more than ``limit_days``), their ``amount``,
        ``oldest_days``, ``n_dated`` deals
        with an age. None where there is no limit or no age.
    """
    zombies = part["zombies"]
    dated = [deal for deal in part["deals"] if deal["age_days"] is not None]
    if zombies is None or zombies["limit_days"] is None or not dated:
        return None
    return {
        "n": zombies["n"],
        "amount": zombies["amount"],
        "limit_days": zombies["limit_days"],
        "oldest_days": max(deal["age_days"] for deal in dated),
        "n_dated": len(dated),
    }


def ages(part, lang):
    """Every open deal by its age and amount; right of the line: older than any that closed."""
    numbers = ages_numbers(part)
    limit = numbers["limit_days"]
    figure, axes = _canvas(2.9, left=0.13, right=0.97, top=0.86, bottom=0.26)
    dated = [deal for deal in part["deals"] if deal["age_days"] is not None]
    rows = {deal["row"] for deal in part["zombies"]["deals"]}
    for kind, marker in (("shown", "o"), ("bad", "D")):
        chosen = [deal for deal in dated if (deal["row"] in rows) == (kind == "bad")]
        axes.scatter(
            [deal["age_days"] for deal in chosen],
            [deal["amount"] or 0 for deal in chosen],
            s=34,
            marker=marker,
            color=theme.PALETTE[kind],
            alpha=0.75,
            linewidths=0,
            clip_on=False,
        )
    axes.axvline(limit, color=theme.PALETTE["grey"], linewidth=1.5, linestyle="--")
    axes.set_xlim(0, max(limit, numbers["oldest_days"]) * 1.04)
    axes.set_ylim(bottom=0)
    side = "right" if limit > numbers["oldest_days"] / 2 else "left"
    _above(axes, terms.say("plots.checkup_limit", lang, days=limit), limit, ha=side)
    axes.set_xlabel(terms.term("plots.checkup_age", lang))
    money_ticks(axes.yaxis, lang)
    return figure


def outcomes_numbers(part):
    """The range that the list's result falls in, each deal won or lost at its rate.

    Returns
    -------
    dict or None
        ``mean p10 p50 p90 listed target`` (target None where none is given); None without range.
    """
    spread = part["range"]
    if spread is None or not spread["bars"]:
        return None
    target = part["target"]["target"] if part["target"] else None
    kept = {key: spread[key] for key in ("mean", "p10", "p50", "p90")}
    return {**kept, "listed": part["listed"], "target": target}


def outcomes(part, lang):
    """How likely each total is, with what the list says and, where given, the target."""
    numbers = outcomes_numbers(part)
    figure, axes = _canvas(2.9, left=0.04, right=0.96, top=0.70, bottom=0.26)
    for bar in part["range"]["bars"]:
        width = bar["high"] - bar["low"]
        inside = numbers["p10"] <= (bar["low"] + bar["high"]) / 2 <= numbers["p90"]
        axes.bar(
            bar["low"],
            bar["share"],
            width=width * 0.94 or part["range"]["p90"] * 0.02 or 1,
            align="edge",
            color=theme.PALETTE["shown" if inside else "grey"],
            alpha=0.5 if inside else 0.3,
            linewidth=0,
        )
    marks = [("mean", "shown", 0), ("listed", "claimed", 1), ("target", "ink", 2)]
    right = max(numbers[name] or 0 for name, _, _ in marks)
    right = max(right, part["range"]["bars"][-1]["high"]) * 1.03 or 1
    for name, color, floor in marks:
        if numbers[name] is None:
            continue
        at = numbers[name]
        axes.axvline(
            at, color=theme.PALETTE[color], linewidth=2, linestyle=("-", "--", "-.")[floor]
        )
        label = f"{terms.term(f'plots.checkup_{name}', lang)} {terms.money(at, lang)}"
        side = "left" if at < right * 0.3 else "right" if at > right * 0.7 else "center"
        _above(axes, label, at, ha=side, floor=floor)
    axes.set_xlim(min(0, part["range"]["bars"][0]["low"]), right)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(terms.term("plots.checkup_total", lang))
    money_ticks(axes.xaxis, lang)
    return figure


def conversion_numbers(part):
    """Won of closed deals with its interval, beside the team.

    Returns
    -------
    dict or None
        ``won n rate shrunk low high team``; None where nothing was closed.
    """
    return part["conversion"]


def conversion(part, lang):
    """The own conversion rate drawn to the team's, with the interval that its n allows."""
    numbers = conversion_numbers(part)
    figure, axes = _canvas(1.75, left=0.05, right=0.95, top=0.72, bottom=0.42)
    axes.plot(
        [numbers["low"], numbers["high"]],
        [0, 0],
        color=theme.PALETTE["shown"],
        linewidth=9,
        alpha=0.35,
        solid_capstyle="butt",
    )
    axes.plot(numbers["shrunk"], 0, "o", color=theme.PALETTE["shown"], markersize=13)
    if numbers["team"] is not None:
        axes.axvline(numbers["team"], color=theme.PALETTE["grey"], linewidth=2, linestyle="--")
        label = terms.say("plots.checkup_team", lang, rate=numbers["team"])
        side = "left" if numbers["team"] < 0.1 else "right" if numbers["team"] > 0.9 else "center"
        _above(axes, label, numbers["team"], ha=side)
    axes.set_xlim(0, 1)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel(terms.term("plots.checkup_conversion", lang))
    return figure


def _canvas(height, left, right, top=0.87, bottom=0.03):
    """A figure with fixed margins: no layout engine, which would cost half the drawing time."""
    from matplotlib.figure import Figure

    theme.use()
    figure = Figure(figsize=(_WIDTH, height), layout="none")
    axes = figure.add_axes((left, bottom, right - left, top - bottom))
    return figure, axes


def _write(axes, label, place, offset, **where):
    """A label beside a place of the axes, a few points off."""
    axes.annotate(label, place, xytext=offset, textcoords="offset points", fontsize=13, **where)


def _above(axes, label, at, ha, floor=0):
    """A label above the axes, where a line at `at` ends; `floor` stacks several."""
    _write(axes, label, (at, 1), (0, 5 + 19 * floor), xycoords=("data", "axes fraction"), ha=ha)


def _key(figure, kinds, lang):
    """What the colours mean, above the axes, one beside the other."""
    from matplotlib.patches import Patch

    patches = [
        Patch(color=theme.PALETTE[kind], label=terms.term(f"plots.checkup_{word}", lang))
        for kind, word in kinds.items()
    ]
    figure.legend(handles=patches, loc="upper left", ncols=len(patches), borderaxespad=0.2)
