"""The command line: each command is one call of a function elsewhere."""

import argparse
import datetime
import pathlib
import sys

from coursekit import __version__, terms
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


def _tell(text, stream=None):
    """Say something; what comes from a file cannot steer the terminal."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)
    print(shown, file=stream or sys.stderr)


def _parser():
    parser = argparse.ArgumentParser(
        prog="coursekit", description="销售课程工具 / sales course kit"
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_checkup, _add_forget, _add_lab):  # a further command: one more function here
        add(commands)
    return parser


def _command(commands, name, run, **words):
    command = commands.add_parser(name, **words)
    command.add_argument(
        "--lang", choices=terms.LANGS, default="zh", help="语言，默认 zh / language, default zh"
    )
    command.set_defaults(run=run)
    return command


def _add_checkup(commands):
    command = _command(
        commands,
        "checkup",
        _checkup,
        help="漏斗体检：从 CRM 导出表到每人一页 / from a CRM export to a page for everyone",
    )
    add = command.add_argument
    add("file", type=pathlib.Path, help="CSV 或 Excel / CSV or Excel")
    add(
        "--by", default="owner", help="按哪一列分页，默认负责人 / column to split by, default owner"
    )
    add("--map", type=pathlib.Path, help="对照文件 (TOML) / map file")
    add("--today", help="体检日期，默认今天 / day, default today")
    add("--target", help="每人还要带来多少，如 80万 / still to bring, per person")
    add("--strict", action="store_true", help="下一步要有人、有事、有日期 / who, what and a date")
    add("--history", type=pathlib.Path, help="阶段变动记录 / stage history export")
    add("--out", type=pathlib.Path, default=pathlib.Path("checkup"), help="写到哪个文件夹 / folder")
    add("--json", action="store_true", help="只输出数字，不画页面 / figures only, no pages")
    add("--yes", action="store_true", help="拿不准也照做 / go on where in doubt")


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
    command = _command(
        commands,
        "forget",
        _forget,
        help="删掉客户资料，留下数字 / delete customer data, keep figures",
    )
    command.add_argument("out", type=pathlib.Path, help="体检写的文件夹 / folder of a check-up")


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
    command = _command(
        commands, "lab", _lab, help="在 JupyterLab 里打开课程 / open the course in JupyterLab"
    )
    command.set_defaults(lang=None)  # a course that is there has its own language
    add = command.add_argument
    add(
        "folder",
        nargs="?",
        type=pathlib.Path,
        default=pathlib.Path("course"),
        metavar="DIR",
        help="课程文件夹，默认 course / course folder, default course",
    )
    add("--port", type=int, help="端口，默认找一个空的 / port, default a free one")
    add(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="不弹出浏览器 / do not open the browser",
    )


def _lab(options):
    from coursekit.lab import start

    wanted, options.lang = options.lang, options.lang or start.language(options.folder)
    start.run(options.folder, wanted, port=options.port, browser=options.browser)
    return 0


def _day(text):
    from coursekit.tables import dates

    day = dates.parse([text]).values[0]
    if day is None or not 2000 <= day.year < 2100:
        raise InputError("funnel.not_a_day", value=text)
    return day


def _amount(text):
    from coursekit.tables import numbers

    amount = numbers.parse([text]).values[0]
    if amount is None or not amount > 0:
        raise InputError("forecast.not_a_target", value=text)
    return amount
