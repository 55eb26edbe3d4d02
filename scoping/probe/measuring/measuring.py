"""Measures everything, the most important first."""

from __future__ import annotations

import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import scipy
import sklearn
from threadpoolctl import threadpool_limits

from ..asked import Progress
from ..sample import Sample
from .agreement import Agreement, agreement_of
from .baselines import baselines_of
from .budget import Budget
from .labels import contradicted, label_quality
from .leakage import find_leaks
from .learning import learning_curve
from .operating import automated_of, errors_of, flagged_of
from .preparing import NothingToMeasure, Prepared, prepare
from .problem import Problem
from .results import Measurements
from .scoring import metrics_for
from .signal import Scored, find_signal, measured
from .twins import near_duplicates
from .vanishing import latency_of, vanished_of


def measure(sample: Sample, seed: int, progress: Progress, seconds: float) -> Measurements:
    """Everything that models tell about a sample, within so many seconds; what was left out is in `not_done`."""
    budget = Budget(seconds, progress)
    with quietly():
        return _measure(sample, seed, budget)


@contextmanager
def quietly() -> Iterator[None]:
    """Models are fitted on one thread, and without a word: one that does not converge is scored as it is.

    On processors that others use too, threads that wait for each other take a hundred times as long.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _measure(sample: Sample, seed: int, budget: Budget) -> Measurements:
    budget.tell(0.0, "reading_columns")
    twice = _twice(sample, budget)
    nothing = Measurements(labels=label_quality(None, None, twice), versions=_versions())
    try:
        prepared = prepare(sample, seed)
        for code in prepared.left_out:
            budget.leave_out(code)
        found = _with_models(prepared, twice, seed, budget)
    except NothingToMeasure as error:
        return replace(nothing, not_done=(error.code, *budget.not_done))
    budget.tell(1.0, "done")
    return replace(found, versions=nothing.versions, not_done=tuple(budget.not_done))


def _with_models(prepared: Prepared, twice: Agreement | None, seed: int, budget: Budget) -> Measurements:
    problem = prepared.problem
    budget.tell(0.05, "signal")
    scored = find_signal(problem, seed, budget)
    budget.tell(0.4, "leakage")
    leaks = find_leaks(prepared, scored.predicted.folds, seed)
    found = replace(
        _at_thresholds(problem, scored, seed),
        signal=scored.signal,
        leakage=tuple(leaks),
        learning_curve=learning_curve(problem, scored.model, seed, budget),
    )
    return _of_serving(problem, scored, _of_labels(problem, twice, found, seed, budget), seed, budget)


def _at_thresholds(problem: Problem, scored: Scored, seed: int) -> Measurements:
    """Every usual metric, and counts at each threshold."""
    target, said, units = scored.target, scored.predicted.said, scored.units
    metrics = {
        name: measured(name, metric, target, said, units, seed)
        for name, metric in metrics_for(problem.classes, target).items()
    }
    if problem.is_regression:
        known = list(baselines_of(problem, scored.predicted).values())
        return Measurements(metrics=metrics, errors=errors_of(target, said, known, units, seed))
    flagged = flagged_of(target, said, seed) if problem.is_binary else ()
    return Measurements(metrics=metrics, flagged=tuple(flagged), automated=tuple(automated_of(target, said, seed)))


def _of_labels(
    problem: Problem, twice: Agreement | None, found: Measurements, seed: int, budget: Budget
) -> Measurements:
    """Labels that are contradicted, and near twins across them."""
    if problem.is_regression:
        return found
    if not budget.has(0.9):
        budget.leave_out("no_time_for_labels")
        return replace(found, labels=label_quality(None, None, twice))
    budget.tell(0.75, "labels")
    wrong = contradicted(problem, seed) if found.signal and found.signal.found else None
    if wrong is None:
        budget.leave_out("classes_overlap")
    budget.tell(0.8, "near_duplicates")
    twins = near_duplicates(problem, seed)
    if twins is None:
        budget.leave_out("rows_too_alike_for_twins")
    return replace(found, labels=label_quality(problem, wrong, twice), near_duplicates_across_labels=twins)


def _of_serving(problem: Problem, scored: Scored, found: Measurements, seed: int, budget: Budget) -> Measurements:
    if not budget.has(0.95):
        budget.leave_out("no_time_for_vanishing")
        return found
    budget.tell(0.85, "vanishing")
    vanishing = tuple(vanished_of(problem, scored, seed))
    budget.tell(0.95, "inference_time")
    return replace(found, vanishing=vanishing, latency_ms=latency_of(problem, scored.model, seed))


def _twice(sample: Sample, budget: Budget) -> Agreement | None:
    """The agreement of two labels, which needs no model."""
    if not sample.roles.second_label:
        return None
    if sample.task == "regression":
        budget.leave_out("second_label_of_numbers")
        return None
    found = agreement_of(sample)
    if found is None:
        budget.leave_out("no_row_labelled_twice")
    return found


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }
