import pytest

from coursekit.course import Course
from coursekit.practice import who
from coursekit.practice.desk import Desk
from coursekit.practice.journal import Journal
from coursekit.practice.widget import SignIn


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.delenv(who.USER, raising=False)

    def made(settings=""):
        (tmp_path / "course.toml").write_text(f'id = "x"\n{settings}', "utf-8")
        return Course.find(tmp_path)

    return made


def named(card):
    return card.who["name"], card.who["fixed"]


def test_one_is_asked_once_per_folder(course):
    card = SignIn(Desk(course()))
    assert named(card) == ("", False)
    card._take({"type": "name", "name": "  王  芳\n"}, [])
    assert named(card) == ("王 芳", False)
    assert named(SignIn(Desk(course()))) == ("王 芳", False)


def test_a_new_name_is_the_same_person(course):
    desk = Desk(course())
    card = SignIn(desk)
    before = desk.journal.trainee()
    for name in ("王芳", "王小芳"):
        card._take({"name": name}, [])
    assert (card.who["name"], desk.journal.trainee()) == ("王小芳", before)
    assert [e["name"] for e in desk.journal.events()] == ["王芳", "王小芳"]


@pytest.mark.parametrize("typed", ["", "  \n", None, 7, ["x"], {"a": 1}])
def test_no_name_changes_nothing(course, typed):
    desk = Desk(course())
    SignIn(desk)._take({"name": typed}, [])
    assert desk.journal.events() == ()


def test_a_long_or_odd_name_is_cut_to_one_line():
    assert who.cleaned("张\u202e三\x00" + "长" * 99) == "张 三 " + "长" * (who.LONGEST_NAME - 4)


def test_the_name_in_the_settings_stands(course):
    card = SignIn(Desk(course('trainee = "李雷"\n')))
    card._take({"name": "韩梅梅"}, [])
    assert named(card) == ("李雷", True)


def test_on_a_server_its_user_is_the_trainee(course, monkeypatch, tmp_path):
    monkeypatch.setenv(who.USER, "li.lei@example")
    desk = Desk(course())
    card = SignIn(desk)
    card._take({"name": "someone else"}, [])
    assert named(card) == ("li.lei@example", True)
    elsewhere = Journal(tmp_path / "again", newcomer=who.newcomer(course()))
    assert desk.journal.trainee() == elsewhere.trainee()
    assert "li" not in desk.journal.trainee()  # an id, no name


def test_pages_are_built_as_the_sample_trainee_even_on_a_server(course, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSEKIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv(who.USER, "li.lei")
    assert who.newcomer(course()) == "sample"


def test_where_one_signs_in_one_is_told_who_sees_the_answers(course):
    promise = SignIn(Desk(course('[visibility]\nmanager = "groups"\n'))).who["promise"]
    assert promise.startswith("你的答案谁看得到：讲师看得到名字")
    assert "经理只看得到全班的数字" in promise


def test_a_full_disk_is_said_and_the_name_not_kept(course, monkeypatch):
    desk = Desk(course())
    card = SignIn(desk)

    def full(*_, **__):
        from coursekit.errors import InputError

        raise InputError("practice.journal_busy", seconds=1)

    monkeypatch.setattr(desk.journal, "append", full)
    card._take({"name": "王芳"}, [])
    assert card.who["name"] == "" and card.who["promise"] != SignIn(Desk(course())).who["promise"]
