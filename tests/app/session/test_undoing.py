"""What a session did last is taken back as a new version; what someone else changed since is left alone."""

from __future__ import annotations

from functools import partial

import pytest

from app.session.undoing import Act, UndoRefused
from app.session.workspace import Workspace
from db import Saved, Store
from scoping import Proposal
from scoping.document.editing import change
from scoping.document.paths import Path
from scoping.document.restructuring import with_kind
from tests.app.session.conftest import someone_else_sets
from tests.documents import proposal


def remove_alternative(workspace: Workspace, index: int) -> None:
    assert workspace.remove_row(Path.of("alternatives", index)).is_saved


def test_a_removed_alternative_comes_back_with_its_costs(workspace: Workspace, pages_store: Store) -> None:
    before = workspace.proposal
    remove_alternative(workspace, 1)
    assert workspace.last is not None
    assert workspace.last.lost == ("Rule",)
    workspace.undo()
    assert workspace.proposal == before
    assert pages_store.get(workspace.id).version == 3, "nothing is deleted: it is a new version"
    assert pages_store.audit(workspace.id).rows[0].detail == "version 3, undo"
    assert workspace.last is None


def test_undoing_keeps_what_others_changed_meanwhile(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    remove_alternative(workspace, 1)
    someone_else_sets(pages_store, saved, "alternatives.1.metrics.recall", 0.7)
    workspace.undo()
    names = {each.name: each for each in workspace.proposal.alternatives}
    assert list(names) == ["Today", "Rule", "Model"]
    assert names["Model"].metrics["recall"].p50 == 0.7


def test_undoing_is_refused_in_words_where_someone_changed_the_same_field(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    workspace.set("owner", "Ana", "Ana")
    someone_else_sets(pages_store, saved, "owner", "Bo")
    with pytest.raises(UndoRefused, match="changed again since, so it is not taken back: Owner"):
        workspace.undo()
    assert pages_store.get(saved.id).proposal.owner == "Bo"


def test_only_what_was_lost_is_offered_to_be_brought_back(workspace: Workspace) -> None:
    workspace.set("owner", "Ana", "Ana")
    assert workspace.last is not None
    assert workspace.last.lost == ()
    workspace.set("owner", None, "")
    assert workspace.last.lost == ("Owner",)


def test_a_change_of_the_kind_of_task_can_be_undone(workspace: Workspace) -> None:
    before = workspace.proposal
    workspace.restructure(partial(with_kind, kind="automation"))
    assert workspace.last is not None
    assert workspace.last.lost == ("Kind of task",)
    workspace.undo()
    assert workspace.proposal == before


def test_an_older_version_is_saved_again_as_the_newest(workspace: Workspace, pages_store: Store) -> None:
    first = workspace.proposal
    workspace.set("owner", "Ana", "Ana")
    workspace.set("team", "Ours", "Ours")
    workspace.restore(1)
    assert workspace.proposal == first
    assert pages_store.revisions(workspace.id).total == 4
    workspace.undo()
    assert (workspace.proposal.owner, workspace.proposal.team) == ("Ana", "Ours")


def test_an_act_is_taken_back_from_whatever_came_after_it() -> None:
    before = proposal()
    after: Proposal = change(before, "owner", "Ana")
    now = change(after, "team", "Later")
    assert Act(before, after).taken_back_from(now) == change(before, "team", "Later")
