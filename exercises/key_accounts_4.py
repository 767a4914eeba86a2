"""What varies in the exercises on the account plan."""

from coursekit.practice import numbers

STAND_IN = {"zh": "青禾牧业", "en": "Greenstalk Farms"}
OBSTACLE = {"zh": "老板还没见过", "en": "we have never met the owner"}
LONGEST = 40


def plan_of_the_prospect(rng, case):
    """The trainee's own No. 1 prospect of funnel.1.4, or a stand-in where there is none yet."""
    raw = case.earlier("funnel.1.4/no-1-prospect") if case else None
    raw = raw if isinstance(raw, dict) else {}
    customer, obstacle = _text(raw.get("customer")), _text(raw.get("obstacle"))
    typed = numbers.read(raw.get("amount"), ("元",))
    amount = typed.value if typed and typed.value >= 1 else rng.randrange(20, 90) * 10_000
    return {
        "customer": {"zh": customer, "en": customer} if customer else STAND_IN,
        "obstacle": {"zh": obstacle, "en": obstacle} if obstacle else OBSTACLE,
        "amount": amount,
        "today": "2026-03-02",
        "end": "2026-08-31",
    }


def _text(typed):
    return " ".join(typed.split())[:LONGEST] if isinstance(typed, str) else ""
