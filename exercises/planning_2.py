"""Exercises of planning.2: one's own goal, checked by the six tests that the lesson teaches."""

import functools

import pandas as pd

from coursekit import goals

TODAY, START, END = "2026-03-02", "2026-04-01", "2026-06-30"
# six past quarters of one's own, the team's share for the next one, and how it can be taken apart
YEARS = (
    ((480_000, 550_000, 510_000, 600_000, 570_000, 620_000), 12, 50_000),
    ((820_000, 750_000, 900_000, 880_000, 950_000, 840_000), 16, 60_000),
    ((360_000, 420_000, 390_000, 450_000, 400_000, 460_000), 12, 40_000),
    ((1_100_000, 1_250_000, 1_180_000, 1_310_000, 1_220_000, 1_280_000), 15, 90_000),
)


def own_quarters(rng, case):
    """What one sold in six quarters, and what the team counts on."""
    past, orders, order_value = rng.choice(YEARS)
    return {
        "today": TODAY,
        "start": START,
        "end": END,
        "past": list(past),
        "low": min(past),
        "high": max(past),
        "mean": sum(past) / len(past),
        "team": orders * order_value,
        "orders_example": orders,
        "order_example": order_value,
    }


def smart(answer, given):
    """The six tests of the goal; what one passes is empty, else a code of the glossary."""
    value, orders, each = (answer[name] for name in ("value", "orders", "each"))
    parts = orders * each if orders is not None and each is not None else None
    goal = tuple(answer[name] or "" for name in ("measure", "owner", "source", "serves"))
    due = answer["due"] or ""
    found = _tests(goal, value, parts, due, tuple(given["past"]), given["team"])
    return dict(found)


@functools.lru_cache(maxsize=1024)
def _tests(goal, value, parts, due, past, team):
    measure, owner, source, serves = goal
    day = pd.Timestamp(due or None)
    one = {"measure": measure, "owner": owner and "own", "source": source, "serves": serves}
    one |= {"value": value, "parts": parts, "due": day, "start": pd.Timestamp(START)}
    table = pd.DataFrame([one]).astype({"value": float, "parts": float})
    history = pd.DataFrame({"owner": "own", "measure": "amount", "value": past})
    # the team counts by quarters: a goal for a day within it is compared with the quarter's
    within = START <= due <= END
    whole = pd.DataFrame(
        [{"measure": "amount", "due": due if within else END, "value": float(team)}]
    )
    found = goals.check(table, TODAY, history=history, team=whole).iloc[0]
    return tuple((test, f"goal.{code}" if code else "") for test, code in found.items())
