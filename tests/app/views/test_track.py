"""Track record: what it will show, the scores, one's own judgements, the files, and the demo apart from real work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db import DecisionRequest, DemoProposal, Store
from scoping import Proposal, read
from scoping.record.actuals import read_actuals
from scoping.vocabulary import Outcome, Recommendation
from tests.app.acting import Create, open_page, press, said
from tests.app.conftest import start
from tests.documents import UNCERTAIN, proposal

pytestmark = pytest.mark.long

CATCH, PREVALENCE = "bridge.value_of_catch", "bridge.prevalence"
BUILD = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model")


def track(**address: str) -> AppTest:
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "track")


def links(test: AppTest) -> set[str]:
    return {str(each.label).replace("\\", "") for each in test.get("page_link")}


def document(catch: float) -> dict[str, Any]:
    months = range(5, 9)
    entries = [{"about": "alternatives.2.build_months", "month": 4, "value": 4}]
    entries += [{"about": CATCH, "month": month, "value": catch} for month in months]
    entries += [{"about": PREVALENCE, "month": month, "value": 0.05} for month in months]
    return {"actuals_version": 1, "alternative": "Model", "entries": entries}


def measured(store: Store, signed: Proposal, catch: float) -> None:
    saved = store.create(signed)
    store.decide(saved.id, BUILD)
    now = store.actuals.current(saved.id)
    assert now is not None
    store.actuals.save(saved.id, read_actuals(document(catch), signed), now.decision.id, 0)


def judged_by(*names: str) -> Proposal:
    """A proposal in which people judged what a catch is worth, apart from each other."""
    catch = {"judgements": [{"by": name, "p10": 100, "p50": 110, "p90": 120} for name in names]}
    return read({**UNCERTAIN, "team": "Payments", "bridge": {**UNCERTAIN["bridge"], "value_of_catch": catch}})


def test_before_anything_is_recorded_it_says_what_comes_here(create: Create, pages_store: Store) -> None:
    saved = create(proposal(UNCERTAIN))
    pages_store.decide(saved.id, BUILD)
    words = said(track())
    assert "Once what came of decided proposals is entered" in words
    assert "Of 1 of them nothing is recorded yet" in words


def test_few_ranges_are_shown_and_called_too_few_to_say(pages_store: Store) -> None:
    measured(pages_store, proposal(UNCERTAIN), 150)
    test = track()
    assert not test.exception
    assert "Too few to say" in said(test)
    assert [each.value for each in test.metric][:2] == ["2", "100%"]


def test_a_record_of_nothing_but_what_was_given_up_is_shown(pages_store: Store) -> None:
    measured(pages_store, proposal(UNCERTAIN), 150)
    (found,) = pages_store.actuals.every()
    stop = DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ana", "Enough")
    pages_store.decide(found.proposal_id, stop)
    words = said(track())
    assert "Once what came of decided proposals is entered" not in words
    assert "What stops and pilots saved" in words
    assert "until month 8" in words


def test_ranges_that_hold_too_seldom_are_found_out(pages_store: Store) -> None:
    for number in range(12):
        measured(pages_store, proposal(UNCERTAIN), 500 + number)
    test = track(by="team")
    assert "Calibrated" not in said(test)
    assert [each.value for each in test.metric][:2] == ["24", "50%"]
    assert "None of the proposals says so." in said(test)


def test_each_judge_sees_their_own(pages_store: Store) -> None:
    measured(pages_store, judged_by("Ana", "Bo"), 150)
    test = track(judge="Bo")
    assert "Your own judgements" in said(test)
    assert "| Bo |" in said(test)
    assert "| Ana |" not in said(test)


def test_the_demo_stands_apart_from_real_work(pages_store: Store) -> None:
    measured(pages_store, proposal(UNCERTAIN, title="Mine"), 150)
    made_up = proposal(UNCERTAIN, title="Made up")
    long_ago = datetime.now(UTC) - timedelta(days=700)
    pages_store.demo.load([DemoProposal(made_up, BUILD, long_ago, read_actuals(document(150), made_up))])
    labels = links(track())
    assert any("Mine" in label for label in labels)
    assert not any("Made up" in label for label in labels)
    labels = links(track(whose="demo"))
    assert any("Demo: Made up" in label for label in labels)
    assert not any("Mine" in label for label in labels)


def test_the_demo_goes_with_one_button_after_a_question(pages_store: Store) -> None:
    made_up = proposal(UNCERTAIN, title="Made up")
    pages_store.demo.load([DemoProposal(made_up, BUILD, datetime.now(UTC), None)])
    saved = pages_store.get(pages_store.list().rows[0].id)
    pages_store.save(saved.id, saved.proposal.model_copy(update={"team": "Ours"}), 1)
    test = start()
    assert "made-up proposals" in said(test)
    test = press(test, "Remove the demo portfolio")
    assert "In 1 of them somebody changed" in said(test)
    assert "Demo: Made up" in said(test)
    press(test, "Remove it")
    assert pages_store.is_empty()
