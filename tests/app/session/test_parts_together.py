"""Two people at the parts of the work: a stream goes, or comes back, with all that is said of it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from app.session import saving
from app.session import workspace as module
from app.session.outcome import SaveOutcome
from app.session.workspace import Workspace
from db import Saved, Store
from scoping import read, to_dict
from scoping.document.editing import without_unknown
from scoping.document.restructuring import with_kind, without_part
from tests.app.acting import Create
from tests.app.session.conftest import someone_else_sets
from tests.scoping.bridges.test_together import MODEL, several

CALLS, MAIL = ({name for name in MODEL if name.startswith(part)} for part in ("calls/", "mail/"))


@pytest.fixture
def saved(create: Create) -> Saved:
    return create(read(several()))


@pytest.fixture
def workspace(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    return Workspace(saved)


def someone_else_removes_the_calls(store: Store, saved: Saved) -> None:
    without = read(without_unknown(without_part(to_dict(saved.proposal), 1)))
    store.save(saved.id, without, saved.version, "Bo")


def chosen(workspace: Workspace, *, is_mine: bool) -> Mapping[str, Any]:
    assert workspace.conflict is not None
    merge = workspace.conflict.merge
    return to_dict(read(merge.settled({clash.path: is_mine for clash in merge.clashes})))


@pytest.mark.parametrize("path", ["bridge.streams.1.task.minutes_per_task", "alternatives.1.metrics.calls/time_saved"])
def test_a_stream_that_someone_removed_comes_back_with_its_metrics(
    path: str, workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    someone_else_removes_the_calls(pages_store, saved)
    assert workspace.set(path, 0.3, "0.3") is SaveOutcome.STALE
    kept, gone = chosen(workspace, is_mine=True), chosen(workspace, is_mine=False)
    assert set(kept["alternatives"][1]["metrics"]) == MAIL | CALLS
    assert [each["id"] for each in kept["bridge"]["streams"]] == ["mail", "calls"]
    assert set(gone["alternatives"][1]["metrics"]) == MAIL
    assert [each["id"] for each in gone["bridge"]["streams"]] == ["mail"]


def test_streams_that_someone_made_one_task_come_back_with_their_metrics(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    one = read(without_unknown(with_kind(to_dict(saved.proposal), "automation")))
    pages_store.save(saved.id, one, saved.version, "Bo")
    assert workspace.set("bridge.streams.0.task.manual_cost", 7, "7") is SaveOutcome.STALE
    assert set(chosen(workspace, is_mine=True)["alternatives"][1]["metrics"]) == MAIL | CALLS
    assert set(chosen(workspace, is_mine=False)["alternatives"][1]["metrics"]) == {"automation_rate", "accuracy"}


def test_another_part_that_someone_changed_is_no_question(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    someone_else_removes_the_calls(pages_store, saved)
    assert workspace.set("bridge.streams.0.task.manual_cost", 7, "7") is SaveOutcome.SAVED
    assert [each.id for each in pages_store.get(saved.id).proposal.bridge.streams] == ["mail"]  # type: ignore[union-attr]


def test_a_stream_is_the_same_under_another_name(workspace: Workspace, saved: Saved, pages_store: Store) -> None:
    """By its id: two that exchange their names are not taken for each other."""
    streams = to_dict(saved.proposal)["bridge"]["streams"]
    names = [{**each, "name": other["name"]} for each, other in zip(streams, reversed(streams), strict=True)]
    someone_else_sets(pages_store, saved, "bridge.streams", names)
    assert workspace.set("bridge.streams.0.task.manual_cost", 7, "7") is SaveOutcome.SAVED
    mail = to_dict(pages_store.get(saved.id).proposal)["bridge"]["streams"][0]
    assert (mail["id"], mail["name"], mail["task"]["manual_cost"]) == ("mail", "Calls", 7.0)


def test_while_a_choice_is_open_a_stream_can_still_be_removed(
    workspace: Workspace, saved: Saved, pages_store: Store
) -> None:
    someone_else_sets(pages_store, saved, "owner", "Bo")
    assert workspace.set("owner", "Ana", "Ana") is SaveOutcome.STALE
    assert workspace.restructure(partial(without_part, number=1)) is SaveOutcome.STALE
    mine = chosen(workspace, is_mine=True)
    assert (mine["owner"], set(mine["alternatives"][1]["metrics"])) == ("Ana", MAIL)
