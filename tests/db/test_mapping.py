"""Rows and records say the same, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from db import AuditAction, DecisionRequest, Draft, Filters, Store
from db.engine import create
from scoping import assess, examples, read
from scoping.vocabulary import Recommendation
from tests.documents import CERTAIN, proposal

HOSTILE = "'; DROP TABLE proposals; -- \u202e 🦄 <script>% _"


def test_the_figures_of_a_list_are_those_of_the_assessment(store: Store) -> None:
    document = examples.load("invoice_routing")
    store.create(document)
    row = store.list().rows[0]
    leader = assess(document).leader()
    assert leader is not None
    assert leader.outcome is not None
    assert (row.npv_mean, row.npv_p10, row.npv_p90) == pytest.approx(
        (leader.outcome.npv.mean, leader.outcome.npv.p10, leader.outcome.npv.p90)
    )
    assert row.leading == leader.name
    assert (row.probability_of_loss, row.feasibility_score) == pytest.approx(
        (leader.outcome.probability_of_loss, assess(document).feasibility.score)
    )
    assert (row.recommendation, row.currency) == (assess(document).verdict.recommendation, document.currency)
    assert (row.title, row.team, row.owner) == (document.title, document.team, document.owner)


def test_an_alternative_without_a_name_is_listed_by_its_place(store: Store) -> None:
    saved = store.create(proposal(CERTAIN, alternatives__1__name="", alternatives__2__name=""))
    row = next(row for row in store.list().rows if row.id == saved.id)
    assert row.leading == "Alternative 2"


def test_hostile_text_is_kept_as_data(store: Store) -> None:
    document = read({"title": HOSTILE, "summary": HOSTILE, "team": HOSTILE, "tags": [HOSTILE]})
    saved = store.create(document, f"\x00{HOSTILE}")
    assert store.get(saved.id).proposal == document
    assert store.list(Filters(text="drop table")).total == 1
    store.save(saved.id, read({"title": HOSTILE, "owner": HOSTILE}), 1, HOSTILE)
    store.keep_draft(saved.id, Draft("title", HOSTILE, "no"))
    assert store.revisions(saved.id).total == 2


def test_closed_words_are_stored_as_plain_text_and_read_back_as_what_they_are(store: Store, database_url: str) -> None:
    saved = store.create(proposal())
    word = store.list().rows[0].recommendation
    store.decide(saved.id, DecisionRequest(1, word, word, "Ana"))
    row, decision, entry = store.list().rows[0], store.decisions().rows[0], store.audit(saved.id).rows[0]
    words = (row.recommendation, row.decision, decision.recommendation, decision.outcome)
    assert {type(each) for each in words} == {Recommendation}
    assert type(entry.action) is AuditAction

    engine = create(database_url)
    query = (
        "SELECT proposals.recommendation, decisions.recommendation, decisions.outcome, audit.action FROM proposals "
        "JOIN decisions ON decisions.proposal_id = proposals.id JOIN audit ON audit.proposal_id = proposals.id "
        "ORDER BY audit.id DESC"
    )
    with engine.connect() as connection:
        assert tuple(connection.execute(text(query)).first() or ()) == (*[word.value] * 3, "decided")
    engine.dispose()
