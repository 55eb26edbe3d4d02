"""Tags and own fields with choices: lists are filtered by them, on both databases, and only by what is seen."""

from __future__ import annotations

from typing import Any

from db import Filters, Role, Store
from scoping import Proposal
from tests.db.people import enter
from tests.documents import CERTAIN, proposal

FIELDS = [
    {"id": "cost_centre", "title": "Cost centre", "kind": "choice", "choices": ["IT", "Works", "It's"]},
    {"id": "personal", "title": "Personal data", "kind": "choice", "choices": ["Yes", "No"]},
    {"id": "remark", "title": "Remark", "kind": "text"},
]


def document(title: str, *tags: str, **own: Any) -> Proposal:
    return proposal({**CERTAIN, "organisation": {"version": 1, "fields": FIELDS}}, title=title, tags=[*tags], own=own)


def titles(store: Store, **filters: Any) -> list[str]:
    return sorted(row.title for row in store.list(Filters(**filters)).rows)


def test_a_list_shows_what_bears_one_of_the_tags(store: Store) -> None:
    store.create(document("Kiln", "energy", "works"))
    store.create(document("Ferry", "harbour"))
    store.create(document("Bread"))
    assert titles(store, tags=("energy",)) == ["Kiln"]
    assert titles(store, tags=("energy", "harbour")) == ["Ferry", "Kiln"]
    assert titles(store, tags=("Energy",)) == []
    assert store.tags() == ("energy", "harbour", "works")


def test_what_looks_the_same_is_one_tag_however_its_letters_were_typed(store: Store) -> None:
    composed, apart = "K\u00fchlung", "Ku\u0308hlung"
    store.create(document("Kiln", composed))
    store.create(document("Ferry", apart))
    store.create(document("Bread", composed, apart))
    assert store.tags() == (composed,)
    assert titles(store, tags=(composed,)) == titles(store, tags=(apart,)) == ["Bread", "Ferry", "Kiln"]


def test_own_fields_must_all_match_and_of_each_one_value(store: Store) -> None:
    store.create(document("Kiln", cost_centre="IT", personal="No"))
    store.create(document("Ferry", cost_centre="Works", personal="No"))
    store.create(document("Bread", cost_centre="It's", personal="Yes"))
    assert titles(store, own=("cost_centre=IT", "cost_centre=Works", "personal=No")) == ["Ferry", "Kiln"]
    assert titles(store, own=("cost_centre=It's",)) == ["Bread"]
    assert titles(store, own=("cost_centre=IT", "personal=Yes")) == []
    assert titles(store, own=("nonsense",)) == []


def test_what_is_typed_freely_is_no_label(store: Store) -> None:
    store.create(document("Kiln", remark="IT"))
    assert titles(store, own=("remark=IT",)) == []


def test_a_new_version_is_found_by_what_it_says_and_no_more_by_what_it_said(store: Store) -> None:
    made = store.create(document("Kiln", "old", "both", cost_centre="IT"))
    store.save(made.id, document("Kiln", "both", "new", cost_centre="Works"), 1)
    assert titles(store, tags=("old",)) == []
    assert titles(store, tags=("new",), own=("cost_centre=Works",)) == ["Kiln"]
    assert store.tags() == ("both", "new")


def test_search_goes_together_with_tags(store: Store) -> None:
    store.create(document("Kiln of the works", "energy"))
    store.create(document("Ferry of the works", "harbour"))
    assert titles(store, text="works", tags=("harbour",)) == ["Ferry of the works"]


def test_tags_of_what_a_person_may_not_see_or_that_is_archived_are_not_offered(store: Store) -> None:
    owner = store.acting_for(enter(store, "Owner", Role.APPROVER))
    hidden, old = owner.create(document("Hidden", "secret")), owner.create(document("Old", "past"))
    owner.create(document("Open", "open"))
    owner.sharing.restrict(hidden.id, True)
    owner.archive(old.id)
    other = store.acting_for(enter(store, "Other", Role.VIEWER))
    assert other.tags() == ("open",)
    assert titles(other, tags=("secret",)) == []
    assert titles(owner, tags=("secret",)) == ["Hidden"]


def test_long_labels_are_told_apart_by_their_beginning_and_odd_letters_are_letters(store: Store) -> None:
    odd = "x" * 300, "%_'\"\\", " padded "
    store.create(document("Kiln", *odd))
    for each in odd:
        assert titles(store, tags=(each,)) == ["Kiln"]
    assert titles(store, tags=("x%",)) == []
