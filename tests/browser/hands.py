"""How a trainee answers a card of each kind: by keys where a card takes them, else by hand."""

from playwright.sync_api import expect

from coursekit.practice.kinds import kind_of
from coursekit.practice.turns import takes_turns


def give(card, question, raw):
    """Put a raw answer into a card and hand it in; moves of a talk or a game one by one."""
    kind = question.exercise.kind
    if takes_turns(question.exercise):
        _GIVE[kind](card, question, raw["moves"])
        return
    _GIVE[kind](card, raw)
    card.locator(".ck-actions .ck-button").first.click()


def _sort(card, raw):
    bins = card.locator("[data-bin]").evaluate_all("all => all.map((bin) => bin.dataset.bin)")
    for name, goal in raw.items():
        card.locator(f"[data-card='{name}'] .ck-piece-main").focus()
        card.page.keyboard.press(str(bins.index(goal)))
        expect(card.locator(f"[data-bin='{goal}'] [data-card='{name}']")).to_have_count(1)


def _ticks(card, raw):
    for box in card.get_by_role("checkbox").all():
        row = box.locator("xpath=ancestor::*[@data-row or @data-option][1]")
        box.set_checked((row.get_attribute("data-row") or row.get_attribute("data-option")) in raw)


def _choice(card, raw):
    if card.get_by_role("checkbox").count():
        _ticks(card, raw)
    else:
        card.locator(f"[data-option='{raw[0]}'] input").check()


def _order(card, raw):
    for place, name in enumerate(raw):
        card.locator(f"[data-card='{name}'] .ck-piece-main").focus()
        card.page.keyboard.press("Home")
        for _ in range(place):
            card.page.keyboard.press("ArrowDown")
    shown = card.locator("[data-card]").evaluate_all("all => all.map((one) => one.dataset.card)")
    assert shown == raw


def _typed(card, raw):
    for name, text in raw.items():
        card.locator(f"input:not([type=range])[name='{name}']").fill(str(text))


def _allocate(card, raw):
    if isinstance(raw, list):
        return _ticks(card, raw)
    for name, amount in raw.items():
        card.locator(f"[data-row='{name}'] input").fill(str(amount))


def _form(card, raw):
    for name, value in raw.items():
        if not isinstance(value, list):
            _entry(card, name, value)
            continue
        for at, row in enumerate(value, 1):
            if not card.locator(f"[data-place^='{name}.{at}.']").count():
                card.locator(".ck-add").click()
            for column, text in row.items():
                _entry(card, f"{name}.{at}.{column}", text)


def _entry(card, place, text):
    line = card.locator(f"[data-place='{place}']")
    if line.locator("input[type=radio]").count():
        if text:
            line.locator(f"input[value='{text}']").check()
    elif line.locator("select").count():
        line.locator("select").select_option(text or "")
    else:
        line.locator("input, textarea").fill(text or "")


def _talk(card, question, moves):
    """Each line by its number, which is another one for every trainee."""
    kind = kind_of("dialogue")
    position = kind.start(question)
    for move in moves:
        text = next(
            line["text"]
            for line in kind.scene(position, question, "zh")["lines"]
            if line["id"] == move
        )
        line = card.locator(".ck-say", has_text=text)
        expect(line).to_be_visible()
        line.focus()
        card.page.keyboard.press(line.locator("kbd").inner_text())
        expect(card.locator(".ck-said[data-who=you]").last).to_contain_text(text)
        position = kind.step(position, move, question)


def _flight(card, question, moves):
    """So many weeks, each with its hours."""
    for hours in moves:
        week = int(card.locator(".ck-weeks [data-state=now]").inner_text())
        for work in ("prospect", "advance", "close"):
            card.locator(f".ck-work[data-work='{work}'] input").focus()
            for _ in range(hours[work]):
                card.page.keyboard.press("ArrowRight")
        card.locator(".ck-fly").press("Enter")
        flown = card.locator(".ck-weeks li").nth(week - 1)
        expect(flown).not_to_have_attribute("data-state", "now")


_GIVE = {
    "sort": _sort,
    "find": _ticks,
    "number": _typed,
    "choice": _choice,
    "order": _order,
    "weights": _typed,
    "allocate": _allocate,
    "form": _form,
    "dialogue": _talk,
    "simulation": _flight,
}
