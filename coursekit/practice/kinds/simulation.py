"""Simulation: the funnel flight simulator, played week by week (`coursekit.flight`).

Everyone of a course meets the same luck. A game is recorded with the share of the way that it went
from doing nothing to the best policy that the kit knows for this very luck; it is never wrong: the
luck of one game decides too much for that.
"""

import dataclasses
import functools
import json

from coursekit import flight
from coursekit.errors import InputError
from coursekit.practice import cockpit, schema
from coursekit.practice.mark import Mark, Refused, Say
from coursekit.practice.turns import replayed

OUTCOMES = ("unanswered", "invalid", "recorded", "error")
SPEC = {"weeks": schema.weeks, "luck": schema.whole}
TEXT = {}
NEEDED = ("weeks",)
EMPTY = {"stages": [], "work": [], "luck": 0}
KEYED = False  # nothing is right or wrong here
ALIKE = "luck"  # the same draws for all of a course; `luck` in the bank stands for the course

parse = replayed
_VERSIONS = {6: "six", 12: "twelve"}


def lay_out(exercise, given, rng):
    """The luck of the class, and the rules as they are now: a record replays by its own."""
    rules = given.get("rules") or dataclasses.asdict(flight.Rules.load())
    return {**given, "rules": rules, "luck": rng.randrange(1000, 10_000)}


def parts(question):
    """A game has no parts that are marked one by one."""
    return []


def part(question, name):
    """Nothing, as there are no parts."""
    return {}


def problems(question):
    """Rules and luck that no game can begin with show here as a fault."""
    start(question)
    return ()


def public(question, lang):
    """Stages, kinds of work, and the number of the luck, for comparing."""
    return cockpit.panel(rules_of(question), question.given["luck"], lang)


def start(question):
    """The first week."""
    version, luck = _version(question), question.given["luck"]
    return flight.Game(flight.start(rules_of(question), version, luck))


def step(game, move, question):
    """One week played."""
    try:
        return game.decide(move, rules_of(question))
    except InputError as refused:
        raise Refused("invalid", refused.code, **refused.values) from None


def over(game):
    """Whether the last week has been played."""
    return game.state.over


def scene(game, question, lang):
    """The week to decide on; what the last one brought; after the last one, the debrief."""
    rules = rules_of(question)
    shown = cockpit.week(game, rules, lang)
    if over(game):
        shown["debrief"] = cockpit.debrief(game, rules, rivals(question), lang)
    return shown


def compare(game, question):
    """Recorded, with the share of the way from doing nothing to the best known policy."""
    score = flight.score(game.state, rules_of(question))
    others = rivals(question)
    best = max(others.values())
    share = min(max(score.total / best, 0.0), 1.0) if best > 0 else 1.0
    beaten = sum(score.total > total for total in others.values())
    says = [
        Say("info", "flight.score_is", {**dataclasses.asdict(score), "total": score.total}),
        Say("info", "flight.rank", {"beaten": beaten, "n": len(others), "best": best}),
    ]
    return Mark("recorded", round(100 * share, 1), {}, tuple(says))


def typed(question, answer):
    """Nobody holds an answer to a game."""
    return answer


def fabricate(question, rng):
    """A whole game by a policy of the kit, and answers that are none."""
    rules, version = rules_of(question), _version(question)
    policy = flight.SIMPLE[rng.choice(sorted(flight.SIMPLE))]
    game = flight.play(policy, rules, version, question.given["luck"])
    moves = [json.loads(json.dumps(dataclasses.asdict(one))) for one in game.decisions]
    return {
        "unanswered": rng.choice([None, {}, {"moves": []}, {"moves": moves[:-1]}]),
        "invalid": rng.choice(
            [{"moves": [{"prospect": 999}]}, {"moves": [*moves, {}]}, {"moves": "x"}, [1], 7]
        ),
        "recorded": {"moves": moves},
    }


def rivals(question):
    """Policy -> its total on the same luck: the fixed ones, and the best that the kit has found."""
    given = json.dumps(question.given["rules"], sort_keys=True)
    return _rivals(given, _version(question), question.given["luck"])


def rules_of(question):
    """The rules that this game is played by."""
    return _rules(json.dumps(question.given["rules"], sort_keys=True))


def _version(question):
    return _VERSIONS[question.exercise.spec["weeks"]]


@functools.lru_cache(maxsize=32)
def _rivals(given, version, luck):
    rules = _rules(given)
    policies = {**flight.SIMPLE, "tended": flight.tended()}
    games = {name: flight.play(plan, rules, version, luck) for name, plan in policies.items()}
    return {name: flight.score(game.state, rules).total for name, game in games.items()}


@functools.lru_cache(maxsize=32)
def _rules(given):
    raw = json.loads(given)
    return flight.Rules(
        **{
            **raw,
            "steps": tuple(flight.Step(**one) for one in raw["steps"]),
            "sizes": tuple(flight.Size(**one) for one in raw["sizes"]),
            "events": tuple(flight.Event(**one) for one in raw["events"]),
            "versions": tuple(
                flight.Version(one["code"], one["weeks"], tuple(map(tuple, one["start"])))
                for one in raw["versions"]
            ),
        }
    )
