"""Two sessions on one proposal: both versions are shown, and the person chooses."""

from __future__ import annotations

import pytest

from db import Store
from tests.app.acting import Create, Open, key_of, words
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_different_fields_of_two_sessions_are_merged_without_a_question(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Their owner").run()
    mine.text_input(key=key_of(mine, "team")).set_value("My team").run()
    merged = pages_store.get(saved.id)
    assert (merged.proposal.owner, merged.proposal.team, merged.version) == ("Their owner", "My team", 3)
    assert "saved meanwhile\\: Owner. Your change was added to theirs." in words(mine)
    assert mine.text_input(key=key_of(mine, "owner")).value == "Their owner"
    assert mine.text_input(key=key_of(mine, "team")).value == "My team"
    assert not mine.exception


def test_only_the_same_field_asks_and_only_for_that_field(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "sponsor")).set_value("Their sponsor").run()
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Their owner").run()
    mine.text_input(key=key_of(mine, "owner")).set_value("My owner").run()
    assert pages_store.get(saved.id).proposal.owner == "Their owner", "nothing was overwritten"
    assert "changed the same field to another value" in words(mine)
    assert [radio.label for radio in mine.radio] == ["Which version of Owner"]
    assert {"My owner", "Their owner"} <= {each.value for each in mine.text}
    assert "in everything else: Sponsor" in words(mine)
    mine.button(key="save_chosen").click().run()
    merged = pages_store.get(saved.id).proposal
    assert (merged.owner, merged.sponsor) == ("My owner", "Their sponsor")
    assert not mine.exception
    assert "All changes saved" in words(mine)


def test_after_a_conflict_theirs_can_be_taken_whole(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Theirs").run()
    mine.text_input(key=key_of(mine, "owner")).set_value("Mine").run()
    next(button for button in mine.button if button.label == "Take all of theirs").click().run()
    assert pages_store.get(saved.id).proposal.owner == "Theirs"
    assert mine.text_input(key=key_of(mine, "owner")).value == "Theirs"
    assert pages_store.drafts(saved.id) == {}
