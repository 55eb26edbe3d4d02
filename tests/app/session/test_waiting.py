"""A database that does not answer, on SQLite and on a real PostgreSQL: what was typed waits, and then is saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.session import saving, shared
from app.session import workspace as module
from app.session.outcome import SaveOutcome
from app.session.pause import LONGEST_SECONDS, Pause
from app.session.workspace import Workspace
from db import Saved, Store
from scoping.document.editing import change
from scoping.document.paths import Path
from tests.app.breaking import away
from tests.documents import proposal


class Clock:
    """It goes on when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Workspace]:
    """Opens the one proposal there is, in another session each time."""
    monkeypatch.setattr(shared, "database", lambda: store)
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    saved = store.create(proposal())
    return lambda: Workspace(store.get(saved.id), store.drafts(saved.id), pause=Pause(clock))


def bo_sets(store: Store, identity: str, path: str, value: object) -> Saved:
    now = store.get(identity)
    return store.save(identity, change(now.proposal, path, value), now.version, "Bo")


@pytest.mark.parametrize("only_writing", [False, True], ids=["gone", "locked, full or read-only"])
def test_values_rows_and_texts_wait_and_are_saved_when_it_answers(
    opened: Callable[[], Workspace], store: Store, clock: Clock, only_writing: bool
) -> None:
    workspace = opened()
    with away(store, only_writing=only_writing):
        assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.WAITING
        assert workspace.set("team", "Ours", "Ours") is SaveOutcome.WAITING
        assert workspace.remove_row(Path.of("alternatives", 1)) is SaveOutcome.WAITING
        assert workspace.set("title", "", "") is SaveOutcome.REFUSED
        assert (workspace.proposal.owner, workspace.proposal.team) == ("Ana", "Ours")
        assert workspace.unsaved == ["title", "owner", "team", "alternatives"]
        clock.now += LONGEST_SECONDS
        assert workspace.try_again() is False
    clock.now += LONGEST_SECONDS
    assert workspace.try_again() is True
    now = store.get(workspace.id)
    assert (now.version, now.proposal.owner, now.proposal.team) == (2, "Ana", "Ours")
    assert [each.name for each in now.proposal.alternatives] == ["Today", "Model"]
    assert store.drafts(workspace.id)["title"].text == ""
    assert not workspace.is_waiting
    assert workspace.unsaved == ["title"]


def test_the_next_value_that_is_typed_brings_the_earlier_ones_along(
    opened: Callable[[], Workspace], store: Store, clock: Clock
) -> None:
    workspace = opened()
    with away(store):
        workspace.set("owner", "Ana", "Ana")
        workspace.keep("summary", "half a", "is not complete")
    clock.now += LONGEST_SECONDS
    assert workspace.set("team", "Ours", "Ours") is SaveOutcome.SAVED
    now = store.get(workspace.id).proposal
    assert (now.owner, now.team) == ("Ana", "Ours")
    assert store.drafts(workspace.id)["summary"].text == "half a"


def test_nobody_asks_while_the_pause_lasts(opened: Callable[[], Workspace], store: Store, clock: Clock) -> None:
    workspace = opened()
    with away(store):
        workspace.set("owner", "Ana", "Ana")
    # It would answer by now; the pause keeps every field from waiting for it.
    assert workspace.set("team", "Ours", "Ours") is SaveOutcome.WAITING
    assert workspace.try_again() is False
    clock.now += 1.0
    assert workspace.try_again() is True
    assert store.get(workspace.id).proposal.team == "Ours"


def test_pauses_grow_up_to_the_longest_and_begin_anew() -> None:
    clock, lengths = Clock(), []
    pause = Pause(clock)
    for _ in range(6):
        pause.lengthen()
        began = clock.now
        while pause.lasts:
            clock.now += 1
        lengths.append(clock.now - began)
    assert lengths == [1, 2, 4, 8, 10, 10]
    pause.end()
    assert not pause.lasts


def test_what_waited_is_merged_with_what_others_saved(
    opened: Callable[[], Workspace], store: Store, clock: Clock
) -> None:
    workspace = opened()
    with away(store):
        workspace.set("owner", "Ana", "Ana")
    bo_sets(store, workspace.id, "team", "Bo's")
    clock.now += LONGEST_SECONDS
    assert workspace.try_again()
    now = store.get(workspace.id).proposal
    assert (now.owner, now.team) == ("Ana", "Bo's")


def test_what_waited_and_clashes_is_asked_about_and_all_of_it_is_kept(
    opened: Callable[[], Workspace], store: Store, clock: Clock
) -> None:
    workspace = opened()
    with away(store):
        workspace.set("owner", "Ana", "Ana")
        workspace.set("team", "Ours", "Ours")
    bo_sets(store, workspace.id, "owner", "Bo")
    clock.now += LONGEST_SECONDS
    assert workspace.try_again()
    assert workspace.conflict is not None
    # A reload in the middle of the question has both texts.
    assert {path: each.text for path, each in store.drafts(workspace.id).items()} == {"owner": "Ana", "team": "Ours"}
    assert workspace.settle(workspace.conflict.mine) is SaveOutcome.SAVED
    assert (workspace.proposal.owner, workspace.proposal.team) == ("Ana", "Ours")
    assert store.drafts(workspace.id) == {}


def test_a_refresh_keeps_what_only_this_session_holds(opened: Callable[[], Workspace], store: Store) -> None:
    workspace = opened()
    with away(store, only_writing=True):
        workspace.keep("summary", "only here", "is not complete")
    workspace.pause.end()
    bo_sets(store, workspace.id, "team", "Bo's")
    workspace.refresh()
    assert workspace.proposal.team == "Bo's"
    assert workspace.drafts["summary"].text == "only here"
    assert store.drafts(workspace.id)["summary"].text == "only here"


def test_a_refresh_takes_what_another_tab_kept_and_settled(opened: Callable[[], Workspace], store: Store) -> None:
    first = opened()
    first.keep("summary", "settled soon", "is not complete")
    first.keep("sponsor", "mine", "is not complete")
    second = opened()
    second.keep("owner", "from the second tab", "is not complete")
    assert second.set("summary", "Complete", "Complete").is_saved
    before = first.key("owner"), first.key("summary"), first.key("sponsor")
    first.refresh()
    assert {path: each.text for path, each in first.drafts.items()} == {
        "sponsor": "mine",
        "owner": "from the second tab",
    }
    after = first.key("owner"), first.key("summary"), first.key("sponsor")
    # The fields whose text changed are drawn anew, the others are left alone.
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True, False]


def test_a_draft_that_takes_the_place_of_another_tab_s_says_so(opened: Callable[[], Workspace], store: Store) -> None:
    first, second = opened(), opened()
    first.keep("summary", "of the first", "is not complete")
    second.keep("summary", "of the second", "is not complete")
    assert first.drafts.elsewhere == {}
    assert second.drafts.elsewhere["summary"].text == "of the first"
    second.take_from_elsewhere("summary")
    assert second.drafts["summary"].text == "of the first"
    assert store.drafts(second.id)["summary"].text == "of the first"
    assert second.drafts.elsewhere == {}


def test_a_field_that_is_saved_in_one_tab_does_not_drop_another_tab_s_newer_draft_in_silence(
    opened: Callable[[], Workspace],
) -> None:
    first = opened()
    first.keep("summary", "older", "is not complete")
    second = opened()
    second.keep("summary", "newer", "is not complete")
    assert first.set("summary", "Complete", "Complete").is_saved
    assert first.drafts.elsewhere["summary"].text == "newer"


def test_a_page_that_reads_while_the_database_is_away_shows_what_it_had(
    opened: Callable[[], Workspace], store: Store, clock: Clock
) -> None:
    workspace = opened()
    allowed = workspace.allowed()
    with away(store):
        workspace.refresh()
        assert workspace.is_away
        assert workspace.allowed() == allowed
        assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.WAITING
    clock.now += LONGEST_SECONDS
    workspace.refresh()
    assert (workspace.is_away, workspace.is_waiting) == (False, False)
    assert store.get(workspace.id).proposal.owner == "Ana"
