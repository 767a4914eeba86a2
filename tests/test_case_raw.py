"""The raw exports: what a reader of the file can find is found, and the rest is told apart."""

import collections
import csv

import pandas as pd
import pytest

from coursekit import tables, terms
from coursekit.making import raw

SCHEMAS = {"deals": "deals", "customers": "customers", "orders": "shipments"}
CASES = [(skin, lang) for skin in ("feed", "parts") for lang in terms.LANGS]


@pytest.fixture(scope="module")
def folders(tmp_path_factory, case_world):
    made = {}
    for skin in ("feed", "parts"):
        folder = tmp_path_factory.mktemp("raw")
        raw.write(case_world(skin), folder)
        made |= {(skin, lang): folder / lang for lang in terms.LANGS}
    return made


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def export(request, folders):
    """One language of a skin: its tables as read, and what was planted."""
    folder = folders[request.param]
    read = {name: tables.read(folder / f"{name}.csv", SCHEMAS[name]) for name in SCHEMAS}
    with (folder / "dirt.csv").open(encoding="utf-8-sig", newline="") as file:
        dirt = list(csv.DictReader(file))
    return folder, read, dirt


def of_kind(dirt, found):
    return [one for one in dirt if one["found"] == found]


def place(read, one):
    """Table, row and column code of what was planted."""
    table = read[one["file"].removesuffix(".csv")]
    codes = {header: code for code, header in table.mapping.columns.items()}
    return table, int(one["row"]), codes.get(one["column"])


def as_text(value, column):
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:.0f}" if isinstance(value, float) else value


def test_every_row_below_the_header_is_kept_or_listed(export):
    folder, read, _ = export
    for name, table in read.items():
        encoding = "gbk" if table.mapping.columns.get("deal_id") == "商机编号" else "utf-8-sig"
        lines = (folder / f"{name}.csv").read_text(encoding).splitlines()
        above = 4 if name == "customers" else 1
        assert len(lines) - above == len(table.frame) + len(table.dropped)


def test_what_is_written_otherwise_is_read_all_the_same(export):
    _, read, dirt = export
    checked = 0
    for one in of_kind(dirt, "read"):
        table, row, column = place(read, one)
        if one["kind"] == "title":
            assert row not in table.frame.index
            continue
        wanted = one["true"]
        if column == "stage":
            wanted = {terms.term(f"stage.{code}", lang): code for code in STAGES for lang in LANGS}[
                one["true"]
            ]
        assert as_text(table.frame.loc[row, column], column) == wanted, one
        checked += 1
    assert checked > 30


STAGES = ("opportunity", "appointment", "p25", "p50", "p90", "contract", "lost")
LANGS = terms.LANGS


def test_what_cannot_be_read_is_told_by_row_and_column(export):
    _, read, dirt = export
    for one in of_kind(dirt, "told"):
        table, row, column = place(read, one)
        if one["kind"] in ("empty_row", "total"):
            assert row in {dropped.row for dropped in table.dropped}, one
        elif one["kind"] == "left_out":
            assert pd.isna(table.frame.loc[row, column]), one
        else:
            assert (row, one["column"]) in {(note.row, note.column) for note in table.notes}, one


def test_nothing_is_told_that_was_not_planted(export):
    _, read, dirt = export
    planted = {(one["file"], int(one["row"]), one["column"]) for one in of_kind(dirt, "told")}
    for name, table in read.items():
        cells = {(f"{name}.csv", note.row, note.column) for note in table.notes if note.row}
        rows = {(f"{name}.csv", dropped.row, "") for dropped in table.dropped}
        assert cells | rows <= planted


def test_what_looks_like_any_other_cell_is_found_by_nobody(export):
    """A zero too many, last year's date, a shortened name: dirt.csv is the only one to know."""
    _, read, dirt = export
    silent = of_kind(dirt, "silent")
    for one in silent:
        table, row, column = place(read, one)
        assert (row, one["column"]) not in {(note.row, note.column) for note in table.notes}
        if one["kind"] != "twice":
            assert as_text(table.frame.loc[row, column], column) != one["true"]
    assert len(silent) > 30


def test_about_two_cells_in_a_hundred_are_dirty(export):
    _, read, dirt = export
    cells = sum(table.frame.size for table in read.values())
    planted = sum(bool(one["column"]) and one["kind"] != "twice" for one in dirt)
    assert 0.015 < planted / cells < 0.025


def test_the_dirt_is_at_the_same_places_in_both_languages(folders):
    for skin in ("feed", "parts"):
        found = []
        for lang in LANGS:
            text = (folders[skin, lang] / "dirt.csv").read_text("utf-8-sig")
            rows = csv.DictReader(text.splitlines())
            found.append(collections.Counter((r["file"], r["row"], r["kind"]) for r in rows))
        assert found[0] == found[1]


def test_the_chinese_deals_are_in_gbk_and_the_customers_have_a_title_and_a_total(folders):
    folder = folders["feed", "zh"]
    assert (folder / "deals.csv").read_bytes().startswith("商机编号,客户".encode("gbk"))
    lines = (folder / "customers.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "客户清单"
    assert lines[-1].startswith("合计,")
