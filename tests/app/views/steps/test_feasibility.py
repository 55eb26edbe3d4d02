"""Step Feasibility: answers and their notes."""

from __future__ import annotations

import pytest

from db import Store
from tests.app.acting import Create, Open, key_of, words
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_answers_and_notes_are_saved(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "feasibility")
    test.text_input(key=key_of(test, "answers.acted_on.note")).set_value("The desk calls them").run()
    assert "Choose an answer too" in words(test)
    test.radio(key=key_of(test, "answers.acted_on.choice")).set_value("yes").run()
    answer = pages_store.get(saved.id).proposal.feasibility.answers["acted_on"]
    assert (answer.choice, answer.note) == ("yes", "The desk calls them")
    assert pages_store.drafts(saved.id) == {}
