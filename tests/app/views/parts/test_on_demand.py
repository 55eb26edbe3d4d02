"""What waits on the Review page until somebody opens it."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import examples
from tests.app.acting import Create, Open, review, words

pytestmark = pytest.mark.long


def opened(create: Create, open_step: Open, name: str, panel: str) -> tuple[Any, AppTest]:
    """The Review page of an example with one of its panels open."""
    saved = create(examples.load(name))
    test = review(open_step(saved))
    test.session_state[f"{saved.id}:{panel}"] = True
    return saved, test.run()


def test_how_firm_the_verdict_is_waits_to_be_opened(create: Create, open_step: Open) -> None:
    saved = create(examples.load("visual_inspection"))
    assert "trials" not in words(review(open_step(saved)))
    _, test = opened(create, open_step, "visual_inspection", "firmness")
    assert not test.exception
    assert "The verdict is the same in" in words(test)


def test_a_verdict_without_figures_is_not_tried(create: Create, open_step: Open) -> None:
    _, test = opened(create, open_step, "stock_price", "firmness")
    assert not test.exception
    assert "does not rest on figures" in words(test)


def test_the_best_size_of_the_pilot_is_taken_over_with_one_click(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved, test = opened(create, open_step, "visual_inspection", "pilot_size")
    assert test.get("plotly_chart")
    button = next(each for each in test.button if each.label.startswith("Plan the pilot with"))
    test = button.click().run()
    assert not test.exception
    planned = pages_store.get(saved.id).proposal.pilot.labelled_cases
    assert button.label == f"Plan the pilot with {planned:,} labelled cases"
    assert not [each for each in test.button if each.label.startswith("Plan the pilot with")]


def test_where_no_size_pays_none_can_be_taken_over(create: Create, open_step: Open) -> None:
    _, test = opened(create, open_step, "stock_price", "pilot_size")
    assert "is worth what the pilot costs" in words(test)
    assert not [each for each in test.button if each.label.startswith("Plan the pilot with")]
