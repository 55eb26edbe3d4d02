"""Signing a decision: what it needs, that it is confirmed, and what is written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import examples, read
from tests.app.acting import Create, Open, review, words

pytestmark = pytest.mark.long


def check(test: AppTest) -> AppTest:
    """What is signed is shown, or what is missing is said."""
    return next(button for button in test.button if button.label == "Check and sign").click().run()


def sign(test: AppTest) -> AppTest:
    """Check, and confirm."""
    check(test)
    return next(button for button in test.button if button.label == "Sign the decision").click().run()


def fill(test: AppTest, label: str, text: str) -> None:
    next(field for field in (*test.text_input, *test.text_area) if field.label == label).set_value(text).run()


def overrule(test: AppTest, outcome: str) -> None:
    next(radio for radio in test.radio if radio.label.startswith("Recommended")).set_value("overrule").run()
    next(box for box in test.selectbox if box.label == "Decision instead").set_value(outcome).run()


def conditions(test: AppTest) -> str:
    return str(next(area for area in test.text_area if area.label.startswith("Conditions")).value)


def test_what_was_not_valued_is_not_to_be_decided_yet(create: Create, open_step: Open) -> None:
    test = review(open_step(create(read({"title": "Only a title"}))))
    assert "There is nothing to decide yet" in words(test)
    assert not [each for each in test.button if each.label == "Check and sign"]


def test_a_decision_is_confirmed_signed_and_shown_in_the_register(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(examples.load("visual_inspection"))
    test = review(open_step(saved))
    check(test)
    assert "Who decides?" in words(test)
    fill(test, "Decided by", "Dr. Maier")
    check(test)
    said = words(test)
    for part in ("**Dr. Maier**", "Deep learning on the line", "On version: **1**", "expected NPV", "never changed"):
        assert part in said, part
    assert pages_store.decisions().total == 0, "not final before it is confirmed"
    sign(test)
    decision = pages_store.decisions().rows[0]
    assert (decision.decided_by, decision.outcome, decision.accepted) == ("Dr. Maier", "pilot", True)
    assert decision.alternative == "Deep learning on the line"
    assert decision.figures["evpi"] > 0
    assert "Dr. Maier" in words(test)


def test_once_it_is_signed_the_form_is_empty_again(create: Create, open_step: Open, pages_store: Store) -> None:
    test = review(open_step(create(examples.load("visual_inspection"))))
    fill(test, "Decided by", "Ana")
    fill(test, "Reason", "We know enough")
    sign(test)
    test.run()
    assert [area.value for area in test.text_area if area.label == "Reason"] == [""]
    assert pages_store.decisions().rows[0].reason == "We know enough"


def test_overruling_needs_a_reason(create: Create, open_step: Open, pages_store: Store) -> None:
    test = review(open_step(create(examples.load("visual_inspection"))))
    overrule(test, "build")
    fill(test, "Decided by", "Ana")
    check(test)
    assert "why the recommendation is overruled" in words(test)
    assert pages_store.decisions().total == 0
    fill(test, "Reason", "The pilot was done elsewhere")
    sign(test)
    assert pages_store.decisions().rows[0].outcome == "build"


def test_conditions_are_those_of_what_is_decided(create: Create, open_step: Open, pages_store: Store) -> None:
    test = review(open_step(create(examples.load("customer_retention"))))
    assert "Come back to" in conditions(test)
    overrule(test, "build")
    assert "Come back to" not in conditions(test)
    assert "or the project loses money" in conditions(test)
    overrule(test, "stop")
    assert conditions(test) == ""


def test_another_alternative_can_be_meant(create: Create, open_step: Open, pages_store: Store) -> None:
    test = review(open_step(create(examples.load("visual_inspection"))))
    overrule(test, "simpler")
    box = next(box for box in test.selectbox if box.label == "Alternative")
    box.set_value("Rule-based machine vision").run()
    fill(test, "Decided by", "Ana")
    fill(test, "Reason", "Cameras are there already")
    sign(test)
    assert pages_store.decisions().rows[0].alternative == "Rule-based machine vision"
    assert "Rule\\-based" in words(test) or "Rule-based" in words(test)


def test_a_day_of_review_in_the_past_is_refused(create: Create, open_step: Open, pages_store: Store) -> None:
    test = review(open_step(create(examples.load("visual_inspection"))))
    fill(test, "Decided by", "Ana")
    test.date_input[-1].set_value(pages_store.today() - timedelta(days=1)).run()
    check(test)
    assert "is past. Choose today" in words(test)
    test.date_input[-1].set_value(date(2030, 1, 1)).run()
    sign(test)
    assert pages_store.decisions().rows[0].review_on == date(2030, 1, 1)


def test_conditions_are_signed_in_the_language_of_the_memo(
    create: Create, open_step: Open, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de")
    test = review(open_step(create(examples.load("visual_inspection"))))
    found = next(area for area in test.text_area if "Im Betrieb muss gelten" in str(area.value))
    assert found.value.splitlines()[1].startswith("Im Betrieb muss gelten: Recall mindestens 76")


def test_what_someone_else_decided_meanwhile_is_told_and_nothing_typed_is_lost(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(examples.load("visual_inspection"))
    mine, theirs = review(open_step(saved)), review(open_step(saved))
    fill(theirs, "Decided by", "Bo")
    sign(theirs)
    overrule(mine, "stop")
    fill(mine, "Decided by", "Ana")
    fill(mine, "Reason", "No money")
    check(mine)
    assert "Bo decided meanwhile" in words(mine)
    assert next(area.value for area in mine.text_area if area.label == "Reason") == "No money"
    sign(mine)
    assert [each.decided_by for each in pages_store.decisions().rows] == ["Ana", "Bo"]
