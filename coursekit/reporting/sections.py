"""The sections of a page that a person's and the team's have in common, one function each."""

from coursekit import brand, terms
from coursekit.plots import checkup as plots
from coursekit.reporting.blocks import FOLDED, Cell, bullets, heading, paragraph, table, tiles
from coursekit.reporting.sheet import put, show


def head(sheet):
    """Who, when, and the two totals side by side."""
    part, numbers = sheet.part, plots.difference_numbers(sheet.part)
    some = "gap" if numbers["gap"] > 0 else "no_gap" if numbers["listed"] else "nothing"
    seen = some if part["n_open"] else "none_open"
    whose = (sheet.facts["name"] or sheet.say("nobody")) if sheet.person else sheet.say("team")
    title = sheet.say(f"head_{seen}", name=whose, **numbers)
    source = sheet.say(
        "source_strict" if sheet.facts["strict"] else "source",
        day=sheet.facts["today"],
        file=sheet.facts["file"],
    )
    figures = [
        (sheet.say("tile_open", n=part["n_open"]), sheet.money(part["open_amount"]), ""),
        (sheet.say("tile_listed"), sheet.money(numbers["listed"]), "claimed"),
        (sheet.say("tile_shown"), sheet.money(numbers["shown"]), "shown"),
        (sheet.say("tile_gap", n=numbers["n"]), sheet.money(numbers["gap"]), "bad"),
        (sheet.say("tile_won", n=part["n_won"]), sheet.money(part["won"]), ""),
    ]
    lead = sheet.say("lead_gap", **numbers) if seen == "gap" else ""
    alike = sheet.facts.get("same_name")
    put(
        brand.markup(brand.Brand(**sheet.facts.get("brand", {})), sheet.lang),
        heading(title, 1),
        paragraph(source, "source"),
        paragraph(sheet.say("same_name", key=sheet.facts["key"]) if alike else "", "caution"),
        tiles(figures),
        paragraph(lead, "lead"),
    )


def funnel(sheet):
    """Open deals by stage, claimed against what can be shown."""
    part, numbers = sheet.part, plots.funnel_numbers(sheet.part)
    if not numbers["n"]:
        return
    if not numbers["n_claimed"]:
        seen = "low"
    elif not numbers["n_shown"]:
        seen = "none"
    else:
        seen = "fallen" if numbers["n_shown"] < numbers["n_claimed"] else "stands"
    fresh = sum(row["n_effective"] for row in part["stages"] if row["code"] == "appointment")
    put(heading(sheet.say(f"funnel_{seen}", **numbers)))
    show(
        plots.funnel(part, sheet.lang), terms.say("plots.checkup_funnel_alt", sheet.lang, **numbers)
    )
    put(
        paragraph(sheet.say("funnel_back") if numbers["n_fallen"] else ""),
        paragraph(sheet.say("inflow" if fresh else "no_inflow", n=fresh))
        if sheet.facts["has_appointments"]
        else "",
    )


def difference(sheet):
    """As listed against shown: which reason takes how much, and from which deal."""
    numbers = plots.difference_numbers(sheet.part)
    if numbers["gap"] <= 0:
        return
    put(heading(sheet.say("difference", **numbers)))
    alt = terms.say("plots.checkup_difference_alt", sheet.lang, **numbers)
    show(plots.difference(sheet.part, sheet.lang), alt)
    first = numbers["reasons"][0] if numbers["reasons"] else None
    lost = sorted(
        (deal for deal in sheet.part["deals"] if deal["listed"] > deal["shown"]),
        key=lambda deal: (deal["shown"] - deal["listed"], deal["row"]),
    )
    rows = [
        (
            Cell(customer(sheet, deal), _reason_and_step(sheet, deal)),
            stage(sheet, deal["stage"]),
            sheet.money(deal["listed"]),
            sheet.money(deal["shown"]),
        )
        for deal in lost
    ]
    columns = _columns(sheet, "customer", "stage", "listed:", "shown:")
    rest = sum(deal["listed"] - deal["shown"] for deal in lost[6:])
    put(
        paragraph(
            sheet.say("largest_reason", reason=f"reason.{first['code']}", **_figures(first))
            if first
            else ""
        ),
        paragraph(sheet.say("rule_may_be_wrong")),
    )
    put(
        table(
            columns,
            rows,
            sheet.say("difference_table"),
            under=True,
            more=_more(sheet, "more_lost", n=len(lost) - 6, amount=rest),
        ),
    )


def week(sheet):
    """What to do this week, deal by deal, with a box to tick."""
    deals = sheet.part["week"]
    if not sheet.part["n_open"]:
        return
    put(heading(sheet.say("week" if deals else "week_clear", n=len(deals))))
    rows = [
        (
            Cell(customer(sheet, deal), _why_and_step(sheet, deal)),
            stage(sheet, deal["stage"]),
            sheet.money(deal["amount"]),
        )
        for deal in deals
    ]
    put(
        table(
            _columns(sheet, "customer", "stage", "amount:"),
            rows,
            sheet.say("week_table"),
            box=True,
        )
    )


def zombies(sheet):
    """Deals older than any that ever closed."""
    numbers = plots.ages_numbers(sheet.part)
    if numbers is None:
        return
    put(heading(sheet.say("zombies" if numbers["n"] else "no_zombies", **numbers)))
    alt = terms.say("plots.checkup_ages_alt", sheet.lang, **numbers)
    show(plots.ages(sheet.part, sheet.lang), alt)
    if not numbers["n"]:
        put(paragraph(sheet.say("zombies_limit", **numbers)))
        return
    rows = [
        (
            Cell(customer(sheet, deal), _why_and_step(sheet, deal)),
            stage(sheet, deal["stage"]),
            sheet.say("days", n=max(deal["age_days"] or 0, deal["contact_days"] or 0)),
            sheet.money(deal["amount"]),
        )
        for deal in sheet.part["zombies"]["deals"]
    ]
    put(
        paragraph(sheet.say("zombies_what", **numbers)),
        paragraph(sheet.say("zombies_ask")),
        paragraph(sheet.say("zombies_may_be_wrong")),
    )
    put(
        table(
            _columns(sheet, "customer", "stage", "age:", "amount:"),
            rows,
            sheet.say("zombies_table"),
            under=True,
            more=_more(sheet, "more_zombies", n=numbers["n"] - 4),
            first=4,
        ),
    )


def outcomes(sheet):
    """The range of what the list may bring, and where a target is given its chance."""
    numbers = plots.outcomes_numbers(sheet.part)
    if numbers is None:
        return
    goal = sheet.part["target"]
    if goal:
        title = sheet.say("outcomes_target", **{key: goal[key] for key in _GOAL})
    else:
        title = sheet.say("outcomes" if numbers["mean"] else "outcomes_zero", **numbers)
    if not numbers["mean"]:
        put(heading(title), paragraph(sheet.say("outcomes_nothing")))
        return
    put(heading(title))
    figure = plots.outcomes(sheet.part, sheet.lang)
    words = "checkup_outcomes_target_alt" if goal else "checkup_outcomes_alt"
    show(figure, terms.say(f"plots.{words}", sheet.lang, **numbers))
    if not goal:
        put(paragraph(sheet.say("outcomes_read")))
        return
    rows = [
        (
            Cell(customer(sheet, deal), step(sheet, deal)),
            sheet.money(deal["amount"]),
            terms.percent(deal["with"]),
            terms.percent(deal["without"]),
        )
        for deal in goal["deciding"]
    ]
    put(
        paragraph(sheet.say("outcomes_range", **numbers)),
        paragraph(sheet.say("coverage", **{key: goal[key] for key in _GOAL})),
        paragraph(sheet.say("deciding") if rows else ""),
    )
    put(
        table(
            _columns(sheet, "deciding", "amount:", "with:", "without:"),
            rows,
            sheet.say("deciding_table"),
            under=True,
        ),
    )


_GOAL = ("target", "probability", "coverage_open", "coverage_shown")


def conversion(sheet):
    """The own conversion with its interval and n beside the team's; never a ranking."""
    numbers = plots.conversion_numbers(sheet.part)
    if not numbers or not numbers["n"]:
        put(heading(sheet.say("no_conversion")), paragraph(sheet.say("no_conversion_read")))
        return
    put(heading(sheet.say("conversion", **numbers)))
    alt = terms.say("plots.checkup_conversion_alt", sheet.lang, **numbers)
    show(plots.conversion(sheet.part, sheet.lang), alt)
    rows = [
        (
            stage(sheet, row["code"]),
            terms.percent(row["rate"]),
            Cell(terms.percent(row["own"]["rate"]), sheet.say("own_n", **row["own"]))
            if row["own"]
            else sheet.say("not_known"),
        )
        for row in sheet.facts["ladder"]
        if row["code"] in ("p25", "p50", "p90")
    ]
    some = any(row["own"] for row in sheet.facts["ladder"])
    put(
        paragraph(sheet.say("conversion_read" if sheet.person else "conversion_team", **numbers)),
        "" if some else paragraph(sheet.say("no_history")),
    )
    if some:
        put(table(_columns(sheet, "stage", "rate:", "own:"), rows, sheet.say("own_table")))


def unchecked(sheet):
    """What the file did not allow to check."""
    texts = [
        sheet.say("unchecked", rule=f"rule.{off['rule']}", why=f"off.{off['code']}")
        for off in sheet.facts["unchecked"]
        if off["rule"] != "owner_id"
    ]
    if sheet.facts["no_ids"]:
        texts.append(sheet.say("no_ids"))
    if sheet.part["n_without_amount"]:
        texts.append(sheet.say("without_amount", n=sheet.part["n_without_amount"]))
    if texts:
        put(heading(sheet.say("unchecked_title", n=len(texts))), bullets(texts))


def customer(sheet, deal):
    """How a deal is called: by its customer, else its id, else its row in the file."""
    name = deal["customer"] or deal["deal_id"] or sheet.say("row", n=deal["row"])
    if sheet.person or not deal["owner_name"]:
        return name
    return f"{name} · {deal['owner_name']}"


def stage(sheet, code):
    """The name of a stage, known or not."""
    return terms.term(f"stage.{code or 'unknown'}", sheet.lang)


def step(sheet, deal):
    """The next step as the file has it, with its day, in quotation marks."""
    text = (deal["next_step"] or "").strip()
    text = text if len(text) <= 60 else text[:59] + "…"
    if not text and not deal["next_step_date"]:
        return ""
    day = terms.date(deal["next_step_date"], sheet.lang) if deal["next_step_date"] else ""
    return sheet.say("step_dated" if day and text else "step", text=text or day, day=day)


def _reason_and_step(sheet, deal):
    reason = terms.term(f"reason.{deal['reason']}", sheet.lang) if deal["reason"] else ""
    return " ".join(text for text in (reason, step(sheet, deal)) if text)


def _why_and_step(sheet, deal):
    why = terms.term(f"reason.{deal['why']}", sheet.lang)
    return " ".join(text for text in (why, step(sheet, deal)) if text)


def _columns(sheet, *codes):
    """Titles of columns; a code that ends in a colon is a column of numbers."""
    return [
        (sheet.say(f"column_{code.rstrip(':')}"), "number" if code.endswith(":") else "text")
        for code in codes
    ]


def _more(sheet, code, n, **values):
    """What to say of the rows that are folded away, and of those too many even for that."""
    text = sheet.say(code, n=n, **values)
    return text + sheet.say("more_first", n=FOLDED) if n > FOLDED else text


def _figures(reason):
    return {"n": reason["n"], "lost": reason["lost"]}
