import hashlib
import pathlib
import unicodedata

import fonts
import matplotlib as mpl
import pytest
from matplotlib.ft2font import FT2Font

from coursekit.plots.theme import FONTS

WEIGHTS = ("Regular", "Bold")
# what a browser or a figure shows; tests hold hostile characters on purpose
TEXTS = {
    "coursekit": (".py", ".toml", ".js", ".css", ".html", ".j2", ".json", ".md"),
    "notebooks/source": (".py",),
    "notebooks": (".toml",),
    "exercises": (".yaml", ".py"),
    "datasets": (".csv", ".toml", ".py", ".json", ".md"),
    "docs": (".md",),
}


def charmap(path):
    return FT2Font(str(path)).get_charmap().keys()


def drawn(weight):
    """Code points that a figure of the kit can draw: the shipped font, then matplotlib's own."""
    own = pathlib.Path(mpl.get_data_path(), "fonts", "ttf")
    dejavu = own / ("DejaVuSans.ttf" if weight == "Regular" else "DejaVuSans-Bold.ttf")
    return charmap(FONTS / f"CourseKitSC-{weight}.ttf") | charmap(dejavu)


def texts(root):
    yield from sorted(root.glob("*.md"))
    for folder, endings in TEXTS.items():
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and ".ipynb_checkpoints" not in path.parts:
                yield path


def content(path):
    """A text; the raw tables of the running case come as a Chinese Excel saves them."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        assert "raw" in path.parts, path
        return data.decode("gb18030")


def missing(paths, code_points):
    """File and character of everything that would be drawn as a box."""
    return [
        f"{path.name}: {char} U+{ord(char):04X}"
        for path in paths
        for char in sorted(set(content(path)))
        if ord(char) not in code_points and unicodedata.category(char) not in ("Cc", "Cf")
    ]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_character_of_every_text_can_be_drawn(root, weight):
    assert missing(texts(root), drawn(weight)) == []


def test_a_text_with_a_character_that_no_font_has_is_named(tmp_path):
    text = tmp_path / "lesson.py"
    text.write_text("先预测，再看🎯", "utf-8")
    assert missing([text], drawn("Regular")) == ["lesson.py: 🎯 U+1F3AF"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_font_has_all_of_gb2312_and_the_common_part_of_big5(weight):
    have = charmap(FONTS / f"CourseKitSC-{weight}.ttf")
    wanted = fonts.gb2312() | {char for char in fonts.traditional() if char > "一"}
    assert [char for char in sorted(wanted) if ord(char) not in have] == []


@pytest.mark.parametrize("name", ["喆", "婳", "媖", "玥", "翀", "彧", "堃", "㛃", "𬱖"])
@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_font_has_rarer_characters_of_names(weight, name):
    assert ord(name) in charmap(FONTS / f"CourseKitSC-{weight}.ttf")


def test_the_general_standard_table_is_read_from_unihan():
    unihan = "# kTGH\nU+3447\tkTGH\t2013:6602\nU+4E00\tkTGH\t2013:1\nU+4E01\tkBigFive\tA442\n"
    assert fonts.general_standard(unihan) == {"㑇", "一"}


def test_the_subset_carries_no_reserved_name():
    for weight in WEIGHTS:
        font = FT2Font(str(FONTS / f"CourseKitSC-{weight}.ttf"))
        assert (font.family_name, font.style_name) == ("CourseKit Sans SC", weight)
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")


def test_the_read_me_names_the_bytes_that_are_shipped():
    told = (FONTS / "README.md").read_text("utf-8")
    for weight in WEIGHTS:
        font = (FONTS / f"CourseKitSC-{weight}.ttf").read_bytes()
        assert hashlib.sha256(font).hexdigest() in told
