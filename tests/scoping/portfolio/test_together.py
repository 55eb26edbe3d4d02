"""What proposals have in common moves them together: against closed forms of correlated normals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from scoping import read, to_dict
from scoping.portfolio import Candidate, Option, Settings, candidate_of, expected_shortfall
from scoping.portfolio.candidates import Cause, Simulated
from scoping.portfolio.together import in_shared_scenarios, places_of, shared_causes
from tests.documents import UNCERTAIN

_DRAWS, _SCENARIOS = 16_384, 2_048


def _resting_on(name: str, loading: float, own: float, seed: int, cause: str = "power price") -> Candidate:
    """NPV = loading X + own Y, both standard normal: X the named input, Y its own luck."""
    chance = np.random.default_rng(seed)
    x, y = (norm.ppf((chance.permutation(_DRAWS) + 0.5) / _DRAWS) for _ in range(2))
    npv = loading * x + own * y
    draws = np.array([part.mean() for part in np.array_split(np.sort(npv), _SCENARIOS)])
    simulated = Simulated(npv, (Cause(cause, "", places_of(x)),))
    return Candidate(name, (Option("all", 0.0, draws=draws, simulated=simulated),))


def _draws(candidate: Candidate, option: int = 0) -> np.ndarray:
    found = candidate.options[option].draws
    assert found is not None
    return found


def _summed(candidates: list[Candidate], option: int = 0) -> np.ndarray:
    return np.asarray(np.sum([_draws(each, option) for each in candidates], axis=0))


@pytest.mark.parametrize("signs", [(1, 1), (1, -1)])
def test_a_shared_input_moves_two_as_the_closed_form_says(signs: tuple[int, int]) -> None:
    """Var(sum) = (a + b)^2 + own variances, and the shortfall of a normal sum: mean - deviation density(z) / share."""
    candidates = [_resting_on("A", 3.0 * signs[0], 2.0, 1), _resting_on("B", 4.0 * signs[1], 1.0, 2)]
    found = in_shared_scenarios(candidates, Settings(shared_inputs=frozenset({"power price"})))
    deviation = np.sqrt((3.0 * signs[0] + 4.0 * signs[1]) ** 2 + 2.0**2 + 1.0**2)
    summed = _summed(found)
    assert summed.std() == pytest.approx(deviation, rel=0.05)
    expected = -deviation * norm.pdf(norm.ppf(0.1)) / 0.1
    assert expected_shortfall(summed, 0.1) == pytest.approx(expected, rel=0.06)
    one, other = map(_draws, found)
    correlation = 12.0 * signs[0] * signs[1] / np.sqrt((9 + 4) * (16 + 1))
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(correlation, abs=0.04)


def test_each_keeps_its_own_distribution_and_what_is_not_shared_does_not_move_along() -> None:
    candidates = [_resting_on("A", 3, 2, 1), _resting_on("B", 4, 1, 2), _resting_on("C", 4, 1, 3, "wages")]
    found = in_shared_scenarios(candidates, Settings(shared_inputs=frozenset({"power price", "wages"})))
    for before, after in zip(candidates, found, strict=True):
        assert np.array_equal(np.sort(_draws(after)), np.sort(_draws(before)))
    assert abs(np.corrcoef(_draws(found[0]), _draws(found[2]))[0, 1]) < 0.08
    apart = in_shared_scenarios(candidates, Settings())
    assert abs(np.corrcoef(_draws(apart[0]), _draws(apart[1]))[0, 1]) < 0.08


def test_a_group_adds_to_what_is_shared() -> None:
    """Given the input, own luck is correlated as the group says: Cov = a b + rho own own."""
    candidates = [_resting_on("A", 3, 2, 1), _resting_on("B", 4, 1, 2)]
    settings = Settings(shared_inputs=frozenset({"power price"}), groups=(frozenset("AB"),), correlation=0.8)
    one, other = map(_draws, in_shared_scenarios(candidates, settings))
    expected = (12 + 0.8 * 2 * 1) / np.sqrt((9 + 4) * (16 + 1))
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(expected, abs=0.04)


def _with_licence(title: str, amount: dict[str, float]) -> dict[str, object]:
    licence = {"name": "Cloud licence", "component": "serving", "timing": "monthly", "amount": amount}
    model = {**UNCERTAIN["alternatives"][2], "costs": [licence]}
    return {**UNCERTAIN, "title": title, "alternatives": [*UNCERTAIN["alternatives"][:2], model]}


def test_cost_lines_that_say_the_same_are_one_input_until_somebody_says_otherwise() -> None:
    amount = {"p10": 500.0, "p50": 2_000.0, "p90": 9_000.0}
    same = [candidate_of(read(_with_licence(name, amount))) for name in ("A", "B")]
    assert len(shared_causes(same, Settings())) == 1
    assert not shared_causes(same, Settings(same_costs=False))
    other = candidate_of(read(_with_licence("C", {**amount, "p90": 9_500.0})))
    assert not shared_causes([same[0], other], Settings())
    # By its name it is one input all the same: high in both, or low in both.
    assert shared_causes([same[0], other], Settings(shared_inputs=frozenset({"cloud licence"}))) == {"cloud licence"}


def test_a_shared_cost_line_makes_a_portfolio_riskier() -> None:
    amount = {"p10": 500.0, "p50": 2_000.0, "p90": 9_000.0}
    documents = [_with_licence(name, amount) for name in ("A", "B", "C")]
    candidates = [candidate_of(read(to_dict(read(each)))) for each in documents]

    def shortfall(settings: Settings) -> float:
        found = in_shared_scenarios(candidates, settings)
        return expected_shortfall(_summed(found, 1), 0.1)

    assert shortfall(Settings()) < shortfall(Settings(same_costs=False))


def test_the_order_of_the_proposals_changes_no_scenario() -> None:
    chance = np.random.default_rng(3)
    known = [
        Candidate(name, (Option("all", 0.0, draws=np.sort(chance.normal(size=64))),), discounts=()) for name in "ABCD"
    ]
    one = {each.name: each.options[0].draws for each in in_shared_scenarios(known, Settings())}
    other = {each.name: each.options[0].draws for each in in_shared_scenarios([known[3], known[1]], Settings())}
    assert all(np.array_equal(other[name], one[name]) for name in "BD")
    assert not np.array_equal(np.argsort(one["B"]), np.argsort(one["D"]))
