"""Signing a decision: what it needs, and what is written down."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import examples
from tests.app.acting import Create, Open, review, words

pytestmark = pytest.mark.long


def sign(test: AppTest) -> AppTest:
    return next(button for button in test.button if button.label == "Record the decision").click().run()


def test_a_decision_is_signed_and_shown_in_the_register(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("visual_inspection"))
    test = review(open_step(saved))
    sign(test)
    assert "Who decides?" in words(test)
    name = next(field for field in test.text_input if field.label == "Decided by")
    name.set_value("Dr. Maier").run()
    sign(test)
    decision = pages_store.decisions().rows[0]
    assert (decision.decided_by, decision.outcome, decision.accepted) == ("Dr. Maier", "pilot", True)
    assert decision.figures["evpi"] > 0
    assert "Dr. Maier" in words(test)


def test_overruling_needs_a_reason(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("visual_inspection"))
    test = review(open_step(saved))
    next(radio for radio in test.radio if radio.label.startswith("Recommended")).set_value("Overrule it").run()
    next(box for box in test.selectbox if box.label == "Decision instead").set_value("build").run()
    next(field for field in test.text_input if field.label == "Decided by").set_value("Ana").run()
    sign(test)
    assert "why the recommendation is overruled" in words(test)
    assert pages_store.decisions().total == 0
    next(area for area in test.text_area if area.label == "Reason").set_value("The pilot was done elsewhere").run()
    sign(test)
    assert pages_store.decisions().rows[0].outcome == "build"


def test_conditions_are_signed_in_the_language_of_the_memo(
    create: Create, open_step: Open, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de")
    test = review(open_step(create(examples.load("visual_inspection"))))
    next(field for field in test.text_input if field.label == "Decided by").set_value("Ana").run()
    sign(test)
    assert pages_store.decisions().rows[0].conditions[1].startswith("Im Betrieb muss gelten: Recall mindestens 76")
