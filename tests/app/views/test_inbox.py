"""The inbox: what waits, in order of what is due; done and read from where it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from app.door.settings import Door, Mode
from app.session.navigation import pages
from db import ALONE, AdviceRequest, DecisionRequest, Duty, EventKind, Function, Role, Store
from db.events import Event, announce
from scoping import examples
from scoping.vocabulary import Stance
from tests.app.acting import open_page, said
from tests.app.conftest import start
from tests.app.rights import opened, pretend
from tests.db.people import acting

HOSTILE = ":red[x] $x$ **b** <script>"


def decided(store: Store, title: str, **changes: object) -> str:
    document = examples.load("visual_inspection")
    saved = store.create(document.model_copy(update={"title": title}), "Ana")
    given = {"version": 1, "recommendation": "stop", "outcome": "stop", "decided_by": "Ana", **changes}
    store.decide(saved.id, DecisionRequest(**given))  # type: ignore[arg-type]
    return saved.id


def inbox() -> AppTest:
    return open_page(start(), "inbox")


def test_an_empty_inbox_says_what_would_come(pages_store: Store) -> None:
    test = inbox()
    assert "Nothing waits for you" in said(test)
    assert not test.exception


def test_tasks_stand_in_the_order_of_their_days_and_are_done_with_a_note(pages_store: Store) -> None:
    today = pages_store.today()
    later = Duty("Ask the works council", today + timedelta(days=5))
    one = decided(pages_store, "One", conditions=("Ask the works council",), duties=(later,))
    decided(pages_store, "Two", review_on=today, reason=HOSTILE)
    decided(pages_store, "Far", review_on=today + timedelta(days=90))
    test = inbox()
    text = said(test)
    assert text.index("Review") < text.index("Ask the works council")
    assert "Far" not in text
    assert pages_store.inbox.count() == 1
    (task,) = [each for each in pages_store.inbox.tasks() if each.text]
    test.text_area(key=f"task_note:{task.id}").set_value("They agree").run()
    test.button(key=f"task_done:{task.id}").click().run()
    assert "Ask the works council" not in said(test)
    assert [(each.state, each.note) for each in pages_store.inbox.of(one)] == [("done", "They agree")]


def test_a_task_is_given_to_somebody_else(pages_store: Store) -> None:
    identity = decided(pages_store, "One", review_on=pages_store.today())
    (task,) = pages_store.inbox.tasks()
    test = inbox()
    test.button(key=f"task_give:{task.id}").click().run()
    assert "Owner: write a name" in said(test)
    test.text_input(key=f"task_owner:{task.id}").set_value("Dee").run()
    test.button(key=f"task_give:{task.id}").click().run()
    assert "Owner: Dee" in said(test)
    newest = pages_store.audit(identity).rows[0]
    assert (str(newest.action), newest.detail) == ("task given", "review: Dee")


def test_what_somebody_did_meanwhile_is_told(pages_store: Store) -> None:
    decided(pages_store, "One", review_on=pages_store.today())
    test = inbox()
    (task,) = pages_store.inbox.tasks()
    pages_store.inbox.finish(task.id)
    test.button(key=f"task_done:{task.id}").click().run()
    assert "not open any more" in said(test)
    assert not test.exception


def test_who_signed_in_sees_their_own_and_reads_it(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    here = opened(pages_store)
    pretend(monkeypatch, here)
    for module in ("app.session.identity", "app.views.parts.door"):
        monkeypatch.setattr(f"{module}.door", lambda: Door(Mode.OPENID))
    ada, bob = acting(pages_store, "Ada", Role.APPROVER), acting(pages_store, "Bob", Role.APPROVER)
    with bob._transaction() as session:
        for kind in (EventKind.COMMENTED, EventKind.MENTIONED):
            announce(session, bob._gate, Event(kind, here.proposal, (ada.person.id,), HOSTILE))
    pages_store.review_settings.set_functions([Function("finance", (ada.person.id,))])
    pages_store.reviewing.submit(here.proposal, 1, ("finance",), actor=HOSTILE)
    assert ada.inbox.count() == 4, "the advice that is asked, and three notices: the submission is told to who decides"
    test = inbox()
    text = said(test)
    assert text.index("Your advice is asked") < text.index("You were mentioned")
    assert "Submitted for review" in text
    assert HOSTILE in text
    shown = [each.value for each in test.markdown]
    assert not [each for each in shown if ":red[x]" in each or "$x$" in each]
    test.button(key="read_all:mentioned").click().run()
    assert [each.kind for each in ada.inbox.notices()] == ["submitted", "commented"]
    ada.reviewing.advise(here.proposal, AdviceRequest(1, "finance", Stance.AGREE))
    assert "Your advice is asked" not in said(inbox())
    assert pages_store.acting_for(ALONE).inbox.notices() == ()


def test_the_inbox_stands_in_the_menu() -> None:
    assert next(each for each in pages() if each.url == "inbox").in_menu
