"""The optimiser's curse: who takes the best of many estimates is disappointed, although none of them is biased.

Smith and Winkler (2006), The Optimizer's Curse, Management Science 52(3): an estimate counts as much as it is reliable,
and the rest is what is known of such proposals at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .candidates import Estimated

ENOUGH = 3
"""With fewer proposals nothing can be said about what such proposals are worth."""
_TIMES, _CLOSE = 200, 1e-10
_DEVIATIONS = (np.arange(400) + 0.5) / 400


@dataclass(frozen=True)
class Prior:
    """What proposals of this portfolio are worth before anybody looks: a mean and a standard deviation.

    In money, or as shares of the money that a proposal moves: in the unit of what is shrunk.
    """

    mean: float
    deviation: float


@dataclass(frozen=True)
class Shrunk:
    """An expected value as it was estimated and as it is to be believed. `weight` is how much the estimate counts."""

    raw: float
    value: float
    weight: float
    error: float
    """Of `shrink`, the standard deviation of what is left in doubt; of `shrunk_by_size`, that of the estimate."""


def shrink(values: Sequence[float], errors: Sequence[float], prior: Prior | None = None) -> list[Shrunk]:
    """Expected values, each with the standard error of its estimate, shrunk towards the prior.

    Without a prior it is found in the values themselves; then fewer than three of them stay as they are. The posterior
    mean is weight x value + (1 - weight) x prior mean, weight = t^2 / (t^2 + s^2), t the prior's deviation and s the
    error (Smith and Winkler 2006, equation 3).
    """
    known = prior or (prior_of(np.array(values), np.array(errors)) if len(values) >= ENOUGH else None)
    pairs = zip(values, errors, strict=True)
    if known is None:
        return [Shrunk(value, value, 1.0, error) for value, error in pairs]
    return [_one(value, error, known) for value, error in pairs]


def _one(value: float, error: float, prior: Prior) -> Shrunk:
    total = prior.deviation**2 + error**2
    # What is certain stays; where all are alike and uncertain, nothing tells them apart.
    weight = 1.0 if error == 0 else prior.deviation**2 / total
    return Shrunk(value, weight * value + (1 - weight) * prior.mean, weight, (weight**0.5) * error)


def prior_of_estimates(estimates: Sequence[Estimated]) -> Prior:
    """The prior that estimates of several proposals tell of, as shares of the money that each of them moves.

    Mean and deviation are those expected after a look at the estimates, when every deviation from 0 to 1 was as likely
    before: no share of the money moved is beyond -1 and 1 (Gelman 2006, Prior Distributions for Variance Parameters in
    Hierarchical Models, Bayesian Analysis 1(3), section 3; its density is equation 5.21 of Gelman and others 2013,
    Bayesian Data Analysis). Of few and wide estimates Paule and Mandel's deviation is often 0, as if all proposals were
    certainly alike.
    """
    sizes = np.array([each.size for each in estimates])
    values = np.array([each.value for each in estimates]) / sizes
    errors = np.array([each.error for each in estimates]) / sizes
    total = errors**2 + _DEVIATIONS[:, None] ** 2
    means = (values / total).sum(axis=1) / (1 / total).sum(axis=1)
    away = ((values - means[:, None]) ** 2 / total).sum(axis=1)
    density = -0.5 * (np.log((1 / total).sum(axis=1)) + np.log(total).sum(axis=1) + away)
    weights = np.exp(density - density.max())
    return Prior(float(np.average(means, weights=weights)), float(np.average(_DEVIATIONS, weights=weights)))


def shrunk_by_size(estimates: Sequence[Estimated], prior: Prior) -> list[Shrunk]:
    """A proposal's alternatives, by what is to be believed of the best of them, as a share of the money that it moves.

    No estimate is raised: who chooses is disappointed by what was estimated too high, and in simulated portfolios of
    all sizes the choice is as good or better so. What is taken off the best is taken off the others in proportion, so
    that their order stays; a loss stays as it is.
    """
    best = max((each for each in estimates if each.size > 0), key=lambda each: each.value, default=None)
    if best is None or best.value <= 0:
        return [Shrunk(each.value, each.value, 1.0, each.error) for each in estimates]
    found = _one(best.value / best.size, best.error / best.size, prior)
    to = min(best.value, best.size * found.value)
    weight = found.weight if to < best.value else 1.0
    return [Shrunk(each.value, _along(each.value, best.value, to), weight, each.error) for each in estimates]


def _along(value: float, best: float, to: float) -> float:
    """A value when the best goes down: in proportion; by the same amount where nothing of the best is left."""
    if value <= 0:
        return value
    return value * to / best if to >= 0 else value + to - best


def prior_of(values: NDArray[np.float64], errors: NDArray[np.float64]) -> Prior:
    """Mean and deviation of what the proposals are truly worth, as far as their estimates tell.

    The deviation is Paule and Mandel's (1982): with it, the weighted squares of the differences from the mean add up to
    one less than their number; 0 where the estimates differ by no more than their errors explain.
    """
    low, high = 0.0, float(np.var(values)) * len(values) + 1.0
    if _excess(values, errors, low) <= 0:
        return Prior(_mean(values, errors, 0.0), 0.0)
    for _ in range(_TIMES):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(values, errors, middle) > 0 else (low, middle)
        if high - low <= _CLOSE * high:
            break
    return Prior(_mean(values, errors, low), float(low**0.5))


def _weights(errors: NDArray[np.float64], variance: float) -> NDArray[np.float64]:
    total = errors**2 + variance
    # Without any doubt an estimate would count infinitely much: then those without doubt count, and alike.
    return np.where(total == 0, 1.0, 0.0) if (total == 0).any() else 1 / total


def _mean(values: NDArray[np.float64], errors: NDArray[np.float64], variance: float) -> float:
    return float(np.average(values, weights=_weights(errors, variance)))


def _excess(values: NDArray[np.float64], errors: NDArray[np.float64], variance: float) -> float:
    total = errors**2 + variance
    away = (values - _mean(values, errors, variance)) ** 2
    if (total == 0).any():
        return np.inf if away.any() else -1.0
    return float((away / total).sum()) - (len(values) - 1)
