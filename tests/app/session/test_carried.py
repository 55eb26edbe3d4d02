"""What waits in a session goes on in the next one of the same tab; what a browser reports is input like any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from app.session import carried, saving, shared
from app.session import workspace as module
from app.session.carried import Carried, carried_by, left_behind, resumed
from app.session.workspace import Workspace
from db import DatabaseNotReady, NotFound, Store
from scoping import DocumentRefused
from scoping.document.editing import change
from scoping.document.paths import Path
from tests.app.breaking import away
from tests.documents import proposal


@pytest.fixture
def opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Workspace]:
    """Opens the one proposal there is."""
    monkeypatch.setattr(shared, "database", lambda: store)
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    saved = store.create(proposal())
    return lambda: Workspace(store.get(saved.id), store.drafts(saved.id))


def through_a_browser(given: Carried) -> Carried:
    """As the browser keeps it, and reports it to the next session."""
    entry = json.loads(json.dumps({**asdict(given), "token": given.token, "session": "earlier"}))
    ((token, found),) = left_behind([entry])
    assert token == given.token
    return found


def without_answer(opened: Callable[[], Workspace], store: Store) -> Carried:
    """A row that was taken out, a choice and a text, while nothing could be saved."""
    workspace = opened()
    with away(store, only_writing=True):
        workspace.remove_row(Path.of("alternatives", 1))
        workspace.set("currency", "USD", "USD")
        workspace.set("owner", "Ana", "Ana")
        return through_a_browser(carried_by(workspace))


def test_rows_and_choices_that_waited_are_saved_by_the_next_session(
    opened: Callable[[], Workspace], store: Store
) -> None:
    many = len(opened().proposal.alternatives)
    found = resumed(without_answer(opened, store))
    assert (found.proposal.currency, len(found.proposal.alternatives), found.is_waiting) == ("USD", many - 1, True)
    assert found.try_again()
    now = store.get(found.id)
    assert (now.version, now.proposal.currency, now.proposal.owner) == (2, "USD", "Ana")
    assert len(now.proposal.alternatives) == many - 1


def test_what_others_saved_since_is_merged_or_asked_about(opened: Callable[[], Workspace], store: Store) -> None:
    left = without_answer(opened, store)
    now = store.get(left.identity)
    store.save(left.identity, change(change(now.proposal, "team", "Theirs"), "owner", "Bo"), 1, "Bo")
    found = resumed(left)
    found.try_again()
    assert found.conflict is not None
    assert [each.path for each in found.conflict.clashes] == ["owner"]
    merged = found.conflict.merge.document
    assert (merged["team"], merged["currency"]) == ("Theirs", "USD")


def test_twice_taken_over_is_saved_once(opened: Callable[[], Workspace], store: Store) -> None:
    left = without_answer(opened, store)
    for _ in range(2):
        assert resumed(left).try_again()
    assert store.get(left.identity).version == 2


@pytest.mark.parametrize(
    "reported",
    [
        None,
        "text",
        [1, None, "x", {}],
        [{"identity": "a", "version": "1", "document": {}}],
        [{"identity": "a", "version": 1, "document": "{}"}],
        [{"version": True}],
    ],
)
def test_what_no_session_would_have_left_is_nothing(reported: Any) -> None:
    assert left_behind(reported) == []


def test_what_is_too_long_or_of_no_use_is_refused(
    opened: Callable[[], Workspace], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = opened().id
    entry = {"identity": identity * 9, "version": 1, "document": {}, "typed": {"a" * 999: "b" * 99_999}}
    ((_, found),) = left_behind([entry])
    assert (found.identity, [*map(len, [*found.typed, *found.typed.values()])]) == (identity, [300, 20_000])
    with pytest.raises(DocumentRefused):
        resumed(Carried(identity, 1, {"title": 1, "nonsense": []}, {}))
    for nowhere in (Carried("none", 1, {"title": "x"}, {}), Carried(identity, 7, {"title": "x"}, {})):
        with pytest.raises(NotFound):
            resumed(nowhere)
    with away(store), pytest.raises(DatabaseNotReady):
        resumed(Carried(identity, 1, {"title": "x"}, {}))
    monkeypatch.setattr(carried, "_taken", lambda: ["t"])
    assert left_behind([{"identity": identity, "version": 1, "document": {}, "token": "t"}]) == []
