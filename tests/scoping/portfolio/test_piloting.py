"""Which pilots come first: what they gain for the choice, and for their money and scarce people."""

from __future__ import annotations

import pytest

from scoping.portfolio import Candidate, Limits, Option, PilotOffer, pilots_first
from scoping.portfolio.words import pilot_told


def _candidate(name: str, whole: float, piloted: float, cost: float, people: float = 1.0) -> Candidate:
    offer = PilotOffer(evsi=9.0, cost=cost, net=piloted - whole, months=2, people={"analyst": [people, people]})
    options = (
        Option("all", whole, [50.0], {"analyst": [2.0, 2.0, 2.0]}, end=3),
        Option("pilot", piloted, [cost], {"analyst": [people, people]}, end=2, is_pilot=True),
    )
    return Candidate(name, options, pilot=offer)


def test_the_pilot_that_gains_most_under_the_limits_comes_first() -> None:
    candidates = [_candidate("A", 100, 130, 10), _candidate("B", 80, 90, 2), _candidate("C", 10, 5, 2)]
    # Money for one build and little more: a pilot of A leaves room for B as a whole.
    found = pilots_first(candidates, Limits(budget=[60.0]))
    assert [each.name for each in found] == ["A", "B", "C"]
    # Without pilots A alone (100). With that of A: 130 and B (80); with that of B: A and 90; with that of C: A and 5.
    assert [each.in_choice for each in found] == pytest.approx([110, 90, 5])
    assert [each.per_money for each in found] == pytest.approx([3.0, 5.0, -2.5])
    assert found[0].scarce == {}
    assert found[0].per_person_month is None


def test_people_are_scarce_where_more_of_them_would_make_a_better_choice() -> None:
    candidates = [_candidate("A", 100, 130, 10), _candidate("B", 80, 90, 2, people=0.5)]
    found = pilots_first(candidates, Limits(people={"analyst": [2.0, 2.0, 2.0], "lawyer": [0.0]}))
    by_name = {each.name: each for each in found}
    assert by_name["A"].scarce == {"analyst": 2.0}
    assert by_name["A"].per_person_month == pytest.approx(15.0)
    assert by_name["B"].per_person_month == pytest.approx(10.0)


def test_a_pilot_that_cannot_be_valued_comes_last_and_says_why() -> None:
    unvalued = Candidate("X", (Option("all", 5.0),), pilot=PilotOffer(why_not="The cost of the pilot is not given."))
    found = pilots_first([unvalued, _candidate("A", 100, 130, 10)], Limits())
    assert [each.name for each in found] == ["A", "X"]
    assert "The cost of the pilot is not given." in pilot_told(found[1], "EUR")
    assert "worth €30.00 more than to decide today" in pilot_told(found[0], "EUR")
