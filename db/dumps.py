"""PostgreSQL's own backups, by its own programs: pg_dump, pg_restore and psql.

No password is on a command line, where everybody on the machine could read it. What the programs say may hold what
people typed: it is not repeated.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg.conninfo import make_conninfo
from sqlalchemy import func, inspect, select, table
from sqlalchemy.engine import URL

from scoping.text.languages import message

from .engine import AT_A_COMMAND, create
from .errors import BackupRefused
from .failures import in_words
from .models import Base
from .valuing import CACHE

_SECRETS: Mapping[str, str] = {"password": "PGPASSWORD"}
_TABLE = re.compile(r" TABLE \S+ (\w+) ")
_OTHER_VERSION = re.compile(r"server version mismatch|unsupported version", re.IGNORECASE)
_BOOKKEEPING = "alembic_version"
_PLAIN = ("--no-owner", "--no-privileges")


def write(address: URL, target: Path) -> None:
    """Write a dump of the database, as of one moment, without what is worked out again. Raises BackupRefused."""
    _run("pg_dump", "--format=custom", *_PLAIN, f"--exclude-table-data={CACHE}", f"--file={target}", to=address)


def read(address: URL, source: Path) -> None:
    """Put a dump in the place of our tables: all of it, or nothing. Raises BackupRefused."""
    known = {*Base.metadata.tables, *tables(source), _BOOKKEEPING}
    names = ", ".join(f'"{name}"' for name in sorted(known))
    with TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        _run("pg_restore", "--clean", "--if-exists", *_PLAIN, f"--file={script}", str(source))
        _run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            # Tables of a newer program may refer to ours.
            f"--command=DROP TABLE IF EXISTS {names} CASCADE",
            f"--file={script}",
            to=address,
        )


def tables(source: Path) -> set[str]:
    """The tables in a dump. Raises BackupRefused where it is none."""
    return set(_TABLE.findall(_run("pg_restore", "--list", str(source))))


def revisions(source: Path) -> list[str]:
    """The revision of the tables in a dump."""
    script = _run("pg_restore", "--data-only", f"--table={_BOOKKEEPING}", "--file=-", str(source))
    _, _, after = script.partition("FROM stdin;\n")
    return after.partition("\n\\.")[0].split()


def rows(address: URL) -> int:
    """How many rows our tables hold. Raises DatabaseNotReady."""
    engine = create(address, AT_A_COMMAND, pooled=False)
    try:
        with in_words(engine.url), engine.connect() as connection:
            there = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
            counts = (select(func.count()).select_from(table(name)) for name in sorted(there))
            return sum(connection.scalar(count) or 0 for count in counts)
    finally:
        engine.dispose()


def _run(program: str, *arguments: str, to: URL | None = None) -> str:
    """What the program writes. Raises BackupRefused where it is not there, or fails."""
    path = shutil.which(program)
    if path is None:
        raise BackupRefused(
            message(
                "{program} is not installed here. Install PostgreSQL's client programs, of the server's version or a "
                "newer one.",
                program=program,
            )
        )
    place, environment = ([], {}) if to is None else _place(to)
    done = subprocess.run(  # noqa: S603 no shell, and nothing a person typed
        [path, *place, *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "PGOPTIONS": f"-c lock_timeout={AT_A_COMMAND.lock * 1000}", **environment},
    )
    if done.returncode:
        raise BackupRefused(_failed(program, done))
    return done.stdout


def _failed(program: str, done: subprocess.CompletedProcess[str]) -> str:
    if _OTHER_VERSION.search(done.stderr):
        return message(
            "{program} is older than the server, or than the file. Install PostgreSQL's client programs of the "
            "server's version or a newer one.",
            program=program,
        )
    return message(
        "{program} failed with code {code}. Nothing was changed.", program=program, code=str(done.returncode)
    )


def _place(address: URL) -> tuple[list[str], dict[str, str]]:
    """Where the database is, for a command line; what is secret goes by the environment."""
    given = {**address.query, **address.translate_connect_args(username="user", database="dbname")}
    shown = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
    environment = {_SECRETS[name]: str(shown.pop(name)) for name in _SECRETS if name in shown}
    shown.pop("options", None)
    conninfo = make_conninfo("", **{"connect_timeout": AT_A_COMMAND.connect, **shown})
    return [f"--dbname={conninfo}"], environment
