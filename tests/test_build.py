import base64
import io
import json
import pathlib

import build
import nbformat
import normalise
import pages
import pytest
from PIL import Image

SOURCE = """\
# A note for authors, before the first cell.
# %%
import matplotlib.pyplot as plt
# %% [markdown] lang="zh" item="funnel.2.1" minutes=5 part="core"
# # 漏斗是活的
# %% [markdown] lang="en" item="funnel.2.1" minutes=5 part="core"
# # The list is alive
# %% [markdown] lang="zh" role="trainer" minutes=2
# **2 分钟。** 先举手。
# %% [markdown] lang="en" role="trainer" minutes=2
# **2 minutes.** Hands first.
# %% [markdown] lang="zh" minutes=20 part="homework"
# 回去做。
# %%
figure, axes = plt.subplots(figsize=(2, 1))
axes.bar([1, 2], [86, 31])
plt.show()
# %%
print("a")
print("b")
"""


@pytest.fixture
def course(tmp_path):
    """A checkout with one lesson in both languages."""
    return checkout(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The same checkout with its Chinese page built."""
    root = checkout(tmp_path_factory.mktemp("built"))
    build.build(page(root))
    return root


def checkout(root):
    (root / "exercises").mkdir()
    for name in ("source", "zh", "en"):
        (root / "notebooks" / name).mkdir(parents=True)
    source(root).write_text(SOURCE, "utf-8")
    return root


def source(root, name="funnel_2"):
    return root / "notebooks" / "source" / f"{name}.py"


def page(root, lang="zh"):
    return next(page for page in pages.all_pages(root) if page.lang == lang)


def test_a_page_has_the_cells_of_its_language_with_the_trainers_notes(course):
    assert [cell.text.splitlines()[0] for cell in page(course, "en").cells] == [
        "import matplotlib.pyplot as plt",
        "# The list is alive",
        "**2 minutes.** Hands first.",
        "figure, axes = plt.subplots(figsize=(2, 1))",
        'print("a")',
    ]


def test_the_trainers_edition_is_the_same_run_with_the_notes(built):
    trainee = nbformat.read(built / "notebooks" / "zh" / "funnel_2.ipynb", as_version=4)
    trainer = nbformat.read(built / "notebooks" / "zh" / "trainer" / "funnel_2.ipynb", 4)
    notes = [cell for cell in trainer.cells if cell not in trainee.cells]
    assert [note.source for note in notes] == ["**2 分钟。** 先举手。"]
    assert [cell for cell in trainer.cells if cell not in notes] == trainee.cells


def test_every_code_cell_of_a_built_page_is_counted(built):
    cells = nbformat.read(page(built).target, as_version=4).cells
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == [1, 2, 3]


def test_a_page_says_what_it_is(course):
    about = page(course).about
    assert about == {
        "lesson": "funnel.2",
        "title": "漏斗是活的",
        "minutes": 5,
        "hide_code": True,
        "autorun": True,
        "digest": page(course).digest,
    }


def test_a_report_is_not_run_by_opening_it_and_has_no_trainers_edition(course):
    source(course, "report_checkup").write_text('# %% tags=["parameters"]\nfacts = 1\n', "utf-8")
    report = list(pages.all_pages(course))[-1]
    build.build(report)
    built = nbformat.read(report.target, as_version=4)
    assert built.cells[0].metadata.tags == ["parameters"]
    assert "autorun" not in built.metadata.coursekit
    assert report.trainer is None


def test_building_twice_gives_the_same_bytes(course):
    one = page(course)
    build.build(one)
    first = one.target.read_bytes(), one.trainer.read_bytes()
    build.build(one)
    assert (one.target.read_bytes(), one.trainer.read_bytes()) == first


def test_a_built_page_is_current_until_its_source_changes(course):
    source(course).write_text('# %%\nprint("x")\n', "utf-8")
    assert not pages.is_current(page(course))
    build.build(page(course))
    assert pages.is_current(page(course))
    with source(course).open("a", encoding="utf-8") as file:
        file.write("# %%\nprint('new')\n")
    assert not pages.is_current(page(course))


@pytest.mark.parametrize("name", ["datasets/team.csv", "exercises/funnel.yaml"])
def test_a_built_page_is_stale_when_what_it_uses_changes(course, name):
    source(course).write_text('# %%\n# ask("funnel.2.1/levels")\nprint(1)\n', "utf-8")
    used = course / name
    used.parent.mkdir(exist_ok=True)
    used.write_text("[]", "utf-8")
    before = page(course).digest
    used.write_text("[] ", "utf-8")
    assert page(course).digest != before


def test_the_digest_is_the_same_where_lines_end_as_on_windows(course):
    before = page(course).digest
    source(course).write_bytes(SOURCE.replace("\n", "\r\n").encode())
    assert page(course).digest == before


def test_a_page_edited_by_hand_is_stale(course):
    source(course).write_text('# %%\nprint("x")\n', "utf-8")
    build.build(page(course))
    book = nbformat.read(page(course).target, as_version=4)
    book.cells[0].source = "# 手改的"
    nbformat.write(book, page(course).target)
    assert not pages.is_current(page(course))


def test_checking_tells_what_is_stale_and_runs_nothing(course, capsys):
    assert build.main(["--check"], course) == 1
    assert capsys.readouterr().out.splitlines() == [
        "out of date: notebooks/zh/funnel_2.ipynb",
        "out of date: notebooks/en/funnel_2.ipynb",
    ]
    assert not page(course).target.exists()


def test_what_is_current_is_not_built_again_unless_forced(course, capsys):
    source(course).write_text('# %%\nprint("x")\n', "utf-8")
    assert build.main([], course) == 0
    assert build.main([], course) == 0
    assert build.main(["--force"], course) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2", "0", "2"]


def test_a_page_without_a_source_is_told_and_removed(course, capsys):
    source(course).write_text('# %%\nprint("x")\n', "utf-8")
    build.main([], course)
    source(course).unlink()
    assert build.main(["--check"], course) == 1
    assert build.main([], course) == 0
    assert list((course / "notebooks").rglob("*.ipynb")) == []


def test_a_cell_that_fails_is_named_by_source_and_line(course, capsys):
    source(course).write_text('# %%\nx = 1\n# %% [markdown] lang="zh"\n# 好\n# %%\nx\n1 / 0\n')
    assert build.main(["funnel_2"], course) == 1
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "funnel_2.py:7 (zh): ZeroDivisionError: division by zero",
        "funnel_2.py:7 (en): ZeroDivisionError: division by zero",
    ]
    assert not page(course).target.exists()


def test_a_mistake_inside_a_function_is_named_by_the_line_that_called_it(course):
    source(course).write_text("# %%\nimport json\n\njson.loads('{')\n", "utf-8")
    with pytest.raises(pages.Mistake, match=r"^funnel_2.py:4 \(zh\): JSONDecodeError"):
        build.build(page(course))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import warnings; warnings.warn('old')", "the cell warns"),
        (f"print({str(pathlib.Path.home() / 'x')!r})", "a path of this machine"),
        ("object()", "an address that is new at each run"),
        ("from coursekit.notebook import ask; ask('funnel.9.9/none')", "funnel"),
    ],
)
def test_an_output_that_no_reader_should_see_is_refused(course, code, told):
    source(course).write_text(f"# %%\n{code}\n", "utf-8")
    with pytest.raises(pages.Mistake, match=rf"^funnel_2.py:1 \(zh\): .*{told}"):
        build.build(page(course))


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ('# %% [markdown] langs="zh"', "cannot carry langs"),
        ('# %% [markdown] lang="cn"', "lang='cn'"),
        ('# %% [markdown] role="teacher"', "role='teacher'"),
        ('# %% role="trainer"', "trainer's note is markdown"),
        ('# %% [markdown] part="extra"', "part='extra'"),
        ('# %% [markdown] minutes="five"', "minutes='five'"),
    ],
)
def test_a_wrong_word_about_a_cell_is_told_by_line(course, marker, told):
    source(course).write_text(f"# %%\nx = 1\n{marker}\n# text\n", "utf-8")
    with pytest.raises(pages.Mistake, match=f"^funnel_2.py:3: .*{told}"):
        list(pages.all_pages(course))


def test_a_widget_leaves_its_text_and_no_id_that_is_new_at_each_run(course):
    source(course).write_text("# %%\nimport ipywidgets\nipywidgets.IntSlider()\n", "utf-8")
    build.build(page(course))
    text = page(course).target.read_text("utf-8")
    assert "widget-view" not in text
    assert "widgets" not in json.loads(text)["metadata"]
    (output,) = nbformat.reads(text, as_version=4).cells[0].outputs
    assert output.data == {"text/plain": "IntSlider(value=0)"}


def test_a_styled_table_has_the_same_name_at_each_run():
    cell = "abc"
    first = normalise._steady_table("<table id='T_0a1b2'><td id='T_0a1b2_row0'>", cell)
    again = normalise._steady_table("<table id='T_fffff'><td id='T_fffff_row0'>", cell)
    other = normalise._steady_table("<table id='T_fffff'>", "def")
    assert first == again
    assert not first.startswith(other[:-1])


def test_a_figure_has_at_most_64_colours(built):
    cells = nbformat.read(page(built).target, as_version=4).cells
    (png,) = (o.data["image/png"] for c in cells for o in c.get("outputs", ()) if "data" in o)
    assert len(Image.open(io.BytesIO(base64.b64decode(png))).getcolors()) <= normalise.COLOURS


def test_the_journal_of_a_page_being_built_is_nobodys(course, monkeypatch):
    monkeypatch.setenv("COURSEKIT_STATE", "mine")
    code = "# %%\nimport os\nprint(os.environ['COURSEKIT_STATE'] == 'mine')\n"
    source(course).write_text(code, "utf-8")
    build.build(page(course))
    cell = nbformat.read(page(course).target, as_version=4).cells[0]
    assert cell.outputs[0].text == "False\n"


def test_a_page_of_exercises_has_one_card_for_each(course):
    source(course).unlink()
    bank = "- id: funnel.2.1/levels\n  minutes: 3\n- id: funnel.2.5/which\n  minutes: 4\n"
    (course / "exercises" / "funnel.yaml").write_text(bank, "utf-8")
    chinese, english = pages.all_pages(course)
    assert [cell.text for cell in english.cells] == [
        "# Managing with the funnel list: exercises",
        "from coursekit.notebook import ask",
        "## Exercise 1 · 3 min",
        'ask("funnel.2.1/levels")',
        "## Exercise 2 · 4 min",
        'ask("funnel.2.5/which")',
    ]
    assert english.about["minutes"] == 7
    assert [cell.line for cell in chinese.cells[2::2]] == [1, 3]
    assert chinese.target == course / "exercises" / "zh" / "funnel.ipynb"


def test_what_a_lesson_asks_before_the_data_is_no_exercise_for_later(course):
    source(course).write_text('# %%\nguess("funnel.2.1/how-many")\n', "utf-8")
    bank = "- id: funnel.2.1/how-many\n- id: funnel.2.1/levels\n"
    (course / "exercises" / "funnel.yaml").write_text(bank, "utf-8")
    cards = [cell.text for cell in list(pages.all_pages(course))[-1].cells if "ask(" in cell.text]
    assert cards == ['ask("funnel.2.1/levels")']
