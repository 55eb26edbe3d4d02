"""What was measured is kept version by version, tied to its decision; what it breaks opens the decision again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text

from db import (
    ActualsRefused,
    AuditAction,
    DecisionRequest,
    Measured,
    NotAllowed,
    NotFound,
    Recorded,
    Role,
    Saved,
    StaleActuals,
    Store,
    TaskKind,
    TaskState,
)
from scoping import DocumentRefused, appraise
from scoping.record.actuals import Actual, Actuals, read_actuals
from tests.db.clock import Clock
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

CONDITIONS = ("Label 500 cases", "Ask the works council")


def request(**changes: object) -> DecisionRequest:
    given = {"version": 1, "recommendation": "build", "outcome": "build", "decided_by": "Ana", "alternative": "Model"}
    return DecisionRequest(**{**given, "conditions": CONDITIONS, **changes})  # type: ignore[arg-type]


@pytest.fixture
def saved(here: Store) -> Saved:
    made = here.create(proposal(CERTAIN))
    here.decide(made.id, request())
    return made


def measured(now: Measured, *entries: tuple[str, int, float], **others: Any) -> Actuals:
    lines = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    document = {"actuals_version": 1, "alternative": "Model", "entries": lines, **others}
    return read_actuals(document, now.signed, now.decision.conditions)


def enter(store: Store, identity: str, *entries: tuple[str, int, float], actor: str = "Ana") -> Measured:
    now = current(store, identity)
    return store.actuals.save(identity, measured(now, *entries), now.decision.id, now.version, actor=actor)


def current(store: Store, identity: str) -> Measured:
    found = store.actuals.current(identity)
    assert found is not None
    return found


RECALL = "alternatives.2.metrics.recall"


def test_before_anything_is_entered_the_decision_is_known_and_nothing_is_measured(here: Store, saved: Saved) -> None:
    now = current(here, saved.id)
    assert (now.version, now.actuals.entries, now.alternative) == (0, [], "Model")
    assert now.signed == here.revision(saved.id, 1).proposal


def test_each_save_is_a_version_that_stays_and_the_trail_names_it(here: Store, saved: Saved) -> None:
    enter(here, saved.id, (RECALL, 5, 0.7))
    second = enter(here, saved.id, (RECALL, 5, 0.7), (RECALL, 6, 0.72), actor="Bo")
    assert (second.version, second.saved_by, len(second.actuals.entries)) == (2, "Bo", 2)
    assert current(here, saved.id) == second
    assert [each.version for each in here.actuals.versions(saved.id).rows] == [2, 1]
    assert len(here.actuals.version(saved.id, second.decision.id, 1).actuals.entries) == 1
    newest = here.audit(saved.id).rows[0]
    assert (newest.action, newest.actor) == (AuditAction.MEASURED, "Bo")
    assert here.check_trail().is_whole


def test_what_is_saved_already_makes_no_version(here: Store, saved: Saved) -> None:
    first = enter(here, saved.id, (RECALL, 5, 0.7))
    assert enter(here, saved.id, (RECALL, 5, 0.7)) == first


def test_of_two_who_read_the_same_version_the_second_one_overwrites_nothing(here: Store, saved: Saved) -> None:
    before = current(here, saved.id)
    enter(here, saved.id, (RECALL, 5, 0.7))
    with pytest.raises(StaleActuals, match="Ana"):
        here.actuals.save(saved.id, measured(before, (RECALL, 5, 0.9)), before.decision.id, before.version)
    assert current(here, saved.id).actuals.entries[0].value == 0.7


def test_actuals_belong_to_the_decision_that_stood_when_they_were_read(here: Store, saved: Saved) -> None:
    before = enter(here, saved.id, (RECALL, 5, 0.7))
    here.decide(saved.id, request(outcome="pilot", reason="Smaller first"))
    with pytest.raises(StaleActuals):
        here.actuals.save(saved.id, measured(before, (RECALL, 6, 0.7)), before.decision.id, before.version)
    now = current(here, saved.id)
    assert (now.version, now.actuals.entries) == (0, [])
    assert here.actuals.version(saved.id, before.decision.id, 1) == replace(
        before, decision=here.decisions(saved.id).rows[1]
    )


def test_without_a_decision_nothing_is_measured(here: Store, saved: Saved) -> None:
    undecided, decided = here.create(proposal(CERTAIN)), current(here, saved.id)
    assert here.actuals.current(undecided.id) is None
    with pytest.raises(ActualsRefused, match="No decision stands"):
        here.actuals.save(undecided.id, decided.actuals, decided.decision.id, 0)


def test_what_does_not_belong_to_the_signed_proposal_is_refused_as_a_whole(here: Store, saved: Saved) -> None:
    now = current(here, saved.id)
    wrong = Actuals.model_validate(
        {"alternative": "Model", "entries": [{"about": "alternatives.2.metrics.rmse", "month": 1, "value": 0.7}]}
    )
    with pytest.raises(DocumentRefused, match="rmse"):
        here.actuals.save(saved.id, wrong, now.decision.id, 0)
    assert current(here, saved.id).version == 0


def tasks(store: Store, identity: str) -> list[tuple[str, TaskState]]:
    return [(each.text, each.state) for each in store.inbox.of(identity) if each.kind is TaskKind.WATCHED]


def test_a_broken_condition_opens_the_decision_again_once(here: Store, saved: Saved, clock: Clock) -> None:
    enter(here, saved.id, ("conditions.0", 3, 0))
    enter(here, saved.id, ("conditions.0", 3, 0), (RECALL, 5, 0.8))
    (found,) = (each for each in here.inbox.of(saved.id) if each.kind is TaskKind.WATCHED)
    assert ("Label 500 cases" in found.text, found.state, found.owner) == (True, TaskState.OPEN, "Ana")
    assert found.due_on is not None
    assert found.due_on > clock().date()
    clock.on(days=30)
    assert here.due.turn().tasks >= 1


def test_what_somebody_ended_stays_ended_while_it_lasts_and_is_news_when_it_comes_again(
    here: Store, saved: Saved
) -> None:
    enter(here, saved.id, ("conditions.0", 3, 0))
    (task,) = (each.id for each in here.inbox.of(saved.id) if each.kind is TaskKind.WATCHED)
    here.inbox.finish(task, "We go on all the same")
    enter(here, saved.id, ("conditions.0", 3, 0), (RECALL, 5, 0.8))
    assert [state for _, state in tasks(here, saved.id)] == [TaskState.DONE]
    enter(here, saved.id, ("conditions.0", 4, 1), (RECALL, 5, 0.8))
    enter(here, saved.id, ("conditions.0", 5, 0), (RECALL, 5, 0.8))
    assert sorted(state for _, state in tasks(here, saved.id)) == [TaskState.DONE, TaskState.OPEN]


def test_a_value_that_may_be_below_by_chance_neither_opens_nor_ends_a_task(here: Store, saved: Saved) -> None:
    def enter_recall(value: float, cases: int) -> None:
        now = current(here, saved.id)
        line = {"about": RECALL, "month": now.version + 1, "value": value, "cases": cases}
        new = measured(now).model_copy(update={"entries": [*now.actuals.entries, Actual.model_validate(line)]})
        here.actuals.save(saved.id, new, now.decision.id, now.version)

    (even,) = (
        each.value for each in appraise(proposal(CERTAIN)).break_even if each.index == 2 and each.metric == "recall"
    )
    assert even is not None
    enter_recall(even * 0.9, 4)
    assert tasks(here, saved.id) == []
    enter_recall(even * 0.5, 100_000)
    enter_recall(even * 0.9, 4)
    assert [state for _, state in tasks(here, saved.id)] == [TaskState.OPEN]
    enter_recall(min(even * 1.5, 1.0), 100_000)
    assert [state for _, state in tasks(here, saved.id)] == [TaskState.MENDED]


def test_what_is_mended_or_decided_again_waits_no_more(here: Store, saved: Saved) -> None:
    enter(here, saved.id, ("conditions.0", 3, 0))
    enter(here, saved.id, ("conditions.0", 4, 1))
    assert [state for _, state in tasks(here, saved.id)] == [TaskState.MENDED]
    enter(here, saved.id, ("conditions.1", 4, 0))
    here.decide(saved.id, request(outcome="stop", reason="Enough"))
    assert sorted(state for _, state in tasks(here, saved.id)) == [TaskState.FOLLOWED, TaskState.MENDED]


def test_who_works_on_a_proposal_enters_and_who_only_sees_it_does_not(here: Store, saved: Saved) -> None:
    ada, vic = acting(here, "Ada", Role.CONTRIBUTOR), acting(here, "Vic", Role.VIEWER)
    assert enter(ada, saved.id, (RECALL, 5, 0.7)).is_verified
    now = current(vic, saved.id)
    with pytest.raises(NotAllowed):
        vic.actuals.save(saved.id, now.actuals, now.decision.id, now.version)


def test_actuals_of_a_restricted_proposal_are_as_if_they_were_not_there(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.CONTRIBUTOR)
    secret = ada.create(proposal(CERTAIN), is_restricted=True)
    ada.decide(secret.id, request())
    for ask in (bob.actuals.current, bob.actuals.versions):
        with pytest.raises(NotFound):
            ask(secret.id)
    assert [*bob.actuals.every()] == []
    assert [each.proposal_id for each in ada.actuals.every()] == [secret.id]


def test_the_record_counts_what_was_archived(here: Store, saved: Saved) -> None:
    here.archive(saved.id)
    assert [each.proposal_id for each in here.actuals.every()] == [saved.id]


def test_a_changed_version_is_found_out(here: Store, saved: Saved) -> None:
    enter(here, saved.id, (RECALL, 5, 0.7))
    with here._engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE actuals DISABLE TRIGGER ALL"))
        else:
            connection.execute(text("DROP TRIGGER actuals_no_update"))
        connection.execute(text("UPDATE actuals SET remark = 'nobody said so'"))
    assert not here.check_trail().is_whole
    assert len(here.check_trail().unmeasured) == 1


def test_what_is_recorded_is_told_by_decision_and_version_and_read_again_by_decision(here: Store, saved: Saved) -> None:
    other = here.create(proposal(CERTAIN, title="Other"))
    here.decide(other.id, request())
    assert here.actuals.recorded() == ()
    enter(here, saved.id, (RECALL, 5, 0.7))
    now = enter(here, saved.id, (RECALL, 5, 0.72))
    assert here.actuals.recorded() == (Recorded(saved.id, now.decision.id, 2),)
    assert here.actuals.recorded(is_demo=True) == ()
    assert [each.proposal_id for each in here.actuals.every(under=[now.decision.id])] == [saved.id]
    assert [*here.actuals.every(under=[])] == []
    here.decide(saved.id, request(reason="Once more"))
    assert here.actuals.recorded() == (Recorded(saved.id, now.decision.id, 2),)
    assert [*here.actuals.every(under=[now.decision.id])] == []
    assert [each.version for each in here.actuals.superseded(under=[now.decision.id])] == [2]


def test_who_may_not_see_a_proposal_learns_nothing_of_what_was_recorded_of_it(here: Store, saved: Saved) -> None:
    now = enter(here, saved.id, (RECALL, 5, 0.7))
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.CONTRIBUTOR)
    secret = ada.create(proposal(CERTAIN), is_restricted=True)
    ada.decide(secret.id, request())
    hidden = enter(ada, secret.id, (RECALL, 5, 0.7)).decision.id
    assert {each.decision_id for each in ada.actuals.recorded()} == {now.decision.id, hidden}
    assert [each.decision_id for each in bob.actuals.recorded()] == [now.decision.id]
    assert [*bob.actuals.every(under=[hidden])] == []


def test_what_a_later_decision_stopped_is_told_with_what_was_measured_until_then(here: Store, saved: Saved) -> None:
    never_begun = here.create(proposal(CERTAIN, title="Never begun"))
    here.decide(never_begun.id, request(outcome="stop", reason="No"))
    enter(here, saved.id, (RECALL, 5, 0.7))
    assert [*here.actuals.superseded()] == []
    here.decide(saved.id, request(outcome="stop", reason="Enough"))
    (stopped,) = here.actuals.superseded()
    assert (stopped.proposal_id, stopped.version, str(stopped.decision.outcome)) == (saved.id, 1, "build")
    assert stopped.is_given_up
    assert [*here.actuals.superseded(is_demo=True)] == []
    here.decide(saved.id, request(reason="After all"))
    (begun_anew,) = here.actuals.superseded()
    assert (begun_anew.decision.id, begun_anew.is_given_up) == (stopped.decision.id, False)


def test_what_was_sent_back_before_it_was_stopped_was_given_up_all_the_same(here: Store, saved: Saved) -> None:
    """Of several that began something the last one counts."""
    first = enter(here, saved.id, (RECALL, 5, 0.7)).decision.id
    again = here.decide(saved.id, request(reason="Once more")).id
    here.decide(saved.id, request(outcome="rework", reason="Look again"))
    here.decide(saved.id, request(outcome="stop", reason="Enough"))
    assert [(each.decision.id, each.is_given_up) for each in here.actuals.superseded()] == [
        (again, True),
        (first, False),
    ]


def test_the_whole_record_is_read_in_as_many_questions_as_one_proposal_is(here: Store, saved: Saved) -> None:
    def asked() -> int:
        questions: list[object] = []

        def heard(*said: object) -> None:
            questions.append(said)

        event.listen(here._engine, "before_cursor_execute", heard)
        assert [*here.actuals.every(), *here.actuals.superseded()]
        event.remove(here._engine, "before_cursor_execute", heard)
        return len(questions)

    enter(here, saved.id, (RECALL, 5, 0.7))
    here.decide(saved.id, request(outcome="stop", reason="Enough"))
    of_one = asked()
    for number in range(4):
        more = here.create(proposal(CERTAIN, title=f"More {number}"))
        here.decide(more.id, request())
        enter(here, more.id, (RECALL, 5, 0.7))
        here.decide(more.id, request(outcome="stop", reason="Enough"))
    assert asked() == of_one
