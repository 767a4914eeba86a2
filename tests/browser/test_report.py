"""A report as its reader sees it: on three widths and on paper."""

import re

import nbformat
import pytest

from coursekit.reporting import page


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, root):
    """The page of somebody of the sample team, as the built notebook shows it."""
    book = nbformat.read(root / f"notebooks/{request.param}/report_person.ipynb", as_version=4)
    return page.html(book, request.param, "report", "0").decode("utf-8")


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
    paper = seen.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2


def test_what_is_folded_away_opens_with_the_keyboard(report, window):
    seen = window(390)
    seen.set_content(report)
    for number in range(seen.locator("summary").count()):
        summary = seen.locator("summary").nth(number)
        summary.focus()
        summary.press("Enter")
        assert summary.locator("xpath=..").locator("table").is_visible()
