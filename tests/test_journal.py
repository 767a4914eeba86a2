import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import journal_kills
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import InputError
from coursekit.practice.journal import FILE, TORN, Journal


def journal_of(folder, n):
    journal = Journal(folder)
    for number in range(n):
        journal.append("attempt", exercise="m.1.1/x", draw=1, raw=number)
    return journal


def lines(folder):
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def codes(folder):
    return [(finding.code, finding.line) for finding in Journal(folder).check()]


def raws(folder):
    return [event["raw"] for event in Journal(folder).events()]


def test_an_event_is_a_line_of_json_with_all_that_it_needs(tmp_path):
    noon = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    journal = Journal(tmp_path, now=lambda: noon)
    journal.append("attempt", token="t1", exercise="m.1.1/x", raw={"总计": "1.2万"}, score=100)
    (line,) = lines(tmp_path)
    event = json.loads(line)
    assert (event["seq"], event["time"]) == (1, "2026-03-02T12:00:00.000+00:00")
    assert event["raw"] == {"总计": "1.2万"}
    assert "总计" in line.decode()  # readable as it stands
    assert event["trainee"] == journal.trainee()
    assert event["kit"]
    assert journal.events() == (event,)


def test_an_event_is_on_disk_when_append_returns(tmp_path, monkeypatch):
    journal = journal_of(tmp_path, 1)
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(len(lines(tmp_path))))
    journal.append("hint", exercise="m.1.1/x")
    assert synced == [2]  # the second line was written, then forced to the disk


def test_a_sound_journal_has_nothing_odd(tmp_path):
    journal_of(tmp_path, 5)
    assert codes(tmp_path) == []
    assert Journal(tmp_path / "nothing").check() == ()
    assert Journal(tmp_path / "nothing").events() == ()


def test_only_known_events_are_written(tmp_path):
    with pytest.raises(ValueError, match="opened"):
        Journal(tmp_path).append("opened")


def test_the_same_token_is_written_once_whoever_writes(tmp_path):
    first = Journal(tmp_path).append("attempt", token="t", exercise="m.1.1/x", raw=1)
    other = Journal(tmp_path)
    assert other.append("attempt", token="t", exercise="m.1.1/x", raw=2) == first
    assert raws(tmp_path) == [1]
    other.append("attempt", token="t", exercise="m.1.1/y", raw=3)
    other.append("guess", token="t", exercise="m.1.1/x", raw=4)
    assert raws(tmp_path) == [1, 3, 4]


def test_two_windows_see_each_others_lines(tmp_path):
    one, two = Journal(tmp_path), Journal(tmp_path)
    for number in range(6):
        (one, two)[number % 2].append("attempt", exercise="m.1.1/x", raw=number)
    assert [event["raw"] for event in one.events()] == list(range(6))
    assert [event["seq"] for event in two.events()] == [1, 2, 3, 4, 5, 6]
    assert codes(tmp_path) == []


# --- accidents and edits


@pytest.mark.parametrize("torn", [b'{"seq":3,"ev', b"\x00\x00\x00", b"\xe4\xb8", b"}"])
def test_a_torn_line_is_set_aside_and_never_wiped(tmp_path, torn):
    journal_of(tmp_path, 2)
    with (tmp_path / FILE).open("ab") as file:
        file.write(torn)
    assert raws(tmp_path) == [0, 1]
    assert codes(tmp_path) == [("practice.journal_tail", 3)]
    Journal(tmp_path).append("attempt", exercise="m.1.1/x", raw="next")
    assert raws(tmp_path) == [0, 1, "next"]
    assert (tmp_path / TORN).read_bytes() == torn + b"\n"
    assert codes(tmp_path) == [("practice.journal_torn", 0)]


def test_a_last_line_that_only_lacks_its_end_is_kept(tmp_path):
    journal_of(tmp_path, 2)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:-1])
    Journal(tmp_path).append("attempt", exercise="m.1.1/x", raw="next")
    assert raws(tmp_path) == [0, 1, "next"]
    assert codes(tmp_path) == []


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_journal_cut_anywhere_keeps_every_whole_line(data):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        journal_of(folder, 3)
        whole = (folder / FILE).read_bytes()
        cut = data.draw(st.integers(0, len(whole)))
        (folder / FILE).write_bytes(whole[:cut])
        kept = sum(cut >= len(b"".join(lines_to)) - 1 for lines_to in growing(whole))
        Journal(folder).append("attempt", exercise="m.1.1/x", raw="next")
        assert raws(folder) == [*range(kept), "next"]
        assert {code for code, _ in codes(folder)} <= {"practice.journal_torn"}


def growing(whole):
    found = whole.splitlines(keepends=True)
    return [found[: n + 1] for n in range(len(found))]


def test_an_edited_line_is_told(tmp_path):
    journal_of(tmp_path, 3)
    text = (tmp_path / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace('"raw":1', '"raw":9'), "utf-8")
    assert codes(tmp_path) == [("practice.journal_edited", 2)]
    assert raws(tmp_path) == [0, 9, 2]


def test_an_edit_of_the_last_line_is_told(tmp_path):
    journal_of(tmp_path, 2)
    text = (tmp_path / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace('"raw":1', '"raw":9'), "utf-8")
    Journal(tmp_path).append("attempt", exercise="m.1.1/x", raw=2)
    assert codes(tmp_path) == [("practice.journal_edited", 2)]


def test_missing_lines_are_told_with_their_number(tmp_path):
    journal_of(tmp_path, 5)
    kept = lines(tmp_path)
    (tmp_path / FILE).write_bytes(kept[0] + kept[3] + kept[4])
    (finding,) = Journal(tmp_path).check()
    assert (finding.code, finding.line, finding.values) == ("practice.journal_gap", 2, {"n": 2})


def test_a_line_that_was_copied_is_told_and_counts_once(tmp_path):
    journal_of(tmp_path, 3)
    a, b, c = lines(tmp_path)
    (tmp_path / FILE).write_bytes(a + b + b + c + a)
    assert raws(tmp_path) == [0, 1, 2]
    found = codes(tmp_path)
    assert ("practice.journal_twice", 3) in found
    assert ("practice.journal_twice", 5) in found


def test_lines_in_another_order_are_told(tmp_path):
    journal_of(tmp_path, 3)
    a, b, c = lines(tmp_path)
    (tmp_path / FILE).write_bytes(b + a + c)
    assert "practice.journal_order" in {code for code, _ in codes(tmp_path)}


def test_an_unreadable_line_is_told_and_the_others_still_count(tmp_path):
    journal_of(tmp_path, 3)
    a, _, c = lines(tmp_path)
    for rubbish in (b"rubbish\n", b"\n", b"[" * 5000 + b"\n", b'{"seq":"x"}\n', b"\xff\xfe\n"):
        (tmp_path / FILE).write_bytes(a + rubbish + c)
        assert raws(tmp_path) == [0, 2]
        assert codes(tmp_path) == [("practice.journal_unreadable", 2)]
    Journal(tmp_path).append("attempt", exercise="m.1.1/x", raw="next")
    assert raws(tmp_path) == [0, 2, "next"]


def test_a_clock_that_was_set_back_is_told(tmp_path):
    hours = iter([12, 11])
    journal = Journal(
        tmp_path, now=lambda: datetime.datetime(2026, 3, 2, next(hours), tzinfo=datetime.UTC)
    )
    journal.append("hint", exercise="m.1.1/x")
    journal.append("hint", exercise="m.1.1/x")
    assert codes(tmp_path) == [("practice.journal_clock_back", 2)]
    assert [event["seq"] for event in journal.events()] == [1, 2]


def test_a_file_changed_under_an_open_journal_is_read_anew(tmp_path):
    journal = journal_of(tmp_path, 3)
    a, b, _ = lines(tmp_path)
    (tmp_path / FILE).write_bytes(a + b)
    assert [event["raw"] for event in journal.events()] == [0, 1]
    (tmp_path / FILE).unlink()
    assert journal.events() == ()
    journal.append("attempt", exercise="m.1.1/x", raw="anew")
    assert raws(tmp_path) == ["anew"]


def test_every_finding_has_a_sentence_in_both_languages(tmp_path):
    from coursekit import terms

    for code in ("torn", "tail", "unreadable", "edited", "gap", "twice", "order", "clock_back"):
        for lang in terms.LANGS:
            assert terms.say(f"practice.journal_{code}", lang, line=3, n=2, file=TORN)


# --- who


def test_the_trainee_id_is_made_once_and_outlives_a_lost_file(tmp_path):
    journal = journal_of(tmp_path, 1)
    made = journal.trainee()
    assert len(made) == 32
    assert Journal(tmp_path).trainee() == made
    for damage in (b"", b"{", b'{"id": "../x"}', b'["a"]'):
        (tmp_path / "trainee.json").write_bytes(damage)
        assert Journal(tmp_path).trainee() == made
    assert Journal(tmp_path / "other").trainee() != made


# --- kills and crowds


def test_kills_lose_nothing_acknowledged_and_double_nothing(tmp_path):
    events, told = journal_kills.survive(tmp_path, kills=16, seed=1)
    tokens = [event["token"] for event in events]
    assert len(tokens) == len(set(tokens))
    assert set(told) <= set(tokens)
    assert {code for code, _ in codes(tmp_path)} <= {
        "practice.journal_torn",
        "practice.journal_tail",
    }
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_thirty_writers_at_once_lose_nothing(tmp_path):
    code = (
        "import sys; from coursekit.practice.journal import Journal; j = Journal(sys.argv[1])\n"
        "for n in range(4): j.append('attempt', token=f'{sys.argv[2]}-{n}', raw=n)"
    )
    crowd = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(who)]) for who in range(30)
    ]
    assert [writer.wait(timeout=120) for writer in crowd] == [0] * 30
    events = Journal(tmp_path).events()
    assert {event["token"] for event in events} == {f"{w}-{n}" for w in range(30) for n in range(4)}
    assert [event["seq"] for event in events] == list(range(1, 121))
    assert len({event["trainee"] for event in events}) == 1
    assert codes(tmp_path) == []


# --- disks and rights

SUBMIT = """
import sys
from coursekit.practice.journal import Journal
from coursekit.errors import InputError
{before}
try:
    Journal(sys.argv[1]).append("attempt", exercise="m.1.1/x", raw="答" * 400)
    print("written")
except InputError as error:
    print(error.code)
"""


def run(before, folder):
    done = subprocess.run(
        [sys.executable, "-c", SUBMIT.format(before=before), str(folder)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are Unix's")
def test_a_full_disk_is_told_and_leaves_the_journal_sound(tmp_path):
    journal = journal_of(tmp_path, 2)
    room = (tmp_path / FILE).stat().st_size + 50  # a part of the line fits
    full = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    )
    assert run(full, tmp_path) == "practice.journal_disk_full"
    assert [event["raw"] for event in journal.events()] == [0, 1]
    journal.append("attempt", exercise="m.1.1/x", raw="later")
    assert raws(tmp_path) == [0, 1, "later"]
    assert codes(tmp_path) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_device_that_is_always_full_is_told(tmp_path):
    Journal(tmp_path).trainee()
    (tmp_path / FILE).symlink_to("/dev/full")
    with pytest.raises(InputError) as caught:
        Journal(tmp_path).append("hint", exercise="m.1.1/x")
    assert caught.value.code == "practice.journal_disk_full"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders are other ones there")
def test_a_read_only_folder_is_told():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o555)
        nobody = "import os; os.setuid(65534)" if os.geteuid() == 0 else ""  # root writes anyway
        assert run(nobody, folder / "private") == "practice.journal_read_only"
        assert run(nobody, folder) == "practice.journal_read_only"
        folder.chmod(0o755)


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "private").write_text("")
    with pytest.raises(InputError) as caught:
        Journal(tmp_path / "private").append("hint", exercise="m.1.1/x")
    assert caught.value.code == "practice.journal_not_written"


def test_a_journal_that_another_window_holds_is_told(tmp_path, monkeypatch):
    import filelock

    monkeypatch.setattr("coursekit.practice.journal.WAIT_SECONDS", 0.1)
    journal = journal_of(tmp_path, 1)
    with filelock.FileLock(tmp_path / "journal.lock"), pytest.raises(InputError) as caught:
        journal.append("hint", exercise="m.1.1/x")
    assert caught.value.code == "practice.journal_busy"
