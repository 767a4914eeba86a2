"""Who one is, asked once; a check, and how it went: in JupyterLab."""

import random

import pytest
from hands import give
from playwright.sync_api import expect

from coursekit.course import Course
from coursekit.practice import checks
from coursekit.practice.desk import Desk
from coursekit.practice.kinds import kind_of


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    return labs(tmp_path_factory.mktemp("signed") / "course")


def test_one_is_asked_once_and_told_who_sees_the_answers(lab, lab_page):
    page = lab_page(lab.url)
    card = page.locator(".ck-sign")
    expect(card).to_contain_text("你的答案谁看得到")
    card.get_by_role("button", name="就用这个").click()
    expect(card.get_by_role("status")).to_contain_text("先写上称呼")
    card.get_by_label("你怎么称呼？").fill("<b>王芳")
    card.get_by_label("你怎么称呼？").press("Enter")
    expect(card).to_contain_text("你好，<b>王芳。")

    page.reload()
    expect(page.locator(".ck-sign")).to_contain_text("你好，<b>王芳。", timeout=60_000)
    page.locator(".ck-sign").get_by_role("button", name="改称呼").click()
    expect(page.locator(".ck-sign")).to_contain_text("前面的答案还是同一个人的")
    page.locator(".ck-sign").get_by_label("新的称呼").fill("王小芳")
    page.locator(".ck-sign").get_by_role("button", name="就用这个").click()
    expect(page.locator(".ck-sign")).to_contain_text("你好，王小芳。")


def test_a_check_takes_each_answer_once_and_tells_how_it_went_at_the_end(lab, lab_page):
    page = lab_page(lab.address("funnel_check.ipynb"))
    course = Course.find(lab.folder)
    desk = Desk(course, check="pre")
    asked = checks.select(course, "funnel", minutes=20)
    result = page.locator(".ck-result").first
    expect(result).to_contain_text(f"{len(asked)} 题答了 0 题")
    rng = random.Random(1)
    for exercise_id in asked:
        card = page.locator(f".ck[data-exercise='{exercise_id}']").first  # the second is of post
        question = desk.question(exercise_id)
        kind = kind_of(question.exercise.kind)
        give(card, question, kind.fabricate(question, rng)["right"])
        expect(card.locator("[data-outcome]")).to_have_attribute("data-outcome", "recorded")
        expect(card).to_contain_text("对错和讲解稍后一起公布")
        assert card.get_by_role("button", name="换一题").count() == 0
    result.get_by_role("button", name="看结果").click()
    expect(result).to_contain_text(f"{len(asked)} 题全对 {len(asked)} 题，平均 100 分")
    expect(result).to_contain_text("先不讲解")
