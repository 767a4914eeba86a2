"""What the command line says, and how a command of it is declared."""

import argparse
import sys

from coursekit import terms


def tell(text, stream=None):
    """Say something; what comes from a file cannot steer the terminal."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)
    print(shown, file=stream or sys.stderr)


class TwoLanguages(argparse.HelpFormatter):
    """Each language on lines of its own: argparse counts Chinese characters as one column."""

    def _split_lines(self, text, width):
        split = super()._split_lines
        return [line for part in text.splitlines() for line in split(part, width)]


def said(name):
    """What ``--help`` says, in both languages."""
    return "\n".join(terms.term(f"cli.help_{name}", lang) for lang in terms.LANGS)


def declare(commands, name, run):
    """A command with its help in both languages, and the language it answers in."""
    command = commands.add_parser(name, help=said(name), formatter_class=TwoLanguages)
    command.add_argument("--lang", choices=terms.LANGS, default="zh", help=said("lang"))
    command.set_defaults(run=run)
    return command
