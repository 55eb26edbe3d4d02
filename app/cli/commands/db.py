"""`groundwork db`: the database's tables."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
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
    """Whether every revision still says what its hash says, and the audit trail is whole."""
    trail, wrong = store.check_trail(), [*_altered(store)]
    wrong += [f"audit entry {number}: it, or one before it, is not what its hash says" for number in trail.broken]
    wrong += [f"{each}, version {number}: the audit trail knows of no such saving" for each, number in trail.unsaved]
    wrong += [f"decision {number}: the audit trail knows of no such decision" for number in trail.unsigned]
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"Audit trail: {trail.entries:,} entries, the last hash is {trail.head or 'none'}")
    return FAILED if wrong else DONE


def _altered(store: Store) -> Iterator[str]:
    for identity, version in store.altered():
        yield f"{identity}, version {version}: the document is not what its hash says"


COMMAND = Command(
    "db",
    "bring the database's tables up to date, or check that they are and that no revision was altered",
    70,
    _arguments,
    _run,
)
