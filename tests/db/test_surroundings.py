"""What a page shows around a proposal is what its parts say one by one."""

from __future__ import annotations

from db import Remark, Store, Surroundings
from tests.documents import CERTAIN, proposal
from tests.scoping.organisation.samples import house


def test_one_question_answers_what_the_parts_answer(store: Store) -> None:
    saved = store.create(proposal(CERTAIN), "Ana")
    thread = store.commenting.write(saved.id, "title", Remark("Is this so?"), "Bo")
    store.commenting.write(saved.id, "title", Remark("And this?"), "Bo")
    store.commenting.resolve(saved.id, thread.id, "Ana")
    store.reviewing.submit(saved.id, saved.version, actor="Ana")
    store.organisation.save(house(), 0)
    found = store.surroundings.of(saved.id)
    assert found == Surroundings(
        store.version(saved.id),
        store.sharing.allowed(saved.id),
        store.reviewing.standing(saved.id),
        store.commenting.counts(saved.id),
        store.organisation.current().version,
    )
    assert (found.standing.version, found.tallies[0].open, found.tallies[0].resolved) == (1, 1, 1)
