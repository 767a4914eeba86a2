import csv
import datetime
import io
import json
import os
import pathlib
import re
import unicodedata

import pytest

from coursekit import cli
from coursekit.reporting import page

HEADER = "编号,负责人,工号,客户,阶段,金额,下一步,下一步日期\n"
ROWS = [
    "D1,张伟,S1,绿源牧业,50%,100000,周五和王总谈价格,2026-03-06",
    "D2,张伟,S1,海辰食品,90%,200000,,",
    "D3,李娜,S2,永信机电,25%,400000,周四送样品,2026-03-05",
    "D4,李娜,S2,康泰药业,机会,50000,周三电话约见面,2026-03-04",
]
DAY = ("--today", "2026-03-02")
# 100000 x 50% + 200000 x 90% + 400000 x 25% + 50000 x 0; the 90% deal has no next step
LISTED, SHOWN = 50_000 + 180_000 + 100_000, 50_000 + 100_000


@pytest.fixture
def deals(tmp_path):
    """An export whose next-step rule takes 180,000 of 330,000: more than half."""
    path = tmp_path / "deals.csv"
    path.write_text(HEADER + "\n".join(ROWS) + "\n", encoding="utf-8-sig")
    return path


@pytest.fixture
def run(deals, tmp_path, capsys):
    """Run ``coursekit checkup`` on the export: code, what was written to stdout and to stderr."""

    def checkup(*options, file=deals):
        code = cli.main(["checkup", str(file), *DAY, "--out", str(tmp_path / "out"), *options])
        return (code, *capsys.readouterr())

    checkup.out = tmp_path / "out"
    return checkup


@pytest.fixture
def no_kernel(monkeypatch):
    """Pages without running them: the notebooks drawn so, as (folder, facts) pairs."""
    drawn = []

    def fake(book, folder, facts, digest):
        drawn.append((folder.name, json.loads((folder / facts).read_text("utf-8"))))
        return page._without_traces(book.copy(), digest)

    monkeypatch.setattr(page, "run", fake)
    return drawn


def figures(run, *options, **values):
    code, out, _ = run("--json", "--yes", *options, **values)
    assert code == 0
    return json.loads(out)


def test_json_holds_the_figures_and_draws_no_page(run):
    facts = figures(run)
    assert facts["team"]["listed"] == LISTED
    assert facts["team"]["shown"] == SHOWN
    assert sorted(path.name for path in run.out.iterdir() if path.name[0] != ".") == [
        "history",
        "map.toml",
        "maps",
    ]


def test_the_figures_are_one_line_the_same_as_what_is_kept(run):
    _, out, _ = run("--json", "--yes")
    assert out.count("\n") == 1  # indented they would take most of the time of a long list
    assert out.encode() == (run.out / "history/2026-03-02/facts.json").read_bytes()


def test_every_run_keeps_its_checked_table_and_figures(run):
    facts = figures(run)
    day = run.out / "history" / "2026-03-02"
    assert json.loads((day / "facts.json").read_text("utf-8")) == facts
    rows = list(csv.DictReader(io.StringIO((day / "deals.csv").read_text("utf-8-sig"))))
    assert [row["deal_id"] for row in rows] == ["D1", "D2", "D3", "D4"]
    assert [row["reason"] for row in rows] == ["", "no_next_step", "", ""]
    assert rows[0]["next_step_date"] == "2026-03-06"


def test_where_a_rule_takes_more_than_half_it_stops_before_any_page(run, no_kernel):
    code, out, err = run()
    assert code == cli.IN_DOUBT == 3
    assert out == ""
    for told in ("“负责人” → 负责人", "“机会” → 机会", "55%", "--yes", "map.toml"):
        assert told in err
    assert not list(run.out.rglob("*.html"))
    assert not (run.out / "history").exists()


def test_what_was_confirmed_is_not_asked_again_next_week(run, no_kernel):
    assert run("--yes")[0] == 0
    code, _, err = run("--today", "2026-03-03")
    assert code == 0
    assert "--yes" not in err


def test_at_the_end_the_paths_of_the_pages_are_printed_one_to_a_line(run, no_kernel):
    _, out, _ = run("--yes")
    assert out.splitlines() == [
        str(run.out / name) for name in ("index.html", "team.html", "persons")
    ]


def test_a_new_doubt_is_asked_about_although_another_was_confirmed(run, tmp_path, no_kernel):
    assert run("--yes")[0] == 0
    worse = tmp_path / "worse.csv"
    lost = [f"E{n},赵敏,S3,客户{n},50%,1,," for n in range(5)]  # every deal of one owner
    worse.write_text(HEADER + "\n".join(ROWS + lost) + "\n", encoding="utf-8-sig")
    assert run(file=worse)[0] == cli.IN_DOUBT


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 3), ("", 3), ("是\n", 0)])
def test_at_a_terminal_it_asks(run, no_kernel, monkeypatch, typed, code):
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert run()[0] == code


def test_a_map_that_was_given_is_used_again_without_being_named(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("谁,客户,走到哪,金额\n张伟,甲,丙级,1000\n", encoding="utf-8")
    names = tmp_path / "names.toml"
    names.write_text(
        '[columns]\nowner="谁"\nstage="走到哪"\n[stages]\n"丙级"="p50"', encoding="utf-8"
    )
    first = figures(run, "--map", str(names), file=table)
    assert first["team"]["listed"] == 1000 * 0.5
    names.unlink()
    assert figures(run, file=table) == first


def test_stages_that_match_nothing_stand_in_a_map_ready_to_fill(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text(
        "负责人,客户,阶段,金额\n张伟,甲,丙级,1000\n张伟,乙,50%,1000\n", encoding="utf-8"
    )
    _, out, err = run("--json", file=table)
    assert json.loads(out)["team"]["listed"] == 500
    to_fill = run.out / "map.toml"
    assert "丙级" in err and str(to_fill) in err
    filled = to_fill.read_text("utf-8").replace('"丙级" = ""', '"丙级" = "p90"')
    to_fill.write_text(filled, encoding="utf-8")
    assert figures(run, "--map", str(to_fill), file=table)["team"]["listed"] == 500 + 900
    assert to_fill.read_text("utf-8") == filled


def test_what_was_read_as_what_can_be_corrected_though_nothing_was_in_doubt(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text(
        "负责人,客户,阶段,预计金额,合同金额\n张伟,甲,90%,1000,2000\n", encoding="utf-8"
    )
    assert figures(run, file=table)["team"]["listed"] == 900
    to_fill = run.out / "map.toml"
    right = to_fill.read_text("utf-8").replace('amount = "预计金额"', 'amount = "合同金额"')
    to_fill.write_text(right, encoding="utf-8")
    assert figures(run, "--map", str(to_fill), file=table)["team"]["listed"] == 1800
    assert figures(run, file=table)["team"]["listed"] == 1800


@pytest.fixture
def export(tmp_path):
    """Exports of two systems: other headers, another stage that matches nothing."""

    def export(name, head, stage):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"负责人,客户,{head},金额\n张伟,甲,{stage},1000\n", encoding="utf-8")
        return path

    return export


def test_a_map_that_nobody_touched_follows_the_export(run, export):
    to_fill = run.out / "map.toml"
    run("--json", file=export("first", "阶段", "丙级"))
    assert "丙级" in to_fill.read_text("utf-8")
    run("--json", file=export("second", "销售阶段", "丁级"))
    text = to_fill.read_text("utf-8")
    assert 'stage = "销售阶段"' in text and "丁级" in text and "丙级" not in text
    assert not (run.out / "map-2.toml").exists()


def test_a_map_that_a_person_edited_stays_and_the_new_one_is_said(run, export):
    to_fill, beside = run.out / "map.toml", run.out / "map-2.toml"
    run("--json", file=export("first", "阶段", "丙级"))
    edited = to_fill.read_text("utf-8").replace('"丙级" = ""', '"丙级" = "p90"')
    to_fill.write_text(edited, encoding="utf-8")
    for day in ("2026-03-02", "2026-03-09"):  # the second time it is not written a third time
        _, _, err = run("--json", "--today", day, file=export("second", "销售阶段", "丁级"))
        assert to_fill.read_text("utf-8") == edited
        assert "丁级" in beside.read_text("utf-8")
        assert str(beside) in err
        assert not (run.out / "map-3.toml").exists()


def test_a_map_of_somebody_else_stays_too(run, export):
    run.out.mkdir()
    (run.out / "map.toml").write_text("mine", encoding="utf-8")
    run("--json", file=export("first", "阶段", "丙级"))
    assert (run.out / "map.toml").read_text("utf-8") == "mine"
    assert "丙级" in (run.out / "map-2.toml").read_text("utf-8")


def test_an_edited_map_that_was_taken_over_is_not_written_again_beside(run, export):
    to_fill, file = run.out / "map.toml", export("first", "阶段", "丙级")
    run("--json", file=file)
    edited = to_fill.read_text("utf-8").replace('"丙级" = ""', '"丙级" = "p90"')
    to_fill.write_text(edited, encoding="utf-8")
    figures(run, "--map", str(to_fill), file=file)
    _, _, err = run("--json", "--yes", file=file)
    assert "map-2" not in err
    assert not (run.out / "map-2.toml").exists()


def test_a_stage_column_of_unknown_name_is_asked_for_in_a_map_ready_to_fill(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("负责人,客户,孵化程度,金额\n张伟,甲,90%,1000\n", encoding="utf-8")
    code, _, err = run("--json", file=table)
    to_fill = run.out / "map.toml"
    assert code == cli.BAD_INPUT and str(to_fill) in err
    filled = to_fill.read_text("utf-8").replace('stage = ""', 'stage = "孵化程度"')
    to_fill.write_text(filled, encoding="utf-8")
    assert figures(run, "--map", str(to_fill), file=table)["team"]["listed"] == 900
    assert figures(run, file=table)["team"]["listed"] == 900  # confirmed: not asked for again


def test_a_file_with_a_header_and_no_deals_is_told_before_anything_is_written(run, tmp_path):
    table = tmp_path / "none.csv"
    table.write_text("负责人,客户,阶段,金额\n,,,\n", encoding="utf-8")
    code, _, err = run(file=table)
    assert code == cli.BAD_INPUT and "none.csv 里只有标题" in err
    assert not run.out.exists()


def test_the_target_is_per_person_and_may_be_written_in_wan(run):
    facts = figures(run, "--target", "10万")
    assert facts["owners"][0]["target"]["target"] == 100_000
    assert facts["team"]["target"]["target"] == 200_000


def test_an_option_that_makes_no_sense_is_told_as_usage(run, capsys):
    with pytest.raises(SystemExit) as stopped:
        run("--lang", "fr")
    assert stopped.value.code == 2
    assert "--lang" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--target", "很多", "目标 很多 不是金额"),
        ("--target", "0", "大于 0"),
        ("--target", "-5万", "大于 0"),
        ("--target", "1e300", "大得不像真的"),
        ("--today", "3月2日", "2026-03-02 这样"),
        ("--today", "2026-13-45", "2026-03-02 这样"),
        ("--today", "9999-12-31", "2026-03-02 这样"),
    ],
)
def test_a_target_or_day_that_makes_no_sense_is_told_in_one_sentence(run, option, value, told):
    code, out, err = run(f"{option}={value}")
    assert (code, out) == (cli.BAD_INPUT, "")
    assert told in err.splitlines()[-1]


@pytest.mark.parametrize("command", [(), ("checkup",), ("forget",), ("lab",)])
def test_help_fits_a_console_of_80_columns_in_both_languages(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        cli.main([*command, "--help"])
    lines = capsys.readouterr().out.splitlines()
    wide = [sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in s) for s in lines]
    assert max(wide) < 80
    chinese = [number for number, line in enumerate(lines) if re.search("[一-鿿]", line)]
    assert chinese and all(re.search("[a-z]{2}", lines[n] + lines[n + 1]) for n in chinese)


def test_a_day_may_be_written_as_in_chinese(run):
    assert figures(run, "--today", "2026年3月4日")["today"] == "2026-03-04"


def test_without_a_day_the_clock_is_used_and_said(deals, tmp_path, capsys):
    cli.main(
        ["checkup", str(deals), "--json", "--yes", "--lang", "en", "--out", str(tmp_path / "o")]
    )
    out, err = capsys.readouterr()
    today = datetime.date.fromisoformat(json.loads(out)["today"])
    assert abs((datetime.date.today() - today).days) <= 1
    assert re.match(rf"As of {today.day} \w+ {today.year}", err)


@pytest.mark.parametrize("by", ["customer", "客户"])
def test_pages_can_be_split_by_a_code_or_a_header(run, by):
    assert len(figures(run, "--by", by)["owners"]) == 4


def test_pages_can_be_split_by_a_column_that_the_kit_does_not_know(run, tmp_path):
    table = tmp_path / "regions.csv"
    table.write_text(
        "负责人,大区,客户,阶段,金额\n张伟,华东,甲,50%,2\n李娜,华东,乙,50%,2\n", encoding="utf-8"
    )
    facts = figures(run, "--by", "大区", file=table)
    assert [owner["name"] for owner in facts["owners"]] == ["华东"]
    assert not facts["no_ids"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--by", "没有的列"), "没有的列"),
        (("--map", "nowhere.toml"), "nowhere.toml"),
        (("--history", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_input_that_cannot_be_used_is_one_sentence_and_code_2(run, options, told):
    code, out, err = run("--json", "--yes", *options)
    assert (code, out) == (cli.BAD_INPUT, "")
    assert told in err.splitlines()[-1]
    assert "Traceback" not in err


def test_the_sentence_comes_in_the_language_that_was_asked_for(run, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    code, _, err = run("--lang", "en", file=empty)
    assert code == cli.BAD_INPUT
    assert "empty.csv is empty" in err


def test_a_page_that_fails_is_tried_twice_and_listed_and_the_others_are_there(
    run, no_kernel, monkeypatch
):
    draw, tries = page.run, []

    def half(book, folder, facts, digest):
        if json.loads((folder / facts).read_text("utf-8")).get("name") == "李娜":
            tries.append(facts)
            raise RuntimeError("kernel died\nsecond line")
        return draw(book, folder, facts, digest)

    assert run("--yes")[0] == 0  # her page of the day before is there
    monkeypatch.setattr(page, "run", half)
    code, _, err = run("--yes", "--target", "10万")
    assert code == cli.SOME_FAILED == 1
    assert len(tries) == 2
    assert "failures.csv" in err
    _, row = csv.reader(io.StringIO((run.out / "failures.csv").read_text("utf-8-sig")))
    assert row[0].startswith("李娜") and row[1].endswith("RuntimeError: kernel died")
    assert [path.name for path in sorted((run.out / "persons").glob("*.html"))] == ["张伟.html"]
    assert "李娜" in (run.out / "index.html").read_text("utf-8")
    monkeypatch.setattr(page, "run", draw)
    assert run("--yes", "--target", "10万")[0] == 0
    assert not (run.out / "failures.csv").exists()


def test_only_what_is_not_current_is_drawn_again(run, no_kernel, deals):
    run("--yes")
    assert sorted(name for name, _ in no_kernel) == ["out", "persons", "persons"]
    no_kernel.clear()
    run("--yes")
    assert no_kernel == []
    (run.out / "persons" / "张伟.html").write_text("torn", encoding="utf-8")
    (run.out / "persons" / "李娜.ipynb").unlink()
    run("--yes")
    assert sorted(facts["name"] for _, facts in no_kernel) == ["张伟", "李娜"]


def test_who_left_the_list_leaves_the_folder(run, no_kernel, tmp_path):
    run("--yes")
    fewer = tmp_path / "fewer.csv"
    fewer.write_text(HEADER + "\n".join(ROWS[2:]) + "\n", encoding="utf-8-sig")
    run("--yes", file=fewer)
    assert [path.stem for path in (run.out / "persons").glob("*.html")] == ["李娜"]
    assert len(list((run.out / "facts").iterdir())) == 2


def test_a_person_s_page_gets_nothing_of_the_others(run, no_kernel):
    run("--yes")
    zhang = next(facts for _, facts in no_kernel if facts.get("name") == "张伟")
    text = json.dumps(zhang, ensure_ascii=False)
    assert "绿源牧业" in text
    for other in ("李娜", "永信机电", "康泰药业"):
        assert other not in text


def test_a_later_run_says_what_changed_since(run, no_kernel, tmp_path):
    run("--yes")
    later = tmp_path / "later.csv"
    rows = [ROWS[0].replace("50%", "90%"), *ROWS[2:]]  # one moved up, one vanished
    later.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8-sig")
    changes = figures(run, "--today", "2026-03-04", file=later)["changes"]
    assert changes["since"] == "2026-03-02"
    assert (changes["moved_up"]["n"], changes["vanished"]["n"]) == (1, 1)


def test_a_folder_with_files_of_somebody_else_is_left_alone(run, no_kernel):
    run.out.mkdir()
    (run.out / "index.html").write_text("mine", encoding="utf-8")
    code, _, err = run("--yes")
    assert code == cli.BAD_INPUT
    assert "index.html" in err
    assert (run.out / "index.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "theirs",
    [
        *("index.html", "team.csv", "failures.csv", "persons/李娜.html"),
        *("history/2026-03-02/deals.csv", "history/2026-03-02/facts.json"),
    ],
)
def test_a_run_refused_because_of_somebody_else_s_file_leaves_nothing_there(run, no_kernel, theirs):
    place = run.out / theirs
    place.parent.mkdir(parents=True)
    place.write_text("mine", encoding="utf-8")
    before = sorted(run.out.rglob("*"))
    code, _, err = run("--yes")
    assert code == cli.BAD_INPUT
    assert place.name in err
    assert sorted(run.out.rglob("*")) == before


def test_a_folder_of_somebody_else_gets_no_map_to_fill_either(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("负责人,客户,孵化程度,金额\n张伟,甲,90%,1000\n", encoding="utf-8")
    run.out.mkdir()
    (run.out / "index.html").write_text("mine", encoding="utf-8")
    assert run(file=table)[0] == cli.BAD_INPUT
    assert [path.name for path in run.out.iterdir()] == ["index.html"]


def test_two_check_ups_do_not_write_to_one_folder_at_once(run, no_kernel):
    import filelock

    run.out.mkdir()
    with filelock.FileLock(run.out / ".coursekit-lock"):
        code, _, err = run("--yes")
    assert code == cli.BAD_INPUT
    assert str(run.out) in err


def test_input_that_cannot_be_used_leaves_no_folder_behind(run, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    run(file=empty)
    assert not run.out.exists()


def test_a_folder_that_cannot_be_written_to_is_told_in_one_sentence(run, no_kernel):
    run.out.write_text("a file", encoding="utf-8")
    code, _, err = run("--yes")
    assert code == cli.BAD_INPUT
    assert str(run.out) in err and "Traceback" not in err


def test_a_file_that_is_open_elsewhere_is_named(run, no_kernel, monkeypatch):
    real = os.replace

    def locked(source, target):
        if pathlib.Path(target).name == "team.csv":  # as Excel does on Windows
            raise PermissionError(13, "in use")
        real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    code, _, err = run("--yes")
    assert code == cli.BAD_INPUT
    assert "team.csv" in err and "Excel" in err


def test_a_header_cannot_steer_the_terminal(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("负责人,客户,阶段,\x1b]0;x\x07y\n张伟,甲,赢了吗,1\n" * 1, encoding="utf-8")
    _, _, err = run("--json", file=table)
    assert "赢了吗" in err
    assert "\x1b" not in err and "\x07" not in err


def test_a_file_without_owners_gives_the_team_page_alone(run, no_kernel, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("客户,阶段,金额\n甲,50%,1000\n乙,25%,\n", encoding="utf-8")
    code, out, _ = run("--yes", file=table)
    assert code == 0
    assert out.splitlines() == [str(run.out / name) for name in ("index.html", "team.html")]
    assert [(folder, facts["kind"]) for folder, facts in no_kernel] == [("out", "team")]
    assert (run.out / "index.html").is_file()


def test_forget_says_what_it_deleted_and_what_it_kept(run, no_kernel, capsys):
    run("--yes")
    assert cli.main(["forget", str(run.out)]) == 0
    out = capsys.readouterr().out
    assert "persons/张伟.html" in out and "history/2026-03-02/facts.json" in out
    left = "".join(path.read_text("utf-8") for path in run.out.rglob("*") if path.is_file())
    for gone in ("绿源牧业", "周五和王总谈价格"):
        assert gone not in left
    assert f'"listed": {LISTED}.0' in left


def test_after_forgetting_the_next_check_up_starts_afresh(run, no_kernel, capsys):
    run("--yes")
    cli.main(["forget", str(run.out)])
    capsys.readouterr()
    assert figures(run, "--today", "2026-03-04")["changes"] is None


MAVEN = """
[stages]
Engaging = "p25"
Prospecting = "opportunity"
[values]
product = { GTXPro = "GTX Pro" }
[join]
file = "products.csv"
key = { product = "product" }
fields = { amount = "sales_price" }
"""


def test_the_maven_file_gives_the_figures_worked_out_for_it(run, tmp_path, shared):
    names = tmp_path / "maven.toml"
    names.write_text(MAVEN, encoding="utf-8")
    file = shared / "maven_crm" / "sales_pipeline.csv"
    options = ("--map", str(names), "--today", "2017-12-31")
    code, _, err = run("--json", *options, file=file)
    assert code == cli.IN_DOUBT  # the age rule takes more than half
    assert "--yes" in err
    facts = figures(run, *options, file=file)
    team = facts["team"]
    assert len(facts["owners"]) == 30
    assert (team["n_won"], team["n_lost"], team["n_open"]) == (4238, 2473, 1589 + 500)
    assert team["won"] == 10_005_534
    assert team["open_amount"] == 3_892_229 + 1_073_986
    assert team["listed"] == 973_057.25
    assert team["shown"] == 173_391.25
    old = {reason["code"]: reason["n"] for reason in team["reasons"]}
    assert old["older_than_any_closed"] == 1291
    won = {owner["name"]: owner["won"] for owner in facts["owners"]}
    assert won["Darcel Schlecht"] == 1_153_214
    assert won["Vicki Laflamme"] == 478_396
    assert won["Kary Hendrixson"] == 454_298


PIPELINE = """
[stages]
Identified = "opportunity"
Validated = "p25"
Qualified = "p50"
Proposal = "p90"
[missing]
next_step = ["No Response"]
"""


def test_the_pipeline_file_gives_the_figures_worked_out_for_it(run, tmp_path, shared):
    names = tmp_path / "pipeline.toml"
    names.write_text(PIPELINE, encoding="utf-8")
    file = shared / "pipeline_next_steps" / "sales_pipeline.csv"
    facts = figures(run, "--map", str(names), "--today", "2015-12-31", file=file)
    assert len(facts["owners"]) == 20
    assert facts["counts"] == {"rows": 5841, "kept": 1000, "dropped": 4841}
    team = facts["team"]
    assert team["n_open"] == 914
    assert team["listed"] == 734_700.50
    assert team["shown"] == 552_247.00
    assert [(reason["code"], reason["n"]) for reason in team["reasons"]] == [("no_next_step", 225)]
    assert sum(1 for deal in team["deals"] if deal["listed"] > deal["shown"]) == 133


def test_a_file_of_order_lines_is_told_to_have_no_stages(run, shared):
    code, out, err = run(file=shared / "cn_superstore" / "示例 - 超市.xls")
    assert (code, out) == (cli.BAD_INPUT, "")
    assert "阶段" in err
    assert len(err.strip().splitlines()) == 2  # the day, and one sentence
