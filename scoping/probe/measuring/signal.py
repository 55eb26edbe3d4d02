"""Is there anything to learn? The best model against baselines that know nothing, and against shuffled labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ...document.evidence import Measured, Signal
from .baselines import baselines_of
from .budget import Budget
from .intervals import auc_interval, balanced_draws, interval_of, resampled, wilson
from .models import BOOSTING, Predicted, fit, out_of_sample, usable
from .preparing import NothingToMeasure
from .problem import Fold, Problem, Rows
from .scoring import LOWER_IS_BETTER, Metric, metrics_for
from .splitting import folds_of
from .values import Codes, Floats

# Beyond doubt: fewer than so many resamples in a hundred in which a baseline does as well.
_DOUBT = 1.0
_CHANCE = 0.05
_SHUFFLED_ROWS = 4_000
_SHUFFLED_EFFORT = 0.3
_SHUFFLES = 39
_FEWER_SHUFFLES = 19
_MANY_ROWS = 3_000


@dataclass(frozen=True)
class Scored:
    """The signal, the best model's predictions out of sample with their targets and units, and its name."""

    signal: Signal
    predicted: Predicted
    target: Floats
    units: Codes
    model: str
    metric: Metric


def find_signal(problem: Problem, seed: int, budget: Budget) -> Scored:
    """Scores every model and baseline on the same rows, then the same with shuffled labels."""
    folds = folds_of(problem, seed)
    tried = {name: out_of_sample(name, problem, folds, seed) for name in _in_time(problem, budget)}
    rows = next(iter(tried.values())).rows
    target, units = problem.target[rows], problem.units[rows]
    if np.ptp(target) == 0:  # all that comes later is alike
        raise NothingToMeasure("too_few_of_a_class" if problem.classes else "constant_target")
    name, metric = next(iter(metrics_for(problem.classes, target).items()))
    scores = {each: metric(target, found.said, np.ones(len(rows))) for each, found in tried.items()}
    best = max(scores, key=lambda each: scores[each])
    known = baselines_of(problem, tried[best])
    baselines = {each: metric(target, said, np.ones(len(rows))) for each, said in known.items()}
    shuffled, p_value = _shuffled(problem, seed, budget)
    if len(shuffled) < _FEWER_SHUFFLES:
        p_value = _p_value_of_predictions(metric, target, tried[best].said, seed)
    is_better = _is_beyond_doubt(metric, target, tried[best].said, known, units, seed)
    interval = measured(name, metric, target, tried[best].said, units, seed)
    signal = Signal(
        found=is_better and p_value <= _CHANCE,
        metric=name,
        higher_is_better=name not in LOWER_IS_BETTER,
        score=scores[best],
        interval=[interval.low, interval.high],
        model=best,
        models=scores,
        baseline=max(baselines.values()),
        baselines=baselines,
        permuted=float(np.mean(shuffled)),
        permuted_scores=shuffled,
        p_value=p_value,
        split=problem.split,
        folds=len(folds),
        test_rows=len(rows),
    )
    return Scored(signal, tried[best], target, units, best, metric)


def _in_time(problem: Problem, budget: Budget) -> Iterator[str]:
    for name in usable(problem):
        if name == BOOSTING and not budget.has(0.5):
            budget.leave_out("no_time_for_boosting")
        else:
            yield name
    if BOOSTING not in usable(problem):
        budget.leave_out("too_many_classes_for_boosting")


def _is_beyond_doubt(
    metric: Metric, target: Floats, said: Floats, known: Mapping[str, Floats], units: Codes, seed: int
) -> bool:
    """True where hardly a resample of the test rows has a baseline that does as well."""
    model = resampled(metric, target, said, units, seed)
    gains = [model - resampled(metric, target, each, units, seed) for each in known.values()]
    return all(len(each) > 0 and float(np.percentile(each, _DOUBT)) > 0 for each in gains)


def measured(name: str, metric: Metric, target: Floats, said: Floats, units: Codes, seed: int) -> Measured:
    """A score with its 95 % interval: DeLong's for an area, Wilson's for a share, else by resampling."""
    value = metric(target, said, np.ones(len(target)))
    is_independent = len(np.unique(units)) == len(units)
    if is_independent and name == "roc_auc":
        return auc_interval(target, said[:, 1], value)
    if is_independent and name == "accuracy":
        return wilson(round(value * len(target)), len(target))
    if is_independent and name == "balanced_accuracy":
        return interval_of(balanced_draws(target, said, seed), value)
    return interval_of(resampled(metric, target, said, units, seed), value)


# Shuffled labels ---------------------------------------------------------------------------------


def _shuffled(problem: Problem, seed: int, budget: Budget) -> tuple[list[float], float]:
    """Scores of the whole procedure with shuffled labels, and the share that did as well as the true ones.

    A permutation test that trains anew (Ojala and Garriga 2010, test 1; the p-value counts the true labels as one of
    the shuffles, Phipson and Smyth 2010). It runs on a random part of many rows, with fewer rounds of boosting.
    """
    budget.tell(0.3, "shuffled_labels")
    random = np.random.default_rng(seed + 1)
    part = _part_of(problem, random)
    count = _FEWER_SHUFFLES if problem.rows > _MANY_ROWS or problem.classes > 2 else _SHUFFLES
    truth = _score_of(problem, part, problem.learned, seed)
    found: list[float] = []
    for _ in range(count):
        if found and not budget.has(0.7):
            budget.leave_out("fewer_shuffles")
            break
        found.append(_score_of(problem, part, _shuffle(problem, random), seed))
    as_good = sum(each >= truth for each in found)
    return found, (1 + as_good) / (1 + len(found))


def _p_value_of_predictions(metric: Metric, target: Floats, said: Floats, seed: int) -> float:
    """The same where there is no time to train anew: targets change places under the predictions."""
    random, ones = np.random.default_rng(seed), np.ones(len(target))
    truth = metric(target, said, ones)
    return (1 + sum(metric(random.permutation(target), said, ones) >= truth for _ in range(99))) / 100


def _part_of(problem: Problem, random: np.random.Generator) -> Fold:
    """Two parts of so many rows at most: the later is tested by time, other groups by group."""
    folds = folds_of(problem, int(random.integers(2**31)), 2)
    fold = folds[-1]
    return Fold(*(_some(rows, _SHUFFLED_ROWS // 2, random) for rows in (fold.train, fold.test)))


def _some(rows: Rows, most: int, random: np.random.Generator) -> Rows:
    return rows if len(rows) <= most else np.sort(random.choice(rows, most, replace=False))


def _score_of(problem: Problem, part: Fold, learned: Floats, seed: int) -> float:
    """The best model's score, trained and tested on these labels, shuffled or not."""
    rows = part.test
    target = learned[rows]
    metric = next(iter(metrics_for(problem.classes, target).values()))
    scores = []
    for name in usable(problem):
        fitted = fit(name, problem, part.train, learned, seed, _SHUFFLED_EFFORT)
        scores.append(metric(target, fitted.predict(problem.inputs.matrix[rows]), np.ones(len(rows))))
    return float(np.nan_to_num(max(scores), nan=0.0))


def _shuffle(problem: Problem, random: np.random.Generator) -> Floats:
    """Labels in another order; where all rows of a group have one label, groups change theirs."""
    learned = problem.learned
    if problem.groups is None or not _is_of_groups(learned, problem.groups):
        return random.permutation(learned)
    groups, first, place = np.unique(problem.groups, return_index=True, return_inverse=True)
    return learned[first][random.permutation(len(groups))][place]


def _is_of_groups(learned: Floats, groups: Codes) -> bool:
    pairs = len(np.unique(np.column_stack([groups, learned]), axis=0))
    kinds = len(np.unique(groups))
    return kinds < len(groups) / 2 and pairs <= 1.05 * kinds
