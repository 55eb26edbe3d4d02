"""What one more of each limit is worth is what the choice gains with it."""

from __future__ import annotations

import pytest

from scoping.portfolio import Candidate, Limit, Limits, Option, Part, Price, choose, prices, study
from scoping.portfolio.limits import LimitKind
from scoping.portfolio.words import prices_told


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


def price(kind: LimitKind, when: int, worth: float, by: float = 1.0) -> Price:
    return Price(Limit(kind, ("engineer",) if kind is LimitKind.PEOPLE else (), when), by, worth)


def test_months_on_end_that_are_worth_the_same_are_told_once() -> None:
    people = [price(LimitKind.PEOPLE, month, 5_000) for month in (0, 1, 2, 5)]
    money = [price(LimitKind.BUDGET, 1, 700, 100), price(LimitKind.BUDGET, 0, 700, 100)]
    assert prices_told([*people, price(LimitKind.AT_ONCE, 3, 900), *money], "EUR") == [
        "1 more engineer from month 1 on, or any later one up to month 3, would be worth €5,000",
        "1 more engineer from month 6 on would be worth €5,000",
        "1 more at once from month 4 on would be worth €900",
        "€100 more in any one of the quarters 1 to 2 would be worth €700",
    ]
    assert prices_told([price(LimitKind.AT_ONCE, month, 900) for month in (2, 3)], "EUR") == [
        "1 more at once from month 3 on, or any later one up to month 4, would be worth €900"
    ]


def test_without_any_money_more_of_it_still_has_a_price() -> None:
    found = study(_candidates(), Limits(budget=[0.0]), parts=[Part.PRICES])
    assert found.choice is not None
    assert not found.choice.options
    assert found.prices == (Price(Limit(LimitKind.BUDGET, (), 0), 60.0, 100.0),)
