"""Pilots and later starts as options: exact with them, and each worth what the model says."""

from __future__ import annotations

import numpy as np
import pytest

from scoping import assess, examples, read
from scoping.portfolio import Candidate, Limits, Option, Unsolvable, candidate_of, choose
from scoping.portfolio.preparing import with_starts
from tests.documents import CERTAIN, UNCERTAIN
from tests.scoping.portfolio.instances import best_by_trying, keeps, random_portfolio

_WITH_PILOT = ("visual_inspection", "invoice_routing", "payment_fraud")


@pytest.mark.parametrize("seed", range(120))
def test_with_pilots_and_later_starts_it_is_what_trying_everything_finds(seed: int) -> None:
    candidates, limits, risk = random_portfolio(seed)
    best = best_by_trying(candidates, limits, risk)
    if best is None:
        with pytest.raises(Unsolvable):
            choose(candidates, limits, risk)
        return
    found = choose(candidates, limits, risk)
    assert found.objective == pytest.approx(best, rel=1e-7, abs=1e-5)
    assert keeps(found.options, limits)


def test_a_later_start_is_worth_the_same_flows_that_much_later() -> None:
    """By hand: the months of the cash flow, with a quarter of nothing before them, discounted at 10 % a year."""
    document = {**CERTAIN, "returns": {**CERTAIN["returns"], "ramp_months": 0, "drift": 0, "volume_growth": 0}}
    now, *_ = candidate_of(read(document)).options
    candidate = with_starts(candidate_of(read(document)), 6)
    starts = {each.start: each for each in candidate.options if each.name == now.name}
    assert sorted(starts) == [0, 3, 6]
    # A caught case saves 120 less an action of 4, and the 10 of a miss; false alarms cost 5 each; a check costs 0.25.
    caught, false_alarms = 0.05 * 0.4, 0.05 * 0.4 * 0.7 / 0.3
    flows = [-3000.0, *[1000 * 0.8 * (caught * (120 - 4 + 10) - false_alarms * 5 + 0.25)] * 23]
    for months, option in starts.items():
        assert option.value == pytest.approx(_present([0.0] * months + flows))
        assert option.money[: months // 3] == [0.0] * (months // 3)
        assert sum(option.money) == pytest.approx(sum(now.money))
        assert option.end - option.start == now.end
    assert starts[3].value == pytest.approx(now.value * 1.1**-0.25)


def _present(flows: list[float]) -> float:
    """At the end of each month, 10 % a year."""
    return float(sum(flow / 1.1 ** (month / 12) for month, flow in enumerate(flows, start=1)))


def test_one_after_the_other_is_possible_only_with_a_later_start() -> None:
    first = Candidate("A", (Option("all", 10.0, [1.0], end=2),), discounts=(0.9, 0.8))
    second = Candidate("B", (Option("all", 10.0, [1.0], end=2),), discounts=(0.9, 0.8))
    limits = Limits(needs=(("B", "A"),))
    assert set(choose([first, second], limits).options) == {"A"}
    found = choose([with_starts(each, 6) for each in (first, second)], limits)
    assert found.options["B"].start == 3
    assert found.value == pytest.approx(19.0)


@pytest.mark.parametrize("name", _WITH_PILOT)
def test_a_pilot_is_worth_what_the_verdict_says(name: str) -> None:
    proposal = examples.load(name)
    found = candidate_of(proposal)
    staged = assess(proposal).staged
    assert staged is not None
    (pilot,) = (each for each in found.options if each.is_pilot)
    assert pilot.value == pytest.approx(staged.npv)
    assert pilot.draws is not None
    # The draws have each draw's fate, where the value has its chance: as far apart as luck makes it.
    spread = float(np.std(pilot.draws)) / 8_192**0.5
    assert float(pilot.draws.mean()) == pytest.approx(staged.npv, abs=5 * spread)
    assert found.pilot is not None
    assert found.pilot.net == pytest.approx(staged.npv - staged.committed)


def test_a_pilot_takes_its_own_money_first_and_then_what_follows_by_its_chance() -> None:
    proposal = examples.load("invoice_routing")
    found = candidate_of(proposal)
    (pilot,) = (each for each in found.options if each.is_pilot)
    assert found.pilot is not None
    assert found.pilot.cost is not None
    # Three months of pilot: the first quarter is the pilot's alone.
    assert pilot.end == 3
    assert pilot.money[0] == pytest.approx(found.pilot.cost)
    whole = {each.name: sum(each.money) for each in found.options if not each.is_pilot}
    assert sum(pilot.money[1:]) < max(whole.values())
    assert sum(pilot.money[1:]) > 0.5 * min(whole.values())


def test_where_no_pilot_can_be_valued_it_is_said_why() -> None:
    without = read({**UNCERTAIN, "pilot": {"labelled_cases": 300}})
    found = candidate_of(without)
    assert not any(each.is_pilot for each in found.options)
    assert found.pilot is not None
    assert "cost of the pilot" in found.pilot.why_not
    assert candidate_of(read({**UNCERTAIN, "pilot": {}})).pilot is None


def test_a_pilot_alone_does_not_do_what_must_be_done() -> None:
    pilot = Option("pilot", 20.0, is_pilot=True, end=1)
    candidates = [
        Candidate("A", (Option("all", 10.0, end=1), pilot)),
        Candidate("B", (Option("all", 5.0, start=3, end=3),)),
    ]
    assert choose(candidates).options["A"].is_pilot
    assert not choose(candidates, Limits(must=frozenset("A"))).options["A"].is_pilot
    # B is worth 5 less than the pilot gains: it does not go with a pilot of A alone.
    assert set(choose(candidates, Limits(needs=(("B", "A"),))).options) == {"A"}


def test_pilots_change_no_figure_of_a_proposal() -> None:
    proposal = examples.load("visual_inspection")
    results = {each.name: each.expected for each in assess(proposal).alternatives if not each.is_reference}
    found = {each.name: each.value for each in candidate_of(proposal).options if not each.is_pilot}
    assert found == pytest.approx(results)
