"""What a figure of a lesson stands on: its canvas with the title, rows of bars with words."""

import textwrap

from coursekit import terms
from coursekit.plots import theme


def canvas(title, lang, numbers, rows=1, height=4.5, columns=1):
    """A figure of lesson size with its title at the left edge, and its axes.

    Parameters
    ----------
    title : str
        Code of the glossary, filled with `numbers`.
    lang : {"zh", "en"}
    numbers : dict
    rows : int
        Axes below each other on one horizontal axis.
    height : float
        Inches; the width is the theme's.
    columns : int
        Axes beside each other on one vertical axis.
    """
    from matplotlib.figure import Figure

    theme.use()
    figure = Figure(figsize=(8.0, height))
    axes = figure.subplots(rows, columns, sharex=rows > 1, sharey=columns > 1)
    figure.suptitle(
        terms.say(title, lang, **numbers), x=0.01, ha="left", fontsize=17, fontweight="bold"
    )
    return figure, axes


def beside(axes, x, y, words):
    """Words right of a bar's end."""
    axes.annotate(
        words, (x, y), xytext=(6, 0), textcoords="offset points", va="center", fontsize=14
    )


def rows(axes, names, room=0.24):
    """Names instead of a vertical axis, and no scale below: the numbers stand beside the bars."""
    axes.set_yticks(range(len(names)), [wrapped(name) for name in names])
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.tick_params(length=0)
    axes.set_xticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlim(right=axes.dataLim.x1 * (1 + room))


def wrapped(name, width=27):
    """A long name on two lines; Chinese ones are short."""
    return "\n".join(textwrap.wrap(name, width))


def money_ticks(axis, lang, most=4):
    """Amounts as short as a scale wants them: 40万 or 400k.

    Parameters
    ----------
    axis : matplotlib axis
        For example ``axes.xaxis``.
    lang : {"zh", "en"}
    most : int
        Steps of the scale.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(most))
    axis.set_major_formatter(FuncFormatter(lambda amount, _: _short(amount, lang)))


def _short(amount, lang):
    if lang == "zh":
        return terms.money(amount, lang)
    unit, sign = next(((u, s) for u, s in ((1e6, "M"), (1e3, "k")) if amount >= u), (1, ""))
    return f"{amount / unit:g}{sign}"
