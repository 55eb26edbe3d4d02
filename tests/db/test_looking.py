"""What is new to a person since they last looked."""

from __future__ import annotations

import threading

from db import Role, Saved, SavedBy, Store
from tests.db.people import acting
from tests.documents import proposal


def test_each_person_has_seen_another_version(store: Store) -> None:
    ana, bo = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ana", "Bo"))
    saved = ana.create(proposal(title="First"))
    assert (ana.looking.last(saved.id), bo.looking.last(saved.id)) == (None, None)
    ana.looking.note(saved.id, 1)
    bo.save(saved.id, proposal(title="Second", team="Kiln"), 1)
    bo.looking.note(saved.id, 2)
    assert (ana.looking.last(saved.id), bo.looking.last(saved.id)) == (1, 2)
    ana.looking.note(saved.id, 2)
    assert ana.looking.last(saved.id) == 2


def test_who_saved_what_since(store: Store) -> None:
    ana, bo = (acting(store, name, Role.CONTRIBUTOR) for name in ("Ana", "Bo"))
    saved = ana.create(proposal(title="First"))
    bo.save(saved.id, proposal(title="Second", team="Kiln"), 1)
    ana.save(saved.id, proposal(title="Third", team="Kiln"), 2)
    newest, earlier = ana.looking.saved_since(saved.id, 1)
    assert newest == SavedBy(3, ana.person.label, is_own=True, changed=("title",))
    assert (earlier.version, earlier.saved_by, earlier.is_own) == (2, bo.person.label, False)
    assert set(earlier.changed) == {"title", "team"}
    assert ana.looking.saved_since(saved.id, 3) == ()


def test_where_nobody_signs_in_a_typed_name_tells_whose_version_it_is(store: Store) -> None:
    saved = store.create(proposal(), "Ana")
    store.looking.note(saved.id, 1)
    store.save(saved.id, proposal(title="Second"), 1, "Ana")
    store.save(saved.id, proposal(title="Third"), 2)
    own = {
        typed: [each.is_own for each in store.looking.saved_since(saved.id, 1, typed)] for typed in ("Ana", "Bo", "")
    }
    assert own == {"Ana": [False, True], "Bo": [False, False], "": [True, False]}


def test_what_was_seen_stays_seen_whichever_tab_looks_last(store: Store) -> None:
    ana = acting(store, "Ana", Role.CONTRIBUTOR)
    saved = ana.create(proposal())
    for version in (3, 2):
        ana.looking.note(saved.id, version)
    assert ana.looking.last(saved.id) == 3


def test_two_tabs_that_look_for_the_first_time_at_once_are_both_shown_the_proposal(store: Store) -> None:
    ana = acting(store, "Ana", Role.CONTRIBUTOR)
    for number in range(5):
        saved = ana.create(proposal(title=f"Number {number}"))
        start, failed = threading.Barrier(4), []

        def look(saved: Saved = saved, start: threading.Barrier = start, failed: list[Exception] = failed) -> None:
            start.wait()
            try:
                ana.looking.note(saved.id, 1)
            except Exception as error:
                failed.append(error)

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (failed, ana.looking.last(saved.id)) == ([], 1)
