"""Figures of the running case: what stands in the cell of the next step, and many against few."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import canvas, rows

STATES = ("dated", "past", "undated", "none")
_COLORS = {"dated": "shown", "past": "claimed", "undated": "accent", "none": "bad"}


def steps_numbers(deals, today):
    """How many open deals of each stage have a next step to come, one gone by, words only, none.

    Parameters
    ----------
    deals : DataFrame
        ``stage next_step next_step_date``.
    today : Timestamp

    Returns
    -------
    dict
        ``n`` open deals, ``counts`` (stage -> state -> number), ``n_<state>``.
    """
    found = deals[funnel.is_open(deals["stage"])]
    state = pd.Series("dated", found.index)
    state[found["next_step_date"] < today] = "past"
    state[found["next_step_date"].isna()] = "undated"
    state[found["next_step"].isna()] = "none"
    counts = pd.crosstab(found["stage"], state).reindex(
        index=list(funnel.OPEN), columns=list(STATES), fill_value=0
    )
    return {
        "alt": "plots.case_steps_alt",
        "n": len(found),
        "counts": {stage: row.astype(int).to_dict() for stage, row in counts.iterrows()},
        **{f"n_{name}": int(counts[name].sum()) for name in STATES},
    }


def steps(deals, today, lang):
    """Open deals by stage, split by what stands in the cell of the next step."""
    numbers = steps_numbers(deals, today)
    figure, axes = canvas("plots.case_steps_title", lang, numbers)
    for place, stage in enumerate(funnel.OPEN):
        start = 0
        for state in STATES:
            n = numbers["counts"][stage][state]
            label = terms.term(f"plots.case_step_{state}", lang) if place == 0 else None
            color = theme.PALETTE[_COLORS[state]]
            axes.barh(place, n, left=start, height=0.66, color=color, label=label)
            if n > 2:
                axes.text(start + n / 2, place, n, ha="center", va="center", color="white")
            start += n
    rows(axes, [terms.term(f"stage.{code}", lang) for code in funnel.OPEN], room=0.05)
    axes.legend(ncols=4, loc="upper center", bbox_to_anchor=(0.45, 0))
    return figure


def people_numbers(customers, deals):
    """Customers per head against the share of ended deals that were won.

    Parameters
    ----------
    customers : DataFrame
        ``owner``.
    deals : DataFrame
        ``owner stage``.

    Returns
    -------
    dict
        ``people`` (salesperson -> customers, share won, ended), of those with at least five ended
        deals; ``most``, his ``customers`` and ``won``; ``others``: the share of all others.
    """
    held = customers["owner"].value_counts()
    ended = deals[deals["stage"].isin(["contract", "lost"])]
    won = (ended["stage"] == "contract").groupby(ended["owner"]).agg(["mean", "size", "sum"])
    table = won.join(held.rename("customers"), how="left")
    table = table[table["size"] >= 5].sort_index()
    most = table["customers"].idxmax()
    rest = table.drop(index=most)
    return {
        "alt": "plots.case_people_alt",
        "people": {
            name: [int(row["customers"]), float(row["mean"]), int(row["size"])]
            for name, row in table.iterrows()
        },
        "most": most,
        "customers": int(table.loc[most, "customers"]),
        "won": float(table.loc[most, "mean"]),
        "others": float(rest["sum"].sum() / rest["size"].sum()),
    }


def people(customers, deals, names, lang):
    """Customers per head and the share won; `names`: Series salesperson -> name."""
    numbers = people_numbers(customers, deals)
    numbers = {**numbers, "most": names[numbers["most"]]}
    figure, axes = canvas("plots.case_people_title", lang, numbers)
    for key, (held, won, size) in numbers["people"].items():
        is_most = names[key] == numbers["most"]
        color = theme.PALETTE["bad" if is_most else "shown"]
        axes.scatter(held, won, s=18 * size, color=color, alpha=0.75, linewidths=0)
        if is_most:
            axes.annotate(
                names[key], (held, won), xytext=(-12, 14), textcoords="offset points", ha="right"
            )
    axes.set_xlabel(terms.term("plots.case_people_x", lang))
    axes.set_ylabel(terms.term("plots.case_people_y", lang))
    axes.yaxis.set_major_formatter(lambda share, _: terms.percent(share))
    axes.set_xlim(0)
    axes.set_ylim(0)
    return figure
