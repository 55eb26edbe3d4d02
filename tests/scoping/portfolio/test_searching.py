"""Choices that are searched by the options that count, once or many times, are those that trying everything finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoping.portfolio import Candidate, Choice, Limits, PilotOffer, PortfolioRefused, Risk, choose, searching, tail
from scoping.portfolio.asking import answered
from scoping.portfolio.choosing import groups_of, programme_of, tried
from scoping.portfolio.exploring import by_budget, by_risk, forced_within, robustness
from scoping.portfolio.limits import rows_of
from scoping.portfolio.optimum import Change, Chosen, Optimum
from scoping.portfolio.piloting import pilots_first, without_pilots
from scoping.portfolio.prices import prices
from tests.scoping.portfolio.instances import best_by_trying, random_portfolio

_OFFER = PilotOffer(cost=10.0, net=5.0)


@pytest.fixture(autouse=True)
def _small_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portfolios that can be tried out are small: so that something lies outside their core, that is smaller still."""
    monkeypatch.setattr(searching, "_FIRST_CORE", 2)
    monkeypatch.setattr(tail, "_FIRST", 1.0)


def chosen(seed: int) -> tuple[list[Candidate], Limits, Risk, Choice]:
    """A random portfolio in which something can be chosen, and the choice."""
    while True:
        candidates, limits, risk = random_portfolio(seed)
        if best := tried(candidates, limits, risk):
            return candidates, limits, risk, best
        seed += 10_000


@pytest.mark.parametrize("seed", range(60))
def test_the_core_finds_the_best_of_all_and_proves_it(seed: int) -> None:
    candidates, limits, risk = random_portfolio(1_000 + seed)
    found, best = tried(candidates, limits, risk), best_by_trying(candidates, limits, risk)
    if best is None or found is None:
        assert found is best
        return
    assert found.objective == pytest.approx(best, rel=1e-7, abs=1e-5)
    assert found.gap == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_what_force_costs_is_what_trying_everything_says(seed: int) -> None:
    candidates, limits, risk, best = chosen(2_000 + seed)
    for name, cost in forced_within(candidates, limits, risk, best=best).items():
        other = best_by_trying(candidates, _against(limits, name, is_chosen=name in best.options), risk)
        assert (cost is None) == (other is None)
        if cost is not None and other is not None:
            assert cost.cost == pytest.approx(best.objective - other, rel=1e-6, abs=1e-4)
            assert cost.least == pytest.approx(cost.cost, rel=1e-6, abs=1e-4)


def _against(limits: Limits, name: str, *, is_chosen: bool) -> Limits:
    if is_chosen:
        return replace(limits, must_not=limits.must_not | {name})
    return replace(limits, must=limits.must | {name})


@pytest.mark.parametrize("seed", range(15))
def test_every_weight_of_risk_and_every_budget_gives_what_trying_everything_gives(seed: int) -> None:
    candidates, limits, _, _ = chosen(3_000 + seed)
    for point in by_risk(candidates, limits, 0.25, (0.0, 0.5, 1.0)):
        assert point.choice is not None
        best = best_by_trying(candidates, limits, Risk(point.at, 0.25))
        assert point.choice.objective == pytest.approx(best, rel=1e-6, abs=1e-4)
    for point in by_budget(candidates, limits, Risk(0.3, 0.25), (0.5, 1.5)):
        wider = replace(limits, budget=[point.at * each for each in limits.budget])
        best = best_by_trying(candidates, wider, Risk(0.3, 0.25))
        assert (point.choice is None) == (best is None)
        if point.choice is not None:
            assert point.choice.objective == pytest.approx(best, rel=1e-6, abs=1e-4)


@pytest.mark.parametrize("seed", range(15))
def test_a_pilot_gains_what_the_best_choice_with_it_alone_is_worth_more(seed: int) -> None:
    candidates, limits, risk, _ = chosen(4_000 + seed)
    planned = [replace(each, pilot=_OFFER) for each in candidates]
    base = best_by_trying([without_pilots(each) for each in planned], limits, risk)
    for worth in pilots_first(planned, limits, risk):
        one = [each if each.name == worth.name else without_pilots(each) for each in planned]
        has_pilot = any(option.is_pilot for each in one for option in each.options)
        if base is None or not has_pilot:
            assert worth.in_choice is None
            continue
        best = best_by_trying(one, limits, risk)
        assert best is not None
        assert worth.in_choice == pytest.approx(best - base, rel=1e-6, abs=1e-4)
        assert worth.in_choice_at_most == pytest.approx(worth.in_choice, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("seed", range(10))
def test_luck_and_prices_are_those_of_choices_made_anew(seed: int) -> None:
    candidates, limits, _, best = chosen(5_000 + seed)
    shares = robustness(candidates, limits, 3)
    assert all(share in (0, pytest.approx(1 / 3), pytest.approx(2 / 3), 1) for share in shares.values())
    plain = choose(candidates, limits)
    for price in prices(candidates, limits, money=50.0, best=plain):
        if price.limit.kind == "budget":
            wider = [each + 50 * (quarter == price.limit.when) for quarter, each in enumerate(limits.budget)]
            gained = choose(candidates, replace(limits, budget=wider)).objective - plain.objective
            assert price.worth == pytest.approx(gained, rel=1e-6, abs=1e-4)
    assert best.objective is not None


@pytest.mark.parametrize("seed", range(10))
def test_asked_again_the_first_question_has_the_first_answer(seed: int) -> None:
    candidates, limits, risk, best = chosen(6_000 + seed)
    optimum = Optimum(programme_of(candidates, rows_of(candidates, limits), risk))
    for group in groups_of(candidates):
        optimum.ask(Change(closed=group), 5.0)
    assert optimum.best().objective == pytest.approx(best.objective, rel=1e-7, abs=1e-5)


def test_without_time_the_gap_is_told() -> None:
    candidates, limits, _ = random_portfolio(3)
    exact = choose(candidates, limits)
    hasty = choose(candidates, limits, seconds=0.0)
    assert hasty.objective <= exact.objective + 1e-6
    assert hasty.objective * (1 + hasty.gap) >= exact.objective - 1e-6


def test_a_cost_without_time_is_a_range_that_holds_the_true_one(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates, limits, risk, best = chosen(7_000)
    exact = forced_within(candidates, limits, risk, best=best)
    monkeypatch.setattr("scoping.portfolio.exploring.answered", _in_no_time)
    for name, cost in forced_within(candidates, limits, risk, best=best).items():
        true = exact[name]
        assert (cost is None) == (true is None)
        if cost is not None and true is not None:
            assert cost.least - 1e-6 <= true.cost <= cost.cost + 1e-6


def _in_no_time(*given: object, **named: object) -> object:
    return answered(*given, **{**named, "seconds": 0.0})  # type: ignore[arg-type]


def test_how_far_it_is_is_told_after_each_question() -> None:
    candidates, limits, risk, best = chosen(8_000)
    seen: list[tuple[int, int]] = []
    forced_within(candidates, limits, risk, best=best, tell=lambda done, many: seen.append((done, many)))
    assert seen == [(number + 1, len(candidates)) for number in range(len(candidates))]


def test_risk_without_scenarios_is_refused() -> None:
    candidates, limits, _ = random_portfolio(3)
    bare = [replace(each, options=tuple(replace(one, draws=None) for one in each.options)) for each in candidates]
    with pytest.raises(PortfolioRefused):
        by_risk(bare, limits)


def test_nothing_is_written_while_it_is_searched(capfd: pytest.CaptureFixture[str]) -> None:
    candidates, limits, risk, _ = chosen(4)
    choose(candidates, limits, risk)
    assert capfd.readouterr() == ("", "")


def test_what_the_solver_rounds_is_no_gap_and_what_is_more_is_one() -> None:
    assert Chosen((), 1.1e8, 1.1e8 + 0.5).gap == 0
    assert Chosen((), 1.1e8, 1.1e8 + 1_100).gap == pytest.approx(1e-5)
