"""What is reached without looking at any input: the most frequent class, the mean, the last value, a season's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .models import Predicted
from .problem import Problem
from .values import Floats


def baselines_of(problem: Problem, predicted: Predicted) -> dict[str, Floats]:
    """What each baseline says of the test rows, in the form of `Predicted.said`."""
    name = "mean" if problem.is_regression else "most_frequent"
    plain = np.concatenate(list(_plain(problem, predicted)))
    known = {key: _known(problem, values[predicted.rows], plain) for key, values in problem.known.items()}
    return {name: plain, **known}


def _plain(problem: Problem, predicted: Predicted) -> Iterator[Floats]:
    """The mean of the rows that each fold is trained on; of classes, their shares, the same for every row."""
    for fold in predicted.folds:
        if problem.is_regression:
            yield np.full((len(fold.test), 1), problem.target[fold.train].mean())
        else:
            shares = np.bincount(problem.target.astype(int), minlength=problem.classes) / problem.rows
            yield np.tile(shares, (len(fold.test), 1))


def _known(problem: Problem, values: Floats, plain: Floats) -> Floats:
    """A value that time tells, the plain baseline where it tells none yet; of classes, the one it was."""
    missing = np.isnan(values)
    if problem.is_regression:
        return np.where(missing, plain[:, 0], values)[:, None]
    if np.any(values[~missing] != np.floor(values[~missing])):  # the share of the positives at the moment before
        share = np.where(missing, plain[:, 1], values)
        return np.column_stack([1 - share, share])
    said = np.eye(problem.classes)[np.where(missing, 0, values).astype(int)]
    return np.where(missing[:, None], plain, said)
