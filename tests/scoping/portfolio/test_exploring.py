"""How a choice changes with budget, risk, luck and force."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.portfolio import Candidate, Limits, Option, PortfolioRefused, choose
from scoping.portfolio.exploring import by_budget, by_risk, forced, robustness


def _one(name: str, value: float, money: float, draws: np.ndarray | None = None) -> Candidate:
    return Candidate(name, (Option("all", value, [money], draws=draws),))


THREE = [_one("A", 100, 60), _one("B", 80, 50), _one("C", 30, 30)]


def test_value_never_falls_with_more_money() -> None:
    points = by_budget(THREE, Limits(budget=[140.0]))
    values = [point.choice.value for point in points if point.choice]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0, 210)


def test_a_budget_too_small_for_what_must_be_done_leaves_a_hole() -> None:
    points = by_budget(THREE, Limits(budget=[100.0], must=frozenset("A")), shares=(0.5, 1.0))
    assert points[0].choice is None
    assert points[1].choice is not None


def test_less_risk_costs_value_and_buys_a_better_shortfall() -> None:
    chance = np.random.default_rng(1)
    means, spreads = (100, 90, 40, 35), (300, 200, 20, 5)
    draws = [chance.normal(mean, spread, size=200) for mean, spread in zip(means, spreads, strict=True)]
    candidates = [_one(str(number), float(each.mean()), 1, each) for number, each in enumerate(draws)]
    choices = [point.choice for point in by_risk(candidates, Limits(budget=[2.0]), 0.1) if point.choice]
    values, shortfalls = [each.value for each in choices], [each.shortfall or 0.0 for each in choices]
    assert values == sorted(values, reverse=True)
    assert shortfalls == sorted(shortfalls)
    assert shortfalls[0] < shortfalls[-1]


def test_force_costs_what_the_next_best_choice_is_worth_less() -> None:
    limits = Limits(budget=[110.0])
    assert set(choose(THREE, limits).options) == {"A", "B"}
    # Without A: B and C; without B: A and C; with C: A and C.
    assert forced(THREE, limits) == {"A": 70.0, "B": 50.0, "C": 50.0}


def test_what_cannot_be_done_otherwise_has_no_cost() -> None:
    assert forced(THREE, Limits(budget=[60.0], must=frozenset("A")))["A"] is None


def test_a_proposal_that_always_pays_is_always_chosen() -> None:
    wins = np.tile([10.0, -20.0], 50)
    found = robustness(
        [_one("sure", 5, 1, np.full(100, 5.0)), _one("half", 1, 1, wins), _one("never", 0, 9, wins)],
        Limits(budget=[2.0]),
    )
    assert found["sure"] == 1.0
    assert found["half"] == pytest.approx(0.5, abs=0.1)
    assert found["never"] == 0.0


def test_without_scenarios_nothing_is_said_of_luck() -> None:
    with pytest.raises(PortfolioRefused, match="scenarios"):
        robustness(THREE, Limits())
