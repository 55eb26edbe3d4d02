"""Signing in, being known, being removed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from db import (
    AuditFilters,
    Claims,
    LinkRequest,
    NotAMember,
    NotAToken,
    NotFound,
    Person,
    PersonRefused,
    Role,
    Store,
)
from db.engine import create
from tests.db.people import acting, claims, enter
from tests.documents import CERTAIN, proposal


def test_who_signs_in_again_is_the_same_person(store: Store) -> None:
    first = enter(store, "Ada", Role.VIEWER)
    again = store.people.enter(Claims("test|Ada", "Ada Lovelace", "new@example.org", True, Role.APPROVER))
    assert again.id == first.id
    assert (again.name, again.email, again.role) == ("Ada Lovelace", "new@example.org", Role.APPROVER)
    assert len(store.people.all()) == 1


def test_a_stranger_is_known_and_has_no_role(store: Store) -> None:
    assert enter(store, "Stranger").role is None
    assert [each.role for each in store.people.all()] == [None]


def test_the_higher_of_what_groups_and_an_administrator_give_counts(store: Store) -> None:
    ada = enter(store, "Ada", Role.CONTRIBUTOR)
    store.people.give_role(ada.id, Role.APPROVER)
    assert enter(store, "Ada", Role.CONTRIBUTOR).role == Role.APPROVER
    store.people.give_role(ada.id, Role.VIEWER)
    assert enter(store, "Ada", Role.CONTRIBUTOR).role == Role.CONTRIBUTOR
    store.people.give_role(ada.id, None)
    assert enter(store, "Ada").role is None


def test_who_was_removed_is_refused_and_can_be_brought_back(store: Store) -> None:
    ada = enter(store, "Ada", Role.ADMINISTRATOR)
    store.people.remove(ada.id)
    with pytest.raises(NotAMember, match="no longer belong"):
        enter(store, "Ada", Role.ADMINISTRATOR)
    store.people.bring_back(ada.id)
    assert enter(store, "Ada", Role.VIEWER).role == Role.VIEWER


def test_by_what_somebody_came_in_before_they_were_removed_nobody_comes_in_again(store: Store) -> None:
    ada = acting(store, "Ada", Role.APPROVER)
    saved = ada.create(proposal(CERTAIN))
    token = ada.tokens.make("Job").secret
    link = ada.links.make(saved.id, LinkRequest(1, "en", store.today()))
    calendar = ada.receiving.new_calendar("en")
    before = datetime.now(UTC)
    store.people.remove(ada.person.id)
    store.people.bring_back(ada.person.id)
    with pytest.raises(NotAToken):
        store.tokens.bearer(token)
    with pytest.raises(NotFound):
        store.links.shown(link)
    with pytest.raises(NotFound):
        store.receiving.reader(calendar)
    with pytest.raises(NotAMember, match="Sign in again"):
        store.people.enter(claims("Ada", Role.APPROVER, issued_at=before))
    (removed,) = [each for each in store.trail.entries(AuditFilters()).rows if each.action == "person removed"]
    assert removed.detail == "Ada (ada@example.org); tokens revoked: 1, links revoked: 1"
    # What they make from now on counts, and the links of others always did.
    back = acting(store, "Ada", Role.APPROVER)
    assert store.tokens.bearer(back.tokens.make("Job").secret).person.id == ada.person.id


def test_what_lived_on_after_an_earlier_removal_ends_when_somebody_is_brought_back(
    store: Store, database_url: str
) -> None:
    ada = acting(store, "Ada", Role.APPROVER)
    token = ada.tokens.make("Job").secret
    store.people.remove(ada.person.id)
    engine = create(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE tokens SET revoked_at = NULL"))
    engine.dispose()
    store.people.bring_back(ada.person.id)
    with pytest.raises(NotAToken):
        store.tokens.bearer(token)


def test_who_was_expected_by_a_proven_address_gets_the_role(store: Store) -> None:
    store.people.add("Ada@Example.org", Role.APPROVER)
    store.people.add("bob@example.org", Role.APPROVER)
    assert enter(store, "Ada").role == Role.APPROVER
    unproven = store.people.enter(Claims("evil|1", "Bob", "bob@example.org", is_email_verified=False))
    assert unproven.role is None
    assert [each.has_come for each in store.people.all() if each.email == "bob@example.org"] == [False]
    assert unproven.label == "Bob (bob@example.org?)"
    proven = store.people.enter(Claims("good|1", "Bob", "Bob@Example.org", is_email_verified=True))
    assert (proven.role, proven.label) == (Role.APPROVER, "Bob (bob@example.org)")


def test_an_address_that_was_taken_over_by_somebody_is_expected_no_more(store: Store) -> None:
    store.people.add("ada@example.org", Role.APPROVER)
    enter(store, "Ada")
    second = store.people.enter(Claims("other|Ada", "Ada", "ada@example.org", is_email_verified=True))
    assert second.role is None


@pytest.mark.parametrize("typed", ["", "ada", "@", "a@b@c", "two words@example.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_refused_in_words(store: Store, typed: str) -> None:
    with pytest.raises(PersonRefused, match="E-mail"):
        store.people.add(typed, Role.VIEWER)
    assert store.people.all() == ()


def test_an_address_is_added_once(store: Store) -> None:
    store.people.add("ada@example.org", Role.VIEWER)
    with pytest.raises(PersonRefused, match="already"):
        store.people.add(" ADA@example.org ", Role.APPROVER)


def test_nobody_changes_their_own_rights(store: Store) -> None:
    admin = acting(store, "Admin", Role.ADMINISTRATOR)
    for change in (
        lambda: admin.people.give_role(admin.person.id, None),
        lambda: admin.people.remove(admin.person.id),
    ):
        with pytest.raises(PersonRefused, match="another administrator"):
            change()
    assert enter(store, "Admin", Role.ADMINISTRATOR).role == Role.ADMINISTRATOR


def test_signing_out_ends_what_was_issued_before(store: Store) -> None:
    issued = datetime.now(UTC) - timedelta(minutes=1)
    person = store.people.enter(claims("Ada", Role.VIEWER, issued_at=issued))
    store.acting_for(person).people.sign_out()
    with pytest.raises(NotAMember, match="signed out"):
        store.people.enter(claims("Ada", Role.VIEWER, issued_at=issued))
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert store.people.enter(claims("Ada", Role.VIEWER, issued_at=later)).id == person.id


def test_two_tabs_of_a_newcomer_are_one_person(store: Store) -> None:
    found: list[Person] = []
    tabs = [threading.Thread(target=lambda: found.append(enter(store, "Ada", Role.VIEWER))) for _ in range(8)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len({person.id for person in found}) == 1
    assert len(found) == 8
    assert len(store.people.all()) == 1


def test_a_hostile_name_is_kept_as_text(store: Store) -> None:
    person = store.people.enter(Claims("x'; DROP TABLE people; --", "\x00<b>Ada\n\r</b>" + "y" * 999, "a@b"))
    assert person.name.startswith("<b>Ada </b>")
    assert person.name.endswith("y (a@b?)")
    assert len(person.name) == 200 + len(" (a@b?)")
    assert "\n" not in person.label


@pytest.mark.parametrize(
    ("claimed", "label"),
    [
        (Claims("id|7", "Boss (boss@example.org)"), "Boss (boss@example.org) (7)"),
        (Claims("id|7", "Boss (boss@example.org)", "eve@x.org"), "Boss (boss@example.org) (eve@x.org?)"),
        (Claims("id|7", "Boss (boss@example.org)", "eve@x.org", True), "Boss (boss@example.org) (eve@x.org)"),
        (Claims("id|7", "\u202e)gro.elpmaxe@ssob( ssoB\u2066"), ")gro.elpmaxe@ssob( ssoB (7)"),
        (Claims("proxy|ada", "ada", "", True), "ada"),
        (Claims("proxy|ada", "Boss", "", True), "Boss (ada)"),
        (Claims("id|7", "", "eve@x.org", True), "eve@x.org"),
    ],
)
def test_nobody_bears_the_name_of_somebody_else(store: Store, claimed: Claims, label: str) -> None:
    assert store.people.enter(claimed).label == label


def test_an_address_that_nobody_proved_keeps_nobody_out(store: Store) -> None:
    eve = store.people.enter(Claims("id|eve", "Ada", "ada@example.org"))
    store.people.add("ada@example.org", Role.APPROVER)
    store.people.remove(eve.id)
    assert enter(store, "Ada").role == Role.APPROVER


def test_who_was_removed_does_not_come_back_by_another_account(store: Store) -> None:
    store.people.remove(enter(store, "Ada", Role.APPROVER).id)
    for email in ("ada@example.org", " ADA@example.org"):
        with pytest.raises(NotAMember, match="no longer belong"):
            store.people.enter(Claims("other|Ada", "Ada", email, True, Role.ADMINISTRATOR))
    assert len(store.people.all()) == 1
    assert store.people.enter(Claims("other|Ada", "Ada", "ada@example.org", granted=Role.VIEWER)).role == Role.VIEWER


def test_who_was_removed_is_given_no_role(store: Store) -> None:
    ada = enter(store, "Ada", Role.VIEWER)
    store.people.remove(ada.id)
    with pytest.raises(PersonRefused, match="Bring them back first"):
        store.people.give_role(ada.id, Role.ADMINISTRATOR)
    store.people.remove(ada.id)
    store.people.bring_back(ada.id)
    store.people.bring_back(ada.id)
    assert store.check_trail().entries == 3, "what is so already is not written down again"


def test_of_two_administrators_who_remove_each_other_one_stays(store: Store) -> None:
    ada, bob = acting(store, "Ada", Role.ADMINISTRATOR), acting(store, "Bob", Role.ADMINISTRATOR)
    refused: list[PersonRefused] = []

    def remove(own: Store, other: Store) -> None:
        try:
            own.people.remove(other.person.id)
        except PersonRefused as why:
            refused.append(why)

    both = [threading.Thread(target=remove, args=pair) for pair in ((ada, bob), (bob, ada))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [str(each) for each in refused] == ["Your own rights were taken away meanwhile."]
    assert sum(not each.is_removed for each in store.people.all()) == 1


def test_an_administrator_who_no_longer_is_one_changes_nothing(store: Store) -> None:
    """A page that was open meanwhile still acts for who they were."""
    store.people.add("ada@example.org", Role.ADMINISTRATOR)
    ada, bob = acting(store, "Ada"), enter(store, "Bob", Role.VIEWER)
    store.people.give_role(ada.person.id, Role.APPROVER)
    with pytest.raises(PersonRefused, match="taken away meanwhile"):
        ada.people.give_role(bob.id, Role.ADMINISTRATOR)


def test_reading_again_writes_nothing(store: Store) -> None:
    enter(store, "Ada", Role.VIEWER)
    seen = [each.seen_at for each in store.people.all()]
    enter(store, "Ada", Role.VIEWER)
    assert [each.seen_at for each in store.people.all()] == seen
