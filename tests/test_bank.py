import pytest
import small_bank

from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import bank


def only_fault(folder, source, **more):
    """The one entry's error of a bank of one entry."""
    good, bad = bank.load(small_bank.course(folder, source, **more), "mini")
    assert good == {}
    (error,) = bad.values()
    return error


def test_a_bank_gives_its_exercises_in_the_order_of_the_file(tmp_path):
    good, bad = bank.load(small_bank.course(tmp_path), "mini")
    assert list(good) == ["mini.1.1/classes", "mini.1.2/no-step", "mini.1.3/forecast"]
    assert bad == {}
    assert good["mini.1.1/classes"].item == "mini.1.1"


def test_an_edit_is_seen_at_the_next_look(tmp_path):
    course = small_bank.course(tmp_path)
    assert bank.exercise(course, "mini.1.1/classes").text["zh"]["prompt"] == "每张卡放到哪一级？"
    small_bank.course(tmp_path, small_bank.SORT.replace("每张卡放到哪一级？", "放卡"))
    assert bank.exercise(course, "mini.1.1/classes").text["zh"]["prompt"] == "放卡"


def test_one_mistake_leaves_the_other_exercises_working(tmp_path):
    broken = small_bank.SORT.replace("minutes: 3", "minutes: soon")
    course = small_bank.course(tmp_path, broken + small_bank.FIND)
    assert bank.exercise(course, "mini.1.2/no-step").kind == "find"
    with pytest.raises(InputError) as caught:
        bank.exercise(course, "mini.1.1/classes")
    assert caught.value.sentence("zh") == "mini.yaml 第 5 行：这里应当是大于 0 的数"
    assert caught.value.sentence("en") == "mini.yaml, line 5: expected a number above 0"


MISTAKES = {
    "an unknown key": ("minutes: 3", "minute: 3", "unknown_key", 5),
    "an unknown key beside": ("  kind: sort", "  kind: sort\n  knd: 1", "unknown_key", 5),
    "an unknown kind": ("kind: sort", "kind: sord", "one_of", 4),
    "a version that is no number": ("version: 1", "version: one", "expected", 3),
    "a version of nothing": ("version: 1", "version: 0", "expected", 3),
    "minutes that are not a number": ("minutes: 3", "minutes: .nan", "expected", 5),
    "minutes without end": ("minutes: 3", "minutes: .inf", "expected", 5),
    "another module's id": ("mini.1.1/", "maxi.1.1/", "id", 2),
    "an id that is a path": ("mini.1.1/classes", "../../secret", "id", 2),
    "a key twice": ("  kind: sort", "  kind: sort\n  kind: sort", "twice", 5),
    "no version": ("  version: 1\n", "", "missing_key", 2),
    "no English": ("  en:", "  xx:", "unknown_key", 16),
    "no reason at all": ("    why: 看证据，不看感觉。\n", "", "missing_key", 9),
    "a hint less in English": ("[Look at the budget., Look at the signature.]", "[Look.]",
                               "languages", 20),
    "a bin less in English": (", p90: Class 90%}", "}", "languages", 18),
    "a card less in English": (", c3: Waiting for a signature}", "}", "languages", 19),
    "a card that the key forgets": (", c3: p90}", "}", "key_bin", 6),
    "a key for no card": ("c3: p90}", "c3: p90, c4: p25}", "unknown_id", 6),
    "a bin that is not there": ("c3: p90}", "c3: p91}", "key_bin", 6),
    "all bins right": ("[p25, p50]", "[p25, p50, p90]", "key_bin", 6),
    "a key of another form": ("{c1: p25, c2: [p25, p50], c3: p90}", "[c1, c2]",
                              "key_shape", 6),
    "a mistake without message": ("{hope: {c1: p50}}", "{hope: {c1: p50}, fear: {c1: p90}}",
                                  "slips", 7),
    "a mistake that is no bin": ("{hope: {c1: p50}}", "{hope: {c1: p99}}",
                                 "key_bin", 7),
    "a reason for no card": ("{c1: 没有预算就到不了 50%。}", "{c9: 没有}", "languages", 21),
    "key and solve": ("  key: ", "  solve: expected\n  key: ", "key_or_solve", 2),
    "neither key nor solve": ("  key: {c1: p25, c2: [p25, p50], c3: p90}\n", "",
                              "key_or_solve", 2),
    "make and given": ("  key: ", "  make: deals\n  given: {}\n  key: ",
                       "make_or_given", 7),
    "a text that is a list": ("prompt: 每张卡放到哪一级？", "prompt: [a, b]",
                              "expected", 9),
    "an empty text": ("prompt: 每张卡放到哪一级？", "prompt:", "expected", 9),
    "an id with odd characters": ("{c1: p25,", "{c1: p25, 'c <b>': p25,",
                                  "unknown_id", 6),
    "a name in braces that is nothing": ("why: 看证据，不看感觉。", "why: 看{evidence}。",
                                          "text", 2),
    "a reach into attributes": ("why: 看证据，不看感觉。", "why: '{x.__class__}'",
                                "text", 2),
    "a card list without ids": ("  key: ", "  given: {cards: [{text: x}]}\n  key: ",
                                "given", 2),
    "a function of the system": ("slips: {hope: {c1: p50}}", "slips: {hope: os:system}",
                                 "expected", 7),
    "an object tag": ("key: {c1: p25,", "key: {c1: !!python/object/apply:os.system [ls],",
                      "key_bin", 6),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_by_line(tmp_path, mistake):
    right, wrong, code, line = MISTAKES[mistake]
    assert right in small_bank.SORT
    error = only_fault(tmp_path, small_bank.SORT.replace(right, wrong, 1))
    assert (error.code, error.values["line"]) == (f"practice.bank_{code}", line)
    for lang, place in (("zh", f"mini.yaml 第 {line} 行"), ("en", "mini.yaml, ")):
        assert error.sentence(lang).startswith(place)


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("- id: [", "practice.bank_not_yaml", 1),
        ("- id: a\n  b: 'open", "practice.bank_not_yaml", 2),
        ("- id: a\n\tb: tab", "practice.bank_not_yaml", 2),
        ("- id: a\n  b: \x07", "practice.bank_not_yaml", 2),
        ("id: a", "practice.bank_no_list", 1),
        ("just text", "practice.bank_no_list", 1),
        ("- &a [x]\n- *a", "practice.bank_alias", 1),
        ("- &a [*a]", "practice.bank_alias", 1),
        ("[" * 100_000, "practice.bank_too_deep", None),
        ("--- a\n--- b", "practice.bank_not_yaml", 2),
    ],
)
def test_a_file_that_is_no_bank_says_so(tmp_path, source, code, line):
    with pytest.raises(InputError) as caught:
        bank.load(small_bank.course(tmp_path, source), "mini")
    assert caught.value.code == code
    assert caught.value.values.get("line") == line
    assert caught.value.sentence("zh").startswith("mini.yaml")


@pytest.mark.parametrize(
    ("source", "line", "advice"),
    [
        ("- id: a\n  prompt: Visit: whom first", 2, "整句用英文引号"),
        ("- id：a\n  b: c", 2, "中文冒号"),
        ("- id: a\n  hints: [who?]", 2, "问号"),
        ("- id: a\n  slips: {a: b: c}", 2, "冒号"),
        ("- id: a\n  b: 'open\n  c: d", 2, "没有收住"),
        ("- id: a\n\tb: tab", 2, "Tab"),
        ("- id: a\n  b: %off", 2, "开头"),
        ("- id: a\n b: c\n  d: e", 2, ""),
    ],
)
def test_a_slip_of_writing_is_told_with_what_to_do(tmp_path, source, line, advice):
    with pytest.raises(InputError) as caught:
        bank.load(small_bank.course(tmp_path, source), "mini")
    assert caught.value.values["line"] == line
    assert advice in caught.value.sentence("zh")


def test_a_cell_that_one_language_lacks_is_told_by_its_row(tmp_path):
    source = """
- id: mini.1.1/rows
  version: 1
  kind: find
  minutes: 2
  columns: {customer: text, amount: money}
  key: [r1]
  zh:
    prompt: 哪家超过 10 万？
    columns: {customer: 客户, amount: 金额}
    rows: {r1: {customer: 春和, amount: 12万}, r2: {customer: 宏远, amount: 3万}}
    why: 看数。
  en:
    prompt: Who is above 100,000?
    columns: {customer: Customer, amount: Amount}
    rows:
      r1: {customer: Spring, amount: "120,000"}
      r2: {customer: Far}
    why: See the figures.
"""
    error = only_fault(tmp_path, source)
    assert error.values["key"] == "rows.r2"
    assert error.sentence("zh").startswith("mini.yaml 第 18 行：“rows.r2”在中文和英文里对不上")


def test_few_bytes_do_not_make_gigabytes(tmp_path):
    laughs = "- a: &a0 [x, x]\n" + "".join(
        f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    with pytest.raises(InputError, match="引用"):
        bank.load(small_bank.course(tmp_path, laughs), "mini")


def test_a_file_in_another_encoding_says_so(tmp_path):
    course = small_bank.course(tmp_path)
    (tmp_path / "exercises" / "mini.yaml").write_bytes("- id: 中文".encode("gb18030"))
    with pytest.raises(InputError) as caught:
        bank.load(course, "mini")
    assert caught.value.code == "course.not_utf8"


@pytest.mark.parametrize("source", ["", "# nothing yet\n", "\ufeff"])
def test_an_empty_bank_is_empty(tmp_path, source):
    assert bank.load(small_bank.course(tmp_path, source), "mini") == ({}, {})


def test_entries_that_are_no_exercise_are_told_by_line(tmp_path):
    _, bad = bank.load(small_bank.course(tmp_path, "- 7\n- [a]\n- {}\n- id: 3\n"), "mini")
    assert list(bad) == ["mini.yaml:1", "mini.yaml:2", "mini.yaml:3", "3"]


def test_the_same_id_twice_works_for_neither(tmp_path):
    good, bad = bank.load(small_bank.course(tmp_path, small_bank.SORT * 2), "mini")
    assert good == {}
    assert bad["mini.1.1/classes"].code == "practice.bank_twice"


@pytest.mark.parametrize(
    "exercise_id", ["mini.1.1/none", "mini", "", "../../etc/passwd", "..%2f.1.1/x", "none.1.1/x"]
)
def test_an_exercise_that_is_not_there_is_named(tmp_path, exercise_id):
    with pytest.raises(InputError) as caught:
        bank.exercise(small_bank.course(tmp_path), exercise_id)
    assert caught.value.code in ("practice.no_exercise", "practice.no_bank")


def test_yes_no_and_percent_stay_text(tmp_path):
    source = small_bank.SORT.replace("p25: Class 25%", "p25: no").replace("p25: 25%类", "p25: 0.25")
    good, _ = bank.load(small_bank.course(tmp_path, source), "mini")
    assert good["mini.1.1/classes"].text["en"]["bins"]["p25"] == "no"
    assert good["mini.1.1/classes"].text["zh"]["bins"]["p25"] == "0.25"


# --- whose code runs


def test_code_of_a_course_folder_does_not_run_without_the_switch(tmp_path):
    trap = tmp_path / "ran"
    code = f"open({str(trap)!r}, 'w').close()\n" + small_bank.CODE
    error = only_fault(tmp_path, small_bank.NUMBER, code=code, settings="")
    assert error.code == "practice.bank_no_function"
    assert "run_code" in error.sentence("zh")
    assert not trap.exists()


def test_texts_of_a_course_folder_use_the_shipped_code(tmp_path, monkeypatch):
    shipped = tmp_path / "kit"
    small_bank.course(shipped, settings="")
    monkeypatch.setattr("coursekit.practice.bank.content", lambda: shipped)
    mine = small_bank.NUMBER.replace("金额乘胜算。", "先乘再加。")
    course = small_bank.course(tmp_path / "mine", mine, code="1 / 0", settings="")
    exercise = bank.exercise(course, "mini.1.3/forecast")
    assert exercise.text["zh"]["why"] == ("先乘再加。",)
    assert exercise.solve({"amount": 4, "rate": 0.5}) == {"total": 2, "share": 0.5}


@pytest.mark.parametrize(
    "name",
    [
        "coursekit.cli:main",
        "coursekit.notebook:ask",
        "coursekit.reporting:forget",
        "coursekit.practice.bank:load",
        "coursekit.terms:LANGS",
        "coursekit.errors:InputError",
        "coursekit.terms:nothing",
        "coursekit.none:nothing",
        "rmtree",
        "deals.__class__",
        "_hidden",
        "os.system",
        "os:system",
    ],
)
def test_a_name_reaches_methods_and_the_banks_own_functions_only(tmp_path, name):
    source = small_bank.NUMBER.replace("solve: expected", f"solve: {name}")
    code = "from shutil import rmtree\ndef _hidden(given): return {}\n" + small_bank.CODE
    error = only_fault(tmp_path, source, code=code)
    assert error.code in ("practice.bank_no_function", "practice.bank_expected")
    assert error.values["line"] == 7


def test_a_method_of_the_kit_can_be_named(tmp_path):
    source = small_bank.NUMBER.replace("solve: expected", "solve: coursekit.terms:percent")
    good, _ = bank.load(small_bank.course(tmp_path, source), "mini")
    assert good["mini.1.3/forecast"].solve(0.5) == "50%"


def test_code_that_does_not_run_is_told(tmp_path):
    error = only_fault(tmp_path, small_bank.NUMBER, code="def broken(:\n")
    assert error.code == "practice.bank_code"
    assert "mini.py" in error.sentence("zh")


def test_the_modules_of_a_course_are_its_own_and_the_shipped(tmp_path, monkeypatch):
    small_bank.course(tmp_path / "kit")
    (tmp_path / "kit" / "exercises" / "more.yaml").write_text("", "utf-8")
    monkeypatch.setattr("coursekit.practice.bank.content", lambda: tmp_path / "kit")
    course = small_bank.course(tmp_path / "mine")
    assert bank.modules(course) == ("mini", "more")
    assert bank.modules(Course("x", tmp_path / "nowhere")) == ("mini", "more")
