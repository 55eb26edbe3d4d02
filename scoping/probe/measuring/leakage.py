"""What makes a score too good to be true: columns and rows that know the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from ...document.evidence import Leak
from .afterwards import known_afterwards
from .inputs import Kind, is_named_as_identifier
from .intervals import resampled
from .models import aligned, target_encoder
from .preparing import Prepared
from .problem import Fold, Problem
from .scoring import metrics_for
from .splitting import random_folds
from .twins import near_copies
from .values import Codes, Floats

# Alone, a column is suspicious above so much, where it leaves half the error of the next best at most; and above
# somewhat less, as a copy with noise in it is, where it leaves a quarter of the error of every other column at most.
_ALONE = {"roc_auc": 0.98, "balanced_accuracy": 0.97, "r2": 0.95}
_NEARLY_ALONE = {"roc_auc": 0.94, "balanced_accuracy": 0.92, "r2": 0.9}
_HALF, _QUARTER = 0.5, 0.25
# An identifier should reach nothing: so much of the way from knowing nothing to the truth is more than chance.
_IDENTIFIER_GAIN = 0.2
_NAMED_GAIN = 0.5
_DOUBT = 0.5
_SHARE_OF_TWINS = 0.01
_LEAST_TWINS = 5
_ROOM_TO_SPARE = 10.0
_LEAVES = 16
_MOST_TRAINED, _MOST_TESTED = 4_000, 1_500


def find_leaks(prepared: Prepared, folds: Sequence[Fold], seed: int) -> list[Leak]:
    """Each suspicion with the columns or the number of rows that it is about."""
    problem = prepared.problem
    return [
        *_alone(problem, folds, seed),
        *known_afterwards(prepared),
        *_identifiers(problem, seed),
        *_rows_on_both_sides(problem, folds, seed),
    ]


# One column that predicts almost alone ------------------------------------------------------------


def _alone(problem: Problem, folds: Sequence[Fold], seed: int) -> Iterator[Leak]:
    """The row's own time and the past of the target are no suspects: they come after the data's columns."""
    metric = next(iter(metrics_for(problem.classes, problem.target)))
    names = problem.inputs.names[: problem.columns]
    folds = [_smaller(fold, seed) for fold in folds]
    scores = [_score_of(problem, problem.inputs.features_of(place), folds, seed) for place in range(len(names))]
    rest = max((each for each in scores if each < _ALONE[metric]), default=0.0)
    for place, (name, score) in enumerate(zip(names, scores, strict=True)):
        others = max((*scores[:place], *scores[place + 1 :]), default=0.0)
        if (score >= _ALONE[metric] and 1 - score <= _HALF * (1 - rest)) or (
            score >= _NEARLY_ALONE[metric] and 1 - score <= _QUARTER * (1 - others)
        ):
            yield Leak(kind="predicts_alone", columns=[name], score=score)


def _smaller(fold: Fold, seed: int) -> Fold:
    """Enough rows to see whether a column tells nearly everything."""
    random = np.random.default_rng(seed)
    train, test = (
        rows if len(rows) <= most else np.sort(random.choice(rows, most, replace=False))
        for rows, most in ((fold.train, _MOST_TRAINED), (fold.test, _MOST_TESTED))
    )
    return Fold(train, test)


def _score_of(problem: Problem, features: Codes, folds: Sequence[Fold], seed: int) -> float:
    """What a small tree reaches out of sample with these features alone."""
    rows = np.concatenate([fold.test for fold in folds])
    said = np.concatenate([_by_tree(problem, *_plain(problem, features, fold, seed), fold, seed) for fold in folds])
    target = problem.learned[rows]
    metric = next(iter(metrics_for(problem.classes, target).values()))
    return metric(target, said, np.ones(len(rows)))


def _by_tree(problem: Problem, train: Floats, test: Floats, fold: Fold, seed: int) -> Floats:
    leaf = max(3, len(fold.train) // 200)
    kind = DecisionTreeClassifier if problem.classes else DecisionTreeRegressor
    tree = kind(max_leaf_nodes=_LEAVES + problem.classes, min_samples_leaf=leaf, random_state=seed)
    tree.fit(train, problem.learned[fold.train])
    return aligned(tree, test, problem.classes)


def _plain(problem: Problem, features: Codes, fold: Fold, seed: int) -> tuple[Floats, Floats]:
    """The features of training and test rows as numbers; codes as the mean target of their value in training."""
    parts = [_numbers(problem, int(each), fold, seed) for each in features]
    return np.column_stack([train for train, _ in parts]), np.column_stack([test for _, test in parts])


def _numbers(problem: Problem, feature: int, fold: Fold, seed: int) -> tuple[Floats, Floats]:
    values = problem.inputs.matrix[:, feature : feature + 1]
    if problem.inputs.kinds[feature] is Kind.NUMBER:
        return values[fold.train], values[fold.test]
    encoder = target_encoder(problem.classes, seed)
    train = encoder.fit_transform(values[fold.train], problem.learned[fold.train])
    return train, encoder.transform(values[fold.test])


# Identifiers -------------------------------------------------------------------------------------


def _identifiers(problem: Problem, seed: int) -> Iterator[Leak]:
    """Columns that name rows, and columns called identifiers that rows share; both by folds at random."""
    folds = random_folds(problem, seed)
    for each in problem.inputs.identifiers:
        said = [_by_tree(problem, each.values[fold.train], each.values[fold.test], fold, seed) for fold in folds]
        yield from _telling(problem, each.name, np.concatenate(said), folds, _IDENTIFIER_GAIN)
    for place, name in enumerate(problem.inputs.names[: problem.columns]):
        if is_named_as_identifier(name):
            features = problem.inputs.features_of(place)
            said = [_by_tree(problem, *_plain(problem, features, fold, seed), fold, seed) for fold in folds]
            yield from _telling(problem, name, np.concatenate(said), folds, _NAMED_GAIN)


def _telling(problem: Problem, name: str, said: Floats, folds: Sequence[Fold], gain: float) -> Iterator[Leak]:
    """A leak where it tells so much of what there is to know, and beyond doubt."""
    rows = np.concatenate([fold.test for fold in folds])
    target = problem.learned[rows]
    metric = next(iter(metrics_for(problem.classes, target).values()))
    nothing = 1 / problem.classes if problem.classes else 0.0
    score = metric(target, said, np.ones(len(rows)))
    if score < nothing + gain * (1 - nothing):
        return
    if np.percentile(resampled(metric, target, said, problem.units[rows], 0), _DOUBT) > nothing:
        yield Leak(kind="identifier_predicts", columns=[name], score=score)


# Identical rows, and such that hardly differ ------------------------------------------------------


def _rows_on_both_sides(problem: Problem, folds: Sequence[Fold], seed: int) -> Iterator[Leak]:
    """Test rows that are in the training rows too, or nearly so, where rows do not repeat by themselves."""
    if problem.inputs.room < np.log2(problem.rows) + _ROOM_TO_SPARE:
        return
    same = identical(problem)
    found = sum(int(np.isin(same[fold.test], same[fold.train]).sum()) for fold in folds)
    least = max(_LEAST_TWINS, _SHARE_OF_TWINS * sum(len(fold.test) for fold in folds))
    if found < least:
        found = near_copies(problem, folds, seed)
    if found >= least:
        yield Leak(kind="rows_on_both_sides", columns=[], rows=found)


def identical(problem: Problem) -> Codes:
    """A number for each row: the same for rows with the same target and the same value in every column."""
    own = problem.inputs.owners < problem.columns
    rows = np.ascontiguousarray(np.column_stack([problem.inputs.matrix[:, own], problem.target]) + 0.0)
    whole = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.int64)
