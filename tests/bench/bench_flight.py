"""The flight simulator's opponents, and a search for a policy that beats the best simple one."""

import itertools
import statistics

from coursekit import flight

SEEDS = range(100)
SEARCHED, FRESH = range(1000, 1030), range(100)  # luck to search on, other luck to prove it on
CALLS, CUTOFFS = (0.0, 0.15, 0.3, 0.45), (0.0, 0.4, 0.8, 1.2)


def totals(policy, rules, version, seeds):
    """Score of a policy on each seed."""
    games = (flight.play(policy, rules, version, seed) for seed in seeds)
    return [flight.score(game.state, rules).total for game in games]


def beaten(ours, theirs):
    """On how many seeds the first is above the second."""
    return sum(a > b for a, b in zip(ours, theirs, strict=True))


def best_tended(rules, version, seeds, calls=CALLS, cutoffs=CUTOFFS):
    """The best pair (calls, cutoff) of `flight.tended` by its mean score on these seeds."""
    return max(
        itertools.product(calls, cutoffs),
        key=lambda pair: statistics.fmean(totals(flight.tended(*pair), rules, version, seeds)),
    )


def with_last_week(policy, last):
    """The same policy, but for the last week."""
    return lambda state, rules: (last if state.week == state.weeks else policy)(state, rules)


def main():
    """Print mean, spread and duels for both versions."""
    rules = flight.Rules.load()
    for version in rules.version:
        scores = {
            name: totals(policy, rules, version, SEEDS) for name, policy in flight.SIMPLE.items()
        }
        best = max(scores, key=lambda name: statistics.fmean(scores[name]))
        print(f"{version}: best simple policy {best}")
        for name, score in scores.items():
            mean, sd = statistics.fmean(score), statistics.stdev(score)
            line = f"  {name:17} {mean:9,.0f} ± {sd:7,.0f}"
            print(f"{line}   beaten by {best}: {beaten(scores[best], score):3}")
        both = zip(scores["only_close"], scores["only_prospect"], strict=True)
        above = beaten(scores[best], [max(pair) for pair in both])
        print(f"  above only_close and only_prospect on {above} of {len(SEEDS)} seeds")
        calls, cutoff = best_tended(rules, version, SEARCHED)
        found = totals(flight.tended(calls, cutoff), rules, version, FRESH)
        print(
            f"  found by search: calls {calls:g}, cutoff {cutoff:g}: "
            f"{statistics.fmean(found):,.0f} ± {statistics.stdev(found):,.0f}, "
            f"beats {best} on {beaten(found, scores[best])} of {len(FRESH)} fresh seeds"
        )
        for name in ("only_close", "only_prospect"):
            policy = with_last_week(flight.tended(calls, cutoff), flight.SIMPLE[name])
            other = statistics.fmean(totals(policy, rules, version, FRESH))
            print(f"    with {name} in its last week: {other - statistics.fmean(found):+,.0f}")


if __name__ == "__main__":
    main()
