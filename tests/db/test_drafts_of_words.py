"""What is being said about a proposal is kept for whoever may say it; a half-written field, for whoever may edit."""

from __future__ import annotations

import pytest

from db import WORDS, Draft, NotAllowed, NotFound, Role, Store
from tests.db.people import acting
from tests.documents import CERTAIN, proposal


def test_a_viewer_keeps_a_comment_but_no_field(store: Store) -> None:
    owner, viewer = acting(store, "Owner", Role.CONTRIBUTOR), acting(store, "Viewer", Role.VIEWER)
    saved = owner.create(proposal(CERTAIN))
    words = Draft(f"{WORDS}comment:new", "Half a", "")
    viewer.keep_draft(saved.id, words)
    assert viewer.drafts(saved.id) == {words.path: words}
    assert owner.drafts(saved.id) == {}
    with pytest.raises(NotAllowed):
        viewer.keep_draft(saved.id, Draft("title", "Mine", ""))
    owner.sharing.restrict(saved.id, True)
    with pytest.raises(NotFound):
        viewer.keep_draft(saved.id, words)
