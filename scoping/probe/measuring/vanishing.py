"""What if inputs are missing at serving time, and how long an answer takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np

from ...document.evidence import InferenceTime, Vanished
from .models import Fitted, fit, with_offset
from .problem import Fold, Problem, Rows
from .scoring import LOWER_IS_BETTER
from .signal import Scored, measured
from .values import Floats

STRONGEST = (1, 2, 5, 10)
_ROWS_FOR_IMPORTANCE = 2_000
_LATENCY_ROUNDS = 200
_WARM_UP = 10


def vanished_of(problem: Problem, scored: Scored, seed: int) -> list[Vanished]:
    """The score of the models as they were trained, when their strongest columns are missing in the test rows."""
    ranking = _strongest_first(problem, scored, seed)
    counts = [each for each in STRONGEST if each <= len(ranking)]
    return [_without(problem, scored, ranking[:count], seed) for count in counts]


def _without(problem: Problem, scored: Scored, columns: Sequence[int], seed: int) -> Vanished:
    gone = np.isin(problem.inputs.owners, columns)
    said = np.concatenate([
        _said(problem, fitted, fold.test, np.where(gone, np.nan, problem.inputs.matrix[fold.test]))
        for fitted, fold in _models(scored)
    ])  # fmt: skip
    names = [problem.inputs.names[each] for each in columns]
    score = measured(scored.signal.metric, scored.metric, scored.target, said, scored.units, seed)
    return Vanished(strongest=len(columns), columns=names, score=score)


def _models(scored: Scored) -> Iterator[tuple[Fitted, Fold]]:
    return zip(scored.predicted.fitted, scored.predicted.folds, strict=True)


def _said(problem: Problem, fitted: Fitted, rows: Rows, matrix: Floats) -> Floats:
    return with_offset(problem, rows, fitted.predict(matrix))


def _strongest_first(problem: Problem, scored: Scored, seed: int) -> list[int]:
    """Columns by permutation importance out of sample (Breiman 2001): the loss of score when a column is shuffled."""
    random = np.random.default_rng(seed)
    sign = -1 if scored.signal.metric in LOWER_IS_BETTER else 1
    parts = [(fitted, _some(fold.test, len(scored.predicted.folds), random)) for fitted, fold in _models(scored)]
    rows = np.concatenate([part for _, part in parts])
    target, ones = problem.target[rows], np.ones(len(rows))
    whole = np.concatenate([_said(problem, fitted, part, problem.inputs.matrix[part]) for fitted, part in parts])
    full = scored.metric(target, whole, ones)
    losses = []
    for column in range(len(problem.inputs.names)):
        said = [_said(problem, fitted, part, _shuffled(problem, part, column, random)) for fitted, part in parts]
        losses.append(sign * (full - scored.metric(target, np.concatenate(said), ones)))
    return [int(each) for each in np.argsort(-np.array(losses), kind="stable")]


def _some(rows: Rows, folds: int, random: np.random.Generator) -> Rows:
    most = max(50, _ROWS_FOR_IMPORTANCE // folds)
    return rows if len(rows) <= most else np.sort(random.choice(rows, most, replace=False))


def _shuffled(problem: Problem, rows: Rows, column: int, random: np.random.Generator) -> Floats:
    matrix = problem.inputs.matrix[rows]
    own = problem.inputs.features_of(column)
    matrix[:, own] = matrix[random.permutation(len(rows))][:, own]
    return matrix


def latency_of(problem: Problem, model: str, seed: int) -> InferenceTime:
    """Milliseconds from one row's features to its answer, here and now. Reading and joining the row is not in it."""
    rows = np.arange(problem.rows) if problem.rows <= _ROWS_FOR_IMPORTANCE else np.arange(_ROWS_FOR_IMPORTANCE)
    fitted = fit(model, problem, rows, problem.learned, seed)
    took = []
    for place in range(_WARM_UP + _LATENCY_ROUNDS):
        row = problem.inputs.matrix[place % problem.rows][None, :]
        before = time.perf_counter()
        fitted.predict(row)
        took.append(1_000 * (time.perf_counter() - before))
    p50, p95 = np.percentile(took[_WARM_UP:], (50, 95))
    return InferenceTime(p50=float(p50), p95=float(p95), model=model)
