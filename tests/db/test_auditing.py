"""The audit trail over all proposals: what is found, and who sees what of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from db import AuditAction, AuditFilters, DecisionRequest, Role, Store
from db import auditing as module
from db.engine import create, upgrade_database
from db.models import AuditRow
from scoping.vocabulary import Outcome
from tests.db.people import acting
from tests.documents import proposal

FIRST = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def busy(store: Store) -> Store:
    """A kiln is made on one day and saved on the next; on the third a ferry is made and decided on."""
    now = [FIRST]
    clocked = Store(store._engine, now=lambda: now[0])
    kiln = clocked.create(proposal(title="A kiln"), "Ana")
    now[0] += timedelta(days=1)
    clocked.save(kiln.id, proposal(title="A larger Kiln"), 1, "Bo")
    now[0] += timedelta(days=1)
    ferry = clocked.create(proposal(title="A ferry"), "Cy")
    clocked.decide(ferry.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Dee"))
    return clocked


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (AuditFilters(), ["Dee decided", "Cy created", "Bo saved", "Ana created"]),
        (AuditFilters(actors=("Bo", "Cy")), ["Cy created", "Bo saved"]),
        (AuditFilters(actions=(AuditAction.CREATED,)), ["Cy created", "Ana created"]),
        (AuditFilters(text="LARGER"), ["Bo saved", "Ana created"]),
        (AuditFilters(text="kiln larger", actors=("Ana",)), ["Ana created"]),
        (AuditFilters(first=FIRST.date(), last=FIRST.date()), ["Ana created"]),
        (AuditFilters(first=FIRST.date() + timedelta(days=2)), ["Dee decided", "Cy created"]),
        (AuditFilters(last=FIRST.date() + timedelta(days=1)), ["Bo saved", "Ana created"]),
        (AuditFilters(text="100%_"), []),
    ],
)
def test_who_did_what_where_and_when_is_found(busy: Store, filters: AuditFilters, found: list[str]) -> None:
    page = busy.trail.entries(filters)
    assert [f"{each.actor} {each.action}" for each in page.rows] == found
    assert (page.total, page.has_more) == (len(found), False)
    assert [*busy.trail.every(filters)] == [*page.rows]


def test_an_entry_says_what_its_proposal_is_called_now(busy: Store) -> None:
    assert [each.title for each in busy.trail.entries().rows] == ["A ferry"] * 2 + ["A larger Kiln"] * 2
    one = busy.trail.entries(AuditFilters(actors=("Ana",))).rows[0]
    assert busy.trail.entries(AuditFilters(text=str(one.proposal_id))).total == 2
    assert busy.trail.actors() == ("Ana", "Bo", "Cy", "Dee")


def test_no_more_are_counted_than_anybody_reads(busy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COUNTED", 3)
    pages = [busy.trail.entries(page=number, size=2) for number in (1, 2, 3)]
    assert [(len(page.rows), page.total, page.has_more) for page in pages] == [(2, 3, True), (2, 3, True), (0, 3, True)]


def test_nobody_reads_of_what_they_may_not_see_nor_of_roles(store: Store) -> None:
    olga, carl, boss = (
        acting(store, name, role)
        for name, role in (("Olga", Role.CONTRIBUTOR), ("Carl", Role.APPROVER), ("Boss", Role.ADMINISTRATOR))
    )
    hidden = olga.create(proposal(title="Hidden"), is_restricted=True)
    shown = olga.create(proposal(title="Shown"))

    def about(person: Store) -> set[str | None]:
        entries = person.trail.entries(size=100)
        assert [*person.trail.every()] == [*entries.rows]
        return {each.proposal_id for each in entries.rows}

    assert about(olga) == {hidden.id, shown.id}
    assert about(carl) == {shown.id}
    assert about(boss) == {hidden.id, shown.id, None}
    assert {"Olga", "Boss"} <= {name.split(" ")[0] for name in boss.trail.actors()}
    assert {name.split(" ")[0] for name in carl.trail.actors()} == {"Olga"}
    assert carl.trail.entries(AuditFilters(text="hidden")).total == 0


def test_names_are_offered_by_one_look_at_the_trail_whoever_asks(tmp_path: Path) -> None:
    """A look at all of it for each name takes a contributor's page longer than the database has patience."""
    engine = create(f"sqlite:///{tmp_path / 'groundwork.db'}")
    upgrade_database(f"sqlite:///{tmp_path / 'groundwork.db'}")
    store, looks = Store(engine), []
    olga, carl = acting(store, "Olga", Role.CONTRIBUTOR), acting(store, "Carl", Role.CONTRIBUTOR)
    hidden, seen = olga.create(proposal(), is_restricted=True).id, olga.create(proposal()).id
    said = {"action": "saved", "detail": "", "at": datetime(2026, 1, 1, tzinfo=UTC), "previous": "", "hash": ""}
    with store._transaction() as session:
        for number in range(3_000):
            session.add(AuditRow(proposal_id=(hidden, seen)[number % 2], actor=f"Person {number % 300}", **said))

    def count(connection: Any, *_: object) -> None:
        connection.set_progress_handler(lambda: looks.append(1), 1_000)

    event.listen(engine, "checkout", count)
    assert len(carl.trail.actors()) == 150 + 1
    assert len(looks) < 1_000
    engine.dispose()
