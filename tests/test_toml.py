import pytest

from coursekit import toml

TEXT = """id = "a"
inline = {price = 1}

[stage.p25]
rate = 0.3
gates = ["x"]

[join]
fields = {amount = "list price"}
"""


@pytest.mark.parametrize(
    ("key", "section", "line"),
    [
        ("id", None, 1),
        ("price", "inline", 2),
        ("rate", "stage.p25", 5),
        ("p25", "stage", 4),
        ("gate", "stage.p25", 4),  # not there: where its section begins
        ("amount", "join", 9),  # inside an inline table
        ("rate", None, 1),  # set elsewhere only
        ("colour", "paint", 1),
    ],
)
def test_a_key_is_found_where_a_reader_should_look(tmp_path, key, section, line):
    path = tmp_path / "x.toml"
    path.write_text(TEXT, "utf-8")
    assert toml.line_of(path, key, section) == line


def test_every_heading_has_its_line(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(TEXT, "utf-8")
    assert list(toml.headings(path)) == [(4, "stage.p25"), (8, "join")]
