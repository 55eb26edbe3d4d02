"""History: what changed in words, two versions compared, any of them restored."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Saved, Store
from scoping.document.editing import change
from tests.app.acting import Create, open_page, words
from tests.app.conftest import start
from tests.documents import proposal

pytestmark = pytest.mark.long


@pytest.fixture
def saved(create: Create, pages_store: Store) -> Saved:
    """Three versions by two people."""
    found = create(proposal())
    found = pages_store.save(found.id, change(found.proposal, "bridge.prevalence", 0.1), 1, "Bo")
    return pages_store.save(found.id, change(found.proposal, "owner", "Cy"), 2, "Ana")


def history(saved: Saved, **address: str) -> AppTest:
    test = start()
    test.query_params["proposal"] = saved.id
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "history")


def test_each_version_says_who_changed_what(saved: Saved) -> None:
    said = words(history(saved))
    assert "**Version 2**, Bo" in said
    assert "**Prevalence**: 5% → 10%" in said
    assert "**Owner**: added Cy" in said or "**Owner**: (empty) → Cy" in said


def test_any_two_versions_are_compared_by_their_address(saved: Saved) -> None:
    test = history(saved, **{"from": "1", "to": "3"})
    said = words(test)
    assert {"5%", "10%", "Cy"} <= {each.value for each in test.text}
    assert "**Prevalence**" in said
    test = history(saved, **{"from": "3", "to": "99"})
    assert "The two say the same." in words(test)
    assert not test.exception


def test_a_version_is_restored_as_a_new_one_and_that_can_be_undone(saved: Saved, pages_store: Store) -> None:
    test = history(saved)
    test.button(key="restore:1").click().run()
    now = pages_store.get(saved.id)
    assert (now.version, now.proposal) == (4, proposal())
    assert pages_store.revisions(saved.id).total == 4
    test.run()
    assert "Version 1 was restored" in words(test)
    test.button(key="undo").click().run()
    assert pages_store.get(saved.id).proposal.owner == "Cy"


def test_a_long_history_is_paged(saved: Saved, pages_store: Store) -> None:
    found = saved
    for number in range(12):
        found = pages_store.save(found.id, change(found.proposal, "team", f"Team {number}"), found.version, "Ana")
    assert "**Version 15**" in words(history(saved))
    said = words(history(saved, page="2"))
    assert "**Version 15**" not in said
    assert "**Version 5**" in said
    assert "15 versions" in said
