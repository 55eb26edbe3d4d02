"""Decisions as a chain: each supersedes the one that stood; one that is withdrawn stays, and stands no more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from db import (
    NOT_DECIDED,
    DecisionFilters,
    DecisionRefused,
    DecisionRequest,
    EventKind,
    Filters,
    NotAllowed,
    NotFound,
    Role,
    Saved,
    Store,
    TaskState,
)
from db.engine import create
from scoping.vocabulary import DecisionState, Stage
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

TODAY = date(2026, 5, 20)


@pytest.fixture
def dated(store: Store, database_url: str) -> Store:
    """The store, with a clock that stands still."""
    return Store(create(database_url), now=lambda: datetime(2026, 5, 20, 12, tzinfo=UTC))


@pytest.fixture
def saved(dated: Store) -> Saved:
    return dated.create(proposal(CERTAIN))


def request(**changes: object) -> DecisionRequest:
    given = {"version": 1, "recommendation": "build", "outcome": "build", "decided_by": "Ana", "alternative": "Model"}
    return DecisionRequest(**{**given, **changes})  # type: ignore[arg-type]


def test_a_decision_supersedes_the_one_that_stands_and_both_say_so(dated: Store, saved: Saved) -> None:
    first = dated.decide(saved.id, request())
    second = dated.decide(saved.id, request(outcome="stop", reason="No money"))
    newest, oldest = dated.decisions(saved.id).rows
    assert [(each.number, each.state) for each in (newest, oldest)] == [
        (2, DecisionState.STANDING),
        (1, DecisionState.SUPERSEDED),
    ]
    assert newest == second
    assert (newest.supersedes and newest.supersedes.id, newest.superseded_by) == (first.id, None)
    assert (oldest.supersedes, oldest.superseded_by and oldest.superseded_by.number) == (None, 2)


def test_a_withdrawn_decision_stays_as_it_was_and_no_earlier_one_stands_again(dated: Store, saved: Saved) -> None:
    dated.decide(saved.id, request())
    second = dated.decide(saved.id, request(outcome="stop", reason="No money"))
    withdrawn = dated.withdrawing.withdraw(saved.id, second.id, " There is money after all ", "Bo")
    assert withdrawn.withdrawal is not None
    assert (withdrawn.withdrawal.reason, withdrawn.withdrawal.withdrawn_by) == ("There is money after all", "Bo")
    assert replace(withdrawn, withdrawal=None) == second
    states = [each.state for each in dated.decisions(saved.id).rows]
    assert states == [DecisionState.WITHDRAWN, DecisionState.SUPERSEDED]
    assert dated.check_trail().is_whole


def test_the_next_decision_after_a_withdrawn_one_supersedes_none(dated: Store, saved: Saved) -> None:
    first = dated.decide(saved.id, request())
    dated.withdrawing.withdraw(saved.id, first.id, "Wrong figures", "Ana")
    again = dated.decide(saved.id, request())
    assert (again.id != first.id, again.number, again.supersedes) == (True, 2, None)
    assert [each.state for each in dated.decisions(saved.id).rows] == [DecisionState.STANDING, DecisionState.WITHDRAWN]
    assert dated.check_trail().is_whole


@pytest.mark.parametrize("names", ["none", "an older one"])
def test_only_the_decision_that_stands_can_be_superseded(dated: Store, saved: Saved, names: str) -> None:
    first = dated.decide(saved.id, request())
    dated.decide(saved.id, request(outcome="stop", reason="No money", supersedes=first.id))
    named = 0 if names == "none" else first.id
    with pytest.raises(DecisionRefused, match=r"Another decision stands: Stop, by Ana, on version 1"):
        dated.decide(saved.id, request(supersedes=named))
    assert dated.decisions(saved.id).total == 2


def test_who_did_not_see_that_a_decision_was_withdrawn_is_told_before_they_sign(dated: Store, saved: Saved) -> None:
    first = dated.decide(saved.id, request())
    dated.withdrawing.withdraw(saved.id, first.id, "Wrong figures", "Ana")
    seen = request(outcome="stop", reason="No", follows=first.id, supersedes=first.id)
    for act in (dated.check_decision, dated.decide):
        with pytest.raises(DecisionRefused, match="does not stand"):
            act(saved.id, seen)
    assert dated.decisions(saved.id).total == 1


def test_lists_filters_and_what_is_due_follow_the_decision_that_stands(dated: Store, saved: Saved) -> None:
    other = dated.create(proposal(CERTAIN, title="Other"))
    first = dated.decide(saved.id, request(review_on=TODAY))
    dated.decide(other.id, request(review_on=TODAY))

    def listed(**wanted: object) -> set[str]:
        filters = Filters(**wanted)  # type: ignore[arg-type]
        found = {row.id for row in dated.list(filters).rows}
        assert {line.listed.id for line in dated.every(filters)} == found
        return found

    words = saved.proposal.title.split()[0]
    assert listed(due_by=TODAY, text=words) == listed(due_by=TODAY) & {saved.id} == {saved.id}
    dated.withdrawing.withdraw(saved.id, first.id, "Wrong figures", "Ana")
    assert (listed(due_by=TODAY), listed(decisions=["build"])) == ({other.id}, {other.id})
    assert listed(decisions=[NOT_DECIDED]) == {saved.id}
    assert listed(decisions=[NOT_DECIDED], text=words) == {saved.id}
    assert listed(due_by=TODAY, text=words) == set()
    line = next(row for row in dated.list().rows if row.id == saved.id)
    assert (line.decision, line.review_on, line.stage) == (None, None, Stage.DRAFT)
    assert {each.id for each in dated.decisions(filters=DecisionFilters(standing=True)).rows} == {
        dated.decisions(other.id).rows[0].id
    }
    assert first.id not in {each.id for each in dated.decisions(filters=DecisionFilters(due_by=TODAY)).rows}


def test_what_a_withdrawn_decision_left_to_be_done_ends(dated: Store, saved: Saved) -> None:
    made = dated.decide(saved.id, request(review_on=TODAY, conditions=("Label 500 cases",)))
    assert dated.inbox.dates()
    dated.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo")
    ended = [each for each in dated.inbox.of(saved.id) if each.text == "Label 500 cases"]
    assert [(each.state, each.done_by) for each in ended] == [(TaskState.WITHDRAWN, "Bo")]
    assert (dated.inbox.dates(), dated.inbox.tasks()) == ((), ())


def test_what_is_no_longer_decided_is_left_as_any_draft(dated: Store, database_url: str, saved: Saved) -> None:
    made = dated.decide(saved.id, request())
    later = Store(create(database_url), now=lambda: datetime(2026, 7, 20, 12, tzinfo=UTC))
    assert later.inbox.stale() == ()
    later.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo")
    assert [each.id for each in later.inbox.stale()] == [saved.id]


def test_a_round_that_is_open_goes_on_and_its_withdrawal_leads_to_a_draft(dated: Store, saved: Saved) -> None:
    made = dated.decide(saved.id, request())
    dated.save(saved.id, proposal(CERTAIN, title="Newer"), 1)
    begun = dated.reviewing.submit(saved.id, 2, actor="Ana")
    dated.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo")
    assert dated.reviewing.standing(saved.id).stage is Stage.SUBMITTED
    dated.reviewing.withdraw(saved.id, begun.number, actor="Ana")
    assert dated.reviewing.standing(saved.id).stage is Stage.DRAFT


def test_what_is_live_is_a_draft_once_its_decision_is_withdrawn(dated: Store, saved: Saved) -> None:
    made = dated.decide(saved.id, request())
    dated.reviewing.set_stage(saved.id, Stage.LIVE)
    dated.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo")
    assert dated.reviewing.standing(saved.id).stage is Stage.DRAFT
    assert dated.reviewing.stages_to_set(saved.id) == ()


@pytest.mark.parametrize(
    ("reason", "by", "said"),
    [
        ("  ", "Bo", "Reason: say why the decision is withdrawn"),
        ("x" * 20_001, "Bo", "Reason: has 20001 letters; at most 20000"),
        ("Why", " ", "Who withdraws it"),
    ],
)
def test_what_a_withdrawal_lacks_is_said_and_nothing_is_written(
    dated: Store, saved: Saved, reason: str, by: str, said: str
) -> None:
    made = dated.decide(saved.id, request())
    with pytest.raises(DecisionRefused, match=said):
        dated.withdrawing.withdraw(saved.id, made.id, reason, by)
    assert dated.decisions(saved.id).rows[0].is_standing


def _superseded(store: Store, identity: str) -> int:
    first = store.decide(identity, request())
    store.decide(identity, request(outcome="stop", reason="No money"))
    return first.id


def _withdrawn(store: Store, identity: str) -> int:
    first = store.decide(identity, request())
    store.withdrawing.withdraw(identity, first.id, "Wrong figures", "Ana")
    return first.id


def _followed_by_a_withdrawn_one(store: Store, identity: str) -> int:
    first = _superseded(store, identity)
    store.withdrawing.withdraw(identity, store.decisions(identity).rows[0].id, "There is money", "Ana")
    return first


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (_superseded, "does not stand any more: Ana decided since, Stop, on version 1"),
        (_withdrawn, "Ana withdrew this decision already"),
        (_followed_by_a_withdrawn_one, "a later one superseded it, which was withdrawn"),
    ],
)
def test_a_decision_that_does_not_stand_cannot_be_withdrawn(
    dated: Store, saved: Saved, made: Callable[[Store, str], int], said: str
) -> None:
    decision = made(dated, saved.id)
    before = dated.decisions(saved.id).rows
    with pytest.raises(DecisionRefused, match=said):
        dated.withdrawing.withdraw(saved.id, decision, "Why not", "Bo")
    assert dated.decisions(saved.id).rows == before


def test_a_decision_on_another_proposal_is_not_found(dated: Store, saved: Saved) -> None:
    other = dated.create(proposal(CERTAIN))
    made = dated.decide(other.id, request())
    with pytest.raises(NotFound):
        dated.withdrawing.withdraw(saved.id, made.id, "Why", "Bo")
    assert dated.decisions(other.id).rows[0].is_standing


def test_of_many_clicks_at_once_one_withdrawal_is_stored(dated: Store, saved: Saved) -> None:
    made = dated.decide(saved.id, request())
    found: list[DecisionState] = []

    def click() -> None:
        found.append(dated.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo").state)

    threads = [threading.Thread(target=click) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [DecisionState.WITHDRAWN] * 6
    assert [entry.action for entry in dated.audit(saved.id).rows].count("decision withdrawn") == 1  # type: ignore[comparison-overlap]


def test_of_one_who_withdraws_and_one_who_decides_at_once_nobody_builds_on_the_other(
    dated: Store, saved: Saved
) -> None:
    """Whoever comes second has either seen it, or is told."""
    made = dated.decide(saved.id, request())
    refused: list[Exception] = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            act()
        except DecisionRefused as error:
            refused.append(error)

    acts = (
        lambda: dated.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Bo"),
        lambda: dated.decide(saved.id, request(outcome="stop", reason="No", follows=made.id, supersedes=made.id)),
    )
    threads = [threading.Thread(target=attempt, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    states = [each.state for each in dated.decisions(saved.id).rows]
    assert len(refused) == 1
    assert states in (
        [DecisionState.WITHDRAWN],
        [DecisionState.STANDING, DecisionState.SUPERSEDED],
    )
    assert dated.check_trail().is_whole


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE withdrawals SET reason = 'Another'",
        "UPDATE decisions SET supersedes = NULL WHERE supersedes IS NOT NULL",
    ],
)
def test_what_a_chain_says_is_part_of_what_was_signed(dated: Store, saved: Saved, change: str) -> None:
    dated.decide(saved.id, request())
    second = dated.decide(saved.id, request(outcome="stop", reason="No money"))
    dated.withdrawing.withdraw(saved.id, second.id, "There is money", "Bo")
    assert dated.check_trail().is_whole
    with dated._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for table in ("withdrawals", "decisions"):
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
        else:
            for table in ("withdrawals", "decisions"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(change))
    assert dated.check_trail().unsigned == (second.id,)


def test_whoever_may_decide_may_withdraw_and_nobody_else(store: Store) -> None:
    owner = acting(store, "Owner", Role.CONTRIBUTOR)
    approver, reviewer = acting(store, "Approver", Role.APPROVER), acting(store, "Reviewer", Role.REVIEWER)
    saved = owner.create(proposal(CERTAIN))
    made = approver.decide(saved.id, request())
    for other in (owner, reviewer):
        with pytest.raises(NotAllowed):
            other.withdrawing.withdraw(saved.id, made.id, "Why")
    withdrawn = approver.withdrawing.withdraw(saved.id, made.id, "Wrong figures", "Somebody else").withdrawal
    assert withdrawn is not None
    assert (withdrawn.is_verified, withdrawn.withdrawn_by.startswith("Approver")) == (True, True)
    assert EventKind.DECISION_WITHDRAWN in {each.kind for each in owner.inbox.notices()}
