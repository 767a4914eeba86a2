"""Figures of how to win: ten problems, the four ways, two equal quarters."""

import pandas as pd

from coursekit import funnel, terms
from coursekit.plots import theme
from coursekit.plots.canvas import beside, canvas, rows
from coursekit.scoring import Scorecard
from coursekit.trials import wilson

LEVEL = 0.9  # of the intervals
GRADES = ("high", "middle", "low")
TIMES = ("forecast", "erratic")  # so many times; the other problems are shares
_LITTLE_IS_BAD = ("initiative", "efficiency", "plan", "dynamics")
_NO_NORM = ("efficiency",)  # nobody can say what would be no problem


def problems_numbers(deals, today, ladder, history, team, marked):
    """The ten measures of one team, and where it is worse off than every other.

    Parameters
    ----------
    deals, today, ladder, history
        As `funnel.problems`; of all teams.
    team : Series
        Whose deals belong to which team, indexed by ``owner_id``.
    marked : str
        The team that it is about.

    Returns
    -------
    dict
        ``values`` team -> problem -> value; ``norm`` problem -> what would be no problem;
        ``worst``: the problems in which the marked team is worse off than all others,
        ``n_worst``; of the marked team each value by its code, ``alike`` (what its best fifth
        would sell if all sold alike), ``n_people``, ``n_ended`` (first appointments that ended).
    """
    of = deals["owner_id"].map(team)
    tables = {
        name: funnel.problems(
            mine, today, ladder, history[history["deal_id"].isin(mine["deal_id"])]
        )
        for name, mine in deals.groupby(of)
    }
    found = pd.DataFrame({name: table["value"] for name, table in tables.items()})
    bad = found.copy()
    bad.loc[list(_LITTLE_IS_BAD)] *= -1
    bad.loc["forecast"] = (bad.loc["forecast"] - 1).abs()
    rest = bad.drop(columns=marked).max(axis=1)
    worst = [code for code in funnel.PROBLEMS if bad.loc[code, marked] > rest[code]]
    about = tables[marked]
    return {
        "alt": "plots.winning_problems_alt",
        "values": {
            name: {code: _known(value) for code, value in found[name].items()} for name in found
        },
        "norm": {
            code: float(about.loc[code, "comparison"])
            for code in funnel.PROBLEMS
            if code not in _NO_NORM
        },
        "worst": worst,
        "n_worst": len(worst),
        **{code: float(about.loc[code, "value"]) for code in funnel.PROBLEMS},
        "alike": float(about.loc["stars", "comparison"]),
        "n_people": int(about.loc["stars", "n"]),
        "n_ended": int(about.loc["efficiency", "n"]),
    }


def _of(history, deals):
    return history[history["deal_id"].isin(deals["deal_id"])]


def _known(value):
    return None if pd.isna(value) else float(value)


def problems(deals, today, ladder, history, team, marked, name, lang):
    """The ten measures: one team large, the others small, a line where there is no problem."""
    numbers = problems_numbers(deals, today, ladder, history, team, marked) | {"team": name}
    figure, axes = canvas("plots.winning_problems_title", lang, numbers, height=6.6)
    axes.remove()
    shares = [code for code in funnel.PROBLEMS if code not in TIMES]
    upper, lower = figure.subplots(2, 1, height_ratios=[len(shares) + 1, len(TIMES) + 1])
    for part, codes in ((upper, shares), (lower, TIMES)):
        for place, code in enumerate(reversed(codes)):
            _problem(part, place, code, numbers, marked, lang)
        names = [terms.term(f"problem.{code}", lang) for code in reversed(codes)]
        part.set_yticks(range(len(codes)), names)
        part.set_ylim(-0.6, len(codes) - 0.4)
        part.grid(axis="x")
        part.tick_params(length=0)
        part.spines["left"].set_visible(False)
    upper.set_xlim(-0.03, 1.03)
    upper.xaxis.set_major_formatter(lambda share, _: terms.percent(share))
    found = [values[code] or 0 for values in numbers["values"].values() for code in TIMES]
    most = max(2, *found)
    lower.set_xlim(-0.03 * most, 1.03 * most)
    lower.locator_params(axis="x", nbins=5)
    lower.set_xlabel(terms.term("plots.winning_times_x", lang))
    style = {"linestyle": "", "markersize": 12}
    for mark, color, code in (
        ("D", "shown", "team"),
        ("o", "grey", "others"),
        ("|", "good", "norm"),
    ):
        label = terms.say(f"plots.winning_{code}", lang, team=name)
        fill = "none" if mark == "o" else theme.PALETTE[color]
        upper.plot([], [], mark, color=theme.PALETTE[color], mfc=fill, mew=2, label=label, **style)
    figure.legend(loc="outside lower center", ncols=3)
    return figure


def _problem(axes, place, code, numbers, marked, lang):
    for name, values in numbers["values"].items():
        if name != marked and values[code] is not None:
            axes.plot(
                values[code], place, "o", mfc="none", mec=theme.PALETTE["grey"], ms=9, mew=1.6
            )
    if code in numbers["norm"]:
        axes.plot(numbers["norm"][code], place, "|", ms=24, mew=3.5, color=theme.PALETTE["good"])
    value = numbers["values"][marked][code]
    if value is None:
        return
    stands_out = code in numbers["worst"]
    color = theme.PALETTE["bad" if stands_out else "shown"]
    axes.plot(value, place, "D", ms=13, color=color)
    form = "times" if code in TIMES else "share"
    axes.annotate(
        terms.say(f"plots.winning_{form}", lang, value=value),
        (1.02, place),
        xycoords=("axes fraction", "data"),
        va="center",
        color=color,
        fontsize=14,
        fontweight="bold" if stands_out else "normal",
    )


def won_by_score_numbers(answers, stage):
    """How ended deals came out, by their grade on the card of the four ways to win.

    Parameters
    ----------
    answers : DataFrame
        Answers of the card ``win_factors``, one row per deal.
    stage : Series of str
        On the index of `answers`.

    Returns
    -------
    dict
        ``n_<grade> won_<grade> rate_<grade> low_<grade> high_<grade>`` per grade (a 90%
        interval), ``n`` deals that ended, ``n_open`` that did not.
    """
    grade = Scorecard.load("win_factors").score(answers.fillna("unknown"))["grade"]
    ended = stage.isin(funnel.CLOSED)
    numbers = {"alt": "plots.winning_won_alt", "n": int(ended.sum()), "n_open": int((~ended).sum())}
    for name in GRADES:
        there = ended & (grade == name)
        n, won = int(there.sum()), int((stage[there] == funnel.WON).sum())
        low, high = wilson(won, n, LEVEL)
        numbers |= {
            f"n_{name}": n,
            f"won_{name}": won,
            f"rate_{name}": won / n if n else float("nan"),
            f"low_{name}": float(low),
            f"high_{name}": float(high),
        }
    return numbers


def won_by_score(answers, stage, lang):
    """Share won by grade, each with its interval."""
    numbers = won_by_score_numbers(answers, stage)
    figure, axes = canvas("plots.winning_won_title", lang, numbers)
    for place, name in enumerate(reversed(GRADES)):
        rate, low, high = (numbers[f"{part}_{name}"] for part in ("rate", "low", "high"))
        axes.barh(place, 1, height=0.62, color=theme.PALETTE["light"])
        axes.barh(place, rate, height=0.62, color=theme.PALETTE["good"])
        axes.plot([low, high], [place, place], "|-", ms=16, mew=2.5, color=theme.PALETTE["ink"])
        words = {"n": numbers[f"n_{name}"], "won": numbers[f"won_{name}"]}
        beside(axes, 1, place, terms.say("plots.winning_won_bar", lang, **words))
    names = [terms.term(f"plots.winning_grade_{name}", lang) for name in reversed(GRADES)]
    rows(axes, names, room=0.16)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda share, _: terms.percent(share))
    axes.set_xlabel(terms.term("plots.winning_won_x", lang))
    return figure


def two_people_numbers(history, amount, people, quarter, today, ladder):
    """What two people signed in a quarter, and what stands on their lists today.

    Parameters
    ----------
    history : DataFrame
        ``deal_id stage date owner``.
    amount : Series
        Money by ``deal_id``.
    people : (str, str)
        Keys of two owners.
    quarter : (date, date)
        First and last day.
    today : Timestamp
    ladder : Ladder

    Returns
    -------
    dict
        Per person, ending in ``_1`` and ``_2``: ``won``, ``won_amount`` and ``came_then`` (first
        appointments) of the quarter; at its end ``open_then`` deals, ``expected_then``; from then
        to today ``came`` (first appointments) and ``signed``; today ``n_open``, ``expected``,
        ``n_<stage>``.
    """
    since = pd.Timestamp(quarter[1]) + pd.Timedelta(days=1)
    numbers = {"alt": "plots.winning_two_alt"}
    for place, person in enumerate(people, 1):
        own = history[history["owner"] == person]
        table = funnel.process(own, [quarter, (since, today)], ladder, amount)
        then, now = (table.iloc[:, at] for at in (0, 1))
        found = {
            "won": int(then["won"]),
            "won_amount": float(then["won_amount"]),
            "came_then": int(then["came"]),
            "open_then": int(then["open_end"]),
            "expected_then": float(then["expected_amount"]),
            "came": int(now["came"]),
            "signed": int(now["won"]),
            "n_open": int(now["open_end"]),
            "expected": float(now["expected_amount"]),
            **{f"n_{code}": int(now[f"n_{code}"]) for code in funnel.OPEN},
        }
        numbers |= {f"{name}_{place}": value for name, value in found.items()}
    return numbers


def two_people(history, amount, people, quarter, today, ladder, names, lang):
    """Back to back: two lists of today, and on top the contracts of the quarter before."""
    numbers = two_people_numbers(history, amount, people, quarter, today, ladder)
    numbers |= {"first": names[0], "second": names[1]}
    figure, axes = canvas("plots.winning_two_title", lang, numbers, height=5.2)
    stages = (*funnel.OPEN, "won")
    most = max(numbers[f"{_row(code)}_{side}"] for code in stages for side in (1, 2))
    for place, code in enumerate(stages):
        at = place + 0.5 * (code == "won")
        for side, sign in ((1, -1), (2, 1)):
            n = numbers[f"{_row(code)}_{side}"]
            color = theme.PALETTE["good" if code == "won" else "shown" if side == 1 else "claimed"]
            axes.barh(at, sign * n, left=sign * 0.9, height=0.72, color=color)
            words = f"{n}"
            if code == "won":
                words = terms.say(
                    "plots.winning_two_won", lang, n=n, amount=numbers[f"won_amount_{side}"]
                )
            axes.annotate(
                words,
                (sign * (n + 0.9), at),
                xytext=(sign * 6, 0),
                textcoords="offset points",
                va="center",
                ha="right" if side == 1 else "left",
                fontsize=14,
            )
        word = "plots.winning_signed" if code == "won" else f"plots.winning_{code}"
        axes.text(0, at, terms.term(word, lang), ha="center", va="center", fontsize=13)
    edge = len(stages) - 0.75
    axes.axhline(edge - 0.25, color=theme.PALETTE["grey"], linewidth=1)
    for side, sign in ((1, -1), (2, 1)):
        label = terms.say(
            "plots.winning_two_side", lang, name=names[side - 1], n=numbers[f"n_open_{side}"]
        )
        axes.text(
            sign * (most + 1.2) * 0.62,
            -1.0,
            label,
            ha="center",
            va="center",
            fontsize=14,
            fontweight="bold",
        )
    axes.set_ylim(-1.4, len(stages) + 0.1)
    axes.set_xlim(-(most + 4), most + 4)
    axes.set_axis_off()
    return figure


def _row(code):
    return "won" if code == "won" else f"n_{code}"
