"""Pages whose database stops answering: what was typed stays in sight, and is saved without a reload."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.session import pause, shared
from app.session.signing import DecisionDraft
from app.session.workspace import Workspace
from db import Claims, Person, Role, Saved, Store
from scoping import examples
from scoping.document.editing import change
from tests.app.acting import Create, Open, key_of, open_page, press, review, said
from tests.app.breaking import away
from tests.app.conftest import start
from tests.documents import proposal

pytestmark = pytest.mark.long
WAITING = "what you typed is kept here and saved as soon as it does"


class Clock:
    """It goes on when a test says so."""

    now = 1_000.0

    def later(self) -> None:
        """The longest pause is over."""
        self.now += pause.LONGEST_SECONDS


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pause, "now", lambda: made.now)
    return made


def type_into(test: AppTest, ending: str, text: str) -> AppTest:
    key = key_of(test, ending)
    kind = test.text_input if any(each.key == key for each in test.text_input) else test.text_area
    return kind(key=key).set_value(text).run()


def shown(test: AppTest, ending: str) -> object:
    key = key_of(test, ending)
    return next(
        each.value for each in (*test.text_input, *test.text_area, *test.selectbox, *test.radio) if each.key == key
    )


def to_step(test: AppTest, step: str) -> AppTest:
    test.query_params["step"] = step
    return test.run()


@pytest.mark.parametrize("only_writing", [False, True], ids=["gone", "locked, full or read-only"])
def test_several_fields_stay_over_steps_and_pages_and_are_saved_without_a_reload(
    open_step: Open, create: Create, pages_store: Store, clock: Clock, only_writing: bool
) -> None:
    saved = create(proposal())
    test = open_step(saved)
    with away(pages_store, only_writing=only_writing):
        type_into(test, ":owner", "Typed while away")
        type_into(test, ":title", "")
        assert WAITING in said(test)
        assert "2 entries are not saved yet" in said(test)
        to_step(test, "costs")
        type_into(test, ":returns.adoption:p50", "0.5 %")
        open_page(test, "review")
        assert WAITING in said(test)
        open_page(test, "proposal")
        to_step(test, "problem")
        assert (shown(test, ":owner"), shown(test, ":title")) == ("Typed while away", "")
        to_step(test, "costs")
        assert shown(test, ":returns.adoption:p50") == "0.5%"
    clock.later()
    test.run()
    assert WAITING not in said(test)
    assert pages_store.get(saved.id).proposal.owner == "Typed while away"
    assert pages_store.get(saved.id).proposal.returns.adoption is not None
    assert pages_store.drafts(saved.id)["title"].text == ""
    assert not test.exception


def test_another_proposal_that_is_opened_meanwhile_leaves_the_first_one_waiting(
    open_step: Open, create: Create, pages_store: Store, clock: Clock
) -> None:
    first, second = create(proposal()), create(proposal(title="The second"))
    test = open_step(first)
    with away(pages_store, only_writing=True):
        type_into(test, ":owner", "Of the first")
        test.query_params["proposal"] = second.id
        test.run()
        assert "The second" in said(test)
        assert WAITING in said(test)
    clock.later()
    test.run()
    assert pages_store.get(first.id).proposal.owner == "Of the first"
    assert pages_store.get(second.id).proposal.owner == second.proposal.owner


def test_a_page_that_cannot_be_drawn_comes_back_by_itself(create: Create, pages_store: Store, clock: Clock) -> None:
    saved = create(proposal())
    test = start()
    with away(pages_store):
        test.query_params["proposal"] = saved.id
        open_page(test, "proposal")
        assert "comes back by itself" in said(test)
    test.run()
    assert "comes back by itself" not in said(test)
    assert shown(test, ":title") == saved.proposal.title


def test_a_note_that_is_typed_before_an_answer_stays(open_step: Open, create: Create) -> None:
    saved = create(proposal())
    test = open_step(saved, "feasibility")
    note = next(str(each.key) for each in test.text_input if str(each.key).endswith(".note"))
    ending = note.rpartition(":")[2]
    test.text_input(key=note).set_value("Why, before what").run()
    to_step(test, "problem")
    to_step(test, "feasibility")
    assert shown(test, ending) == "Why, before what"
    assert shown(open_step(saved, "feasibility"), ending) == "Why, before what"


def decide(saved: Saved) -> AppTest:
    test = start()
    test.query_params["proposal"] = saved.id
    return review(test)


def test_a_decision_that_is_being_written_is_there_in_the_next_session(create: Create) -> None:
    saved = create(examples.load("invoice_routing"))
    test = decide(saved)
    test.radio(key=key_of(test, ":way")).set_value("overrule").run()
    type_into(test, ":reason", "It took an hour to write")
    type_into(test, ":conditions", "One of our own")
    outcome = shown(test, ":outcome")
    again = decide(saved)
    assert (shown(again, ":way"), shown(again, ":outcome")) == ("overrule", outcome)
    assert (shown(again, ":reason"), shown(again, ":conditions")) == ("It took an hour to write", "One of our own")


def test_a_newer_version_leaves_what_was_written(create: Create, pages_store: Store) -> None:
    saved = create(examples.load("invoice_routing"))
    test = decide(saved)
    test.radio(key=key_of(test, ":way")).set_value("overrule").run()
    type_into(test, ":reason", "It took an hour to write")
    pages_store.save(saved.id, change(saved.proposal, "team", "Another team"), 1, "Bo")
    test.run()
    assert (shown(test, ":way"), shown(test, ":reason")) == ("overrule", "It took an hour to write")


def test_a_database_that_is_away_at_signing_keeps_what_was_written(create: Create, pages_store: Store) -> None:
    saved = create(examples.load("invoice_routing"))
    test = decide(saved)
    type_into(test, ":reason", "It took an hour to write")
    type_into(test, ":by", "Ana")
    with away(pages_store, only_writing=True):
        press(test, "Check and sign")
        press(test, "Sign the decision")
        assert "Not signed yet; what you wrote is kept" in test.session_state["decision_refused"]
    assert pages_store.decisions(saved.id).total == 0
    test.run()
    assert shown(test, ":reason") == "It took an hour to write"
    press(test, "Check and sign")
    press(test, "Sign the decision")
    assert pages_store.decisions(saved.id).rows[0].reason == "It took an hour to write"
    assert shown(decide(saved), ":reason") == ""
    assert pages_store.drafts(saved.id) == {}


def test_two_people_s_drafts_on_one_proposal_never_mix(
    open_step: Open, create: Create, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = (Claims(name, name, f"{name}@example.org", granted=Role.CONTRIBUTOR) for name in ("Ada", "Bob"))
    people = [pages_store.people.enter(each) for each in claims]
    saved = create(proposal())
    place = ":returns.adoption:p50"

    def sits_down(person: Person) -> None:
        monkeypatch.setattr(shared, "person_of", lambda _: person)

    pages = []
    for person in people:
        sits_down(person)
        pages.append(type_into(open_step(saved, "costs"), place, f"of {person.name}"))
    for person, test in zip(people, pages, strict=True):
        sits_down(person)
        test.run()
        for each in (test, open_step(saved, "costs")):
            assert shown(each, place) == f"of {person.name}"
            assert "In another tab" not in said(each)


def test_two_tabs_of_one_person_say_what_the_other_one_keeps(open_step: Open, create: Create) -> None:
    saved = create(proposal())
    first, second = open_step(saved, "costs"), open_step(saved, "costs")
    type_into(first, ":returns.adoption:p50", "first tab")
    type_into(second, ":returns.adoption:p50", "second tab")
    assert "In another tab you typed something else here" in said(second)
    assert "“first tab”" in said(second)
    press(second, "Take it over")
    assert shown(second, ":returns.adoption:p50") == "first tab"
    assert "In another tab" not in said(second)


def test_conditions_that_are_proposed_since_are_offered_and_one_s_own_stay(create: Create) -> None:
    saved = create(examples.load("invoice_routing"))
    usual = str(shown(decide(saved), ":conditions"))
    place = key_of(decide(saved), ":conditions").partition(":0.0:")[2].removesuffix(":conditions")
    DecisionDraft().with_conditions(place, "Ours", "What was proposed before").keep(Workspace(saved))
    test = decide(saved)
    assert shown(test, ":conditions") == "Ours"
    assert "Other conditions are proposed since you wrote yours" in said(test)
    press(test, "Take the proposed ones")
    assert shown(test, ":conditions") == usual
    assert "Other conditions are proposed" not in said(test)


def test_another_recommendation_is_said_and_asks_for_the_way_again(create: Create) -> None:
    saved = create(examples.load("invoice_routing"))
    DecisionDraft("stop", "overrule", "build", reason="It took an hour").keep(Workspace(saved))
    test = decide(saved)
    assert "The recommendation is another one since you began to decide" in said(test)
    assert (shown(test, ":way"), shown(test, ":reason")) == ("accept", "It took an hour")
    test.radio(key=key_of(test, ":way")).set_value("overrule").run()
    assert "The recommendation is another one" not in said(test)
