"""Which database is opened, and what is said where it cannot be."""

from __future__ import annotations

import pytest

from db import DatabaseNotReady, Store, open_store
from db.engine import create
from tests.documents import proposal


def test_opening_again_finds_everything(database_url: str) -> None:
    first = open_store(database_url)
    saved = first.create(proposal())
    first.close()
    second = open_store(database_url)
    assert second.get(saved.id).proposal == proposal()
    second.close()


def test_an_unmigrated_postgresql_says_what_to_do(postgresql: object) -> None:
    postgresql.psql("CREATE DATABASE unmigrated")  # type: ignore[attr-defined]
    with pytest.raises(DatabaseNotReady, match="groundwork db upgrade"):
        open_store(postgresql.get_uri(database="unmigrated"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not valid"),
        ("mysql://localhost/x", "not in mysql"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
        ("sqlite:////proc/nowhere/x.db", "cannot be"),
    ],
)
def test_a_database_that_cannot_be_used_says_so(url: str, said: str) -> None:
    with pytest.raises(DatabaseNotReady, match=said):
        open_store(url)


def test_passwords_are_not_shown(postgresql: object) -> None:
    engine = create("postgresql://user:secret@localhost/x")
    assert "secret" not in Store(engine).description
