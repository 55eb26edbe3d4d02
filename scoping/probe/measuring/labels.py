"""Labels that confident out-of-sample predictions contradict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...document.evidence import LabelQuality, Measured
from .agreement import Agreement
from .label_noise import contradictions_of, share_wrong
from .models import FOREST, fit
from .problem import Problem
from .splitting import folds_of, random_folds
from .values import Codes, Floats

ROWS_TO_LOOK_AT = 50
_MOST_TRAINED = 4_000
_FEW_ROWS, _ROUNDS = 1_000, 3


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
    """The share of wrong labels, and where they are likely to be; None where classes overlap too far to tell.

    Probabilities are out of sample, of randomised trees. The rows are those of confident learning (Northcutt, Jiang
    and Chuang 2021): a row is surely of the class whose probability is above that class's mean among the rows labelled
    so; where several are, of the likeliest one. As many are named as there may be wrong labels.
    """
    said, target = _judged(problem, seed), problem.target.astype(int)
    share = share_wrong(contradictions_of(target, said))
    if share is None:
        return None
    true = _confident(target, said)
    wrong = np.flatnonzero((true >= 0) & (true != target))
    margin = said[wrong, target[wrong]] - said[wrong].max(axis=1)
    likeliest = wrong[np.argsort(margin, kind="stable")]
    return Contradicted(share, likeliest[: round(share.high * problem.rows)])


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


def _confident(target: Codes, said: Floats) -> Codes:
    """The class of which each row surely is, -1 where none is sure."""
    classes = said.shape[1]
    limits = np.array([said[target == each, each].mean() for each in range(classes)])
    above = np.where(said >= limits, said, -1.0)
    return np.where(above.max(axis=1) < 0, -1, above.argmax(axis=1))
