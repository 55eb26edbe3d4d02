"""`groundwork db`: the database's tables."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing

from app.cli.command import DONE, Command
from db import open_store, upgrade_database

_UPGRADE, _CHECK = "upgrade", "check"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=(_UPGRADE, _CHECK))


def _run(options: Namespace) -> int:
    if options.action == _UPGRADE:
        upgrade_database()
    with closing(open_store()) as store:
        print(f"Up to date: {store.description}")
    return DONE


COMMAND = Command("db", "bring the database's tables up to date, or check that they are", 70, _arguments, _run)
