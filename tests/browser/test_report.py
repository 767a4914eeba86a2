"""A report as its reader sees it: on three widths and on paper."""

import re
import urllib.parse

import nbformat
import pytest

from coursekit import brand
from coursekit.brand import Brand
from coursekit.reporting import page


def built(root, kind, lang):
    """A page of the sample team, as the built notebook shows it."""
    book = nbformat.read(root / f"notebooks/{lang}/report_{kind}.ipynb", as_version=4)
    return page.html(book, lang, "report", "0").decode("utf-8")


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, root):
    """The page of somebody of the sample team."""
    return built(root, "person", request.param)


@pytest.fixture(scope="module", params=["zh", "en"])
def team(request, root):
    """The page of the sample team of twelve."""
    return built(root, "team", request.param)


def sides(page):
    """How many sides of paper a page is."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_a_report_fits_the_window_and_shows_its_figures(report, window, width):
    seen = window(width)
    seen.set_content(report)
    assert seen.evaluate("document.documentElement.scrollWidth") <= width
    widths = seen.evaluate("[...document.images].map(i => [i.naturalWidth, i.clientWidth])")
    assert 1 <= len(widths) <= 5
    for natural, shown in widths:
        assert natural > 0
        # 14 points of 700 pixels are still ten pixels high on a phone
        assert shown >= min(width - 40, 350)


def test_a_printed_report_is_two_sides(report, window):
    seen = window(1280)
    seen.set_content(report)
    assert sides(seen) == 2


def test_a_printed_page_of_a_team_of_twelve_is_two_sides(team, window):
    seen = window(1280)
    seen.set_content(team)
    assert sides(seen) == 2


def test_a_logo_leaves_the_page_of_the_team_on_two_sides(team, window):
    square = "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>"
    logo = f"data:image/svg+xml,{urllib.parse.quote(square)}"
    head = brand.markup(Brand("周敏", "zhou@training", "华东饲料集团销售部", logo), "zh")
    assert team.count("<h1") == 1
    seen = window(1280)
    seen.set_content(team.replace("<h1", f"{head}<h1"))
    assert seen.locator(".ck-brand img").bounding_box()["height"] == 44
    assert sides(seen) == 2


def test_how_the_file_was_read_is_one_line_on_paper_and_whole_on_the_screen(team, window):
    seen = window(1280)
    seen.set_content(team)
    section = seen.locator("section").last
    folded, line = section.locator("li.screen"), section.locator(".paper")
    assert folded.count() >= 2
    assert all(item.is_visible() for item in folded.all()) and not line.is_visible()
    seen.emulate_media(media="print")
    assert not any(item.is_visible() for item in folded.all()) and line.is_visible()
    assert "notes.csv" in line.inner_text()


def test_what_is_folded_away_opens_with_the_keyboard(report, window):
    seen = window(390)
    seen.set_content(report)
    for number in range(seen.locator("summary").count()):
        summary = seen.locator("summary").nth(number)
        summary.focus()
        summary.press("Enter")
        assert summary.locator("xpath=..").locator("table").is_visible()
