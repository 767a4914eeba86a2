"""Figures of the gates: which evidence is there, and what came of deals that had it."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows, wrapped

FEW = 3  # of the five gates at 50%: so many or fewer stand in one bar


def gates_numbers(evidence, claimed, stage, ladder):
    """Which gates the deals claimed at one stage can show.

    Parameters
    ----------
    evidence : DataFrame
        A column per gate, 1 where it is shown; rows of other stages are left out.
    claimed : Series of str
        On the index of `evidence`.
    stage : str
    ladder : Ladder

    Returns
    -------
    dict
        ``n`` deals, ``n_all`` with every gate, ``n_<gate>`` per gate, ``weakest`` and
        ``second``: codes of the two gates shown least.
    """
    deals = evidence[claimed.reindex(evidence.index) == stage]
    missing = funnel.missing_gates(deals, pd.Series(stage, deals.index), ladder)
    shown = {gate: int(deals[gate].sum()) for gate in ladder.gates(stage)}
    by_rank = sorted(shown, key=shown.get)
    return {
        "alt": "plots.funnel_gates_alt",
        "stage": f"stage.{stage}",
        "n": len(deals),
        "n_all": int((missing.map(len) == 0).sum()),
        "weakest": f"gate.{by_rank[0]}",
        "n_weakest": shown[by_rank[0]],
        "second": f"gate.{by_rank[1]}",
        **{f"n_{gate}": n for gate, n in shown.items()},
    }


def gates(evidence, claimed, stage, ladder, lang):
    """For how many deals claimed at a stage each gate can be shown."""
    numbers = gates_numbers(evidence, claimed, stage, ladder)
    figure, axes = canvas("plots.funnel_gates_title", lang, numbers)
    names = list(reversed(ladder.gates(stage)))
    for place, gate in enumerate(names):
        n = numbers[f"n_{gate}"]
        axes.barh(place, numbers["n"], color=theme.PALETTE["light"], height=0.66)
        weak = f"gate.{gate}" in (numbers["weakest"], numbers["second"])
        axes.barh(place, n, color=theme.PALETTE["claimed" if weak else "shown"], height=0.66)
        words = terms.say("plots.funnel_gates_bar", lang, n=n, of=numbers["n"])
        beside(axes, numbers["n"], place, words)
    rows(axes, [terms.term(f"gate.{gate}", lang) for gate in names])
    return figure


def won_by_gates_numbers(evidence, deals, reached, ladder):
    """How closed deals that had come to 50% ended, by the number of gates they could show.

    Parameters
    ----------
    evidence, deals : DataFrame
        On one index (deals); `deals` has ``stage``.
    reached : index
        Deals that came as far as 50%.
    ladder : Ladder

    Returns
    -------
    dict
        ``n_few won_few`` with `FEW` gates or fewer, ``n_four won_four``, ``n_full won_full``.
    """
    five = ladder.gates("p50")
    ended = deals[deals["stage"].isin(funnel.CLOSED) & deals.index.isin(reached)]
    passed = evidence.reindex(ended.index)[list(five)].sum(axis=1)
    won = ended["stage"] == funnel.WON
    numbers = {"alt": "plots.funnel_won_by_gates_alt", "few": FEW}
    for name, chosen in (
        ("few", passed <= FEW),
        ("four", (passed > FEW) & (passed < len(five))),
        ("full", passed == len(five)),
    ):
        numbers |= {f"n_{name}": int(chosen.sum()), f"won_{name}": int(won[chosen].sum())}
    return numbers


def won_by_gates(evidence, deals, reached, ladder, lang):
    """Won and lost among closed deals, by gates shown at 50%."""
    numbers = won_by_gates_numbers(evidence, deals, reached, ladder)
    figure, axes = canvas("plots.funnel_won_by_gates_title", lang, numbers)
    for place, name in enumerate(("few", "four", "full")):
        n, won = numbers[f"n_{name}"], numbers[f"won_{name}"]
        axes.barh(place, won, color=theme.PALETTE["good"], height=0.62)
        axes.barh(place, n - won, left=won, color=theme.PALETTE["light"], height=0.62)
        beside(axes, n, place, terms.say("plots.funnel_won_by_gates_bar", lang, won=won, n=n))
    rows(
        axes,
        [
            terms.say(f"plots.funnel_gates_{name}", lang, few=FEW)
            for name in ("few", "four", "full")
        ],
    )
    return figure


def gate_table_numbers(evidence, claimed, names, stage, ladder):
    """What each deal claimed at one stage lacks.

    Parameters
    ----------
    evidence, claimed, stage, ladder
        As in `gates_numbers`.
    names : Series of str
        Of the deals, on their index.

    Returns
    -------
    dict
        As `gates_numbers`; ``n_short`` deals that lack a gate, ``nearest``: name of the one that
        lacks least ("" where none lacks any), ``lacks``: codes of the gates it lacks.
    """
    missing = _gates_of(evidence, claimed, stage, ladder)
    short = missing[missing.map(len) > 0]
    nearest = short.map(len).idxmin() if len(short) else None
    return gates_numbers(evidence, claimed, stage, ladder) | {
        "alt": "plots.funnel_gate_table_alt",
        "n_short": len(short),
        "nearest": "" if nearest is None else names[nearest],
        "lacks": [] if nearest is None else [f"gate.{gate}" for gate in short[nearest]],
    }


def _gates_of(evidence, claimed, stage, ladder):
    """The gates that each deal claimed at a stage lacks, those that lack least first."""
    deals = evidence[claimed.reindex(evidence.index) == stage]
    missing = funnel.missing_gates(deals, pd.Series(stage, deals.index), ladder)
    return missing.loc[missing.map(len).sort_values(kind="stable").index]


def gate_table(evidence, claimed, names, stage, ladder, lang):
    """One column per deal claimed at a stage, one line per gate: a dot where it is shown."""
    numbers = gate_table_numbers(evidence, claimed, names, stage, ladder)
    missing = _gates_of(evidence, claimed, stage, ladder)
    lines = list(reversed(ladder.gates(stage)))
    figure, axes = canvas("plots.funnel_gate_table_title", lang, numbers, height=5.0)
    for column, gone in enumerate(missing):
        if not gone:
            axes.axvspan(
                column - 0.45, column + 0.45, color=theme.PALETTE["good"], alpha=0.18, lw=0
            )
        for place, gate in enumerate(lines):
            there = gate not in gone
            axes.plot(
                column,
                place,
                marker="o" if there else "x",
                markersize=14 if there else 11,
                markeredgewidth=2.6,
                color=theme.PALETTE["shown" if there else "bad"],
                linestyle="",
            )
    rows(axes, [terms.term(f"gate.{gate}", lang) for gate in lines])
    heads = [_head(names[deal], lang) for deal in missing.index]
    axes.set_xticks(range(len(missing)), heads)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.6, len(missing) - 0.4)
    return figure


def _head(name, lang):
    """A name over a column; a long Chinese one in two halves, for there is no space to break at."""
    if lang == "zh":
        return wrapped(name, len(name) if len(name) <= 7 else (len(name) + 1) // 2)
    return wrapped(name, 14)
