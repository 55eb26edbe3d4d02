"""How sure a score is: 95 % confidence intervals of what was scored out of sample.

They tell how the score would vary with other test rows; that a model trained on other rows would be another is not in
them. Rows of one unit (a group, a stretch of time) are drawn together.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit
from scipy.stats import beta, norm, rankdata

from ...document.evidence import Measured
from .scoring import Metric
from .values import Codes, Floats

DRAWS = 400
_Z = float(norm.ppf(0.975))
_EDGES = (2.5, 97.5)


def resampled(metric: Metric, target: Floats, said: Floats, units: Codes, seed: int, draws: int = DRAWS) -> Floats:
    """The score of resamples of whole units: the cluster bootstrap (Davison and Hinkley 1997, section 3.8)."""
    _, place = np.unique(units, return_inverse=True)
    count = int(place.max()) + 1
    random = np.random.default_rng(seed)
    found = np.array([metric(target, said, _drawn(place, count, random)) for _ in range(draws)])
    return np.asarray(found[~np.isnan(found)])


def _drawn(place: Codes, count: int, random: np.random.Generator) -> Floats:
    """How often each row is in a resample of units."""
    times: Floats = np.bincount(random.integers(count, size=count), minlength=count).astype(np.float64)
    return times[place]


def interval_of(draws: Floats, value: float) -> Measured:
    """The middle 95 % of resampled scores; the value itself always lies within."""
    if len(draws) == 0:
        return Measured(value=value, low=value, high=value)
    low, high = np.percentile(draws, _EDGES)
    return Measured(value=value, low=min(float(low), value), high=max(float(high), value))


def auc_interval(target: Floats, score: Floats, value: float) -> Measured:
    """DeLong, DeLong and Clarke-Pearson (1988) by midranks (Sun and Xu 2014), on the logit scale (Pepe 2003, 5.2).

    Where no pair is out of order, that variance is none: then Jeffreys' interval of a share of as many rows as the
    rarer class has.
    """
    positives, negatives = score[target == 1], score[target != 1]
    error = np.sqrt(_delong_variance(positives, negatives))
    if error == 0 or not 0 < value < 1:
        reach = float(1 - beta.ppf(0.025, min(len(positives), len(negatives)) + 0.5, 0.5))
        return Measured(value=value, low=max(0.0, value - reach), high=min(1.0, value + reach))
    reach = _Z * error / (value * (1 - value))
    low, high = expit(logit(value) - reach), expit(logit(value) + reach)
    return Measured(value=value, low=min(float(low), value), high=max(float(high), value))


def _delong_variance(positives: Floats, negatives: Floats) -> float:
    """The variance of the area, from how often each row is outranked."""
    m, n = len(positives), len(negatives)
    ranks = rankdata(np.concatenate([positives, negatives]))
    of_positives = (ranks[:m] - rankdata(positives)) / n
    of_negatives = 1 - (ranks[m:] - rankdata(negatives)) / m
    return float(np.var(of_positives, ddof=1) / m + np.var(of_negatives, ddof=1) / n)


def balanced_draws(target: Floats, said: Floats, seed: int, draws: int = 4_000) -> Floats:
    """The balanced accuracy's posterior, each class with Jeffreys' prior (Brodersen, Ong, Stephan and Buhmann 2010).

    Unlike a bootstrap it keeps doubt where every answer was right.
    """
    classes = target.astype(int)
    right = np.bincount(classes, np.argmax(said, axis=1) == classes)
    size = np.bincount(classes)
    random = np.random.default_rng(seed)
    there = size > 0
    found = random.beta(right[there] + 0.5, (size - right)[there] + 0.5, size=(draws, int(there.sum())))
    return np.asarray(found.mean(axis=1))


def wilson(right: float, count: float) -> Measured:
    """The interval of a share (Wilson 1927)."""
    share = right / count
    centre = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    reach = _Z / (1 + _Z**2 / count) * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return Measured(value=share, low=max(0.0, min(centre - reach, share)), high=min(1.0, max(centre + reach, share)))
