"""Whether there is anything to learn, and whether it is too good to be true."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...text.languages import message
from ...vocabulary import Unit
from ..fields import Quantity, Section, WholeNumber
from .base import ColumnName, FewScores, PlainShare, RowCount, in_order
from .possible import within_bounds
from .refusing import refuse

SplitKind = Literal["random", "by_time", "by_group"]
LeakKind = Literal[
    "predicts_alone",       # one column tells nearly everything
    "known_afterwards",     # filled only once the outcome is there, or dated after the event
    "identifier_predicts",  # a number that should mean nothing
    "rows_on_both_sides",   # identical rows in training and test
]  # fmt: skip


class Signal(Section):
    """The best model against those that know nothing, and against labels that were shuffled."""

    found: bool = Field(description="True where the best model beats both the baselines and shuffled labels.")
    metric: str = Field(
        max_length=40, description="What `score` is, by its usual name: roc_auc, balanced_accuracy, r2 ..."
    )
    higher_is_better: bool = Field(default=True, description="False for an error.")
    score: float = Field(description="Of the best model, out of sample.")
    interval: Annotated[list[float], Field(min_length=2, max_length=2, description="95 %, low and high.")]
    model: str = Field(max_length=40, description="Which one is best: linear, gradient_boosting.")
    models: dict[str, float] = Field(max_length=10, description="The score of every model.")
    baseline: float = Field(description="The score of the best that knows nothing of the inputs.")
    baselines: dict[str, float] = Field(
        max_length=10, description="most_frequent, mean; with time: last_value, seasonal_last_value."
    )
    permuted: float = Field(description="Mean score of the model trained on shuffled labels.")
    permuted_scores: FewScores = Field(description="The score of each shuffling.")
    p_value: PlainShare = Field(description="Share of shufflings, this one counted, that did as well.")
    split: SplitKind = Field(description="How rows to test on were set apart.")
    folds: Annotated[WholeNumber, Quantity(Unit.COUNT, 1, 50)] = Field(description="How often that was done.")
    test_rows: RowCount = Field(description="Rows that were scored in all.")

    @model_validator(mode="after")
    def _in_order(self) -> Signal:
        in_order(self.interval[0], self.score, self.interval[1])
        scores = (*self.interval, self.baseline, self.permuted, *self.permuted_scores)
        within_bounds(self.metric, *scores, *self.models.values(), *self.baselines.values())
        return self

    @model_validator(mode="after")
    def _found_is_better(self) -> Signal:
        gained = (self.score - self.baseline) * (1 if self.higher_is_better else -1)
        if self.found and gained <= 0:
            refuse("measured_signal", message("a signal that was found scores better than the baseline"))
        return self


class Leak(Section):
    """Something that makes the score too good to be true in production."""

    kind: LeakKind = Field(description="What is wrong.")
    columns: list[ColumnName] = Field(max_length=50, description="The columns that it is about.")
    score: float | None = Field(default=None, description="What the column reaches alone, by the signal's metric.")
    rows: RowCount | None = Field(default=None, description="How many rows it touches.")
