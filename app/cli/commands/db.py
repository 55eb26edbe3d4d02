"""`groundwork db`: the database's tables."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing

from app.cli.command import DONE, FAILED, Command
from db import Store, open_store, upgrade_database

_UPGRADE, _CHECK = "upgrade", "check"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=(_UPGRADE, _CHECK))


def _run(options: Namespace) -> int:
    if options.action == _UPGRADE:
        upgrade_database()
    with closing(open_store()) as store:
        print(f"Up to date: {store.description}")
        return _check(store) if options.action == _CHECK else DONE


def _check(store: Store) -> int:
    """Whether every revision still says what its hash says."""
    altered = store.altered()
    for identity, version in altered:
        print(f"{identity}, version {version}: the document is not what its hash says", file=sys.stderr)
    return FAILED if altered else DONE


COMMAND = Command(
    "db",
    "bring the database's tables up to date, or check that they are and that no revision was altered",
    70,
    _arguments,
    _run,
)
