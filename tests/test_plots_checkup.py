import re
import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from coursekit import terms
from coursekit.plots import checkup, theme


@pytest.fixture(autouse=True)
def _own_settings():
    with mpl.rc_context():
        yield


def deal(row, stage, effective, amount, age=None, reason=""):
    rates = {"opportunity": 0, "appointment": 0, "p25": 0.25, "p50": 0.5, "p90": 0.9}
    return {
        "row": row,
        "customer": "绿源牧业🙂",
        "stage": stage,
        "effective": effective,
        "amount": amount,
        "listed": (amount or 0) * rates[stage],
        "shown": (amount or 0) * rates[effective],
        "reason": reason,
        "age_days": age,
        "contact_days": None,
    }


DEALS = [
    deal(2, "p90", "opportunity", 100_000, 20, "no_next_step"),
    deal(3, "p50", "p50", 80_000, 200, ""),
    deal(4, "p25", "opportunity", 40_000, None, "step_in_the_past"),
    deal(5, "opportunity", "opportunity", None, 3, "no_next_step"),
]


def stage(code, n_claimed, n_effective, amount=100_000.0):
    return {
        "code": code,
        "n_claimed": n_claimed,
        "n_effective": n_effective,
        "amount_claimed": amount * n_claimed,
        "amount_effective": amount * n_effective,
    }


def made(size=1):
    """A part with amounts so many times as large."""
    deals = [{**one, "amount": one["amount"] and one["amount"] * size} for one in DEALS]
    return {
        "n_open": 4,
        "listed": 140_000.0 * size,
        "shown": 40_000.0 * size,
        "stages": [
            stage("opportunity", 1, 3, 100_000.0 * size),
            stage("appointment", 0, 0),
            stage("p25", 1, 0, 40_000.0 * size),
            stage("p50", 1, 1, 80_000.0 * size),
            stage("p90", 1, 0, 100_000.0 * size),
        ],
        "reasons": [
            {"code": "no_next_step", "n": 2, "lost": 90_000.0 * size},
            {"code": "step_in_the_past", "n": 1, "lost": 10_000.0 * size},
        ],
        "deals": deals,
        "zombies": {"n": 1, "amount": 80_000.0 * size, "limit_days": 138, "deals": [deals[1]]},
        "range": {
            "mean": 40_000.0 * size,
            "p10": 0.0,
            "p50": 40_000.0 * size,
            "p90": 80_000.0 * size,
            "bars": [
                {"low": 0.0, "high": 40_000.0 * size, "share": 0.5},
                {"low": 40_000.0 * size, "high": 80_000.0 * size, "share": 0.5},
            ],
        },
        "target": {"target": 60_000.0 * size},
        "conversion": {
            "won": 4,
            "n": 10,
            "rate": 0.4,
            "shrunk": 0.38,
            "low": 0.2,
            "high": 0.6,
            "team": 0.35,
        },
    }


@pytest.fixture
def part():
    return made()


def test_the_funnel_counts_what_is_worth_something_as_claimed_and_as_shown(part):
    assert checkup.funnel_numbers(part) == {"n": 4, "n_claimed": 3, "n_shown": 1, "n_fallen": 2}


def test_the_difference_is_listed_minus_shown_reason_by_reason(part):
    numbers = checkup.difference_numbers(part)
    assert numbers["gap"] == 140_000 - 40_000
    assert numbers["share"] == pytest.approx(100 / 140)
    assert numbers["n"] == 2
    # two deals have no next step, only one of them was worth anything
    assert [(reason["code"], reason["n"]) for reason in numbers["reasons"]] == [
        ("no_next_step", 1),
        ("step_in_the_past", 1),
    ]


def test_a_list_of_no_value_has_no_share_to_lose(part):
    assert checkup.difference_numbers({**part, "listed": 0.0, "shown": 0.0})["share"] is None


def test_ages_are_not_drawn_where_there_is_no_limit_or_no_age(part):
    assert checkup.ages_numbers(part)["oldest_days"] == 200
    assert checkup.ages_numbers(part)["n_dated"] == 3
    no_limit = {**part["zombies"], "limit_days": None}
    assert checkup.ages_numbers({**part, "zombies": no_limit}) is None
    assert checkup.ages_numbers({**part, "deals": [DEALS[2]]}) is None


def test_a_range_without_bars_is_not_drawn(part):
    assert checkup.outcomes_numbers(part)["target"] == 60_000
    assert checkup.outcomes_numbers({**part, "target": None})["target"] is None
    assert checkup.outcomes_numbers({**part, "range": {**part["range"], "bars": []}}) is None


FIGURES = ("funnel", "difference", "ages", "outcomes", "conversion")


@pytest.mark.parametrize("lang", terms.LANGS)
@pytest.mark.parametrize("size", [0.001, 1, 1000])
@pytest.mark.parametrize("name", FIGURES)
def test_every_word_of_a_figure_stays_inside_it(name, lang, size):
    figure = getattr(checkup, name)(made(size), lang)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    for text in words(figure):
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text


def words(figure):
    for legend in figure.legends:
        yield from legend.get_texts()
    for axes in figure.axes:
        yield from axes.texts
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            yield axis.label
            low, high = axis.get_view_interval()
            yield from (
                tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high
            )


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_bytes_twice(part, name):
    draw = getattr(checkup, name)
    assert theme.image(draw(part, "zh")) == theme.image(draw(part, "zh"))


@pytest.mark.parametrize("lang", terms.LANGS)
@pytest.mark.parametrize("name", FIGURES)
def test_the_alt_text_holds_the_main_numbers(part, name, lang):
    numbers = getattr(checkup, f"{name}_numbers")(part)
    alt = terms.say(f"plots.checkup_{name}_alt", lang, **numbers)
    assert len(re.findall(r"\d+", alt)) >= 3


def test_a_single_sure_outcome_can_be_drawn(part):
    bars = [{"low": 0.0, "high": 0.0, "share": 1.0}]
    spread = {"mean": 0.0, "p10": 0.0, "p50": 0.0, "p90": 0.0, "bars": bars}
    sure = {**part, "listed": 0.0, "range": spread, "target": None}
    assert theme.image(checkup.outcomes(sure, "zh"))


def test_a_stage_that_nobody_knows_stands_at_the_bottom(part):
    known = {**part, "stages": [*part["stages"], stage("unknown", 2, 2)]}
    assert [row["code"] for row in checkup.open_stages(known)][:2] == ["unknown", "opportunity"]
    labels = [label.get_text() for label in checkup.funnel(known, "zh").axes[0].get_yticklabels()]
    assert labels[0] == terms.term("stage.unknown", "zh")


def test_a_report_needs_neither_pandas_nor_scipy_nor_pyplot_nor_widgets():
    code = (
        "import sys; from coursekit.reporting import sections, sheet, team;"
        "from coursekit.plots import checkup, theme;"
        "from matplotlib.figure import Figure; import IPython.display; theme.use();"
        "print([name for name in ('pandas', 'scipy', 'matplotlib.pyplot', 'ipywidgets',"
        " 'papermill', 'nbconvert') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
