import csv

import small_bank

from coursekit.practice import answers
from coursekit.practice.desk import Desk

SORT, NUMBER = "mini.1.1/classes", "mini.1.3/forecast"
WRONG = {"c1": "p50", "c2": "p90", "c3": "p25"}
RIGHT = {"c1": "p25", "c2": "p50", "c3": "p90"}


def frame_of(folder, *steps):
    desk = Desk(small_bank.course(folder, settings='run_code = true\ntrainee = "=林晓"\n'))
    for verb, *what in steps:
        getattr(desk, verb)(*what)
    return answers.frame(desk.journal.events())


def test_attempts_are_counted_through_all_draws(tmp_path):
    table = frame_of(
        tmp_path,
        ("submit", SORT, WRONG),
        ("submit", SORT, {}),
        ("another", SORT),
        ("submit", SORT, {**RIGHT, "c1": "p50"}),
        ("submit", NUMBER, {"total": "7", "share": "1"}),
        ("submit", SORT, RIGHT),
    )
    mine = table[table.exercise == SORT]
    assert mine.outcome.tolist() == ["wrong", "unanswered", "partial", "right"]
    assert mine.attempt.fillna(0).tolist() == [1, 0, 2, 3]
    assert mine.draw.tolist() == [1, 1, 2, 2]
    assert mine["first"].tolist() == [True, False, False, False]
    assert mine["last"].tolist() == [False, False, False, True]
    assert mine.score.fillna(-1).tolist() == [0, -1, 66.7, 100]
    assert mine.slip.tolist() == ["", "", "hope", ""]
    assert table[table.exercise == NUMBER]["last"].tolist() == [True]


def test_hints_count_for_their_draw_only(tmp_path):
    table = frame_of(
        tmp_path,
        ("submit", SORT, WRONG),
        ("hint", SORT),
        ("submit", SORT, WRONG),
        ("another", SORT),
        ("submit", SORT, RIGHT),
    )
    assert table.hints.tolist() == [0, 1, 0]


def test_a_guess_is_no_attempt(tmp_path):
    table = frame_of(tmp_path, ("guess", SORT, WRONG), ("submit", SORT, RIGHT))
    assert table.event.tolist() == ["guess", "attempt"]
    assert table.attempt.fillna(0).tolist() == [0, 1]
    assert table["first"].tolist() == [False, True]


def test_trainees_of_several_journals_stay_apart(tmp_path):
    events = []
    for who in ("a", "b"):
        desk = Desk(small_bank.course(tmp_path / who))
        desk.submit(SORT, WRONG)
        events += desk.journal.events()
    table = answers.frame(events)
    assert table.trainee.nunique() == 2
    assert table.attempt.tolist() == [1, 1]
    assert table["first"].all()
    assert table["last"].all()


def test_an_empty_journal_gives_an_empty_table_of_the_same_columns(tmp_path):
    full = frame_of(tmp_path, ("submit", SORT, WRONG))
    empty = answers.frame([])
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_edited_values_are_absent_and_do_not_stop_the_table():
    line = {"event": "attempt", "trainee": "t", "exercise": "m.1.1/x", "outcome": "right"}
    odd = {"score": "full", "draw": True, "hints": [], "item": 7, "mark": [], "certainty": 1.5}
    table = answers.frame([{**line, **odd}])
    assert table.score.isna().all()
    assert table["item"].tolist() == [""]
    assert table.attempt.tolist() == [1]


def test_a_spreadsheet_opens_the_csv_as_it_is_meant(tmp_path):
    table = frame_of(tmp_path, ("submit", SORT, {}), ("submit", SORT, WRONG))
    path = tmp_path / "answers.csv"
    answers.write_csv(table, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        unanswered, wrong = csv.DictReader(file)
    assert unanswered["score"] == ""  # absent is empty, never 0
    assert wrong["score"] == "0.0"
    assert wrong["name"] == "'=林晓"  # no formula
