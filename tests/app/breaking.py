"""A database that stops answering when a test says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from db import Store

_WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def away(store: Store, *, only_writing: bool = False) -> Iterator[None]:
    """No statement gets through: the server is gone. Or only none that writes: it is locked, full or read-only."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not only_writing or statement.lstrip().upper().startswith(_WRITES):
            raise OperationalError(statement, {}, sqlite3.OperationalError("the database does not answer"))

    engine = store._engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)
