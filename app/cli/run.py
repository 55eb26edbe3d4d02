"""Runs one command. Exit status 0: done; 1: it failed; 2: what was given is refused."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from app.cli.command import DONE, FAILED, REFUSED, Command
from app.registry import declared
from db import DATABASE_URL_VARIABLE, FILE
from scoping import GroundworkError, Refused
from scoping.reports.layout import printable

_DEFAULT = "serve"
_ABOUT_THE_PROGRAM = ("-h", "--help", "--version")


def commands() -> tuple[Command, ...]:
    """Every command, in the order of the help text."""
    return declared("app.cli.commands", "COMMAND", Command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors go to standard error, one line each."""
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    options = _parser().parse_args(_with_command(given))
    if options.database_url:
        os.environ[DATABASE_URL_VARIABLE] = options.database_url
        os.environ.pop(f"{DATABASE_URL_VARIABLE}{FILE}", None)
    command: Command = options.command
    try:
        status = command.run(options)
        sys.stdout.flush()
        return status
    except Refused as refused:
        return _complain(str(refused), REFUSED)
    except BrokenPipeError:
        # The reader has seen enough (`groundwork schema | head`). Python must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except GroundworkError as error:
        return _complain(str(error), FAILED)
    except OSError as error:
        return _complain(f"{error.filename or 'file'}: {error.strerror or error}", FAILED)


def _with_command(given: list[str]) -> list[str]:
    """`groundwork --port 80` is `groundwork serve --port 80`."""
    plain = not given or (given[0].startswith("-") and given[0] not in _ABOUT_THE_PROGRAM)
    return [_DEFAULT, *given] if plain else given


def _complain(text: str, status: int) -> int:
    print(printable(text, lines=True), file=sys.stderr)
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="groundwork",
        description="Scope machine-learning projects before you build them. Without a command: open the app.",
    )
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands():
        own = added.add_parser(command.name, help=command.help, description=command.help)
        own.add_argument(
            "--database-url", help=f"the database; otherwise {DATABASE_URL_VARIABLE}, or SQLite in your data directory"
        )
        own.set_defaults(command=command)
        command.add_arguments(own)
    return parser
