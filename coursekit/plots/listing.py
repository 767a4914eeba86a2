"""Figures of the funnel list row by row: what is filled in, what it shows, how strict one is."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.funnel.courtesy import is_courtesy
from coursekit.inputs import as_day, blank
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows

PERCENT = ("p25", "p50", "p90")  # from here on a row claims money
CELLS = ("amount", "what", "who", "day", "close")
# which gates answer which of the five checks; all of 25% and of 50% are in it
CHECKS = {
    "fa": ("fa_done",),
    "information": ("project_set_up", "decision_path", "right_person", "budget", "schedule"),
    "proposal": ("sales_plan", "staged_plan"),
    "sense": ("right_proposal",),
    "step": ("next_step",),
}
LEVELS = 4  # of the step rule: written, no courtesy, a day ahead, a person


def claims(deals):
    """The open deals that claim money: 25% and more."""
    return deals[deals["stage"].isin(PERCENT)]


def _says_something(deals):
    text = deals["next_step"]
    return ~blank(text) & ~text.fillna("").map(is_courtesy).astype(bool)


def filled(deals, today):
    """Which cells of each row another person could work with.

    Parameters
    ----------
    deals : DataFrame
        Columns of the deals schema; what has no column is left out.
    today : date, str or Timestamp

    Returns
    -------
    DataFrame of bool
        Index kept, columns of `CELLS`; a courtesy is no ``what``, a day gone by no day.
    """
    day = as_day(today)
    found = {}
    if "amount" in deals:
        found["amount"] = deals["amount"].notna()
    if "next_step" in deals:
        found["what"] = _says_something(deals)
    if "next_step_person" in deals:
        found["who"] = ~blank(deals["next_step_person"])
    for cell, column in (("day", "next_step_date"), ("close", "expected_close")):
        if column in deals:
            found[cell] = deals[column] >= day
    return pd.DataFrame(found, index=deals.index).astype(bool)


def fill_numbers(deals, today):
    """How many rows that claim money have each cell filled so that it can be used.

    Parameters
    ----------
    deals, today
        As `filled`; deals below 25% and ended ones are left out.

    Returns
    -------
    dict
        ``n`` rows, ``n_<cell>`` (NaN without its column), ``n_all`` with every cell, ``share`` of
        them; ``n_courtesy`` texts that say nothing, ``n_blank`` none at all, ``n_past`` days gone
        by; ``least``: code of the cell that is usable least often, ``n_least``.
    """
    found = claims(deals)
    there = filled(found, today)
    counts = {cell: int(n) for cell, n in there.sum().items()}
    written = ~blank(found["next_step"]) if "what" in there else there.any(axis=1) & False
    past = found["next_step_date"] < as_day(today) if "day" in there else written & False
    least = min(counts, key=counts.get) if counts else CELLS[0]
    full = there.all(axis=1)
    return {
        "alt": "listing.fill_alt",
        "n": len(found),
        "n_all": int(full.sum()),
        "share": float(full.mean()) if len(full) else float("nan"),
        "n_courtesy": int((written & ~there.get("what", written)).sum()),
        "n_blank": int((~written).sum()) if "what" in there else float("nan"),
        "n_past": int(past.sum()),
        "least": f"listing.cell_{least}",
        "n_least": counts.get(least, 0),
        **{f"n_{cell}": counts.get(cell, float("nan")) for cell in CELLS},
    }


def fill(deals, today, lang):
    """For how many rows each of the five cells can be used, and for how many all of them."""
    numbers = fill_numbers(deals, today)
    figure, axes = canvas("listing.fill_title", lang, numbers)
    there = [cell for cell in CELLS if numbers[f"n_{cell}"] == numbers[f"n_{cell}"]]
    names = ("all", *reversed(there))
    for place, name in enumerate(names):
        n = numbers[f"n_{name}"]
        axes.barh(place, numbers["n"], color=theme.PALETTE["light"], height=0.66)
        color = theme.PALETTE["good" if name == "all" else "shown"]
        axes.barh(place, n, color=color, height=0.66, hatch="//" if name == "all" else None)
        words = terms.say("listing.of", lang, n=n, of=numbers["n"])
        beside(axes, numbers["n"], place, words)
    rows(axes, [terms.term(f"listing.cell_{name}", lang) for name in names])
    axes.axhline(0.5, color=theme.PALETTE["grey"], linewidth=1)
    return figure


def checks_table(deals, evidence, today, ladder, flow):
    """The five checks of each deal that claims money, and its time in the stage.

    Parameters
    ----------
    deals : DataFrame
        Indexed as `evidence`; columns of the deals schema.
    evidence : DataFrame
        Gates by code, 1 where shown. The next step is looked up in the list of today instead.
    today : date, str or Timestamp
    ladder : Ladder
    flow : DataFrame
        The team's, from `funnel.flow`.

    Returns
    -------
    DataFrame
        ``stage``; per check of `CHECKS` 1 (there), 0 (not), NaN (its class does not ask for it);
        ``holds``: everything that is asked is there; ``days normal times late`` as
        `funnel.ageing`. A class asks its own gates and those of the classes below it; what 90%
        asks on top is not among the five.
    """
    found = claims(deals)
    known = evidence.reindex(found.index).fillna(0)
    step = _says_something(found) & ~funnel.without_next_step(found, today, strict=True)
    known = known.assign(next_step=step.astype(int))
    of_25 = funnel.missing_gates(known, pd.Series("p25", known.index), ladder)
    of_50 = funnel.missing_gates(known, pd.Series("p50", known.index), ladder)
    asked = {"p25": set(ladder.gates("p25"))}
    asked["p50"] = asked["p90"] = asked["p25"] | set(ladder.gates("p50"))
    lines = []
    for deal, stage in found["stage"].items():
        missing = set(of_25[deal]) | (set() if stage == "p25" else set(of_50[deal]))
        lines.append(
            {
                name: float(not missing & set(gates)) if asked[stage] & set(gates) else float("nan")
                for name, gates in CHECKS.items()
            }
        )
    table = pd.DataFrame(lines, index=found.index, columns=list(CHECKS))
    table.insert(0, "stage", found["stage"])
    table["holds"] = table[list(CHECKS)].ne(0).all(axis=1)
    times = funnel.ageing(found, today, flow)
    return table.join(times[["days", "normal", "times", "late"]])


def checks_numbers(table):
    """What a table of checks says in short.

    Parameters
    ----------
    table : DataFrame
        From `checks_table`.

    Returns
    -------
    dict
        ``n`` deals, ``n_hold`` with every check, ``n_late``, ``n_sound`` that hold and are not
        late, ``n_fast``: within the usual time although a check fails; ``n_<check>`` that lack
        it, ``weakest``: code of the check that is lacking most, ``n_weakest``.
    """
    lacking = {name: int((table[name] == 0).sum()) for name in CHECKS}
    weakest = max(lacking, key=lacking.get)
    return {
        "alt": "listing.checks_alt",
        "n": len(table),
        "n_hold": int(table["holds"].sum()),
        "n_late": int(table["late"].sum()),
        "n_sound": int((table["holds"] & ~table["late"]).sum()),
        "n_fast": int((~table["holds"] & ~table["late"]).sum()),
        "weakest": f"listing.check_{weakest}",
        "n_weakest": lacking[weakest],
        **{f"n_{name}": n for name, n in lacking.items()},
    }


def checks(table, names, lang):
    """One line per deal: the five checks, and how long it stands against what is usual."""
    numbers = checks_numbers(table)
    table = table.assign(rank=table["stage"].map({code: n for n, code in enumerate(PERCENT)}))
    table = table.sort_values(["rank", "holds", "times"], ascending=[True, True, False])
    figure, axes = canvas("listing.checks_title", lang, numbers, height=6.0)
    marks = {1.0: ("o", 12, "shown"), 0.0: ("x", 9, "bad")}
    for place, (_, row) in enumerate(table.iterrows()):
        if row["holds"] and not row["late"]:
            axes.axhspan(place - 0.45, place + 0.45, color=theme.PALETTE["good"], alpha=0.18, lw=0)
        for column, name in enumerate(CHECKS):
            marker, size, color = marks.get(row[name], ("_", 9, "grey"))
            color = theme.PALETTE[color]
            axes.plot(column, place, marker, markersize=size, markeredgewidth=2.2, color=color)
        color = theme.PALETTE["bad" if row["late"] else "ink"]
        words = terms.say("listing.days", lang, days=row["days"], normal=row["normal"])
        axes.text(4.75, place, words, va="center", fontsize=13, color=color)
        stage = terms.term(f"stage.{row['stage']}", lang)
        axes.text(-0.62, place, stage, va="center", ha="right", fontsize=13)
    rows(axes, [names[deal] for deal in table.index])
    heads = [terms.term(f"listing.check_{name}", lang) for name in CHECKS]
    axes.set_xticks([*range(len(CHECKS)), 5.25], [*heads, terms.term("listing.in_stage", lang)])
    axes.xaxis.tick_top()
    axes.set_xlim(-1.35, 6.1)
    return figure


def _by_level(deals, today, ladder, level):
    """The review with only so much of the step rule, and without the rule of age."""
    list_ = deals.drop(columns=["created", "next_step_person", "next_step_date"], errors="ignore")
    if level >= 2:
        list_ = list_.assign(next_step=deals["next_step"].where(_says_something(deals)))
    if level >= 3:
        list_ = list_.assign(next_step_date=deals["next_step_date"])
    if level >= 4:
        list_ = list_.assign(next_step_person=deals["next_step_person"])
    if level == 0:
        list_ = list_.drop(columns="next_step")
    return funnel.review(list_, today, ladder, strict=level >= 3)


def strictness_numbers(deals, today, ladder, flow, level=LEVELS):
    """What the deals are worth when the next step has to have more and more.

    Parameters
    ----------
    deals : DataFrame
        Columns of the deals schema; deals below 25% and ended ones are left out.
    today, ladder, flow
        As `checks_table`.
    level : int, default 4
        0 as listed; 1 something is written; 2 it is no courtesy; 3 with a day ahead; 4 with a
        person.

    Returns
    -------
    dict
        ``levels``: one dict per level (``n`` deals, ``worth`` money); ``n worth`` of the chosen
        level, ``listed``, ``kept`` (share of it), ``fallen`` (deals); ``polite`` and
        ``polite_worth``: of those that pass, late in their stage all the same.
    """
    found = claims(deals)
    late = funnel.ageing(found, today, flow)["late"]
    levels = []
    for step in range(LEVELS + 1):
        seen = _by_level(found, today, ladder, step)
        passed = seen["reason"] == ""
        worth = seen["expected"].where(passed, 0)
        levels.append(
            {
                "n": int(passed.sum()),
                "worth": float(worth.sum()),
                "polite": int((passed & late).sum()),
                "polite_worth": float(worth[late].sum()),
            }
        )
    listed = levels[0]["worth"]
    return {
        "alt": "listing.strictness_alt",
        "level": level,
        "levels": levels,
        "listed": listed,
        "n_listed": levels[0]["n"],
        "kept": levels[level]["worth"] / listed if listed else float("nan"),
        "fallen": levels[0]["n"] - levels[level]["n"],
        **levels[level],
    }


def strictness(deals, today, ladder, flow, lang, level=LEVELS):
    """Worth of the list by how much a next step has to have; the chosen level stands out."""
    numbers = strictness_numbers(deals, today, ladder, flow, level)
    title = "listing.strictness_title" if level else "listing.strictness_none"
    figure, axes = canvas(title, lang, numbers, height=4.8)
    for step, found in enumerate(numbers["levels"]):
        place, chosen = LEVELS - step, step == level
        color = theme.PALETTE["shown" if chosen else "light"]
        axes.barh(place, found["worth"], color=color, height=0.66)
        if chosen and step:
            axes.barh(
                place,
                found["polite_worth"],
                left=found["worth"] - found["polite_worth"],
                facecolor="white",
                edgecolor=color,
                hatch="///",
                height=0.66,
                label=terms.say("listing.polite", lang, n=found["polite"]),
            )
        words = terms.say("listing.worth", lang, n=found["n"], worth=found["worth"])
        beside(axes, found["worth"], place, words)
    rows(axes, [terms.term(f"listing.level_{step}", lang) for step in range(LEVELS, -1, -1)], 0.5)
    if level:
        axes.legend(loc="upper center", bbox_to_anchor=(0.4, 0.02))
    return figure


def slow_winners_numbers(deals, history, flow):
    """How many contracts stood longer than usual in some stage on their way.

    Parameters
    ----------
    deals : DataFrame
        ``deal_id stage size_class``.
    history : DataFrame
        ``deal_id stage date``.
    flow : DataFrame
        From `funnel.flow`.

    Returns
    -------
    dict
        ``n`` and ``slow`` of all contracts, ``n_<size>`` and ``slow_<size>`` by size.
    """
    steps = history.sort_values(["deal_id", "date"], kind="stable")
    left = steps.groupby("deal_id")["date"].shift(-1)
    late = (left - steps["date"]).dt.days > steps["stage"].map(flow["days_most"])
    slow = late.groupby(steps["deal_id"]).any()
    won = deals[deals["stage"] == funnel.WON].set_index("deal_id")
    was_slow = slow.reindex(won.index, fill_value=False)
    numbers = {"n": len(won), "slow": int(was_slow.sum())}
    for size, at in won.groupby("size_class").groups.items():
        numbers |= {f"n_{size}": len(at), f"slow_{size}": int(was_slow[at].sum())}
    return numbers
