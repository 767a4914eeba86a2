"""Dialogue: a talk with a customer in branches, line by line, with a state and several ends.

.. code-block:: yaml

    kind: dialogue                         # no key and no solve: the points of the lines mark it
    state:                                 # what is shown of the customer, each from 0 to `of`
      trust: {start: 2, of: 5, ends: hung_up}    # at 0 the talk is over: this end
      known: {start: 0, of: 4}
    nodes:                                 # the first one is the start
      hello:                               # three lines each: one of 2 points, one of 0 at least
        a: {points: 2, trust: 1, to: reason}
        b: {points: 0, trust: -2, to: reason}
        c: {points: 1, known: 1, to: [{when: trust >= 2, to: reason}, put_off]}
      reason: …
    ends: {met: good, later: middling, hung_up: bad}
    zh:
      who: 陈场长                           # the other one's name
      state: {trust: 愿不愿意听, known: 你问到的}
      talk:
        hello:
          customer: 喂，哪位？
          lines: {a: …, b: …, c: …}        # shown in an order of each trainee's own
          replies: {b: 不需要。}            # what comes back at once, where the customer reacts
          why: {a: …, b: …, c: …}          # told after the end
        …
      endings:
        met: {customer: 行，周四十点。, told: 约成了。}

Only numbers of ``state`` that a line names are changed. ``to`` is a node or an end, or a list of
``{when: trust >= 2, to: …}`` (signs ``>= <= > < =``) and a last one without condition; the first
that holds is taken. All texts are templates as everywhere.

Raw answer ``{moves: [a, c, …]}``, one whole talk. The score is the points of its lines by two
points for each turn, or for each turn of the shortest good talk where that is longer: who is thrown
out early gets nothing for what was not said. No talk goes in circles; the longest has six turns or
more, the shortest good one four or more; the best lines lead to a good end; the best line is
neither the longest nor the shortest one in more than half of the nodes.
"""

import re

import yaml

from coursekit import terms
from coursekit.practice import schema, talk_paths
from coursekit.practice.mark import Part, Refused, Say, graded
from coursekit.practice.shown import localised
from coursekit.practice.talk_problems import TONES
from coursekit.practice.talk_problems import problems as problems
from coursekit.practice.turns import replayed

_WHEN = re.compile(r"\s*(\w+)\s*(>=|<=|>|<|=)\s*(-?\d+)\s*")


def _whole(node):
    value = schema.json(node)
    if type(value) is not int:
        raise schema.Unfit(node, "practice.bank_expected", expected="practice.shape_whole")
    return value


def _measure(node):
    shapes = {"start": _whole, "of": schema.whole, "ends": schema.text}
    return schema.record(node, shapes, ("start", "of"))


def _target(node):
    if isinstance(node, yaml.ScalarNode):
        return {"to": schema.text(node)}
    return schema.record(node, {"when": _when, "to": schema.text}, ("when", "to"))


def _targets(node):
    found = node.value if isinstance(node, yaml.SequenceNode) and node.value else [node]
    return [_target(inner) for inner in found]


def _when(node):
    found = _WHEN.fullmatch(schema.text(node))
    if not found:
        raise schema.Unfit(node, "practice.bank_expected", expected="practice.shape_when")
    return (found[1], found[2], int(found[3]))


def _line(node):
    found = {name: value for name, (_, value) in schema.pairs(node).items()}
    for name in ("points", "to"):
        if name not in found:
            raise schema.Unfit(node, "practice.bank_missing_key", key=name)
    line = {"points": _whole(found.pop("points")), "to": _targets(found.pop("to"))}
    return {**line, "change": {name: _whole(value) for name, value in found.items()}}


def _end(node):
    if node.value not in TONES:
        known = ", ".join(TONES)
        raise schema.Unfit(node, "practice.bank_one_of", value=str(node.value), known=known)
    return node.value


def _said(node):
    shapes = dict.fromkeys(("lines", "replies", "why"), schema.text_by_id)
    return schema.record(node, {"customer": schema.text, **shapes}, ("customer", "lines", "why"))


def _ending(node):
    return schema.record(node, {"customer": schema.text, "told": schema.text}, ("customer", "told"))


OUTCOMES = ("unanswered", "invalid", "wrong", "partial", "right", "error")
KEYED = False  # marked by the points of its lines
SPEC = {
    "state": schema.by_id(_measure),
    "nodes": schema.by_id(schema.by_id(_line)),
    "ends": schema.by_id(_end),
}
TEXT = {
    "who": schema.text,
    "state": schema.text_by_id,
    "talk": schema.by_id(_said),
    "endings": schema.by_id(_ending),
}
NEEDED = ("who", "state", "nodes", "ends", "talk", "endings")
EMPTY = {"who": ""}

parse = replayed


def lay_out(exercise, given, rng):
    """Lines of each node in an order of the trainee's own."""
    nodes = exercise.spec["nodes"].items()
    return {
        **given,
        "order": {node: rng.sample(sorted(lines), len(lines)) for node, lines in nodes},
    }


def parts(question):
    """Ids of the nodes."""
    return list(question.exercise.spec["nodes"])


def part(question, node):
    """A node has no values beyond those of the exercise."""
    return {}


def public(question, lang):
    """The other one's name; what is said comes with the scene."""
    return {"who": _text(question, question.exercise.text[lang]["who"], lang)}


def start(question):
    """Before the first line."""
    return talk_paths.start(question.exercise.spec)


def step(position, move, question):
    """After one line, by its id."""
    lines = question.exercise.spec["nodes"].get(position.place, {})
    if not isinstance(move, str) or move not in lines:
        raise Refused("invalid", "practice.unreadable")
    return talk_paths.step(question.exercise.spec, position, move)


def over(position):
    """Whether the talk is at an end: only there nothing more can be said."""
    return position.over


def scene(position, question, lang):
    """What was said so far, the lines to choose from, the state; at the end the talk again."""
    exercise = question.exercise
    spec, text = exercise.spec, exercise.text[lang]
    before = start(question)
    for _, line in position.turns[:-1]:
        before = talk_paths.step(spec, before, line)
    values, earlier = dict(position.state), dict(before.state)
    made = {
        "log": _log(position, question, lang),
        "state": [
            {
                "id": name,
                "text": text["state"][name],
                "value": values[name],
                "of": one["of"],
                "change": values[name] - earlier[name],
            }
            for name, one in spec["state"].items()
        ],
    }
    if not over(position):
        lines = text["talk"][position.place]["lines"]
        order = question.given["order"][position.place]
        shown = [{"id": line, "text": _text(question, lines[line], lang)} for line in order]
        return {**made, "lines": shown}
    return {
        **made,
        "lines": [],
        "ending": spec["ends"][position.place],
        "replay": [_again(turn, question, lang) for turn in position.turns],
    }


def compare(position, question):
    """Points of the lines that were said, by those of a talk that goes well."""
    spec = question.exercise.spec
    reach, points = talk_paths.reach(spec), talk_paths.points(spec, position.turns)
    turns = max(len(position.turns), talk_paths.shortest_good(spec, reach))
    got = {node: spec["nodes"][node][line]["points"] for node, line in position.turns}
    said = {node: Part({2: True, 0: False}.get(each)) for node, each in got.items()}
    best = sum(each == 2 for each in got.values())
    ending = spec["ends"][position.place]
    told = {
        lang: _text(question, question.exercise.text[lang]["endings"][position.place]["told"], lang)
        for lang in terms.LANGS
    }
    says = [
        Say(
            {"good": "good", "bad": "bad"}.get(ending, "info"), "practice.talk_end", {"told": told}
        ),
        Say("info", "practice.talk_share", {"n": len(position.turns), "best": best}),
    ]
    return graded(points / (2 * turns), said, says)


def fabricate(question, rng):
    """One whole talk per outcome, and what is none."""
    spec = question.exercise.spec
    best = [line for _, line in talk_paths.followed(spec, talk_paths.best).turns]
    worst = [line for _, line in talk_paths.followed(spec, talk_paths.poorest).turns]
    mixed = iter(best[:1])
    partly = talk_paths.followed(spec, lambda lines: next(mixed, talk_paths.poorest(lines)))
    return {
        "unanswered": rng.choice([None, {}, {"moves": []}, {"moves": best[:-1]}]),
        "invalid": rng.choice([{"moves": ["no such line"]}, {"moves": [*best, "a"]}, [1], "x", 7]),
        "wrong": {"moves": worst},
        "partial": {"moves": [line for _, line in partly.turns]},
        "right": {"moves": best},
    }


def _log(position, question, lang):
    """Turn by turn who said what."""
    text = question.exercise.text[lang]
    told = []
    for node, line in position.turns:
        said = text["talk"][node]
        told += [("customer", said["customer"]), ("you", said["lines"][line])]
        if line in said.get("replies", {}):
            told.append(("customer", said["replies"][line]))
    last = text["endings"] if over(position) else text["talk"]
    told.append(("customer", last[position.place]["customer"]))
    return [{"who": who, "text": _text(question, one, lang)} for who, one in told]


def _again(turn, question, lang):
    """One turn of the replay, with the better line where there was one."""
    node, line = turn
    said = question.exercise.text[lang]["talk"][node]
    lines = question.exercise.spec["nodes"][node]
    better = talk_paths.best(lines)

    def one(line):
        return {
            "text": _text(question, said["lines"][line], lang),
            "why": _text(question, said["why"][line], lang),
        }

    return {
        "customer": _text(question, said["customer"], lang),
        "points": lines[line]["points"],
        "said": one(line),
        "reply": _text(question, said.get("replies", {}).get(line, ""), lang),
        "better": None if line == better else one(better),
    }


def _text(question, template, lang):
    return terms.fill(template, lang, localised(question.given, lang))
