"""The risk of a portfolio against closed forms of normal numbers that are correlated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, spearmanr

from scoping.portfolio import Candidate, Limits, Option, PortfolioRefused, Risk, choose, expected_shortfall, together

_MANY = 20_000


def _normal(mean: float, deviation: float) -> np.ndarray:
    return norm.ppf((np.arange(_MANY) + 0.5) / _MANY) * deviation + mean


@pytest.mark.parametrize("correlation", [0.0, 0.4, 0.9, 1.0])
def test_correlated_normals_have_the_shortfall_of_the_closed_form(correlation: float) -> None:
    """Of a normal sum: mean - deviation x density(z) / share (McNeil, Frey and Embrechts 2005, example 2.18)."""
    deviations, means = (3.0, 5.0, 2.0), (10.0, 4.0, -1.0)
    alone = {str(number): _normal(*each) for number, each in enumerate(zip(means, deviations, strict=True))}
    summed = np.sum(list(together(alone, [frozenset("012")], correlation).values()), axis=0)
    pairs = sum(2 * deviations[one] * deviations[other] for one, other in ((0, 1), (0, 2), (1, 2)))
    deviation = np.sqrt(sum(each**2 for each in deviations) + correlation * pairs)
    share = 0.1
    expected = sum(means) - deviation * norm.pdf(norm.ppf(share)) / share
    assert expected_shortfall(summed, share) == pytest.approx(expected, abs=0.03 * deviation)


def test_each_keeps_its_own_distribution_and_other_groups_do_not_move_along() -> None:
    drawn = {name: np.random.default_rng(number).lognormal(size=_MANY) for number, name in enumerate("ABC")}
    found = together(drawn, [frozenset("AB")], 0.8)
    for name, values in drawn.items():
        assert np.array_equal(np.sort(found[name]), np.sort(values))
    # The rank correlation of the normal copula: 6 / pi arcsin(rho / 2) (Pearson 1907).
    assert spearmanr(found["A"], found["B"]).statistic == pytest.approx(6 / np.pi * np.arcsin(0.4), abs=0.02)
    assert spearmanr(found["A"], found["C"]).statistic == pytest.approx(0, abs=0.03)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.floats(0.01, 1))
def test_the_shortfall_lies_between_the_worst_and_the_mean(values: list[float], share: float) -> None:
    found = expected_shortfall(np.array(values), share)
    assert min(values) - 1e-3 <= found <= np.mean(values) + 1e-3


def test_of_ten_the_worst_quarter_is_two_and_a_half() -> None:
    assert expected_shortfall(np.arange(1.0, 11.0), 0.25) == pytest.approx((1 + 2 + 0.5 * 3) / 2.5)


def test_who_looks_at_risk_takes_what_offsets() -> None:
    """Two that fail together are worth more, two that do not are safer."""
    shared = np.tile([40.0, -20.0], 50)
    draws = {"A": shared, "B": shared + 1, "C": np.tile([-12.0, 28.0], 50)}
    candidates = [
        Candidate(name, (Option("all", float(each.mean()), [1.0], draws=each),)) for name, each in draws.items()
    ]
    assert set(choose(candidates, Limits(budget=[2.0])).options) == {"A", "B"}
    assert "C" in choose(candidates, Limits(budget=[2.0]), Risk(0.9, 0.5)).options


@pytest.mark.parametrize(("weight", "share"), [(-0.1, 0.1), (1.1, 0.1), (0.5, 0.0), (0.5, 1.5)])
def test_a_risk_that_cannot_be_meant_is_refused(weight: float, share: float) -> None:
    with pytest.raises(PortfolioRefused, match="from 0 to 1"):
        Risk(weight, share)
