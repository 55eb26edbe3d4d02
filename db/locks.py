"""Locks of PostgreSQL that this program names itself: whoever asks for one that is held waits for the other's end."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import Connection, text


class Lock(IntEnum):
    """Any numbers will do, as long as every Groundwork takes the same ones."""

    CHAIN = 7_015_042
    """The end of the audit trail."""
    DRAFTS = 7_015_043
    """Who is told of drafts that were left."""
    UPGRADE = 4_718_592
    """The tables as such."""


def hold(connection: Connection, lock: Lock) -> None:
    """Hold the lock until the transaction ends. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": int(lock)})
