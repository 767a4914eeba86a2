"""Every item of the five syllabi has the functions that its lesson calls."""

import importlib
import inspect
import re

import pytest
import yaml

NAME = re.compile(r"coursekit(\.[a-z][a-z_]*)+:[A-Za-z]\w*(\.[a-z]\w*)?")


@pytest.fixture(scope="module")
def modules(root):
    text = (root / "coursekit" / "syllabus.yaml").read_text("utf-8")
    return yaml.safe_load(text)["modules"]


@pytest.fixture(scope="module")
def items(modules):
    return [item for module in modules for lesson in module["lessons"] for item in lesson["items"]]


def missing(name):
    """What is wrong with a function that the map names, or nothing."""
    if not NAME.fullmatch(name):
        return f"{name}: not of the form coursekit.module:name"
    module, _, path = name.partition(":")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return f"{name}: there is no module {module}"
    for part in path.split("."):
        if part.startswith("_") or not hasattr(found, part):
            return f"{name}: there is no {part}"
        found = getattr(found, part)
    if not callable(found):
        return f"{name}: nothing to call"
    return None if inspect.getdoc(found) else f"{name}: no docstring"


def test_every_function_that_the_map_names_stands_and_is_documented(items):
    faults = [
        f"{item['id']} {fault}"
        for item in items
        for fault in map(missing, item["functions"])
        if fault
    ]
    assert faults == []


def test_every_item_names_a_function(items):
    assert [item["id"] for item in items if not item["functions"]] == []


def test_an_item_stands_under_its_lesson_and_once(modules, items):
    for module in modules:
        for lesson in module["lessons"]:
            assert lesson["id"].startswith(module["id"] + ".")
            assert all(item["id"].startswith(lesson["id"] + ".") for item in lesson["items"])
    ids = [item["id"] for item in items]
    assert len(ids) == len(set(ids))


def test_every_item_says_in_both_languages_what_it_is(items):
    keys = {"id", "zh", "en", "teach", "functions"}
    assert [item for item in items if set(item) != keys] == []
    assert [item for item in items if not all(item[key] for key in keys - {"functions"})] == []


def test_the_map_has_the_items_of_the_source_in_their_order(items, shared):
    source = yaml.safe_load((shared.parent / "syllabus.yaml").read_text("utf-8"))["modules"]
    assert [item["id"] for item in items] == [
        item["id"] for module in source for lesson in module["lessons"] for item in lesson["items"]
    ]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("coursekit.forecast:expected_value", None),
        ("coursekit.funnel:Ladder.load", None),
        ("coursekit.forecast", "form"),
        ("coursekit.nowhere:anything", "no module"),
        ("coursekit.forecast:wishful", "no wishful"),
        ("coursekit.forecast:DRAWS", "nothing to call"),
        ("coursekit.forecast:_cents", "form"),
    ],
)
def test_a_name_that_leads_nowhere_is_seen(name, fault):
    told = missing(name)
    assert told is None if fault is None else fault in told


def test_a_function_without_a_docstring_is_seen(monkeypatch):
    from coursekit import forecast

    monkeypatch.setattr(forecast.expected_value, "__doc__", None)
    assert "no docstring" in missing("coursekit.forecast:expected_value")


def test_every_function_of_the_map_says_when_it_fails(items):
    silent = []
    for name in sorted({name for item in items for name in item["functions"]}):
        module, _, path = name.partition(":")
        found = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
        if "fail" not in inspect.getdoc(found):
            silent.append(name)
    assert silent == []
