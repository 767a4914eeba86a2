"""The course folder and the settings JupyterLab is started with; no server, no browser."""

import json
import os
import socket

import pytest

from coursekit import cli, terms
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.lab import folder as course_folder
from coursekit.lab import settings, start
from coursekit.lab.digest import code_digest, page_digest
from coursekit.lab.folder import refresh, shipped_files


def notebook(*cells):
    """A notebook as JSON text: (kind, source) each."""
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    for cell in made:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A kit of one home page, one lesson and one page of exercises with its texts."""
    content = tmp_path / "kit"
    write(content / "notebooks/zh/home.ipynb", notebook(("code", "home()")))
    write(content / "notebooks/zh/funnel_2.ipynb", notebook(("markdown", "# 漏斗")))
    write(content / "notebooks/zh/trainer/funnel_2.ipynb", notebook(("markdown", "# 带班")))
    write(content / "notebooks/zh/report_team.ipynb", notebook(("code", "draw()")))
    write(content / "notebooks/zh/.ipynb_checkpoints/home-checkpoint.ipynb", notebook())
    write(content / "notebooks/en/home.ipynb", notebook(("code", "home('en')")))
    write(content / "exercises/zh/funnel.ipynb", notebook(("code", "ask('x')")))
    write(content / "exercises/funnel.yaml", "- id: x\n")
    monkeypatch.setattr(course_folder, "content", lambda: content)
    return content


# --- digests


def test_outputs_and_counts_do_not_change_what_a_page_is():
    fresh = json.loads(notebook(("code", "1 + 1")))
    ran = json.loads(notebook(("code", "1 + 1")))
    ran["cells"][0] |= {"execution_count": 3, "outputs": [{"output_type": "stream"}]}
    ran["metadata"] = {"widgets": {}}
    assert code_digest(ran) == code_digest(fresh)


def test_a_source_in_lines_is_the_same_as_one_text():
    lines = {"cells": [{"cell_type": "code", "source": ["a = 1\n", "b = 2"]}]}
    text = {"cells": [{"cell_type": "code", "source": "a = 1\nb = 2"}]}
    assert code_digest(lines) == code_digest(text)


@pytest.mark.parametrize(
    "other",
    [
        (("code", "a"), ("code", "c")),
        (("code", "b"), ("code", "a")),
        (("code", "ab"),),
        (("code", "a"), ("code", "b"), ("code", "")),
    ],
)
def test_any_change_of_code_changes_the_digest(other):
    assert code_digest(json.loads(notebook(*other))) != code_digest(
        json.loads(notebook(("code", "a"), ("code", "b")))
    )


def test_a_changed_sentence_is_a_changed_page_but_not_changed_code(tmp_path):
    before = write(tmp_path / "a.ipynb", notebook(("markdown", "旧"), ("code", "x")))
    after = write(tmp_path / "b.ipynb", notebook(("markdown", "新"), ("code", "x")))
    assert page_digest(before) != page_digest(after)
    assert code_digest(json.loads(before.read_text("utf-8"))) == code_digest(
        json.loads(after.read_text("utf-8"))
    )


def test_line_ends_of_an_editor_do_not_change_a_text(tmp_path):
    unix = write(tmp_path / "a.yaml", "- id: x\n- id: y\n")
    windows = write(tmp_path / "b.yaml", "- id: x\r\n- id: y\r\n")
    assert page_digest(unix) == page_digest(windows)


def test_a_page_that_is_no_notebook_any_more_still_has_a_digest(tmp_path):
    broken = [
        write(tmp_path / f"{n}.ipynb", text) for n, text in enumerate(["{", "[]", '{"cells": 3}'])
    ]
    assert len({page_digest(path) for path in broken}) == 3


# --- the folder


def test_a_new_course_has_home_lessons_exercises_and_the_texts_to_edit(kit, tmp_path):
    made = refresh(tmp_path / "course")
    assert made.new and made.lang == "zh"
    files = {p.relative_to(tmp_path / "course").as_posix() for p in _files(tmp_path / "course")}
    assert {"course.toml", "home.ipynb", "funnel_2.ipynb", "trainer/funnel_2.ipynb"} <= files
    assert {"exercises/funnel.ipynb", "exercises/funnel.yaml"} <= files
    assert "instruments/ladder.toml" in files


def test_a_course_is_in_one_language(kit, tmp_path):
    refresh(tmp_path / "english", "en")
    home = json.loads((tmp_path / "english/home.ipynb").read_text("utf-8"))
    assert home["cells"][0]["source"] == "home('en')"
    assert Course.find(tmp_path / "english").lang == "en"


def test_the_course_file_can_be_read_whatever_the_folder_is_called(kit, tmp_path):
    folder = tmp_path / "华东\"区' 一期"
    refresh(folder)
    assert Course.find(folder).id == folder.name


def test_a_second_run_changes_nothing(kit, tmp_path):
    refresh(tmp_path / "course")
    before = {p: p.read_bytes() for p in _files(tmp_path / "course")}
    again = refresh(tmp_path / "course")
    assert (again.new, again.replaced, again.kept) == (False, (), ())
    assert {p: p.read_bytes() for p in _files(tmp_path / "course")} == before


def test_an_untouched_page_is_replaced_by_the_newer_one(kit, tmp_path):
    refresh(tmp_path / "course")
    write(kit / "notebooks/zh/home.ipynb", notebook(("code", "home(2)")))
    assert refresh(tmp_path / "course").replaced == ("home.ipynb",)
    assert "home(2)" in (tmp_path / "course/home.ipynb").read_text("utf-8")


def test_a_page_that_was_only_run_counts_as_untouched(kit, tmp_path):
    refresh(tmp_path / "course")
    page = tmp_path / "course/home.ipynb"
    ran = json.loads(page.read_text("utf-8"))
    ran["cells"][0]["execution_count"] = 1
    write(page, json.dumps(ran, indent=1))
    write(kit / "notebooks/zh/home.ipynb", notebook(("code", "home(2)")))
    assert refresh(tmp_path / "course").replaced == ("home.ipynb",)


def test_a_changed_page_stays_and_the_newer_one_lies_beside_it(kit, tmp_path):
    refresh(tmp_path / "course")
    mine = write(tmp_path / "course/home.ipynb", notebook(("code", "mine()")))
    write(kit / "notebooks/zh/home.ipynb", notebook(("code", "home(2)")))
    assert refresh(tmp_path / "course").kept == (("home.ipynb", "home.new.ipynb"),)
    assert "mine()" in mine.read_text("utf-8")
    assert "home(2)" in (tmp_path / "course/home.new.ipynb").read_text("utf-8")


def test_a_newer_version_is_offered_once(kit, tmp_path):
    refresh(tmp_path / "course")
    write(tmp_path / "course/home.ipynb", notebook(("code", "mine()")))
    write(kit / "notebooks/zh/home.ipynb", notebook(("code", "home(2)")))
    refresh(tmp_path / "course")
    assert refresh(tmp_path / "course").kept == ()


def test_a_change_without_a_newer_version_is_nothing_to_tell(kit, tmp_path):
    refresh(tmp_path / "course")
    write(tmp_path / "course/exercises/funnel.yaml", "- id: mine\n")
    assert refresh(tmp_path / "course").kept == ()
    assert not (tmp_path / "course/exercises/funnel.new.yaml").exists()


def test_a_lost_record_overwrites_nothing(kit, tmp_path):
    refresh(tmp_path / "course")
    mine = write(tmp_path / "course/exercises/funnel.yaml", "- id: mine\n")
    (tmp_path / "course/.coursekit/shipped.json").write_text("[1, 2", encoding="utf-8")
    assert refresh(tmp_path / "course").kept == (
        ("exercises/funnel.yaml", "exercises/funnel.new.yaml"),
    )
    assert mine.read_text("utf-8") == "- id: mine\n"


def test_a_deleted_page_comes_back(kit, tmp_path):
    refresh(tmp_path / "course")
    (tmp_path / "course/home.ipynb").unlink()
    refresh(tmp_path / "course")
    assert (tmp_path / "course/home.ipynb").is_file()


def test_a_file_is_no_course_folder(kit, tmp_path):
    write(tmp_path / "course", "x")
    with pytest.raises(InputError) as told:
        refresh(tmp_path / "course")
    assert told.value.code == "lab.not_a_folder"


def test_a_folder_of_something_else_is_left_alone(kit, tmp_path):
    write(tmp_path / "photos/beach.jpg", "x")
    with pytest.raises(InputError) as told:
        refresh(tmp_path / "photos")
    assert told.value.code == "lab.not_empty"
    assert "beach.jpg" in told.value.sentence("zh")
    assert [p.name for p in _files(tmp_path / "photos")] == ["beach.jpg"]


def test_what_systems_leave_behind_does_not_make_a_folder_full(kit, tmp_path):
    write(tmp_path / "course/.DS_Store", "x")
    assert refresh(tmp_path / "course").new


def test_a_folder_that_cannot_be_written_is_said(kit, tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(course_folder.pathlib.Path, "mkdir", refuse)
    with pytest.raises(InputError) as told:
        refresh(tmp_path / "course")
    assert told.value.code == "lab.not_writable"
    assert "Permission denied" in told.value.sentence("en")


def test_a_course_keeps_its_language(kit, tmp_path):
    refresh(tmp_path / "course", "zh")
    with pytest.raises(InputError) as told:
        refresh(tmp_path / "course", "en")
    assert told.value.code == "lab.other_language"
    assert 'lang 改成 "en"' in told.value.sentence("zh")


def test_reports_and_checkpoints_are_no_pages(kit):
    assert not [name for name in shipped_files("zh") if "report" in name or "checkpoint" in name]


# --- the settings


def test_the_server_listens_on_this_machine_only(tmp_path):
    made = settings.server_settings(tmp_path, tmp_path / "run", 8899, "secret")
    assert made["ServerApp"]["ip"] == "127.0.0.1"
    assert made["ServerApp"]["terminals_enabled"] is False
    assert made["IdentityProvider"]["token"] == "secret"


def test_nothing_that_decides_comes_from_the_course_folder(tmp_path):
    """A course that came by mail brings no configuration, kernel, start-up file or layout."""
    folder, runtime = tmp_path / "course", tmp_path / "run"
    made = settings.server_settings(folder, runtime, 8899, "secret")
    paths = [*settings.environment(runtime).values(), *made["LabApp"].values()]
    inside = [p for p in paths if isinstance(p, str) and p.startswith(str(folder))]
    assert inside == [str(folder / ".coursekit" / "lab" / "settings")]  # the user's own choices


@pytest.fixture
def course(kit, tmp_path):
    refresh(tmp_path / "course")
    return Course.find(tmp_path / "course")


def test_the_users_own_extensions_are_off(course):
    told = settings.page_config(
        course, ["anywidget", "@jupyter-widgets/jupyterlab-manager", "mine"]
    )
    assert told["disabledExtensions"]["mine"]
    assert "anywidget" not in told["disabledExtensions"]
    assert "coursekit" not in told["disabledExtensions"]


def test_pages_of_the_kit_may_run_and_words_are_in_the_readers_language(course):
    told = json.loads(settings.page_config(course)["coursekit"])
    assert code_digest(json.loads(notebook(("code", "home()")))) in told["approved"]
    assert code_digest(json.loads(notebook(("code", "evil()")))) not in told["approved"]
    assert told["words"]["home"] == terms.term("lab.page.home", "zh")


@pytest.mark.parametrize(("switch", "code", "asks"), [(1, 1, True), (1, 0, False), (0, 1, False)])
def test_where_the_folders_own_code_may_run_every_page_asks(course, switch, code, asks):
    """A page of the kit would call it, and switch and code may have come in the same mail."""
    if switch:
        write(course.folder / "course.toml", "run_code = true\n")
    if code:
        write(course.folder / "exercises/funnel.py", "print('own')")
    told = json.loads(settings.page_config(Course.find(course.folder))["coursekit"])
    assert (told["approved"] == []) is asks
    assert ("run_code" in told["words"]["ask"]) is asks


def test_menus_are_chinese_for_a_chinese_course_only():
    assert settings.locale("zh") == "zh_CN"
    assert settings.locale("en") == "default"


def test_without_the_language_pack_menus_are_english_and_that_is_said(kit, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "LANGUAGE_PACK", "no_such_pack_anywhere")
    refreshed = refresh(tmp_path / "course")
    said = list(start._report(Course.find(tmp_path / "course"), refreshed))
    assert settings.locale("zh") == "default"
    assert said[-1] == terms.term("lab.no_language_pack", "zh")


def test_a_kept_page_is_named_in_the_report(kit, tmp_path):
    refresh(tmp_path / "course")
    write(tmp_path / "course/home.ipynb", notebook(("code", "mine()")))
    write(kit / "notebooks/zh/home.ipynb", notebook(("code", "home(2)")))
    refreshed = refresh(tmp_path / "course")
    said = "\n".join(start._report(Course.find(tmp_path / "course"), refreshed))
    assert "“home.ipynb”你改过" in said and "“home.new.ipynb”" in said


def test_a_taken_port_is_said():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(InputError) as told:
            start.free_port(busy.getsockname()[1])
    assert told.value.code == "lab.port_taken"


def test_a_port_that_cannot_be_is_said():
    with pytest.raises(InputError):
        start.free_port(70000)


def test_without_a_port_a_free_one_is_found():
    assert start.free_port() > 0


def test_the_environment_is_as_before_after_a_run(monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", "/mine")
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    with start._set({"JUPYTER_PATH": None, "IPYTHONDIR": "/run"}):
        assert "JUPYTER_PATH" not in os.environ
        assert os.environ["IPYTHONDIR"] == "/run"
    assert os.environ["JUPYTER_PATH"] == "/mine"
    assert "IPYTHONDIR" not in os.environ


# --- the command


@pytest.fixture
def started(monkeypatch):
    """What the command asked to serve, without serving it."""
    asked = []
    monkeypatch.setattr(start, "_serve", lambda course, *rest: asked.append((course, *rest)))
    return asked


def test_the_command_makes_a_course_and_serves_it(kit, tmp_path, started, capsys):
    folder = tmp_path / "course"
    assert cli.main(["lab", str(folder), "--no-browser"]) == 0
    (course, _, _, _, browser) = started[0]
    assert (course.folder, course.lang, browser) == (folder, "zh", False)
    assert str(folder) in capsys.readouterr().out


def test_the_command_keeps_an_english_course_english(kit, tmp_path, started, capsys):
    cli.main(["lab", str(tmp_path / "course"), "--lang", "en"])
    cli.main(["lab", str(tmp_path / "course")])
    assert [course.lang for course, *_ in started] == ["en", "en"]
    assert "Course folder" in capsys.readouterr().out


def test_a_folder_that_cannot_be_used_is_one_sentence_and_code_2(kit, tmp_path, capsys):
    write(tmp_path / "photos/beach.jpg", "x")
    assert cli.main(["lab", str(tmp_path / "photos"), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "already holds other things" in said.err


def test_a_mistake_in_the_course_file_is_told_with_its_line(kit, tmp_path, capsys):
    write(tmp_path / "course/course.toml", 'lang = "zh"\nhint = true\n')
    assert cli.main(["lab", str(tmp_path / "course")]) == 2
    assert "course.toml 第 2 行" in capsys.readouterr().err


def _files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())
