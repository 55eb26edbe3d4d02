"""A saved proposal, and the workspace of Ana, who has it open."""

from __future__ import annotations

import pytest

from app.session import saving
from app.session import workspace as module
from app.session.workspace import Workspace
from db import Saved, Store
from scoping.document.editing import change
from tests.app.acting import Create
from tests.documents import proposal


@pytest.fixture
def saved(create: Create) -> Saved:
    return create(proposal())


@pytest.fixture
def workspace(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    return Workspace(saved)


def someone_else_sets(store: Store, saved: Saved, path: str, value: object, name: str = "Bo") -> None:
    """Another person changes one place."""
    now = store.get(saved.id)
    store.save(saved.id, change(now.proposal, path, value), now.version, name)
