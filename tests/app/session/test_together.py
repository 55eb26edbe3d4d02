"""Two sessions on one proposal: what goes together is put together, what others changed is shown, the rest stays."""

from __future__ import annotations

import pytest

from app.session.outcome import SaveOutcome
from app.session.workspace import Workspace
from db import Saved, Store
from scoping import to_dict
from scoping.document.editing import change
from tests.app.session.conftest import someone_else_sets


def test_different_fields_are_saved_together_and_told(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    someone_else_sets(pages_store, saved, "returns.adoption", 0.4)
    assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.SAVED
    now = pages_store.get(saved.id)
    assert (now.version, now.proposal.owner, now.saved_by) == (3, "Ana", "Ana")
    assert to_dict(now.proposal)["returns"]["adoption"] == 0.4
    assert workspace.news == "Bo saved meanwhile: Returns: Adoption. Your change was added to theirs."
    assert workspace.drafts == {}


def test_only_fields_that_others_changed_are_drawn_anew(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    paths = ("owner", "team", "returns.adoption", "returns.horizon_months", "alternatives.1.costs:table")
    before = {path: workspace.key(path) for path in paths}
    someone_else_sets(pages_store, saved, "returns.adoption", 0.4)
    someone_else_sets(pages_store, saved, "alternatives.1.costs.0.amount", 9)
    workspace.set("owner", "Ana", "Ana")
    after = {path: workspace.key(path) for path in paths}
    # What this person is typing elsewhere stands in a widget that stays.
    assert {path for path in before if before[path] != after[path]} == {
        "returns.adoption",
        "alternatives.1.costs:table",
    }


def test_only_the_list_whose_rows_moved_is_drawn_anew(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    paths = ("owner", "alternatives.1.name", "alternatives.2.costs.0.amount")
    before = {path: workspace.key(path) for path in paths}
    rows = to_dict(saved.proposal)["alternatives"]
    someone_else_sets(pages_store, saved, "alternatives", [rows[0], rows[2]])
    assert workspace.set("alternatives.2.metrics.recall", 0.5, "0.5") is SaveOutcome.SAVED
    assert workspace.proposal.alternatives[1].metrics["recall"].p50 == 0.5
    assert {path for path in paths if workspace.key(path) != before[path]} == {*paths[1:]}


def test_what_does_not_go_together_is_asked_field_by_field(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    """Each alone is allowed: together there would be two of one name."""
    someone_else_sets(pages_store, saved, "alternatives.1.name", "Same")
    assert workspace.set("alternatives.2.name", "Same", "Same") is SaveOutcome.STALE
    assert workspace.conflict is not None
    assert {str(each.path) for each in workspace.conflict.clashes} == {"alternatives.1.name", "alternatives.2.name"}
    assert pages_store.get(saved.id).proposal.alternatives[2].name == "Model"


def test_amounts_by_year_and_another_amount_of_one_cost_are_asked_about(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    """Each alone is allowed: together nobody could tell which of them holds."""
    cost = "alternatives.2.costs.1"
    someone_else_sets(pages_store, saved, f"{cost}.amount", 900)
    assert workspace.set(f"{cost}.by_year", [9_000, 6_000], "9,000 6,000") is SaveOutcome.STALE
    assert workspace.conflict is not None
    assert f"{cost}.amount" in {str(each.path) for each in workspace.conflict.clashes}
    assert to_dict(pages_store.get(saved.id).proposal)["alternatives"][2]["costs"][1]["amount"] == 900


def test_several_others_are_waited_for(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    real, times = pages_store.save, iter(range(2))

    def save_after_another(*given: object) -> Saved:
        if next(times, None) is not None:
            now = pages_store.get(saved.id)
            real(saved.id, change(now.proposal, "team", f"Team {now.version}"), now.version, "Bo")
        return real(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages_store, "save", save_after_another)
        assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.SAVED
    now = pages_store.get(saved.id).proposal
    assert (now.owner, now.team) == ("Ana", "Team 2")


def test_a_row_that_someone_adds_leaves_the_other_fields_alone(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    before = workspace.key("owner"), workspace.key("alternatives.1.costs:table"), workspace.key("risks:table")
    someone_else_sets(pages_store, saved, "risks", [{"name": "Late data"}])
    workspace.set("team", "Ours", "Ours")
    after = workspace.key("owner"), workspace.key("alternatives.1.costs:table"), workspace.key("risks:table")
    assert (after[:2], after[2] != before[2]) == (before[:2], True)
