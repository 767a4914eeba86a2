"""Real pages: kernels run, files are opened, processes are killed."""

import csv
import html.parser
import io
import json
import re
import sys
import urllib.parse

import checkup_kills
import pytest
from checkup_kills import SCRIPT

from coursekit.reporting.store import MANIFEST, Store

NAMES = [SCRIPT, "../../x", "CON", "anna", "Anna", "王伟", "王伟", "名" * 60 + "🙂"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished check-up of owners with hostile names: its folder and what it said."""
    folder = tmp_path_factory.mktemp("pages")
    checkup_kills.export(folder / "deals.csv", NAMES)
    return folder / "out", checkup_kills.finish(folder / "deals.csv", folder / "out")


def persons(out):
    return sorted((out / "persons").glob("*.html"))


class Page(html.parser.HTMLParser):
    """Elements and their attributes in the order of the page, and all its text."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.text = [], []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for found, attributes in self.elements if found == tag]


def test_every_owner_has_a_page_of_his_own_under_a_harmless_name(finished):
    out, _ = finished
    assert len(persons(out)) == len(NAMES)
    assert len(list((out / "persons").glob("*.ipynb"))) == len(NAMES)
    assert sorted(path.name for path in out.parent.iterdir()) == ["deals.csv", "out"]


def test_nothing_but_the_day_and_the_end_is_said(finished):
    _, err = finished
    assert len(err.strip().splitlines()) == 2
    assert "TCP" not in err and "arning" not in err


def test_everything_in_the_folder_is_in_the_manifest(finished):
    out, _ = finished
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert there - {MANIFEST, ".coursekit-lock"} <= set(Store(out).names())


def test_names_and_texts_show_as_text_and_nothing_runs(finished):
    out, _ = finished
    for path in (*persons(out), out / "team.html", out / "index.html"):
        page = Page(path)
        assert page.all("script") == []
        assert not any(key.startswith("on") for _, attrs in page.elements for key in attrs)
        policy = next(meta for meta in page.all("meta") if "http-equiv" in meta)
        assert policy["content"].startswith("default-src 'none'")
    assert any(SCRIPT in text for text in Page(out / "team.html").text)


def test_a_page_needs_no_other_file_and_is_small(finished):
    out, _ = finished
    for path in (*persons(out), out / "team.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"https?:|//cdn|@import|url\(", text)
        assert all(image["src"].startswith("data:image/png;") for image in Page(path).all("img"))
        assert path.stat().st_size < 1_000_000


def test_a_page_can_be_read_by_a_screen_reader(finished):
    out, _ = finished
    for path in (*persons(out), out / "team.html"):
        page = Page(path)
        assert page.elements[0][1]["lang"] == "zh-CN"
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1 and set(levels[1:]) == {2}
        images = page.all("img")
        assert 1 <= len(images) <= 5
        assert all(len(re.findall(r"\d+", image["alt"])) >= 3 for image in images)
        assert len(page.all("caption")) == len(page.all("table"))


def test_two_people_of_one_name_are_told_apart_by_their_id(finished):
    out, _ = finished
    titles = [Page(path).text for path in persons(out) if path.name.startswith("王伟")]
    shown = sorted(next(text for text in texts if "王伟" in text) for texts in titles)
    assert [re.search(r"S\d", text)[0] for text in shown] == ["S5", "S6"]


def test_the_index_leads_to_every_page(finished):
    out, _ = finished
    links = [link["href"] for link in Page(out / "index.html").all("a")]
    assert len(links) == len(NAMES) + 1
    assert all((out / urllib.parse.unquote(link)).is_file() for link in links)
    team = [link["href"] for link in Page(out / "team.html").all("a")]
    assert sorted(team) == sorted(set(links) - {"team.html"})


def test_the_csv_opens_in_excel_as_it_is(finished):
    out, _ = finished
    data = (out / "team.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert sorted(row["姓名"] for row in rows if row["姓名"][0] != "王") == sorted(
        name for name in NAMES if name[0] != "王"
    )
    # 300000 x 50% + 200000 x 90% + 100000 x 25%; the last has no next step
    assert {row["照表算"] for row in rows} == {"355000"}
    assert {row["差额"] for row in rows} == {"25000"}
    assert all((out / row["页面"]).is_file() for row in rows)
    checked = (out / "history/2026-03-02/deals.csv").read_text("utf-8-sig")
    assert "'=海辰&食品" in checked


def test_a_name_is_never_code_and_the_notebook_holds_no_trace_of_its_run(finished):
    out, _ = finished
    for path in (out / "persons").glob("*.ipynb"):
        text = path.read_text("utf-8")
        book = json.loads(text)
        code = "".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
        assert code.isascii()
        assert re.search(r'^facts = "\.\./facts/[0-9a-f]{20}\.json"$', code, re.M)
        assert not any(name in code for name in NAMES)
        assert set(book["metadata"]) == {"coursekit", "kernelspec", "language_info"}
        for trace in ("papermill", "iopub", "start_time", str(out.parent), sys.prefix):
            assert trace not in text


def test_a_check_up_that_is_killed_again_and_again_ends_with_the_same_bytes(finished):
    straight, _ = finished
    out = straight.parent / "killed"
    assert checkup_kills.survive(straight.parent / "deals.csv", out, kills=9, seed=2026) >= 6
    assert checkup_kills.snapshot(out) == checkup_kills.snapshot(straight)
