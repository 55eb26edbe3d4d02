"""Links to a summary: who makes them, what they show, and when they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from db import (
    LONGEST_NOTE,
    MOST_LINK_DAYS,
    AuditAction,
    DecisionRequest,
    LinkRefused,
    LinkRequest,
    NotFound,
    Role,
    Store,
    links,
)
from scoping.vocabulary import Outcome
from tests.db.people import acting, enter
from tests.documents import proposal

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def clock(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment by which links are made and opened; a test moves it on."""
    here = [NOW]
    monkeypatch.setattr(store.links, "_now", lambda: here[0])
    return here


def request(version: int = 1, days: int = 10, note: str = "The bank") -> LinkRequest:
    return LinkRequest(version, "de", TODAY + timedelta(days=days), note)


def test_a_link_shows_its_version_whatever_is_saved_later(store: Store, clock: list[datetime]) -> None:
    saved = store.create(proposal(title="First"))
    secret = store.links.make(saved.id, request(), "Ana")
    store.save(saved.id, proposal(title="Second"), 1)
    store.decide(saved.id, DecisionRequest(2, Outcome.STOP, Outcome.STOP, "Bo"))
    store.decide(saved.id, DecisionRequest(1, Outcome.STOP, Outcome.REWORK, "Ana", "Not yet"))
    shown = store.links.shown(secret)
    assert (shown.proposal.title, shown.version, shown.language) == ("First", 1, "de")
    assert [each.decided_by for each in shown.decisions] == ["Ana"]


def test_a_link_ends_after_its_last_day(store: Store, clock: list[datetime]) -> None:
    saved = store.create(proposal())
    secret = store.links.make(saved.id, request(days=10))
    clock[0] = NOW + timedelta(days=10, hours=11, minutes=59)
    assert store.links.shown(secret).version == 1
    clock[0] = NOW + timedelta(days=10, hours=12)
    with pytest.raises(NotFound, match="leads nowhere"):
        store.links.shown(secret)
    assert [each.is_open(clock[0].date()) for each in store.links.of(saved.id)] == [False]


def test_a_revoked_link_ends_at_once_and_both_are_in_the_trail(store: Store, clock: list[datetime]) -> None:
    saved = store.create(proposal())
    secret, other = (store.links.make(saved.id, request(note=note), "Ana") for note in ("The bank", ""))
    known = {each.note: each.id for each in store.links.of(saved.id)}
    store.links.revoke(saved.id, known["The bank"], "Bo")
    store.links.revoke(saved.id, known["The bank"], "Cy")
    with pytest.raises(NotFound, match="leads nowhere"):
        store.links.shown(secret)
    assert store.links.shown(other).version == 1
    told = [(each.action, each.actor, each.detail) for each in store.audit(saved.id).rows][:3]
    assert told == [
        (AuditAction.LINK_REVOKED, "Bo", "version 1, until 2026-05-14, The bank"),
        (AuditAction.LINK_MADE, "Ana", "version 1, until 2026-05-14"),
        (AuditAction.LINK_MADE, "Ana", "version 1, until 2026-05-14, The bank"),
    ]
    assert store.check_trail().is_whole


@pytest.mark.parametrize("secret", ["", "x", "\x00", "ü" * 500, "' OR 1=1 --", "\ud800"])
def test_what_was_never_a_link_leads_nowhere(store: Store, secret: str) -> None:
    store.links.make(store.create(proposal()).id, LinkRequest(1, "en", store.today()))
    with pytest.raises(NotFound, match="leads nowhere"):
        store.links.shown(secret)
    with pytest.raises(NotFound, match="leads nowhere"):
        store.links.opened(secret)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (request(days=-1), "Until: May 3, 2026 must be from May 4, 2026 to"),
        (request(days=MOST_LINK_DAYS + 1), "Until: "),
        (request(note="x" * (LONGEST_NOTE + 1)), "For whom: at most 200"),
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words(
    store: Store, clock: list[datetime], wrong: LinkRequest, said: str
) -> None:
    saved = store.create(proposal())
    with pytest.raises(LinkRefused, match=said):
        store.links.make(saved.id, wrong)
    assert store.links.of(saved.id) == ()


def test_a_link_is_to_a_version_that_there_is(store: Store, clock: list[datetime]) -> None:
    saved = store.create(proposal())
    with pytest.raises(NotFound, match="no version 2"):
        store.links.make(saved.id, request(version=2))


def test_no_link_outlives_its_proposal_or_its_maker(store: Store, clock: list[datetime]) -> None:
    owner = acting(store, "Olga", Role.CONTRIBUTOR)
    saved = owner.create(proposal())
    secret = owner.links.make(saved.id, LinkRequest(1, "en", store.today()))
    assert store.links.shown(secret).version == 1
    owner.archive(saved.id)
    with pytest.raises(NotFound):
        store.links.shown(secret)
    owner.restore(saved.id)
    assert store.links.shown(secret).version == 1
    store.people.remove(owner.person.id)
    with pytest.raises(NotFound):
        store.links.shown(secret)


def test_nobody_reads_on_by_a_link_of_their_own_what_they_may_not_see_any_more(
    store: Store, clock: list[datetime]
) -> None:
    olga, carl = acting(store, "Olga", Role.CONTRIBUTOR), acting(store, "Carl", Role.CONTRIBUTOR)
    saved = olga.create(proposal(), is_restricted=True)
    secret = olga.links.make(saved.id, LinkRequest(1, "en", store.today()))
    olga.sharing.give_to(saved.id, carl.person.id)
    assert store.links.shown(secret).version == 1, "who gave it away still works on it"
    carl.sharing.remove(saved.id, olga.person.id)
    with pytest.raises(NotFound):
        store.links.shown(secret)
    carl.sharing.add(saved.id, olga.person.id)
    assert store.links.shown(secret).version == 1
    enter(store, "Olga", None)
    with pytest.raises(NotFound):
        store.links.opened(secret)


def test_there_is_an_end_to_open_links(store: Store, clock: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 2)
    saved, other = store.create(proposal()), store.create(proposal())
    for _ in range(2):
        store.links.make(saved.id, request())
    with pytest.raises(LinkRefused, match="2 links to this proposal are open"):
        store.links.make(saved.id, request())
    store.links.make(other.id, request())
    store.links.revoke(saved.id, store.links.of(saved.id)[0].id)
    store.links.make(saved.id, request())
    clock[0] += timedelta(days=11)
    store.links.make(saved.id, request(days=20))
    assert len([each for each in store.links.of(saved.id) if each.is_open(clock[0].date())]) == 1


def test_links_that_ended_hide_none_that_is_open(
    store: Store, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links.queries, "MOST_ROWS", 2)
    saved = store.create(proposal())
    for note, is_kept in (("first", True), ("a", False), ("b", False), ("second", True), ("c", False)):
        store.links.make(saved.id, request(note=note))
        if not is_kept:
            made = next(each for each in store.links.of(saved.id) if each.note == note)
            store.links.revoke(saved.id, made.id)
        clock[0] += timedelta(minutes=1)
    assert [each.note for each in store.links.of(saved.id)] == ["second", "first"]


def test_nobody_ends_the_link_of_another_proposal_by_way_of_their_own(store: Store) -> None:
    olga, carl = acting(store, "Olga", Role.CONTRIBUTOR), acting(store, "Carl", Role.APPROVER)
    saved, other = olga.create(proposal()), carl.create(proposal())
    olga.links.make(saved.id, LinkRequest(1, "en", store.today()))
    known = olga.links.of(saved.id)[0].id
    with pytest.raises(NotFound, match="no such link"):
        carl.links.revoke(other.id, known)
    assert olga.links.of(saved.id)[0].is_open(store.today())


def test_how_often_a_link_was_opened_is_counted_and_its_secret_is_nowhere(
    store: Store, clock: list[datetime], database_url: str
) -> None:
    saved = store.create(proposal())
    secret = store.links.make(saved.id, request())
    for _ in range(3):
        store.links.opened(secret)
    link = store.links.of(saved.id)[0]
    assert (link.times_opened, link.last_opened_at) == (3, NOW)
    engine = create_engine(store._engine.url)
    with engine.connect() as connection:
        for table in ("links", "audit"):
            assert secret not in str(connection.execute(text(f"SELECT * FROM {table}")).all())
    engine.dispose()
