"""Merging, asking and undoing, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import threading

import pytest

from app.session import saving, shared
from app.session import workspace as module
from app.session.outcome import SaveOutcome
from app.session.workspace import Workspace
from db import Store
from scoping.document.paths import Path
from tests.documents import proposal


@pytest.fixture
def opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The pages use this store."""
    monkeypatch.setattr(shared, "database", lambda: store)
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    return store


def test_two_sessions_on_different_fields_and_then_on_the_same(opened: Store) -> None:
    saved = opened.create(proposal())
    first, second = Workspace(saved), Workspace(saved)
    assert first.set("owner", "First", "First") is SaveOutcome.SAVED
    assert second.set("team", "Second", "Second") is SaveOutcome.SAVED
    assert first.set("sponsor", "First", "First") is SaveOutcome.SAVED
    now = opened.get(saved.id)
    assert (now.version, now.proposal.owner, now.proposal.team, now.proposal.sponsor) == (4, "First", "Second", "First")
    assert second.set("sponsor", "Second", "Second") is SaveOutcome.STALE
    assert second.conflict is not None
    assert [str(each.path) for each in second.conflict.clashes] == ["sponsor"]
    assert "sponsor" in opened.drafts(saved.id)


def test_an_alternative_comes_back_although_someone_saved_since(opened: Store) -> None:
    saved = opened.create(proposal())
    first, second = Workspace(saved), Workspace(saved)
    assert first.remove_row(Path.of("alternatives", 1)).is_saved
    assert second.set("owner", "Second", "Second").is_saved
    first.undo()
    now = opened.get(saved.id).proposal
    assert [each.name for each in now.alternatives] == ["Today", "Rule", "Model"]
    assert now.owner == "Second"


def test_of_many_sessions_at_once_each_keeps_its_own_field(opened: Store) -> None:
    saved = opened.create(proposal())
    fields = ("owner", "team", "sponsor", "summary")
    outcomes: list[SaveOutcome] = []

    def write(path: str) -> None:
        outcomes.append(Workspace(saved).set(path, path.title(), path))

    threads = [threading.Thread(target=write, args=(path,)) for path in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [SaveOutcome.SAVED] * 4
    now = opened.get(saved.id)
    assert now.version == 5
    assert {getattr(now.proposal, path) for path in fields} == {path.title() for path in fields}
