"""A million customers on nine criteria, against plain numpy that computes the same outputs.

Both runs take the same frame: six columns of answers (categories) and three of numbers, a tenth of
the cells unknown. They alternate, so that both see the same machine; the ratio is the median of
the pairs.
"""

import statistics
import time
import tracemalloc

import numpy as np
import pandas as pd

from coursekit.cards import Answer, Criterion
from coursekit.concentration import pareto
from coursekit.scoring import Scorecard

ROWS, ROUNDS = 1_000_000, 9
EDGES = (10.0, 20.0)
WORDS = {"zh": "", "en": ""}


def card():
    """Nine criteria of three answers, the last three with bands."""
    criteria = []
    for number in range(9):
        codes = ("..10", "10..20", "20..") if number >= 6 else ("low", "middle", "high")
        answers = tuple(Answer(c, p, WORDS) for c, p in zip(codes, (0, 50, 100), strict=True))
        edges = EDGES if number >= 6 else ()
        criteria.append(Criterion(f"c{number}", number + 1, answers, 30, edges, words=WORDS))
    grades = (("A", 70.0), ("B", 50.0), ("C", 30.0), ("D", 0.0))
    return Scorecard("bench", "", tuple(criteria), grades)


def customers(rows=ROWS, seed=0):
    """The frame that both read, and revenue for the Pareto curve."""
    rng = np.random.default_rng(seed)
    columns = {}
    for number in range(6):
        codes = rng.integers(0, 3, rows)
        codes[rng.random(rows) < 0.1] = -1
        columns[f"c{number}"] = pd.Categorical.from_codes(codes, ["low", "middle", "high"])
    for number in range(6, 9):
        values = rng.uniform(0, 30, rows)
        values[rng.random(rows) < 0.1] = np.nan
        columns[f"c{number}"] = values
    frame = pd.DataFrame(columns)
    return frame, pd.Series(rng.lognormal(8, 2, rows))


def plain(frame, revenue):
    """What one would write with numpy alone."""
    weights = np.arange(1.0, 10.0) / 45
    points, least = np.array([0.0, 50, 100, 30]), np.array([0.0, 50, 100, 0])
    most, answered = np.array([0.0, 50, 100, 100]), np.array([1.0, 1, 1, 0])
    n = len(frame)
    score, known, low, high = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for number, weight in enumerate(weights):
        column = frame[f"c{number}"]
        if number < 6:
            place = column.cat.codes.to_numpy()
        else:
            values = column.to_numpy()
            place = np.digitize(values, EDGES)
            place[np.isnan(values)] = 3
        score += weight * points[place]
        low += weight * least[place]
        high += weight * most[place]
        known += weight * answered[place]
    score, known, low, high = (np.round(values, 9) for values in (score, known, low, high))
    grade = np.array(["D", "C", "B", "A"])[np.digitize(score, [30, 50, 70])]
    values = revenue.to_numpy()
    order = np.argsort(-values, kind="stable")  # which customer it is belongs to the curve
    share = values[order] / values.sum()
    curve = order, values[order], share, np.arange(1, n + 1) / n, np.cumsum(share)
    return score, grade, known, low, high, curve


def kit(scorecard, frame, revenue):
    """The same by the library."""
    return scorecard.score(frame), pareto(revenue)


def seconds(function, *values):
    """Time of one call."""
    start = time.perf_counter()
    function(*values)
    return time.perf_counter() - start


def peak(function, *values):
    """Largest memory that one call holds beyond its input, in megabytes."""
    tracemalloc.start()
    function(*values)
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size / 2**20


def main():
    """Print times, ratio and memory of one run."""
    scorecard, (frame, revenue) = card(), customers()
    result, expected = scorecard.score(frame), plain(frame, revenue)
    assert np.allclose(result["score"], expected[0], atol=1e-8)
    assert (result["grade"].astype(object).to_numpy() == expected[1]).all()
    for name, values in zip(("known", "low", "high"), expected[2:5], strict=True):
        assert np.allclose(result[name], values, atol=1e-8)
    assert np.allclose(pareto(revenue)["cumulated"], expected[5][-1])
    pairs = [
        (seconds(kit, scorecard, frame, revenue), seconds(plain, frame, revenue))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{ROWS:,} rows x 9 criteria: coursekit {ours:.3f} s, plain numpy {theirs:.3f} s")
    print(f"ratio {ratio:.2f} (goal 1.3), median of {ROUNDS} pairs")
    held, plain_held = peak(kit, scorecard, frame, revenue), peak(plain, frame, revenue)
    print(f"memory beyond the input: {held:.0f} MB, plain numpy {plain_held:.0f} MB")


if __name__ == "__main__":
    main()
