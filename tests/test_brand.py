"""Whose course it is: told in course.toml, shown at the head of pages and reports."""

import base64

import pytest

from coursekit import brand
from coursekit.brand import Brand
from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.lab import folder
from coursekit.lab.settings import page_config
from coursekit.practice import home, page
from coursekit.reporting import batch, facts, index

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SVG = '<?xml version="1.0"?>\n<!-- a logo -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'
SCRIPT = "<script>alert(1)</script>"


def course_with(folder, text):
    (folder / "course.toml").write_text(text, "utf-8")
    return Course.find(folder)


def test_a_course_without_a_brand_shows_none(tmp_path):
    course = course_with(tmp_path, 'id = "a"\n')
    assert not course.brand
    assert brand.markup(course.brand, "zh") == ""
    assert brand.lines(course.brand, "zh") == []


def test_the_words_of_a_brand_stand_in_the_language_of_the_course(tmp_path):
    text = '[brand]\ntrainer = "林老师"\ncontact = "010-0000"\nclient = "远山饲料"\n'
    course = course_with(tmp_path, text)
    assert brand.lines(course.brand, "zh") == ["远山饲料 专班", "主讲：林老师 · 010-0000"]
    assert brand.lines(course.brand, "en") == ["For 远山饲料", "Trainer: 林老师 · 010-0000"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("logo.png", PNG, "png"), ("LOGO 2.SVG", SVG.encode(), "svg+xml"), ("标志.png", PNG, "png")],
)
def test_a_logo_is_carried_inside_the_page(tmp_path, name, data, kind):
    (tmp_path / name).write_bytes(data)
    course = course_with(tmp_path, f'[brand]\nlogo = "{name}"\n')
    head, _, body = course.brand.logo.partition(",")
    assert head == f"data:image/{kind};base64"
    assert base64.b64decode(body) == data
    assert course.brand.logo in brand.markup(course.brand, "zh")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('logo = "../logo.png"', "course.logo_name"),
        ('logo = "a/logo.png"', "course.logo_name"),
        ('logo = "C:\\\\logo.png"', "course.logo_name"),
        ('logo = "logo.gif"', "course.logo_name"),
        ('logo = ".hidden.png"', "course.logo_name"),
        ('logo = "none.png"', "course.logo_missing"),
        ('logo = "folder.png"', "course.logo_missing"),
        ('logo = "large.png"', "course.logo_too_large"),
        ('logo = "page.svg"', "course.logo_no_picture"),
        ('logo = "grows.svg"', "course.logo_no_picture"),
        ("logo = 1", "course.brand_text"),
        (f'trainer = "{"长" * 61}"', "course.brand_text"),
        ('client = "two\\nlines"', "course.brand_text"),
        ('colour = "red"', "course.unknown_key"),
    ],
)
def test_a_bad_brand_is_told_by_line_in_both_languages(tmp_path, line, code):
    (tmp_path / "large.png").write_bytes(PNG + b"0" * brand.LARGEST_LOGO)
    (tmp_path / "page.svg").write_text("<html><svg></svg></html>", "utf-8")
    (tmp_path / "grows.svg").write_text(f'<!DOCTYPE svg [<!ENTITY a "a">]>{SVG}', "utf-8")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(InputError) as caught:
        course_with(tmp_path, f'id = "a"\n[brand]\n{line}\n')
    assert caught.value.code == code
    assert "第 3 行" in str(caught.value)
    assert "line 3" in str(caught.value)


def test_a_brand_that_is_no_section_is_told_by_line(tmp_path):
    with pytest.raises(InputError) as caught:
        course_with(tmp_path, 'id = "a"\nbrand = "me"\n')
    assert (caught.value.code, caught.value.values["line"]) == ("course.wrong_value", 2)


def test_a_link_that_leads_out_of_the_folder_is_no_logo(tmp_path):
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    inner = tmp_path / "course"
    inner.mkdir()
    try:
        (inner / "logo.png").symlink_to(outside)
    except OSError:
        pytest.skip("no links here: one that leads outside is NOT checked")
    with pytest.raises(InputError, match=r"logo\.png"):
        course_with(inner, '[brand]\nlogo = "logo.png"\n')


def test_the_brand_stands_escaped_on_every_kind_of_page(tmp_path, monkeypatch):
    whose = Brand(trainer=SCRIPT, client='"><q>')
    course = Course(id="a", folder=tmp_path, brand=whose)
    found = {"today": "2026-03-02", "file": "x.csv"}
    monkeypatch.setattr(home, "standings", lambda course, events: (home.Standing(LESSON, 0, 0),))
    shown = [
        home.rendered(course, []),
        page.page([], "zh", whose),
        index.html(found, [], False, "zh", whose).decode(),
        brand.markup(whose, "en"),
    ]
    for text in shown:
        assert SCRIPT not in text and "<q>" not in text
        assert "&lt;script&gt;" in text


LESSON = home.Page("funnel_2.ipynb", "funnel.2", "…")


def test_the_bar_of_the_lab_is_told_whose_course_it_is(tmp_path):
    course = Course(id="a", folder=tmp_path, brand=Brand(client="甲方", logo="data:image/png,"))
    told = page_config(course)["coursekit"]
    assert '"brand": {"logo": "data:image/png,", "says": "甲方 专班"}' in told


def test_a_report_carries_the_brand_and_is_drawn_anew_when_it_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sample = facts.sample("team")
    assert sample["brand"] == {"trainer": "", "contact": "", "client": "", "logo": ""}
    pages = [
        batch.Page("team", "team", "zh", "…", batch.as_json({**sample, "brand": {"client": who}}))
        for who in ("甲", "乙")
    ]
    assert pages[0].digest != pages[1].digest


def test_a_new_course_shows_how_a_brand_is_written(tmp_path):
    folder.refresh(tmp_path / "new", "zh")
    settings = tmp_path / "new" / "course.toml"
    text = settings.read_text("utf-8").replace("# [", "[").replace("# logo", "# # logo")
    text = "\n".join(line.removeprefix("# ") if "=" in line else line for line in text.splitlines())
    settings.write_text(text, "utf-8")
    assert Course.find(settings.parent).brand == Brand("讲师姓名", "电话或微信", "客户公司")
