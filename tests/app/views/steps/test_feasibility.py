"""Step Feasibility: answers and their notes."""

from __future__ import annotations

import pytest

from db import Store
from scoping import examples, read
from tests.app.acting import Create, Open, key_of, words
from tests.documents import proposal

pytestmark = pytest.mark.long


def test_answers_and_notes_are_saved(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "feasibility")
    test.text_input(key=key_of(test, "answers.acted_on.note")).set_value("The desk calls them").run()
    assert "Choose an answer too" in words(test)
    test.radio(key=key_of(test, "answers.acted_on.choice")).set_value("yes").run()
    answer = pages_store.get(saved.id).proposal.feasibility.answers["acted_on"]
    assert (answer.choice, answer.note) == ("yes", "The desk calls them")
    assert pages_store.drafts(saved.id) == {}


def test_not_knowing_is_an_answer_that_says_whom_to_ask(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "feasibility")
    test.radio(key=key_of(test, "answers.lawful_access.choice")).set_value("dont_know").run()
    assert not test.exception
    assert "Open: ask the data owner." in words(test).replace("\\", "")
    assert pages_store.get(saved.id).proposal.feasibility.answers["lawful_access"].choice == "dont_know"


def test_next_goes_through_the_areas_gates_first_and_passes_by_what_is_done(create: Create, open_step: Open) -> None:
    test = open_step(create(read({"title": "Empty"})), "costs")
    seen = []
    while "Next: Data" not in (label := test.button(key="next").label):
        seen.append(label)
        test.button(key="next").click().run()
    assert seen[:3] == ["Next: Gates", "Next: Need", "Next: Inputs"]
    assert len(seen) == 9
    done = open_step(create(examples.load("visual_inspection")), "feasibility")
    assert done.button(key="next").label == "Next: Data"


def test_every_question_that_applies_is_asked_in_one_part(create: Create, open_step: Open) -> None:
    test = open_step(create(read({"title": "Empty"})), "feasibility")
    asked = [str(radio.key).split(".")[-2] for radio in test.radio]
    assert {"acted_on", "lawful_access", "beats_guessing", "latency", "permitted_use"} == set(asked)
    test.query_params["part"] = "problem"
    test.run()
    assert "acted_on" not in [str(radio.key).split(".")[-2] for radio in test.radio]
