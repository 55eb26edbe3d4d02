"""Signing out: this browser forgets the sign-in, whatever the database says to it."""

from __future__ import annotations

import pytest
import streamlit as st

from app.views.parts import door
from db import DatabaseNotReady, NotAMember


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """True once the browser was told to forget."""
    found: list[bool] = []
    monkeypatch.setattr(st, "logout", lambda: found.append(True))
    return found


def refuses(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def store() -> None:
        raise error

    monkeypatch.setattr(door, "store", store)


def test_who_was_removed_can_still_leave(monkeypatch: pytest.MonkeyPatch, forgotten: list[bool]) -> None:
    refuses(monkeypatch, NotAMember("You no longer belong here."))
    door._sign_out()
    assert forgotten == [True]


def test_other_sessions_that_could_not_be_ended_are_told_of(
    monkeypatch: pytest.MonkeyPatch, forgotten: list[bool]
) -> None:
    refuses(monkeypatch, DatabaseNotReady("The database did not answer."))
    with pytest.raises(DatabaseNotReady):
        door._sign_out()
    assert forgotten == [True]
