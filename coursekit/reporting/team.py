"""The sections that only the team page has: what changed, who has what, how the file was read."""

from coursekit import terms
from coursekit.reporting.blocks import Cell, bullets, halves, heading, paper, paragraph, table
from coursekit.reporting.sections import stage
from coursekit.reporting.sheet import put

_KINDS = (
    *("won", "lost", "vanished", "fell_back", "stands_again", "slipped"),
    *("moved_up", "moved_down", "grew", "shrank", "new"),
)
_TOLD = 3  # deals named of each kind; the largest come first


def changes(sheet):
    """What happened to the list since the run before; nothing where there was none."""
    found = sheet.facts["changes"]
    if not found:
        return
    totals = found["totals"]
    title = sheet.say(
        "changes_up" if totals["shown"]["after"] >= totals["shown"]["before"] else "changes_down",
        since=found["since"],
        **totals["shown"],
    )
    rows = [
        (
            Cell(sheet.say(f"changes_{kind}"), _named(sheet, kind, found[kind]["deals"])),
            sheet.say("pieces", n=found[kind]["n"]),
            sheet.money(found[kind]["amount"]),
        )
        for kind in _KINDS
        if found[kind]["n"]
    ]
    columns = [
        (sheet.say("column_change"), "text"),
        (sheet.say("column_n"), "number"),
        (sheet.say("column_amount"), "number"),
    ]
    put(
        heading(title),
        paragraph(sheet.say("changes_listed", **totals["listed"])),
        table(columns, rows, sheet.say("changes_table", since=found["since"])),
        paragraph(sheet.say("changes_ask")) if found["vanished"]["n"] else "",
        paragraph(sheet.say("not_followed", n=found["n_not_followed"]))
        if found["n_not_followed"]
        else "",
    )


def _named(sheet, kind, deals):
    texts = [_change(sheet, kind, deal) for deal in deals[:_TOLD]]
    if len(deals) > _TOLD:
        texts.append(sheet.say("changes_more", n=len(deals) - _TOLD))
    return ("；" if sheet.lang == "zh" else "; ").join(texts)


def _change(sheet, kind, deal):
    """One deal and what happened to it."""
    name = deal["customer"] or deal["deal_id"] or "—"
    if deal["owner_name"]:
        name = f"{name} ({deal['owner_name']})"
    if kind in ("moved_up", "moved_down"):
        return f"{name} {stage(sheet, deal['before'])} → {stage(sheet, deal['after'])}"
    if kind in ("grew", "shrank"):
        return f"{name} {sheet.money(deal['before'])} → {sheet.money(deal['after'])}"
    if kind == "fell_back":
        return f"{name} {terms.term('reason.' + deal['reason'], sheet.lang)}"
    if kind == "slipped":
        return f"{name} {sheet.say('days_later', n=deal['days'])}"
    return f"{name} {sheet.money(deal['amount'])}"


def owners(sheet):
    """A line per person in the order of names: figures beside each other, no ranking."""
    rows = [
        (
            Cell(owner["name"] or sheet.say("nobody"), _beneath(sheet, owner), owner["href"]),
            sheet.money(owner["listed"]),
            sheet.money(owner["shown"]),
            sheet.money(owner["listed"] - owner["shown"]),
        )
        for owner in sheet.facts["owners"]
    ]
    if not rows:
        return
    columns = [
        (sheet.say("column_owner"), "text"),
        (sheet.say("column_listed"), "number"),
        (sheet.say("column_shown"), "number"),
        (sheet.say("column_gap"), "number"),
    ]
    put(
        heading(sheet.say("owners", n=len(rows))),
        halves(table(columns, rows, sheet.say("owners_table"))),
        paragraph(sheet.say("owners_read")),
    )


def _beneath(sheet, owner):
    texts = [sheet.say("owner_open", n=owner["n_open"])]
    if owner["n_zombies"]:
        texts.append(sheet.say("owner_zombies", n=owner["n_zombies"]))
    if owner["probability"] is not None:
        texts.append(sheet.say("owner_chance", probability=owner["probability"]))
    return " · ".join(texts)


def reading(sheet):
    """How the file was read: what as what, rows kept, left out and why, stages unknown."""
    facts = sheet.facts
    rows, unmatched = sheet.say("rows", **facts["counts"]), _unmatched(sheet)
    texts = [*_read_as(sheet), *unmatched, *_rivals(sheet), rows]
    texts += [
        sheet.say("dropped", what=f"checkup.left_{drop['code'].split('.')[-1]}", n=drop["n"])
        for drop in facts["dropped"]
    ]
    told = facts["remarks"][:_REMARKS]
    texts += [
        terms.fill(terms.term(remark["code"], sheet.lang), sheet.lang, remark) for remark in told
    ]
    n_notes = sum(note["n"] for note in facts["notes"]) - len(told)
    if n_notes:
        texts.append(sheet.say("notes", n=n_notes, day=facts["today"]))
    put(
        heading(sheet.say("reading")),
        bullets(texts, printed=(*unmatched, rows)),
        paper(sheet.say("reading_paper", day=facts["today"])),
    )


def _read_as(sheet):
    """Which header was taken for which column, which word for which stage."""
    mapping, comma, stop = sheet.facts["mapping"], *_MARKS[sheet.lang]
    # the ladder's codes from the facts: importing the funnel would bring pandas to every page
    words = {code: [] for code in (*(row["code"] for row in sheet.facts["ladder"]), "lost")}
    for word, code in mapping["stages"].items():
        if code:
            words[code].append(word)
    columns = {code: terms.term(f"tables.column_{code}", sheet.lang) for code in mapping["columns"]}
    pairs = [f"{columns[code]} ← {header}" for code, header in mapping["columns"].items()]
    yield sheet.say("columns_read", pairs=stop.join(pairs))
    pairs = [
        f"{stage(sheet, code)} ← {comma.join(found)}" for code, found in words.items() if found
    ]
    if pairs:
        yield sheet.say("stages_read", pairs=stop.join(pairs))


def _unmatched(sheet):
    """Words that became no stage."""
    words = [word for word, code in sheet.facts["mapping"]["stages"].items() if not code]
    comma, _ = _MARKS[sheet.lang]
    return [sheet.say("unmatched", words=comma.join(words))] if words else []


def _rivals(sheet):
    """Columns that could have been another one as well."""
    mapping, comma = sheet.facts["mapping"], _MARKS[sheet.lang][0]
    for code, others in mapping["rivals"].items():
        column, header = terms.term(f"tables.column_{code}", sheet.lang), mapping["columns"][code]
        yield sheet.say("rival", header=header, column=column, others=comma.join(others))


_MARKS = {"zh": ("、", "；"), "en": (", ", "; ")}


_REMARKS = 8
