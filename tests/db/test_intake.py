"""Ideas: proposed one or many at once, queued by what they may be worth, taken up, declined, or the same as another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from db import (
    AuditAction,
    DecisionRefused,
    DecisionRequest,
    EventKind,
    Filters,
    IdeaFilters,
    IdeaRefused,
    KeyRefused,
    NotAllowed,
    NotFound,
    ReviewRefused,
    Role,
    Store,
)
from scoping import DocumentRefused, to_dict
from scoping.document.editing import change
from scoping.intake import Idea, Rough
from scoping.organisation import Organisation
from scoping.text.languages import ENGLISH
from scoping.vocabulary import IdeaState, Outcome, Stage
from tests.db.people import acting, enter
from tests.documents import CERTAIN, proposal

FORMS = Idea("Find double forms", "Clerks enter forms twice", "Hold the second one", tags=("forms",))
ROUGH = replace(FORMS, volume=Rough(100, 400), value=Rough(9, 16))


def propose(store: Store, *ideas: Idea, actor: str = "Ana") -> list[str]:
    return [saved.id for saved in store.intake.propose(ideas, ENGLISH, actor)]


def waiting(store: Store, **filters: object) -> list[str]:
    return [each.title for each in store.intake.queue(IdeaFilters(**filters)).rows]  # type: ignore[arg-type]


def states(store: Store, *identities: str) -> list[IdeaState]:
    return [store.intake.of(each).state for each in identities]  # type: ignore[union-attr]


# Proposing -------------------------------------------------------------------------------------


def test_of_one_key_many_requests_at_once_make_one_idea(store: Store) -> None:
    with ThreadPoolExecutor(6) as many:
        made = [*many.map(lambda _: store.intake.propose_once(ROUGH, "a-key", ENGLISH, "Ana").id, range(12))]
    assert len({*made}) == 1
    assert waiting(store) == ["Find double forms"]
    with pytest.raises(KeyRefused):
        store.intake.propose_once(FORMS, "a-key", ENGLISH)
    store.intake.decline(made[0], "Not now", "Bo")
    assert store.intake.propose_once(ROUGH, "a-key", ENGLISH).archived
    assert waiting(store) == []


def test_an_idea_is_a_proposal_of_one_version_and_waits(store: Store) -> None:
    (identity,) = propose(store, ROUGH)
    saved = store.get(identity)
    document = saved.proposal
    assert (saved.version, document.title, document.tags) == (1, "Find double forms", ["forms"])
    assert document.problem.statement == "Clerks enter forms twice"
    assert document.problem.decision == "Hold the second one"
    cases = to_dict(document)["bridge"]["cases_per_month"]
    assert cases == {"p10": 100, "p50": 200, "p90": 400}
    assert [(each.path, each.kind) for each in document.grounds] == [("bridge.cases_per_month", "guess")]
    assert store.reviewing.standing(identity).stage is Stage.IDEA
    (shown,) = store.intake.queue().rows
    assert (shown.volume, shown.value, shown.proposed_by) == (Rough(100, 400), Rough(9, 16), "Ana")
    assert shown.worth is not None
    assert round(shown.worth.middle) == 12 * 200 * 12
    assert store.intake.waiting() == 1
    assert [(each.action, each.detail) for each in store.audit(identity).rows] == [(AuditAction.CREATED, "idea")]


def test_an_idea_begins_with_what_the_organisation_laid_down(store: Store) -> None:
    store.organisation.save(Organisation(currency="CHF"), 0)
    one, two = propose(store, FORMS, replace(FORMS, currency="USD"))
    assert [store.get(each).proposal.currency for each in (one, two)] == ["CHF", "USD"]
    assert store.get(one).proposal.organisation.version == 1


def test_of_many_at_once_all_are_saved_or_none(store: Store) -> None:
    assert len(propose(store, *(replace(FORMS, title=f"Idea {number}") for number in range(30)))) == 30
    assert store.check_trail().is_whole
    with pytest.raises(DocumentRefused):
        propose(store, ROUGH, replace(FORMS, title=" "))
    assert store.intake.waiting() == 30
    assert store.count(Filters(stages=(Stage.IDEA,))) == 30


def test_what_somebody_wrote_is_data(store: Store) -> None:
    hostile = "'; DROP TABLE ideas; -- <script>"
    propose(store, Idea(hostile, hostile, hostile, team=hostile, tags=(hostile,)))
    (shown,) = store.intake.queue(IdeaFilters(text="drop table")).rows
    assert "DROP TABLE" in shown.title
    assert store.intake.similar(hostile, hostile)


# The queue -------------------------------------------------------------------------------------


def test_the_queue_stands_in_the_order_of_the_rough_worth_in_one_currency(store: Store) -> None:
    one, big = Rough(100, 100), Rough(1_000, 1_000)
    propose(
        store,
        replace(FORMS, title="Unknown"),
        replace(FORMS, title="Small", volume=one, value=one),
        replace(FORMS, title="Large", volume=big, value=big),
        replace(FORMS, title="Dollars", volume=one, value=Rough(300, 300), currency="USD"),
        replace(FORMS, title="Pounds", volume=big, value=big, currency="GBP"),
    )
    store.rates.choose_display_currency("EUR")
    store.rates.set("USD", 0.5, date(2026, 1, 1))
    assert waiting(store, display="EUR") == ["Large", "Dollars", "Small", "Unknown", "Pounds"]
    assert set(waiting(store, text="pounds")) == {"Pounds"}
    assert len(waiting(store, sort="oldest")) == len(waiting(store, sort="newest")) == 5


def test_the_queue_is_filtered_by_team_state_and_whose_they_are(store: Store) -> None:
    ana, bo = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Bo", Role.CONTRIBUTOR)
    propose(ana, replace(FORMS, title="Ana's", team="Claims"))
    propose(bo, replace(FORMS, title="Bo's", team="Sales"))
    assert waiting(ana, is_own=True) == ["Ana's"]
    assert waiting(ana, teams=("Sales",)) == ["Bo's"]
    assert waiting(ana, states=()) == []
    assert waiting(ana, states=(IdeaState.DECLINED,)) == []


# What becomes of them --------------------------------------------------------------------------


def test_an_idea_that_is_taken_up_is_a_draft_of_its_owner(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    store.intake.take_up(identity, "Bo", note="Go on", actor="Chief")
    assert store.reviewing.standing(identity).stage is Stage.DRAFT
    assert (store.get(identity).proposal.owner, store.version(identity)) == ("Bo", 2)
    told = store.intake.of(identity)
    assert told is not None
    assert (told.state, told.reason, told.settled_by) == (IdeaState.ACCEPTED, "Go on", "Chief")
    assert waiting(store) == []
    assert waiting(store, states=(IdeaState.ACCEPTED,)) == ["Find double forms"]
    newest = store.audit(identity).rows[0]
    assert (newest.action, newest.detail, newest.actor) == (AuditAction.IDEA_TAKEN_UP, "Go on", "Chief")
    assert not store.altered()
    store.reviewing.submit(identity, 2)


def test_who_proposed_it_hears_of_it_and_works_on_it_still(store: Store) -> None:
    ana, chief = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Chief", Role.APPROVER)
    bo = enter(store, "Bo", Role.CONTRIBUTOR)
    one, two = propose(ana, FORMS, replace(FORMS, title="Other"))
    assert dict(chief.intake.owners(one)).keys() >= {bo.id, ana.person.id}
    chief.intake.take_up(one, owner_id=bo.id)
    chief.intake.decline(two, "Too small")
    assert {(each.kind, each.said) for each in ana.inbox.notices()} == {
        (EventKind.IDEA_TAKEN_UP, ""),
        (EventKind.IDEA_DECLINED, "Too small"),
    }
    assert [each.kind for each in store.acting_for(bo).inbox.notices()] == [EventKind.IDEA_TAKEN_UP]
    shared = store.sharing.of(one)
    assert shared.owner is not None
    assert (shared.owner.id, [each.id for each in shared.members]) == (bo.id, [ana.person.id])


def test_to_take_an_idea_up_is_no_part_in_its_work(store: Store) -> None:
    """With four eyes, who took it up may decide on it later."""
    ana, chief = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Chief", Role.APPROVER)
    store.people.require_four_eyes(True)
    (identity,) = propose(ana, FORMS)
    chief.intake.take_up(identity, owner_id=ana.person.id)
    chief.decide(identity, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Chief", "No"))


def test_a_declined_idea_goes_into_the_archive_and_may_come_back(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    with pytest.raises(IdeaRefused, match="say why it is declined"):
        store.intake.decline(identity, "  ")
    store.intake.decline(identity, "Too small", "Chief")
    assert states(store, identity) == [IdeaState.DECLINED]
    assert store.get(identity).archived
    assert waiting(store, states=(IdeaState.DECLINED,)) == ["Find double forms"]
    with pytest.raises(IdeaRefused, match="does not wait any more: Declined, by Chief"):
        store.intake.decline(identity, "Again")
    store.intake.reopen(identity)
    assert states(store, identity) == [IdeaState.WAITING]
    assert waiting(store) == ["Find double forms"]


def test_one_that_is_restored_from_the_archive_waits_again(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    store.intake.decline(identity, "Too small")
    store.restore(identity)
    assert states(store, identity) == [IdeaState.WAITING]
    assert waiting(store, states=(IdeaState.DECLINED,)) == []
    store.intake.take_up(identity, "Bo")


def test_one_that_was_archived_by_hand_is_restored_first(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    store.archive(identity)
    assert waiting(store) == []
    with pytest.raises(IdeaRefused, match="in the archive: restore it first"):
        store.intake.take_up(identity, "Bo")


def test_the_same_as_another_names_it_to_those_who_may_see_it(store: Store) -> None:
    ana, chief = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Chief", Role.APPROVER)
    kept = chief.create(proposal(CERTAIN, title="Secret forms"), is_restricted=True)
    (identity,) = propose(ana, FORMS)
    chief.intake.same(identity, kept.id, "It runs already")
    told, seen = ana.intake.of(identity), chief.intake.of(identity)
    assert told is not None
    assert seen is not None
    assert (told.state, told.reason, told.same_as, told.same_title) == (IdeaState.SAME, "It runs already", "", "")
    assert (seen.same_as, seen.same_title) == (kept.id, "Secret forms")
    assert "Secret" not in repr(ana.inbox.notices())


def test_it_is_not_the_same_as_itself_as_nothing_or_as_what_is_archived(store: Store) -> None:
    one, two = propose(store, FORMS, replace(FORMS, title="Other"))
    with pytest.raises(IdeaRefused, match="another proposal"):
        store.intake.same(one, one)
    with pytest.raises(NotFound):
        store.intake.same(one, "nothing")
    store.archive(two)
    with pytest.raises(IdeaRefused, match="not in the archive"):
        store.intake.same(one, two)
    assert states(store, one) == [IdeaState.WAITING]


def test_nobody_submits_or_decides_on_an_idea_before_it_is_taken_up(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    with pytest.raises(ReviewRefused, match="waits to be taken up"):
        store.reviewing.submit(identity, 1)
    with pytest.raises(DecisionRefused, match="waits to be taken up"):
        store.decide(identity, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Chief", "No"))


def test_an_idea_that_somebody_edits_waits_as_it_is_now(store: Store) -> None:
    (identity,) = propose(store, FORMS)
    store.save(identity, change(store.get(identity).proposal, "title", "Better words"), 1, "Ana")
    assert waiting(store) == ["Better words"]
    store.intake.take_up(identity, "Bo")
    assert (store.version(identity), store.get(identity).proposal.title) == (3, "Better words")


def test_owners_are_people_who_may_edit(store: Store) -> None:
    chief, viewer = acting(store, "Chief", Role.APPROVER), enter(store, "Vi", Role.VIEWER)
    (identity,) = propose(chief, FORMS)
    for wrong in (viewer.id, "nobody"):
        with pytest.raises(IdeaRefused, match="somebody who may edit"):
            chief.intake.take_up(identity, owner_id=wrong)
    with pytest.raises(IdeaRefused, match="somebody who may edit"):
        chief.intake.take_up(identity, "Bo")
    with pytest.raises(IdeaRefused, match="at most 200"):
        store.intake.take_up(identity, " ")
    assert states(store, identity) == [IdeaState.WAITING]


def test_what_began_otherwise_is_no_idea(store: Store) -> None:
    saved = store.create(proposal(CERTAIN))
    assert store.intake.of(saved.id) is None
    with pytest.raises(NotFound, match="did not begin as an idea"):
        store.intake.decline(saved.id, "No")
    (identity,) = propose(store, FORMS)
    store.intake.take_up(identity, "Bo")
    with pytest.raises(IdeaRefused, match="it is a proposal now"):
        store.intake.reopen(identity)


def test_a_contributor_settles_nothing_and_is_told_why(store: Store) -> None:
    ana, chief = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Chief", Role.APPROVER)
    (identity,) = propose(ana, FORMS)
    with pytest.raises(NotAllowed, match="takes the role Approver; yours is Contributor"):
        ana.intake.decline(identity, "No")
    assert (ana.intake.may_settle, chief.intake.may_settle, store.intake.may_settle) == (False, True, True)


def test_ideas_are_apart_in_the_list_by_their_stage(store: Store) -> None:
    store.create(proposal(CERTAIN, title="Real"))
    propose(store, FORMS)
    assert [row.title for row in store.list(Filters(stages=(Stage.IDEA,))).rows] == ["Find double forms"]
    assert [row.title for row in store.list().rows] == ["Real"]
    assert not store.list(Filters(text="forms")).rows
    assert not store.inbox.stale(days=0) or {each.title for each in store.inbox.stale(days=0)} == {"Real"}


# Similar ones ----------------------------------------------------------------------------------


def test_similar_ones_are_found_within_what_the_person_may_see(store: Store) -> None:
    ana, bo = acting(store, "Ana", Role.CONTRIBUTOR), acting(store, "Bo", Role.CONTRIBUTOR)
    document = proposal(CERTAIN, title="Invoice routing", tags=["invoices"])
    hidden = ana.create(document, is_restricted=True)
    open_ = ana.create(change(document, "title", "Routing of supplier invoices"))
    ana.create(proposal(CERTAIN, title="Pump failures"))
    seen = {each.id: each.words for each in ana.intake.similar("Route invoices", "Invoices are routed by hand")}
    assert seen.keys() == {hidden.id, open_.id}
    assert "invoices" in seen[open_.id]
    assert [each.id for each in bo.intake.similar("Route invoices", "Invoices are routed by hand")] == [open_.id]
    assert [each.id for each in ana.intake.similar("Route invoices", "", without=open_.id)] == [hidden.id]
    assert len(ana.intake.similar("Route invoices", "", most=1)) == 1


def test_what_was_saved_since_counts_and_what_is_archived_is_told_as_such(store: Store) -> None:
    saved = store.create(proposal(CERTAIN, title="Invoice routing"))
    assert [each.id for each in store.intake.similar("Invoice routing", "")] == [saved.id]
    store.save(saved.id, change(saved.proposal, "title", "Pumps that fail"), 1)
    assert store.intake.similar("Invoice routing", "") == ()
    store.archive(saved.id)
    (found,) = store.intake.similar("Failing pumps", "")
    assert (found.id, found.is_archived, found.stage, found.words) == (saved.id, True, Stage.DRAFT, ("pumps",))
