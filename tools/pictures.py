"""Pictures of the course as a reader's browser shows it.

    python tools/pictures.py                the READMEs' pictures, docs/pictures/NAME.zh|en.png
    python tools/pictures.py --look FOLDER  home, lesson, cards and reports at three widths

Made from an empty course folder and the sample team, in Chromium, Chrome or Edge.
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

from PIL import Image

from coursekit.terms import LANGS

ROOT = pathlib.Path(__file__).parent.parent
HEIGHTS = {1280: 900, 1000: 1000, 768: 1024, 390: 844}
PAGES = {
    "home": "home.ipynb",
    "lesson": "funnel_2.ipynb",
    "cards": "exercises/funnel.ipynb",
}
FLAGS = ("--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
TALLEST = 16_000  # pixels; Chromium draws no taller picture


def main(argv=None):
    """Make the pictures; 0 where all were made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--look", type=pathlib.Path, metavar="FOLDER", help="many, to look at")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, chromium() as browser:
        for lang in LANGS:
            work = pathlib.Path(folder, lang)
            reports = checkup(work / "checkup", lang)
            with lab(work / "course", lang) as address:
                if options.look:
                    look(browser, address, reports, options.look / lang)
                else:
                    for_readers(browser, address, reports, ROOT / "docs" / "pictures", lang)
    return 0


def for_readers(browser, address, reports, out, lang):
    """A lesson, a card and a report, as the READMEs show them."""
    out.mkdir(parents=True, exist_ok=True)
    with opened(browser, 1000) as page:
        course_page(page, address, PAGES["lesson"])
        page.locator(".ck-page h2").first.evaluate("e => e.scrollIntoView()")
        shot(page, out / f"lesson.{lang}.png")
        course_page(page, address, PAGES["cards"])
        page.set_viewport_size({"width": 1000, "height": 1800})
        card = page.locator(".ck[data-kind=find]").first
        pick_first_rows(card)
        shot(card, out / f"card.{lang}.png")
    with opened(browser, 1000) as page:
        page.goto(reports["person"])
        shot(page, out / f"report.{lang}.png")


def look(browser, address, reports, out):
    """Every kind of page at three widths, from top to end."""
    out.mkdir(parents=True, exist_ok=True)
    for width in (1280, 768, 390):
        with opened(browser, width) as page:
            for name, path in PAGES.items():
                course_page(page, address, path)
                shot(page, out / f"{name}-{width}-top.png")
                whole(page, width)
                shot(page, out / f"{name}-{width}.png")
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            for name, url in reports.items():
                page.goto(url)
                shot(page, out / f"{name}-{width}.png", full_page=True)


def course_page(page, address, path):
    """Open a page of the course and wait until it has run."""
    page.set_viewport_size({**page.viewport_size, "height": HEIGHTS[page.viewport_size["width"]]})
    page.goto(re.sub(r"/lab/tree/[^?]*", f"/lab/tree/{path}", address))
    page.locator(".ck-page[data-ck-state=ready]").wait_for(timeout=120_000)
    page.wait_for_timeout(500)  # figures and cards find their place


def whole(page, width):
    """Make the window as tall as the page in it, which scrolls inside JupyterLab."""
    tall = page.locator(".ck-page .jp-WindowedPanel-viewport").evaluate("e => e.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(tall + 220, TALLEST)})
    page.wait_for_timeout(500)


def pick_first_rows(card):
    """Pick the first rows and submit: the picture shows how a mistake is explained."""
    for box in card.get_by_role("checkbox").all()[:3]:
        box.check()
    card.locator(".ck-actions button").first.click()
    card.locator("[data-outcome=wrong], [data-outcome=partial]").wait_for()
    card.page.wait_for_timeout(800)  # until nothing moves any more


def shot(seen, path, **settings):
    """A picture of a window or a part of it, in 128 colours: a third of the size."""
    seen.screenshot(path=path, **settings)
    picture = Image.open(path).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)


def checkup(out, lang):
    """Addresses of the sample team's pages: one person, the team, the index."""
    about = tomllib.loads((ROOT / "datasets" / "team.toml").read_text("utf-8"))
    team = ROOT / "datasets" / f"team.{lang}.csv"
    day, target = str(about["today"]), str(about["target"])
    command = ("checkup", team, "--today", day, "--target", target, "--lang", lang, "--out", out)
    subprocess.run([sys.executable, "-m", "coursekit", *map(str, command), "--yes"], check=True)
    person = min((out / "persons").glob("*.html"))
    pages = {"index": out / "index.html", "team": out / "team.html", "person": person}
    return {name: page.as_uri() for name, page in pages.items()}


@contextlib.contextmanager
def lab(folder, lang):
    """Address of a course that `coursekit lab` serves."""
    command = [sys.executable, "-m", "coursekit", "lab", folder, "--lang", lang, "--no-browser"]
    # the sample trainee, whose numbers are the same in every run
    env = {**os.environ, "COURSEKIT_STATE": str(folder) + "-state"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=env) as process:
        found = (re.search(r"http://127\.0\.0\.1:\d+/\S+", line) for line in process.stdout)
        try:
            yield next(address[0] for address in found if address)
        finally:
            process.terminate()
            process.communicate()


@contextlib.contextmanager
def chromium():
    """A browser that reaches this machine only."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        sys.exit("No Chromium, Chrome or Edge found: sh tools/chromium.sh")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium refuses its sandbox to root
    flags = [*FLAGS, *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser, width):
    """An empty window."""
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(viewport=size)
    yield context.new_page()
    context.close()


if __name__ == "__main__":
    sys.exit(main())
