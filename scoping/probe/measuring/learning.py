"""How the score rises with the number of labelled rows: sizes, repetitions, scores, and what would be caught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...document.evidence import Automated, CurvePoint, Flagged, LearningCurve
from ...feasibility.evidence.learning import with_prediction
from .budget import Budget
from .models import fit, with_offset
from .operating import automated_of, flagged_of
from .problem import Fold, Problem
from .scoring import LOWER_IS_BETTER, mape, metrics_for, rmse
from .splitting import one_split
from .values import Floats

SIZES = 8
_SMALLEST = 24
_LEAST_A_CLASS = 6
# Repetitions by rows: a small sample varies more, and costs less.
_REPETITIONS = ((1_500, 12), (6_000, 8), (12_000, 4), (10**9, 3))
_CURVE_OVER = 0.85


@dataclass(frozen=True)
class _Run:
    """One size in one repetition."""

    score: float
    rmse: float | None = None
    mape: float | None = None
    flagged: Sequence[Flagged] = ()
    automated: Sequence[Automated] = ()


def learning_curve(problem: Problem, model: str, seed: int, budget: Budget) -> LearningCurve | None:
    """Scores on rows kept back, of the model trained on ever more of the others; None where there was no time."""
    wanted = next(count for most, count in _REPETITIONS if problem.rows <= most)
    splits = [one_split(problem, seed + repetition) for repetition in range(wanted)]
    sizes = _sizes(problem, min(len(each.train) for each in splits))
    runs: dict[int, list[_Run]] = {size: [] for size in sizes}
    for done, split in enumerate(splits):
        if not budget.has(_CURVE_OVER):
            budget.leave_out("fewer_repetitions" if done else "no_time_for_learning_curve")
            break
        budget.tell(0.5 + 0.2 * done / wanted, "learning_curve")
        for size in sizes:
            runs[size].append(_run(problem, model, split, size, seed + done))
    points = [_point(size, found) for size, found in runs.items() if found and _is_told(found)]
    return _curve_of(problem, model, points, len(splits[0].test)) if points else None


def _curve_of(problem: Problem, model: str, points: list[CurvePoint], test_rows: int) -> LearningCurve:
    name = next(iter(metrics_for(problem.classes, problem.target)))
    curve = LearningCurve(
        metric=name, higher_is_better=name not in LOWER_IS_BETTER, model=model, points=points, test_rows=test_rows
    )
    return with_prediction(curve)


def _sizes(problem: Problem, most: int) -> list[int]:
    """Sizes in a geometric row, up to all rows that may be trained on."""
    least = max(_SMALLEST, _LEAST_A_CLASS * problem.classes, most // 100)
    least = min(least, most // 3)
    return sorted({int(size) for size in np.round(np.geomspace(max(least, 5), most, SIZES))})


def _run(problem: Problem, model: str, split: Fold, size: int, seed: int) -> _Run:
    fitted = fit(model, problem, split.train[:size], problem.learned, seed)
    said = with_offset(problem, split.test, fitted.predict(problem.inputs.matrix[split.test]))
    target = problem.target[split.test]
    return _scored(problem, target, said, seed)


def _scored(problem: Problem, target: Floats, said: Floats, seed: int) -> _Run:
    ones = np.ones(len(target))
    score = next(iter(metrics_for(problem.classes, target).values()))(target, said, ones)
    if problem.is_regression:
        share = mape(target, said, ones) if np.all(target != 0) else None
        return _Run(score, rmse(target, said, ones), share)
    flagged = flagged_of(target, said, seed) if problem.is_binary else ()
    return _Run(score, flagged=flagged, automated=automated_of(target, said, seed))


def _is_told(runs: Sequence[_Run]) -> bool:
    """True where every repetition has a score: the latest rows may be of one class."""
    return all(np.isfinite(each.score) for each in runs)


def _point(size: int, runs: Sequence[_Run]) -> CurvePoint:
    """The scores of all repetitions; counts are those of the first, whose test rows are as many as in the others."""
    roots = [each.rmse for each in runs if each.rmse is not None]
    shares = [each.mape for each in runs if each.mape is not None]
    return CurvePoint(
        rows=size,
        scores=[each.score for each in runs],
        flagged=_mean_flagged([each.flagged for each in runs]),
        automated=_mean_automated([each.automated for each in runs]),
        rmse=float(np.mean(roots)) if roots else None,
        mape=float(np.mean(shares)) if len(shares) == len(runs) else None,
    )


def _mean_flagged(runs: Sequence[Sequence[Flagged]]) -> list[Flagged]:
    """The mean counts of repetitions, each of as many rows; where they differ in rows, the first speaks."""
    if len({each[0].rows for each in runs if each}) != 1:
        return list(runs[0])
    return [
        Flagged(
            rows=same[0].rows,
            positives=round(np.mean([each.positives for each in same])),
            flagged=same[0].flagged,
            caught=round(np.mean([each.caught for each in same])),
        )
        for same in zip(*runs, strict=True)
    ]


def _mean_automated(runs: Sequence[Sequence[Automated]]) -> list[Automated]:
    if len({each[0].rows for each in runs if each}) != 1:
        return list(runs[0])
    return [
        Automated(rows=same[0].rows, handled=same[0].handled, right=round(np.mean([each.right for each in same])))
        for same in zip(*runs, strict=True)
    ]
