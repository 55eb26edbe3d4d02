"""Places that people write about: which there are, and where they stand once rows have moved."""

from __future__ import annotations

import pytest

from scoping import Proposal, examples, to_dict
from scoping.document.editing import change
from scoping.text.places import is_place, places_now

HERE = examples.load("visual_inspection")


def place_now(then: Proposal, now: Proposal, place: str) -> str | None:
    """Alone, and among others, it is followed to the same place."""
    (alone,) = places_now(then, now, [place]).values()
    assert places_now(then, now, [place, "risks.1.name", "title", "memo", ""])[place] == alone
    return alone


def moved(path: str, order: list[int]) -> Proposal:
    """The proposal with some rows of a list, in that order."""
    rows = to_dict(HERE)[path]
    return change(HERE, path, [rows[index] for index in order])


@pytest.mark.parametrize(
    "place",
    [
        "",
        "memo",
        "memo/risks",
        "title",
        "risks",
        "risks.0",
        "risks.0.name",
        "bridge.prevalence",
        "alternatives.1.metrics.recall",
        "alternatives.1.costs.0.amount",
        "feasibility.ceilings.recall",
        "feasibility.answers.lawful_access",
        "returns.adoption",
    ],
)
def test_what_the_form_or_the_memo_has_is_a_place(place: str) -> None:
    assert is_place(HERE, place)
    assert place_now(HERE, HERE, place) == place


@pytest.mark.parametrize(
    "place",
    [
        "nothing",
        "memo/nothing",
        "memo/",
        "risks.99",
        "risks.99.name",
        "risks.x.name",
        "risks.-1",
        "bridge.nothing",
        "alternatives.1.metrics.nothing",
        "alternatives.x.metrics.recall",
        "feasibility.answers.nothing",
        "a..b",
        ".",
        "\\",
        "metrics",
        "title.0.x",
        "٣",
        "risks.²",
        "risks.99999999999999999999",
    ],
)
def test_what_neither_has_is_none(place: str) -> None:
    assert not is_place(HERE, place)


def test_a_row_is_followed_to_where_it_stands_now() -> None:
    turned = moved("risks", [1, 0])
    assert place_now(HERE, turned, "risks.0.name") == "risks.1.name"
    assert place_now(HERE, turned, "risks.1") == "risks.0"


def test_a_row_that_was_taken_out_is_gone_and_its_neighbour_is_not_taken_for_it() -> None:
    shorter = moved("risks", [1])
    assert place_now(HERE, shorter, "risks.0.name") is None
    assert place_now(HERE, shorter, "risks.1.name") == "risks.0.name"


def test_a_field_of_another_kind_of_task_is_gone() -> None:
    other = examples.load("invoice_routing")
    assert place_now(HERE, other, "bridge.prevalence") is None
