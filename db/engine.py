"""Which database, and how to reach it: SQLite in the user's data directory, or PostgreSQL by URL.

Whatever a database does, nobody waits for it longer than the seconds of a `Patience`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import quote

import psycopg
from platformdirs import user_data_path
from psycopg.abc import PQGen
from sqlalchemy import Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.engine import URL

from scoping import Appraisal, Proposal, appraise
from scoping.text.languages import message

from . import addresses, migrate
from .addresses import VARIABLE
from .environment import setting
from .errors import DatabaseNotReady, Failure
from .failures import NoAnswer, in_words
from .store import READS, Store
from .turns import PATIENCE

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait: for a connection, for a lock, for the end of a statement. None: as long as it takes."""

    connect: int
    lock: int
    statement: int | None

    @property
    def silence(self) -> int | None:
        """How long a server may say nothing. One that works would have ended the statement itself before."""
        return None if self.statement is None else self.statement + 1


AT_A_SCREEN = Patience(connect=3, lock=4, statement=5)
"""While a person waits for a page."""

AT_A_CHECK = Patience(connect=2, lock=1, statement=1)
"""While a machine asks whether the database answers."""

AT_A_COMMAND = Patience(connect=10, lock=60, statement=None)
"""For who brings the tables up to date, or reads all that there is."""

_CONNECTIONS, _MORE_CONNECTIONS = 5, 15
# A network that lost the server without a word is found out by the system: first question, each further one, how many.
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_IDLE_MILLISECONDS = 60_000
_PING_SECONDS = 2


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """The URL from GROUNDWORK_DATABASE_URL or its file, or a SQLite file in the user's data directory.

    Raises SettingRefused.
    """
    given = setting(VARIABLE, environment)
    return given or f"sqlite:///{user_data_path('groundwork', appauthor=False) / 'groundwork.db'}"


def create(url: str | URL, patience: Patience = AT_A_SCREEN, *, pooled: bool = True) -> Engine:
    """An engine for the URL. Raises DatabaseNotReady where the URL makes no sense."""
    parsed = addresses.parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, patience, pooled=pooled)
    return _postgresql(parsed, patience, pooled=pooled)


def _pool(patience: Patience, *, pooled: bool) -> dict[str, Any]:
    kind: type[Pool] = QueuePool if pooled else NullPool
    if not pooled:
        return {"poolclass": kind}
    sizes = {"pool_size": _CONNECTIONS, "max_overflow": _MORE_CONNECTIONS}
    return {"poolclass": kind, "pool_timeout": patience.lock, **sizes}


# PostgreSQL ------------------------------------------------------------------------------------


class _Connection(psycopg.Connection[Any]):
    """A connection that does not wait for ever: a server that was stopped keeps its connections open and says nothing.

    The server's own time limits do not end with it, and to the network all is well.
    """

    silence: int | None = None

    def wait(self, gen: PQGen[Answer], *args: Any, **kwargs: Any) -> Answer:
        """What the server answers. Raises NoAnswer, and gives the connection up, where it says nothing."""
        if self.silence is None:
            return super().wait(gen, *args, **kwargs)
        # The pool asks in autocommit, and nobody else does: whether the server is there, before the connection is used.
        seconds = min(self.silence, _PING_SECONDS) if self.autocommit else self.silence
        try:
            return super().wait(_until(monotonic() + seconds, gen), *args, **kwargs)
        except NoAnswer:
            self.pgconn.finish()
            raise


def _until(end: float, waiting: PQGen[Answer]) -> PQGen[Answer]:
    """The same questions to the socket, and an end to them. Who waits asks several times a second."""
    try:
        wanted = next(waiting)
        while True:
            ready = yield wanted
            if not ready and monotonic() > end:
                raise NoAnswer("the server says nothing")
            wanted = waiting.send(ready)
    except StopIteration as done:
        answer: Answer = done.value
        return answer


def _postgresql(url: URL, patience: Patience, *, pooled: bool) -> Engine:
    arguments = {name: value for name, value in _arguments(patience).items() if name not in url.query}
    engine = create_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,
        pool_pre_ping=True,
        **_pool(patience, pooled=pooled),
    )

    def connect(_dialect: Any, _record: Any, args: Any, parameters: Any) -> _Connection:
        connection = _Connection.connect(*args, **parameters)
        connection.silence = patience.silence
        return connection

    event.listen(engine, "do_connect", connect)
    return engine


def _arguments(patience: Patience) -> dict[str, Any]:
    """What libpq is told (postgresql.org/docs/current/libpq-connect.html); what the URL says itself stands."""
    limits = {
        "statement_timeout": (patience.statement or 0) * 1000,
        "lock_timeout": patience.lock * 1000,
        "idle_in_transaction_session_timeout": _IDLE_MILLISECONDS,
    }
    return {
        "connect_timeout": patience.connect,
        "tcp_user_timeout": (patience.silence or 0) * 1000,
        **_KEEPALIVES,
        "application_name": "groundwork",
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }


# SQLite ----------------------------------------------------------------------------------------


def _sqlite(url: URL, patience: Patience, *, pooled: bool) -> Engine:
    path = addresses.file_of(url)
    _make_folder(path.parent)
    writable = _can_be_written(path) and not addresses.is_read_only(url)
    address = url if writable else URL.create("sqlite", database=str(path), query={"mode": "ro", "uri": "true"})
    options = {PATIENCE: patience.lock}
    engine = create_engine(
        address, hide_parameters=True, execution_options=options, **_pool(patience, pooled=pooled and writable)
    )

    def prepare(connection: Any, _record: Any) -> None:
        _prepare_sqlite(connection, patience, writable=writable)

    if not writable:
        event.listen(engine, "do_connect", lambda *_: _open_to_read(path))
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseNotReady(
            message("The folder of the database file cannot be made: {reason}.", reason=error.strerror or "no"),
            Failure.AWAY,
        ) from None


def _can_be_written(path: Path) -> bool:
    """SQLite writes beside the file too."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _open_to_read(path: Path) -> sqlite3.Connection:
    """The file as one that is only read, so that SQLite asks for no right that there is none to.

    Where the folder cannot be written either and no log lies beside the file, nobody writes to it at the moment: then
    SQLite may do without the files that it would share with a writer (sqlite.org/uri.html, immutable).
    """
    log = path.with_name(f"{path.name}-wal")
    nobody_writes = not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    address = f"file:{quote(str(path))}?mode=ro{'&immutable=1' if nobody_writes else ''}"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _prepare_sqlite(connection: Any, patience: Patience, *, writable: bool) -> None:
    # The driver must not open transactions by itself: `_begin` does.
    connection.isolation_level = None
    # Its own knows only the letters of English.
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    if writable:
        _keep_a_log(cursor)
    for pragma in ("foreign_keys=ON", f"busy_timeout={patience.lock * 1000}", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """With a write-ahead log, who reads waits for no writer. It is the file's own for ever; a later connection tries
    again where someone writes just now."""
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Any) -> None:
    # Taking the write lock at once makes two writers wait for each other instead of failing half way. Who only reads
    # waits for nobody.
    reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


# The Store -------------------------------------------------------------------------------------


def open_store(
    url: str | None = None,
    assess: Callable[[Proposal], Appraisal] = appraise,
    patience: Patience = AT_A_SCREEN,
) -> Store:
    """The Store behind the URL (or the configured one), its tables up to date.

    SQLite is brought up to date here; PostgreSQL only by `groundwork db upgrade`. Raises
    DatabaseNotReady.
    """
    engine = create(url or database_url(), patience)
    try:
        with in_words(engine.url):
            if _brings_itself_up_to_date(engine) and not migrate.is_up_to_date(engine):
                upgrade_database(url)
            migrate.check(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, assess)


def _brings_itself_up_to_date(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite" and not addresses.is_read_only(engine.url)


def upgrade_database(url: str | None = None) -> None:
    """Bring the tables of the database up to date, whichever it is. Raises DatabaseNotReady."""
    engine = create(url or database_url(), AT_A_COMMAND)
    try:
        with in_words(engine.url):
            migrate.upgrade(engine)
    finally:
        engine.dispose()


def check_database(url: str | None = None) -> None:
    """Whether the database answers, soon, and its tables are up to date. Raises DatabaseNotReady.

    On a connection of its own: those of the pages may all be in use.
    """
    address = addresses.parsed(url or database_url())
    if address.get_backend_name() == "sqlite":
        # To open it for writing would make the file where it is not there.
        address = address.update_query_dict({"mode": "ro"})
    engine = create(address, AT_A_CHECK, pooled=False)
    try:
        with in_words(engine.url):
            migrate.check(engine)
    finally:
        engine.dispose()
