"""The demo portfolio comes by one button and goes by one: only its own, all of it, and the trail stays whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from db import (
    DecisionRequest,
    DemoProposal,
    DemoRefused,
    Filters,
    NotAllowed,
    NotFound,
    Remark,
    Role,
    ScenarioRequest,
    Store,
    TaskKind,
)
from scoping.record.actuals import read_actuals
from scoping.vocabulary import Outcome, Recommendation
from tests.db.clock import Clock
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

YEARS_AGO = datetime(2024, 5, 20, 12, tzinfo=UTC)


def demo(*titles: str, broken: bool = False) -> list[DemoProposal]:
    """Decided proposals with what came of them; of a broken one a condition was not kept."""
    request = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", conditions=("Ask",), alternative="Model")
    entries = [
        {"about": "alternatives.2.metrics.recall", "month": 6, "value": 0.7},
        {"about": "conditions.0", "month": 6, "value": 0 if broken else 1},
    ]
    found = []
    for title in titles:
        signed = proposal(CERTAIN, title=title)
        actuals = read_actuals({"actuals_version": 1, "alternative": "Model", "entries": entries}, signed, ("Ask",))
        found.append(DemoProposal(signed, request, YEARS_AGO, actuals))
    return found


def titles(store: Store, *, archived: bool = False) -> set[str]:
    return {each.title for each in store.list(Filters(archived=archived)).rows}


def test_every_title_says_that_it_is_a_demo_and_the_decision_is_as_old_as_it_was_given(here: Store) -> None:
    assert here.demo.load(demo("Sort mail", "Find cracks")) == 2
    assert titles(here) == {"Demo: Sort mail", "Demo: Find cracks"}
    assert {each.decided_at for each in here.decisions().rows} == {YEARS_AGO}
    assert {len(each.actuals.entries) for each in here.actuals.every(is_demo=True)} == {2}
    assert here.check_trail().is_whole


def test_the_demo_never_mixes_with_the_record_of_real_work(here: Store) -> None:
    own = here.create(proposal(CERTAIN))
    here.decide(own.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model"))
    here.demo.load(demo("Sort mail"))
    assert [each.proposal_id for each in here.actuals.every()] == [own.id]
    made_up = {each.proposal_id for each in here.actuals.every(is_demo=True)}
    assert own.id not in made_up
    assert {each.proposal_id for each in here.actuals.recorded(is_demo=True)} <= made_up
    assert not here.surroundings.of(own.id).is_demo
    assert all(here.surroundings.of(each).is_demo for each in made_up)


def test_what_is_removed_is_in_no_list_and_nothing_else_is_touched(here: Store) -> None:
    own = here.create(proposal(CERTAIN, title="Mine"))
    here.demo.load(demo("Sort mail", "Find cracks", broken=True))
    gone = here.list(Filters(text="Sort mail", demo=True)).rows[0].id
    assert here.demo.remove("Ana") == 2
    assert (titles(here), titles(here, archived=True)) == ({"Mine"}, set())
    assert here.decisions().total == 0
    assert (here.any_decision(), here.deciders(), here.inbox.tasks(), here.demo.is_here()) == (False, (), (), False)
    assert [*here.actuals.every(is_demo=True)] == []
    for ask in (here.get, here.actuals.current, here.audit):
        with pytest.raises(NotFound):
            ask(gone)
    assert here.get(own.id).version == 1
    assert here.check_trail().is_whole


def test_what_is_removed_is_like_nothing_and_in_no_scenario(here: Store) -> None:
    here.demo.load(demo("Sort supplier mail"))
    (made_up,) = here.list().rows
    assert [each.title for each in here.intake.similar("Sort supplier mail", "")] == ["Demo: Sort supplier mail"]
    scenario = ScenarioRequest(
        name="Next year", document={}, computed_on={made_up.id: 1}, figures={}, currency="EUR", note=""
    )
    here.scenarios.create(scenario, "Ana")
    here.demo.remove()
    assert here.intake.similar("Sort supplier mail", "") == ()
    assert here.scenarios.list().total == 0


def test_what_was_written_or_taken_back_on_it_is_a_change_too(here: Store) -> None:
    here.demo.load(demo("Sort mail", "Find cracks", "Plan stock"))
    ids = {each.title: each.id for each in here.list().rows}
    here.commenting.write(ids["Demo: Sort mail"], "", Remark("Who made this up?"), "Bo")
    withdrawn = ids["Demo: Find cracks"]
    here.withdrawing.withdraw(withdrawn, here.decisions(withdrawn).rows[0].id, "Not ours", "Bo")
    assert set(here.demo.here().changed) == {"Demo: Sort mail", "Demo: Find cracks"}


def test_after_its_removal_a_store_without_anything_else_is_empty_again(here: Store) -> None:
    here.demo.load(demo("Sort mail"))
    here.demo.remove()
    assert here.is_empty()
    assert here.demo.remove() == 0
    assert here.demo.load(demo("Sort mail")) == 1


def test_what_somebody_changed_in_it_is_named_before_it_goes_too(here: Store) -> None:
    here.demo.load(demo("Sort mail", "Find cracks", "Plan stock"))
    by_title = {each.title: each for each in here.list().rows}
    saved = here.get(by_title["Demo: Sort mail"].id)
    here.save(saved.id, saved.proposal.model_copy(update={"team": "Ours"}), saved.version)
    stop = DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Bo", reason="Enough")
    here.decide(by_title["Demo: Find cracks"].id, stop)
    assert (here.demo.here().count, set(here.demo.here().changed)) == (3, {"Demo: Sort mail", "Demo: Find cracks"})
    here.demo.remove()
    assert titles(here) == set()


def test_it_is_loaded_once(here: Store) -> None:
    here.demo.load(demo("Sort mail"))
    with pytest.raises(DemoRefused, match="here already"):
        here.demo.load(demo("Sort mail"))
    assert here.demo.here().count == 1


def test_nobody_is_notified_and_what_is_broken_waits_in_the_inbox_all_the_same(here: Store) -> None:
    bob, ada = acting(here, "Bob", Role.CONTRIBUTOR), acting(here, "Ada", Role.ADMINISTRATOR)
    ada.demo.load(demo("Sort mail", broken=True))
    assert [each.kind for each in ada.inbox.tasks()] == [TaskKind.WATCHED]
    assert (ada.inbox.notices(), bob.inbox.notices(), here.outbox.waiting()) == ((), (), 0)


def test_what_is_made_up_stands_behind_real_work_and_is_announced_to_nobody(here: Store, clock: Clock) -> None:
    here.demo.load(demo("Sort mail", broken=True))
    own = here.create(proposal(CERTAIN, title="Mine"))
    later = date(2026, 6, 15)
    here.decide(
        own.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model", review_on=later)
    )
    assert [each.title for each in here.inbox.tasks()] == ["Mine", "Demo: Sort mail"]
    clock.on(days=60)
    assert (here.inbox.count(), here.due.turn().tasks) == (1, 1)
    assert [each.title for each in here.inbox.dates()] == ["Mine"]


def test_where_people_sign_in_it_is_for_administrators(here: Store) -> None:
    ann = acting(here, "Ann", Role.APPROVER)
    for ask in (ann.demo.here, ann.demo.remove, lambda: ann.demo.load([])):
        with pytest.raises(NotAllowed):
            ask()
    assert ann.demo.is_here() is False
