"""Which rows a model is trained on, and on which it is scored."""

from __future__ import annotations

import numpy as np
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

from .problem import Fold, Problem

FOLDS = 5
# The earliest part of time is only trained on.
_FIRST_PART = 0.4
_TEST_SHARE = 0.25


def folds_of(problem: Problem, seed: int, count: int = FOLDS) -> list[Fold]:
    """By time: ever longer pasts, each scored on what comes next. By group: whole groups. Else at random."""
    if problem.split == "by_time":
        return _by_time(problem, count)
    if problem.split == "by_group":
        assert problem.groups is not None
        count = min(count, len(np.unique(problem.groups)))
        splits = GroupKFold(count, shuffle=True, random_state=seed).split(problem.target, groups=problem.groups)
        return [Fold(train, test) for train, test in splits]
    return random_folds(problem, seed, count)


def random_folds(problem: Problem, seed: int, count: int = FOLDS) -> list[Fold]:
    """Folds at random, each with its share of every class."""
    kind = KFold if problem.is_regression else StratifiedKFold
    splits = kind(count, shuffle=True, random_state=seed).split(problem.target, problem.target)
    return [Fold(train, test) for train, test in splits]


def _by_time(problem: Problem, count: int) -> list[Fold]:
    """Borders lie between moments: rows of one moment are on one side."""
    assert problem.times is not None
    wanted = np.linspace(_FIRST_PART, 1, count + 1) * problem.rows
    starts = np.flatnonzero(np.diff(problem.times, prepend=-np.inf) > 0)
    borders = [int(starts[np.argmin(np.abs(starts - each))]) for each in wanted[:-1]]
    ends = [*borders[1:], problem.rows]
    return [
        Fold(np.arange(start), np.arange(start, end))
        for start, end in zip(borders, ends, strict=True)
        if 0 < start < end
    ]


def one_split(problem: Problem, seed: int) -> Fold:
    """The latest quarter, a quarter of the groups, or a random quarter, to score on; what is left to be trained on,
    in an order in which its beginnings are smaller samples of the same."""
    random = np.random.default_rng(seed)
    if problem.split == "by_time":
        fold = _by_time_once(problem)
        return Fold(random.permutation(fold.train), fold.test)
    if problem.split == "by_group":
        return _groups_once(problem, random)
    fold = folds_of(problem, seed, round(1 / _TEST_SHARE))[0]
    return Fold(random.permutation(fold.train), fold.test)


def _by_time_once(problem: Problem) -> Fold:
    assert problem.times is not None
    border = round((1 - _TEST_SHARE) * problem.rows)
    border = int(np.searchsorted(problem.times, problem.times[border]))
    return Fold(np.arange(border), np.arange(border, problem.rows))


def _groups_once(problem: Problem, random: np.random.Generator) -> Fold:
    """Group by group: a smaller sample is one of fewer groups."""
    assert problem.groups is not None
    groups, place = np.unique(problem.groups, return_inverse=True)
    rank = random.permutation(len(groups))[place]
    order = np.argsort(rank, kind="stable")
    border = int(np.searchsorted(rank[order], max(1, round(_TEST_SHARE * len(groups)))))
    return Fold(order[border:], order[:border])
