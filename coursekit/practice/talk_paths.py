"""Where a talk can go: the next place after a line, all ways through, the best one."""

import dataclasses
import operator

COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclasses.dataclass(frozen=True)
class Position:
    """Where a talk stands.

    Attributes
    ----------
    place : str
        A node, or an end.
    state : tuple of (str, int)
    turns : tuple of (str, str)
        Node and line of each turn so far.
    over : bool
        Whether the place is an end.
    """

    place: str
    state: tuple
    turns: tuple = ()
    over: bool = False


def start(spec):
    """Before the first line."""
    state = tuple((name, one["start"]) for name, one in spec["state"].items())
    return Position(next(iter(spec["nodes"])), state)


def step(spec, position, line_id):
    """After a line of the node that the talk stands at."""
    line = spec["nodes"][position.place][line_id]
    state = {
        name: min(max(value + line["change"].get(name, 0), 0), spec["state"][name]["of"])
        for name, value in position.state
    }
    broken = (
        one["ends"] for name, one in spec["state"].items() if "ends" in one and not state[name]
    )
    place = next(broken, None) or next(
        target["to"]
        for target in line["to"]
        if "when" not in target or _holds(target["when"], state)
    )
    turns = (*position.turns, (position.place, line_id))
    return Position(place, tuple(state.items()), turns, place in spec["ends"])


def points(spec, turns):
    """Points of the lines that were said."""
    return sum(spec["nodes"][node][line]["points"] for node, line in turns)


def best(lines):
    """The line of a node that brings most."""
    return max(lines, key=lambda line: lines[line]["points"])


def poorest(lines):
    """The line of a node that brings least."""
    return min(lines, key=lambda line: lines[line]["points"])


def followed(spec, choose):
    """The end of a talk in which every line is chosen by one rule."""
    position = start(spec)
    while not position.over:
        position = step(spec, position, choose(spec["nodes"][position.place]))
    return position


def reach(spec):
    """Every place that can be reached, and how long that takes.

    Returns
    -------
    dict of str to (int, int)
        Place -> fewest and most turns before it. Needs a talk without circles.
    """
    first = start(spec)
    seen = {first.place: (0, 0)}
    layer, number = {(first.place, first.state)}, 0
    while layer:
        number += 1
        after = set()
        for place, state in layer:
            for line in spec["nodes"].get(place, ()):
                position = step(spec, Position(place, state), line)
                after.add((position.place, position.state))
        for place, _ in after:
            seen[place] = (seen.get(place, (number, 0))[0], number)
        layer = {one for one in after if one[0] in spec["nodes"]}
    return seen


def shortest_good(spec, reach):
    """Turns of the shortest talk with a good end, from what `reach` gave."""
    return min(
        reach[name][0] for name, tone in spec["ends"].items() if tone == "good" and name in reach
    )


def circle(spec):
    """A node from which a talk can come back to itself, or None."""
    left = {
        node: {target["to"] for line in lines.values() for target in line["to"]}
        for node, lines in spec["nodes"].items()
    }
    # take away what leads nowhere any more: the rest leads in circles
    while free := [node for node, targets in left.items() if not targets & set(left)]:
        for node in free:
            del left[node]
    return next(iter(left), None)


def _holds(condition, state):
    name, sign, number = condition
    return COMPARE[sign](state[name], number)
