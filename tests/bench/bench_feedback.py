"""From the press on a button to the feedback on the screen, on a plain page and in JupyterLab.

The aim is under 0.3 s. The record of the answer is on disk before the feedback is shown.
"""

import contextlib
import pathlib
import random
import shutil
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "browser"))

import conftest
from hands import give
from test_lab_pages import page as lab_page

from coursekit.course import Course
from coursekit.practice import bank
from coursekit.practice.desk import Desk
from coursekit.practice.kinds import kind_of
from coursekit.practice.turns import takes_turns

ROUNDS = 10
# presses, then waits for what the reply changes and for the frame in which it is seen
PRESS = """(card) => new Promise((told) => {
  const goal = card.querySelector(".ck-say, .ck-fly") ?? card.querySelector(".ck-actions button");
  const busy = () => [...card.querySelectorAll("button")].some((one) =>
    one.matches(".ck-actions *, .ck-say") && one.ariaDisabled === "true"
    && !one.hasAttribute("data-none"));
  const begin = performance.now();
  const done = () => {
    if (busy()) return requestAnimationFrame(done);
    requestAnimationFrame(() => told(performance.now() - begin));
  };
  goal.click();
  requestAnimationFrame(done);
})"""


def course(folder):
    """A course with the gallery of cards."""
    (folder / "exercises").mkdir(parents=True)
    (folder / "course.toml").write_text('id = "bench"\nlang = "zh"\n', encoding="utf-8")
    shutil.copy(conftest.CARDS, folder / "exercises" / "drill.yaml")
    desk = Desk(Course.find(folder))
    good, _ = bank.load(desk.course, "drill")
    for name in good:
        desk.open(name)
    return desk, good


def measure(page, desk, good):
    """Kind -> milliseconds of each press."""
    took = {}
    page.locator(".ck").nth(len(good) - 1).wait_for(timeout=60_000)
    for name, exercise in good.items():
        card = page.locator(f".ck[data-exercise='{name}']")
        if not takes_turns(exercise):
            question = desk.question(name)
            made = kind_of(exercise.kind).fabricate(question, random.Random(0))
            give(card, question, made.get("right") or made["recorded"])
            card.locator(".ck-status[data-outcome]:not(:empty)").wait_for()
        elif exercise.kind == "simulation":
            card.get_by_role("button", name="三份平分").click()
        rounds = 5 if takes_turns(exercise) else ROUNDS  # a talk may end after that
        for _ in range(rounds):
            if exercise.kind == "simulation":
                card.get_by_role("button", name="三份平分").click()
            took.setdefault(exercise.kind, []).append(card.evaluate(PRESS))
    return took


def lab(folder, good):
    """JupyterLab on a page with these cards."""
    asked = "\n".join(f'ask("{name}")' for name in good)
    home = folder / "kit" / "notebooks" / "zh" / "home.ipynb"
    home.parent.mkdir(parents=True)
    text = lab_page("练习", ("code", f"from coursekit.notebook import ask\n{asked}"))
    home.write_text(text, encoding="utf-8")
    return conftest.Lab(folder / "course", "zh", folder / "kit")


def told(door, took):
    """Print a line per kind."""
    everything = sorted(one for found in took.values() for one in found)
    for kind, found in took.items():
        print(f"{door:12}{kind:12}{statistics.median(found):7.0f} ms, worst {max(found):5.0f} ms")
    print(
        f"{door:12}{'all':12}{statistics.median(everything):7.0f} ms, worst {everything[-1]:5.0f}"
    )


def main():
    """Print how long feedback takes, by door and kind."""
    from playwright.sync_api import sync_playwright

    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        started = stack.enter_context(sync_playwright())
        browser = conftest.launched(started)
        stack.callback(browser.close)
        page = browser.new_page()

        desk, good = course(folder / "plain")
        served = conftest.PlainPage(desk, list(good))
        stack.callback(served.close)
        page.goto(served.url)
        told("plain page", measure(page, desk, good))

        desk, good = course(folder / "course")
        jupyter = lab(folder, good)
        stack.callback(jupyter.end)
        conftest.visited(page, jupyter.url)
        told("JupyterLab", measure(page, desk, good))


if __name__ == "__main__":
    main()
