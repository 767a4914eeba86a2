"""What is missing in an account plan, and what of it contradicts the rest."""

import pandas as pd

from coursekit.account_plan import sheets
from coursekit.account_plan.sheets import as_plan, table
from coursekit.accounts.competition import SWOT
from coursekit.accounts.contacts import ROLES
from coursekit.inputs import as_day

_COLUMNS = ["sheet", "row", "field", "code", "value", "expected"]
_HEAVY = 7  # weight of a weakness or threat that must be answered
_NEAR = 0.01  # how far sums may differ that should be the same


def check(plan, today):
    """Completeness and consistency of an account plan, as codes.

    Parameters
    ----------
    plan : dict
        Sheet -> dict of fields, or list of such dicts (`coursekit.account_plan.SHEETS`): what came
        from a form or a YAML file, however wrong.
    today : date, str or Timestamp

    Returns
    -------
    DataFrame
        One row per finding, in the order of the sheets: ``sheet``; ``row`` (from 1, None where it
        is about the sheet), ``field`` (None likewise), ``code``, ``value`` and ``expected`` (what
        came and what it should fit, as text or number, None where there is nothing to show).

        Completeness: ``no_sheet no_such_sheet no_such_field blank wrong_kind not_known twice``.
        Consistency: ``target_not_revenue`` (summary against the revenue forecast),
        ``products_not_revenue`` (expected value of a period against its revenue), ``above_wallet``,
        ``ends_before_start``, ``outside_period``, ``past``, ``no_such_goal``,
        ``goal_without_action``, ``action_after_goal``, ``hours_over``, ``money_over``,
        ``no_such_person``, ``no_decider``, ``decider_without_action``, ``unanswered`` (a heavy
        weakness or threat without an action or rival's counter), ``no_such_action``,
        ``no_counter``, ``one_sided`` (partnership that the partner was not asked about),
        ``no_owner`` and ``no_date`` (open question without).

    Raises
    ------
    InputError
        The plan is no dict, or `today` no day.

    Notes
    -----
    Syllabus items key_accounts.4.3 and key_accounts.4.4. A check whose figures are missing is left
    to the check for completeness. It fails where one wrong figure stands in every sheet alike: no
    finding means that the plan holds together, not that it is right; its truth is known to the
    customer only.
    """
    plan, today = as_plan(plan), as_day(today)
    found = [*_form(plan), *_codes(plan), *_money(plan), *_dates(plan, today), *_links(plan)]
    order = {name: place for place, name in enumerate(sheets.names())}
    last = len(order)
    found.sort(key=lambda one: (order.get(one[0], last), str(one[0]), one[1] or 0, one[3]))
    return pd.DataFrame(found, columns=_COLUMNS, dtype=object)


def _form(plan):
    known = sheets.names()
    for name in plan:
        if name not in known:
            yield str(name), None, None, "no_such_sheet", None, ", ".join(known)
    for name in known:
        fields, _, needed = sheets.shape(name)
        rows = sheets.rows_of(plan, name)
        if needed and not rows:
            yield name, None, None, "no_sheet", None, None
        for number, row in enumerate(rows, 1):
            for field in row:
                if field not in fields:
                    yield name, number, str(field), "no_such_field", None, ", ".join(fields)
            for field, (kind, required) in fields.items():
                value = row.get(field)
                if sheets.is_blank(value):
                    if required:
                        yield name, number, field, "blank", None, kind
                elif sheets.read(value, kind) is None:
                    yield name, number, field, "wrong_kind", str(value), kind
    for name, key in sheets.KEYS.items():
        values = table(plan, name)[key].dropna()
        for number, value in values[values.duplicated()].items():
            yield name, number, key, "twice", value, None


def _codes(plan):
    for name, field, known in (("contacts", "role", ROLES), ("situation", "kind", SWOT)):
        values = table(plan, name)[field].dropna()
        for number, value in values[~values.isin(known)].items():
            yield name, number, field, "not_known", value, ", ".join(known)


def _money(plan):
    revenue, products = table(plan, "revenue"), table(plan, "products")
    whole = revenue["amount"].notna().all() and len(revenue)
    total = revenue["amount"].sum()
    target, wallet = _one(plan, "summary", "target"), _one(plan, "profile", "wallet")
    if whole and target is not None and _apart(target, total):
        yield "summary", 1, "target", "target_not_revenue", target, total
    if whole and wallet is not None and total > wallet:
        yield "revenue", None, "amount", "above_wallet", total, wallet
    if whole and len(products) and products[["amount", "rate", "period"]].notna().all(axis=None):
        per_period = {
            period: float((own["amount"] * own["rate"]).sum())
            for period, own in products.groupby("period")
        }
        planned = revenue.groupby("period")["amount"].sum()
        for period in sorted({*per_period, *planned.index}):
            value, expected = per_period.get(period, 0.0), float(planned.get(period, 0.0))
            if _apart(value, expected):
                yield "products", None, period, "products_not_revenue", value, expected
    actions = table(plan, "actions")
    for field in ("hours", "money"):
        limit, spent = _one(plan, "resources", field), actions[field].sum()
        if limit is not None and spent > limit * (1 + 1e-9):
            yield "actions", None, field, f"{field}_over", spent, limit


def _dates(plan, today):
    start, end = _one(plan, "profile", "start"), _one(plan, "profile", "end")
    backwards = start is not None and end is not None and end < start
    if backwards:
        yield "profile", 1, "end", "ends_before_start", _day(end), _day(start)
    goals, actions = table(plan, "goals"), table(plan, "actions")
    for name, frame in (("goals", goals), ("actions", actions), ("issues", table(plan, "issues"))):
        for number, due in frame["due"].dropna().items():
            if start is not None and end is not None and not (backwards or start <= due <= end):
                yield name, number, "due", "outside_period", _day(due), _day(end)
            elif due < today:
                yield name, number, "due", "past", _day(due), _day(today)
    ends = dict(zip(goals["goal"], goals["due"], strict=True))
    for number, row in actions[actions["due"].notna()].iterrows():
        limit = ends.get(row["goal"], pd.NaT)
        if row["due"] > limit:
            yield "actions", number, "due", "action_after_goal", _day(row["due"]), _day(limit)


def _links(plan):
    goals, actions, contacts = (table(plan, name) for name in ("goals", "actions", "contacts"))
    for field, known, code in (
        ("goal", goals["goal"], "no_such_goal"),
        ("person", contacts["person"], "no_such_person"),
    ):
        values = actions[field].dropna()
        for number, value in values[~values.isin(known)].items():
            yield "actions", number, field, code, value, None
    for number, goal in goals["goal"].dropna().items():
        if not (actions["goal"] == goal).any():
            yield "goals", number, "goal", "goal_without_action", goal, None
    deciders = contacts[contacts["role"] == "decider"]
    if len(contacts) and deciders.empty:
        yield "contacts", None, "role", "no_decider", None, None
    for number, person in deciders["person"].dropna().items():
        if not (actions["person"] == person).any():
            yield "contacts", number, "person", "decider_without_action", person, None
    situation = table(plan, "situation")
    for number, row in situation.iterrows():
        answer = row["answer"]
        bad = row["kind"] in ("weakness", "threat") and row["weight"] >= _HEAVY
        if bad and answer is None:
            yield "situation", number, "answer", "unanswered", row["point"], None
        if answer is not None and not (actions["action"] == answer).any():
            yield "situation", number, "answer", "no_such_action", answer, None
    rivals, views = table(plan, "rivals"), table(plan, "partnership")
    for number, rival in rivals["rival"][rivals["counter"].isna()].items():
        yield "rivals", number, "counter", "no_counter", rival, None
    for number, point in views["point"][views["theirs"].isna()].items():
        yield "partnership", number, "theirs", "one_sided", point, None
    unknown = table(plan, "unknown")
    unknown = unknown[unknown["found"].isna()]
    for field, code in (("owner", "no_owner"), ("due", "no_date")):
        for number, question in unknown["question"][unknown[field].isna()].items():
            yield "unknown", number, field, code, question, None


def _one(plan, name, field):
    frame = table(plan, name)
    if frame.empty or pd.isna(frame[field].iloc[0]):
        return None
    return frame[field].iloc[0]


def _apart(value, expected):
    return abs(value - expected) > _NEAR * max(abs(value), abs(expected)) + 0.005


def _day(day):
    return day.date().isoformat()
