"""What one more of each limit is worth is what the choice gains with it."""

from __future__ import annotations

import pytest

from scoping.portfolio import Candidate, Limits, Option, choose, prices
from scoping.portfolio.limits import LimitKind


def _candidates() -> list[Candidate]:
    return [
        Candidate("A", (Option("all", 100.0, [60.0], {"engineer": [1, 1, 1]}, 0, 3),)),
        Candidate("B", (Option("all", 80.0, [50.0], {"engineer": [0, 1, 1]}, 1, 3),)),
        Candidate("C", (Option("all", 30.0, [30.0], {"analyst": [1]}, 0, 1),)),
    ]


def test_a_limit_is_worth_what_the_next_proposal_brings() -> None:
    limits = Limits(budget=[140.0], people={"engineer": [1.0, 1.0, 1.0], "analyst": [5.0]})
    found = {(each.limit.about, each.limit.when): each.worth for each in prices(_candidates(), limits, money=10.0)}
    # One more engineer from the second month on is enough for B; from the third on is not.
    assert found == {(("engineer",), 0): 80.0, (("engineer",), 1): 80.0}


def test_money_is_for_its_quarter_and_the_dearest_limit_comes_first() -> None:
    limits = Limits(budget=[60.0], at_once=1)
    found = prices(_candidates(), limits, money=50.0)
    # B and then C, never two at once, are worth 10 more than A alone.
    assert [(each.limit.kind, each.by, each.worth) for each in found] == [(LimitKind.BUDGET, 50.0, 10.0)]
    found = prices(_candidates(), Limits(budget=[60.0]), money=50.0)
    assert [(each.limit.kind, each.by, each.worth) for each in found] == [(LimitKind.BUDGET, 50.0, 80.0)]


def test_a_price_is_the_difference_of_two_choices() -> None:
    narrow, wide = Limits(budget=[90.0]), Limits(budget=[110.0])
    gained = choose(_candidates(), wide).value - choose(_candidates(), narrow).value
    assert prices(_candidates(), narrow, money=20.0)[0].worth == pytest.approx(gained)
