"""Scores by their usual names, each with weights of rows, so that resampled scores are the same function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .values import Floats

Metric = Callable[[Floats, Floats, Floats], float]
"""(target, said, weights) -> score. `said` is rows x classes, or rows x 1."""

LOWER_IS_BETTER = frozenset({"log_loss", "brier", "rmse", "mae", "mape"})
_TINY = 1e-12


def roc_auc(target: Floats, score: Floats, weights: Floats) -> float:
    """The chance that a positive is scored above a negative, ties by half (Hanley and McNeil 1982)."""
    order = np.argsort(score, kind="stable")
    ordered, positive = score[order], weights[order] * (target[order] == 1)
    negative = weights[order] - positive
    ends = np.flatnonzero(np.append(np.diff(ordered) > 0, True))
    below = np.concatenate([[0.0], np.cumsum(negative)[ends]])
    caught = np.diff(np.concatenate([[0.0], np.cumsum(positive)[ends]]))
    pairs = positive.sum() * negative.sum()
    return float(np.sum(caught * (below[:-1] + below[1:]) / 2) / pairs) if pairs > 0 else np.nan


def average_precision(target: Floats, score: Floats, weights: Floats) -> float:
    """The mean precision over what is caught, without interpolation."""
    order = np.argsort(-score, kind="stable")
    ordered, positive, weight = score[order], weights[order] * (target[order] == 1), weights[order]
    ends = np.flatnonzero(np.append(np.diff(ordered) < 0, True))
    caught, flagged = np.cumsum(positive)[ends], np.cumsum(weight)[ends]
    steps = np.diff(np.concatenate([[0.0], caught]))
    total = positive.sum()
    return float(np.sum(steps * caught / np.maximum(flagged, _TINY)) / total) if total > 0 else np.nan


def balanced_accuracy(target: Floats, said: Floats, weights: Floats) -> float:
    """The mean share of each class that is recognised."""
    classes = target.astype(int)
    right = np.argmax(said, axis=1) == classes
    size = np.bincount(classes, weights)
    found = np.bincount(classes, weights * right)
    return float(np.mean(found[size > 0] / size[size > 0]))


def accuracy(target: Floats, said: Floats, weights: Floats) -> float:
    """The share of answers that are right."""
    return _mean((np.argmax(said, axis=1) == target).astype(np.float64), weights)


def log_loss(target: Floats, said: Floats, weights: Floats) -> float:
    """The mean negative logarithm of the probability of what happened."""
    own = said[np.arange(len(said)), target.astype(int)]
    return _mean(-np.log(np.clip(own, 1e-15, 1)), weights)


def brier(target: Floats, said: Floats, weights: Floats) -> float:
    """The mean squared error of the positive class's probability (Brier 1950)."""
    return _mean((said[:, 1] - (target == 1)) ** 2, weights)


def r2(target: Floats, said: Floats, weights: Floats) -> float:
    """The share of the variance that is explained; below 0 where the mean would do better."""
    centred = target - np.average(target, weights=weights)
    total = np.sum(weights * centred**2)
    return float(1 - np.sum(weights * (target - said[:, 0]) ** 2) / total) if total > 0 else np.nan


def rmse(target: Floats, said: Floats, weights: Floats) -> float:
    """The root of the mean squared error."""
    return float(np.sqrt(_mean((target - said[:, 0]) ** 2, weights)))


def mae(target: Floats, said: Floats, weights: Floats) -> float:
    """The mean absolute error."""
    return _mean(np.abs(target - said[:, 0]), weights)


def mape(target: Floats, said: Floats, weights: Floats) -> float:
    """The mean absolute error as a share of what is predicted."""
    return _mean(np.abs((target - said[:, 0]) / target), weights)


def _mean(values: Floats, weights: Floats) -> float:
    return float(np.sum(weights * values) / np.sum(weights))


def _of_positive(metric: Metric) -> Metric:
    return lambda target, said, weights: metric(target, said[:, 1], weights)


_BINARY: dict[str, Metric] = {
    "roc_auc": _of_positive(roc_auc),
    "average_precision": _of_positive(average_precision),
    "balanced_accuracy": balanced_accuracy,
    "accuracy": accuracy,
    "log_loss": log_loss,
    "brier": brier,
}
_CLASSES: dict[str, Metric] = {"balanced_accuracy": balanced_accuracy, "accuracy": accuracy, "log_loss": log_loss}
_NUMBERS: dict[str, Metric] = {"r2": r2, "rmse": rmse, "mae": mae}


def metrics_for(classes: int, target: Floats) -> Mapping[str, Metric]:
    """Metrics of the kind of task by name; the first is that of the signal. Of two classes, code 1 is the positive."""
    if classes:
        return _BINARY if classes == 2 else _CLASSES
    return _NUMBERS if np.abs(target).min() == 0 else {**_NUMBERS, "mape": mape}
