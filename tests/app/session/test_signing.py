"""A decision that is being written, as a draft keeps it."""

from __future__ import annotations

from datetime import date

import pytest

from app.session.signing import PATH, Conditions, DecisionDraft
from app.session.workspace import Workspace
from db import Store


def test_all_of_it_comes_back(workspace: Workspace, pages_store: Store) -> None:
    written = DecisionDraft("build", "overrule", "stop", "Model", "why", "Ana", date(2027, 1, 2)).with_conditions(
        "stop:Model", "ours", "proposed"
    )
    written.keep(workspace)
    assert DecisionDraft.of(workspace) == written
    assert DecisionDraft.of(Workspace(workspace.saved, pages_store.drafts(workspace.id))) == written
    # It is no field of the document that could not be saved.
    assert workspace.unsaved == []


def test_conditions_as_they_are_proposed_are_not_kept() -> None:
    written = DecisionDraft().with_conditions("build:Model", "ours", "theirs")
    assert written.conditions == {"build:Model": Conditions("ours", "theirs")}
    assert written.with_conditions("build:Model", "theirs", "theirs").conditions == {}


def test_a_way_that_was_chosen_in_view_of_another_recommendation_is_asked_anew_and_the_words_stay() -> None:
    written = DecisionDraft("build", "overrule", "stop", "Model", "why").with_conditions("stop:Model", "ours", "theirs")
    assert written.in_view_of("build") == written
    now = written.in_view_of("pilot")
    assert (now.way, now.outcome, now.alternative) == ("", "", "")
    assert (now.reason, now.conditions) == (written.reason, written.conditions)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"reason": "x"}', '{"conditions": 3}', "null"])
def test_a_draft_that_cannot_be_read_is_none(workspace: Workspace, text: str) -> None:
    workspace.keep_unfinished(PATH, text)
    assert DecisionDraft.of(workspace) == DecisionDraft()
