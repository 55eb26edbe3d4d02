"""The Store, the same tests on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db import (
    AuditAction,
    DecisionRefused,
    DecisionRequest,
    Draft,
    Filters,
    NotFound,
    StaleSave,
    Store,
)
from db.engine import create
from scoping import examples, to_dict
from tests.documents import CERTAIN, proposal


def test_what_is_created_is_read_back(store: Store) -> None:
    document = examples.load("visual_inspection")
    saved = store.create(document, "Ana", "example")
    found = store.get(saved.id)
    assert (found.proposal, found.version, found.saved_by) == (document, 1, "Ana")
    assert found.saved_at.tzinfo is not None


def test_a_save_appends_a_revision_that_names_what_changed(store: Store) -> None:
    saved = store.create(proposal(), "Ana")
    changed = proposal(title="New", alternatives__1__metrics={"recall": 0.5, "precision": 0.3})
    again = store.save(saved.id, changed, saved.version, "Bo")
    assert again.version == 2
    newest, first = store.revisions(saved.id).rows
    assert newest.changed == ("title", "alternatives.1.metrics.recall")
    assert (newest.proposal, first.proposal) == (changed, proposal())
    assert store.revision(saved.id, 1).proposal == proposal()


def test_saving_what_is_saved_already_changes_nothing(store: Store) -> None:
    saved = store.create(proposal())
    assert store.save(saved.id, proposal(), 1).version == 1
    assert store.revisions(saved.id).total == 1


def test_a_stale_save_is_refused_and_loses_neither_text(store: Store) -> None:
    saved = store.create(proposal(), "Ana")
    store.save(saved.id, proposal(title="Theirs"), 1, "Bo")
    with pytest.raises(StaleSave, match="Bo saved this proposal meanwhile") as refused:
        store.save(saved.id, proposal(team="Mine"), 1, "Ana")
    assert refused.value.changed == ("title", "team")
    assert refused.value.current.proposal.title == "Theirs"
    assert store.get(saved.id).proposal.title == "Theirs"
    assert store.revisions(saved.id).total == 2


def test_of_many_writers_at_once_exactly_one_wins(store: Store) -> None:
    saved = store.create(proposal())
    outcomes: list[str] = []

    def write(number: int) -> None:
        try:
            store.save(saved.id, proposal(title=f"Writer {number}"), 1)
            outcomes.append("saved")
        except StaleSave:
            outcomes.append("stale")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", *["stale"] * 7]
    assert store.revisions(saved.id).total == 2


def test_archiving_hides_and_restoring_brings_back(store: Store) -> None:
    saved = store.create(proposal())
    store.archive(saved.id, "Ana")
    assert store.list().total == 0
    assert store.list(Filters(archived=True)).total == 1
    assert store.get(saved.id).archived
    store.restore(saved.id, "Ana")
    assert store.list().total == 1
    assert [entry.action for entry in store.audit(saved.id).rows] == ["restored", "archived", "created"]


def test_a_duplicate_is_a_proposal_of_its_own(store: Store) -> None:
    saved = store.create(proposal())
    copy = store.duplicate(saved.id, "Ana")
    assert copy.id != saved.id
    assert copy.proposal.title == f"Copy of {saved.proposal.title}"
    assert to_dict(copy.proposal)["bridge"] == to_dict(saved.proposal)["bridge"]


def request(**changes: object) -> DecisionRequest:
    given = {
        "version": 1,
        "recommendation": "rework",
        "outcome": "rework",
        "decided_by": "Ana",
        "figures": {"evpi": 3.5},
    }
    return DecisionRequest(**{**given, **changes})  # type: ignore[arg-type]


def test_a_decision_keeps_the_revision_and_the_figures_that_were_seen(store: Store) -> None:
    saved = store.create(proposal())
    made = store.decide(saved.id, request(conditions=("One",), review_on=date(2027, 5, 1), reason=" Fine "))
    store.save(saved.id, proposal(title="Later"), 1)
    found = store.decisions(saved.id).rows[0]
    assert found == made
    assert (found.version, found.figures, found.accepted, found.reason) == (1, {"evpi": 3.5}, True, "Fine")
    assert found.title == CERTAIN["title"]
    assert store.decisions().total == 1
    assert store.list().rows[0].decision == "rework"
    assert store.audit(saved.id).rows[1].action == "decided"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decided_by": "  "}, "Who decides"),
        ({"outcome": "build"}, "say why the recommendation is overruled"),
        ({"outcome": "perhaps"}, "is not one of"),
        ({"recommendation": "perhaps", "outcome": "perhaps"}, "is not one of"),
        ({"recommendation": "perhaps", "reason": "So"}, "Recommendation: perhaps is not one of build, pilot"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(store: Store, changes: dict[str, object], said: str) -> None:
    saved = store.create(proposal())
    with pytest.raises(DecisionRefused, match=said):
        store.decide(saved.id, request(**changes))
    assert store.decisions().total == 0


def test_a_decision_on_a_version_that_does_not_exist_is_refused(store: Store) -> None:
    saved = store.create(proposal())
    with pytest.raises(NotFound, match="version 7"):
        store.decide(saved.id, request(version=7))


@pytest.mark.parametrize("table", ["decisions", "revisions", "audit"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_forbids_changing_the_past(
    store: Store, database_url: str, table: str, statement: str
) -> None:
    saved = store.create(proposal())
    store.decide(saved.id, request())
    engine = create(database_url)
    with pytest.raises(DBAPIError, match="append only"), engine.begin() as connection:
        connection.execute(text(statement.format(table)))
    engine.dispose()


def test_every_action_leaves_its_line_in_the_audit_trail(store: Store) -> None:
    saved = store.create(proposal(), "Ana")
    store.save(saved.id, proposal(title="Later"), 1, "Bo")
    store.archive(saved.id, "Cy")
    store.restore(saved.id, "Di")
    store.decide(saved.id, request(decided_by="Eve"))
    trail = [(entry.action, entry.actor) for entry in reversed(store.audit(saved.id).rows)]
    assert trail == [
        (AuditAction.CREATED, "Ana"),
        (AuditAction.SAVED, "Bo"),
        (AuditAction.ARCHIVED, "Cy"),
        (AuditAction.RESTORED, "Di"),
        (AuditAction.DECIDED, "Eve"),
    ]


def test_drafts_are_kept_replaced_and_dropped(store: Store) -> None:
    saved = store.create(proposal())
    store.keep_draft(saved.id, Draft("bridge.prevalence", "-5", "must be a number from 0 to 1"))
    store.keep_draft(saved.id, Draft("bridge.prevalence", "-6", "must be a number from 0 to 1"))
    assert store.drafts(saved.id) == {
        "bridge.prevalence": Draft("bridge.prevalence", "-6", "must be a number from 0 to 1")
    }
    store.drop_draft(saved.id, "bridge.prevalence")
    assert store.drafts(saved.id) == {}


def test_what_does_not_exist_is_not_found(store: Store) -> None:
    for call in (store.get, store.version, store.archive, store.duplicate):
        with pytest.raises(NotFound, match="nowhere"):
            call("nowhere")
    with pytest.raises(NotFound):
        store.save("nowhere", proposal(), 1)
    with pytest.raises(NotFound):
        store.keep_draft("nowhere", Draft("title", "x", "y"))
