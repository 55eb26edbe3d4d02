"""A request that is sent again makes one proposal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from db import KeyRefused, NotFound, Role, Store
from tests.db.people import acting
from tests.documents import CERTAIN, proposal


def test_the_same_key_makes_one_proposal(store: Store) -> None:
    first = store.create(proposal(CERTAIN), key="import-7")
    store.save(first.id, proposal(CERTAIN, title="Changed since"), 1)
    again = store.create(proposal(CERTAIN), key="import-7")
    assert (again.id, again.version) == (first.id, 2)
    assert store.create(proposal(CERTAIN), key="import-8").id != first.id
    assert store.list().total == 2
    assert store.check_trail().is_whole


def test_a_key_is_for_one_document(store: Store) -> None:
    store.create(proposal(CERTAIN), key="import-7")
    with pytest.raises(KeyRefused, match="another proposal"):
        store.create(proposal(CERTAIN, title="Another"), key="import-7")
    assert store.list().total == 1


def test_keys_are_a_persons_own(store: Store) -> None:
    ada, bob = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ada", "Bob"))
    hers = ada.create(proposal(CERTAIN), key="1", is_restricted=True)
    assert bob.create(proposal(CERTAIN), key="1").id != hers.id


def test_a_key_shows_nothing_that_its_person_may_see_no_more(store: Store) -> None:
    ada, bob = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ada", "Bob"))
    hers = ada.create(proposal(CERTAIN), key="1", is_restricted=True)
    ada.sharing.give_to(hers.id, bob.person.id)
    bob.sharing.remove(hers.id, ada.person.id)
    with pytest.raises(NotFound):
        ada.create(proposal(CERTAIN), key="1")


def test_of_two_at_once_there_is_one(store: Store) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(lambda _: store.create(proposal(CERTAIN), key="1").id, range(8))]
    assert len(set(found)) == 1
    assert store.list().total == 1
