"""The No. 1 prospect of funnel.1.4 comes back in the account plan."""

from coursekit.course import Course, content
from coursekit.practice.desk import Desk

PROSPECT, PLAN = "funnel.1.4/no-1-prospect", "key_accounts.4.4/one-page-plan"


def course(folder):
    (folder / "course.toml").write_text('id = "course"\n', "utf-8")
    return Course.find(folder)


def test_the_prospect_one_wrote_about_enters_the_account_plan(tmp_path):
    desk = Desk(course(tmp_path))
    given = desk.open(PROSPECT)
    assert given["public"]["kind"] == "form"
    answer = {"customer": "K07 <b>{x}", "amount": "45万", "obstacle": "技术主管不点头"}
    state = desk.submit(PROSPECT, answer | FILLED)
    assert state["outcome"] in ("partial", "right", "recorded")
    prompt = desk.open(PLAN)["public"]["prompt"]
    assert "K07 <b>{x}" in prompt and "45万" in prompt and "技术主管不点头" in prompt


def test_without_a_prospect_there_is_a_stand_in(tmp_path):
    prompt = Desk(course(tmp_path)).open(PLAN)["public"]["prompt"]
    assert "青禾牧业" in prompt and "老板还没见过" in prompt


def test_the_bank_is_shipped():
    assert (content() / "exercises" / "key_accounts_4.yaml").is_file()


FILLED = {
    "first_meeting": "2026-01-12",
    "last_talk": "2026-02-26",
    "key_person": "decides",
    "amount_why": "每月 30 吨，按现价算",
    "chance": "50%",
    "chance_why": "试用那栋少死了几头，他自己说的",
    "rival_move": "降价抢回去，再送设备",
    "change_of_plan": "先请技术主管看试用的数",
    "step_time": "2026-03-10",
    "step_place": "场里",
    "step_people": "王场长",
    "step_aim": "定下第二栋试用",
    "step_content": "对试用数据，谈第二栋的用量",
}
