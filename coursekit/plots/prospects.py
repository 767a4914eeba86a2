"""Figures of prospects: who plays ball, and what became of those who did."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows
from coursekit.trials import newcombe

LEVEL = 0.9  # of the interval
ACTIVE = ("p25", "p50", "p90")
_ENDS = {"won": "good", "open": "light", "lost": "claimed"}
_LOOKS = {
    "ball": ("shown", ""),
    "still": ("claimed", "//"),
    "bare": ("bad", "xx"),
    "unknown": ("light", ".."),
}
_ORDER = ("unknown", "bare", "still", "ball")
_STUB = 0.12  # of a bar whose length is not known
_LONG = 3.2  # so many usual times and more are drawn as long
_MOST = 18  # deals that one figure holds


def played_ball_numbers(snapshots, day, history, stage):
    """What became of the deals that played ball on an old list, and of those that did not.

    Parameters
    ----------
    snapshots : DataFrame
        Weekly lists: ``date deal_id stage entered next_step next_step_date``.
    day : date
        Of the list to look at; deals of 25% and more only, by the strict rule of the next step.
    history : DataFrame
        For the usual times as they were known on that day.
    stage : Series
        Of each deal today, by ``deal_id``.

    Returns
    -------
    dict
        For ``ball`` and ``rest``: ``n_… won_… lost_… open_… rate_…``; ``low high``: 90%
        interval of the difference of the shares won.
    """
    then = snapshots[snapshots["date"] == pd.Timestamp(day)]
    table = funnel.plays_ball(then, day, funnel.flow(history, day), strict=True)
    table = table[table["stage"].isin(ACTIVE)]
    now = then["deal_id"].reindex(table.index).map(stage)
    numbers = {"alt": "plots.winning_ball_alt", "day": pd.Timestamp(day).date()}
    for name, there in (("ball", table["plays_ball"]), ("rest", ~table["plays_ball"])):
        n, won = int(there.sum()), int((now[there] == funnel.WON).sum())
        lost = int((now[there] == funnel.LOST).sum())
        numbers |= {
            f"n_{name}": n,
            f"won_{name}": won,
            f"lost_{name}": lost,
            f"open_{name}": n - won - lost,
            f"rate_{name}": won / n if n else float("nan"),
        }
    low, high = newcombe(
        *(numbers[key] for key in ("won_ball", "n_ball", "won_rest", "n_rest")), LEVEL
    )
    return numbers | {"low": float(low), "high": float(high)}


def played_ball(snapshots, day, history, stage, lang):
    """Two bars: who played ball on an old list and who did not, and how they ended."""
    numbers = played_ball_numbers(snapshots, day, history, stage)
    figure, axes = canvas("plots.winning_ball_title", lang, numbers, height=3.9)
    for place, name in enumerate(("rest", "ball")):
        start = 0
        for end, color in _ENDS.items():
            n = numbers[f"{end}_{name}"]
            label = terms.term(f"plots.winning_end_{end}", lang) if place == 0 else None
            axes.barh(place, n, left=start, height=0.6, color=theme.PALETTE[color], label=label)
            if n:
                ink = "white" if end == "won" else theme.PALETTE["ink"]
                words = {"ha": "center", "va": "center", "fontsize": 15, "color": ink}
                axes.text(start + n / 2, place, n, **words)
            start += n
    rows(axes, [terms.term(f"plots.winning_{name}", lang) for name in ("rest", "ball")], room=0.05)
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.42, 0))
    return figure


def followed(snapshots, history):
    """What weekly lists tell of each deal of 25% and more: steps, and whether it played ball.

    Parameters
    ----------
    snapshots : DataFrame
        As `played_ball_numbers`.
    history : DataFrame
        For the usual times as they were known in each week.

    Returns
    -------
    DataFrame
        By ``deal_id``: ``lists`` on which it stood, ``steps`` of them with a next step that
        counts, ``wordings`` of it, ``played`` lists on which it played ball, ``first`` (whether
        on its first one), ``stages`` it has been in.
    """
    weeks = []
    for day, then in snapshots.groupby("date"):
        table = funnel.plays_ball(then, day, funnel.flow(history, day), strict=True)
        weeks.append(table.join(then[["deal_id", "next_step"]]))
    table = pd.concat(weeks)
    by_deal = table[table["stage"].isin(ACTIVE)].groupby("deal_id")
    return by_deal.agg(
        lists=("stage", "size"),
        steps=("has_step", "sum"),
        wordings=("next_step", "nunique"),
        played=("plays_ball", "sum"),
        first=("plays_ball", "first"),
        stages=("stage", "nunique"),
    )


def pace_numbers(deals, today, flow):
    """Which open deals play ball, and what the others lack.

    Parameters
    ----------
    deals : DataFrame
        As `funnel.plays_ball`, with ``customer`` where known.
    today : date
    flow : DataFrame
        Usual times, from `funnel.flow`.

    Returns
    -------
    dict
        ``n`` open deals; ``n_ball``; ``n_bare`` without a next step, ``n_still``: a step, and
        longer in the stage than usual; ``n_unknown``: the list does not say how long; ``deals``:
        label -> (state, times).
    """
    table = funnel.plays_ball(deals, today, flow, strict=True)
    state = pd.Series("ball", table.index).mask(table["polite"], "still")
    state = state.mask(table["times"].isna(), "unknown").mask(~table["has_step"], "bare")
    return {
        "alt": "plots.winning_pace_alt",
        "n": len(table),
        **{f"n_{name}": int((state == name).sum()) for name in _LOOKS},
        "deals": {
            label: (name, None if pd.isna(times) else float(times))
            for label, name, times in zip(table.index, state, table["times"], strict=True)
        },
    }


def pace(deals, today, flow, lang):
    """One bar per open deal: time in the stage against the usual, by who plays ball."""
    numbers = pace_numbers(deals, today, flow)
    largest = funnel.money(deals).fillna(0).sort_values(ascending=False, kind="stable").index
    chosen = [label for label in largest if label in numbers["deals"]][:_MOST]
    found = sorted(
        ((label, numbers["deals"][label]) for label in chosen),
        key=lambda one: (_ORDER.index(one[1][0]), -(one[1][1] or 0)),
    )
    height = 2.0 + 0.33 * len(found)
    figure, axes = canvas("plots.winning_pace_title", lang, numbers, height=height)
    axes.axvline(1, color=theme.PALETTE["ink"], linestyle=(0, (4, 3)), linewidth=1.5, zorder=0)
    for state, (color, hatch) in _LOOKS.items():
        places = [at for at, (_, (other, _)) in enumerate(found) if other == state]
        times = [found[at][1][1] for at in places]
        axes.barh(
            places,
            [_length(time) for time in times],
            height=0.68,
            color=theme.PALETTE[color],
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
        )
        for at, time in zip(places, times, strict=True):
            words = "?" if time is None else terms.say("plots.winning_times", lang, value=time)
            beside(axes, _length(time), at, words)
    for words in axes.texts:
        words.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    names = deals.get("customer", pd.Series(dtype=object)).dropna()
    labels = [str(names.get(label, label))[:30] for label, _ in found]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(-0.6, max(len(labels), 1) - 0.4)
    axes.set_xlim(0, _LONG * 1.2)
    cut = "_most" if numbers["n"] > _MOST else ""
    axes.set_xlabel(terms.say(f"plots.winning_pace_x{cut}", lang, most=_MOST))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    shown = [state for state in _LOOKS if state != "unknown" or numbers["n_unknown"]]
    figure.legend(
        handles=_patches(shown, lang), loc="outside lower center", ncols=3 if len(shown) == 3 else 2
    )
    return figure


def _length(times):
    return _STUB if times is None else min(times, _LONG)


def _patches(states, lang):
    from matplotlib.patches import Patch

    return [
        Patch(
            facecolor=theme.PALETTE[color],
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
            label=terms.term(f"plots.winning_{state}", lang),
        )
        for state, (color, hatch) in _LOOKS.items()
        if state in states
    ]
