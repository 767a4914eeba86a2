"""Rivals, and how an account compares us with them: scores, points for and against, partnership."""

from coursekit.making.accounts_people import DECLINING, WEAK
from coursekit.making.company import both

STUDIED = ("C001", "C002", "C003", "C004", "C005", "C006", "C007", "C008")
CRITERIA = ("price", "quality", "service", "delivery", "technical", "terms")
# how customers see each supplier, 0 to 100, in the order of the criteria
_SEEN = {
    "ours": (58, 80, 74, 70, 78, 60),
    "V1": (86, 60, 52, 64, 42, 66),
    "V2": (40, 84, 82, 62, 88, 52),
    "V3": (66, 62, 70, 90, 46, 72),
    "V4": (60, 64, 58, 66, 50, 92),
}
_KINDS = ("strength", "weakness", "chance", "threat")
PARTNERSHIP = ("trust", "openness", "shared_goals", "reliability", "joint_work", "fair_price")


def rivals(world):
    """One row per rival: name, and how he competes."""
    return [
        {"rival": key} | both("name", text[:2]) | both("way", text[2:])
        for key, text in world.skin["accounts"]["rivals"].items()
    ]


def scores(world):
    """Per account studied and criterion: its weight, and the score of each supplier.

    The declining one finds that a rival serves him better; of the one with the weak relation we are
    ahead in what counts and do not know it.
    """
    rows = []
    for account in STUDIED:
        rng = world.rng(f"rivals/{account}")
        for place, criterion in enumerate(CRITERIA):
            seen = {name: _near(rng, row[place]) for name, row in _SEEN.items()}
            weight = rng.choice((1, 2, 2, 3, 3, 4))
            if account == DECLINING and criterion in ("service", "delivery"):
                weight, seen["ours"] = 5, 42
            if account == WEAK:
                weight = 5 if criterion in ("quality", "technical") else min(weight, 2)
                seen["ours"] = max(seen["ours"], 92) if weight == 5 else seen["ours"]
            rows.append({"customer": account, "criterion": criterion, "weight": weight} | seen)
    return rows


def points(world):
    """Strengths, weaknesses, chances and threats at the accounts studied, 0 to 10."""
    words = world.skin["accounts"]["points"]
    rows = []
    for account in STUDIED:
        rng = world.rng(f"points/{account}")
        for kind in _KINDS:
            texts = words[kind]
            for text in rng.sample(texts, rng.randint(1, min(2, len(texts)))):
                heavy = account == DECLINING and kind in ("weakness", "threat")
                row = {"customer": account, "kind": kind} | both("point", text)
                weight = 8 if heavy else rng.randint(3, 9)
                rows.append(row | {"weight": weight, "size": 8 if heavy else rng.randint(2, 9)})
    return rows


def partnership(world):
    """Both sides' view of the partnership, 0 to 100; None where the partner was not asked."""
    rows = []
    for account in STUDIED:
        rng = world.rng(f"partnership/{account}")
        asked = rng.random() < 0.7 or account == DECLINING
        for point in PARTNERSHIP:
            ours = rng.randrange(55, 90, 5)
            theirs = min(95, max(20, ours + rng.randrange(-20, 16, 5)))
            if account == DECLINING:
                ours, theirs = max(70, ours), rng.randrange(30, 50, 5)
            known = asked and rng.random() < 0.9
            row = {"customer": account, "point": point, "ours": ours}
            rows.append(row | {"theirs": theirs if known else None})
    return rows


def _near(rng, score):
    return min(98, max(10, score + rng.randrange(-6, 7)))
