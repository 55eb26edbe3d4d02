"""Two sessions on one proposal: both versions are shown, and the person chooses."""

from __future__ import annotations

import pytest

from db import Store
from tests.app.acting import Create, Open, key_of, words
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_two_sessions_on_one_proposal_choose_field_by_field(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Their owner").run()
    mine.text_input(key=key_of(mine, "team")).set_value("My team").run()
    assert pages_store.get(saved.id).proposal.team == "", "the stale save was refused"
    assert "saved version 2 while you were editing" in words(mine)
    assert {"**Owner**", "**Team**"} <= {each.value for each in mine.markdown}
    sides = {radio.label.removeprefix("Which version of "): radio.value for radio in mine.radio}
    assert sides == {"Owner": "Theirs", "Team": "Mine"}

    next(button for button in mine.button if button.label == "Save the chosen version").click().run()
    merged = pages_store.get(saved.id).proposal
    assert (merged.owner, merged.team) == ("Their owner", "My team")
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
