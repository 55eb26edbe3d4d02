"""Portfolio: what a newcomer is offered, and how a proposal is started."""

from __future__ import annotations

import pytest

from db import Store
from scoping import examples
from tests.app.acting import words
from tests.app.conftest import start

pytestmark = pytest.mark.long


def test_a_newcomer_is_offered_every_example(pages_store: Store) -> None:
    test = start()
    assert not test.exception
    for name in examples.NAMES:
        assert examples.load(name).title in words(test)


def test_starting_from_an_example_opens_it(pages_store: Store) -> None:
    test = start()
    test.button(key="welcome:stock_price").click().run()
    assert not test.exception
    assert test.title[0].value.startswith("Predicting one stock")
    assert pages_store.list().total == 1


def test_a_blank_proposal_needs_a_title(pages_store: Store) -> None:
    test = start()
    submit = next(button for button in test.button if button.label == "Create blank proposal")
    submit.click().run()
    assert "give the proposal a name" in words(test)
    assert pages_store.list().total == 0
    test.text_input[-1].set_value("  Sorting parcels  ")
    next(button for button in test.button if button.label == "Create blank proposal").click().run()
    assert pages_store.list().rows[0].title == "Sorting parcels"
    assert not test.exception
