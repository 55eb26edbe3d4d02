"""The models: a linear one, gradient boosting, and their out-of-sample predictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler, TargetEncoder

from .inputs import Inputs, Kind
from .problem import Fold, Problem, Rows
from .values import Floats

LINEAR = "linear"
BOOSTING = "gradient_boosting"
MODELS = (LINEAR, BOOSTING)
FOREST = "forest"
"""Randomised trees (Geurts, Ernst, Wehenkel 2006): no candidate, but the judge of labels, whom noise hardly sways."""

_ITERATIONS = 100
_MOST_BOOSTED_CLASSES = 20
_TREES = 240
_FOREST_TREES = 120
_FARTHEST = 10.0
_PENALTIES = np.logspace(-2, 4, 13)


@dataclass(frozen=True)
class Fitted:
    """A model after training: what it says of rows is in the order of the problem's classes, or a number."""

    pipeline: Any
    classes: int

    def predict(self, matrix: Floats) -> Floats:
        """Probabilities, rows x classes; or numbers (without the offset), rows x 1."""
        return aligned(self.pipeline, matrix, self.classes)


def aligned(model: Any, matrix: Floats, classes: int) -> Floats:
    """What a model says, with a column for every class: those that it has not seen get a probability of 0."""
    if classes == 0:
        return np.asarray(model.predict(matrix), dtype=np.float64)[:, None]
    found = np.zeros((len(matrix), classes))
    found[:, model.classes_.astype(int)] = model.predict_proba(matrix)
    return found


@dataclass(frozen=True)
class Predicted:
    """Out-of-sample predictions: which rows, what was said of them, and in which fold. `said` holds the offset."""

    rows: Rows
    said: Floats
    folds: Sequence[Fold]
    fitted: Sequence[Fitted]


def fit(name: str, problem: Problem, rows: Rows, learned: Floats, seed: int, effort: float = 1.0) -> Fitted:
    """A model trained on these rows. `learned` is the target of every row; `effort` shortens boosting."""
    target = learned[rows]
    if problem.classes and len(np.unique(target)) < 2:
        pipeline = DummyClassifier(strategy="most_frequent")
    else:
        pipeline = _pipeline(name, problem.inputs, problem.classes, len(rows), seed, effort)
    pipeline.fit(problem.inputs.matrix[rows], target)
    return Fitted(pipeline, problem.classes)


def usable(problem: Problem) -> tuple[str, ...]:
    """The models that are tried: boosting grows a tree for each class, which many classes make too slow."""
    return MODELS if problem.classes <= _MOST_BOOSTED_CLASSES else (LINEAR,)


def out_of_sample(name: str, problem: Problem, folds: Sequence[Fold], seed: int) -> Predicted:
    """Each test row predicted by a model that has not seen it."""
    fitted = [fit(name, problem, fold.train, problem.learned, seed) for fold in folds]
    rows = np.concatenate([fold.test for fold in folds])
    said = np.concatenate(
        [each.predict(problem.inputs.matrix[fold.test]) for each, fold in zip(fitted, folds, strict=True)]
    )
    return Predicted(rows, with_offset(problem, rows, said), folds, fitted)


def with_offset(problem: Problem, rows: Rows, said: Floats) -> Floats:
    """The numbers that are meant, not the changes that are learned."""
    return said + problem.start[rows][:, None] if problem.is_regression else said


def _pipeline(name: str, inputs: Inputs, classes: int, rows: int, seed: int, effort: float) -> Pipeline:
    made = {LINEAR: _linear, BOOSTING: _boosting, FOREST: _forest}[name]
    return made(inputs, classes, rows, seed, effort)


def target_encoder(classes: int, seed: int) -> TargetEncoder:
    """The mean target of each value, learned out of fold (Micci-Barreca 2001), so that no row sees its answer."""
    kind = "continuous" if classes == 0 else "binary" if classes == 2 else "multiclass"
    return TargetEncoder(target_type=kind, cv=_cross_fit(classes, seed))


def _cross_fit(classes: int, seed: int) -> Any:
    kind = StratifiedKFold if classes else KFold
    return kind(5, shuffle=True, random_state=seed)


def _linear(inputs: Inputs, classes: int, _rows: int, seed: int, _effort: float) -> Pipeline:
    numbers = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        FunctionTransformer(_within_reach),
    )
    prepared = ColumnTransformer(
        [
            ("numbers", numbers, inputs.of_kind(Kind.NUMBER)),
            ("categories", OneHotEncoder(handle_unknown="ignore", min_frequency=3), inputs.of_kind(Kind.CATEGORY)),
            ("many", make_pipeline(target_encoder(classes, seed), StandardScaler()), inputs.of_kind(Kind.MANY)),
        ],
        sparse_threshold=0,
    )
    model = LogisticRegression(max_iter=300) if classes else RidgeCV(_PENALTIES)
    return make_pipeline(prepared, model)


def _within_reach(scaled: Floats) -> Floats:
    """No single row's number may carry a line away."""
    return np.clip(scaled, -_FARTHEST, _FARTHEST)


class _Sparse(BaseEstimator, TransformerMixin):  # type: ignore[misc]
    """Columns with one value or none in the training rows tell only whether they are filled: boosting needs two."""

    def fit(self, matrix: Floats, _target: Floats | None = None) -> _Sparse:
        """Looks which they are."""
        filled = np.where(np.isnan(matrix), -np.inf, matrix).max(axis=0)
        least = np.where(np.isnan(matrix), np.inf, matrix).min(axis=0)
        self.sparse_ = filled <= least
        return self

    def transform(self, matrix: Floats) -> Floats:
        """The matrix with flags in their place."""
        if not self.sparse_.any():
            return matrix
        return np.where(self.sparse_, np.isnan(matrix), matrix)


def _encoded(inputs: Inputs, classes: int, seed: int) -> tuple[Any, list[int]]:
    """Features as trees take them, and which of them are categories."""
    numbers, categories = inputs.of_kind(Kind.NUMBER), inputs.of_kind(Kind.CATEGORY)
    many = inputs.of_kind(Kind.MANY)
    if not many:
        return "passthrough", categories
    parts = [("numbers", "passthrough", numbers), ("categories", "passthrough", categories)]
    prepared = ColumnTransformer([*parts, ("many", target_encoder(classes, seed), many)])
    return prepared, list(range(len(numbers), len(numbers) + len(categories)))


def _forest(inputs: Inputs, classes: int, _rows: int, seed: int, _effort: float) -> Pipeline:
    prepared, _ = _encoded(inputs, classes, seed)
    return make_pipeline(
        _Sparse(), prepared, ExtraTreesClassifier(_FOREST_TREES, min_samples_leaf=3, random_state=seed)
    )


def _boosting(inputs: Inputs, classes: int, rows: int, seed: int, effort: float) -> Pipeline:
    prepared, categories = _encoded(inputs, classes, seed)
    trees = min(_ITERATIONS, _TREES // max(classes, 1)) if classes > 2 else _ITERATIONS
    kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    model = kind(
        max_iter=max(10, round(effort * trees)),
        learning_rate=0.1 if trees == _ITERATIONS else 0.2,
        min_samples_leaf=int(np.clip(rows // 30, 5, 20)),
        max_leaf_nodes=15,
        l2_regularization=1.0,
        categorical_features=categories or None,
        early_stopping=False,
        random_state=seed,
    )
    return make_pipeline(_Sparse(), prepared, model)
