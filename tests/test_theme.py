import itertools

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

from coursekit.plots import theme

# Machado, Oliveira and Fernandes 2009, severity 1.0: linear RGB as such eyes see it
VISIONS = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(name):
    share = np.array(mpl.colors.to_rgb(theme.PALETTE[name]))
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    x, y, z = np.cbrt(XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast_on_white(name):
    return 1.05 / (XYZ[1] @ linear(name) + 0.05)


@pytest.fixture(autouse=True)
def _own_settings():
    with mpl.rc_context():
        yield


@pytest.mark.parametrize("vision", VISIONS)
def test_every_two_colours_stay_apart_for_every_eye(vision):
    seen = {name: lab(VISIONS[vision] @ linear(name)) for name in theme.PALETTE}
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= 19, (one, other)


@pytest.mark.parametrize(("one", "other"), [("claimed", "shown"), ("good", "bad")])
def test_colours_that_meet_in_a_figure_differ_in_grey_print(one, other):
    assert abs(lab(linear(one))[0] - lab(linear(other))[0]) >= 13


@pytest.mark.parametrize("name", ["ink", "grey", "shown", "good", "bad"])
def test_text_in_this_colour_can_be_read_on_white(name):
    assert contrast_on_white(name) >= 4.5


@pytest.mark.parametrize("name", ["claimed", "accent"])
def test_a_mark_in_this_colour_can_be_seen_on_white(name):
    assert contrast_on_white(name) >= 3


def test_using_the_theme_twice_registers_each_font_once():
    theme.use()
    theme.use()
    ours = [
        entry.weight
        for entry in font_manager.fontManager.ttflist
        if entry.name == theme.FAMILIES[0]
    ]
    assert sorted(ours) == [400, 700]


def test_the_shipped_font_comes_first_and_matplotlibs_own_second():
    theme.use()
    assert mpl.rcParams["font.family"] == ["CourseKit Sans SC", "DejaVu Sans"]


def test_nothing_is_drawn_twice_for_a_tight_box():
    theme.use()
    assert mpl.rcParams["savefig.bbox"] is None


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_figure_gives_the_same_bytes(form):
    def drawn():
        figure = Figure()
        axes = figure.subplots()
        axes.bar(["报的", "拿得出的"], [86, 31], label="−金额（万）✓✗")
        axes.set_title("差的 55 万没有下一步")
        axes.legend()
        return theme.image(figure, form)

    theme.use()
    assert drawn() == drawn()
