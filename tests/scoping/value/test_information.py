"""The value of information: published decisions, normal theory, and what must hold between the figures."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import norm

from scoping.value import evpi, evppi, evsi
from scoping.value.information import Information, evpi_of_parts, evppi_with_error

pytestmark = pytest.mark.long

DRAWS = 8_192


def normals(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((DRAWS, count))


def against_nothing(npv: np.ndarray) -> np.ndarray:
    return np.column_stack([npv, np.zeros(len(npv))])


def unit_loss(mean: float, deviation: float) -> float:
    """E[max(X, 0)] - max(E[X], 0) for a normal X: Raiffa and Schlaifer 1961, the unit normal loss integral."""
    return float(deviation * norm.pdf(mean / deviation) - abs(mean) * norm.cdf(-abs(mean) / deviation))


def test_thompson_lumber() -> None:
    # Render, Stair and Hanna, Quantitative Analysis for Management, ch. 3: large plant, small plant, nothing;
    # favourable and unfavourable market at even odds. They print EMV 40,000 and EVPI 60,000.
    payoffs = [[200_000, 100_000, 0], [-180_000, -20_000, 0]]
    assert np.mean(payoffs, axis=0).max() == 40_000
    assert evpi(payoffs) == pytest.approx(60_000)


def test_thompson_lumber_market_survey() -> None:
    # The same text: a survey that costs 10,000 finds a favourable market favourable 70 % of the time, an unfavourable
    # one unfavourable 80 %. With posteriors rounded to 0.78 and 0.27 they print 49,200 with the survey, and
    # EVSI = (49,200 + 10,000) - 40,000 = 19,200; exactly, it is 0.45 x 115,556 + 0.55 x 12,727 - 40,000 = 19,000.
    rows = [(True, True)] * 35 + [(True, False)] * 15 + [(False, True)] * 10 + [(False, False)] * 40
    market, survey = (np.repeat([row[side] for row in rows], 200) for side in (0, 1))
    npv = np.where(market[:, None], [200_000, 100_000, 0], [-180_000, -20_000, 0]).astype(float)
    assert evppi(npv, survey.astype(float)) == pytest.approx(19_000, rel=1e-6)


@pytest.mark.parametrize("mean", [-1.0, -0.3, 0.0, 0.4, 1.2])
@pytest.mark.parametrize("deviation", [0.5, 1.0])
def test_evppi_of_linear_normal_net_benefit(mean: float, deviation: float) -> None:
    # NB = mean + deviation x + noise with x and the noise independent normals: E[NB | x] is normal.
    x, noise = normals(2).T
    npv = against_nothing(mean + deviation * x + noise)
    found = evppi_with_error(npv, x)
    assert found.value == pytest.approx(unit_loss(mean, deviation), abs=4 * found.standard_error + 0.003)


def test_evppi_of_two_inputs_together() -> None:
    # Learned together, the standard deviation is sqrt(0.6^2 + 0.8^2) = 1: 0.3989 at mean 0.
    x, y, noise = normals(3).T
    npv = against_nothing(0.6 * x + 0.8 * y + noise)
    assert evppi(npv, np.column_stack([x, y])) == pytest.approx(norm.pdf(0), abs=0.03)
    assert evppi(npv, x) == pytest.approx(0.6 * norm.pdf(0), abs=0.03)


def test_evppi_between_two_risky_alternatives() -> None:
    # The difference of the two is what counts: 0.7 x - 0.2 x = 0.5 x.
    x, noise = normals(2).T
    npv = np.column_stack([5 + 0.7 * x + noise, 5 + 0.2 * x + noise])
    assert evppi(npv, x) == pytest.approx(0.5 * norm.pdf(0), abs=0.01)


@pytest.mark.parametrize("draws", [DRAWS // 4, DRAWS // 2, DRAWS])
@pytest.mark.parametrize("mean", [0.0, 0.1])
@pytest.mark.parametrize("error", [0.5, 1.0, 2.0])
def test_evsi_of_a_normal_reading(error: float, mean: float, draws: int) -> None:
    # Prior variance 1, reading variance error^2: the preposterior standard deviation is 1 / sqrt(1 + error^2).
    # At mean 0 both alternatives are worth the same, and which of them leads in a part of the draws is chance.
    x = mean + ndtri((np.arange(draws) + 0.5) / draws)
    found = evsi(against_nothing(x), x, 1, error=error)
    assert found == pytest.approx(unit_loss(mean, 1 / np.sqrt(1 + error**2)), rel=0.03)


@pytest.mark.parametrize("cases", [5, 20, 100])
def test_evsi_of_a_binomial_reading_of_a_uniform_share(cases: int) -> None:
    # A uniform share is Beta(1, 1); after k of n its mean is (k + 1) / (n + 2), and every k is equally likely.
    share = (np.arange(DRAWS) + 0.5) / DRAWS
    posterior = (np.arange(cases + 1) + 1) / (cases + 2)
    exact = np.maximum(posterior - 0.5, 0).mean()
    assert evsi(against_nothing(share - 0.5), share, cases) == pytest.approx(exact, rel=0.08)


def test_an_input_that_nothing_depends_on_is_worth_nothing() -> None:
    x, noise = normals(2).T
    assert evppi(against_nothing(0.5 + noise), x) == 0.0
    assert evppi(against_nothing(noise + 0.1), np.full(DRAWS, 3.0)) == 0.0


def test_the_errors_tell_how_the_estimates_scatter() -> None:
    found = []
    for seed in range(40):
        x, noise = normals(2, seed).T
        found.append(evppi_with_error(against_nothing(0.2 + 0.5 * x + noise), x))
    scatter = np.std([each.value for each in found], ddof=1)
    reported = np.sqrt(np.mean([each.standard_error**2 for each in found]))
    assert 0.5 < reported / scatter < 2


def test_evpi_has_an_error_from_independent_runs() -> None:
    runs = np.stack([against_nothing(normals(1, seed)[:, 0]) for seed in range(8)])
    found = evpi_of_parts(evpi(runs.reshape(-1, 2)), runs.max(axis=2).mean(axis=1), runs.mean(axis=1))
    assert found.value == pytest.approx(norm.pdf(0), abs=4 * found.standard_error)
    assert 0 < found.standard_error < 0.01


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(-1, 1), st.floats(0.05, 3))
def test_learning_less_is_never_worth_more(seed: int, mean: float, weight: float) -> None:
    x, noise = normals(2, seed)[:2_048].T
    npv = against_nothing(mean + weight * x + noise)
    everything, one = evpi(npv), evppi(npv, x)
    assert 0 <= evsi(npv, x, 1, error=1.0, seed=seed) <= one <= everything + 1e-12


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 0.7))
def test_a_larger_sample_is_worth_more(seed: int, threshold: float) -> None:
    share = np.random.default_rng(seed).beta(4, 4, DRAWS)
    worth = [evsi(against_nothing(share - threshold), share, cases, seed=seed) for cases in (3, 12, 50, 200, 10_000)]
    # Neighbours may differ by the noise of a regression; over the whole range the gain is plain.
    assert all(more >= less - 0.004 for less, more in pairwise(worth))
    assert worth[-1] <= evppi(against_nothing(share - threshold), share)
    assert worth[-1] > worth[0]


@given(st.floats(1e-3, 1e6))
def test_information_scales_with_money(scale: float) -> None:
    x, noise = normals(2)[:1_024].T
    npv = against_nothing(0.1 + x + noise)
    assert evppi(scale * npv, x) == pytest.approx(scale * evppi(npv, x), rel=1e-6)
    assert evpi(scale * npv) == pytest.approx(scale * evpi(npv), rel=1e-9)


def test_the_order_of_the_alternatives_changes_nothing() -> None:
    x, noise = normals(2).T
    npv = np.column_stack([0.1 + x + noise, 0.5 * x, np.zeros(DRAWS)])
    assert evppi(npv[:, ::-1], x) == pytest.approx(evppi(npv, x), rel=1e-9)


def test_too_few_draws_say_nothing() -> None:
    assert evppi_with_error(np.zeros((10, 2)), np.arange(10)) == Information(0.0, 0.0)


@pytest.mark.parametrize(
    ("npv", "x", "said"), [([1.0, 2.0], [1.0, 2.0], "shape"), ([[1.0], [2.0]], [1.0], "same draws")]
)
def test_shapes_that_do_not_fit_are_refused(npv: list[object], x: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        evppi(npv, x)
