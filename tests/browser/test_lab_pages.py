"""JupyterLab as a course, driven in Chromium on small pages made here."""

import json
import pathlib
import sys

import pytest

from coursekit.lab.digest import code_digest
from coursekit.lab.settings import EXTENSIONS

# a library's name, IPython's start-up files and saved widgets: what a mailed folder could carry
TRAP = "import pathlib; pathlib.Path({!r}).write_text('ran')"


def notebook(*cells, metadata=None, **marks):
    """A page as JSON text: (kind, source) each, marks for the lab."""
    made = []
    for number, (kind, source) in enumerate(cells):
        cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        made.append(cell)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    about = {"kernelspec": spec, "coursekit": marks, **(metadata or {})}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": made})


def page(title, *cells, **about):
    return notebook(
        ("markdown", f"# {title}"), *cells, autorun=True, hide_code=True, title=title, **about
    )


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


HOME = page(
    "课程首页",
    ("markdown", "[第二课](funnel_2.ipynb#规则) [练习](exercises/funnel.ipynb)"),
    ("code", "import itertools, pathlib\nprint('做完', len(list(pathlib.Path().glob('done*'))))"),
)
LESSON = page(
    "下一步",
    ("code", "import pandas\nprint('第二课', pandas.Series([1, 2]).sum())"),
    ("markdown", "## 规则\n\n下一步要有时间、人物、目的。\n\n" + "很长的一段。" * 400),
)
CARDS = page(
    "练习",
    (
        "code",
        "import ipywidgets, pathlib\n"
        "button = ipywidgets.Button(description='做完')\n"
        "button.on_click(lambda _: pathlib.Path('../done').touch())\n"
        "button",
    ),
    ("markdown", "[回首页](../home.ipynb)"),
)
FAILS = page("坏了的一页", ("code", "1 / 0"), ("code", "print('后面')"))


@pytest.fixture(scope="module")
def lab(labs, tmp_path_factory):
    """A course of four pages, with what an unkind sender could have put beside them."""
    kit = tmp_path_factory.mktemp("kit")
    write(kit / "notebooks/zh/home.ipynb", HOME)
    write(kit / "notebooks/zh/funnel_2.ipynb", LESSON)
    write(kit / "notebooks/zh/fails.ipynb", FAILS)
    write(kit / "exercises/zh/funnel.ipynb", CARDS)
    folder = tmp_path_factory.mktemp("courses") / "我的 课程"
    trap = TRAP.format(str(folder / "trapped"))
    write(folder / "course.toml", 'lang = "zh"\n')
    write(folder / "pandas.py", trap)
    write(folder / ".coursekit/ipython/profile_default/startup/a.py", trap)
    write(folder / ".coursekit/config/jupyter_server_config.py", trap)
    write(folder / ".coursekit/lab/jupyter_server_config.py", trap)
    user = tmp_path_factory.mktemp("user")
    write(user / "jupyter_server_config.py", "c.ServerApp.default_url = '/tree/nowhere'")
    write(user / "custom/custom.css", "body { display: none !important }")
    return labs(folder, content=kit, environment={"JUPYTER_CONFIG_DIR": str(user)})


def shown(page):
    return page.locator(".ck-page:not(.lm-mod-hidden)")


def ready(page):
    shown(page).and_(page.locator("[data-ck-state=ready]")).wait_for(timeout=60_000)


def test_the_home_page_opens_first_and_has_run(lab, lab_page):
    page = lab_page(lab.url)
    assert shown(page).get_by_role("heading", name="课程首页").is_visible()
    assert shown(page).get_by_text("做完 0").is_visible()


def test_a_trainee_sees_no_code_no_toolbar_no_files_no_dialog(lab, lab_page):
    page = lab_page(lab.url)
    for away in (
        ".jp-InputArea-editor .cm-content",
        ".jp-NotebookPanel-toolbar",
        ".jp-cell-toolbar",
        ".jp-InputPrompt",
        "#jp-left-stack",
        ".jp-SideBar",
        "#jp-MainMenu",
        "#jp-main-statusbar",
        ".jp-Dialog",
        ".Toastify__toast",
    ):
        seen = page.locator(away).filter(visible=True)
        assert seen.count() == 0, away


def test_the_trainers_view_is_jupyterlab_in_chinese(lab, lab_page):
    page = lab_page(lab.url)
    page.get_by_role("button", name="备课视图").click()
    page.get_by_role("menuitem", name="文件", exact=True).wait_for()
    assert page.locator(".jp-NotebookPanel-toolbar").is_visible()
    assert page.locator(".jp-DirListing").is_visible()
    assert shown(page).get_by_text("import itertools").is_visible()
    page.get_by_role("button", name="回到课程视图").click()
    page.locator("#jp-MainMenu").wait_for(state="hidden")
    assert shown(page).get_by_text("import itertools").is_hidden()


def test_a_link_opens_its_page_at_its_place_and_the_page_that_was_left_ends(lab, lab_page):
    page = lab_page(lab.url)
    shown(page).get_by_role("link", name="第二课").click()
    shown(page).get_by_text("第二课 3").wait_for(timeout=60_000)
    assert page.locator(".ck-nav-title").inner_text() == "下一步"
    page.get_by_role("button", name="课程首页").click()
    shown(page).get_by_role("link", name="练习").wait_for()
    page.wait_for_function("document.querySelectorAll('.jp-NotebookPanel').length === 1")
    page.wait_for_function(
        "async () => (await (await fetch('/api/sessions')).json())"
        ".every((s) => s.path === 'home.ipynb')",
        polling=200,
    )


def test_home_counts_anew_after_an_exercise(lab, lab_page):
    page = lab_page(lab.url)
    shown(page).get_by_role("link", name="练习").click()
    shown(page).get_by_role("button", name="做完").click(timeout=60_000)
    shown(page).get_by_role("link", name="回首页").click()
    shown(page).get_by_text("做完 1").wait_for()
    (lab.folder / "done").unlink()


def test_a_page_that_fails_says_so_and_can_be_tried_again(lab, lab_page):
    page = lab_page(lab.address("fails.ipynb"), state="failed")
    status = page.get_by_role("status")
    assert status.inner_text() == "这一页没有准备好。"
    page.get_by_role("button", name="重新准备本页").click()
    page.get_by_text("正在准备这一页").wait_for()
    page.get_by_text("这一页没有准备好").wait_for(timeout=60_000)


def test_reading_a_page_writes_nothing_and_leaves_no_question(lab, lab_page):
    before = (lab.folder / "funnel_2.ipynb").read_bytes()
    page = lab_page(lab.address("funnel_2.ipynb"))
    shown(page).get_by_text("第二课 3").dblclick()
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.accept())
    page.close(run_before_unload=True)
    assert asked == []
    assert (lab.folder / "funnel_2.ipynb").read_bytes() == before


def test_no_key_and_no_double_click_takes_a_page_apart(lab, lab_page):
    page = lab_page(lab.address("funnel_2.ipynb"))
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    shown(page).get_by_role("heading", name="下一步").dblclick()
    assert shown(page).get_by_text("# 下一步").is_hidden()
    shown(page).get_by_role("heading", name="下一步").click()
    for key in ("Escape", "d", "d", "x", "a", "b", "Enter", "Shift+Enter"):
        page.keyboard.press(key)
    assert cells.count() == before
    assert shown(page).get_by_role("heading", name="下一步").is_visible()


def test_after_a_reload_the_page_runs_again(lab, lab_page):
    page = lab_page(lab.address("funnel_2.ipynb"))
    page.reload()
    ready(page)
    shown(page).get_by_text("第二课 3").wait_for()


def test_a_changed_page_asks_and_runs_nothing_before(lab, lab_page):
    trace = lab.folder / "trace"
    changed = page("改过的一页", ("code", f"open({str(trace)!r}, 'w').close(); print('跑了')"))
    write(lab.folder / "changed.ipynb", changed)
    window = lab_page(lab.address("changed.ipynb"), state="asking")
    assert "不是课程自带的" in window.get_by_role("alert").inner_text()
    window.get_by_role("button", name="先看看里面的程序").click()
    assert shown(window).get_by_text("print").is_visible()
    assert not trace.exists()
    window.get_by_role("button", name="运行这一页").click()
    ready(window)
    assert trace.exists()
    assert window.get_by_role("alert").count() == 0


def test_saved_widgets_of_a_page_run_no_javascript(lab, lab_page):
    state = {
        "model_module": "anywidget",
        "model_name": "AnyModel",
        "model_module_version": "~0.11.*",
        "state": {
            "_model_module": "anywidget",
            "_model_name": "AnyModel",
            "_model_module_version": "~0.11.*",
            "_view_module": "anywidget",
            "_view_name": "AnyView",
            "_view_module_version": "~0.11.*",
            "_anywidget_id": "x",
            "_esm": "window.trapped = true; export default { render() {} }",
        },
    }
    saved = {
        "application/vnd.jupyter.widget-state+json": {
            "version_major": 2,
            "version_minor": 0,
            "state": {"0" * 32: state},
        }
    }
    text = page("寄来的一页", ("code", "print('不许')"), metadata={"widgets": saved})
    write(lab.folder / "mailed.ipynb", text)
    window = lab_page(lab.address("mailed.ipynb"), state="asking")
    window.wait_for_timeout(3000)  # as long as a kernel takes to start, when widgets are restored
    assert window.evaluate("window.trapped") is None


def test_what_a_mailed_folder_carries_does_not_run(lab, lab_page):
    lab_page(lab.address("funnel_2.ipynb"))
    assert not (lab.folder / "trapped").exists()


def test_the_users_own_configuration_is_left_out(lab, lab_page):
    page = lab_page(lab.url)
    assert shown(page).is_visible()
    assert "/tree/home.ipynb?" in lab.url


SOURCES = [
    [],
    [""],
    ["a", "b"],
    ["ab"],
    ['print("引号 \\\\ \' \u2028 \u00e9 \U0001f600")', "\ttab\x07\x7f\x00 end"],
    ["one\r\ntwo\rthree\n"],
]


def test_digests_of_a_page_are_the_same_in_python_and_in_the_browser(lab, lab_page):
    page = lab_page(lab.url)
    digests = page.evaluate(
        """async (all) => {
          const at = "/lab/extensions/coursekit/static/digest.js";
          const { codeDigest } = await import(at);
          return Promise.all(all.map(codeDigest));
        }""",
        SOURCES,
    )
    cells = [[{"cell_type": "code", "source": source} for source in one] for one in SOURCES]
    assert digests == [code_digest({"cells": made}) for made in cells]


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_a_page_fits_its_window(lab, lab_page, width):
    page = lab_page(lab.address("funnel_2.ipynb"), width)
    for part in (".ck-page:not(.lm-mod-hidden) .jp-WindowedPanel-outer", ".ck-nav"):
        wide = page.locator(part).evaluate("(e) => [e.scrollWidth, e.clientWidth]")
        assert wide[0] <= wide[1], part
    size = (
        shown(page).get_by_role("paragraph").first.evaluate("(e) => getComputedStyle(e).fontSize")
    )
    assert float(size.removesuffix("px")) >= 16


def test_an_english_course_is_english(labs, lab_page, tmp_path_factory):
    kit = tmp_path_factory.mktemp("kit")
    write(kit / "notebooks/en/home.ipynb", page("Course home", ("code", "print('ran')")))
    english = labs(tmp_path_factory.mktemp("english") / "course", "en", kit)
    window = lab_page(english.url)
    window.get_by_role("button", name="Trainer's view").click()
    window.get_by_role("menuitem", name="File", exact=True).wait_for()


@pytest.mark.skipif(sys.platform == "win32", reason="a test cannot press Ctrl+C there")
def test_ctrl_c_ends_it_with_its_kernels_and_leaves_no_files(labs, lab_page, tmp_path_factory):
    kit = tmp_path_factory.mktemp("kit")
    write(kit / "notebooks/zh/home.ipynb", HOME)
    temporary = tmp_path_factory.mktemp("temporary")
    lab = labs(tmp_path_factory.mktemp("ended") / "course", "zh", kit, {"TMPDIR": str(temporary)})
    page = lab_page(lab.url)
    page.close()
    assert lab.end() == 0
    assert "课程已关闭" in "".join(lab.said)
    assert "Traceback" not in "".join(lab.said)
    assert [p.name for p in temporary.iterdir() if "coursekit" in p.name or "clean" in p.name] == []


def test_the_extension_needs_no_build_step():
    texts = [p for p in pathlib.Path(EXTENSIONS).rglob("*") if p.is_file()]
    assert {p.suffix for p in texts} == {".js", ".css", ".json"}
    assert sum(p.stat().st_size for p in texts) < 40_000
