"""What proposals are worth in a choice is kept, within bounds, for who may see them."""

from __future__ import annotations

import pytest

from db import NotAMember, NotFound, Role, Saved, Store, Valued, valuing
from scoping import content_hash
from tests.db.clock import Clock
from tests.db.people import acting
from tests.documents import proposal

BY = "1:1"


def kept(store: Store, saved: Saved, content: bytes = b"figures") -> Valued:
    """Keep something of a proposal as it was saved."""
    valued = Valued(saved.id, content_hash(saved.proposal), content)
    store.valuing.keep(valued, BY)
    return valued


def found(store: Store, *saved: Saved, by: str = BY) -> list[Valued]:
    return [*store.valuing.found([each.id for each in saved], by)]


def test_what_was_kept_is_found_by_the_same_program(store: Store) -> None:
    one, other = store.create(proposal(title="One")), store.create(proposal(title="Other"))
    valued = kept(store, one)
    assert found(store, one, other) == [valued]
    assert found(store, other) == []
    assert found(store, one, by="2:1") == []


def test_a_proposal_that_was_changed_has_nothing_until_it_is_valued_again(store: Store) -> None:
    saved = store.create(proposal(title="One"))
    before = kept(store, saved)
    later = store.save(saved.id, proposal(title="Two"), 1)
    assert found(store, later) == []
    store.valuing.keep(before, BY)
    assert found(store, later) == [], "who valued the old version comes too late"
    after = kept(store, later, b"other figures")
    assert found(store, later) == [after]
    again = kept(store, later, b"the same again")
    assert found(store, later) == [again]


def test_who_may_not_see_a_proposal_gets_and_gives_nothing_of_it(store: Store) -> None:
    ana, bo = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ana", "Bo"))
    saved = ana.create(proposal(), is_restricted=True)
    valued = kept(ana, saved)
    assert found(ana, saved) == [valued]
    assert found(bo, saved) == []
    with pytest.raises(NotFound):
        kept(bo, saved, b"wrong")
    ana.sharing.add(saved.id, bo.person.id)
    assert found(bo, saved) == [valued]
    nobody = acting(store, "Cy")
    with pytest.raises(NotAMember):
        found(nobody, saved)


def test_what_was_kept_longest_ago_makes_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "MOST_BYTES", 250)
    clock = Clock()
    here = Store(store._engine, now=clock)
    saved = [here.create(proposal(title=f"Number {number}")) for number in range(4)]
    for each in saved:
        clock.on(minutes=1)
        kept(here, each, b"x" * 100)
    assert {each.proposal_id for each in found(here, *saved)} == {each.id for each in saved[2:]}


def test_what_is_too_large_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "MOST_BYTES_EACH", 10)
    saved = store.create(proposal())
    kept(store, saved, b"x" * 11)
    assert found(store, saved) == []
