"""What a figure or an answer rests on is said on the step where it is entered."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.session import shared
from db import Store
from scoping import Proposal, read, to_dict
from scoping.document.grounds import Ground
from scoping.vocabulary import GroundKind, Level
from tests.app.acting import Create, Open, open_page, press, said
from tests.documents import proposal
from tests.measured import measured

TITLE = "What a figure or an answer rests on"
ADOPTION = "returns.adoption"


def opened(open_step: Open, create: Create, document: Proposal, step: str, where: str) -> AppTest:
    """The step of a new proposal, its panel open."""
    saved = create(document)
    test = open_step(saved, step)
    test.session_state[f"{saved.id}:grounds:{where}"] = True
    return test.run()


@pytest.fixture
def step(create: Create, open_step: Open) -> AppTest:
    """Costs and returns, at the adoption."""
    return choose(opened(open_step, create, uncertain(), "costs", "costs:0"), "Figure or answer", ADOPTION)


def uncertain() -> Proposal:
    """A proposal whose spread comes from one figure of the team's own."""
    document = to_dict(proposal())
    document["returns"] = {**document["returns"], "adoption": {"p10": 0.2, "p50": 0.6, "p90": 0.9}}
    return read(document)


def choose(test: AppTest, label: str, value: str) -> AppTest:
    assert not test.exception
    next(each for each in test.selectbox if each.label == label).set_value(value)
    return test.run()


def write(test: AppTest, label: str, text: str) -> AppTest:
    next(each for each in test.text_input if each.label == label).set_value(text)
    test.run()
    assert not test.exception
    return test


def now(store: Store, test: AppTest) -> Proposal:
    return store.get("".join(test.query_params["proposal"])).proposal


def counted(test: AppTest) -> tuple[int, int]:
    """How many of the figures on the step are said to rest on guesses, and of how many."""
    found = re.search(r"Here (\d+) of (\d+) rest on guesses", said(test))
    assert found
    return int(found[1]), int(found[2])


def ground(store: Store, test: AppTest) -> Ground:
    (found,) = now(store, test).grounds
    return found


def test_a_step_is_one_line_longer_until_the_panel_is_opened(create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()), "costs")
    assert [each.label for each in test.expander].count(TITLE) == 1
    assert not [each for each in test.selectbox if each.label == "Figure or answer"]


def test_what_nobody_speaks_of_is_a_guess(step: AppTest, pages_store: Store) -> None:
    assert next(each for each in step.selectbox if each.label == "Rests on").value == "guess"
    assert "Nobody has said so yet" in said(step)
    assert not now(pages_store, step).grounds
    guesses, count = counted(step)
    assert guesses == count > 1


def test_the_kind_is_said_first_and_who_and_when_are_filled_in(step: AppTest, pages_store: Store) -> None:
    choose(step, "Rests on", "expert")
    found = ground(pages_store, step)
    assert (found.path, found.kind) == (ADOPTION, GroundKind.EXPERT)
    assert found.on is not None
    guesses, count = counted(step)
    assert guesses == count - 1
    write(step, "By", "Ben, sales")
    choose(step, "Confidence", "high")
    write(step, "On, year-month-day", "3.9.2026")
    write(step, "Link", "10.1000/182")
    next(each for each in step.text_area if each.label == "Reason").set_value("Two pilots *like* this").run()
    found = ground(pages_store, step)
    assert (found.by, found.confidence, str(found.on)) == ("Ben, sales", Level.HIGH, "2026-09-03")
    assert (found.link, found.note) == ("https://doi.org/10.1000/182", "Two pilots *like* this")
    assert next(each for each in step.text_input if each.label == "Link").value == "https://doi.org/10.1000/182"
    assert "What an expert judges · Ben, sales · September 3, 2026 · high confidence" in said(step)


@pytest.mark.parametrize(
    ("label", "typed", "allowed"),
    [
        ("Link", "ask Ben", "must be a web address that begins with"),
        ("Link", "javascript:alert(1)", "must be a web address that begins with"),
        ("On, year-month-day", "30.2.2026", "must be a day of the calendar, written as 2026-01-31"),
        ("On, year-month-day", "2999-01-01", "not in the future"),
    ],
)
def test_a_bad_link_or_day_is_refused_and_kept_as_it_was_typed(
    label: str, typed: str, allowed: str, step: AppTest, pages_store: Store
) -> None:
    choose(step, "Rests on", "published")
    before = ground(pages_store, step)
    write(step, label, typed)
    assert allowed in said(step)
    assert typed in said(step)
    assert "1 entry is not saved yet: What “Adoption” rests on" in said(step)
    assert ground(pages_store, step) == before
    assert next(each for each in step.text_input if each.label == label).value == typed


def test_it_is_taken_back_and_that_can_be_undone(step: AppTest, pages_store: Store) -> None:
    choose(step, "Rests on", "published")
    write(step, "Link", "https://example.org")
    before = ground(pages_store, step)
    press(step, "Say nothing of it")
    assert not now(pages_store, step).grounds
    assert next(each for each in step.selectbox if each.label == "Rests on").value == "guess"
    assert "Taken out: What “Adoption” rests on" in said(step)
    press(step, "Undo")
    assert ground(pages_store, step) == before
    assert next(each for each in step.selectbox if each.label == "Rests on").value == "published"


def test_review_history_and_exports_follow(step: AppTest) -> None:
    open_page(step, "review")
    assert "100% of the spread of NPV rests on guesses" in said(step)
    open_page(step, "proposal")
    step.session_state[f"{''.join(step.query_params['proposal'])}:grounds:costs:0"] = True
    step.query_params["step"] = "costs"
    choose(step.run(), "Figure or answer", ADOPTION)
    choose(step, "Rests on", "expert")
    open_page(step, "review")
    assert "0% of the spread of NPV rests on guesses, and so do 0 of" in said(step)
    assert "What single figures and answers rest on" in said(step)
    open_page(step, "history")
    assert "What “Adoption” rests on" in said(step)
    assert "What an expert judges" in str([each.value for each in step.get("arrow_data_frame")]) + said(step)


def test_an_answer_and_a_ceiling_have_grounds_too(create: Create, open_step: Open, pages_store: Store) -> None:
    document = to_dict(proposal())
    part = "feasibility.answers:gates"
    document["feasibility"]["answers"] = {"acted_on": {"choice": "yes"}}
    test = opened(open_step, create, read(document), "feasibility", part)
    choose(test, "Figure or answer", "feasibility.answers.acted_on")
    choose(test, "Rests on", "measured")
    assert ground(pages_store, test).path == "feasibility.answers.acted_on"


def test_what_was_taken_over_from_evidence_no_longer_rests_on_it_once_somebody_says_otherwise(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    taken = {"path": ADOPTION, "kind": "measured", "sha256": measured().id, "note": "as counted"}
    document = read({**to_dict(uncertain()), "grounds": [taken]})
    test = choose(opened(open_step, create, document, "costs", "costs:0"), "Figure or answer", ADOPTION)
    choose(test, "Rests on", "expert")
    found = ground(pages_store, test)
    assert (found.kind, found.sha256, found.note) == (GroundKind.EXPERT, "", "as counted")


def test_what_cannot_be_saved_goes_with_the_row_that_it_speaks_of(create: Create, open_step: Open) -> None:
    amount = "alternatives.0.costs.0.amount"
    document = to_dict(uncertain())
    document["grounds"] = [{"path": amount, "kind": "published"}]
    saved = create(read(document))
    test = open_step(saved, "costs")
    test.session_state[f"{saved.id}:grounds:costs:0"] = True
    choose(test.run(), "Figure or answer", amount)
    write(test, "Link", "nowhere")
    assert "1 entry is not saved yet" in said(test)
    press(test, "Remove")
    assert "not saved yet" not in said(test)
    assert not shared.database().get(saved.id).proposal.grounds
