"""The sample team: same bytes from the same seed, same numbers in both languages."""

import csv
import datetime
import itertools
import tomllib

import pytest
from conftest import ROOT

from coursekit.making import team

FOLDER = ROOT / "datasets"
TODAY = datetime.date(2026, 3, 2)
WORDS = {"客户名称", "负责人", "产品", "阶段", "对接人", "下一步", "暂缓原因"}


@pytest.fixture(scope="module")
def make():
    return team


def read(name):
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def zh():
    return read("team.zh.csv")


@pytest.fixture(scope="module")
def history():
    return read("team_history.csv")


def day(text):
    return datetime.date.fromisoformat(text)


def test_making_it_again_gives_the_same_bytes(make, tmp_path):
    make.write(tmp_path)
    names = [path.name for path in tmp_path.iterdir()]
    assert len(names) == 5
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_every_deal_has_a_number_of_its_own(zh):
    assert len({row["项目编号"] for row in zh}) == len(zh)


def test_both_languages_hold_the_same_deals_and_numbers(zh):
    for chinese, english in zip(zh, read("team.en.csv"), strict=True):
        for (header, left), right in zip(chinese.items(), english.values(), strict=True):
            if header in WORDS:
                assert bool(left) == bool(right), (header, left, right)
            else:
                assert left == right


def test_the_english_file_has_no_chinese_left():
    text = (FOLDER / "team.en.csv").read_text("utf-8-sig")
    assert text.isascii()


def test_no_cell_starts_like_a_formula(zh):
    assert not [cell for row in zh for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


def test_twelve_people_have_open_deals(zh):
    assert len({row["员工编号"] for row in zh if not row["关闭日期"]}) == 12


def test_the_settings_name_the_day_and_the_target():
    settings = tomllib.loads((FOLDER / "team.toml").read_text("utf-8"))
    assert settings == {"today": TODAY, "target": 600_000}


def test_closed_deals_end_before_the_day_of_the_list(zh):
    assert all(day(row["关闭日期"]) < TODAY for row in zh if row["关闭日期"])


def test_the_history_ends_where_a_closed_deal_stands(zh, history):
    words = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    last = {row["deal_id"]: row for row in history}
    code = {pair[0]: code for code, pair in words["stages"].items()}
    for row in zh:
        if row["关闭日期"]:
            assert last[row["项目编号"]]["stage"] == code[row["阶段"]]
            assert last[row["项目编号"]]["date"] == row["关闭日期"]


def test_no_stage_is_entered_before_the_one_below(history):
    for earlier, later in itertools.pairwise(history):
        if earlier["deal_id"] == later["deal_id"]:
            assert earlier["date"] <= later["date"]


def test_some_deals_are_older_than_any_that_closed(zh):
    longest = max(day(row["关闭日期"]) - day(row["创建日期"]) for row in zh if row["关闭日期"])
    old = [r for r in zh if not r["关闭日期"] and TODAY - day(r["创建日期"]) > longest]
    assert 20 <= len(old) <= 40


def test_the_drought_of_first_appointments_is_followed_by_one_of_contracts(make, history):
    def count(stage, first, end):
        return sum(r["stage"] == stage and first <= day(r["date"]) < end for r in history)

    weeks = datetime.timedelta(weeks=8)
    first, end = make.DROUGHT
    later = datetime.timedelta(weeks=10)
    assert count("appointment", first, end) * 4 < count("appointment", first - weeks, first)
    assert count("contract", first + later, end + later) * 2 < count("contract", first, end)


def test_one_person_has_no_early_deal_and_one_has_only_early_ones(zh):
    early = {"机会", "首次约见(FA)"}
    is_open = [row for row in zh if not row["关闭日期"]]
    assert not {row["阶段"] for row in is_open if row["员工编号"] == "S02"} & early
    assert {row["阶段"] for row in is_open if row["员工编号"] == "S07"} <= early | {"25%"}


def test_the_large_deal_of_one_person_has_no_next_step_with_a_date(zh):
    largest = max(zh, key=lambda row: float(row["预计金额"] or 0))
    assert largest["员工编号"] == "S06"
    assert largest["下一步日期"] == ""


def test_most_deals_with_all_five_gates_were_won_and_few_of_those_with_three_or_fewer(zh):
    gates = ("right_person", "right_proposal", "budget", "schedule", "next_step")
    ended = {row["项目编号"]: row["阶段"] == "签约" for row in zh if row["关闭日期"]}
    reached = {r["deal_id"] for r in read("team_history.csv") if r["stage"] == "p50"}
    won = {True: [], False: []}
    for row in read("team_gates.csv"):
        passed = sum(int(row[gate]) for gate in gates)
        if row["deal_id"] in ended.keys() & reached and passed != 4:
            won[passed == 5].append(ended[row["deal_id"]])
    assert sum(won[True]) > 0.8 * len(won[True])
    assert sum(won[False]) < 0.3 * len(won[False])


def test_gates_are_those_of_the_ladder():
    from coursekit.funnel import Ladder

    named = {gate for stage in Ladder.load().stages for gate in stage.gates}
    assert set(read("team_gates.csv")[0]) - {"deal_id"} == named - {
        "appointment_agreed",
        "contract_signed",
    }
