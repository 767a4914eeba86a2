import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.reporting.names import file_names, folded

HOSTILE = [
    "../../x",
    "CON",
    "nul.txt",
    "Com1",
    "尾巴...",
    "尾巴 ",
    " ",
    "",
    ".",
    "..",
    "名" * 300,
    "🙂",
    'a/b\\c:d*e?f"g<h>i|j',
    "行\n一",
    "\u202egpj.exe",
    "<script>alert(1)</script>",
    "\ud800",
]


def stems(*names):
    return [file_names(dict(enumerate_keys(names)))[key] for key, _ in enumerate_keys(names)]


def enumerate_keys(names):
    return [(f"{number}:{name}", name) for number, name in enumerate(names)]


def test_a_usual_name_stays_as_it_is():
    assert stems("张伟", "Anna Snelling", "欧阳·娜娜") == ["张伟", "Anna Snelling", "欧阳·娜娜"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_becomes_one_harmless_part_of_a_path(name, tmp_path):
    (stem,) = stems(name)
    assert re.fullmatch(r"[\w()（）·-]([\w()（）· -]*[\w()（）·-])?", stem)
    assert stem.split(".")[0].upper() not in {"CON", "NUL", "COM1"}
    assert len(stem.encode()) <= 200
    file = tmp_path / f"{stem}.html"
    file.write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna", "Anna"),
        ("Ａnna", "Anna"),
        ("张 伟", "张  伟"),
        ("a/b", "a:b"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("straße", "STRASSE"),
        ("名" * 50 + "甲", "名" * 50 + "乙"),
        ("王伟", "王伟"),
    ],
)
def test_two_owners_with_names_that_look_alike_stay_two_files(one, other):
    first, second = stems(one, other)
    assert folded(first) != folded(second)


def test_the_name_of_a_file_does_not_depend_on_who_else_comes_first():
    owners = {"1": "anna", "2": "Anna", "3": "张伟"}
    assert file_names(owners) == file_names(dict(reversed(owners.items())))


def test_an_owner_named_like_the_mark_of_another_still_gets_his_own_file():
    taken = file_names({"1": "anna", "2": "Anna"})["1"]
    named = file_names({"1": "anna", "2": "Anna", "3": taken})
    assert len({folded(stem) for stem in named.values()}) == 3


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_names_give_as_many_files(names):
    named = file_names(dict(enumerate_keys(names)))
    assert len({folded(stem) for stem in named.values()}) == len(names)
    for stem in named.values():
        assert pathlib.PurePosixPath(stem).name == pathlib.PureWindowsPath(stem).name == stem
        assert len(f"{stem}.ipynb.part".encode()) <= 255
