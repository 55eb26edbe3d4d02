"""A decision is withdrawn on the page: with a reason, by who may decide; what was typed waits where it is refused."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import DecisionRequest, Saved, Store
from scoping import examples
from scoping.vocabulary import Outcome
from tests.app.acting import Create, Open, open_page, review, words
from tests.app.conftest import start

pytestmark = pytest.mark.long


@pytest.fixture
def saved(create: Create) -> Saved:
    return create(examples.load("stock_price"))


def decide(store: Store, saved: Saved, by: str) -> int:
    reason = f"Said by {by}"
    return store.decide(saved.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, by, reason=reason)).id


def click(test: AppTest, label: str) -> AppTest:
    return next(each for each in test.button if each.label == label).click().run()


def fill(test: AppTest, label: str, text: str) -> None:
    fields = [each for each in (*test.text_input, *test.text_area) if each.label == label]
    fields[-1].set_value(text).run()


def test_the_decision_that_stands_is_withdrawn_with_a_reason(saved: Saved, open_step: Open, pages_store: Store) -> None:
    decide(pages_store, saved, "Ana")
    decide(pages_store, saved, "Bo")
    test = review(open_step(saved))
    assert "Decision 2 stands. It superseded decision 1." in words(test)
    assert [each.label for each in test.button].count("Withdraw the decision") == 1, "only what stands"
    fill(test, "Your name", "Cy")
    click(test, "Withdraw the decision")
    assert "say why the decision is withdrawn" in words(test)
    fill(test, "Why it does not hold any more", "Wrong figures")
    click(test, "Withdraw the decision")
    said = words(test)
    assert "Decision 2 was withdrawn on" in said
    assert "Wrong figures" in said
    assert "Withdraw the decision" not in [each.label for each in test.button]
    assert not pages_store.decisions(saved.id).rows[0].is_standing


def test_a_page_that_did_not_see_it_decides_nothing(saved: Saved, open_step: Open, pages_store: Store) -> None:
    made = decide(pages_store, saved, "Ana")
    test = review(open_step(saved))
    fill(test, "Decided by", "Bo")
    pages_store.withdrawing.withdraw(saved.id, made, "Wrong figures", "Cy")
    click(test, "Check and sign")
    assert "does not stand. Look at it first" in words(test)
    assert pages_store.decisions(saved.id).total == 1
    click(test, "Check and sign")
    click(test, "Sign the decision")
    assert [each.is_standing for each in pages_store.decisions(saved.id).rows] == [True, False]


def test_history_shows_the_chain(saved: Saved, pages_store: Store) -> None:
    decide(pages_store, saved, "Ana")
    pages_store.withdrawing.withdraw(saved.id, decide(pages_store, saved, "Bo"), "Wrong figures", "Cy")
    test = start()
    test.query_params["proposal"] = saved.id
    said = words(open_page(test, "history"))
    assert "Decision 1 was superseded by decision 2" in said
    assert "Decision 2 was withdrawn on" in said
