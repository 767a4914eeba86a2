"""Exercises of planning.1: what varies."""

from coursekit.planning import steadiness
from coursekit.practice.draws import numbered, pair

PEOPLE = (("周敏", "Zhou Min"), ("何涛", "He Tao"), ("谢芳", "Xie Fang"), ("许刚", "Xu Gang"))
QUARTERS = ("q1", "q2", "q3", "q4")


def same_year(rng, case):
    """Two salespeople with one total: one sold evenly to many, the other made one large deal."""
    total = 10_000 * rng.randrange(180, 300, 20)
    even = [0.24, 0.26, 0.25, 0.25]
    rng.shuffle(even)
    large = rng.choice((0.5, 0.55, 0.6))
    rest = (1 - large) * 0.9
    lucky = [rest * share for share in rng.choice(((0.3, 0.4, 0.3), (0.45, 0.3, 0.25)))]
    lucky.append(1 - sum(lucky))
    steady_name, lucky_name = rng.sample(PEOPLE, 2)
    rows = [
        {"who": pair(steady_name), "buyers": rng.randrange(22, 30), **_quarters(total, even)},
        {"who": pair(lucky_name), "buyers": rng.randrange(7, 11), **_quarters(total, lucky)},
    ]
    rows[0]["largest"] = round(total * rng.uniform(0.08, 0.12), -4)
    rows[1]["largest"] = round(total * large, -4)
    rng.shuffle(rows)
    return {
        "total": total,
        "steady": pair(steady_name),
        "lucky": pair(lucky_name),
        "rows": numbered("r", rows),
    }


def how_steady(given, key):
    """Variation over the quarters, and what is left without the largest order."""
    rows = {row["who"]["zh"]: row for row in given["rows"]}
    steady, lucky = rows[given["steady"]["zh"]], rows[given["lucky"]["zh"]]
    varied = [steadiness([row[q] for q in QUARTERS])["variation"] for row in (steady, lucky)]
    return {
        "steady_variation": varied[0],
        "lucky_variation": varied[1],
        "steady_left": given["total"] - steady["largest"],
        "lucky_left": given["total"] - lucky["largest"],
        "lucky_largest": lucky["largest"],
        "steady_buyers": steady["buyers"],
        "lucky_buyers": lucky["buyers"],
    }


def _quarters(total, shares):
    """Money per quarter in whole 10,000, the total kept."""
    money = [round(total * share, -4) for share in shares[:3]]
    return dict(zip(QUARTERS, (*money, total - sum(money)), strict=True))
