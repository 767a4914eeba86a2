import csv
import datetime
import io
import json
import os

import pytest

from coursekit import terms
from coursekit.errors import InputError
from coursekit.reporting.forget import forget
from coursekit.reporting.index import as_csv
from coursekit.reporting.store import MANIFEST, Store, as_json

DAY = datetime.date(2026, 3, 9)


def deal(**values):
    return {
        "row": 2,
        "customer": "绿源牧业",
        "deal_id": "D1",
        "stage": "p50",
        "amount": 1e5,
    } | values


def written(folder, files):
    store = Store(folder)
    store.claim(files)
    for name, data in files.items():
        store.write(name, data if isinstance(data, bytes) else as_json(data))
    return store


def test_a_file_is_named_before_it_is_there_and_whole_when_it_is(tmp_path):
    store = Store(tmp_path / "out")
    store.claim(["persons/张伟.html"])
    assert store.names() == ["persons/张伟.html"]
    store.write("persons/张伟.html", b"whole")
    found = sorted(path.name for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert found == [MANIFEST, "张伟.html"]


def test_a_file_that_somebody_else_put_there_is_never_replaced(tmp_path):
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        Store(tmp_path).claim(["team.html", "index.html"])
    assert refused.value.code == "cli.not_ours"
    assert not (tmp_path / MANIFEST).exists()


def test_a_file_to_edit_is_replaced_only_while_it_is_as_it_was_written(tmp_path):
    store = Store(tmp_path)
    assert store.as_written("map.toml")
    store.write_to_edit("map.toml", b"one")
    store.write_to_edit("map.toml", b"two")
    assert store.as_written("map.toml")
    (tmp_path / "map.toml").write_bytes(b"one")  # what was written before is an edit as well
    assert not store.as_written("map.toml")


@pytest.mark.parametrize("stopped_at", [0, 1, 2])
def test_a_file_to_edit_is_the_kit_s_wherever_a_run_was_stopped(tmp_path, monkeypatch, stopped_at):
    store, real, calls = Store(tmp_path), os.replace, []
    store.write_to_edit("map.toml", b"one")

    def stop(source, target):
        if len(calls) == stopped_at:
            raise KeyboardInterrupt
        calls.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        store.write_to_edit("map.toml", b"two")
    monkeypatch.undo()
    assert store.as_written("map.toml")
    store.write_to_edit("map.toml", b"two")
    fresh = Store(tmp_path / "fresh")
    fresh.write_to_edit("map.toml", b"two")
    assert (tmp_path / MANIFEST).read_bytes() == (tmp_path / "fresh" / MANIFEST).read_bytes()


@pytest.mark.parametrize(
    "name", ["../x.html", "/etc/x.html", "a/../../x", "..\\x", "C:x", "", "a/b/../../../x"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(InputError) as refused:
        Store(tmp_path / "out").path(name)
    assert refused.value.code == "cli.outside"


def test_a_linked_folder_does_not_lead_out(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    os.symlink(outside, tmp_path / "out" / "persons")
    with pytest.raises(InputError):
        Store(tmp_path / "out").path("persons/x.html")


def test_a_damaged_manifest_is_told_and_nothing_is_touched(tmp_path):
    (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as told:
        Store(tmp_path).claim(["index.html"])
    assert told.value.code == "cli.manifest"


def test_the_latest_run_before_today_is_compared_with(tmp_path):
    store = written(
        tmp_path,
        {f"history/2026-03-{day:02}/facts.json": {"day": day} for day in (1, 2, 9)},
    )
    assert store.previous(DAY) == {"day": 2}


def test_a_forgotten_or_damaged_run_is_not_compared_with(tmp_path):
    store = written(
        tmp_path,
        {
            "history/2026-03-01/facts.json": {"day": 1},
            "history/2026-03-02/facts.json": {"day": 2, "forgotten": True},
            "history/2026-03-03/facts.json": b"{",
        },
    )
    assert store.previous(DAY) == {"day": 1}


@pytest.fixture
def run(tmp_path):
    """The folder of a check-up with every kind of file."""
    facts = {
        "file": "team.csv",
        "team": {"listed": 5e4, "deals": [deal(next_step="周五拜访王总")]},
        "owners": [{"key": "S1", "name": "张伟", "week": [deal(why="no_next_step")]}],
        "changes": {"grew": {"n": 1, "deals": [deal(before=5e4, after=1e5)]}},
    }
    written(
        tmp_path,
        {
            "index.html": b"x",
            "team.html": b"x",
            "team.ipynb": b"x",
            "team.csv": b"x",
            "persons/张伟.html": b"x",
            "facts/0a.json": b"x",
            "maps/0a.toml": b"x",
            "map-2.toml": b"x",
            "history/2026-03-02/deals.csv": b"x",
            "history/2026-03-02/facts.json": facts,
        },
    )
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    return tmp_path


def test_forget_deletes_pages_and_tables_and_keeps_figures(run):
    done = forget(run)
    assert done["deleted"] == [
        "facts/0a.json",
        "history/2026-03-02/deals.csv",
        "index.html",
        "persons/张伟.html",
        "team.html",
        "team.ipynb",
    ]
    figures = ["history/2026-03-02/facts.json", "map-2.toml", "maps/0a.toml", "team.csv"]
    assert done["kept"] == figures
    assert (run / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (run / "persons").exists()


def test_forget_leaves_no_customer_and_no_text_in_the_figures(run):
    forget(run)
    text = (run / "history/2026-03-02/facts.json").read_text(encoding="utf-8")
    for gone in ("绿源牧业", "D1", "周五拜访王总"):
        assert gone not in text
    facts = json.loads(text)
    assert facts["team"]["listed"] == 5e4
    assert facts["owners"][0]["name"] == "张伟"
    assert facts["owners"][0]["week"][0] == deal(customer=None, deal_id=None, why="no_next_step")
    assert facts["changes"]["grew"]["deals"][0]["after"] == 1e5


def test_forget_takes_owners_away_who_are_customers(tmp_path):
    facts = {"owners": [{"key": "绿源牧业", "name": "绿源牧业", "deals": [deal()]}]}
    written(tmp_path, {"team.csv": "绿源牧业".encode(), "history/2026-03-02/facts.json": facts})
    done = forget(tmp_path)
    assert done["deleted"] == ["team.csv"]
    assert "绿源牧业" not in (tmp_path / "history/2026-03-02/facts.json").read_text(
        encoding="utf-8"
    )


def test_forgetting_twice_changes_nothing_more(run):
    forget(run)
    before = (run / "history/2026-03-02/facts.json").read_bytes()
    assert forget(run)["deleted"] == []
    assert (run / "history/2026-03-02/facts.json").read_bytes() == before


def test_forget_goes_behind_no_link_and_past_no_manifest_that_lies(run, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "张伟.html").write_text("theirs", encoding="utf-8")
    (outside / "team.html").write_text("theirs", encoding="utf-8")
    (run / "persons" / "张伟.html").unlink()
    (run / "persons").rmdir()
    os.symlink(outside, run / "persons")
    (run / "team.html").unlink()
    os.symlink(outside / "team.html", run / "team.html")
    names = [*Store(run).names(), "../outside.txt", str(outside / "team.html")]
    (run / MANIFEST).write_text(json.dumps({"files": names}), encoding="utf-8")
    forget(run)
    assert sorted(path.name for path in outside.iterdir()) == ["team.html", "张伟.html"]
    assert (outside / "team.html").read_text(encoding="utf-8") == "theirs"


def test_forget_of_a_folder_without_a_check_up_deletes_nothing(tmp_path):
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as told:
        forget(tmp_path)
    assert told.value.code == "cli.no_checkup"
    assert (tmp_path / "index.html").exists()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("张伟", "张伟"),
        (None, ""),
        (float("nan"), ""),
        (-5.0, "-5"),
        (0.25, "0.25"),
        ("", ""),
    ],
)
def test_a_cell_of_a_csv_is_never_a_formula_and_absent_is_empty(cell, written):
    data = as_csv([[cell, "end"]])
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row == [written, "end"]


def test_every_reason_to_leave_a_row_out_has_its_word_on_the_team_page():
    rows = {code.split(".")[1] for code in terms.glossary() if code.startswith("tables.row_")}
    words = {code for code in terms.glossary() if code.startswith("checkup.left_")}
    assert words == {f"checkup.left_{row}" for row in rows}
