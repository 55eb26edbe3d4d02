"""What own projects say, on the steps of a proposal: classes and ranges are offered, and never taken in silence."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.session import scored
from db import Store
from scoping import Proposal, read
from scoping.document.fields import LONGEST_TEXT
from scoping.record.actuals import read_actuals
from scoping.vocabulary import OutsideViewClass, Overrun
from tests.app.acting import Create, Open, press, said
from tests.app.views.test_track import BUILD, CATCH, document, measured
from tests.documents import UNCERTAIN, proposal

pytestmark = pytest.mark.long

TAKE, REMOVE = "Take over the own classes", "Remove the own classes"
MODEL = 2


def late(store: Store, months: float) -> None:
    """A decided proposal that took so many months in place of four."""
    saved = store.create(proposal(UNCERTAIN))
    store.decide(saved.id, BUILD)
    found = {**document(120), "entries": [{"about": "alternatives.2.build_months", "month": 4, "value": months}]}
    now = store.actuals.current(saved.id)
    assert now is not None
    store.actuals.save(saved.id, read_actuals(found, saved.proposal), now.decision.id, 0)


def labels(test: AppTest) -> list[str]:
    return [str(each.label) for each in test.button]


def popovers(test: AppTest) -> list[str]:
    return [str(each.proto.popover.label) for each in test.get("popover")]


def test_an_own_class_is_offered_taken_over_shown_and_removed(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    for months in (4, 6, 8):
        late(pages_store, months)
    saved = create(proposal(UNCERTAIN))
    test = open_step(saved, "costs")
    assert not test.exception
    assert "The track record has a class of your own projects" in said(test)
    assert "3 own projects" in said(test)
    assert pages_store.get(saved.id).proposal.returns.own_classes == []
    test = press(test, TAKE)
    now = pages_store.get(saved.id)
    (own,) = now.proposal.returns.own_classes
    assert (now.version, own.what, own.count, own.blended_with) == (2, Overrun.TIME, 3, OutsideViewClass.IT_PROJECTS)
    assert TAKE not in labels(test)
    assert "Outside view of Model: expected NPV" in said(test)
    test = press(test, REMOVE)
    assert pages_store.get(saved.id).proposal.returns.own_classes == []
    assert "Outside view of Model" not in said(test)


def test_what_is_recorded_later_changes_nothing_and_is_offered(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    for months in (4, 6, 8):
        late(pages_store, months)
    saved = create(proposal(UNCERTAIN))
    test = press(open_step(saved, "costs"), TAKE)
    before = pages_store.get(saved.id).proposal
    late(pages_store, 10)
    test.run()
    assert "says something else by now" in said(test)
    assert pages_store.get(saved.id).proposal == before
    press(test, TAKE)
    assert [each.count for each in pages_store.get(saved.id).proposal.returns.own_classes] == [4]


def test_with_two_projects_nothing_is_offered_and_one_never_learns_from_itself(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    for months in (6, 8):
        late(pages_store, months)
    assert TAKE not in labels(open_step(create(proposal(UNCERTAIN)), "costs"))
    late(pages_store, 10)
    itself = pages_store.actuals.recorded()[0]
    assert TAKE not in labels(open_step(pages_store.get(itself.proposal_id), "costs"))
    assert TAKE in labels(open_step(create(proposal(UNCERTAIN)), "costs"))


def test_each_decision_is_scored_once_however_often_a_page_runs(
    open_step: Open, create: Create, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for months in (4, 6, 8):
        late(pages_store, months)
    times: list[Any] = []
    score = scored._score
    monkeypatch.setattr(scored, "_score", lambda measured: times.append(measured) or score(measured))
    test = open_step(create(proposal(UNCERTAIN)), "costs")
    test.run()
    open_step(create(proposal(UNCERTAIN)), "costs")
    assert len(times) == 3
    late(pages_store, 10)
    test.run()
    assert len(times) == 4


def narrow(store: Store) -> None:
    """Twelve proposals of which half of the ranges held."""
    for number in range(12):
        measured(store, proposal(UNCERTAIN), 500 + number)


def suggested(open_step: Open, saved: Any) -> AppTest:
    test = open_step(saved, "value")
    assert not test.exception
    return test


def opened(test: AppTest, saved: Any) -> AppTest:
    key = f"{saved.id}:0.0:{CATCH}:suggested"
    test.session_state[key] = True
    return test.run()


def test_a_range_is_suggested_beside_its_field_and_taken_over_once(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    narrow(pages_store)
    saved = create(proposal(UNCERTAIN))
    test = suggested(open_step, saved)
    assert "Past ranges suggest another" in popovers(test)
    given = saved.proposal.bridge.value_of_catch  # type: ignore[union-attr]
    many = len(popovers(test))
    test = press(opened(test, saved), "Take over this range")
    now = pages_store.get(saved.id)
    taken = now.proposal.bridge.value_of_catch  # type: ignore[union-attr]
    assert now.version == 2
    assert taken.p50 > given.p50
    (ground,) = now.proposal.grounds
    assert (ground.path, ground.given) == (CATCH, [given.p10, given.p50, given.p90])
    assert "24 past ranges" in ground.note
    assert "Before: Low 80" in ground.note
    assert len(popovers(test)) == many - 1


def test_a_range_that_somebody_changes_by_hand_afterwards_is_not_widened_again(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    narrow(pages_store)
    rounded = {"path": CATCH, "kind": "guess", "given": [80, 120, 200]}
    saved = create(proposal(UNCERTAIN, grounds=[rounded]))
    test = suggested(open_step, saved)
    fresh = suggested(open_step, create(proposal(UNCERTAIN)))
    assert len(popovers(test)) == len(popovers(fresh)) - 1


def test_what_several_people_judged_and_what_is_certain_is_left_alone(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    narrow(pages_store)
    people = {"judgements": [{"by": "Ana", "p10": 80, "p50": 120, "p90": 200}]}
    judged: Proposal = read({**UNCERTAIN, "bridge": {**UNCERTAIN["bridge"], "value_of_catch": people}})
    fresh = popovers(suggested(open_step, create(proposal(UNCERTAIN))))
    assert len(popovers(suggested(open_step, create(judged)))) == len(fresh) - 1
    assert "Past ranges suggest another" not in popovers(suggested(open_step, create(proposal())))


def test_a_suggestion_that_the_proposal_cannot_take_says_why_and_has_no_button(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    """The reason would be longer than what may stand there: pressed, the button would have emptied the field."""
    narrow(pages_store)
    full = {"path": CATCH, "kind": "guess", "note": "x" * LONGEST_TEXT}
    saved = create(proposal(UNCERTAIN, grounds=[full]))
    test = opened(suggested(open_step, saved), saved)
    assert "It cannot be taken over as it is" in said(test)
    assert "Take over this range" not in labels(test)
    assert pages_store.get(saved.id).version == 1
