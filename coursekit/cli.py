"""The command line: each command is one call of a function elsewhere."""

import argparse
import dataclasses
import datetime
import pathlib
import sys

from coursekit import __version__, terms
from coursekit.console import TwoLanguages
from coursekit.console import declare as _command
from coursekit.console import said as _said
from coursekit.console import tell as _tell
from coursekit.errors import InputError

SOME_FAILED, BAD_INPUT, IN_DOUBT = 1, 2, 3


def main(argv=None):
    """Run a command.

    Returns
    -------
    int
        0 well; 1 some pages failed; 2 input that cannot be used; 3 stopped in doubt.
    """
    for stream in (sys.stdout, sys.stderr):  # names of people, whatever the console's code page
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(argv)
    try:
        return options.run(options)
    except InputError as error:
        _tell(error.sentence(options.lang))
        return BAD_INPUT
    except OSError as error:
        _tell(terms.say("cli.no_access", options.lang, file=error.filename, why=error.strerror))
        return BAD_INPUT
    except KeyboardInterrupt:
        _tell(terms.term("cli.interrupted", options.lang))
        return 130


def _parser():
    parser = argparse.ArgumentParser(
        prog="coursekit",
        description=_said("kit").replace("\n", " / "),
        formatter_class=TwoLanguages,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _add_case,
        _add_checkup,
        _add_forget,
        _add_lab,
        _add_lint,
        _add_preview,
        _add_bank,
        _add_answers,
        _add_template,
    ):  # a further command: one more function here
        add(commands)
    return parser


def _add_case(commands):
    command = _command(commands, "case", _case)
    command.add_argument("skin", metavar="SKIN", help=_said("case_skin"))
    command.add_argument(
        "folder",
        nargs="?",
        type=pathlib.Path,
        default=pathlib.Path(),
        metavar="DIR",
        help=_said("case_folder"),
    )


def _case(options):
    from coursekit.case.make import make

    made = make(options.skin, options.folder)
    n = len(list(made.glob("*.csv")))
    _tell(terms.say("case.made", options.lang, folder=made, n=n, skin=options.skin), sys.stdout)
    return 0


def _add_checkup(commands):
    command = _command(commands, "checkup", _checkup)

    def add(*names, **values):
        command.add_argument(*names, help=_said(names[0].strip("-")), **values)

    add("file", metavar="FILE", type=pathlib.Path)
    add("--by", metavar="COLUMN", default="owner")
    add("--map", metavar="TOML", type=pathlib.Path)
    add("--today", metavar="DAY")
    add("--target", metavar="AMOUNT")
    add("--strict", action="store_true")
    add("--history", metavar="FILE", type=pathlib.Path)
    add("--out", metavar="FOLDER", type=pathlib.Path, default=pathlib.Path("checkup"))
    add("--json", action="store_true")
    add("--yes", action="store_true")


def _checkup(options):
    from coursekit.reporting import mapping, run

    def tell(code, /, **values):
        _tell(terms.say(code, options.lang, **values))

    def confirm():
        if options.yes:
            return True
        if not (sys.stdin and sys.stdin.isatty()):
            return False
        print(terms.term("cli.go_on", options.lang), end=" ", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in ("y", "yes", "是", "对")

    today = _day(options.today) if options.today else datetime.date.today()
    target = _amount(options.target) if options.target else None
    tell("cli.today", day=today)
    request = run.Request(
        file=options.file,
        out=options.out,
        today=today,
        lang=options.lang,
        by=options.by,
        map=options.map,
        history=options.history,
        target=target,
        strict=options.strict,
        pages=not options.json,
    )
    try:
        done = run.run(request, tell, confirm)
    except mapping.Stopped as stopped:
        tell("cli.stopped", file=stopped.file)
        return IN_DOUBT
    if options.json:
        print(done.json.decode("utf-8"), end="")
        return 0
    for name in ("index.html", "team.html", "persons"):
        if (options.out / name).exists():  # a page that failed is not there
            print(options.out / name)
    if done.failures:
        tell("cli.failed", n=len(done.failures), file=options.out / "failures.csv")
        return SOME_FAILED
    tell("cli.done", n=len(done.facts["owners"]))
    return 0


def _add_forget(commands):
    command = _command(commands, "forget", _forget)
    command.add_argument("out", metavar="FOLDER", type=pathlib.Path, help=_said("forget_out"))


def _forget(options):
    from coursekit.reporting.forget import forget

    done = forget(options.out)
    for code in ("deleted", "kept"):
        _tell(terms.say(f"cli.{code}", options.lang, n=len(done[code])), sys.stdout)
        for name in done[code]:
            _tell(f"  {name}", sys.stdout)
    _tell(terms.term("cli.names_stay", options.lang), sys.stdout)
    return 0


def _add_lab(commands):
    command = _command(commands, "lab", _lab)
    command.set_defaults(lang=None)  # a course that is there has its own language
    add = command.add_argument
    add(
        "folder",
        nargs="?",
        type=pathlib.Path,
        default=pathlib.Path("course"),
        metavar="DIR",
        help=_said("lab_folder"),
    )
    add("--port", type=int, help=_said("port"))
    add("--no-browser", dest="browser", action="store_false", help=_said("no_browser"))


def _lab(options):
    from coursekit.lab import start

    wanted, options.lang = options.lang, options.lang or start.language(options.folder)
    start.run(options.folder, wanted, port=options.port, browser=options.browser)
    return 0


def _add_lint(commands):
    command = _command(commands, "lint", _lint)
    add = command.add_argument
    add("names", nargs="*", metavar="NAME", help=_said("lint_names"))
    add("--trainees", type=int, default=50, metavar="N", help=_said("trainees"))
    _course_option(command)


def _lint(options):
    from coursekit.practice import lint

    course = _course(options)
    count = {"wrong": 0, "look": 0}
    for found in lint.bank_findings(course, options.names, max(options.trainees, 1)):
        count[found.level] += 1
        level = terms.term(f"lint.level_{found.level}", options.lang)
        _tell(f"{level}  {found.exercise}  {found.sentence(options.lang)}", sys.stdout)
    n = sum(count.values())
    code = "lint.done" if n else "lint.clean"
    _tell(terms.say(code, options.lang, n=n, **count), sys.stdout)
    return SOME_FAILED if count["wrong"] else 0


def _add_preview(commands):
    command = _command(commands, "preview", _preview)
    command.add_argument("id", metavar="ID", help=_said("preview_id"))
    command.add_argument("--port", type=int, default=0, help=_said("port"))
    command.add_argument(
        "--no-browser", dest="browser", action="store_false", help=_said("no_browser")
    )
    _course_option(command)


def _preview(options):
    from coursekit.practice import preview

    def tell(address):
        _tell(terms.say("cli.preview_open", options.lang, address=address), sys.stdout)

    preview.run(_course(options), options.id, options.port, options.browser, tell)
    return 0


def _add_bank(commands):
    command = _command(commands, "bank", _bank)
    command.add_argument("way", choices=("out", "in"), help=_said("bank_way"))
    command.add_argument("file", metavar="FILE", type=pathlib.Path, help=_said("bank_file"))
    command.add_argument("names", nargs="*", metavar="NAME", help=_said("lint_names"))
    _course_option(command)


def _bank(options):
    from coursekit.practice import excel

    course = _course(options)
    if options.way == "out":
        options.file.write_bytes(excel.out(course, options.names))
        _tell(terms.say("cli.bank_out", options.lang, file=options.file), sys.stdout)
        return 0
    changed = excel.back(course, options.file.read_bytes())
    for name, n in changed.items():
        _tell(terms.say("cli.bank_in", options.lang, name=name, n=n), sys.stdout)
    if not changed:
        _tell(terms.term("cli.bank_same", options.lang), sys.stdout)
    return 0


def _add_answers(commands):
    command = _command(commands, "answers", _answers)
    add = command.add_argument
    add("folders", nargs="+", type=pathlib.Path, metavar="DIR", help=_said("answers_folders"))
    add("--for", dest="reader", choices=("trainer", "hr", "manager"), default="trainer",
        help=_said("for"))  # fmt: skip
    add("--out", type=pathlib.Path, default=pathlib.Path("answers"), metavar="FOLDER",
        help=_said("answers_out"))  # fmt: skip


def _answers(options):
    from coursekit import visibility
    from coursekit.practice import answers
    from coursekit.practice.export import export

    def tell(code, /, **values):
        _tell(terms.say(f"visibility.{code}", options.lang, **values), sys.stdout)

    made = export(options.folders, options.reader)
    options.out.mkdir(parents=True, exist_ok=True)
    tables = {"answers.csv": made.answers, "group.csv": made.group}
    for name, table in tables.items():
        if len(table) or name == "group.csv":
            answers.write_csv(table, options.out / name)
            tell("written", file=options.out / name, n=len(table))
    if made.too_few:
        tell("left_out", n=len(made.too_few), fewest=visibility.FEWEST)
    if made.nothing:
        tell("folders_silent", names=", ".join(made.nothing))
    return 0


def _add_template(commands):
    command = _command(commands, "template", _template)
    command.add_argument("name", metavar="NAME", help=_said("template_name"))
    command.add_argument(
        "file", nargs="?", type=pathlib.Path, metavar="FILE", help=_said("template_file")
    )


def _template(options):
    from coursekit import workbooks

    file = workbooks.write(options.name, options.file, options.lang)
    _tell(terms.say("workbook.written", options.lang, file=file), sys.stdout)
    return 0


def _course_option(command):
    command.set_defaults(lang=None)  # a course has its own language
    command.add_argument(
        "--course", type=pathlib.Path, default=pathlib.Path(), metavar="DIR", help=_said("course")
    )


def _course(options):
    """The course of the folder; ``--lang`` wins over its language."""
    from coursekit.course import Course

    asked, options.lang = options.lang, options.lang or "zh"
    course = Course.find(options.course)
    options.lang = asked or course.lang
    return dataclasses.replace(course, lang=options.lang)


def _day(text):
    from coursekit.tables import dates

    day = dates.parse([text]).values[0]
    if day is None or not 2000 <= day.year < 2100:
        raise InputError("inputs.not_a_day", name="quantity.day", value=text)
    return day


def _amount(text):
    from coursekit.tables import numbers

    amount = numbers.parse([text]).values[0]
    if amount is None or not amount > 0:
        raise InputError("forecast.not_a_target", value=text)
    return amount
