"""The texts of a bank as a workbook, for who knows Excel better than YAML, and back.

``out`` writes one row per text, Chinese beside English. ``back`` reads the workbook and changes
in the bank only what was changed in a cell: every other byte of the file stays, comments too.
"""

import dataclasses
import datetime
import io
import json
import os

import yaml

from coursekit import terms
from coursekit.errors import InputError
from coursekit.practice import bank, schema
from coursekit.practice.exercise import issue
from coursekit.tables import workbook

_HEADS = ("exercise", "place", "what", *terms.LANGS)
_WIDTHS = (30, 24, 14, 60, 60)
_MINUTES = "minutes"
_EPOCH = datetime.datetime(2000, 1, 1)  # no clock in what is made
_BOM = b"\xef\xbb\xbf"


@dataclasses.dataclass(frozen=True)
class Text:
    """One text of a bank: its exercise, its place there, and its node per language."""

    exercise: str
    place: str
    nodes: dict

    def what(self, lang):
        """What it is, in words: a question, a hint, the line of a talk."""
        first, *inner = self.place.split(".")
        codes = (f"sheet.{first}_{inner[1]}" if len(inner) > 1 else "", f"sheet.{first}")
        return terms.term(next(filter(terms.known, codes), "sheet.text"), lang)


def out(course, names=()):
    """The texts of banks as an Excel workbook, one sheet per bank.

    Parameters
    ----------
    course : coursekit.course.Course
    names : sequence of str, optional
        Banks (``funnel_2``); all by default.

    Returns
    -------
    bytes
        The same for the same banks.

    Raises
    ------
    InputError
        No such bank, or its file is no YAML.
    """
    import xlsxwriter

    made = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, settings) as book:
        book.set_properties({"created": _EPOCH})
        head = book.add_format({"bold": True, "bg_color": "#e8eef7", "border": 1})
        fixed = book.add_format({"font_color": "#515a64", "valign": "top"})
        free = book.add_format({"text_wrap": True, "valign": "top"})
        for name in names or bank.modules(course):
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 3)
            for column, (code, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, terms.term(f"sheet.{code}", course.lang), head)
            source = _source(_path(course, name))[0]
            for row, text in enumerate(_texts(source, f"{name}.yaml"), 1):
                sheet.write_string(row, 0, text.exercise, fixed)
                sheet.write_string(row, 1, text.place, fixed)
                sheet.write_string(row, 2, text.what(course.lang), fixed)
                for column, lang in enumerate(terms.LANGS, 3):
                    if lang in text.nodes:
                        sheet.write_string(row, column, text.nodes[lang].value, free)
    return made.getvalue()


def back(course, data):
    """Put the texts of a workbook into the banks of a course folder.

    Parameters
    ----------
    course : coursekit.course.Course
        Its folder gets the changed banks; where it had none, a changed copy of the shipped one.
    data : bytes
        A workbook as `out` writes it. Rows may be sorted, hidden or left out.

    Returns
    -------
    dict of str to int
        Bank -> number of texts changed; only banks with a change are written.

    Raises
    ------
    InputError
        A row that fits no text of the bank, an empty text, or a change that the bank would not
        take (a brace too many, minutes that are no number): sheet and row are named, and no file
        is changed.
    """
    changed = {}
    for grid in workbook.grids(data):
        name = grid.name.strip()
        if name not in bank.modules(course):
            raise InputError("sheet.no_bank", sheet=name)
        source, mark = _source(_path(course, name))
        edits = _edits(grid, _texts(source, f"{name}.yaml"))
        if edits:
            text = _edited(source, edits)
            _prove(course, name, source, text, edits)
            changed[name] = (mark + text.encode("utf-8"), len(edits))
    for name, (written, _) in changed.items():
        _write(course.folder / "exercises" / f"{name}.yaml", written)
    return {name: n for name, (_, n) in changed.items()}


def _path(course, name):
    try:
        return course.file(f"exercises/{name}.yaml")
    except FileNotFoundError:
        raise InputError("practice.no_bank", module=name) from None


def _source(path):
    """The text of a file with its line ends as they are, and its byte-order mark."""
    data = path.read_bytes()
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        return data[len(mark) :].decode("utf-8"), mark
    except UnicodeDecodeError:
        raise InputError("course.not_utf8", file=path.name) from None


def _texts(source, file):
    """Every text of a bank in the order of the file."""
    top = schema.compose(source, file)
    if not isinstance(top, yaml.SequenceNode):
        return []
    found = []
    for entry in top.value:
        pairs = {key.value: value for key, value in getattr(entry, "value", ()) if key.value}
        if not isinstance(pairs.get("id"), yaml.ScalarNode):
            continue
        exercise = pairs["id"].value
        if isinstance(pairs.get(_MINUTES), yaml.ScalarNode):
            found.append(Text(exercise, _MINUTES, {"zh": pairs[_MINUTES]}))
        places = {}
        for lang in terms.LANGS:
            for place, node in _leaves(pairs.get(lang)):
                places.setdefault(place, {})[lang] = node
        found += [Text(exercise, place, nodes) for place, nodes in places.items()]
    return found


def _leaves(node, place=()):
    if isinstance(node, yaml.ScalarNode):
        yield ".".join(place), node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _leaves(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value, 1):
            yield from _leaves(value, (*place, str(number)))


def _edits(grid, texts):
    """Pairs of a node and its new text, with sheet and row for what is said of them."""
    known = {(text.exercise, text.place): text for text in texts}
    edits = []
    for number, cells in enumerate(grid.rows[1:], 2):
        exercise, place, _, *said = [_cell(cell) for cell in [*cells, "", "", "", "", ""][:5]]
        where = {"sheet": grid.name, "row": number, "id": exercise}
        if not (exercise or place or any(said)):
            continue
        text = known.get((exercise, place))
        if text is None:
            raise InputError("sheet.unknown_row", **where, place=place)
        for lang, new in zip(terms.LANGS, said, strict=True):
            node = text.nodes.get(lang)
            if node is None:
                if new:
                    raise InputError("sheet.no_text_there", **where, language=lang)
            elif not new.strip():
                raise InputError("sheet.emptied", **where, place=place)
            elif new != node.value.replace("\r\n", "\n"):
                edits.append((node, new, where))
    return edits


def _cell(value):
    """What stands in a cell, as text: 35 for the number 35."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _edited(source, edits):
    for node, new, _ in sorted(edits, key=lambda edit: -edit[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        number = not node.style and node.tag.endswith((":int", ":float"))
        written = new if number else json.dumps(new, ensure_ascii=False)
        # a block of lines ends where the next line begins
        tail = "\n" if source[start:end].endswith("\n") else ""
        source = source[:start] + written + tail + source[end:]
    return source


def _prove(course, name, source, text, edits):
    """The edited bank still reads and can be asked; else the row is named that it refuses."""
    code = bank.code_path(course, name)
    _, before = bank.parsed(source, f"{name}.yaml", name, code)
    good, bad = bank.parsed(text, f"{name}.yaml", name, code)
    refused = {key: error for key, error in bad.items() if key not in before}
    for exercise in {where["id"] for _, _, where in edits} & set(good):
        if fault := issue(good[exercise], "sheet", "sheet").fault:
            refused[exercise] = InputError("lint.cannot_ask", fault=fault, n=1, of=1)
    for exercise, error in refused.items():
        where = next((edit[2] for edit in edits if edit[2]["id"] == exercise), edits[0][2])
        raise InputError("sheet.bank_refuses", **{**where, "id": exercise}, why=error)


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.write_bytes(data)
    os.replace(half, path)
