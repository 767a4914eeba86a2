"""How every figure of the kit looks: one palette, the shipped fonts, the back row can read it."""

import io
import pathlib
import types

# Every pair stays apart for protan, deutan and tritan eyes, and in grey print the pairs that
# meet in one figure (claimed and shown, good and bad) differ in lightness: a test computes it.
PALETTE = types.MappingProxyType(
    {
        "ink": "#1d2733",
        "grey": "#5b6168",
        "light": "#d9dee3",
        "claimed": "#cb8410",
        "shown": "#134ba3",
        "good": "#0b8545",
        "bad": "#a3150d",
        "accent": "#b272b6",
    }
)

FONTS = pathlib.Path(__file__).parent.parent / "fonts"
FAMILIES = ("CourseKit Sans SC", "DejaVu Sans")  # the second for the few signs the first lacks

_SETTINGS = {
    "font.family": list(FAMILIES),
    "font.size": 14,
    "text.color": PALETTE["ink"],
    "figure.figsize": (8.0, 4.5),
    "figure.dpi": 100,
    # room for labels without bbox_inches="tight", which draws everything twice
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "savefig.dpi": "figure",
    "savefig.bbox": None,
    "svg.hashsalt": "coursekit",
    "axes.titlesize": 17,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.labelsize": 14,
    "axes.labelcolor": PALETTE["ink"],
    "axes.edgecolor": PALETTE["grey"],
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALETTE["light"],
    "grid.linewidth": 1.0,
    "xtick.labelsize": 13,
    "ytick.labelsize": 13,
    "xtick.color": PALETTE["grey"],
    "ytick.color": PALETTE["grey"],
    "xtick.labelcolor": PALETTE["ink"],
    "ytick.labelcolor": PALETTE["ink"],
    "lines.linewidth": 2.5,
    "lines.markersize": 8,
    "patch.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": 13,
}
# what a file carries besides the drawing; None leaves out date and version of the maker
_METADATA = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def use():
    """Register the shipped fonts and set the look of figures; a second call changes nothing."""
    import matplotlib
    from matplotlib import font_manager

    registered = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(FONTS.glob("*.ttf")):
        if str(path) not in registered:
            font_manager.fontManager.addfont(path)
    colors = [PALETTE[name] for name in ("shown", "claimed", "good", "bad", "accent", "grey")]
    matplotlib.rcParams.update(_SETTINGS)
    matplotlib.rcParams["axes.prop_cycle"] = matplotlib.cycler(color=colors)


def image(figure, form="png"):
    """A figure as the bytes of a file, the same bytes for the same figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    form : {"png", "svg", "pdf"}

    Returns
    -------
    bytes
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata=_METADATA[form])
    return buffer.getvalue()
