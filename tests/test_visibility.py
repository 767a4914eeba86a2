import csv

import pytest
import small_bank

from coursekit import visibility
from coursekit.cli import main
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice.desk import Desk
from coursekit.practice.export import export

RIGHT = {"c1": "p25", "c2": "p50", "c3": "p90"}
WRONG = {"c1": "p50", "c2": "p90", "c3": "p25"}


def answered(folder, n, settings=""):
    """Folders of n trainees; the first one is wrong first and right after."""
    made = []
    for number in range(n):
        course = small_bank.course(folder / f"t{number}", settings="run_code = true\n" + settings)
        desk = Desk(course)
        desk.name(f"学员{number}")
        desk.open("mini.1.1/classes")
        if number == 0:
            desk.submit("mini.1.1/classes", WRONG, token="first")
        desk.submit("mini.1.1/classes", RIGHT, token="last")
        made.append(course.folder)
    return made


def test_the_trainer_gets_names_hr_figures_of_the_group_the_manager_nothing(tmp_path):
    folders = answered(tmp_path, 5)
    trainer, hr = export(folders, "trainer"), export(folders, "hr")
    assert sorted(set(trainer.answers["name"])) == [f"学员{n}" for n in range(5)]
    assert len(hr.answers) == 0
    (row,) = hr.group.to_dict("records")
    assert (row["people"], row["attempts_per_person"]) == (5, 6 / 5)
    assert (row["first_right"], row["first_score"], row["last_score"]) == (4 / 5, 80, 100)
    with pytest.raises(InputError) as told:
        export(folders, "manager")
    assert told.value.code == "visibility.promised_nothing"


def test_figures_of_fewer_than_five_people_are_left_out(tmp_path):
    made = export(answered(tmp_path, 4), "hr")
    assert (len(made.group), made.too_few) == (0, ("mini.1.1/classes",))


def test_each_folder_keeps_its_own_promise(tmp_path):
    plain = answered(tmp_path / "a", 4)
    closed = answered(tmp_path / "b", 1, '[visibility]\ntrainer = "nothing"\nhr = "nothing"\n')
    made = export([*plain, *closed], "trainer")
    assert set(made.answers["name"]) == {f"学员{n}" for n in range(4)}
    assert made.too_few == ("mini.1.1/classes",)  # four, not five
    assert made.nothing == ("t0",)


def test_a_course_may_promise_more_to_a_manager(tmp_path):
    folders = answered(tmp_path, 5, '[visibility]\nmanager = "groups"\n')
    made = export(folders, "manager")
    assert (len(made.answers), len(made.group)) == (0, 1)


def test_no_name_and_no_trainee_is_in_what_hr_gets(tmp_path, capsys):
    folders = [str(folder) for folder in answered(tmp_path, 5)]
    out = tmp_path / "out"
    assert main(["answers", *folders, "--for", "hr", "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["group.csv"]
    text = (out / "group.csv").read_text("utf-8-sig")
    ids = {Desk(Course.find(folder)).journal.trainee() for folder in folders}
    assert not [word for word in (*ids, "学员") if word in text]
    assert "group.csv" in capsys.readouterr().out


def test_what_the_trainer_gets_opens_as_a_table(tmp_path):
    folders = [str(folder) for folder in answered(tmp_path, 2)]
    assert main(["answers", *folders, "--out", str(tmp_path / "out")]) == 0
    with open(tmp_path / "out" / "answers.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["outcome"] for row in rows] == ["wrong", "right", "right"]


def test_the_manager_is_told_why_there_is_nothing(tmp_path, capsys):
    folders = [str(folder) for folder in answered(tmp_path, 1)]
    assert main(["answers", *folders, "--for", "manager", "--out", str(tmp_path / "out")]) == 2
    assert "经理什么也看不到" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_course_is_said_to(tmp_path):
    with pytest.raises(InputError) as told:
        export([tmp_path], "trainer")
    assert told.value.code == "visibility.no_course"


@pytest.mark.parametrize("line", ['boss = "names"', 'hr = "everything"', "hr = 3"])
def test_a_promise_that_does_not_exist_is_told_by_its_line(tmp_path, line):
    (tmp_path / "course.toml").write_text(f'id = "x"\n[visibility]\n{line}\n', "utf-8")
    with pytest.raises(InputError, match=r"course\.toml 第 3 行"):
        Course.find(tmp_path)


def test_one_sentence_says_who_sees_what():
    levels = visibility.DEFAULT
    assert visibility.sentence(levels, "zh") == (
        "你的答案谁看得到：讲师看得到名字和每一题的答案；"
        "人事只看得到全班的数字，不到 5 个人的不给；经理什么也看不到。"
    )
    assert "your manager sees nothing" in visibility.sentence(levels, "en")
