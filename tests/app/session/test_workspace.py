"""What became of a save is told by its outcome, and kept until it is settled."""

from __future__ import annotations

import pytest

from app.session.outcome import SaveOutcome, left_over
from app.session.workspace import Workspace
from db import Draft, NotAllowed, Saved, Store
from scoping import Proposal
from scoping.document.paths import Path
from tests.documents import proposal


def someone_else_saves(store: Store, saved: Saved, changed: Proposal) -> None:
    store.save(saved.id, changed, store.version(saved.id), "Bo")


def test_a_good_value_is_saved(workspace: Workspace, pages_store: Store) -> None:
    assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.SAVED
    assert pages_store.get(workspace.id).proposal.owner == "Ana"
    assert workspace.drafts == {}


def test_a_bad_value_is_refused_and_kept(workspace: Workspace, pages_store: Store) -> None:
    assert workspace.set("title", "", "") is SaveOutcome.REFUSED
    assert workspace.drafts["title"].outcome is SaveOutcome.REFUSED
    assert pages_store.drafts(workspace.id) == {"title": Draft("title", "", "must not be empty")}


def test_a_stale_save_waits_for_a_choice_and_is_forgotten_once_it_is_made(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    someone_else_saves(pages_store, saved, proposal(owner="Bo"))
    assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.STALE
    assert workspace.drafts["owner"].outcome is SaveOutcome.STALE
    assert "owner" in pages_store.drafts(saved.id)
    assert workspace.set("team", "Ours", "Ours") is SaveOutcome.STALE
    assert workspace.conflict is not None
    assert workspace.settle(workspace.conflict.mine) is SaveOutcome.SAVED
    assert (workspace.proposal.owner, workspace.proposal.team) == ("Ana", "Ours")
    assert workspace.drafts == {}
    assert pages_store.drafts(saved.id) == {}


def test_what_is_wrong_with_another_field_outlives_the_choice(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    # Only the outcome decides, whatever the words of the problem are.
    workspace.keep("summary", "typed", "Not saved: a problem that begins like another one.")
    someone_else_saves(pages_store, saved, proposal(owner="Bo"))
    workspace.set("owner", "Ana", "Ana")
    assert workspace.conflict is not None
    workspace.settle(workspace.conflict.mine)
    assert list(workspace.drafts) == ["summary"]


def test_a_third_save_in_between_is_another_choice(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    someone_else_saves(pages_store, saved, proposal(owner="Bo"))
    workspace.set("owner", "Ana", "Ana")
    someone_else_saves(pages_store, saved, proposal(owner="Cy"))
    assert workspace.conflict is not None
    assert workspace.settle(workspace.conflict.mine) is SaveOutcome.STALE
    assert workspace.conflict.theirs.proposal.owner == "Cy"
    assert workspace.drafts["owner"].outcome is SaveOutcome.STALE


def test_what_the_person_may_no_longer_save_is_kept_in_the_session(
    workspace: Workspace, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Saved:
        raise NotAllowed("This takes another role.")

    monkeypatch.setattr(pages_store, "save", refuse)
    monkeypatch.setattr(pages_store, "keep_draft", refuse)
    assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.FAILED
    assert (workspace.drafts["owner"].text, workspace.drafts["owner"].outcome) == ("Ana", SaveOutcome.FAILED)
    assert workspace.drafts["owner"].problem == "Not saved: This takes another role."
    # No later try would succeed.
    assert not workspace.is_waiting


def test_drafts_of_earlier_sessions_count_as_refused() -> None:
    found = left_over({"owner": Draft("owner", "Ana", "Not saved: someone else saved meanwhile.")})
    assert (found["owner"].text, found["owner"].outcome) == ("Ana", SaveOutcome.REFUSED)


def test_only_what_is_in_the_database_is_saved() -> None:
    assert [outcome for outcome in SaveOutcome if outcome.is_saved] == [SaveOutcome.SAVED]


def test_what_was_typed_in_an_alternative_goes_with_it_and_what_was_typed_in_the_next_moves_up(
    workspace: Workspace, pages_store: Store
) -> None:
    for index, text in ((1, "soon"), (2, "later")):
        workspace.keep(Path.of("alternatives", index, "build_months"), text, "is not a number")
    assert workspace.remove_row(Path.of("alternatives", 1)) is SaveOutcome.SAVED
    assert [each.name for each in workspace.proposal.alternatives] == ["Today", "Model"]
    kept = pages_store.drafts(workspace.id)
    assert {path: each.text for path, each in kept.items()} == {"alternatives.1.build_months": "later"}
