"""What the app says when something goes wrong."""

from __future__ import annotations

import pytest

from app.session import shared
from tests.app.acting import words
from tests.app.conftest import start

pytestmark = pytest.mark.long


def test_a_database_that_is_away_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    shared.database.cache_clear()
    test = start()
    assert not test.exception
    assert "cannot be reached" in words(test)
    shared.database.cache_clear()
