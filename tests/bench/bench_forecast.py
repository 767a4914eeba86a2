"""Simulation of a list's total against its floor: the random numbers alone, in one run.

python tests/bench/bench_forecast.py
"""

import statistics
import time
import tracemalloc

import numpy as np

from coursekit import forecast

DEALS = 1_000
RUNS = 7


def seconds(work):
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    """Print median times, the median of the paired ratios, and the peak of memory."""
    rng = np.random.default_rng(0)
    amount = np.round(rng.lognormal(10, 1, DEALS), 2)
    rate = rng.choice([0.25, 0.5, 0.9], DEALS)

    def floor():
        generator = np.random.default_rng(0)
        for _ in range(10):
            generator.random((forecast.DRAWS // 10, DEALS), dtype=np.float32)

    def simulate():
        return forecast.distribution(amount, rate)

    assert not simulate().exact
    pairs = [(seconds(simulate), seconds(floor)) for _ in range(RUNS)]
    tracemalloc.start()
    simulate()
    peak = tracemalloc.get_traced_memory()[1]
    simulated, alone = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"{DEALS:,} deals x {forecast.DRAWS:,} draws: {simulated:.0f} ms, peak {peak / 1e6:.0f} MB"
    )
    print(f"random numbers alone: {alone:.0f} ms; ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
