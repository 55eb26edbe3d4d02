"""Labels that confident out-of-sample predictions contradict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...document.evidence import LabelQuality, Measured
from .agreement import Agreement
from .intervals import interval_of
from .models import FOREST, fit
from .problem import Problem
from .splitting import folds_of, random_folds
from .values import Codes, Floats

ROWS_TO_LOOK_AT = 50
_DRAWS = 400
_MOST_TRAINED = 4_000
_FEW_ROWS, _ROUNDS = 1_000, 3
_SUREST = 0.25
_TOLERANCE = 0.025


@dataclass(frozen=True)
class Contradicted:
    """The share of labels estimated to be wrong, and rows of the problem, the likeliest errors first."""

    share: Measured
    rows: Codes


def label_quality(problem: Problem | None, found: Contradicted | None, twice: Agreement | None) -> LabelQuality | None:
    """Both sides of it, as far as they were measured."""
    if found is None and twice is None:
        return None
    rows = [] if found is None or problem is None else problem.row_numbers[found.rows].tolist()
    return LabelQuality(
        contradicted=found.share if found else None,
        rows_to_look_at=rows[:ROWS_TO_LOOK_AT],
        labelled_twice=twice.rows if twice else 0,
        agreement=twice.agreement if twice else None,
        kappa=twice.kappa if twice else None,
        agreed_counts=twice.counts.tolist() if twice else [],
    )


def contradicted(problem: Problem, seed: int) -> Contradicted | None:
    """Confident learning (Northcutt, Jiang and Chuang 2021): the joint of given and true labels.

    Probabilities are out of sample, of randomised trees. A row counts as truly of the class whose probability is above
    that class's mean among the rows labelled so; where several are, of the likeliest one. None where classes overlap:
    there the surest answers are contradicted far less often than the rest, and no share of wrong labels follows.
    """
    said, target = _judged(problem, seed), problem.target.astype(int)
    true = _confident(target, said)
    share = _share_of(target, true, problem.classes)
    if not _is_separable(share, _among_surest(target, said), len(target)):
        return None
    random = np.random.default_rng(seed)
    draws = np.array([_resampled(target, true, problem.classes, random) for _ in range(_DRAWS)])
    wrong = np.flatnonzero((true >= 0) & (true != target))
    margin = said[wrong, target[wrong]] - said[wrong].max(axis=1)
    return Contradicted(interval_of(draws, share), wrong[np.argsort(margin, kind="stable")])


def _judged(problem: Problem, seed: int) -> Floats:
    """What forests that have not seen them say of all rows, few rows by several partitions; each learns from so many
    of the others at most."""
    rounds = _ROUNDS if problem.rows <= _FEW_ROWS else 1
    return np.asarray(np.mean([_judged_once(problem, seed + each) for each in range(rounds)], axis=0))


def _judged_once(problem: Problem, seed: int) -> Floats:
    folds = folds_of(problem, seed) if problem.split == "by_group" else random_folds(problem, seed)
    random = np.random.default_rng(seed)
    said = np.empty((problem.rows, problem.classes))
    for fold in folds:
        train = random.permutation(fold.train)[:_MOST_TRAINED]
        said[fold.test] = fit(FOREST, problem, train, problem.learned, seed).predict(problem.inputs.matrix[fold.test])
    return said


def _among_surest(target: Codes, said: Floats) -> float:
    """The share of labels that are contradicted among the surest quarter of the answers of each class."""
    answer, sure = said.argmax(axis=1), said.max(axis=1)
    wrong = 0.0
    for each in np.unique(answer):
        rows = np.flatnonzero(answer == each)
        surest = rows[np.argsort(-sure[rows], kind="stable")][: max(1, round(_SUREST * len(rows)))]
        wrong += len(rows) * float(np.mean(target[surest] != each))
    return wrong / len(target)


def _is_separable(share: float, surest: float, rows: int) -> bool:
    """True where wrong labels are about as frequent among the surest answers, as those wrong by chance are."""
    error = np.sqrt(max(share * (1 - share), 1e-4) / (_SUREST * rows))
    return bool(share - surest <= _TOLERANCE + 2 * error)


def _confident(target: Codes, said: Floats) -> Codes:
    """The class of which each row surely is, -1 where none is sure."""
    classes = said.shape[1]
    limits = np.array([said[target == each, each].mean() for each in range(classes)])
    above = np.where(said >= limits, said, -1.0)
    return np.where(above.max(axis=1) < 0, -1, above.argmax(axis=1))


def _resampled(target: Codes, true: Codes, classes: int, random: np.random.Generator) -> float:
    rows = random.integers(len(target), size=len(target))
    return _share_of(target[rows], true[rows], classes)


def _share_of(target: Codes, true: Codes, classes: int) -> float:
    """The share off the diagonal of the joint, each row of it scaled to how frequent the given label is."""
    joint: NDArray[np.float64] = np.zeros((classes, classes))
    sure = true >= 0
    np.add.at(joint, (target[sure], true[sure]), 1)
    given = np.bincount(target, minlength=classes) / len(target)
    totals = joint.sum(axis=1)
    wrong = 1 - np.divide(np.diag(joint), totals, out=np.ones(classes), where=totals > 0)
    return float(given @ wrong)
