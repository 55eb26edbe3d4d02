"""The steps: each is one file, in its own place, and says how far a proposal is."""

from __future__ import annotations

import pytest

from app.views.parts.step import steps
from scoping import examples, read

pytestmark = pytest.mark.long


def test_steps_have_names_and_places_of_their_own() -> None:
    found = list(steps().values())
    places = [each.place for each in found]
    assert places == sorted(set(places)), "two in one place"
    assert len({each.title for each in found}) == len(found)
    assert list(steps()) == [each.name for each in found]


@pytest.mark.parametrize("step", steps())
def test_an_example_completes_every_step_and_a_title_none(step: str) -> None:
    state = steps()[step].completeness
    complete = {name for name in examples.NAMES if state(examples.load(name)).is_complete}
    # No one knows of a stock's price what the gates ask.
    open_ = {"stock_price"} if step == "feasibility" else set()
    assert complete == set(examples.NAMES) - open_
    assert not state(read({"title": "t"})).is_complete


def test_the_title_of_a_step_tells_how_far_it_is() -> None:
    assert steps()["risks"].progress(read({"title": "t"})) == "Risks 0/1"
    assert steps()["risks"].progress(examples.load("invoice_routing")) == "Risks :green[:material/check:]"
