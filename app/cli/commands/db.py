"""`groundwork db`: the database's tables, its backups, and whether it is as it was saved."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from app.cli.command import DONE, FAILED, Command
from db import AT_A_COMMAND, Store, back_up, open_store, restore, upgrade_database
from scoping import Refused

_UPGRADE, _CHECK, _BACKUP, _RESTORE = "upgrade", "check", "backup", "restore"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=tuple(_ACTIONS))
    parser.add_argument("path", metavar="PATH", nargs="?", help=f"the file of {_BACKUP} and {_RESTORE}")
    parser.add_argument(
        "--replace", action="store_true", help=f"{_RESTORE}: replace what the database holds; it is kept in a file"
    )


def _run(options: Namespace) -> int:
    return _ACTIONS[options.action](options)


def _upgrade(_: Namespace) -> int:
    upgrade_database()
    with closing(open_store()) as store:
        print(f"Up to date: {store.description}")
    return DONE


def _check(_: Namespace) -> int:
    """Whether every revision still says what its hash says, and the audit trail is whole."""
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        print(f"Up to date: {store.description}")
        return _told(store)


def _told(store: Store) -> int:
    trail, wrong = store.check_trail(), [*_altered(store)]
    wrong += [f"audit entry {number}: it, or one before it, is not what its hash says" for number in trail.broken]
    wrong += [f"{each}, version {number}: the audit trail knows of no such saving" for each, number in trail.unsaved]
    wrong += [f"decision {number}: the audit trail knows of no such decision" for number in trail.unsigned]
    wrong += [f"scenario {each}: the audit trail knows of no such version or decision" for each in trail.scenarios]
    wrong += [f"actuals {number}: the audit trail knows of no such actuals" for number in trail.unmeasured]
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"Audit trail: {trail.entries:,} entries, the last hash is {trail.head or 'none'}")
    return FAILED if wrong else DONE


def _altered(store: Store) -> Iterator[str]:
    for identity, version in store.altered():
        yield f"{identity}, version {version}: the document is not what its hash says"


def _back_up(options: Namespace) -> int:
    path = _path(options)
    back_up(path)
    print(f"Written: {path}")
    return DONE


def _restore(options: Namespace) -> int:
    path = _path(options)
    kept = restore(path, replace=options.replace)
    if kept is not None:
        print(f"What the database held is kept in {kept}")
    print(f"Restored: {path}")
    # The backup of an older program: SQLite is brought up to date here, PostgreSQL by who reads what to do.
    open_store().close()
    return DONE


def _path(options: Namespace) -> Path:
    if not options.path:
        raise Refused(f"Name the file: groundwork db {options.action} PATH")
    return Path(options.path)


_ACTIONS: Mapping[str, Callable[[Namespace], int]] = {
    _UPGRADE: _upgrade,
    _CHECK: _check,
    _BACKUP: _back_up,
    _RESTORE: _restore,
}

COMMAND = Command(
    "db",
    "bring the database's tables up to date, check them and that no revision was altered, back up, restore",
    70,
    _arguments,
    _run,
)
