"""The sections that only the team page has, without a kernel."""

import html
import re

import pytest

from coursekit import checkup, tables
from coursekit.funnel import Ladder
from coursekit.reporting import sections, team
from coursekit.reporting.facts import of_team, remarks
from coursekit.reporting.sheet import Sheet

LADDER = Ladder.load()


@pytest.fixture
def said(tmp_path, monkeypatch):
    """What a section of the team page says about a small CSV, as text."""
    blocks = []
    for module in (team, sections):
        monkeypatch.setattr(module, "put", lambda *found: blocks.extend(found))

    def said(section, content, lang="zh", previous=None):
        path = tmp_path / "list.csv"
        path.write_text(content, "utf-8")
        table = tables.read(path, "deals")
        found = checkup.facts(table, LADDER, "2026-03-02", previous=previous, file=path.name)
        blocks.clear()
        section(Sheet(of_team({**found, "remarks": remarks(table)}, {}, lang), lang))
        return found, html.unescape(re.sub(r"<[^>]+>", " ", "".join(blocks)))

    return said


def test_the_page_tells_what_was_read_as_what(said):
    head = "客户,销售,阶段,预计金额,合同金额\n"
    deals = "甲,王芳,报价,1,2\n乙,王芳,初步接洽,1,2\n丙,王芳,孵化,1,2\n"
    _, text = said(team.reading, head + deals)
    assert "客户 ← 客户" in text
    assert "金额 ← 预计金额" in text
    assert "机会 ← 初步接洽；50% ← 报价。" in text
    assert "金额用的是“预计金额”，没有用：合同金额。" in text
    assert "先按 0 计：孵化。" in text


def test_remarks_that_stand_there_are_not_counted_as_further_ones(said):
    head = "客户,负责人,阶段,金额,币种\n"
    currencies = head + "甲,王芳,50%,100,CNY\n乙,王芳,50%,100,USD\n"
    _, text = said(team.reading, currencies)
    assert "USD" in text and "另有" not in text
    _, text = said(team.reading, currencies + "丙,王芳,孵化,100,USD\n丁,王芳,孵化,100,USD\n")
    assert "另有 2 处要留意" in text


def test_the_page_says_why_a_deal_fell_back(said):
    content = "编号,客户,负责人,阶段,金额,下一步\n1,甲,王芳,50%,100,{}\n2,乙,王芳,50%,100,送样\n"
    before, _ = said(team.changes, content.format("送样"))
    _, text = said(team.changes, content.format(""), "en", {**before, "today": "2026-02-23"})
    assert re.search(r"Could be shown, no longer can\s+甲 \(王芳\) No next step", text)


def test_a_list_that_counts_nothing_is_not_praised(said):
    _, text = said(sections.head, "客户,负责人,阶段,金额\n甲,王芳,机会,100\n")
    assert "照表算是 0" in text
    assert "每一分都有依据" not in text
