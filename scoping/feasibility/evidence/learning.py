"""The learning curve as a power law with an asymptote, and how sure that is.

score(n) = a - b n^-c for a score that is better higher, a + b n^-c for an error. Sources: Mukherjee et al. 2003,
Estimating Dataset Size Requirements for Classifying DNA Microarray Data, Journal of Computational Biology 10(2);
Figueroa et al. 2012, Predicting Sample Size Required for Classification Performance, BMC Medical Informatics and
Decision Making 12:8; Viering and Loog 2023, The Shape of Learning Curves: a Review, IEEE TPAMI 45(6), which also says
how often a curve is none of that: so the fit never claims to be surer than its residuals.

The uncertainty is Bayes' on a grid, so that the same scores give the same figures on any machine. A curve is written by
its level at the largest size N, what is still to be gained beyond it, and its exponent,

    score(n) = level + gain (1 - (n/N)^-c),

for then the level is all but settled by the scores, and follows a normal distribution for each gain and exponent. Gain
and exponent have a grid. How far a mean of repetitions lies from the curve is unknown too: its scale is integrated out,
which leaves Student's t (Gelman et al. 2013, Bayesian Data Analysis, ch. 3 and 14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from ...document.estimate import Array
from ...document.evidence import BOUNDS, LearningCurve, Measured

MOST_ROWS = 1e12
"""Beyond so many labelled rows nobody asks."""
FEWEST_SIZES = 3

_SHARE = (0.0, 1.0)
# Exponents that are known of real learners lie about one half (Viering and Loog 2023, section 4).
_EXPONENTS = np.geomspace(0.06, 3.0, 28)
_USUAL, _HOW_USUAL = 0.5, 0.8
_GAINS, _MOST_GAIN, _LEAST_GAIN = 41, 30.0, 1e-3
_LEVELS = ndtri((np.arange(7) + 0.5) / 7)
# A prior that counts as much as so many sizes says what the repetitions say of the noise.
_PRIOR_SIZES = 3.0
# Power laws are never exact: a mean of many repetitions still misses the curve by this share of its rise, over the sizes
# that are at least a tenth of the largest, and by as much again for each halving. Learners behave otherwise where there is
# next to nothing to learn from (Viering and Loog 2023, section 6), and what holds at the largest sizes is carried on.
_MISFIT = 0.045
_LARGE = 10.0
_MOST_DOUBLINGS = 3.0
_NEGLIGIBLE = 1e-7
_TINY = 1e-12
_SIZES_SEARCHED = 400


def bounds_of(metric: str, scores: Sequence[float] = ()) -> tuple[float, float]:
    """Between which values a metric lies, by its usual name; one that is not known is a share if its scores may be one.

    >>> bounds_of("rmse"), bounds_of("roc_auc"), bounds_of("minutes", [7.5])
    ((0.0, inf), (0.0, 1.0), (-inf, inf))
    """
    found = BOUNDS.get(metric)
    if found is not None:
        return found
    return _SHARE if all(0 <= each <= 1 for each in scores) else (-inf, inf)


@dataclass(frozen=True)
class FittedCurve:
    """Curves that agree with the scores, each with its weight: four arrays of shape (draws,), weights that sum to 1.

    `largest` is the largest size measured (rows), `bounds` those of the score, `noise` the standard deviation of a score
    measured in the same way, and `misfit` by how much curve and score part with each doubling beyond. Scores are as
    they were given: an error stays an error.
    """

    higher_is_better: bool
    bounds: tuple[float, float]
    largest: float
    level: Array
    gain: Array
    exponent: Array
    weights: Array
    noise: float
    misfit: float = 0.0

    @property
    def sign(self) -> float:
        """1 where higher is better, -1 for an error."""
        return 1.0 if self.higher_is_better else -1.0

    def score_at(self, rows: ArrayLike) -> Array:
        """The score of each curve with so many labelled rows: shape (draws,), or (draws, sizes) for several sizes."""
        ratio = np.asarray(rows, float) / self.largest
        level, gain, exponent = (
            each.reshape(-1, *(1,) * ratio.ndim) for each in (self.level, self.gain, self.exponent)
        )
        scores = level + self.sign * gain * (1 - ratio**-exponent)
        return self._bounded(scores)

    @cached_property
    def asymptotes(self) -> Array:
        """The score of each curve with labels without end: shape (draws,)."""
        return self._bounded(self.level + self.sign * self.gain)

    def _bounded(self, scores: Array) -> Array:
        return np.asarray(np.clip(scores, *self.bounds), float)

    def expected_at(self, rows: ArrayLike) -> Array:
        """The mean score with so many labelled rows, of the shape of `rows`."""
        return np.asarray(np.tensordot(self.weights, self.score_at(rows), axes=1))

    def interval_at(self, rows: float, level: float = 0.95) -> Measured:
        """A score that would be measured in the same way with so many rows: its mean and a central interval."""
        return self._told(self.score_at(rows), level, max(float(np.log2(rows / self.largest)), 0.0))

    def asymptote(self, level: float = 0.95) -> Measured:
        """The score with labels without end, measured in the same way."""
        return self._told(self.asymptotes, level, _MOST_DOUBLINGS)

    def _told(self, scores: Array, level: float, doublings: float) -> Measured:
        """Mean and interval of scores with the noise of measuring them, so many doublings beyond the largest size."""
        noise = np.hypot(self.noise, self.misfit * min(doublings, _MOST_DOUBLINGS))
        measured = self._bounded(scores[:, None] + noise * _LEVELS).ravel()
        weights = np.repeat(self.weights / _LEVELS.size, _LEVELS.size)
        low, high = weighted_quantiles(measured, weights, ((1 - level) / 2, (1 + level) / 2))
        mean = float(weights @ measured)
        return Measured(value=min(max(mean, low), high), low=low, high=high)

    def quantiles_at(self, rows: float, probabilities: Sequence[float] = (0.1, 0.5, 0.9)) -> tuple[float, ...]:
        """Quantiles of the score with so many rows (inf: with labels without end), without the noise of measuring."""
        scores = self.score_at(rows) if isfinite(rows) else self.asymptotes
        return weighted_quantiles(scores, self.weights, probabilities)

    def chance_at(self, rows: float, wanted: float) -> float:
        """The chance that the score is as good as `wanted` with so many rows; inf for labels without end."""
        scores = self.score_at(rows) if isfinite(rows) else self.asymptotes
        return float(self.weights @ (self.sign * (scores - wanted) >= 0))

    def left_open(self, rows: float) -> float:
        """The share of the asymptote's variance that the score with so many rows leaves unexplained, 0..1.

        1 - rho^2, with rho their correlation: of the best linear prediction of the one by the other.
        """
        here, end = (each - self.weights @ each for each in (self.score_at(rows), self.asymptotes))
        variance, explained = float(self.weights @ end**2), float(self.weights @ (here * end))
        known = float(self.weights @ here**2)
        if variance <= 0 or known <= 0:
            return float(variance > 0)
        return min(max(1 - explained**2 / variance / known, 0.0), 1.0)

    def rows_for(self, wanted: float, chance: float) -> float | None:
        """The fewest labelled rows with which the score is as good as `wanted` with that chance; None where never.

        More than MOST_ROWS count as never.
        """
        sizes = np.geomspace(1.0, MOST_ROWS, _SIZES_SEARCHED)
        enough = self.weights @ (self.sign * (self.score_at(sizes) - wanted) >= 0) >= chance
        if not enough.any():
            return None
        first = int(np.argmax(enough))
        if first == 0:
            return 1.0
        low, high = sizes[first - 1], sizes[first]
        while high - low > max(0.5, 1e-4 * high):
            middle = (low + high) / 2
            low, high = (low, middle) if self.chance_at(middle, wanted) >= chance else (middle, high)
        return float(np.ceil(high))


def fitted(curve: LearningCurve) -> FittedCurve | None:
    """The curves that agree with what was measured; None where fewer than three sizes were.

    The same scores give the same curves, to the last bit.
    """
    sizes, means, variances = _measured(curve)
    if sizes.size < FEWEST_SIZES:
        return None
    bounds = bounds_of(curve.metric, [score for point in curve.points for score in point.scores])
    test = _test_variance(curve, bounds, float(means[-1]))
    return fitted_to(sizes, means, variances, bounds, higher_is_better=curve.higher_is_better, common=test**0.5)


def fitted_to(
    sizes: Array,
    means: Array,
    variances: Array,
    bounds: tuple[float, float] = (-inf, inf),
    *,
    higher_is_better: bool = True,
    common: float = 0.0,
) -> FittedCurve:
    """The curves that agree with mean scores at rising sizes, and the variances of those means; each of shape (sizes,).

    `common` is the standard error that all of them share, since all were scored on the same rows.
    """
    sign = 1.0 if higher_is_better else -1.0
    upper = bounds[1] if higher_is_better else -bounds[0]
    large = float(np.ptp(means[sizes >= sizes[-1] / _LARGE]))
    misfit = _MISFIT * large
    parted = _MISFIT * np.maximum(np.abs(means - means[-1]), large) * (1 + np.log2(sizes[-1] / sizes))
    unsure = np.maximum(variances + parted**2, _TINY * max(float(np.abs(means).max()), 1.0) ** 2)
    found = _weighed(sizes, sign * means, unsure, upper, common)
    return FittedCurve(
        higher_is_better=higher_is_better,
        bounds=bounds,
        largest=float(sizes[-1]),
        level=sign * found.level,
        gain=found.gain,
        exponent=found.exponent,
        weights=found.weights,
        noise=float(np.sqrt(unsure[-1])),
        misfit=misfit,
    )


def with_prediction(curve: LearningCurve) -> LearningCurve:
    """The same curve with its asymptote and the score at four times its largest size, as the power law tells them."""
    found = fitted(curve)
    if found is None:
        return curve
    told = {"asymptote": found.asymptote(), "at_four_times": found.interval_at(4 * found.largest)}
    return curve.model_copy(update=told)


def weighted_quantiles(values: Array, weights: Array, probabilities: Sequence[float]) -> tuple[float, ...]:
    """Quantiles of values with weights that sum to 1, both of shape (draws,): the inverse of their distribution."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    places = np.minimum(np.searchsorted(below, np.asarray(probabilities) * below[-1]), values.size - 1)
    return tuple(float(each) for each in values[order][places])


@dataclass(frozen=True)
class _Draws:
    level: Array
    gain: Array
    exponent: Array
    weights: Array


def _measured(curve: LearningCurve) -> tuple[Array, Array, Array]:
    """Sizes in rising order, the mean score at each, and the variance of that mean.

    Few repetitions tell little of their own spread: it is drawn to that of all sizes.
    """
    by_size: dict[int, list[float]] = {}
    for point in curve.points:
        by_size.setdefault(point.rows, []).extend(point.scores)
    sizes = sorted(size for size in by_size if size > 0)
    scores = [np.asarray(by_size[size], float) for size in sizes]
    means = np.array([each.mean() for each in scores])
    repeats = np.array([each.size for each in scores], float)
    squares = np.array([((each - each.mean()) ** 2).sum() for each in scores])
    pooled = squares.sum() / max(float((repeats - 1).sum()), 1.0)
    spread = (squares + _PRIOR_SIZES * pooled) / (repeats - 1 + _PRIOR_SIZES)
    return np.asarray(sizes, float), means, spread / repeats


def _test_variance(curve: LearningCurve, bounds: tuple[float, float], score: float) -> float:
    """A share that is counted on the test rows scatters by the binomial law; of other scores the repetitions tell."""
    if bounds != _SHARE or not curve.test_rows:
        return 0.0
    return max(score * (1 - score), 0.0) / curve.test_rows


def _weighed(sizes: Array, means: Array, variances: Array, upper: float, common: float) -> _Draws:
    """Curves on the grid of gain and exponent, with their weights; higher is better."""
    gains = _gains(means, upper)
    gain, exponent = (each.ravel() for each in np.meshgrid(gains, _EXPONENTS, indexing="ij"))
    precision = 1 / variances
    # What the scores would be at a level of zero: shape (grid, sizes).
    shape = gain[:, None] * (1 - (sizes / sizes[-1]) ** -exponent[:, None])
    level = (means - shape) @ precision / precision.sum()
    misfit = ((means - shape - level[:, None]) ** 2) @ precision
    # The noise of one repetition is known from the repetitions, but for its scale: Student's t.
    freedom = _PRIOR_SIZES + sizes.size - 1
    density = -freedom / 2 * np.log(_PRIOR_SIZES + misfit) + _prior(exponent)
    scale = np.hypot(np.sqrt((_PRIOR_SIZES + misfit) / freedom / precision.sum()), common)
    return _pruned(level, scale, gain, exponent, np.exp(density - density.max()), upper)


def _gains(means: Array, upper: float) -> Array:
    """How much may still be gained: nothing, or evenly spread in logarithms up to what the metric allows."""
    rise = max(float(np.ptp(means)), 1e-6 * max(abs(float(means[-1])), 1e-6))
    most = min(_MOST_GAIN * rise, max(upper - float(means[-1]), 0.0) + rise)
    return np.concatenate([[0.0], np.geomspace(_LEAST_GAIN * most, most, _GAINS - 1)])


def _prior(exponent: Array) -> Array:
    """Logarithm of the prior: any order of magnitude of the gain is as likely, an exponent near one half more so."""
    return np.asarray(-(np.log(exponent / _USUAL) ** 2) / 2 / _HOW_USUAL**2)


def _pruned(level: Array, scale: Array, gain: Array, exponent: Array, weights: Array, upper: float) -> _Draws:
    """Seven levels for each gain and exponent; without those that weigh nothing or pass the bound."""
    levels = (level[:, None] + scale[:, None] * _LEVELS).ravel()
    gains, exponents, weight = (np.repeat(each, _LEVELS.size) for each in (gain, exponent, weights))
    allowed = (levels <= upper) & (levels + gains <= upper + _TINY)
    allowed = allowed if allowed.any() else np.full(levels.shape, True)
    kept = allowed & (weight > _NEGLIGIBLE * weight[allowed].max())
    return _Draws(levels[kept], gains[kept], exponents[kept], weight[kept] / weight[kept].sum())
