"""Numbers of which some are only lower bounds: mean and variance by maximum likelihood, and no lean from stops."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm

from scoping.record.censored import spread_of
from scoping.record.overruns import Ratio
from scoping.record.own_classes import own_class
from scoping.vocabulary import Overrun

PRIOR, COUNTS = 0.2, 3.0


def most_likely(known: np.ndarray, bounds: np.ndarray) -> tuple[float, float]:
    """By the likelihood itself, with the prior as so many squares more: another way to the same."""

    def less_likely(at: np.ndarray) -> float:
        mean, deviation = at[0], np.exp(at[1])
        told = norm.logpdf(known, mean, deviation).sum() + norm.logsf(bounds, mean, deviation).sum()
        prior = (COUNTS - 1) * np.log(deviation) + COUNTS * PRIOR / (2 * deviation**2)
        return float(prior - told)

    found = minimize(less_likely, [known.mean(), np.log(known.std() + 0.1)], method="Nelder-Mead", tol=1e-12)
    return float(found.x[0]), float(np.exp(2 * found.x[1]))


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_maximum_of_the_likelihood(seed: int) -> None:
    draws = np.random.default_rng(seed)
    known, bounds = draws.normal(0.2, 0.4, 3 + 3 * seed), draws.normal(0.3, 0.4, 8 - seed)
    found = spread_of(known, bounds, PRIOR, COUNTS)
    assert (found.mean, found.variance) == pytest.approx(most_likely(known, bounds), abs=2e-4)
    assert len(known) < found.counted_as < len(known) + len(bounds)


def test_a_bound_that_everything_is_above_says_nothing() -> None:
    known = np.random.default_rng(3).normal(0.2, 0.3, 12)
    alone, more = (spread_of(known, bounds, PRIOR, COUNTS) for bounds in (np.array([]), np.full(5, -9.0)))
    assert (alone.mean, alone.counted_as) == pytest.approx((known.mean(), 12))
    assert (more.mean, more.variance, more.counted_as) == pytest.approx(
        (alone.mean, alone.variance, alone.counted_as), abs=1e-6
    )


def test_what_is_stopped_for_its_cost_makes_the_class_no_cheaper() -> None:
    """Each build is looked at on its way, and two of three that have cost more than was signed are then stopped."""
    errors = []
    for seed in range(200):
        draws = np.random.default_rng(seed)
        final = np.exp(draws.normal(0.3, 0.4, 25))
        spent = final * draws.uniform(0.3, 1.0, 25)
        is_stopped = (spent > 1) & (draws.random(25) < 2 / 3)
        pairs = zip(np.where(is_stopped, spent, final), is_stopped, strict=True)
        found = [Ratio(str(n), Overrun.COST, value, bool(stopped)) for n, (value, stopped) in enumerate(pairs)]
        whole, finished = (
            own_class(Overrun.COST, found),
            own_class(Overrun.COST, [each for each in found if not each.at_least]),
        )
        assert whole is not None and finished is not None  # noqa: PT018
        errors.append((np.log(whole.own) - 0.3, np.log(finished.own) - 0.3))
    counted, left_out = np.mean(errors, axis=0)
    assert abs(counted) < 0.03
    assert left_out < -0.08
