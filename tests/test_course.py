import pytest

from coursekit.course import Course, content
from coursekit.errors import InputError


def test_a_course_is_found_upward(tmp_path):
    (tmp_path / "course.toml").write_text('id = "spring"\nlang = "en"\n', "utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    course = Course.find(inner)
    assert (course.id, course.lang, course.folder) == ("spring", "en", tmp_path.resolve())


def test_a_folder_without_settings_is_a_course_with_defaults(tmp_path):
    course = Course.find(tmp_path)
    assert (course.id, course.lang, course.switches["run_code"]) == (tmp_path.name, "zh", False)


def test_a_file_of_the_folder_wins_over_the_shipped_one(tmp_path):
    course = Course(id="x", folder=tmp_path)
    shipped = course.file("instruments/ladder.toml")
    own = tmp_path / "instruments" / "ladder.toml"
    own.parent.mkdir()
    own.write_text(shipped.read_text("utf-8"), "utf-8")
    assert course.file("instruments/ladder.toml") == own
    assert shipped != own


def test_a_file_that_nobody_has_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        Course(id="x", folder=tmp_path).file("instruments/none.toml")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('id = "a"\n\nlanguage = "zh"\n', "course.unknown_switch", 3),
        ('id = "a"\nlang = "fr"\n', "course.wrong_value", 2),
        ("hints = 1\n", "course.wrong_value", 1),
        ('id = "a"\nlang = zh\n', "course.not_toml", 2),
    ],
)
def test_a_mistake_in_the_settings_is_told_by_line(tmp_path, text, code, line):
    (tmp_path / "course.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        Course.find(tmp_path)
    assert caught.value.code == code
    assert caught.value.values["line"] == line
    assert f"第 {line} 行" in str(caught.value)


def test_a_file_saved_in_another_encoding_is_said(tmp_path):
    (tmp_path / "course.toml").write_bytes('id = "春季班"\n'.encode("gbk"))
    with pytest.raises(InputError) as caught:
        Course.find(tmp_path)
    assert caught.value.code == "course.not_utf8"


def test_settings_saved_by_notepad_with_a_mark_are_read(tmp_path):
    (tmp_path / "course.toml").write_bytes(b"\xef\xbb\xbf" + 'id = "春季班"\n'.encode())
    assert Course.find(tmp_path).id == "春季班"


def test_the_environment_sends_the_journal_elsewhere(tmp_path, monkeypatch):
    course = Course(id="x", folder=tmp_path)
    assert course.private == tmp_path / ".coursekit"
    monkeypatch.setenv("COURSEKIT_STATE", str(tmp_path / "state"))
    assert course.private == tmp_path / "state"


def test_content_holds_the_exercises():
    assert (content() / "exercises").is_dir()
