"""Loading the running case: typed, lazy, in one language or two; a course's own files win."""

import shutil

import pandas as pd
import pytest

from coursekit import cli, notebook
from coursekit.case import Case, pair
from coursekit.course import Course, content
from coursekit.errors import InputError
from coursekit.practice import exercise
from coursekit.practice.territory import Territory


@pytest.fixture(scope="module")
def case():
    return Case.load()


@pytest.fixture
def own(tmp_path):
    """A course with case data of its own, and a way to edit a file of them."""
    shutil.copytree(content() / "datasets" / "feed", tmp_path / "datasets" / "feed")

    def edit(table, before, after):
        path = tmp_path / "datasets" / "feed" / f"{table}.csv"
        text = path.read_text("utf-8-sig")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8-sig")
        return Case.load(course=Course("own", tmp_path))

    return edit


def test_a_table_has_types(case):
    customers = case.customers
    assert customers.customer[0] == "C001"
    assert customers["size"].dtype == "float64"
    assert pd.api.types.is_datetime64_dtype(customers.since)
    assert customers.money.isna().any()
    assert set(customers.money.dropna()) == {"yes", "partly", "no"}


def test_a_text_is_in_one_language_the_other_is_not_there(case):
    english = Case.load(lang="en")
    assert "name_zh" not in case.customers and "name_en" not in case.customers
    assert not case.customers.name[0].isascii()
    assert english.customers.name[0].isascii()
    assert english.customers.customer.equals(case.customers.customer)


def test_without_a_language_every_text_stands_twice(case):
    both = Case.load(lang=None)
    first = both.customers.iloc[0]
    assert pair(first, "name") == {
        "zh": case.customers.name[0],
        "en": Case.load(lang="en").customers.name[0],
    }
    assert both.company == {"zh": case.company, "en": Case.load(lang="en").company}


def test_a_code_keeps_its_name_beside_its_text(case):
    assert case.products.line[0].startswith("L")
    assert case.products.line_name[0] != case.products.line[0]


def test_the_case_has_one_day(case):
    assert case.today == pd.Timestamp("2026-03-02")


def test_what_a_reader_changes_is_his_copy(case):
    products = case.products
    products["list_price"] = 0
    assert (case.products.list_price > 0).all()


def test_a_table_that_is_not_there_is_named(case):
    with pytest.raises(AttributeError, match="customers"):
        _ = case.clients


def test_a_case_shows_itself_without_its_tables(case):
    assert "DataFrame" not in repr(case)


@pytest.mark.parametrize("skin", ["none", "../feed", "", "Feed", None])
def test_a_skin_that_is_not_made_says_how_to_make_it(skin):
    with pytest.raises(InputError, match="coursekit case"):
        Case.load(skin)


def test_a_language_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="fr"):
        Case.load(lang="fr")


def test_the_course_folder_wins_over_the_shipped_case(own):
    case = own("regions", "R1,", "R1,")
    assert case.regions.name[0] == Case.load().regions.name[0]
    changed = own("regions", case.regions.name[0], "我们大区")
    assert changed.regions.name[0] == "我们大区"


def test_a_file_that_excel_saved_anew_is_read_all_the_same(own, tmp_path):
    path = tmp_path / "datasets" / "feed" / "salespeople.csv"
    text = path.read_text("utf-8-sig").replace("-", "/") + "\n"
    path.write_bytes(text.replace(",300000,", ',"300,000",').encode("gbk"))
    edited = Case.load(course=Course("own", tmp_path)).salespeople
    pd.testing.assert_frame_equal(edited, Case.load().salespeople)


@pytest.mark.parametrize(
    ("table", "before", "after", "code", "row", "column"),
    [
        ("customers", "C003,", "C002,", "case.twice", 4, "customer"),
        ("customers", ",S07,", ",S99,", "case.not_link", 2, "owner"),
        ("customers", ",group,", ",club,", "case.not_known", 2, "kind"),
        ("customers", ",buyer,", ",,", "case.not_there", 2, "status"),
        ("products", ",3400,", ",约3400,", "case.not_number", 2, "list_price"),
        ("products", ",3400,", ",-1,", "case.not_least", 2, "list_price"),
        ("products", "2011-03-01", "2011年", "case.not_date", 2, "launched"),
    ],
)
def test_a_wrong_cell_is_told_by_file_row_and_column(own, table, before, after, code, row, column):
    case = own(table, before, after)
    with pytest.raises(InputError) as caught:
        case.tables[table]
    error = caught.value
    assert (error.code, error.values["row"], error.values["column"]) == (code, row, column)
    assert f"{table}.csv 第 {row} 行" in str(error)
    assert f"{table}.csv, row {row}" in str(error)


def test_a_blank_line_does_not_shift_the_rows_that_are_told(own):
    case = own("products", "\nP02", "\n,,\n\nP02")
    with pytest.raises(InputError) as caught:
        own("products", ",3600,", ",x,").tables["products"]
    assert caught.value.values["row"] == 5
    assert case.today


def test_a_column_that_was_deleted_is_named(own):
    case = own("regions", "name_zh", "名称")
    with pytest.raises(InputError, match=r"regions\.csv.*name_zh"):
        _ = case.regions


def test_a_table_that_was_deleted_is_named(own, tmp_path):
    case = own("regions", "R1,", "R1,")
    (tmp_path / "datasets" / "feed" / "regions.csv").unlink()
    with pytest.raises(InputError, match=r"regions\.csv"):
        _ = case.regions


@pytest.mark.parametrize("text", ["", "[]", '{"today": "soon"}', '{"today": "2026-03-02"}'])
def test_a_damaged_descriptor_is_told(own, tmp_path, text):
    own("regions", "R1,", "R1,")
    (tmp_path / "datasets" / "feed" / "datapackage.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"datapackage\.json"):
        Case.load(course=Course("own", tmp_path))


def test_a_cell_of_an_own_file_stays_data(own, case):
    name = case.regions.name[0]
    assert own("regions", name, "=1+1").regions.name[0] == "=1+1"


def test_a_skin_is_made_on_demand_and_never_over_another(tmp_path, capsys):
    assert cli.main(["case", "parts", str(tmp_path)]) == 0
    assert 'case = "parts"' in capsys.readouterr().out
    course = Course("own", tmp_path)
    parts, feed = Case.load("parts", course=course), Case.load()
    assert parts.company != feed.company
    assert parts.customers.customer.equals(feed.customers.customer)
    assert cli.main(["case", "parts", str(tmp_path)]) == 2
    assert cli.main(["case", "none", str(tmp_path)]) == 2


def make_with(case_asks):
    return exercise.Exercise(
        id="x.1/y", version=1, kind="number", item="x.1", minutes=1,
        text={lang: {"prompt": "{who}", "why": ["…"], "fields": {"n": "n"}}
              for lang in ("zh", "en")},
        spec={"fields": {"n": {"unit": "number"}}}, make=lambda rng, case: case_asks(case),
        key={"n": 1},
    )  # fmt: skip


def test_an_exercise_gets_the_trainees_part_of_the_case_when_it_asks(tmp_path):
    course = Course("own", tmp_path)
    first = make_with(lambda case: {"who": pair(case.customers.iloc[0], "name")})
    question = exercise.issue(first, "t1", "own", case=Territory(course, "t1"))
    expected = Case.load(lang=None).slice("t1", "own").customers.iloc[0]
    assert question.fault == ""
    assert question.given["who"] == pair(expected, "name")


def test_an_exercise_that_does_not_ask_works_without_a_case(tmp_path):
    course = Course("own", tmp_path, switches={"case": "none"})
    plain = make_with(lambda case: {"who": {"zh": "某人", "en": "somebody"}})
    assert exercise.issue(plain, "t1", "own", case=Territory(course, "t1")).fault == ""


def test_a_damaged_case_is_told_and_is_no_fault_of_the_kit(own, tmp_path):
    own("customers", ",S07,", ",S99,")
    first = make_with(lambda case: {"who": str(case.customers.iloc[0].customer)})
    with pytest.raises(InputError, match=r"customers\.csv"):
        exercise.issue(first, "t1", "own", case=Territory(Course("own", tmp_path), "t1"))


def test_a_notebook_gets_the_readers_part_of_the_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSEKIT_STATE", str(tmp_path / "state"))
    mine = notebook.mine()
    expected = Case.load().slice("sample", Course.find().id)
    pd.testing.assert_frame_equal(mine.customers, expected.customers)
    assert mine.today == expected.today
