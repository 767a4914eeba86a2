"""What makes a talk unfit: places that nobody reaches, circles, lines told by their length."""

from coursekit import terms
from coursekit.practice import talk_paths
from coursekit.talk import words

TONES = ("good", "middling", "bad")
LINES = 3
LONGEST_AT_LEAST, GOOD_AT_LEAST = 6, 4  # turns


def problems(question):
    """Triples of place, code and values, as the ``problems`` of a kind."""
    spec = question.exercise.spec
    found = [*_shape_problems(question, spec), *_text_problems(question, spec)]
    yield from found or _path_problems(spec)
    if not found:
        yield from _length_problems(question, spec)


def _shape_problems(question, spec):
    state, nodes, ends = spec["state"], spec["nodes"], spec["ends"]
    if question.exercise.slips:
        yield ("slips",), "practice.bank_key_shape", {}
    if both := sorted(set(nodes) & set(ends)):
        yield ("ends", both[0]), "practice.bank_twice", {"key": both[0]}
    for name, one in state.items():
        if not ("ends" in one) <= one["start"] <= one["of"]:
            yield ("state", name), "practice.bank_talk_start", {"id": name}
        if one.get("ends", next(iter(ends))) not in ends:
            yield ("state", name), "practice.bank_unknown_id", {"id": one["ends"]}
    order = question.given.get("order", {})
    for node, lines in nodes.items():
        if set(order.get(node, ())) != set(lines):  # numbers of an earlier version
            yield ("nodes", node), "practice.bank_ids", {}
        points = sorted(line["points"] for line in lines.values())
        if len(lines) != LINES or points[0] != 0 or points[1:] not in ([0, 2], [1, 2]):
            yield ("nodes", node), "practice.bank_talk_lines", {"id": node}
        for line_id, line in lines.items():
            place = ("nodes", node, line_id)
            conditions = [target.get("when") for target in line["to"]]
            if conditions[-1] is not None or None in conditions[:-1]:
                yield place, "practice.bank_talk_last", {"id": f"{node}.{line_id}"}
            named = [*line["change"], *(when[0] for when in conditions if when)]
            places = [target["to"] for target in line["to"]]
            unknown = [n for n in named if n not in state]
            unknown += [n for n in places if n not in nodes and n not in ends]
            if unknown:
                yield place, "practice.bank_unknown_id", {"id": unknown[0]}


def _text_problems(question, spec):
    for lang in terms.LANGS:
        text = question.exercise.text[lang]
        for key, wanted in (("state", "state"), ("talk", "nodes"), ("endings", "ends")):
            for name in sorted(set(text[key]) ^ set(spec[wanted])):
                code = "unknown_id" if name in text[key] else "no_text"
                yield (lang, key, name), f"practice.bank_{code}", {"id": name}
        for node, said in text["talk"].items():
            lines = set(spec["nodes"].get(node, ()))
            for key in ("lines", "why"):
                if lines and set(said[key]) != lines:
                    yield (lang, "talk", node), "practice.bank_talk_texts", {"id": node}
            if set(said.get("replies", ())) - lines:
                yield (lang, "talk", node), "practice.bank_talk_texts", {"id": node}
    zh, en = (question.exercise.text[lang]["talk"] for lang in terms.LANGS)
    for node in zh:
        if set(zh[node].get("replies", ())) != set(en.get(node, {}).get("replies", ())):
            yield ("en", "talk", node), "practice.bank_languages", {"key": node}


def _path_problems(spec):
    if (node := talk_paths.circle(spec)) is not None:
        yield ("nodes", node), "practice.bank_talk_circle", {"id": node}
        return
    reach = talk_paths.reach(spec)
    for key in ("nodes", "ends"):
        for name in spec[key]:
            if name not in reach:
                yield (key, name), "practice.bank_talk_reach", {"id": name}
    tones = {spec["ends"][name] for name in spec["ends"] if name in reach}
    if not {"good", "bad"} <= tones:
        yield ("ends",), "practice.bank_talk_ends", {}
        return
    longest = max(most for place, (_, most) in reach.items() if place in spec["ends"])
    good = talk_paths.shortest_good(spec, reach)
    if longest < LONGEST_AT_LEAST or good < GOOD_AT_LEAST:
        values = {"longest": longest, "good": good}
        yield ("nodes",), "practice.bank_talk_turns", values
    last = talk_paths.followed(spec, talk_paths.best).place
    if spec["ends"][last] != "good":
        yield ("nodes",), "practice.bank_talk_best", {"id": last}


def _length_problems(question, spec):
    """The best line must not be known by its length: neither the longest nor the shortest."""
    for lang in terms.LANGS:
        talk = question.exercise.text[lang]["talk"]
        for extreme, code in ((max, "long"), (min, "short")):
            told = 0
            for node, lines in spec["nodes"].items():
                length = {line: words(text) for line, text in talk[node]["lines"].items()}
                ends = [line for line in length if length[line] == extreme(length.values())]
                told += ends == [talk_paths.best(lines)]
            if 2 * told > len(spec["nodes"]):
                values = {"n": told, "of": len(spec["nodes"])}
                yield (lang, "talk"), f"practice.bank_talk_{code}", values
