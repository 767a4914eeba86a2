"""How long the case takes to load, and how much the parts of 500 trainees differ.

Run ``python tests/bench/bench_case.py``.
"""

import time

import numpy as np

from coursekit.case import Case, territory

TRAINEES = 500
ASKED = ("customers", "deals", "orders", "contacts", "dealers", "shipments")


def timed(action, rounds=5):
    """Shortest time of an action in milliseconds, and what it gave last."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        given = action()
        times.append(time.perf_counter() - start)
    return 1000 * min(times), given


def loaded(names=None):
    """The case with some of its tables read, all where none are named."""
    case = Case.load()
    for name in names or case.tables:
        _ = case.tables[name]
    return case


def main():
    """Print the figures."""
    for words, action in (
        ("load, no table yet", Case.load),
        (f"load and read {', '.join(ASKED)}", lambda: loaded(ASKED)),
        ("load and read every table", loaded),
        ("first part, its deals", lambda: Case.load().slice("t1", "x").deals),
    ):
        print(f"{timed(action)[0]:8.1f} ms  {words}")
    case = loaded(ASKED)
    pool = case.pool
    shortest, _ = timed(lambda: territory.choose(pool, "x/t1"), rounds=50)
    print(f"{shortest:8.1f} ms  choosing a further part")

    parts = [territory.choose(pool, f"x/t{number}") for number in range(TRAINEES)]
    print(f"\nparts of {TRAINEES} trainees{'5%':>15}{'middle':>14}{'95%':>14}{'spread':>9}")
    for name, values in territory.figures(pool, parts).items():
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        spread = values.std() / values.mean()
        print(f"  {name:<22}{low:>14,.2f}{middle:>14,.2f}{high:>14,.2f}{spread:>9.1%}")


if __name__ == "__main__":
    main()
